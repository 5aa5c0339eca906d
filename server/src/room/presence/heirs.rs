//! Who waits for a seat that another connection still has.
//!
//! Owns at most one heir for each seat, and when it gets the seat. Nobody is shown an heir. Knows no
//! rule of who may wait.

use std::collections::{BTreeSet, HashMap};

use board::id::ClientId;

use super::seats::Seat;
use super::{Millis, PeerId};

/// What will be in the seat.
#[derive(Debug)]
struct Heir {
    peer: PeerId,
    due: Millis,
    seat: Seat,
}

/// The heirs. Every change costs O(log heirs).
#[derive(Debug, Default)]
pub(super) struct Heirs {
    heirs: HashMap<ClientId, Heir>,
    due: BTreeSet<(Millis, ClientId)>,
    claims: HashMap<PeerId, Vec<ClientId>>,
    bytes: usize,
}

impl Heirs {
    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.heirs.len()
    }

    /// What all of them cost.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The clients that a connection waits to speak for.
    pub(super) fn of(&self, peer: PeerId) -> &[ClientId] {
        self.claims.get(&peer).map_or(&[], |claims| claims)
    }

    /// Who gets a seat first, and when.
    pub(super) fn first_due(&self) -> Option<Millis> {
        self.due.first().map(|(due, _)| *due)
    }

    /// Lets a connection wait until `due`, in place of who waited before.
    pub(super) fn put(&mut self, client: ClientId, peer: PeerId, due: Millis, seat: Seat) {
        self.remove(client);
        self.bytes += seat.bytes();
        self.due.insert((due, client));
        self.claims.entry(peer).or_default().push(client);
        self.heirs.insert(client, Heir { peer, due, seat });
    }

    /// Nobody waits for a seat any more. Answers what would have been in it.
    pub(super) fn remove(&mut self, client: ClientId) -> Option<Seat> {
        let heir = self.heirs.remove(&client)?;
        self.bytes -= heir.seat.bytes();
        self.due.remove(&(heir.due, client));
        if let Some(claims) = self.claims.get_mut(&heir.peer) {
            claims.retain(|claim| *claim != client);
            if claims.is_empty() {
                self.claims.remove(&heir.peer);
            }
        }
        Some(heir.seat)
    }

    /// Lets whoever waits for a seat have it by then.
    pub(super) fn hurry(&mut self, client: ClientId, by: Millis) {
        if let Some(heir) = self.heirs.get_mut(&client)
            && by < heir.due
        {
            self.due.remove(&(heir.due, client));
            self.due.insert((by, client));
            heir.due = by;
        }
    }

    /// Takes out somebody whose time has come.
    pub(super) fn take_due(&mut self, now: Millis) -> Option<(ClientId, Seat)> {
        let (due, client) = self.due.first().copied()?;
        let seat = (due <= now).then(|| self.remove(client))??;
        Some((client, seat))
    }

    /// Takes out whoever would wait longest. Whether anybody did.
    pub(super) fn drop_last(&mut self) -> bool {
        let last = self.due.last().map(|(_, client)| *client);
        last.is_some_and(|client| self.remove(client).is_some())
    }
}
