//! The embedded store: one SQLite file, one writer thread, group commit.
//!
//! Owns the file and its schema. An update is reported durable only after a commit with
//! `synchronous=FULL`. Reads use connections of their own and never wait for the writer.

mod order;
mod pieces;
mod schema;
pub mod upkeep;
mod writer;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use board::id::BoardId;
use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Batch, Damage, Loaded, Row, Snapshot, Store, StoreError};
use schema::{checksum, failed};
use writer::Job;

/// The database, in the data directory.
const FILE: &str = "boards.sqlite";
/// Most reading connections that are kept open between loads.
const MAX_IDLE_READERS: usize = 4;

/// A store in a directory.
pub struct Sqlite {
    path: PathBuf,
    jobs: Mutex<Option<Sender<Job>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    readers: Mutex<Vec<Connection>>,
    /// Held as long as the store lives: two servers on one directory would overwrite each other.
    _lock: File,
}

impl Sqlite {
    /// Opens the store in `directory`, creating both if need be.
    ///
    /// # Errors
    /// In one sentence for whoever started the server: what cannot be used, and why.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        let unusable = |what: &str, why: &dyn std::fmt::Display| {
            let text = format!("{what} {}: {why}", directory.display());
            StoreError::Unusable(text)
        };
        std::fs::create_dir_all(directory)
            .map_err(|error| unusable("cannot create the data directory", &error))?;
        let lock = File::create(directory.join("lock"))
            .map_err(|error| unusable("cannot write to the data directory", &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(unusable(
                    "another drawbridge is using the data directory",
                    &"stop it first, or give this one its own with --data",
                ));
            }
            Err(TryLockError::Error(error)) => {
                return Err(unusable("cannot lock the data directory", &error));
            }
        }
        let path = directory.join(FILE);
        let connection = schema::open_writer(&path)?;
        let checkpoints = schema::open_reader(&path)?;
        let (jobs, queue) = channel();
        let threads = writer::spawn(path.clone(), connection, checkpoints, queue)
            .map_err(|error| unusable("cannot start the store of", &error))?;
        Ok(Self {
            path,
            jobs: Mutex::new(Some(jobs)),
            threads: Mutex::new(threads),
            readers: Mutex::new(Vec::new()),
            _lock: lock,
        })
    }

    fn submit(&self, job: Job) {
        let unsent = match lock(&self.jobs).as_ref() {
            Some(jobs) => jobs.send(job).err().map(|error| error.0),
            None => Some(job),
        };
        if let Some(job) = unsent {
            job.fail(&StoreError::Failed("the store is closed".to_owned()));
        }
    }

    /// Submits a job and returns its outcome.
    fn wait_for(
        &self,
        job: impl FnOnce(Sender<Result<(), StoreError>>) -> Job,
    ) -> Result<(), StoreError> {
        let (sender, receiver) = channel();
        self.submit(job(sender));
        receiver
            .recv()
            .unwrap_or_else(|_| Err(StoreError::Failed("the writer has stopped".to_owned())))
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => schema::open_reader(&self.path)?,
        };
        let result = read(&connection);
        let mut readers = lock(&self.readers);
        if result.is_ok() && readers.len() < MAX_IDLE_READERS {
            readers.push(connection);
        }
        result
    }
}

impl Store for Sqlite {
    fn append(&self, batch: Batch) {
        self.submit(Job::Append(batch));
    }

    fn give_up(&self, board: &BoardId) {
        self.submit(Job::GiveUp(board.clone()));
    }

    fn hurry(&self) {
        self.submit(Job::Hurry);
    }

    fn load_below(&self, board: &BoardId, below: u64) -> Result<Loaded, StoreError> {
        self.read(|connection| load(connection, board, below))
    }

    fn publish(&self, board: &BoardId, snapshot: &Snapshot) -> Result<(), StoreError> {
        pieces::publish(self, board, snapshot)
    }

    fn check(&self) -> Result<(), StoreError> {
        self.read(|connection| {
            let one = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
            one.map_err(failed)
        })
    }

    fn probe(&self) -> Result<(), StoreError> {
        self.wait_for(|done| Job::Probe { done })
    }

