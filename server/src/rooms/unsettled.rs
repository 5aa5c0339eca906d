//! What of a board is on its way to the disk.
//!
//! Owns the order in which rows count as durable, and when those that failed are tried again. Knows
//! neither the room nor the store.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::store::{Row, StoreError};

/// Pause before rows that failed are tried again; it doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Longest pause: so long after a full disk has room again, everything is saved.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How long the store may take over rows before people are told that they are not saved: longer
/// than any disk that is only busy.
const PATIENCE: Duration = Duration::from_secs(3);

/// Rows in the order in which the room took them in.
#[derive(Debug)]
pub(super) struct Unsettled {
    batches: VecDeque<Pending>,
    bytes: usize,
    durable: u64,
    failure: Option<String>,
    pause: Duration,
    retry_at: Option<Instant>,
}

#[derive(Debug)]
struct Pending {
    rows: Vec<Row>,
    bytes: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Underway { since: Instant },
    Failed,
    Stored,
}

impl Pending {
    fn version(&self) -> u64 {
        self.rows.last().map_or(0, |row| row.seq)
    }
}

impl Unsettled {
    /// Everything up to `durable` is on disk.
    pub(super) fn new(durable: u64) -> Self {
        Self {
            batches: VecDeque::new(),
            bytes: 0,
            durable,
            failure: None,
            pause: FIRST_PAUSE,
            retry_at: None,
        }
    }

    /// Everything up to here is on disk.
    pub(super) fn durable(&self) -> u64 {
        self.durable
    }

    /// Bytes that are not known to be on disk.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether everything is on disk.
    pub(super) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Whether the store owes an answer.
    pub(super) fn is_underway(&self) -> bool {
        let mut batches = self.batches.iter();
        batches.any(|batch| matches!(batch.state, State::Underway { .. }))
    }

    /// Why the store did not take something that it has still not taken.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// The same, or that the store is late.
    pub(super) fn trouble(&self, now: Instant) -> Option<String> {
        let late = || {
            let late = self.late_at().is_some_and(|at| at <= now);
            late.then(|| format!("the disk has not answered for {PATIENCE:?}"))
        };
        self.failure.clone().or_else(late)
    }

    /// When the store will be, or was, late with what it was given first.
    pub(super) fn late_at(&self) -> Option<Instant> {
        let since = self.batches.iter().filter_map(|batch| match batch.state {
            State::Underway { since } => Some(since),
            State::Failed | State::Stored => None,
        });
        since.min().map(|since| since + PATIENCE)
    }

    /// When [`Unsettled::retry`] is due: not before the store has answered everything.
    pub(super) fn retry_at(&self) -> Option<Instant> {
        self.retry_at.filter(|_| !self.is_underway())
    }

    /// Takes rows in; those to hand to the store now. While it fails, that is none: they follow
    /// the ones before them.
    pub(super) fn push(&mut self, now: Instant, rows: Vec<Row>) -> Option<Vec<Row>> {
        let bytes = rows.iter().map(|row| row.update.len()).sum();
        self.bytes += bytes;
        let state = match self.failure {
            None => State::Underway { since: now },
            Some(_) => State::Failed,
        };
        let submitted = (state != State::Failed).then(|| rows.clone());
        self.batches.push_back(Pending { rows, bytes, state });
        submitted
    }

