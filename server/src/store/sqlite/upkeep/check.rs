//! Looks whether all that is stored is as it was written, and whether boards can be put together.
//!
//! Owns what is looked at and the sentences. What cannot be read is told and passed over: one
//! damaged page must not hide the state of all other boards.

use std::collections::BTreeSet;
use std::path::Path;

use board::file::FileHash;
use board::id::BoardId;
use rusqlite::Connection;

use super::super::load::load;
use super::super::pieces::Place;
use super::super::rows::{self, COLUMNS};
use super::super::schema::failed;
use super::super::{files, pieces};
use super::open_as_newest;
use crate::store::{StoreError, snapshots};

/// What [`check`] found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Boards that there are.
    pub boards: usize,
    /// Rows of their logs.
    pub rows: usize,
    /// Snapshots of them.
    pub snapshots: usize,
    /// Files that people put there.
    pub files: usize,
    /// What is wrong, a sentence each.
    pub wrong: Vec<String>,
}

/// Looks whether every row, snapshot and file in `directory` is as it was written, and whether every
/// board can be loaded from them. O(everything stored).
///
/// # Errors
/// When there is no file, or it is none of ours.
pub fn check(directory: &Path) -> Result<Findings, StoreError> {
    let connection = open_as_newest(directory)?;
    let mut findings = Findings::default();
    check_pages(&connection, &mut findings);
    check_actors(&connection, &mut findings);
    for (key, name) in boards(&connection, &mut findings) {
        findings.boards += 1;
        match BoardId::parse(&name) {
            Ok(board) => {
                let mut look = Look {
                    connection: &connection,
                    key,
                    board: &board,
                    findings: &mut findings,
                };
                look.rows();
                look.snapshots();
                look.files();
                look.whole();
            }
            Err(error) => findings.wrong.push(format!("board {name}: {error}")),
        }
    }
    Ok(findings)
}

fn check_pages(connection: &Connection, findings: &mut Findings) {
    let look = || -> rusqlite::Result<Vec<String>> {
        let mut query = connection.prepare("PRAGMA integrity_check")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        rows.collect()
    };
    match look() {
        Ok(pages) => {
            let bad = pages.into_iter().filter(|page| page != "ok");
            let sentences = bad.map(|page| format!("the database: {page}"));
            findings.wrong.extend(sentences);
        }
        Err(error) => findings.cannot(&"the database", &"its pages cannot be checked", error),
    }
}

/// Whether everybody is known whom rows name.
fn check_actors(connection: &Connection, findings: &mut Findings) {
    let sql = "SELECT count(DISTINCT actor) FROM log
               WHERE actor != 0 AND actor NOT IN (SELECT id FROM actors)";
    match connection.query_row(sql, [], |row| row.get::<_, i64>(0)) {
        Ok(0) => {}
        Ok(1) => {
            let text = "the database: 1 actor of rows is not in the table of actors";
            findings.wrong.push(text.to_owned());
        }
        Ok(many) => {
            let text =
                format!("the database: {many} actors of rows are not in the table of actors");
            findings.wrong.push(text);
        }
        Err(error) => findings.cannot(&"the database", &"its actors cannot be checked", error),
    }
}

/// All boards that can be read, from the index of names and from the table: either may be damaged.
fn boards(connection: &Connection, findings: &mut Findings) -> BTreeSet<(i64, String)> {
    let mut boards = BTreeSet::new();
    for order in ["ORDER BY name", "NOT INDEXED ORDER BY id"] {
        let mut read = || -> rusqlite::Result<()> {
            let sql = format!("SELECT id, name FROM boards {order}");
            let mut query = connection.prepare(&sql)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                boards.insert((row.get(0)?, row.get(1)?));
            }
            Ok(())
        };
        if let Err(error) = read() {
            findings.cannot(&"the database", &"the list of boards cannot be read", error);
        }
    }
    boards
}

impl Findings {
    fn cannot(
        &mut self,
        of: &dyn std::fmt::Display,
        what: &dyn std::fmt::Display,
        error: rusqlite::Error,
    ) {
        let why = failed(error);
        self.wrong.push(format!("{of}: {what}: {}", why.reason()));
    }
}

/// One board under the eye.
struct Look<'a> {
    connection: &'a Connection,
    key: i64,
    board: &'a BoardId,
    findings: &'a mut Findings,
}

