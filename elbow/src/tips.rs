//! Where outlines are pointed.
//!
//! Owns in which piece of a side of its box an outline comes that far, if that is a small one. Knows
//! no elements and no routes.

use kurbo::Point;

use super::spot::{Block, Side, Spot};

/// An outline is on a side of its box where it is as near as this share of the box's shorter side.
const DEPTH: i64 = 64;
/// And pointed there if it is on at most this share of the side.
const PIECE: i64 = 3;

/// The pointed sides of an outline, in the order of [`Side`]: from where to where it is on them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tips([Option<(i64, i64)>; 4]);

impl Tips {
    /// Those of an outline that is made of lines between these points, board units. O(points).
    pub fn of(points: impl Iterator<Item = Point>) -> Self {
        let spots: Vec<Spot> = points.map(Spot::of).collect();
        let blocks = spots.iter().map(|spot| Block::between(*spot, *spot));
        let mut tips = Self::default();
        let Some(all) = blocks.reduce(Block::union) else {
            return tips;
        };
        let depth = (all.x1 - all.x0).min(all.y1 - all.y0) / DEPTH;
        for side in Side::ALL {
            let edge = all.middle_of(side);
            let on = spots.iter().filter(|spot| spot.ahead(side, edge) <= depth);
            let lanes = on.map(|spot| spot.lane(side));
            let piece = lanes.fold((i64::MAX, i64::MIN), |(low, high), lane| {
                (low.min(lane), high.max(lane))
            });
            let (low, high) = all.along(side);
            if let Some(tip) = tips.0.get_mut(side as usize) {
                *tip = ((piece.1 - piece.0) * PIECE <= high - low).then_some(piece);
            }
        }
        tips
    }

    pub(super) fn on(&self, side: Side) -> Option<(i64, i64)> {
        self.0.get(side as usize).copied().flatten()
    }
}
