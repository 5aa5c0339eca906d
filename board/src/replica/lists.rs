//! Which list every item is in, and how deep types are nested in one another.
//!
//! An item's neighbours must be in one list: the CRDT library believes what it is told, and links
//! lists into one another until the document can neither be encoded nor loaded. Owns that record;
//! knows no document, it follows the ids that items name. What this copy's own client wrote, and
//! what was collected as garbage, is in no list and fits any. Also bounds what it takes to link an
//! update's items, by how many their lists have.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use super::judge::Judge;
use crate::scan::{Detail, Id, List, Run, ScanError};

/// A list, as the hash of where it is: keyed at random, so that nobody can make two collide.
pub(super) type ListId = u64;

/// Set in the id of a key's list: its last item is the value, those before it were.
pub(super) const KEYED: ListId = 1;

/// Set beside the list of an item that may have others in it: a type, or one that was deleted.
pub(super) const PARENT: ListId = 2;

/// The list of every item that is known.
#[derive(Debug, Default)]
pub(super) struct Lists {
    hasher: RandomState,
    clients: HashMap<u64, Client>,
    /// How many types deep a list is, unless it is a root's.
    depths: ByList,
    /// How many items a list has, or had when they came.
    sizes: ByList,
    items: u64,
}

/// The items of one client.
#[derive(Debug, Default)]
pub(super) struct Client {
    /// Ascending; items next to one another in one list are one. The lists may be marked
    /// [`PARENT`].
    runs: Vec<(Run, ListId)>,
    /// How many there are, or were when they came.
    pub(super) items: u64,
    /// How many of them are in a text or an array.
    pub(super) unkeyed: u64,
}

/// A number for each list.
pub(super) type ByList = HashMap<ListId, u32, BuildHasherDefault<Hashed>>;

/// Takes a [`ListId`] for its own hash.
#[derive(Debug, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, list: u64) {
        self.0 = list;
    }
}

/// What an update adds to [`Lists`].
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) runs: Vec<(u64, Run, ListId)>,
    pub(super) depths: ByList,
    /// Most bytes that are moved when items are cut in two or joined.
    pub(super) moved: u64,
}

impl Lists {
    /// Finds the lists of an update's items, where `held` is one past the last clock held of a
    /// client; `weighs`: also what that moves. O(items and deletions of the update).
    ///
    /// # Errors
    /// When neighbours are in different lists, items wait for one another, or a type is nested too
    /// deep.
    pub(super) fn judge(
        &self,
        detail: Detail<'_>,
        held: impl Fn(u64) -> u32,
        weighs: bool,
    ) -> Result<Listed, ScanError> {
        Judge::new(self, detail, held).judge(weighs)
    }

    /// How many items are in lists.
    pub(super) fn items(&self) -> u64 {
        self.items
    }

    /// Most steps that linking an update's items may take: each may meet all that are in its list.
    pub(super) fn burden(&self, listed: &Listed) -> u64 {
        let mut sizes = ByList::default();
        let met = listed.runs.iter().map(|(_, _, list)| {
            let size = sizes
                .entry(list & !PARENT)
                .or_insert_with(|| self.size(*list));
            let met = *size;
            *size = size.saturating_add(1);
            u64::from(met)
        });
        met.sum()
    }

    /// Remembers what an update that was applied adds; what [`Lists::burden`] said of it.
    pub(super) fn note(&mut self, listed: Listed) -> u64 {
        let mut burden = 0;
        self.depths.extend(listed.depths);
        self.items += listed.runs.len() as u64;
        for (client, mut run, list) in listed.runs {
            let size = self.sizes.entry(list & !PARENT).or_default();
            burden += u64::from(*size);
            *size = size.saturating_add(1);
            let known = self.clients.entry(client).or_default();
            known.items += 1;
            known.unkeyed += u64::from(list & KEYED == 0);
            let known = &mut known.runs;
            // Updates may repeat what is here.
            run.start = run.start.max(known.last().map_or(0, |(last, _)| last.end));
            match known.last_mut() {
                _ if run.start >= run.end => {}
                Some((last, same)) if last.end == run.start && *same == list => last.end = run.end,
                _ => known.push((run, list)),
            }
        }
        burden
    }

    pub(super) fn client(&self, client: u64) -> Option<&Client> {
        self.clients.get(&client)
    }

    pub(super) fn list(&self, id: Id) -> Option<ListId> {
        self.run(id).map(|(_, list)| list & !PARENT)
    }

    /// Whether others may be in the item, as far as is known.
    pub(super) fn may_be_parent(&self, id: Id) -> bool {
        self.run(id).is_none_or(|(_, list)| list & PARENT != 0)
    }

    fn size(&self, list: ListId) -> u32 {
        self.sizes.get(&(list & !PARENT)).copied().unwrap_or(0)
    }

    /// The items next to one another that an id is among, and their marked list.
    pub(super) fn run(&self, (client, clock): Id) -> Option<(Run, ListId)> {
        let runs = &self.clients.get(&client)?.runs;
        let after = runs.partition_point(|(run, _)| run.start <= clock);
        let &(run, list) = runs.get(after.checked_sub(1)?)?;
        (clock < run.end).then_some((run, list))
    }

    /// How many types deep a list is.
    pub(super) fn depth(&self, list: ListId) -> u32 {
        self.depths.get(&list).copied().unwrap_or(0)
    }

    /// The id of a list that is not told by neighbours.
    pub(super) fn id(&self, list: &List<'_>) -> ListId {
        let keyed = matches!(list, List::Root(_, Some(_)) | List::Type(_, Some(_)));
        self.hasher.hash_one(list) & !(KEYED | PARENT) | if keyed { KEYED } else { 0 }
    }
}
