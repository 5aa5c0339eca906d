//! Keeps each board's log without gaps: what follows rows that failed fails too, until those are
//! tried again.
//!
//! Owns which boards wait for which row. A snapshot reaches up to a row, and whatever were stored
//! below it later would never be loaded.

use std::collections::HashMap;

use board::id::BoardId;

use crate::store::{Batch, StoreError};

/// The first row of each board that failed, and why.
#[derive(Debug, Default)]
pub(super) struct Order {
    failed: HashMap<BoardId, (u64, StoreError)>,
}

impl Order {
    /// Whether a batch comes in its turn.
    ///
    /// # Errors
    /// Why the one before it failed.
    pub(super) fn admit(&self, batch: &Batch) -> Result<(), StoreError> {
        match self.failed.get(&batch.board) {
            Some((seq, error)) if first(batch) > *seq => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// What failed of a board will not be tried again.
    pub(super) fn give_up(&mut self, board: &BoardId) {
        self.failed.remove(board);
    }

    /// Notes what became of a batch. A place that somebody else has taken is not waited for.
    pub(super) fn note(&mut self, batch: &Batch, result: &Result<(), StoreError>) {
        match result {
            Ok(()) | Err(StoreError::Conflict(_)) => {
                self.failed.remove(&batch.board);
            }
            Err(error) => {
                let waited_for = self.failed.entry(batch.board.clone());
                waited_for.or_insert_with(|| (first(batch), error.clone()));
            }
        }
    }
}

fn first(batch: &Batch) -> u64 {
    batch.rows.first().map_or(0, |row| row.seq)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::conformance::{board, row};

    fn batch(name: &str, seq: u64) -> Batch {
        Batch {
            board: board(name),
            rows: vec![row(seq, "x")],
            urgent: true,
            done: Box::new(|_| {}),
        }
    }

    #[test]
    fn nothing_overtakes_what_failed_and_other_boards_go_on() {
        let mut order = Order::default();
        let full = || Err(StoreError::Failed("the disk is full".to_owned()));
        order.note(&batch("a", 5), &full());
        assert_eq!(order.admit(&batch("a", 6)), full());
        order.note(&batch("a", 6), &full());
        assert_eq!(order.admit(&batch("b", 6)), Ok(()));
        assert_eq!(order.admit(&batch("a", 5)), Ok(()), "it is tried again");
        order.note(&batch("a", 5), &full());
        assert_eq!(order.admit(&batch("a", 7)), full());
        order.note(&batch("a", 5), &Ok(()));
        assert_eq!(order.admit(&batch("a", 6)), Ok(()));
    }

    #[test]
    fn whoever_starts_over_is_not_asked_for_what_failed_before() {
        let mut order = Order::default();
        let full = || Err(StoreError::Failed("the disk is full".to_owned()));
        order.note(&batch("a", 5), &full());
        order.note(&batch("b", 5), &full());
        order.give_up(&board("a"));
        assert_eq!(
            order.admit(&batch("a", 6)),
            Ok(()),
            "5 is durable after all"
        );
        assert_eq!(order.admit(&batch("b", 6)), full());
        assert_eq!(order.failed.len(), 1, "and nothing is kept of it");
    }

    #[test]
    fn a_place_that_is_taken_is_not_waited_for() {
        let mut order = Order::default();
        order.note(&batch("a", 5), &Err(StoreError::Conflict(board("a"))));
        assert_eq!(order.admit(&batch("a", 6)), Ok(()));
    }
}
