//! What the end of an arrow would hold on to where it is put.
//!
//! Owns how near is near, and which of several elements is meant. Where the end is then,
//! `board::bound` says. Changes nothing.

use board::bound::{can_be_held, meant, shares};
use board::display::{DisplayList, Op};
use board::element::{Element, Kind};
use board::id::ElementId;
use board::links::Binding;
use board::style::Route;
use kurbo::{Point, Rect};

use crate::pointer::{Device, PointerEvent};
use crate::tool::View;
use crate::trace::accent;
use scene::{Node, Scene};

/// How near to an element counts as on it, screen pixels; a finger is less exact.
const REACH_PX: (f64, f64) = (10.0, 18.0);
/// What is further inside than this share of its shorter side is deep inside.
const EDGE: f64 = 0.35;
/// And no less far than this, screen pixels.
const DEEP_PX: f64 = 40.0;
/// Which share of a side, on either side of its middle, means its middle.
const CENTRAL: f64 = 0.25;
/// How wide the trace of what is held is, CSS pixels.
const TRACE_PX: f64 = 3.0;

/// An end that is put somewhere.
pub(crate) struct Loose<'a> {
    /// The line itself, if it is on the board.
    pub(crate) line: Option<&'a ElementId>,
    /// What its other end holds on to.
    pub(crate) other: Option<&'a ElementId>,
    /// How it goes.
    pub(crate) way: Route,
}

/// What an end that is put at a point of the board would hold on to; nothing with Ctrl.
pub(crate) fn at(
    view: &View<'_>,
    at: Point,
    event: &PointerEvent,
    end: &Loose<'_>,
) -> Option<Binding> {
    if event.modifiers.command {
        return None;
    }
    let (mouse, touch) = REACH_PX;
    let pixels = if event.device == Device::Touch {
        touch
    } else {
        mouse
    };
    let reach = pixels / view.camera.zoom();
    let around = Rect::from_center_size(at, (2.0 * reach, 2.0 * reach));
    let near = view.scene.in_rect(around).into_iter().rev().filter(|node| {
        let element = node.element();
        let own = [end.line, end.other].contains(&Some(&element.id));
        let free = !own && !view.scene.is_locked(node);
        free && can_be_held(&element.kind) && is_on(node, at, reach)
    });
    // What lies in a larger one is meant, and of two of a size the upper one.
    let area = |node: &&Node| node.element().frame().rect().area();
    let smallest = |a: &&Node, b: &&Node| area(a).total_cmp(&area(b));
    let (lines, others): (Vec<&Node>, Vec<&Node>) =
        near.partition(|node| node.element().kind.has_vertices());
    let deep = DEEP_PX / view.camera.zoom();
    let [line, mut other] = [lines, others].map(|nodes| {
        let node = nodes.into_iter().min_by(smallest)?;
        Some((node, binding(node.element(), at, deep)))
    });
    // Near an edge, where arrows end, the element is meant and not one of those.
    let edge = other.take_if(|(_, binding)| !binding.inside);
    let (node, mut binding) = edge.or(line).or(other)?;
    if !binding.inside && can_be_aimed_at(node.element()) {
        (binding.u, binding.v) = match end.way {
            Route::Elbow => beside_others(view.scene, node, end, on_side(node.element(), at, deep)),
            _ => at_tip(node.element(), &binding, at, reach).unwrap_or((0.5, 0.5)),
        };
    }
    Some(binding)
}

/// Traces what an end would hold on to, in screen space.
pub(crate) fn trace(list: &mut DisplayList, view: &View<'_>, id: Option<&ElementId>) {
    if let Some(node) = id.and_then(|id| view.scene.get(id)) {
        let element = node.element();
        let to_screen = view.camera.transform() * element.placement();
        list.stroke_color(accent(view.theme));
        list.op(Op::LineWidth, &[TRACE_PX]);
        list.path(&(to_screen * element.outline()));
        list.op(Op::Stroke, &[]);
    }
}

fn is_on(node: &Node, at: Point, reach: f64) -> bool {
    match node.element().kind {
        // What is inside is a matter of its members, or of nobody.
        Kind::Frame(_) | Kind::Line(_) | Kind::Arrow(_) => node.hit(at, reach),
        _ => node.hit(at, reach) || node.shows(at) && node.element().depth(at).1,
    }
}

/// Whether it is meant as a whole where it is not meant at a point.
fn can_be_aimed_at(element: &Element) -> bool {
    !element.kind.has_vertices() && !matches!(element.kind, Kind::Frame(_))
}

/// The place on the nearest side of a box, as shares of it: its middle, or the very place where that
/// is far away, also by hand. An elbow comes by that side.
fn on_side(element: &Element, at: Point, far: f64) -> (f64, f64) {
    let frame = element.frame();
    let (u, v) = shares(element, at);
    let to_side = |share: f64| if share < 0.5 { share } else { 1.0 - share };
    let along = |share: f64, side: f64| {
        let off = (share - 0.5).abs();
        if off <= CENTRAL || off * side.abs() <= far {
            0.5
        } else {
            share
        }
    };
    if to_side(u) * frame.w.abs() < to_side(v) * frame.h.abs() {
        (u.round(), along(v, frame.h))
    } else {
        (along(u, frame.w), v.round())
    }
}

/// The first place of a side, its middle or a quarter beside that, that is on the way of no other elbow
/// which joins the same two: none ends there, or just opposite.
fn beside_others(scene: &Scene, node: &Node, end: &Loose<'_>, place: (f64, f64)) -> (f64, f64) {
    let Some(other) = end.other else {
        return place;
    };
    let joined = scene.joined(&node.element().id, other);
    let (u, v) = place;
    let is_level = u == u.round();
    let free = |share: &f64| {
        let (here, opposite) = if is_level {
            ((u, *share), (1.0 - u, *share))
        } else {
            ((*share, v), (*share, 1.0 - v))
        };
        let mut others = joined.iter().filter(|(line, _)| Some(*line) != end.line);
        !others.any(|(_, [near, far])| (near.u, near.v) == here || (far.u, far.v) == opposite)
    };
    let middle = if is_level { v } else { u };
    if middle != 0.5 {
        return place;
    }
    let share = [0.5, 0.75, 0.25].into_iter().find(free).unwrap_or(middle);
    if is_level { (u, share) } else { (share, v) }
}

/// The corner that stands out of an outline and is so near to a point.
fn at_tip(element: &Element, binding: &Binding, at: Point, reach: f64) -> Option<(f64, f64)> {
    let tips = element.tips().into_iter().map(|(u, v)| {
        let there = Binding {
            u,
            v,
            ..binding.clone()
        };
        ((meant(element, &there) - at).hypot(), (u, v))
    });
    let near = tips.filter(|(away, _)| *away <= reach);
    Some(near.min_by(|a, b| a.0.total_cmp(&b.0))?.1)
}

fn binding(element: &Element, at: Point, deep: f64) -> Binding {
    let frame = element.frame();
    let edge = (EDGE * frame.w.abs().min(frame.h.abs())).min(deep);
    let (away, within) = element.depth(at);
    let (u, v) = shares(element, at);
    let is_deep = can_be_aimed_at(element) && within && away > edge;
    let (u, v, inside) = match element.kind {
        Kind::Line(_) | Kind::Arrow(_) => (u, v, true),
        // Its middle is far away as a rule: an end is where it was put on the border.
        Kind::Frame(_) => (u, v, false),
        _ if is_deep => (u, v, true),
        _ => (0.5, 0.5, false),
    };
    Binding {
        target: element.id.clone(),
        u,
        v,
        inside,
        gap: None,
    }
}
