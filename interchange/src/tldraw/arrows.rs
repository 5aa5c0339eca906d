//! Arrows: where they go, and what their ends hold on to.
//!
//! Owns that an arrow is where tldraw draws it: a bend is a distance from the middle of the way, and an end
//! that holds on aims at a share of its target's box.

use std::collections::HashMap;

use board::bound::{can_be_held, shares};
use board::element::arrow::Arrow;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::links::{Binding, Held, Links};
use board::style::{Color, Head, StyleField};
use kurbo::{Line as Segment, Point};
use serde_json::Value as Json;

use super::looks::{self, head, size};
use super::make::{element, finish, label};
use super::parse;
use super::shape::{Shape, point};
use super::tree::{Seat, Tree};
use super::{Cast, Losses};
use crate::loss::Loss;

/// Arrows that bend less are straight, board units.
const STRAIGHT: f64 = 8.0;
/// Between an end with a head and the outline that it points at, beside half of both lines.
const GAP: f64 = 10.0;

/// An arrow through the points that it says itself, without its words.
pub(super) fn arrow(shape: &Shape, seat: &Seat) -> Option<Element> {
    let mut style = finish(shape);
    let filled = !style.fill.is_none();
    style.fill = Color::NONE;
    let ends = [
        (StyleField::StartHead, "arrowheadStart", Head::None),
        (StyleField::EndHead, "arrowheadEnd", Head::Arrow),
    ];
    for (field, name, usual) in ends {
        let (head, _) = head(named(shape, name, usual), filled);
        if head != usual {
            style.set(field, &Value::text(head.name()));
        }
    }
    let route = match (is_elbow(shape), is_bent(shape)) {
        (true, _) => Some("elbow"),
        (false, true) => Some("curved"),
        (false, false) => None,
    };
    if let Some(route) = route {
        style.set(StyleField::Route, &Value::text(route));
    }
    let end = |name: &str| seat.on_page(point(shape.get(name)).unwrap_or_default());
    let (start, end) = (end("start"), end("end"));
    // What holds on to others says nothing of its own in some versions.
    let (geometry, arrow) = through(shape, start, end).or_else(|| Arrow::through(&[start]))?;
    Some(element(geometry, style, Kind::Arrow(arrow)))
}

fn named<'s>(shape: &'s Shape, field: &str, usual: Head) -> &'s str {
    match shape.text(field) {
        "" => usual.name(),
        name => name,
    }
}

fn is_elbow(shape: &Shape) -> bool {
    shape.text("kind") == "elbow"
}

fn bend(shape: &Shape) -> f64 {
    shape.number("bend").unwrap_or_default()
}

fn is_bent(shape: &Shape) -> bool {
    bend(shape).abs() >= STRAIGHT * shape.scale() && !is_elbow(shape)
}

/// The way from one end to the other, by the middle of a bend.
fn through(shape: &Shape, start: Point, end: Point) -> Option<(Geometry, Arrow)> {
    let way = end - start;
    if way.hypot() == 0.0 {
        return None;
    }
    match is_bent(shape) {
        false => Arrow::through(&[start, end]),
        true => {
            let aside = kurbo::Vec2::new(-way.y, way.x) / way.hypot() * bend(shape);
            Arrow::through(&[start, start.midpoint(end) + aside, end])
        }
    }
}

/// What an end holds on to, as either version of the schema says it.
#[derive(Clone, Copy)]
struct Told<'s> {
    target: &'s str,
    props: &'s Json,
}

impl Told<'_> {
    fn truth(&self, field: &str) -> Option<bool> {
        self.props.get(field).and_then(Json::as_bool)
    }

    /// Where it aims, shares of the target's box.
    fn anchor(&self) -> Point {
        let anchor = self.props.get("normalizedAnchor").and_then(point);
        let middle = Point::new(0.5, 0.5);
        match self.truth("isPrecise") {
            Some(false) => middle,
            _ => anchor.unwrap_or(middle),
        }
    }
}

