//! How much a picture becomes where it shows its own parts again.
//!
//! Owns that sum, its bound, and that nothing shows itself. Knows not what is shown.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use crate::Unclean;
use crate::sheets::Sheets;
use crate::values::{local, named};

/// Most elements, counted once for each time that they are shown.
const MAX_SHOWN: u64 = 1_000_000;
/// Deepest nesting, parts that are shown again included.
const MAX_DEPTH: usize = 256;

/// How much a picture is, each of its parts counted once for each time that it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// Elements.
    pub elements: u64,
    /// Bytes of what their attributes say.
    pub letters: u64,
    /// Bytes of text.
    pub words: u64,
    /// Elements that could stand at the corners of its ways, if each were marked by the heaviest marker.
    pub marks: u64,
    /// Rules of style.
    pub rules: u64,
    /// How deep it is nested.
    pub depth: u64,
}

/// Refuses a picture that is too deep, shows too much, or itself; else says how much it is. O(picture).
pub(crate) fn bound(root: Node<'_, '_>) -> Result<Shown, Unclean> {
    let mut names: HashMap<&str, Node<'_, '_>> = HashMap::new();
    for node in root.descendants() {
        if let Some(id) = node.attribute("id") {
            names.entry(id).or_insert(node);
        }
    }
    let sheets = Sheets::of(root);
    let mut scales = Scales {
        names,
        sheets: &sheets,
        known: HashMap::new(),
        marker: 0,
    };
    let weight = scales.element(root, 0)?;
    if weight.elements > MAX_SHOWN {
        return Err(Unclean::Uses);
    }
    Ok(Shown {
        elements: weight.elements,
        letters: weight.letters,
        words: weight.words,
        marks: weight.ways.saturating_mul(scales.marker),
        rules: sheets.rules,
        depth: weight.depth,
    })
}

/// Of an element with all that it shows.
#[derive(Clone, Copy, Default)]
struct Weight {
    elements: u64,
    letters: u64,
    words: u64,
    /// Bytes of ways: a corner has two at least.
    ways: u64,
    depth: u64,
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.elements = self.elements.saturating_add(other.elements);
        self.letters = self.letters.saturating_add(other.letters);
        self.words = self.words.saturating_add(other.words);
        self.ways = self.ways.saturating_add(other.ways);
        self.depth = self.depth.max(other.depth + 1);
    }
}

/// What is weighed once: an element, or what rules of style have those show that they are for.
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
enum Part<'a> {
    Element(NodeId),
    Selector(&'a str),
    Rule(usize),
}

struct Scales<'a, 'i, 's> {
    names: HashMap<&'a str, Node<'a, 'i>>,
    sheets: &'s Sheets<'a>,
    /// None of what is being weighed.
    known: HashMap<Part<'a>, Option<Weight>>,
    /// The heaviest marker, in elements.
    marker: u64,
}

impl<'a, 'i> Scales<'a, 'i, '_> {
    fn element(&mut self, node: Node<'a, 'i>, depth: usize) -> Result<Weight, Unclean> {
        self.once(Part::Element(node.id()), depth, |scales| {
            let mut all = Weight {
                elements: 1,
                ..Weight::default()
            };
            for child in node.children() {
                if child.is_element() {
                    all.add(scales.element(child, depth + 1)?);
                } else {
                    all.words += child.text().unwrap_or_default().len() as u64;
                }
            }
            for attribute in node.attributes() {
                let (name, value) = (attribute.name(), attribute.value());
                all.letters += value.len() as u64;
                if matches!(name, "d" | "points") {
                    all.ways += value.len() as u64 / 2;
                }
                let own = (name == "href").then(|| local(value)).flatten();
                scales.targets(own.into_iter().chain(named(value)), depth, &mut all)?;
            }
            for selector in scales.sheets.of_element(node) {
                all.add(scales.selector(selector, depth + 1)?);
            }
            if node.tag_name().name() == "marker" {
                scales.marker = scales.marker.max(all.elements);
            }
            Ok(all)
        })
    }

    fn selector(&mut self, selector: &'a str, depth: usize) -> Result<Weight, Unclean> {
        self.once(Part::Selector(selector), depth, |scales| {
            let mut all = Weight::default();
            let sheets = scales.sheets;
            for rule in sheets.rules(selector) {
                all.add(scales.rule(rule, depth + 1)?);
            }
            Ok(all)
        })
    }

    fn rule(&mut self, rule: usize, depth: usize) -> Result<Weight, Unclean> {
        self.once(Part::Rule(rule), depth, |scales| {
            let mut all = Weight::default();
            let body = scales.sheets.body(rule);
            scales.targets(named(body), depth, &mut all)?;
            Ok(all)
        })
    }

    fn targets(
        &mut self,
        names: impl Iterator<Item = &'a str>,
        depth: usize,
        all: &mut Weight,
    ) -> Result<(), Unclean> {
        for name in names {
            if let Some(target) = self.names.get(name) {
                all.add(self.element(*target, depth + 1)?);
            }
        }
        Ok(())
    }

    fn once(
        &mut self,
        part: Part<'a>,
        depth: usize,
        weigh: impl FnOnce(&mut Self) -> Result<Weight, Unclean>,
    ) -> Result<Weight, Unclean> {
        if depth > MAX_DEPTH {
            return Err(Unclean::Deep);
        }
        match self.known.get(&part) {
            Some(Some(weight)) => return Ok(*weight),
            // It is being weighed: it shows itself.
            Some(None) => return Err(Unclean::Uses),
            None => drop(self.known.insert(part, None)),
        }
        let weight = weigh(self)?;
        self.known.insert(part, Some(weight));
        Ok(weight)
    }
}
