//! What one peer has still to be sent: a queue bounded in bytes.
//!
//! Owns the order and the bound. When a peer is too slow everything queued is dropped and it is
//! `behind`: document frames pass it by until one frame has made up for them. Knows no socket.

use std::collections::{HashMap, VecDeque};

use board::protocol::CloseCode;
use bytes::Bytes;

use crate::room::{Kind, PeerId};

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

/// The queue.
#[derive(Debug)]
pub struct Outbox {
    frames: VecDeque<Queued>,
    bytes: usize,
    limit: usize,
    /// How many frames were ever taken from the front: turns a place in line into an index.
    taken: u64,
    /// The place in line of each slot's waiting payload.
    slots: HashMap<(PeerId, u64), u64>,
    behind: bool,
    /// Whether the room is still to be told that it may make up for what was missed.
    asks: bool,
    closing: Option<(CloseCode, String)>,
    closed: bool,
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
}

impl Queued {
    fn bytes(&self) -> usize {
        if self.what == What::Diff {
            0
        } else {
            self.frame.len()
        }
    }
}

impl Outbox {
    /// An empty queue that holds `limit` bytes, or one frame of any size.
    pub fn new(limit: usize) -> Self {
        Self {
            frames: VecDeque::new(),
            bytes: 0,
            limit,
            taken: 0,
            slots: HashMap::new(),
            // A new peer gets no changes before the answer to its handshake.
            behind: true,
            asks: false,
            closing: None,
            closed: false,
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

    /// Drops what is queued and closes the connection.
    pub fn close(&mut self, code: CloseCode, reason: String) {
        if self.closing.is_none() && !self.closed {
            self.frames.clear();
            self.closing = Some((code, reason));
        }
    }

    /// Whether everything has been taken and nothing was missed.
    pub fn is_caught_up(&self) -> bool {
        self.frames.is_empty() && !self.behind
    }

    /// How many bytes wait, the diff that makes up for what was dropped apart.
    pub fn bytes(&self) -> usize {
        self.bytes
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
        if let Some(queued) = self.frames.pop_front() {
            self.taken += 1;
            self.bytes -= queued.bytes();
            if let Some(slot) = queued.slot {
                self.slots.remove(&slot);
            }
            return Next::Frame(queued.frame);
        }
        if std::mem::take(&mut self.asks) {
            return Next::Ready;
        }
        Next::Nothing
    }

    fn push(&mut self, frame: Bytes, what: What, slot: Option<(PeerId, u64)>) {
        if self.closing.is_some() || self.closed {
            return;
        }
        let queued = Queued { frame, what, slot };
        if !self.frames.is_empty() && self.bytes + queued.bytes() > self.limit {
            self.keep_only(&[What::Answer, What::Diff]);
            self.behind = true;
            self.asks = true;
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
            let place = self.taken + self.frames.len() as u64;
            self.slots.insert(slot, place);
        }
        self.bytes += queued.bytes();
        self.frames.push_back(queued);
    }

    /// Drops everything else.
    fn keep_only(&mut self, kept: &[What]) {
        self.retain(|queued| kept.contains(&queued.what));
    }

    /// Drops what is not to be kept, and finds the slots' new places in line.
    fn retain(&mut self, keep: impl Fn(&Queued) -> bool) {
        self.frames.retain(keep);
        self.bytes = self.frames.iter().map(Queued::bytes).sum();
        let places = self.frames.iter().zip(self.taken..);
        self.slots = places
            .filter_map(|(queued, place)| Some((queued.slot?, place)))
            .collect();
    }

    fn latest(&mut self, slot: (PeerId, u64), frame: Bytes) {
        let place = self
            .slots
            .get(&slot)
            .and_then(|p| p.checked_sub(self.taken));
        let waiting = place.and_then(|index| self.frames.get_mut(usize::try_from(index).ok()?));
        if let Some(waiting) = waiting {
            self.bytes = self.bytes - waiting.frame.len() + frame.len();
            waiting.frame = frame;
            return;
        }
        self.push(frame, What::Passing, Some(slot));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &str) -> Bytes {
        Bytes::copy_from_slice(text.as_bytes())
    }

    fn ephemeral(slot: u64) -> Kind {
        Kind::Ephemeral {
            sender: PeerId(1),
            slot,
        }
    }

    fn drain(outbox: &mut Outbox) -> Vec<String> {
        std::iter::from_fn(|| match outbox.take() {
            Next::Frame(bytes) => Some(String::from_utf8(bytes.to_vec()).unwrap()),
            Next::Ready => Some("READY".to_owned()),
            _ => None,
        })
        .collect()
    }

    #[test]
    fn changes_pass_a_peer_by_until_its_handshake_is_answered() {
        let mut outbox = Outbox::new(100);
        outbox.relay(frame("early"), Kind::Document);
        outbox.relay(frame("who"), Kind::Presence);
        outbox.send(frame("state"), true);
        outbox.relay(frame("change"), Kind::Document);
        assert_eq!(drain(&mut outbox), ["who", "state", "change"]);
        assert!(outbox.is_caught_up());
    }

    #[test]
    fn an_overflow_drops_the_queue_and_asks_for_one_frame_instead() {
        let mut outbox = Outbox::new(10);
        outbox.send(frame("state"), true);
        for _ in 0..5 {
            outbox.relay(frame("change"), Kind::Document);
        }
        assert!(!outbox.is_caught_up());
        assert_eq!(drain(&mut outbox), ["state", "READY"]);
        outbox.relay(frame("more"), Kind::Document);
        outbox.send(frame("a diff of any size"), true);
        assert_eq!(drain(&mut outbox), ["a diff of any size"]);
    }

    #[test]
    fn answers_outlive_an_overflow_and_are_bounded_themselves() {
        let mut outbox = Outbox::new(10);
        outbox.send(frame("state"), true);
        outbox.send(frame("fence"), false);
        outbox.relay(frame("change"), Kind::Document);
        assert_eq!(drain(&mut outbox), ["state", "fence", "READY"]);
        for _ in 0..3 {
            outbox.send(frame("fence"), false);
        }
        assert!(matches!(outbox.take(), Next::Close(CloseCode::Resync, _)));
    }

    #[test]
    fn a_diff_larger_than_the_limit_gets_through_whatever_follows_it() {
        let mut outbox = Outbox::new(10);
        outbox.send(frame("a diff of any size"), true);
        outbox.send(frame("who"), false);
        outbox.relay(frame("change"), Kind::Document);
        assert_eq!(drain(&mut outbox), ["a diff of any size", "who", "change"]);
        assert!(outbox.is_caught_up());
    }

    #[test]
    fn a_newer_diff_takes_the_place_of_what_it_holds() {
        let mut outbox = Outbox::new(100);
        outbox.send(frame("old diff"), true);
        outbox.relay(frame("change"), Kind::Document);
        outbox.send(frame("fence"), false);
        outbox.send(frame("new diff"), true);
        outbox.relay(frame("later"), Kind::Document);
        assert_eq!(drain(&mut outbox), ["fence", "new diff", "later"]);
    }

    #[test]
    fn the_latest_payload_of_a_slot_replaces_one_that_still_waits() {
        let mut outbox = Outbox::new(100);
        outbox.relay(frame("a1"), ephemeral(1));
        outbox.relay(frame("b1"), ephemeral(2));
        assert_eq!(outbox.take(), Next::Frame(frame("a1")));
        outbox.relay(frame("a2"), ephemeral(1));
        outbox.relay(frame("b2"), ephemeral(2));
        outbox.relay(frame("a3"), ephemeral(1));
        assert_eq!(drain(&mut outbox), ["b2", "a3"]);
    }

    #[test]
    fn the_end_of_a_sender_comes_after_all_that_it_sent() {
        let mut outbox = Outbox::new(100);
        outbox.relay(frame("other"), Kind::Presence);
        outbox.relay(frame("cursor"), ephemeral(0));
        outbox.relay(frame("change"), Kind::Document);
        outbox.relay(frame("gesture"), ephemeral(1));
        outbox.relay(frame("gone"), Kind::Gone { sender: PeerId(1) });
        outbox.relay(frame("back"), ephemeral(0));
        outbox.relay(frame("back again"), ephemeral(0));
        assert_eq!(drain(&mut outbox), ["other", "gone", "back again"]);
    }

    #[test]
    fn slots_that_nobody_uses_any_more_are_forgotten() {
        let mut outbox = Outbox::new(1000);
        for slot in 0..1000 {
            outbox.relay(frame("x"), ephemeral(slot));
            outbox.relay(frame("x"), ephemeral(slot + 1));
            outbox.take();
        }
        assert!(outbox.slots.len() <= outbox.frames.len());
    }

    #[test]
    fn closing_comes_before_everything_and_once() {
        let mut outbox = Outbox::new(100);
        outbox.send(frame("state"), true);
        outbox.close(CloseCode::Poison, "bad".to_owned());
        outbox.close(CloseCode::Restart, "late".to_owned());
        outbox.send(frame("more"), false);
        assert_eq!(
            outbox.take(),
            Next::Close(CloseCode::Poison, "bad".to_owned())
        );
        assert_eq!(outbox.take(), Next::Nothing);
    }
}
