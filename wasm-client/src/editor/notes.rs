//! Sticky notes: put down with the caret in them, signed by who writes them, one beside the other.

use board::document::Write;
use board::element::{Element, Kind};
use board::id::ElementId;
use board::record::Record;
use kurbo::{Point, Rect, Vec2};

use super::Editor;
use super::flow::Side;
use crate::typing::Typing;
use scene::selection_of;

/// Between a note and the next, shares of the width.
const GAP: f64 = 0.1;

impl Editor {
    /// Notes say from now on who wrote them, or no longer.
    pub fn set_signing(&mut self, signs: bool) {
        self.people.profile.signs = signs;
    }

    /// Lets a new note say who wrote it.
    pub(super) fn sign(&self, element: &mut Element) {
        let profile = &self.people.profile;
        element.sign(if profile.signs { &profile.name } else { "" });
    }

    /// Puts a new note on the board and types in it. `fleeting`: it goes if nothing is written.
    pub(super) fn write_note(&mut self, note: Element, fleeting: bool) {
        self.end_typing();
        let birth = self.document.commit(vec![Write::birth(&note)]);
        self.follow();
        let id = note.id;
        self.select(selection_of([id.clone()]));
        let typing = Typing::in_newborn(&mut self.document, &id, birth, fleeting);
        self.writing.typing = Some(typing);
        self.sight.unpainted = true;
    }

    /// Takes back the note that was put down for what is typed, which is nothing.
    pub(super) fn take_back_newborn(&mut self) {
        let id = self.writing.typing.as_ref().map(Typing::element).cloned();
        self.end_typing();
        // One that nobody meant to stay has gone by itself.
        if id.is_some_and(|id| self.scene.get(&id).is_some()) {
            self.undo_step();
        }
    }

    /// Goes on from the note that is typed to the one beside it, or makes one like it there; false
    /// when none is typed.
    pub(super) fn next_note(&mut self, back: bool) -> bool {
        let typed = self.writing.typing.as_ref().map(Typing::element);
        let Some(from) = typed.and_then(|id| self.scene.get(id)) else {
            return false;
        };
        let frame = from.frames().last().map(|(_, frame)| frame.bounds());
        let from = from.element().clone();
        if !matches!(from.kind, Kind::Note(_)) {
            return false;
        }
        let area = from.frame().bounds();
        let gap = area.width() * GAP;
        let place = |side: Side| {
            let way = side.way();
            area + Vec2::new(way.x * (area.width() + gap), way.y * (area.height() + gap))
        };
        let (row, column) = if back {
            (Side::Left, Side::Up)
        } else {
            (Side::Right, Side::Down)
        };
        // Where its frame ends at that side, the notes go on in a column.
        let ends = frame.is_some_and(|frame| frame.union(place(row)) != frame);
        let side = if ends { column } else { row };
        let beside = place(side);
        if let Some(there) = self.note_in(beside, &from.id) {
            self.type_in(&there);
        } else {
            let next = self.note_like(&from, side, gap);
            // One that leads on to the next is meant to be there.
            self.writing.typing.iter_mut().for_each(Typing::keep);
            self.write_note(next, true);
        }
        if let Some(node) = self
            .chosen
            .selection
            .first()
            .and_then(|id| self.scene.get(id))
        {
            self.show(node.element().frame().bounds());
        }
        true
    }

    /// Where the way on from a note is, on the screen; none from anything else.
    pub(super) fn place_of_next(&self, from: &Element) -> Option<[f64; 2]> {
        let area = matches!(from.kind, Kind::Note(_)).then(|| from.frame().bounds())?;
        let at = Point::new(area.x1, area.center().y);
        let at = self.sight.camera.screen(at).0;
        Some([at.x, at.y])
    }

    /// A note that stands in an area.
    fn note_in(&self, area: Rect, but: &ElementId) -> Option<ElementId> {
        let nodes = self.scene.in_rect(area);
        let stands = |element: &&Element| {
            let there = area.contains(element.frame().center());
            matches!(element.kind, Kind::Note(_)) && there && element.id != *but
        };
        let free = nodes.iter().filter(|node| !self.scene.is_locked(node));
        let found = free.map(|node| node.element()).find(stands);
        found.map(|element| element.id.clone())
    }

    /// An empty one of the same looks to a side of it.
    fn note_like(&mut self, from: &Element, side: Side, gap: f64) -> Element {
        let by = self.room_for_next(from, side, (gap, gap));
        let mut next = Record::of(from).element(self.new_id());
        next.set_text("");
        next.by = self.people.profile.browser.as_str().into();
        next.set_geometry(from.geometry.translated(by).rounded());
        (next.links, next.order) = self.cradle(next.frame().center());
        self.sign(&mut next);
        next
    }
}
