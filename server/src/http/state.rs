//! `GET /sync/{board}` without an upgrade: the board's whole state, compressed.
//!
//! Owns the encoding of the answer. Drawbridge's own client loads by it and then connects.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use warp::http::StatusCode;
use warp::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, VARY,
};
use warp::reply::Response;

use super::assets::accepts;
use super::refusal;
use crate::rooms::Lease;

/// How many bytes the state has before compression: what a progress bar counts to.
const RAW_LENGTH: HeaderName = HeaderName::from_static("x-raw-length");
/// Below this, compression gains nothing.
const SMALL: usize = 512;
/// Brotli's speed here is gzip's, its result a fifth smaller.
const BROTLI_QUALITY: i32 = 4;

/// Answers with the state of the board that `lease` is for.
pub(super) async fn answer(lease: Lease, headers: &HeaderMap) -> Response {
    let Ok(state) = lease.state().await else {
        let text = "The board cannot be loaded just now. Try again in a moment.";
        return refusal::page(StatusCode::SERVICE_UNAVAILABLE, "Not just now", text);
    };
    let raw = state.len();
    let encoding = choose(headers, raw);
    let packed = tokio::task::spawn_blocking(move || pack(&state, encoding).unwrap_or(state)).await;
    let Ok(body) = packed else {
        let text = "The board could not be compressed.";
        return refusal::page(StatusCode::INTERNAL_SERVER_ERROR, "Something broke", text);
    };
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
        answered.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn choose(headers: &HeaderMap, length: usize) -> Option<&'static str> {
    let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let mut offered = ["br", "gzip"].into_iter().filter(|_| length >= SMALL);
    offered.find(|name| accepts(accepted, name))
}

/// Compresses; writing into memory does not fail.
fn pack(state: &Bytes, encoding: Option<&'static str>) -> Option<Bytes> {
    match encoding? {
        "br" => {
            let params = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                ..Default::default()
            };
            let mut packed = Vec::new();
            brotli::BrotliCompress(&mut &state[..], &mut packed, &params).ok()?;
            Some(packed.into())
        }
        _ => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::new(5));
            encoder.write_all(state).ok()?;
            encoder.finish().ok().map(Bytes::from)
        }
    }
}
