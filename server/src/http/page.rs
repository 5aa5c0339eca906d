//! `GET /` and `GET /b/{board}`: the page. It finds out from the address which board it shows.
//!
//! Owns the refusal of addresses that name no possible board.

use warp::Filter;
use warp::filters::BoxedFilter;
use warp::http::{HeaderMap, StatusCode};
use warp::path::Tail;
use warp::reply::Response;

use super::{Context, board, refusal};

pub(super) fn route(context: Context) -> BoxedFilter<(Response,)> {
    let start = warp::path::end().map(|| None);
    let of_board = warp::path("b").and(warp::path::tail()).map(Some);
    start
        .or(of_board)
        .unify()
        .and(warp::get().or(warp::head()).unify())
        .and(warp::header::headers_cloned())
        .map(move |tail: Option<Tail>, headers: HeaderMap| {
            answer(&context, tail.as_ref(), &headers)
        })
        .boxed()
}

fn answer(context: &Context, tail: Option<&Tail>, headers: &HeaderMap) -> Response {
    if let Some(Err(error)) = tail.map(|tail| board(tail.as_str())) {
        let text = format!("No board can have this address: {error}.");
        return refusal::page(StatusCode::NOT_FOUND, "No such board", &text);
    }
    context.assets.page(headers)
}
