//! Who is here: the server's own awareness table.
//!
//! Owns which connection may speak for which Yjs client, what was said last, and when somebody is
//! gone. y-websocket sends every awareness change that it hears back to the server; such echoes
//! change nothing here, and are hardly looked at.

mod heirs;
mod seats;

use std::collections::{BTreeSet, HashMap};

use board::id::ClientId;
use board::presence::{Entry, Heard, PresenceError, encode, entries};

use self::heirs::Heirs;
use self::seats::{Seat, Seats};
use super::{Millis, PeerId};

/// Between two relays of awareness, so that fifty moving cursors make 25 frames a second.
const FLUSH_EVERY: Millis = 40;
/// How long somebody whose connection closed still counts as here.
const GRACE: Millis = 2_000;
/// How long it is remembered who left, so that a late echo raises no ghost, and a peer that missed
/// the goodbye is told once more: longer than a connection lives that reads nothing.
pub(super) const REMEMBER: Millis = 120_000;
/// A connection unheard of for so long may have been left behind by its owner's new one.
const SILENT: Millis = 25_000;
/// Most Yjs clients that one connection speaks for; a browser's has one.
const MAX_CLIENTS: usize = 8;
/// Most bytes of entries in one message of the server's, and one entry more: an honest echo of it
/// is no larger.
const MAX_CHUNK: usize = 64 * 1024;
/// Longest awareness message that is listened to. A client says some hundred bytes about itself;
/// the largest thing that it echoes is a chunk.
const MAX_HEARD: usize = 4 * MAX_CHUNK;
/// Most bytes about others that somebody is sent at once, a quarter of what a slow peer's queue
/// holds: five thousand people. The rest say themselves that they are here, every 15 s.
const MAX_SHOWN: usize = 1 << 20;

/// What becomes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Shown,
    /// Another connection speaks for that client, and may be alive until then.
    Waits(Millis),
    /// It no longer waits to speak for that client.
    Withdrawn,
    Ignored,
}

impl Verdict {
    fn shown_if(may: bool) -> Self {
        if may { Self::Shown } else { Self::Ignored }
    }
}

/// The table.
#[derive(Debug)]
pub(super) struct Presence {
    seats: Seats,
    heirs: Heirs,
    most: usize,
    most_bytes: usize,
    changed: BTreeSet<ClientId>,
    heard: HashMap<PeerId, Millis>,
    next_flush: Millis,
    /// How often somebody found no place or lost it to others, not counted elsewhere yet.
    pub(super) unplaced: u64,
}

impl Presence {
    /// An empty one for at most so many clients, and bytes in all.
    pub(super) fn new(most: usize, most_bytes: usize) -> Self {
        Self {
            seats: Seats::default(),
            heirs: Heirs::default(),
            most,
            most_bytes,
            changed: BTreeSet::new(),
            heard: HashMap::new(),
            next_flush: 0,
            unplaced: 0,
        }
    }

    /// A connection says who is here. `first`: for the first time, so it speaks of itself. Whoever
    /// finds no place is not shown. Answers what it missed about itself.
    pub(super) fn hear(
        &mut self,
        now: Millis,
        peer: PeerId,
        first: bool,
        message: &[u8],
    ) -> Result<Vec<Entry>, PresenceError> {
        let mut missed = Vec::new();
        self.heard.insert(peer, now);
        // Whoever speaks is alive, so who waits for their seats is no newer connection of theirs.
        for client in self.seats.of(peer) {
            self.heirs.remove(*client);
        }
        if message.len() > MAX_HEARD {
            return Ok(missed);
        }
        for heard in entries(message)? {
            let heard = heard?;
            match self.judge(now, peer, first, &heard) {
                Verdict::Shown => {
                    let seat = Seat::of(heard.entry()?, peer, now);
                    missed.extend(self.goodbye_at(heard.client, heard.clock));
                    self.seat(now, heard.client, seat);
                }
                Verdict::Waits(due) => {
                    let seat = Seat::of(heard.entry()?, peer, now);
                    self.wait(heard.client, peer, due, seat);
                }
                Verdict::Withdrawn => drop(self.heirs.remove(heard.client)),
                Verdict::Ignored => {}
            }
        }
        Ok(missed)
    }

    /// What was told of somebody who left at that clock. Yjs clients that have heard it ignore them
    /// until they raise their clock, and they do when they hear it themselves.
    fn goodbye_at(&self, client: ClientId, clock: u32) -> Option<Entry> {
        let seat = self.seats.get(client)?;
        (seat.state.is_none() && seat.clock == clock).then(|| seat.entry(client))
    }

