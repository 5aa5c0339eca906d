//! `/v1/boards/{board}/files/{sha256}`: pictures that people put on boards; `…/files/tokens` and
//! `/v1/tokens/{token}`, by which they get to other boards. The same at `/files/…` and `/tokens/…`, for pages
//! that are open from before.
//!
//! Owns who may bring and read them, the order of what is refused, and headers under which nothing in
//! them can run. What comes in is judged in `incoming`, SVG in `drawings` as well; the store keeps it.

mod drawings;
mod incoming;
mod lent;
mod outgoing;
mod tokens;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use board::file::FileHash;
use board::id::BoardId;
use board::picture::{Media, Picture};
use bytes::{Buf, Bytes};
use futures_util::{Stream, StreamExt as _};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use warp::Reply;
use warp::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, ORIGIN, RETRY_AFTER, VARY,
};
use warp::http::{Method, StatusCode};
use warp::reply::Response;

use self::incoming::{Claim, Incoming, Unlike};
use self::lent::Lent;
use super::request::Request;
use super::{Context, refusal, typed};
use crate::store::StoreError;
use crate::store::sqlite::files::{FileLimits, Files, Refused, Upload};

/// What the client takes for the picture's size, as `640x480`.
const SIZE: HeaderName = HeaderName::from_static("x-picture-size");
/// Most files that come in at a time: each has a piece of itself in memory, at most its head.
const COMING: usize = 64;
/// Most files that are looked over at a time, before they are given out.
const LOOKING: usize = 8;
/// Most SVG files that are judged at a time: each is in memory, with all of its parts.
const JUDGING: usize = 2;
/// How long a client may send nothing of a file.
const STALL: Duration = Duration::from_secs(60);

/// Files on their way.
pub(crate) struct Transfers {
    files: Arc<Files>,
    coming: Semaphore,
    looking: Semaphore,
    judging: Semaphore,
    lent: Mutex<Lent>,
}

impl Transfers {
    /// None yet.
    pub(crate) fn new(files: Arc<Files>) -> Self {
        Self {
            files,
            coming: Semaphore::new(COMING),
            looking: Semaphore::new(LOOKING),
            judging: Semaphore::new(JUDGING),
            lent: Mutex::default(),
        }
    }

    /// How many bytes there may be.
    pub(super) fn limits(&self) -> FileLimits {
        self.files.limits()
    }

    /// All of a file of a board, with what it shows, where it is there and sound. Blocks.
    pub(super) fn whole(&self, board: &BoardId, hash: &FileHash) -> Option<(Picture, Vec<u8>)> {
        let file = self.files.find(board, hash).ok().flatten()?;
        let pieces = (0..file.pieces()).map(|at| self.files.piece(&file, at));
        let pieces: Result<Vec<Bytes>, _> = pieces.collect();
        Some((file.picture, pieces.ok()?.concat()))
    }

    fn lent(&self) -> MutexGuard<'_, Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Which file is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) board: BoardId,
    pub(super) hash: FileHash,
}

/// What a path means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// `/v1/boards/{board}/files/{sha256}`: a file.
    File(Address),
    /// `/v1/boards/{board}/files/tokens`: what lends its files.
    Tokens(BoardId),
    /// `/v1/tokens/{token}`: the file that a token is for, if it is one.
    Lent(String),
}

/// What says no.
struct Refusal {
    status: StatusCode,
    /// What is counted.
    reason: &'static str,
    title: &'static str,
    text: String,
}

impl Refusal {
    fn new(status: u16, reason: &'static str, title: &'static str, text: impl ToString) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or_default(),
            reason,
            title,
            text: text.to_string(),
        }
    }

    fn answer(self, context: &Context) -> Response {
        context.metrics.refused(self.reason);
        let mut response = refusal::page(self.status, self.title, &self.text);
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            let headers = response.headers_mut();
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged(_) => {
                let text =
                    "The file is not as it was written. Whoever has it can put it there again.";
                Self::new(500, "unavailable", "The file is damaged", text)
            }
            error => {
                let text = format!("Files cannot be had just now: {}.", error.reason());
                Self::new(503, "unavailable", "Not just now", text)
            }
        }
    }
}

/// Answers for a file, for tokens, or for a file that is lent.
pub(super) async fn answer<B: Buf>(
    context: &Context,
    request: &Request,
    target: Target,
    body: impl Stream<Item = Result<B, warp::Error>> + Send,
) -> Response {
    if !request.is_welcome(context) {
        let text = "Pages of other sites may not have files of boards here. The operator can allow \
                    them with --allow-origin.";
        return Refusal::new(403, "origin", "Foreign origin", text).answer(context);
    }
    let answered = serve(context, request, target, body).await;
    let answer = answered.unwrap_or_else(|refusal| refusal.answer(context));
    for_page(answer, &request.headers)
}

async fn serve<B: Buf>(
    context: &Context,
    request: &Request,
    target: Target,
    body: impl Stream<Item = Result<B, warp::Error>> + Send,
) -> Result<Response, Refusal> {
    let (headers, method) = (&request.headers, &request.method);
    match target {
        _ if *method == Method::OPTIONS => Ok(StatusCode::NO_CONTENT.into_response()),
        Target::File(address) if *method == Method::PUT => {
            put(context, &address, headers, body).await
        }
        Target::File(address) => outgoing::read(context, &address, headers, method).await,
        Target::Tokens(board) => tokens::lend(context, &board, body).await,
        Target::Lent(token) => tokens::read(context, &token, headers, method).await,
    }
}

/// The answer to an address that names a board and no possible file.
pub(super) fn no_file() -> Response {
    let text = "A file’s address ends in its SHA-256: 64 digits, with letters in lower case.";
    refusal::page(StatusCode::NOT_FOUND, "This is no file’s address", text)
}

