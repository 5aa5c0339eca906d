//! The peers of one room and their postboxes.
//!
//! Owns who hears what, and whose postboxes hold what was not delivered yet. Knows neither the
//! room nor the store.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use board::protocol::CloseCode;
use bytes::Bytes;

use crate::outbox::Sent;
use crate::postbox::Postbox;
use crate::room::{Audience, Kind, PeerId};

/// Postboxes that are written one after the other before anybody else has a turn: a write takes
/// some microseconds.
const BREATH: usize = 64;

/// Everybody who is on a board.
#[derive(Default)]
pub(super) struct Peers {
    all: HashMap<PeerId, Peer>,
    /// Whose postboxes hold what was not delivered yet, each once.
    touched: Vec<PeerId>,
}

struct Peer {
    postbox: Arc<Postbox>,
    own: bool,
    address: Option<IpAddr>,
    touched: bool,
}

impl Peer {
    fn touch(&mut self, id: PeerId, touched: &mut Vec<PeerId>) {
        if !std::mem::replace(&mut self.touched, true) {
            touched.push(id);
        }
    }
}

impl Peers {
    /// Somebody comes. `own`: it speaks `drawbridge.1`.
    pub(super) fn insert(
        &mut self,
        id: PeerId,
        own: bool,
        address: Option<IpAddr>,
        postbox: Arc<Postbox>,
    ) {
        let peer = Peer {
            postbox,
            own,
            address,
            touched: false,
        };
        self.all.insert(id, peer);
    }

    /// Somebody has gone.
    pub(super) fn remove(&mut self, id: PeerId) {
        self.all.remove(&id);
    }

    /// Where somebody comes from.
    pub(super) fn address(&self, id: PeerId) -> Option<IpAddr> {
        self.all.get(&id)?.address
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// See [`Postbox::send`].
    pub(super) fn send(&mut self, to: PeerId, frame: Bytes, catch_up: bool) {
        if let Some(peer) = self.all.get_mut(&to) {
            peer.postbox.send(frame, catch_up);
            peer.touch(to, &mut self.touched);
        }
    }

    /// See [`Postbox::relay`]. O(everybody on the board), or O(1) for one alone.
    pub(super) fn relay(&mut self, frame: &Bytes, to: Audience, kind: Kind) {
        let touched = &mut self.touched;
        let mut hand = |id, peer: &mut Peer| {
            peer.postbox.relay(frame.clone(), kind);
            peer.touch(id, touched);
        };
        if let Audience::Only(one) = to {
            if let Some(peer) = self.all.get_mut(&one) {
                hand(one, peer);
            }
            return;
        }
        for (&id, peer) in &mut self.all {
            let hears = match to {
                Audience::Everyone => true,
                Audience::AllBut(but) => id != but,
                Audience::Only(one) => id == one,
                Audience::OwnBut(but) => peer.own && id != but,
            };
            if hears {
                hand(id, peer);
            }
        }
    }

    /// Closes a connection, and forgets it.
    pub(super) fn close(&mut self, id: PeerId, code: CloseCode, reason: String) {
        if let Some(peer) = self.all.remove(&id) {
            peer.postbox.close(code, reason);
        }
    }

    /// Closes all of them.
    pub(super) fn close_all(&mut self, code: CloseCode, reason: &str) {
        for (_, peer) in self.all.drain() {
            peer.postbox.close(code, reason.to_owned());
        }
    }

    /// Has all postboxes written that something was put into, and says how much was written at
    /// once. Others have their turn now and then.
    pub(super) async fn deliver(&mut self) -> Sent {
        let mut sent = Sent::default();
        let mut touched = std::mem::take(&mut self.touched);
        for (count, peer) in touched.drain(..).enumerate() {
            if count % BREATH == BREATH - 1 {
                tokio::task::yield_now().await;
            }
            if let Some(peer) = self.all.get_mut(&peer) {
                peer.touched = false;
                sent += peer.postbox.deliver();
            }
        }
        self.touched = touched;
        sent
    }

    /// Bytes that wait for somebody.
    pub(super) fn queued(&self) -> usize {
        self.all.values().map(|peer| peer.postbox.bytes()).sum()
    }

    /// Who has received everything.
    pub(super) fn caught_up(&self) -> Vec<PeerId> {
        let caught_up = self.all.iter().filter(|(_, p)| p.postbox.is_caught_up());
        caught_up.map(|(&id, _)| id).collect()
    }
}
