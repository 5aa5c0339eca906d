//! The routes: one endpoint per file, what they share here.
//!
//! Owns which path goes where, the headers that every answer carries, and how a board is read from
//! a path. Endpoints know the rooms, never the accept loop.

mod answers;
mod assets;
mod files;
mod health;
mod metrics;
mod new_board;
mod origin;
mod page;
mod refusal;
mod state;
mod sync;

use std::convert::Infallible;
use std::sync::Arc;

use board::id::{BoardId, InvalidId};
use percent_encoding::percent_decode_str;
use tokio_util::task::TaskTracker;
use warp::http::StatusCode;
use warp::http::header::{HeaderMap, HeaderName, HeaderValue};
use warp::reply::Response;
use warp::{Filter, Reply};

pub(crate) use self::files::Transfers;
use crate::addresses::Addresses;
use crate::connection::Intake;
use crate::metrics::Metrics;
use crate::rooms::Rooms;
pub(crate) use assets::Assets;
pub(crate) use sync::Admission;

/// What the endpoints share.
#[derive(Clone)]
pub(crate) struct Context {
    /// The rooms.
    pub(crate) rooms: Rooms,
    /// The page's files.
    pub(crate) assets: Arc<Assets>,
    /// Boards' states on their way to those who read them.
    pub(crate) answers: Arc<answers::Answers>,
    /// Files of boards, on their way in and out.
    pub(crate) files: Arc<Transfers>,
    /// Origins that may connect besides the page's own, as `scheme://host[:port]`.
    pub(crate) origins: Arc<[String]>,
    /// What may come in by WebSocket.
    pub(crate) intake: Intake,
    /// Where connections come from.
    pub(crate) addresses: Arc<Addresses>,
    /// What is counted.
    pub(crate) metrics: Arc<Metrics>,
    /// Every open WebSocket.
    pub(crate) sockets: TaskTracker,
}

/// What every answer carries that says nothing else there. The address of a board is all one needs to change it, so it must not
/// leak as a referrer; and nothing runs here that is not a file of this server.
const HEADERS: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Every route; never rejects.
pub(crate) fn routes(
    context: Context,
) -> impl Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static {
    let assets = Arc::clone(&context.assets);
    let endpoints = health::route(context.clone())
        .or(metrics::route(context.clone()))
        .unify()
        .or(new_board::route())
        .unify()
        .or(sync::route(context.clone()))
        .unify()
        .or(files::route(context.clone()))
        .unify()
        .or(page::route(context.clone()))
        .unify()
        .or(assets::route(context))
        .unify()
        .boxed();
    let answers = endpoints
        .recover(|rejection| async move { Ok::<_, Infallible>(refusal::of(&rejection)) })
        .unify();
    warp::header::headers_cloned()
        .and(answers)
        .map(move |asked: HeaderMap, answer| secured(refusal::shown(answer, &asked, &assets)))
}

fn secured(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        let headers = response.headers_mut();
        // Who answers knows better what it answers with.
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Reads a board from what follows `/b/` or `/sync/`, percent-decoded once.
fn board(tail: &str) -> Result<BoardId, InvalidId> {
    let text = percent_decode_str(tail).decode_utf8_lossy();
    BoardId::parse(&text)
}

/// The answer to an address that names no possible board.
fn no_board(error: &InvalidId) -> Response {
    let text = format!(
        "{}. Perhaps it was cut, or ran into other text, on its way to you: compare it with the link \
         you were sent.",
        misnamed(error)
    );
    refusal::page(StatusCode::NOT_FOUND, "This is no board’s address", &text)
}

/// Why an address names no board, for people: a sentence without its stop.
fn misnamed(error: &InvalidId) -> String {
    match error {
        InvalidId::Empty => "This address lacks the board’s name".to_owned(),
        InvalidId::Long => "This address is longer than any board’s".to_owned(),
        InvalidId::Step => "This address has only dots where the board’s name should be".to_owned(),
        InvalidId::Character(' ') => "This address has a space in it".to_owned(),
        InvalidId::Character(c) if c.is_control() || *c == char::REPLACEMENT_CHARACTER => {
            "This address has something in it that is no letter".to_owned()
        }
        InvalidId::Character(c) => format!("This address has “{c}” in it"),
    }
}

/// A body with its type.
fn typed(body: impl Into<bytes::Bytes>, kind: &'static str) -> Response {
    warp::reply::with_header(body.into().to_vec(), "content-type", kind).into_response()
}
