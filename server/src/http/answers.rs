//! States of boards on their way to those who read them over HTTP.
//!
//! Owns that a version of a board is compressed once for all who ask for it, and how many bytes wait
//! for readers at most: who never reads must not fill memory. Knows no headers.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use board::id::BoardId;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Most bytes that wait for readers, in KiB: four of the largest boards.
const WAITING_KIB: usize = 256 << 10;
/// Most answers that are made at the same time: each has a processor to itself.
const MAKING: usize = 4;
/// How long one waits for its turn to be made, and for the board to be loaded.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How long an answer is kept for the next who asks: a class that opens its board comes within that.
const KEPT: Duration = Duration::from_secs(10);
/// Brotli's speed here is gzip's, its result a fifth smaller.
const BROTLI_QUALITY: i32 = 4;

/// As many bytes wait for readers as may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Busy;

/// How an answer is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// As headers name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// The answers that are shared.
pub(crate) struct Answers {
    latest: Mutex<HashMap<BoardId, Arc<Packed>>>,
    making: Arc<Semaphore>,
    /// What may still wait for readers, in KiB.
    space: Arc<Semaphore>,
    all: usize,
}

/// One version of a board.
struct Packed {
    /// As the room gave it: the room gives the same bytes until the board changes.
    state: Bytes,
    plain: Bytes,
    brotli: OnceCell<Bytes>,
    gzip: OnceCell<Bytes>,
}

/// Bytes that have space as long as anybody holds them.
struct Spaced {
    bytes: Bytes,
    _space: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Spaced {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self::new(WAITING_KIB)
    }
}

impl Answers {
    /// None yet, and never more than so many KiB.
    fn new(kib: usize) -> Self {
        Self {
            latest: Mutex::default(),
            making: Arc::new(Semaphore::new(MAKING)),
            space: Arc::new(Semaphore::new(kib)),
            all: kib,
        }
    }

    /// The right to make one; waits for its turn.
    ///
    /// # Errors
    /// When that takes too long.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Busy> {
        let turn = timeout(PATIENCE, Arc::clone(&self.making).acquire_owned()).await;
        turn.map_err(|_| Busy)?.map_err(|_| Busy)
    }

    /// The body that carries a board's state. Whoever waits for it may hang up; what is being packed
    /// then keeps its turn to the end.
    ///
    /// # Errors
    /// When there is no space for it.
    pub(super) async fn body(
        self: &Arc<Self>,
        turn: OwnedSemaphorePermit,
        board: &BoardId,
        state: Bytes,
        encoding: Option<Encoding>,
    ) -> Result<Bytes, Busy> {
        let packed = self.packed(board, state)?;
        let Some(encoding) = encoding else {
            return Ok(packed.plain.clone());
        };
        let cell = match encoding {
            Encoding::Brotli => &packed.brotli,
            Encoding::Gzip => &packed.gzip,
        };
        let make = async {
            let state = packed.state.clone();
            let made = tokio::task::spawn_blocking(move || {
                let made = pack(&state, encoding);
                drop(turn);
                made
            });
            match made.await {
                Ok(Some(made)) => self.spaced(made),
                _ => Err(Busy),
            }
        };
        cell.get_or_try_init(|| make).await.cloned()
    }

    fn packed(self: &Arc<Self>, board: &BoardId, state: Bytes) -> Result<Arc<Packed>, Busy> {
        let mut latest = self.latest();
        if let Some(packed) = latest.get(board)
            && (packed.state.as_ptr(), packed.state.len()) == (state.as_ptr(), state.len())
        {
            return Ok(Arc::clone(packed));
        }
        // The version before waits for its readers only.
        latest.remove(board);
        let packed = Arc::new(Packed {
            plain: self.spaced(state.clone())?,
            state,
            brotli: OnceCell::new(),
            gzip: OnceCell::new(),
        });
        latest.insert(board.clone(), Arc::clone(&packed));
        let (answers, board, own) = (Arc::clone(self), board.clone(), Arc::downgrade(&packed));
        tokio::spawn(async move {
            tokio::time::sleep(KEPT).await;
            let mut latest = answers.latest();
            if latest
                .get(&board)
                .is_some_and(|now| Arc::as_ptr(now) == own.as_ptr())
            {
                latest.remove(&board);
            }
        });
        Ok(packed)
    }

    fn spaced(&self, bytes: Bytes) -> Result<Bytes, Busy> {
        let kib = bytes.len().div_ceil(1024).clamp(1, self.all);
        let kib = u32::try_from(kib).map_err(|_| Busy)?;
        let space = Arc::clone(&self.space).try_acquire_many_owned(kib);
        let _space = space.map_err(|_| Busy)?;
        Ok(Bytes::from_owner(Spaced { bytes, _space }))
    }

    fn latest(&self) -> MutexGuard<'_, HashMap<BoardId, Arc<Packed>>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compresses; writing into memory does not fail.
