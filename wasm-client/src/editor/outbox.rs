//! What leaves: updates on their way to the server and to this browser's log.
//!
//! Owns what is not known to be saved. Knows no frame's way and nobody else.

use board::document::Document;
use board::replica::{IngestError, Ingested};

use crate::sync::Sync;

/// What is to leave, and what is not known to have arrived.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    pub(super) sync: Sync,
    /// Own updates for the local log.
    pub(super) updates: Vec<Vec<u8>>,
    /// Restored updates that build on something that is not here yet, and how many of their
    /// transactions were never fenced.
    unplaced: Vec<(Vec<u8>, u32)>,
}

impl Outbox {
    /// Takes what the document has made since it was last asked.
    pub(super) fn take(&mut self, document: &mut Document) {
        let updates = document.take_updates();
        self.sync.made(&updates);
        self.updates.extend(updates);
    }

    /// Takes an update that this browser stored, of which `unsaved` transactions were never fenced.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn restore(
        &mut self,
        document: &mut Document,
        update: &[u8],
        unsaved: u32,
    ) -> Result<(), IngestError> {
        if document.apply(update)? == Ingested::Missing {
            // Its own browser stored it, so what it builds on is on the server.
            self.unplaced.push((update.to_vec(), unsaved));
        } else {
            self.sync.restored(update, unsaved);
        }
        self.place(document)
    }

    /// Tries again the restored updates that built on something that was not here.
    ///
    /// # Errors
    /// When one of them is damaged.
    pub(super) fn place(&mut self, document: &mut Document) -> Result<(), IngestError> {
        let mut outcome = Ok(());
        let mut left = self.unplaced.len() + 1;
        while self.unplaced.len() < left {
            left = self.unplaced.len();
            for (update, unsaved) in std::mem::take(&mut self.unplaced) {
                match document.apply(&update) {
                    Ok(Ingested::Applied { .. }) => self.sync.restored(&update, unsaved),
                    Ok(Ingested::Missing) => self.unplaced.push((update, unsaved)),
                    // The others must not be lost for it.
                    Err(error) => outcome = Err(error),
                }
            }
        }
        outcome
    }

    /// Whether every restored update is part of the document.
    pub(super) fn all_placed(&self) -> bool {
        self.unplaced.is_empty()
    }

    /// Own transactions that are not known to be durable.
    pub(super) fn waiting(&self) -> u32 {
        let unplaced = self.unplaced.iter().map(|(_, unsaved)| *unsaved);
        unplaced.fold(self.sync.waiting(), u32::saturating_add)
    }
}
