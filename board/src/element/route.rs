//! The way of a line or arrow through its points: straight, curved or in right angles, open or
//! closed.
//!
//! Owns where a curve runs between points, and how corners of elbows are rounded. Pure arithmetic and square roots: everybody sees the same
//! curve. Knows no element and no style.

use kurbo::{BezPath, ParamCurve as _, Point, Vec2};

use crate::style::Route;
use crate::subpath::length;

/// Points that are nearer than this are one to a curve, board units.
const SAME: f64 = 1e-6;

/// The radius of an elbow's corners where there is room, board units.
const CORNER: f64 = 16.0;

/// The path through points; a single point becomes a line to itself, which paints a dot. O(points).
pub fn through(points: &[Point], route: Route, closed: bool) -> BezPath {
    if route == Route::Straight {
        return straight(points, closed);
    }
    let mut apart = points.to_vec();
    apart.dedup_by(|b, a| length(*b - *a) <= SAME);
    if let (true, [first, .., last]) = (closed, apart.as_slice())
        && length(*last - *first) <= SAME
    {
        apart.pop();
    }
    match route {
        Route::Elbow if apart.len() > 1 => rounded(&right_angled(&apart, closed), closed),
        Route::Curved if apart.len() > 2 => curved(&apart, closed),
        _ => straight(points, closed),
    }
}

/// The middle of each way from a point to the next. O(points).
pub(super) fn middles(points: &[Point], route: Route, closed: bool) -> Vec<Point> {
    let path = through(points, route, closed);
    let on_path: Vec<Point> = path.segments().map(|way| way.eval(0.5)).collect();
    let next = points.iter().cycle().skip(1);
    let pairs = points.iter().zip(next);
    let ways = if closed {
        points.len()
    } else {
        points.len().saturating_sub(1)
    };
    let between = pairs.take(ways).enumerate();
    // Points that coincide are one to a curve, so that the numbers do not fit.
    let fits = on_path.len() == ways;
    between
        .map(|(i, (from, to))| match on_path.get(i) {
            Some(on_path) if fits => *on_path,
            _ => from.midpoint(*to),
        })
        .collect()
}

fn straight(points: &[Point], closed: bool) -> BezPath {
    let mut path = BezPath::with_capacity(points.len() + 1);
    for (i, point) in points.iter().enumerate() {
        if i == 0 {
            path.move_to(*point);
        } else {
            path.line_to(*point);
        }
    }
    if let [only] = points {
        path.line_to(*only);
    }
    if closed {
        path.close_path();
    }
    path
}

/// The same points and, where the way from one to the next is along no axis, a corner between them:
/// across first, unless that would go back along the way that it came. What a router has made stays
/// as it is.
pub(super) fn right_angled(points: &[Point], closed: bool) -> Vec<Point> {
    let mut bends: Vec<Point> = Vec::with_capacity(points.len() + 1);
    let back = points.first().filter(|_| closed);
    for point in points.iter().chain(back) {
        if let Some(last) = bends.last().copied() {
            let way = *point - last;
            if way.x.abs() > SAME && way.y.abs() > SAME {
                let came = bends
                    .iter()
                    .rev()
                    .nth(1)
                    .map_or(Vec2::ZERO, |from| last - *from);
                let back = came.y.abs() <= SAME && came.x * way.x < 0.0;
                bends.push(if back {
                    Point::new(last.x, point.y)
                } else {
                    Point::new(point.x, last.y)
                });
            }
        }
        bends.push(*point);
    }
    if closed {
        bends.pop();
    }
    bends
}

/// A polyline with its corners rounded: by parabolas, which take half of a leg at most.
fn rounded(bends: &[Point], closed: bool) -> BezPath {
    let (Some(first), Some(last)) = (bends.first(), bends.last()) else {
        return BezPath::new();
    };
    // An open one stands still before its start and after its end, so that neither is a corner.
    let mut row = vec![if closed { *last } else { *first }];
    row.extend_from_slice(bends);
    if closed {
        row.extend(bends.iter().take(2));
    } else {
        row.push(*last);
    }
    let mut path = BezPath::with_capacity(2 * row.len());
    for (i, three) in row.windows(3).enumerate() {
        let [before, at, after] = three else {
            continue;
        };
        let (from, to) = (*at - *before, *after - *at);
        let (near, far) = (length(from), length(to));
        let mut sides = (*at, *at);
        if from.cross(to).abs() > SAME * near.max(far) {
            let radius = CORNER.min(near / 2.0).min(far / 2.0);
            sides = (*at - from * (radius / near), *at + to * (radius / far));
        }
        if i == 0 {
            path.move_to(sides.1);
        } else {
            path.line_to(sides.0);
        }
        if i > 0 && sides.0 != sides.1 {
            path.quad_to(*at, sides.1);
        }
    }
    if closed {
        path.close_path();
    }
    path
}

/// A point that a curve passes, how much of the way to its neighbours its handles take along the
/// tangent, and how far they reach at most.
struct Knot {
    at: Point,
    tangent: Vec2,
    most: f64,
}

impl Knot {
    /// An end, which a curve passes as it likes.
    fn end(at: Point) -> Self {
        Self {
            at,
            tangent: Vec2::ZERO,
            most: 0.0,
        }
    }

    /// The tangent halves the turn, so that no handle looks back. Handles are those of an arc (4/3
    /// tan(turn / 4) of its radius, without the angle), and shrink where the turn becomes a spike.
    fn between(before: Point, at: Point, after: Point) -> Self {
        let (from, to) = (at - before, after - at);
        let (near, far) = (length(from), length(to));
        let halved = from / near + to / far;
        let double = length(halved);
        let half = (double / 2.0).min(1.0);
        let share = half * (2.0 - half) * 2.0 / (3.0 * (1.0 + half));
        Self {
            at,
            tangent: halved * (share / double.max(SAME)),
            most: near.min(far),
        }
    }