/// A page of an origin that may connect may also see the answer.
fn for_page(mut answer: Response, asked: &HeaderMap) -> Response {
    let headers = answer.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = asked.get(ORIGIN) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        let methods = HeaderValue::from_static("GET, HEAD, PUT, POST");
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        let allowed = HeaderValue::from_static("content-type, x-picture-size");
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    }
    answer
}

/// What the client says of a file before it sends it.
fn claim(address: &Address, headers: &HeaderMap, most: u64) -> Result<Claim, Refusal> {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let bytes = text(&CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    let Some(bytes) = bytes else {
        let text = "A file is sent with its length.";
        return Err(Refusal::new(411, "bad_file", "No length", text));
    };
    if bytes > most {
        let text = format!("Files may have {} MiB here.", most >> 20);
        return Err(Refusal::new(413, "too_big", "The file is too big", text));
    }
    let media = text(&CONTENT_TYPE).and_then(Media::named);
    let Some(media) = media else {
        let text = "A file is sent with its type: PNG, JPEG, WebP, GIF or SVG.";
        return Err(Refusal::new(415, "bad_file", "No picture", text));
    };
    Ok(Claim {
        hash: address.hash,
        bytes,
        media,
        size: text(&SIZE).map(str::to_owned),
    })
}

impl From<Unlike> for Refusal {
    fn from(unlike: Unlike) -> Self {
        let status = match unlike {
            Unlike::Unfit(_) | Unlike::Media(_) => 415,
            Unlike::Hash | Unlike::Size(..) | Unlike::Length => 422,
        };
        let text = format!("Of the file, {unlike}.");
        Self::new(
            status,
            "bad_file",
            "The file is not what it was said to be",
            text,
        )
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Store(error) => error.into(),
            full => Self::new(507, "files", "No room", format!("No room: {full}.")),
        }
    }
}

/// Takes a file in. It is answered when it is on disk.
async fn put<B: Buf>(
    context: &Context,
    address: &Address,
    headers: &HeaderMap,
    body: impl Stream<Item = Result<B, warp::Error>> + Send,
) -> Result<Response, Refusal> {
    let transfers = &context.files;
    let claim = claim(address, headers, transfers.files.limits().file)?;
    let Ok(_place) = transfers.coming.try_acquire() else {
        let text = "Too many files come in at the moment. Try again.";
        return Err(Refusal::new(503, "uploads", "Not just now", text));
    };
    let mut body = std::pin::pin!(body);
    let known = known(&transfers.files, address).await?;
    if let Known::Sound(value) = known {
        // To the end: who is answered before it may never hear the answer.
        while next(&mut body).await?.is_some() {}
        return Ok(stored(StatusCode::OK, value));
    }
    let (files, begun, length) = (Arc::clone(&transfers.files), address.clone(), claim.bytes);
    let begin = move || files.begin(&begun.board, begun.hash, length);
    let mut upload = blocking(begin).await??;
    let mut incoming = Incoming::new(claim);
    while let Some(bytes) = next(&mut body).await? {
        if let Some(piece) = incoming.take(&bytes)? {
            upload = push(upload, piece).await?;
        }
    }
    let (picture, rest) = incoming.end()?;
    if !rest.is_empty() {
        upload = push(upload, rest).await?;
    }
    if picture.media == Media::Svg {
        upload = drawings::judged(transfers, upload).await?;
    }
    let mends = matches!(known, Known::Damaged);
    let file = blocking(move || upload.publish(picture, mends)).await??;
    context.metrics.uploads.inc();
    context.metrics.uploaded.inc_by(file.bytes);
    Ok(stored(StatusCode::CREATED, outgoing::value(&file)))
}

/// What is there already.
enum Known {
    Nothing,
    Damaged,
    /// With what `files` says of it.
    Sound(String),
}

async fn known(files: &Arc<Files>, address: &Address) -> Result<Known, Refusal> {
    let (files, address) = (Arc::clone(files), address.clone());
    let look = move || {
        let Some(file) = files.find(&address.board, &address.hash)? else {
            return Ok(Known::Nothing);
        };
        if !files.is_sound(&file)? {
            return Ok(Known::Damaged);
        }
        files.touch(&file)?;
        Ok(Known::Sound(outgoing::value(&file)))
    };
    let known: Result<Known, StoreError> = blocking(look).await?;
    Ok(known?)
}

async fn push(mut upload: Upload, piece: Bytes) -> Result<Upload, Refusal> {
    let pushed = blocking(move || upload.push(piece).map(|()| upload)).await?;
    Ok(pushed?)
}

/// The next bytes of a body; `None` at its end.
async fn next<B: Buf>(
    body: &mut (impl Stream<Item = Result<B, warp::Error>> + Unpin),
) -> Result<Option<Bytes>, Refusal> {
    match timeout(STALL, body.next()).await {
        Ok(Some(Ok(mut bytes))) => Ok(Some(bytes.copy_to_bytes(bytes.remaining()))),
        Ok(None) => Ok(None),
        Ok(Some(Err(error))) => {
            let text = format!("The file was cut off: {error}.");
            Err(Refusal::new(400, "bad_file", "Cut off", text))
        }
        Err(_) => {
            let text = "Nothing more of the file came for a minute.";
            Err(Refusal::new(408, "stalled", "Too slow", text))
        }
    }
}

/// Does what waits for the disk, where that keeps nobody else waiting.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "a file's step broke");
        let text = "Something broke in the server.";
        Refusal::new(500, "internal", "Broken", text)
    })
}

fn stored(status: StatusCode, value: String) -> Response {
    let mut response = typed(value, "application/json");
    *response.status_mut() = status;
    response
}
