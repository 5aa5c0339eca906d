//! What writers write: real Yjs updates, made before the clock starts.
//!
//! Owns their making. Every update is one struct of one clock (an element of the writer's own is
//! moved), so that whoever sees a client's clock advance by five has got five updates, however the
//! server merged them.

use std::sync::Arc;

use anyhow::{Context, Result};
use board::document::Document;
use board::id::ClientId;
use drawbridge_tests::grid::Grid;
use yrs::{Doc, Map, Transact};

/// One writer's updates in the order of their clocks.
pub(crate) struct Updates {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Updates {
    /// So many moves of one element by this Yjs client.
    pub(crate) fn of(client: u64, count: usize) -> Self {
        let doc = Doc::with_client_id(client);
        let map = doc.get_or_insert_map("load");
        let key: Arc<str> = format!("e{client}").into();
        let mut updates = Self {
            bytes: Vec::new(),
            ends: Vec::with_capacity(count),
        };
        for step in 0..count {
            let mut txn = doc.transact_mut();
            let at = step as f64;
            map.insert(&mut txn, Arc::clone(&key), vec![at + 0.5, 100.25 - at]);
            updates.bytes.extend_from_slice(&txn.encode_update_v1());
            updates.ends.push(updates.bytes.len());
        }
        updates
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The update that brings this clock.
    pub(crate) fn get(&self, clock: usize) -> Result<&[u8]> {
        let start = match clock.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        let range = start.zip(self.ends.get(clock).copied());
        let update = range.and_then(|(start, end)| self.bytes.get(start..end));
        update.context("the writer has no more updates")
    }
}

/// A grid as updates of `at_once` elements each, all by one Yjs client.
pub(crate) fn elements(client: u64, grid: &Grid, at_once: usize) -> Vec<Vec<u8>> {
    let mut document = Document::new(ClientId::from_random(client));
    for some in grid.births().chunks(at_once) {
        document.commit(some.to_vec());
    }
    document.take_updates()
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::replica::merge;
    use board::scan;

    #[test]
    fn every_update_is_one_clock_also_when_merged() {
        let updates = Updates::of(77, 50);
        for clock in 0..50 {
            let scanned = scan::update(updates.get(clock).unwrap()).unwrap();
            let clock = clock as u32;
            let run = scan::Run {
                start: clock,
                end: clock + 1,
            };
            assert_eq!(scanned.clients[&77].brings, [run]);
        }
        let some: Vec<&[u8]> = (10..20).map(|clock| updates.get(clock).unwrap()).collect();
        let merged = scan::update(&merge(&some).unwrap()).unwrap();
        assert_eq!(
            merged.clients[&77].brings,
            [scan::Run { start: 10, end: 20 }]
        );
        assert!(updates.get(50).is_err());
    }

    #[test]
    fn a_large_board_has_the_size_that_the_bars_speak_of() {
        let updates = elements(5, &crate::large::grid(10_000), 1000);
        let bytes: usize = updates.iter().map(Vec::len).sum();
        assert!((1_300_000..1_500_000).contains(&bytes), "{bytes}");
    }
}
