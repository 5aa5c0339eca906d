//! Pages of the file that no longer are what SQLite wrote: what stands on others is still read, and
//! nothing looks empty that is not.

use super::*;

/// The numbers of the pages that hold a table or index, in order: `leaf` or `overflow` ones.
fn pages(directory: &Path, of: &str, kind: &str) -> Vec<usize> {
    let connection = Connection::open(directory.join(FILE)).unwrap();
    let mut query = connection
        .prepare("SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = ?2 ORDER BY path")
        .unwrap();
    let rows = query.query_map([of, kind], |row| row.get::<_, i64>(0));
    rows.unwrap()
        .map(|page| usize::try_from(page.unwrap()).unwrap())
        .collect()
}

fn overwrite(directory: &Path, page: usize, with: u8) {
    let file = directory.join(FILE);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[(page - 1) * 4096..page * 4096].fill(with);
    std::fs::write(&file, bytes).unwrap();
}

/// A board with `rows` rows that fill a few pages, between others; its directory.
fn long_board(rows: u64) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    for name in ["a", "b", "c"] {
        let rows = (1..=rows).map(|seq| row(seq, &format!("{seq:050}")));
        append(&store, name, rows.collect()).unwrap();
    }
    directory
}

fn seqs(loaded: &Loaded) -> Vec<u64> {
    loaded.rows.iter().map(|row| row.seq).collect()
}

fn damaged(loaded: &Loaded) -> Vec<u64> {
    loaded.damage.iter().map(|damage| damage.seq).collect()
}

#[test]
fn behind_a_damaged_piece_stands_the_snapshot_before_and_behind_a_damaged_list_the_rows() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    append(&store, "b", (1..=9).map(|seq| row(seq, "x")).collect()).unwrap();
    store.publish(&board("b"), &large(5)).unwrap();
    store.publish(&board("b"), &large(7)).unwrap();
    drop(store);
    let last = *pages(directory.path(), "pieces", "leaf").last().unwrap();
    overwrite(directory.path(), last, 0xee);
    let store = Sqlite::open(directory.path()).unwrap();
    let loaded = store.load(&board("b")).unwrap();
    assert!(loaded.snapshot == Some(large(5)));
    assert_eq!(seqs(&loaded), [1, 6, 7, 8, 9], "1 is what it lacks");
    let snapshot = true;
    assert_eq!(loaded.damage, [Damage { seq: 7, snapshot }]);
    drop(store);
    for table in ["snapshots", "snapshots_order"] {
        let page = pages(directory.path(), table, "leaf")[0];
        overwrite(directory.path(), page, 0);
    }
    let store = Sqlite::open(directory.path()).unwrap();
    let loaded = store.load(&board("b")).unwrap();
    assert_eq!((loaded.snapshot.is_none(), loaded.last), (true, 9));
    assert_eq!(seqs(&loaded), (1..=9).collect::<Vec<_>>());
}

#[test]
fn around_a_damaged_page_of_the_log_all_other_rows_are_read() {
    let directory = long_board(300);
    let leaves = pages(directory.path(), "log", "leaf");
    overwrite(directory.path(), leaves[leaves.len() / 2], 0xee);
    let store = Sqlite::open(directory.path()).unwrap();
    for (name, whole) in [("a", true), ("b", false), ("c", true)] {
        let loaded = store.load(&board(name)).unwrap();
        let mut all = [seqs(&loaded), damaged(&loaded)].concat();
        all.sort_unstable();
        assert_eq!(all, (1..=300).collect::<Vec<_>>(), "each is told of once");
        assert_eq!((loaded.damage.is_empty(), loaded.last), (whole, 300));
        assert!(loaded.rows.len() > 200, "{name}: {}", loaded.rows.len());
        assert!(loaded.rows.is_sorted_by_key(|row| row.seq));
    }
    append(&store, "b", vec![row(301, "it goes on")]).unwrap();
}

#[test]
fn without_its_list_the_log_is_searched() {
    let directory = long_board(900);
    for page in pages(directory.path(), "log_order", "leaf") {
        overwrite(directory.path(), page, 0);
    }
    let store = Sqlite::open(directory.path()).unwrap();
    let loaded = store.load(&board("b")).unwrap();
    assert_eq!(seqs(&loaded), (1..=900).collect::<Vec<_>>());
    assert_eq!((loaded.damage.len(), loaded.last), (0, 900));
}

#[test]
fn a_board_of_which_nothing_or_not_the_end_can_be_read_is_not_shown() {
    let directory = long_board(900);
    let leaves = pages(directory.path(), "log", "leaf");
    // The end of the last board, and with it where its log goes on.
    overwrite(directory.path(), *leaves.last().unwrap(), 0xee);
    for page in pages(directory.path(), "log_order", "leaf") {
        overwrite(directory.path(), page, 0);
    }
    let store = Sqlite::open(directory.path()).unwrap();
    let refused = store.load(&board("c")).unwrap_err();
    assert_eq!(refused.reason(), "the database is damaged");
    drop(store);
    let directory = long_board(300);
    for page in pages(directory.path(), "log", "leaf") {
        overwrite(directory.path(), page, 0xee);
    }
    let store = Sqlite::open(directory.path()).unwrap();
    for name in ["a", "b", "c"] {
        let refused = store.load(&board(name)).unwrap_err();
        assert_eq!(refused.reason(), "the database is damaged");
    }
    assert_eq!(store.load(&board("d")), Ok(Loaded::default()));
}

#[test]
fn of_a_board_is_read_what_is_there_and_the_rest_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let store = Arc::new(Sqlite::open(directory.path()).unwrap());
    let update = |title: &str| {
        let mut document = board::document::Document::new(board::id::ClientId::from_random(5));
        document.commit(vec![board::document::Write::title(title)]);
        Bytes::from(document.replica().encode())
    };
    let titled = Row {
        update: update("plan"),
        ..row(1, "")
    };
    append(store.as_ref(), "b", vec![titled]).unwrap();
    drop(store);
    let whole = upkeep::read(directory.path(), &board("b"))
        .unwrap()
        .unwrap();
    assert!(whole.lost.is_empty(), "{:?}", whole.lost);
    let list = pages(directory.path(), "files_order", "leaf")[0];
    overwrite(directory.path(), list, 0xee);
    let kept = upkeep::read(directory.path(), &board("b"))
        .unwrap()
        .unwrap();
    assert_eq!(kept.replica.encode(), whole.replica.encode());
    assert_eq!(kept.lost.len(), 1, "{:?}", kept.lost);
    assert!(kept.lost[0].contains("list of the board's files"));
}
