//! What a person asks for by button or key: the rules that all actions share, and those that are
//! no file of their own.

use board::document::Write;
use board::element::{Element, Kind};
use board::id::ElementId;
use board::transform::Transform;
use kurbo::{Point, Vec2};

use super::Editor;
use super::holding::left_by;
use crate::actions::{Action, Hearing, Nature};
use crate::boundary::{Focus, Modifiers, Notice, ToolName, UiEvent};
use crate::camera::ScreenPoint;
use crate::pointer::Device;
use crate::snap::Wanted;
use crate::typing::Typing;
use crate::vertices::{self, Pointed};
use scene::{Selection, selection_of};

/// After a text was taken from under somebody's fingers, what is typed means nothing until they
/// pause for so long, ms.
pub(super) const DEAF_MS: f64 = 1500.0;

impl Editor {
    /// Carries out an action of the table; false when there is none of that id.
    pub fn act(&mut self, id: &str) -> bool {
        let Some(action) = Action::named(id) else {
            return false;
        };
        self.keyboard.rests();
        self.carry_out(action);
        true
    }

    /// A key went down: `KeyboardEvent.key` and `code`. False when it is left to the browser.
    pub fn key(
        &mut self,
        key: &str,
        code: &str,
        modifiers: Modifiers,
        repeat: bool,
        focus: Focus,
    ) -> bool {
        // While a text is open, no letter that goes astray is a shortcut.
        let focus = match focus {
            Focus::Board if self.writing.typing.is_some() => Focus::Text,
            other => other,
        };
        let Some((action, hearing)) = self.keyboard.read(key, code, modifiers, focus) else {
            return false;
        };
        self.keyboard.held(repeat);
        if hearing == Hearing::Rests {
            return true;
        }
        let types = key.chars().count() == 1 || matches!(key, "Delete" | "Backspace" | "Enter");
        if types && !modifiers.command && self.now < self.writing.deaf_until {
            // The text that one is typing in has gone or lost the keyboard: the rest is no shortcut.
            self.writing.deaf_until = self.now + DEAF_MS;
            return true;
        }
        if (action.when)(self) {
            // It leads on to the page once: whoever presses it on the board after that has come back.
            let mut leads_on = key == "Tab" && self.chosen.tab_given_back;
            if !leads_on {
                self.carry_out(action);
                leads_on = key == "Tab" && self.chosen.tab_given_back;
            }
            self.chosen.tab_given_back &= !leads_on;
            return !leads_on;
        }
        // With Ctrl the browser has a use for most keys, which nobody means who uses them here.
        modifiers.command
    }

    /// A key went up: its `KeyboardEvent.key`.
    pub fn key_up(&mut self, key: &str) {
        if key == " " {
            self.gesture.space = false;
        }
    }

    fn carry_out(&mut self, action: &'static Action) {
        match action.nature {
            Nature::Asks => return self.ui.tell(UiEvent::Ask { id: action.id }),
            // A slip of the other hand must not cost the stroke that is being drawn.
            Nature::Takes if self.gesture.tool.busy() || self.keyboard.repeats() => return,
            Nature::Edits | Nature::Steps if !self.may_edit() => return,
            // Whatever changes the board comes after what was typed, and is taken back before it.
            Nature::Takes => self.end_typing(),
            Nature::Edits => {
                self.end_typing();
                // These two are about what is in the making themselves.
                if !matches!(action.id, "enter" | "delete") {
                    self.conclude();
                }
            }
            Nature::Looks | Nature::Types | Nature::Steps => {}
        }
        self.begun = true;
        self.sight.unpainted = true;
        self.chosen.tab_given_back = false;
        (action.does)(self);
    }

    /// Whether the board may be changed now: it is none of a newer version, and what a gesture has hold
    /// of is nobody else's until it ends.
    pub(super) fn may_edit(&mut self) -> bool {
        self.tell_read_only();
        // What is done to the board comes after the title that was typed.
        self.end_naming();
        !self.read_only && !self.gesture.tool.busy()
    }

