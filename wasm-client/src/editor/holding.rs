//! Frames and groups as a person makes and leaves them, and locks.
//!
//! Owns what is written so that a reader who sorts all elements by their own keys sees the same
//! stack: what is in a frame or group stands right above it.

use board::document::Write;
use board::element::frame::Frame;
use board::element::group::Group;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::links::{Held, LinkField, Links};
use board::order::OrderKey;
use board::style::Style;
use board::transform::Transform;
use kurbo::Point;

use super::Editor;
use super::stand_ins::StandIns;
use crate::boundary::ToolName;
use scene::{Node, Scene, sort_nodes};
use scene::{Selection, selection_of};

/// How far a frame stands off what it is put around, board units.
const FRAME_PADDING: f64 = 24.0;

impl Editor {
    /// What of the selection may be changed: what is locked is only looked at.
    pub(super) fn free(&self) -> Selection {
        let nodes = self.chosen.selection.iter();
        let nodes = nodes.filter_map(|id| self.scene.get(id));
        let free = nodes.filter(|node| !self.scene.is_locked(node));
        selection_of(free.map(|node| node.element().id.clone()))
    }

    /// Whether any of the selection may be changed.
    pub(crate) fn changeable(&self) -> bool {
        self.has_free(1)
    }

    /// Whether at least so many of the selection may be changed; asked after every event, it looks at
    /// no more than it must.
    pub(super) fn has_free(&self, count: usize) -> bool {
        let nodes = self.chosen.selection.iter();
        let nodes = nodes.filter_map(|id| self.scene.get(id));
        let free = nodes.filter(|node| !self.scene.is_locked(node));
        free.take(count).count() == count
    }

    /// Whether a group is selected.
    pub(crate) fn grouped(&self) -> bool {
        let selected = |id: &&ElementId| self.chosen.selection.contains(*id);
        let mut holders = self.scene.holding_any().filter(selected);
        holders.any(|id| self.scene.is_group(id))
    }

    /// Whether a frame is selected.
    pub(crate) fn framed(&self) -> bool {
        let mut frames = self.scene.frame_ids();
        frames.any(|id| self.chosen.selection.contains(id))
    }

    /// Whether all that is selected is locked.
    pub(crate) fn all_locked(&self) -> bool {
        self.selected() && !self.has_selected(|node| !node.element().links.locked)
    }

    fn has_selected(&self, wanted: fn(&Node) -> bool) -> bool {
        let mut nodes = self.chosen.selection.iter();
        nodes.any(|id| self.scene.get(id).is_some_and(wanted))
    }

    /// Takes the selection as one, at the place in the stack of its topmost element.
    pub(crate) fn group(&mut self) {
        self.hold(Kind::Group(Group), Geometry::default());
    }

    /// Puts a frame around the selection.
    pub(crate) fn frame_selection(&mut self) {
        if let Some(area) = self.selected_box() {
            let area = area.inflate(FRAME_PADDING, FRAME_PADDING);
            self.hold(Kind::Frame(Frame::default()), Geometry::from_rect(area));
        }
    }

    fn hold(&mut self, kind: Kind, geometry: Geometry) {
        let free = self.free();
        let id = self.new_id();
        let parent = self.common_parent(&free);
        let writes = self.hold_all(id.clone(), kind, geometry, parent, &free);
        if !writes.is_empty() {
            self.commit(writes);
            self.select(selection_of([id]));
        }
    }

    /// A new frame or group and what is written to put these into it.
    pub(super) fn hold_all(
        &mut self,
        id: ElementId,
        kind: Kind,
        geometry: Geometry,
        parent: Option<ElementId>,
        members: &Selection,
    ) -> Vec<Write> {
        let stack = stack(&self.scene, members);
        let Some(top) = stack.last() else {
            return Vec::new();
        };
        let (below, above) = (top.element().order.clone(), self.scene.key_above(top));
        let ids: Vec<ElementId> = stack.iter().map(|n| n.element().id.clone()).collect();
        let mut random = || self.random.u64(..);
        let keys = OrderKey::spread(Some(&below), above.as_ref(), ids.len() + 1, &mut random);
        let mut keys = keys.into_iter();
        let by = self.people.profile.browser.as_str().into();
        let order = keys.next().unwrap_or_default();
        let mut holder = Element::new(id, order, by, geometry, Style::default(), kind);
        holder.links = Links::of(Held {
            parent,
            ..Held::default()
        });
        let parent = Value::text(holder.id.as_str());
        let mut writes = vec![Write::birth(&holder)];
        for id in members {
            writes.push(Write::link(id, LinkField::Parent, parent.clone()));
        }
        writes.extend(ids.iter().zip(keys).map(|(id, key)| Write::order(id, &key)));
        writes
    }

    /// The frame or group that all of these are in; none when they are in several.
    fn common_parent(&self, of: &Selection) -> Option<ElementId> {
        let mut parents = of.iter().map(|id| self.scene.get(id)?.parent());
        let first = parents.next()??;
        parents
            .all(|next| next == Some(first))
            .then(|| first.clone())
    }

