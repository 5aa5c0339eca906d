//! One open board: who is here, what is taken in, who hears of it, what is durable.
//!
//! A pure state machine: [`Room::step`] takes an event and the time and answers with effects. Owns
//! the document and every rule of the protocol; knows no socket, clock, store or task.

mod backup;
mod bucket;
mod event;
mod fences;
mod presence;
mod waiting;

use std::collections::BTreeMap;

use board::presence as awareness;
use board::protocol::{self, CloseCode, HEARTBEAT, Message};
use board::replica::{Ingested, Replica, merge};
use bytes::Bytes;

pub use backup::{Backup, Restored};
use bucket::Bucket;
pub use event::{Audience, Effect, Event, Kind, PeerId};
use fences::Fences;
use presence::{Crowded, Presence};
use waiting::{Overflow, Waiting};

/// Milliseconds since some fixed moment; never goes back.
pub type Millis = u64;

/// Between two heartbeats: y-websocket hangs up after 30 s without a data frame.
const HEARTBEAT_EVERY: Millis = 20_000;
/// Ephemeral messages per second and peer: two slots at 60 Hz, twice over.
const EPHEMERAL_RATE: f64 = 240.0;
/// Bytes of an ephemeral payload that count as one more message.
const EPHEMERAL_UNIT: f64 = 4096.0;
/// Seconds of messages that a peer may send at once: a page that was busy comes back with a burst.
const BURST_SECONDS: f64 = 4.0;

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
    /// Messages per second and connection, ephemeral ones apart.
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
    /// Rows of the store that could not be loaded.
    failed: usize,
    /// The document broke and could not be rebuilt.
    lost: bool,
    limits: Limits,
    peers: BTreeMap<PeerId, Peer>,
    presence: Presence,
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
        let replica = restored.replica;
        let mut waiting = Waiting::default();
        for update in restored.held {
            waiting.hold(&replica, update);
        }
        Some(Self {
            replica,
            failed: restored.failed,
            lost: false,
            backup,
            limits,
            peers: BTreeMap::new(),
            presence: Presence::new(limits.people, limits.people_bytes),
            waiting,
            fresh: Vec::new(),
            version,
            durable: version,
            trouble: None,
            state_vector: None,
            next_heartbeat: now + HEARTBEAT_EVERY,
            effects: Vec::new(),
        })
    }

    /// Takes one event. Costs O(bytes of the frame); joining and catching up cost O(document).
    pub fn step(&mut self, now: Millis, event: Event) -> Vec<Effect> {
        match event {
            Event::Join { peer, own } => self.join(now, peer, own),
            Event::Frame { peer, frame } => self.frame(now, peer, &frame),
            Event::Leave { peer } => self.leave(now, peer),
            Event::Ready { peer } => self.catch_up(peer),
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

    /// The whole document as one update.
    pub fn state(&self) -> Vec<u8> {
        self.replica.encode()
    }

    fn join(&mut self, now: Millis, id: PeerId, own: bool) {
        if self.peers.len() >= self.limits.peers {
            let reason = "as many are on this board as it takes; try again later";
            return self.close(now, id, CloseCode::TryLater, reason);
        }
        let peer = Peer {
            own,
            known: None,
            fences: Fences::default(),
            author: 0,
            spoke: false,
            messages: Bucket::new(now, self.limits.messages.into(), BURST_SECONDS),
            ephemeral: Bucket::new(now, EPHEMERAL_RATE, 1.0),
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

    fn send_presence(&mut self, to: PeerId) {
        if let Some(everybody) = self.presence.everybody() {
            self.send(to, &Message::Awareness(&everybody));
        }
    }

    fn leave(&mut self, now: Millis, id: PeerId) {
        let Some(peer) = self.peers.remove(&id) else {
            return;
        };
        self.waiting.forget(id);
        self.presence.leave(now, id);
        if peer.own {
            let gone = Message::Relayed {
                sender: id.0,
                slot: 0,
                payload: &[],
            };
            self.effects.push(Effect::Relay {
                frame: gone.encode().into(),
                to: Audience::OwnBut(id),
                kind: Kind::Gone { sender: id },
            });
        }
    }

    fn frame(&mut self, now: Millis, id: PeerId, frame: &Bytes) {
        if !self.peers.contains_key(&id) {
            return;
        }
        match protocol::decode_from_client(frame) {
            Ok(None) => {}
            Ok(Some(message)) => self.message(now, id, frame, &message),
            Err(error) => self.close(now, id, error.close_code(), &error.to_string()),
        }
    }

    fn message(&mut self, now: Millis, id: PeerId, frame: &Bytes, message: &Message<'_>) {
        let counts = !matches!(message, Message::Ephemeral { .. });
        if let Some(peer) = self.peers.get_mut(&id)
            && counts
            && !peer.messages.take(now, 1.0)
        {
            let reason = format!("more than {} messages a second", self.limits.messages);
            return self.close(now, id, CloseCode::TooMany, &reason);
        }
        match *message {
            Message::SyncStep1(state_vector) => self.answer(now, id, state_vector),
            Message::SyncStep2(update) | Message::Update(update) => {
                self.take(now, id, frame.slice_ref(update));
            }
            Message::Awareness(entries) => self.hear(now, id, entries),
            Message::QueryAwareness => self.send_presence(id),
            Message::Fence(payload) => self.fence(now, id, payload),
            Message::Ephemeral { slot, payload } => self.ephemeral(now, id, slot, payload),
            // What it does not know, the server ignores, so that newer clients can speak to it.
            Message::Relayed { .. } | Message::NotSaved(_) | Message::Unknown(_) => {}
        }
    }

    fn answer(&mut self, now: Millis, id: PeerId, state_vector: &[u8]) {
        match self.replica.diff(state_vector) {
            Ok(diff) => {
                if let Some(peer) = self.peers.get_mut(&id) {
                    peer.known = Some(Bytes::copy_from_slice(state_vector));
                }
                self.effects.push(Effect::Send {
                    to: id,
                    frame: Message::SyncStep2(&diff).encode().into(),
                    catch_up: true,
                });
            }
            Err(error) => self.close(now, id, error.close_code(), &error.to_string()),
        }
    }

    fn take(&mut self, now: Millis, id: PeerId, update: Bytes) {
        if self.is_full(update.len()) && self.replica.adds(&update) {
            return self.close(now, id, CloseCode::TooBig, "the board is full");
        }
        match self.replica.ingest(&update) {
            Ok(Ingested::Applied { changed, news }) => {
                if changed {
                    self.accept(id, news.map_or(update, Bytes::from));
                    self.retry(now);
                }
            }
            Ok(Ingested::Missing) => self.wait(now, id, update),
            Err(error) => {
                self.mend();
                self.close(now, id, error.close_code(), &error.to_string());
            }
        }
    }

    /// Whether the board has no room for so many bytes; measured only near the limit.
    fn is_full(&mut self, bytes: usize) -> bool {
        if self.backup.bytes() + bytes <= self.limits.board {
            return false;
        }
        self.backup.measure(&self.replica);
        self.backup.bytes() + bytes > self.limits.board
    }

    /// An update that is in the document now: to be stored, and to be relayed at the next flush.
    fn accept(&mut self, from: PeerId, update: Bytes) {
        self.version += 1;
        self.backup.push(&self.replica, update.clone());
        self.effects.push(Effect::Append {
            version: self.version,
            author: self.peers.get(&from).map_or(0, |peer| peer.author),
            update: update.clone(),
        });
        self.fresh.push((Some(from), update));
    }

    fn wait(&mut self, now: Millis, id: PeerId, update: Bytes) {
        let first = !self.waiting.has(id);
        // Whoever fills the waiting room makes way, not whoever comes last.
        while let Err(Overflow { heaviest }) = self.waiting.push(&self.replica, id, update.clone())
        {
            let reason = "too many updates wait for one that is missing";
            self.close(now, heaviest, CloseCode::Resync, reason);
            if heaviest == id {
                return;
            }
        }
        if first {
            self.ask(id);
        }
    }

    /// Looks whether what has come makes anything in the waiting room complete.
    fn retry(&mut self, now: Millis) {
        while let Some((from, update)) = self.waiting.next_complete(&self.replica) {
            match (self.replica.ingest(&update), from) {
                (Ok(Ingested::Applied { changed, news }), Some(id)) => {
                    if changed {
                        self.accept(id, news.map_or(update, Bytes::from));
                    }
                    self.raise_fences(id);
                }
                // A row of the store: it is in the log already.
                (Ok(Ingested::Applied { changed: true, .. }), None) => {
                    self.backup.push(&self.replica, update.clone());
                    self.fresh.push((None, update));
                    self.state_vector = None;
                }
                (Ok(Ingested::Applied { .. }), None) => {}
                (Ok(Ingested::Missing), Some(id)) => self.wait(now, id, update),
                (Ok(Ingested::Missing), None) => self.waiting.hold(&self.replica, update),
                (Err(error), from) => {
                    self.mend();
                    if let Some(id) = from {
                        self.close(now, id, error.close_code(), &error.to_string());
                    }
                }
            }
        }
    }

    /// Rebuilds the document without the update that broke it.
    fn mend(&mut self) {
        if !self.replica.is_broken() {
            return;
        }
        // Updates that were relayed and stored must not go missing here alone.
        match self.backup.restore() {
            Some(restored) if restored.failed == 0 => self.replica = restored.replica,
            _ => self.lost = true,
        }
        // Rows of the store that lack something wait in there already.
        self.state_vector = None;
    }

    fn fence(&mut self, now: Millis, id: PeerId, payload: &[u8]) {
        let waits = self.waiting.has(id);
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        if peer.fences.push(payload, self.version, waits) {
            self.release(id);
        } else {
            self.close(now, id, CloseCode::Resync, "too many fences wait");
        }
    }

    /// A waiting update of this peer was taken in: its fences cover that now.
    fn raise_fences(&mut self, id: PeerId) {
        let waits = self.waiting.has(id);
        if let Some(peer) = self.peers.get_mut(&id) {
            peer.fences.raise(self.version, waits);
        }
        self.release(id);
    }

    fn stored(&mut self, version: u64, trouble: Option<String>) {
        self.durable = self.durable.max(version);
        for (&id, peer) in &mut self.peers {
            release(id, peer, self.durable, &mut self.effects);
        }
        if self.trouble != trouble {
            self.trouble = trouble;
            let own = self.peers.iter().filter(|(_, peer)| peer.own);
            for id in own.map(|(id, _)| *id).collect::<Vec<_>>() {
                self.tell_trouble(id);
            }
        }
    }

    fn tell_trouble(&mut self, to: PeerId) {
        let reason = self.trouble.clone().unwrap_or_default();
        self.send(to, &Message::NotSaved(&reason));
    }

    fn release(&mut self, id: PeerId) {
        if let Some(peer) = self.peers.get_mut(&id) {
            release(id, peer, self.durable, &mut self.effects);
        }
    }

    fn hear(&mut self, now: Millis, id: PeerId, entries: &[u8]) {
        let first = match self.peers.get_mut(&id) {
            Some(peer) => !std::mem::replace(&mut peer.spoke, true),
            None => return,
        };
        match awareness::decode(entries) {
            Ok(entries) => {
                if let Err(Crowded) = self.presence.hear(now, id, first, entries) {
                    let reason = "more people than this board can show";
                    return self.close(now, id, CloseCode::TooMany, reason);
                }
                if let (true, Some(peer)) = (first, self.peers.get_mut(&id)) {
                    peer.author = self.presence.client_of(id).unwrap_or(0);
                }
            }
            Err(error) => self.close(now, id, CloseCode::BadFrame, &error.to_string()),
        }
    }

    fn ephemeral(&mut self, now: Millis, id: PeerId, slot: u64, payload: &[u8]) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let cost = 1.0 + (payload.len() as f64 / EPHEMERAL_UNIT).floor();
        if !peer.own || !peer.ephemeral.take(now, cost) {
            return;
        }
        let relayed = Message::Relayed {
            sender: id.0,
            slot,
            payload,
        };
        self.effects.push(Effect::Relay {
            frame: relayed.encode().into(),
            to: Audience::OwnBut(id),
            kind: Kind::Ephemeral { sender: id, slot },
        });
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

    fn flush_presence(&mut self, now: Millis) {
        if let Some((entries, by)) = self.presence.flush(now) {
            self.effects.push(Effect::Relay {
                frame: Message::Awareness(&entries).encode().into(),
                to: by.map_or(Audience::Everyone, Audience::AllBut),
                kind: Kind::Presence,
            });
        }
    }

    fn tick(&mut self, now: Millis) {
        self.presence.tick(now);
        self.flush_presence(now);
        if now >= self.next_heartbeat {
            self.next_heartbeat = now + HEARTBEAT_EVERY;
            self.effects.push(Effect::Relay {
                frame: Bytes::from_static(&HEARTBEAT),
                to: Audience::Everyone,
                kind: Kind::Presence,
            });
        }
    }

    /// One diff in place of everything that was dropped from a slow peer's queue.
    fn catch_up(&mut self, id: PeerId) {
        let Some(peer) = self.peers.get(&id) else {
            return;
        };
        let known = peer.known.clone().unwrap_or(Bytes::from_static(&[0]));
        if let Ok(diff) = self.replica.diff(&known) {
            self.effects.push(Effect::Send {
                to: id,
                // The answer to its handshake may be among what was dropped: this stands for it too.
                frame: Message::SyncStep2(&diff).encode().into(),
                catch_up: true,
            });
        }
        self.send_presence(id);
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

/// Sends back the fences of a peer that are durable by now.
fn release(id: PeerId, peer: &mut Peer, durable: u64, effects: &mut Vec<Effect>) {
    for payload in peer.fences.release(durable) {
        effects.push(Effect::Send {
            to: id,
            frame: Message::Fence(&payload).encode().into(),
            catch_up: false,
        });
    }
}

#[cfg(test)]
mod tests;
