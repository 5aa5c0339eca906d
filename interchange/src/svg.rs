//! SVG: in, as elements where it is made of what boards have, else as a picture.
//!
//! Owns that it is one or the other as a whole, and how much may become elements; its files own one question
//! each. A scene that is in an SVG is read by others.

mod heads;
mod lines;
mod look;
mod made;
mod make;
mod not_ours;
mod numbers;
mod picture;
mod shapes;
mod sheet;
mod text;
mod tree;
mod unlike;
mod values;
mod ways;
mod window;

use board::element::{Element, Kind};
use board::file::FileHash;
use board::geometry::Geometry;
use board::hierarchy::MAX_LEVELS;
use board::id::ElementId;
use board::order::OrderKey;
use board::picture::look_at_all;
use board::record::Record;
use board::style::{Color, Theme, canvas};
use kurbo::Rect;
use roxmltree::{Document, ParsingOptions};

use crate::bundle::{Bundle, BundledFile};
use crate::refusal::Refused;
use made::Made;
pub use not_ours::NotOurs;
use tree::Tree;

/// Most elements: more parts than a large diagram has. What has more is an illustration, which nobody
/// changes line by line and which would burden a board for ever.
const MAX_ELEMENTS: usize = 1_000;
/// Most points of all lines, for the same reason.
const MAX_POINTS: usize = 20_000;
/// Most parts that are looked at, uses counted each time.
const MAX_VISITS: usize = 20_000;
/// Deepest nesting, uses included: programs write a dozen levels.
const MAX_DEPTH: usize = 64;
/// Most nodes, as for a picture.
const MAX_NODES: u32 = 500_000;
/// Longest of what can be elements, bytes: [`MAX_POINTS`] take a tenth, pictures within it the rest.
const MAX_BYTES: usize = 8 << 20;
/// What sheets of paper behind all are filled with, besides a board's own colour.
const PAPER: Color = Color(0xffff_ffff);

/// So much shorter than the whole such a sheet may be, a share.
const SHORT: f64 = 1.0 / 50.0;

/// Reads an SVG: its elements, or a picture of it. `random` gives bits for names. O(text).
///
/// # Errors
/// When it is none, damaged, or beyond the bounds of pictures.
pub fn read(svg: &[u8], random: &mut dyn FnMut() -> u128) -> Result<Bundle, Refused> {
    let clean = clean_svg::clean(svg).map_err(Refused::Drawing)?;
    match elements(svg, random) {
        Ok(bundle) => Ok(bundle),
        Err(_) => as_picture(&clean, random),
    }
}

/// The elements that an SVG is made of: all of it, or why it is a picture. What is within bounds for
/// pictures may be given. O(text).
///
/// # Errors
/// When a part of it is none that boards have.
pub fn elements(svg: &[u8], random: &mut dyn FnMut() -> u128) -> Result<Bundle, NotOurs> {
    if svg.len() > MAX_BYTES {
        return Err(NotOurs::Many);
    }
    let text = str::from_utf8(svg).map_err(|_| NotOurs::Damaged)?;
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let text = text.trim_start_matches('\u{feff}');
    let document = Document::parse_with_options(text, options).map_err(|_| NotOurs::Damaged)?;
    let mut tree = Tree::of(&document)?;
    let (mut made, view) = tree.read(document.root_element())?;
    if let Some(view) = view {
        take_paper(&mut made, view);
    }
    let mut elements = Vec::new();
    for made in made {
        place(made, None, 0, random, &mut elements);
    }
    if elements.is_empty() {
        return Err(NotOurs::Nothing);
    }
    Ok(Bundle {
        files: tree.files,
        losses: tree.losses,
        ..bundle(elements, random)
    })
}

fn as_picture(clean: &[u8], random: &mut dyn FnMut() -> u128) -> Result<Bundle, Refused> {
    let picture = look_at_all(clean).map_err(|_| Refused::Broken("SVG"))?;
    let file = BundledFile {
        hash: FileHash::of(clean),
        picture,
        bytes: clean.to_vec(),
    };
    let size = Rect::new(0.0, 0.0, picture.width.into(), picture.height.into());
    let mut image = picture::shown(&file, Geometry::from_rect(size), 1.0);
    image.id = ElementId::from_random(random());
    Ok(Bundle {
        files: vec![file],
        ..bundle(vec![image], random)
    })
}

/// Elements in their order.
fn bundle(mut elements: Vec<Element>, random: &mut dyn FnMut() -> u128) -> Bundle {
    let mut bits = || random() as u64;
    let keys = OrderKey::spread(None, None, elements.len(), &mut bits);
    for (element, key) in elements.iter_mut().zip(keys) {
        element.order = key;
    }
    Bundle {
        records: elements.iter().map(Record::of).collect(),
        ..Bundle::default()
    }
}

/// Gives names to what was made, groups before what is in them.
fn place(
    made: Made,
    parent: Option<&ElementId>,
    level: usize,
    random: &mut dyn FnMut() -> u128,
    into: &mut Vec<Element>,
) {
    let mut named = |mut element: Element| {
        element.id = ElementId::from_random(random());
        element.links = element.links.within(parent.cloned());
        element
    };
    match made {
        Made::One(element) => into.push(named(*element)),
        // A level is left for what it is put into.
        Made::Group(members) if members.len() > 1 && level + 2 < MAX_LEVELS => {
            let group = named(make::group());
            let id = group.id.clone();
            into.push(group);
            for member in members {
                place(member, Some(&id), level + 1, random, into);
            }
        }
        Made::Group(members) => {
            for member in members {
                place(member, parent, level, random, into);
            }
        }
    }
}

/// Takes away a white sheet that is as large as the whole and behind everything: a board is one.
fn take_paper(made: &mut Vec<Made>, view: Rect) {
    let mut leaves = Vec::new();
    made.iter_mut().for_each(|made| made.leaves(&mut leaves));
    let (Some(first), true) = (leaves.first(), leaves.len() > 1) else {
        return;
    };
    let bounds = first.frame().bounds();
    let sides = [
        bounds.x0 - view.x0,
        bounds.y0 - view.y0,
        view.x1 - bounds.x1,
        view.y1 - bounds.y1,
    ];
    let near = (view.size().max_side() * SHORT).max(1.0);
    let covers = matches!(first.kind, Kind::Closed(_)) && sides.iter().all(|side| *side < near);
    let style = &first.style;
    let is_paper = [PAPER, canvas(Theme::Light)].contains(&style.fill);
    if covers && is_paper && style.stroke.is_none() && style.opacity == 1.0 {
        drop_first(made);
    }
}

fn drop_first(made: &mut Vec<Made>) {
    match made.first_mut() {
        Some(Made::Group(members)) => drop_first(members),
        Some(Made::One(_)) => drop(made.remove(0)),
        None => {}
    }
}
