//! One copy of a board's document, and the guarded way in for updates from outside.
//!
//! Owns the `yrs::Doc`. Knows nothing of elements. An update is applied only when everything it
//! refers to is here, so yrs never holds half-applied structs; a [`Replica`] that failed in the
//! middle of one says so from then on and is rebuilt by its owner.

mod alike;
#[cfg(any(test, feature = "testing"))]
mod breaks;
mod judge;
mod lists;
mod rehearsal;
mod scales;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use yrs::block::ClientID;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

use crate::id::ClientId;
use crate::limits::MAX_ITEMS;
use crate::protocol::CloseCode;
use crate::scan::{self, Scan, ScanError};
use alike::Alike;
#[cfg(any(test, feature = "testing"))]
pub use breaks::Breaks;
use lists::Lists;
use scales::Scales;

/// The origin of every transaction that applies an update from outside.
pub const REMOTE: &str = "remote";

/// From this many bytes on, wasm memory is grown in one step before an update is decoded.
#[cfg(target_arch = "wasm32")]
const BIG: usize = 256 * 1024;

/// Why an update was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// The bytes must not be loaded by anybody; the document is untouched.
    #[error("the update is unreadable: {0}")]
    Scan(#[from] ScanError),
    /// Decoded and encoded again, the update alone does not survive; the document is untouched.
    #[error("the update is poison: it does not survive a round trip")]
    Poison,
    /// Linking its items to those that are here, or loading the document afterwards, would take a
    /// library too long; the document is untouched.
    #[error("the update meets too many others at the same places")]
    Heavy,
    /// The document would have more than [`MAX_ITEMS`]; it is untouched.
    #[error("the board is full: it has as many changes as one may have")]
    Full,
    /// Applying it failed half-way. This replica is broken: rebuild it without that update.
    #[error("the update failed half-way and the document must be rebuilt")]
    Broken,
}

impl IngestError {
    /// How the connection that sent it is closed.
    pub fn close_code(&self) -> CloseCode {
        match self {
            Self::Scan(ScanError::Malformed(_) | ScanError::Count) => CloseCode::BadFrame,
            Self::Scan(ScanError::Items) | Self::Full => CloseCode::TooBig,
            Self::Scan(_) | Self::Poison | Self::Heavy | Self::Broken => CloseCode::Poison,
        }
    }
}

/// What became of an update that is fit to be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ingested {
    /// It is in the document.
    Applied {
        /// Whether it said anything new.
        changed: bool,
        /// What of it was new, where that is less than all of it: relay and store this instead.
        news: Option<Vec<u8>>,
    },
    /// It refers to something that is not here yet; nothing has happened.
    Missing,
}

/// A copy of the document.
#[derive(Debug)]
pub struct Replica {
    doc: Doc,
    client: ClientId,
    /// One past the last clock held, for everybody but `client`.
    clocks: HashMap<u64, u32>,
    alike: Alike,
    lists: Lists,
    /// Copies that trust their source have none.
    scales: Option<Scales>,
    broken: bool,
    /// After how many more updates one breaks it, and how, as a test wants it.
    #[cfg(any(test, feature = "testing"))]
    breaks: Option<(usize, Breaks)>,
}

/// Whether updates are judged and weighed beyond whether they can be read. A browser need not: its
/// server has judged for everybody, and a page cannot mistrust the server that it came from.
const JUDGES: bool = cfg!(not(target_arch = "wasm32"));

impl Replica {
    /// An empty document in which `client` writes.
    pub fn new(client: ClientId) -> Self {
        let options = Options {
            offset_kind: OffsetKind::Utf16,
            // It would delete formats on its own, which nobody hears of and no log keeps.
            cleanup_formatting: false,
            ..Options::with_client_id(ClientID::new(client.get()))
        };
        Self {
            doc: Doc::with_options(options),
            client,
            clocks: HashMap::new(),
            alike: Alike::default(),
            lists: Lists::default(),
            scales: None,
            broken: false,
            #[cfg(any(test, feature = "testing"))]
            breaks: None,
        }
    }

    /// From now on, [`Replica::ingest`] refuses what would make the document too heavy for those
    /// who load it. For the copy that decides for all others: they must not differ from it.
    pub fn weighing(mut self) -> Self {
        self.scales = Some(Scales::default());
        self
    }

    /// The document; only the modules that map it to elements touch it.
    pub(crate) fn doc(&self) -> &Doc {
        &self.doc
    }

    /// Who writes here.
    pub fn client(&self) -> ClientId {
        self.client
    }

    /// Whether an update failed half-way, so that this copy must be thrown away.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether the clock of a client is held.
    pub fn knows(&self, client: ClientId, clock: u32) -> bool {
        clock < self.held(client.get())
    }

