//! A file that goes out.
//!
//! Owns its headers, and that nothing is given out which is not as it was written: it is looked over
//! before the first byte goes. Keeps a piece of it in memory.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::timeout;
use warp::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderValue, IF_NONE_MATCH,
};
use warp::http::{Method, StatusCode};
use warp::reply::Response;
use warp::{Reply, reply};

use super::super::Context;
use super::super::answers::PATIENCE;
use super::super::refusal;
use super::{Address, Refusal, blocking};
use crate::store::StoreError;
use crate::store::sqlite::files::{Files, Stored};

/// A file's bytes never change, and are for those who know the board.
const FOR_EVER: &str = "private, max-age=31536000, immutable";
/// Whoever opens one by itself: nothing in it runs, nothing is fetched, and it belongs to no site.
const SANDBOX: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// Answers with a file, or only with what it is.
pub(super) async fn read(
    context: &Context,
    address: &Address,
    asked: &HeaderMap,
    method: &Method,
) -> Result<Response, Refusal> {
    let files = &context.files.files;
    let (looking, wanted) = (Arc::clone(files), address.clone());
    let found = blocking(move || looking.find(&wanted.board, &wanted.hash)).await??;
    let Some(file) = found else {
        let text = "This board has no such file.";
        return Ok(refusal::page(StatusCode::NOT_FOUND, "No such file", text));
    };
    let tag = format!("\"{}\"", file.hash);
    let known = asked
        .get(IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok());
    let mut response = if known.is_some_and(|known| known.contains(&tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        look_over(context, file).await?;
        let mut response = match *method == Method::HEAD {
            true => Response::default(),
            false => {
                context.metrics.downloads.inc();
                body(Arc::clone(files), file)
            }
        };
        let headers = response.headers_mut();
        let media = HeaderValue::from_static(file.picture.media.name());
        headers.insert(CONTENT_TYPE, media);
        headers.insert(CONTENT_LENGTH, HeaderValue::from(file.bytes));
        response
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    Ok(response)
}

/// What `files` in the document says of a file, as JSON.
pub(super) fn value(file: &Stored) -> String {
    let media = file.picture.media.name();
    let (width, height) = (file.picture.width, file.picture.height);
    format!("[\"{media}\",{},{width},{height}]\n", file.bytes)
}

async fn look_over(context: &Context, file: Stored) -> Result<(), Refusal> {
    let turn = timeout(PATIENCE, context.files.looking.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        let text = "Too many files are read at the moment. Try again.";
        return Err(Refusal::new(503, "answers", "Not just now", text));
    };
    let files = Arc::clone(&context.files.files);
    if blocking(move || files.is_sound(&file)).await?? {
        return Ok(());
    }
    context.metrics.quarantined.inc();
    tracing::error!(hash = %file.hash, "a file is not as it was written");
    Err(StoreError::Damaged(String::new()).into())
}

/// The pieces of a file, one after the other as they are taken.
fn body(files: Arc<Files>, file: Stored) -> Response {
    let (sender, mut receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    tokio::spawn(async move {
        for at in 0..file.pieces() {
            // Who reads no more is not read for.
            let Ok(place) = sender.reserve().await else {
                return;
            };
            let reading = Arc::clone(&files);
            let read = tokio::task::spawn_blocking(move || reading.piece(&file, at)).await;
            let piece = read.map_err(std::io::Error::other);
            let piece = piece.and_then(|piece| piece.map_err(std::io::Error::other));
            let failed = piece.is_err();
            place.send(piece);
            if failed {
                return;
            }
        }
    });
    let pieces = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
    reply::stream(pieces).into_response()
}
