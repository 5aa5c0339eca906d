//! Files come whole or not at all, stay when they are named, and are in the way of nobody.

use super::*;
use crate::store::conformance::{append, board, row};
use crate::store::sqlite::{FILE, upkeep};
use crate::store::{Row, Store as _};

const PICTURE: Picture = Picture {
    media: Media::Png,
    width: 3,
    height: 2,
};

struct Place {
    directory: tempfile::TempDir,
    store: Arc<Sqlite>,
    files: Arc<Files>,
}

impl Place {
    fn new() -> Self {
        Self::with(FileLimits::DEFAULT)
    }

    fn with(limits: FileLimits) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = Arc::new(Sqlite::open(directory.path()).unwrap());
        let files = Files::new(Arc::clone(&store), limits).unwrap();
        Self {
            directory,
            store,
            files,
        }
    }

    /// As if the process had been killed and started again.
    fn again(self) -> Self {
        let Self {
            directory,
            store,
            files,
        } = self;
        drop((files, store));
        let store = Arc::new(Sqlite::open(directory.path()).unwrap());
        let files = Files::new(Arc::clone(&store), FileLimits::DEFAULT).unwrap();
        Self {
            directory,
            store,
            files,
        }
    }

    fn begin(&self, name: &str, bytes: &[u8]) -> Result<Upload, Refused> {
        let (hash, length) = (FileHash::of(bytes), bytes.len() as u64);
        self.files.begin(&board(name), hash, length)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Stored {
        let mut upload = self.begin(name, bytes).unwrap();
        push(&mut upload, bytes);
        upload.publish(PICTURE, false).unwrap()
    }

    fn find(&self, name: &str, bytes: &[u8]) -> Option<Stored> {
        let hash = FileHash::of(bytes);
        self.files.find(&board(name), &hash).unwrap()
    }

    fn read(&self, file: &Stored) -> Vec<u8> {
        let pieces = (0..file.pieces()).map(|at| self.files.piece(file, at).unwrap());
        pieces.flatten().collect()
    }

    fn sql(&self, sql: &str) {
        let connection = Connection::open(self.directory.path().join(FILE)).unwrap();
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
    }

    fn count(&self, table: &str) -> i64 {
        let connection = Connection::open(self.directory.path().join(FILE)).unwrap();
        let sql = format!("SELECT count(*) FROM {table}");
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    }

    /// Collects as if a day had passed.
    fn collect(&self) -> Collected {
        // What was dropped is on its way through the writer's queue.
        self.store.probe().unwrap();
        self.files.collect(i64::MAX).unwrap()
    }
}

fn push(upload: &mut Upload, bytes: &[u8]) {
    for piece in bytes.chunks(PIECE) {
        upload.push(Bytes::copy_from_slice(piece)).unwrap();
    }
}

fn some(length: usize) -> Vec<u8> {
    let byte = |at: usize| (at.wrapping_mul(2_654_435_761) >> 13) as u8;
    (0..length).map(byte).collect()
}

#[test]
fn a_file_is_there_once_it_is_whole_and_only_on_its_board() {
    let place = Place::new();
    let bytes = some(3 * PIECE + 5);
    let mut upload = place.begin("b", &bytes).unwrap();
    push(&mut upload, &bytes);
    assert_eq!(place.find("b", &bytes), None, "not yet");
    let stored = upload.publish(PICTURE, false).unwrap();
    assert_eq!(place.find("b", &bytes), Some(stored));
    assert_eq!((stored.picture, stored.pieces()), (PICTURE, 4));
    assert_eq!(place.find("c", &bytes), None, "another board's");
    let place = place.again();
    assert!(place.files.is_sound(&stored).unwrap());
    assert!(place.read(&stored) == bytes);
    let found = upkeep::check(place.directory.path()).unwrap();
    assert_eq!((found.files, found.wrong), (1, vec![]));
    let copy = place.directory.path().join("copy.sqlite");
    upkeep::backup(place.directory.path(), &copy).unwrap();
    let copied = Connection::open(copy).unwrap();
    let whole = is_whole(&copied, &board("b"), &stored.hash);
    assert_eq!(whole, Ok(true), "a backup has it");
}

