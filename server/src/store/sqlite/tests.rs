//! What is particular to SQLite: settings, damage, clear refusals, and upkeep.

mod actors;
mod boards;
mod pages;
mod versions;

use std::sync::Arc;

use bytes::Bytes;

use super::*;
use crate::principal::ActorId;
use crate::store::conformance::{self, append, board, row};
use crate::store::{Damage, Row};

fn edit(directory: &Path, sql: &str) {
    let connection = Connection::open(directory.join("boards.sqlite")).unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
}

fn refusal(directory: &Path) -> String {
    Sqlite::open(directory)
        .err()
        .expect("a refusal")
        .to_string()
}

#[test]
fn it_is_a_store() {
    let directory = tempfile::tempdir().unwrap();
    conformance::run(|| Sqlite::open(directory.path()).unwrap());
}

#[test]
fn commits_reach_the_disk() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("boards.sqlite");
    let writer = schema::open_writer(&path).unwrap();
    let read = |connection: &Connection, name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap()
    };
    assert_eq!(read(&writer, "synchronous"), 2_i64.into(), "2 is FULL");
    assert_eq!(read(&writer, "journal_mode"), "wal".to_owned().into());
    assert_eq!(read(&writer, "wal_autocheckpoint"), 8000_i64.into());
    let reader = schema::open_reader(&path).unwrap();
    assert_eq!(read(&reader, "synchronous"), 2_i64.into());
}

#[test]
fn a_panic_of_the_writer_fails_what_it_met_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", vec![row(1, "a")]).unwrap();
    store.submit(Job::Panic);
    append(&store, "b", vec![row(2, "b")])
        .or_else(|_| append(&store, "b", vec![row(2, "b")]))
        .unwrap();
    store.append(Batch {
        board: board("b"),
        rows: vec![row(3, "c")],
        urgent: true,
        done: Box::new(|_| panic!("whoever waited")),
    });
    append(&store, "b", vec![row(4, "d")]).unwrap();
    assert_eq!(store.load(&board("b")).unwrap().rows.len(), 4);
}

#[test]
fn a_damaged_row_is_left_out_and_reported() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", vec![row(1, "a"), row(2, "b"), row(3, "c")]).unwrap();
    edit(
        directory.path(),
        "UPDATE log SET data = x'00' WHERE seq = 2",
    );
    let loaded = store.load(&board("b")).unwrap();
    assert_eq!(loaded.rows, [row(1, "a"), row(3, "c")]);
    let snapshot = false;
    assert_eq!(loaded.damage, [Damage { seq: 2, snapshot }]);
    assert_eq!(loaded.last, 3);
    for damage in [
        "sum = sum + 4294967296",
        "sum = -1",
        "author = -1",
        "actor = 2",
        "actor = 0",
        "actor = -1",
    ] {
        edit(
            directory.path(),
            &format!("UPDATE log SET {damage} WHERE seq = 1"),
        );
        let loaded = store.load(&board("b")).unwrap();
        assert_eq!(loaded.rows, [row(3, "c")], "{damage}");
        assert_eq!(loaded.damage.len(), 2);
    }
}

#[test]
fn behind_a_damaged_snapshot_stands_the_one_before() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", (1..=4).map(|seq| row(seq, "x")).collect()).unwrap();
    for up_to in [1, 2, 3] {
        let state = Bytes::from_static(b"s");
        let lacks = Vec::new();
        let snapshot = Snapshot {
            up_to,
            state,
            lacks,
        };
        store.publish(&board("b"), &snapshot).unwrap();
    }
    edit(
        directory.path(),
        "UPDATE snapshots SET sum = sum + 1 WHERE up_to = 3",
    );
    let loaded = store.load(&board("b")).unwrap();
    assert_eq!(loaded.snapshot.map(|s| s.up_to), Some(2));
    assert_eq!(loaded.rows.len(), 2);
    edit(
        directory.path(),
        "UPDATE snapshots SET state = x'' WHERE up_to = 2",
    );
    let loaded = store.load(&board("b")).unwrap();
    assert_eq!(loaded.snapshot, None);
    assert_eq!(loaded.rows.len(), 4, "the log is whole");
    assert_eq!(loaded.damage.len(), 2);
}

