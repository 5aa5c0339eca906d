//! Snapshots of real documents in a real store.

use yrs::{Doc, Text, Transact, WriteTxn};

use super::*;
use crate::principal::ActorId;
use crate::store::conformance::{append, board};
use crate::store::sqlite::Sqlite;
use crate::store::{Batch, Row};

fn rows(count: u64) -> Vec<Row> {
    let doc = Doc::with_client_id(5);
    let mut rows = Vec::new();
    for seq in 1..=count {
        let mut txn = doc.transact_mut();
        txn.get_or_insert_text("t").insert(&mut txn, 0, "x");
        let update = txn.encode_update_v1().into();
        let author = 5;
        rows.push(Row {
            seq,
            author,
            actor: ActorId::OPERATOR,
            update,
        });
    }
    rows
}

#[test]
fn a_snapshot_stands_for_all_rows_before_it() {
    let directory = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(directory.path()).unwrap());
    append(store.as_ref(), "b", rows(20)).unwrap();
    let whole = backup(store.load(&board("b")).unwrap()).restore().unwrap();
    let snapshots = Snapshots::start(Arc::clone(&store)).unwrap();
    snapshots.ask(&board("b"));
    while store.load(&board("b")).unwrap().snapshot.is_none() {
        std::thread::yield_now();
    }
    snapshots.close();
    let loaded = store.load(&board("b")).unwrap();
    assert!(loaded.rows.is_empty());
    assert_eq!(loaded.last, 20);
    let restored = backup(loaded).restore().unwrap();
    assert!(restored.held.is_empty());
    assert_eq!(restored.replica.encode(), whole.replica.encode());
    assert_eq!(take(store.as_ref(), &board("b")), Ok(None), "nothing new");
}

#[test]
fn a_snapshot_names_what_a_gap_keeps_out_of_it() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let mut gap = rows(3);
    gap.remove(1);
    append(&store, "b", gap).unwrap();
    assert!(take(&store, &board("b")).unwrap().is_some());
    let opened = open(&store, &board("b")).unwrap();
    assert_eq!(opened.below, Some((3, vec![3])));
    assert_eq!(opened.restored.held.len(), 1, "it waits as before");
    assert_eq!(opened.since, (0, 0));
    assert_eq!(take(&store, &board("b")), Ok(None), "nothing new");
}

#[test]
fn a_snapshot_names_a_row_that_cannot_be_loaded() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let mut rows = rows(3);
    rows[2].update = Bytes::from_static(b"no update");
    append(&store, "b", rows).unwrap();
    assert!(take(&store, &board("b")).unwrap().is_some());
    let opened = open(&store, &board("b")).unwrap();
    assert_eq!(opened.below, Some((3, vec![3])));
    assert_eq!(opened.restored.failed.len(), 1, "it is tried at every load");
}

#[test]
fn of_a_board_that_lacks_most_of_its_rows_there_is_no_snapshot() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let mut rows = rows(MAX_LACKS as u64 + 3);
    rows.remove(1);
    append(&store, "b", rows).unwrap();
    assert_eq!(take(&store, &board("b")), Ok(None));
    assert_eq!(store.load(&board("b")).unwrap().snapshot, None);
}

#[test]
fn behind_a_snapshot_that_cannot_be_loaded_stand_the_one_before_and_the_rows() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let rows = rows(5);
    append(&store, "b", rows[..2].to_vec()).unwrap();
    take(&store, &board("b")).unwrap();
    append(&store, "b", rows[2..].to_vec()).unwrap();
    let bad = |up_to| Snapshot {
        up_to,
        state: Bytes::from_static(b"well written, but no update"),
        lacks: Vec::new(),
    };
    store.publish(&board("b"), &bad(4)).unwrap();
    let opened = open(&store, &board("b")).unwrap();
    assert_eq!(opened.below, Some((2, vec![])), "the one before");
    let left_out = |seq| Damage {
        seq,
        snapshot: true,
    };
    assert_eq!(opened.damage, [left_out(4)]);
    assert_eq!((opened.last, opened.since.0), (5, 3));
    let whole = opened.restored.replica.encode();
    store.publish(&board("b"), &bad(5)).unwrap();
    let opened = open(&store, &board("b")).unwrap();
    assert_eq!(opened.below, None, "the rows alone");
    assert_eq!(opened.damage, [left_out(5), left_out(4)]);
    assert_eq!(opened.restored.replica.encode(), whole);
    assert!(take(&store, &board("b")).unwrap().is_some());
    assert_eq!(open(&store, &board("b")).unwrap().damage, []);
}

#[test]
fn a_damaged_snapshot_does_not_prevent_the_next() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", rows(3)).unwrap();
    let state = Bytes::from_static(b"damaged");
    store
        .publish(
            &board("b"),
            &Snapshot {
                up_to: 2,
                state,
                lacks: Vec::new(),
            },
        )
        .unwrap();
    let file = directory.path().join("boards.sqlite");
    let connection = rusqlite::Connection::open(file).unwrap();
    connection
        .execute("UPDATE snapshots SET sum = 0", [])
        .unwrap();
    assert!(take(&store, &board("b")).unwrap().is_some());
    let loaded = store.load(&board("b")).unwrap();
    assert_eq!(loaded.snapshot.map(|snapshot| snapshot.up_to), Some(3));
    assert!(loaded.damage.is_empty(), "the newest is good");
}

#[test]
fn what_waits_for_a_snapshot_holds_up_no_stop() {
    const BOARDS: usize = 200;
    let directory = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(directory.path()).unwrap());
    let boards: Vec<BoardId> = (0..BOARDS).map(|at| board(&format!("b{at}"))).collect();
    for board in &boards {
        append(store.as_ref(), board.as_str(), rows(1)).unwrap();
    }
    let snapshots = Snapshots::start(Arc::clone(&store)).unwrap();
    for board in &boards {
        snapshots.ask(board);
    }
    snapshots.close();
    let written = |board: &&BoardId| store.load(board).unwrap().snapshot.is_some();
    let written = boards.iter().filter(written).count();
    assert!(written < BOARDS, "all were waited for");
}

/// Breaks over one board, and tells of the others.
struct Fragile {
    breaks: BoardId,
    published: Sender<BoardId>,
}

impl Store for Fragile {
    fn append(&self, _: Batch) {}

    fn give_up(&self, _: &BoardId) {}

    fn hurry(&self) {}

    fn load_below(&self, board: &BoardId, _: u64) -> Result<Loaded, StoreError> {
        if *board == self.breaks {
            std::panic::resume_unwind(Box::new("as a test wants it"));
        }
        let (last, rows) = (1, rows(1));
        Ok(Loaded {
            last,
            rows,
            ..Loaded::default()
        })
    }

    fn publish(&self, board: &BoardId, _: &Snapshot) -> Result<(), StoreError> {
        // The test may have seen enough.
        drop(self.published.send(board.clone()));
        Ok(())
    }

    fn check(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn probe(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn close(&self) {}
}

#[test]
fn a_board_whose_snapshot_panics_keeps_no_other_from_its_own() {
    let (published, publications) = channel();
    let breaks = board("bad");
    let store = Fragile { breaks, published };
    // The thread alone has the store: when it ends, nothing is awaited any more.
    let snapshots = Snapshots::start(Arc::new(store)).unwrap();
    for name in ["bad", "good", "bad", "better"] {
        snapshots.ask(&board(name));
    }
    let published = [publications.recv(), publications.recv()];
    assert_eq!(published, [Ok(board("good")), Ok(board("better"))]);
    snapshots.close();
}
