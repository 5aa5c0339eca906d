//! What can be snapped to, seen from one view.
//!
//! Owns which elements count and how much of each, gathered once. Knows no gesture.

use std::collections::BTreeSet;

use board::id::ElementId;
use kurbo::{Point, Rect};

use super::axis::{Axis, Both, Part, Span};
use super::{Around, MOST, SAME};
use scene::Node;

/// An edge or centre that can be snapped to: where it is along its axis, and its reach across.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    at: f64,
    pub(super) across: Span,
}

/// The boxes near a gesture, and their edges.
#[derive(Debug)]
pub(super) struct Near {
    view: Rect,
    pub(super) boxes: Vec<Rect>,
    /// Ascending.
    edges: Both<Vec<Edge>>,
}

impl Near {
    /// What is nearest to a point: nothing that is moved or follows what is, nothing that is locked, and of
    /// what frames clip only what they show. O(what is in view).
    pub(super) fn gather(at: Point, around: &Around<'_>) -> Self {
        let scene = around.scene;
        let view = around.camera.view();
        let moving = scene.with_members(around.moving).into_iter();
        let mut moving: BTreeSet<ElementId> = moving.map(|n| n.element().id.clone()).collect();
        moving.extend(scene.holders(&moving));
        let left_out = |id: &ElementId| {
            let locked = |node: &Node| scene.is_locked(node);
            moving.contains(id) || scene.get(id).is_some_and(locked)
        };
        let nodes = scene.nearest(view, at, MOST, left_out).into_iter();
        Self::of(view, nodes.map(Node::shown_box))
    }

    pub(super) fn of(view: Rect, boxes: impl Iterator<Item = Rect>) -> Self {
        let boxes: Vec<Rect> = boxes.collect();
        let mut edges: Both<Vec<Edge>> = Both::default();
        for rect in &boxes {
            add(&mut edges, Axis::X, *rect);
            add(&mut edges, Axis::Y, *rect);
        }
        Self { view, boxes, edges }
    }

    /// Whether the view is still the one that it was seen from.
    pub(super) fn is_seen_from(&self, around: &Around<'_>) -> bool {
        self.view == around.camera.view()
    }

    /// The way along an axis from a part of a box to the nearest edge that it can be in line with.
    pub(super) fn to_edge(&self, axis: Axis, now: Rect, part: Part, reach: f64) -> Option<f64> {
        let edges = self.edges.of(axis);
        let mut nearest: Option<f64> = None;
        for at in part.stops(axis.span(now)) {
            let next = edges.partition_point(|edge| edge.at < at);
            let beside = [next.checked_sub(1), Some(next)].into_iter().flatten();
            for way in beside.filter_map(|i| edges.get(i).map(|edge| edge.at - at)) {
                let most = nearest.map_or(reach, f64::abs);
                if way.abs() <= most {
                    nearest = Some(way);
                }
            }
        }
        nearest
    }

    /// The edges at a place along an axis.
    pub(super) fn at(&self, axis: Axis, place: f64) -> impl Iterator<Item = &Edge> {
        let edges = self.edges.of(axis);
        let first = edges.partition_point(|edge| edge.at < place - SAME);
        let rest = edges.iter().skip(first);
        rest.take_while(move |edge| edge.at <= place + SAME)
    }
}

/// Adds where a box can be snapped to along an axis. One by one: a sort of its own would cost more of
/// the download than it is worth.
fn add(edges: &mut Both<Vec<Edge>>, axis: Axis, rect: Rect) {
    let across = axis.other().span(rect);
    let edges = edges.of_mut(axis);
    for at in Part::Whole.stops(axis.span(rect)) {
        let place = edges.partition_point(|edge| edge.at < at);
        edges.insert(place, Edge { at, across });
    }
}
