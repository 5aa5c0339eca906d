//! Boards that are deleted, restored, and in the end removed.

use board::file::FileHash;

use super::*;
use crate::store::sqlite::boards::{Listed, list};
use crate::store::sqlite::files::{FileLimits, Files};

fn listed(directory: &Path) -> Vec<(String, u64, bool)> {
    let boards = list(directory).unwrap();
    let short = |listed: Listed| {
        let name = listed.board.as_str().to_owned();
        (name, listed.rows, listed.deleted.is_some())
    };
    boards.into_iter().map(short).collect()
}

#[test]
fn a_deleted_board_is_kept_until_it_is_restored() {
    let (directory, store) = with_a_board();
    append(&store, "a", vec![row(1, "x")]).unwrap();
    assert_eq!(store.delete(&board("nobody")), Ok(false));
    assert_eq!(store.delete(&board("b")), Ok(true));
    assert_eq!(store.delete(&board("b")), Ok(false), "it is already");
    let here = [("a".to_owned(), 1, false), ("b".to_owned(), 3, true)];
    assert_eq!(listed(directory.path()), here);
    assert_eq!(store.deleted(), Ok(vec![board("b")]));
    assert_eq!(store.remove_deleted(1), Ok(Vec::new()), "not so soon");
    assert_eq!(store.restore(&board("b")), Ok(true));
    assert_eq!(store.restore(&board("b")), Ok(false), "it is here");
    assert_eq!(store.restore(&board("nobody")), Ok(false));
    assert_eq!(store.deleted(), Ok(Vec::new()));
    assert_eq!(store.load(&board("b")).unwrap().rows.len(), 3);
}

#[test]
fn what_was_deleted_long_ago_goes_without_a_trace_and_its_name_is_free() {
    let (directory, store) = with_a_board();
    let store = Arc::new(store);
    append(&*store, "a", vec![row(1, "x")]).unwrap();
    let many = (4..400).map(|seq| row(seq, "x")).collect();
    append(&*store, "b", many).unwrap();
    for up_to in [1, 2] {
        store.publish(&board("b"), &large(up_to)).unwrap();
    }
    let files = Files::new(Arc::clone(&store), FileLimits::DEFAULT).unwrap();
    let bytes = vec![7; 3 * PIECE];
    let hash = FileHash::of(&bytes);
    let mut upload = files.begin(&board("b"), hash, bytes.len() as u64).unwrap();
    for piece in bytes.chunks(PIECE) {
        upload.push(Bytes::copy_from_slice(piece)).unwrap();
    }
    let picture = board::picture::Picture {
        media: board::picture::Media::Png,
        width: 1,
        height: 1,
    };
    upload.publish(picture, false).unwrap();
    store.delete(&board("b")).unwrap();
    assert_eq!(store.remove_deleted(i64::MAX), Ok(vec![board("b")]));
    assert_eq!(listed(directory.path()), [("a".to_owned(), 1, false)]);
    let database = Connection::open(directory.path().join(FILE)).unwrap();
    for table in ["snapshots", "pieces", "files", "file_pieces"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let left: i64 = database.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{table}");
    }
    append(&*store, "b", vec![row(1, "new")]).unwrap();
    assert_eq!(store.load(&board("b")).unwrap().rows, [row(1, "new")]);
    let wrong = upkeep::check(directory.path()).unwrap().wrong;
    let of_tests = |wrong: &String| wrong.contains("is no update");
    assert!(wrong.iter().all(of_tests), "{wrong:?}");
}

#[test]
fn what_is_being_removed_cannot_be_restored() {
    let (directory, store) = with_a_board();
    store.delete(&board("b")).unwrap();
    // As a server leaves it that is killed in the middle.
    edit(directory.path(), "UPDATE boards SET deleted = 0");
    assert_eq!(store.restore(&board("b")), Ok(false));
    assert_eq!(store.deleted(), Ok(vec![board("b")]));
    assert_eq!(store.remove_deleted(5), Ok(vec![board("b")]));
    assert_eq!(listed(directory.path()), []);
}
