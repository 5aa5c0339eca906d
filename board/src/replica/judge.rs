//! Finds the lists of an update's items, and what linking them moves about.
//!
//! Owns the rules: neighbours are in one list, a key's list holds single values, items do not wait
//! for one another, types are not nested too deep. What is known already is in `lists`.

use std::collections::HashMap;

use super::lists::{ByList, KEYED, ListId, Listed, Lists, PARENT};
use crate::limits::MAX_NESTING;
use crate::scan::{Content, Detail, Id, List, Place, Run, ScanError};

/// Bytes that a library moves for each item behind one that is added or taken out in the middle of
/// its client's.
const ITEM_BYTES: u64 = 24;

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
pub(super) struct Judge<'a> {
    known: &'a Lists,
    places: Vec<Place<'a>>,
    deletes: Vec<(u64, Run)>,
    /// Which of `places` are a client's, ascending.
    clients: HashMap<u64, std::ops::Range<usize>>,
    /// What the first place of a client goes on from, if its first clocks are here already.
    heads: HashMap<u64, Option<ListId>>,
    states: Vec<State>,
    depths: ByList,
}

impl<'a> Judge<'a> {
    /// Takes what is not here yet: the rest is not applied again, whatever the update says of it.
    pub(super) fn new(known: &'a Lists, detail: Detail<'a>, held: impl Fn(u64) -> u32) -> Self {
        let Detail {
            mut places,
            deletes,
        } = detail;
        let mut of = (u64::MAX, 0);
        let mut heads = HashMap::new();
        places.retain_mut(|place| {
            if of.0 != place.client {
                of = (place.client, held(place.client));
            }
            if place.run.start < of.1 && of.1 < place.run.end {
                // The rest of it goes on from the last clock that is here.
                heads.insert(place.client, known.list((place.client, of.1 - 1)));
                place.run.start = of.1;
            }
            place.run.end > of.1
        });
        let mut clients = HashMap::new();
        let mut from = 0;
        for of in places.chunk_by(|a, b| a.client == b.client) {
            let client = of.first().map_or(0, |place| place.client);
            clients.insert(client, from..from + of.len());
            from += of.len();
        }
        Self {
            known,
            states: vec![State::Unseen; places.len()],
            places,
            deletes,
            clients,
            heads,
            depths: ByList::default(),
        }
    }

    /// See [`Lists::judge`].
    pub(super) fn judge(mut self, weighs: bool) -> Result<Listed, ScanError> {
        for at in 0..self.places.len() {
            self.settle(at)?;
        }
        let moved = if weighs { self.moved() } else { 0 };
        let found = self.places.iter().zip(&self.states);
        let runs = found.filter_map(|(place, state)| match state {
            State::Done(Some(list)) => {
                let parent = matches!(place.content, Content::Type | Content::Deleted);
                let list = list | if parent { PARENT } else { 0 };
                Some((place.client, place.run, list))
            }
            _ => None,
        });
        Ok(Listed {
            runs: runs.collect(),
            depths: self.depths,
            moved,
        })
    }

