//! Files of boards: pictures that people put there, in the same database as what they draw.
//!
//! Owns how many bytes of them there may be, how one comes in piece by piece between other people's
//! commits, and how it is read. A file is there when its last step is; until then it is nothing.

mod collect;
mod work;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use board::file::FileHash;
use board::id::BoardId;
use board::picture::{Media, Picture};
use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, params};

pub use self::collect::Collected;
pub(super) use self::work::Work;
use super::schema::{failed, is_damage, piece_sum, sound};
use super::writer::Job;
use super::{PIECES_BETWEEN_CHECKPOINTS, Sqlite, lock};
use crate::store::StoreError;

/// Bytes of all pieces of a file but its last.
pub const PIECE: usize = super::PIECE;

/// How many bytes there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// In one file.
    pub file: u64,
    /// In the files of one board.
    pub board: u64,
    /// In all files.
    pub all: u64,
}

impl FileLimits {
    /// What an operator gets who asks for nothing else.
    pub const DEFAULT: Self = Self {
        file: board::limits::MAX_FILE as u64,
        board: 512 << 20,
        all: 10 << 30,
    };
}

/// Why a file is not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The board has as many as it may.
    #[error("the board's files would take more than this server allows for one board")]
    Board,
    /// The server has as many as it may.
    #[error("the server has as many files as it allows")]
    All,
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    id: i64,
    /// Its name.
    pub hash: FileHash,
    /// What it shows.
    pub picture: Picture,
    /// How long it is.
    pub bytes: u64,
}

impl Stored {
    /// How many pieces it is in.
    pub fn pieces(&self) -> usize {
        usize::try_from(self.bytes).map_or(0, |bytes| bytes.div_ceil(PIECE))
    }
}

/// The files of all boards.
pub struct Files {
    store: Arc<Sqlite>,
    limits: FileLimits,
    ledger: Mutex<Ledger>,
}

/// What is on its way in.
struct Ledger {
    /// The number of the next upload; pieces of interrupted ones have lower ones.
    next: i64,
    /// Which board's and how long each is, by its number.
    underway: HashMap<i64, (BoardId, u64)>,
}

