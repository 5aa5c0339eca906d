//! What it takes to link items into their lists, found out without a document.
//!
//! Where several people wrote at one place, every library walks over what is there already to find
//! where an item goes (the YATA algorithm), so that a few forged bytes could cost hours. Owns a
//! rehearsal of that walk, in the order in which Yjs and yrs take an update in: it counts steps and
//! stops at a bound. Knows ids and neighbours of items, not what they hold.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::scan::{Id, List, Place};

/// Items that wait for others, of which a library looks through so many in the time of a step.
const WAITING_PER_STEP: u64 = 64;
/// Values of a key that a library passes in the time of a step.
const VALUES_PER_STEP: u64 = 2;

/// It would take more steps than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooHeavy;

/// A place in [`Rehearsal::items`].
type At = u32;

#[derive(Debug, Clone, Copy)]
struct Item {
    id: Id,
    end: u32,
    origin: Option<Id>,
    right_origin: Option<Id>,
    left: Option<At>,
    right: Option<At>,
    list: usize,
    /// The walk that came by last, and how often it had moved on by then.
    seen: (u64, u64),
}

#[derive(Debug, Default)]
struct Head {
    first: Option<At>,
    size: u64,
    keyed: bool,
}

/// Lists of items. Costs some 100 bytes for each.
#[derive(Debug)]
pub(super) struct Rehearsal<'a> {
    items: Vec<Item>,
    /// Where each begins.
    starts: BTreeMap<Id, At>,
    heads: Vec<Head>,
    names: HashMap<List<'a>, usize>,
    walks: u64,
    steps: u64,
    most: u64,
}

impl<'a> Rehearsal<'a> {
    /// No item yet; at most so many steps, of some 60 ns in yrs, will be allowed.
    pub(super) fn new(most: u64) -> Self {
        Self {
            items: Vec::new(),
            starts: BTreeMap::new(),
            heads: Vec::new(),
            names: HashMap::new(),
            walks: 0,
            steps: 0,
            most,
        }
    }

    /// Takes the items of an update in, of which one past the last clock held before is `held`.
    /// O((items + steps) · log items).
    ///
    /// # Errors
    /// When that takes too many steps.
    pub(super) fn take(
        &mut self,
        places: Vec<Place<'a>>,
        held: impl Fn(u64) -> u32,
    ) -> Result<(), TooHeavy> {
        let mut queues: BTreeMap<u64, VecDeque<Place<'a>>> = BTreeMap::new();
        for place in places {
            if let Some(rest) = beyond(place, &held) {
                queues.entry(rest.client).or_default().push_back(rest);
            }
        }
        let mut stack: Vec<Place<'a>> = Vec::new();
        let mut stacked: HashMap<u64, u32> = HashMap::new();
        while let Some(place) = stack.pop().or_else(|| next_of_highest(&mut queues)) {
            stacked.remove(&place.client);
            let ids = references(&place.list);
            let before = ids.into_iter().flatten().find(|&(client, clock)| {
                let queued = queues.get(&client).and_then(VecDeque::front);
                queued.is_some_and(|first| first.run.start <= clock)
                    || stacked.get(&client).is_some_and(|&start| start <= clock)
            });
            let Some((client, _)) = before else {
                self.link(&place)?;
                continue;
            };
            self.count(1 + stack.len() as u64 / WAITING_PER_STEP)?;
            stacked.insert(place.client, place.run.start);
            stack.push(place);
            if stacked.contains_key(&client) {
                // In a circle, which would take for ever.
                return Err(TooHeavy);
            }
            stack.extend(queues.get_mut(&client).and_then(VecDeque::pop_front));
        }
        Ok(())
    }

    /// How many steps have been taken.
    pub(super) fn steps(&self) -> u64 {
        self.steps
    }

    /// From now on, so many steps are allowed in all.
    pub(super) fn allow(&mut self, most: u64) {
        self.most = most;
    }

    fn link(&mut self, place: &Place<'a>) -> Result<(), TooHeavy> {
        let [origin, right_origin] = match place.list {
            List::Beside(ids) => ids,
            _ => [None, None],
        };
        let left = origin.and_then(|(client, clock)| {
            let at = self.containing((client, clock))?;
            self.split(at, clock + 1);
            Some(at)
        });
        let right = right_origin.and_then(|(client, clock)| {
            let at = self.containing((client, clock))?;
            self.split(at, clock).or(Some(at))
        });
        let Some(list) = self.list_of(left.or(right), &place.list) else {
            // Its neighbours were collected as garbage, and it is with them.
            return Ok(());
        };
        let mut item = Item {
            id: (place.client, place.run.start),
            end: place.run.end,
            origin,
            right_origin,
            left,
            right,
            list,
            seen: (0, 0),
        };
        let meets = match (left, right) {
            (None, None) => true,
            (None, Some(right)) => self.item(right).is_some_and(|it| it.left.is_some()),
            (Some(left), _) => self.item(left).and_then(|it| it.right) != right,
        };
        if meets {
            item.left = self.walk(&item)?;
        }
        self.insert(item);
        Ok(())
    }

