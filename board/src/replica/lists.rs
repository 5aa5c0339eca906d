//! Which list every item is in, and how deep types are nested in one another.
//!
//! An item's neighbours must be in one list: the CRDT library believes what it is told, and links
//! lists into one another until the document can neither be encoded nor loaded. Owns that record;
//! knows no document, it follows the ids that items name. What this copy's own client wrote, and
//! what was collected as garbage, is in no list and fits any.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::limits::MAX_NESTING;
use crate::scan::{Content, Id, List, Place, Run, ScanError};

/// A list, as the hash of where it is: keyed at random, so that nobody can make two collide.
type ListId = u64;

/// Set in the id of a key's list: its last item is the value, those before it were.
const KEYED: ListId = 1;

/// The list of every item that is known.
#[derive(Debug, Default)]
pub(super) struct Lists {
    hasher: RandomState,
    /// By client, ascending.
    runs: HashMap<u64, Vec<(Run, ListId)>>,
    /// How many types deep a list is, unless it is a root's.
    depths: HashMap<ListId, u16>,
}

/// What an update adds to [`Lists`].
#[derive(Debug, Default)]
pub(super) struct Listed {
    runs: Vec<(u64, Run, ListId)>,
    depths: HashMap<ListId, u16>,
}

impl Lists {
    /// Finds the lists of an update's items, where `held` is one past the last clock held of a
    /// client. O(items of the update).
    ///
    /// # Errors
    /// When neighbours are in different lists, or a type is nested too deep.
    pub(super) fn judge(
        &self,
        mut places: Vec<Place<'_>>,
        held: impl Fn(u64) -> u32,
    ) -> Result<Listed, ScanError> {
        // What is here already is not applied again, whatever the update says of it now.
        let mut of = (u64::MAX, 0);
        let mut heads = HashMap::new();
        places.retain_mut(|place| {
            if of.0 != place.client {
                of = (place.client, held(place.client));
            }
            if place.run.start < of.1 && of.1 < place.run.end {
                // The rest of it goes on from the last clock that is here.
                heads.insert(place.client, self.list((place.client, of.1 - 1)));
                place.run.start = of.1;
            }
            place.run.end > of.1
        });
        let places = &*places;
        let mut judge = Judge {
            known: self,
            places,
            clients: HashMap::new(),
            heads,
            states: vec![State::Unseen; places.len()],
            depths: HashMap::new(),
        };
        let mut from = 0;
        for of in places.chunk_by(|a, b| a.client == b.client) {
            let client = of.first().map_or(0, |place| place.client);
            judge.clients.insert(client, from..from + of.len());
            from += of.len();
        }
        for at in 0..places.len() {
            judge.settle(at)?;
        }
        let found = places.iter().zip(&judge.states);
        let runs = found.filter_map(|(place, state)| match state {
            State::Done(Some(list)) => Some((place.client, place.run, *list)),
            _ => None,
        });
        Ok(Listed {
            runs: runs.collect(),
            depths: judge.depths,
        })
    }

    /// Remembers what an update that was applied adds.
    pub(super) fn note(&mut self, listed: Listed) {
        self.depths.extend(listed.depths);
        for (client, mut run, list) in listed.runs {
            let known = self.runs.entry(client).or_default();
            // Updates may repeat what is here.
            run.start = run.start.max(known.last().map_or(0, |(last, _)| last.end));
            match known.last_mut() {
                _ if run.start >= run.end => {}
                Some((last, same)) if last.end == run.start && *same == list => last.end = run.end,
                _ => known.push((run, list)),
            }
        }
    }

    fn list(&self, (client, clock): Id) -> Option<ListId> {
        let runs = self.runs.get(&client)?;
        let after = runs.partition_point(|(run, _)| run.start <= clock);
        let (run, list) = runs.get(after.checked_sub(1)?)?;
        (clock < run.end).then_some(*list)
    }
}

fn one_list(one: Option<ListId>, other: Option<ListId>) -> Result<Option<ListId>, ScanError> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Err(ScanError::Unreadable(
            "an item's neighbours are not in one list",
        )),
        _ => Ok(one.or(other)),
    }
}

/// How far one place is.
#[derive(Debug, Clone, Copy)]
enum State {
    Unseen,
    Open,
    Done(Option<ListId>),
}

