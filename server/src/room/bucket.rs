//! A token bucket: so much at once, so much a second.
//!
//! Owns the arithmetic. Knows neither what is counted nor what happens when it is empty.

use super::Millis;

/// What one connection may still do.
#[derive(Debug)]
pub(crate) struct Bucket {
    tokens: f64,
    per_second: f64,
    most: f64,
    at: Millis,
}

impl Bucket {
    /// A full one, which holds what flows in during `seconds`.
    pub(crate) fn new(now: Millis, per_second: f64, seconds: f64) -> Self {
        let most = per_second * seconds;
        Self {
            tokens: most,
            per_second,
            most,
            at: now,
        }
    }

    /// Takes out what something costs; false, and nothing taken, when there is too little.
    pub(crate) fn take(&mut self, now: Millis, cost: f64) -> bool {
        let earned = now.saturating_sub(self.at) as f64 * self.per_second / 1000.0;
        self.tokens = (self.tokens + earned).min(self.most);
        self.at = now;
        let enough = self.tokens >= cost;
        if enough {
            self.tokens -= cost;
        }
        enough
    }

    /// Whether it has filled up again: as good as a new one.
    pub(crate) fn is_full(&self, now: Millis) -> bool {
        let earned = now.saturating_sub(self.at) as f64 * self.per_second / 1000.0;
        self.tokens + earned >= self.most
    }

    /// Takes out what something cost that was done already: at most what flows in during a second.
    pub(super) fn charge(&mut self, cost: f64) {
        self.tokens = (self.tokens - cost.min(self.per_second)).max(0.0);
    }
}
