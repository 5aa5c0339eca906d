//! What one peer has still to be sent: a queue bounded in bytes.
//!
//! Owns the order, the bound, and how much of the first frame is written. When a peer is too slow
//! everything queued is dropped and it is `behind`: document frames pass it by until one frame has
//! made up for them. Knows no socket.

use std::collections::{HashMap, VecDeque};
use std::io::IoSlice;
use std::ops::AddAssign;

use board::protocol::CloseCode;
use bytes::Bytes;

use crate::room::{Kind, PeerId};
use crate::wire::{self, Header, MAX_FRAMES, Opcode};

/// Frames that a queue keeps room for when it is empty: a busy moment is not to be paid for ever.
const ROOM: usize = 16;
/// A ping and a pong.
const CONTROLS: usize = 2;

/// What a frame costs beside its bytes: its place in line and its slot's, or empty frames would be
/// as good as free.
const PER_FRAME: usize = size_of::<Queued>() + size_of::<((PeerId, u64), u64)>();

/// What comes out of an outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A frame to send.
    Frame(Bytes),
    /// The peer has taken everything but is behind: the room should make up for it.
    Ready,
    /// Close the connection.
    Close(CloseCode, String),
    /// Nothing for now.
    Nothing,
}

/// What was written of a queue: frames of messages, and their payload in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) frames: u64,
    pub(crate) bytes: u64,
}

impl AddAssign for Sent {
    fn add_assign(&mut self, other: Self) {
        self.frames += other.frames;
        self.bytes += other.bytes;
    }
}

/// The queue.
#[derive(Debug)]
pub struct Outbox {
    frames: VecDeque<Queued>,
    /// How many bytes of the first frame are written, its header among them. Such a frame is out of
    /// every rule's reach: whatever becomes of the others, the rest of it is next.
    begun: usize,
    /// Of those that are not begun, with [`PER_FRAME`] for each.
    bytes: usize,
    limit: usize,
    /// The place in line of the first frame: turns a place into an index.
    front: u64,
    /// The place in line of each slot's waiting payload.
    slots: HashMap<(PeerId, u64), u64>,
    behind: bool,
    /// Whether the room is still to be told that it may make up for what was missed.
    asks: bool,
    closing: Option<(CloseCode, String)>,
    /// Why it is closed, until that has been counted.
    uncounted: Option<CloseCode>,
    closed: bool,
    /// The close frame is queued, or written.
    ends: bool,
}

#[derive(Debug)]
struct Queued {
    frame: Bytes,
    what: What,
    /// Whose slot it is the latest payload of.
    slot: Option<(PeerId, u64)>,
}

/// What an overflow, or a newer answer, does to a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A change for many peers: made up for by a diff.
    Change,
    /// Anything else for many peers: nobody misses it for long.
    Passing,
    /// An answer that only this peer gets and nobody would send again.
    Answer,
    /// The diff that makes up for changes. At most one is queued, of any size: it counts for
    /// nothing, or a board larger than the limit would never get through.
    Diff,
    /// WebSocket's own: at most one of each.
    Ping,
    Pong,
    /// The close frame, after which there is nothing.
    End,
}

impl Queued {
    fn bytes(&self) -> usize {
        match self.what {
            What::Change | What::Passing | What::Answer => self.frame.len() + PER_FRAME,
            What::Diff | What::Ping | What::Pong | What::End => 0,
        }
    }

    fn opcode(&self) -> Opcode {
        match self.what {
            What::Change | What::Passing | What::Answer | What::Diff => Opcode::Binary,
            What::Ping => Opcode::Ping,
            What::Pong => Opcode::Pong,
            What::End => Opcode::Close,
        }
    }
}

impl Outbox {
    /// An empty queue that holds `limit` bytes, of which each frame takes some for itself, or one
    /// frame of any size.
    pub fn new(limit: usize) -> Self {
        Self {
            frames: VecDeque::new(),
            begun: 0,
            bytes: 0,
            limit,
            // Far from both ends: control frames go to the front.
            front: 1 << 63,
            slots: HashMap::new(),
            // A new peer gets no changes before the answer to its handshake.
            behind: true,
            asks: false,
            closing: None,
            uncounted: None,
            closed: false,
            ends: false,
        }
    }

