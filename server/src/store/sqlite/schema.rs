//! The SQLite file: whose it is, its settings, its checksums.
//!
//! Owns how a connection is set up, and which files are refused. The tables are in `steps`.

use std::path::Path;
use std::time::Duration;

use board::file::FileHash;
use board::id::BoardId;
use bytes::Bytes;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::steps::{self, VERSION};
use crate::principal::ActorId;
use crate::store::StoreError;

/// "Drwb": tells our files from other people's.
const APPLICATION: i32 = i32::from_be_bytes(*b"Drwb");
/// Pages of WAL at which a commit checkpoints after all; idle checkpoints come long before.
const WAL_PAGES: u32 = 8000;
/// The writer's page cache, in KiB: room for the pages that two thousand boards append to at a time.
/// It fills up and stays full, and what has left it is in the system's own cache.
const WRITER_CACHE: i64 = 8 * 1024;
/// Every reader's, in KiB: a load reads the pages of a board's rows once.
const READER_CACHE: i64 = 512;
/// A writer waits this long for somebody else's lock, say a backup's.
const BUSY: Duration = Duration::from_secs(5);

/// What every connection but the first may do. A file that was there and is gone has been taken away:
/// a new one in its place would make every board look empty.
const BESIDE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Opens the file for writing, creating it if need be, and brings its tables up to date.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let bad = |error: rusqlite::Error| unusable(path, &error);
    let connection = Connection::open(path).map_err(bad)?;
    connection.busy_timeout(BUSY).map_err(bad)?;
    let version = version(&connection, path)?;
    set_up_writer(&connection).map_err(bad)?;
    if version < VERSION {
        bring_up_to(VERSION, &connection, version).map_err(bad)?;
    }
    if (1..VERSION).contains(&version) {
        tracing::warn!(
            "the database was of version {version} and is of version {VERSION} now, which an older \
             Drawbridge does not open: the way back to one is a backup from before"
        );
    }
    Ok(connection)
}

/// Makes tables of one version of those of another, all of it or nothing.
pub(super) fn bring_up_to(
    version: usize,
    connection: &Connection,
    from: usize,
) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {} PRAGMA application_id = {APPLICATION};
         PRAGMA user_version = {version}; COMMIT;",
        steps::between(from, version)
    ))
}

/// Opens the file for writing again; creates nothing.
pub(super) fn reopen_writer(path: &Path) -> Result<Connection, StoreError> {
    let bad = |error: rusqlite::Error| unusable(path, &error);
    let connection = Connection::open_with_flags(path, BESIDE).map_err(bad)?;
    connection.busy_timeout(BUSY).map_err(bad)?;
    expect_current(&connection, path)?;
    set_up_writer(&connection).map_err(bad)?;
    Ok(connection)
}

fn set_up_writer(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .and_then(|()| connection.pragma_update(None, "synchronous", "FULL"))
        .and_then(|()| connection.pragma_update(None, "wal_autocheckpoint", WAL_PAGES))
        .and_then(|()| connection.pragma_update(None, "cache_size", -WRITER_CACHE))
}

/// The version of a file's tables, 0 when there are none; an error when they are not ours to read.
fn version(connection: &Connection, path: &Path) -> Result<usize, StoreError> {
    let bad = |error: rusqlite::Error| unusable(path, &error);
    let application: i32 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(bad)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(bad)?;
    let version: u32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(bad)?;
    let version = version as usize;
    if tables > 0 && application != APPLICATION {
        return Err(refuse(path, "it is not a Drawbridge database"));
    }
    if version > VERSION {
        return Err(refuse(
            path,
            "a newer Drawbridge has written it; use that one",
        ));
    }
    Ok(version)
}