#[test]
fn what_cannot_be_used_is_refused_in_one_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    assert!(refusal(directory.path()).starts_with("another drawbridge is using"));
    store.close();
    drop(store);

    let file = directory.path().join("boards.sqlite");
    std::fs::write(&file, vec![7; 8192]).unwrap();
    assert!(refusal(directory.path()).contains("not a SQLite database"));
    std::fs::remove_file(&file).unwrap();

    let other = Connection::open(&file).unwrap();
    other.execute("CREATE TABLE t (x)", []).unwrap();
    drop(other);
    assert!(refusal(directory.path()).contains("not a Drawbridge database"));

    let blocked = directory.path().join("lock").join("data");
    let text = refusal(&blocked);
    assert!(
        text.starts_with("cannot create the data directory"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1);
}

/// A directory with one board of three real updates, and its store.
fn with_a_board() -> (tempfile::TempDir, Sqlite) {
    use yrs::{Doc, Text, Transact, WriteTxn};
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let doc = Doc::with_client_id(42);
    let rows = (1..=3).map(|seq| {
        let mut txn = doc.transact_mut();
        txn.get_or_insert_text("t").insert(&mut txn, 0, "x");
        let update = txn.encode_update_v1().into();
        let author = 42;
        Row {
            seq,
            author,
            actor: ActorId::OPERATOR,
            update,
        }
    });
    append(&store, "b", rows.collect()).unwrap();
    (directory, store)
}

#[test]
fn a_backup_of_a_running_store_holds_everything() {
    let (directory, store) = with_a_board();
    let copy = tempfile::tempdir().unwrap();
    let file = copy.path().join(FILE);
    upkeep::backup(directory.path(), &file).unwrap();
    let restored = Sqlite::open(copy.path()).unwrap();
    assert_eq!(restored.load(&board("b")), store.load(&board("b")));
    let again = upkeep::backup(directory.path(), &file).unwrap_err();
    assert!(again.to_string().contains("exists already"), "{again}");
    let nowhere = copy.path().join("no/such/directory");
    let refused = upkeep::backup(directory.path(), &nowhere).unwrap_err();
    assert!(refused.to_string().starts_with("cannot write the backup"));
    assert_eq!(refused.to_string().lines().count(), 1, "{refused}");
    let empty = upkeep::backup(&nowhere, &file).unwrap_err();
    assert!(empty.to_string().contains("there are no boards"), "{empty}");
}

#[test]
fn a_check_names_what_is_damaged() {
    let (directory, store) = with_a_board();
    crate::store::snapshots::take(&store, &board("b")).unwrap();
    let found = upkeep::check(directory.path()).unwrap();
    assert_eq!((found.boards, found.rows, found.snapshots), (1, 3, 1));
    assert_eq!(found.wrong, [] as [String; 0]);
    edit(directory.path(), "DELETE FROM snapshots");
    edit(directory.path(), "DELETE FROM log WHERE seq = 1");
    let found = upkeep::check(directory.path()).unwrap();
    let gap = "board b: row 1 is missing";
    assert_eq!(
        found.wrong,
        [gap, "board b: 2 rows build on what is missing"]
    );
    edit(
        directory.path(),
        "UPDATE log SET data = x'00' WHERE seq = 2",
    );
    let found = upkeep::check(directory.path()).unwrap();
    let changed = "board b: row 2 is not as it was written";
    let lost = "board b: 1 row builds on what is missing";
    assert_eq!(found.wrong, [gap, changed, lost]);
    edit(directory.path(), "UPDATE log SET seq = 9 WHERE seq = 3");
    let found = upkeep::check(directory.path()).unwrap();
    assert_eq!(found.wrong[1], "board b: rows 3 to 8 are missing");
}

#[test]
fn a_check_of_somebody_elses_file_says_so_in_a_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join(FILE);
    let refusal = || upkeep::check(directory.path()).unwrap_err().to_string();
    let database = Connection::open(&file).unwrap();
    database.execute("CREATE TABLE t (x)", []).unwrap();
    assert!(refusal().contains("not a Drawbridge database"));
    std::fs::remove_file(&file).unwrap();
    drop(Sqlite::open(directory.path()).unwrap());
    let set = |version| {
        let database = Connection::open(&file).unwrap();
        database
            .pragma_update(None, "user_version", version)
            .unwrap();
    };
    set(99);
    assert!(refusal().contains("a newer Drawbridge has written it"));
    std::fs::write(&file, [7; 8192]).unwrap();
    assert!(refusal().contains("not a SQLite database"));
}

