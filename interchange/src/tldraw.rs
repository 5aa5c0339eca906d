//! Documents of tldraw, and what it puts on the clipboard: in.
//!
//! Owns the way from records there to elements here; its files own one question each. Of the schema's many
//! versions it reads what each of them says, field by field, and migrates nothing.

mod arrows;
mod cards;
mod ink;
mod looks;
mod lz;
mod make;
mod outlines;
mod parse;
mod place;
mod shape;
mod strokes;
mod tree;
mod words;

use std::collections::{HashMap, HashSet};

use board::element::Element;
use board::id::ElementId;
use board::order::OrderKey;
use board::record::Record;

use crate::bundle::Bundle;
use crate::loss::{Loss, Losses};
use crate::refusal::Refused;
use cards::Files;
use parse::Store;
use shape::Shape;
use tree::Tree;

/// Reads a document: what stands in a file, or on the clipboard. `random` gives bits for names. O(text).
///
/// # Errors
/// When it is none, damaged, or beyond bounds.
pub fn read(text: &[u8], random: &mut dyn FnMut() -> u128) -> Result<Bundle, Refused> {
    let packed;
    let mut store = Store::default();
    if let Some(inner) = store.take(text)? {
        packed = lz::unpack(&inner)?;
        store.take_unpacked(packed.as_bytes())?;
    }
    Ok(bundle(&mut store, random))
}

fn bundle(store: &mut Store<'_>, random: &mut dyn FnMut() -> u128) -> Bundle {
    let mut losses = Losses::default();
    (0..store.malformed).for_each(|_| losses.count(Loss::Malformed));
    let tree = Tree::of(&store.shapes, &store.pages, &mut losses);
    let mut files = Files::of(&store.assets);
    let mut cast = Cast::new(&store.shapes);
    for place in &tree.order {
        if let Some(shape) = store.shapes.get(*place) {
            let seat = tree.seat(*place);
            cast.add(
                *place,
                make::make(shape, &seat, &mut files, &mut losses),
                random,
            );
        }
    }
    arrows::bind(&mut cast, &store.bindings, &tree, &mut losses);
    let mut elements = place::place(cast, &tree, random, &mut losses);
    let mut random = || random() as u64;
    let keys = OrderKey::spread(None, None, elements.len(), &mut random);
    for (element, key) in elements.iter_mut().zip(keys) {
        element.order = key;
    }
    Bundle {
        records: elements.iter().map(Record::of).collect(),
        files: files.into_bundled(),
        title: store.title.take(),
        background: None,
        losses,
    }
}

/// All elements in the making.
struct Cast<'s> {
    shapes: &'s [Shape],
    /// By the place of its shape: none of what was left out.
    made: Vec<Option<Element>>,
    by_name: HashMap<&'s str, usize>,
    taken: HashSet<ElementId>,
}

impl<'s> Cast<'s> {
    fn new(shapes: &'s [Shape]) -> Self {
        let mut by_name = HashMap::new();
        for (place, shape) in shapes.iter().enumerate() {
            by_name.entry(shape.id.as_str()).or_insert(place);
        }
        Self {
            shapes,
            made: vec![None; shapes.len()],
            by_name,
            taken: HashSet::new(),
        }
    }

    /// Takes what was made of a shape, under a name of its own.
    fn add(&mut self, place: usize, made: Option<Element>, random: &mut dyn FnMut() -> u128) {
        let (Some(mut element), Some(shape)) = (made, self.shapes.get(place)) else {
            return;
        };
        let name = shape.id.strip_prefix("shape:").unwrap_or(&shape.id);
        let own = ElementId::parse(name).ok();
        let own = own.filter(|id| !self.taken.contains(id));
        element.id = own.unwrap_or_else(|| ElementId::from_random(random()));
        self.taken.insert(element.id.clone());
        if let Some(seat) = self.made.get_mut(place) {
            *seat = Some(element);
        }
    }

    fn remove(&mut self, place: usize) {
        if let Some(seat) = self.made.get_mut(place) {
            *seat = None;
        }
    }

    fn get(&self, place: usize) -> Option<&Element> {
        self.made.get(place)?.as_ref()
    }
}
