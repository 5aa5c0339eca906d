//! Answers that say no, in words that a person can read.
//!
//! Owns their looks. Knows no endpoint.

use warp::Rejection;
use warp::http::StatusCode;
use warp::reply::Response;

use super::typed;

/// A page that says what is wrong and what to do.
pub(super) fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · Drawbridge</title>\
         <h1>{title}</h1><p>{text}</p><p><a href=\"/\">To the start page</a></p>\n",
        title = escaped(title),
        text = escaped(text),
    );
    let mut response = typed(body, "text/html; charset=utf-8");
    *response.status_mut() = status;
    response
}

/// The answer when no endpoint takes a request.
pub(super) fn of(rejection: &Rejection) -> Response {
    if rejection.find::<warp::reject::MethodNotAllowed>().is_some() {
        let text = "This address can only be read.";
        return page(StatusCode::METHOD_NOT_ALLOWED, "Not allowed", text);
    }
    if !rejection.is_not_found() {
        tracing::debug!(?rejection, "a request was refused");
        let text = "The server could not make sense of this request.";
        return page(StatusCode::BAD_REQUEST, "Bad request", text);
    }
    let text = "There is nothing at this address.";
    page(StatusCode::NOT_FOUND, "Not found", text)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
