//! Ways of paths as lines of ours can go them, and the shapes that some of them are.
//!
//! Owns how near that is. Knows no look.

use board::element::route;
use board::style::Route;
use kurbo::{
    BezPath, Line, ParamCurve as _, ParamCurveNearest as _, PathEl, PathSeg, Point, Rect,
    Shape as _, Size,
};

use super::shapes::Form;

/// Straight pieces keep so near to their curve: this share of the way's longer side, but at most, board units.
const NEAR: (f64, f64) = (1.0 / 400.0, 0.2);
/// A curve through few points keeps so near to the one that is meant.
const NEARLY: (f64, f64) = (1.0 / 120.0, 0.5);
/// Curves between the points of one of the path's.
const CUTS: [u32; 7] = [1, 2, 3, 4, 6, 8, 12];
/// Ways of more pieces are not looked at for few points: that takes their square.
const MOST_SMOOTH: usize = 200;
/// Those of more are not looked at for what they are, or for whether they cross themselves.
const MOST: usize = 400;
/// How far a shape's outline may be from a box's or an ellipse's that it is, shares of its longer side.
const SHAPE: f64 = 1.0 / 250.0;

/// One pen-down of a path.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    pub(super) pieces: Vec<PathSeg>,
    pub(super) closed: bool,
    start: Point,
}

/// The stretches of a path, those included that go nowhere.
pub(super) fn stretches(path: &BezPath) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    let mut open = BezPath::new();
    let mut start = Point::ZERO;
    for el in path.elements() {
        if let PathEl::MoveTo(to) = el {
            all.extend(stretch(&open, start));
            open = BezPath::new();
            start = *to;
        } else if open.is_empty() {
            // Behind a close the next begins where that one did.
            open.move_to(start);
        }
        open.push(*el);
        if *el == PathEl::ClosePath {
            all.extend(stretch(&open, start));
            open = BezPath::new();
        }
    }
    all.extend(stretch(&open, start));
    all
}

fn stretch(path: &BezPath, start: Point) -> Option<Stretch> {
    let draws = path.elements().len() > 1;
    let mut pieces: Vec<PathSeg> = path.segments().collect();
    let is_dot = |piece: &PathSeg| {
        piece.start() == piece.end() && piece.to_cubic().bounding_box().area() == 0.0
    };
    pieces.retain(|piece| !is_dot(piece));
    let said = path.elements().last() == Some(&PathEl::ClosePath);
    let meets = pieces
        .last()
        .is_some_and(|last| last.end().distance(start) < 1e-6);
    draws.then_some(Stretch {
        closed: (said || meets) && !pieces.is_empty(),
        pieces,
        start,
    })
}

impl Stretch {
    pub(super) fn bounds(&self) -> Rect {
        let at = Rect::from_points(self.start, self.start);
        self.pieces
            .iter()
            .fold(at, |all, piece| all.union(piece.bounding_box()))
    }

    /// The same as a path.
    fn path(&self) -> BezPath {
        let mut path = BezPath::from_path_segments(self.pieces.iter().copied());
        if self.closed {
            path.close_path();
        }
        path
    }

    /// Whether it encloses anything.
    pub(super) fn has_inside(&self) -> bool {
        let bent = self
            .pieces
            .iter()
            .any(|piece| !matches!(piece, PathSeg::Line(_)));
        bent || self.pieces.len() > 1
    }

    fn near(&self, (share, most): (f64, f64)) -> f64 {
        let bounds = self.bounds();
        (bounds.size().max_side() * share).clamp(0.01, most)
    }

    /// Its points with curves as straight pieces, without the start once more at the end of a closed one.
    fn flat(&self) -> Vec<Point> {
        let mut points = vec![self.pieces.first().map_or(self.start, PathSeg::start)];
        kurbo::flatten(self.path(), self.near(NEAR), |el| {
            if let PathEl::LineTo(to) = el {
                points.push(to);
            }
        });
        points.dedup();
        if self.closed && points.len() > 2 && points.first() == points.last() {
            points.pop();
        }
        points
    }

    /// The points of a line that goes this way, and how it goes through them.
    pub(super) fn line(&self) -> (Vec<Point>, Route) {
        let flat = self.flat();
        let straight = self
            .pieces
            .iter()
            .all(|piece| matches!(piece, PathSeg::Line(_)));
        if self.pieces.is_empty() {
            return (vec![self.start, self.start], Route::Straight);
        }
        if straight || flat.len() > MOST_SMOOTH {
            return (flat, Route::Straight);
        }
        for cuts in CUTS {
            let points = self.cut(cuts);
            if points.len() > 2 && points.len() < flat.len() && self.is_near(&points, &flat) {
                return (points, Route::Curved);
            }
        }
        (flat, Route::Straight)
    }