    /// Something that the update refers to and that is not here; `None` when it is complete, or
    /// unreadable. O(bytes of the update).
    pub fn lacks(&self, update: &[u8]) -> Option<(ClientId, u32)> {
        let scan = scan::update(update).ok()?;
        let mut lacks = scan.clients.iter().filter_map(|(&client, share)| {
            let mut held = self.held(client);
            for run in &share.brings {
                if run.start > held {
                    return Some((client, run.start - 1));
                }
                held = held.max(run.end);
            }
            (share.needs > held).then(|| (client, share.needs - 1))
        });
        let (client, clock) = lacks.next()?;
        Some((ClientId::new(client)?, clock))
    }

    /// Whether the update brings clocks that are not here; deletions alone add nothing.
    pub fn adds(&self, update: &[u8]) -> bool {
        scan::update(update).is_ok_and(|scan| {
            let mut shares = scan.clients.iter();
            shares.any(|(&client, share)| {
                let end = share.brings.last().map_or(0, |run| run.end);
                end > self.held(client)
            })
        })
    }

    /// Whether nothing was ever written here.
    pub fn is_empty(&self) -> bool {
        self.clocks.is_empty() && self.held(self.client.get()) == 0
    }

    /// How many items have come: at least as many as a walk over the document meets. O(1).
    pub fn items(&self) -> u64 {
        self.lists.items()
    }

    /// The encoded state vector. O(clients that ever wrote).
    pub fn state_vector(&self) -> Vec<u8> {
        let mut encoded = self.doc().transact().state_vector().encode_v1();
        encoded.shrink_to_fit();
        encoded
    }