    /// Takes groups apart; what was in them is selected.
    pub(crate) fn ungroup(&mut self) {
        self.let_go(|kind| matches!(kind, Kind::Group(_)));
    }

    /// Takes frames away and leaves what was in them.
    pub(crate) fn remove_frame(&mut self) {
        self.let_go(|kind| matches!(kind, Kind::Frame(_)));
    }

    fn let_go(&mut self, meant: fn(&Kind) -> bool) {
        let mut selection = Selection::new();
        let mut gone = Selection::new();
        let mut writes = Vec::new();
        for id in self.free() {
            let Some(node) = self.scene.get(&id) else {
                continue;
            };
            if !meant(&node.element().kind) {
                selection.insert(id);
                continue;
            }
            let parent = node
                .parent()
                .map_or(Value::Null, |id| Value::text(id.as_str()));
            for member in self.scene.members(&id) {
                let member = &member.element().id;
                writes.push(Write::link(member, LinkField::Parent, parent.clone()));
                selection.insert(member.clone());
            }
            gone.insert(id);
        }
        writes.extend(deleted(&self.scene, &gone));
        self.commit(writes);
        self.select(selection);
    }

    /// Locks the selection, or unlocks it if all of it is locked.
    pub(crate) fn turn_lock(&mut self) {
        self.lock(!self.all_locked());
    }

    /// Locks the selection, or unlocks it.
    pub(crate) fn lock(&mut self, locked: bool) {
        let value = if locked {
            Value::Bool(true)
        } else {
            Value::Null
        };
        let ids = self.chosen.selection.iter();
        let writes = ids.map(|id| Write::link(id, LinkField::Locked, value.clone()));
        let writes = writes.collect();
        self.commit(writes);
    }

    /// What is written to delete these: all that is in them too, but what is locked in them with all
    /// that is in that; and groups of which no two members would be left.
    pub(super) fn deletion(&self, of: &Selection) -> Vec<Write> {
        let doomed = self.scene.with_members(of).into_iter();
        let doomed = doomed.filter(|node| !self.scene.is_kept(node, of));
        let doomed = selection_of(doomed.map(|node| node.element().id.clone()));
        let mut writes = deleted(&self.scene, &doomed);
        let mut groups = Selection::new();
        for id in &doomed {
            let parent = self.scene.get(id).and_then(Node::parent);
            groups.extend(parent.filter(|id| self.scene.is_group(id)).cloned());
        }
        for group in groups.iter().filter(|group| !doomed.contains(*group)) {
            let left = self.scene.members(group).map(|node| &node.element().id);
            let left: Vec<_> = left.filter(|id| !doomed.contains(*id)).collect();
            if left.len() < 2 {
                let parent = self.scene.get(group).and_then(Node::parent);
                let parent = parent.map_or(Value::Null, |id| Value::text(id.as_str()));
                let freed = |id| Write::link(id, LinkField::Parent, parent.clone());
                writes.extend(left.into_iter().map(freed));
                writes.push(Write::delete(group));
            }
        }
        writes
    }

    /// Makes a frame of what was pulled open: what lies in it altogether is in it.
    pub(super) fn make_frame(&mut self, frame: Element) {
        let area = frame.frame().rect();
        let parent = frame.links.parent.clone();
        let inside = self.scene.in_rect(area).into_iter().filter(|node| {
            let beside = node.parent() == parent.as_ref();
            beside && !self.scene.is_locked(node) && node.element().inside(area)
        });
        let mut members = selection_of(inside.map(|node| node.element().id.clone()));
        members.extend(self.groups_within(area, parent.as_ref()));
        let (id, kind, geometry) = (frame.id.clone(), frame.kind.clone(), frame.geometry);
        let mut writes = self.hold_all(id, kind, geometry, parent, &members);
        if writes.is_empty() {
            writes.push(Write::birth(&frame));
        }
        self.commit(writes);
    }

    fn groups_within(&self, area: kurbo::Rect, parent: Option<&ElementId>) -> Vec<ElementId> {
        let nodes = self.scene.iter().filter(|node| {
            let id = &node.element().id;
            let whole = |own: kurbo::Rect| area.union(own) == area;
            self.scene.is_group(id)
                && node.parent() == parent
                && !self.scene.is_locked(node)
                && self.scene.box_of(id).is_some_and(whole)
        });
        nodes.map(|node| node.element().id.clone()).collect()
    }

    /// Lays what is being pulled open into the frame in which that was begun: where it stays.
    pub(super) fn lay_in_cradle(&mut self, element: &mut Element) {
        let begun = self.gesture.cradles.first().map(|(frame, _)| frame.clone());
        let frame = begun.unwrap_or_else(|| {
            let at = self.gesture.begun_at();
            let at = at.map(|at| self.sight.camera.board(at));
            self.frame_at(at.unwrap_or_else(|| element.frame().center()))
        });
        element.order = self.key_in_cradle(frame.as_ref());
        element.links = Links::default().within(frame);
    }

