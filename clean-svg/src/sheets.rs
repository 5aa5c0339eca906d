//! What style sheets have elements show.
//!
//! Owns which elements a rule could be for: by the first part of the last word of its selector, so rather
//! more of them than fewer. Knows not what is shown.

use std::collections::HashMap;

use roxmltree::Node;

use crate::values::named;

/// The rules that name parts of the picture, by what they are for: `.class`, `#id`, an element's name, or
/// `*`, which stands for all that is not as simple.
#[derive(Default)]
pub(crate) struct Sheets<'a> {
    rules_for: HashMap<&'a str, Vec<usize>>,
    bodies: Vec<&'a str>,
    /// How many rules there are, others included.
    pub(crate) rules: u64,
}

impl<'a> Sheets<'a> {
    /// All style sheets of a picture.
    pub(crate) fn of(root: Node<'a, '_>) -> Self {
        let mut sheets = Self::default();
        let styles = root
            .descendants()
            .filter(|node| node.tag_name().name() == "style");
        for text in styles.flat_map(|style| style.children().filter_map(|child| child.text())) {
            for rule in text.split('}') {
                if let Some((selectors, body)) = rule.split_once('{') {
                    sheets.rule(selectors, body);
                }
            }
        }
        sheets
    }

    fn rule(&mut self, selectors: &'a str, body: &'a str) {
        let names = named(body).next().is_some();
        for selector in selectors.split(',') {
            self.rules += 1;
            if names {
                let known = self.rules_for.entry(simple(selector)).or_default();
                known.push(self.bodies.len());
            }
        }
        if names {
            self.bodies.push(body);
        }
    }

    /// The rules of one sort, by their numbers.
    pub(crate) fn rules(&self, selector: &str) -> impl Iterator<Item = usize> {
        self.rules_for.get(selector).into_iter().flatten().copied()
    }

    /// What a rule says.
    pub(crate) fn body(&self, rule: usize) -> &'a str {
        self.bodies.get(rule).copied().unwrap_or_default()
    }

    /// The sorts of rules that could be for an element.
    pub(crate) fn of_element(&self, node: Node<'_, '_>) -> Vec<&'a str> {
        let name = node.tag_name().name();
        // They are no shapes: nothing is shown in their place.
        let bare = matches!(name, "stop" | "linearGradient" | "radialGradient" | "style");
        if self.rules_for.is_empty() || bare {
            return Vec::new();
        }
        let classes = node.attribute("class").unwrap_or_default();
        let marked = |mark: char, name: &str| {
            let key = self.rules_for.get_key_value(&*format!("{mark}{name}"));
            key.map(|(key, _)| *key)
        };
        let classes = classes
            .split_ascii_whitespace()
            .filter_map(|class| marked('.', class));
        let id = node.attribute("id").and_then(|id| marked('#', id));
        let plain = [name, "*"].into_iter();
        let plain =
            plain.filter_map(|name| self.rules_for.get_key_value(name).map(|(key, _)| *key));
        let mut sorts: Vec<&str> = classes.chain(id).chain(plain).collect();
        sorts.sort_unstable();
        sorts.dedup();
        sorts
    }
}

/// What an element must be at least that a selector is for.
fn simple(selector: &str) -> &str {
    let last = selector
        .trim()
        .rsplit([' ', '\t', '\n', '\r', '>', '+', '~']);
    let last = last.into_iter().next().unwrap_or_default();
    let named = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
    let mark = last.len() - last.trim_start_matches(['.', '#']).len();
    let end = last
        .get(mark..)
        .and_then(|rest| rest.find(|letter| !named(letter)));
    let end = end.map_or(last.len(), |end| mark + end);
    match last.get(..end) {
        Some(name) if mark <= 1 && end > mark => name,
        _ => "*",
    }
}
