//! `/v1/boards/{board}`: a board as a whole, which goes and comes back.
//!
//! Owns the answers. What happens is in `crate::boards`.

use board::id::BoardId;
use warp::Reply;
use warp::http::StatusCode;
use warp::reply::Response;

use super::{Context, refusal};
use crate::store::StoreError;

/// Deletes a board.
pub(super) async fn delete(context: &Context, board: &BoardId) -> Response {
    if context.boards.is_deleted(board) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let text = "There is no board of this name.";
    done(context.boards.delete(board).await, text)
}

/// Takes back that it was deleted.
pub(super) async fn restore(context: &Context, board: &BoardId) -> Response {
    let text = "This board is not deleted, or was so long ago that it is gone.";
    done(context.boards.restore(board).await, text)
}

/// The answer where a deleted board was.
pub(super) fn deleted() -> Response {
    let text = "This board was deleted. Whoever keeps the server can restore it for 30 days.";
    refusal::page(StatusCode::GONE, "This board was deleted", text)
}

fn done(result: Result<bool, StoreError>, otherwise: &str) -> Response {
    match result {
        Ok(true) => StatusCode::NO_CONTENT.into_response(),
        Ok(false) => refusal::page(StatusCode::NOT_FOUND, "No such board", otherwise),
        Err(error) => {
            tracing::error!(%error, "a board stays as it is");
            let text = format!("The board stays as it is: {}.", error.reason());
            refusal::page(StatusCode::SERVICE_UNAVAILABLE, "Not just now", &text)
        }
    }
}