    fn seat(&mut self, now: Millis, client: ClientId, seat: Seat) {
        self.heirs.remove(client);
        let before = self.seats.get(client).cloned();
        while !self.fits(before.as_ref(), &seat) {
            // Nobody sees an heir, so heirs go before anybody who is seen.
            let less = self.heirs.drop_last();
            self.unplaced += 1;
            if !less && !self.make_way(now, client, before.as_ref(), &seat) {
                return;
            }
        }
        self.seats.put(client, seat);
        self.changed.insert(client);
        self.forget_some();
    }

    /// Keeps what a connection says until its turn comes, if there is room. The latest one counts:
    /// a stranger must not be in the way of whoever comes later.
    fn wait(&mut self, client: ClientId, peer: PeerId, due: Millis, seat: Seat) {
        self.heirs.remove(client);
        if self.fits(None, &seat) {
            self.heirs.put(client, peer, due, seat);
        } else {
            self.unplaced += 1;
        }
    }

    fn fits(&self, before: Option<&Seat>, seat: &Seat) -> bool {
        let was_here = before.is_some_and(|seat| seat.state.is_some());
        let crowded = seat.state.is_some() && !was_here && self.taken() >= self.most;
        let before = before.map_or(0, Seat::bytes);
        let bytes = self.seats.bytes() + self.heirs.bytes() + seat.bytes() - before;
        let smaller = seat.bytes() <= before;
        !crowded && (smaller || bytes <= self.most_bytes)
    }

    /// How many are here, or wait.
    fn taken(&self) -> usize {
        self.seats.here() + self.heirs.len()
    }

    /// Whoever takes up the most loses a seat, unless that is who comes. Whether there is more room.
    fn make_way(
        &mut self,
        now: Millis,
        coming: ClientId,
        before: Option<&Seat>,
        seat: &Seat,
    ) -> bool {
        let Some((heaviest, weight)) = self.seats.heaviest() else {
            return false;
        };
        let own = seat.owner.map_or(0, |owner| self.seats.weight_of(owner));
        let replaced = before.filter(|before| before.owner == seat.owner);
        let weighs = own + seat.bytes() - replaced.map_or(0, Seat::bytes);
        if seat.owner == Some(heaviest) || weight <= weighs {
            return false;
        }
        let mut seats = self.seats.of(heaviest).iter().rev().filter_map(|client| {
            let seat = self.seats.get(*client)?;
            (*client != coming && seat.state.is_some()).then(|| (*client, seat.clone()))
        });
        let Some((client, seat)) = seats.next() else {
            return false;
        };
        drop(seats);
        self.see_off(now, client, seat);
        true
    }

    /// Somebody is gone, whoever spoke for them.
    fn see_off(&mut self, now: Millis, client: ClientId, seat: Seat) {
        let gone = Seat {
            state: None,
            owner: None,
            left: now,
            ..seat
        };
        self.seats.put(client, gone);
        self.changed.insert(client);
    }

    /// Remembers no more who left than may be here, but for those whose goodbye is still to be told.
    fn forget_some(&mut self) {
        while self.seats.remembered() > self.most
            && let Some((_, client)) = self.seats.first_remembered()
            && !self.changed.contains(&client)
        {
            self.seats.remove(client);
        }
    }

    fn judge(&self, now: Millis, peer: PeerId, first: bool, heard: &Heard<'_>) -> Verdict {
        let few = self.speaks_for_few(peer, heard.client);
        let Some(seat) = self.seats.get(heard.client) else {
            return Verdict::shown_if(!heard.is_goodbye() && few);
        };
        let newer = heard.clock > seat.clock;
        match seat.owner {
            Some(owner) if owner == peer => {
                let goodbye = heard.is_goodbye() && seat.state.is_some();
                Verdict::shown_if(newer || (heard.clock == seat.clock && goodbye))
            }
            Some(owner) => {
                let waits = self.heirs.of(peer).contains(&heard.client);
                let due = self.heard.get(&owner).map_or(0, |at| at + SILENT);
                match (newer, heard.is_goodbye()) {
                    (true, true) if waits => Verdict::Withdrawn,
                    (true, false) if few && now < due => Verdict::Waits(due),
                    (true, false) => Verdict::shown_if(few),
                    // What is no newer may be an echo.
                    (true, true) | (false, _) => Verdict::Ignored,
                }
            }
            // Its owner comes back: y-websocket then repeats its clock.
            None => {
                let returns = first && heard.clock == seat.clock && !heard.is_goodbye();
                Verdict::shown_if(few && (newer || returns))
            }
        }
    }

