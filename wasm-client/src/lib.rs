//! How a person edits a board: a pure editor and a thin wasm-bindgen rim.
//!
//! Owns which parts there are, and what the page asks of all of them at once; what it asks of a board's engine is
//! in `rim`.

pub mod actions;
mod badge;
mod binding;
pub mod boundary;
pub mod camera;
mod clipboard;
mod contacts;
mod crop;
mod cutting;
pub mod editor;
mod handles;
mod keymap;
mod laser;
mod live;
mod look;
mod peers;
pub mod pointer;
mod recognise;
mod rim;
mod snap;
mod sorting;
mod style_memory;
mod sync;
mod tiles;
mod tool;
mod trace;
mod typing;
mod vertices;
pub mod wheel;

use board::display::Op;
use wasm_bindgen::prelude::*;

pub use rim::Engine;

#[wasm_bindgen(raw_module = "../engine-late")]
extern "C" {
    /// Has the half of this module that comes late be here when it returns.
    fn bring();
}

/// Has the late half be here before somebody waits for it. `cargo xtask engine` cuts the module,
/// and has whatever calls into that half do the same.
#[wasm_bindgen(js_name = bringLate)]
pub fn bring_late() {
    bring();
}

/// Every paint operation's name, as in [`Op`], with its number, so that the page mirrors none.
#[wasm_bindgen(unchecked_return_type = "Record<string, number>")]
pub fn ops() -> js_sys::Object {
    let numbers = js_sys::Object::new();
    for op in Op::ALL {
        let name = JsValue::from(format!("{op:?}"));
        // Setting a property of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&numbers, &name, &JsValue::from(op as u32));
    }
    numbers
}
