//! The filled outline of a stroke: a pure function of its points and width.
//!
//! Owns edges, corners and caps. The idea (offset both sides by a radius that follows pressure,
//! drop crowded edge points, fan sharp corners out, run quadratic curves through midpoints) is
//! that of Steve Ruiz's perfect-freehand; the code is ours. Knows no element.

use std::f64::consts::PI;

use kurbo::{BezPath, Point, Rect, Vec2};

use crate::contour::ellipse;

use super::{InkPoint, radius};

/// Edge points closer than this share of the radius to the one before are dropped.
const CROWDED: f64 = 0.3;
/// A turn whose cosine is below this is a corner.
const CORNER: f64 = -0.1;
/// Steps of a half circle: enough to look round at the widest pen.
const CAP_STEPS: u32 = 12;
/// Points within this share of the radius of an end are jerks.
const JERK: f64 = 0.6;
/// How much wider a dot is than a line at middle pressure.
const DOT: f64 = 1.6;
/// How often a stroke is relaxed.
const PASSES: u32 = 4;
/// Points closer than this to the one before have no direction of their own.
const SAME_PLACE: f64 = 1e-6;

/// Outlines a stroke of a style width; to be filled by the non-zero rule. O(points).
///
/// A single point, or many in one place, make a disc; no points make an empty path. Points must
/// be finite.
pub fn outline(points: &[InkPoint], width: f64) -> BezPath {
    let spine = spine(points, width);
    match spine.as_slice() {
        [] => BezPath::new(),
        [only] => disc(only, width),
        [first, .., last] => {
            let (mut left, mut right) = edges(&spine);
            let mut ring = Vec::with_capacity(left.len() + right.len() + 2 * CAP_STEPS as usize);
            ring.append(&mut left);
            ring.extend(fan(last.at, last.across * last.radius, PI));
            right.reverse();
            ring.append(&mut right);
            ring.extend(fan(first.at, -first.across * first.radius, PI));
            through_midpoints(&ring)
        }
    }
}

/// A point of the stroke with its half width and the unit normal, left of the way on.
#[derive(Clone, Copy)]
struct Joint {
    at: Point,
    radius: f64,
    /// Left of the segment that leads here.
    before: Vec2,
    /// Left of the path at this point.
    across: Vec2,
    /// Left of the segment that leads on.
    after: Vec2,
}

impl Joint {
    fn at(at: Point, radius: f64) -> Self {
        Self {
            at,
            radius,
            before: Vec2::ZERO,
            across: Vec2::ZERO,
            after: Vec2::ZERO,
        }
    }

    fn is_corner(&self) -> bool {
        self.before.dot(self.after) < CORNER
    }
}

/// The points that make the stroke's shape, each with its normals.
fn spine(points: &[InkPoint], width: f64) -> Vec<Joint> {
    let mut joints: Vec<Joint> = Vec::with_capacity(points.len());
    for point in points {
        let radius = radius(width, point.pressure);
        match joints.last_mut() {
            Some(last) if length(point.at() - last.at) < SAME_PLACE => {
                last.radius = last.radius.max(radius);
            }
            _ => joints.push(Joint::at(point.at(), radius)),
        }
    }
    trim_start(&mut joints);
    joints.reverse();
    trim_start(&mut joints);
    joints.reverse();
    direct(&mut joints);
    relax(&mut joints);
    direct(&mut joints);
    joints
}

/// Drops what follows the first point well within its own disc: a pen that lands or lifts jerks,
/// and that would turn the cap aside.
fn trim_start(joints: &mut Vec<Joint>) {
    let Some(first) = joints.first().copied() else {
        return;
    };
    let near = |joint: &&Joint| length(joint.at - first.at) < JERK * first.radius;
    let crowd = joints.iter().skip(1).take_while(near).count();
    let kept = crowd.min(joints.len().saturating_sub(2));
    joints.drain(1..=kept);
}

/// Takes the tremble out: each point goes towards the middle of its neighbours, less so the more
/// the stroke turns there, and not at all in a corner.
///
/// The first pass is for all; the others only reach as far as the pen is wide, so that small
/// letters keep their shape.
fn relax(joints: &mut [Joint]) {
    let mut shares: Vec<(f64, f64)> = Vec::with_capacity(joints.len());
    let mut before: Option<Point> = None;
    for joint in joints.iter() {
        let straight = (joint.before.dot(joint.after) - CORNER) / (1.0 - CORNER);
        let share = 0.5 * straight.max(0.0);
        let far = before.map_or(0.0, |before| length(joint.at - before));
        let wide = (joint.radius / far.max(SAME_PLACE)).powi(2).min(1.0);
        shares.push((share, share * wide));
        before = Some(joint.at);
    }
    let narrow = shares.iter().all(|(_, wide)| *wide < 0.02);
    for pass in 0..if narrow { 1 } else { PASSES } {
        let mut before: Option<Point> = None;
        let mut rest = joints.iter_mut().zip(&shares).peekable();
        while let Some((joint, (all, wide))) = rest.next() {
            let own = joint.at;
            if let (Some(before), Some((next, _))) = (before, rest.peek()) {
                let share = if pass == 0 { *all } else { *wide };
                joint.at = own.lerp(before.midpoint(next.at), share);
            }
            before = Some(own);
        }
    }
}

