//! What an operator does with the file beside serving it: copy it while it is in use, look it over.
//!
//! Owns both. Changes nothing in the data directory; a server may be running on it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use board::id::BoardId;
use rusqlite::Connection;

use super::schema::{self, checksum, failed};
use super::{FILE, load, sound};
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
    /// What is wrong, a sentence each.
    pub wrong: Vec<String>,
}

/// Writes a consistent copy of everything that is durable in `directory` to a new file.
///
/// # Errors
/// When there is nothing to copy, the file exists, or it cannot be written; nothing is left of it.
pub fn backup(directory: &Path, file: &Path) -> Result<(), StoreError> {
    let connection = open(directory)?;
    let refuse = |why: &dyn std::fmt::Display| {
        StoreError::Unusable(format!("cannot write the backup {}: {why}", file.display()))
    };
    if file.exists() {
        return Err(refuse(&"it exists already; name a new file"));
    }
    // Under another name until it is whole and on disk: a file with the name that was asked for
    // is a backup.
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let written = match fs::remove_file(&partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refuse(&error)),
        _ => connection
            .execute("VACUUM INTO ?1", [partial.to_string_lossy()])
            .map_err(|error| refuse(&error))
            .and_then(|_| put_in_place(&partial, file).map_err(|error| refuse(&error))),
    };
    if written.is_err() {
        // The first error is the one to tell.
        drop(fs::remove_file(&partial));
    }
    written
}

fn put_in_place(partial: &Path, file: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    fs::rename(partial, file)?;
    let directory = file.parent().filter(|parent| *parent != Path::new(""));
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

/// Looks whether every row and snapshot in `directory` is as it was written, and whether every
/// board can be loaded from them. O(everything stored).
///
/// # Errors
/// When the file cannot be read at all.
pub fn check(directory: &Path) -> Result<Findings, StoreError> {
    let connection = open(directory)?;
    let mut findings = Findings::default();
    let mut pages = connection
        .prepare("PRAGMA integrity_check")
        .map_err(failed)?;
    let pages = pages
        .query_map([], |row| row.get::<_, String>(0))
        .map_err(failed)?;
    for page in pages {
        let page = page.map_err(failed)?;
        if page != "ok" {
            findings.wrong.push(format!("the database: {page}"));
        }
    }
    for (key, name) in boards(&connection)? {
        findings.boards += 1;
        match BoardId::parse(&name) {
            Ok(board) => check_board(&connection, key, &board, &mut findings)?,
            Err(error) => findings.wrong.push(format!("board {name}: {error}")),
        }
    }
    Ok(findings)
}

fn open(directory: &Path) -> Result<Connection, StoreError> {
    let path = directory.join(FILE);
    if !path.exists() {
        let text = format!("there are no boards in {}", directory.display());
        return Err(StoreError::Unusable(text));
    }
    schema::open_reader(&path)
}

fn boards(connection: &Connection) -> Result<Vec<(i64, String)>, StoreError> {
    let mut query = connection
        .prepare("SELECT id, name FROM boards ORDER BY name")
        .map_err(failed)?;
    let rows = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<_>>().map_err(failed)
}

fn check_board(
    connection: &Connection,
    key: i64,
    board: &BoardId,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let rows = "SELECT seq, author, data, sum, x'' FROM log WHERE board = ?1 ORDER BY seq";
    let states =
        "SELECT up_to, 0, state, sum, lacks FROM snapshots WHERE board = ?1 ORDER BY up_to";
    let before = findings.wrong.len();
    findings.rows += check_sums(connection, rows, key, board, "row", findings)?;
    findings.snapshots += check_sums(connection, states, key, board, "snapshot", findings)?;
    if findings.wrong.len() > before {
        return Ok(());
    }
    let restored = snapshots::backup(load(connection, board, u64::MAX)?).restore();
    let lacking = match restored {
        None => "its snapshot cannot be loaded",
        Some(restored) if restored.failed > 0 => "some of its rows are no updates",
        Some(restored) if !restored.held.is_empty() => "some of its rows build on missing ones",
        Some(_) => return Ok(()),
    };
    findings.wrong.push(format!("board {board}: {lacking}"));
    Ok(())
}

/// Compares checksums; answers how many there were.
fn check_sums(
    connection: &Connection,
    query: &str,
    key: i64,
    board: &BoardId,
    what: &str,
    findings: &mut Findings,
) -> Result<usize, StoreError> {
    let mut query = connection.prepare(query).map_err(failed)?;
    let mut rows = query.query([key]).map_err(failed)?;
    let mut count = 0;
    while let Some(row) = rows.next().map_err(failed)? {
        count += 1;
        let seq = row.get::<_, i64>(0).map_err(failed)?.cast_unsigned();
        let author = row.get::<_, i64>(1).map_err(failed)?.cast_unsigned();
        let lacks = row.get_ref(4).map_err(failed)?;
        let lacks = lacks.as_blob().unwrap_or_default();
        let data = sound(row, 2, 3, |data| {
            schema::with_lacks(checksum(board, seq, author, data), lacks)
        });
        if data.map_err(failed)?.is_none() {
            let text = format!("board {board}: {what} {seq} is not as it was written");
            findings.wrong.push(text);
        }
    }
    Ok(count)
}
