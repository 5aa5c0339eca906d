//! What comes onto the board by the clipboard, by dropping and by duplicating.

use std::collections::HashMap;

use board::document::Write;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::links::{LinkField, is_address};
use board::order::OrderKey;
use board::record::Record;
use board::step::Step;
use board::style::{Family, StyleField};
use board::text_layout;
use kurbo::{Point, Rect, Vec2};

use super::Editor;
use super::steps::Row;
use crate::boundary::{Notice, ToolName, UiEvent};
use crate::camera::ScreenPoint;
use crate::clipboard::{self, Clip};
use scene::{Node, Selection, selection_of, sort_nodes};

/// How far a copy stands off its original, board units at 100 %.
const COPY_OFFSET: f64 = 16.0;
/// Lines that are pasted are wrapped to this where they are longer, font sizes: some sixty letters.
const MEASURE: f64 = 32.0;
/// They take up no more of the view either.
const SHARE_OF_VIEW: f64 = 0.8;

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

    /// Pastes with nothing but text and HTML, see [`Self::put`].
    pub fn paste(&mut self, text: &str, html: &str) {
        self.put(text, html, "", None);
    }

    /// Puts on the board what is on the clipboard or was dropped: the elements in its HTML, else its
    /// text, which leads to an address if it is one or came with one. At a place on the screen, else
    /// where the pointer is.
    pub fn put(&mut self, text: &str, html: &str, address: &str, at: Option<Point>) {
        if !self.may_edit() {
            return;
        }
        let at = at.or(self.gesture.pointer.map(|at| at.0));
        match clipboard::read(text, html) {
            Some(records) => {
                let made = self.copies(records, Vec2::ZERO, From::Clipboard);
                self.ask_for_files(&made);
                self.land(made, at);
            }
            None => self.place_text(text, address, at),
        }
    }

    /// Puts text on the board of which spaces put columns below one another: every letter is as wide as every
    /// other, and lines end where they ended.
    pub fn put_columns(&mut self, text: &str, at: Option<Point>) {
        if !self.may_edit() || text.trim().is_empty() {
            return;
        }
        let at = at.or(self.gesture.pointer.map(|at| at.0));
        let at = at.unwrap_or(self.sight.camera.middle().0);
        let text = text_layout::plain(text);
        let (id, nowhere) = (self.new_id(), Geometry::default());
        let mut element = self.new_element(id, nowhere, Kind::Text(Text::new("")));
        let mono = Value::text(Family::Mono.name());
        element.style.set(StyleField::Family, &mono);
        element.style.set(StyleField::Align, &Value::Null);
        element.set_text(&text);
        self.land(vec![(element, Some(text))], Some(at));
    }

    /// Answers with [`UiEvent::Clipboard`] in the same drain.
    pub(crate) fn copy(&mut self) {
        let elements = self.selected_in_order();
        if !elements.is_empty() {
            let Clip { text, html, files } = clipboard::write(&elements);
            self.steps.pasted = (None, 0);
            self.ui.tell(UiEvent::Clipboard { text, html, files });
        }
    }

    /// How far pasted things are to be moved: with their middle to where the pointer is; without one
    /// to beside their originals while that is in view, else to the middle of the view. None lands on
    /// the one before.
    fn landing(&mut self, all: Rect, at: Option<Point>) -> Vec2 {
        let (before, times) = self.steps.pasted;
        let times = if before == at { times } else { 0 };
        self.steps.pasted = (at, times + 1);
        let camera = &self.sight.camera;
        let offset = COPY_OFFSET / camera.zoom().min(1.0);
        let step = Vec2::new(offset, offset);
        if let Some(at) = at {
            return camera.board(ScreenPoint(at)) - all.center() + step * f64::from(times);
        }
        let beside = step * f64::from(times + 1);
        let seen = (all + beside).intersect(camera.view());
        if seen.width() > 0.0 && seen.height() > 0.0 {
            beside
        } else {
            camera.board(camera.middle()) - all.center() + beside
        }
    }

    /// Makes a text that leads where it says, with its middle there or in the middle of the view.
    fn place_text(&mut self, text: &str, address: &str, at: Option<Point>) {
        let said = text.trim();
        if said.is_empty() {
            return;
        }
        let leads = is_address(said) && !said.starts_with('#');
        let (text, address) = match address {
            "" if leads => (said, said),
            // An address of this board says less than what is there.
            _ if leads => (self.words_at(address).unwrap_or(said), address),
            _ => (text, address),
        };
        let text = text_layout::plain(text);
        if text_layout::is_cut(&text) {
            self.ui.notice(Notice::TooLong);
        }
        let camera = &self.sight.camera;
        let (room, middle) = (camera.view().width() * SHARE_OF_VIEW, camera.middle().0);
        let (id, nowhere) = (self.new_id(), Geometry::default());
        let mut element = self.new_element(id, nowhere, Kind::Text(Text::new("")));
        element.links.set(LinkField::Link, &Value::text(address));
        element.set_text(&text);
        let room = room.min(element.style.font_size * MEASURE);
        if element.frame().w > room {
            wrap(&mut element, &text, room);
            let lines = element.lines().map(|(layout, _)| layout.lines);
            let widths = lines.into_iter().flatten().map(|line| line.width);
            // No wider than its longest line, so that nothing seems to be there that is not.
            wrap(&mut element, &text, widths.fold(1.0, f64::max).ceil());
        }
        self.land(vec![(element, Some(text))], at.or(Some(middle)));
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

    /// Puts what is new on top of everything and selects it: in the frame that it lands in, if all of
    /// it has room there.
    pub(super) fn land(&mut self, mut made: Vec<(Element, Option<String>)>, at: Option<Point>) {
        let seen = made.iter().filter(|(made, _)| made.kind.is_painted());
        let boxes = seen.map(|(made, _)| made.bounds());
        let Some(all) = boxes.reduce(|a, b| a.union(b)) else {
            return;
        };
        let by = self.landing(all, at);
        for (element, _) in &mut made {
            element.set_geometry(element.geometry.translated(by));
        }
        let all = all + by;
        let frame = self.scene.frame_at(all.center(), &Selection::new());
        let frame = frame.map(Node::element).filter(|frame| {
            let room = frame.frame().bounds();
            room.union(all) == room
        });
        if let Some(id) = frame.map(|frame| frame.id.clone()) {
            for (element, _) in &mut made {
                if element.links.parent.is_none() {
                    element.links = element.links.within(Some(id.clone()));
                }
            }
            self.put_on_top(&mut made);
        }
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
            let stands = |id: &ElementId| self.scene.get(id).is_some();
            element.links = original.of_copy(&|id| names.get(id).cloned(), &stands);
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

/// Wraps the lines of a text to a width, board units.
fn wrap(element: &mut Element, text: &str, width: f64) {
    element.style.set(StyleField::Wrap, &Value::Number(width));
    element.set_text(text);
}
