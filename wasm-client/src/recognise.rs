//! Which shape a stroke looks like: a line, arrow, ellipse, rectangle, diamond or triangle.
//!
//! Owns that judgement: the outline of each shape is laid into the stroke's box, and the one that the
//! stroke keeps nearest to is meant, unless it keeps near to none. What comes of it is an element like
//! any other, so others need not judge alike. Knows no tool.

use board::element::Kind;
use board::element::arrow::Arrow;
use board::element::line::Line;
use board::geometry::Geometry;
use board::ink::InkPoint;
use board::style::Contour;
use kurbo::{Line as Segment, ParamCurveNearest as _, Point, Rect, Vec2};

/// What is shorter on the screen is a dot or a letter, CSS pixels.
const SHORT_PX: f64 = 48.0;
/// A stroke is looked at in so many places, equally far apart.
const PLACES: usize = 64;
/// A stroke whose ends are nearer than this share of its length goes round something.
const CLOSED: f64 = 0.2;
/// How far a line may leave its way, as a share of its length.
const STRAIGHT: f64 = 0.06;
/// How far a stroke may leave an outline on average, as a share of its box.
const NEAR: f64 = 0.055;
/// The longest barb of an arrow, as a share of its shaft.
const BARB: f64 = 0.5;
/// What comes as near to the tip, as a share of the shaft, is at the tip again.
const AGAIN: f64 = 0.05;
/// The cosine of the widest angle between a barb and the shaft.
const LEAN: f64 = 0.34;
/// Sides that differ by less are meant to be equal.
const EQUAL: f64 = 0.12;

/// What a stroke looks like, and where that is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recognised {
    pub(crate) kind: Kind,
    pub(crate) geometry: Geometry,
    /// Of a closed shape, when it is not its kind's.
    pub(crate) contour: Option<Contour>,
}

/// The shape that a stroke in board space looks like at a zoom. O(points).
pub(crate) fn recognise(stroke: &[InkPoint], zoom: f64) -> Option<Recognised> {
    let points = evenly(stroke)?;
    let length = way(&points);
    if length * zoom < SHORT_PX {
        return None;
    }
    let (first, last) = (*points.first()?, *points.last()?);
    if (last - first).hypot() < CLOSED * length {
        return closed(&points);
    }
    let straight = |points: &[Point], to: Point| {
        let chord = Segment::new(first, to);
        let far = (to - first).hypot() * STRAIGHT;
        points.iter().all(|at| off(*at, &[chord]) < far)
    };
    if straight(&points, last) {
        let (geometry, line) = Line::through(&[first, last])?;
        return Some(shape(Kind::Line(line), geometry, None));
    }
    // An arrow goes to its tip and comes back for its barbs.
    let far = |at: &Point| (*at - first).hypot();
    let split = tip_of(&points, far)?;
    let tip = *points.get(split)?;
    let (shaft, barbs) = points.split_at_checked(split + 1)?;
    let (back, length) = ((first - tip).normalize(), far(&tip));
    // Barbs lean back: what goes aside from the tip is another stroke.
    let leans = |away: Vec2| away.dot(back) > away.hypot() * LEAN - length * AGAIN;
    let is_barb = |at: &Point| (*at - tip).hypot() < length * BARB && leans(*at - tip);
    let is_head = barbs.len() > 2 && barbs.iter().all(is_barb);
    if is_head && straight(shaft, tip) {
        let (geometry, arrow) = Arrow::through(&[first, tip])?;
        return Some(shape(Kind::Arrow(arrow), geometry, None));
    }
    None
}

/// Where a stroke is farthest from where it began, the first time that it comes about as far: between two
/// barbs it is back at the tip, and perhaps a little beyond.
#[inline(never)]
fn tip_of(points: &[Point], far: impl Fn(&Point) -> f64) -> Option<usize> {
    let most = points.iter().map(&far).fold(0.0, f64::max);
    let near = |at: &Point| far(at) > most * (1.0 - AGAIN);
    let begin = points.iter().position(near)?;
    let pass = points.iter().enumerate().skip(begin);
    let pass = pass.take_while(|(_, at)| near(at));
    let farthest = pass.reduce(|a, b| if far(b.1) > far(a.1) { b } else { a })?;
    Some(farthest.0)
}

fn shape(kind: Kind, geometry: Geometry, contour: Option<Contour>) -> Recognised {
    Recognised {
        kind,
        geometry,
        contour,
    }
}