    /// Finds the list of one place, and first of all that it refers to: by a stack of its own,
    /// because chains are as long as the sender likes.
    fn settle(&mut self, first: usize) -> Result<(), ScanError> {
        if !matches!(self.states.get(first), Some(State::Unseen)) {
            return Ok(());
        }
        let mut open = vec![first];
        while let Some(&at) = open.last() {
            let Some(place) = self.places.get(at).copied() else {
                return Ok(());
            };
            let other = self.first_unseen(at, &place)?;
            let state = match other {
                Some(_) => State::Open,
                None => State::Done(self.agree(at, &place)?),
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

    /// What must be settled before: what the place refers to, and the one of its client before it.
    fn first_unseen(&self, at: usize, place: &Place<'_>) -> Result<Option<usize>, ScanError> {
        let ids = match place.list {
            List::Root(..) => [None, None],
            List::Type(id, _) => [Some(id), None],
            List::Beside(ids) => ids,
        };
        let named = ids.into_iter().flatten().filter_map(|id| self.place(id));
        let range = self.clients.get(&place.client);
        let earlier = at
            .checked_sub(1)
            .filter(|at| range.is_some_and(|range| range.contains(at)));
        for other in named.chain(earlier) {
            match self.states.get(other) {
                Some(State::Unseen) => return Ok(Some(other)),
                Some(State::Open) => {
                    return Err(ScanError::Unreadable("items wait for one another"));
                }
                _ => {}
            }
        }
        Ok(None)
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

    fn decide(&mut self, list: &List<'_>) -> Result<Option<ListId>, ScanError> {
        match *list {
            List::Root(..) => Ok(Some(self.known.id(list))),
            List::Type(id, _) => {
                if !self.may_be_parent(id) {
                    return Err(ScanError::Unreadable(
                        "an item is in another that is no type",
                    ));
                }
                let above = self.list(id);
                let depth = above.map_or(0, |above| self.depth(above)) + 1;
                if depth > MAX_NESTING.into() {
                    return Err(ScanError::Nesting);
                }
                let here = self.known.id(list);
                self.depths.insert(here, depth);
                Ok(Some(here))
            }
            List::Beside(ids) => {
                let [left, right] = ids.map(|id| id.and_then(|id| self.list(id)));
                one_list(left, right)
            }
        }
    }

    fn may_be_parent(&self, id: Id) -> bool {
        match self.place(id).and_then(|at| self.places.get(at)) {
            Some(place) => matches!(place.content, Content::Type | Content::Deleted),
            None => self.known.may_be_parent(id),
        }
    }

    fn depth(&self, list: ListId) -> u32 {
        let depth = self.depths.get(&list).copied();
        depth.unwrap_or_else(|| self.known.depth(list))
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

    /// Most bytes that are moved when items are cut in two, where others go in between or parts are
    /// deleted, and joined when they turn out to go on from one another.
    fn moved(&self) -> u64 {
        let mut works: HashMap<u64, Work> = HashMap::new();
        for place in &self.places {
            let own = works.entry(place.client).or_default();
            own.items += 1;
            own.end = own.end.max(place.run.end);
            let List::Beside([left, right]) = place.list else {
                continue;
            };
            let before = place.run.start.checked_sub(1);
            own.joins += u64::from(left.is_some() && left == before.map(|at| (place.client, at)));
            let cuts = [
                left.filter(|&(client, clock)| self.cuts(client, clock + 1)),
                right.filter(|&(client, clock)| self.cuts(client, clock)),
            ];
            for (client, _) in cuts.into_iter().flatten() {
                works.entry(client).or_default().cuts += 1;
            }
        }
        for &(client, run) in &self.deletes {
            let known = self.known.client(client);
            let work = works.entry(client).or_default();
            work.end = work.end.max(run.end);
            let ends = [run.start, run.end].map(|clock| self.cuts(client, clock));
            work.cuts += ends.into_iter().map(u64::from).sum::<u64>();
            let texts = known.map_or(0, |known| known.unkeyed) + work.items;
            work.joins += texts.min(u64::from(run.end - run.start - 1));
        }
        works
            .iter()
            .map(|(&client, work)| self.bytes(client, work))
            .sum()
    }

    fn bytes(&self, client: u64, work: &Work) -> u64 {
        let known = self.known.client(client);
        let items = known.map_or(0, |known| known.items) + work.items + work.cuts;
        let joins = work.joins.min(items);
        // What is cut may be one long text.
        let of_cuts = work
            .cuts
            .saturating_mul(ITEM_BYTES * items + u64::from(work.end));
        of_cuts.saturating_add(joins.saturating_mul(ITEM_BYTES * items))
    }

    /// Whether something that begins or ends before this clock cuts what may be one item.
    fn cuts(&self, client: u64, clock: u32) -> bool {
        let Some(before) = clock.checked_sub(1) else {
            return false;
        };
        let inside = |run: Run| run.start < clock && clock < run.end;
        match self
            .place((client, before))
            .and_then(|at| self.places.get(at))
        {
            Some(place) => inside(place.run),
            None => self
                .known
                .run((client, before))
                .is_some_and(|(run, _)| inside(run)),
        }
    }
}

/// What an update does to one client's items.
#[derive(Debug, Default)]
struct Work {
    items: u64,
    cuts: u64,
    joins: u64,
    end: u32,
}