    /// The whole document as one update. O(document).
    pub fn encode(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    /// What of a state vector is about clients that are here. Nothing can be said of others; and yrs
    /// takes an id for its own hash: made for it, a vector of strangers would take hours. As small as
    /// it can be, because it is kept for each connection; yrs encodes into a kilobyte.
    ///
    /// # Errors
    /// When the bytes are no state vector.
    pub fn clip(&self, state_vector: &[u8]) -> Result<Box<[u8]>, IngestError> {
        Ok(self.clipped(state_vector)?.encode_v1().into_boxed_slice())
    }

    fn clipped(&self, state_vector: &[u8]) -> Result<StateVector, IngestError> {
        let pairs = scan::state_vector(state_vector)?.into_iter();
        let known = pairs.filter(|&(client, _)| self.held(client) > 0);
        Ok(known
            .map(|(client, clock)| (ClientID::new(client), clock))
            .collect())
    }

    /// What somebody with this state vector lacks, as one update; all deletions are in it.
    ///
    /// # Errors
    /// When the bytes are no state vector.
    pub fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, IngestError> {
        let state = self.clipped(state_vector)?;
        Ok(self.doc.transact().encode_state_as_update_v1(&state))
    }

    /// Takes an update from somebody who is not trusted. O(bytes of the update).
    ///
    /// # Errors
    /// See [`IngestError`]; after `Broken` this replica is of no more use.
    pub fn ingest(&mut self, update: &[u8]) -> Result<Ingested, IngestError> {
        self.take(update, true)
    }

    /// Takes an update that has passed [`Replica::ingest`] before: from one's own store, or the
    /// state that one's own server sent. Spares the round trip, half of the cost.
    ///
    /// # Errors
    /// As [`Replica::ingest`], but never `Poison`.
    pub fn restore(&mut self, update: &[u8]) -> Result<Ingested, IngestError> {
        self.take(update, false)
    }

    fn take(&mut self, update: &[u8], check: bool) -> Result<Ingested, IngestError> {
        if self.broken {
            return Err(IngestError::Broken);
        }
        if !JUDGES {
            let scan = scan::update(update)?;
            return match self.fit(&scan) {
                Some(fit) => self.apply(update, &scan, &fit),
                None => Ok(Ingested::Missing),
            };
        }
        let weighs = check && self.scales.is_some();
        let most = if weighs { MAX_ITEMS } else { usize::MAX };
        let (scan, detail) = scan::update_in_detail(update, most)?;
        let Some(fit) = self.fit(&scan) else {
            return Ok(Ingested::Missing);
        };
        if weighs {
            let clients = scan.clients.keys().copied();
            let newcomers = clients.filter(|client| !self.clocks.contains_key(client));
            self.alike.admit(newcomers)?;
        }
        let listed = self
            .lists
            .judge(detail, |client| self.held(client), weighs)?;
        let weighed = match &self.scales {
            Some(scales) if weighs => scales.weigh(self, update, &listed)?,
            _ => false,
        };
        if check && !survives_alone(update) {
            return Err(IngestError::Poison);
        }
        let ingested = self.apply(update, &scan, &fit)?;
        let burden = self.lists.note(listed);
        if let Some(scales) = &mut self.scales {
            scales.note(weighed, burden);
        }
        Ok(ingested)
    }

    /// Where the update takes each client it brings something of; `None` when something is missing.
    fn fit(&self, scan: &Scan) -> Option<Fit> {
        let mut fit = Fit::default();
        for (&client, share) in &scan.clients {
            let before = self.held(client);
            let mut after = before;
            for run in &share.brings {
                if run.start > after {
                    return None;
                }
                fit.overlaps |= run.start < before;
                after = after.max(run.end);
            }
            if share.needs > after {
                return None;
            }
            fit.deletes += share.deletes;
            if after > before {
                fit.reaches.push((client, after));
            }
        }
        Some(fit)
    }

    fn apply(&mut self, update: &[u8], scan: &Scan, fit: &Fit) -> Result<Ingested, IngestError> {
        reserve(update.len());
        let update = Update::decode_v1(update).map_err(|_| IngestError::Poison)?;
        if scan.is_empty() {
            let news = None;
            return Ok(Ingested::Applied {
                changed: false,
                news,
            });
        }
        #[cfg(any(test, feature = "testing"))]
        let breaks = self.breaks_now();
        let mut txn = self.doc.transact_mut_with(REMOTE);
        let applied = catch_unwind(AssertUnwindSafe(|| {
            if txn.apply_update(update).is_err() {
                return None;
            }
            #[cfg(any(test, feature = "testing"))]
            Breaks::applied(breaks)?;
            let pending =
                txn.store().pending_update().is_some() || txn.store().pending_ds().is_some();
            if pending {
                return None;
            }
            let changed = txn.has_changes();
            let whole = !fit.overlaps && fit.deletes == deleted(&txn);
            Some((changed, (changed && !whole).then(|| txn.encode_update_v1())))
        }));
        // Committing is guarded apart: a panic in the drop of a panic would abort the process.
        let committed = catch_unwind(AssertUnwindSafe(move || {
            drop(txn);
            #[cfg(any(test, feature = "testing"))]
            Breaks::committed(breaks);
        }));
        match (applied, committed) {
            (Ok(Some((changed, news))), Ok(())) => {
                for &(client, end) in &fit.reaches {
                    if self.clocks.insert(client, end).is_none() && JUDGES {
                        self.alike.note(client);
                    }
                }
                Ok(Ingested::Applied { changed, news })
            }
            _ => {
                self.broken = true;
                Err(IngestError::Broken)
            }
        }
    }

    /// One past the last clock held of a client.
    fn held(&self, client: u64) -> u32 {
        if client == self.client.get() {
            self.doc.transact().store().get_local_state()
        } else {
            self.clocks.get(&client).copied().unwrap_or(0)
        }
    }
}

/// Several updates as one; `None` when that is not worth it, or would leave a hole, which some
/// clients lose data on. O(bytes of the updates).
pub fn merge(updates: &[&[u8]]) -> Option<Vec<u8>> {
    if updates.len() < 2 {
        return None;
    }
    let merged = catch_unwind(|| yrs::merge_updates_v1(updates.iter().copied()))
        .ok()?
        .ok()?;
    let scan = scan::update(&merged).ok()?;
    let whole = scan.clients.values().all(|share| share.brings.len() <= 1);
    whole.then_some(merged)
}

/// How an update meets the document.
#[derive(Default)]
struct Fit {
    /// The new clock of each client that it brings something new of.
    reaches: Vec<(u64, u32)>,
    /// Whether it also brings what is here already.
    overlaps: bool,
    /// How many clocks it deletes, known or not.
    deletes: u64,
}

fn deleted(txn: &yrs::TransactionMut<'_>) -> u64 {
    let ranges = txn.delete_set().iter().flat_map(|(_, set)| set);
    ranges.map(|range| u64::from(range.end - range.start)).sum()
}

/// Whether an update can be decoded, encoded and decoded again. A second line: what decodes and yet
/// leaves a document that nobody can encode any more, the judges refuse before. JSON that is none,
/// which they let pass, does not even decode; no other bytes are known that get here and fail.
fn survives_alone(update: &[u8]) -> bool {
    catch_unwind(|| {
        // One copy at a time: decoded, it may take thirty times its bytes.
        let encoded = Update::decode_v1(update).map(|decoded| decoded.encode_v1());
        encoded.is_ok_and(|encoded| Update::decode_v1(&encoded).is_ok())
    })
    .unwrap_or(false)
}

/// Grows wasm memory once instead of in steps of 64 KiB while decoding: a third of a big load's
/// time. A document takes about five times its encoding.
#[cfg(target_arch = "wasm32")]
fn reserve(update: usize) {
    if update >= BIG {
        let mut space: Vec<u8> = Vec::new();
        if space.try_reserve_exact(update.saturating_mul(5)).is_ok() {
            drop(std::hint::black_box(space));
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn reserve(_update: usize) {}

#[cfg(test)]
mod tests;
