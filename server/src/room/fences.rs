//! The fences of one connection, in order.
//!
//! A fence goes back once everything that came before it on its connection is durable. Owns that
//! order; knows neither the document nor the store.

use std::collections::VecDeque;

use bytes::Bytes;

/// Most fences of one connection that wait: minutes of edits, each with its own.
const MAX_FENCES: usize = 10_000;

/// Fences that have not gone back yet.
#[derive(Debug, Default)]
pub(super) struct Fences {
    queue: VecDeque<Fence>,
}

#[derive(Debug)]
struct Fence {
    payload: Bytes,
    /// Everything before it is in the log up to here.
    version: u64,
    /// Something before it is still in the waiting room.
    waits: bool,
}

impl Fences {
    /// A fence came in when the room was at `version`; `waits`: an update of its connection is in
    /// the waiting room. False, and nothing done, when too many wait already.
    pub(super) fn push(&mut self, payload: &[u8], version: u64, waits: bool) -> bool {
        if self.queue.len() >= MAX_FENCES {
            return false;
        }
        self.queue.push_back(Fence {
            payload: Bytes::copy_from_slice(payload),
            version,
            waits,
        });
        true
    }

    /// Whether none waits.
    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// A waiting update of this connection was taken in, as `version`; `waits`: others still wait.
    /// A fence that waits for all of them, though some came after it, is only later, never wrong.
    pub(super) fn raise(&mut self, version: u64, waits: bool) {
        for fence in self.queue.iter_mut().filter(|fence| fence.waits) {
            fence.version = fence.version.max(version);
            fence.waits = waits;
        }
    }

    /// Takes out the fences that may go back.
    pub(super) fn release(&mut self, durable: u64) -> Vec<Bytes> {
        let mut released = Vec::new();
        while let Some(fence) = self.queue.front() {
            if fence.waits || fence.version > durable {
                break;
            }
            released.extend(self.queue.pop_front().map(|fence| fence.payload));
        }
        released
    }
}
