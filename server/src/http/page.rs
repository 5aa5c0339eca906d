//! `GET /` and `GET /b/{board}`: the page. It finds out from the address which board it shows.
//!
//! Owns the refusal of addresses that name no possible board, and which origin the page is told.

use warp::Filter;
use warp::filters::BoxedFilter;
use warp::http::HeaderMap;
use warp::http::uri::Authority;
use warp::path::Tail;
use warp::reply::Response;

use super::{Admission, Context, board, no_board, origin, sync};

pub(super) fn route(context: Context) -> BoxedFilter<(Response,)> {
    let start = warp::path::end().map(|| None);
    let of_board = warp::path("b").and(warp::path::tail()).map(Some);
    start
        .or(of_board)
        .unify()
        .and(warp::get().or(warp::head()).unify())
        .and(warp::header::headers_cloned())
        .and(warp::host::optional().or(warp::any().map(|| None)).unify())
        .and(warp::ext::optional::<Admission>())
        .map(
            move |tail: Option<Tail>,
                  headers: HeaderMap,
                  host: Option<Authority>,
                  admission: Option<Admission>| {
                let scheme = sync::scheme(&context, admission.as_ref(), &headers);
                let origin = host.and_then(|host| origin::of(host.as_str(), scheme, &headers));
                answer(&context, tail.as_ref(), &headers, origin.as_deref())
            },
        )
        .boxed()
}

fn answer(
    context: &Context,
    tail: Option<&Tail>,
    headers: &HeaderMap,
    origin: Option<&str>,
) -> Response {
    if let Some(Err(error)) = tail.map(|tail| board(tail.as_str())) {
        return no_board(&error);
    }
    context.assets.page(headers, origin)
}
