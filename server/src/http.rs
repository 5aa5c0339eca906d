//! The routes: one endpoint per file, what they share here.
//!
//! Owns that rights are judged before anything else, which endpoint answers, and the headers that every
//! answer carries. Endpoints know the rooms, never the accept loop.

mod answers;
mod assets;
mod boards;
mod endpoint;
mod files;
mod health;
mod limits;
mod made;
mod metrics;
mod new_board;
mod origin;
mod preview;
mod refusal;
mod request;
mod state;
mod sync;

use std::convert::Infallible;
use std::sync::Arc;

use board::id::InvalidId;
use bytes::Buf;
use futures_util::Stream;
use tokio_util::task::TaskTracker;
use warp::http::StatusCode;
use warp::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use warp::reply::Response;
use warp::{Filter, Reply};

use self::endpoint::{Endpoint, Misaddressed, Right};
pub(crate) use self::files::Transfers;
pub(crate) use self::health::Question;
pub(crate) use self::made::Making;
pub(crate) use self::preview::Previews;
use self::request::Request;
use crate::addresses::Addresses;
use crate::boards::Boards;
use crate::connection::Intake;
use crate::metrics::Metrics;
use crate::principal::{Principal, Role, Visitors};
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
    /// Who may have a board within their pages, as a policy names them.
    pub(crate) embedders: Arc<str>,
    /// What may come in by WebSocket.
    pub(crate) intake: Intake,
    /// Where connections come from.
    pub(crate) addresses: Arc<Addresses>,
    /// How boards go and come back.
    pub(crate) boards: Arc<Boards>,
    /// The files that are made of boards.
    pub(crate) making: Arc<Making>,
    /// What is shown of links.
    pub(crate) previews: Arc<Previews>,
    /// Who they are who say nothing of themselves.
    pub(crate) visitors: Arc<Visitors>,
    /// Whether boards can be read.
    pub(crate) healthy: Arc<Question>,
    /// Whether they can be saved.
    pub(crate) ready: Arc<Question>,
    /// What is counted.
    pub(crate) metrics: Arc<Metrics>,
    /// Every open WebSocket.
    pub(crate) sockets: TaskTracker,
}

/// What the page may do, but for who may have it within theirs.
macro_rules! policy {
    () => {
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
    };
}

/// What every answer carries that says nothing else there. The address of a board is all one needs to
/// change it, so it must not leak as a referrer; and nothing runs here that is not a file of this server.
const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, concat!(policy!(), "'none'")),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (OPENER_POLICY, "same-origin"),
    (RESOURCE_POLICY, "same-origin"),
];
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Asks search engines to leave something out.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// Every route; never rejects.
pub(crate) fn routes(
    context: Context,
) -> impl Filter<Extract = (Response,), Error = Infallible> + Clone + Send + Sync + 'static {
    Request::any()
        .and(warp::body::stream())
        .then(move |request: Request, body| {
            let context = context.clone();
            async move {
                let answer = answer(&context, &request, body).await;
                secured(refusal::shown(answer, &request.headers, &context.assets))
            }
        })
        .recover(move |rejection| {
            let answer = secured(refusal::of(&rejection));
            std::future::ready(Ok::<_, Infallible>(answer))
        })
        .unify()
}

/// Answers; what is about a board, and what is for programs, is for no search engine.
async fn answer<B: Buf>(
    context: &Context,
    request: &Request,
    body: impl Stream<Item = Result<B, warp::Error>> + Send,
) -> Response {
    let endpoint = Endpoint::parse(request.path.as_str());
    let about_board = endpoint.as_ref().is_ok_and(|it| it.board().is_some());
    let hidden = about_board || request.path.as_str().starts_with("/v1/");
    let embeds = matches!(
        endpoint,
        Ok(Endpoint::Embed(_)) | Err(Misaddressed::Embed(_))
    );
    let mut answer = match endpoint {
        Ok(endpoint) => match judge(context, request, &endpoint) {
            Ok(principal) => serve(context, request, endpoint, principal, body).await,
            Err(refused) => *refused,
        },
        Err(why) => misaddressed(context, request, why),
    };
    if embeds {
        // Refusals too: a browser shows nothing at all of what may not be within the page around it.
        answer = embedded(context, answer);
    }
    if hidden {
        let headers = answer.headers_mut();
        headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    }
    answer
}

