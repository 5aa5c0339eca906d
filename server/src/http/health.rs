//! `GET /healthz` and `GET /readyz`: whether the server runs, and whether it can save.
//!
//! Owns the answers; the store owns the checks.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use warp::filters::BoxedFilter;
use warp::http::StatusCode;
use warp::reply::Response;
use warp::{Filter, Reply};

use super::{Context, typed};
use crate::rooms::Rooms;
use crate::store::StoreError;

/// How long an answer about writing holds: whoever asks more often is told the same, so that
/// asking cannot keep the disk busy.
const HOLDS: Duration = Duration::from_secs(1);
/// How long a write may take before the store counts as unable.
const PATIENCE: Duration = Duration::from_secs(5);

/// The latest answer about writing. The lock is held while asking: one asks, the others wait.
type Latest = Arc<Mutex<Readiness>>;

#[derive(Default)]
struct Readiness {
    answer: Option<(Instant, Result<(), String>)>,
    /// A write that has not ended: a store that stalls is not asked again, or each asking would
    /// hold one more thread.
    probing: Option<JoinHandle<Result<(), StoreError>>>,
}

pub(super) fn route(context: Context) -> BoxedFilter<(Response,)> {
    let (rooms, latest) = (context.rooms.clone(), Latest::default());
    let healthy = warp::path!("healthz")
        .and(warp::get())
        .then(move || health(context.rooms.clone()));
    let ready = warp::path!("readyz")
        .and(warp::get())
        .then(move || readiness(rooms.clone(), Arc::clone(&latest)));
    healthy.or(ready).unify().boxed()
}

async fn health(rooms: Rooms) -> Response {
    let checked = tokio::task::spawn_blocking(move || rooms.check()).await;
    let checked = checked.map_err(|error| error.to_string());
    answer(checked.and_then(|result| result.map_err(|error| error.to_string())))
}

async fn readiness(rooms: Rooms, latest: Latest) -> Response {
    let mut latest = latest.lock().await;
    let fresh = latest
        .answer
        .as_ref()
        .filter(|(at, _)| at.elapsed() < HOLDS);
    if let Some((_, result)) = fresh {
        return answer(result.clone());
    }
    let probing = latest.probing.take();
    let mut probing = probing.unwrap_or_else(|| tokio::task::spawn_blocking(move || rooms.probe()));
    let result = match tokio::time::timeout(PATIENCE, &mut probing).await {
        Ok(Ok(result)) => result.map_err(|error| error.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => {
            latest.probing = Some(probing);
            Err(format!("the store has not written for {PATIENCE:?}"))
        }
    };
    latest.answer = Some((Instant::now(), result.clone()));
    answer(result)
}

fn answer(result: Result<(), String>) -> Response {
    let Err(error) = result else {
        return typed("ok\n", "text/plain; charset=utf-8");
    };
    tracing::error!(error, "the store does not do its work");
    let text = format!("{error}\n");
    warp::reply::with_status(text, StatusCode::SERVICE_UNAVAILABLE).into_response()
}
