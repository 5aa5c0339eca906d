//! The board as it is drawn: elements in paint order with a spatial index.
//!
//! A mirror of the document, kept from its changes; it equals one that is rebuilt. Knows neither
//! the CRDT nor who changed what.

mod family;
pub(crate) mod holds;
mod node;
pub(crate) mod seen;

use std::collections::{BTreeSet, HashMap};

use board::document::{Changes, Document};
use board::element::Element;
use board::id::ElementId;
use board::order::OrderKey;
use kurbo::{Point, Rect};
use rstar::{AABB, PointDistance as _, RTree, RTreeObject as _, SelectionFunction};

use self::family::Family;
use self::holds::Holds;
use self::node::Leaf;
pub use self::node::Node;
use crate::damage::Damage;

/// All elements of a board.
#[derive(Debug, Default)]
pub struct Scene {
    nodes: HashMap<ElementId, Node>,
    index: RTree<Leaf>,
    family: Family,
    holds: Holds,
    /// What leads somewhere.
    linked: BTreeSet<ElementId>,
    top: Option<OrderKey>,
}

impl Scene {
    /// A scene made anew from the document. O(n log n).
    pub fn rebuild(document: &Document) -> Self {
        let mut scene = Self::default();
        for element in document.elements() {
            let node = Node::new(element);
            scene.note(&node);
            scene.top = scene.top.max(Some(node.element().order.clone()));
            scene.nodes.insert(node.element().id.clone(), node);
        }
        let named = scene.nodes.values().map(Node::element);
        let in_others = named.filter(|element| element.links.parent.is_some());
        let ids: Vec<_> = in_others.map(|element| element.id.clone()).collect();
        for id in ids {
            let lineage = scene.lineage_of(&id);
            if let Some(node) = scene.nodes.get_mut(&id) {
                node.put_into(lineage);
            }
        }
        scene.load_index();
        let held = scene.holds.all();
        for id in &held {
            scene.hold_on(id);
        }
        if !held.is_empty() {
            scene.load_index();
        }
        scene
    }

    fn load_index(&mut self) {
        self.index = RTree::bulk_load(self.nodes.values().filter_map(Node::leaf).collect());
    }

    /// Follows the document, and tells where anything looks different now: not for other words of what
    /// is typed in, which the field has.
    pub fn follow(
        &mut self,
        document: &Document,
        changes: Changes,
        typed: Option<&ElementId>,
    ) -> Damage {
        let ids = match changes {
            Changes::Everything => {
                *self = Self::rebuild(document);
                return Damage::Everything;
            }
            Changes::Elements(ids) => ids,
        };
        let mut rects = Vec::new();
        let mut changed = BTreeSet::new();
        for id in ids {
            let bare = |scene: &Self| {
                let element = scene.get(&id).map(Node::element);
                let typed = element.filter(|element| typed == Some(&element.id));
                typed.map(Element::without_words)
            };
            let (before, stood) = (self.get(&id).map(Node::bounds), bare(self));
            match document.element(&id) {
                Some(element) => self.put(element),
                None => drop(self.take(&id)),
            }
            if stood.is_none() || stood != bare(self) {
                rects.extend(before);
                rects.extend(self.get(&id).map(Node::bounds));
            }
            changed.insert(id);
        }
        let mut holding = self.holders(&changed);
        holding.extend(changed.iter().cloned());
        for id in self.family.below(changed) {
            self.settle(&id, &mut rects);
        }
        let near = self.elbows_near(&rects);
        holding.extend(self.holders(&near));
        holding.extend(near);
        for id in holding {
            self.follow_holds(&id, &mut rects);
        }
        Damage::Rects(rects)
    }

    /// Puts the ends of an element where what they hold on to is now.
    fn follow_holds(&mut self, id: &ElementId, rects: &mut Vec<Rect>) {
        let Some((before, leaf)) = self.get(id).map(|node| (node.bounds(), node.leaf())) else {
            return;
        };
        if self.hold_on(id) {
            let now = self.get(id).and_then(Node::leaf);
            rects.push(before);
            rects.extend(self.get(id).map(Node::bounds));
            self.replace_leaf(leaf, now);
        }
    }

