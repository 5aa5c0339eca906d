//! Who is in whom, where a file says so in a circle or too deeply.
//!
//! Owns where that is cut. Knows no format.

use crate::loss::{Loss, Losses};

/// Takes out of its parent what would be in itself, or in more than `most` others. O(all, times `most`).
pub(crate) fn cut(parents: &mut [Option<usize>], most: usize, losses: &mut Losses) {
    for place in 0..parents.len() {
        let (mut at, mut levels) = (place, 0);
        while let Some(Some(parent)) = parents.get(at).copied() {
            levels += 1;
            if parent == place || levels > most {
                if let Some(parent) = parents.get_mut(place) {
                    *parent = None;
                }
                losses.count(Loss::Circle);
                break;
            }
            at = parent;
        }
    }
}
