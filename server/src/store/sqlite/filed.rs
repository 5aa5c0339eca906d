//! A connection, and which file it has open.
//!
//! Owns whether that is still the one at its path: SQLite goes on with a file that was moved or removed,
//! and what it confirms there is gone when the server ends.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::store::StoreError;

/// A connection to the file at a path.
pub(super) struct Filed {
    pub(super) connection: Connection,
    path: PathBuf,
    file: Option<FileId>,
}

/// What tells a file from all others: its device and number there, where files have such.
type FileId = (u64, u64);

impl Filed {
    /// One that has just been opened.
    pub(super) fn new(connection: Connection, path: &Path) -> Self {
        Self {
            connection,
            path: path.to_owned(),
            file: id(path),
        }
    }

    /// Whether it is still the file at its path. One call to the system.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn expect_in_place(&self) -> Result<(), StoreError> {
        let now = id(&self.path);
        // One that was gone when it was looked at for the first time is nowhere.
        if now == self.file && (now.is_some() || cfg!(not(unix))) {
            return Ok(());
        }
        let what = "the database was moved or removed while the server runs";
        Err(StoreError::Failed(what.to_owned()))
    }
}

#[cfg(unix)]
fn id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Elsewhere a file that is open can neither be moved nor removed.
#[cfg(not(unix))]
fn id(_: &Path) -> Option<FileId> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_file_is_in_place_only_where_it_was_opened() {
        let directory = tempfile::tempdir().unwrap();
        let [path, aside] = ["here", "aside"].map(|name| directory.path().join(name));
        let open = |path| Connection::open(path).unwrap();
        let early = Filed::new(open(&path), &path);
        std::fs::write(&path, b"").unwrap();
        early.expect_in_place().unwrap();
        std::fs::rename(&path, &aside).unwrap();
        early.expect_in_place().unwrap_err();
        let late = Filed::new(open(&aside), &path);
        late.expect_in_place().unwrap_err();
        std::fs::write(&path, b"another").unwrap();
        early.expect_in_place().unwrap_err();
        std::fs::rename(&aside, &path).unwrap();
        early.expect_in_place().unwrap();
    }
}