    fn close(&self) {
        drop(lock(&self.jobs).take());
        for thread in std::mem::take(&mut *lock(&self.threads)) {
            if thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.close();
    }
}

/// A lock that a panic elsewhere does not spoil: what it guards is whole between statements.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn load(connection: &Connection, board: &BoardId, below: u64) -> Result<Loaded, StoreError> {
    // One read transaction: a snapshot and the rows after it belong together.
    let transaction = connection.unchecked_transaction().map_err(failed)?;
    let key: Option<i64> = transaction
        .query_row(
            "SELECT id FROM boards WHERE name = ?1",
            [board.as_str()],
            |row| row.get(0),
        )
        .optional()
        .map_err(failed)?;
    let mut loaded = Loaded::default();
    let Some(key) = key else {
        return Ok(loaded);
    };
    let place = Place { board, key };
    load_snapshot(&transaction, &place, below, &mut loaded).map_err(failed)?;
    load_rows(&transaction, &place, &mut loaded).map_err(failed)?;
    Ok(loaded)
}

/// A board and the number that stands for it.
struct Place<'a> {
    board: &'a BoardId,
    key: i64,
}

fn load_snapshot(
    connection: &Connection,
    place: &Place<'_>,
    below: u64,
    loaded: &mut Loaded,
) -> rusqlite::Result<()> {
    let mut query = connection.prepare_cached(
        "SELECT up_to, state, sum, lacks FROM snapshots WHERE board = ?1 AND up_to < ?2 ORDER BY up_to DESC",
    )?;
    let below = i64::try_from(below).unwrap_or(i64::MAX);
    let mut rows = query.query(params![place.key, below])?;
    while let Some(row) = rows.next()? {
        let up_to = row.get::<_, i64>(0)?.cast_unsigned();
        loaded.last = loaded.last.max(up_to);
        loaded.snapshot = pieces::read(connection, place, row)?;
        if loaded.snapshot.is_some() {
            break;
        }
        loaded.damage.push(Damage {
            seq: up_to,
            snapshot: true,
        });
    }
    Ok(())
}

fn load_rows(
    connection: &Connection,
    place: &Place<'_>,
    loaded: &mut Loaded,
) -> rusqlite::Result<()> {
    let (after, lacks) = match &loaded.snapshot {
        Some(snapshot) => (snapshot.up_to, snapshot.lacks.clone()),
        None => (0, Vec::new()),
    };
    let mut one = connection
        .prepare_cached("SELECT seq, author, data, sum FROM log WHERE board = ?1 AND seq = ?2")?;
    for seq in lacks {
        let mut rows = one.query(params![place.key, seq.cast_signed()])?;
        match rows.next()? {
            Some(row) => load_row(row, place.board, loaded)?,
            None => loaded.damage.push(Damage {
                seq,
                snapshot: false,
            }),
        }
    }
    let mut query = connection.prepare_cached(
        "SELECT seq, author, data, sum FROM log WHERE board = ?1 AND seq > ?2 ORDER BY seq",
    )?;
    let mut rows = query.query(params![place.key, after.cast_signed()])?;
    while let Some(row) = rows.next()? {
        load_row(row, place.board, loaded)?;
    }
    Ok(())
}

fn load_row(row: &rusqlite::Row<'_>, board: &BoardId, loaded: &mut Loaded) -> rusqlite::Result<()> {
    let seq = row.get::<_, i64>(0)?.cast_unsigned();
    let author = row.get::<_, i64>(1)?.cast_unsigned();
    loaded.last = loaded.last.max(seq);
    if let Some(update) = sound(row, 2, 3, |data| checksum(board, seq, author, data))? {
        loaded.rows.push(Row {
            seq,
            author,
            update,
        });
    } else {
        let snapshot = false;
        loaded.damage.push(Damage { seq, snapshot });
    }
    Ok(())
}

/// The bytes of a column when another holds their checksum; whatever else stands there is damage.
fn sound(
    row: &rusqlite::Row<'_>,
    data: usize,
    sum: usize,
    checksum: impl FnOnce(&[u8]) -> u32,
) -> rusqlite::Result<Option<Bytes>> {
    let sum = row.get_ref(sum)?.as_i64();
    let data = row.get_ref(data)?.as_blob();
    let (Ok(sum), Ok(data)) = (sum, data) else {
        return Ok(None);
    };
    Ok((i64::from(checksum(data)) == sum).then(|| Bytes::copy_from_slice(data)))
}

#[cfg(test)]
mod tests;
