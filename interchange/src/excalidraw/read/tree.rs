//! Frames, groups and the stack: who is in whom, and in which order all of it is painted.
//!
//! Owns that groups become elements: in a scene they are but names that their members bear, from the
//! innermost outwards. What is in one is together in the stack, where the topmost of it was.

use std::collections::HashMap;

use board::element::group::Group;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::hierarchy::MAX_LEVELS;
use board::id::ElementId;
use board::order::OrderKey;
use board::style::Style;

use super::{Actor, Cast, put_into};
use crate::circles;
use crate::loss::{Loss, Losses};

/// Gives every element its parent, makes the groups, and puts all of it in order.
pub(super) fn place(cast: &mut Cast<'_>, random: &mut dyn FnMut() -> u128, losses: &mut Losses) {
    let mut parents = parents(cast, random, losses);
    circles::cut(&mut parents, MAX_LEVELS, losses);
    let ids: Vec<ElementId> = cast
        .made
        .iter()
        .map(|made| made.element.id.clone())
        .collect();
    for (made, parent) in cast.made.iter_mut().zip(&parents) {
        if let Some(id) = parent.and_then(|parent| ids.get(parent)) {
            put_into(&mut made.element, id);
        }
    }
    cast.order = order(cast, &parents);
}

/// The parent of each by place; groups are made on the way.
fn parents(
    cast: &mut Cast<'_>,
    random: &mut dyn FnMut() -> u128,
    losses: &mut Losses,
) -> Vec<Option<usize>> {
    let mut groups: HashMap<String, usize> = HashMap::new();
    let mut parents = vec![None; cast.made.len()];
    for place in 0..cast.made.len() {
        let Some((source, _)) = cast.made.get(place).and_then(|made| made.source) else {
            continue;
        };
        let frame = source
            .text("frameId")
            .and_then(|id| cast.by_name.get(id))
            .copied();
        let is_frame = |at: &usize| {
            let made = cast.made.get(*at);
            made.is_some_and(|made| matches!(made.element.kind, Kind::Frame(_)))
        };
        let mut frame = frame.filter(is_frame);
        if frame == Some(place) {
            losses.count(Loss::Circle);
            frame = None;
        }
        let mut inside = place;
        for name in source.groups().take(MAX_LEVELS) {
            let known = groups.get(name).copied();
            let group = known.unwrap_or_else(|| {
                let group = group(name, random);
                groups.insert(name.to_owned(), cast.made.len());
                cast.by_id.insert(group.element.id.clone(), cast.made.len());
                cast.made.push(group);
                parents.push(None);
                cast.made.len() - 1
            });
            if let Some(parent) = parents.get_mut(inside).filter(|parent| parent.is_none()) {
                *parent = Some(group);
            }
            inside = group;
        }
        if let Some(parent) = parents.get_mut(inside).filter(|parent| parent.is_none()) {
            *parent = frame;
        }
    }
    parents
}

fn group<'s>(name: &str, random: &mut dyn FnMut() -> u128) -> Actor<'s> {
    let (id, kind) = (ElementId::from_random(random()), Kind::Group(Group));
    let (order, nowhere) = (OrderKey::default(), Geometry::default());
    Actor {
        element: Element::new(id, order, "".into(), nowhere, Style::default(), kind),
        source: None,
        label: None,
        way: None,
        group: Some(name.to_owned()),
    }
}

/// Bottom first, what holds others before them.
fn order(cast: &Cast<'_>, parents: &[Option<usize>]) -> Vec<usize> {
    // Where the topmost of each lies.
    let mut tops: Vec<usize> = cast
        .made
        .iter()
        .map(|made| made.source.map_or(0, |(_, at)| at))
        .collect();
    for place in 0..tops.len() {
        let own = tops.get(place).copied().unwrap_or_default();
        let mut at = place;
        while let Some(Some(parent)) = parents.get(at).copied() {
            if let Some(top) = tops.get_mut(parent) {
                *top = own.max(*top);
            }
            at = parent;
        }
    }
    let mut members: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (place, parent) in parents.iter().enumerate() {
        members.entry(*parent).or_default().push(place);
    }
    for row in members.values_mut() {
        row.sort_by_key(|place| tops.get(*place));
    }
    let mut order = Vec::with_capacity(parents.len());
    let mut due: Vec<usize> = members.remove(&None).unwrap_or_default();
    due.reverse();
    while let Some(place) = due.pop() {
        order.push(place);
        let inside = members.remove(&Some(place)).unwrap_or_default();
        due.extend(inside.into_iter().rev());
    }
    order
}