/// Opens the file for reading alone: closing it moves nothing from the log into the database.
pub(super) fn open_onlooker(path: &Path) -> Result<Connection, StoreError> {
    let bad = |error: rusqlite::Error| unusable(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(bad)?;
    connection.busy_timeout(BUSY).map_err(bad)?;
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(bad)?;
    version(&connection, path)?;
    Ok(connection)
}

/// Lets an onlooker read tables of any version as if they were of the newest. What is copied must be
/// copied as it is: not by this connection.
pub(super) fn show_as_newest(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    match version(connection, path)? {
        0 => Err(refuse(path, "it is empty")),
        version => connection
            .execute_batch(&steps::shown_as_newest(version))
            .map_err(|error| unusable(path, &error)),
    }
}

/// Refuses what has no tables, or such as a server brings up to date when it starts.
fn expect_current(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    match version(connection, path)? {
        0 => Err(refuse(path, "it is empty")),
        VERSION => Ok(()),
        _ => {
            let why = "an older Drawbridge has written it; start this one on it once";
            Err(refuse(path, why))
        }
    }
}

/// Opens the file beside the writer, for loads or checkpoints.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, BESIDE).map_err(failed)?;
    connection.busy_timeout(BUSY).map_err(failed)?;
    expect_current(&connection, path)?;
    // Checkpoints sync too.
    connection
        .pragma_update(None, "synchronous", "FULL")
        .and_then(|()| connection.pragma_update(None, "cache_size", -READER_CACHE))
        .map_err(failed)?;
    Ok(connection)
}

/// The checksum of a row or snapshot, over everything that gives it meaning.
pub(super) fn checksum(
    board: &BoardId,
    seq: u64,
    (author, actor): (u64, ActorId),
    data: &[u8],
) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(board.as_str().as_bytes());
    hasher.update(&[0]);
    hasher.update(&seq.to_le_bytes());
    hasher.update(&author.to_le_bytes());
    // As rows had it that are from before there were actors.
    if actor != ActorId::UNKNOWN {
        hasher.update(&actor.number().to_le_bytes());
    }
    hasher.update(data);
    hasher.finalize()
}

/// The checksum of a piece of a file.
pub(super) fn piece_sum(hash: &FileHash, at: i64, data: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(hash.as_bytes());
    hasher.update(&at.to_le_bytes());
    hasher.update(data);
    hasher.finalize()
}

/// The checksum of a snapshot, from that of its state: as if what it lacks stood behind it.
pub(super) fn with_lacks(sum: u32, lacks: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(sum);
    hasher.update(lacks);
    hasher.finalize()
}

/// What a snapshot lacks, as bytes: 8 for each row, little-endian.
pub(super) fn write_lacks(lacks: &[u64]) -> Vec<u8> {
    lacks.iter().flat_map(|seq| seq.to_le_bytes()).collect()
}

/// The other way round.
pub(super) fn read_lacks(bytes: &[u8]) -> Vec<u64> {
    let (numbers, _) = bytes.as_chunks::<8>();
    numbers.iter().map(|seq| u64::from_le_bytes(*seq)).collect()
}

/// The bytes of a column when another holds their checksum; whatever else stands there is damage.
pub(super) fn sound(
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

/// Whether something is there and is not what was written, rather than out of reach.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    match error {
        // A page that is garbage, but no such garbage as SQLite notices.
        rusqlite::Error::InvalidColumnType(..) | rusqlite::Error::IntegralValueOutOfRange(..) => {
            true
        }
        _ => matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        ),
    }
}

/// A failure while running.
pub(super) fn failed(error: rusqlite::Error) -> StoreError {
    if is_damage(&error) {
        return StoreError::Damaged("the database is damaged".to_owned());
    }
    let why = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "the disk is full".to_owned(),
        Some(ErrorCode::ReadOnly) => "the database may not be written to".to_owned(),
        Some(ErrorCode::SystemIoFailure) => format!("the disk reports an error: {error}"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program has locked the database".to_owned()
        }
        _ => error.to_string(),
    };
    StoreError::Failed(why)
}

/// Writes what is there already.
pub(super) fn probe(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "user_version", VERSION as u32)
}

fn unusable(path: &Path, error: &rusqlite::Error) -> StoreError {
    let why = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "it is not a SQLite database, or its start is damaged",
        Some(ErrorCode::DatabaseCorrupt) => "it is damaged",
        Some(ErrorCode::ReadOnly) => "it may not be written to",
        Some(ErrorCode::DiskFull) => "the disk is full",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program has locked it"
        }
        _ => return refuse(path, &error.to_string()),
    };
    refuse(path, why)
}

fn refuse(path: &Path, why: &str) -> StoreError {
    StoreError::Unusable(format!("cannot use the database {}: {why}", path.display()))
}
