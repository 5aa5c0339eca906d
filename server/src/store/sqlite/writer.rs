//! The one thread that writes, and the one that moves the log into the database when it is idle.
//!
//! Owns group commit: whatever has queued up while one commit was on its way to the disk goes
//! into the next; pieces of files go by themselves, between two of those.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use board::id::BoardId;
use bytes::Bytes;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::boards::Fate;
use super::filed::Filed;
use super::files::Work;
use super::order::Order;
use super::rows;
use super::schema::{self, failed};
use crate::principal::ActorId;
use crate::store::{Batch, StoreError};

/// Most jobs in one commit: keeps its latency bounded under any load.
const MAX_JOBS: usize = 1024;
/// How long rows wait for others when nobody waits for them: a sync costs as much as fifty rows.
const LINGER: Duration = Duration::from_millis(20);
/// Quiet for so long, the writer counts as idle.
const IDLE: Duration = Duration::from_millis(500);

/// Most boards whose numbers are kept at hand: as many as the page cache has room for. Names that
/// stay are small, but lie among what has long been given back and keep it from the system. As many
/// actors.
const MAX_KNOWN: usize = 2_000;

/// What need not be looked up: only such as is on disk.
#[derive(Default)]
struct Known {
    /// The numbers that stand for boards in the other tables.
    keys: HashMap<BoardId, i64>,
    /// Who is in the table of actors.
    actors: HashSet<ActorId>,
}

impl Known {
    /// Takes in what has been found and is on disk by now.
    fn learn(&mut self, found: Self) {
        if self.keys.len() + found.keys.len() > MAX_KNOWN {
            self.keys.clear();
        }
        if self.actors.len() + found.actors.len() > MAX_KNOWN {
            self.actors.clear();
        }
        self.keys.extend(found.keys);
        self.actors.extend(found.actors);
    }
}

/// Work for the writer.
pub(super) enum Job {
    /// Rows to append.
    Append(Batch),
    /// The beginning of a snapshot, or more of it.
    Piece {
        /// The board.
        board: BoardId,
        /// The end of the snapshot.
        up_to: u64,
        /// Its place among the pieces.
        at: usize,
        /// Its bytes.
        data: Bytes,
        /// Hears of the end.
        done: Sender<Result<(), StoreError>>,
    },
    /// The last of a snapshot: from now on it is one.
    Publish {
        /// The board.
        board: BoardId,
        /// The last row in it.
        up_to: u64,
        /// The checksum of it all.
        sum: u32,
        /// What it lacks.
        lacks: Vec<u8>,
        /// What comes behind the pieces.
        rest: Bytes,
        /// Hears of the end.
        done: Sender<Result<(), StoreError>>,
    },
    /// A board goes, or comes back, or a step of removing one.
    Board {
        /// The step.
        fate: Fate,
        /// Hears of the end.
        done: Sender<Result<(), StoreError>>,
    },
    /// A piece that is of no more use.
    Clear {
        /// Its number.
        id: i64,
        /// Hears of the end.
        done: Sender<Result<(), StoreError>>,
    },
    /// A step of keeping a file, in a commit of its own: it is large, and what fails of it must not
    /// fail what people draw.
    File {
        /// The step.
        work: Work,
        /// Hears of the end.
        done: Sender<Result<(), StoreError>>,
    },
    /// What failed of a board will not be tried again.
    GiveUp(BoardId),
    /// Somebody waits for what is queued.
    Hurry,
    /// A write that changes nothing.
    Probe {
        /// Hears of the end.
        done: Sender<Result<(), StoreError>>,
    },
    /// Whatever nobody has thought of.
    #[cfg(test)]
    Panic,
}

impl Job {
    fn batch(&self) -> Option<&Batch> {
        match self {
            Self::Append(batch) => Some(batch),
            _ => None,
        }
    }

    fn is_urgent(&self) -> bool {
        match self {
            Self::Append(batch) => batch.urgent,
            Self::GiveUp(_) => false,
            Self::Piece { .. }
            | Self::Publish { .. }
            | Self::Clear { .. }
            | Self::Board { .. }
            | Self::File { .. }
            | Self::Hurry
            | Self::Probe { .. } => true,
            #[cfg(test)]
            Self::Panic => true,
        }
    }

    /// Says that it will not be done.
    pub(super) fn fail(self, error: &StoreError) {
        self.finish(Err(error.clone()));
    }

    fn finish(self, result: Result<(), StoreError>) {
        match self {
            Self::Append(batch) => tell(batch, result),
            // Nobody waits any more: nothing to tell.
            Self::Piece { done, .. }
            | Self::Publish { done, .. }
            | Self::Clear { done, .. }
            | Self::Board { done, .. }
            | Self::File { done, .. }
            | Self::Probe { done } => drop(done.send(result)),
            Self::Hurry | Self::GiveUp(_) => {}
            #[cfg(test)]
            Self::Panic => {}
        }
    }
}

/// Whoever hears of it must not stop the writer.
fn tell(batch: Batch, result: Result<(), StoreError>) {
    if catch_unwind(AssertUnwindSafe(|| (batch.done)(result))).is_err() {
        tracing::error!(board = %batch.board, "whoever waited for a batch panicked");
    }
}

