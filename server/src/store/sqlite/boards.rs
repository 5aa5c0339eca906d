//! Which boards there are, and how they go and come back.
//!
//! Owns the list, and what of a deleted board is kept for how long: all of it, until it is removed
//! step by step. Knows no room: who deletes sees to it that nobody writes any more.

use std::path::Path;

use board::id::BoardId;
use rusqlite::{Connection, OptionalExtension, params};

use super::Sqlite;
use super::schema::failed;
use super::upkeep::open_as_newest;
use super::writer::{Job, now};
use crate::store::StoreError;

/// Rows that go in one commit, of whatever table: some milliseconds.
const AT_ONCE: usize = 64;
/// Pieces of files that do: a quarter of a mebibyte each.
const PIECES_AT_ONCE: usize = 4;

/// A board, as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub board: BoardId,
    /// Changes in its log.
    pub rows: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When the last one came, ms since 1970; 0 when there is none.
    pub changed: i64,
    /// When it was deleted, if it was.
    pub deleted: Option<i64>,
}

/// What tells a state of a board from others: its log only grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The last row.
    pub row: u64,
    /// Its checksum, and when it came: a board that is made anew under the name has others.
    pub sum: i64,
    /// ms since 1970.
    pub time: i64,
}

/// All boards in `directory`, by name, also while a server runs on it.
///
/// # Errors
/// When there is no file, it is none of ours, or the list cannot be read.
pub fn list(directory: &Path) -> Result<Vec<Listed>, StoreError> {
    let connection = open_as_newest(directory)?;
    let read = || -> rusqlite::Result<Vec<Listed>> {
        let sql = "SELECT name, deleted, count(log.id), coalesce(sum(length(data)), 0),
                       coalesce(max(time), 0)
                   FROM boards LEFT JOIN log ON log.board = boards.id
                   GROUP BY boards.id ORDER BY name";
        let mut query = connection.prepare(sql)?;
        let rows = query.query_map([], |row| {
            let name: String = row.get(0)?;
            let Ok(board) = BoardId::parse(&name) else {
                return Ok(None);
            };
            Ok(Some(Listed {
                board,
                deleted: row.get(1)?,
                rows: row.get::<_, i64>(2)?.cast_unsigned(),
                bytes: row.get::<_, i64>(3)?.cast_unsigned(),
                changed: row.get(4)?,
            }))
        })?;
        // What has no possible name is no board; `check` tells of it.
        rows.filter_map(Result::transpose).collect()
    };
    read().map_err(failed)
}

impl Sqlite {
    /// The boards that are deleted.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn deleted(&self) -> Result<Vec<BoardId>, StoreError> {
        self.deleted_before(i64::MAX)
    }

    /// How far a board is; `None` when there is none.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn mark(&self, board: &BoardId) -> Result<Option<Mark>, StoreError> {
        let sql = "SELECT seq, sum, time FROM log
                   WHERE board = (SELECT id FROM boards WHERE name = ?1)
                   ORDER BY seq DESC LIMIT 1";
        self.read(|connection| {
            let mut query = connection.prepare_cached(sql).map_err(failed)?;
            let found = query.query_row([board.as_str()], |row| {
                Ok(Mark {
                    row: row.get::<_, i64>(0)?.cast_unsigned(),
                    sum: row.get(1)?,
                    time: row.get(2)?,
                })
            });
            found.optional().map_err(failed)
        })
    }

    /// Deletes a board; false when there is none. All of it is kept.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn delete(&self, board: &BoardId) -> Result<bool, StoreError> {
        let there = matches!(self.fate_of(board)?, Some(None));
        if there {
            self.decide(Fate::Delete(board.clone()))?;
        }
        Ok(there)
    }

    /// Takes back that a board was deleted; false when it is not, or already being removed.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn restore(&self, board: &BoardId) -> Result<bool, StoreError> {
        let deleted = matches!(self.fate_of(board)?, Some(Some(_)));
        if deleted {
            self.decide(Fate::Restore(board.clone()))?;
        }
        Ok(deleted && matches!(self.fate_of(board)?, Some(None)))
    }

    /// Removes for good what was deleted before `before` (ms since 1970); the names that are free now.
    ///
    /// # Errors
    /// When the store fails; the rest goes the next time.
    pub fn remove_deleted(&self, before: i64) -> Result<Vec<BoardId>, StoreError> {
        for board in self.deleted_before(before)? {
            self.decide(Fate::Doom { board, before })?;
        }
        let doomed = self.deleted_before(1)?;
        for board in &doomed {
            while self.fate_of(board)?.is_some() {
                self.decide(Fate::Remove(board.clone()))?;
            }
        }
        Ok(doomed)
    }

    fn deleted_before(&self, before: i64) -> Result<Vec<BoardId>, StoreError> {
        self.read(|connection| {
            let read = || -> rusqlite::Result<Vec<BoardId>> {
                let sql = "SELECT name FROM boards WHERE deleted < ?1";
                let mut query = connection.prepare_cached(sql)?;
                let rows = query.query_map([before], |row| row.get::<_, String>(0))?;
                let names = rows.map(|name| Ok(BoardId::parse(&name?).ok()));
                names.filter_map(Result::transpose).collect()
            };
            read().map_err(failed)
        })
    }

    /// When a board was deleted, if it was; `None` when there is none.
    fn fate_of(&self, board: &BoardId) -> Result<Option<Option<i64>>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT deleted FROM boards WHERE name = ?1";
            let mut query = connection.prepare_cached(sql).map_err(failed)?;
            let found = query.query_row([board.as_str()], |row| row.get(0));
            found.optional().map_err(failed)
        })
    }

    fn decide(&self, fate: Fate) -> Result<(), StoreError> {
        self.wait_for(|done| Job::Board { fate, done })
    }
}

