//! Updates that wait, in order of what they wait for.
//!
//! Owns that whatever comes is met by those that lacked it alone: looking for them costs what is
//! found, however many wait. Knows neither whose they are nor their bounds.

use std::collections::{BTreeMap, HashMap};

use board::id::ClientId;
use board::replica::Replica;
use board::scan;

/// Things that lack a clock of some client each.
#[derive(Debug)]
pub(super) struct Lacking<T> {
    /// By client, then by the clock that is lacking, then in the order in which they came.
    by_client: HashMap<ClientId, BTreeMap<(u32, u64), T>>,
    next: u64,
    /// Clients of whom something may have come since they were last looked at.
    moved: Vec<ClientId>,
    /// How often somebody was looked at: what it costs.
    looks: usize,
}

impl<T> Default for Lacking<T> {
    fn default() -> Self {
        Self {
            by_client: HashMap::new(),
            next: 0,
            moved: Vec::new(),
            looks: 0,
        }
    }
}

impl<T> Lacking<T> {
    /// Lets something wait.
    pub(super) fn add(&mut self, (client, clock): (ClientId, u32), what: T) {
        let waiting = self.by_client.entry(client).or_default();
        waiting.insert((clock, self.next), what);
        self.next += 1;
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.by_client.is_empty()
    }

    /// The replica has taken an update in. O(bytes of the update), O(1) when nothing waits.
    pub(super) fn came(&mut self, update: &[u8]) {
        if self.is_empty() {
            return;
        }
        let clients = scan::update(update).into_iter().flat_map(|s| s.clients);
        let clients = clients.filter_map(|(client, _)| ClientId::new(client));
        let by_client = &self.by_client;
        self.moved
            .extend(clients.filter(|client| by_client.contains_key(client)));
    }

    /// Takes out something whose known lack has come; it may lack something else.
    pub(super) fn next_complete(&mut self, replica: &Replica) -> Option<T> {
        while let Some(client) = self.moved.last() {
            self.looks += 1;
            if let Some(waiting) = self.by_client.get_mut(client)
                && let Some(first) = waiting.first_entry()
                && replica.knows(*client, first.key().0)
            {
                let what = first.remove();
                if waiting.is_empty() {
                    self.by_client.remove(client);
                }
                return Some(what);
            }
            self.moved.pop();
        }
        None
    }

    /// Everything that waits, taken out.
    pub(super) fn into_all(self) -> impl Iterator<Item = T> {
        self.by_client.into_values().flat_map(BTreeMap::into_values)
    }

    /// Drops what is not to be kept. O(what waits).
    pub(super) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.by_client.retain(|_, waiting| {
            waiting.retain(|_, what| keep(what));
            !waiting.is_empty()
        });
    }

    /// How often somebody was looked at.
    #[cfg(test)]
    pub(super) fn looks(&self) -> usize {
        self.looks
    }
}
