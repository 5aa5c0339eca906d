//! Bytes of the document that one peer alone gets, as long as they wait for it.
//!
//! Owns how many there are, on a board and on all boards of a server, and how many there may be.
//! What many share is not counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

/// Most of them in the whole server: as much as may wait for those who read boards over HTTP.
const MOST: usize = 256 << 20;

/// The counts: of one board, and of all that were made from the same one.
#[derive(Debug)]
pub(crate) struct Private {
    here: Arc<AtomicUsize>,
    all: Arc<AtomicUsize>,
    most: usize,
}

/// A frame that is counted until nobody has it any more.
struct Counted {
    frame: Vec<u8>,
    counts: [Arc<AtomicUsize>; 2],
}

impl Default for Private {
    fn default() -> Self {
        Self::holding(MOST)
    }
}

impl Private {
    /// None yet, and never more than `most` bytes.
    pub(crate) fn holding(most: usize) -> Self {
        let (here, all) = Default::default();
        Self { here, all, most }
    }

    /// The counts of one more board, which shares the bound.
    pub(super) fn of_another_board(&self) -> Self {
        Self {
            here: Arc::default(),
            all: Arc::clone(&self.all),
            most: self.most,
        }
    }

    /// How many bytes wait for peers of this board.
    pub(super) fn bytes(&self) -> usize {
        self.here.load(Ordering::Relaxed)
    }

    /// Counts a frame for as long as anybody has it; `None` when there are too many.
    pub(super) fn keep(&self, frame: Vec<u8>) -> Option<Bytes> {
        let counts = [Arc::clone(&self.here), Arc::clone(&self.all)];
        let bytes = frame.len();
        // Added first: rooms on other threads do the same.
        let before = counts
            .each_ref()
            .map(|count| count.fetch_add(bytes, Ordering::Relaxed));
        let counted = Counted { frame, counts };
        let [_, all] = before;
        (all.saturating_add(bytes) <= self.most).then(|| Bytes::from_owner(counted))
    }
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.frame
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        for count in &self.counts {
            count.fetch_sub(self.frame.len(), Ordering::Relaxed);
        }
    }
}