/// Starts both threads; they end when the sender of `queue` is dropped.
pub(super) fn spawn(
    path: PathBuf,
    connection: Filed,
    checkpoints: Connection,
    queue: Receiver<Job>,
) -> io::Result<Vec<JoinHandle<()>>> {
    let (idle, when_idle) = sync_channel(1);
    let writer = Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || write(&path, connection, &queue, &idle))?;
    let checkpointer = Builder::new()
        .name("store-checkpoint".to_owned())
        .spawn(move || checkpoint(&checkpoints, &when_idle))?;
    Ok(vec![writer, checkpointer])
}

fn write(path: &Path, connection: Filed, queue: &Receiver<Job>, idle: &SyncSender<()>) {
    let mut connection = Some(connection);
    let mut known = Known::default();
    let mut order = Order::default();
    let mut aside = VecDeque::new();
    let mut dirty = false;
    loop {
        let first = match (aside.is_empty(), dirty) {
            (false, _) => queue.try_recv().ok(),
            (true, true) => match queue.recv_timeout(IDLE) {
                Ok(job) => Some(job),
                Err(RecvTimeoutError::Timeout) => {
                    // When that is full, a checkpoint is on its way already.
                    dirty = idle.try_send(()).is_err();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => break,
            },
            (true, false) => match queue.recv() {
                Ok(job) => Some(job),
                Err(_) => break,
            },
        };
        let group = first.map(|first| gather(first, queue, &mut aside));
        // What people draw first, and between two of those one step of a file.
        let alone = aside.pop_front().map(|job| vec![job]);
        for jobs in [group, alone].into_iter().flatten() {
            if jobs.is_empty() {
                continue;
            }
            connection = match connection.map_or_else(|| reopen(path, &mut known), Ok) {
                // After a failed commit a connection may be of no more use: the next job gets a new one.
                Ok(open) => survive(open, &mut known, &mut order, jobs),
                Err(error) => {
                    tracing::error!(%error, "the store cannot be opened again");
                    let error = StoreError::Failed("the database cannot be opened".to_owned());
                    fail(&mut order, jobs, &error);
                    None
                }
            };
            dirty = true;
        }
    }
}

/// The file again, which may be another one by now, with other numbers for boards.
fn reopen(path: &Path, known: &mut Known) -> Result<Filed, StoreError> {
    *known = Known::default();
    Ok(Filed::new(schema::reopen_writer(path)?, path))
}

/// What goes into one commit: whatever has queued up, and when nobody waits for any of it, what
/// comes within a moment. Steps of files are put aside.
fn gather(first: Job, queue: &Receiver<Job>, aside: &mut VecDeque<Job>) -> Vec<Job> {
    let linger_until = Instant::now() + LINGER;
    let (mut urgent, mut jobs, mut next) = (false, Vec::new(), Some(first));
    while let Some(job) = next {
        urgent |= job.is_urgent();
        match job {
            Job::File { .. } => aside.push_back(job),
            _ => jobs.push(job),
        }
        if jobs.len() >= MAX_JOBS {
            break;
        }
        let left = linger_until.saturating_duration_since(Instant::now());
        next = match urgent {
            true => queue.try_recv().ok(),
            false => queue.recv_timeout(left).ok(),
        };
    }
    jobs
}

/// Does all jobs, and answers with the connection unless that is of no more use. A panic fails the
/// jobs that it met and nothing after them: without this thread no board could be stored until
/// somebody restarts the server.
fn survive(
    mut connection: Filed,
    known: &mut Known,
    order: &mut Order,
    jobs: Vec<Job>,
) -> Option<Filed> {
    let attempt = AssertUnwindSafe(|| commit(&mut connection, known, order, &jobs));
    let done = catch_unwind(attempt).unwrap_or_else(|_| {
        tracing::error!(jobs = jobs.len(), "the writer panicked; it goes on");
        Err(StoreError::Failed("the store panicked".to_owned()))
    });
    match done {
        Ok(results) => {
            for (job, result) in jobs.into_iter().zip(results) {
                job.finish(result);
            }
            Some(connection)
        }
        Err(error) => {
            fail(order, jobs, &error);
            None
        }
    }
}

/// Does all jobs in one commit. Each one's result, or why nothing of it is on disk.
fn commit(
    filed: &mut Filed,
    known: &mut Known,
    order: &mut Order,
    jobs: &[Job],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut found = Known::default();
    let committed = filed
        .expect_in_place()
        .and_then(|()| {
            let immediate = TransactionBehavior::Immediate;
            let begun = filed.connection.transaction_with_behavior(immediate);
            begun.map_err(failed)
        })
        .and_then(|mut transaction| {
            let results = each(&mut transaction, known, &mut found, order, jobs)?;
            transaction.commit().map_err(failed)?;
            Ok(results)
        });
    if let Err(error) = &committed {
        tracing::error!(%error, jobs = jobs.len(), "a commit failed");
        return committed;
    }
    known.learn(found);
    // A name that is free may get another number.
    for job in jobs {
        if let Job::Board { fate, .. } = job {
            known.keys.remove(fate.board());
        }
    }
    committed
}

/// Does one job after the other; one that fails is rolled back alone.
///
/// # Errors
/// When SQLite has rolled back everything because of one, as it may when the disk fails: what came
/// after it would commit by itself, and stand in the log behind rows that are gone.
fn each(
    transaction: &mut Transaction<'_>,
    known: &Known,
    found: &mut Known,
    order: &mut Order,
    jobs: &[Job],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut results = Vec::with_capacity(jobs.len());
    for job in jobs {
        if let Job::GiveUp(board) = job {
            order.give_up(board);
        }
        let in_turn = job.batch().map_or(Ok(()), |batch| order.admit(batch));
        let result = in_turn.and_then(|()| guarded(transaction, known, found, job));
        if transaction.is_autocommit() {
            let lost = || StoreError::Failed("the database has rolled back".to_owned());
            return Err(result.err().unwrap_or_else(lost));
        }
        if let Some(batch) = job.batch() {
            order.note(batch, &result);
        }
        results.push(result);
    }
    Ok(results)
}

/// None of the jobs is done.
fn fail(order: &mut Order, jobs: Vec<Job>, error: &StoreError) {
    for job in jobs {
        if let Some(batch) = job.batch() {
            order.note(batch, &Err(error.clone()));
        }
        if let Job::GiveUp(board) = &job {
            order.give_up(board);
        }
        job.fail(error);
    }
}

fn guarded(
    transaction: &mut Transaction<'_>,
    known: &Known,
    found: &mut Known,
    job: &Job,
) -> Result<(), StoreError> {
    let savepoint = transaction.savepoint().map_err(failed)?;
    let mut new = Known::default();
    let mut key_of = |board: &BoardId| match known.keys.get(board) {
        Some(key) => Ok(*key),
        None => {
            let key = key(&savepoint, board).map_err(failed)?;
            new.keys.insert(board.clone(), key);
            Ok(key)
        }
    };
    match job {
        Job::Append(batch) => {
            rows::append(&savepoint, key_of(&batch.board)?, batch, now())?;
            let introduced = rows::introduce(&savepoint, batch, &known.actors, now());
            new.actors = introduced.map_err(failed)?;
        }
        Job::Piece {
            board,
            up_to,
            at,
            data,
            ..
        } => piece(&savepoint, key_of(board)?, *up_to, *at, data).map_err(failed)?,
        Job::Publish {
            board,
            up_to,
            sum,
            lacks,
            rest,
            ..
        } => {
            let key = key_of(board)?;
            publish(&savepoint, key, (*up_to, *sum), lacks, rest).map_err(failed)?;
        }
        Job::Clear { id, .. } => {
            let cleared = savepoint.execute("DELETE FROM pieces WHERE id = ?1", [id]);
            cleared.map_err(failed)?;
        }
        Job::Board { fate, .. } => fate.run(&savepoint).map_err(failed)?,
        Job::File { work, .. } => work.run(&savepoint, key_of)?,
        Job::Probe { .. } => schema::probe(&savepoint).map_err(failed)?,
        Job::Hurry | Job::GiveUp(_) => return Ok(()),
        #[cfg(test)]
        Job::Panic => std::panic::panic_any("on request"),
    }
    savepoint.commit().map_err(failed)?;
    found.keys.extend(new.keys);
    found.actors.extend(new.actors);
    Ok(())
}

/// The newest snapshot, and the end of those that only it and the one before outlive.
fn publish(
    connection: &Connection,
    key: i64,
    (up_to, sum): (u64, u32),
    lacks: &[u8],
    rest: &[u8],
) -> rusqlite::Result<()> {
    let up_to = up_to.cast_signed();
    connection.execute(
        "INSERT OR REPLACE INTO snapshots (board, up_to, time, sum, state, lacks) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![key, up_to, now(), sum, rest, lacks],
    )?;
    connection.execute(
        "DELETE FROM snapshots WHERE board = ?1 AND up_to < (
             SELECT max(up_to) FROM snapshots WHERE board = ?1 AND up_to < ?2)",
        params![key, up_to],
    )?;
    Ok(())
}

fn piece(
    connection: &Connection,
    key: i64,
    up_to: u64,
    at: usize,
    data: &[u8],
) -> rusqlite::Result<()> {
    let at = i64::try_from(at).unwrap_or(i64::MAX);
    connection
        .prepare_cached("INSERT INTO pieces (board, up_to, at, data) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![key, up_to.cast_signed(), at, data])?;
    Ok(())
}

/// The number that stands for a board in the other tables.
fn key(connection: &Connection, board: &BoardId) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO boards (name) VALUES (?1)")?
        .execute([board.as_str()])?;
    connection
        .prepare_cached("SELECT id FROM boards WHERE name = ?1")?
        .query_row([board.as_str()], |row| row.get(0))
}

/// Milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}

fn checkpoint(connection: &Connection, when_idle: &Receiver<()>) {
    while when_idle.recv().is_ok() {
        let done = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = done {
            tracing::warn!(%error, "a checkpoint failed; the next one tries again");
        }
    }
}
