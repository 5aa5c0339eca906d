//! Documents that are made anew: of what a file brings, or of what lives on a board.
//!
//! Owns that nothing of a document comes along but what is there: no text of what was deleted, no older
//! look, nobody's name of a browser.

use std::collections::{HashMap, HashSet};

use board::document::{Document, Write};
use board::element::Element;
use board::id::{ClientId, ElementId};
use board::record::Record;
use board::title;
use scene::Scene;

use crate::bundle::BundledFile;

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
    document
}