/// The closed shape whose outline is nearest.
fn closed(points: &[Point]) -> Option<Recognised> {
    let bounds = bounds(points);
    let size = bounds.size();
    if size.min_side() < size.max_side() * 0.1 {
        return None;
    }
    // In a box from -1 to 1, where each outline is the same whatever the sides are.
    let unit = |at: &Point| {
        let from = *at - bounds.center();
        Point::new(2.0 * from.x / size.width, 2.0 * from.y / size.height)
    };
    let unit: Vec<Point> = points.iter().map(unit).collect();
    let corner = |x: f64, y: f64| Point::new(x, y);
    let square = ring(&[
        corner(-1.0, -1.0),
        corner(1.0, -1.0),
        corner(1.0, 1.0),
        corner(-1.0, 1.0),
    ]);
    let diamond = ring(&[
        corner(0.0, -1.0),
        corner(1.0, 0.0),
        corner(0.0, 1.0),
        corner(-1.0, 0.0),
    ]);
    let up = ring(&[corner(0.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)]);
    let down = ring(&[corner(0.0, 1.0), corner(1.0, -1.0), corner(-1.0, -1.0)]);
    let from_circle = |at: &Point| (at.to_vec2().hypot() - 1.0).abs();
    let mean =
        |off: &dyn Fn(&Point) -> f64| unit.iter().map(off).sum::<f64>() / (2 * unit.len()) as f64;
    let judged = [
        (mean(&from_circle), Kind::ELLIPSE, None, false),
        (mean(&|at| off(*at, &square)), Kind::RECTANGLE, None, false),
        (
            mean(&|at| off(*at, &diamond)),
            Kind::RECTANGLE,
            Some(Contour::Diamond),
            false,
        ),
        (
            mean(&|at| off(*at, &up)),
            Kind::RECTANGLE,
            Some(Contour::Triangle),
            false,
        ),
        (
            mean(&|at| off(*at, &down)),
            Kind::RECTANGLE,
            Some(Contour::Triangle),
            true,
        ),
    ];
    let nearest = judged
        .into_iter()
        .reduce(|a, b| if b.0 < a.0 { b } else { a })?;
    let (mean, kind, contour, upside_down) = nearest;
    let mut geometry = Geometry::from_rect(evened(bounds));
    if upside_down {
        geometry.h = -geometry.h;
    }
    (mean < NEAR).then(|| shape(kind, geometry, contour))
}

/// A box whose sides are equal when they nearly were.
fn evened(bounds: Rect) -> Rect {
    let size = bounds.size();
    if size.max_side() - size.min_side() > size.max_side() * EQUAL {
        return bounds;
    }
    let side = (size.width + size.height) / 2.0;
    Rect::from_center_size(bounds.center(), (side, side))
}

fn ring(corners: &[Point]) -> Vec<Segment> {
    let next = corners.iter().cycle().skip(1);
    let sides = corners.iter().zip(next);
    sides.map(|(from, to)| Segment::new(*from, *to)).collect()
}

/// How far a point is from the nearest of some segments.
fn off(at: Point, segments: &[Segment]) -> f64 {
    let ways = segments.iter().map(|one| one.nearest(at, 1e-6).distance_sq);
    ways.fold(f64::INFINITY, f64::min).sqrt()
}

fn bounds(points: &[Point]) -> Rect {
    let first = points.first().copied().unwrap_or_default();
    let none = Rect::from_points(first, first);
    points.iter().fold(none, |all, at| all.union_pt(*at))
}

fn way(points: &[Point]) -> f64 {
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs.map(|(from, to)| (*to - *from).hypot()).sum()
}

