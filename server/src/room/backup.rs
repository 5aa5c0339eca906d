//! What a room's document can be rebuilt from: a base and the updates after it.
//!
//! Owns that pair and folds it when the tail has outgrown the base, so that its size stays within
//! a constant factor of the document's and folding costs O(1) per byte in the long run.

use board::id::ClientId;
use board::replica::{Ingested, Replica};
use bytes::Bytes;

/// A tail below this is never folded.
const MIN_TAIL: usize = 256 * 1024;

/// A tail below this is not folded only to learn the exact size.
const SLACK: usize = 64 * 1024;

/// The server never writes in a document, so its own client id may be any.
const SERVER: u64 = 0;

/// A base and a tail.
#[derive(Debug, Clone, Default)]
pub struct Backup {
    base: Option<Bytes>,
    tail: Vec<Bytes>,
    tail_bytes: usize,
}

/// A rebuilt document.
#[derive(Debug)]
pub struct Restored {
    /// The document.
    pub replica: Replica,
    /// The updates of the tail that still lack something.
    pub held: Vec<Bytes>,
    /// How many updates of the tail could not be loaded and are left out.
    pub failed: usize,
    /// Which of the tail are not in the document, for either reason: their places in it, ascending.
    pub left: Vec<usize>,
}

impl Backup {
    /// From a snapshot, if there is one, and the updates after it in order.
    pub fn new(base: Option<Bytes>, tail: Vec<Bytes>) -> Self {
        let tail_bytes = tail.iter().map(Bytes::len).sum();
        Self {
            base,
            tail,
            tail_bytes,
        }
    }

    /// How many bytes it keeps.
    pub(super) fn bytes(&self) -> usize {
        self.base.as_ref().map_or(0, Bytes::len) + self.tail_bytes
    }

    /// Adds an update that the replica has taken.
    pub(super) fn push(&mut self, replica: &Replica, update: Bytes) {
        self.tail_bytes += update.len();
        self.tail.push(update);
        if self.tail_bytes > self.base.as_ref().map_or(0, Bytes::len) + MIN_TAIL {
            self.fold(replica);
        }
    }

    /// Folds so that [`Self::bytes`] is the document's size, to within 64 KiB: a full board is not
    /// encoded again for each frame that it refuses.
    pub(super) fn measure(&mut self, replica: &Replica) {
        if self.tail_bytes > SLACK {
            self.fold(replica);
        }
    }

    /// Makes the replica's state the base.
    fn fold(&mut self, replica: &Replica) {
        *self = Self::new(Some(replica.encode().into()), Vec::new());
    }

    /// Rebuilds the document. An update of the tail that fails is left out, and the rest is tried
    /// again without it. `None`: the base itself fails, and with it all that can be trusted.
    pub fn restore(&self) -> Option<Restored> {
        let base = self.base.iter().map(|base| (None, base));
        let tail = self.tail.iter().enumerate();
        let mut updates: Vec<_> = base.chain(tail.map(|(at, u)| (Some(at), u))).collect();
        let mut failed = Vec::new();
        loop {
            match replay(&updates) {
                // A base that lacks something is none.
                Ok((_, held)) if held.iter().any(|(at, _)| at.is_none()) => return None,
                Ok((replica, held)) => {
                    let mut left = failed.clone();
                    left.extend(held.iter().filter_map(|(at, _)| *at));
                    left.sort_unstable();
                    return Some(Restored {
                        replica,
                        held: held.into_iter().map(|(_, u)| u.clone()).collect(),
                        failed: failed.len(),
                        left,
                    });
                }
                Err(at) => match updates.remove(at) {
                    (None, _) => return None,
                    (Some(at), _) => failed.push(at),
                },
            }
        }
    }
}

/// An update and its place in the tail, if that is where it is.
type Placed<'a> = (Option<usize>, &'a Bytes);

/// Applies updates in any order they can be applied in; the index of the first one that fails.
fn replay<'a>(updates: &[Placed<'a>]) -> Result<(Replica, Vec<Placed<'a>>), usize> {
    let mut replica = Replica::new(ClientId::from_random(SERVER));
    let mut held: Vec<(usize, Placed<'a>)> = Vec::new();
    for (at, &update) in updates.iter().enumerate() {
        match replica.restore(update.1) {
            Ok(Ingested::Applied { .. }) => {}
            Ok(Ingested::Missing) => held.push((at, update)),
            Err(_) => return Err(at),
        }
    }
    loop {
        let before = held.len();
        let mut still = Vec::new();
        for (at, update) in held {
            match replica.restore(update.1) {
                Ok(Ingested::Applied { .. }) => {}
                Ok(Ingested::Missing) => still.push((at, update)),
                Err(_) => return Err(at),
            }
        }
        held = still;
        if held.is_empty() || held.len() == before {
            break;
        }
    }
    Ok((replica, held.into_iter().map(|(_, u)| u).collect()))
}
