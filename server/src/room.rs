//! One open board: who is here, what is taken in, who hears of it, what is durable.
//!
//! A pure state machine: [`Room::step`] takes an event and the time and answers with effects. Owns
//! the document and every rule of the protocol; knows no socket, clock, store or task.

mod answers;
mod backup;
mod bucket;
mod event;
mod fences;
mod image;
mod ingest;
mod lacking;
mod live;
mod presence;
mod private;
mod saving;
mod traces;
mod waiting;

use std::collections::BTreeMap;

use board::protocol::{self, CloseCode, Message};
use board::replica::{Replica, merge};
use bytes::Bytes;

use crate::principal::Principal;

pub use backup::{Backup, Restored};
pub(crate) use bucket::Bucket;
pub use event::{Audience, Effect, Event, Kind, PeerId};
use fences::Fences;
use image::Image;
pub use live::Unshown;
use presence::Presence;
pub(crate) use private::Private;
use traces::Traces;
use waiting::Waiting;

/// Milliseconds since some fixed moment; never goes back.
pub type Millis = u64;

/// Seconds of messages that a peer may send at once: a page that was busy comes back with a burst.
const BURST_SECONDS: f64 = 4.0;

/// From so many bytes on an update is kept in the frame that brought it, and not copied.
const WORTH_SHARING: usize = 16 * 1024;

/// Bounds that an operator may set, each for one board.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest board, encoded, in bytes.
    pub board: usize,
    /// Most connections.
    pub peers: usize,
    /// Most Yjs clients that awareness tells of.
    pub people: usize,
    /// Most bytes of awareness in all.
    pub people_bytes: usize,
    /// Messages per second and connection.
    pub messages: u32,
}

impl Limits {
    /// What an operator gets who chooses nothing.
    pub const DEFAULT: Self = Self {
        board: 64 << 20,
        peers: 5_000,
        people: 10_000,
        people_bytes: 8 << 20,
        messages: 10_000,
    };
}

/// One connection, as the room sees it.
#[derive(Debug)]
struct Peer {
    own: bool,
    principal: Principal,
    joined: Millis,
    /// What it surely has: its own state vector, later the room's at a moment it had caught up.
    known: Option<Bytes>,
    fences: Fences,
    /// The Yjs client that it announced, or 0.
    author: u64,
    spoke: bool,
    messages: Bucket,
    ephemeral: Bucket,
}

/// An open board.
#[derive(Debug)]
pub struct Room {
    replica: Replica,
    backup: Backup,
    image: Image,
    private: Private,
    /// Rows of the store that could not be loaded.
    failed: usize,
    /// The document broke and could not be rebuilt.
    lost: bool,
    limits: Limits,
    peers: BTreeMap<PeerId, Peer>,
    presence: Presence,
    /// Ephemeral messages that were dropped, not counted elsewhere yet.
    passed_over: u64,
    traces: Traces,
    waiting: Waiting,
    /// Applied, not relayed yet.
    fresh: Vec<(Option<PeerId>, Bytes)>,
    version: u64,
    durable: u64,
    /// Why what is not durable could not be stored so far.
    trouble: Option<String>,
    state_vector: Option<(u64, Bytes)>,
    next_heartbeat: Millis,
    effects: Vec<Effect>,
}

impl Room {
    /// Opens a board from what the store held of it, and the version of its last stored row.
    /// `None` when its snapshot cannot be loaded: that board is not empty.
    pub fn new(backup: Backup, version: u64, limits: Limits, now: Millis) -> Option<Self> {
        let restored = backup.restore()?;
        Some(Self::restored(backup, restored, version, limits, now))
    }

