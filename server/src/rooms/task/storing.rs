//! How a room's task keeps a board: rows to the store, its answers, snapshots.
//!
//! Owns what is done when the store fails. The order of rows is in `unsettled`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use board::protocol::CloseCode;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::{End, MAX_UNSETTLED, Task};
use crate::room::Event;
use crate::store::snapshots::{MANY_BYTES, MANY_ROWS};
use crate::store::{Batch, Row, StoreError};

impl Task<'_> {
    /// Takes a row for the batch of this turn.
    pub(super) fn gather(&mut self, row: Row) {
        self.gathered_bytes += row.update.len();
        self.gathered.push(row);
    }

    /// Hands the turn's batch to the store, and hurries it when somebody waits to hear that it is
    /// on disk.
    pub(super) fn append(&mut self) {
        let urgent = self.room.has_waiting_fences();
        if self.gathered.is_empty() {
            if urgent && !self.unsettled.is_empty() {
                self.shared.store.hurry();
            }
            return;
        }
        let rows = std::mem::take(&mut self.gathered);
        self.shared.metrics.updates.inc_by(rows.len() as u64);
        self.gathered_bytes = 0;
        if let Some(rows) = self.unsettled.push(Instant::now(), rows) {
            self.submit(rows, urgent);
        }
    }

    fn submit(&self, rows: Vec<Row>, urgent: bool) {
        let answering = Answering {
            to: Arc::clone(&self.answers),
            version: rows.last().map_or(0, |row| row.seq),
            since: Instant::now(),
            result: None,
        };
        self.shared.store.append(Batch {
            board: self.board.clone(),
            rows,
            urgent,
            done: Box::new(move |result| answering.with(result)),
        });
    }

    /// Hands the store again what it could not take, when it is time.
    pub(super) fn retry(&mut self) {
        for rows in self.unsettled.retry(Instant::now()) {
            self.submit(rows, true);
        }
    }

    pub(super) fn fold(&mut self) {
        self.unfolded = (0, 0);
        self.shared.snapshots.ask(self.board);
    }

    /// The store has answered. While it fails the room goes on, says so, and tries again; it ends
    /// when there is too much to keep, or somebody else writes to its log.
    pub(super) fn hear_store(&mut self, answer: Answer) -> Option<End> {
        let Answer {
            version,
            since,
            result,
        } = answer;
        let metrics = &self.shared.metrics;
        match &result {
            Ok(()) => metrics.store_latency.observe(since.elapsed().as_secs_f64()),
            Err(error) => {
                metrics.store_errors.inc();
                tracing::error!(board = %self.board, %error, "updates are not stored");
            }
        }
        let conflict = matches!(result, Err(StoreError::Conflict(_)));
        // Before anything ends: an answer that is not noted would be waited for at the end.
        let stored = self.unsettled.settle(Instant::now(), version, result);
        self.unfolded.0 += stored.0;
        self.unfolded.1 += stored.1;
        // Not before they are stored: a snapshot has in it what the store has.
        if self.unfolded.0 >= MANY_ROWS || self.unfolded.1 >= MANY_BYTES {
            self.fold();
        }
        if conflict {
            return Some(self.close_all(CloseCode::Unavailable, "the board reloads"));
        }
        let sound = self.tell_how_far();
        if let (Some(reason), false) = (self.unsettled.failure(), self.store_keeps_up()) {
            let reason = format!("the board cannot be stored: {reason}");
            return Some(self.close_all(CloseCode::Unavailable, &reason));
        }
        (!sound).then(|| self.close_all(CloseCode::Internal, "the room broke and reloads"))
    }

    /// Tells the room what is durable, and whether the store is late with the rest, and notes that
    /// for whoever asks after the server. Whether the room is sound.
    pub(super) fn tell_how_far(&mut self) -> bool {
        let now = Instant::now();
        let trouble = self.unsettled.trouble(now);
        self.late = trouble.is_some();
        match &trouble {
            Some(why) => self.shared.unsaved.failed(self.board, why),
            None => self.shared.unsaved.met(self.board),
        }
        let version = self.unsettled.durable();
        self.step(Event::Stored { version, trouble })
    }

    pub(super) fn store_keeps_up(&self) -> bool {
        self.unsettled.bytes() + self.gathered_bytes < MAX_UNSETTLED
    }

    /// Waits until the store has answered everything: only then may the board be loaded again.
    pub(super) async fn settle(&mut self) {
        while self.unsettled.is_underway() {
            let Answer {
                version, result, ..
            } = self.answers.next().await;
            self.unsettled.settle(Instant::now(), version, result);
        }
        if self.unsettled.is_empty() {
            self.shared.unsaved.met(self.board);
        } else {
            let bytes = self.unsettled.bytes();
            tracing::error!(board = %self.board, bytes, "what was not stored is left to the clients");
            // Some of it may be durable though its commit failed: the next opening must not have
            // to hand it in again.
            self.shared.store.give_up(self.board);
        }
    }
}

/// What became of a batch.
pub(super) struct Answer {
    /// Its last row.
    version: u64,
    /// When it was handed to the store.
    since: Instant,
    result: Result<(), StoreError>,
}

/// A queue of answers. Channels keep kilobytes at hand, and most boards are quiet.
#[derive(Default)]
pub(super) struct Answers {
    queue: Mutex<Vec<Answer>>,
    came: Notify,
}

impl Answers {
    fn put(&self, answer: Answer) {
        self.queue().push(answer);
        self.came.notify_one();
    }

    /// The next one, of several in no order.
    pub(super) async fn next(&self) -> Answer {
        loop {
            if let Some(answer) = self.queue().pop() {
                return answer;
            }
            self.came.notified().await;
        }
    }

    fn queue(&self) -> MutexGuard<'_, Vec<Answer>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers for a batch even if the store drops it without a word.
struct Answering {
    to: Arc<Answers>,
    version: u64,
    since: Instant,
    result: Option<Result<(), StoreError>>,
}

impl Answering {
    fn with(mut self, result: Result<(), StoreError>) {
        self.result = Some(result);
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let lost = || Err(StoreError::Failed("the store broke down".to_owned()));
        let result = self.result.take().unwrap_or_else(lost);
        let (version, since) = (self.version, self.since);
        self.to.put(Answer {
            version,
            since,
            result,
        });
    }
}
