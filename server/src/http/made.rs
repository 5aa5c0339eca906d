//! `GET /v1/boards/{board}/picture.svg|png|pdf` and `…/export.excalidraw|drawbridge`: a board as a file.
//!
//! Owns who has to wait, what is kept for the next who asks, and headers under which nothing in a picture
//! runs. Made from the store, never by opening a room: whoever draws does not feel it.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use board::file::FileHash;
use board::id::BoardId;
use bytes::Bytes;
use render::{Fonts, Unmade};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use warp::Reply;
use warp::http::StatusCode;
use warp::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName,
    HeaderValue, IF_NONE_MATCH, RETRY_AFTER, VARY,
};
use warp::reply::Response;

use super::answers::PATIENCE;
use super::request::Request;
use super::{Context, refusal};
use crate::addresses::household;
use crate::made::{Kind, Made, NotMade, Wanted, make};
use crate::room::{Bucket, Millis};
use crate::store::StoreError;
use crate::store::sqlite::boards::Mark;

/// Bytes of files that are kept.
const KEPT: usize = 64 << 20;
/// Largest state of a board that is made a file of here: a larger one takes gigabytes and minutes, which
/// whoever keeps the server may spend on the command line.
const LARGEST: usize = 8 << 20;
/// How long one may take to be painted.
const LIMIT: Duration = Duration::from_secs(2);
/// So many one address gets at once, and so many a second after that.
const AT_ONCE: f64 = 20.0;
const A_SECOND: f64 = 2.0;
/// Most addresses that are remembered: those that asked last.
const ADDRESSES: usize = 10_000;
/// Most missing letters that are named.
const LETTERS: usize = 64;
/// Letters that no font here has, as numbers of Unicode.
const MISSING: HeaderName = HeaderName::from_static("x-missing-letters");
/// Whoever opens one by itself: nothing in it runs, nothing is fetched.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; frame-ancestors 'none'; sandbox";
/// Counts with each change of what pictures look like.
const RENDERER: u32 = 1;

/// The files that are made of boards.
pub(crate) struct Making {
    /// One at a time: each may take as much memory as a large board.
    turn: Semaphore,
    fonts: Arc<Fonts>,
    kept: Mutex<Kept>,
    askers: Mutex<HashMap<IpAddr, Bucket>>,
}

/// Files by their tags, the oldest first.
#[derive(Default)]
struct Kept {
    files: VecDeque<(String, Arc<Ready>)>,
    bytes: usize,
}

/// A file, and what is missing in it.
struct Ready {
    bytes: Bytes,
    missing: String,
}

impl Default for Making {
    fn default() -> Self {
        Self {
            turn: Semaphore::new(1),
            fonts: Arc::default(),
            kept: Mutex::default(),
            askers: Mutex::default(),
        }
    }
}

impl Making {
    /// Whether an address may have one more now.
    fn admit(&self, address: IpAddr, now: Millis) -> bool {
        let mut askers = lock(&self.askers);
        if askers.len() >= ADDRESSES {
            // Whoever has their share back is as good as forgotten.
            askers.retain(|_, share| !share.is_full(now));
            if askers.len() >= ADDRESSES {
                return false;
            }
        }
        let fresh = || Bucket::new(now, A_SECOND, AT_ONCE / A_SECOND);
        let share = askers.entry(household(address)).or_insert_with(fresh);
        share.take(now, 1.0)
    }

    fn find(&self, tag: &str) -> Option<Arc<Ready>> {
        let kept = lock(&self.kept);
        let found = kept.files.iter().find(|(of, _)| of == tag);
        found.map(|(_, ready)| Arc::clone(ready))
    }