    /// A key on top of all that is in a frame, or of everything: the same as long as the gesture lasts.
    pub(super) fn key_in_cradle(&mut self, frame: Option<&ElementId>) -> OrderKey {
        let mut known = self.gesture.cradles.iter();
        if let Some((_, key)) = known.find(|(known, _)| known.as_ref() == frame) {
            return key.clone();
        }
        let key = self.key_on_top(frame);
        self.gesture.cradles.push((frame.cloned(), key.clone()));
        key
    }

    fn key_on_top(&mut self, of: Option<&ElementId>) -> OrderKey {
        let (below, above) = self.scene.room_on_top(of);
        OrderKey::between(below.as_ref(), above.as_ref(), self.random.u64(..))
    }

    fn frame_at(&self, at: Point) -> Option<ElementId> {
        let frame = self.scene.frame_at(at, &Selection::new());
        frame.map(|node| node.element().id.clone())
    }

    /// The frame that something new is born in at a point, and a key on top of what is there.
    pub(super) fn cradle(&mut self, at: Point) -> (Links, OrderKey) {
        let frame = self.frame_at(at);
        let key = self.key_on_top(frame.as_ref());
        (Links::default().within(frame), key)
    }

    /// The frame that what is dragged would fall into, if it is dragged by a pointer.
    pub(super) fn drop_target(
        &self,
        transform: &Transform,
        carried: &Selection,
    ) -> Option<Landing> {
        let at = self.gesture.pointer?;
        let moves = matches!(transform, Transform::Move { .. });
        let at = self.sight.camera.board(at);
        moves.then(|| Landing {
            frame: self
                .scene
                .frame_at(at, carried)
                .map(|node| node.element().id.clone()),
        })
    }

    /// Shows what would fall into something else where it would stand in the stack.
    pub(super) fn lift_into(&self, landing: &Landing, stand_ins: &mut StandIns) {
        let into = landing.frame.as_ref().and_then(|id| self.scene.get(id));
        let into = into.map(|frame| (frame, self.scene.room_on_top(landing.frame.as_ref())));
        let into = into.map(|(frame, (below, above))| {
            (frame, OrderKey::between(below.as_ref(), above.as_ref(), 0))
        });
        let falls = |id: &ElementId| landing.takes(&self.scene, id);
        let depth_of = |node: &Node| {
            let own = std::iter::once(&node.element().id);
            let line = node.ancestors().chain(own).enumerate();
            let mut chosen = line.filter(|(_, id)| self.chosen.selection.contains(*id));
            let root = chosen.next().filter(|(_, id)| falls(id));
            root.map(|(depth, _)| depth)
        };
        for node in stand_ins.nodes.values_mut() {
            if let Some(depth) = depth_of(node) {
                node.lift(depth, into.as_ref());
            }
        }
    }

    /// Goes into a group, so that clicks take hold of its members.
    pub(super) fn enter_group(&mut self, id: ElementId) {
        self.chosen.entered = Some(id);
    }

    /// Leaves the group that was entered when something else is selected.
    pub(super) fn stay_entered(&mut self) {
        let Some(entered) = &self.chosen.entered else {
            return;
        };
        let inside = |id: &ElementId| {
            let node = self.scene.get(id);
            node.is_some_and(|node| node.ancestors().any(|above| above == entered))
        };
        let selection = &self.chosen.selection;
        if selection.is_empty() || !selection.iter().all(inside) {
            self.chosen.entered = None;
        }
    }

    /// Leaves it and selects it; false when none was entered.
    pub(super) fn leave_group(&mut self) -> bool {
        let Some(group) = self.chosen.entered.take() else {
            return false;
        };
        let parent = self.scene.get(&group).and_then(Node::parent);
        let outer = parent.filter(|id| self.scene.is_group(id)).cloned();
        self.take_tool(ToolName::Select);
        self.select(selection_of([group]));
        self.chosen.entered = outer;
        true
    }
}

/// What is written when these go: what holds on to them, and is none of them, stays where it is seen.
// In one piece it can come late.
#[inline(never)]
pub(super) fn left_by(scene: &Scene, gone: &Selection) -> Vec<Write> {
    let holding = scene.holders(gone).into_iter();
    let holding = holding.filter(|id| !gone.contains(id));
    let holding = holding.filter_map(|id| scene.get(&id));
    holding.map(|node| Write::place(node.element())).collect()
}

/// The same, and that they go.
pub(super) fn deleted(scene: &Scene, gone: &Selection) -> Vec<Write> {
    let mut writes = left_by(scene, gone);
    writes.extend(gone.iter().map(Write::delete));
    writes
}

/// Where what is dragged would fall.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Landing {
    /// In this frame; `None`: in none.
    pub(super) frame: Option<ElementId>,
}

impl Landing {
    /// Whether something dragged would be in something else than it is.
    pub(super) fn takes(&self, scene: &Scene, id: &ElementId) -> bool {
        let parent = scene.get(id).and_then(Node::parent);
        let in_group = parent.is_some_and(|id| scene.is_group(id));
        !in_group && parent != self.frame.as_ref()
    }
}

/// These and all that is in them, bottom first.
pub(super) fn stack<'a>(scene: &'a Scene, of: &Selection) -> Vec<&'a Node> {
    let mut nodes = scene.with_members(of);
    sort_nodes(&mut nodes);
    nodes
}