impl Files {
    /// Those in a store.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn new(store: Arc<Sqlite>, limits: FileLimits) -> Result<Arc<Self>, StoreError> {
        let last = "SELECT max((SELECT coalesce(max(id), 0) FROM files),
                               (SELECT coalesce(max(file), 0) FROM file_pieces))";
        let last: i64 = store.read(|connection| {
            let last = connection.query_row(last, [], |row| row.get(0));
            last.map_err(failed)
        })?;
        let ledger = Ledger {
            next: last.saturating_add(1),
            underway: HashMap::new(),
        };
        Ok(Arc::new(Self {
            store,
            limits,
            ledger: Mutex::new(ledger),
        }))
    }

    /// How many bytes there may be.
    pub fn limits(&self) -> FileLimits {
        self.limits
    }

    /// A file of a board, if it is there.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn find(&self, board: &BoardId, hash: &FileHash) -> Result<Option<Stored>, StoreError> {
        self.store
            .read(|connection| find(connection, board, hash).map_err(failed))
    }

    /// Whether every piece of a file is as it was written. O(its bytes).
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn is_sound(&self, file: &Stored) -> Result<bool, StoreError> {
        self.store
            .read(|connection| match pieces(connection, file, |_| ()) {
                Ok(whole) => Ok(whole),
                Err(error) if is_damage(&error) => Ok(false),
                Err(error) => Err(failed(error)),
            })
    }

    /// One of its pieces, from 0.
    ///
    /// # Errors
    /// When it cannot be read, or is not as it was written.
    pub fn piece(&self, file: &Stored, at: usize) -> Result<Bytes, StoreError> {
        let at = i64::try_from(at).unwrap_or(i64::MAX);
        self.piece_of(file.id, &file.hash, at)
    }

    fn piece_of(&self, file: i64, hash: &FileHash, at: i64) -> Result<Bytes, StoreError> {
        let piece = self.store.read(|connection| {
            let read = || {
                let sql = "SELECT data, sum FROM file_pieces WHERE file = ?1 AND at = ?2";
                let mut query = connection.prepare_cached(sql)?;
                let take =
                    |row: &rusqlite::Row<'_>| sound(row, 0, 1, |data| piece_sum(hash, at, data));
                query.query_row([file, at], take).optional()
            };
            read().map_err(failed)
        })?;
        let damaged = || StoreError::Damaged("the file is not as it was written".to_owned());
        piece.flatten().ok_or_else(damaged)
    }

    /// Notes that somebody has brought a file again that is there: it is as good as new.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn touch(&self, file: &Stored) -> Result<(), StoreError> {
        self.work(Work::Touch { file: file.id })
    }

    /// Begins to take in a file of so many bytes, for which there is room from now on.
    ///
    /// # Errors
    /// When there is none.
    pub fn begin(
        self: &Arc<Self>,
        board: &BoardId,
        hash: FileHash,
        bytes: u64,
    ) -> Result<Upload, Refused> {
        let mut ledger = lock(&self.ledger);
        let (own, all) = self
            .store
            .read(|connection| stored(connection, board).map_err(failed))?;
        let underway = || ledger.underway.values();
        let own_underway = underway().filter(|(of, _)| of == board);
        let own = own + own_underway.map(|(_, bytes)| bytes).sum::<u64>();
        if own + bytes > self.limits.board {
            return Err(Refused::Board);
        }
        let all = all + underway().map(|(_, bytes)| bytes).sum::<u64>();
        if all + bytes > self.limits.all {
            return Err(Refused::All);
        }
        let file = ledger.next;
        ledger.next = file.saturating_add(1);
        ledger.underway.insert(file, (board.clone(), bytes));
        Ok(Upload {
            files: Arc::clone(self),
            board: board.clone(),
            hash,
            file,
            pieces: 0,
            bytes: 0,
            is_stored: false,
        })
    }

    fn work(&self, work: Work) -> Result<(), StoreError> {
        self.store.wait_for(|done| Job::File { work, done })
    }
}

/// A file that is coming in. Dropped before its end, it leaves nothing.
pub struct Upload {
    files: Arc<Files>,
    board: BoardId,
    hash: FileHash,
    file: i64,
    pieces: i64,
    bytes: u64,
    is_stored: bool,
}

impl Upload {
    /// The next piece: [`PIECE`] bytes, or fewer at the end. Blocks until it is on disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn push(&mut self, data: Bytes) -> Result<(), StoreError> {
        let (file, at) = (self.file, self.pieces);
        let sum = piece_sum(&self.hash, at, &data);
        // Counted first: one that fails may be on disk all the same.
        self.pieces += 1;
        self.bytes += data.len() as u64;
        self.files.work(Work::Piece {
            file,
            at,
            sum,
            data,
        })?;
        let many = PIECES_BETWEEN_CHECKPOINTS.cast_signed() as i64;
        match self.pieces % many {
            0 => self.files.store.checkpoint(),
            _ => Ok(()),
        }
    }

    /// All of it that is on disk by now. O(its bytes).
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        for at in 0..self.pieces {
            bytes.extend(self.files.piece_of(self.file, &self.hash, at)?);
        }
        Ok(bytes)
    }

    /// Whether a board has it already.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn is_known(&self) -> Result<bool, StoreError> {
        self.files.store.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM files WHERE hash = ?1)";
            let known = connection.query_row(sql, [self.hash.as_bytes()], |row| row.get(0));
            known.map_err(failed)
        })
    }

    /// The last step: from now on the file is there. `mends` says that one which was there is damaged
    /// and makes way. Blocks until it is on disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn publish(mut self, picture: Picture, mends: bool) -> Result<Stored, StoreError> {
        self.files.work(Work::Publish {
            file: self.file,
            board: self.board.clone(),
            hash: self.hash,
            bytes: self.bytes,
            picture,
            mends,
        })?;
        let stored = self.files.find(&self.board, &self.hash)?;
        let gone = || StoreError::Failed("the file is gone already".to_owned());
        let stored = stored.ok_or_else(gone)?;
        // Somebody else may have been first.
        self.is_stored = stored.id == self.file;
        Ok(stored)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        lock(&self.files.ledger).underway.remove(&self.file);
        if self.is_stored {
            return;
        }
        for at in 0..self.pieces {
            // Nobody waits for it, and what fails is swept up later.
            let work = Work::Clear {
                file: self.file,
                at,
            };
            let (done, _) = std::sync::mpsc::channel();
            self.files.store.submit(Job::File { work, done });
        }
    }
}

