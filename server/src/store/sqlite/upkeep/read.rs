//! One board with its files, past a server that may be running on the directory.
//!
//! Owns that what is not as it was written is not given out, and that it is told.

use std::path::Path;

use board::file::FileHash;
use board::id::BoardId;
use board::picture::Picture;
use board::replica::Replica;
use rusqlite::Connection;

use super::super::files;
use super::super::load::load;
use super::super::schema::{failed, is_damage};
use super::open_as_newest;
use crate::store::{StoreError, snapshots};

/// A board as it is in the store.
#[derive(Debug)]
pub struct Kept {
    /// All of it.
    pub replica: Replica,
    /// Its files, with what each shows.
    pub files: Vec<(FileHash, Picture, Vec<u8>)>,
    /// What could not be read and is not among it, a sentence each.
    pub lost: Vec<String>,
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
    let mut kept = Kept {
        replica: opened.restored.replica,
        files: Vec::new(),
        lost: Vec::new(),
    };
    let rows = opened.damage.iter().filter(|damage| !damage.snapshot);
    match rows.count() {
        0 => {}
        1 => kept.lose("one change of the board is damaged and left out"),
        more => kept.lose(&format!(
            "{more} changes of the board are damaged and left out"
        )),
    }
    match kept.read_files(&connection, board) {
        Err(error) if is_damage(&error) => {
            kept.lose("the list of the board's files is damaged: some may be left out");
        }
        done => done.map_err(failed)?,
    }
    Ok(Some(kept))
}

impl Kept {
    fn lose(&mut self, what: &str) {
        self.lost.push(what.to_owned());
    }

    fn read_files(&mut self, connection: &Connection, board: &BoardId) -> rusqlite::Result<()> {
        let sql = "SELECT hash FROM files
                   WHERE board = (SELECT id FROM boards WHERE name = ?1) AND length(hash) = 32
                   ORDER BY hash";
        let mut query = connection.prepare(sql)?;
        let hashes =
            query.query_map([board.as_str()], |row| row.get(0).map(FileHash::from_bytes))?;
        for hash in hashes {
            let hash = hash?;
            match files::whole(connection, board, &hash) {
                Ok(Some((picture, bytes))) => self.files.push((hash, picture, bytes)),
                Ok(None) => self.lose(&format!("the file {hash} is damaged and left out")),
                Err(error) if is_damage(&error) => {
                    self.lose(&format!("the file {hash} is damaged and left out"));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
