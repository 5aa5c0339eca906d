//! Compaction: writes snapshots, on a thread of its own, from what the store holds.
//!
//! Owns when a snapshot is trusted: only after it has been loaded and encoded again to the same
//! document; and what takes its place when it cannot be. Never touches a room.

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use board::id::{BoardId, ClientId};
use board::replica::{Ingested, Replica};
use board::scan::{self, Run};
use bytes::Bytes;

use super::{Damage, Loaded, Snapshot, Store, StoreError};
use crate::room::{Backup, Restored};

/// Rows after the last snapshot from which a new one is worth it.
pub const MANY_ROWS: usize = 500;
/// Bytes after the last snapshot from which a new one is worth it.
pub const MANY_BYTES: usize = 1 << 20;

/// Most rows that a snapshot may lack: each is looked up by itself at every load, and of a board
/// that lacks more a snapshot would hold little.
const MAX_LACKS: usize = 1000;

/// Asks for snapshots.
#[derive(Debug)]
pub struct Snapshots {
    queue: Mutex<Option<Sender<BoardId>>>,
    queued: Arc<Mutex<HashSet<BoardId>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Snapshots {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(store: Arc<dyn Store>) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let queued = Arc::new(Mutex::new(HashSet::new()));
        let seen = Arc::clone(&queued);
        let thread = Builder::new()
            .name("snapshots".to_owned())
            .spawn(move || work(store.as_ref(), &receiver, &seen))?;
        Ok(Self {
            queue: Mutex::new(Some(sender)),
            queued,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Asks for a snapshot of a board, unless one is asked for already.
    pub fn ask(&self, board: &BoardId) {
        if lock(&self.queued).insert(board.clone())
            && let Some(queue) = lock(&self.queue).as_ref()
        {
            // The thread ends only when this sender is dropped.
            drop(queue.send(board.clone()));
        }
    }

    /// Finishes the snapshot under way and stops. What waits is dropped: the rows are all there, and
    /// the next time the board is open it is asked for again.
    pub fn close(&self) {
        lock(&self.queued).clear();
        drop(lock(&self.queue).take());
        if let Some(thread) = lock(&self.thread).take()
            && thread.join().is_err()
        {
            tracing::error!("the snapshot thread panicked");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work(store: &dyn Store, queue: &Receiver<BoardId>, queued: &Mutex<HashSet<BoardId>>) {
    while let Ok(board) = queue.recv() {
        if !lock(queued).remove(&board) {
            continue;
        }
        // One board that cannot be encoded must not end the snapshots of all others.
        match catch_unwind(AssertUnwindSafe(|| take(store, &board))) {
            Ok(Ok(Some(bytes))) => tracing::info!(%board, bytes, "snapshot written"),
            Ok(Ok(None)) => {
                tracing::debug!(%board, "no snapshot: nothing new, or too much is missing")
            }
            Ok(Err(error)) => tracing::error!(%board, %error, "no snapshot"),
            Err(_) => tracing::error!(%board, "no snapshot: taking it panicked"),
        }
    }
}

/// A board as it could be put together from what the store holds.
#[derive(Debug)]
pub struct Opened {
    /// What it is made of.
    pub backup: Backup,
    /// What that makes.
    pub restored: Restored,
    /// The last place taken in the log.
    pub last: u64,
    /// What had to be left out.
    pub damage: Vec<Damage>,
    /// The ends of those of the snapshots in there that are as they were written.
    pub unloadable: Vec<u64>,
    /// Rows up to the last that are not in the document.
    pub lacks: Vec<u64>,
    /// The end of the snapshot below and what that lacked, if there is one.
    pub below: Option<(u64, Vec<u64>)>,
    /// Rows and bytes since that snapshot.
    pub since: (usize, usize),
}

/// Puts a board together from the newest snapshot that can be loaded and the rows beside it, at
/// worst from the rows alone: they are all kept.
///
/// # Errors
/// When the store fails.
pub fn open(store: &dyn Store, board: &BoardId) -> Result<Opened, StoreError> {
    open_with(board, |below| store.load_below(board, below))
}

/// The same by a function that does what [`Store::load_below`] does, or gives up for reasons of its own.
///
/// # Errors
/// As that.
pub fn open_with<E: From<StoreError>>(
    board: &BoardId,
    load_below: impl Fn(u64) -> Result<Loaded, E>,
) -> Result<Opened, E> {
    let (mut below, mut last) = (u64::MAX, 0);
    let (mut bad, mut unloadable) = (Vec::new(), Vec::new());
    loop {
        let mut loaded = load_below(below)?;
        last = last.max(loaded.last);
        bad.extend(loaded.damage.extract_if(.., |damage| damage.snapshot));
        let base = loaded.snapshot.as_ref();
        let base = base.map(|snapshot| (snapshot.up_to, snapshot.lacks.clone()));
        let seqs: Vec<u64> = loaded.rows.iter().map(|row| row.seq).collect();
        let damage = std::mem::take(&mut loaded.damage);
        let start = base.as_ref().map_or(0, |(up_to, _)| *up_to);
        let since = loaded.rows.iter().filter(|row| row.seq > start);
        let since = since.fold((0, 0), |(rows, bytes), row| {
            (rows + 1, bytes + row.update.len())
        });
        let backup = backup(loaded);
        if let Some(restored) = backup.restore() {
            let left = restored.left.iter().filter_map(|at| seqs.get(*at).copied());
            let mut lacks: Vec<u64> = left.chain(damage.iter().map(|row| row.seq)).collect();
            lacks.sort_unstable();
            bad.extend(damage);
            return Ok(Opened {
                backup,
                restored,
                last,
                damage: bad,
                unloadable,
                lacks,
                below: base,
                since,
            });
        }
        let Some((up_to, _)) = base else {
            return Err(StoreError::Damaged(format!("{board} cannot be loaded")).into());
        };
        bad.push(Damage {
            seq: up_to,
            snapshot: true,
        });
        unloadable.push(up_to);
        below = up_to;
    }
}

/// Writes a snapshot of everything the store holds of a board; answers its size. Rows that are
/// damaged, and those that cannot be loaded without them, are named in it as lacking: whether
/// somebody has brought again what a damaged row held, its deletions above all, nobody can know.
///
/// # Errors
/// When the store fails.
pub fn take(store: &dyn Store, board: &BoardId) -> Result<Option<usize>, StoreError> {
    let Opened {
        restored,
        last,
        lacks,
        below,
        ..
    } = open(store, board)?;
    let nothing_new = match &below {
        Some((up_to, lacked)) => *up_to == last && *lacked == lacks,
        None => last == 0,
    };
    if nothing_new || lacks.len() > MAX_LACKS {
        return Ok(None);
    }
    let replica = restored.replica;
    let state = Bytes::from(replica.encode());
    if !is_sound(&replica, &state) {
        let text = format!("the state of {board} does not survive being loaded");
        return Err(StoreError::Failed(text));
    }
    let snapshot = Snapshot {
        up_to: last,
        state,
        lacks,
    };
    store.publish(board, &snapshot)?;
    Ok(Some(snapshot.state.len()))
}

/// What a room is opened from.
pub fn backup(loaded: Loaded) -> Backup {
    Backup::new(
        loaded.snapshot.map(|snapshot| snapshot.state),
        loaded.rows.into_iter().map(|row| row.update).collect(),
    )
}

/// Whether the state loads into an empty document, and comes out of it with the same clocks and
/// the same deletions.
fn is_sound(replica: &Replica, state: &[u8]) -> bool {
    let mut copy = Replica::new(ClientId::from_random(0));
    let applied = copy.ingest(state);
    matches!(applied, Ok(Ingested::Applied { .. }))
        && extent(state).is_some_and(|extent_of_state| {
            extent(&copy.encode()).as_ref() == Some(&extent_of_state)
                && extent(&replica.encode()) == Some(extent_of_state)
        })
}

/// What a state brings and deletes, by client.
fn extent(state: &[u8]) -> Option<BTreeMap<u64, (Vec<Run>, u64)>> {
    let clients = scan::update(state).ok()?.clients.into_iter();
    Some(
        clients
            .map(|(c, share)| (c, (share.brings, share.deletes)))
            .collect(),
    )
}

#[cfg(test)]
mod tests;