    /// Puts an element into what it is in now.
    fn settle(&mut self, id: &ElementId, rects: &mut Vec<Rect>) {
        let lineage = self.lineage_of(id);
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let (before, leaf) = (node.bounds(), node.leaf());
        if !node.put_into(lineage) {
            return;
        }
        rects.extend([before, node.bounds()]);
        let now = node.leaf();
        self.replace_leaf(leaf, now);
    }

    /// Forgets what was painted, because the theme changed.
    pub fn repaint_all(&mut self) {
        self.nodes.values_mut().for_each(Node::forget_paint);
    }

    /// Takes how wide the browser paints the lines of a text, and tells where that changes anything.
    pub fn set_measured(&mut self, id: &ElementId, widths: &[f64]) -> Damage {
        let Some(node) = self.nodes.get_mut(id) else {
            return Damage::default();
        };
        let (before, leaf) = (node.bounds(), node.leaf());
        node.set_measured(Some(widths));
        let (after, now) = (node.bounds(), node.leaf());
        if after == before {
            return Damage::default();
        }
        self.replace_leaf(leaf, now);
        Damage::Rects(vec![before, after])
    }

    /// Forgets all that was measured; what is in view is asked again.
    pub fn forget_measured(&mut self) {
        self.nodes
            .values_mut()
            .for_each(|node| node.set_measured(None));
    }

    /// One element.
    pub fn get(&self, id: &ElementId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// All elements, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// The names of all that lead somewhere.
    pub fn linked(&self) -> impl Iterator<Item = &ElementId> {
        self.linked.iter()
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The order key of the topmost element.
    pub fn top(&self) -> Option<&OrderKey> {
        self.top.as_ref()
    }

    /// All elements, bottom first. O(n log n).
    pub fn in_order(&self) -> Vec<&Node> {
        let mut nodes: Vec<&Node> = self.nodes.values().collect();
        sort_nodes(&mut nodes);
        nodes
    }

    /// The elements whose bounds meet a rectangle, in no order.
    pub fn near(&self, rect: Rect) -> impl Iterator<Item = &Node> {
        let leaves = self.index.locate_with_selection_function(Meeting(rect));
        leaves.filter_map(|leaf| self.nodes.get(&leaf.data))
    }

    /// The elements whose bounds meet a rectangle, bottom first.
    pub fn in_rect(&self, rect: Rect) -> Vec<&Node> {
        let mut nodes: Vec<&Node> = self.near(rect).collect();
        sort_nodes(&mut nodes);
        nodes
    }

    /// The elements in a rectangle whose bounds are nearest to a point, at most so many, nearest first.
    /// O(what is in the rectangle), but only those that are given are looked up.
    pub fn nearest(
        &self,
        rect: Rect,
        at: Point,
        most: usize,
        left_out: impl Fn(&ElementId) -> bool,
    ) -> Vec<&Node> {
        let mut nearest: Vec<(f64, &ElementId)> = Vec::with_capacity(most + 1);
        for leaf in self.index.locate_with_selection_function(Meeting(rect)) {
            let way = leaf.geom().distance_2(&[at.x, at.y]);
            let farthest = nearest.last().map_or(f64::INFINITY, |(way, _)| *way);
            if (nearest.len() == most && way >= farthest) || left_out(&leaf.data) {
                continue;
            }
            let place = nearest.partition_point(|(other, _)| *other <= way);
            nearest.insert(place, (way, &leaf.data));
            nearest.truncate(most);
        }
        let ids = nearest.into_iter();
        ids.filter_map(|(_, id)| self.nodes.get(id)).collect()
    }

    /// The element that is meant by a point: of those that are not locked, within a tolerance in board
    /// units, the nearest one, and of several the topmost. What is under the point itself hides the rest.
    pub fn hit(&self, at: Point, tolerance: f64) -> Option<&Node> {
        let nodes = self.in_rect(seen::around(at, tolerance));
        self.meant(nodes, at, tolerance, false)
    }

    /// The one of some nodes, bottom first, that is meant by a point; or a shape that it is inside of.
    fn meant<'a>(
        &'a self,
        nodes: Vec<&'a Node>,
        at: Point,
        tolerance: f64,
        by_inside: bool,
    ) -> Option<&'a Node> {
        let mut inside: Option<&Node> = None;
        let mut nearest: Option<(f64, &Node)> = None;
        for node in nodes.into_iter().rev() {
            let miss = node.miss(at, tolerance);
            let within = |shape: &&Node| shape.bounds().union(node.bounds()) == shape.bounds();
            let shows = inside.as_ref().is_none_or(within);
            let encloses = || by_inside && shows && node.encloses(at);
            if !(miss.is_some() || encloses()) || self.is_locked(node) {
                continue;
            }
            let Some(miss) = miss else {
                inside = Some(node);
                continue;
            };
            if !shows {
                break;
            }
            if nearest.is_none_or(|(least, _)| miss < least) {
                nearest = Some((miss, node));
            }
            if node.hit(at, 0.0) {
                break;
            }
        }
        nearest.map(|(_, node)| node).or(inside)
    }

