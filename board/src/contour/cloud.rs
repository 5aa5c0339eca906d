//! The outline of a cloud: bumps around an octagon.
//!
//! Knows only its size.

use kurbo::{Affine, BezPath, Point, Size, Vec2};

use super::polygon::{length, unit};
use super::quarter;

/// How far bumps stand out, as a share of the shorter side.
const BUMP: f64 = 0.14;
/// How much of each side of the octagon's box its cut corners take.
const CUT: f64 = 0.2;
/// How wide a bump likes to be.
const PITCH: f64 = 0.4;
/// How much wider every other bump is …
const WIDER: f64 = 0.35;
/// … and how much lower the narrow ones are.
const LOWER: f64 = 0.85;
/// How much further a bump at a corner stands out.
const CORNER: f64 = 1.2;
/// Most bumps along a side.
const MOST: f64 = 16.0;

/// How far a label stays away from the box.
pub(super) const MARGIN: f64 = BUMP + CUT / 4.0;

/// A cloud that fills its box, shrunk by `inset` on all sides. At most some eighty bumps.
pub(super) fn path(size: Size, inset: f64) -> BezPath {
    let (w, h, short) = (size.width, size.height, size.min_side());
    let (bump, cut, pitch) = (short * BUMP, short * CUT, short * PITCH);
    let (left, top, right, bottom) = (bump, bump, w - bump, h - bump);
    let octagon = [
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    ]
    .map(Point::from);
    let mut path = BezPath::new();
    let behind = octagon.iter().cycle().skip(1);
    let deep = [bump, bump * CORNER].into_iter().cycle();
    for ((from, to), deep) in octagon.iter().zip(behind).zip(deep) {
        if path.is_empty() {
            path.move_to(*from);
        }
        let side = *to - *from;
        let along = unit(side);
        let outwards = Vec2::new(along.y, -along.x) * deep;
        // The last step is for 0 / 0.
        let count = (length(side) / pitch).round().clamp(1.0, MOST).max(1.0);
        // Narrow and wide by turns, as by hand; a single bump reaches the box.
        let narrow = side / (count + WIDER * (count / 2.0).floor());
        let lower = if count > 1.0 { LOWER } else { 1.0 };
        let mut start = *from;
        for i in 0..count as u32 {
            let (step, outwards) = if i % 2 == 1 {
                (narrow * (1.0 + WIDER), outwards)
            } else {
                (narrow, outwards * lower)
            };
            let end = start + step;
            let apex = start.midpoint(end) + outwards;
            quarter(&mut path, start, start + outwards, apex);
            quarter(&mut path, apex, end + outwards, end);
            start = end;
        }
    }
    path.close_path();
    if inset > 0.0 {
        let shrink = Affine::scale_non_uniform(1.0 - 2.0 * inset / w, 1.0 - 2.0 * inset / h);
        path.apply_affine(shrink.then_translate(Vec2::new(inset, inset)));
    }
    path
}