    /// For each row of the table, whether it would do something now.
    pub(super) fn applying(&self) -> Vec<bool> {
        let all = Action::all().iter();
        all.map(|action| (action.when)(self)).collect()
    }

    pub(crate) fn always(&self) -> bool {
        true
    }

    pub(crate) fn selected(&self) -> bool {
        !self.chosen.selection.is_empty()
    }

    /// Whether a text, and nothing else, is selected.
    pub(crate) fn text_held(&self) -> bool {
        self.only_selected()
            .is_some_and(|element| element.text().is_some() || element.can_have_label())
    }

    /// Whether one thing is selected that could have a label and has none.
    pub(crate) fn unlabelled(&self) -> bool {
        self.text_held() && self.changeable() && !self.worded()
    }

    /// Whether one thing is selected that says something, or is there to do so.
    pub(crate) fn worded(&self) -> bool {
        let says = |element: &Element| {
            let note = matches!(element.kind, Kind::Note(_));
            note || element.text().is_some()
        };
        self.changeable() && self.only_selected().is_some_and(says)
    }

    pub(crate) fn undoable(&self) -> bool {
        match &self.writing.typing {
            Some(typing) => typing.can_undo() || typing.is_newborn(),
            None if self.gesture.tool.is_under_way() => true,
            None => self.steps.history.can_undo() || self.chosen.trial.is_some(),
        }
    }

    pub(crate) fn redoable(&self) -> bool {
        match &self.writing.typing {
            Some(typing) => typing.can_redo(),
            None => self.steps.history.can_redo(),
        }
    }

    /// The page carries it out.
    pub(crate) fn left_to_the_page(&mut self) {}

    /// Takes a tool in hand. A second press of its button keeps it there, or no longer; of its key, which
    /// many press by habit, means nothing more.
    pub(crate) fn take(&mut self, tool: ToolName) {
        if self.gesture.tool.name() == tool && self.gesture.tool.hands_back() {
            if !self.keyboard.speaks() {
                self.keep_tool();
            }
        } else {
            self.take_tool(tool);
        }
    }

    /// The tool stays in hand after what it was taken for, or no longer.
    pub(crate) fn keep_tool(&mut self) {
        self.gesture.kept = !self.gesture.kept;
    }

    /// Deletes what is selected; of a line the point that is picked, as long as it has two others.
    pub(crate) fn delete(&mut self) {
        if self.gesture.tool.is_under_way() {
            return self.step_back();
        }
        if let Some(bent) = self.without_point() {
            self.commit(vec![Write::place(&bent)]);
            if let Some(line) = &mut self.chosen.pointed {
                line.picked = None;
            }
            return;
        }
        let writes = self.deletion(&self.free());
        self.commit(writes);
    }

    /// Takes back the latest part of what is in the making.
    fn step_back(&mut self) {
        let edits = self.gesture.tool.step_back();
        self.apply(edits);
    }

    /// Whether there is something to delete, selected or in the making.
    pub(crate) fn deletable(&self) -> bool {
        self.changeable() || self.gesture.tool.is_under_way()
    }

    fn without_point(&self) -> Option<Element> {
        let line = self.chosen.pointed.as_ref()?;
        let element = self.scene.get(&line.element)?.element();
        vertices::without(element, line.picked?)
    }

    /// What is selected, when it is one thing.
    pub(super) fn only_selected(&self) -> Option<&Element> {
        let mut selected = self.chosen.selection.iter();
        match (selected.next(), selected.next()) {
            (Some(id), None) => self.scene.get(id).map(|node| node.element()),
            _ => None,
        }
    }

    /// Whether a line or arrow, and nothing else, is selected.
    pub(crate) fn has_points(&self) -> bool {
        let element = self.only_selected().filter(|_| self.changeable());
        element.is_some_and(|element| element.kind.has_vertices())
    }

