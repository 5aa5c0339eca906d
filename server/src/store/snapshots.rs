//! Compaction: writes snapshots, on a thread of its own, from what the store holds.
//!
//! Owns when a snapshot is trusted: only after it has been loaded and encoded again to the same
//! document. Never touches a room.

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use board::id::{BoardId, ClientId};
use board::replica::{Ingested, Replica};
use board::scan::{self, Run};
use bytes::Bytes;

use super::{Loaded, Snapshot, Store, StoreError};
use crate::room::Backup;

/// Rows after the last snapshot from which a new one is worth it.
pub const MANY_ROWS: usize = 500;
/// Bytes after the last snapshot from which a new one is worth it.
pub const MANY_BYTES: usize = 1 << 20;

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
            Ok(Ok(None)) => tracing::debug!(%board, "no snapshot: nothing new, or damaged"),
            Ok(Err(error)) => tracing::error!(%board, %error, "no snapshot"),
            Err(_) => tracing::error!(%board, "no snapshot: taking it panicked"),
        }
    }
}

/// Writes a snapshot of everything the store holds of a board; answers its size. None is written
/// of a board with damage: that would make what is missing look complete.
///
/// # Errors
/// When the store fails.
pub fn take(store: &dyn Store, board: &BoardId) -> Result<Option<usize>, StoreError> {
    let loaded = store.load(board)?;
    // A damaged snapshot is made up for by the rows under it, which are all still there.
    if loaded.rows.is_empty() || loaded.damage.iter().any(|damage| !damage.snapshot) {
        return Ok(None);
    }
    let up_to = loaded.last;
    let Some(restored) = backup(loaded).restore() else {
        let text = format!("the snapshot of {board} cannot be loaded");
        return Err(StoreError::Failed(text));
    };
    if !restored.held.is_empty() || restored.failed > 0 {
        return Ok(None);
    }
    let replica = restored.replica;
    let state = Bytes::from(replica.encode());
    if !is_sound(&replica, &state) {
        let text = format!("the state of {board} does not survive being loaded");
        return Err(StoreError::Failed(text));
    }
    let snapshot = Snapshot { up_to, state };
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
