//! `GET /metrics`: what the server counts, for Prometheus.
//!
//! Owns the answer's type. What is counted is in `crate::metrics`.

use warp::reply::Response;

use super::{Context, typed};

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers with everything that is counted.
pub(super) fn answer(context: &Context) -> Response {
    typed(context.metrics.text(), OPENMETRICS)
}
