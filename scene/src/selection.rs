//! What is selected: a set of elements' names. Knows no element.

use std::collections::BTreeSet;

use board::id::ElementId;

/// What is selected.
pub type Selection = BTreeSet<ElementId>;

/// A selection of these. Inserted one by one: collecting would bring in a sort of its own.
pub fn selection_of(ids: impl IntoIterator<Item = ElementId>) -> Selection {
    let mut selection = Selection::new();
    ids.into_iter().for_each(|id| {
        selection.insert(id);
    });
    selection
}
