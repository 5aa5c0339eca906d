//! Chance from a seed: the same numbers on every machine.
//!
//! A counter through Chris Wellons' `lowbias32` hash; whole numbers only.

/// A row of numbers that follow from a seed.
#[derive(Debug, Clone)]
pub(super) struct Dice(u32);

impl Dice {
    /// The dice of a seed for one purpose of many.
    pub(super) fn new(seed: u32, purpose: u32) -> Self {
        Self(mixed(seed ^ mixed(purpose)))
    }

    /// The next 32 bits.
    pub(super) fn word(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9);
        mixed(self.0)
    }

    /// The next number from -1 up to 1, exact.
    pub(super) fn number(&mut self) -> f64 {
        f64::from(self.word().cast_signed()) / f64::from(1_u32 << 31)
    }
}

fn mixed(mut word: u32) -> u32 {
    word = (word ^ word >> 16).wrapping_mul(0x7feb_352d);
    word = (word ^ word >> 15).wrapping_mul(0x846c_a68b);
    word ^ word >> 16
}
