//! What boards wait for and the store does not do: whether the server can read, and whether it can save.
//!
//! Owns which boards wait, since when and why, and for how long a board still counts after its people
//! were sent away. Knows neither rooms nor the store; the time is an argument.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use board::id::BoardId;
use tokio::time::Instant;

/// How long a board counts whose people were sent away: browsers try again every 10 s at least, and
/// who has not come back within this waits for nothing.
const RETURN: Duration = Duration::from_secs(60);
/// How long the store may take over something that it says nothing of: longer than the largest board
/// takes on a disk that is only slow.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most boards that are kept: any of them tells what there is to tell, and whoever asks for made-up
/// boards while the disk fails is not to fill memory. Those that are open have bounds of their own.
const MOST: usize = 1000;

/// The boards that wait for one thing, to be read or to be saved.
#[derive(Debug, Default)]
pub(super) struct Unmet {
    boards: Mutex<HashMap<BoardId, Waits>>,
}

#[derive(Debug)]
enum Waits {
    /// The store has been asked, and has not answered.
    Since(Instant),
    /// It has failed, and is asked again.
    Failed { why: String, until: Option<Instant> },
}

impl Unmet {
    /// The store is asked for something, and answers in its time. What it last said of the board
    /// stands meanwhile.
    pub(super) fn asked(&self, now: Instant, board: &BoardId) {
        let mut boards = self.boards();
        match boards.get_mut(board) {
            Some(Waits::Failed { until, .. }) => *until = None,
            Some(Waits::Since(_)) => {}
            None => drop(boards.insert(board.clone(), Waits::Since(now))),
        }
    }

    /// The board has what it waited for, or nobody wants it any more.
    pub(super) fn met(&self, board: &BoardId) {
        self.boards().remove(board);
    }

    /// The store fails a board that goes on waiting.
    pub(super) fn failed(&self, board: &BoardId, why: &str) {
        let (why, until) = (why.to_owned(), None);
        self.boards()
            .insert(board.clone(), Waits::Failed { why, until });
    }

    /// The board's people are sent away. If it waited, they come back for it.
    pub(super) fn left(&self, now: Instant, board: &BoardId) {
        let mut boards = self.boards();
        if boards.len() > MOST {
            boards.retain(|_, waits| waits.counts(now));
        }
        let crowded = boards.len() > MOST;
        match boards.get_mut(board) {
            Some(Waits::Failed { until, .. }) if !crowded => *until = Some(now + RETURN),
            _ => drop(boards.remove(board)),
        }
    }

    /// Why something that a board waits for is not done, if there is any.
    pub(super) fn why(&self, now: Instant) -> Option<String> {
        let boards = self.boards();
        boards.values().find_map(|waits| match waits {
            Waits::Since(since) => (*since + PATIENCE <= now)
                .then(|| format!("the disk has not answered for {PATIENCE:?}")),
            Waits::Failed { why, .. } => waits.counts(now).then(|| why.clone()),
        })
    }

    fn boards(&self) -> MutexGuard<'_, HashMap<BoardId, Waits>> {
        self.boards.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waits {
    fn counts(&self, now: Instant) -> bool {
        match self {
            Self::Since(_) => true,
            Self::Failed { until, .. } => until.is_none_or(|until| now < until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rooms::tests::board;

    #[test]
    fn what_boards_wait_for_counts_until_it_is_met_or_nobody_has_come_back_for_it() {
        let (unmet, now) = (Unmet::default(), Instant::now());
        assert_eq!(unmet.why(now), None);
        for name in ["a", "b"] {
            unmet.failed(&board(name), "the disk is full");
        }
        unmet.met(&board("a"));
        let full = Some("the disk is full".to_owned());
        assert_eq!(unmet.why(now + RETURN * 2), full, "b goes on waiting");
        unmet.left(now, &board("b"));
        unmet.left(now, &board("c"));
        assert_eq!(unmet.why(now + RETURN / 2), full, "b is about to be back");
        assert_eq!(unmet.why(now + RETURN), None);
        unmet.failed(&board("b"), "the disk is full");
        assert_eq!(unmet.why(now + RETURN * 2), full, "it is back");
        unmet.met(&board("b"));
        assert!(unmet.boards().is_empty());
    }

    #[test]
    fn a_store_that_says_nothing_counts_after_a_while() {
        let (unmet, now) = (Unmet::default(), Instant::now());
        unmet.asked(now, &board("a"));
        assert_eq!(unmet.why(now), None);
        assert!(unmet.why(now + PATIENCE).is_some());
        unmet.failed(&board("a"), "the disk reports an error");
        unmet.left(now, &board("a"));
        unmet.asked(now, &board("a"));
        assert!(unmet.why(now + RETURN).is_some(), "as it said last");
        unmet.met(&board("a"));
        assert_eq!(unmet.why(now + RETURN), None);
    }

    #[test]
    fn whoever_asks_for_many_boards_does_not_fill_memory() {
        let (unmet, mut now) = (Unmet::default(), Instant::now());
        for number in 0..5 * MOST {
            let name = board(&format!("made-up-{number}"));
            unmet.asked(now, &name);
            unmet.failed(&name, "the disk reports an error");
            unmet.left(now, &name);
            now += RETURN / 5000;
        }
        assert!(unmet.why(now).is_some());
        assert!(unmet.boards().len() <= MOST, "{}", unmet.boards().len());
    }
}
