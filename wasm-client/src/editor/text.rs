//! The text that is being typed: its end, its lines, and that its caret is seen.

use board::element::{Element, Kind};
use board::id::ElementId;
use kurbo::{Point, Rect, Size};

use super::holding::deleted;
use super::{Editor, acts};
use crate::typing::Typing;
use scene::Damage;
use scene::selection_of;

/// The text that is being typed.
#[derive(Debug, Default)]
pub(super) struct Writing {
    pub(super) typing: Option<Typing>,
    /// Until then what is typed beside a text means nothing, ms.
    pub(super) deaf_until: f64,
}

impl Editor {
    /// Types in what says something, or can.
    pub(super) fn type_in(&mut self, id: &ElementId) {
        self.type_in_at(id, None);
    }

    /// The same for a press at a point of the board. All is selected, unless somebody else types there:
    /// then the caret is where the press was, or at the end.
    #[inline(never)]
    pub(super) fn type_in_at(&mut self, id: &ElementId, at: Option<Point>) {
        if self.read_only || self.scene.get(id).is_none() {
            return;
        }
        self.end_typing();
        self.select(selection_of([id.clone()]));
        self.words_turn(id);
        let typing = if self.typed_in().contains(id) {
            let node = self.scene.get(id);
            let caret = at
                .zip(node)
                .and_then(|(at, node)| offset_at(node.element(), at));
            Typing::beside_others(&mut self.document, id, caret)
        } else {
            Typing::in_text(&mut self.document, id)
        };
        self.writing.typing = Some(typing);
    }

    /// Ends the session of typing, keeping what was typed.
    pub(crate) fn end_typing(&mut self) {
        if let Some(typing) = self.writing.typing.take() {
            let id = typing.element().clone();
            let gone = || deleted(&self.scene, &selection_of([id.clone()]));
            let history = &mut self.steps.history;
            typing.end(&mut self.document, history, &gone, self.now);
            self.follow();
            self.words_turn(&id);
            self.cover.text_rests(self.now);
        }
    }

    /// Words come from the board into the field, or back: both may happen between two paintings, and
    /// no letter in between is painted.
    pub(super) fn words_turn(&mut self, id: &ElementId) {
        if let Some(node) = self.scene.get(id) {
            self.sight.changed(Damage::Rects(vec![node.bounds()]));
        }
    }

    /// Whether what is typed is the name of a frame.
    pub(super) fn names_frame(&self, typing: &Typing) -> bool {
        let node = self.scene.get(typing.element());
        node.is_some_and(|node| matches!(node.element().kind, Kind::Frame(_)))
    }

    /// The same when something else has taken the keyboard: the rest of the word is no shortcut.
    pub fn leave_text(&mut self) {
        if self.writing.typing.is_some() {
            self.end_typing();
            self.writing.deaf_until = self.now + acts::DEAF_MS;
        }
    }

    /// Moves the selected lines of the text in or out; in a note it leads on to the one beside it.
    pub(crate) fn indent(&mut self, out: bool) {
        if self.next_note(out) {
            return;
        }
        if let Some(typing) = &mut self.writing.typing {
            typing.indent(&mut self.document, out, self.now);
            self.follow();
            self.show_caret();
        }
    }

    /// Moves the view when the caret of the text that is being typed has left it. O(text).
    pub(super) fn show_caret(&mut self) {
        self.show_caret_of(false);
    }

    /// The same; when a pointer has put it there, only if it is out of the window.
    pub(super) fn show_caret_of(&mut self, pointed: bool) {
        let Some(typing) = &self.writing.typing else {
            return;
        };
        let existing = || self.shown_with_words(typing.element());
        let Some(element) = typing.unborn().or_else(existing) else {
            return;
        };
        if self.names_frame(typing) {
            return;
        }
        // The field shows what is not in the document yet.
        let mut element = element.clone();
        element.set_text(typing.shown());
        let caret = caret_of(&element, typing.shown(), typing.caret());
        let seen = (self.sight.camera.transform() * element.placement()).transform_rect_bbox(caret);
        let before = self.sight.camera.offset();
        self.sight.camera.reveal(seen, pointed);
        if self.sight.camera.offset() != before {
            self.sight.unpainted = true;
            self.view_moved();
        }
    }
}

/// The gap between letters that is nearest to a point of the board; `None` in what says nothing there.
fn offset_at(element: &Element, at: Point) -> Option<u32> {
    let (layout, corner) = element.lines()?;
    let local = element.placement().inverse() * at - corner.to_vec2();
    Some(layout.offset_at(element.text()?, local))
}

/// Where a caret stands in the local space of an element that says a text.
fn caret_of(element: &Element, text: &str, offset: u32) -> Rect {
    let Some((layout, at)) = element.lines() else {
        return Rect::ZERO;
    };
    let top = layout.caret(text, offset) + at.to_vec2();
    Rect::from_origin_size(top, Size::new(0.0, layout.line_height))
}