    /// The walk: what the item goes behind.
    fn walk(&mut self, item: &Item) -> Result<Option<At>, TooHeavy> {
        self.walks += 1;
        let (walk, mut moved) = (self.walks, 0);
        let mut left = item.left;
        let mut next = match left {
            Some(left) => self.item(left).and_then(|it| it.right),
            None => {
                let head = self.heads.get(item.list);
                let values = head.map_or(0, |head| if head.keyed { head.size } else { 0 });
                let first = head.and_then(|head| head.first);
                self.count(values / VALUES_PER_STEP)?;
                first
            }
        };
        while let Some(at) = next
            && next != item.right
        {
            self.count(1)?;
            let Some(other) = self.items.get_mut(at as usize) else {
                break;
            };
            other.seen = (walk, moved);
            let other = *other;
            if other.origin == item.origin {
                if other.id.0 < item.id.0 {
                    left = next;
                    moved += 1;
                } else if other.right_origin == item.right_origin {
                    break;
                }
            } else {
                let origin = other.origin.and_then(|id| self.containing(id));
                match origin.and_then(|at| self.item(at)).map(|it| it.seen) {
                    Some((by, at)) if by == walk => {
                        if at != moved {
                            left = next;
                            moved += 1;
                        }
                    }
                    _ => break,
                }
            }
            next = other.right;
        }
        Ok(left)
    }

    fn insert(&mut self, mut item: Item) {
        let Ok(at) = At::try_from(self.items.len()) else {
            return;
        };
        let before = item.left.and_then(|left| self.items.get_mut(left as usize));
        let head = self.heads.get_mut(item.list);
        item.right = match (before, &head) {
            (Some(before), _) => before.right.replace(at),
            (None, Some(head)) => head.first,
            (None, None) => None,
        };
        if let Some(head) = head {
            head.size += 1;
            if item.left.is_none() {
                head.first = Some(at);
            }
        }
        if let Some(after) = item.right.and_then(|it| self.items.get_mut(it as usize)) {
            after.left = Some(at);
        }
        self.starts.insert(item.id, at);
        self.items.push(item);
    }

    /// Splits an item before a clock that is inside it; the second half.
    fn split(&mut self, at: At, clock: u32) -> Option<At> {
        let first = self.items.get_mut(at as usize)?;
        if clock <= first.id.1 || first.end <= clock {
            return None;
        }
        let second = Item {
            id: (first.id.0, clock),
            origin: Some((first.id.0, clock - 1)),
            left: Some(at),
            ..*first
        };
        first.end = clock;
        self.insert(second);
        self.item(at)?.right
    }

    fn list_of(&mut self, neighbour: Option<At>, list: &List<'a>) -> Option<usize> {
        if let Some(neighbour) = neighbour {
            return self.item(neighbour).map(|item| item.list);
        }
        let keyed = match list {
            List::Beside(_) => return None,
            List::Root(_, key) | List::Type(_, key) => key.is_some(),
        };
        let heads = &mut self.heads;
        Some(*self.names.entry(*list).or_insert_with(|| {
            heads.push(Head {
                keyed,
                ..Head::default()
            });
            heads.len() - 1
        }))
    }

    fn item(&self, at: At) -> Option<&Item> {
        self.items.get(at as usize)
    }

    fn containing(&self, id: Id) -> Option<At> {
        let (&(client, _), &at) = self.starts.range(..=id).next_back()?;
        let item = self.item(at)?;
        (client == id.0 && id.1 < item.end).then_some(at)
    }

    fn count(&mut self, steps: u64) -> Result<(), TooHeavy> {
        self.steps += steps;
        if self.steps > self.most {
            return Err(TooHeavy);
        }
        Ok(())
    }
}

/// What of a place is not here yet: the rest of it goes on from the last clock that is.
fn beyond<'a>(mut place: Place<'a>, held: impl Fn(u64) -> u32) -> Option<Place<'a>> {
    let held = held(place.client);
    if place.run.start < held {
        let right = match place.list {
            List::Beside([_, right]) => right,
            _ => None,
        };
        place.list = List::Beside([Some((place.client, held - 1)), right]);
        place.run.start = held;
    }
    (place.run.start < place.run.end).then_some(place)
}

fn next_of_highest<'a>(queues: &mut BTreeMap<u64, VecDeque<Place<'a>>>) -> Option<Place<'a>> {
    loop {
        let mut highest = queues.last_entry()?;
        match highest.get_mut().pop_front() {
            Some(place) => return Some(place),
            None => drop(highest.remove()),
        }
    }
}

/// The items that must be there before.
fn references(list: &List<'_>) -> [Option<Id>; 2] {
    match *list {
        List::Root(..) => [None, None],
        List::Type(id, _) => [Some(id), None],
        List::Beside(ids) => ids,
    }
}

#[cfg(test)]
mod tests;