/// An update's items while their lists are found.
struct Judge<'a> {
    known: &'a Lists,
    places: &'a [Place<'a>],
    /// Which of `places` are a client's, ascending.
    clients: HashMap<u64, std::ops::Range<usize>>,
    /// What the first place of a client goes on from, if its first clocks are here already.
    heads: HashMap<u64, Option<ListId>>,
    states: Vec<State>,
    depths: HashMap<ListId, u16>,
}

impl Judge<'_> {
    /// Finds the list of one place, and first of all that it refers to: by a stack of its own,
    /// because chains are as long as the sender likes.
    fn settle(&mut self, first: usize) -> Result<(), ScanError> {
        if !matches!(self.states.get(first), Some(State::Unseen)) {
            return Ok(());
        }
        let mut open = vec![first];
        while let Some(&at) = open.last() {
            let Some(place) = self.places.get(at) else {
                return Ok(());
            };
            let other = self.first_unseen(&place.list);
            let state = match other {
                Some(_) => State::Open,
                None => State::Done(self.agree(at, place)?),
            };
            if let Some(here) = self.states.get_mut(at) {
                *here = state;
            }
            match other {
                Some(other) => open.push(other),
                None => drop(open.pop()),
            }
        }
        Ok(())
    }

    /// What must be settled before. Not what is open: that refers to itself in a circle, and such
    /// an update is never complete, and refused when it is applied.
    fn first_unseen(&self, list: &List<'_>) -> Option<usize> {
        let ids = match *list {
            List::Root(..) => [None, None],
            List::Type(id, _) => [Some(id), None],
            List::Beside(ids) => ids,
        };
        let places = ids.into_iter().flatten().filter_map(|id| self.place(id));
        let mut unseen = places.filter(|&at| matches!(self.states.get(at), Some(State::Unseen)));
        unseen.next()
    }

    /// A place whose first clocks are held already goes on where they are.
    fn agree(&mut self, at: usize, place: &Place<'_>) -> Result<Option<ListId>, ScanError> {
        let range = self.clients.get(&place.client);
        let first = range.is_some_and(|range| range.start == at);
        let head = self.heads.get(&place.client).copied().flatten();
        let head = head.filter(|_| first);
        let list = one_list(head, self.decide(&place.list)?)?;
        let keyed = list.is_some_and(|list| list & KEYED != 0);
        let long = place.run.end - place.run.start > 1;
        match place.content {
            _ if keyed && matches!(place.list, List::Beside([_, Some(_)])) => Err(
                ScanError::Unreadable("a key's value has something to its right"),
            ),
            Content::Value if keyed && long => {
                Err(ScanError::Unreadable("a key has more than one value"))
            }
            Content::Format if keyed => Err(ScanError::Unreadable("a key's value is a format")),
            _ => Ok(list),
        }
    }

    fn id(&self, list: &List<'_>) -> ListId {
        let keyed = matches!(list, List::Root(_, Some(_)) | List::Type(_, Some(_)));
        self.known.hasher.hash_one(list) & !KEYED | if keyed { KEYED } else { 0 }
    }

    fn decide(&mut self, list: &List<'_>) -> Result<Option<ListId>, ScanError> {
        match *list {
            List::Root(..) => Ok(Some(self.id(list))),
            List::Type(id, _) => {
                let above = self.list(id);
                let depth = above.map_or(0, |above| self.depth(above)) + 1;
                if depth > MAX_NESTING {
                    return Err(ScanError::Nesting);
                }
                let here = self.id(list);
                self.depths.insert(here, depth);
                Ok(Some(here))
            }
            List::Beside(ids) => {
                let [left, right] = ids.map(|id| id.and_then(|id| self.list(id)));
                one_list(left, right)
            }
        }
    }

    fn depth(&self, list: ListId) -> u16 {
        let depth = self.depths.get(&list);
        depth.or(self.known.depths.get(&list)).copied().unwrap_or(0)
    }

    fn list(&self, id: Id) -> Option<ListId> {
        match self.place(id).and_then(|at| self.states.get(at)) {
            Some(State::Done(list)) => *list,
            Some(_) => None,
            None => self.known.list(id),
        }
    }

    /// Which place of the update an id is in.
    fn place(&self, (client, clock): Id) -> Option<usize> {
        let range = self.clients.get(&client)?.clone();
        let first = range.start;
        let places = self.places.get(range)?;
        let after = places.partition_point(|place| place.run.start <= clock);
        let at = after.checked_sub(1)?;
        let place = places.get(at)?;
        (clock < place.run.end).then_some(first + at)
    }
}