    /// Shows the points of the selected line or the crop of the selected image, or no longer.
    pub(crate) fn turn_points(&mut self) {
        let element = self.only_selected().map(|element| element.id.clone());
        let shown = self.chosen.pointed.take();
        self.chosen.pointed = element.filter(|_| shown.is_none()).map(|element| Pointed {
            element,
            picked: None,
        });
    }

    pub(crate) fn select_all(&mut self) {
        self.take_tool(ToolName::Select);
        let free = self.scene.iter().filter(|node| !self.scene.is_locked(node));
        let shown = free.filter(|node| node.is_seen());
        let view = self.view();
        let all = selection_of(shown.map(|node| view.target(node)));
        // What goes with its frame is selected with it.
        let outermost = |id: &&ElementId| {
            let node = self.scene.get(id);
            node.is_none_or(|node| !node.ancestors().any(|above| all.contains(above)))
        };
        let all = selection_of(all.iter().filter(outermost).cloned());
        self.select(all);
    }

    /// Selects what a menu at a place of the screen is about: what is selected there, else the topmost
    /// element, else nothing, which is the board. `pressed`: the press that asked has begun a gesture,
    /// which is none. False while anything else is being done.
    pub fn point_out(&mut self, at: Point, pressed: bool) -> bool {
        if self.gesture.tool.busy() {
            if !pressed {
                return false;
            }
            let edits = self.gesture.tool.cancel();
            self.apply(edits);
        }
        self.end_typing();
        self.take_tool(ToolName::Select);
        // Nor does the press that asked open a link.
        self.gesture.pressed = None;
        let device = if pressed {
            Device::Touch
        } else {
            Device::Mouse
        };
        let badge = self.badge_at(ScreenPoint(at), device);
        let badge = badge.map(|badge| badge.of.clone());
        let view = self.view();
        let (seen, tolerance) = (at, view.tolerance(device));
        let at = view.camera.board(ScreenPoint(seen));
        // What is locked too: how else would it be unlocked.
        let hit = view.hit(ScreenPoint(seen), device);
        let hit = hit.or_else(|| view.seen().hits(at, tolerance).next());
        let hit = badge.or_else(|| hit.map(|node| view.target(node)));
        let on_selected = hit
            .as_ref()
            .is_some_and(|id| self.chosen.selection.contains(id));
        let among = self.several() && self.selected_box().is_some_and(|area| area.contains(at));
        if !on_selected && !among {
            self.select(selection_of(hit));
        }
        true
    }

    /// Whether there is a tool whose work can do without a pointer, or a text to type in.
    pub(crate) fn enters(&self) -> bool {
        self.gesture.tool.hands_back() || self.text_held() || self.opens()
    }

    /// Whether a line or image, and nothing else, is selected.
    fn opens(&self) -> bool {
        let opens = |element: &Element| matches!(element.kind, Kind::Line(_) | Kind::Image(_));
        self.changeable() && self.only_selected().is_some_and(opens)
    }

    /// Ends what is in the making, puts what the tool makes into the middle of what is free of bars,
    /// types in the selected text, or shows the selected line's points or the selected image's crop.
    pub(crate) fn enter(&mut self) {
        if self.gesture.tool.is_under_way() {
            let edits = self.gesture.tool.conclude();
            self.apply(edits);
        } else if self.opens() && !self.gesture.tool.hands_back() {
            self.turn_points();
        } else if !self.gesture.tool.hands_back() {
            if let Some(id) = self.chosen.selection.first().cloned() {
                self.type_in(&id);
            }
        } else if !self.keyboard.repeats() {
            let camera = &self.sight.camera;
            let middle = camera.board(ScreenPoint(camera.open().center()));
            let edits = self.gesture.tool.place(middle, &self.view());
            self.apply(edits);
        }
    }

    /// What Enter does not do: types on the selected line, shows the selected arrow's points.
    pub(crate) fn enter_other(&mut self) {
        if self.opens() {
            self.write();
        } else {
            self.turn_points();
        }
    }

