//! Where boards are kept: an append-only log per board, and snapshots of it.
//!
//! Owns the trait that a store implements and the words it is spoken about with. Knows no
//! database. "Not there" and "cannot be read" are different answers: an error is never an empty
//! board.

pub mod snapshots;
pub mod sqlite;

use board::id::BoardId;
use bytes::Bytes;

use crate::principal::ActorId;

/// Why a store did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It cannot be used at all; says what to do about it.
    #[error("{0}")]
    Unusable(String),
    /// Another writer has put something into the same place of the log.
    #[error("another writer has appended to the board {0}")]
    Conflict(BoardId),
    /// It does not do what it was asked just now.
    #[error("the store failed: {0}")]
    Failed(String),
    /// Something is there and is not what was written: asking again is of no use.
    #[error("the store failed: {0}")]
    Damaged(String),
}

impl StoreError {
    /// Why, for people who draw: without saying that it was the store.
    pub fn reason(&self) -> &str {
        match self {
            Self::Unusable(why) | Self::Failed(why) | Self::Damaged(why) => why,
            Self::Conflict(_) => "another server writes to this board",
        }
    }
}

/// One row of a board's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the board's log, from 1.
    pub seq: u64,
    /// The Yjs client that wrote it, or 0.
    pub author: u64,
    /// Who brought it.
    pub actor: ActorId,
    /// A Yjs update, v1.
    pub update: Bytes,
}

/// Rows of one board, to be appended together.
pub struct Batch {
    /// The board.
    pub board: BoardId,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// Whether somebody waits to hear that they are on disk; others may wait a moment for company.
    pub urgent: bool,
    /// Called once, on the store's own thread, when the rows are on disk or never will be.
    pub done: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// A stored state of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Every row up to this one is in it, but for those that it lacks.
    pub up_to: u64,
    /// The whole document as one update.
    pub state: Bytes,
    /// Rows up to that one which are *not* in it: damaged ones, and those that build on them. They
    /// are loaded beside it, so that a snapshot never makes look complete what is not.
    pub lacks: Vec<u64>,
}

/// A row whose checksum is wrong. It stays where it is and is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// The row, or the snapshot that reaches up to it.
    pub seq: u64,
    /// Whether it is a snapshot.
    pub snapshot: bool,
}

/// What a store holds of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The newest snapshot that is good.
    pub snapshot: Option<Snapshot>,
    /// The good rows that it lacks and those after it, in order.
    pub rows: Vec<Row>,
    /// The last place taken in the log, damaged or not; 0 for a board that does not exist.
    pub last: u64,
    /// What had to be left out.
    pub damage: Vec<Damage>,
}

impl Loaded {
    /// How many bytes of updates it has.
    pub fn bytes(&self) -> usize {
        let base = self.snapshot.as_ref().map_or(0, |base| base.state.len());
        let rows = self.rows.iter().map(|row| row.update.len());
        base + rows.sum::<usize>()
    }
}

/// A place to keep boards. Calls block; only [`Store::append`] returns before it is done.
pub trait Store: Send + Sync + 'static {
    /// Queues rows; many queued batches become durable in one commit. A board's log has no gaps: when
    /// rows fail, those behind them fail too until the first are handed in again.
    fn append(&self, batch: Batch);

    /// What failed of a board will not be handed in again, and nothing of it is on its way: its log
    /// goes on wherever it ends.
    fn give_up(&self, board: &BoardId);

    /// Makes what is queued urgent.
    fn hurry(&self);

    /// Reads a board. Sees every batch whose `done` has been called.
    ///
    /// # Errors
    /// When it cannot be read, which says nothing about whether it exists.
    fn load(&self, board: &BoardId) -> Result<Loaded, StoreError> {
        self.load_below(board, u64::MAX)
    }

    /// The same as if there were only snapshots that end before row `below`.
    ///
    /// # Errors
    /// As [`Store::load`].
    fn load_below(&self, board: &BoardId, below: u64) -> Result<Loaded, StoreError>;

    /// Adds a snapshot and removes all but it and the one before.
    ///
    /// # Errors
    /// When it cannot be written.
    fn publish(&self, board: &BoardId, snapshot: &Snapshot) -> Result<(), StoreError>;

    /// Whether it can be read: reads anew what every load reads.
    ///
    /// # Errors
    /// When it cannot.
    fn check(&self) -> Result<(), StoreError>;

    /// Whether it can be written to: writes something that changes nothing, to the disk.
    ///
    /// # Errors
    /// When it cannot.
    fn probe(&self) -> Result<(), StoreError>;

    /// Stops taking batches and returns when everything queued is on disk.
    fn close(&self);
}

#[cfg(test)]
pub(crate) mod conformance;
