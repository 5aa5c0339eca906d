//! What comes onto the board by the clipboard, by dropping and by duplicating.

use std::collections::HashMap;

use board::document::Write;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::links::LinkField;
use board::order::OrderKey;
use board::step::Step;
use board::text_layout;
use kurbo::{Point, Vec2};

use super::Editor;
use super::steps::Row;
use crate::boundary::{Notice, ToolName, UiEvent};
use crate::camera::ScreenPoint;
use crate::clipboard::{self, Clip, Record};
use crate::scene::{Node, sort_nodes};
use crate::selection::selection_of;

/// How far a copy stands off its original, board units at 100 %.
const COPY_OFFSET: f64 = 16.0;

/// Where copies come from, and so what they are like beside their originals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From here: they are in the same frame or group.
    Beside,
    /// From anywhere: they are in nothing that was not copied with them.
    Clipboard,
    /// From another board, all of it: what is locked there is locked.
    Board,
}

impl Editor {
    /// Copies the selection and selects the copies. Copies of copies lie as far from these as these
    /// from their originals, wherever they were moved: so a row is made.
    pub(crate) fn duplicate(&mut self) {
        let Some(stood) = self.selected_box().map(|area| area.origin()) else {
            return;
        };
        let row = self.steps.row.as_ref();
        let again = row.filter(|row| row.copies == self.chosen.selection);
        let by = again.map(|row| stood - row.stood).unwrap_or_default();
        let by = if by == Vec2::ZERO {
            Vec2::new(COPY_OFFSET, COPY_OFFSET) / self.sight.camera.zoom().min(1.0)
        } else {
            by
        };
        let records = self.selected_records();
        let made = self.copies(records, by, From::Beside);
        self.insert_elements(made);
        self.note_row(stood);
    }

    fn note_row(&mut self, stood: Point) {
        let copies = self.chosen.selection.clone();
        self.steps.row = Some(Row { copies, stood });
    }

    /// Answers with [`UiEvent::Clipboard`] in the same drain.
    pub(crate) fn cut(&mut self) {
        self.copy();
        self.delete();
    }

    /// Puts what is on the clipboard on the board: the elements in its HTML, else its text; empty
    /// where there is none.
    pub fn paste(&mut self, text: &str, html: &str) {
        if self.may_edit() {
            self.put(text, html);
        }
    }

    /// Puts text on the board where it was dropped on the screen.
    pub fn drop_text(&mut self, text: &str, at: Point) {
        if self.may_edit() {
            self.place_text(text, self.sight.camera.board(ScreenPoint(at)));
        }
    }

    /// Answers with [`UiEvent::Clipboard`] in the same drain.
    pub(crate) fn copy(&mut self) {
        let elements = self.selected_in_order();
        if !elements.is_empty() {
            let Clip { text, html } = clipboard::write(&elements);
            self.steps.pastes = 0;
            self.ui.tell(UiEvent::Clipboard { text, html });
        }
    }

    fn put(&mut self, text: &str, html: &str) {
        match clipboard::read(text, html) {
            Some(records) => {
                self.steps.pastes += 1;
                let offset =
                    COPY_OFFSET * f64::from(self.steps.pastes) / self.sight.camera.zoom().min(1.0);
                let by = self.towards_view(&records, Vec2::new(offset, offset));
                self.insert(records, by);
            }
            None => self.place_text(text, self.spot()),
        }
    }

    /// Beside the original while that is in view, else into the middle of the view; either way no
    /// paste lands on the one before.
    fn towards_view(&mut self, records: &[Record], beside: Vec2) -> Vec2 {
        let elements = records.iter().map(|record| record.element(self.new_id()));
        let bounds: Vec<_> = elements
            .collect::<Vec<_>>()
            .iter()
            .map(Element::bounds)
            .collect();
        let Some(all) = bounds.into_iter().reduce(|a, b| a.union(b)) else {
            return beside;
        };
        let view = self.sight.camera.view();
        let moved = all + beside;
        let seen = moved.intersect(view);
        if seen.width() > 0.0 && seen.height() > 0.0 {
            beside
        } else {
            self.sight.camera.board(self.sight.camera.middle()) - all.center() + beside
        }
    }

    /// Makes a text with its middle there.
    fn place_text(&mut self, text: &str, at: Point) {
        if text.trim().is_empty() {
            return;
        }
        let text = text_layout::plain(text);
        if text_layout::is_cut(&text) {
            self.ui.notice(Notice::TooLong);
        }
        let id = self.new_id();
        let geometry = Geometry {
            x: at.x,
            y: at.y,
            ..Geometry::default()
        };
        let mut element = self.new_element(id, geometry, Kind::Text(Text::new("")));
        element.set_text(&text);
        let frame = element.frame().rect();
        let shift = Point::new(at.x, at.y) - frame.center();
        element.set_geometry(geometry.translated(shift));
        self.insert_elements(vec![(element, Some(text))]);
    }

