//! Whether the document stays light enough for those who load it.
//!
//! Owns when the whole of it is rehearsed, which costs O(document): only when so much has come since
//! the last time that it might be heavy. What a step is, is the business of `lists` and `rehearsal`.

use super::lists::Listed;
use super::rehearsal::{Rehearsal, TooHeavy};
use super::{IngestError, Replica};
use crate::limits::{MAX_ITEMS, MAX_MOVED, MAX_STEPS};
use crate::scan;

/// Steps that may come unweighed for each item: a rehearsal of the whole document costs about as
/// much as so many steps for each.
const UNWEIGHED_PER_ITEM: u64 = 32;
/// Steps per item that do no harm however often they are taken.
const STEPS_PER_ITEM: u64 = 32;

/// What has come since the last rehearsal.
#[derive(Debug, Default)]
pub(super) struct Scales {
    /// Most steps that linking it may take.
    unweighed: u64,
}

impl Scales {
    /// Refuses an update that would take too long to apply to the document, or to load with all the
    /// rest. Whether the whole document has been weighed with it.
    pub(super) fn weigh(
        &self,
        document: &Replica,
        update: &[u8],
        listed: &Listed,
    ) -> Result<bool, IngestError> {
        if listed.moved > MAX_MOVED {
            return Err(IngestError::Heavy);
        }
        // Things can be deleted from the fullest board.
        let (more, items) = (listed.runs.len() as u64, document.lists.items());
        if more > 0 && items + more > MAX_ITEMS as u64 {
            return Err(IngestError::Full);
        }
        let may_come = MAX_STEPS.max(UNWEIGHED_PER_ITEM * items);
        let burden = document.lists.burden(listed);
        if self.unweighed.saturating_add(burden) <= may_come {
            return Ok(false);
        }
        let whole = document.encode();
        let (_, known) = scan::update_in_detail(&whole, usize::MAX)?;
        let (_, new) = scan::update_in_detail(update, MAX_ITEMS)?;
        let mut rehearsal = Rehearsal::new(MAX_STEPS + may_come);
        let light = STEPS_PER_ITEM * new.places.len() as u64;
        let rehearsed = rehearsal.take(known.places, |_| 0).and_then(|()| {
            // On a board that is heavy already, what is light by itself may still come.
            rehearsal.allow(MAX_STEPS.max(rehearsal.steps() + light));
            rehearsal.take(new.places, |client| document.held(client))
        });
        rehearsed.map_err(|TooHeavy| IngestError::Heavy)?;
        Ok(true)
    }

    /// An update is in the document that so many steps linked, at most. `weighed`: with all the rest.
    pub(super) fn note(&mut self, weighed: bool, burden: u64) {
        self.unweighed = if weighed {
            0
        } else {
            self.unweighed.saturating_add(burden)
        };
    }
}
