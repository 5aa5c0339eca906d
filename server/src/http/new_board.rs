//! `GET /new`: off to a board that nobody has seen yet.
//!
//! Owns where the randomness of its name comes from. Nothing is stored: a board exists from its first
//! update, and whoever gets the link before that is believed, because the name checks itself.

use board::id::{BoardId, RANDOM_NAME};
use warp::Reply;
use warp::http::StatusCode;
use warp::http::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use warp::reply::Response;

use super::refusal;

/// Answers with the way to it.
pub(super) fn answer() -> Response {
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

fn random_id() -> Option<BoardId> {
    let mut random = [0_u8; RANDOM_NAME];
    getrandom::fill(&mut random).ok()?;
    Some(BoardId::from_random(random))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_and_never_the_same() {
        let (one, two) = (random_id().unwrap(), random_id().unwrap());
        assert!(one.is_whole() && two.is_whole());
        assert_ne!(one, two);
    }
}
