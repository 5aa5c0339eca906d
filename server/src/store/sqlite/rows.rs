//! Rows of boards' logs as the file has them.
//!
//! Owns their columns, how they are appended, and the one way in which they are read: with their
//! checksum. Knows neither snapshots nor what an update says.

use board::id::BoardId;
use rusqlite::{Connection, ErrorCode, params};

use super::schema::{checksum, failed, sound};
use crate::store::{Batch, Row, StoreError};

/// What [`read`] takes, for `SELECT` … `FROM log`.
pub(super) const COLUMNS: &str = "seq, author, data, sum";

/// Appends a batch to the log of the board that has this key.
pub(super) fn append(
    connection: &Connection,
    key: i64,
    batch: &Batch,
    time: i64,
) -> Result<(), StoreError> {
    let mut insert = connection
        .prepare_cached(
            "INSERT INTO log (board, seq, time, author, sum, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .map_err(failed)?;
    for row in &batch.rows {
        let sum = checksum(&batch.board, row.seq, row.author, &row.update);
        let (seq, author) = (row.seq.cast_signed(), row.author.cast_signed());
        insert
            .execute(params![key, seq, time, author, sum, &row.update[..]])
            .map_err(|error| match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => StoreError::Conflict(batch.board.clone()),
                _ => failed(error),
            })?;
    }
    Ok(())
}

/// A row of [`COLUMNS`]: its place in the log, and the row unless it is not as it was written.
pub(super) fn read(
    row: &rusqlite::Row<'_>,
    board: &BoardId,
) -> rusqlite::Result<(u64, Option<Row>)> {
    let seq = row.get::<_, i64>(0)?.cast_unsigned();
    let author = row.get::<_, i64>(1)?.cast_unsigned();
    let update = sound(row, 2, 3, |data| checksum(board, seq, author, data))?;
    let row = update.map(|update| Row {
        seq,
        author,
        update,
    });
    Ok((seq, row))
}
