//! `GET /healthz` and `GET /readyz`: whether the server can read boards, and whether it can save them.
//!
//! Owns the answers. What boards wait for decides; while they wait for nothing, the store is tried.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use warp::Reply;
use warp::http::StatusCode;
use warp::reply::Response;

use super::typed;
use crate::rooms::Rooms;
use crate::store::StoreError;

/// How long an answer holds: whoever asks more often is told the same, so that asking cannot keep
/// the disk or the threads busy.
const HOLDS: Duration = Duration::from_secs(1);
/// How long a check may take before the store counts as unable.
const PATIENCE: Duration = Duration::from_secs(5);

/// What boards wait for in vain, and why.
type Waits = fn(&Rooms) -> Option<String>;
/// What the store is asked. Blocks.
type Check = fn(&Rooms) -> Result<(), StoreError>;

/// The latest answer to one question. The lock is held while asking: one asks, the others wait.
#[derive(Debug, Default)]
struct Latest {
    answer: Option<(Instant, Result<(), String>)>,
    /// A check whose end nobody has seen: a store that stalls is not asked again, or each asking
    /// would hold one more thread. It says when it ended.
    asking: Option<JoinHandle<(Instant, Result<(), StoreError>)>>,
}

/// A question that anybody may ask, and its latest answer.
#[derive(Debug)]
pub(crate) struct Question {
    waits: Waits,
    check: Check,
    latest: Mutex<Latest>,
}

impl Question {
    /// Whether boards can be read.
    pub(crate) fn healthy() -> Self {
        Self::new(Rooms::unread, Rooms::check)
    }

    /// Whether they can be saved.
    pub(crate) fn ready() -> Self {
        Self::new(Rooms::unsaved, Rooms::probe)
    }

    fn new(waits: Waits, check: Check) -> Self {
        Self {
            waits,
            check,
            latest: Mutex::default(),
        }
    }

    /// The answer, which may be a second old.
    pub(super) async fn answer(&self, rooms: &Rooms) -> Response {
        // A try may do what boards wait for in vain: it is smaller, or comes from memory.
        let result = match (self.waits)(rooms) {
            Some(why) => Err(why),
            None => self.latest.lock().await.ask(rooms, self.check).await,
        };
        answer(result)
    }
}

impl Latest {
    async fn ask(&mut self, rooms: &Rooms, check: Check) -> Result<(), String> {
        let fresh = self.answer.as_ref().filter(|(at, _)| at.elapsed() < HOLDS);
        if let Some((_, result)) = fresh {
            return result.clone();
        }
        let mut ended = self.ended(rooms, check).await;
        if ended.0.elapsed() >= HOLDS {
            // Whoever began that one did not wait for its end.
            ended = self.ended(rooms, check).await;
        }
        // Once, and not for each who is told.
        if let Err(error) = &ended.1 {
            tracing::error!(error, "the store does not do its work");
        }
        self.answer.insert(ended).1.clone()
    }

    /// What comes of the check that is under way, or of a new one. Whoever asks may hang up at any
    /// time, which drops this in the middle: the check stays where the next one finds it.
    async fn ended(&mut self, rooms: &Rooms, check: Check) -> (Instant, Result<(), String>) {
        let asking = self.asking.get_or_insert_with(|| {
            let rooms = rooms.clone();
            tokio::task::spawn_blocking(move || {
                let result = check(&rooms);
                (Instant::now(), result)
            })
        });
        let ended = tokio::time::timeout(PATIENCE, asking).await;
        if ended.is_ok() {
            self.asking = None;
        }
        match ended {
            Ok(Ok((at, result))) => (at, result.map_err(|error| error.to_string())),
            Ok(Err(error)) => (Instant::now(), Err(error.to_string())),
            Err(_) => {
                let text = format!("the store has not answered for {PATIENCE:?}");
                (Instant::now(), Err(text))
            }
        }
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
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Waker};

    use super::*;
    use crate::rooms::tests::rooms_over_nothing;

    #[tokio::test(start_paused = true)]
    async fn however_often_it_is_asked_the_store_is_asked_once_a_second() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        fn check(_: &Rooms) -> Result<(), StoreError> {
            ASKED.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
        let question = Arc::new(Question::new(|_| None, check));
        let rooms = rooms_over_nothing();
        let asking = (0..100).map(|_| {
            let (question, rooms) = (Arc::clone(&question), rooms.clone());
            tokio::spawn(async move { question.answer(&rooms).await })
        });
        for answer in asking.collect::<Vec<_>>() {
            assert_eq!(answer.await.unwrap().status(), StatusCode::OK);
        }
        assert_eq!(ASKED.load(Ordering::SeqCst), 1);
        tokio::time::advance(HOLDS).await;
        question.answer(&rooms).await;
        assert_eq!(ASKED.load(Ordering::SeqCst), 2);
    }

    static GATED: AtomicUsize = AtomicUsize::new(0);
    static GATE: std::sync::Mutex<()> = std::sync::Mutex::new(());

    /// Counts, and waits for the gate.
    fn gated(_: &Rooms) -> Result<(), StoreError> {
        GATED.fetch_add(1, Ordering::SeqCst);
        drop(GATE.lock().unwrap());
        Ok(())
    }

    fn hang_up(latest: &mut Latest) {
        let rooms = rooms_over_nothing();
        let asking = std::pin::pin!(latest.ask(&rooms, gated));
        let begun = asking.poll(&mut Context::from_waker(Waker::noop()));
        assert!(begun.is_pending());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_asks_and_hangs_up_makes_no_more_checks_than_who_waits() {
        let mut latest = Latest::default();
        let gate = GATE.lock().unwrap();
        for _ in 0..10 {
            hang_up(&mut latest);
        }
        drop(gate);
        latest.ask(&rooms_over_nothing(), gated).await.unwrap();
        assert_eq!(GATED.load(Ordering::SeqCst), 1);
        tokio::time::advance(HOLDS).await;
        let gate = GATE.lock().unwrap();
        hang_up(&mut latest);
        drop(gate);
        while !latest.asking.as_ref().unwrap().is_finished() {
            tokio::task::yield_now().await;
        }
        assert_eq!(GATED.load(Ordering::SeqCst), 2);
        tokio::time::advance(HOLDS).await;
        latest.ask(&rooms_over_nothing(), gated).await.unwrap();
        let asked = GATED.load(Ordering::SeqCst);
        assert_eq!(asked, 3, "what nobody waited for is out of date by now");
    }
}