#[test]
fn an_upload_that_is_interrupted_leaves_nothing() {
    let place = Place::new();
    let bytes = some(PIECE + 1);
    let mut upload = place.begin("b", &bytes).unwrap();
    push(&mut upload, &bytes);
    drop(upload);
    while place.count("file_pieces") > 0 {
        place.store.probe().unwrap();
    }
    // And one of a server that was killed.
    let mut upload = place.begin("b", &bytes).unwrap();
    push(&mut upload, &bytes);
    std::mem::forget(upload);
    let collected = place.collect();
    assert_eq!(collected.swept, 0, "it is under way");
    let directory = place.directory;
    drop(place.store);
    let copy = tempfile::tempdir().unwrap();
    upkeep::backup(directory.path(), &copy.path().join(FILE)).unwrap();
    let store = Arc::new(Sqlite::open(copy.path()).unwrap());
    let place = Place {
        directory: copy,
        files: Files::new(Arc::clone(&store), FileLimits::DEFAULT).unwrap(),
        store,
    };
    assert_eq!(place.find("b", &bytes), None);
    let again = place.put("b", &bytes);
    assert!(
        place.files.is_sound(&again).unwrap(),
        "it takes no old pieces"
    );
    assert_eq!(place.collect().swept, 2, "nobody names the new one either");
    assert_eq!(place.count("file_pieces"), 0);
}

#[test]
fn the_same_file_twice_is_one() {
    let place = Place::new();
    let bytes = some(2 * PIECE);
    let mut slow = place.begin("b", &bytes).unwrap();
    push(&mut slow, &bytes);
    let first = place.put("b", &bytes);
    assert_eq!(slow.publish(PICTURE, false), Ok(first));
    while place.count("file_pieces") > 2 {
        place.store.probe().unwrap();
    }
    assert_eq!(place.count("files"), 1);
    assert!(place.files.is_sound(&first).unwrap());
}

#[test]
fn a_damaged_file_is_never_given_out_and_is_mended_by_who_brings_it() {
    let place = Place::new();
    let bytes = some(PIECE + 9);
    for damage in [
        "UPDATE file_pieces SET data = x'00' WHERE at = 1",
        "UPDATE file_pieces SET sum = sum + 1 WHERE at = 1",
        "DELETE FROM file_pieces WHERE at = 1",
    ] {
        let stored = place.put("b", &bytes);
        place.sql("UPDATE files SET named = 1");
        place.sql(damage);
        assert_eq!(place.files.is_sound(&stored), Ok(false), "{damage}");
        let error = place.files.piece(&stored, 1).unwrap_err();
        assert!(matches!(error, StoreError::Damaged(_)), "{damage}");
        let found = upkeep::check(place.directory.path()).unwrap();
        let says = format!("board b: file {} is not as it was written", stored.hash);
        assert_eq!(found.wrong, [says], "{damage}");
        let mut upload = place.begin("b", &bytes).unwrap();
        push(&mut upload, &bytes);
        let mended = upload.publish(PICTURE, true).unwrap();
        assert!(place.files.is_sound(&mended).unwrap());
        assert_eq!(place.collect().gone, 0, "it is as named as before");
        place.sql("DELETE FROM files");
        place.collect();
    }
}

#[test]
fn there_is_room_for_so_many_bytes_and_no_more() {
    let limits = FileLimits {
        file: 100,
        board: 100,
        all: 150,
    };
    let place = Place::with(limits);
    let (small, other) = (some(60), some(41));
    let upload = place.begin("b", &small).unwrap();
    let refused = |name, bytes: &[u8]| place.begin(name, bytes).err();
    assert_eq!(
        refused("b", &other),
        Some(Refused::Board),
        "one is on its way"
    );
    assert_eq!(refused("c", &some(91)), Some(Refused::All));
    drop(upload);
    place.put("b", &small);
    assert_eq!(refused("b", &other), Some(Refused::Board));
    assert_eq!(refused("b", &other[..40]), None);
    assert_eq!(refused("c", &some(91)), Some(Refused::All));
    assert_eq!(refused("c", &some(90)), None);
    assert_eq!(place.collect().gone, 1);
    assert_eq!(refused("b", &other), None, "there is room again");
}

