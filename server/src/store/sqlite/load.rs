//! Reads one board: its newest good snapshot and the rows beside it.
//!
//! Owns how damage is read around: one page that no longer is what SQLite
//! wrote must not take a board away. A disk that does not answer is no damage but an error.

use std::collections::BTreeMap;

use board::id::BoardId;
use rusqlite::{Connection, Error, OptionalExtension, ffi, params};

use super::pieces::{self, Place};
use super::rows::{self, COLUMNS};
use super::schema::{failed, is_damage};
use crate::store::{Damage, Loaded, Snapshot, StoreError};

/// Most neighbouring rows that may be lost: beyond that the list of rows itself is not believed.
const MOST_LOST: u64 = 100_000;

/// The ways through a list of places, to be tried until one gets to the end: the index from both
/// ends, then the table, which may have what the index has lost.
const WAYS: [&str; 4] = [
    "WHERE board = ?1 ORDER BY place",
    "WHERE board = ?1 ORDER BY place DESC",
    "NOT INDEXED WHERE board = ?1 ORDER BY id",
    "NOT INDEXED WHERE board = ?1 ORDER BY id DESC",
];

/// Reads a board as if there were only snapshots that end before row `below`.
pub(super) fn load(
    connection: &Connection,
    board: &BoardId,
    below: u64,
) -> Result<Loaded, StoreError> {
    // One read transaction: a snapshot and the rows after it belong together.
    let transaction = connection.unchecked_transaction().map_err(failed)?;
    let key: Option<i64> = transaction
        .query_row(
            "SELECT id FROM boards WHERE name = ?1",
            [board.as_str()],
            |row| row.get(0),
        )
        .optional()
        .map_err(failed)?;
    let Some(key) = key else {
        return Ok(Loaded::default());
    };
    let mut reading = Reading {
        connection: &transaction,
        place: Place { board, key },
        loaded: Loaded::default(),
        torn: None,
    };
    let done = reading
        .snapshot(below)
        .and_then(|()| reading.lacking())
        .and_then(|()| reading.rows());
    done.map_err(failed)?;
    reading.end()
}

/// Numbers of a board's rows or snapshots, and where in the table they are.
#[derive(Default)]
struct List {
    places: BTreeMap<u64, i64>,
    /// Whether the last of them is among them.
    has_end: bool,
}

struct Reading<'a> {
    connection: &'a Connection,
    place: Place<'a>,
    loaded: Loaded,
    /// The first damage of a page that was met.
    torn: Option<Error>,
}

