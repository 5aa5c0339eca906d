//! What is painted above the tiles while something is dragged, so that no tile is painted with every
//! event: all that moves, and what lies above it, each at its place in the stack.
//!
//! Owns what of the scene that is. Knows no canvas.

use std::collections::BTreeSet;

use board::element::Kind;
use board::id::ElementId;
use kurbo::Rect;

use super::stand_ins::StandIns;
use scene::Selection;
use scene::{Node, Scene};

/// Painting more than so many elements of the scene with every event costs as much as the tiles.
const MOST: usize = 256;

/// What of the scene lies above anything that moves, or did so before in this gesture: where it is seen,
/// nothing may be painted under it that moves. `None` when that is too much, or blends with what it
/// lies on, as only what is painted among it can. O(what is within the box of it all).
// In one piece it can come late.
#[inline(never)]
pub(super) fn afloat(
    stand_ins: &StandIns,
    before: Option<&Selection>,
    scene: &Scene,
) -> Option<Selection> {
    let moving = || stand_ins.nodes.values();
    if moving().any(blends) {
        return None;
    }
    let still = |id: &&ElementId| scene.get(id).is_some() && !stand_ins.taken.contains(*id);
    // What was painted above once stays there until the end: no tile changes twice.
    let mut found: BTreeSet<ElementId> = before
        .into_iter()
        .flatten()
        .filter(still)
        .cloned()
        .collect();
    let floating = found.iter().filter_map(|id| scene.get(id));
    let mut floating: Vec<&Node> = moving().chain(floating).collect();
    let lowest = *floating.iter().min_by(|a, b| a.paint_order(b))?;
    // What a frame clips that changes lies where that stands.
    let frames = stand_ins.taken.iter().filter_map(|id| scene.get(id));
    let frames = frames.filter(|node| matches!(node.element().kind, Kind::Frame(_)));
    floating.extend(frames);
    let mut area = around(&floating)?;
    loop {
        let mut grown = area;
        for node in scene.near(area) {
            let id = &node.element().id;
            if stand_ins.taken.contains(id) || node.paint_order(lowest).is_lt() {
                continue;
            }
            if !found.contains(id) {
                if found.len() == MOST || blends(node) {
                    return None;
                }
                found.insert(id.clone());
                grown = grown.union(node.bounds());
            }
        }
        // What was found may be covered in turn.
        if grown == area {
            return Some(found);
        }
        area = grown;
    }
}

fn around(nodes: &[&Node]) -> Option<Rect> {
    let boxes = nodes.iter().map(|node| node.bounds());
    boxes.reduce(|all, next| all.union(next))
}

fn blends(node: &Node) -> bool {
    matches!(&node.element().kind, Kind::Ink(ink) if ink.highlights())
}
