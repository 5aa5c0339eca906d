//! What comes onto the board by the clipboard, by dropping and by duplicating.

use board::document::Write;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::step::Step;
use board::text_layout;
use kurbo::{Point, Vec2};

use super::Editor;
use super::steps::Row;
use crate::boundary::{Notice, ToolName, UiEvent};
use crate::camera::ScreenPoint;
use crate::clipboard::{self, Clip, Record};
use crate::scene::sort_nodes;
use crate::selection::selection_of;

/// How far a copy stands off its original, board units at 100 %.
const COPY_OFFSET: f64 = 16.0;

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
        self.insert(records, by);
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

    fn selected_in_order(&self) -> Vec<&Element> {
        let mut nodes: Vec<_> = self
            .chosen
            .selection
            .iter()
            .filter_map(|id| self.scene.get(id))
            .collect();
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
        let made = self.copies(records, by);
        self.insert_elements(made);
    }

    pub(super) fn copies(
        &mut self,
        records: Vec<Record>,
        by: Vec2,
    ) -> Vec<(Element, Option<String>)> {
        let keys = self.keys_on_top(records.len());
        let mut made = Vec::with_capacity(records.len());
        for (record, key) in records.into_iter().zip(keys) {
            let mut element = record.element(self.new_id());
            element.order = key;
            element.by = self.people.profile.browser.as_str().into();
            element.set_geometry(element.geometry.translated(by));
            made.push((element, record.into_text()));
        }
        made
    }

    fn insert_elements(&mut self, made: Vec<(Element, Option<String>)>) {
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
        self.follow();
        self.select(selection_of(
            made.into_iter().map(|(element, _)| element.id),
        ));
        step
    }

    /// Puts copies right above the selection and selects them: what is dragged is then the copy.
    /// The tool in hand keeps its gesture, and the end of the drag notes the step.
    pub(super) fn duplicate_in_place(&mut self) {
        let stood = self.selected_box().map(|area| area.origin());
        let records = self.selected_records();
        let made = self.copies(records, Vec2::ZERO);
        self.steps.copied = Some(self.bear(made));
        if let Some(stood) = stood {
            self.note_row(stood);
        }
    }
}
