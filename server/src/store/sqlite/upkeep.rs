//! What an operator does with the file beside serving it: copy it while it is in use, look it over.
//!
//! Owns copying; looking is in `upkeep/check`, reading one board in `upkeep/read`. The database is opened for reading only, and a server
//! may be running on it. SQLite may leave its own `-shm` and an empty `-wal` beside it.

mod check;
mod read;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use self::check::{Findings, check};
pub use self::read::{Kept, read};
use super::{FILE, schema};
use crate::store::StoreError;

/// Writes a consistent copy of everything that is durable in `directory` to a new file.
///
/// # Errors
/// When there is nothing to copy, the file exists, or it cannot be written; nothing is left of it.
pub fn backup(directory: &Path, file: &Path) -> Result<(), StoreError> {
    let connection = open(directory)?;
    let refuse = |why: &dyn std::fmt::Display| {
        StoreError::Unusable(format!("cannot write the backup {}: {why}", file.display()))
    };
    if file.exists() {
        return Err(refuse(&"it exists already; name a new file"));
    }
    // Under another name until it is whole and on disk: a file with the name that was asked for
    // is a backup.
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let written = match fs::remove_file(&partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refuse(&error)),
        _ => connection
            .execute("VACUUM INTO ?1", [partial.to_string_lossy()])
            .map_err(|error| refuse(&error))
            .and_then(|_| put_in_place(&partial, file).map_err(|error| refuse(&error))),
    };
    if written.is_err() {
        // The first error is the one to tell.
        drop(fs::remove_file(&partial));
    }
    written
}

fn put_in_place(partial: &Path, file: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    fs::rename(partial, file)?;
    let directory = file.parent().filter(|parent| *parent != Path::new(""));
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

fn open(directory: &Path) -> Result<Connection, StoreError> {
    let path = directory.join(FILE);
    if !path.exists() {
        let text = format!("there are no boards in {}", directory.display());
        return Err(StoreError::Unusable(text));
    }
    schema::open_onlooker(&path)
}

/// The same, for who reads tables of any version as if they were of the newest.
pub(super) fn open_as_newest(directory: &Path) -> Result<Connection, StoreError> {
    let connection = open(directory)?;
    schema::show_as_newest(&connection, &directory.join(FILE))?;
    Ok(connection)
}
