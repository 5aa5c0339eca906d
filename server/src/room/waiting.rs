//! Updates that came before something they build on.
//!
//! Owns the waiting room and its bounds. They are not applied, relayed or stored until complete.
//! Rows that the store holds wait here too, unbounded, when a damaged row is missing before them.

use std::collections::HashMap;

use board::replica::Replica;
use bytes::Bytes;

use super::PeerId;
use super::lacking::Lacking;

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
    entries: Lacking<Entry>,
    /// Rows of the store.
    stored: usize,
    /// What each connection has waiting.
    weights: HashMap<PeerId, Weight>,
}

#[derive(Debug)]
struct Entry {
    /// `None`: a row of the store.
    from: Option<PeerId>,
    update: Bytes,
}

#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    updates: usize,
    bytes: usize,
}

impl Weight {
    fn plus(self, bytes: usize) -> Self {
        Self {
            updates: self.updates + 1,
            bytes: self.bytes + bytes,
        }
    }

    fn weighs(self) -> usize {
        self.bytes + self.updates * ENTRY_BYTES
    }
}

impl Waiting {
    /// Lets an update of a connection wait.
    pub(super) fn push(
        &mut self,
        replica: &Replica,
        from: PeerId,
        update: Bytes,
    ) -> Result<(), Overflow> {
        let all = self.weights.values();
        let all = all.fold(Weight::default(), |all, weight| Weight {
            updates: all.updates + weight.updates,
            bytes: all.bytes + weight.bytes,
        });
        if all.updates >= MAX_UPDATES || all.bytes + update.len() > MAX_BYTES {
            let heaviest = self.heaviest(from, update.len());
            return Err(Overflow { heaviest });
        }
        if let Some(lacks) = replica.lacks(&update) {
            let weight = self.weights.entry(from).or_default();
            *weight = weight.plus(update.len());
            let from = Some(from);
            self.entries.add(lacks, Entry { from, update });
        }
        Ok(())
    }

    fn heaviest(&self, coming: PeerId, bytes: usize) -> PeerId {
        let mut weights = self.weights.clone();
        let weight = weights.entry(coming).or_default();
        *weight = weight.plus(bytes);
        let heaviest = weights
            .into_iter()
            .max_by_key(|(peer, weight)| (weight.weighs(), peer.0));
        heaviest.map_or(coming, |(peer, _)| peer)
    }

    /// Lets a row of the store wait.
    pub(super) fn hold(&mut self, replica: &Replica, update: Bytes) {
        if let Some(lacks) = replica.lacks(&update) {
            self.stored += 1;
            let from = None;
            self.entries.add(lacks, Entry { from, update });
        }
    }

    /// Whether an update of this connection waits.
    pub(super) fn has(&self, peer: PeerId) -> bool {
        self.weights.contains_key(&peer)
    }

    /// Whether a row of the store waits.
    pub(super) fn holds_stored(&self) -> bool {
        self.stored > 0
    }

    /// The replica has taken an update in.
    pub(super) fn came(&mut self, update: &[u8]) {
        self.entries.came(update);
    }

    /// Takes out an update whose known lack has come; it may lack something else.
    pub(super) fn next_complete(&mut self, replica: &Replica) -> Option<(Option<PeerId>, Bytes)> {
        let Entry { from, update } = self.entries.next_complete(replica)?;
        match from {
            None => self.stored -= 1,
            Some(from) => self.lighten(from, update.len()),
        }
        Some((from, update))
    }

    fn lighten(&mut self, from: PeerId, bytes: usize) {
        if let Some(weight) = self.weights.get_mut(&from) {
            weight.updates -= 1;
            weight.bytes -= bytes;
            if weight.updates == 0 {
                self.weights.remove(&from);
            }
        }
    }

    /// Drops what a closed connection had waiting: it sends that again when it comes back.
    pub(super) fn forget(&mut self, peer: PeerId) {
        if self.weights.remove(&peer).is_some() {
            self.entries.retain(|entry| entry.from != Some(peer));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::id::ClientId;
    use yrs::{Doc, Text, Transact, WriteTxn};

    /// Rows of so many clients, each client's later ones building on its own earlier ones.
    fn rows(clients: u64, each: usize) -> Vec<Vec<Bytes>> {
        let typed = (1..=clients).map(|client| {
            let doc = Doc::with_client_id(client);
            let types = (0..each).map(|_| {
                let mut txn = doc.transact_mut();
                let text = txn.get_or_insert_text("t");
                text.push(&mut txn, "x");
                txn.encode_update_v1().into()
            });
            types.collect()
        });
        typed.collect()
    }

    #[test]
    fn healing_looks_at_each_row_a_few_times_however_many_wait() {
        let mut looks = Vec::new();
        for (clients, each) in [(1, 2000), (2000, 2), (40, 50)] {
            let mut replica = Replica::new(ClientId::from_random(0));
            let mut waiting = Waiting::default();
            let rows = rows(clients, each);
            for update in rows.iter().flat_map(|rows| rows[1..].iter().rev()) {
                waiting.hold(&replica, update.clone());
            }
            for rows in &rows {
                let mut come = vec![rows[0].clone()];
                while let Some(update) = come.pop() {
                    replica.ingest(&update).unwrap();
                    waiting.came(&update);
                    while let Some((_, update)) = waiting.next_complete(&replica) {
                        replica.ingest(&update).unwrap();
                        waiting.came(&update);
                    }
                }
            }
            assert!(!waiting.holds_stored() && waiting.entries.is_empty());
            looks.push(waiting.entries.looks());
        }
        assert!(looks.iter().all(|looks| *looks <= 3 * 2000), "{looks:?}");
    }
}
