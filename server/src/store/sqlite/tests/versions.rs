//! Files that earlier versions have written.

use super::*;
use crate::store::sqlite::steps::VERSION;

/// Sums as the first version made them, and each since where there is no actor.
fn sum(seq: u64, author: u64, data: &[u8]) -> u32 {
    let mut bytes = b"b\0".to_vec();
    bytes.extend(seq.to_le_bytes());
    bytes.extend(author.to_le_bytes());
    bytes.extend(data);
    crc32fast::hash(&bytes)
}

/// What a board of three rows was, in a directory as a version left it: with a snapshot of two.
fn written_by(version: usize) -> (tempfile::TempDir, Vec<Row>) {
    let (of_today, store) = with_a_board();
    let rows = store.load(&board("b")).unwrap().rows;
    drop((store, of_today));
    let directory = tempfile::tempdir().unwrap();
    let file = Connection::open(directory.path().join(FILE)).unwrap();
    schema::bring_up_to(version, &file, 0).unwrap();
    file.execute("INSERT INTO boards (id, name) VALUES (1, 'b')", [])
        .unwrap();
    let insert =
        "INSERT INTO log (board, seq, time, author, sum, data) VALUES (1, ?1, 0, ?2, ?3, ?4)";
    for row in &rows {
        let sum = sum(row.seq, row.author, &row.update);
        let values = rusqlite::params![row.seq as i64, row.author as i64, sum, &row.update[..]];
        file.execute(insert, values).unwrap();
    }
    let state = &rows[0].update;
    let snapshot =
        "INSERT INTO snapshots (board, up_to, time, sum, state) VALUES (1, 1, 0, ?1, ?2)";
    file.execute(snapshot, rusqlite::params![sum(1, 0, state), &state[..]])
        .unwrap();
    let rows = rows.into_iter().map(|row| Row {
        actor: ActorId::UNKNOWN,
        ..row
    });
    (directory, rows.collect())
}

fn bytes_of(directory: &Path) -> Vec<u8> {
    std::fs::read(directory.join(FILE)).unwrap()
}

#[test]
fn a_file_of_each_earlier_version_is_brought_up_to_date() {
    for version in 1..VERSION {
        let (directory, rows) = written_by(version);
        let store = Sqlite::open(directory.path()).unwrap();
        let loaded = store.load(&board("b")).unwrap();
        assert_eq!(loaded.rows, rows[1..], "{version}");
        assert_eq!(loaded.snapshot.map(|s| s.up_to), Some(1), "{version}");
        append(&store, "b", vec![row(4, "d")]).unwrap();
        drop(store);
        let store = Sqlite::open(directory.path()).unwrap();
        assert_eq!(store.load(&board("b")).unwrap().rows.len(), 3, "{version}");
    }
}

#[test]
fn a_file_of_each_version_is_checked_as_it_is() {
    for version in 1..=VERSION {
        let (directory, _) = written_by(version);
        let before = bytes_of(directory.path());
        let found = upkeep::check(directory.path()).unwrap();
        assert_eq!((found.boards, found.rows, found.snapshots), (1, 3, 1));
        assert_eq!(found.wrong, [] as [String; 0], "{version}");
        assert!(bytes_of(directory.path()) == before, "{version}");
        edit(
            directory.path(),
            "UPDATE log SET data = x'00' WHERE seq = 2",
        );
        let found = upkeep::check(directory.path()).unwrap();
        let changed = "board b: row 2 is not as it was written";
        assert_eq!(found.wrong[0], changed, "{version}");
    }
}

#[test]
fn a_backup_of_each_version_is_of_that_version() {
    for version in 1..=VERSION {
        let (directory, rows) = written_by(version);
        let copy = tempfile::tempdir().unwrap();
        upkeep::backup(directory.path(), &copy.path().join(FILE)).unwrap();
        let file = Connection::open(copy.path().join(FILE)).unwrap();
        let of: i64 = file
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(of, version as i64, "the way back to an older server");
        let store = Sqlite::open(copy.path()).unwrap();
        assert_eq!(store.load(&board("b")).unwrap().rows, rows[1..]);
    }
}
