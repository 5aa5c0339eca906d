//! A scene of Excalidraw's as records of ours.
//!
//! Owns the way from sources to records: which count, what they are called, which text is whose label.
//! Its files own one question each.

mod bind;
mod files;
mod keep;
mod make;
mod tree;

use std::collections::{HashMap, HashSet};

use board::element::{Element, Kind};
use board::fields::Value;
use board::id::ElementId;
use board::limits::MAX_TEXT;
use board::links::LinkField;
use board::order::OrderKey;
use board::record::Record;
use board::text_layout::plain;

pub(super) use keep::{LEADS, sum_of_end};

use super::fields::{Type, Way};
use super::parse::{Scene, parse};
use super::source::Source;
use crate::bundle::Bundle;
use crate::css;
use crate::loss::{Loss, Losses};
use crate::refusal::Refused;

/// What a scene's file, or the clipboard, says that it is.
const KINDS: [&str; 3] = [
    "excalidraw",
    "excalidraw/clipboard",
    "excalidraw-api/clipboard",
];
/// The newest version of the file that is known.
const VERSION: f64 = 2.0;

/// Reads a scene: what stands in a file, on the clipboard, or in a picture. `random` gives bits for the
/// names of what has none of its own. O(text).
///
/// # Errors
/// When it is no scene, damaged, or beyond bounds.
pub fn read(text: &[u8], random: &mut dyn FnMut() -> u128) -> Result<Bundle, Refused> {
    let scene = parse(text)?;
    if !scene
        .kind
        .as_deref()
        .is_some_and(|kind| KINDS.contains(&kind))
    {
        return Err(Refused::Foreign("Excalidraw scene"));
    }
    if let Some(version) = scene.version.filter(|version| *version > VERSION) {
        return Err(Refused::Newer(version as u64));
    }
    let mut bundle = bundle(&scene, &scene.elements, random);
    (0..scene.malformed).for_each(|_| bundle.losses.count(Loss::Malformed));
    Ok(bundle)
}

/// The records of some of a scene's sources, with their files.
pub(crate) fn bundle(
    scene: &Scene<'_>,
    sources: &[Source],
    random: &mut dyn FnMut() -> u128,
) -> Bundle {
    let mut losses = Losses::default();
    let live = live(sources, &mut losses);
    let mut cast = Cast::of(live, random, &mut losses);
    let files = files::link(&mut cast, scene, &mut losses);
    tree::place(&mut cast, random, &mut losses);
    bind::bind(&mut cast);
    keep::keep(&mut cast, &files, &mut losses);
    let background = scene.background.as_deref().and_then(css::color);
    let background = background.filter(|color| color.0 != u32::MAX && !color.is_none());
    background
        .iter()
        .for_each(|_| losses.count(Loss::Background));
    let mut random = || random() as u64;
    let keys = OrderKey::spread(None, None, cast.order.len(), &mut random);
    let mut records = Vec::with_capacity(cast.order.len());
    for (at, key) in cast.order.iter().zip(keys) {
        if let Some(made) = cast.made.get_mut(*at) {
            made.element.order = key;
            records.push(Record::of(&made.element));
        }
    }
    Bundle {
        records,
        files: files.into_bundled(),
        title: None,
        background,
        losses,
    }
}

/// An element in the making, and where it comes from.
pub(super) struct Actor<'s> {
    pub(super) element: Element,
    /// Its source and that one's place in the file; none of groups.
    pub(super) source: Option<(&'s Source, usize)>,
    /// The text that is its label.
    pub(super) label: Option<(&'s Source, usize)>,
    pub(super) way: Option<Way>,
    /// Of a group: what it was called.
    pub(super) group: Option<String>,
}

/// All elements in the making.
pub(super) struct Cast<'s> {
    pub(super) made: Vec<Actor<'s>>,
    /// By what they were called: the first of several.
    pub(super) by_name: HashMap<&'s str, usize>,
    /// By what they are called now.
    pub(super) by_id: HashMap<ElementId, usize>,
    /// Bottom first.
    pub(super) order: Vec<usize>,
}

/// What counts, with its place in the file.
fn live<'s>(sources: &'s [Source], losses: &mut Losses) -> Vec<(&'s Source, usize)> {
    const KNOWN: [&str; 12] = [
        "rectangle",
        "diamond",
        "ellipse",
        "line",
        "arrow",
        "freedraw",
        "text",
        "image",
        "frame",
        "magicframe",
        "embeddable",
        "iframe",
    ];
    let mut live = Vec::with_capacity(sources.len());
    for (at, source) in sources.iter().enumerate() {
        match source.kind() {
            _ if source.is_deleted() => {}
            // What the mouse was about to select.
            "selection" => {}
            "text" if make::said(source).is_empty() => losses.count(Loss::Empty),
            kind if KNOWN.contains(&kind) => live.push((source, at)),
            _ => losses.count(Loss::UnknownType),
        }
    }
    live
}

