//! What a person does, as the page calls it.
//!
//! Owns the translation of keys, pointers, fields and choices. Knows no rule of editing.

use board::fields::Value;
use board::style::{Style, StyleField};
use kurbo::Point;
use wasm_bindgen::prelude::*;

use super::Engine;
use crate::boundary::{Focus, Modifiers, TextInput};

#[wasm_bindgen]
impl Engine {
    /// Takes pointer events, eight numbers each: see `pointer.rs`.
    pub fn input(&mut self, batch: &[f64]) {
        self.editor.input(batch);
    }

    /// Carries out an action of the table by its id; false when there is none. The ids are in
    /// `actions.ts`.
    pub fn act(&mut self, id: &str) -> bool {
        self.editor.act(id)
    }

    /// A key went down: its `key` and `code`; false when it is left to the browser. `held` is 1 for
    /// Shift, 2 for Alt, 4 for Ctrl (on a Mac Cmd), 8 when the key itself repeats, added up.
    pub fn key(
        &mut self,
        key: &str,
        code: &str,
        held: u32,
        #[wasm_bindgen(unchecked_param_type = "Focus")] focus: &str,
    ) -> bool {
        let modifiers = Modifiers {
            shift: held & 1 != 0,
            alt: held & 2 != 0,
            command: held & 4 != 0,
        };
        let repeat = held & 8 != 0;
        self.editor
            .key(key, code, modifiers, repeat, Focus::named(focus))
    }

    /// A key went up: its `key`.
    #[wasm_bindgen(js_name = keyUp)]
    pub fn key_up(&mut self, key: &str) {
        self.editor.key_up(key);
    }

    /// Whether fingers draw, or move the board and leave drawing to a pen.
    pub fn fingers(&mut self, draw: bool) {
        self.editor.set_fingers(draw);
    }

    /// What is moved snaps to other elements, and to a grid whose lines are so far apart; 0: to none.
    pub fn snap(&mut self, objects: bool, grid: f64) {
        self.editor.set_snap(objects, grid);
    }

    /// A menu is asked for at a place of the screen: selects what it is about. False when it must not
    /// open, because something is being done there.
    #[wasm_bindgen(js_name = pointOut)]
    pub fn point_out(&mut self, x: f64, y: f64, pressed: bool) -> bool {
        self.editor.point_out(Point::new(x, y), pressed)
    }

    /// Something else has taken the keyboard from the text: what is typed on is no shortcut.
    #[wasm_bindgen(js_name = leaveText)]
    pub fn leave_text(&mut self) {
        self.editor.leave_text();
    }

    /// Takes what the text field holds, offsets in UTF-16 units; see [`TextInput`].
    pub fn text(&mut self, value: String, anchor: u32, head: u32, composing: bool, pointed: bool) {
        let (selection_anchor, selection_head) = (anchor, head);
        self.editor.text(&TextInput {
            value,
            selection_anchor,
            selection_head,
            composing,
            pointed,
        });
    }

    /// Takes what the title's field holds, undefined to have it as it was; `done` ends the typing.
    pub fn title(&mut self, text: Option<String>, done: bool) {
        self.editor.title(text, done);
    }

    /// Restyles what is selected and what is drawn next, one field of the table by its name; a value is
    /// a text or a number. `done` is false while a slider moves, and true once at the end.
    pub fn restyle(&mut self, field: &str, text: Option<String>, number: Option<f64>, done: bool) {
        let value = match (text, number) {
            (Some(text), _) => Value::text(&text),
            (None, number) => number.map_or(Value::Null, Value::Number),
        };
        if let Some(field) = StyleField::from_key(field) {
            // The page has 0 and 1 for truth values.
            let value = match (Style::default().get(field), value.number()) {
                (Value::Bool(_), Some(number)) => Value::Bool(number != 0.0),
                _ => value,
            };
            self.editor.restyle(field, value, done);
        }
    }

    /// Takes what this person used last, as an event `styleMemory` told it; nonsense is ignored.
    #[wasm_bindgen(js_name = rememberStyle)]
    pub fn remember_style(&mut self, text: &str) {
        self.editor.remember_style(text);
    }

    /// Puts what is selected where a number says: `x`, `y`, `w`, `h` in board units, `angle` in degrees.
    pub fn place(&mut self, field: &str, value: f64) {
        self.editor.set_place(field, value);
    }

    /// The colours that elements have, each as often as it is had, `0xRRGGBBAA`; without one: 0.
    pub fn colors(&self) -> js_sys::Uint32Array {
        js_sys::Uint32Array::from(self.editor.colors().as_slice())
    }

    /// The upper right corner of what is selected, on the screen; empty when nothing is.
    #[wasm_bindgen(js_name = besideSelection)]
    pub fn beside_selection(&self) -> Vec<f64> {
        let corner = self.editor.beside_selection();
        corner.map_or_else(Vec::new, |at| vec![at.x, at.y])
    }

    /// The ids of what is selected, a blank between.
    pub fn selection(&self) -> String {
        self.editor.names_of_selection()
    }

    /// Has what is selected lead to an address, or to none when it is empty.
    #[wasm_bindgen(js_name = setAddress)]
    pub fn set_address(&mut self, address: &str) {
        self.editor.set_address(address);
    }

    /// Goes where an address leads; false when it leads nowhere.
    pub fn lead(&mut self, address: &str) -> bool {
        self.editor.lead(address)
    }
}
