//! Tokens: each lends one file for minutes to whoever has it, so that a clipboard can carry a picture
//! to a board elsewhere without the name of the board that it comes from.
//!
//! Owns how tokens are asked for and what is told of one that lends nothing.

use board::file::FileHash;
use board::id::BoardId;
use bytes::Buf;
use futures_util::Stream;
use tokio::time::Instant;
use warp::Reply;
use warp::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue};
use warp::http::{Method, StatusCode};
use warp::reply::Response;

use super::super::Context;
use super::lent::Token;
use super::{Address, Refusal, next, outgoing};

/// Most tokens that are asked for at once: what browsers send on when a page is left is 64 KiB.
const AT_ONCE: usize = 500;
/// Bytes of a line: a token, a space, a hash, the end.
const LINE: usize = 32 + 1 + 64 + 1;

/// Lends files of a board: whoever may read them may. A line of the body is a token and a file.
pub(super) async fn lend<B: Buf>(
    context: &Context,
    board: &BoardId,
    body: impl Stream<Item = Result<B, warp::Error>> + Send,
) -> Result<Response, Refusal> {
    let mut body = std::pin::pin!(body);
    let mut text = Vec::new();
    while let Some(bytes) = next(&mut body).await? {
        text.extend_from_slice(&bytes);
        if text.len() > AT_ONCE * LINE {
            let text = format!("At most {AT_ONCE} tokens can be made at once.");
            return Err(Refusal::new(413, "token", "Too many tokens", text));
        }
    }
    let Some(wanted) = wanted(board, &text) else {
        let text = "Each line is a token and the file that it is for: 32 hexadecimal digits, a \
                    space, and 64.";
        return Err(Refusal::new(400, "token", "No tokens", text));
    };
    let now = Instant::now();
    let mut lent = context.files.lent();
    for (token, file) in wanted {
        if !lent.lend(token, &file, now) {
            let text = "A token is another file’s: make one at random.";
            return Err(Refusal::new(409, "token", "Taken", text));
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn wanted(board: &BoardId, text: &[u8]) -> Option<Vec<(Token, Address)>> {
    let read = |line: &str| {
        let (token, hash) = line.split_once(' ')?;
        let file = Address {
            board: board.clone(),
            hash: FileHash::parse(hash)?,
        };
        Some((Token::parse(token)?, file))
    };
    str::from_utf8(text).ok()?.lines().map(read).collect()
}

/// Answers with the file that a token is for.
pub(super) async fn read(
    context: &Context,
    token: &str,
    asked: &HeaderMap,
    method: &Method,
) -> Result<Response, Refusal> {
    let token = Token::parse(token);
    let found = token.and_then(|token| {
        let lent = context.files.lent();
        lent.find(token, Instant::now()).cloned()
    });
    let Some(file) = found else {
        let text = "This file is not lent, or no longer: copy it again where it is.";
        return Err(Refusal::new(404, "token", "Not lent", text));
    };
    let mut response = outgoing::read(context, &file, asked, method).await?;
    if response.status() == StatusCode::NOT_FOUND {
        let text = "The file has not come to this server yet. Try again.";
        return Err(Refusal::new(503, "token", "Not yet", text));
    }
    // It is lent for minutes, not given.
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
