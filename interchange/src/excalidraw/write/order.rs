//! The order of a scene's elements.
//!
//! Owns that what came from a file goes back in that file's order as long as nobody has changed the
//! stack; else it stands as it is painted here, frames behind what is in them.

use std::collections::HashMap;

use board::element::Kind;
use board::id::ElementId;
use serde_json::{Map, Value as Json};

use super::super::kept::Kept;
use super::{Object, Shown};

/// The objects of each element, in order. O(n log n).
pub(super) fn in_order(
    shown: &[Shown<'_>],
    kept: &[Option<Kept>],
    mut objects: Vec<Vec<Object>>,
) -> Vec<Map<String, Json>> {
    let tree = Tree::of(shown);
    let mut order = Vec::with_capacity(shown.len());
    let mut due: Vec<(usize, bool)> = tree.roots.iter().rev().map(|at| (*at, false)).collect();
    while let Some((place, is_done)) = due.pop() {
        let inside = tree.inside.get(&place).filter(|_| !is_done);
        if let Some(inside) = inside {
            due.push((place, true));
            due.extend(inside.iter().rev().map(|at| (*at, false)));
        } else {
            order.push(place);
        }
    }
    let ordered = order
        .into_iter()
        .filter_map(|place| objects.get_mut(place).map(std::mem::take));
    let mut ordered: Vec<Object> = ordered.flatten().collect();
    if tree.is_as_told(kept) {
        sort_as_told(&mut ordered);
    }
    add_indices(&mut ordered);
    ordered.into_iter().map(|object| object.fields).collect()
}

/// Puts what came from a file where it was, and what is new behind what it lies on.
fn sort_as_told(objects: &mut Vec<Object>) {
    let mut at = f64::NEG_INFINITY;
    let keyed = std::mem::take(objects).into_iter().map(|object| {
        at = object.at.unwrap_or(at);
        (at, object)
    });
    let mut keyed: Vec<(f64, Object)> = keyed.collect();
    keyed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    objects.extend(keyed.into_iter().map(|(_, object)| object));
}

/// Keys that came along stay while they say the same as the order; what has none is given one by whoever
/// opens the file.
fn add_indices(objects: &mut [Object]) {
    let keys = objects.iter().filter_map(|object| object.index.as_deref());
    if !keys.is_sorted_by(|a, b| a < b) {
        return;
    }
    for object in objects {
        if let Some(index) = object.index.take() {
            object.fields.insert("index".into(), Json::from(index));
        }
    }
}

/// Who is in whom.
struct Tree {
    roots: Vec<usize>,
    inside: HashMap<usize, Vec<usize>>,
}

impl Tree {
    fn of(shown: &[Shown<'_>]) -> Self {
        let places: HashMap<&ElementId, usize> = shown
            .iter()
            .enumerate()
            .map(|(at, shown)| (&shown.element.id, at))
            .collect();
        let mut tree = Self {
            roots: Vec::new(),
            inside: HashMap::new(),
        };
        for (place, Shown { element, .. }) in shown.iter().enumerate() {
            let parent = element
                .links
                .parent
                .as_ref()
                .and_then(|id| places.get(id))
                .copied();
            // Whatever holds others is painted before them, so that none is in itself.
            let holds = |at: &usize| {
                let holder = shown.get(*at).map(|shown| &shown.element.kind);
                *at < place && holder.is_some_and(Kind::holds_others)
            };
            match parent.filter(holds) {
                Some(parent) => tree.inside.entry(parent).or_default().push(place),
                None => tree.roots.push(place),
            }
        }
        tree
    }

    /// Whether everything lies as it did when it came: what is in one lay where its topmost did.
    fn is_as_told(&self, kept: &[Option<Kept>]) -> bool {
        let own = |kept: &Option<Kept>| kept.as_ref().and_then(|kept| kept.at);
        let mut tops: Vec<Option<f64>> = kept.iter().map(own).collect();
        // Members come behind their holders.
        for place in (0..tops.len()).rev() {
            let inside = self.inside.get(&place).into_iter().flatten();
            let top = inside.filter_map(|at| tops.get(*at).copied().flatten());
            let top = top
                .chain(tops.get(place).copied().flatten())
                .reduce(f64::max);
            if let Some(slot) = tops.get_mut(place) {
                *slot = top;
            }
        }
        let rows = self.inside.values().chain([&self.roots]);
        let as_told = |row: &Vec<usize>| {
            let tops = row.iter().filter_map(|at| tops.get(*at).copied().flatten());
            tops.is_sorted()
        };
        rows.into_iter().all(as_told)
    }
}
