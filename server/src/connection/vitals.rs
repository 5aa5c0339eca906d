//! Whether the other side of a connection lives.
//!
//! Owns what counts as a sign of life: a message, and while a large one is under way only bytes of it,
//! at a rate that ends. Both halves of the connection share it. Knows no socket and no clock.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering::Relaxed};

/// Pings that may go unanswered, by a pong or anything else.
const MAX_MISSED: u8 = 2;
/// Bytes between two pings that show that a message which takes longer is on its way: 26 kbit/s.
const PROGRESS: usize = 64 << 10;

/// What has come since the last pings.
#[derive(Debug, Default)]
pub(super) struct Vitals {
    missed: AtomicU8,
    /// A whole message came.
    heard: AtomicBool,
    /// Bytes, of whatever.
    bytes: AtomicUsize,
    /// A large message is under way.
    large: AtomicBool,
    /// It is the server that does not read.
    held_up: AtomicBool,
}

impl Vitals {
    /// A whole message is here.
    pub(super) fn hear(&self) {
        self.heard.store(true, Relaxed);
    }

    /// So many bytes came. `large`: of a message that others wait for to be complete.
    pub(super) fn arrive(&self, bytes: usize, large: bool) {
        self.bytes.fetch_add(bytes, Relaxed);
        self.large.store(large, Relaxed);
    }

    /// Whether the server reads nothing just now, which is no fault of the other side.
    pub(super) fn hold_up(&self, held_up: bool) {
        self.held_up.store(held_up, Relaxed);
        // Also when it was for a moment of the time between two pings.
        self.heard.store(true, Relaxed);
    }

    /// A ping is due. Whether the other side may still live.
    pub(super) fn ping(&self) -> bool {
        let came = self.bytes.swap(0, Relaxed) >= PROGRESS;
        let heard = self.heard.swap(false, Relaxed);
        let alive = if self.held_up.load(Relaxed) {
            true
        } else if self.large.load(Relaxed) {
            // Pongs between its parts would keep it, and its share of memory, for ever.
            came
        } else {
            came || heard
        };
        let missed = if alive { 0 } else { self.missed.load(Relaxed) };
        self.missed.store(missed + 1, Relaxed);
        missed < MAX_MISSED
    }
}
