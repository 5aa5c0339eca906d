//! Answers that say no, in words that a person can read.
//!
//! Owns what they look like to whom: browsers get the page's own card, from the file `refusal.html`
//! of the built page, everybody else a line of text. Knows no endpoint.

use warp::Rejection;
use warp::http::StatusCode;
use warp::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, VARY};
use warp::reply::Response;

use super::assets::Assets;
use super::typed;

/// What the page says where it has not been built.
const BARE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\">\
    <meta name=\"color-scheme\" content=\"light dark\"><title>{{title}} – Drawbridge</title>\
    <h1>{{title}}</h1><p>{{text}}</p><p><a href=\"{{way}}\">{{onward}}</a></p>\n";

/// What is wrong, until it is known who asked.
#[derive(Debug, Clone)]
struct Refusal {
    title: String,
    text: String,
}

/// An answer that says what is wrong and what to do.
pub(super) fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let mut response = typed(format!("{text}\n"), "text/plain; charset=utf-8");
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    response.extensions_mut().insert(Refusal {
        title: title.to_owned(),
        text: text.to_owned(),
    });
    response
}

/// The answer to a request that is none.
pub(super) fn of(rejection: &Rejection) -> Response {
    tracing::debug!(?rejection, "a request was refused");
    let text = "The server could not make sense of this request.";
    page(StatusCode::BAD_REQUEST, "Bad request", text)
}

/// The answer where nothing is.
pub(super) fn nothing_here() -> Response {
    let text =
        "There is no page at this address. Perhaps something is missing from it, or was added.";
    page(StatusCode::NOT_FOUND, "Nothing is here", text)
}

/// Makes a page of a refusal for whoever shows pages; leaves every other answer as it is.
pub(super) fn shown(response: Response, asked: &HeaderMap, assets: &Assets) -> Response {
    let Some(refusal) = response.extensions().get::<Refusal>() else {
        return response;
    };
    if !shows_pages(asked) {
        return response;
    }
    let template = assets.text("refusal.html");
    let body = refusal.fill(template.as_deref().unwrap_or(BARE), response.status());
    let (mut parts, _) = response.into_parts();
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    parts.headers.insert(CONTENT_TYPE, html);
    parts.headers.remove("content-length");
    Response::from_parts(parts, body.into())
}

impl Refusal {
    /// What may pass by itself is tried again; else a new board is the way on.
    fn fill(&self, template: &str, status: StatusCode) -> String {
        let passes = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
        let (way, onward) = match passes {
            true => ("", "Try again"),
            false => ("/new", "New board"),
        };
        template
            .replace("{{title}}", &escaped(&self.title))
            .replace("{{way}}", way)
            .replace("{{onward}}", onward)
            // Last: it may hold what somebody wrote into an address.
            .replace("{{text}}", &escaped(&self.text))
    }
}

/// Browsers ask for HTML when they open an address, and for anything when a script does.
fn shows_pages(asked: &HeaderMap) -> bool {
    let mut accepted = asked.get_all(ACCEPT).into_iter();
    accepted.any(|value| {
        value
            .to_str()
            .is_ok_and(|value| value.contains("text/html"))
    })
}

/// Text as it may stand between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_address_is_shown_and_never_run() {
        let refusal = Refusal {
            title: "<b>".to_owned(),
            text: "\"{{title}}\" & <script>".to_owned(),
        };
        let page = refusal.fill(
            "{{title}}|{{text}}|{{way}}|{{onward}}",
            StatusCode::NOT_FOUND,
        );
        assert_eq!(
            page,
            "&lt;b&gt;|&quot;{{title}}&quot; &amp; &lt;script&gt;|/new|New board"
        );
    }
}
