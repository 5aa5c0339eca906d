//! When memory counts as flat.
//!
//! Owns the margin. Knows no server: memory is numbers.

use std::fmt;

use crate::table::bytes;

/// What the last waves may have above the first ones, in bytes. Of 10,000 boards 5,000 lie between
/// the two: a room that stayed would take ten times as much for each of them, and what an allocator
/// does not give back has room in it.
const MARGIN: u64 = 4 << 20;
/// The share of the waves in which the store's caches fill up and the allocator takes what a wave
/// needs; as many after those are the first, and as many at the end the last.
const PART: usize = 4;

/// Memory after the first waves and after the last.
pub(super) struct Verdict {
    first: u64,
    last: u64,
}

impl Verdict {
    /// Of the memory after each wave, in bytes: medians, because one sample may catch a
    /// checkpoint. Too few waves have no verdict.
    pub(super) fn of(memory: &[u64]) -> Option<Self> {
        let part = memory.len() / PART;
        let first = memory.get(part..2 * part)?;
        let last = memory.get(memory.len() - part..)?;
        Some(Self {
            first: median(first)?,
            last: median(last)?,
        })
    }

    /// Whether the server is as small as it was.
    pub(super) fn is_flat(&self) -> bool {
        self.last <= self.first + MARGIN
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Memory when all have gone: {} after the first waves, {} after the last; {} more would \
             be too much.",
            bytes(self.first as f64),
            bytes(self.last as f64),
            bytes(MARGIN as f64),
        )
    }
}

fn median(values: &[u64]) -> Option<u64> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    fn is_flat(memory: impl Iterator<Item = u64>) -> bool {
        Verdict::of(&memory.collect::<Vec<_>>()).unwrap().is_flat()
    }

    #[test]
    fn what_grows_with_every_wave_is_not_flat() {
        assert!(!is_flat((0..40).map(|wave| 20 * MIB + wave * MIB / 4)));
        assert!(!is_flat((0..40).map(|wave| 20 * MIB + wave / 10 * 3 * MIB)));
    }

    #[test]
    fn what_fills_up_or_goes_up_and_down_is_flat() {
        assert!(is_flat((0..40).map(|wave| 20 * MIB + wave.min(9) * MIB)));
        assert!(is_flat((0..40).map(|wave| 20 * MIB + wave % 3 * 2 * MIB)));
        let peak = |wave| if wave == 38 { 60 * MIB } else { 20 * MIB };
        assert!(is_flat((0..40).map(peak)));
    }

    #[test]
    fn too_few_waves_say_nothing() {
        assert!(Verdict::of(&[MIB; 3]).is_none());
    }
}
