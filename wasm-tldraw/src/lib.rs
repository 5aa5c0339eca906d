//! The reader of tldraw's documents as the page calls it, in a worker.
//!
//! Owns nothing but that. What documents mean is in `interchange`; the engine commits what they bring.

use interchange::tldraw;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_brought::{Brought, brought};

/// Reads a document, or what is on the clipboard. `seed` is random.
///
/// # Errors
/// Why nothing of it is taken, as a sentence without its stop.
#[wasm_bindgen]
pub fn read(file: &[u8], seed: u64) -> Result<Brought, String> {
    brought(seed, |random| Ok(tldraw::read(file, random)?.into()))
}