/// Has all arrows of a cast hold on to what they say, and say their words.
pub(super) fn bind(
    cast: &mut Cast<'_>,
    bindings: &[parse::Binding],
    tree: &Tree,
    losses: &mut Losses,
) {
    let mut told: HashMap<(&str, bool), Told<'_>> = HashMap::new();
    for binding in bindings {
        let is_end = binding.props.get("terminal").and_then(Json::as_str) == Some("end");
        let one = Told {
            target: &binding.target,
            props: &binding.props,
        };
        told.entry((&binding.arrow, is_end)).or_insert(one);
    }
    for place in tree.order.iter().copied() {
        let Some(shape) = cast.shapes.get(place).filter(|shape| shape.kind == "arrow") else {
            continue;
        };
        let ends = [("start", false), ("end", true)].map(|(name, is_end)| {
            let own = shape.get(name);
            let inside = own.get("boundShapeId").and_then(Json::as_str);
            let inside = inside.map(|target| Told { target, props: own });
            inside.or_else(|| told.get(&(shape.id.as_str(), is_end)).copied())
        });
        let bound = hold(cast, place, shape, &tree.seat(place), ends, losses);
        let Some(mut arrow) = bound.or_else(|| cast.get(place).cloned()) else {
            continue;
        };
        if arrow.vertices().len() < 2 {
            losses.count(Loss::Empty);
            cast.remove(place);
            continue;
        }
        for (name, usual) in [
            ("arrowheadStart", Head::None),
            ("arrowheadEnd", Head::Arrow),
        ] {
            if head(named(shape, name, usual), false).1 {
                losses.count(Loss::Head);
            }
        }
        label(shape, &mut arrow, looks::ON_ARROWS, losses);
        if let Some(at) = shape.number("labelPosition") {
            arrow.style.set(StyleField::LabelAt, &Value::Number(at));
        }
        if let Some(seat) = cast.made.get_mut(place) {
            *seat = Some(arrow);
        }
    }
}

/// An arrow with its ends where they aim; `None` when neither holds on to anything that is there.
fn hold(
    cast: &Cast<'_>,
    place: usize,
    shape: &Shape,
    seat: &Seat,
    ends: [Option<Told<'_>>; 2],
    losses: &mut Losses,
) -> Option<Element> {
    let targets = ends.map(|end| {
        let end = end?;
        let at = cast.by_name.get(end.target).copied()?;
        let target = cast.get(at).filter(|_| at != place)?;
        Some((end, cast.shapes.get(at)?, target))
    });
    if targets.iter().all(Option::is_none) {
        return None;
    }
    let names = ["start", "end"];
    let points: [Point; 2] = std::array::from_fn(|end| match targets.get(end) {
        Some(Some((told, _, target))) => aim(target, told.anchor()),
        _ => {
            let own = names.get(end).and_then(|name| point(shape.get(name)));
            seat.on_page(own.unwrap_or_default())
        }
    });
    let [start, end] = points;
    let (geometry, arrow) = through(shape, start, end)?;
    let mut made = cast.get(place)?.clone();
    made.kind = Kind::Arrow(arrow);
    made.set_geometry(geometry);
    let vertices = made.vertices();
    let next = [vertices.get(1), vertices.iter().rev().nth(1)];
    let mut held = [None, None];
    let all = targets.into_iter().zip(points).zip(next).zip(&mut held);
    for ((((target, aim), next), held), is_end) in all.zip([false, true]) {
        let Some((told, other, target)) = target else {
            continue;
        };
        if !can_be_held(&target.kind) {
            losses.count(Loss::Hold);
            continue;
        }
        let (u, v) = shares(target, met(target, next.copied().unwrap_or(aim), aim));
        *held = Some(Binding {
            target: target.id.clone(),
            u,
            v,
            inside: told.truth("isExact") == Some(true),
            gap: Some(gap(shape, other, is_end)),
        });
    }
    let [start, end] = held;
    made.links = Links::of(Held {
        start,
        end,
        ..Held::clone(&made.links)
    });
    Some(made)
}

/// How far from an outline an end stops.
fn gap(shape: &Shape, target: &Shape, is_end: bool) -> f64 {
    let head = match is_end {
        true => named(shape, "arrowheadEnd", Head::Arrow),
        false => named(shape, "arrowheadStart", Head::None),
    };
    let width = |one: &Shape| match one.get("size").is_string() {
        true => size(looks::STROKES, one.text("size")),
        false => 0.0,
    };
    match head {
        "none" => 0.0,
        _ => (GAP + (width(shape) + width(target)) / 2.0) * shape.scale(),
    }
}

/// The point at a share of a target's box.
fn aim(target: &Element, anchor: Point) -> Point {
    let frame = target.frame();
    let (w, h) = (frame.w.abs(), frame.h.abs());
    frame.placement() * Point::new(anchor.x.clamp(0.0, 1.0) * w, anchor.y.clamp(0.0, 1.0) * h)
}

/// What of a target is meant: of an outline that is a line, where the way to its inside comes through.
fn met(target: &Element, from: Point, aim: Point) -> Point {
    if !target.kind.has_vertices() {
        return aim;
    }
    let vertices = target.vertices();
    let sides = vertices.iter().zip(vertices.iter().cycle().skip(1));
    let way = Segment::new(from, aim);
    let meetings = sides.filter_map(|(a, b)| Segment::new(*a, *b).crossing_point(way));
    let on_way = meetings.filter(|at| (*at - from).dot(aim - from) >= 0.0);
    let nearest = on_way.min_by(|a, b| (*a - from).hypot2().total_cmp(&(*b - from).hypot2()));
    nearest.unwrap_or(aim)
}
