//! What a person asks for by button or key.

use board::document::Write;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::history::Step;
use board::style::Theme;
use board::text_layout;
use board::transform::Transform;
use kurbo::{Point, Vec2};

use super::Editor;
use crate::boundary::{Command, Focus, Modifiers, Notice, ToolName, UiEvent};
use crate::camera::ScreenPoint;
use crate::clipboard::{self, Clip, Record};
use crate::keymap::Key;
use crate::scene::sort_nodes;
use crate::tiles::Damage;
use crate::tool::{Selection, selection_of};

/// After a text was taken from under somebody's fingers, letters mean nothing until they pause for
/// so long, ms.
pub(super) const DEAF_MS: f64 = 1500.0;
/// How far a copy stands off its original, board units at 100 %.
const COPY_OFFSET: f64 = 16.0;

impl Editor {
    /// Carries out a command; false when it was a key that means nothing here.
    pub fn command(&mut self, command: Command) -> bool {
        self.unpainted = true;
        self.begun |= !matches!(
            command,
            Command::Dark(_)
                | Command::FingersDraw(_)
                | Command::Profile { .. }
                | Command::Key { .. }
        );
        match command {
            Command::Key {
                key,
                code,
                shift,
                alt,
                command,
                repeat,
                focus,
            } => {
                let modifiers = Modifiers {
                    shift,
                    alt,
                    command,
                };
                // While a text is open, no letter that goes astray is a shortcut.
                let focus = match focus {
                    Focus::Board if self.typing.is_some() => Focus::Text,
                    other => other,
                };
                let Some(key) = self.keyboard.read(&key, &code, modifiers, focus) else {
                    return false;
                };
                return self.key(key, repeat);
            }
            Command::KeyUp(key) => {
                if key == " " {
                    self.space = false;
                }
            }
            // A slip of the other hand must not cost the stroke that is being drawn.
            Command::Tool(_) if self.tool.busy() => {}
            Command::Tool(tool) => {
                self.end_typing();
                self.take_tool(tool);
            }
            Command::Style { set, done } => self.restyle(set, done),
            Command::EndText => self.end_typing(),
            Command::LeaveText => self.leave_text(),
            Command::Indent(out) => self.indent(out),
            Command::Copy => self.copy(),
            Command::Dark(dark) => self.darken(dark),
            Command::FingersDraw(draw) => self.fingers_draw = Some(draw),
            Command::Profile { name, color } => {
                self.profile.name = name;
                self.profile.color = color;
            }
            Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset
            | Command::ZoomToFit
            | Command::ZoomToSelection => self.zoom(&command),
            _ if self.read_only => {
                self.ui.notice(Notice::Newer);
            }
            _ => self.edit(command),
        }
        true
    }

    fn darken(&mut self, dark: bool) {
        self.theme = if dark { Theme::Dark } else { Theme::Light };
        self.scene.repaint_all();
        self.damage = Damage::Everything;
    }

    fn edit(&mut self, command: Command) {
        if self.tool.busy() {
            return;
        }
        // Whatever changes the board comes after what was typed, and is taken back before it.
        if !matches!(command, Command::Undo | Command::Redo) {
            self.end_typing();
        }
        match command {
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Delete => {
                let writes = self.selection.iter().map(Write::delete).collect();
                self.commit(writes);
            }
            Command::SelectAll => {
                self.take_tool(ToolName::Select);
                let known = self.scene.iter().map(|node| node.element());
                let shown = known.filter(|element| !matches!(element.kind, Kind::Unknown(_)));
                let all = selection_of(shown.map(|element| element.id.clone()));
                self.select(all);
            }
            Command::Duplicate => {
                let by = Vec2::new(COPY_OFFSET, COPY_OFFSET) / self.camera.zoom().min(1.0);
                let records = self.selected_records();
                self.insert(records, by);
            }
            Command::Cut => {
                self.copy();
                self.edit(Command::Delete);
            }
            Command::Paste { text, html } => self.paste(&text, &html),
            Command::Drop { text, x, y } => {
                let at = self.camera.board(ScreenPoint(Point::new(x, y)));
                self.place_text(&text, at);
            }
            Command::BringToFront => self.reorder(super::order::Way::ToFront),
            Command::SendToBack => self.reorder(super::order::Way::ToBack),
            Command::BringForward => self.reorder(super::order::Way::Forward),
            Command::SendBackward => self.reorder(super::order::Way::Backward),
            _ => {}
        }
    }

