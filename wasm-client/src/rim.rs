//! The engine as the page calls it.
//!
//! Owns the translation between JavaScript's values and the [`Editor`]: here a board's coming and going, in the
//! files below what a person does, sees and brings. Knows no rule of editing. Everything that leaves the engine
//! leaves through [`Engine::drain`].

mod files;
mod input;
mod sight;

use tsify::{Ts, Tsify as _};
use wasm_bindgen::prelude::*;

use crate::boundary::{Config, UiEvent};
use crate::editor::Editor;

/// The engine of one page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    pub(super) editor: Editor,
}

/// Everything that leaves the engine, since it was last drained.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct Drained {
    /// Frames for the socket, in order.
    #[wasm_bindgen(readonly)]
    pub frames: Vec<js_sys::Uint8Array>,
    /// Own updates for the local log, in order, numbered 1, 2, 3 … since the engine was made.
    #[wasm_bindgen(readonly)]
    pub updates: Vec<js_sys::Uint8Array>,
    /// What changed for the page.
    #[wasm_bindgen(readonly)]
    pub events: Vec<Ts<UiEvent>>,
    /// Whether anything is to be painted.
    #[wasm_bindgen(readonly)]
    pub repaint: bool,
    /// When `tick` is wanted at the latest, ms on the clock of `tick`.
    #[wasm_bindgen(js_name = wakeMs, readonly)]
    pub wake_ms: Option<f64>,
}

#[wasm_bindgen]
impl Engine {
    /// An engine on an empty document; see [`Config`] for what the arguments mean.
    #[wasm_bindgen(constructor)]
    pub fn new(
        seed: String,
        browser: String,
        name: String,
        color: String,
        dark: bool,
        fingers_draw: Option<bool>,
    ) -> Self {
        let config = Config {
            seed,
            browser,
            name,
            color,
            dark,
            fingers_draw,
        };
        Self {
            editor: Editor::new(&config),
        }
    }

    /// Tells the time, `performance.now()`.
    pub fn tick(&mut self, now_ms: f64) {
        self.editor.tick(now_ms);
    }

    /// Takes the state that the server holds; throws when it is damaged.
    pub fn load(&mut self, state: &[u8]) -> Result<(), JsError> {
        Ok(self.editor.load(state)?)
    }

    /// Takes an update that this browser stored, of which `unsaved` own transactions were never
    /// fenced; throws when it is damaged.
    pub fn restore(&mut self, update: &[u8], unsaved: u32) -> Result<(), JsError> {
        Ok(self.editor.restore(update, unsaved)?)
    }

    /// The socket opened or closed.
    pub fn connected(&mut self, up: bool) {
        self.editor.connected(up);
    }

    /// Takes a frame from the server; throws when it is damaged.
    pub fn receive(&mut self, frame: &[u8]) -> Result<(), JsError> {
        self.editor
            .receive(frame)
            .map_err(|error| JsError::new(&error))
    }

    /// Puts all elements of another board's state on this one; false when they are too new for
    /// that. Throws when the state is damaged.
    pub fn fill(&mut self, state: &[u8]) -> Result<bool, JsError> {
        Ok(self.editor.fill(state)?)
    }

    /// The whole document as one Yjs update; undefined while a restored update waits for
    /// something that it builds on, so that it would be missing.
    pub fn snapshot(&self) -> Option<Vec<u8>> {
        self.editor.snapshot()
    }

    /// Counts changes of the scene: whether a picture of it is out of date.
    pub fn revision(&self) -> u32 {
        self.editor.revision()
    }

    /// Everything that is to leave the engine.
    pub fn drain(&mut self) -> Drained {
        let output = self.editor.drain();
        let bytes = |list: Vec<Vec<u8>>| {
            list.iter()
                .map(|bytes| js_sys::Uint8Array::from(bytes.as_slice()))
                .collect()
        };
        Drained {
            frames: bytes(output.frames),
            updates: bytes(output.updates),
            events: output
                .events
                .iter()
                .filter_map(|event| event.into_ts().ok())
                .collect(),
            repaint: output.repaint,
            wake_ms: output.wake_ms,
        }
    }

    /// Changes the person's own name and colour, `#rrggbb`.
    pub fn profile(&mut self, name: String, color: String) {
        self.editor.set_profile(name, color);
    }

    /// What frames are called that have no name.
    #[wasm_bindgen(js_name = callFrames)]
    pub fn call_frames(&mut self, name: String) {
        self.editor.call_frames(name);
    }

    /// From now on the board is only shown.
    #[wasm_bindgen(js_name = onlyShow)]
    pub fn only_show(&mut self) {
        self.editor.only_show();
    }

    /// Notes say from now on who wrote them, or no longer.
    pub fn signing(&mut self, signs: bool) {
        self.editor.set_signing(signs);
    }

    /// Shows the board dark, or light.
    pub fn dark(&mut self, dark: bool) {
        self.editor.set_dark(dark);
    }
}
