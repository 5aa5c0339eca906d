//! How long things took: counts in buckets of about 1.5 %.
//!
//! Owns percentiles. A million durations a second must cost next to nothing to note.

use std::time::Duration;

/// Buckets per doubling.
const FINE: u64 = 64;
/// Doublings of a nanosecond that are told apart: up to an hour.
const DOUBLINGS: usize = 42;

/// Counts of durations.
pub(crate) struct Histogram {
    counts: Vec<u64>,
    total: u64,
    longest: Duration,
}

impl Histogram {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self {
            counts: vec![0; DOUBLINGS * FINE as usize],
            total: 0,
            longest: Duration::ZERO,
        }
    }

    /// Notes one duration.
    pub(crate) fn note(&mut self, time: Duration) {
        let nanos = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        if let Some(count) = self.counts.get_mut(bucket(nanos)) {
            *count += 1;
        }
        self.total += 1;
        self.longest = self.longest.max(time);
    }

    /// The duration that this share of all stays within.
    pub(crate) fn at(&self, share: f64) -> Duration {
        let wanted = (self.total as f64 * share).ceil() as u64;
        let mut sum = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            sum += count;
            if sum >= wanted && *count > 0 {
                return Duration::from_nanos(floor(bucket)).min(self.longest);
            }
        }
        self.longest
    }

    /// The longest of all.
    pub(crate) fn longest(&self) -> Duration {
        self.longest
    }
}

fn bucket(nanos: u64) -> usize {
    if nanos < FINE {
        return nanos as usize;
    }
    let doubling = u64::from(nanos.ilog2() - FINE.ilog2());
    ((doubling + 1) * FINE + (nanos >> doubling) - FINE) as usize
}

/// The least number of nanoseconds in a bucket.
fn floor(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    if bucket < FINE {
        return bucket;
    }
    let doubling = bucket / FINE - 1;
    (bucket % FINE + FINE) << doubling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_close() {
        let mut histogram = Histogram::new();
        for micros in 1..=1000 {
            histogram.note(Duration::from_micros(micros));
        }
        let near = |share, micros: f64| {
            let at = histogram.at(share).as_secs_f64() * 1e6;
            assert!((at / micros - 1.0).abs() < 0.02, "{share}: {at}");
        };
        near(0.5, 500.0);
        near(0.99, 990.0);
        near(1.0, 1000.0);
        assert_eq!(histogram.longest(), Duration::from_millis(1));
    }

    #[test]
    fn buckets_hold_what_falls_into_them() {
        for nanos in [0, 1, 63, 64, 65, 127, 128, 1000, 123_456_789] {
            let lowest = floor(bucket(nanos));
            assert!(lowest <= nanos && nanos - lowest <= nanos / 64, "{nanos}");
        }
    }
}
