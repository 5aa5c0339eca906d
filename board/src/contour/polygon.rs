//! Polygons with rounded corners, moved inwards.
//!
//! Knows no contour: only corners, clockwise (y down).

use kurbo::{BezPath, Point, Vec2};

/// A corner of a polygon.
#[derive(Debug, Clone, Copy)]
pub(super) struct Corner {
    at: Point,
    /// How much of the sides next to it the rounding takes away, board units.
    cut: f64,
}

impl Corner {
    /// A corner that is to be cut so much; [`path`] takes less where it turns less.
    pub(super) fn new(at: (f64, f64), radius: f64) -> Self {
        Self {
            at: at.into(),
            cut: radius,
        }
    }
}

/// The outline of a polygon, moved inwards by `inset` ≥ 0; empty when a side has vanished.
/// O(corners).
pub(super) fn path(corners: &[Corner], inset: f64) -> BezPath {
    let fitting = fit(&eased(corners));
    if inset > 0.0 {
        draw(&fit(&moved_inwards(&fitting, inset)))
    } else {
        draw(&fitting)
    }
}

/// Each corner with the ones before and behind it.
fn neighbours(corners: &[Corner]) -> impl Iterator<Item = (Corner, Corner, Corner)> {
    let last = corners.len().saturating_sub(1);
    let before = corners.iter().cycle().skip(last);
    let behind = corners.iter().cycle().skip(1);
    let triples = before.zip(corners).zip(behind);
    triples.map(|((before, corner), behind)| (*before, *corner, *behind))
}

/// Cuts instead of radii: an arc of that radius where a corner is blunt; sharp ones are cut no
/// deeper than a right angle, as their tips would recede too far.
fn eased(corners: &[Corner]) -> Vec<Corner> {
    let eased = neighbours(corners).map(|(before, corner, behind)| {
        let (to, from) = (unit(corner.at - before.at), unit(behind.at - corner.at));
        let tangent = to.cross(from).abs() / (1.0 + to.dot(from)).max(0.0);
        let cut = corner.cut * tangent.min(1.0);
        Corner { cut, ..corner }
    });
    eased.collect()
}

/// The same with cuts that do not overlap: neighbours share a side as they would like to.
fn fit(corners: &[Corner]) -> Vec<Corner> {
    let room = |corner: Corner, other: Corner| {
        let wanted = corner.cut + other.cut;
        let length = length(other.at - corner.at);
        if wanted > length {
            length * (corner.cut / wanted)
        } else {
            corner.cut
        }
    };
    let fitting = neighbours(corners).map(|(before, corner, behind)| Corner {
        cut: room(corner, before).min(room(corner, behind)),
        ..corner
    });
    fitting.collect()
}

/// The corners where the sides meet when each is moved inwards; none when a side has vanished.
fn moved_inwards(corners: &[Corner], inset: f64) -> Vec<Corner> {
    let moved: Vec<Corner> = neighbours(corners)
        .map(|(before, corner, behind)| {
            let (to, from) = (unit(corner.at - before.at), unit(behind.at - corner.at));
            // The tangent of half the turn is sin / (1 + cos).
            let share = inset / (1.0 + to.dot(from));
            let across = to + from;
            Corner {
                at: corner.at + Vec2::new(-across.y, across.x) * share,
                // So the arc keeps its centre; hollow corners widen.
                cut: (corner.cut - to.cross(from) * share).max(0.0),
            }
        })
        .collect();
    let remains = {
        let sides = neighbours(corners).zip(neighbours(&moved));
        let mut along = sides.map(|((_, a, b), (_, c, d))| (b.at - a.at).dot(d.at - c.at));
        // What is no number has vanished too.
        along.all(|along| along > 0.0)
    };
    if remains { moved } else { Vec::new() }
}

fn draw(corners: &[Corner]) -> BezPath {
    let mut path = BezPath::new();
    for (before, corner, behind) in neighbours(corners) {
        let (to, from) = (corner.at - before.at, behind.at - corner.at);
        let line_to = |path: &mut BezPath, at: Point| {
            if path.elements().is_empty() {
                path.move_to(at);
            } else {
                path.line_to(at);
            }
        };
        if corner.cut > 0.0 {
            let start = corner.at - to * (corner.cut / length(to));
            let end = corner.at + from * (corner.cut / length(from));
            line_to(&mut path, start);
            // The arc's handles, as a share of the cut, by the cosine of half its turn.
            let half = ((1.0 + unit(to).dot(unit(from))).max(0.0) / 2.0).sqrt();
            let handle = 4.0 / 3.0 * half / (1.0 + half);
            path.curve_to(
                start.lerp(corner.at, handle),
                end.lerp(corner.at, handle),
                end,
            );
        } else {
            line_to(&mut path, corner.at);
        }
    }
    if !path.elements().is_empty() {
        path.close_path();
    }
    path
}

/// Not `hypot`, which may differ between machines.
pub(super) fn length(v: Vec2) -> f64 {
    v.hypot2().sqrt()
}

/// The direction of a vector; zero for the zero vector.
pub(super) fn unit(v: Vec2) -> Vec2 {
    let length = length(v);
    if length > 0.0 { v / length } else { Vec2::ZERO }
}