fn naming(seq: u64, bytes: &[u8]) -> Row {
    row(seq, &format!("x@{}x", FileHash::of(bytes)))
}

#[test]
fn what_nobody_names_within_a_day_goes_and_what_was_ever_named_stays() {
    let place = Place::new();
    let [named, unnamed, later] = [some(PIECE + 1), some(2), some(3)];
    for bytes in [&named, &unnamed, &later] {
        place.put("b", bytes);
    }
    place.put("c", &named);
    let many = (1..600).map(|seq| row(seq, "x")).collect();
    append(&*place.store, "b", many).unwrap();
    append(&*place.store, "b", vec![naming(600, &named)]).unwrap();
    let now = super::super::writer::now();
    assert_eq!(
        place.files.collect(now - 1000),
        Ok(Collected::default()),
        "all are new"
    );
    let brought = place.find("b", &later).unwrap();
    place.sql("UPDATE files SET time = time - 100000");
    place.files.touch(&brought).unwrap();
    let collected = place.files.collect(now - 50_000).unwrap();
    let expected = Collected {
        named: 1,
        gone: 2,
        swept: 2,
    };
    assert_eq!(collected, expected, "b's unnamed, and c's");
    assert!(place.find("b", &named).is_some() && place.find("b", &later).is_some());
    assert_eq!(place.find("b", &unnamed), None);
    assert_eq!(place.find("c", &named), None, "naming is a board's own");
    assert_eq!(place.count("file_pieces"), 3);
    // From then on nobody looks.
    place.sql("DELETE FROM log");
    assert_eq!(place.collect().gone, 1);
    assert!(place.find("b", &named).is_some());
}

#[test]
fn a_log_that_cannot_be_read_keeps_its_files() {
    for damage in [
        "UPDATE log SET data = x'00' WHERE seq = 2",
        "DELETE FROM log WHERE seq = 2",
    ] {
        let place = Place::new();
        let bytes = some(9);
        place.put("b", &bytes);
        let rows = vec![row(1, "a"), naming(2, &bytes), row(3, "c")];
        append(&*place.store, "b", rows).unwrap();
        place.sql(damage);
        assert_eq!(place.collect(), Collected::default(), "{damage}");
        assert!(place.find("b", &bytes).is_some());
    }
}

#[test]
fn a_name_that_comes_while_a_file_is_collected_keeps_it() {
    let place = Place::new();
    let bytes = some(9);
    let stored = place.put("b", &bytes);
    append(&*place.store, "b", vec![row(1, "a"), naming(2, &bytes)]).unwrap();
    let collect = |after| {
        let collect = Work::Collect {
            file: stored.id,
            board: 1,
            hash: stored.hash,
            after,
            before: i64::MAX,
        };
        place.files.work(collect).unwrap();
    };
    collect(1);
    assert_eq!(place.find("b", &bytes), Some(stored));
    collect(2);
    assert_eq!(place.find("b", &bytes), Some(stored), "it was noted");
}

#[test]
fn a_large_file_lets_everybody_elses_commits_pass() {
    let place = Place::new();
    let bytes = some(20 << 20);
    let passed = std::thread::scope(|threads| {
        let putting = threads.spawn(|| place.put("b", &bytes));
        let mut passed = 0;
        while !putting.is_finished() {
            passed += 1;
            append(&*place.store, "small", vec![row(passed, "x")]).unwrap();
        }
        putting.join().unwrap();
        passed
    });
    assert!(passed > 20, "{passed} commits");
    assert!(
        place
            .files
            .is_sound(&place.find("b", &bytes).unwrap())
            .unwrap()
    );
}
