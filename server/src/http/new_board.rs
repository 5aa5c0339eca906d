//! `GET /new`: off to a board that nobody has seen yet.
//!
//! Owns how an unguessable id is made. Nothing is stored: a board exists from its first update.

use warp::filters::BoxedFilter;
use warp::http::StatusCode;
use warp::http::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use warp::reply::Response;
use warp::{Filter, Reply};

use super::refusal;

/// 22 characters of 64 are 132 bits: nobody guesses one.
const LENGTH: usize = 22;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

pub(super) fn route() -> BoxedFilter<(Response,)> {
    warp::path!("new").and(warp::get()).map(answer).boxed()
}

fn answer() -> Response {
    let location = random_id().and_then(|id| HeaderValue::try_from(format!("/b/{id}")).ok());
    let Some(location) = location else {
        let text = "The server has no random numbers at hand. Try again in a moment.";
        return refusal::page(StatusCode::SERVICE_UNAVAILABLE, "Not just now", text);
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(LOCATION, location);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn random_id() -> Option<String> {
    let mut random = [0_u8; LENGTH];
    getrandom::fill(&mut random).ok()?;
    let letters = random
        .iter()
        .map(|byte| ALPHABET.get(usize::from(byte & 63)));
    letters
        .map(|letter| letter.copied().map(char::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_possible_boards_and_never_the_same() {
        let (one, two) = (random_id().unwrap(), random_id().unwrap());
        assert_eq!(one.len(), 22);
        assert!(board::id::BoardId::parse(&one).is_ok());
        assert_ne!(one, two);
    }
}