    /// The same from what has been restored from `backup` already.
    pub fn restored(
        mut backup: Backup,
        restored: Restored,
        version: u64,
        limits: Limits,
        now: Millis,
    ) -> Self {
        // Rebuilt later, the document must not be thought lost for what it never had.
        backup.forget(&restored.failed);
        let replica = restored.replica;
        let mut waiting = Waiting::default();
        for update in restored.held {
            waiting.hold(&replica, update);
        }
        Self {
            replica,
            failed: restored.failed.len(),
            lost: false,
            backup,
            image: Image::default(),
            private: Private::default(),
            limits,
            peers: BTreeMap::new(),
            presence: Presence::new(limits.people, limits.people_bytes),
            passed_over: 0,
            traces: Traces::default(),
            waiting,
            fresh: Vec::new(),
            version,
            durable: version,
            trouble: None,
            state_vector: None,
            next_heartbeat: now + live::HEARTBEAT_EVERY,
            effects: Vec::new(),
        }
    }

    /// Takes one event. Costs O(bytes of the frame); joining and catching up cost O(document).
    pub fn step(&mut self, now: Millis, event: Event) -> Vec<Effect> {
        match event {
            Event::Join {
                peer,
                own,
                principal,
            } => self.join(now, peer, own, principal),
            Event::Frame { peer, frame } => self.frame(now, peer, &frame),
            Event::Leave { peer } => self.leave(now, peer),
            Event::Ready { peer } => self.catch_up(now, peer),
            Event::CaughtUp { peer } => self.caught_up(peer),
            Event::Stored { version, trouble } => self.stored(version, trouble),
            Event::Flush => self.flush(now),
            Event::Tick => self.tick(now),
        }
        std::mem::take(&mut self.effects)
    }

    /// When [`Event::Tick`] is due.
    pub fn wake_at(&self) -> Millis {
        let presence = self.presence.wake_at().unwrap_or(Millis::MAX);
        self.next_heartbeat.min(presence)
    }

    /// The version of the latest update that was taken in.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Whether rows that the store holds still lack what they build on, or could not be loaded.
    pub fn is_damaged(&self) -> bool {
        self.failed > 0 || self.waiting.holds_stored()
    }

    /// Whether the document broke and could not be rebuilt: the room must be opened anew.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// From now on shares a bound with the other boards of a server.
    pub(crate) fn count_private(&mut self, all: &Private) {
        self.private = all.of_another_board();
    }

    /// Bytes of diffs that wait for one peer each.
    pub(crate) fn private_bytes(&self) -> usize {
        self.private.bytes()
    }

    /// The whole document as one update.
    pub fn state(&self) -> Vec<u8> {
        self.replica.encode()
    }

    /// The same, shared by all who ask before the next change.
    pub fn shared_state(&mut self) -> Bytes {
        self.image.whole(&self.replica)
    }

    /// Whether there is no such board: nothing was ever written, and nobody is there to.
    pub fn is_absent(&self) -> bool {
        self.replica.is_empty() && self.peers.is_empty()
    }

    fn join(&mut self, now: Millis, id: PeerId, own: bool, principal: Principal) {
        if self.peers.len() >= self.limits.peers {
            let reason = "as many are on this board as it takes; try again later";
            return self.close(now, id, CloseCode::TryLater, reason);
        }
        let peer = Peer {
            own,
            principal,
            joined: now,
            known: None,
            fences: Fences::default(),
            author: 0,
            spoke: false,
            messages: Bucket::new(now, self.limits.messages.into(), BURST_SECONDS),
            ephemeral: Bucket::new(now, live::EPHEMERAL_RATE, 1.0),
        };
        self.peers.insert(id, peer);
        self.ask(id);
        self.send_presence(id);
        if own && self.trouble.is_some() {
            self.tell_trouble(id);
        }
    }

    /// Asks a peer for whatever it has and the room has not.
    fn ask(&mut self, to: PeerId) {
        let state_vector = self.state_vector();
        self.send(to, &Message::SyncStep1(&state_vector));
    }

