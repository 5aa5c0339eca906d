//! How points are stored: a few bytes each, for ink, lines and arrows alike.
//!
//! Owns the byte format, which `docs/file-format.md` describes. Decoding is bounded and never
//! panics, whatever the bytes. Knows no element.

use std::sync::Arc;

use kurbo::{Affine, Point, Rect, Size};

use super::InkPoint;
use crate::limits::{MAX_COORDINATE, MAX_POINTS};

/// The pressure levels are 0 to this: a step of it changes the width by under 2 %.
const LEVELS: u8 = 63;
/// First byte of a list whose points all have one pressure.
const CONSTANT: u8 = 0;
/// First byte of a list in which every point has its own.
const VARYING: u8 = 1;

/// The grid on which points are stored: whole multiples of 2^exponent board units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid(i8);

impl Grid {
    /// For vertices of lines and arrows: 1/64 of a board unit.
    pub const VERTICES: Self = Self(-6);

    /// At most 1/8 of a screen pixel at the zoom at which the points were drawn.
    pub fn for_zoom(zoom: f64) -> Self {
        let mut grids = (-16..=6).rev().map(Self);
        let fits = |grid: &Self| grid.unit() * zoom <= 1.0 / 8.0;
        grids.find(fits).unwrap_or(Self(-16))
    }

    /// The distance between neighbours on the grid, board units.
    pub fn unit(self) -> f64 {
        2f64.powi(i32::from(self.0))
    }
}

/// Encoded points, known to be decodable: at least one, all finite and in range.
///
/// Cheap to clone. Coordinates are local to the element that holds them.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    bytes: Arc<[u8]>,
    extent: Rect,
}

impl Points {
    /// Takes bytes from the document. O(bytes).
    pub fn decode(bytes: &Arc<[u8]>) -> Option<Self> {
        let mut reader = Reader::new(bytes)?;
        let mut extent: Option<Rect> = None;
        for _ in 0..reader.left {
            let at = reader.read()?.at();
            extent = Some(extent.map_or(Rect::from_points(at, at), |rect| rect.union_pt(at)));
        }
        let extent = extent?;
        Some(Self {
            bytes: Arc::clone(bytes),
            extent,
        })
    }

    /// Encodes points onto a grid, moved so that their box starts at (0, 0), and gives back the
    /// box that they fill. `None` without points. More than [`MAX_POINTS`] are cut off.
    pub fn encode(points: &[InkPoint], grid: Grid) -> Option<(Rect, Self)> {
        let sane = |v: &f64| v.is_finite() && v.abs() <= MAX_COORDINATE;
        let good = |p: &&InkPoint| sane(&p.x) && sane(&p.y);
        let mut kept = Vec::with_capacity(points.len());
        kept.extend(points.iter().filter(good).take(MAX_POINTS).copied());
        let first = kept.first().map(InkPoint::at)?;
        let around = kept
            .iter()
            .fold(Rect::from_points(first, first), |r, p| r.union_pt(p.at()));
        for point in &mut kept {
            point.x -= around.x0;
            point.y -= around.y0;
        }
        let made = Self::decode(&encode(&kept, grid).into())?;
        Some((made.extent + around.origin().to_vec2(), made))
    }

    /// The bytes as the document stores them.
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// The box around the points, in their own coordinates.
    pub fn extent(&self) -> Rect {
        self.extent
    }

    /// The points one after the other, decoded on the way; no allocation.
    pub fn iter(&self) -> impl Iterator<Item = InkPoint> + '_ {
        let mut reader = Reader::new(&self.bytes);
        std::iter::from_fn(move || reader.as_mut()?.next_point())
    }

    /// Stretches the box of the points onto (0, 0)–`size`, mirrored where `mirror` says so.
    ///
    /// Where their box has no width or height they keep their scale and are centred.
    pub fn stretch(&self, size: Size, mirror: (bool, bool)) -> Affine {
        let scale = |extent: f64, size: f64, mirror: bool| {
            let scale = if extent > 0.0 { size / extent } else { 1.0 };
            if mirror { -scale } else { scale }
        };
        let sx = scale(self.extent.width(), size.width, mirror.0);
        let sy = scale(self.extent.height(), size.height, mirror.1);
        Affine::translate((size.to_vec2()) / 2.0)
            * Affine::scale_non_uniform(sx, sy)
            * Affine::translate(-self.extent.center().to_vec2())
    }
}

impl InkPoint {
    /// Where it is.
    pub fn at(&self) -> Point {
        Point::new(self.x, self.y)
    }
}