    /// Queues a frame that many peers get.
    pub fn relay(&mut self, frame: Bytes, kind: Kind) {
        match kind {
            Kind::Document if self.behind => {}
            Kind::Ephemeral { sender, slot } => self.latest((sender, slot), frame),
            Kind::Gone { sender } => {
                // What is queued of it must not come after its end.
                self.retain(|queued| queued.slot.is_none_or(|(whose, _)| whose != sender));
                self.push(frame, What::Passing, None);
            }
            Kind::Document => self.push(frame, What::Change, None),
            Kind::Presence => self.push(frame, What::Passing, None),
        }
    }

    /// Queues a frame for this peer; `catch_up`: it makes up for all document frames missed.
    pub fn send(&mut self, frame: Bytes, catch_up: bool) {
        if catch_up {
            self.behind = false;
            self.asks = false;
            // It holds whatever they hold.
            self.keep_only(&[What::Passing, What::Answer]);
            self.push(frame, What::Diff, None);
        } else {
            self.push(frame, What::Answer, None);
        }
    }

    /// Asks for a sign of life, before anything that waits.
    pub(crate) fn ping(&mut self) {
        self.control(Bytes::new(), What::Ping);
    }

    /// Answers a ping, before anything that waits; in place of an answer that still waits itself.
    pub(crate) fn pong(&mut self, payload: Bytes) {
        self.control(payload, What::Pong);
    }

    /// Drops what is queued and closes the connection, unless that was done before. Whether it was
    /// not.
    pub fn close(&mut self, code: CloseCode, reason: String) -> bool {
        let first = !self.is_closing();
        if first {
            self.keep_only(&[]);
            self.closing = Some((code, reason));
            self.uncounted = Some(code);
        }
        first
    }

    /// Drops what is queued; a close frame with this payload is the last there is. Once.
    pub(crate) fn end(&mut self, payload: Bytes) {
        if !self.ends {
            self.keep_only(&[]);
            self.insert(self.frames.len(), payload, What::End);
        }
        (self.closing, self.closed, self.ends) = (None, true, true);
    }

    /// Why it is closed, once.
    pub(crate) fn uncounted_close(&mut self) -> Option<CloseCode> {
        self.uncounted.take()
    }

    /// Whether everything has been taken and nothing was missed.
    pub fn is_caught_up(&self) -> bool {
        self.frames.is_empty() && !self.behind
    }

    /// How many bytes wait, and what keeps them in line; the diff that makes up for what was dropped
    /// apart.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether nothing is to be written, though there may be something else to be done.
    pub(crate) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// Whether [`Outbox::take`] has nothing.
    pub(crate) fn is_idle(&self) -> bool {
        self.frames.is_empty() && self.closing.is_none() && (self.closed || !self.asks)
    }

    /// Whether the connection is about to be closed, or is.
    pub(crate) fn is_closing(&self) -> bool {
        self.closing.is_some() || self.closed
    }

    /// Whether [`Outbox::end`] was called.
    pub(crate) fn ends(&self) -> bool {
        self.ends
    }

    /// Whether all that waits is whole frames, fits one write and has no more bytes than `limit`.
    pub(crate) fn is_small(&self, limit: usize) -> bool {
        let sizes = self.frames.iter().map(|queued| queued.frame.len());
        self.begun == 0 && self.frames.len() <= MAX_FRAMES && sizes.sum::<usize>() <= limit
    }

    /// Takes what is to be done next.
    pub fn take(&mut self) -> Next {
        if let Some((code, reason)) = self.closing.take() {
            self.closed = true;
            return Next::Close(code, reason);
        }
        if self.closed {
            return Next::Nothing;
        }
        if self.frames.front().is_some() {
            self.begin();
            return self.finish().map_or(Next::Nothing, Next::Frame);
        }
        if std::mem::take(&mut self.asks) {
            return Next::Ready;
        }
        Next::Nothing
    }

