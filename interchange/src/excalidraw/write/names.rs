//! What elements are called in a scene.
//!
//! Owns that each has a name of its own: the one that it came with, unless it is a copy of something that
//! has it; else its name on the board.

use std::collections::{HashMap, HashSet};

use board::id::ElementId;

use super::super::kept::Kept;
use super::Shown;

/// Names by place and by id.
#[derive(Debug, Default)]
pub(super) struct Names {
    own: Vec<String>,
    labels: Vec<String>,
    places: HashMap<ElementId, usize>,
    told: HashMap<String, usize>,
}

impl Names {
    pub(super) fn of(shown: &[Shown<'_>], kept: &[Option<Kept>]) -> Self {
        let mut taken: HashSet<String> = HashSet::new();
        let mut names = Self::default();
        // Names that came along go first: a new one must not stand in their way.
        let mut claim = |name: Option<&str>| {
            let name = name.filter(|name| !name.is_empty())?;
            taken.insert(name.to_owned()).then(|| name.to_owned())
        };
        let claimed: Vec<[Option<String>; 2]> = kept
            .iter()
            .map(|kept| {
                let own = claim(kept.as_ref().map(|kept| kept.id.as_str()));
                let text = kept.as_ref().and_then(|kept| kept.text.as_ref());
                // A copy's label is a copy too.
                let label = own
                    .as_ref()
                    .and_then(|_| claim(text.map(|text| text.id.as_str())));
                [own, label]
            })
            .collect();
        let mut fresh = |base: &str| {
            let mut name = base.to_owned();
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            name
        };
        for (place, (shown, [own, label])) in shown.iter().zip(claimed).enumerate() {
            let id = shown.element.id.as_str();
            if let Some(own) = &own {
                names.told.insert(own.clone(), place);
            }
            names.own.push(own.unwrap_or_else(|| fresh(id)));
            names
                .labels
                .push(label.unwrap_or_else(|| fresh(&format!("{id}-text"))));
            names.places.insert(shown.element.id.clone(), place);
        }
        names
    }

    pub(super) fn of_place(&self, place: usize) -> &str {
        self.own.get(place).map_or("", String::as_str)
    }

    pub(super) fn of_label(&self, place: usize) -> &str {
        self.labels.get(place).map_or("", String::as_str)
    }

    pub(super) fn place(&self, id: &ElementId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The place of what still bears the name that it came with.
    pub(super) fn told(&self, name: &str) -> Option<usize> {
        self.told.get(name).copied()
    }
}
