//! The steps by which files come and go, as the writer does them.
//!
//! Owns what each writes. Every one is small, and in a commit of its own.

use board::file::FileHash;
use board::id::BoardId;
use board::picture::Picture;
use bytes::Bytes;
use rusqlite::{Connection, params};

use super::collect;
use crate::store::StoreError;
use crate::store::sqlite::schema::failed;
use crate::store::sqlite::writer::now;

/// A step.
pub(in crate::store::sqlite) enum Work {
    /// A piece of a file that is coming in.
    Piece {
        file: i64,
        at: i64,
        sum: u32,
        data: Bytes,
    },
    /// The last step of one: its row. Where there is one already, that stays, unless it is damaged.
    Publish {
        file: i64,
        board: BoardId,
        hash: FileHash,
        bytes: u64,
        picture: Picture,
        mends: bool,
    },
    /// It was brought again.
    Touch { file: i64 },
    /// A stored update names it.
    Name { file: i64 },
    /// No row up to `after` names it, and it was last brought before `before`: unless a newer row
    /// does, it goes.
    Collect {
        file: i64,
        board: i64,
        hash: FileHash,
        after: u64,
        before: i64,
    },
    /// A piece that belongs to no file.
    Clear { file: i64, at: i64 },
}

impl Work {
    /// Does it.
    pub(in crate::store::sqlite) fn run(
        &self,
        connection: &Connection,
        mut key_of: impl FnMut(&BoardId) -> Result<i64, StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Publish { board, .. } => {
                let key = key_of(board)?;
                self.publish(connection, key).map_err(failed)
            }
            Self::Collect {
                file,
                board,
                hash,
                after,
                before,
            } => {
                let rows = collect::Rows::after(connection, *board, *after);
                let named = rows.and_then(|rows| rows.name(&[*hash]));
                match named.map_err(failed)?.contains(hash) {
                    true => name(connection, *file),
                    false => connection
                        .execute(
                            "DELETE FROM files WHERE id = ?1 AND named = 0 AND time < ?2",
                            [file, before],
                        )
                        .map(drop),
                }
                .map_err(failed)
            }
            Self::Piece { .. } | Self::Touch { .. } | Self::Name { .. } | Self::Clear { .. } => {
                self.brief(connection).map_err(failed)
            }
        }
    }

    fn brief(&self, connection: &Connection) -> rusqlite::Result<()> {
        match self {
            Self::Piece {
                file,
                at,
                sum,
                data,
            } => {
                let sql = "INSERT INTO file_pieces (file, at, sum, data) VALUES (?1, ?2, ?3, ?4)";
                let mut insert = connection.prepare_cached(sql)?;
                insert.execute(params![file, at, sum, &data[..]]).map(drop)
            }
            Self::Touch { file } => {
                let sql = "UPDATE files SET time = ?2 WHERE id = ?1";
                connection.execute(sql, [*file, now()]).map(drop)
            }
            Self::Name { file } => name(connection, *file),
            Self::Clear { file, at } => {
                let sql = "DELETE FROM file_pieces WHERE file = ?1 AND at = ?2
                           AND NOT EXISTS (SELECT 1 FROM files WHERE id = ?1)";
                connection.execute(sql, [file, at]).map(drop)
            }
            Self::Publish { .. } | Self::Collect { .. } => Ok(()),
        }
    }

    fn publish(&self, connection: &Connection, key: i64) -> rusqlite::Result<()> {
        let Self::Publish {
            file,
            hash,
            bytes,
            picture,
            mends,
            ..
        } = self
        else {
            return Ok(());
        };
        let hash = hash.as_bytes();
        let sql = "SELECT coalesce(max(named), 0) FROM files WHERE board = ?1 AND hash = ?2";
        let named: i64 = connection.query_row(sql, params![key, hash], |row| row.get(0))?;
        if *mends {
            let sql = "DELETE FROM files WHERE board = ?1 AND hash = ?2";
            connection.execute(sql, params![key, hash])?;
        }
        connection.execute(
            "INSERT INTO files (id, board, hash, time, named, type, bytes, width, height)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (board, hash) DO UPDATE SET time = excluded.time",
            params![
                file,
                key,
                hash,
                now(),
                named,
                picture.media.name(),
                bytes.cast_signed(),
                picture.width,
                picture.height
            ],
        )?;
        Ok(())
    }
}

fn name(connection: &Connection, file: i64) -> rusqlite::Result<()> {
    let sql = "UPDATE files SET named = 1 WHERE id = ?1";
    connection.execute(sql, [file]).map(drop)
}
