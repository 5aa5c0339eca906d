//! `GET /v1/limits`: how much a board takes, so that a page refuses what would not fit before it writes.
//!
//! Owns the names of the numbers.

use warp::reply::Response;

use super::{Context, typed};
use crate::store::sqlite::files::FileLimits;

/// Answers with bytes: of one change, a board, one of its files, all of them.
pub(super) fn answer(context: &Context) -> Response {
    let FileLimits { file, board, .. } = context.files.limits();
    let limits = serde_json::json!({
        "frame": context.intake.largest(),
        "board": context.rooms.limits().board,
        "file": file,
        "files": board,
    });
    typed(limits.to_string(), "application/json")
}