/// A stroke as points that are equally far apart, however fast it was drawn.
fn evenly(stroke: &[InkPoint]) -> Option<Vec<Point>> {
    let points: Vec<Point> = stroke.iter().map(|at| Point::new(at.x, at.y)).collect();
    let step = way(&points) / PLACES as f64;
    if step.is_nan() || step <= 0.0 {
        return None;
    }
    let mut even = vec![*points.first()?];
    let mut left = step;
    for (from, to) in points.iter().zip(points.iter().skip(1)) {
        let length = (*to - *from).hypot();
        let mut gone = 0.0;
        while length - gone >= left {
            gone += left;
            left = step;
            even.push(from.lerp(*to, gone / length));
        }
        left -= length - gone;
    }
    even.push(*points.last()?);
    Some(even)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{PI, TAU};

    use super::*;

    /// A stroke through corners, drawn with a hand that shakes by some units.
    fn drawn(corners: &[(f64, f64)], shake: f64) -> Vec<InkPoint> {
        let mut stroke = Vec::new();
        for pair in corners.windows(2) {
            let (from, to) = (Point::from(pair[0]), Point::from(pair[1]));
            for i in 0..40 {
                let at = from.lerp(to, f64::from(i) / 40.0);
                let shaken = f64::from((i * 7 + stroke.len() as i32 * 3) % 11) / 5.5 - 1.0;
                stroke.push(InkPoint {
                    x: at.x + shake * shaken,
                    y: at.y - shake * shaken,
                    pressure: 0.5,
                });
            }
        }
        stroke
    }

    fn round(rx: f64, ry: f64) -> Vec<InkPoint> {
        let point = |i: i32| {
            let angle = f64::from(i) * 0.05;
            InkPoint {
                x: 300.0 + rx * angle.cos(),
                y: 200.0 + ry * angle.sin(),
                pressure: 0.5,
            }
        };
        (0..125).map(point).collect()
    }

    fn name(stroke: &[InkPoint]) -> String {
        let Some(found) = recognise(stroke, 1.0) else {
            return "nothing".into();
        };
        match found.contour {
            Some(contour) => contour.name().into(),
            None => found.kind.name().into(),
        }
    }

    #[test]
    fn what_is_drawn_like_a_shape_is_one() {
        let cases: [(&str, Vec<(f64, f64)>); 7] = [
            ("line", vec![(0.0, 0.0), (200.0, 90.0)]),
            (
                "arrow",
                vec![
                    (0.0, 0.0),
                    (200.0, 0.0),
                    (165.0, -25.0),
                    (200.0, 0.0),
                    (165.0, 25.0),
                ],
            ),
            (
                "rectangle",
                vec![
                    (0.0, 0.0),
                    (200.0, 0.0),
                    (200.0, 120.0),
                    (0.0, 120.0),
                    (0.0, 5.0),
                ],
            ),
            (
                "diamond",
                vec![
                    (100.0, 0.0),
                    (200.0, 60.0),
                    (100.0, 120.0),
                    (0.0, 60.0),
                    (96.0, 2.0),
                ],
            ),
            (
                "triangle",
                vec![(100.0, 0.0), (200.0, 150.0), (0.0, 150.0), (98.0, 4.0)],
            ),
            (
                "triangle",
                vec![(0.0, 0.0), (200.0, 0.0), (100.0, 150.0), (3.0, 2.0)],
            ),
            (
                "nothing",
                vec![(0.0, 0.0), (200.0, 0.0), (0.0, 100.0), (200.0, 100.0)],
            ),
        ];
        for (wanted, corners) in cases {
            for shake in [0.0, 2.5] {
                assert_eq!(name(&drawn(&corners, shake)), wanted, "{corners:?}");
            }
        }
        assert_eq!(name(&round(100.0, 60.0)), "ellipse");
    }

    /// An arrow in one stroke as a hand draws it: the shaft, a barb, back to about the tip, the other barb.
    /// Its shaft is seldom quite straight, and the tip is met again only nearly.
    fn one_stroke_arrow(random: &mut fastrand::Rng) -> Vec<InkPoint> {
        let between =
            |random: &mut fastrand::Rng, low: f64, high: f64| low + (high - low) * random.f64();
        let shaft = between(random, 80.0, 260.0);
        let along = Vec2::from_angle(between(random, 0.0, TAU));
        let tip = Point::new(300.0, 300.0) + along * shaft;
        let first = if random.bool() { 1.0 } else { -1.0 };
        let barb = |random: &mut fastrand::Rng, side: f64| {
            let angle = PI - side * between(random, 0.4, 0.9);
            let turned = Vec2::from_angle(along.angle() + angle);
            tip + turned * shaft * between(random, 0.12, 0.32)
        };
        let near_tip = |random: &mut fastrand::Rng| {
            let off = Vec2::from_angle(between(random, 0.0, TAU));
            tip + off * between(random, 0.0, 0.02 * shaft)
        };
        let corners = [
            Point::new(300.0, 300.0),
            tip,
            barb(random, first),
            near_tip(random),
            barb(random, -first),
        ];
        let jitter = between(random, 0.0, 1.2);
        let mut stroke = Vec::new();
        for pair in corners.windows(2) {
            let steps = ((pair[1] - pair[0]).hypot() / between(random, 2.0, 8.0)).ceil();
            for i in 0..steps as usize {
                let at = pair[0].lerp(pair[1], i as f64 / steps);
                stroke.push(InkPoint {
                    x: at.x + between(random, -jitter, jitter),
                    y: at.y + between(random, -jitter, jitter),
                    pressure: 0.5,
                });
            }
        }
        stroke
    }

    #[test]
    fn an_arrow_in_one_stroke_is_one_whichever_pass_of_its_tip_went_farther() {
        let mut missed = Vec::new();
        for seed in 0..400 {
            let stroke = one_stroke_arrow(&mut fastrand::Rng::with_seed(seed));
            if name(&stroke) != "arrow" {
                missed.push(seed);
            }
        }
        assert!(missed.is_empty(), "{} missed: {missed:?}", missed.len());
    }

    #[test]
    fn strokes_with_corners_anywhere_are_seldom_arrows() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut corner = || (200.0 * random.f64(), 200.0 * random.f64());
        let mut strokes = (0..3000).map(|i| {
            let corners: Vec<_> = (0..3 + i % 4).map(|_| corner()).collect();
            drawn(&corners, 1.0)
        });
        let arrows = strokes.by_ref().filter(|stroke| name(stroke) == "arrow");
        let arrows = arrows.count();
        assert!(arrows <= 105, "{arrows} arrows of 3000");
    }

    #[test]
    fn nearly_equal_sides_are_equal_and_a_dot_is_a_dot() {
        let circle = recognise(&round(100.0, 93.0), 1.0).unwrap().geometry;
        assert!((circle.w - circle.h).abs() < 1e-9);
        assert_eq!(name(&round(4.0, 4.0)), "nothing");
    }
}
