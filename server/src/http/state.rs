//! `GET /sync/{board}` without an upgrade: the board's whole state, compressed.
//!
//! Owns the headers of the answer; `answers` shares the bytes. Drawbridge's own client loads by it and then connects.

use board::id::BoardId;
use bytes::Bytes;
use tokio::time::timeout;
use warp::http::StatusCode;
use warp::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, RETRY_AFTER, VARY,
};
use warp::reply::Response;

use super::answers::{Encoding, PATIENCE};
use super::assets::accepts;
use super::{Context, refusal};
use crate::rooms::Lease;

/// How many bytes the state has before compression: what a progress bar counts to.
const RAW_LENGTH: HeaderName = HeaderName::from_static("x-raw-length");
/// Says that there is no such board: `new` when its name is one that `/new` has made, else `absent`.
const BOARD: HeaderName = HeaderName::from_static("x-board");
/// Below this, compression gains nothing.
const SMALL: usize = 512;

/// Answers with the state of the board that `lease` is for.
pub(super) async fn answer(
    context: &Context,
    board: &BoardId,
    lease: Lease,
    headers: &HeaderMap,
) -> Response {
    let Ok(turn) = context.answers.turn().await else {
        return busy(context);
    };
    // A board that is slow to load must not keep the turn of others.
    let Ok(Ok(state)) = timeout(PATIENCE, lease.state()).await else {
        context.metrics.refused("unavailable");
        let text = "The board cannot be loaded just now. Try again in a moment.";
        return refusal::page(StatusCode::SERVICE_UNAVAILABLE, "Not just now", text);
    };
    let raw = state.update.len();
    let encoding = choose(headers, raw);
    let body = context.answers.body(turn, board, state.update, encoding);
    let Ok(body) = body.await else {
        return busy(context);
    };
    let mut response = carry(body, raw, encoding);
    if state.absent {
        let absence = if board.is_whole() { "new" } else { "absent" };
        let headers = response.headers_mut();
        headers.insert(BOARD, HeaderValue::from_static(absence));
    }
    response
}

fn busy(context: &Context) -> Response {
    context.metrics.refused("answers");
    let text = "Too many read boards here and do not take them. Try again in a moment.";
    let mut response = refusal::page(StatusCode::SERVICE_UNAVAILABLE, "Not just now", text);
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

fn carry(body: Bytes, raw: usize, encoding: Option<Encoding>) -> Response {
    let mut response = Response::new(body.into());
    let answered = response.headers_mut();
    answered.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/x-yjs-update"),
    );
    answered.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answered.insert(VARY, HeaderValue::from_static("accept-encoding"));
    answered.insert(RAW_LENGTH, HeaderValue::from(raw));
    if let Some(encoding) = encoding {
        answered.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    response
}

fn choose(headers: &HeaderMap, length: usize) -> Option<Encoding> {
    let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let offered = [Encoding::Brotli, Encoding::Gzip].into_iter();
    let mut offered = offered.filter(|_| length >= SMALL);
    offered.find(|&encoding| accepts(accepted, encoding.name()))
}
