//! Updates that came before something they build on.
//!
//! Owns the waiting room and its bounds. They are not applied, relayed or stored until complete.
//! Rows that the store holds wait here too, unbounded, when a damaged row is missing before them.

use std::collections::HashMap;

use board::id::ClientId;
use board::replica::Replica;
use bytes::Bytes;

use super::PeerId;

/// Most updates that wait in one room: a burst that overtook one lost packet is far smaller.
const MAX_UPDATES: usize = 256;
/// Most bytes that wait in one room.
const MAX_BYTES: usize = 1 << 20;

/// What an entry counts for beside its bytes when it is asked who takes up the most.
const ENTRY_BYTES: usize = 4096;

/// The waiting room is full.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overflow {
    /// Who takes up the most of it, with what was to come.
    pub(super) heaviest: PeerId,
}

/// The waiting room.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    entries: Vec<Entry>,
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    /// `None`: a row of the store.
    from: Option<PeerId>,
    update: Bytes,
    /// One thing it lacks: no need to look at it again before that is here.
    lacks: (ClientId, u32),
}

impl Waiting {
    /// Lets an update of a connection wait.
    pub(super) fn push(
        &mut self,
        replica: &Replica,
        from: PeerId,
        update: Bytes,
    ) -> Result<(), Overflow> {
        let count = self.entries.iter().filter(|e| e.from.is_some()).count();
        if count >= MAX_UPDATES || self.bytes + update.len() > MAX_BYTES {
            let heaviest = self.heaviest(from, update.len());
            return Err(Overflow { heaviest });
        }
        self.bytes += update.len();
        self.add(replica, Some(from), update);
        Ok(())
    }

    fn heaviest(&self, coming: PeerId, bytes: usize) -> PeerId {
        let mut weights = HashMap::from([(coming, bytes + ENTRY_BYTES)]);
        for entry in &self.entries {
            if let Some(from) = entry.from {
                *weights.entry(from).or_default() += entry.update.len() + ENTRY_BYTES;
            }
        }
        let heaviest = weights
            .into_iter()
            .max_by_key(|(peer, weight)| (*weight, peer.0));
        heaviest.map_or(coming, |(peer, _)| peer)
    }

    /// Lets a row of the store wait.
    pub(super) fn hold(&mut self, replica: &Replica, update: Bytes) {
        self.add(replica, None, update);
    }

    fn add(&mut self, replica: &Replica, from: Option<PeerId>, update: Bytes) {
        if let Some(lacks) = replica.lacks(&update) {
            self.entries.push(Entry {
                from,
                update,
                lacks,
            });
        }
    }

    /// Whether an update of this connection waits.
    pub(super) fn has(&self, peer: PeerId) -> bool {
        self.entries.iter().any(|entry| entry.from == Some(peer))
    }

    /// Whether a row of the store waits.
    pub(super) fn holds_stored(&self) -> bool {
        self.entries.iter().any(|entry| entry.from.is_none())
    }

    /// Takes out an update whose known lack has come; it may lack something else.
    pub(super) fn next_complete(&mut self, replica: &Replica) -> Option<(Option<PeerId>, Bytes)> {
        let complete = |entry: &Entry| replica.knows(entry.lacks.0, entry.lacks.1);
        let at = self.entries.iter().position(complete)?;
        let entry = self.entries.remove(at);
        if entry.from.is_some() {
            self.bytes -= entry.update.len();
        }
        Some((entry.from, entry.update))
    }

    /// Drops what a closed connection had waiting: it sends that again when it comes back.
    pub(super) fn forget(&mut self, peer: PeerId) {
        self.entries.retain(|entry| entry.from != Some(peer));
        let waiting = self.entries.iter().filter(|entry| entry.from.is_some());
        self.bytes = waiting.map(|entry| entry.update.len()).sum();
    }
}