/// What the writer does with a board.
#[derive(Debug)]
pub(super) enum Fate {
    /// It is deleted from now on.
    Delete(BoardId),
    /// It is not.
    Restore(BoardId),
    /// It cannot be restored any more, if it still is deleted since before a time.
    Doom { board: BoardId, before: i64 },
    /// A part of it goes; with the last, its name.
    Remove(BoardId),
}

impl Fate {
    /// Whose.
    pub(super) fn board(&self) -> &BoardId {
        match self {
            Self::Delete(board)
            | Self::Restore(board)
            | Self::Doom { board, .. }
            | Self::Remove(board) => board,
        }
    }

    /// Does it.
    pub(super) fn run(&self, connection: &Connection) -> rusqlite::Result<()> {
        let name = self.board().as_str();
        match self {
            Self::Delete(_) => {
                let sql = "UPDATE boards SET deleted = ?2 WHERE name = ?1 AND deleted IS NULL";
                connection.execute(sql, params![name, now()]).map(drop)
            }
            Self::Restore(_) => {
                let sql = "UPDATE boards SET deleted = NULL WHERE name = ?1 AND deleted > 0";
                connection.execute(sql, [name]).map(drop)
            }
            Self::Doom { before, .. } => {
                let sql = "UPDATE boards SET deleted = 0 WHERE name = ?1 AND deleted < ?2";
                connection.execute(sql, params![name, before]).map(drop)
            }
            Self::Remove(_) => remove(connection, name),
        }
    }
}

/// Removes the next part of a doomed board.
fn remove(connection: &Connection, name: &str) -> rusqlite::Result<()> {
    let sql = "SELECT id FROM boards WHERE name = ?1 AND deleted = 0";
    let key: Option<i64> = connection
        .query_row(sql, [name], |row| row.get(0))
        .optional()?;
    let Some(key) = key else {
        return Ok(());
    };
    let of_files = "file_pieces WHERE file IN (SELECT id FROM files WHERE board = ?1)";
    for (of, most) in [
        ("log WHERE board = ?1", AT_ONCE),
        ("snapshots WHERE board = ?1", PIECES_AT_ONCE),
        ("pieces WHERE board = ?1", PIECES_AT_ONCE),
        (of_files, PIECES_AT_ONCE),
        ("files WHERE board = ?1", AT_ONCE),
    ] {
        let table = of.split(' ').next().unwrap_or_default();
        let sql = format!("DELETE FROM {table} WHERE id IN (SELECT id FROM {of} LIMIT {most})");
        if connection.prepare_cached(&sql)?.execute([key])? > 0 {
            return Ok(());
        }
    }
    let sql = "DELETE FROM boards WHERE id = ?1";
    connection.execute(sql, [key]).map(drop)
}
