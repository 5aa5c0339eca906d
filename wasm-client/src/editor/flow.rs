//! Flow charts by keys: one more like the selected one beside it, joined by an arrow; and walking
//! along arrows.
//!
//! Owns where the next one is put, and which arrow leads which way.

use board::document::Write;
use board::element::arrow::Arrow;
use board::element::{Element, Kind};
use board::id::ElementId;
use board::links::{Binding, Held, Links};
use board::order::OrderKey;
use board::record::Record;
use kurbo::{Rect, Size, Vec2};

use super::Editor;
use crate::style_memory::Group;
use scene::Node;
use scene::selection_of;

/// Between one and the next along the way, board units.
const GAP: f64 = 96.0;
/// Between two that the same one leads to, board units.
const BESIDE: f64 = 32.0;
/// So many places are looked at before they are put on one another.
const PLACES: i32 = 12;

/// To which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Up,
    Right,
    Down,
}

impl Side {
    pub(super) fn way(self) -> Vec2 {
        match self {
            Self::Left => Vec2::new(-1.0, 0.0),
            Self::Up => Vec2::new(0.0, -1.0),
            Self::Right => Vec2::new(1.0, 0.0),
            Self::Down => Vec2::new(0.0, 1.0),
        }
    }
}

impl Editor {
    /// Whether one closed shape or note is selected that may be changed.
    pub(crate) fn flows(&self) -> bool {
        self.flowing().is_some()
    }

    fn flowing(&self) -> Option<&Node> {
        let mut selected = self.chosen.selection.iter();
        let (Some(only), None) = (selected.next(), selected.next()) else {
            return None;
        };
        let node = self.scene.get(only)?;
        let flows = matches!(node.element().kind, Kind::Closed(_) | Kind::Note(_));
        (flows && !self.scene.is_locked(node)).then_some(node)
    }

    /// Makes one like the selected one to a side of it, where there is room, and an arrow to it; as
    /// one step.
    pub(crate) fn flow(&mut self, side: Side) {
        let Some(from) = self.flowing().map(|node| node.element().clone()) else {
            return;
        };
        let by = self.room_for_next(&from, side, (GAP, BESIDE));
        let (id, random) = (self.new_id(), self.random.u64(..));
        let parent = self.home_for(&from, by);
        let (below, above) = self.scene.room_on_top(parent.as_ref());
        let mut next = Record::of(&from).element(id);
        next.set_text("");
        next.links = Links::default().within(parent);
        self.sign(&mut next);
        next.by = self.people.profile.browser.as_str().into();
        next.order = OrderKey::between(below.as_ref(), above.as_ref(), random);
        next.set_geometry(from.geometry.translated(by));
        let mut writes = vec![Write::birth(&next)];
        let arrow = self.joined(&from, &next, above.as_ref());
        writes.extend(arrow.map(|arrow| Write::birth(&arrow)));
        self.commit(writes);
        let area = next.frame().bounds();
        self.select(selection_of([next.id]));
        self.show(area);
    }

    /// The innermost of what one is in that shows all of the next one, so far from it.
    fn home_for(&self, from: &Element, by: Vec2) -> Option<ElementId> {
        let there = from.geometry.translated(by).corners();
        let shows = |id: &&ElementId| {
            let holder = self.scene.get(id).map(Node::element);
            let frame = holder.filter(|holder| matches!(holder.kind, Kind::Frame(_)));
            frame.is_none_or(|frame| there.iter().all(|at| frame.frame().contains(*at)))
        };
        let around = self.scene.get(&from.id)?.ancestors().rev();
        let mut homes = around.skip_while(|id| !shows(id));
        homes.next().cloned()
    }

    /// How far the next one is from one, with gaps along the way and beside it: not on another, the
    /// nearest first.
    pub(super) fn room_for_next(
        &self,
        from: &Element,
        side: Side,
        (gap, beside): (f64, f64),
    ) -> Vec2 {
        let (own, way) = (from.frame().bounds(), side.way());
        let across = Vec2::new(way.y.abs(), way.x.abs());
        let along = |way: Vec2, size: Size, gap: f64| {
            Vec2::new(way.x * (size.width + gap), way.y * (size.height + gap))
        };
        let first = along(way, own.size(), gap);
        let step = along(across, own.size(), beside);
        let free = |by: &Vec2| {
            let there = (own + *by).inflate(beside / 4.0, beside / 4.0);
            let solid =
                |node: &&Node| !matches!(node.element().kind, Kind::Frame(_) | Kind::Arrow(_));
            !self.scene.in_rect(there).iter().any(solid)
        };
        // In the middle, then to either side by turns.
        let turns = (0..PLACES).map(|n| {
            let far = f64::from((n + 1) / 2);
            first + step * if n % 2 == 0 { far } else { -far }
        });
        turns.into_iter().find(free).unwrap_or(first)
    }

    /// An arrow from one to the other, as arrows are drawn now: right above that one, and below a key.
    fn joined(
        &mut self,
        from: &Element,
        to: &Element,
        above: Option<&OrderKey>,
    ) -> Option<Element> {
        let ends = [from, to].map(|element| element.frame().center());
        let (geometry, arrow) = Arrow::through(&ends)?;
        let id = self.new_id();
        let kind = Kind::Arrow(arrow);
        let style = self.chosen.memory.style_of(Group::Arrow);
        let style = style.only(kind.style_fields());
        let by = self.people.profile.browser.as_str().into();
        let order = OrderKey::between(Some(&to.order), above, self.random.u64(..));
        let mut joined = Element::new(id, order, by, geometry, style, kind);
        let hold = |element: &Element| Binding {
            target: element.id.clone(),
            u: 0.5,
            v: 0.5,
            inside: false,
            gap: None,
        };
        joined.links = Links::of(Held {
            parent: to.links.parent.clone(),
            start: Some(hold(from)),
            end: Some(hold(to)),
            ..Held::default()
        });
        let new = Node::new(to.clone());
        let shown = |id: &ElementId| match *id == to.id {
            true => Some(&new),
            false => self.scene.get(id),
        };
        Some(self.scene.held(&joined, &shown).unwrap_or(joined))
    }

    /// Selects what an arrow leads to from the selected one, or comes from, to a side of it.
    pub(crate) fn walk_arrows(&mut self, side: Side) {
        let Some(only) = self.chosen.selection.first() else {
            return;
        };
        let Some(from) = self.scene.box_of(only).map(|own| own.center()) else {
            return;
        };
        let arrows = self.scene.holders([only]);
        let arrows = arrows.iter().filter_map(|id| self.scene.get(id));
        let ends = arrows.flat_map(|node| {
            let links = &node.element().links;
            let targets = [&links.start, &links.end].into_iter().flatten();
            targets.map(|end| &end.target).filter(|id| *id != only)
        });
        let boxes = ends.filter_map(|id| self.scene.box_of(id).map(|own| (id.clone(), own)));
        // How much it lies to that side, rather than beside it.
        let turned = |own: &Rect| {
            let way = own.center() - from;
            way.dot(side.way()) / way.hypot().max(f64::MIN_POSITIVE)
        };
        let there = boxes.filter(|(_, own)| turned(own) > 0.5);
        let found = there.max_by(|(_, a), (_, b)| turned(a).total_cmp(&turned(b)));
        if let Some((id, area)) = found {
            self.select(selection_of([id]));
            self.show(area);
        }
    }

    /// Moves the view no farther than it must for an area to be seen.
    pub(super) fn show(&mut self, area: Rect) {
        let seen = self.sight.camera.transform().transform_rect_bbox(area);
        self.sight.camera.reveal(seen, false);
        self.view_moved();
    }
}
