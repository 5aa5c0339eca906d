//! Moving the selection through the paint order.

use board::document::Write;
use board::element::Element;
use board::id::ElementId;
use board::order::OrderKey;

use super::Editor;

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
        let in_order = self.scene.in_order();
        let all: Vec<&Element> = in_order.iter().map(|node| node.element()).collect();
        let is_selected = |element: &&Element| self.chosen.selection.contains(&element.id);
        let (selected, others): (Vec<&Element>, Vec<&Element>) =
            all.iter().copied().partition(is_selected);
        if selected.is_empty() || others.is_empty() {
            return;
        }
        let place = match way {
            Way::ToFront => others.len(),
            Way::ToBack => 0,
            Way::Forward => self.place_forward(&all, &others),
            Way::Backward => self.place_backward(&all, &others),
        };
        let there = all.iter().skip(place).take(selected.len());
        if there.copied().all(|element| is_selected(&element)) {
            return;
        }
        let key = |index: Option<usize>| {
            index
                .and_then(|index| others.get(index))
                .map(|element| element.order.clone())
        };
        let (below, above) = (key(place.checked_sub(1)), key(Some(place)));
        let ids: Vec<ElementId> = selected.iter().map(|element| element.id.clone()).collect();
        let mut random = || self.random.u64(..);
        let keys = OrderKey::spread(below.as_ref(), above.as_ref(), ids.len(), &mut random);
        let writes = ids
            .iter()
            .zip(&keys)
            .map(|(id, key)| Write::order(id, key))
            .collect();
        self.commit(writes);
    }

    /// Keys above everything, ascending.
    pub(super) fn keys_on_top(&mut self, count: usize) -> Vec<OrderKey> {
        let mut random = || self.random.u64(..);
        OrderKey::spread(self.scene.top(), None, count, &mut random)
    }

    /// Just above the next element that overlaps the selection.
    fn place_forward(&self, all: &[&Element], others: &[&Element]) -> usize {
        let top = all
            .iter()
            .rposition(|element| self.chosen.selection.contains(&element.id));
        let above = all.iter().skip(top.map_or(0, |top| top + 1));
        let next = above
            .copied()
            .find(|element| self.overlaps_selection(element));
        let target = next.or_else(|| all.get(top.map_or(0, |top| top + 1)).copied());
        let place = |target: &Element| others.iter().position(|other| other.id == target.id);
        target
            .and_then(place)
            .map_or(others.len(), |place| place + 1)
    }

    /// Just below the next element that overlaps the selection.
    fn place_backward(&self, all: &[&Element], others: &[&Element]) -> usize {
        let bottom = all
            .iter()
            .position(|element| self.chosen.selection.contains(&element.id));
        let below = all.iter().take(bottom.unwrap_or(0)).rev().copied();
        let next = below
            .clone()
            .find(|element| self.overlaps_selection(element));
        let target = next.or_else(|| below.clone().next());
        let place = |target: &Element| others.iter().position(|other| other.id == target.id);
        target.and_then(place).unwrap_or(0)
    }

    fn overlaps_selection(&self, element: &Element) -> bool {
        let bounds = element.bounds();
        let mut selected = self
            .chosen
            .selection
            .iter()
            .filter_map(|id| self.scene.get(id));
        selected.any(|node| node.bounds().overlaps(bounds))
    }
}
