//! How boards go and come back, in the store and among the rooms.
//!
//! Owns that nobody is on a deleted board, and how long one is kept. Knows no route.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use board::id::BoardId;
use board::replica::Replica;

use crate::rooms::Rooms;
use crate::store::snapshots;
use crate::store::sqlite::Sqlite;
use crate::store::sqlite::boards::Mark;
use crate::store::{Store as _, StoreError};

/// How long a deleted board can be restored.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Why a board was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unread {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is more than whoever reads it takes.
    #[error("the board is too large")]
    Large,
}

/// All boards.
pub(crate) struct Boards {
    store: Arc<Sqlite>,
    rooms: Rooms,
}

impl Boards {
    /// Those of a store, of which none is open yet. Blocks.
    ///
    /// # Errors
    /// When it cannot be read which are deleted.
    pub(crate) fn new(store: Arc<Sqlite>, rooms: Rooms) -> Result<Self, StoreError> {
        for board in store.deleted()? {
            rooms.shut(&board);
        }
        Ok(Self { store, rooms })
    }

    /// Whether a board is deleted.
    pub(crate) fn is_deleted(&self, board: &BoardId) -> bool {
        self.rooms.is_shut(board)
    }

    /// How far a board is in the store; `None` when there is none.
    ///
    /// # Errors
    /// When that cannot be read.
    pub(crate) async fn mark(&self, board: &BoardId) -> Result<Option<Mark>, StoreError> {
        let (store, name) = (Arc::clone(&self.store), board.clone());
        blocking(move || store.mark(&name)).await
    }

    /// All of a board that is in the store, if that is at most so many bytes. Blocks.
    ///
    /// # Errors
    /// When it is more, cannot be read, or not put together.
    pub(crate) fn read(&self, board: &BoardId, most: usize) -> Result<Replica, Unread> {
        let opened = snapshots::open_with(board, |below| {
            let loaded = self.store.load_below(board, below)?;
            match loaded.bytes() <= most {
                true => Ok(loaded),
                false => Err(Unread::Large),
            }
        })?;
        Ok(opened.restored.replica)
    }

    /// Deletes a board, and sends away whoever is there; false when there is none.
    ///
    /// # Errors
    /// When that cannot be written.
    pub(crate) async fn delete(&self, board: &BoardId) -> Result<bool, StoreError> {
        let (store, name) = (Arc::clone(&self.store), board.clone());
        let deleted = blocking(move || store.delete(&name)).await?;
        if deleted {
            // What somebody brings before this is in the log of a deleted board, and comes back with it.
            self.rooms.shut(board);
            tracing::info!(%board, "deleted");
        }
        Ok(deleted)
    }

    /// Takes that back; false when the board is not deleted, or was too long ago.
    ///
    /// # Errors
    /// When that cannot be written.
    pub(crate) async fn restore(&self, board: &BoardId) -> Result<bool, StoreError> {
        let (store, name) = (Arc::clone(&self.store), board.clone());
        let restored = blocking(move || store.restore(&name)).await?;
        if restored {
            self.rooms.reopen(board);
            tracing::info!(%board, "restored");
        }
        Ok(restored)
    }

    /// Removes what was deleted so long ago that it is kept no longer.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn remove_old(&self) -> Result<(), StoreError> {
        let since = SystemTime::now().checked_sub(KEPT);
        let since = since.and_then(|since| since.duration_since(UNIX_EPOCH).ok());
        let before = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
        let store = Arc::clone(&self.store);
        for board in blocking(move || store.remove_deleted(before)).await? {
            self.rooms.reopen(&board);
            tracing::info!(%board, "removed; its name is free");
        }
        Ok(())
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(StoreError::Failed(error.to_string())))
}
