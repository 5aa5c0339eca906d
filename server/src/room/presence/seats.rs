//! The seats of everybody who is here or has just left, and who speaks for them.
//!
//! Owns the table and its indexes: by connection, by the time at which something is due, and by
//! weight. Knows no rule of who may say what.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use board::id::ClientId;
use board::presence::Entry;

use super::{GRACE, Millis, PeerId, REMEMBER};

/// What a seat costs beside its state, in bytes: most states are shorter than what holds them.
pub(super) const SEAT_BYTES: usize = 128;

/// One Yjs client's.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) clock: u32,
    /// `None`: left, remembered for the sake of its clock.
    pub(super) state: Option<Arc<str>>,
    pub(super) owner: Option<PeerId>,
    /// When its connection closed or it said goodbye.
    pub(super) left: Millis,
}

impl Seat {
    /// What a connection says of a client.
    pub(super) fn of(entry: Entry, owner: PeerId, now: Millis) -> Self {
        Self {
            clock: entry.clock,
            state: entry.state,
            owner: Some(owner),
            left: now,
        }
    }

    /// Nothing for somebody who left: those are counted apart.
    pub(super) fn bytes(&self) -> usize {
        let state = self.state.as_ref();
        state.map_or(0, |state| SEAT_BYTES + state.len())
    }

    pub(super) fn entry(&self, client: ClientId) -> Entry {
        Entry {
            client,
            clock: self.clock,
            state: self.state.clone(),
        }
    }
}

/// What a connection speaks for.
#[derive(Debug, Default)]
struct Owned {
    clients: Vec<ClientId>,
    bytes: usize,
}

/// The table. Every change costs O(log seats).
#[derive(Debug, Default)]
pub(super) struct Seats {
    seats: HashMap<ClientId, Seat>,
    owned: HashMap<PeerId, Owned>,
    /// Those without a connection, by when they are to be seen off.
    leaving: BTreeSet<(Millis, ClientId)>,
    /// Those who left, by when they are to be forgotten.
    remembered: BTreeSet<(Millis, ClientId)>,
    weights: BTreeSet<(usize, PeerId)>,
    here: usize,
    bytes: usize,
}

impl Seats {
    pub(super) fn get(&self, client: ClientId) -> Option<&Seat> {
        self.seats.get(&client)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (ClientId, &Seat)> {
        self.seats.iter().map(|(client, seat)| (*client, seat))
    }

    /// How many are here.
    pub(super) fn here(&self) -> usize {
        self.here
    }

    /// How many have left and are remembered.
    pub(super) fn remembered(&self) -> usize {
        self.remembered.len()
    }

    /// What all seats cost.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The clients that a connection speaks for.
    pub(super) fn of(&self, peer: PeerId) -> &[ClientId] {
        self.owned.get(&peer).map_or(&[], |owned| &owned.clients)
    }

    /// What a connection's seats cost.
    pub(super) fn weight_of(&self, peer: PeerId) -> usize {
        self.owned.get(&peer).map_or(0, |owned| owned.bytes)
    }

    /// The connection whose seats cost the most, and how much.
    pub(super) fn heaviest(&self) -> Option<(PeerId, usize)> {
        self.weights.last().map(|(weight, peer)| (*peer, *weight))
    }

    /// Who is to be seen off first, and when.
    pub(super) fn first_leaving(&self) -> Option<(Millis, ClientId)> {
        self.leaving.first().copied()
    }

    /// Who is to be forgotten first, and when.
    pub(super) fn first_remembered(&self) -> Option<(Millis, ClientId)> {
        self.remembered.first().copied()
    }

    /// The index that says when a seat is due, if it is in one, and when.
    fn due(&mut self, seat: &Seat) -> Option<(&mut BTreeSet<(Millis, ClientId)>, Millis)> {
        match (&seat.state, seat.owner) {
            (None, _) => Some((&mut self.remembered, seat.left + REMEMBER)),
            (Some(_), None) => Some((&mut self.leaving, seat.left + GRACE)),
            (Some(_), Some(_)) => None,
        }
    }

    /// Sets a seat, in place of the one before.
    pub(super) fn put(&mut self, client: ClientId, seat: Seat) {
        self.remove(client);
        self.here += usize::from(seat.state.is_some());
        self.bytes += seat.bytes();
        if let Some((index, due)) = self.due(&seat) {
            index.insert((due, client));
        }
        if let Some(owner) = seat.owner {
            let bytes = seat.bytes();
            self.reweigh(owner, |owned| {
                owned.clients.push(client);
                owned.bytes += bytes;
            });
        }
        self.seats.insert(client, seat);
    }

    /// Forgets a seat.
    pub(super) fn remove(&mut self, client: ClientId) -> Option<Seat> {
        let seat = self.seats.remove(&client)?;
        self.here -= usize::from(seat.state.is_some());
        self.bytes -= seat.bytes();
        if let Some((index, due)) = self.due(&seat) {
            index.remove(&(due, client));
        }
        if let Some(owner) = seat.owner {
            self.reweigh(owner, |owned| {
                owned.clients.retain(|owned| *owned != client);
                owned.bytes -= seat.bytes();
            });
        }
        Some(seat)
    }

    fn reweigh(&mut self, peer: PeerId, change: impl FnOnce(&mut Owned)) {
        let owned = self.owned.entry(peer).or_default();
        self.weights.remove(&(owned.bytes, peer));
        change(owned);
        if owned.clients.is_empty() {
            self.owned.remove(&peer);
        } else {
            self.weights.insert((owned.bytes, peer));
        }
    }
}