/// Computes the normals.
fn direct(joints: &mut [Joint]) {
    let mut last: Option<(Point, Vec2)> = None;
    for joint in joints.iter_mut() {
        let normal = last.map(|(at, before)| {
            let way = joint.at - at;
            let length = length(way);
            if length < SAME_PLACE {
                before
            } else {
                left_of(way / length)
            }
        });
        joint.before = normal.unwrap_or(Vec2::ZERO);
        last = Some((joint.at, joint.before));
    }
    let mut after = Vec2::ZERO;
    for joint in joints.iter_mut().rev() {
        joint.after = if after == Vec2::ZERO {
            joint.before
        } else {
            after
        };
        after = joint.before;
        if joint.before == Vec2::ZERO {
            joint.before = joint.after;
        }
        let sum = joint.before + joint.after;
        let length = length(sum);
        joint.across = if length > SAME_PLACE {
            sum / length
        } else {
            joint.after
        };
    }
}

/// The left and the right edge, both along the way.
fn edges(spine: &[Joint]) -> (Vec<Point>, Vec<Point>) {
    let (mut left, mut right) = (Edge::default(), Edge::default());
    let end = spine.len() - 1;
    for (i, joint) in spine.iter().enumerate() {
        let Joint { at, radius, .. } = *joint;
        if i > 0 && i < end && joint.is_corner() {
            // Half a disc on both sides: the outer one rounds the corner, the inner one overlaps.
            let (before, after) = (joint.before * radius, joint.after * radius);
            let turn = turn(joint.before, joint.after);
            left.corner(at, before, after, turn);
            right.corner(at, -before, -after, turn);
            continue;
        }
        let keep = i == 0 || i == end;
        left.push(at + joint.across * radius, radius, keep);
        right.push(at - joint.across * radius, radius, keep);
    }
    (left.points, right.points)
}

#[derive(Default)]
struct Edge {
    points: Vec<Point>,
}

impl Edge {
    fn push(&mut self, point: Point, radius: f64, keep: bool) {
        let crowded = |last: &Point| length(point - *last) < CROWDED * radius;
        if keep || !self.points.last().is_some_and(crowded) {
            self.points.push(point);
        }
    }

    fn corner(&mut self, at: Point, from: Vec2, to: Vec2, turn: f64) {
        self.points.push(at + from);
        self.points.extend(fan(at, from, turn));
        self.points.push(at + to);
    }
}

/// The points of an arc about a centre, without its start.
fn fan(center: Point, from: Vec2, turn: f64) -> impl Iterator<Item = Point> {
    let step = turn / f64::from(CAP_STEPS);
    (0..=CAP_STEPS).map(move |i| {
        let (sin, cos) = (step * f64::from(i)).sin_cos();
        center + Vec2::new(from.x * cos - from.y * sin, from.x * sin + from.y * cos)
    })
}

/// The signed angle from one unit vector to another.
fn turn(from: Vec2, to: Vec2) -> f64 {
    from.cross(to).atan2(from.dot(to))
}

/// Not `hypot`, which guards against overflow that coordinates cannot cause, and takes ten times
/// as long.
fn length(way: Vec2) -> f64 {
    way.hypot2().sqrt()
}

fn left_of(direction: Vec2) -> Vec2 {
    Vec2::new(direction.y, -direction.x)
}

/// A dot is wider than a line, or nobody would see it beside one.
fn disc(joint: &Joint, width: f64) -> BezPath {
    let radius = joint.radius.max(DOT * radius(width, 0.5));
    ellipse(Rect::from_center_size(
        joint.at,
        (2.0 * radius, 2.0 * radius),
    ))
}

/// A closed smooth curve that runs through the middle of each side of a polygon.
fn through_midpoints(ring: &[Point]) -> BezPath {
    let mut path = BezPath::with_capacity(ring.len() + 2);
    let (Some(first), Some(last)) = (ring.first(), ring.last()) else {
        return path;
    };
    let start = last.midpoint(*first);
    path.move_to(start);
    for side in ring.windows(2) {
        if let [from, to] = side {
            path.quad_to(*from, from.midpoint(*to));
        }
    }
    path.quad_to(*last, start);
    path.close_path();
    path
}

