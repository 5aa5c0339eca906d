//! Who is in whom on the scene: members of frames and groups, and what one takes hold of.
//!
//! Owns the index from parents to those that name them. Which names count is `board::hierarchy`'s.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use board::element::Kind;
use board::hierarchy;
use board::id::ElementId;
use board::order::OrderKey;
use board::transform::Transform;
use kurbo::{Point, Rect};

use super::node::{Lineage, Node};
use super::{Scene, sort_nodes};
use crate::selection::{Selection, selection_of};

/// From what elements name as their parent to those that name it, and all frames.
#[derive(Debug, Default)]
pub(super) struct Family {
    named: HashMap<ElementId, BTreeSet<ElementId>>,
    frames: BTreeSet<ElementId>,
}

impl Family {
    pub(super) fn add(&mut self, node: &Node) {
        let element = node.element();
        if let Some(parent) = &element.links.parent {
            let named = self.named.entry(parent.clone()).or_default();
            named.insert(element.id.clone());
        }
        if matches!(element.kind, Kind::Frame(_)) {
            self.frames.insert(element.id.clone());
        }
    }

    pub(super) fn remove(&mut self, node: &Node) {
        let element = node.element();
        if let Some(parent) = &element.links.parent
            && let Some(named) = self.named.get_mut(parent)
        {
            named.remove(&element.id);
            if named.is_empty() {
                self.named.remove(parent);
            }
        }
        self.frames.remove(&element.id);
    }

    /// All that might be in these, however deep, those themselves included.
    pub(super) fn below(&self, of: impl IntoIterator<Item = ElementId>) -> BTreeSet<ElementId> {
        let mut found = BTreeSet::new();
        let mut due: Vec<ElementId> = of.into_iter().collect();
        while let Some(id) = due.pop() {
            let named = self.named.get(&id).into_iter().flatten().cloned();
            // Names may go round in a circle.
            if !found.contains(&id) {
                due.extend(named);
                found.insert(id);
            }
        }
        found
    }
}

impl Scene {
    /// What an element is in, as the scene stands; `None` for nothing.
    pub(super) fn lineage_of(&self, id: &ElementId) -> Option<Rc<Lineage>> {
        let parent = |id: &ElementId| {
            let parent = self.nodes.get(id)?.element().links.parent.as_ref()?;
            let holder = self.nodes.get(parent)?;
            holder.element().kind.holds_others().then_some(parent)
        };
        let id = self.nodes.get_key_value(id)?.0;
        let mut lineage = Lineage::default();
        for id in hierarchy::ancestors(id, &parent).into_iter().rev() {
            if let Some(node) = self.nodes.get(id) {
                lineage.ranks.push(node.rank());
                if matches!(node.element().kind, Kind::Frame(_)) {
                    let frame = (id.clone(), node.element().frame());
                    lineage.frames.push(frame);
                }
            }
        }
        (!lineage.ranks.is_empty()).then(|| Rc::new(lineage))
    }

    /// The elements right in a frame or group, in no order.
    pub fn members(&self, of: &ElementId) -> impl Iterator<Item = &Node> {
        let named = self.family.named.get(of).into_iter().flatten();
        let nodes = named.filter_map(|id| self.nodes.get(id));
        nodes.filter(move |node| node.parent() == Some(of))
    }

