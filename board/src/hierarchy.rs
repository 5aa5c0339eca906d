//! Who is in whom: the parents that count, and the paint order that follows from them.
//!
//! Owns which of the parents that elements name are theirs, and how elements are compared. Works on
//! ids and order keys alone; knows no element, and not where they are kept.

use std::cmp::Ordering;

use crate::id::ElementId;
use crate::order::OrderKey;

/// A parent that is more than so many levels up is none.
pub const MAX_LEVELS: usize = 32;

/// An element's own place among its siblings.
pub type Rank = (OrderKey, ElementId);

/// The parents that an element has, the nearest first. `parent` gives the one that an element names,
/// if that one exists and can hold others. In a circle of names the smallest id has no parent.
/// O(levels²), and one question for most.
pub fn ancestors<'a>(
    id: &'a ElementId,
    parent: &dyn Fn(&ElementId) -> Option<&'a ElementId>,
) -> Vec<&'a ElementId> {
    let mut chain = Vec::new();
    let mut at = id;
    while chain.len() < MAX_LEVELS
        && let Some(next) = parent(at)
        && !is_smallest_in_circle(at, parent)
    {
        chain.push(next);
        at = next;
    }
    chain
}

fn is_smallest_in_circle<'a>(
    id: &ElementId,
    parent: &dyn Fn(&ElementId) -> Option<&'a ElementId>,
) -> bool {
    let mut at = id;
    for _ in 0..MAX_LEVELS {
        match parent(at) {
            Some(next) if next == id => return true,
            Some(next) if next > id => at = next,
            _ => return false,
        }
    }
    false
}

/// Bottom first: by the ranks of the outermost parents, then of the next, then by their own; what
/// holds others comes before them. `above` are the parents' ranks from the outermost inwards.
pub fn paint_order(
    (above_a, own_a): (&[Rank], (&OrderKey, &ElementId)),
    (above_b, own_b): (&[Rank], (&OrderKey, &ElementId)),
) -> Ordering {
    // Most have no parent, and a sort asks this of all of them.
    if above_a.is_empty() && above_b.is_empty() {
        return own_a.cmp(&own_b);
    }
    line(above_a, own_a).cmp(line(above_b, own_b))
}

fn line<'a>(
    above: &'a [Rank],
    own: (&'a OrderKey, &'a ElementId),
) -> impl Iterator<Item = (&'a OrderKey, &'a ElementId)> {
    let ranks = above.iter().map(|(key, id)| (key, id));
    ranks.chain(std::iter::once(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    type Names = HashMap<ElementId, ElementId>;

    fn id(name: &str) -> ElementId {
        ElementId::parse(name).unwrap()
    }

    fn names(pairs: &[(&str, &str)]) -> Names {
        let pair = |(child, parent): &(&str, &str)| (id(child), id(parent));
        pairs.iter().map(pair).collect()
    }

    fn above(of: &str, names: &Names) -> Vec<String> {
        let of = id(of);
        let chain = ancestors(&of, &|id| names.get(id));
        chain.into_iter().map(ElementId::to_string).collect()
    }

    #[test]
    fn parents_are_told_from_the_nearest_on() {
        let names = names(&[("a", "b"), ("b", "c")]);
        assert_eq!(above("a", &names), ["b", "c"]);
        assert_eq!(above("c", &names), Vec::<String>::new());
    }

    #[test]
    fn in_a_circle_the_smallest_has_no_parent_and_the_others_are_in_it() {
        for circle in [
            names(&[("a", "b"), ("b", "a")]),
            names(&[("a", "c"), ("c", "b"), ("b", "a"), ("out", "c")]),
            names(&[("a", "a"), ("b", "a")]),
        ] {
            assert_eq!(above("a", &circle), Vec::<String>::new());
            assert_eq!(above("b", &circle), ["a"]);
        }
        let circle = names(&[("b", "c"), ("c", "b"), ("a", "b")]);
        assert_eq!(
            above("a", &circle),
            ["b"],
            "what hangs on it is no part of it"
        );
    }

    #[test]
    fn what_is_far_up_is_no_parent() {
        let name = |n: usize| format!("e{n:03}");
        let long: Vec<_> = (0..100).map(|n| (name(n), name(n + 1))).collect();
        let pairs: Vec<_> = long.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let chain = above("e000", &names(&pairs));
        assert_eq!(chain.len(), MAX_LEVELS);
        assert_eq!(chain.last(), Some(&name(MAX_LEVELS)));
    }

    #[test]
    fn nothing_gets_under_the_ground_of_its_own_frame() {
        let key = |text: &str| OrderKey::parse(text).unwrap();
        let frame = (key("a5"), id("frame"));
        let (low, high) = (key("a1"), key("a7"));
        let (member, other) = (id("member"), id("other"));
        let inside = (std::slice::from_ref(&frame), (&low, &member));
        let ground = (&[][..], (&frame.0, &frame.1));
        let over = (&[][..], (&high, &other));
        assert_eq!(paint_order(ground, inside), Ordering::Less);
        assert_eq!(paint_order(inside, over), Ordering::Less);
        assert_eq!(paint_order(over, ground), Ordering::Greater);
    }

    proptest! {
        /// Whatever is named: chains end, nobody is their own parent, and all agree on who is in whom.
        #[test]
        fn every_naming_is_a_tree(parents in prop::collection::vec(prop::option::of(0..12usize), 12)) {
            let name = |n: usize| id(&format!("e{n:02}"));
            let pairs = parents.iter().enumerate();
            let names: Names = pairs.filter_map(|(n, p)| Some((name(n), name((*p)?)))).collect();
            for n in 0..12 {
                let own = name(n);
                let chain = ancestors(&own, &|id| names.get(id));
                prop_assert!(!chain.contains(&&own));
                if let Some((first, rest)) = chain.split_first() {
                    let theirs = ancestors(first, &|id| names.get(id));
                    prop_assert_eq!(rest, theirs.as_slice());
                }
            }
        }
    }
}