#[test]
fn a_check_changes_neither_the_database_nor_its_log() {
    let (directory, store) = with_a_board();
    // A crash: what is in the WAL is not in the database yet.
    let crashed = tempfile::tempdir().unwrap();
    for name in [FILE, "boards.sqlite-wal"] {
        std::fs::copy(directory.path().join(name), crashed.path().join(name)).unwrap();
    }
    drop(store);
    let bytes = || {
        [FILE, "boards.sqlite-wal"].map(|name| std::fs::read(crashed.path().join(name)).unwrap())
    };
    let before = bytes();
    assert!(!before[1].is_empty());
    let found = upkeep::check(crashed.path()).unwrap();
    assert_eq!((found.boards, found.rows, found.wrong.len()), (1, 3, 0));
    assert!(bytes() == before);
}

#[test]
fn a_damaged_page_does_not_hide_the_other_boards() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let big = "x".repeat(3000);
    for name in ["a", "b", "c"] {
        append(&store, name, (1..=20).map(|seq| row(seq, &big)).collect()).unwrap();
    }
    drop(store);
    let file = directory.path().join(FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    // Three rows fill a page or two: so far behind the first of a's are b's.
    let table = bytes.chunks(4096).position(|page| {
        page[0] == 13
            && page
                .windows(100)
                .any(|w| w.iter().all(|byte| *byte == b'x'))
    });
    let table = table.unwrap() + 25;
    bytes[table * 4096..(table + 1) * 4096].fill(0xee);
    std::fs::write(&file, bytes).unwrap();
    let found = upkeep::check(directory.path()).unwrap();
    assert_eq!((found.boards, found.rows), (3, 60));
    let told = |name: &str, what: &str| {
        let mut wrong = found.wrong.iter();
        wrong.any(|w| w.starts_with(name) && w.contains(what))
    };
    assert!(told("the database", ""), "{:#?}", found.wrong);
    assert!(told("board b", "cannot be read"), "{:#?}", found.wrong);
    assert!(told("board c", "no updates"), "{:#?}", found.wrong);
}

fn large(up_to: u64) -> Snapshot {
    let bytes = (0..8_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8);
    Snapshot {
        up_to,
        state: bytes.collect(),
        lacks: vec![1],
    }
}

fn pieces_in(directory: &Path) -> Vec<(i64, i64)> {
    let connection = Connection::open(directory.join(FILE)).unwrap();
    let mut query = connection
        .prepare("SELECT up_to, count(*) FROM pieces GROUP BY up_to")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_large_snapshot_lets_everybody_elses_commits_pass() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "big", vec![row(1, "x"), row(2, "y")]).unwrap();
    let snapshot = large(2);
    let passed = std::thread::scope(|threads| {
        let publishing = threads.spawn(|| store.publish(&board("big"), &snapshot));
        let mut passed = 0;
        while !publishing.is_finished() {
            passed += 1;
            append(&store, "small", vec![row(passed, "x")]).unwrap();
        }
        publishing.join().unwrap().unwrap();
        passed
    });
    assert!(passed > 5, "{passed} commits");
    let loaded = store.load(&board("big")).unwrap();
    assert!(loaded.snapshot == Some(snapshot), "it is whole");
    assert_eq!(loaded.rows, [row(1, "x")], "which it lacks");
}

#[test]
fn half_a_snapshot_is_none_and_old_ones_are_cleared_away() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", (1..=9).map(|seq| row(seq, "x")).collect()).unwrap();
    store.publish(&board("b"), &large(3)).unwrap();
    // A crash before the end of one.
    edit(directory.path(), "DELETE FROM snapshots");
    assert_eq!(store.load(&board("b")).unwrap().snapshot, None);
    assert_eq!(store.load(&board("b")).unwrap().rows.len(), 9);
    store.publish(&board("b"), &large(3)).unwrap();
    assert!(store.load(&board("b")).unwrap().snapshot == Some(large(3)));
    for up_to in 4..=6 {
        store.publish(&board("b"), &large(up_to)).unwrap();
    }
    assert_eq!(pieces_in(directory.path()), [(5, 31), (6, 31)]);
    edit(
        directory.path(),
        "UPDATE pieces SET data = x'00' WHERE up_to = 6 AND at = 7",
    );
    let loaded = store.load(&board("b")).unwrap();
    assert_eq!(loaded.snapshot.map(|snapshot| snapshot.up_to), Some(5));
    let found = upkeep::check(directory.path()).unwrap();
    let bad = "board b: snapshot 6 is not as it was written".to_owned();
    assert!(found.wrong.contains(&bad), "{:?}", found.wrong);
}
