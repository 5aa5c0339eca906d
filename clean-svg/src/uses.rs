//! How much a picture becomes where it shows its own parts again.
//!
//! Owns that bound, and that nothing shows itself. Knows not what is shown.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use crate::Unclean;
use crate::values::local;

/// Most elements, counted once for each time that they are shown.
const MAX_SHOWN: u64 = 1_000_000;
/// Deepest nesting, parts that are shown again included.
const MAX_DEPTH: usize = 256;

/// Refuses a picture that is too deep, shows too much, or itself.
pub(crate) fn bound(root: Node<'_, '_>) -> Result<(), Unclean> {
    let ids = root
        .descendants()
        .filter_map(|node| Some((node.attribute("id")?, node)));
    let mut names: HashMap<&str, Node<'_, '_>> = HashMap::new();
    for (id, node) in ids {
        names.entry(id).or_insert(node);
    }
    let mut known = HashMap::new();
    let shown = weight(root, &names, &mut known, 0)?;
    if shown > MAX_SHOWN {
        return Err(Unclean::Uses);
    }
    Ok(())
}

/// How many elements one shows, itself and references included. Each is counted once, so that this is
/// O(picture).
fn weight<'a, 'i>(
    node: Node<'a, 'i>,
    names: &HashMap<&str, Node<'a, 'i>>,
    known: &mut HashMap<NodeId, Option<u64>>,
    depth: usize,
) -> Result<u64, Unclean> {
    if depth > MAX_DEPTH {
        return Err(Unclean::Deep);
    }
    match known.get(&node.id()) {
        Some(Some(weight)) => return Ok(*weight),
        // It is being counted: it shows itself.
        Some(None) => return Err(Unclean::Uses),
        None => drop(known.insert(node.id(), None)),
    }
    let mut all: u64 = 1;
    for child in node.children().filter(Node::is_element) {
        all = all.saturating_add(weight(child, names, known, depth + 1)?);
    }
    for attribute in node.attributes() {
        for name in references(attribute.name(), attribute.value()) {
            if let Some(target) = names.get(name) {
                all = all.saturating_add(weight(*target, names, known, depth + 1)?);
            }
        }
    }
    known.insert(node.id(), Some(all));
    Ok(all)
}

/// The names in the picture that an attribute means.
fn references<'v>(name: &str, value: &'v str) -> impl Iterator<Item = &'v str> {
    let own = (name == "href").then(|| local(value)).flatten();
    let parts = value.split("url(").skip(1);
    let named = parts.filter_map(|part| {
        let inside = part.split(')').next()?.trim();
        local(inside.trim_matches(['"', '\'']))
    });
    own.into_iter().chain(named)
}
