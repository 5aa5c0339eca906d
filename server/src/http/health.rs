//! `GET /healthz`: whether the server can do its work.
//!
//! Owns the answer; the store owns the check.

use warp::filters::BoxedFilter;
use warp::http::StatusCode;
use warp::reply::Response;
use warp::{Filter, Reply};

use super::{Context, typed};

pub(super) fn route(context: Context) -> BoxedFilter<(Response,)> {
    warp::path!("healthz")
        .and(warp::get())
        .then(move || answer(context.clone()))
        .boxed()
}

async fn answer(context: Context) -> Response {
    let rooms = context.rooms;
    let checked = tokio::task::spawn_blocking(move || rooms.check()).await;
    match checked {
        Ok(Ok(())) => typed("ok\n", "text/plain; charset=utf-8"),
        failed => {
            tracing::error!(?failed, "the store does not answer");
            let text = "the store does not answer\n";
            warp::reply::with_status(text, StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}
