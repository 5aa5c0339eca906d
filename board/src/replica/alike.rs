//! Keeps out clients whose ids are too much alike.
//!
//! yrs takes an id for its own hash, so that ids made for it would all end in one place of its
//! tables, and every look-up would walk over all of them. Owns the count of ids that share their
//! lowest bits.

use std::collections::HashMap;

use crate::scan::ScanError;

/// Most clients whose ids share their lowest 16 bits: a million random ids come to some 45.
const MAX_ALIKE: u32 = 64;

/// How many known clients share their lowest 16 bits.
#[derive(Debug, Default)]
pub(super) struct Alike(HashMap<u64, u32>);

impl Alike {
    /// Whether these clients may come as well. O(clients).
    ///
    /// # Errors
    /// When too many would be alike.
    pub(super) fn admit(&self, newcomers: impl Iterator<Item = u64>) -> Result<(), ScanError> {
        let mut coming: HashMap<u64, u32> = HashMap::new();
        for client in newcomers {
            let low = low(client);
            let count = coming.entry(low).or_default();
            *count += 1;
            if *count + self.0.get(&low).copied().unwrap_or(0) > MAX_ALIKE {
                return Err(ScanError::Unreadable("too many clients have ids alike"));
            }
        }
        Ok(())
    }

    /// Counts a client that is known from now on.
    pub(super) fn note(&mut self, client: u64) {
        *self.0.entry(low(client)).or_default() += 1;
    }
}

fn low(client: u64) -> u64 {
    client & 0xffff
}
