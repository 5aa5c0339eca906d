//! Elements in their frames and groups, pages side by side.
//!
//! Owns that a document of several pages becomes one board: each page is a frame with its name.

use board::element::frame::Frame;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::ElementId;
use board::style::Style;
use kurbo::{Rect, Vec2};

use super::make::element;
use super::tree::Tree;
use super::{Cast, Losses};
use crate::loss::Loss;

/// Between what is on a page and its frame, and between frames.
const PADDING: f64 = 32.0;
const GAP: f64 = 96.0;
/// How large a page is on which nothing is seen.
const LEAST: f64 = 200.0;

/// All elements of a cast, bottom first.
pub(super) fn place(
    mut cast: Cast<'_>,
    tree: &Tree,
    random: &mut dyn FnMut() -> u128,
    losses: &mut Losses,
) -> Vec<Element> {
    let mut pages: Vec<Vec<Element>> = vec![Vec::new(); tree.pages.len()];
    for place in tree.order.iter().copied() {
        let parent = holder(&cast, tree, place);
        let Some(mut element) = cast.made.get(place).cloned().flatten() else {
            continue;
        };
        element.links = element.links.within(parent);
        if let Some(page) = pages.get_mut(tree.page(place)) {
            page.push(element);
        }
    }
    cast.made.clear();
    let many = pages.iter().filter(|page| !page.is_empty()).count() > 1;
    let mut placed = Vec::new();
    let mut right = 0.0;
    for (mut page, name) in pages.into_iter().zip(&tree.pages) {
        if !many {
            placed.append(&mut page);
        } else if !page.is_empty() {
            losses.count(Loss::Page);
            framed(page, name, &mut right, random, &mut placed);
        }
    }
    placed
}

/// The frame or group that a shape is in.
fn holder(cast: &Cast<'_>, tree: &Tree, place: usize) -> Option<ElementId> {
    let outwards = std::iter::successors(tree.parent(place), |at| tree.parent(*at));
    let mut made = outwards.filter_map(|at| cast.get(at));
    let holder = made.find(|element| element.kind.holds_others())?;
    Some(holder.id.clone())
}

/// Puts a page into a frame to the right of those before.
fn framed(
    page: Vec<Element>,
    name: &str,
    right: &mut f64,
    random: &mut dyn FnMut() -> u128,
    placed: &mut Vec<Element>,
) {
    let seen = page.iter().filter(|element| element.kind.is_painted());
    let all = seen.map(Element::bounds).reduce(|all, own| all.union(own));
    let all = all.unwrap_or(Rect::new(0.0, 0.0, LEAST, LEAST));
    let all = all.inflate(PADDING, PADDING).expand();
    let by = Vec2::new(*right - all.x0, -all.y0);
    *right += all.width() + GAP;
    let geometry = Geometry::from_rect(all + by);
    let mut frame = element(geometry, Style::default(), Kind::Frame(Frame::default()));
    frame.id = ElementId::from_random(random());
    frame.set_text(name);
    let id = frame.id.clone();
    placed.push(frame);
    for mut element in page {
        element.set_geometry(element.geometry.translated(by));
        if element.links.parent.is_none() {
            element.links = element.links.within(Some(id.clone()));
        }
        placed.push(element);
    }
}
