//! `GET /metrics`: what the server counts, for Prometheus.
//!
//! Owns the answer's type. What is counted is in `crate::metrics`.

use warp::Filter;
use warp::filters::BoxedFilter;
use warp::reply::Response;

use super::{Context, typed};

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) fn route(context: Context) -> BoxedFilter<(Response,)> {
    warp::path!("metrics")
        .and(warp::get())
        .map(move || typed(context.metrics.text(), OPENMETRICS))
        .boxed()
}