    /// The box around everything; `None` on an empty board. O(1).
    pub fn bounds(&self) -> Option<Rect> {
        (!self.nodes.is_empty()).then(|| {
            let envelope = self.index.root().envelope();
            let ([x0, y0], [x1, y1]) = (envelope.lower(), envelope.upper());
            Rect::new(x0, y0, x1, y1)
        })
    }

    /// The box around some elements; `None` when none of them exists.
    pub fn bounds_of<'a>(&self, ids: impl IntoIterator<Item = &'a ElementId>) -> Option<Rect> {
        let boxes = ids.into_iter().filter_map(|id| match self.nodes.get(id) {
            Some(node) if node.is_seen() => Some(node.bounds()),
            _ => self.box_of(id),
        });
        boxes.reduce(|a, b| a.union(b))
    }

    fn put(&mut self, element: Element) {
        let before = self.take(&element.id);
        if self.top.as_ref().is_none_or(|top| *top < element.order) {
            self.top = Some(element.order.clone());
        }
        let node = match before {
            Some(node) => node.instead(element),
            None => Node::new(element),
        };
        self.replace_leaf(None, node.leaf());
        self.note(&node);
        self.nodes.insert(node.element().id.clone(), node);
    }

    /// Notes what others ask for by what it is linked with.
    fn note(&mut self, node: &Node) {
        self.family.add(node);
        self.holds.add(node);
        let element = node.element();
        if element.links.link.is_some() {
            self.linked.insert(element.id.clone());
        }
    }

    fn replace_leaf(&mut self, before: Option<Leaf>, after: Option<Leaf>) {
        before.map(|leaf| self.index.remove(&leaf));
        after.into_iter().for_each(|leaf| self.index.insert(leaf));
    }

    fn take(&mut self, id: &ElementId) -> Option<Node> {
        let node = self.nodes.remove(id)?;
        self.family.remove(&node);
        self.holds.remove(&node);
        self.linked.remove(id);
        self.replace_leaf(node.leaf(), None);
        Some(node)
    }
}

/// Whether a rebuilt scene would be the same.
impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        self.nodes.len() == other.nodes.len()
            && self.index.size() == other.index.size()
            && self.linked == other.linked
            && self
                .nodes
                .iter()
                .all(|(id, node)| other.nodes.get(id) == Some(node))
    }
}

/// What meets a rectangle, by plain comparisons: the index's own go through closures, which stay calls in
/// an engine that is compiled to be small.
struct Meeting(Rect);

impl SelectionFunction<Leaf> for Meeting {
    fn should_unpack_parent(&self, envelope: &AABB<[f64; 2]>) -> bool {
        let ([x0, y0], [x1, y1]) = (envelope.lower(), envelope.upper());
        x0 <= self.0.x1 && self.0.x0 <= x1 && y0 <= self.0.y1 && self.0.y0 <= y1
    }

    fn should_unpack_leaf(&self, leaf: &Leaf) -> bool {
        self.should_unpack_parent(&leaf.envelope())
    }
}

/// Sorts bottom first. The one place that sorts elements: every sort costs kilobytes of wasm.
pub fn sort_nodes(nodes: &mut [&Node]) {
    nodes.sort_unstable_by(|a, b| a.paint_order(b));
}