pub(super) fn pack(state: &Bytes, encoding: Encoding) -> Option<Bytes> {
    match encoding {
        Encoding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                size_hint: state.len(),
                ..Default::default()
            };
            let mut packed = Vec::new();
            brotli::BrotliCompress(&mut &state[..], &mut packed, &params).ok()?;
            Some(packed.into())
        }
        Encoding::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::new(5));
            encoder.write_all(state).ok()?;
            encoder.finish().ok().map(Bytes::from)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;

    async fn body(
        answers: &Arc<Answers>,
        board: &BoardId,
        state: Bytes,
        encoding: Option<Encoding>,
    ) -> Result<Bytes, Busy> {
        let turn = answers.turn().await?;
        answers.body(turn, board, state, encoding).await
    }

    fn state(kib: usize) -> Bytes {
        vec![7; kib << 10].into()
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_asks_for_one_version_shares_its_bytes() {
        let (answers, board) = (Arc::new(Answers::new(64)), BoardId::parse("b").unwrap());
        let state = state(40);
        for encoding in [None, Some(Encoding::Brotli), Some(Encoding::Gzip)] {
            let mut held = Vec::new();
            for _ in 0..100 {
                let body = body(&answers, &board, state.clone(), encoding)
                    .await
                    .unwrap();
                held.push(body);
            }
            assert!(held.iter().all(|body| body.as_ptr() == held[0].as_ptr()));
        }
        assert!(answers.space.available_permits() < 24, "each is counted");
        tokio::time::advance(KEPT).await;
        while answers.space.available_permits() < 64 {
            tokio::task::yield_now().await;
        }
        assert!(answers.latest().is_empty(), "dropped when unused");
    }

    #[tokio::test]
    async fn versions_that_nobody_reads_do_not_pile_up() {
        let (answers, board) = (Arc::new(Answers::new(64)), BoardId::parse("b").unwrap());
        let unread = body(&answers, &board, state(40), None).await.unwrap();
        assert_eq!(body(&answers, &board, state(40), None).await, Err(Busy));
        drop(unread);
        assert!(body(&answers, &board, state(40), None).await.is_ok());
        let huge = BoardId::parse("huge").unwrap();
        assert_eq!(body(&answers, &huge, state(400), None).await, Err(Busy));
        answers.latest().clear();
        assert!(
            body(&answers, &huge, state(400), None).await.is_ok(),
            "alone it may"
        );
    }

    #[test]
    fn whoever_asks_and_hangs_up_keeps_its_turn_until_its_answer_is_made() {
        // One thread, and that is busy: what is to be packed waits.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .max_blocking_threads(1)
            .build()
            .unwrap();
        runtime.block_on(async {
            let (busy, released) = std::sync::mpsc::channel::<()>();
            let held_up = tokio::task::spawn_blocking(move || released.recv().is_ok());
            let (answers, board) = (Arc::new(Answers::new(64)), BoardId::parse("b").unwrap());
            for asked in 0..10 {
                let left = answers.making.available_permits();
                assert_eq!(left, MAKING.saturating_sub(asked));
                let packed = Some(Encoding::Gzip);
                let asking = std::pin::pin!(body(&answers, &board, state(1), packed));
                let begun = asking.poll(&mut Context::from_waker(Waker::noop()));
                assert!(begun.is_pending());
            }
            busy.send(()).unwrap();
            held_up.await.unwrap();
            while answers.making.available_permits() < MAKING {
                tokio::task::yield_now().await;
            }
        });
    }
}