    /// Where its pieces begin and end, and points between: straight ones need none.
    fn cut(&self, cuts: u32) -> Vec<Point> {
        let mut points = vec![self.pieces.first().map_or(self.start, PathSeg::start)];
        for piece in &self.pieces {
            let cuts = if matches!(piece, PathSeg::Line(_)) {
                1
            } else {
                cuts
            };
            points.extend((1..=cuts).map(|nth| piece.eval(f64::from(nth) / f64::from(cuts))));
        }
        points.dedup_by(|b, a| b.distance(*a) < 1e-6);
        if self.closed && points.len() > 1 {
            points.pop();
        }
        points
    }

    /// Whether a curve through points keeps near to this one all along both.
    fn is_near(&self, points: &[Point], flat: &[Point]) -> bool {
        let most = self.near(NEARLY).powi(2);
        let curve = route::through(points, Route::Curved, self.closed);
        let curve: Vec<PathSeg> = curve.segments().collect();
        let back = flat.first().filter(|_| self.closed);
        let to = flat.iter().skip(1).chain(back);
        let chords: Vec<Line> = flat
            .iter()
            .zip(to)
            .map(|(from, to)| Line::new(*from, *to))
            .collect();
        let distance = |at: Point| {
            let each = chords
                .iter()
                .map(|chord| chord.nearest(at, 1e-3).distance_sq);
            each.fold(f64::INFINITY, f64::min)
        };
        let along = curve
            .iter()
            .flat_map(|piece| [0.25, 0.5, 0.75].map(|at| piece.eval(at)));
        along.into_iter().all(|at| distance(at) <= most) && {
            let bends: Vec<Point> = curve
                .iter()
                .flat_map(|piece| (0..8u8).map(|nth| piece.eval(f64::from(nth) / 8.0)))
                .chain(curve.last().map(PathSeg::end))
                .collect();
            let nearest = |at: &Point| {
                let chords = bends.windows(2).filter_map(|pair| match pair {
                    [from, to] => Some(Line::new(*from, *to).nearest(*at, 1e-3).distance_sq),
                    _ => None,
                });
                chords.fold(f64::INFINITY, f64::min)
            };
            flat.iter().all(|at| nearest(at) <= most)
        }
    }

    /// Whether its outline crosses itself, or is too long to say.
    pub(super) fn crosses_itself(&self) -> bool {
        let flat = self.flat();
        if flat.len() > MOST * 2 {
            return true;
        }
        let to = flat.iter().skip(1).chain(flat.first());
        let sides: Vec<Line> = flat
            .iter()
            .zip(to)
            .map(|(from, to)| Line::new(*from, *to))
            .collect();
        let crosses = |a: &Line, b: &Line| {
            let side = |line: &Line, at: Point| (line.p1 - line.p0).cross(at - line.p0);
            side(a, b.p0) * side(a, b.p1) < 0.0 && side(b, a.p0) * side(b, a.p1) < 0.0
        };
        let mut rest = sides.as_slice();
        while let Some((one, others)) = rest.split_first() {
            if others.iter().any(|other| crosses(one, other)) {
                return true;
            }
            rest = others;
        }
        false
    }

