//! A scene as one sees it while others drag some of it.
//!
//! Owns which of its elements are at a place then. Knows not who drags them, nor whereto.

use std::collections::HashMap;

use board::id::ElementId;
use kurbo::{Point, Rect};

use super::{Node, Scene, sort_nodes};

/// Elements that are shown elsewhere than they stand, by their names.
pub type Moved = HashMap<ElementId, Node>;

/// A scene, some of it elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// As it stands.
    pub scene: &'a Scene,
    /// What is elsewhere.
    pub moved: &'a Moved,
}

impl<'a> Seen<'a> {
    /// One element where it is shown.
    pub fn get(&self, id: &ElementId) -> Option<&'a Node> {
        self.moved.get(id).or_else(|| self.scene.get(id))
    }

    /// See [`Scene::in_rect`].
    pub fn in_rect(&self, rect: Rect) -> Vec<&'a Node> {
        if self.moved.is_empty() {
            return self.scene.in_rect(rect);
        }
        self.some_elsewhere(rect)
    }

    // In one piece it can come late.
    #[inline(never)]
    fn some_elsewhere(&self, rect: Rect) -> Vec<&'a Node> {
        let stand = self.scene.near(rect);
        let stand = stand.filter(|node| !self.moved.contains_key(&node.element().id));
        let meets = |node: &&Node| {
            let bounds = node.bounds();
            let apart = bounds.x0 > rect.x1 || bounds.x1 < rect.x0;
            !apart && bounds.y0 <= rect.y1 && bounds.y1 >= rect.y0 && node.is_seen()
        };
        let mut nodes: Vec<&Node> = stand.chain(self.moved.values().filter(meets)).collect();
        sort_nodes(&mut nodes);
        nodes
    }

    /// See [`Scene::hit`].
    pub fn hit(&self, at: Point, tolerance: f64) -> Option<&'a Node> {
        let nodes = self.in_rect(around(at, tolerance));
        self.scene.meant(nodes, at, tolerance, false)
    }

    /// The same, or a labelled shape that the point is inside of: all of its inside can be taken hold of,
    /// filled or not, but for what lies below it and is smaller.
    pub fn graspable(&self, at: Point, tolerance: f64) -> Option<&'a Node> {
        let nodes = self.in_rect(around(at, tolerance));
        self.scene.meant(nodes, at, tolerance, true)
    }

    /// All elements at a point, the topmost first.
    pub fn hits(self, at: Point, tolerance: f64) -> impl Iterator<Item = &'a Node> {
        let nodes = self.in_rect(around(at, tolerance)).into_iter().rev();
        nodes.filter(move |node| node.hit(at, tolerance))
    }

    /// See [`Scene::box_of`].
    #[inline(never)]
    pub fn box_of(&self, id: &ElementId) -> Option<Rect> {
        let parts = self.scene.parts(id).into_iter();
        let parts = parts.filter_map(|node| self.get(&node.element().id));
        let boxes = parts.map(|node| node.element().frame().bounds());
        boxes.reduce(|all, next| all.union(next))
    }
}

pub(super) fn around(at: Point, tolerance: f64) -> Rect {
    Rect::from_center_size(at, (2.0 * tolerance, 2.0 * tolerance))
}
