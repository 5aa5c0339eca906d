//! Every update that any page ever made, and which of them a page was told are saved.

use board::replica::{Ingested, Replica};

/// The record.
#[derive(Debug, Default)]
pub(crate) struct Record {
    updates: Vec<Vec<u8>>,
    /// Who was told.
    promised: Vec<Option<String>>,
}

impl Record {
    /// Notes an update and answers its place.
    pub(crate) fn add(&mut self, update: Vec<u8>) -> usize {
        self.updates.push(update);
        self.promised.push(None);
        self.updates.len() - 1
    }

    /// A page was told that this one is saved.
    pub(crate) fn promise(&mut self, place: usize, told: &str) {
        self.promised[place].get_or_insert_with(|| told.to_owned());
    }

    /// How many updates were made.
    pub(crate) fn len(&self) -> usize {
        self.updates.len()
    }

    /// Everything promised must be in `replica` already.
    pub(crate) fn check_promised(&self, replica: &mut Replica) {
        for (place, update) in self.updates.iter().enumerate() {
            if let Some(told) = &self.promised[place] {
                check(replica, place, update, told);
            }
        }
    }

    /// Everything that was ever made must be in `replica` already.
    pub(crate) fn check_all(&self, replica: &mut Replica) {
        for (place, update) in self.updates.iter().enumerate() {
            check(replica, place, update, "nobody");
        }
    }
}

fn check(replica: &mut Replica, place: usize, update: &[u8], told: &str) {
    let ingested = replica.ingest(update).unwrap();
    let known = matches!(ingested, Ingested::Applied { changed: false, .. });
    assert!(
        known,
        "update {place}, saved as {told} was told, is lost: {ingested:?}"
    );
}
