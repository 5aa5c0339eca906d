//! What every store must do. Each implementation runs all of it.

use std::sync::mpsc;

use super::*;
use crate::principal::ActorId;

/// A board id.
pub(crate) fn board(name: &str) -> BoardId {
    BoardId::parse(name).unwrap()
}

/// A row.
pub(crate) fn row(seq: u64, text: &str) -> Row {
    Row {
        seq,
        author: 42,
        actor: ActorId::OPERATOR,
        update: Bytes::copy_from_slice(text.as_bytes()),
    }
}

/// Appends and waits until it is done.
pub(super) fn append(store: &dyn Store, name: &str, rows: Vec<Row>) -> Result<(), StoreError> {
    let (sender, receiver) = mpsc::channel();
    store.append(Batch {
        board: board(name),
        rows,
        urgent: true,
        done: Box::new(move |result| sender.send(result).unwrap()),
    });
    receiver.recv().unwrap()
}

/// Runs the suite. `open` opens the same place again each time.
pub(super) fn run<S: Store>(open: impl Fn() -> S) {
    an_unknown_board_is_empty_and_no_error(&open());
    rows_come_back_in_order_after_reopening(&open);
    boards_do_not_see_each_other(&open());
    a_place_in_the_log_is_taken_once(&open());
    a_batch_is_all_or_nothing(&open());
    loading_starts_at_the_newest_snapshot(&open());
    what_a_snapshot_lacks_is_loaded_beside_it(&open());
    many_batches_at_once_all_become_durable(&open);
}

fn an_unknown_board_is_empty_and_no_error(store: &dyn Store) {
    assert_eq!(store.load(&board("nobody")), Ok(Loaded::default()));
    assert_eq!(store.check(), Ok(()));
}

fn rows_come_back_in_order_after_reopening<S: Store>(open: &impl Fn() -> S) {
    let store = open();
    append(&store, "order", vec![row(1, "a"), row(2, "b")]).unwrap();
    append(&store, "order", vec![row(3, "c")]).unwrap();
    store.close();
    drop(store);
    let loaded = open().load(&board("order")).unwrap();
    assert_eq!(loaded.rows, [row(1, "a"), row(2, "b"), row(3, "c")]);
    assert_eq!(loaded.last, 3);
    assert!(loaded.damage.is_empty() && loaded.snapshot.is_none());
}

fn boards_do_not_see_each_other(store: &dyn Store) {
    append(store, "one", vec![row(1, "1")]).unwrap();
    append(store, "two", vec![row(1, "2")]).unwrap();
    assert_eq!(store.load(&board("one")).unwrap().rows, [row(1, "1")]);
    assert_eq!(store.load(&board("two")).unwrap().rows, [row(1, "2")]);
    assert_eq!(store.load(&board("One")), Ok(Loaded::default()));
}

fn a_place_in_the_log_is_taken_once(store: &dyn Store) {
    append(store, "once", vec![row(1, "mine")]).unwrap();
    let error = append(store, "once", vec![row(1, "theirs")]).unwrap_err();
    assert_eq!(error, StoreError::Conflict(board("once")));
    assert_eq!(store.load(&board("once")).unwrap().rows, [row(1, "mine")]);
    append(store, "once", vec![row(2, "next")]).unwrap();
}

fn a_batch_is_all_or_nothing(store: &dyn Store) {
    append(store, "whole", vec![row(2, "taken")]).unwrap();
    append(store, "whole", vec![row(1, "a"), row(2, "b")]).unwrap_err();
    assert_eq!(store.load(&board("whole")).unwrap().rows, [row(2, "taken")]);
}

fn loading_starts_at_the_newest_snapshot(store: &dyn Store) {
    let rows = (1..=5).map(|seq| row(seq, &seq.to_string())).collect();
    append(store, "snap", rows).unwrap();
    for up_to in [2, 3, 4] {
        let state = Bytes::from(format!("up to {up_to}"));
        let lacks = Vec::new();
        let snapshot = Snapshot {
            up_to,
            state,
            lacks,
        };
        store.publish(&board("snap"), &snapshot).unwrap();
        let loaded = store.load(&board("snap")).unwrap();
        assert_eq!(loaded.snapshot, Some(snapshot));
        assert_eq!(loaded.rows.len() as u64, 5 - up_to);
        assert_eq!(loaded.last, 5);
    }
}

fn what_a_snapshot_lacks_is_loaded_beside_it(store: &dyn Store) {
    let rows = (1..=5).map(|seq| row(seq, &seq.to_string())).collect();
    append(store, "lacks", rows).unwrap();
    let snapshot = Snapshot {
        up_to: 4,
        state: Bytes::from_static(b"1 and 4"),
        lacks: vec![2, 3],
    };
    store.publish(&board("lacks"), &snapshot).unwrap();
    let loaded = store.load(&board("lacks")).unwrap();
    assert_eq!(loaded.snapshot, Some(snapshot));
    assert_eq!(loaded.rows, [row(2, "2"), row(3, "3"), row(5, "5")]);
    let older = store.load_below(&board("lacks"), 4).unwrap();
    assert_eq!((older.snapshot, older.rows.len()), (None, 5));
    assert_eq!(older.last, 5);
}

fn many_batches_at_once_all_become_durable<S: Store>(open: &impl Fn() -> S) {
    let store = open();
    let (sender, receiver) = mpsc::channel();
    for seq in 1..=500 {
        let sender = sender.clone();
        store.append(Batch {
            board: board("many"),
            rows: vec![row(seq, "x")],
            urgent: seq % 2 == 0,
            done: Box::new(move |result| sender.send((seq, result)).unwrap()),
        });
    }
    store.close();
    drop(sender);
    let done: Vec<_> = receiver.iter().collect();
    assert_eq!(done.len(), 500);
    assert!(done.iter().zip(1..).all(|(d, seq)| *d == (seq, Ok(()))));
    drop(store);
    assert_eq!(open().load(&board("many")).unwrap().rows.len(), 500);
}