    fn keep(&self, tag: String, ready: &Arc<Ready>) {
        let mut kept = lock(&self.kept);
        if ready.bytes.len() > KEPT / 4 {
            return;
        }
        kept.bytes += ready.bytes.len();
        kept.files.push_back((tag, Arc::clone(ready)));
        while kept.bytes > KEPT
            && let Some((_, oldest)) = kept.files.pop_front()
        {
            kept.bytes -= oldest.bytes.len();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers with a board as a file.
pub(super) async fn answer(
    context: &Context,
    request: &Request,
    board: &BoardId,
    kind: Kind,
) -> Response {
    let wanted = match Wanted::read(kind, &request.query) {
        Ok(wanted) => wanted,
        Err(why) => return refusal::page(StatusCode::BAD_REQUEST, "Not like this", &why),
    };
    let making = &context.making;
    if !making.admit(request.address(context), context.rooms.now()) {
        return busy(
            context,
            StatusCode::TOO_MANY_REQUESTS,
            "Your address asks for pictures faster than they are made here. Try again in a moment.",
        );
    }
    let mark = match context.boards.mark(board).await {
        Ok(Some(mark)) => mark,
        Ok(None) => {
            let text = "Nothing was ever drawn at this address.";
            return refusal::page(StatusCode::NOT_FOUND, "No such board", text);
        }
        Err(error) => return broken(context, &error),
    };
    let tag = tag(board, &mark, &wanted);
    let known = request.headers.get(IF_NONE_MATCH);
    if known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| known.contains(&tag))
    {
        return described(StatusCode::NOT_MODIFIED.into_response(), &tag);
    }
    let ready = match making.find(&tag) {
        Some(ready) => ready,
        None => match in_turn(context, board, &wanted).await {
            Ok(made) => {
                let ready = Arc::new(Ready::from(made));
                making.keep(tag.clone(), &ready);
                ready
            }
            Err(refused) => return *refused,
        },
    };
    carry(&ready, &wanted, board, &tag)
}

/// The tag of a file: what it is made of, and how.
fn tag(board: &BoardId, mark: &Mark, wanted: &Wanted) -> String {
    use sha2::Digest as _;
    let text = format!("{RENDERER} {board} {mark:?} {wanted:?}");
    let digest = sha2::Sha256::digest(text.as_bytes());
    let digits: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{digits}\"")
}

/// Makes one when it is its turn.
async fn in_turn(
    context: &Context,
    board: &BoardId,
    wanted: &Wanted,
) -> Result<Made, Box<Response>> {
    let Ok(Ok(_turn)) = timeout(PATIENCE, context.making.turn.acquire()).await else {
        let text = "Too many pictures are made here at the moment. Try again.";
        return Err(Box::new(busy(
            context,
            StatusCode::SERVICE_UNAVAILABLE,
            text,
        )));
    };
    let state = context.boards.state(board).await;
    let state = state.map_err(|error| Box::new(broken(context, &error)))?;
    if state.len() > LARGEST {
        context.metrics.refused("pictures");
        let text = "The board is too large to be made a file of here. Whoever keeps the server can, with \
                    `drawbridge export`.";
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return Err(Box::new(refusal::page(status, "Too large", text)));
    }
    let (files, fonts) = (
        Arc::clone(&context.files),
        Arc::clone(&context.making.fonts),
    );
    let (board, wanted) = (board.clone(), wanted.clone());
    let painting = tokio::task::spawn_blocking(move || {
        let read = |hash: &FileHash| files.whole(&board, hash);
        make(&state, &wanted, &fonts, &read, Instant::now() + LIMIT)
    });
    match painting.await {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(why)) => Err(Box::new(not_made(context, &why))),
        Err(error) => {
            tracing::error!(%error, "making a picture broke");
            let text = "Something broke in the server.";
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Err(Box::new(refusal::page(status, "Broken", text)))
        }
    }
}

fn not_made(context: &Context, why: &NotMade) -> Response {
    context.metrics.refused("pictures");
    let status = match why {
        NotMade::Empty | NotMade::NoFrame => StatusCode::NOT_FOUND,
        NotMade::Unmade(Unmade::Large(..) | Unmade::Much) => StatusCode::PAYLOAD_TOO_LARGE,
        NotMade::Unmade(_) | NotMade::Random => StatusCode::SERVICE_UNAVAILABLE,
        NotMade::Newer | NotMade::Damaged => StatusCode::INTERNAL_SERVER_ERROR,
    };
    refusal::page(status, "No picture", &format!("There is no file: {why}."))
}

fn broken(context: &Context, error: &StoreError) -> Response {
    context.metrics.refused("unavailable");
    let text = format!("The board cannot be read just now: {}.", error.reason());
    refusal::page(StatusCode::SERVICE_UNAVAILABLE, "Not just now", &text)
}

fn busy(context: &Context, status: StatusCode, text: &str) -> Response {
    context.metrics.refused("pictures");
    let mut response = refusal::page(status, "Not just now", text);
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

impl From<Made> for Ready {
    fn from(made: Made) -> Self {
        let letters = made.missing.iter().take(LETTERS);
        let letters: Vec<String> = letters
            .map(|c| format!("U+{:04X}", u32::from(*c)))
            .collect();
        Self {
            bytes: made.bytes.into(),
            missing: letters.join(" "),
        }
    }
}

fn carry(ready: &Ready, wanted: &Wanted, board: &BoardId, tag: &str) -> Response {
    let mut response = Response::new(ready.bytes.clone().into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(wanted.kind.media()));
    if let (false, Ok(missing)) = (
        ready.missing.is_empty(),
        HeaderValue::try_from(&ready.missing),
    ) {
        headers.insert(MISSING, missing);
    }
    let disposition = match wanted.kind.is_picture() {
        true => "inline",
        false => "attachment",
    };
    let name = format!(
        "{disposition}; filename=\"{board}.{}\"",
        wanted.kind.ending()
    );
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    described(response, tag)
}

fn described(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(VARY, HeaderValue::from_static("cookie, authorization"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(bytes: usize) -> Arc<Ready> {
        Arc::new(Ready {
            bytes: vec![0; bytes].into(),
            missing: String::new(),
        })
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_oldest_goes() {
        let making = Making::default();
        for number in 0..10 {
            making.keep(number.to_string(), &ready(KEPT / 5));
        }
        let kept: Vec<bool> = (0..10)
            .map(|n| making.find(&n.to_string()).is_some())
            .collect();
        assert_eq!(kept, [[false; 5], [true; 5]].concat());
        making.keep("huge".to_owned(), &ready(KEPT / 2));
        assert!(
            making.find("huge").is_none(),
            "it would push out all others"
        );
    }

    #[test]
    fn an_address_has_its_share_and_gets_it_back() {
        let making = Making::default();
        let [one, other]: [IpAddr; 2] = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse().unwrap());
        let admitted = (0..30).filter(|_| making.admit(one, 0)).count();
        assert_eq!(admitted, 20);
        assert!(making.admit(other, 0));
        let admitted = (0..30).filter(|_| making.admit(one, 2_000)).count();
        assert_eq!(admitted, 4);
    }
}