/// A file's row.
fn find(
    connection: &Connection,
    board: &BoardId,
    hash: &FileHash,
) -> rusqlite::Result<Option<Stored>> {
    let sql = "SELECT id, type, bytes, width, height FROM files
               WHERE board = (SELECT id FROM boards WHERE name = ?1) AND hash = ?2";
    let mut query = connection.prepare_cached(sql)?;
    let found = query.query_row(params![board.as_str(), hash.as_bytes()], |row| {
        let name: String = row.get(1)?;
        let media = Media::named(&name).ok_or_else(|| {
            let kind = rusqlite::types::Type::Text;
            rusqlite::Error::InvalidColumnType(1, name, kind)
        })?;
        Ok(Stored {
            id: row.get(0)?,
            hash: *hash,
            picture: Picture {
                media,
                width: row.get(3)?,
                height: row.get(4)?,
            },
            bytes: row.get::<_, i64>(2)?.cast_unsigned(),
        })
    });
    found.optional()
}

/// Goes through all pieces of a file; whether they are all there and as they were written.
fn pieces(
    connection: &Connection,
    file: &Stored,
    mut take: impl FnMut(&[u8]),
) -> rusqlite::Result<bool> {
    let sql = "SELECT at, sum, data FROM file_pieces WHERE file = ?1 ORDER BY at";
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query([file.id])?;
    let (mut next, mut bytes) = (0, 0);
    while let Some(row) = rows.next()? {
        let (at, sum): (i64, i64) = (row.get(0)?, row.get(1)?);
        let Ok(data) = row.get_ref(2)?.as_blob() else {
            return Ok(false);
        };
        if at != next || i64::from(piece_sum(&file.hash, at, data)) != sum {
            return Ok(false);
        }
        take(data);
        next += 1;
        bytes += data.len() as u64;
    }
    Ok(bytes == file.bytes)
}

/// Whether a file is what its name says, for whoever looks everything over.
pub(super) fn is_whole(
    connection: &Connection,
    board: &BoardId,
    hash: &FileHash,
) -> rusqlite::Result<bool> {
    let Some(file) = find(connection, board, hash)? else {
        return Ok(false);
    };
    let mut hasher = board::file::Hasher::default();
    let sound = pieces(connection, &file, |data| hasher.update(data))?;
    Ok(sound && hasher.finish() == *hash)
}

/// A file with what it shows, where it is there and as it was written.
pub(super) fn whole(
    connection: &Connection,
    board: &BoardId,
    hash: &FileHash,
) -> rusqlite::Result<Option<(Picture, Vec<u8>)>> {
    let Some(file) = find(connection, board, hash)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let sound = pieces(connection, &file, |data| bytes.extend_from_slice(data))?;
    Ok(sound.then_some((file.picture, bytes)))
}

/// How many bytes the files of a board have, and all files.
fn stored(connection: &Connection, board: &BoardId) -> rusqlite::Result<(u64, u64)> {
    let own = "SELECT coalesce(sum(bytes), 0) FROM files
               WHERE board = (SELECT id FROM boards WHERE name = ?1)";
    let own: i64 = connection
        .prepare_cached(own)?
        .query_row([board.as_str()], |row| row.get(0))?;
    let all = "SELECT coalesce(sum(bytes), 0) FROM files";
    let all: i64 = connection
        .prepare_cached(all)?
        .query_row([], |row| row.get(0))?;
    Ok((own.cast_unsigned(), all.cast_unsigned()))
}

#[cfg(test)]
mod tests;
