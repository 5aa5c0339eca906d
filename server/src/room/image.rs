//! The document as a frame that any newcomer can be sent, made once for many.
//!
//! Owns when it is made anew: encoding costs O(document), so that a rush of newcomers while others
//! draw would cost more than everything else. Between two makings the updates since are kept beside.

use board::protocol::{Message, decode_from_server};
use board::replica::Replica;
use bytes::Bytes;

/// Most updates beside the image: a newcomer gets each as a frame of its own.
const MAX_UPDATES: usize = 64;
/// Most bytes of them.
const MAX_BYTES: usize = 64 * 1024;

/// A sync step 2 for whoever has nothing, and the update frames that make it current.
#[derive(Debug, Default)]
pub(super) struct Image {
    made: Option<Bytes>,
    since: Vec<Bytes>,
    bytes: usize,
    /// Whether anybody was sent it since [`Image::rest`].
    used: bool,
}

impl Image {
    /// The document has taken an update in.
    pub(super) fn push(&mut self, update: &[u8]) {
        if self.made.is_none() {
            return;
        }
        self.bytes += update.len();
        if self.since.len() >= MAX_UPDATES || self.bytes > MAX_BYTES {
            self.forget();
        } else {
            self.since.push(Message::Update(update).encode().into());
        }
    }

    /// The document is another one.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Called now and then: what nobody asked for meanwhile is not worth its memory.
    pub(super) fn rest(&mut self) {
        if !std::mem::take(&mut self.used) {
            self.forget();
        }
    }

    /// Whether there is one that [`Image::frames`] need not make.
    pub(super) fn is_made(&self) -> bool {
        self.made.is_some()
    }

    /// The frames: the first is step 2, the others are updates. O(1) but for the first of many.
    pub(super) fn frames(&mut self, replica: &Replica) -> impl Iterator<Item = Bytes> {
        let made = self.made(replica).clone();
        std::iter::once(made).chain(self.since.iter().cloned())
    }

    /// How many bytes the first of them has. O(1) but for the first of many.
    pub(super) fn size(&mut self, replica: &Replica) -> usize {
        self.made(replica).len()
    }

    fn made(&mut self, replica: &Replica) -> &Bytes {
        self.used = true;
        self.made
            .get_or_insert_with(|| Message::SyncStep2(&replica.encode()).encode().into())
    }

    /// The whole document as one update, current: the image is made anew if anything came since.
    /// Those who ask for the same version share the bytes.
    pub(super) fn whole(&mut self, replica: &Replica) -> Bytes {
        if !self.since.is_empty() {
            self.forget();
        }
        let made = self.frames(replica).next().unwrap_or_default();
        match decode_from_server(&made) {
            Ok(Some(Message::SyncStep2(state))) => made.slice_ref(state),
            _ => replica.encode().into(),
        }
    }
}
