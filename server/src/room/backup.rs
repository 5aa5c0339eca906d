//! What a room's document can be rebuilt from: a base and the updates after it.
//!
//! Owns that pair and folds it when the tail has outgrown the base, so that its size stays within
//! a constant factor of the document's and folding costs O(1) per byte in the long run.

use board::id::ClientId;
use board::replica::{Ingested, Replica};
use bytes::Bytes;

use super::lacking::Lacking;

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
    /// The places in the tail of updates that could not be loaded and are left out, ascending.
    pub failed: Vec<usize>,
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

    /// Leaves out what could not be loaded: from now on, whatever cannot be is news.
    pub(super) fn forget(&mut self, unloadable: &[usize]) {
        let mut at = 0..;
        let mut bad = unloadable.iter().peekable();
        self.tail
            .retain(|_| bad.next_if(|bad| Some(**bad) == at.next()).is_none());
        self.tail_bytes = self.tail.iter().map(Bytes::len).sum();
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

    /// Rebuilds the document. An update of the tail that fails is left out. `None`: the base itself
    /// fails, and with it all that can be trusted. O(bytes), and once more O(document) for each
    /// update that breaks a document half-way: a guard that failed, where most are told before.
    pub fn restore(&self) -> Option<Restored> {
        let mut replay = Replay::new(self.base.as_ref(), &self.tail)?;
        for at in 0..self.tail.len() {
            replay.take(at)?;
        }
        replay.failed.sort_unstable();
        let mut held: Vec<usize> = replay.lacking.into_all().collect();
        held.sort_unstable();
        let mut left = [&replay.failed[..], &held].concat();
        left.sort_unstable();
        let held = held.into_iter().filter_map(|at| self.tail.get(at).cloned());
        Some(Restored {
            held: held.collect(),
            replica: replay.replica,
            failed: replay.failed,
            left,
        })
    }
}

/// A document that is being rebuilt.
struct Replay<'a> {
    replica: Replica,
    /// What the replica was made of last, and those of the tail that it has taken since.
    base: Option<Bytes>,
    taken: Vec<usize>,
    tail: &'a [Bytes],
    lacking: Lacking<usize>,
    failed: Vec<usize>,
    /// How often the replica was given an update: what it costs.
    tries: usize,
}

impl<'a> Replay<'a> {
    fn new(base: Option<&Bytes>, tail: &'a [Bytes]) -> Option<Self> {
        Some(Self {
            replica: rebuilt(base, &[], tail)?,
            base: base.cloned(),
            taken: Vec::new(),
            tail,
            lacking: Lacking::default(),
            failed: Vec::new(),
            tries: 0,
        })
    }

    /// Takes one of the tail, and then those that waited for it.
    fn take(&mut self, at: usize) -> Option<()> {
        let mut next = Some(at);
        while let Some(at) = next {
            let update = self.tail.get(at)?;
            self.tries += 1;
            match self.replica.restore(update) {
                Ok(Ingested::Applied { .. }) => {
                    self.taken.push(at);
                    self.lacking.came(update);
                }
                Ok(Ingested::Missing) => match self.replica.lacks(update) {
                    Some(lacks) => self.lacking.add(lacks, at),
                    None => self.failed.push(at),
                },
                Err(_) => {
                    self.failed.push(at);
                    if self.replica.is_broken() {
                        self.mend()?;
                    }
                }
            }
            next = self.lacking.next_complete(&self.replica);
        }
        Some(())
    }

    /// Makes the replica anew from what it had taken, and keeps that as one base: the next one that
    /// breaks it must not cost every row again.
    fn mend(&mut self) -> Option<()> {
        let replica = rebuilt(self.base.as_ref(), &self.taken, self.tail)?;
        self.base = Some(replica.encode().into());
        self.taken.clear();
        self.replica = replica;
        Some(())
    }
}

/// A document of a base and some updates of a tail that it has taken before.
fn rebuilt(base: Option<&Bytes>, taken: &[usize], tail: &[Bytes]) -> Option<Replica> {
    let mut replica = Replica::new(ClientId::from_random(SERVER)).weighing();
    let taken = taken.iter().filter_map(|at| tail.get(*at));
    for update in base.into_iter().chain(taken) {
        let applied = replica.restore(update);
        if !matches!(applied, Ok(Ingested::Applied { .. })) {
            return None;
        }
    }
    Some(replica)
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::replica::Breaks;
    use yrs::{Doc, Text, Transact, WriteTxn};

    #[test]
    fn restoring_tries_each_row_about_once_whatever_is_wrong_with_the_others() {
        const ROWS: usize = 1000;
        let doc = Doc::with_client_id(7);
        let good = (0..ROWS).map(|_| {
            let mut txn = doc.transact_mut();
            txn.get_or_insert_text("t").push(&mut txn, "x");
            Bytes::from(txn.encode_update_v1())
        });
        // Backwards, so that all wait for the last, and one in two is no update.
        let good: Vec<Bytes> = good.collect();
        let bad = Bytes::from_static(b"no update");
        let tail: Vec<Bytes> = good
            .iter()
            .rev()
            .flat_map(|good| [bad.clone(), good.clone()])
            .collect();
        let mut replay = Replay::new(None, &tail).unwrap();
        for at in 0..tail.len() {
            replay.take(at).unwrap();
        }
        assert_eq!(replay.failed.len(), ROWS);
        assert_eq!(replay.taken.len(), ROWS);
        assert!(replay.tries <= 3 * ROWS, "{}", replay.tries);
    }

    #[test]
    fn a_document_that_broke_is_made_anew_from_all_that_it_had_taken() {
        let doc = Doc::with_client_id(7);
        let types = |text: &str| {
            let mut txn = doc.transact_mut();
            txn.get_or_insert_text("t").push(&mut txn, text);
            Bytes::from(txn.encode_update_v1())
        };
        let tail = [types("a"), types("b"), types("c")];
        let mut replay = Replay::new(None, &tail).unwrap();
        replay.take(0).unwrap();
        for at in 1..3 {
            replay.mend().unwrap();
            assert!(replay.taken.is_empty(), "one base holds it all");
            replay.take(at).unwrap();
        }
        assert!(replay.replica.knows(ClientId::new(7).unwrap(), 2));
    }

    #[test]
    fn a_row_that_breaks_the_document_is_left_out_and_the_others_are_not() {
        let types = |client: u64| {
            let doc = Doc::with_client_id(client);
            let mut txn = doc.transact_mut();
            txn.get_or_insert_text("t").push(&mut txn, "x");
            Bytes::from(txn.encode_update_v1())
        };
        for breaks in Breaks::ALL {
            let tail = [7, 8, 9].map(types);
            let base = types(6);
            let mut replay = Replay::new(Some(&base), &tail).unwrap();
            replay.replica.break_after(1, breaks);
            for at in 0..tail.len() {
                replay.take(at).unwrap();
            }
            assert_eq!(replay.failed, [1], "{breaks:?}");
            let has = |client| replay.replica.knows(ClientId::new(client).unwrap(), 0);
            assert_eq!([6, 7, 8, 9].map(has), [true, true, false, true]);
        }
    }
}
