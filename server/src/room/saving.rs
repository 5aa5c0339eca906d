//! What is known to be on disk, and who is told.
//!
//! Owns when a fence goes back. Knows no store: it hears how far that has got.

use board::protocol::{CloseCode, Message};

use super::{Effect, Millis, Peer, PeerId, Room};

impl Room {
    /// Whether a fence has not gone back yet.
    pub fn has_waiting_fences(&self) -> bool {
        self.peers.values().any(|peer| !peer.fences.is_empty())
    }

    pub(super) fn fence(&mut self, now: Millis, id: PeerId, payload: &[u8]) {
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
    pub(super) fn raise_fences(&mut self, id: PeerId) {
        let waits = self.waiting.has(id);
        if let Some(peer) = self.peers.get_mut(&id) {
            peer.fences.raise(self.version, waits);
        }
        self.release(id);
    }

    pub(super) fn stored(&mut self, version: u64, trouble: Option<String>) {
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

    pub(super) fn tell_trouble(&mut self, to: PeerId) {
        let reason = self.trouble.clone().unwrap_or_default();
        self.send(to, &Message::NotSaved(&reason));
    }

    pub(super) fn release(&mut self, id: PeerId) {
        if let Some(peer) = self.peers.get_mut(&id) {
            release(id, peer, self.durable, &mut self.effects);
        }
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