impl<'s> Cast<'s> {
    /// Elements of sources, each under a name of its own, labels with what says them.
    fn of(
        live: Vec<(&'s Source, usize)>,
        random: &mut dyn FnMut() -> u128,
        losses: &mut Losses,
    ) -> Self {
        let labels = labels(&live, losses);
        let is_label: HashSet<usize> = labels.values().copied().collect();
        let mut cast = Self {
            made: Vec::with_capacity(live.len()),
            by_name: HashMap::new(),
            by_id: HashMap::new(),
            order: Vec::new(),
        };
        let mut taken = HashSet::new();
        for (place, (source, at)) in live.iter().enumerate() {
            if is_label.contains(&place) {
                continue;
            }
            let own = ElementId::parse(source.id()).ok();
            let id = own.filter(|id| !taken.contains(id));
            let id = id.unwrap_or_else(|| ElementId::from_random(random()));
            let Some(mut made) = make::make(source, id.clone()) else {
                losses.count(Loss::Empty);
                continue;
            };
            note_losses(source, losses);
            let label = labels
                .get(&place)
                .and_then(|label| live.get(*label))
                .copied();
            if let Some((text, _)) = label {
                say(text, &mut made.element, losses);
            }
            taken.insert(id);
            cast.by_id.insert(made.element.id.clone(), cast.made.len());
            cast.by_name.entry(source.id()).or_insert(cast.made.len());
            cast.made.push(Actor {
                element: made.element,
                source: Some((source, *at)),
                label,
                way: made.way,
                group: None,
            });
        }
        cast
    }

    /// The element that was called so.
    pub(super) fn named(&self, name: &str) -> Option<&Actor<'s>> {
        self.made.get(*self.by_name.get(name)?)
    }

    /// The element that is called so.
    pub(super) fn with_id(&self, id: &ElementId) -> Option<&Element> {
        Some(&self.made.get(*self.by_id.get(id)?)?.element)
    }
}

fn note_losses(source: &Source, losses: &mut Losses) {
    if source.cut {
        losses.count(Loss::Points);
    }
    if matches!(source.kind(), "embeddable" | "iframe") {
        losses.count(Loss::Embed);
    }
    if make::said(source).len() > MAX_TEXT {
        losses.count(Loss::LongText);
    }
}

/// Has an element say what a text says.
fn say(text: &Source, element: &mut Element, losses: &mut Losses) {
    let stroke = element.style.stroke;
    make::letters(text, &mut element.style, Some(stroke));
    if make::said(text).len() > MAX_TEXT {
        losses.count(Loss::LongText);
    }
    element.set_text(&plain(make::said(text)));
}

/// From the place of each container to that of its label. Both may say who belongs together; a text that
/// has no container, or comes after another, is a text of its own.
fn labels(live: &[(&Source, usize)], losses: &mut Losses) -> HashMap<usize, usize> {
    let mut places = HashMap::new();
    for (place, (source, _)) in live.iter().enumerate() {
        places.entry(source.id()).or_insert(place);
    }
    // Texts that do not say it themselves.
    let mut told: HashMap<&str, usize> = HashMap::new();
    for (place, (source, _)) in live.iter().enumerate() {
        let bound = source.get("boundElements").as_array();
        for bound in bound.into_iter().flatten() {
            if let Some(id) = bound.get("id").and_then(serde_json::Value::as_str) {
                told.entry(id).or_insert(place);
            }
        }
    }
    let mut labels = HashMap::new();
    for (place, (source, _)) in live.iter().enumerate() {
        if source.kind() != "text" {
            continue;
        }
        let own = source.text("containerId").and_then(|id| places.get(id));
        let Some(container) = own.or_else(|| told.get(source.id())).copied() else {
            continue;
        };
        let kind = live
            .get(container)
            .map_or("", |(container, _)| container.kind());
        if !matches!(kind, "rectangle" | "diamond" | "ellipse" | "arrow") {
            continue;
        }
        match labels.entry(container) {
            std::collections::hash_map::Entry::Vacant(free) => drop(free.insert(place)),
            std::collections::hash_map::Entry::Occupied(_) => losses.count(Loss::SecondText),
        }
    }
    labels
}

/// Whether an element is one that Excalidraw binds ends to, and what its type is there.
pub(super) fn kind_of(element: &Element) -> Option<Type> {
    match element.kind {
        Kind::Group(_) => None,
        _ => Type::of(element),
    }
}

/// Puts an element into a frame or group.
pub(super) fn put_into(element: &mut Element, parent: &ElementId) {
    element
        .links
        .set(LinkField::Parent, &Value::text(parent.as_str()));
}
