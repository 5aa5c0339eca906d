//! Ways to select without pointing: all that is alike, and one element after the other.
//!
//! Owns in which order a board is read. Changes nothing of it.

use std::cmp::Ordering;

use board::element::{Element, Kind};
use board::id::ElementId;
use board::style::{Style, StyleField};
use kurbo::{Point, Rect};

use super::Editor;
use crate::boundary::ToolName;
use scene::Node;
use scene::selection_of;

/// What begins in one such stripe of the board is a line of it, read from left to right; board units.
const LINE: f64 = 100.0;

/// Where something stands in the order in which a board is read.
#[derive(Debug, Clone)]
struct Place {
    line: f64,
    left: f64,
    id: ElementId,
}

impl Place {
    fn of(id: &ElementId, area: Rect) -> Self {
        Self {
            line: (area.y0 / LINE).floor(),
            left: area.x0,
            id: id.clone(),
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let lines = self.line.total_cmp(&other.line);
        let lines = lines.then(self.left.total_cmp(&other.left));
        lines.then_with(|| self.id.cmp(&other.id))
    }
}

impl Editor {
    /// Selects what has come back by undo or redo, as it was selected when it went.
    #[inline(never)]
    pub(super) fn select_again(&mut self) {
        let back = self.steps.back.take().unwrap_or_default();
        let nodes = back.iter().filter_map(|id| self.scene.get(id));
        let outermost = |node: &&Node| !node.ancestors().any(|above| back.contains(above));
        let free = nodes.filter(|node| !self.scene.is_locked(node) && outermost(node));
        let view = self.view();
        let back = selection_of(free.map(|node| view.target(node)));
        if !back.is_empty() && self.gesture.tool.keeps_selection() {
            self.select(back);
        }
    }

    /// The names of what is selected, a blank between.
    #[inline(never)]
    pub fn names_of_selection(&self) -> String {
        let names = self.chosen.selection.iter().map(ElementId::as_str);
        names.collect::<Vec<_>>().join(" ")
    }

    /// The upper right corner of what is selected, on the screen: beside it is what is about it.
    #[inline(never)]
    pub fn beside_selection(&self) -> Option<Point> {
        let area = self.selected_box()?;
        let corner = Point::new(area.x1, area.y0);
        Some(self.sight.camera.screen(corner).0)
    }

    /// Selects all that is of a kind with something selected.
    pub(crate) fn select_kind(&mut self) {
        self.select_alike(&|a, b| is_of_kind(a, b));
    }

    /// Selects all that is of a kind with something selected and looks the same.
    pub(crate) fn select_style(&mut self) {
        self.select_alike(&|a, b| is_of_kind(a, b) && looks_alike(a, b));
    }

    /// What cannot be seen, or is locked, is not meant.
    fn select_alike(&mut self, alike: &dyn Fn(&Element, &Element) -> bool) {
        let selected = self.chosen.selection.iter();
        let models: Vec<&Element> = selected
            .flat_map(|id| self.scene.parts(id))
            .map(Node::element)
            .collect();
        let view = self.view();
        let nodes = self.scene.iter().filter(|node| node.is_seen());
        let free = nodes.filter(|node| !self.scene.is_locked(node));
        let found = free.filter(|node| models.iter().any(|model| alike(model, node.element())));
        let ids = found.map(|node| view.target(node));
        let selection = selection_of(ids.chain(self.chosen.selection.iter().cloned()));
        self.select(selection);
    }

    /// Whether Tab goes through what is on the board.
    pub(crate) fn walks(&self) -> bool {
        self.gesture.tool.name() == ToolName::Select && !self.scene.is_empty()
    }

    /// Selects the next element as a board is read, or the one before, and brings it into view; behind
    /// the last one the key leads on to the page.
    pub(crate) fn walk(&mut self, back: bool) {
        let way = if back {
            Ordering::Less
        } else {
            Ordering::Greater
        };
        let Some(id) = self.beyond(way) else {
            self.chosen.tab_given_back = true;
            return;
        };
        let area = self.scene.box_of(&id);
        self.select(selection_of([id]));
        if let Some(area) = area.filter(|area| !self.sight.camera.shows(*area)) {
            let zoom = self.sight.camera.zoom();
            self.sight.camera.look_at(area.center(), zoom);
            self.sight.unpainted = true;
        }
    }

    /// The nearest that is beyond what is selected in the order of reading. O(elements).
    fn beyond(&self, way: Ordering) -> Option<ElementId> {
        let place = |id: &ElementId| Some(Place::of(id, self.scene.box_of(id)?));
        let selected = self.chosen.selection.iter().filter_map(place);
        let from = selected.reduce(|a, b| if b.cmp(&a) == way { b } else { a });
        let mut next: Option<Place> = None;
        let view = self.view();
        for node in self.scene.iter().filter(|node| !self.scene.is_locked(node)) {
            let id = &node.element().id;
            let is_group = self.scene.is_group(id);
            let stands = is_group || (node.is_seen() && view.target(node) == *id);
            let inside = is_group && view.target(node) != *id && node.parent().is_some();
            let Some(here) = place(id).filter(|_| stands && !inside) else {
                continue;
            };
            let beyond = from.as_ref().is_none_or(|from| here.cmp(from) == way);
            if beyond && next.as_ref().is_none_or(|next| next.cmp(&here) == way) {
                next = Some(here);
            }
        }
        next.map(|place| place.id)
    }
}

/// Whether two are of one kind; closed shapes, of one outline.
fn is_of_kind(a: &Element, b: &Element) -> bool {
    let outline = |element: &Element| {
        let mut style = element.style.clone();
        element.kind.spell_out(&mut style);
        style.details.contour
    };
    let closed = matches!(a.kind, Kind::Closed(_)) && matches!(b.kind, Kind::Closed(_));
    if closed {
        outline(a) == outline(b)
    } else {
        a.kind.name() == b.kind.name()
    }
}

/// Whether two have the same in all fields that people are offered.
fn looks_alike(a: &Element, b: &Element) -> bool {
    let said = |element: &Element| {
        let mut style: Style = element.style.clone();
        element.kind.spell_out(&mut style);
        style
    };
    let (first, second) = (said(a), said(b));
    let mut fields = StyleField::OFFERED.iter();
    fields.all(|field| first.get(*field) == second.get(*field))
}
