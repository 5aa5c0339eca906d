//! An outbox that a room fills and a connection empties.
//!
//! Owns the lock and the wake-up between the two; every rule is in `outbox`.

use std::sync::{Mutex, PoisonError};

use board::protocol::CloseCode;
use bytes::Bytes;
use tokio::sync::Notify;

use crate::outbox::{Next, Outbox};
use crate::room::Kind;

/// Most bytes that wait for one peer: seconds of a busy board, and then one diff is cheaper.
const LIMIT: usize = 4 << 20;

/// The queue of one connection.
#[derive(Debug)]
pub(crate) struct Postbox {
    outbox: Mutex<Outbox>,
    filled: Notify,
}

impl Postbox {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self {
            outbox: Mutex::new(Outbox::new(LIMIT)),
            filled: Notify::new(),
        }
    }

    /// See [`Outbox::relay`].
    pub(crate) fn relay(&self, frame: Bytes, kind: Kind) {
        self.with(|outbox| outbox.relay(frame, kind));
        self.filled.notify_one();
    }

    /// See [`Outbox::send`].
    pub(crate) fn send(&self, frame: Bytes, catch_up: bool) {
        self.with(|outbox| outbox.send(frame, catch_up));
        self.filled.notify_one();
    }

    /// See [`Outbox::close`].
    pub(crate) fn close(&self, code: CloseCode, reason: String) {
        self.with(|outbox| outbox.close(code, reason));
        self.filled.notify_one();
    }

    /// See [`Outbox::is_caught_up`].
    pub(crate) fn is_caught_up(&self) -> bool {
        self.with(|outbox| outbox.is_caught_up())
    }

    /// See [`Outbox::bytes`].
    pub(crate) fn bytes(&self) -> usize {
        self.with(|outbox| outbox.bytes())
    }

    /// See [`Outbox::take`].
    pub(crate) fn take(&self) -> Next {
        self.with(Outbox::take)
    }

    /// Returns once something may have been put in since the last [`Postbox::take`].
    pub(crate) async fn filled(&self) {
        self.filled.notified().await;
    }

    fn with<T>(&self, act: impl FnOnce(&mut Outbox) -> T) -> T {
        let mut outbox = self.outbox.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut outbox)
    }
}

impl Default for Postbox {
    fn default() -> Self {
        Self::new()
    }
}
