//! Libraries of Excalidraw: items that are put on boards again and again.
//!
//! Owns how they lie: each in a frame with its name, in rows, as large as it was drawn.

use std::collections::HashMap;

use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::ElementId;
use board::order::OrderKey;
use board::record::Record;
use board::style::Style;
use kurbo::{Point, Rect, Size, Vec2};

use crate::bundle::Bundle;
use crate::excalidraw::bundle;
use crate::excalidraw::parse::{Item, Scene, parse};
use crate::loss::Loss;
use crate::refusal::Refused;

/// Between what is in an item and its frame, board units.
const PADDING: f64 = 24.0;
/// Between frames, and above them for their names.
const GAP: Size = Size::new(48.0, 72.0);
/// Rows end behind so many board units.
const ROW: f64 = 1600.0;
/// The newest version of the file that is known.
const VERSION: f64 = 2.0;

/// Reads a library. `random` gives bits for names. O(text).
///
/// # Errors
/// When it is no library, damaged, or beyond bounds.
pub fn read(text: &[u8], random: &mut dyn FnMut() -> u128) -> Result<Bundle, Refused> {
    let scene = parse(text)?;
    if scene.kind.as_deref() != Some("excalidrawlib") {
        return Err(Refused::Foreign("Excalidraw library"));
    }
    if let Some(version) = scene.version.filter(|version| *version > VERSION) {
        return Err(Refused::Newer(version as u64));
    }
    let mut library = Bundle::default();
    let mut elements = Vec::new();
    let mut pen = Pen::default();
    (0..scene.malformed).for_each(|_| library.losses.count(Loss::Malformed));
    for item in &scene.items {
        let bundle = framed(&scene, item, &mut pen, random, &mut elements);
        library.losses.add(&bundle.losses);
        let known = library
            .files
            .iter()
            .map(|file| file.hash)
            .collect::<Vec<_>>();
        let fresh = bundle
            .files
            .into_iter()
            .filter(|file| !known.contains(&file.hash));
        library.files.extend(fresh);
    }
    let mut random = || random() as u64;
    let keys = OrderKey::spread(None, None, elements.len(), &mut random);
    for (mut element, key) in elements.into_iter().zip(keys) {
        element.order = key;
        library.records.push(Record::of(&element));
    }
    Ok(library)
}

/// Where the next frame goes.
#[derive(Default)]
struct Pen {
    at: Point,
    /// How high the row is so far.
    row: f64,
}

impl Pen {
    /// A place for something as large.
    fn place(&mut self, size: Size) -> Point {
        if self.at.x > 0.0 && self.at.x + size.width > ROW {
            self.at = Point::new(0.0, self.at.y + self.row + GAP.height);
            self.row = 0.0;
        }
        let at = self.at;
        self.at.x += size.width + GAP.width;
        self.row = self.row.max(size.height);
        at
    }
}

/// Puts an item into a frame, under names of its own: items of one library share theirs.
fn framed(
    scene: &Scene<'_>,
    item: &Item,
    pen: &mut Pen,
    random: &mut dyn FnMut() -> u128,
    elements: &mut Vec<Element>,
) -> Bundle {
    let bundle = bundle(scene, &item.elements, random);
    let mut names = HashMap::new();
    for name in bundle.records.iter().filter_map(Record::name) {
        names.insert(name.clone(), ElementId::from_random(random()));
    }
    let named = bundle.records.iter().filter_map(|record| {
        let name = record.name()?;
        let mut element = record.element(names.get(name)?.clone());
        let renamed = |name: &ElementId| names.get(name).cloned();
        element.links = element.links.of_copy(&renamed, &|_| false);
        Some(element)
    });
    let mut inside: Vec<Element> = named.collect();
    let seen = inside.iter().filter(|element| element.kind.is_painted());
    let all = seen.map(Element::bounds).reduce(|all, own| all.union(own));
    let Some(all) = all.map(|all| all.inflate(PADDING, PADDING).expand()) else {
        return bundle;
    };
    let at = pen.place(all.size());
    let mut frame = Element::new(
        ElementId::from_random(random()),
        OrderKey::default(),
        "".into(),
        Geometry::from_rect(Rect::from_origin_size(at, all.size())),
        Style::default(),
        Kind::Frame(board::element::frame::Frame::default()),
    );
    frame.set_text(item.name.as_deref().unwrap_or_default());
    let by: Vec2 = at - all.origin();
    for element in &mut inside {
        element.set_geometry(element.geometry.translated(by));
        if element.links.parent.is_none() {
            element.links = element.links.within(Some(frame.id.clone()));
        }
    }
    elements.push(frame);
    elements.extend(inside);
    bundle
}