    /// Hands `write` the first bytes that wait, at most `limit`, and answers what it answers: how
    /// many of them are written is for [`Outbox::written`].
    pub(crate) fn gather<T>(&self, limit: usize, write: impl FnOnce(&[IoSlice<'_>]) -> T) -> T {
        let frames = self.frames.iter();
        let frames = frames.map(|queued| (queued.opcode(), &queued.frame));
        wire::gather(frames, self.begun, limit, write)
    }

    /// The first so many bytes are written. Counts the frames of messages that were begun.
    pub(crate) fn written(&mut self, bytes: usize) -> Sent {
        let mut sent = Sent::default();
        let mut left = bytes;
        while left > 0
            && let Some(first) = self.frames.front()
        {
            let payload = first.frame.len();
            let length = Header::new(first.opcode(), payload).length() + payload;
            if self.begun == 0 {
                if first.opcode() == Opcode::Binary {
                    sent.frames += 1;
                    sent.bytes += payload as u64;
                }
                self.begin();
            }
            let step = left.min(length - self.begun);
            left -= step;
            self.begun += step;
            if self.begun == length {
                self.finish();
            }
        }
        sent
    }

    /// Takes the first frame out of the others' account.
    fn begin(&mut self) {
        if let Some(first) = self.frames.front_mut() {
            self.bytes -= first.bytes();
            if let Some(slot) = first.slot.take() {
                self.slots.remove(&slot);
            }
        }
    }

    /// Takes the first frame, which was begun, out of the queue.
    fn finish(&mut self) -> Option<Bytes> {
        let first = self.frames.pop_front()?;
        self.begun = 0;
        self.front += 1;
        if self.frames.is_empty() {
            self.frames.shrink_to(ROOM);
            self.slots.shrink_to(ROOM);
        }
        Some(first.frame)
    }

    /// Queues a control frame before all others, in place of one of its kind.
    fn control(&mut self, frame: Bytes, what: What) {
        if self.is_closing() {
            return;
        }
        let before = usize::from(self.begun > 0);
        let mut controls = self.frames.iter_mut().skip(before).take(CONTROLS);
        match controls.find(|queued| queued.what == what) {
            Some(waiting) => waiting.frame = frame,
            None => self.insert(before, frame, what),
        }
    }

    fn insert(&mut self, index: usize, frame: Bytes, what: What) {
        let slot = None;
        self.frames.insert(index, Queued { frame, what, slot });
        self.front -= 1;
    }

    fn push(&mut self, frame: Bytes, what: What, slot: Option<(PeerId, u64)>) {
        if self.closing.is_some() || self.closed {
            return;
        }
        let queued = Queued { frame, what, slot };
        if self.waiting() > 0 && self.bytes + queued.bytes() > self.limit {
            self.collapse();
            if what != What::Answer {
                return;
            }
            if self.bytes + queued.bytes() > self.limit {
                let reason = "the client does not read what it asks for".to_owned();
                self.close(CloseCode::Resync, reason);
                return;
            }
        }
        if let Some(slot) = slot {
            let place = self.front + self.frames.len() as u64;
            self.slots.insert(slot, place);
        }
        self.bytes += queued.bytes();
        self.frames.push_back(queued);
    }

    /// How many frames are not begun.
    fn waiting(&self) -> usize {
        self.frames.len() - usize::from(self.begun > 0)
    }

    /// Drops whatever the room can make up for, and asks it to.
    fn collapse(&mut self) {
        self.keep_only(&[What::Answer, What::Diff]);
        self.behind = true;
        self.asks = true;
    }

    /// Drops everything else.
    fn keep_only(&mut self, kept: &[What]) {
        self.retain(|queued| kept.contains(&queued.what));
    }

    /// Drops what is neither to be kept nor begun.
    fn retain(&mut self, keep: impl Fn(&Queued) -> bool) {
        let mut begun = self.begun > 0;
        self.frames
            .retain(|queued| std::mem::take(&mut begun) || keep(queued));
        self.number();
    }

    /// Counts the bytes, and finds the slots' places in line.
    fn number(&mut self) {
        let waiting = || self.frames.iter().skip(usize::from(self.begun > 0));
        self.bytes = waiting().map(Queued::bytes).sum();
        let places = self.frames.iter().zip(self.front..);
        self.slots = places
            .filter_map(|(queued, place)| Some((queued.slot?, place)))
            .collect();
    }

    fn latest(&mut self, slot: (PeerId, u64), frame: Bytes) {
        let place = self
            .slots
            .get(&slot)
            .and_then(|p| p.checked_sub(self.front));
        let waiting = place.and_then(|index| self.frames.get_mut(usize::try_from(index).ok()?));
        if let Some(waiting) = waiting {
            self.bytes = self.bytes - waiting.frame.len() + frame.len();
            waiting.frame = frame;
            // Slots are many, and each may have grown.
            if self.bytes > self.limit && self.waiting() > 1 {
                self.collapse();
            }
            return;
        }
        self.push(frame, What::Passing, Some(slot));
    }
}

#[cfg(test)]
mod tests;
