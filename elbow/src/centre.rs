//! What makes a found way a tidy one.
//!
//! Owns where a segment lies that could lie elsewhere: half way between what bounds it. Knows no
//! arrows.

use super::field::Field;
use super::spot::{Block, Side, Spot};

/// Takes out places that repeat the one before or lie on a straight line.
pub(super) fn without_needless(way: Vec<Spot>) -> Vec<Spot> {
    let mut bends: Vec<Spot> = Vec::with_capacity(way.len());
    for spot in way {
        if bends.last() == Some(&spot) {
            continue;
        }
        if let [.., before, last] = bends.as_slice()
            && ((before.x == last.x && last.x == spot.x)
                || (before.y == last.y && last.y == spot.y))
        {
            bends.pop();
        }
        if bends.last() != Some(&spot) {
            bends.push(spot);
        }
    }
    bends
}

/// Moves each segment that goes on the way it came from to the middle of the boxes beside it, or of
/// where its neighbours end, as far as the first and the last leg stay so long. Ends stay, length and
/// bends stay. O(bends × boxes).
pub(super) fn centred(mut way: Vec<Spot>, field: &Field, [first, last]: [i64; 2]) -> Vec<Spot> {
    let segments = way.len().saturating_sub(2);
    for i in 1..segments {
        let Some([before, from, to, after]) = way.get(i - 1..i + 3) else {
            continue;
        };
        let side = if from.x == to.x {
            Side::Bottom
        } else {
            Side::Right
        };
        let lane = from.lane(side);
        let bounds = (before.lane(side), after.lane(side));
        let (mut low, mut high) = (bounds.0.min(bounds.1), bounds.0.max(bounds.1));
        if !(low < lane && lane < high) {
            continue;
        }
        let segment = Block::between(*from, *to);
        let mut free = true;
        for (block, margin) in &field.boxes {
            let around = block.grown(*margin).flipped().along(side);
            let run = segment.flipped().along(side);
            if around.1 <= run.0 || run.1 <= around.0 {
                continue;
            }
            let across = block.along(side);
            if across.1 <= lane {
                low = low.max(across.1);
            } else if lane <= across.0 {
                high = high.min(across.0);
            } else {
                free = false;
            }
        }
        if free {
            let mut middle = low + (high - low) / 2;
            for (is_beside, end, leg) in [
                (i == 1, bounds.0, first),
                (i + 1 == segments, bounds.1, last),
            ] {
                if is_beside {
                    let leg = leg.min((lane - end).abs());
                    middle = if end < lane {
                        middle.max(end + leg)
                    } else {
                        middle.min(end - leg)
                    };
                }
            }
            for spot in way.iter_mut().skip(i).take(2) {
                *spot = spot.in_lane(side, middle);
            }
        }
    }
    way
}