    fn handle(&self, way: f64) -> Vec2 {
        let long = length(self.tangent) * way;
        self.tangent * way * (self.most / long.max(f64::MIN_POSITIVE)).min(1.0)
    }
}

/// A smooth curve through three points or more that are apart.
fn curved(points: &[Point], closed: bool) -> BezPath {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return BezPath::new();
    };
    let mut row = Vec::with_capacity(points.len() + 3);
    if closed {
        row.push(*last);
    }
    row.extend_from_slice(points);
    if closed {
        row.extend(points.iter().take(2));
    }
    let mut knots: Vec<Knot> = Vec::with_capacity(row.len());
    if !closed {
        knots.push(Knot::end(*first));
    }
    knots.extend(row.windows(3).filter_map(|three| match three {
        [before, at, after] => Some(Knot::between(*before, *at, *after)),
        _ => None,
    }));
    if !closed {
        knots.push(Knot::end(*last));
    }
    let mut path = BezPath::with_capacity(knots.len() + 1);
    for (i, pair) in knots.windows(2).enumerate() {
        let [from, to] = pair else {
            continue;
        };
        if i == 0 {
            path.move_to(from.at);
        }
        let way = length(to.at - from.at);
        let mut leave = from.at + from.handle(way);
        let mut arrive = to.at - to.handle(way);
        // At an end the curve is a parabola.
        if !closed && i == 0 {
            leave = from.at + (to.at + (arrive - to.at) * 1.5 - from.at) * (2.0 / 3.0);
        } else if !closed && i + 2 == knots.len() {
            arrive = to.at + (from.at + (leave - from.at) * 1.5 - to.at) * (2.0 / 3.0);
        }
        path.curve_to(leave, arrive, to.at);
    }
    if closed {
        path.close_path();
    }
    path
}

#[cfg(test)]
mod tests {
    use kurbo::{PathEl, Shape};

    use super::*;

    fn points(of: &[(f64, f64)]) -> Vec<Point> {
        of.iter().map(|at| Point::from(*at)).collect()
    }

    #[test]
    fn a_curve_passes_its_points_and_keeps_near_them() {
        let row = points(&[
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 0.0),
            (100.0, 80.0),
            (101.0, 0.0),
            (400.0, 10.0),
        ]);
        for closed in [false, true] {
            let path = through(&row, Route::Curved, closed);
            let passes = |point: &Point| {
                let mut ends = path.elements().iter().filter_map(PathEl::end_point);
                ends.any(|end| end == *point)
            };
            assert!(row.iter().all(passes));
            let (tight, around) = (row.iter(), path.bounding_box());
            let hull = tight.fold(around, |hull, at| hull.union_pt(*at));
            assert!(hull.width() < 480.0 && hull.height() < 160.0, "{hull:?}");
        }
    }

    #[test]
    fn the_corners_of_a_square_make_nearly_a_circle() {
        let square = points(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]);
        let area = through(&square, Route::Curved, true).area();
        let circle = std::f64::consts::PI * 5000.0;
        assert!((area / circle - 1.0).abs() < 0.05, "{area} of {circle}");
    }

    #[test]
    fn what_has_no_turn_is_straight() {
        let two = points(&[(0.0, 0.0), (50.0, 20.0), (50.0, 20.0)]);
        let path = through(&two, Route::Curved, false);
        assert_eq!(path, through(&two, Route::Straight, false));
        let level = points(&[(0.0, 5.0), (50.0, 5.0)]);
        let path = through(&level, Route::Elbow, false);
        assert_eq!(path, through(&level, Route::Straight, false));
        let dot = points(&[(3.0, 5.0), (3.0, 5.0)]);
        let path = through(&dot, Route::Elbow, false);
        assert_eq!(path, through(&dot, Route::Straight, false));
    }

    #[test]
    fn an_elbow_has_round_corners() {
        let bends = points(&[(0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (200.0, 20.0)]);
        let path = through(&bends, Route::Elbow, false);
        assert_eq!(
            path.to_svg(),
            "M0,0 L90,0 Q100,0 100,10 L100,10 Q100,20 110,20 L200,20"
        );
        let square = points(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]);
        let path = through(&square, Route::Elbow, true);
        let corners = path
            .elements()
            .iter()
            .filter(|el| matches!(el, PathEl::QuadTo(..)));
        assert_eq!(corners.count(), 4);
        let cut_off = 4.0 * 16.0 * 16.0 / 6.0;
        assert!((path.area() - (10_000.0 - cut_off)).abs() < 1e-6);
    }

    #[test]
    fn an_elbow_without_a_router_goes_across_first() {
        let ends = points(&[(0.0, 0.0), (100.0, 60.0)]);
        let path = through(&ends, Route::Elbow, false);
        assert_eq!(path.to_svg(), "M0,0 L84,0 Q100,0 100,16 L100,60");
        let closed = points(&[(0.0, 0.0), (100.0, 0.0), (50.0, 80.0)]);
        let path = through(&closed, Route::Elbow, true);
        let around = "M16,0 L84,0 Q100,0 100,16 L100,64 Q100,80 84,80 L50,80 L16,80 \
                      Q0,80 0,64 L0,16 Q0,0 16,0 Z";
        assert_eq!(path.to_svg(), around);
    }
}
