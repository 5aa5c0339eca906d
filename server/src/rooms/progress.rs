//! How far a room's updates have got on their way to the disk.
//!
//! Owns the bridge from the store's thread to the room's task.

use tokio::sync::watch;

use crate::store::StoreError;

/// What has become of the batches so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// Everything up to here is on disk.
    pub(super) durable: u64,
    /// Everything up to here has been answered, one way or the other.
    pub(super) settled: u64,
    /// Something will never be on disk.
    pub(super) failed: bool,
}

/// One batch on its way. Dropped without an answer, it counts as failed.
pub(super) struct Underway {
    progress: watch::Sender<Progress>,
    version: u64,
    result: Option<Result<(), StoreError>>,
}

impl Underway {
    /// A batch whose last row is `version`.
    pub(super) fn new(progress: watch::Sender<Progress>, version: u64) -> Self {
        Self {
            progress,
            version,
            result: None,
        }
    }

    /// The store's answer.
    pub(super) fn settle(mut self, result: Result<(), StoreError>) {
        self.result = Some(result);
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        let result = self.result.take();
        if let Some(Err(error)) = &result {
            tracing::error!(%error, "updates could not be stored");
        }
        let version = self.version;
        self.progress.send_modify(|progress| {
            progress.settled = progress.settled.max(version);
            match result {
                Some(Ok(())) if !progress.failed => {
                    progress.durable = progress.durable.max(version);
                }
                Some(Ok(())) => {}
                Some(Err(_)) | None => progress.failed = true,
            }
        });
    }
}