    /// The box or ellipse that a closed way is; `None` of all others.
    pub(super) fn shape(&self) -> Option<Form> {
        if !self.closed || self.pieces.len() > MOST {
            return None;
        }
        let bounds = self.bounds();
        let (size, middle) = (bounds.size(), bounds.center());
        let near = size.max_side() * SHAPE;
        if size.min_side() <= near {
            return None;
        }
        let area = self.path().area().abs();
        let samples: Vec<Point> = self
            .pieces
            .iter()
            .flat_map(|piece| [0.0, 0.25, 0.5, 0.75].map(|at| piece.eval(at)))
            .collect();
        let half = size / 2.0;
        let is_oval = |at: &Point| {
            let from = *at - middle;
            let far = (from.x / half.width).hypot(from.y / half.height);
            (far - 1.0).abs() * half.min_side() <= near
        };
        let ellipse = half.area() * std::f64::consts::PI;
        if (area / ellipse - 1.0).abs() < 0.01 && samples.iter().all(is_oval) {
            return Some(Form::Oval(bounds));
        }
        // What corners take off a box says how round they are.
        let radius = ((size.area() - area).max(0.0) / (4.0 - std::f64::consts::PI)).sqrt();
        let radius = if radius * radius < size.area() * 1e-4 {
            0.0
        } else {
            radius
        };
        let inner = (half - Size::new(radius, radius)).to_vec2();
        let is_box = |at: &Point| {
            let from = *at - middle;
            let (x, y) = (from.x.abs() - inner.x, from.y.abs() - inner.y);
            let far = x.max(0.0).hypot(y.max(0.0)) + x.max(y).min(0.0) - radius;
            far.abs() <= near
        };
        let fits = radius <= half.min_side() + near && samples.iter().all(is_box);
        let radius = radius.min(half.min_side());
        fits.then(|| Form::Box(bounds, Size::new(radius, radius)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(data: &str) -> Stretch {
        let mut all = stretches(&BezPath::from_svg(data).unwrap());
        assert_eq!(all.len(), 1, "{data}");
        all.pop().unwrap()
    }

    #[test]
    fn a_path_is_cut_where_the_pen_is_lifted() {
        for (data, closed) in [
            ("M0 0L5 5", vec![false]),
            ("M0 0L5 5L5 0Z", vec![true]),
            ("M0 0L5 5M9 9L8 8", vec![false, false]),
            ("M0 0L5 5L5 0ZL-5 -5", vec![true, false]),
            ("M0 0M5 5L9 9M7 7", vec![false]),
            ("M0 0L5 5L5 0L0 0", vec![true]),
            ("M3 3h0", vec![false]),
        ] {
            let cut = stretches(&BezPath::from_svg(data).unwrap());
            let is: Vec<bool> = cut.iter().map(|stretch| stretch.closed).collect();
            assert_eq!(is, closed, "{data}");
        }
    }

    #[test]
    fn straight_ways_keep_their_corners_and_smooth_ones_take_few_points() {
        let (points, route) = stretch("M0 0L10 0L10 10").line();
        assert_eq!((points.len(), route), (3, Route::Straight));
        let (points, route) = stretch("M0 0C30 0 30 60 60 60C90 60 90 0 120 0").line();
        assert_eq!(route, Route::Curved);
        assert!(points.len() < 18, "{}", points.len());
        let (points, route) = stretch("M0 0C0 50 100 50 100 0L50 -50Z").line();
        assert_eq!(route, Route::Straight, "a corner is none of a curve");
        assert!(points.len() > 8, "{}", points.len());
        let (dot, _) = stretch("M3 4h0").line();
        assert_eq!(dot, [Point::new(3.0, 4.0); 2]);
    }

    #[test]
    fn boxes_and_ellipses_are_known_by_their_way() {
        let rect = Rect::new(0.0, 0.0, 40.0, 20.0);
        for (data, is) in [
            ("M0 0H40V20H0Z", Some((rect, 0.0))),
            ("M0 20V0H40V20H0", Some((rect, 0.0))),
            (
                "M5 0H35A5 5 0 0 1 40 5V15A5 5 0 0 1 35 20H5A5 5 0 0 1 0 15V5A5 5 0 0 1 5 0Z",
                Some((rect, 5.0)),
            ),
            (
                "M10 0H30A10 10 0 0 1 30 20H10A10 10 0 0 1 10 0Z",
                Some((rect, 10.0)),
            ),
            ("M5 0H35L40 5V15L35 20H5L0 15V5Z", None),
            ("M0 0H40V20Z", None),
            ("M0 0H40V20H20V10H0Z", None),
            ("M0 0H40V20", None),
        ] {
            match (stretch(data).shape(), is) {
                (Some(Form::Box(bounds, radii)), Some((rect, radius))) => {
                    let off = [
                        bounds.x0 - rect.x0,
                        bounds.y0 - rect.y0,
                        bounds.x1 - rect.x1,
                        bounds.y1 - rect.y1,
                    ];
                    assert!(off.iter().all(|off| off.abs() < 1e-9), "{data}: {bounds:?}");
                    assert!((radii.width - radius).abs() < 0.1, "{data}: {radii:?}");
                }
                (found, wanted) => {
                    assert!(found.is_none() && wanted.is_none(), "{data}: {found:?}")
                }
            }
        }
        let circle = "M0 10A10 10 0 0 1 20 10A10 10 0 0 1 0 10Z";
        let Some(Form::Oval(bounds)) = stretch(circle).shape() else {
            panic!("no oval");
        };
        assert!((bounds.center() - Point::new(10.0, 10.0)).hypot() < 0.01);
    }

    #[test]
    fn outlines_that_cross_themselves_are_found() {
        assert!(stretch("M50 0L79 90L2 35L98 35L21 90Z").crosses_itself());
        assert!(!stretch("M0 0H40V20H20V10H0Z").crosses_itself());
        assert!(!stretch("M0 10A10 10 0 0 1 20 10A10 10 0 0 1 0 10Z").crosses_itself());
    }
}