/// Encodes points as they are, at most [`MAX_POINTS`]; also for strokes in flight.
///
/// Layout: a byte that says whether pressures vary, the grid's exponent as `i8`, the count as a
/// varint, one pressure byte (0–63) when they do not vary; then x and y of each point as zigzag
/// varints of the difference to where the two points before would lead; then, when they vary,
/// one zigzag byte per point with the difference to the pressure before.
pub fn encode(points: &[InkPoint], grid: Grid) -> Vec<u8> {
    let points = points.get(..MAX_POINTS).unwrap_or(points);
    let level = |p: &InkPoint| (p.pressure.clamp(0.0, 1.0) * f64::from(LEVELS)).round() as u8;
    let first = points.first().map_or(0, level);
    let varying = points.iter().any(|p| level(p) != first);
    let mut bytes = vec![if varying { VARYING } else { CONSTANT }, grid.0 as u8];
    write_varint(&mut bytes, points.len() as u64);
    if !varying {
        bytes.push(first);
    }
    let quantised =
        |v: f64| (v.clamp(-MAX_COORDINATE, MAX_COORDINATE) / grid.unit()).round() as i64;
    let (mut x, mut y) = (Predictor::default(), Predictor::default());
    for point in points {
        write_varint(&mut bytes, zigzag(x.difference(quantised(point.x))));
        write_varint(&mut bytes, zigzag(y.difference(quantised(point.y))));
    }
    if varying {
        let mut before = 0;
        for now in points.iter().map(|p| i64::from(level(p))) {
            bytes.push(zigzag(now - before) as u8);
            before = now;
        }
    }
    bytes
}

/// Decodes points as they are; `None` when the bytes are no list of points. O(bytes).
pub fn decode(bytes: &[u8]) -> Option<Vec<InkPoint>> {
    let mut reader = Reader::new(bytes)?;
    (0..reader.left).map(|_| reader.read()).collect()
}

/// Expects each value where the two before it lead.
#[derive(Default)]
struct Predictor {
    seen: u8,
    last: i64,
    step: i64,
}

impl Predictor {
    fn expected(&self) -> i64 {
        self.last.wrapping_add(self.step)
    }

    fn difference(&mut self, value: i64) -> i64 {
        let difference = value.wrapping_sub(self.expected());
        self.advance(value);
        difference
    }

    fn value(&mut self, difference: i64) -> i64 {
        let value = self.expected().wrapping_add(difference);
        self.advance(value);
        value
    }

    fn advance(&mut self, value: i64) {
        if self.seen > 0 {
            self.step = value.wrapping_sub(self.last);
        } else {
            self.seen = 1;
        }
        self.last = value;
    }
}

/// Walks the coordinates and the pressures behind them at the same time.
struct Reader<'a> {
    coordinates: &'a [u8],
    pressures: &'a [u8],
    left: usize,
    unit: f64,
    level: i64,
    x: Predictor,
    y: Predictor,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let [mode, exponent, rest @ ..] = bytes else {
            return None;
        };
        let mut rest = rest;
        let count = usize::try_from(read_varint(&mut rest)?).ok()?;
        // Each point needs a byte for x and one for y at least: no count outgrows its bytes.
        if count == 0 || count > MAX_POINTS || count > rest.len() / 2 {
            return None;
        }
        let (coordinates, pressures, level) = match *mode {
            CONSTANT => {
                let (level, rest) = rest.split_first()?;
                (rest, [].as_slice(), i64::from(*level))
            }
            VARYING => {
                let (coordinates, pressures) = rest.split_at_checked(rest.len() - count)?;
                (coordinates, pressures, 0)
            }
            _ => return None,
        };
        Some(Self {
            coordinates,
            pressures,
            left: count,
            unit: Grid(*exponent as i8).unit(),
            level,
            x: Predictor::default(),
            y: Predictor::default(),
        })
    }

    fn next_point(&mut self) -> Option<InkPoint> {
        self.left = self.left.checked_sub(1)?;
        self.read()
    }

    fn read(&mut self) -> Option<InkPoint> {
        let x = self.x.value(unzigzag(read_varint(&mut self.coordinates)?));
        let y = self.y.value(unzigzag(read_varint(&mut self.coordinates)?));
        if let Some((delta, rest)) = self.pressures.split_first() {
            self.pressures = rest;
            self.level += unzigzag(u64::from(*delta));
        }
        let point = InkPoint {
            x: x as f64 * self.unit,
            y: y as f64 * self.unit,
            pressure: (self.level as f64 / f64::from(LEVELS)).clamp(0.0, 1.0),
        };
        let sane = point.x.abs() <= MAX_COORDINATE && point.y.abs() <= MAX_COORDINATE;
        sane.then_some(point)
    }
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

