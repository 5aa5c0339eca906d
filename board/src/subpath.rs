//! A path as its subpaths and as polylines: the same ones on every machine.
//!
//! Owns how curves are flattened for dashes and hatching: steps come from Wang's formula, which
//! needs nothing but square roots. Knows no element.

use kurbo::{BezPath, CubicBez, ParamCurve, PathEl, PathSeg, Point, Vec2};

/// Chords keep this near to their curve, board units.
const TOLERANCE: f64 = 0.02;
/// Most chords for one curve.
const MAX_CHORDS: f64 = 96.0;
/// Squares of coordinates beyond this are no longer exact enough to measure with.
const FARTHEST: f64 = 1e9;

/// What ends this near to its start is closed, board units.
const CLOSED: f64 = 1e-6;

/// What one pen-down draws.
#[derive(Debug, Clone)]
pub(crate) struct Subpath {
    start: Point,
    /// Each begins where the one before ends.
    pub(crate) sides: Vec<PathSeg>,
    /// Whether the last side ends at the start, to rounding.
    pub(crate) closed: bool,
}

impl Subpath {
    fn new(start: Point) -> Self {
        Self {
            start,
            sides: Vec::new(),
            closed: false,
        }
    }

    /// Where it begins.
    pub(crate) fn start(&self) -> Point {
        self.start
    }

    /// The same as a path, which ends where its last side does.
    pub(crate) fn to_path(&self) -> BezPath {
        let mut path = BezPath::with_capacity(self.sides.len() + 1);
        let start = self.sides.first().map_or(self.start, PathSeg::start);
        path.move_to(start);
        path.extend(self.sides.iter().map(PathSeg::as_path_el));
        path
    }

    /// Its points with curves flattened, at least one; a closed one ends where it starts.
    pub(crate) fn points(&self) -> Vec<Point> {
        let mut points = vec![self.start];
        for side in &self.sides {
            let curve = side.to_cubic();
            let chords = match side {
                PathSeg::Line(_) => 1,
                _ => chords(&curve),
            };
            for i in 1..chords {
                points.push(curve.eval(f64::from(i) / f64::from(chords)));
            }
            points.push(curve.p3);
        }
        points
    }
}

/// The subpaths of a path; none when it is not finite or larger than any board. O(path).
pub(crate) fn subpaths(path: &BezPath) -> Vec<Subpath> {
    let mut all: Vec<Subpath> = Vec::new();
    let around = path.control_box();
    let farthest = [around.x0, around.y0, around.x1, around.y1]
        .into_iter()
        .fold(0.0, |most: f64, at| most.max(at.abs()));
    if !path.is_finite() || farthest > FARTHEST {
        return all;
    }
    let mut at = Point::ZERO;
    for el in path.elements() {
        if let PathEl::MoveTo(to) = *el {
            at = to;
            all.push(Subpath::new(at));
            continue;
        }
        // What follows a closed contour without a move begins where that began.
        if all.last().is_none_or(|last| last.closed) {
            all.push(Subpath::new(at));
        }
        let Some(open) = all.last_mut() else {
            continue;
        };
        let side = match *el {
            PathEl::QuadTo(c, to) => PathSeg::Quad(kurbo::QuadBez::new(at, c, to)),
            PathEl::CurveTo(c, d, to) => PathSeg::Cubic(CubicBez::new(at, c, d, to)),
            PathEl::LineTo(to) | PathEl::MoveTo(to) => PathSeg::Line(kurbo::Line::new(at, to)),
            PathEl::ClosePath => {
                open.closed = true;
                PathSeg::Line(kurbo::Line::new(at, open.start))
            }
        };
        at = side.end();
        // Curves rarely come back to their start to the last bit.
        if !open.closed || length(at - side.start()) > CLOSED {
            open.sides.push(side);
        }
    }
    // As on a canvas, a move alone draws nothing.
    all.retain(|subpath| !subpath.sides.is_empty());
    for subpath in &mut all {
        let end = subpath.sides.last().map(PathSeg::end);
        subpath.closed |= end.is_some_and(|end| length(end - subpath.start) <= CLOSED);
    }
    all
}

/// Not `hypot`, whose last bit differs between machines.
pub(crate) fn length(way: Vec2) -> f64 {
    way.hypot2().sqrt()
}

fn chords(curve: &CubicBez) -> u32 {
    let bend = |a: Point, b: Point, c: Point| length((a - b) + (c - b));
    let most = bend(curve.p0, curve.p1, curve.p2).max(bend(curve.p1, curve.p2, curve.p3));
    (0.75 * most / TOLERANCE)
        .sqrt()
        .ceil()
        .clamp(1.0, MAX_CHORDS) as u32
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, ParamCurveNearest, Shape};

    use super::*;

    #[test]
    fn chords_keep_near_their_curve_and_close() {
        let path = Circle::new((30.0, 40.0), 200.0).to_path(1e-3);
        let [circle] = subpaths(&path).try_into().unwrap();
        let points = circle.points();
        assert!(circle.closed && length(*points.last().unwrap() - circle.start()) < 1e-9);
        for pair in points.windows(2) {
            let middle = pair[0].midpoint(pair[1]);
            let near = path.segments().map(|s| s.nearest(middle, 1e-6).distance_sq);
            assert!(near.fold(f64::MAX, f64::min) < TOLERANCE * TOLERANCE);
        }
    }

    #[test]
    fn a_line_after_a_close_begins_at_the_start() {
        let path = BezPath::from_svg("M1 1 L5 1 L5 5 Z L0 9 M7 7").unwrap();
        let all = subpaths(&path);
        assert_eq!(all.len(), 2);
        assert!(all[0].closed && all[0].points().last() == Some(&Point::new(1.0, 1.0)));
        assert_eq!(
            all[1].points(),
            [Point::new(1.0, 1.0), Point::new(0.0, 9.0)]
        );
        assert!(
            subpaths(&BezPath::from_vec(vec![PathEl::MoveTo(
                (f64::NAN, 0.0).into()
            )]))
            .is_empty()
        );
    }
}
