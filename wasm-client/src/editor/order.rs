//! Moving the selection through the paint order, among what is in the same frame or group.

use board::document::Write;
use board::id::ElementId;
use board::order::OrderKey;

use super::Editor;
use super::holding::stack;
use scene::{Node, sort_nodes};
use scene::{Selection, selection_of};

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    ToFront,
    ToBack,
    Forward,
    Backward,
}

impl Editor {
    /// Moves the selected elements, keeping their order among themselves. O(n log n).
    pub(crate) fn reorder(&mut self, way: Way) {
        let free = self.free();
        let parent = |id: &ElementId| self.scene.get(id).and_then(Node::parent);
        let mut writes = Vec::new();
        let mut parents: Vec<Option<ElementId>> = Vec::new();
        for id in &free {
            let parent = parent(id).cloned();
            if !parents.contains(&parent) {
                parents.push(parent);
            }
        }
        for parent in parents {
            writes.extend(self.reorder_within(way, parent.as_ref(), &free));
        }
        self.commit(writes);
    }

    fn reorder_within(
        &mut self,
        way: Way,
        parent: Option<&ElementId>,
        chosen: &Selection,
    ) -> Vec<Write> {
        let siblings = self.scene.iter().filter(|node| node.parent() == parent);
        let mut all: Vec<&Node> = siblings.collect();
        sort_nodes(&mut all);
        let is_selected = |node: &&Node| chosen.contains(&node.element().id);
        let (selected, others): (Vec<&Node>, Vec<&Node>) =
            all.iter().copied().partition(is_selected);
        if selected.is_empty() || others.is_empty() {
            return Vec::new();
        }
        let place = match way {
            Way::ToFront => others.len(),
            Way::ToBack => 0,
            Way::Forward => self.place_forward(&all, &others, &selected),
            Way::Backward => self.place_backward(&all, &others, &selected),
        };
        let there = all.iter().skip(place).take(selected.len());
        if there.copied().all(|node| is_selected(&node)) {
            return Vec::new();
        }
        let below = place.checked_sub(1).and_then(|below| others.get(below));
        let below = below.map(|node| &node.element().id);
        let (below, over) = match (below, parent) {
            (Some(id), _) => self.scene.room_on_top(Some(id)),
            (None, Some(parent)) => {
                let holder = self
                    .scene
                    .get(parent)
                    .map(|node| node.element().order.clone());
                (holder, None)
            }
            (None, None) => (None, None),
        };
        let above = others.get(place).map(|node| node.element().order.clone());
        let selected = selection_of(selected.iter().map(|node| node.element().id.clone()));
        let stack = stack(&self.scene, &selected).into_iter();
        let ids: Vec<ElementId> = stack.map(|node| node.element().id.clone()).collect();
        let above = above.or(over);
        let mut random = || self.random.u64(..);
        let keys = OrderKey::spread(below.as_ref(), above.as_ref(), ids.len(), &mut random);
        let writes = ids.iter().zip(&keys);
        writes.map(|(id, key)| Write::order(id, key)).collect()
    }

    /// Just above the next element that overlaps the selection.
    fn place_forward(&self, all: &[&Node], others: &[&Node], selected: &[&Node]) -> usize {
        let is_selected = |node: &&Node| is_among(node, selected);
        let top = all.iter().rposition(is_selected);
        let above = all.iter().skip(top.map_or(0, |top| top + 1)).copied();
        let next = above.clone().find(|node| self.overlaps(node, selected));
        let target = next.or_else(|| above.clone().next());
        let place = |target: &Node| others.iter().position(|other| is_same(other, target));
        target
            .and_then(place)
            .map_or(others.len(), |place| place + 1)
    }

    /// Just below the next element that overlaps the selection.
    fn place_backward(&self, all: &[&Node], others: &[&Node], selected: &[&Node]) -> usize {
        let is_selected = |node: &&Node| is_among(node, selected);
        let bottom = all.iter().position(is_selected);
        let below = all.iter().take(bottom.unwrap_or(0)).rev().copied();
        let next = below.clone().find(|node| self.overlaps(node, selected));
        let target = next.or_else(|| below.clone().next());
        let place = |target: &Node| others.iter().position(|other| is_same(other, target));
        target.and_then(place).unwrap_or(0)
    }

    fn overlaps(&self, node: &Node, selected: &[&Node]) -> bool {
        let bounds = |node: &Node| self.scene.bounds_of([&node.element().id]);
        let own = bounds(node);
        let mut theirs = selected.iter().filter_map(|node| bounds(node));
        own.is_some_and(|own| theirs.any(|bounds| bounds.overlaps(own)))
    }
}

fn is_same(a: &Node, b: &Node) -> bool {
    a.element().id == b.element().id
}

fn is_among(node: &Node, nodes: &[&Node]) -> bool {
    nodes.iter().any(|other| is_same(other, node))
}