fn write_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    // Nearly all of them are one byte.
    if let [byte @ 0..0x80, rest @ ..] = *bytes {
        *bytes = rest;
        return Some(u64::from(*byte));
    }
    let mut value = 0u64;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_points() -> impl Strategy<Value = Vec<InkPoint>> {
        let point = (-1e6..1e6, -1e6..1e6, 0.0..1.0).prop_map(|(x, y, pressure)| InkPoint {
            x,
            y,
            pressure,
        });
        prop::collection::vec(point, 1..60)
    }

    #[test]
    fn a_slow_curve_costs_about_three_bytes_a_point() {
        let points: Vec<InkPoint> = (0..200)
            .map(|i| f64::from(i) * 0.05)
            .map(|t| InkPoint {
                x: 80.0 * t.cos(),
                y: 80.0 * t.sin(),
                pressure: 0.5 + 0.2 * (t * 3.0).sin(),
            })
            .collect();
        let bytes = encode(&points, Grid::for_zoom(1.0));
        assert!(bytes.len() < 3 * points.len() + 20, "{}", bytes.len());
    }

    #[test]
    fn the_format_is_what_the_documentation_shows() {
        let points = [(0.0, 0.0), (3.0, 1.0), (6.0, 0.0)].map(|(x, y)| InkPoint {
            x,
            y,
            pressure: 0.5,
        });
        let bytes = [0, 253, 3, 32, 0, 0, 48, 16, 0, 31];
        assert_eq!(encode(&points, Grid::for_zoom(1.0)), bytes);
        let mut pressed = points;
        pressed[2].pressure = 1.0;
        let bytes = [1, 253, 3, 0, 0, 48, 16, 0, 31, 64, 0, 62];
        assert_eq!(encode(&pressed, Grid::for_zoom(1.0)), bytes);
    }

    #[test]
    fn the_grid_follows_the_zoom() {
        assert_eq!(Grid::for_zoom(1.0).unit(), 0.125);
        assert_eq!(Grid::for_zoom(10.0).unit(), 1.0 / 128.0);
        assert_eq!(Grid::for_zoom(0.1).unit(), 1.0);
        assert!(Grid::for_zoom(0.0).unit() > 0.0 && Grid::for_zoom(f64::NAN).unit() > 0.0);
    }

    #[test]
    fn a_count_beyond_its_bytes_is_refused() {
        let mut bytes = vec![CONSTANT, 0];
        write_varint(&mut bytes, u64::MAX >> 1);
        bytes.extend([0; 40]);
        assert_eq!(decode(&bytes), None);
        assert_eq!(decode(&[CONSTANT, 0, 0, 0]), None);
    }

    #[test]
    fn a_degenerate_box_keeps_its_scale_and_a_mirrored_one_turns_over() {
        let line = [(0.0, 0.0), (0.0, 10.0)].map(|(x, y)| InkPoint {
            x,
            y,
            pressure: 0.5,
        });
        let (rect, points) = Points::encode(&line, Grid::VERTICES).unwrap();
        assert_eq!(rect, Rect::new(0.0, 0.0, 0.0, 10.0));
        let stretch = points.stretch(Size::new(0.0, 20.0), (false, true));
        assert_eq!(stretch * Point::new(0.0, 0.0), Point::new(0.0, 20.0));
        assert_eq!(stretch * Point::new(0.0, 10.0), Point::new(0.0, 0.0));
    }

    proptest! {
        #[test]
        fn a_round_trip_moves_nothing_by_more_than_half_a_step(
            points in any_points(),
            zoom in 0.02f64..40.0,
        ) {
            let grid = Grid::for_zoom(zoom);
            let back = decode(&encode(&points, grid)).unwrap();
            prop_assert_eq!(back.len(), points.len());
            for (a, b) in points.iter().zip(&back) {
                prop_assert!((a.x - b.x).abs() <= grid.unit() / 2.0 + 1e-9);
                prop_assert!((a.y - b.y).abs() <= grid.unit() / 2.0 + 1e-9);
                prop_assert!((a.pressure - b.pressure).abs() <= 0.5 / f64::from(LEVELS) + 1e-9);
            }
        }

        #[test]
        fn any_bytes_decode_to_sane_points_or_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let shared: Arc<[u8]> = bytes.clone().into();
            let points = Points::decode(&shared);
            prop_assert_eq!(points.is_some(), decode(&bytes).is_some());
            if let Some(points) = points {
                for p in points.iter() {
                    prop_assert!(p.x.abs() <= MAX_COORDINATE && p.y.abs() <= MAX_COORDINATE);
                    prop_assert!((0.0..=1.0).contains(&p.pressure));
                }
            }
        }

        #[test]
        fn stretching_fills_the_box_exactly(
            points in any_points(),
            w in 0.0f64..500.0,
            h in 0.0f64..500.0,
            mirror: (bool, bool),
        ) {
            let (_, encoded) = Points::encode(&points, Grid::for_zoom(1.0)).unwrap();
            prop_assume!(encoded.extent().width() > 0.0 && encoded.extent().height() > 0.0);
            let stretch = encoded.stretch(Size::new(w, h), mirror);
            let around = encoded.iter().map(|p| stretch * p.at()).fold(None, |r: Option<Rect>, p| {
                Some(r.map_or(Rect::from_points(p, p), |r| r.union_pt(p)))
            }).unwrap();
            let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
            prop_assert!(close(around.x0, 0.0) && close(around.y0, 0.0));
            prop_assert!(close(around.x1, w) && close(around.y1, h));
        }
    }
}
