//! Who is here: the server's own awareness table.
//!
//! Owns which connection may speak for which Yjs client, what was said last, and when somebody is
//! gone. y-websocket sends every awareness change that it hears back to the server; such echoes
//! change nothing here.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use board::id::ClientId;
use board::presence::{Entry, encode};

use super::{Millis, PeerId};

/// Between two relays of awareness, so that fifty moving cursors make 25 frames a second.
const FLUSH_EVERY: Millis = 40;
/// How long somebody whose connection closed still counts as here.
const GRACE: Millis = 2_000;
/// How long the clock of somebody who left is remembered, so that a late echo raises no ghost.
const REMEMBER: Millis = 60_000;
/// A connection unheard of for so long may have been left behind by its owner's new one.
const SILENT: Millis = 25_000;
/// Most Yjs clients that one connection speaks for; a browser's has one.
const MAX_CLIENTS: usize = 8;

/// What a seat costs beside its state, in bytes: most states are shorter than what holds them.
const SEAT_BYTES: usize = 128;

/// There is no room for somebody.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Crowded;

/// The table.
#[derive(Debug)]
pub(super) struct Presence {
    seats: HashMap<ClientId, Seat>,
    most: usize,
    most_bytes: usize,
    bytes: usize,
    changed: BTreeSet<ClientId>,
    heard: HashMap<PeerId, Millis>,
    next_flush: Millis,
}

#[derive(Debug)]
struct Seat {
    clock: u32,
    /// `None`: left, remembered for the sake of its clock.
    state: Option<Arc<str>>,
    owner: Option<PeerId>,
    /// When its connection closed or it said goodbye.
    left: Millis,
}

impl Presence {
    /// An empty one for at most so many clients, and bytes in all.
    pub(super) fn new(most: usize, most_bytes: usize) -> Self {
        Self {
            seats: HashMap::new(),
            most,
            most_bytes,
            bytes: 0,
            changed: BTreeSet::new(),
            heard: HashMap::new(),
            next_flush: 0,
        }
    }

    /// A connection says who is here. `first`: for the first time, so it speaks of itself.
    pub(super) fn hear(
        &mut self,
        now: Millis,
        peer: PeerId,
        first: bool,
        entries: Vec<Entry>,
    ) -> Result<(), Crowded> {
        self.heard.insert(peer, now);
        for entry in entries {
            if self.may_say(now, peer, first, &entry) {
                let client = entry.client;
                let seat = Seat {
                    clock: entry.clock,
                    state: entry.state,
                    owner: Some(peer),
                    left: now,
                };
                self.seat(client, seat)?;
                self.changed.insert(client);
            }
        }
        Ok(())
    }

    fn seat(&mut self, client: ClientId, seat: Seat) -> Result<(), Crowded> {
        let before = self.seats.get(&client).map(Seat::bytes);
        if before.is_none() && self.seats.len() >= self.most {
            // Whose clock is only remembered gives way to somebody who is here.
            self.keep(|seat| seat.state.is_some());
        }
        let bytes = self.bytes + seat.bytes() - before.unwrap_or(0);
        let full = before.is_none() && self.seats.len() >= self.most;
        if full || (bytes > self.most_bytes && bytes > self.bytes) {
            return Err(Crowded);
        }
        self.bytes = bytes;
        self.seats.insert(client, seat);
        Ok(())
    }

    /// Forgets all others.
    fn keep(&mut self, kept: impl Fn(&Seat) -> bool) {
        let changed = &self.changed;
        self.seats
            .retain(|client, seat| kept(seat) || changed.contains(client));
        self.bytes = self.seats.values().map(Seat::bytes).sum();
    }

    fn may_say(&self, now: Millis, peer: PeerId, first: bool, entry: &Entry) -> bool {
        let Some(seat) = self.seats.get(&entry.client) else {
            let owned = self.seats.values().filter(|s| s.owner == Some(peer));
            return entry.state.is_some() && owned.count() < MAX_CLIENTS;
        };
        match seat.owner {
            Some(owner) if owner == peer => {
                let goodbye = entry.state.is_none() && seat.state.is_some();
                entry.clock > seat.clock || (entry.clock == seat.clock && goodbye)
            }
            Some(owner) => {
                let silent = self.heard.get(&owner).is_none_or(|at| now - at > SILENT);
                silent && entry.clock > seat.clock
            }
            // Its owner comes back: y-websocket then repeats its clock.
            None => {
                entry.clock > seat.clock
                    || (first && entry.clock == seat.clock && entry.state.is_some())
            }
        }
    }

    /// A connection closed; those it spoke for stay for a moment.
    pub(super) fn leave(&mut self, now: Millis, peer: PeerId) {
        self.heard.remove(&peer);
        for seat in self.seats.values_mut() {
            if seat.owner == Some(peer) {
                seat.owner = None;
                seat.left = now;
            }
        }
    }

    /// Sees off those whose time has come.
    pub(super) fn tick(&mut self, now: Millis) {
        for (client, seat) in &mut self.seats {
            if seat.owner.is_none() && seat.state.is_some() && now >= seat.left + GRACE {
                seat.state = None;
                seat.left = now;
                self.changed.insert(*client);
            }
        }
        self.keep(|seat| seat.state.is_some() || now < seat.left + REMEMBER);
    }

    /// When [`Presence::tick`] or [`Presence::flush`] has something to do.
    pub(super) fn wake_at(&self) -> Option<Millis> {
        let flush = (!self.changed.is_empty()).then_some(self.next_flush);
        let leaving = self.seats.values().filter_map(|seat| match seat.state {
            Some(_) if seat.owner.is_none() => Some(seat.left + GRACE),
            Some(_) => None,
            None => Some(seat.left + REMEMBER),
        });
        leaving.chain(flush).min()
    }

    /// Everybody who is here, as one message; `None` when nobody is.
    pub(super) fn everybody(&self) -> Option<Vec<u8>> {
        let here = self.seats.iter().filter(|(_, seat)| seat.state.is_some());
        let entries: Vec<Entry> = here.map(|(client, seat)| seat.entry(*client)).collect();
        (!entries.is_empty()).then(|| encode(&entries))
    }

    /// What has changed since the last flush, if it is time, and by whom, if by one connection.
    pub(super) fn flush(&mut self, now: Millis) -> Option<(Vec<u8>, Option<PeerId>)> {
        if self.changed.is_empty() || now < self.next_flush {
            return None;
        }
        self.next_flush = now + FLUSH_EVERY;
        let changed = std::mem::take(&mut self.changed);
        let seats = changed
            .iter()
            .filter_map(|c| Some((*c, self.seats.get(c)?)));
        let mut owners = BTreeSet::new();
        let mut entries = Vec::new();
        for (client, seat) in seats {
            owners.insert(seat.owner);
            entries.push(seat.entry(client));
        }
        let owner = owners.pop_first().flatten().filter(|_| owners.is_empty());
        Some((encode(&entries), owner))
    }

    /// The client that a connection speaks for.
    pub(super) fn client_of(&self, peer: PeerId) -> Option<u64> {
        let mut seats = self.seats.iter();
        seats
            .find(|(_, seat)| seat.owner == Some(peer))
            .map(|(client, _)| client.get())
    }
}

impl Seat {
    fn bytes(&self) -> usize {
        SEAT_BYTES + self.state.as_ref().map_or(0, |state| state.len())
    }

    fn entry(&self, client: ClientId) -> Entry {
        Entry {
            client,
            clock: self.clock,
            state: self.state.clone(),
        }
    }
}