impl Reading<'_> {
    /// What was read, or nothing when that is damaged.
    fn unless_torn<T>(&mut self, read: rusqlite::Result<T>) -> rusqlite::Result<Option<T>> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(error) if is_damage(&error) => {
                self.torn.get_or_insert(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// The newest snapshot that is as it was written. One of which not even the number can be read
    /// is passed over: the rows make up for it.
    fn snapshot(&mut self, below: u64) -> rusqlite::Result<()> {
        let list = self.list("SELECT up_to AS place, id FROM snapshots")?;
        for (up_to, id) in list.places.into_iter().rev() {
            if up_to >= below {
                continue;
            }
            self.loaded.last = self.loaded.last.max(up_to);
            let read = self.snapshot_at(up_to, id);
            self.loaded.snapshot = self.unless_torn(read)?.flatten();
            if self.loaded.snapshot.is_some() {
                break;
            }
            self.loaded.damage.push(Damage {
                seq: up_to,
                snapshot: true,
            });
        }
        Ok(())
    }

    fn snapshot_at(&self, up_to: u64, id: i64) -> rusqlite::Result<Option<Snapshot>> {
        let mut query = self.connection.prepare_cached(
            "SELECT up_to, state, sum, lacks FROM snapshots WHERE id = ?1 AND board = ?2 AND up_to = ?3",
        )?;
        let mut rows = query.query(params![id, self.place.key, up_to.cast_signed()])?;
        match rows.next()? {
            Some(row) => pieces::read(self.connection, &self.place, row),
            None => Ok(None),
        }
    }

    /// The rows that the snapshot names as lacking.
    fn lacking(&mut self) -> rusqlite::Result<()> {
        let lacks = self.loaded.snapshot.as_ref().map(|s| s.lacks.clone());
        for seq in lacks.unwrap_or_default() {
            self.row(seq, None)?;
        }
        Ok(())
    }

    /// The rows behind the snapshot: in one go, and from the first damaged page on one by one.
    fn rows(&mut self) -> rusqlite::Result<()> {
        let mut after = self.loaded.snapshot.as_ref().map_or(0, |s| s.up_to);
        let in_one_go = self.rows_in_one_go(&mut after);
        if self.unless_torn(in_one_go)?.is_some() {
            return Ok(());
        }
        let list = self.list("SELECT seq AS place, id FROM log")?;
        let mut next = after.saturating_add(1);
        for (&seq, &id) in list.places.range(next..) {
            self.lost(next, seq)?;
            self.row(seq, Some(id))?;
            next = seq.saturating_add(1);
        }
        match self.torn.take() {
            // Rows that are not known of cannot be told of, nor can others be put behind them.
            Some(error) if !list.has_end => Err(error),
            torn => {
                self.torn = torn;
                Ok(())
            }
        }
    }

    /// Reads rows after `after`, and keeps there how far that got.
    fn rows_in_one_go(&mut self, after: &mut u64) -> rusqlite::Result<()> {
        let sql = format!("SELECT {COLUMNS} FROM log WHERE board = ?1 AND seq > ?2 ORDER BY seq");
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query(params![self.place.key, after.cast_signed()])?;
        while let Some(row) = rows.next()? {
            *after = take_row(row, self.place.board, &mut self.loaded)?;
        }
        Ok(())
    }

    /// One row; with its place in the table even when the index is damaged.
    fn row(&mut self, seq: u64, id: Option<i64>) -> rusqlite::Result<()> {
        let which = id.map_or("", |_| " AND id = ?3");
        let sql = format!("SELECT {COLUMNS} FROM log WHERE board = ?1 AND seq = ?2{which}");
        let mut query = self.connection.prepare_cached(&sql)?;
        let (key, signed) = (self.place.key, seq.cast_signed());
        let mut rows = match id {
            Some(id) => query.query(params![key, signed, id])?,
            None => query.query(params![key, signed])?,
        };
        let taken = match rows.next() {
            Ok(Some(row)) => take_row(row, self.place.board, &mut self.loaded).map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        if self.unless_torn(taken)?.flatten().is_none() {
            self.lost(seq, seq.saturating_add(1))?;
        }
        Ok(())
    }

    /// Rows that are not to be had, from one to before the other.
    fn lost(&mut self, from: u64, to: u64) -> rusqlite::Result<()> {
        if to.saturating_sub(from) > MOST_LOST {
            let corrupt = || Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), None);
            return Err(self.torn.take().unwrap_or_else(corrupt));
        }
        let snapshot = false;
        let rows = (from..to).map(|seq| Damage { seq, snapshot });
        self.loaded.damage.extend(rows);
        self.loaded.last = self.loaded.last.max(to.saturating_sub(1));
        Ok(())
    }

    /// All that `select` gives for the board, as far as any way through gets.
    fn list(&mut self, select: &str) -> rusqlite::Result<List> {
        let mut list = List::default();
        for (at, way) in WAYS.into_iter().enumerate() {
            let mut seen = 0_usize;
            let read = self.go(&format!("{select} {way}"), &mut list.places, &mut seen);
            let whole = self.unless_torn(read)?.is_some();
            // The second way begins there.
            list.has_end |= whole || (at == 1 && seen > 0);
            if whole {
                break;
            }
        }
        Ok(list)
    }

    fn go(
        &self,
        sql: &str,
        places: &mut BTreeMap<u64, i64>,
        seen: &mut usize,
    ) -> rusqlite::Result<()> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query([self.place.key])?;
        while let Some(row) = rows.next()? {
            places.insert(row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?);
            *seen += 1;
        }
        Ok(())
    }

    /// All that could be read. A board of which that is nothing is not empty but damaged.
    fn end(self) -> Result<Loaded, StoreError> {
        let Some(error) = self.torn else {
            return Ok(self.loaded);
        };
        tracing::error!(board = %self.place.board, %error, "pages of the database are damaged");
        if self.loaded.snapshot.is_none() && self.loaded.rows.is_empty() {
            return Err(failed(error));
        }
        Ok(self.loaded)
    }
}

/// Takes in a row; answers its number.
fn take_row(
    row: &rusqlite::Row<'_>,
    board: &BoardId,
    loaded: &mut Loaded,
) -> rusqlite::Result<u64> {
    let (seq, sound) = rows::read(row, board)?;
    loaded.last = loaded.last.max(seq);
    match sound {
        Some(row) => loaded.rows.push(row),
        None => loaded.damage.push(Damage {
            seq,
            snapshot: false,
        }),
    }
    Ok(seq)
}
