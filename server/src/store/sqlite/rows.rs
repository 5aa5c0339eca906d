//! Rows of boards' logs as the file has them, and the actors that they name.
//!
//! Owns their columns, how they are appended, and the one way in which they are read: with their
//! checksum. Knows neither snapshots nor what an update says.

use std::collections::HashSet;

use board::id::BoardId;
use rusqlite::{Connection, ErrorCode, params};

use super::schema::{checksum, failed, sound};
use crate::principal::ActorId;
use crate::store::{Batch, Row, StoreError};

/// What [`read`] takes, for `SELECT` … `FROM log`.
pub(super) const COLUMNS: &str = "seq, author, actor, data, sum";

/// Appends a batch to the log of the board that has this key.
pub(super) fn append(
    connection: &Connection,
    key: i64,
    batch: &Batch,
    time: i64,
) -> Result<(), StoreError> {
    let mut insert = connection
        .prepare_cached(
            "INSERT INTO log (board, seq, time, author, actor, sum, data)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .map_err(failed)?;
    for row in &batch.rows {
        let sum = checksum(&batch.board, row.seq, (row.author, row.actor), &row.update);
        let (seq, author) = (row.seq.cast_signed(), row.author.cast_signed());
        let actor = row.actor.number();
        insert
            .execute(params![key, seq, time, author, actor, sum, &row.update[..]])
            .map_err(|error| match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => StoreError::Conflict(batch.board.clone()),
                _ => failed(error),
            })?;
    }
    Ok(())
}

/// Writes those actors of a batch who are not known to be there; which they were.
pub(super) fn introduce(
    connection: &Connection,
    batch: &Batch,
    known: &HashSet<ActorId>,
    time: i64,
) -> rusqlite::Result<HashSet<ActorId>> {
    let actors = batch.rows.iter().map(|row| row.actor);
    let new = actors.filter(|actor| *actor != ActorId::UNKNOWN && !known.contains(actor));
    let new: HashSet<ActorId> = new.collect();
    for actor in &new {
        connection
            .prepare_cached("INSERT OR IGNORE INTO actors (id, kind, made) VALUES (?1, ?2, ?3)")?
            .execute(params![actor.number(), actor.kind(), time])?;
    }
    Ok(new)
}

/// A row of [`COLUMNS`]: its place in the log, and the row unless it is not as it was written.
pub(super) fn read(
    row: &rusqlite::Row<'_>,
    board: &BoardId,
) -> rusqlite::Result<(u64, Option<Row>)> {
    let seq = row.get::<_, i64>(0)?.cast_unsigned();
    let author = row.get::<_, i64>(1)?.cast_unsigned();
    let Some(actor) = ActorId::read(row.get(2)?) else {
        return Ok((seq, None));
    };
    let by = (author, actor);
    let update = sound(row, 3, 4, |data| checksum(board, seq, by, data))?;
    let row = update.map(|update| Row {
        seq,
        author,
        actor,
        update,
    });
    Ok((seq, row))
}
