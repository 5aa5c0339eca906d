//! The board as it is drawn: elements in paint order with a spatial index.
//!
//! A mirror of the document, kept from its changes; it equals one that is rebuilt. Knows neither
//! the CRDT nor who changed what.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use board::display::DisplayList;
use board::document::{Changes, Document};
use board::element::Element;
use board::id::ElementId;
use board::order::OrderKey;
use board::style::Theme;
use kurbo::{Point, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::tiles::Damage;

type Leaf = GeomWithData<Rectangle<[f64; 2]>, ElementId>;

/// One element with what is derived from it.
#[derive(Debug)]
pub struct Node {
    element: Element,
    bounds: Rect,
    fragment: OnceCell<Rc<DisplayList>>,
}

impl Node {
    /// An element that need not be part of any scene.
    pub(crate) fn new(element: Element) -> Self {
        let bounds = element.bounds();
        Self {
            element,
            bounds,
            fragment: OnceCell::new(),
        }
    }

    /// The same element in another state; what paints the same is not made again.
    pub(crate) fn instead(&self, element: Element) -> Self {
        let same = element.paints_as(&self.element);
        let mut node = Self::new(element);
        if same {
            node.fragment = self.fragment.clone();
        }
        node
    }

    /// The element.
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Everything it paints, in board space.
    pub fn bounds(&self) -> Rect {
        self.bounds
    }

    /// Its paint operations in its own space; made once.
    pub fn fragment(&self, theme: Theme) -> &DisplayList {
        self.fragment
            .get_or_init(|| Rc::new(self.element.paint(theme)))
    }

    fn leaf(&self) -> Leaf {
        let corners = (
            [self.bounds.x0, self.bounds.y0],
            [self.bounds.x1, self.bounds.y1],
        );
        let rectangle = Rectangle::from_corners(corners.0, corners.1);
        GeomWithData::new(rectangle, self.element.id.clone())
    }
}

/// All elements of a board.
#[derive(Debug, Default)]
pub struct Scene {
    nodes: HashMap<ElementId, Node>,
    index: RTree<Leaf>,
    top: Option<OrderKey>,
}

impl Scene {
    /// A scene made anew from the document. O(n log n).
    pub fn rebuild(document: &Document) -> Self {
        let nodes: HashMap<_, _> = document
            .elements()
            .into_iter()
            .map(|element| (element.id.clone(), Node::new(element)))
            .collect();
        let index = RTree::bulk_load(nodes.values().map(Node::leaf).collect());
        let top = nodes.values().map(|node| node.element.order.clone()).max();
        Self { nodes, index, top }
    }

    /// Follows the document, and tells where anything looks different now.
    pub(crate) fn follow(&mut self, document: &Document, changes: Changes) -> Damage {
        let ids = match changes {
            Changes::Everything => {
                *self = Self::rebuild(document);
                return Damage::Everything;
            }
            Changes::Elements(ids) => ids,
        };
        let mut rects = Vec::new();
        for id in ids {
            rects.extend(self.get(&id).map(Node::bounds));
            match document.element(&id) {
                Some(element) => self.put(element),
                None => drop(self.take(&id)),
            }
            rects.extend(self.get(&id).map(Node::bounds));
        }
        Damage::Rects(rects)
    }

    /// Forgets what was painted, because the theme changed.
    pub fn repaint_all(&mut self) {
        for node in self.nodes.values_mut() {
            node.fragment = OnceCell::new();
        }
    }

    /// Takes how wide the browser paints the lines of a text, and tells where that changes anything.
    pub(crate) fn set_measured(&mut self, id: &ElementId, widths: &[f64]) -> Damage {
        let Some(node) = self.nodes.get_mut(id) else {
            return Damage::default();
        };
        let before = node.bounds;
        let leaf = node.leaf();
        node.element.set_measured(Some(widths));
        node.bounds = node.element.bounds();
        if node.bounds == before {
            return Damage::default();
        }
        let after = node.leaf();
        self.index.remove(&leaf);
        self.index.insert(after.clone());
        Damage::Rects(vec![before, self.get(id).map_or(before, Node::bounds)])
    }

    /// Forgets all that was measured; what is in view is asked again.
    pub(crate) fn forget_measured(&mut self) {
        self.nodes
            .values_mut()
            .for_each(|node| node.element.set_measured(None));
    }

    /// One element.
    pub fn get(&self, id: &ElementId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// All elements, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
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

    /// The elements whose bounds meet a rectangle, bottom first.
    pub fn in_rect(&self, rect: Rect) -> Vec<&Node> {
        let envelope = AABB::from_corners([rect.x0, rect.y0], [rect.x1, rect.y1]);
        let leaves = self.index.locate_in_envelope_intersecting(envelope);
        let mut nodes: Vec<&Node> = leaves
            .filter_map(|leaf| self.nodes.get(&leaf.data))
            .collect();
        sort_nodes(&mut nodes);
        nodes
    }

    /// The topmost element at a point, within a tolerance in board units.
    pub fn hit(&self, at: Point, tolerance: f64) -> Option<&Node> {
        let around = Rect::from_center_size(at, (2.0 * tolerance, 2.0 * tolerance));
        let mut nodes = self.in_rect(around).into_iter().rev();
        nodes.find(|node| node.element.hit(at, tolerance))
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
        let nodes = ids.into_iter().filter_map(|id| self.nodes.get(id));
        nodes.map(Node::bounds).reduce(|a, b| a.union(b))
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
        self.index.insert(node.leaf());
        self.nodes.insert(node.element.id.clone(), node);
    }

    fn take(&mut self, id: &ElementId) -> Option<Node> {
        let node = self.nodes.remove(id)?;
        self.index.remove(&node.leaf());
        Some(node)
    }
}

/// Whether a rebuilt scene would be the same.
impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        self.nodes.len() == other.nodes.len()
            && self.index.size() == other.index.size()
            && self.nodes.iter().all(|(id, node)| {
                other
                    .nodes
                    .get(id)
                    .is_some_and(|twin| node.element == twin.element)
            })
    }
}

/// Bottom first: by order key, then by id.
pub fn paint_order(a: &Element, b: &Element) -> std::cmp::Ordering {
    a.order.cmp(&b.order).then_with(|| a.id.cmp(&b.id))
}

/// Sorts bottom first. The one place that sorts elements: every sort costs kilobytes of wasm.
pub fn sort_nodes(nodes: &mut [&Node]) {
    nodes.sort_unstable_by(|a, b| paint_order(&a.element, &b.element));
}