    /// These, and all that is in them, however deep; in no order.
    pub fn with_members<'a>(&'a self, of: &Selection) -> Vec<&'a Node> {
        let holders = of.iter().filter(|id| self.holds(id));
        let below = self.family.below(holders.cloned());
        let inside = |node: &&Node| {
            let chosen = of.contains(&node.element().id);
            !chosen && node.ancestors().any(|above| of.contains(above))
        };
        let members = below.iter().filter_map(|id| self.get(id)).filter(inside);
        let own = of.iter().filter_map(|id| self.get(id));
        own.chain(members).collect()
    }

    /// Whether clicks pass an element over: it is locked, or a frame or group that it is in.
    pub fn is_locked(&self, node: &Node) -> bool {
        node.element().links.locked || node.ancestors().any(|id| self.locks(id))
    }

    /// Whether an element stays when these go with what is in them: it is locked, or is in something
    /// that is, and that is none of these.
    pub fn is_kept(&self, node: &Node, of: &Selection) -> bool {
        let own = std::iter::once(&node.element().id);
        let line = own.chain(node.ancestors().rev());
        let mut line = line.take_while(|id| !of.contains(*id));
        line.any(|id| self.locks(id))
    }

    /// Whether an element is locked with all that is in it; a group of one acts as none.
    fn locks(&self, id: &ElementId) -> bool {
        let group = |node: &Node| matches!(node.element().kind, Kind::Group(_));
        let node = self.get(id).filter(|node| node.element().links.locked);
        node.is_some_and(|node| !group(node) || self.is_group(id))
    }

    fn holds(&self, id: &ElementId) -> bool {
        self.get(id)
            .is_some_and(|node| node.element().kind.holds_others())
    }

    /// Whether it is a group that is one: more than one member.
    pub fn is_group(&self, id: &ElementId) -> bool {
        let group = |node: &Node| matches!(node.element().kind, Kind::Group(_));
        self.get(id).is_some_and(group) && self.members(id).nth(1).is_some()
    }

    /// What one takes hold of who touches an element: the outermost group that it is in, from the one
    /// inwards that was entered.
    pub fn target<'a>(&self, node: &'a Node, entered: Option<&ElementId>) -> &'a ElementId {
        let at = entered.and_then(|entered| node.ancestors().position(|id| id == entered));
        let inside = node.ancestors().skip(at.map_or(0, |at| at + 1));
        let group = inside.into_iter().find(|id| self.is_group(id));
        group.unwrap_or(&node.element().id)
    }

    /// An element, or of a group all that can be seen in it.
    pub fn parts(&self, id: &ElementId) -> Vec<&Node> {
        let only = selection_of([id.clone()]);
        let mut parts = if self.is_group(id) {
            self.with_members(&only)
        } else {
            self.get(id).into_iter().collect()
        };
        parts.retain(|node| !matches!(node.element().kind, Kind::Group(_)));
        parts
    }

    /// What a change of these takes along: the members of groups, and of frames unless a frame alone
    /// is resized, which leaves more or less room for them.
    pub fn carried(&self, of: &Selection, by: &Transform) -> Vec<&Node> {
        let room = matches!(by, Transform::Resize { .. }) && of.len() == 1;
        let frame = |node: &Node| matches!(node.element().kind, Kind::Frame(_));
        let mut carried = match of.first().and_then(|id| self.get(id)) {
            Some(only) if room && frame(only) => vec![only],
            _ => self.with_members(of),
        };
        carried.retain(|node| node.element().kind.is_painted());
        carried
    }

    /// The upright box around an element's frame, or around all that is in a group; `None` when there
    /// is nothing of it.
    pub fn box_of(&self, id: &ElementId) -> Option<Rect> {
        let node = self.get(id)?;
        if !matches!(node.element().kind, Kind::Group(_)) {
            return Some(node.element().frame().bounds());
        }
        let only = selection_of([id.clone()]);
        let placed = self.with_members(&only).into_iter();
        let placed = placed.filter(|node| !matches!(node.element().kind, Kind::Group(_)));
        let boxes = placed.map(|node| node.element().frame().bounds());
        boxes.reduce(|all, next| all.union(next))
    }

    /// All that others name as their parent, in no order.
    pub fn holding_any(&self) -> impl Iterator<Item = &ElementId> {
        self.family.named.keys()
    }

    /// The names of all frames.
    pub fn frame_ids(&self) -> impl Iterator<Item = &ElementId> {
        self.family.frames.iter()
    }

    /// All frames, bottom first.
    pub fn frames(&self) -> Vec<&Node> {
        let frames = self.family.frames.iter();
        let mut frames: Vec<&Node> = frames.filter_map(|id| self.get(id)).collect();
        sort_nodes(&mut frames);
        frames
    }

    /// A frame, by its id or, of those that are called so, the lowest.
    pub fn frame_called(&self, called: &str) -> Option<&Node> {
        let named = |node: &&Node| match &node.element().kind {
            Kind::Frame(frame) => frame.title() == called,
            _ => false,
        };
        let frames = self.frames();
        let mut by_id = frames
            .iter()
            .filter(|node| node.element().id.as_str() == called);
        let by_id = by_id.next().copied();
        by_id.or_else(|| frames.into_iter().find(named))
    }

    /// The topmost frame at a point of the board that is none of these and in none of them, and that takes
    /// anything: what is locked does not.
    pub fn frame_at(&self, at: Point, but: &Selection) -> Option<&Node> {
        let free = |node: &&Node| {
            let own = std::iter::once(&node.element().id);
            !self.is_locked(node) && !own.chain(node.ancestors()).any(|id| but.contains(id))
        };
        let shows = |node: &&Node| {
            let clips = node.frames().map(|(_, frame)| frame);
            node.element().frame().contains(at) && clips.into_iter().all(|f| f.contains(at))
        };
        let frames = self.frames().into_iter().rev();
        frames.filter(free).find(shows)
    }

    /// The key of whatever is painted next above an element. O(n).
    pub fn key_above(&self, node: &Node) -> Option<OrderKey> {
        let above = self.iter().filter(|other| node.paint_order(other).is_lt());
        let next = above.min_by(|a, b| a.paint_order(b));
        next.map(|node| node.element().order.clone())
    }

    /// The keys between which something is on top of all that is in a frame or group, or of everything.
    /// O(n) in one.
    pub fn room_on_top(&self, of: Option<&ElementId>) -> (Option<OrderKey>, Option<OrderKey>) {
        let Some(holder) = of.and_then(|id| self.get(id)) else {
            return (self.top().cloned(), None);
        };
        let only = selection_of([holder.element().id.clone()]);
        let inside = self.with_members(&only);
        let last = inside.iter().max_by(|a, b| a.paint_order(b));
        let above = last.and_then(|last| self.key_above(last));
        let keys = inside.iter().map(|node| &node.element().order);
        (keys.max().cloned(), above)
    }
}