/// Who asks, unless they may not, or there is nothing to be had: judged before anything is looked at.
fn judge(
    context: &Context,
    request: &Request,
    endpoint: &Endpoint,
) -> Result<Principal, Box<Response>> {
    let principal = request.principal(context);
    let refused = match endpoint.right(&request.method) {
        None => {
            let not_allowed = StatusCode::METHOD_NOT_ALLOWED;
            refusal::page(not_allowed, "Not allowed", endpoint.knows())
        }
        Some(Right::On(_, role)) if !principal.may(role, context.rooms.now()) => {
            context.metrics.refused("right");
            let text =
                "This takes more than you may do on this board. Ask whoever sent you its link.";
            refusal::page(StatusCode::FORBIDDEN, "You may not", text)
        }
        Some(Right::On(board, role)) if role < Role::Own && context.boards.is_deleted(board) => {
            of_deleted(context, request, endpoint)
        }
        Some(Right::None | Right::On(..)) => return Ok(principal),
    };
    Err(Box::new(refused))
}

async fn serve<B: Buf>(
    context: &Context,
    request: &Request,
    endpoint: Endpoint,
    principal: Principal,
    body: impl Stream<Item = Result<B, warp::Error>> + Send,
) -> Response {
    match endpoint {
        Endpoint::Health => context.healthy.answer(&context.rooms).await,
        Endpoint::Ready => context.ready.answer(&context.rooms).await,
        Endpoint::Metrics => metrics::answer(context),
        Endpoint::Limits => limits::answer(context),
        Endpoint::New => new_board::answer(),
        Endpoint::Start | Endpoint::Embed(_) => page(context, request),
        Endpoint::Page(board) => {
            let preview = context.previews.of_board(&context.boards, &board).await;
            context.assets.page(&request.headers, &preview)
        }
        Endpoint::Sync(board) => sync::answer(context, request, board, principal).await,
        Endpoint::Files(target) => files::answer(context, request, target, body).await,
        Endpoint::Made(board, kind) => made::answer(context, request, &board, kind).await,
        Endpoint::Board(board) => boards::delete(context, &board).await,
        Endpoint::Restore(board) => boards::restore(context, &board).await,
        Endpoint::Asset(path) => context.assets.answer(&path, &request.headers),
    }
}

/// Lets the pages of some hosts have an answer within them.
fn embedded(context: &Context, mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    let policy = [policy!(), &context.embedders].concat();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

fn page(context: &Context, request: &Request) -> Response {
    let preview = context.previews.of_page();
    context.assets.page(&request.headers, &preview)
}

/// What a deleted board answers to who may not decide about it.
fn of_deleted(context: &Context, request: &Request, endpoint: &Endpoint) -> Response {
    match endpoint {
        // The page itself: this browser may have a copy of the board.
        Endpoint::Page(_) | Endpoint::Embed(_) => {
            let mut page = page(context, request);
            if page.status() == StatusCode::OK {
                *page.status_mut() = StatusCode::GONE;
            }
            page
        }
        Endpoint::Sync(_) => sync::deleted(context, request),
        _ => boards::deleted(),
    }
}

fn misaddressed(context: &Context, request: &Request, why: Misaddressed) -> Response {
    match why {
        Misaddressed::Board(error) | Misaddressed::Embed(error) => no_board(&error),
        Misaddressed::Sync(error) => sync::misnamed(context, request, &error),
        Misaddressed::File => files::no_file(),
    }
}

fn secured(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        let headers = response.headers_mut();
        // Who answers knows better what it answers with.
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
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
