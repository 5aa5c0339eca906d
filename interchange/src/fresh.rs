//! Documents that are made anew: of what a file brings, or of what lives on a board.
//!
//! Owns that nothing of a document comes along but what is there: no text of what was deleted, no older
//! look, nobody's name of a browser.

use std::collections::{HashMap, HashSet};

use board::document::{Document, Write};
use board::element::Element;
use board::id::{ClientId, ElementId};
use board::order::OrderKey;
use board::record::Record;
use board::title;
use kurbo::Vec2;
use scene::Scene;

use crate::bundle::BundledFile;

/// Between what is on a board and what is put beside it, board units.
const BESIDE: f64 = 96.0;

/// A board of records, under new names. `random` gives bits for them.
pub fn of_records(
    records: Vec<Record>,
    title: &str,
    files: &[BundledFile],
    client: ClientId,
    random: &mut dyn FnMut() -> u128,
) -> Document {
    let mut names: HashMap<ElementId, ElementId> = HashMap::new();
    let mut fresh = Vec::with_capacity(records.len());
    for record in &records {
        let id = ElementId::from_random(random());
        names.extend(record.name().map(|name| (name.clone(), id.clone())));
        fresh.push(id);
    }
    let elements = records.iter().zip(fresh).map(|(record, id)| {
        let mut element = record.element(id);
        let renamed = |name: &ElementId| names.get(name).cloned();
        element.links = element.links.of_copy(&renamed, &|_| false);
        element
    });
    born(elements.collect(), title, files, client)
}

/// A board with what lives on another, as it stands there.
pub fn anew(document: &Document, files: &[BundledFile], client: ClientId) -> Document {
    let scene = Scene::rebuild(document);
    let nodes = scene.in_order();
    let living: HashSet<ElementId> = nodes.iter().map(|node| node.element().id.clone()).collect();
    let stays = |id: &ElementId| living.get(id).cloned();
    let elements = nodes.iter().map(|node| {
        let mut element = node.stored().clone();
        element.links = element.links.of_copy(&stays, &|id| living.contains(id));
        element.by = "".into();
        element
    });
    born(elements.collect(), &document.title(), files, client)
}

fn born(elements: Vec<Element>, name: &str, files: &[BundledFile], client: ClientId) -> Document {
    let mut document = Document::new(client);
    write(&mut document, &elements, name, files);
    document
}

fn write(document: &mut Document, elements: &[Element], name: &str, files: &[BundledFile]) {
    let mut writes: Vec<Write> = elements.iter().map(Write::birth).collect();
    let facts = files.iter().map(|file| (file, file.bytes.len() as u64));
    writes.extend(facts.map(|(file, bytes)| Write::file(file.hash, &file.picture, bytes)));
    if !title::readable(name).is_empty() {
        writes.push(Write::title(name));
    }
    let says = |element: &Element| element.text().is_some_and(|text| !text.is_empty());
    let texts = elements.iter().filter(|element| says(element));
    let texts: Vec<(&ElementId, &str)> = texts
        .map(|element| (&element.id, element.text().unwrap_or_default()))
        .collect();
    document.commit_with_texts(writes, &texts);
}

/// Puts what lives on a board on another, under new names and above all that is there: where it lay on a
/// board that is empty, else beside that. `random` gives bits for names and places.
pub fn put_on(
    target: &mut Document,
    source: &Document,
    files: &[BundledFile],
    random: &mut dyn FnMut() -> u128,
) {
    let (there, here) = (Scene::rebuild(target), Scene::rebuild(source));
    let by = match (there.bounds(), here.bounds()) {
        (Some(there), Some(here)) => Vec2::new(there.x1 + BESIDE - here.x0, there.y0 - here.y0),
        _ => Vec2::ZERO,
    };
    let nodes = here.in_order();
    let names: HashMap<ElementId, ElementId> = nodes
        .iter()
        .map(|node| (node.element().id.clone(), ElementId::from_random(random())))
        .collect();
    let mut bits = || random() as u64;
    let keys = OrderKey::spread(there.top(), None, nodes.len(), &mut bits);
    let elements = nodes.iter().zip(keys).filter_map(|(node, key)| {
        let mut element = node.stored().clone();
        element.id = names.get(&element.id)?.clone();
        let renamed = |name: &ElementId| names.get(name).cloned();
        element.links = element.links.of_copy(&renamed, &|_| false);
        element.by = "".into();
        element.order = key;
        element.set_geometry(element.geometry.translated(by));
        Some(element)
    });
    let elements: Vec<Element> = elements.collect();
    let name = match target.title().is_empty() {
        true => source.title(),
        false => String::new(),
    };
    write(target, &elements, &name, files);
}