    /// What is selected and all that is in it, bottom first.
    fn selected_in_order(&self) -> Vec<&Element> {
        let mut nodes = self.scene.with_members(&self.chosen.selection);
        sort_nodes(&mut nodes);
        nodes.into_iter().map(|node| node.element()).collect()
    }

    fn selected_records(&self) -> Vec<Record> {
        self.selected_in_order()
            .into_iter()
            .map(Record::of)
            .collect()
    }

    /// Puts copies on top of everything, moved, and selects them.
    fn insert(&mut self, records: Vec<Record>, by: Vec2) {
        let made = self.copies(records, by, From::Clipboard);
        self.insert_elements(made);
    }

    /// Copies under new names, linked among one another as their originals are.
    pub(super) fn copies(
        &mut self,
        records: Vec<Record>,
        by: Vec2,
        from: From,
    ) -> Vec<(Element, Option<String>)> {
        let mut names = HashMap::new();
        let ids: Vec<ElementId> = records
            .iter()
            .map(|record| {
                let id = self.new_id();
                let name = record.name().cloned();
                name.map(|name| names.insert(name, id.clone()));
                id
            })
            .collect();
        let mut made = Vec::with_capacity(records.len());
        for (record, id) in records.into_iter().zip(ids) {
            let mut element = record.element(id);
            let original = element.links.clone();
            element.links = original.of_copy(&|id| names.get(id).cloned());
            if element.links.parent.is_none() {
                if from != From::Board {
                    element.links.set(LinkField::Locked, &Value::Null);
                }
                let kept = original.parent.as_ref().filter(|_| from == From::Beside);
                let kept = kept.filter(|id| self.scene.get(id).is_some());
                element.links = element.links.within(kept.cloned());
            }
            element.by = self.people.profile.browser.as_str().into();
            if from != From::Board {
                self.sign(&mut element);
            }
            element.set_geometry(element.geometry.translated(by));
            made.push((element, record.into_text()));
        }
        self.put_on_top(&mut made);
        made
    }

    /// Gives copies their keys: above all that is in the frame or group that all of them are in, else
    /// above everything.
    fn put_on_top(&mut self, made: &mut [(Element, Option<String>)]) {
        let roots = made
            .iter()
            .map(|(element, _)| element.links.parent.as_ref());
        let mut stand = roots.filter(|parent| parent.is_none_or(|id| self.scene.get(id).is_some()));
        let first = stand.next().flatten();
        let home = first.filter(|first| stand.all(|next| next == Some(*first)));
        let (below, above) = self.scene.room_on_top(home);
        let mut random = || self.random.u64(..);
        let keys = OrderKey::spread(below.as_ref(), above.as_ref(), made.len(), &mut random);
        for ((element, _), key) in made.iter_mut().zip(keys) {
            element.order = key;
        }
    }

    pub(super) fn insert_elements(&mut self, made: Vec<(Element, Option<String>)>) {
        self.end_typing();
        self.take_tool(ToolName::Select);
        let step = self.bear(made);
        self.steps.history.push(step);
    }

    /// Puts new elements into the document with their texts and selects them.
    pub(super) fn bear(&mut self, made: Vec<(Element, Option<String>)>) -> Step {
        let births = made.iter().map(|(element, _)| Write::birth(element));
        let texts: Vec<_> = made
            .iter()
            .filter_map(|(element, text)| Some((&element.id, text.as_deref()?)))
            .collect();
        let step = self.document.commit_with_texts(births.collect(), &texts);
        self.ask_for_files(&made);
        self.follow();
        let ids = selection_of(made.into_iter().map(|(element, _)| element.id));
        // What is in a frame or group that was born with it is selected with that.
        let outermost = |id: &&ElementId| {
            let parent = self.scene.get(id).and_then(Node::parent);
            parent.is_none_or(|parent| !ids.contains(parent))
        };
        let roots = selection_of(ids.iter().filter(outermost).cloned());
        self.select(roots);
        step
    }

    /// Puts copies right above the selection and selects them: what is dragged is then the copy.
    /// The tool in hand keeps its gesture, and the end of the drag notes the step.
    pub(super) fn duplicate_in_place(&mut self) {
        let stood = self.selected_box().map(|area| area.origin());
        let records = self.selected_records();
        let made = self.copies(records, Vec2::ZERO, From::Beside);
        self.steps.copied = Some(self.bear(made));
        if let Some(stood) = stood {
            self.note_row(stood);
        }
    }
}