    /// Whether a connection may speak for this client too.
    fn speaks_for_few(&self, peer: PeerId, client: ClientId) -> bool {
        let waits = self.heirs.of(peer).iter().filter(|claim| **claim != client);
        self.seats.of(peer).len() + waits.count() < MAX_CLIENTS
    }

    /// A connection closed; those it spoke for stay for a moment.
    pub(super) fn leave(&mut self, now: Millis, peer: PeerId) {
        self.heard.remove(&peer);
        for client in self.heirs.of(peer).to_vec() {
            self.heirs.remove(client);
        }
        for client in self.seats.of(peer).to_vec() {
            if let Some(seat) = self.seats.get(client).cloned() {
                let left = Seat {
                    owner: None,
                    left: now,
                    ..seat
                };
                self.seats.put(client, left);
                // Not at once: whoever broke off for a moment comes back before a stranger.
                self.heirs.hurry(client, now + GRACE);
            }
        }
    }

    /// Seats and sees off those whose time has come.
    pub(super) fn tick(&mut self, now: Millis) {
        while let Some((client, seat)) = self.heirs.take_due(now) {
            self.seat(now, client, seat);
        }
        while let Some((due, client)) = self.seats.first_leaving()
            && due <= now
            && let Some(seat) = self.seats.get(client).cloned()
        {
            self.see_off(now, client, seat);
        }
        while let Some((due, client)) = self.seats.first_remembered()
            && due <= now
        {
            self.seats.remove(client);
        }
        self.forget_some();
    }

    /// When [`Presence::tick`] or [`Presence::flush`] has something to do. O(1).
    pub(super) fn wake_at(&self) -> Option<Millis> {
        let flush = (!self.changed.is_empty()).then_some(self.next_flush);
        let leaving = self.seats.first_leaving();
        let due = leaving.into_iter().chain(self.seats.first_remembered());
        let due = due.map(|(due, _)| due).chain(self.heirs.first_due());
        due.chain(flush).min()
    }

    /// Everybody who is here, as messages; `also_gone`: and who has left of late, for somebody who
    /// may have missed that.
    pub(super) fn everybody(&self, also_gone: bool) -> Vec<Vec<u8>> {
        let shown = self.seats.iter();
        let shown = shown.filter(|(_, seat)| also_gone || seat.state.is_some());
        let mut entries: Vec<Entry> = shown.map(|(client, seat)| seat.entry(client)).collect();
        // Goodbyes are short and nobody repeats them: they come first.
        entries.sort_unstable_by_key(|entry| (entry.state.is_some(), entry.client.get()));
        let mut bytes = 0;
        let shown = entries.iter().take_while(|entry| {
            bytes += most_bytes(entry);
            bytes <= MAX_SHOWN
        });
        entries.truncate(shown.count());
        chunks(entries)
    }

    /// What has changed since the last flush, if it is time, and by whom, if by one connection.
    pub(super) fn flush(&mut self, now: Millis) -> Option<(Vec<Vec<u8>>, Option<PeerId>)> {
        if self.changed.is_empty() || now < self.next_flush {
            return None;
        }
        self.next_flush = now + FLUSH_EVERY;
        let changed = std::mem::take(&mut self.changed);
        let seats = changed
            .iter()
            .filter_map(|c| Some((*c, self.seats.get(*c)?)));
        let mut owners = BTreeSet::new();
        let mut entries = Vec::new();
        for (client, seat) in seats {
            owners.insert(seat.owner);
            entries.push(seat.entry(client));
        }
        let owner = owners.pop_first().flatten().filter(|_| owners.is_empty());
        Some((chunks(entries), owner))
    }

    /// The client that a connection spoke for first.
    pub(super) fn client_of(&self, peer: PeerId) -> Option<u64> {
        self.seats.of(peer).first().map(|client| client.get())
    }
}

/// How many bytes an entry has in a message, or some more.
fn most_bytes(entry: &Entry) -> usize {
    entry.state.as_ref().map_or(4, |state| state.len()) + 16
}

/// Entries as messages of a bounded size.
fn chunks(entries: Vec<Entry>) -> Vec<Vec<u8>> {
    let mut chunks = Vec::new();
    let mut chunk = Vec::new();
    let mut bytes = 0;
    for entry in entries {
        bytes += most_bytes(&entry);
        chunk.push(entry);
        if bytes > MAX_CHUNK {
            chunks.push(encode(&std::mem::take(&mut chunk)));
            bytes = 0;
        }
    }
    if !chunk.is_empty() {
        chunks.push(encode(&chunk));
    }
    chunks
}

#[cfg(test)]
mod tests;