    fn key(&mut self, key: Key, repeat: bool) -> bool {
        self.begun |= !matches!(key, Key::Rest);
        match key {
            Key::Command(Command::Tool(_)) if repeat => {}
            // The text that one is typing in has gone or lost the keyboard: the rest is no shortcut.
            Key::Command(Command::Tool(_) | Command::Delete) | Key::Enter
                if self.now < self.deaf_until =>
            {
                self.deaf_until = self.now + DEAF_MS;
            }
            Key::Command(Command::Delete) if self.selection.is_empty() => return false,
            Key::Command(command) => return self.command(command),
            Key::Space => self.space = true,
            Key::Rest => {}
            Key::Escape => self.escape(),
            Key::Nudge(..) if self.selection.is_empty() || self.read_only => return false,
            // What a gesture has hold of is nobody else's until it ends.
            Key::Nudge(..) | Key::Enter if self.tool.busy() => {}
            Key::Nudge(x, y) => self.nudge(Vec2::new(x, y), repeat),
            Key::Enter => {
                let mut selected = self.selection.iter();
                let (Some(id), None) = (selected.next().cloned(), selected.next()) else {
                    return false;
                };
                let text = |node: &crate::scene::Node| node.element().text().is_some();
                if !self.scene.get(&id).is_some_and(text) {
                    return false;
                }
                self.type_in(&id);
            }
        }
        true
    }

    fn escape(&mut self) {
        if self.typing.is_some() {
            self.end_typing();
        } else if self.tool.busy() {
            let edits = self.tool.cancel();
            self.apply(edits);
        } else if self.tool.name() != ToolName::Select {
            self.take_tool(ToolName::Select);
        } else {
            self.select(Selection::new());
        }
    }

    /// Moves the selection; a key that is held makes one step of undo, however often it repeats.
    fn nudge(&mut self, by: Vec2, repeat: bool) {
        let transform = Transform::Move { by };
        let selected = self.selection.iter().filter_map(|id| self.scene.get(id));
        let moved = selected.map(|node| transform.applied(node.element()));
        let writes = moved
            .map(|element| Write::geometry(&element.id, &element.geometry))
            .collect();
        let step = self.document.commit(writes);
        if repeat {
            self.history.extend(step);
        } else {
            self.history.push(step);
        }
        self.follow();
    }

    fn undo(&mut self) {
        if let Some(typing) = &mut self.typing {
            typing.undo(&self.document);
            self.follow();
            self.show_caret();
        } else if self.selection.is_empty() || self.trial.take().is_none() {
            let skipped = self.history.undo(&mut self.document);
            self.tell_skipped(skipped);
        }
    }

    fn redo(&mut self) {
        if let Some(typing) = &mut self.typing {
            typing.redo(&self.document);
            self.follow();
            self.show_caret();
        } else {
            let skipped = self.history.redo(&mut self.document);
            self.tell_skipped(skipped);
        }
    }

    fn tell_skipped(&mut self, skipped: Option<usize>) {
        self.follow();
        if skipped.is_some_and(|skipped| skipped > 0) {
            self.ui.notice(Notice::Skipped);
        }
    }

    fn zoom(&mut self, command: &Command) {
        match command {
            Command::ZoomIn => self.camera.zoom_step(true),
            Command::ZoomOut => self.camera.zoom_step(false),
            Command::ZoomReset => self.camera.zoom_reset(),
            Command::ZoomToSelection if !self.selection.is_empty() => {
                if let Some(bounds) = self.scene.bounds_of(&self.selection) {
                    self.camera.fit(bounds);
                }
            }
            _ => self.show_content(),
        }
        self.view_moved();
    }

    fn copy(&mut self) {
        let elements = self.selected_in_order();
        if !elements.is_empty() {
            let Clip { text, html } = clipboard::write(&elements);
            self.pastes = 0;
            self.ui.tell(UiEvent::Clipboard { text, html });
        }
    }

    fn paste(&mut self, text: &str, html: &str) {
        match clipboard::read(text, html) {
            Some(records) => {
                self.pastes += 1;
                let offset = COPY_OFFSET * f64::from(self.pastes) / self.camera.zoom().min(1.0);
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
        let view = self.camera.view();
        let moved = all + beside;
        let seen = moved.intersect(view);
        if seen.width() > 0.0 && seen.height() > 0.0 {
            beside
        } else {
            self.camera.board(self.camera.middle()) - all.center() + beside
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

    fn copies(&mut self, records: Vec<Record>, by: Vec2) -> Vec<(Element, Option<String>)> {
        let keys = self.keys_on_top(records.len());
        let mut made = Vec::with_capacity(records.len());
        for (record, key) in records.into_iter().zip(keys) {
            let mut element = record.element(self.new_id());
            element.order = key;
            element.by = self.profile.browser.as_str().into();
            element.set_geometry(element.geometry.translated(by));
            made.push((element, record.into_text()));
        }
        made
    }

    fn insert_elements(&mut self, made: Vec<(Element, Option<String>)>) {
        self.end_typing();
        self.take_tool(ToolName::Select);
        let step = self.bear(made);
        self.history.push(step);
    }

    /// Puts new elements into the document with their texts and selects them.
    fn bear(&mut self, made: Vec<(Element, Option<String>)>) -> Step {
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
        let records = self.selected_records();
        let made = self.copies(records, Vec2::ZERO);
        self.copied = Some(self.bear(made));
    }
}
