//! The embedded store: one SQLite file, one writer thread, group commit.
//!
//! Owns the file and its schema. An update is reported durable only after a commit with
//! `synchronous=FULL`. Reads use connections of their own and never wait for the writer.

pub mod boards;
mod filed;
pub mod files;
mod load;
mod order;
mod pieces;
mod rows;
mod schema;
mod steps;
pub mod upkeep;
mod writer;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use board::id::BoardId;
use rusqlite::Connection;

use super::{Batch, Loaded, Snapshot, Store, StoreError};
use filed::Filed;
use load::load;
use writer::Job;

/// The database, in the data directory.
const FILE: &str = "boards.sqlite";
/// Bytes of what is cut up that go into one commit: a few milliseconds.
const PIECE: usize = 256 * 1024;
/// Pieces after which the log is moved into the database: far below what the log may grow to, or
/// the writer would have to do it in the middle of somebody's commit.
const PIECES_BETWEEN_CHECKPOINTS: usize = 16;
/// Most reading connections that are kept open between loads.
const MAX_IDLE_READERS: usize = 4;

/// A store in a directory.
pub struct Sqlite {
    path: PathBuf,
    jobs: Mutex<Option<Sender<Job>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    readers: Mutex<Vec<Filed>>,
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
        let connection = Filed::new(connection, &path);
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

    /// Moves the log into the database, as far as nobody reads there.
    fn checkpoint(&self) -> Result<(), StoreError> {
        self.read(|connection| {
            let done = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            done.map_err(schema::failed)
        })
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.readers).pop();
        let in_place = idle.filter(|filed| filed.expect_in_place().is_ok());
        let filed = match in_place {
            Some(filed) => filed,
            None => Filed::new(schema::open_reader(&self.path)?, &self.path),
        };
        let result = read(&filed.connection);
        let mut readers = lock(&self.readers);
        if result.is_ok() && readers.len() < MAX_IDLE_READERS {
            readers.push(filed);
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
        // A connection that is open may have in memory what the disk no longer gives.
        schema::open_reader(&self.path).map(drop)
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

#[cfg(test)]
mod tests;
