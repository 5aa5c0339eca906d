//! The rooms that are open, each a task of its own.
//!
//! Owns that a board is open once, however many arrive at the same time, and leaves memory when
//! nobody needs it. Whoever talks to a room holds a [`Lease`]; no lock is held across an await.

mod table;
mod task;
mod unmet;
mod unsettled;

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use board::id::BoardId;
use board::protocol::CloseCode;
use bytes::Bytes;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use self::table::{Open, Table};
use self::unmet::Unmet;
use crate::metrics::Metrics;
use crate::postbox::Postbox;
use crate::principal::Principal;
use crate::room::{Limits, Millis, PeerId, Private};
use crate::store::Store;
use crate::store::snapshots::Snapshots;

/// Messages that wait for a room; beyond it, connections wait in turn.
const MAILBOX: usize = 1024;
/// Bytes of frames that wait for a room, in units of 1 KiB.
const INBOX_KIB: usize = 64 * 1024;
/// How much longer each socket makes the time over which a stopping server tells them.
const SPREAD_EACH: Duration = Duration::from_millis(2);
/// The longest such time.
const SPREAD: Duration = Duration::from_secs(2);

/// Why there is no way to a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Closed {
    /// As many boards are open as the operator allows, and this is none of them.
    #[error("as many boards are open as this server allows; try again later")]
    Full,
    /// Nobody may open it.
    #[error("the board was deleted")]
    Deleted,
}

impl Closed {
    /// What a WebSocket to it is closed with.
    pub(crate) fn code(self) -> CloseCode {
        match self {
            Self::Full => CloseCode::TryLater,
            Self::Deleted => CloseCode::Deleted,
        }
    }
}

/// The room is gone: the board could not be loaded, or the server stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the board is not available just now")]
pub(crate) struct Unavailable;

/// What a room's task is sent.
enum Mail {
    Join {
        peer: PeerId,
        own: bool,
        principal: Principal,
        /// Where it comes from, for the log.
        address: Option<IpAddr>,
        postbox: Arc<Postbox>,
    },
    Frame {
        peer: PeerId,
        frame: Bytes,
        at: Instant,
        /// Given back when the frame has been taken in.
        _space: OwnedSemaphorePermit,
        _large: Option<OwnedSemaphorePermit>,
    },
    Leave(PeerId),
    Ready(PeerId),
    /// Another board needs the place, and nobody holds a lease.
    MakeWay,
    #[cfg(test)]
    Break(Break),
    State(oneshot::Sender<State>),
}

/// A board as somebody reads it who does not join.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// The whole document as one update.
    pub(crate) update: Bytes,
    /// Nothing was ever written, and nobody is there.
    pub(crate) absent: bool,
}

/// How a test breaks a room.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    /// Something panics inside the guard around the room's steps.
    Guarded,
    /// Something panics elsewhere.
    Unguarded,
    /// The next update breaks the document, which cannot be rebuilt.
    ForGood,
}

/// All open rooms.
#[derive(Clone)]
pub(crate) struct Rooms {
    shared: Arc<Shared>,
}

