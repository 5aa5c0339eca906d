//! The store by itself on a disk that fails in the middle of its work: what it has confirmed is
//! there, and what is not there it has not confirmed.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use board::id::BoardId;
use drawbridge_server::principal::ActorId;
use drawbridge_server::store::sqlite::Sqlite;
use drawbridge_server::store::{Batch, Row, Store, StoreError, snapshots};

use super::disk::{Fault, switch};
use super::sync::{Author, text};

/// More than the writer keeps in memory before a commit.
const HUGE: usize = 10 << 20;

type Outcome = Receiver<Result<(), StoreError>>;

fn board(name: &str) -> BoardId {
    BoardId::parse(name).unwrap()
}

/// Hands in one row.
fn append(store: &Sqlite, name: &str, seq: u64, update: Vec<u8>) -> Outcome {
    let (sender, outcome) = channel();
    store.append(Batch {
        board: board(name),
        rows: vec![Row {
            seq,
            author: 0,
            actor: ActorId::OPERATOR,
            update: update.into(),
        }],
        urgent: true,
        done: Box::new(move |result| sender.send(result).unwrap()),
    });
    outcome
}

/// Whatever `hand_in` hands in goes into one commit: the writer is held up meanwhile.
fn at_once<T>(store: &Sqlite, hand_in: impl FnOnce() -> T) -> T {
    let (held, holding) = channel();
    let (release, released) = channel::<()>();
    store.append(Batch {
        board: board("elsewhere"),
        rows: Vec::new(),
        urgent: true,
        done: Box::new(move |_| {
            held.send(()).unwrap();
            released.recv().unwrap();
        }),
    });
    holding.recv().unwrap();
    let handed_in = hand_in();
    release.send(()).unwrap();
    handed_in
}

fn stored(store: &Sqlite, name: &str) -> String {
    let opened = snapshots::open(store, &board(name)).unwrap();
    text(&opened.restored.replica.encode())
}

#[test]
fn a_commit_that_breaks_off_in_the_middle_leaves_nothing_of_itself() {
    let data = tempfile::tempdir().unwrap();
    let switch = switch(data.path());
    let store = Sqlite::open(data.path()).unwrap();
    let [ann, ben, cem] = [5, 6, 7].map(Author::new);
    append(&store, "x", 1, ann.types("a"))
        .recv()
        .unwrap()
        .unwrap();
    let (second, third) = (ben.types("b"), cem.types("c"));
    let outcomes = at_once(&store, || {
        let outcomes = [
            append(&store, "x", 2, second.clone()),
            append(&store, "y", 1, vec![7; HUGE]),
            append(&store, "x", 3, third.clone()),
        ];
        switch.set(Fault::OneWrite);
        outcomes
    });
    for outcome in outcomes {
        outcome.recv().unwrap().unwrap_err();
    }
    snapshots::take(&store, &board("x")).unwrap();
    for (seq, update) in [(2, second), (3, third)] {
        append(&store, "x", seq, update).recv().unwrap().unwrap();
    }
    let mut all: Vec<char> = stored(&store, "x").chars().collect();
    all.sort_unstable();
    assert_eq!(all, ['a', 'b', 'c']);
}

pub(super) fn rename(from: &Path, to: &Path) {
    for name in ["boards.sqlite", "boards.sqlite-wal", "boards.sqlite-shm"] {
        std::fs::rename(from.join(name), to.join(name)).unwrap();
    }
}

#[test]
fn a_database_that_is_taken_away_is_not_replaced_by_an_empty_one() {
    let (data, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let switch = switch(data.path());
    let store = Sqlite::open(data.path()).unwrap();
    let author = Author::new(5);
    append(&store, "b", 1, author.types("a"))
        .recv()
        .unwrap()
        .unwrap();
    let update = author.types("b");
    let again = || append(&store, "b", 2, update.clone()).recv().unwrap();
    switch.set(Fault::Full);
    again().unwrap_err();
    rename(data.path(), aside.path());
    switch.set(Fault::None);
    for _ in 0..3 {
        again().unwrap_err();
        for name in ["b", "another"] {
            store.load(&board(name)).unwrap_err();
        }
        store.probe().unwrap_err();
        store.check().unwrap_err();
    }
    assert!(!data.path().join("boards.sqlite").exists());
    std::fs::write(data.path().join("boards.sqlite"), b"").unwrap();
    again().unwrap_err();
    store.load(&board("b")).unwrap_err();
    rename(aside.path(), data.path());
    again().unwrap();
    assert_eq!(stored(&store, "b"), text(&author.state()));
}

#[test]
fn nothing_is_confirmed_into_a_database_that_was_taken_away() {
    let (data, aside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Sqlite::open(data.path()).unwrap();
    let author = Author::new(5);
    append(&store, "b", 1, author.types("a"))
        .recv()
        .unwrap()
        .unwrap();
    assert_eq!(stored(&store, "b"), "a");
    let update = author.types("b");
    let again = || append(&store, "b", 2, update.clone()).recv().unwrap();
    rename(data.path(), aside.path());
    for _ in 0..3 {
        again().unwrap_err();
        store.load(&board("b")).unwrap_err();
        store.probe().unwrap_err();
        store.check().unwrap_err();
    }
    rename(aside.path(), data.path());
    again().unwrap();
    assert_eq!(stored(&store, "b"), text(&author.state()));
}
