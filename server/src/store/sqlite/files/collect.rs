//! Which files nobody names, and how they go.
//!
//! Owns what naming is: an update of the board's log has the hash in it as text, as keys of `files` and
//! values of links are written. The log is the board's history, so a file that was ever named stays. When
//! part of the log cannot be read, all stay.

use std::collections::BTreeSet;

use board::file::FileHash;
use board::id::BoardId;
use rusqlite::{Connection, Statement, params};

use super::{Files, Work, lock};
use crate::store::StoreError;
use crate::store::sqlite::rows::{self, COLUMNS};
use crate::store::sqlite::schema::{failed, is_damage};

/// Rows that are read at a time: a reader that stays for long keeps the log from being moved.
const ROWS: usize = 256;

/// What became of the files that were looked at.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Collected {
    /// They are named, and never looked at again.
    pub named: usize,
    /// They are gone.
    pub gone: usize,
    /// Their bytes, and what interrupted uploads have left, were cleared away.
    pub swept: usize,
}

/// A file that nobody is known to name.
struct Unnamed {
    file: i64,
    board: i64,
    name: String,
    hash: FileHash,
}

impl Files {
    /// Removes files that were last brought before `before` (ms since 1970) and that no stored update
    /// names, and what interrupted uploads have left. Each file is looked for in the log once; costs
    /// the logs of the boards that have such files.
    ///
    /// # Errors
    /// When the store fails.
    pub fn collect(&self, before: i64) -> Result<Collected, StoreError> {
        let mut collected = Collected::default();
        let unnamed = self
            .store
            .read(|connection| unnamed(connection, before).map_err(failed))?;
        for of_board in unnamed.chunk_by(|a, b| a.board == b.board) {
            self.collect_of(of_board, before, &mut collected)?;
        }
        collected.swept = self.sweep()?;
        Ok(collected)
    }

    fn collect_of(
        &self,
        files: &[Unnamed],
        before: i64,
        collected: &mut Collected,
    ) -> Result<(), StoreError> {
        let hashes: Vec<_> = files.iter().map(|file| file.hash).collect();
        let Some((named, after)) = self.named(files, &hashes)? else {
            return Ok(());
        };
        for file in files {
            if named.contains(&file.hash) {
                self.work(Work::Name { file: file.file })?;
                collected.named += 1;
                continue;
            }
            let collect = Work::Collect {
                file: file.file,
                board: file.board,
                hash: file.hash,
                after,
                before,
            };
            // A row that came meanwhile and cannot be read: the file stays.
            match self.work(collect) {
                Err(StoreError::Damaged(_)) => {}
                done => {
                    done?;
                    collected.gone += 1;
                }
            }
        }
        Ok(())
    }

    /// Which of the files the board's log names, and how far that was read; `None` when part of it
    /// cannot be.
    fn named(
        &self,
        files: &[Unnamed],
        hashes: &[FileHash],
    ) -> Result<Option<(BTreeSet<FileHash>, u64)>, StoreError> {
        let Some(first) = files.first() else {
            return Ok(None);
        };
        let Ok(board) = BoardId::parse(&first.name) else {
            return Ok(None);
        };
        let (mut named, mut after) = (BTreeSet::new(), 0);
        loop {
            let read = self.store.read(|connection| {
                let rows = Rows::after(connection, first.board, after);
                let read = rows.and_then(|rows| rows.name_soundly(&board, after, hashes));
                match read {
                    Ok(read) => Ok(read),
                    Err(error) if is_damage(&error) => Ok(None),
                    Err(error) => Err(failed(error)),
                }
            })?;
            let Some((found, last)) = read else {
                tracing::warn!(%board, "its log cannot be read: its files stay");
                return Ok(None);
            };
            named.extend(found);
            if last == after {
                return Ok(Some((named, after)));
            }
            after = last;
        }
    }