struct Shared {
    store: Arc<dyn Store>,
    snapshots: Snapshots,
    metrics: Arc<Metrics>,
    limits: Limits,
    /// Diffs that wait for their peers.
    private: Private,
    /// Most rooms at a time.
    max_open: usize,
    /// How long a room stays in memory after the last one has left.
    idle: Duration,
    open: Mutex<Table>,
    /// Boards that wait to be loaded.
    unread: Unmet,
    /// Boards that people have been told are not saved.
    unsaved: Unmet,
    serial: AtomicU64,
    started: Instant,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Rooms {
    /// No room yet, and never more than `max_open`; boards come from `store`, and leave memory when
    /// nobody has been there for the time `idle`.
    ///
    /// # Errors
    /// When the snapshot thread cannot start.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        metrics: Arc<Metrics>,
        limits: Limits,
        max_open: usize,
        idle: Duration,
    ) -> std::io::Result<Self> {
        let shared = Shared {
            snapshots: Snapshots::start(Arc::clone(&store))?,
            store,
            metrics,
            limits,
            private: Private::default(),
            max_open,
            idle,
            open: Mutex::default(),
            unread: Unmet::default(),
            unsaved: Unmet::default(),
            serial: AtomicU64::new(1),
            started: Instant::now(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// The way to a board's room, which is opened if need be. When as many are open as may be, one
    /// that nobody needs makes way.
    ///
    /// # Errors
    /// When all are needed, or the board is deleted.
    pub(crate) fn lease(&self, board: &BoardId) -> Result<Lease, Closed> {
        let mut rooms = self.shared.open();
        if rooms.is_shut(board) {
            return Err(Closed::Deleted);
        }
        if !rooms.contains(board) {
            if rooms.needed() >= self.shared.max_open && !rooms.make_way() {
                return Err(Closed::Full);
            }
            rooms.insert(board, self.open(board));
        }
        let open = rooms.lease(board).ok_or(Closed::Full)?;
        Ok(Lease {
            shared: Arc::clone(&self.shared),
            board: board.clone(),
            serial: open.serial,
            mailbox: open.mailbox.clone(),
            space: Arc::clone(&open.space),
            address: None,
        })
    }

    /// Lets nobody on a deleted board from now on; whoever is there is sent away.
    pub(crate) fn shut(&self, board: &BoardId) {
        self.shared.open().shut(board);
    }

    /// Lets people on it again.
    pub(crate) fn reopen(&self, board: &BoardId) {
        self.shared.open().reopen(board);
    }

    /// Whether nobody may open it.
    pub(crate) fn is_shut(&self, board: &BoardId) -> bool {
        self.shared.open().is_shut(board)
    }

    fn open(&self, board: &BoardId) -> Open {
        let (mailbox, mail) = mpsc::channel(MAILBOX);
        let serial = self.shared.next_serial();
        let shared = Arc::clone(&self.shared);
        let end = self.shared.stop.child_token();
        let task = task::run(shared, board.clone(), serial, mail, end.clone());
        let span = tracing::debug_span!("board", id = %board);
        self.shared.tasks.spawn(task.instrument(span));
        Open::new(serial, mailbox, Arc::new(Semaphore::new(INBOX_KIB)), end)
    }

    /// Why a board that somebody waits for cannot be loaded, if there is one.
    pub(crate) fn unread(&self) -> Option<String> {
        self.shared.unread.why(Instant::now())
    }

    /// Why a board that somebody has changed cannot be saved, if there is one.
    pub(crate) fn unsaved(&self) -> Option<String> {
        self.shared.unsaved.why(Instant::now())
    }

    /// Whether the store can be read. Blocks.
    ///
    /// # Errors
    /// When it does not.
    pub(crate) fn check(&self) -> Result<(), crate::store::StoreError> {
        self.shared.store.check()
    }

    /// Whether the store can be written to. Blocks.
    ///
    /// # Errors
    /// When it cannot.
    pub(crate) fn probe(&self) -> Result<(), crate::store::StoreError> {
        self.shared.store.probe()
    }

    /// How much a board may have.
    pub(crate) fn limits(&self) -> Limits {
        self.shared.limits
    }

    /// What the rooms' clock says.
    pub(crate) fn now(&self) -> Millis {
        self.shared.now()
    }

    /// Closes every connection with 1012, and returns when everything taken in is on disk.
    pub(crate) async fn close(&self) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
        let shared = Arc::clone(&self.shared);
        let stores = tokio::task::spawn_blocking(move || {
            shared.snapshots.close();
            shared.store.close();
        });
        if let Err(error) = stores.await {
            tracing::error!(%error, "the store did not close in order");
        }
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, Table> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the rooms' clock says.
    fn now(&self) -> Millis {
        Millis::try_from(self.started.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }

    /// Why a room is told to end.
    fn why_ended(&self) -> CloseCode {
        match self.stop.is_cancelled() {
            true => CloseCode::Restart,
            false => CloseCode::Deleted,
        }
    }

    fn next_serial(&self) -> u64 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    /// Forgets a room so that the next one to come opens it anew; unless `even_if_needed`, only
    /// when nobody holds a lease. Whether it is forgotten.
    fn forget(&self, board: &BoardId, serial: u64, even_if_needed: bool) -> bool {
        self.open().forget(board, serial, even_if_needed)
    }
}

/// The right to talk to a room, which stays open as long as somebody has one.
pub(crate) struct Lease {
    shared: Arc<Shared>,
    board: BoardId,
    serial: u64,
    mailbox: mpsc::Sender<Mail>,
    space: Arc<Semaphore>,
    address: Option<IpAddr>,
}

impl Lease {
    /// The same for somebody from this address.
    pub(crate) fn for_address(mut self, address: IpAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// Who has it, for the log.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// Enters the room as a new peer, whose queue is filled from now on. With a socket, the room
    /// writes to it by itself.
    ///
    /// # Errors
    /// When the room is gone.
    pub(crate) async fn join(
        &self,
        own: bool,
        principal: Principal,
        socket: Option<Arc<OwnedWriteHalf>>,
    ) -> Result<(PeerId, Arc<Postbox>), Unavailable> {
        let peer = PeerId(self.shared.next_serial());
        let postbox = Arc::new(Postbox::new(socket));
        self.place().await?.send(Mail::Join {
            peer,
            own,
            principal,
            address: self.address,
            postbox: Arc::clone(&postbox),
        });
        Ok((peer, postbox))
    }

    /// Hands a frame in; waits while the room has too much to do. `large` is given back when the
    /// room has taken it in.
    ///
    /// # Errors
    /// When the room is gone.
    pub(crate) async fn frame(
        &self,
        peer: PeerId,
        frame: Bytes,
        large: Option<OwnedSemaphorePermit>,
    ) -> Result<(), Unavailable> {
        let at = Instant::now();
        let size = frame.len().div_ceil(1024).clamp(1, INBOX_KIB);
        let permits = u32::try_from(size).unwrap_or(u32::MAX);
        // Waiting is rare, so it is boxed: every idle connection has room for what it may come to.
        let space = match Arc::clone(&self.space).try_acquire_many_owned(permits) {
            Ok(space) => space,
            Err(_) => {
                let space = Arc::clone(&self.space).acquire_many_owned(permits);
                Box::pin(space).await.map_err(|_| Unavailable)?
            }
        };
        let place = match self.mailbox.try_reserve() {
            Ok(place) => place,
            Err(_) => Box::pin(self.place()).await?,
        };
        place.send(Mail::Frame {
            peer,
            frame,
            at,
            _space: space,
            _large: large,
        });
        Ok(())
    }

    /// Says that the peer has taken everything that was left after its queue overflowed.
    ///
    /// # Errors
    /// When the room is gone.
    pub(crate) async fn ready(&self, peer: PeerId) -> Result<(), Unavailable> {
        self.place().await?.send(Mail::Ready(peer));
        Ok(())
    }

    /// Which board's room it is.
    pub(crate) fn board(&self) -> &BoardId {
        &self.board
    }

    /// What is counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.shared.metrics
    }

    /// How long a peer waits before it is told that the server restarts: those of a busy server
    /// must not all come back at the same moment.
    pub(crate) fn farewell(&self, peer: PeerId) -> Duration {
        let sockets = self.shared.metrics.sockets.get().unsigned_abs();
        let window = SPREAD_EACH.saturating_mul(u32::try_from(sockets).unwrap_or(u32::MAX));
        let window = window.min(SPREAD);
        // Fibonacci hashing: neighbouring numbers end far apart.
        let share = (peer.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as f64 / 4_294_967_296.0;
        window.mul_f64(share)
    }

    /// Leaves the room.
    pub(crate) async fn leave(&self, peer: PeerId) {
        // A room that is gone has nobody in it.
        if let Ok(place) = self.place().await {
            place.send(Mail::Leave(peer));
        }
    }

    /// The board as it is; with an empty update when there is none. Reading makes none.
    ///
    /// # Errors
    /// When the room is gone.
    pub(crate) async fn state(&self) -> Result<State, Unavailable> {
        let (sender, receiver) = oneshot::channel();
        self.place().await?.send(Mail::State(sender));
        receiver.await.map_err(|_| Unavailable)
    }

    /// A place in the mailbox. Mail is made when there is one: what a task has in hand while it
    /// waits, every idle connection has room for.
    async fn place(&self) -> Result<mpsc::Permit<'_, Mail>, Unavailable> {
        self.mailbox.reserve().await.map_err(|_| Unavailable)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.shared.open().give_back(&self.board, self.serial);
    }
}

#[cfg(test)]
pub(crate) mod tests;
