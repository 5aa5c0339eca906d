//! How deep shared types are nested in one another.
//!
//! Owns the depth of every item inside a nested type, so that an update which goes too deep is
//! refused before it is applied. Knows no document: it follows the ids that items name.
//! What this copy's own client wrote is not looked at: the server writes nothing, and elements
//! do not nest types.

use std::collections::HashMap;

use crate::limits::MAX_NESTING;
use crate::scan::{Id, Place, Run, ScanError};

/// Items of one client that are so many types below a root type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    client: u64,
    run: Run,
    depth: u16,
}

/// The depth of all items that are not directly in a root type.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// By client, ascending.
    levels: HashMap<u64, Vec<Level>>,
}

impl Nesting {
    /// Whether no type is nested.
    pub(super) fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// The depths of an update's items. O(items of the update).
    ///
    /// # Errors
    /// When one is too deep.
    pub(super) fn judge(&self, places: &[Place]) -> Result<Vec<Level>, ScanError> {
        let mut judge = Judge {
            known: self,
            places,
            starts: HashMap::new(),
            states: vec![State::Unseen; places.len()],
        };
        for (at, place) in places.iter().enumerate() {
            judge.starts.entry(place.client).or_default().push(at);
        }
        for at in 0..places.len() {
            judge.settle(at);
        }
        let mut levels = Vec::new();
        for (place, state) in places.iter().zip(judge.states) {
            let State::Done(depth) = state else { continue };
            if depth > MAX_NESTING {
                return Err(ScanError::Nesting);
            }
            if depth > 0 {
                levels.push(Level {
                    client: place.client,
                    run: place.run,
                    depth,
                });
            }
        }
        Ok(levels)
    }

    /// Remembers the depths of an update that was applied.
    pub(super) fn note(&mut self, levels: Vec<Level>) {
        for mut level in levels {
            let known = self.levels.entry(level.client).or_default();
            let end = known.last().map_or(0, |last| last.run.end);
            // Updates may repeat what is here.
            level.run.start = level.run.start.max(end);
            match known.last_mut() {
                _ if level.run.start >= level.run.end => {}
                Some(last) if last.run.end == level.run.start && last.depth == level.depth => {
                    last.run.end = level.run.end;
                }
                _ => known.push(level),
            }
        }
    }

    fn depth(&self, (client, clock): Id) -> u16 {
        let Some(levels) = self.levels.get(&client) else {
            return 0;
        };
        let after = levels.partition_point(|level| level.run.start <= clock);
        let level = after.checked_sub(1).and_then(|at| levels.get(at));
        level.map_or(0, |level| {
            if clock < level.run.end {
                level.depth
            } else {
                0
            }
        })
    }
}

/// An update's items while their depths are found.
struct Judge<'a> {
    known: &'a Nesting,
    places: &'a [Place],
    /// Which of `places` are a client's, ascending.
    starts: HashMap<u64, Vec<usize>>,
    states: Vec<State>,
}

/// How far one place is.
#[derive(Debug, Clone, Copy)]
enum State {
    Unseen,
    Open,
    Done(u16),
}

impl Judge<'_> {
    /// Finds the depth of one place, and first of all that it refers to: by a stack of its own,
    /// because chains are as long as the sender likes.
    fn settle(&mut self, first: usize) {
        let mut open = vec![first];
        while let Some(&at) = open.last() {
            match self.look(at) {
                Ok(depth) => {
                    self.mark(at, State::Done(depth));
                    open.pop();
                }
                Err(other) => {
                    self.mark(at, State::Open);
                    open.push(other);
                }
            }
        }
    }

    /// The depth of a place, or which other one must be settled before. One that is open refers
    /// to itself in a circle: such an update is never complete, and is refused when applied.
    fn look(&self, at: usize) -> Result<u16, usize> {
        let Some(place) = self.places.get(at) else {
            return Ok(0);
        };
        let below = place.under.map(|id| (id, 1));
        let beside = place.beside.iter().flatten().map(|&id| (id, 0));
        let mut depth = 0;
        for (id, step) in below.into_iter().chain(beside) {
            let other = match self.at(id) {
                None => self.known.depth(id),
                Some(other) => match self.states.get(other) {
                    Some(State::Unseen) => return Err(other),
                    Some(State::Done(depth)) => *depth,
                    Some(State::Open) | None => 0,
                },
            };
            depth = depth.max(other.saturating_add(step));
        }
        Ok(depth)
    }

    fn mark(&mut self, at: usize, state: State) {
        if let Some(place) = self.states.get_mut(at) {
            *place = state;
        }
    }

    /// Which place of the update an id is in.
    fn at(&self, (client, clock): Id) -> Option<usize> {
        let starts = self.starts.get(&client)?;
        let after = starts.partition_point(|&at| {
            let place = self.places.get(at);
            place.is_some_and(|place| place.run.start <= clock)
        });
        let at = starts.get(after.checked_sub(1)?).copied()?;
        let place = self.places.get(at)?;
        (clock < place.run.end).then_some(at)
    }
}
