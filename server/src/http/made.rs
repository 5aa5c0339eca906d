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
use sha2::{Digest as _, Sha256};
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
use super::{Context, Transfers, refusal};
use crate::addresses::household;
use crate::boards::{Boards, Unread};
use crate::made::{Kind, Made, NotMade, Wanted, With, make, of_replica};
use crate::room::{Bucket, Millis};
use crate::store::StoreError;
use crate::store::sqlite::boards::Mark;

/// Bytes of files that are kept.
const KEPT: usize = 64 << 20;
/// Largest state of a board that is made a file of here: with it memory stays at about a gigabyte, and whoever
/// keeps the server may make files of larger ones on the command line.
const LARGEST: usize = 32 << 20;
/// Most elements of a file for other programs: each takes ten kilobytes and fifty microseconds.
const ELEMENTS: usize = 40_000;
/// How long one may take from when its board is begun to be loaded.
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
    turn: Arc<Semaphore>,
    fonts: Arc<Fonts>,
    /// What tells its pictures from those of other fonts and other versions.
    renderer: [u8; 32],
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

impl Making {
    /// By these fonts.
    pub(crate) fn with(fonts: Arc<Fonts>) -> Self {
        let mut renderer = Sha256::new_with_prefix(RENDERER.to_le_bytes());
        for file in fonts.given() {
            renderer.update(Sha256::digest(file));
        }
        Self {
            turn: Arc::new(Semaphore::new(1)),
            fonts,
            renderer: renderer.finalize().into(),
            kept: Mutex::default(),
            askers: Mutex::default(),
        }
    }

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

    /// The tag of a file: what it is made of, and how.
    fn tag(&self, board: &BoardId, mark: &Mark, wanted: &Wanted) -> String {
        let mut digest = Sha256::new_with_prefix(self.renderer);
        digest.update(format!("{board} {mark:?} {wanted:?}"));
        let digits = digest.finalize();
        let digits = digits.iter().take(16).map(|byte| format!("{byte:02x}"));
        format!("\"{}\"", digits.collect::<String>())
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
    let tag = making.tag(board, &mark, &wanted);
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

/// Makes one when it is its turn. What takes too long keeps its turn until it has ended, and nobody waits
/// for it: neither a board that is loaded nor an element that is painted stops half-way.
async fn in_turn(
    context: &Context,
    board: &BoardId,
    wanted: &Wanted,
) -> Result<Made, Box<Response>> {
    let turn = Arc::clone(&context.making.turn).acquire_owned();
    let Ok(Ok(turn)) = timeout(PATIENCE, turn).await else {
        let text = "Too many pictures are made here at the moment. Try again.";
        let status = StatusCode::SERVICE_UNAVAILABLE;
        return Err(Box::new(busy(context, status, text)));
    };
    let source = Source {
        boards: Arc::clone(&context.boards),
        files: Arc::clone(&context.files),
        fonts: Arc::clone(&context.making.fonts),
        board: board.clone(),
    };
    let (wanted, deadline) = (wanted.clone(), Instant::now() + LIMIT);
    let making = tokio::task::spawn_blocking(move || {
        let made = source.make(&wanted, deadline);
        drop(turn);
        made
    });
    let made = timeout(LIMIT, making).await;
    let refused = match made {
        Ok(Ok(Ok(made))) => return Ok(made),
        Ok(Ok(Err(why))) => not_made(context, &why),
        Err(_) => not_made(context, &Failed::Made(Unmade::Long.into())),
        Ok(Err(error)) => {
            tracing::error!(%error, "making a picture broke");
            let text = "Something broke in the server.";
            refusal::page(StatusCode::INTERNAL_SERVER_ERROR, "Broken", text)
        }
    };
    Err(Box::new(refused))
}

/// What a file is made of.
struct Source {
    boards: Arc<Boards>,
    files: Arc<Transfers>,
    fonts: Arc<Fonts>,
    board: BoardId,
}

/// Why there is none.
enum Failed {
    Read(Unread),
    Made(NotMade),
}

impl Source {
    fn make(&self, wanted: &Wanted, deadline: Instant) -> Result<Made, Failed> {
        let replica = self.boards.read(&self.board, LARGEST);
        let document = of_replica(replica.map_err(Failed::Read)?).map_err(Failed::Made)?;
        let with = With {
            fonts: &self.fonts,
            files: &|hash: &FileHash| self.files.whole(&self.board, hash),
            most: ELEMENTS,
            go_on: &|| Instant::now() < deadline,
        };
        make(document, wanted, &with).map_err(Failed::Made)
    }
}

fn not_made(context: &Context, why: &Failed) -> Response {
    let why = match why {
        Failed::Made(why) => why,
        Failed::Read(Unread::Store(error)) => return broken(context, error),
        Failed::Read(Unread::Large) => {
            context.metrics.refused("pictures");
            let text = "The board is too large to be made a file of here. Whoever keeps the server can, \
                        with `drawbridge export`.";
            return refusal::page(StatusCode::PAYLOAD_TOO_LARGE, "Too large", text);
        }
    };
    context.metrics.refused("pictures");
    let status = match why {
        NotMade::Empty | NotMade::NoFrame | NotMade::NoFrames => StatusCode::NOT_FOUND,
        NotMade::Unmade(Unmade::Large(..) | Unmade::Much) | NotMade::Many(_) => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
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
        let making = Making::with(Arc::default());
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
        let making = Making::with(Arc::default());
        let [one, other]: [IpAddr; 2] = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse().unwrap());
        let admitted = (0..30).filter(|_| making.admit(one, 0)).count();
        assert_eq!(admitted, 20);
        assert!(making.admit(other, 0));
        let admitted = (0..30).filter(|_| making.admit(one, 2_000)).count();
        assert_eq!(admitted, 4);
    }
}
