//! What passes and is not kept: who is here, and what they are doing.
//!
//! Owns what of it is relayed, and how often. The table of who is here is in `presence`.

use board::presence;
use board::protocol::{CloseCode, HEARTBEAT, Message};
use bytes::Bytes;

use super::{Audience, Effect, Kind, Millis, PeerId, Room};

/// Between two heartbeats: y-websocket hangs up after 30 s without a data frame.
pub(super) const HEARTBEAT_EVERY: Millis = 20_000;
/// Ephemeral messages per second and peer: two slots at 60 Hz, twice over.
pub(super) const EPHEMERAL_RATE: f64 = 240.0;
/// Bytes of an ephemeral payload that count as one more message.
const EPHEMERAL_UNIT: f64 = 4096.0;

/// How much nobody was shown, because there was too much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unshown {
    /// Times that somebody found no place among those who are here, or lost it to others.
    pub people: u64,
    /// Ephemeral messages.
    pub ephemeral: u64,
}

impl Room {
    pub(super) fn hear(&mut self, now: Millis, id: PeerId, entries: &[u8]) {
        let first = match self.peers.get_mut(&id) {
            Some(peer) => !std::mem::replace(&mut peer.spoke, true),
            None => return,
        };
        match self.presence.hear(now, id, first, entries) {
            Ok(missed) if missed.is_empty() => {}
            Ok(missed) => {
                self.show(id, &presence::encode(&missed));
            }
            Err(error) => return self.close(now, id, CloseCode::BadFrame, &error.to_string()),
        }
        if let (true, Some(peer)) = (first, self.peers.get_mut(&id)) {
            peer.author = self.presence.client_of(id).unwrap_or(0);
        }
    }

    pub(super) fn ephemeral(&mut self, now: Millis, id: PeerId, slot: u64, payload: &[u8]) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let cost = 1.0 + (payload.len() as f64 / EPHEMERAL_UNIT).floor();
        if !peer.own {
            return;
        }
        if !peer.ephemeral.take(now, cost) {
            self.passed_over += 1;
            return;
        }
        let relayed = Message::Relayed {
            sender: id.0,
            slot,
            payload,
        };
        let frame = Bytes::from(relayed.encode());
        self.traces.passed(id, slot, &frame);
        self.effects.push(Effect::Relay {
            frame,
            to: Audience::OwnBut(id),
            kind: Kind::Ephemeral { sender: id, slot },
        });
    }

    /// What was not shown since this was last asked for, because there was too much of it.
    pub fn take_unshown(&mut self) -> Unshown {
        Unshown {
            people: std::mem::take(&mut self.presence.unplaced),
            ephemeral: std::mem::take(&mut self.passed_over),
        }
    }

    /// Everybody who is here, as frames that a queue may drop: beside a diff of any size they must
    /// not be what closes a connection. How many bytes it is.
    pub(super) fn send_presence(&mut self, to: PeerId) -> usize {
        self.send_people(to, false)
    }

    /// What passed while a peer's queue was dropped: who is here and where, and who has gone. How
    /// many bytes it is.
    pub(super) fn send_missed(&mut self, now: Millis, to: PeerId) -> usize {
        let mut bytes = self.send_people(to, true);
        let Some(peer) = self.peers.get(&to).filter(|peer| peer.own) else {
            return bytes;
        };
        for (kind, frame) in self.traces.missed(now, peer.joined, to) {
            bytes += frame.len();
            self.effects.push(Effect::Relay {
                frame,
                to: Audience::Only(to),
                kind,
            });
        }
        bytes
    }

    fn send_people(&mut self, to: PeerId, also_gone: bool) -> usize {
        let mut bytes = 0;
        for entries in self.presence.everybody(also_gone) {
            bytes += entries.len();
            self.show(to, &entries);
        }
        bytes
    }

    fn show(&mut self, to: PeerId, entries: &[u8]) {
        self.effects.push(Effect::Relay {
            frame: Message::Awareness(entries).encode().into(),
            to: Audience::Only(to),
            kind: Kind::Presence,
        });
    }

    pub(super) fn flush_presence(&mut self, now: Millis) {
        let Some((messages, by)) = self.presence.flush(now) else {
            return;
        };
        for entries in messages {
            self.effects.push(Effect::Relay {
                frame: Message::Awareness(&entries).encode().into(),
                to: by.map_or(Audience::Everyone, Audience::AllBut),
                kind: Kind::Presence,
            });
        }
    }

    pub(super) fn tick(&mut self, now: Millis) {
        self.presence.tick(now);
        self.flush_presence(now);
        if now >= self.next_heartbeat {
            self.next_heartbeat = now + HEARTBEAT_EVERY;
            self.image.rest();
            self.effects.push(Effect::Relay {
                frame: Bytes::from_static(&HEARTBEAT),
                to: Audience::Everyone,
                kind: Kind::Presence,
            });
        }
    }
}
