//! Snapshots in pieces: a large one must not keep everybody's fences waiting for its one commit.
//!
//! Owns how a state is cut, written piece by piece between other people's commits, put together
//! again, and cleared away. Pieces mean nothing before the row in `snapshots` that ends them is there.

use board::id::BoardId;
use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, params};

use super::schema::{self, checksum, failed};
use super::writer::Job;
use super::{PIECE, PIECES_BETWEEN_CHECKPOINTS, Sqlite};
use crate::principal::ActorId;
use crate::store::{Snapshot, StoreError};

/// Snapshots are of everybody's rows.
const NOBODY: (u64, ActorId) = (0, ActorId::UNKNOWN);

/// A board and the number that stands for it.
pub(super) struct Place<'a> {
    pub(super) board: &'a BoardId,
    pub(super) key: i64,
}

/// Writes a snapshot and clears away what it makes superfluous. Blocks, but not the writer.
pub(super) fn publish(
    store: &Sqlite,
    board: &BoardId,
    snapshot: &Snapshot,
) -> Result<(), StoreError> {
    let lacks = schema::write_lacks(&snapshot.lacks);
    let up_to = snapshot.up_to;
    let sum = schema::with_lacks(checksum(board, up_to, NOBODY, &snapshot.state), &lacks);
    // What an earlier try has left must not be taken for a part of this one.
    clear(store, board, "up_to = ?2", up_to)?;
    let mut pieces: Vec<Bytes> = Vec::new();
    let mut rest = snapshot.state.clone();
    while rest.len() > PIECE {
        pieces.push(rest.split_to(PIECE));
    }
    for (at, data) in pieces.into_iter().enumerate() {
        store.wait_for(|done| Job::Piece {
            board: board.clone(),
            up_to,
            at,
            data,
            done,
        })?;
        if (at + 1).is_multiple_of(PIECES_BETWEEN_CHECKPOINTS) {
            store.checkpoint()?;
        }
    }
    store.wait_for(|done| Job::Publish {
        board: board.clone(),
        up_to,
        sum,
        lacks,
        rest,
        done,
    })?;
    // Those of the newest but one stay, and so does its row.
    let old = "up_to < ?2 AND up_to < (SELECT min(up_to) FROM snapshots WHERE board = ?1)";
    clear(store, board, old, up_to)
}

/// Removes pieces, one in a commit: each has many pages to be given back.
fn clear(store: &Sqlite, board: &BoardId, which: &str, up_to: u64) -> Result<(), StoreError> {
    let ids = store.read(|connection| {
        let read = || -> rusqlite::Result<Vec<i64>> {
            let name = [board.as_str()];
            let key = connection
                .prepare_cached("SELECT id FROM boards WHERE name = ?1")?
                .query_row(name, |row| row.get::<_, i64>(0))
                .optional()?;
            let sql = format!("SELECT id FROM pieces WHERE board = ?1 AND {which}");
            let mut query = connection.prepare_cached(&sql)?;
            let rows = query.query_map(params![key, up_to.cast_signed()], |row| row.get(0))?;
            rows.collect()
        };
        read().map_err(failed)
    })?;
    for id in ids {
        store.wait_for(|done| Job::Clear { id, done })?;
    }
    Ok(())
}

/// The snapshot of a row `up_to, state, sum, lacks`; `None` when it is not as it was written.
pub(super) fn read(
    connection: &Connection,
    place: &Place<'_>,
    row: &rusqlite::Row<'_>,
) -> rusqlite::Result<Option<Snapshot>> {
    let up_to = row.get::<_, i64>(0)?.cast_unsigned();
    let (sum, rest) = (row.get_ref(2)?.as_i64(), row.get_ref(1)?.as_blob());
    let (Ok(sum), Ok(rest), Ok(lacks)) = (sum, rest, row.get_ref(3)?.as_blob()) else {
        return Ok(None);
    };
    let mut query = connection
        .prepare_cached("SELECT data FROM pieces WHERE board = ?1 AND up_to = ?2 ORDER BY at")?;
    let mut pieces = query.query(params![place.key, up_to.cast_signed()])?;
    let mut state = Vec::new();
    while let Some(piece) = pieces.next()? {
        state.extend_from_slice(piece.get_ref(0)?.as_blob().unwrap_or_default());
    }
    state.extend_from_slice(rest);
    let is = schema::with_lacks(checksum(place.board, up_to, NOBODY, &state), lacks);
    Ok((i64::from(is) == sum).then(|| Snapshot {
        up_to,
        state: state.into(),
        lacks: schema::read_lacks(lacks),
    }))
}
