//! What the commands do that are about boards.
//!
//! Owns what they print. How boards are reached is in the library.

use std::path::Path;

use anyhow::Context as _;
use board::id::BoardId;
use drawbridge_server::Config;
use drawbridge_server::operator::{Operator, OperatorError};
use drawbridge_server::store::sqlite::boards::{self, Listed};

use time::OffsetDateTime;

use crate::say;

/// Lists all boards.
pub(crate) fn list(data: &Path, json: bool) -> anyhow::Result<()> {
    let boards = boards::list(data)?;
    if json {
        for listed in &boards {
            say(format_args!("{}", as_json(listed)));
        }
        return Ok(());
    }
    let widest = boards
        .iter()
        .map(|listed| listed.board.as_str().len())
        .max();
    let widest = widest.unwrap_or_default();
    for Listed {
        board,
        rows,
        bytes,
        changed,
        deleted,
    } in &boards
    {
        let deleted = match deleted {
            Some(at) => format!("  deleted {}", day(*at)),
            None => String::new(),
        };
        let (name, changed) = (board.as_str(), day(*changed));
        say(format_args!(
            "{name:widest$}  {rows:>8} changes  {bytes:>11} bytes  {changed}{deleted}"
        ));
    }
    Ok(())
}

fn as_json(listed: &Listed) -> serde_json::Value {
    serde_json::json!({
        "board": listed.board.as_str(),
        "changes": listed.rows,
        "bytes": listed.bytes,
        "changed": listed.changed,
        "deleted": listed.deleted,
    })
}

/// The day of a time, ms since 1970, as `2026-11-28`.
fn day(at: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(at / 1000);
    at.map_or_else(|_| "-".to_owned(), |at| at.date().to_string())
}

/// Deletes a board.
pub(crate) fn delete(data: &Path, board: &BoardId) -> anyhow::Result<()> {
    let done = operate(data, async |operator| operator.delete(board).await);
    done.with_context(|| format!("cannot delete {board}"))?;
    say(format_args!(
        "{board} is deleted; for 30 days `drawbridge restore-deleted {board}` restores it"
    ));
    Ok(())
}

/// Restores one.
pub(crate) fn restore(data: &Path, board: &BoardId) -> anyhow::Result<()> {
    let done = operate(data, async |operator| operator.restore(board).await);
    done.with_context(|| format!("cannot restore {board}"))?;
    say(format_args!("{board} is restored, as it was"));
    Ok(())
}

/// Does something at the server that runs on a data directory, or without one.
pub(crate) fn operate<T>(
    data: &Path,
    act: impl AsyncFnOnce(&Operator) -> Result<T, OperatorError>,
) -> anyhow::Result<T> {
    anyhow::ensure!(
        data.exists(),
        "there are no boards in {}: name the directory with --data",
        data.display()
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| anyhow::anyhow!("cannot start: {error}"))?;
    runtime.block_on(async {
        let operator = Operator::new(Config::new(data)).await?;
        let done = act(&operator).await;
        operator.close().await?;
        Ok(done?)
    })
}
