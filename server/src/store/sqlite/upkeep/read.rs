//! One board with its files, past a server that may be running on the directory.
//!
//! Owns that what is not as it was written is not given out.

use std::path::Path;

use board::file::FileHash;
use board::id::BoardId;
use board::picture::Picture;
use rusqlite::Connection;

use super::super::files;
use super::super::load::load;
use super::super::schema::failed;
use super::open_as_newest;
use crate::store::{StoreError, snapshots};

/// A board as it is in the store.
#[derive(Debug)]
pub struct Kept {
    /// All of it, as one update.
    pub state: Vec<u8>,
    /// Its files, with what each shows.
    pub files: Vec<(FileHash, Picture, Vec<u8>)>,
}

/// Reads a board from `directory`; `None` when there is none. A deleted one is still there.
///
/// # Errors
/// When the directory is none of ours, or the board cannot be put together.
pub fn read(directory: &Path, board: &BoardId) -> Result<Option<Kept>, StoreError> {
    let connection = open_as_newest(directory)?;
    let opened = snapshots::open_with(board, |below| load(&connection, board, below))?;
    if opened.last == 0 {
        return Ok(None);
    }
    let files = read_files(&connection, board).map_err(failed)?;
    let state = opened.restored.replica.encode();
    Ok(Some(Kept { state, files }))
}

fn read_files(
    connection: &Connection,
    board: &BoardId,
) -> rusqlite::Result<Vec<(FileHash, Picture, Vec<u8>)>> {
    let sql = "SELECT hash FROM files
               WHERE board = (SELECT id FROM boards WHERE name = ?1) AND length(hash) = 32
               ORDER BY hash";
    let mut query = connection.prepare(sql)?;
    let hashes = query.query_map([board.as_str()], |row| row.get(0).map(FileHash::from_bytes))?;
    let mut all = Vec::new();
    for hash in hashes {
        let hash = hash?;
        if let Some((picture, bytes)) = files::whole(connection, board, &hash)? {
            all.push((hash, picture, bytes));
        }
    }
    Ok(all)
}
