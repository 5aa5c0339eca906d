//! `GET /healthz` and `GET /readyz`: whether the server runs, and whether it can save.
//!
//! Owns the answers; the store owns the checks.

use std::pin::Pin;
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

/// How long an answer holds: whoever asks more often is told the same, so that asking cannot keep
/// the disk or the threads busy.
const HOLDS: Duration = Duration::from_secs(1);
/// How long a check may take before the store counts as unable.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the store is asked. Blocks.
type Check = fn(&Rooms) -> Result<(), StoreError>;
/// An answer on its way.
type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The latest answer to one question. The lock is held while asking: one asks, the others wait.
#[derive(Default)]
struct Latest {
    answer: Option<(Instant, Result<(), String>)>,
    /// A check that has not ended: a store that stalls is not asked again, or each asking would
    /// hold one more thread.
    asking: Option<JoinHandle<Result<(), StoreError>>>,
}

pub(super) fn route(context: Context) -> BoxedFilter<(Response,)> {
    let healthy = endpoint(context.rooms.clone(), Rooms::check);
    let ready = endpoint(context.rooms, Rooms::probe);
    let healthy = warp::path!("healthz").and(warp::get()).then(healthy);
    let ready = warp::path!("readyz").and(warp::get()).then(ready);
    healthy.or(ready).unify().boxed()
}

fn endpoint(rooms: Rooms, check: Check) -> impl Fn() -> Answering + Clone + Send + Sync {
    let latest = Arc::new(Mutex::new(Latest::default()));
    move || {
        let (rooms, latest) = (rooms.clone(), Arc::clone(&latest));
        Box::pin(async move { answer(latest.lock().await.ask(rooms, check).await) })
    }
}

impl Latest {
    async fn ask(&mut self, rooms: Rooms, check: Check) -> Result<(), String> {
        let fresh = self.answer.as_ref().filter(|(at, _)| at.elapsed() < HOLDS);
        if let Some((_, result)) = fresh {
            return result.clone();
        }
        let asking = self.asking.take();
        let mut asking =
            asking.unwrap_or_else(|| tokio::task::spawn_blocking(move || check(&rooms)));
        let result = match tokio::time::timeout(PATIENCE, &mut asking).await {
            Ok(Ok(result)) => result.map_err(|error| error.to_string()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => {
                self.asking = Some(asking);
                Err(format!("the store has not answered for {PATIENCE:?}"))
            }
        };
        // Once, and not for each who is told.
        if let Err(error) = &result {
            tracing::error!(error, "the store does not do its work");
        }
        self.answer = Some((Instant::now(), result.clone()));
        result
    }
}

fn answer(result: Result<(), String>) -> Response {
    let Err(error) = result else {
        return typed("ok\n", "text/plain; charset=utf-8");
    };
    let text = format!("{error}\n");
    warp::reply::with_status(text, StatusCode::SERVICE_UNAVAILABLE).into_response()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::rooms::tests::rooms_over_nothing;

    #[tokio::test(start_paused = true)]
    async fn however_often_it_is_asked_the_store_is_asked_once_a_second() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        fn check(_: &Rooms) -> Result<(), StoreError> {
            ASKED.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
        let ask = endpoint(rooms_over_nothing(), check);
        let asking = (0..100).map(|_| tokio::spawn(ask()));
        for answer in asking.collect::<Vec<_>>() {
            assert_eq!(answer.await.unwrap().status(), StatusCode::OK);
        }
        assert_eq!(ASKED.load(Ordering::SeqCst), 1);
        tokio::time::advance(HOLDS).await;
        ask().await;
        assert_eq!(ASKED.load(Ordering::SeqCst), 2);
    }
}
