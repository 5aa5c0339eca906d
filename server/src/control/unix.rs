//! The door where there are sockets that are files.
//!
//! Owns the file, and that nobody else may open it.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::{UnixListener, UnixStream};

/// The socket, in the data directory.
const FILE: &str = "control";
/// Pause after the system refused a connection.
const BREATHER: Duration = Duration::from_millis(100);

/// The socket, which goes with it.
pub(crate) struct Control {
    listener: UnixListener,
    path: PathBuf,
}

impl Control {
    /// Opens the door of a data directory whose lock is held: what is there of an earlier server that
    /// was killed makes way.
    ///
    /// # Errors
    /// When there can be no socket there.
    pub(crate) fn open(directory: &Path) -> io::Result<Self> {
        let path = directory.join(FILE);
        // Nobody may come in before the mode is right.
        let making = directory.join("control.new");
        for old in [&path, &making] {
            match fs::remove_file(old) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        let listener = UnixListener::bind(&making)?;
        fs::set_permissions(&making, Permissions::from_mode(0o600))?;
        fs::rename(&making, &path)?;
        Ok(Self { listener, path })
    }

    /// The next who comes.
    pub(crate) async fn next(&self) -> UnixStream {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => return stream,
                Err(error) => {
                    tracing::warn!(%error, "the operator could not come in");
                    tokio::time::sleep(BREATHER).await;
                }
            }
        }
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Knocks at the door of a running server.
///
/// # Errors
/// When there is none.
pub(crate) async fn knock(directory: &Path) -> io::Result<UnixStream> {
    UnixStream::connect(directory.join(FILE)).await
}