    /// Clears away what interrupted uploads have left. How many that were.
    fn sweep(&self) -> Result<usize, StoreError> {
        // Before looking: what has a number from then on, or is under way, belongs to somebody.
        let (next, underway) = {
            let ledger = lock(&self.ledger);
            let underway: Vec<i64> = ledger.underway.keys().copied().collect();
            (ledger.next, underway)
        };
        let mut left = self.store.read(|connection| {
            let read = || -> rusqlite::Result<Vec<(i64, i64)>> {
                let sql = "SELECT file, at FROM file_pieces
                           WHERE file < ?1 AND file NOT IN (SELECT id FROM files)";
                let mut query = connection.prepare_cached(sql)?;
                let rows = query.query_map([next], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect()
            };
            read().map_err(failed)
        })?;
        left.retain(|(file, _)| !underway.contains(file));
        for &(file, at) in &left {
            self.work(Work::Clear { file, at })?;
        }
        Ok(left.chunk_by(|a, b| a.0 == b.0).count())
    }
}

fn unnamed(connection: &Connection, before: i64) -> rusqlite::Result<Vec<Unnamed>> {
    let sql = "SELECT files.id, board, name, hash FROM files JOIN boards ON boards.id = board
               WHERE named = 0 AND time < ?1 AND length(hash) = 32 ORDER BY board";
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map([before], |row| {
        Ok(Unnamed {
            file: row.get(0)?,
            board: row.get(1)?,
            name: row.get(2)?,
            hash: FileHash::from_bytes(row.get(3)?),
        })
    })?;
    rows.collect()
}

/// Rows of a board's log.
pub(super) struct Rows<'a> {
    query: Statement<'a>,
    board: i64,
    after: u64,
}

impl<'a> Rows<'a> {
    /// Those behind one of them.
    pub(super) fn after(
        connection: &'a Connection,
        board: i64,
        after: u64,
    ) -> rusqlite::Result<Self> {
        let sql = format!(
            "SELECT {COLUMNS} FROM log WHERE board = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"
        );
        Ok(Self {
            query: connection.prepare(&sql)?,
            board,
            after,
        })
    }

    /// Which of the hashes all of them name.
    pub(super) fn name(mut self, hashes: &[FileHash]) -> rusqlite::Result<BTreeSet<FileHash>> {
        let wanted = hashes.iter().map(FileHash::digits).collect();
        let mut named = BTreeSet::new();
        let values = params![self.board, self.after.cast_signed(), -1];
        let mut rows = self.query.query(values)?;
        while let Some(row) = rows.next()? {
            named.extend(hashes_in(row.get_ref("data")?.as_blob()?, &wanted));
        }
        Ok(named)
    }

    /// Which of the hashes the next [`ROWS`] of them name, and the last of those; `None` when one is
    /// missing or not as it was written.
    fn name_soundly(
        mut self,
        board: &BoardId,
        after: u64,
        hashes: &[FileHash],
    ) -> rusqlite::Result<Option<(BTreeSet<FileHash>, u64)>> {
        let wanted = hashes.iter().map(FileHash::digits).collect();
        let (mut named, mut last) = (BTreeSet::new(), after);
        let values = params![self.board, self.after.cast_signed(), ROWS as i64];
        let mut rows = self.query.query(values)?;
        while let Some(row) = rows.next()? {
            let (seq, sound) = rows::read(row, board)?;
            let Some(sound) = sound.filter(|_| seq == last.saturating_add(1)) else {
                return Ok(None);
            };
            named.extend(hashes_in(&sound.update, &wanted));
            last = seq;
        }
        Ok(Some((named, last)))
    }
}

/// Which of the wanted hashes stand in an update as text: in every run of 64 digits. O(bytes).
fn hashes_in<'a>(
    update: &'a [u8],
    wanted: &'a BTreeSet<[u8; 64]>,
) -> impl Iterator<Item = FileHash> + 'a {
    let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let runs = update.split(move |byte| !is_digit(byte));
    let windows = runs.flat_map(|run| run.array_windows::<64>());
    windows
        .filter(|window| wanted.contains(*window))
        .filter_map(|window| FileHash::parse(str::from_utf8(window).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_found_wherever_it_stands_in_an_update() {
        let [one, other] = [b"one", b"two"].map(|bytes| FileHash::of(bytes));
        let wanted: BTreeSet<_> = [one, other].iter().map(FileHash::digits).collect();
        let found = |bytes: &[u8]| hashes_in(bytes, &wanted).collect::<Vec<_>>();
        let text = one.to_string();
        assert_eq!(found(text.as_bytes()), [one]);
        assert_eq!(found(format!("\u{1}@{text}x").as_bytes()), [one]);
        // Neighbours may be digits too.
        assert_eq!(found(format!("ab{text}{other}12").as_bytes()), [one, other]);
        assert_eq!(found(&text.as_bytes()[1..]), []);
        assert_eq!(found(FileHash::of(b"3").to_string().as_bytes()), []);
        assert_eq!(found(b""), []);
    }
}