    /// Types in what is selected: a text, or a label.
    pub(crate) fn write(&mut self) {
        if let Some(id) = self.chosen.selection.first().cloned() {
            self.type_in(&id);
        }
    }

    /// The board is dragged while the key is held.
    pub(crate) fn hold_space(&mut self) {
        self.gesture.space = true;
    }

    /// Ends what is under way, then deselects.
    pub(crate) fn escape(&mut self) {
        if self.writing.typing.is_some() {
            self.end_typing();
        } else if self.gesture.tool.is_under_way() {
            let edits = self.gesture.tool.conclude();
            self.apply(edits);
        } else if self.gesture.tool.busy() {
            let edits = self.gesture.tool.cancel();
            self.apply(edits);
        } else if self.gesture.tool.name() != ToolName::Select {
            self.take_tool(ToolName::Select);
        } else if self.chosen.pointed.take().is_none() && !self.leave_group() {
            self.chosen.tab_given_back = true;
            self.select(Selection::new());
        }
    }

    /// Moves the selection, or the picture whose crop is shown under its frame; a key that is held makes
    /// one step of undo, however often it repeats.
    pub(crate) fn nudge(&mut self, x: f64, y: f64) {
        let by = Vec2::new(x, y);
        let moved = match self.shifted_picture(by) {
            Some(image) => vec![image],
            None => self.scene.moved(&self.free(), &Transform::Move { by }),
        };
        let writes = self.changes_of(&moved);
        let step = self.document.commit(writes);
        if self.keyboard.repeats() {
            self.steps.history.extend(step);
        } else {
            self.steps.history.push(step);
        }
        self.follow();
    }

    /// Takes back one's own latest step.
    pub(crate) fn undo(&mut self) {
        let newborn = self.writing.typing.as_ref().is_some_and(Typing::is_newborn);
        if newborn {
            self.take_back_newborn();
        } else if let Some(typing) = &mut self.writing.typing {
            typing.undo(&self.document);
            self.follow();
            self.show_caret();
        } else if self.gesture.tool.is_under_way() {
            self.step_back();
        } else if self.chosen.selection.is_empty() || self.chosen.trial.take().is_none() {
            self.undo_step();
        }
    }

    /// Takes back the latest step of the history.
    pub(super) fn undo_step(&mut self) {
        let leave = |gone: &Selection| left_by(&self.scene, gone);
        let skipped = self.steps.history.undo(&mut self.document, &leave);
        self.tell_step(skipped);
    }

    /// Puts it back.
    pub(crate) fn redo(&mut self) {
        if let Some(typing) = &mut self.writing.typing {
            typing.redo(&self.document);
            self.follow();
            self.show_caret();
        } else {
            let leave = |gone: &Selection| left_by(&self.scene, gone);
            let skipped = self.steps.history.redo(&mut self.document, &leave);
            self.tell_step(skipped);
        }
    }

    fn tell_step(&mut self, skipped: Option<usize>) {
        self.steps.back = Some(Selection::new());
        let changed = self.follow();
        self.select_again();
        let view = self.sight.camera.view();
        self.steps.unseen = changed.filter(|changed| !changed.overlaps(view));
        if skipped.is_some_and(|skipped| skipped > 0) {
            self.ui.notice(Notice::Skipped);
        } else if self.steps.unseen.is_some() {
            self.ui.notice(Notice::OutOfView);
        }
    }

    /// What is moved or drawn snaps to other elements, and to a grid whose lines are so far apart.
    pub fn set_snap(&mut self, objects: bool, grid: f64) {
        self.chosen.snap = Wanted {
            objects,
            grid: (grid > 0.0).then_some(grid),
        };
    }

    /// Whether fingers draw, or move the board and leave drawing to a pen.
    pub fn set_fingers(&mut self, draw: bool) {
        self.gesture.fingers_draw = Some(draw);
    }

    /// Changes the person's own name and colour, `#rrggbb`.
    pub fn set_profile(&mut self, name: String, color: String) {
        self.people.profile.name = name;
        self.people.profile.color = color;
    }
}