    /// The store's answer to the rows that end with `version`; how many rows and bytes have become
    /// durable by it.
    pub(super) fn settle(
        &mut self,
        now: Instant,
        version: u64,
        result: Result<(), StoreError>,
    ) -> (usize, usize) {
        let answered = self.batches.iter_mut().find(|b| b.version() == version);
        let Some(batch) = answered else {
            return (0, 0);
        };
        match result {
            Ok(()) => batch.state = State::Stored,
            Err(error) => {
                batch.state = State::Failed;
                self.failure = Some(error.reason().to_owned());
                if self.retry_at.is_none() {
                    self.retry_at = Some(now + self.pause);
                    self.pause = (self.pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
        let mut stored = (0, 0);
        while let Some(first) = self.batches.pop_front_if(|b| b.state == State::Stored) {
            self.durable = first.version();
            self.bytes -= first.bytes;
            stored.0 += first.rows.len();
            stored.1 += first.bytes;
        }
        if self
            .batches
            .iter()
            .all(|batch| batch.state != State::Failed)
        {
            self.failure = None;
            self.pause = FIRST_PAUSE;
            self.retry_at = None;
        }
        stored
    }

    /// What is to be tried again, if it is time.
    pub(super) fn retry(&mut self, now: Instant) -> Vec<Vec<Row>> {
        if self.retry_at.is_none_or(|at| now < at) || self.is_underway() {
            return Vec::new();
        }
        self.retry_at = None;
        let failed = self.batches.iter_mut().filter(|b| b.state == State::Failed);
        failed
            .map(|batch| {
                batch.state = State::Underway { since: now };
                batch.rows.clone()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::principal::ActorId;
    use bytes::Bytes;

    fn rows(seq: u64) -> Vec<Row> {
        vec![Row {
            seq,
            author: 1,
            actor: ActorId::OPERATOR,
            update: Bytes::from_static(b"0123456789"),
        }]
    }

    fn full() -> Result<(), StoreError> {
        Err(StoreError::Failed("the disk is full".to_owned()))
    }

    #[test]
    fn rows_are_durable_in_order_whatever_the_order_of_the_answers() {
        let (mut unsettled, now) = (Unsettled::new(3), Instant::now());
        for seq in 4..=6 {
            assert!(unsettled.push(now, rows(seq)).is_some());
        }
        assert_eq!(unsettled.settle(now, 5, Ok(())), (0, 0));
        assert_eq!((unsettled.durable(), unsettled.bytes()), (3, 30));
        assert_eq!(unsettled.settle(now, 4, Ok(())), (2, 20));
        assert_eq!((unsettled.durable(), unsettled.bytes()), (5, 10));
        unsettled.settle(now, 6, Ok(()));
        assert!(unsettled.is_empty() && unsettled.durable() == 6);
    }

    #[test]
    fn what_failed_is_tried_again_after_longer_and_longer_pauses() {
        let (mut unsettled, mut now) = (Unsettled::new(0), Instant::now());
        unsettled.push(now, rows(1));
        unsettled.push(now, rows(2));
        unsettled.settle(now, 1, full());
        unsettled.settle(now, 2, Ok(()));
        assert_eq!(unsettled.durable(), 0, "2 is nothing without 1");
        assert_eq!(
            unsettled.push(now, rows(3)),
            None,
            "it follows those before"
        );
        let why = unsettled.trouble(now);
        assert_eq!(why.as_deref(), Some("the disk is full"));
        let mut pauses = Vec::new();
        for _ in 0..7 {
            let at = unsettled.retry_at().unwrap();
            assert!(unsettled.retry(now).is_empty(), "not yet");
            pauses.push((at - now).as_millis());
            now = at;
            assert_eq!(unsettled.retry(now), [rows(1), rows(3)]);
            unsettled.settle(now, 1, full());
            unsettled.settle(now, 3, full());
        }
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
        now = unsettled.retry_at().unwrap();
        unsettled.retry(now);
        unsettled.settle(now, 1, Ok(()));
        assert_eq!((unsettled.durable(), unsettled.trouble(now)), (2, None));
        unsettled.settle(now, 3, Ok(()));
        assert!(unsettled.is_empty() && unsettled.retry_at().is_none());
    }

    #[test]
    fn nothing_is_tried_twice_at_once() {
        let (mut unsettled, now) = (Unsettled::new(0), Instant::now());
        unsettled.push(now, rows(1));
        unsettled.push(now, rows(2));
        unsettled.settle(now, 1, full());
        let later = now + LONGEST_PAUSE;
        assert!(unsettled.retry(later).is_empty(), "2 is on its way");
        unsettled.settle(later, 2, full());
        assert_eq!(unsettled.retry(later).len(), 2);
    }

    #[test]
    fn a_store_that_says_nothing_is_trouble_after_a_while() {
        let (mut unsettled, began) = (Unsettled::new(0), Instant::now());
        unsettled.push(began, rows(1));
        let late = unsettled.late_at().unwrap();
        assert_eq!(late, began + PATIENCE);
        assert_eq!(unsettled.trouble(began), None);
        assert!(unsettled.trouble(late).is_some());
        assert!(
            unsettled.push(late, rows(2)).is_some(),
            "it may only be slow"
        );
        unsettled.settle(late, 1, Ok(()));
        assert_eq!(unsettled.trouble(late), None);
        // While it is silent about one, another that failed is not tried again, nor waited for.
        unsettled.push(late, rows(3));
        unsettled.settle(late, 3, full());
        assert_eq!(unsettled.retry_at(), None);
        unsettled.settle(late, 2, Ok(()));
        assert!(unsettled.retry_at().is_some());
    }
}