#[cfg(test)]
mod tests {
    use kurbo::{Affine, ParamCurveNearest};
    use proptest::prelude::*;

    use kurbo::Shape;

    use super::*;

    fn at(x: f64, y: f64) -> InkPoint {
        InkPoint {
            x,
            y,
            pressure: 0.5,
        }
    }

    fn line(count: u32) -> Vec<InkPoint> {
        (0..count).map(|i| at(f64::from(i) * 3.0, 0.0)).collect()
    }

    #[test]
    fn no_points_paint_nothing_and_one_paints_a_disc() {
        assert!(outline(&[], 2.0).is_empty());
        let disc = outline(&[at(5.0, 5.0); 3], 4.0);
        let r = DOT * radius(4.0, 0.5);
        let around = disc.bounding_box();
        assert!(
            (around.width() - 2.0 * r).abs() < 0.02 && (around.height() - 2.0 * r).abs() < 0.02
        );
        assert_eq!(disc.winding(Point::new(5.0, 5.0)).abs(), 1);
    }

    #[test]
    fn a_straight_stroke_has_parallel_edges_and_round_ends() {
        let path = outline(&line(30), 4.0);
        let r = radius(4.0, 0.5);
        let around = path.bounding_box();
        assert!((around.height() - 2.0 * r).abs() < 0.05, "{around:?}");
        assert!((around.x0 + r).abs() < 0.05 && (around.x1 - 87.0 - r).abs() < 0.05);
        let corner = Point::new(-0.9 * r, -0.9 * r);
        assert_eq!(path.winding(corner), 0);
    }

    #[test]
    fn pressure_makes_it_wider() {
        let mut points = line(40);
        for (i, point) in points.iter_mut().enumerate() {
            point.pressure = i as f64 / 39.0;
        }
        let path = outline(&points, 8.0);
        let half = radius(8.0, 0.5);
        assert_eq!(path.winding(Point::new(15.0, half)), 0);
        assert_ne!(path.winding(Point::new(102.0, half)), 0);
    }

    #[test]
    fn a_sharp_corner_keeps_its_point_and_has_no_hole() {
        let mut points = line(20);
        points.extend((1..20).map(|i| at(57.0 - f64::from(i) * 3.0, f64::from(i))));
        let path = outline(&points, 6.0);
        let r = radius(6.0, 0.5);
        assert!((path.bounding_box().x1 - 57.0 - r).abs() < 0.1);
        assert_ne!(path.winding(Point::new(57.0, 0.0)), 0);
    }

    proptest! {
        #[test]
        fn the_outline_covers_its_points_and_keeps_near_them(
            steps in prop::collection::vec((-9.0..9.0f64, -9.0..9.0f64, 0.0..1.0f64), 1..80),
            width in 0.5..30.0f64,
        ) {
            let mut points = vec![at(0.0, 0.0)];
            for (dx, dy, pressure) in steps {
                let last = points.last().copied().unwrap();
                points.push(InkPoint { x: last.x + dx, y: last.y + dy, pressure });
            }
            let path = outline(&points, width);
            prop_assert!(path.is_finite());
            // Relaxing moves points by less than the steps between them.
            let widest = radius(width, 1.0) + 13.0;
            for el in path.elements() {
                if let Some(on) = el.end_point() {
                    let near = points.iter().map(|p| p.at().distance(on)).fold(f64::MAX, f64::min);
                    prop_assert!(near <= widest, "{on:?} is {near} away");
                }
            }
            prop_assert!(path.elements().len() <= 30 * points.len() + 60);
        }

        #[test]
        fn the_outline_moves_and_turns_with_its_points(angle in 0.0..6.0f64, x in -99.0..99.0f64) {
            let points: Vec<InkPoint> = (0..40)
                .map(|i| f64::from(i) * 0.3)
                .map(|t| at(20.0 * t, 15.0 * t.sin()))
                .collect();
            let place = Affine::translate((x, -x)) * Affine::rotate(angle);
            let moved: Vec<InkPoint> = points
                .iter()
                .map(|p| place * p.at())
                .map(|p| at(p.x, p.y))
                .collect();
            let mut expected = outline(&points, 5.0);
            expected.apply_affine(place);
            let made = outline(&moved, 5.0);
            for segment in made.segments() {
                let on = kurbo::ParamCurve::start(&segment);
                let off = expected
                    .segments()
                    .map(|s| s.nearest(on, 1e-3).distance_sq)
                    .fold(f64::MAX, f64::min);
                prop_assert!(off < 1e-3, "{off}");
            }
        }
    }
}
