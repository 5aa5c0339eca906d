//! The slow wave that a hand makes about the line it means.
//!
//! Owns its shape; knows no path.

use super::dice::Dice;

/// The greatest height of a line's ends.
const SIDE: f64 = 0.5;
/// The greatest height of a curve, which has no bow.
const SIDE_OF_CURVES: f64 = 0.75;
/// How far a line bows.
const BOW: f64 = 0.9;
/// Most waves of a stroke.
const MAX_WAVES: usize = 8;

/// A smooth curve about zero through random heights; shares of what a hand strays.
pub(super) struct Wave {
    heights: [f64; MAX_WAVES + 1],
    last: usize,
    bow: f64,
}

impl Wave {
    /// So many waves, rounded; closed ones end as high as they begin.
    pub(super) fn new(count: f64, closed: bool, dice: &mut Dice) -> Self {
        // Not a number is cast to none.
        let last = (count.round() as usize).clamp(1, MAX_WAVES);
        let bow = BOW * dice.number();
        let side = if last == 1 { SIDE } else { SIDE_OF_CURVES };
        let mut heights = [(); MAX_WAVES + 1].map(|()| side * dice.number());
        if let (true, [first, ..]) = (closed, heights) {
            heights
                .iter_mut()
                .skip(last)
                .for_each(|height| *height = first);
        }
        Self { heights, last, bow }
    }

    /// How many they are.
    pub(super) fn count(&self) -> f64 {
        self.last as f64
    }

    fn height(&self, index: usize) -> f64 {
        self.heights
            .get(index.min(self.last))
            .copied()
            .unwrap_or_default()
    }

    /// Its height and slope so many waves from its start.
    pub(super) fn at(&self, along: f64) -> (f64, f64) {
        let index = (along as usize).min(self.last - 1);
        let t = along - index as f64;
        let (a, b) = (self.height(index), self.height(index + 1));
        let (mut from, mut to) = (
            (b - self.height(index.saturating_sub(1))) / 2.0,
            (self.height(index + 2) - a) / 2.0,
        );
        if self.last == 1 {
            (from, to) = (b - a + 4.0 * self.bow, b - a - 4.0 * self.bow);
        }
        // Hermite's cubic.
        let (bend, twist) = (3.0 * (b - a) - 2.0 * from - to, from + to - 2.0 * (b - a));
        (
            a + t * (from + t * (bend + t * twist)),
            from + t * (2.0 * bend + 3.0 * t * twist),
        )
    }
}