impl Look<'_> {
    fn say(&mut self, what: &str) {
        let text = format!("board {}: {what}", self.board);
        self.findings.wrong.push(text);
    }

    fn cannot(&mut self, what: &str, error: rusqlite::Error) {
        let of = format!("board {}", self.board);
        self.findings.cannot(&of, &what, error);
    }

    /// Says something about places in the log, neighbours together.
    fn say_of(&mut self, seqs: &[u64], one: &str, many: &str) {
        for run in seqs.chunk_by(|a, b| a.checked_add(1) == Some(*b)) {
            match run {
                [seq] => self.say(&format!("row {seq} {one}")),
                [first, .., last] => self.say(&format!("rows {first} to {last} {many}")),
                [] => {}
            }
        }
    }

    /// Every number that the index names, as far as that can be read.
    fn numbers(&mut self, what: &str, sql: &str) -> Vec<u64> {
        let mut numbers = Vec::new();
        let mut read = || -> rusqlite::Result<()> {
            let mut query = self.connection.prepare_cached(sql)?;
            let mut rows = query.query([self.key])?;
            while let Some(row) = rows.next()? {
                numbers.push(row.get::<_, i64>(0)?.cast_unsigned());
            }
            Ok(())
        };
        if let Err(error) = read() {
            self.cannot(what, error);
        }
        numbers
    }

    fn rows(&mut self) {
        let seqs = self.numbers(
            "the list of its rows cannot be read to the end",
            "SELECT seq FROM log WHERE board = ?1 ORDER BY seq",
        );
        self.findings.rows += seqs.len();
        self.gaps(&seqs);
        let (mut changed, mut unreadable) = (Vec::new(), Vec::new());
        for seq in seqs {
            match self.is_sound(seq) {
                Ok(true) => {}
                Ok(false) => changed.push(seq),
                Err(_) => unreadable.push(seq),
            }
        }
        self.say_of(
            &changed,
            "is not as it was written",
            "are not as they were written",
        );
        self.say_of(&unreadable, "cannot be read", "cannot be read");
    }

    /// A log counts from 1 and leaves nothing out.
    fn gaps(&mut self, seqs: &[u64]) {
        let mut next = 1_u64;
        for &seq in seqs {
            match seq.checked_sub(next) {
                Some(0) | None => {}
                Some(1) => self.say(&format!("row {next} is missing")),
                Some(_) => self.say(&format!("rows {next} to {} are missing", seq - 1)),
            }
            next = seq.saturating_add(1);
        }
    }

    fn snapshots(&mut self) {
        let ends = self.numbers(
            "the list of its snapshots cannot be read to the end",
            "SELECT up_to FROM snapshots WHERE board = ?1 ORDER BY up_to",
        );
        self.findings.snapshots += ends.len();
        for end in ends {
            match self.is_whole(end) {
                Ok(true) => {}
                Ok(false) => self.say(&format!("snapshot {end} is not as it was written")),
                Err(error) => self.cannot(&format!("snapshot {end} cannot be read"), error),
            }
        }
    }

    fn files(&mut self) {
        let mut hashes = Vec::new();
        let mut read = || -> rusqlite::Result<()> {
            let sql = "SELECT hash FROM files WHERE board = ?1 ORDER BY hash";
            let mut query = self.connection.prepare_cached(sql)?;
            let mut rows = query.query([self.key])?;
            while let Some(row) = rows.next()? {
                let hash = row
                    .get_ref(0)?
                    .as_blob()
                    .ok()
                    .and_then(|b| b.try_into().ok());
                hashes.push(hash.map(FileHash::from_bytes));
            }
            Ok(())
        };
        if let Err(error) = read() {
            self.cannot("the list of its files cannot be read to the end", error);
        }
        self.findings.files += hashes.len();
        for hash in hashes {
            let Some(hash) = hash else {
                self.say("a file's name is not as it was written");
                continue;
            };
            match files::is_whole(self.connection, self.board, &hash) {
                Ok(true) => {}
                Ok(false) => self.say(&format!("file {hash} is not as it was written")),
                Err(error) => self.cannot(&format!("file {hash} cannot be read"), error),
            }
        }
    }

    /// Whether a snapshot has its checksum.
    fn is_whole(&self, up_to: u64) -> rusqlite::Result<bool> {
        let mut query = self.connection.prepare_cached(
            "SELECT up_to, state, sum, lacks FROM snapshots WHERE board = ?1 AND up_to = ?2",
        )?;
        let place = Place {
            board: self.board,
            key: self.key,
        };
        let snapshot = query.query_row((self.key, up_to.cast_signed()), |row| {
            pieces::read(self.connection, &place, row)
        })?;
        Ok(snapshot.is_some())
    }

    /// Whether a row has its checksum.
    fn is_sound(&self, seq: u64) -> rusqlite::Result<bool> {
        let sql = format!("SELECT {COLUMNS} FROM log WHERE board = ?1 AND seq = ?2");
        let mut query = self.connection.prepare_cached(&sql)?;
        let place = (self.key, seq.cast_signed());
        let (_, sound) = query.query_row(place, |row| rows::read(row, self.board))?;
        Ok(sound.is_some())
    }

    /// Puts the board together as the server would.
    fn whole(&mut self) {
        let (connection, board) = (self.connection, self.board);
        let opened = snapshots::open_with(board, |below| load(connection, board, below));
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => return self.say(&format!("it cannot be loaded: {}", error.reason())),
        };
        for end in opened.unloadable {
            self.say(&format!("snapshot {end} cannot be loaded"));
        }
        match opened.restored.failed.len() {
            0 => {}
            1 => self.say("1 row is no update that can be loaded"),
            many => self.say(&format!("{many} rows are no updates that can be loaded")),
        }
        match opened.restored.held.len() {
            0 => {}
            1 => self.say("1 row builds on what is missing"),
            many => self.say(&format!("{many} rows build on what is missing")),
        }
    }
}