    fn leave(&mut self, now: Millis, id: PeerId) {
        let Some(peer) = self.peers.remove(&id) else {
            return;
        };
        self.waiting.forget(id);
        self.presence.leave(now, id);
        if peer.own {
            let frame = self.traces.gone(now, id);
            self.effects.push(Effect::Relay {
                frame,
                to: Audience::OwnBut(id),
                kind: Kind::Gone { sender: id },
            });
        }
    }

    fn frame(&mut self, now: Millis, id: PeerId, frame: &Bytes) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        if !peer.messages.take(now, 1.0) {
            let reason = format!("more than {} messages a second", self.limits.messages);
            return self.close(now, id, CloseCode::TooMany, &reason);
        }
        match protocol::decode_from_client(frame) {
            Ok(None) => {}
            Ok(Some(message)) => self.message(now, id, frame, &message),
            Err(error) => self.close(now, id, error.close_code(), &error.to_string()),
        }
    }

    fn message(&mut self, now: Millis, id: PeerId, frame: &Bytes, message: &Message<'_>) {
        match *message {
            Message::SyncStep1(state_vector) => self.answer(now, id, state_vector),
            Message::SyncStep2(update) | Message::Update(update) => {
                self.take(now, id, kept(frame, update));
            }
            Message::Awareness(entries) => self.hear(now, id, entries),
            Message::QueryAwareness => self.tell_who_is_here(id),
            Message::Fence(payload) => self.fence(now, id, payload),
            Message::Ephemeral { slot, payload } => self.ephemeral(now, id, slot, payload),
            // What it does not know, the server ignores, so that newer clients can speak to it.
            Message::Relayed { .. } | Message::NotSaved(_) | Message::Unknown(_) => {}
        }
    }

    fn flush(&mut self, now: Millis) {
        let fresh = std::mem::take(&mut self.fresh);
        if let Some((author, _)) = fresh.first() {
            let alone = author.filter(|_| fresh.iter().all(|(by, _)| by == author));
            let to = alone.map_or(Audience::Everyone, Audience::AllBut);
            let updates: Vec<&[u8]> = fresh.iter().map(|(_, update)| &update[..]).collect();
            match merge(&updates) {
                Some(merged) => self.relay_update(&merged, to),
                None => {
                    for update in updates {
                        self.relay_update(update, to);
                    }
                }
            }
        }
        self.flush_presence(now);
    }

    fn relay_update(&mut self, update: &[u8], to: Audience) {
        self.effects.push(Effect::Relay {
            frame: Message::Update(update).encode().into(),
            to,
            kind: Kind::Document,
        });
    }

    fn caught_up(&mut self, id: PeerId) {
        let state_vector = self.state_vector();
        match self.peers.get_mut(&id) {
            Some(peer) if peer.known.is_some() && self.fresh.is_empty() => {
                peer.known = Some(state_vector);
            }
            _ => {}
        }
    }

    fn state_vector(&mut self) -> Bytes {
        match &self.state_vector {
            Some((version, bytes)) if *version == self.version => bytes.clone(),
            _ => {
                let bytes = Bytes::from(self.replica.state_vector());
                self.state_vector = Some((self.version, bytes.clone()));
                bytes
            }
        }
    }

    fn send(&mut self, to: PeerId, message: &Message<'_>) {
        self.effects.push(Effect::Send {
            to,
            frame: message.encode().into(),
            catch_up: false,
        });
    }

    fn close(&mut self, now: Millis, peer: PeerId, code: CloseCode, reason: &str) {
        self.leave(now, peer);
        self.effects.push(Effect::Close {
            peer,
            code,
            reason: reason.to_owned(),
        });
    }
}

/// The update by itself, where it is not most of the frame: what is kept of it must not keep
/// everything that came with it.
fn kept(frame: &Bytes, update: &[u8]) -> Bytes {
    if update.len() < WORTH_SHARING || frame.len() - update.len() > WORTH_SHARING {
        Bytes::copy_from_slice(update)
    } else {
        frame.slice_ref(update)
    }
}

#[cfg(test)]
mod tests;
