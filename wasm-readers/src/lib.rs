//! Readers of Excalidraw's files and our own as the page calls them, in a worker.
//!
//! Owns which of them a file is for. What files mean is in `interchange`; the engine commits what they bring.

use interchange::{Format, Refused, archive, embedded, excalidraw, library};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_brought::{Brought, brought};

/// Reads a file, whatever its name says that it is. `seed` is random.
///
/// # Errors
/// Why nothing of it is taken, as a sentence without its stop.
#[wasm_bindgen]
pub fn read(file: &[u8], seed: u64) -> Result<Brought, String> {
    brought(seed, |random| {
        Ok(match Format::of_bytes(file) {
            Some(Format::Drawbridge) => archive::read(file)?.into(),
            Some(Format::Png) => excalidraw::read(&embedded::in_png(file)?, random)?.into(),
            Some(Format::Svg) => excalidraw::read(&embedded::in_svg(file)?, random)?.into(),
            Some(Format::ExcalidrawLibrary) => library::read(file, random)?.into(),
            Some(_) => excalidraw::read(file, random)?.into(),
            None => return Err(Refused::Unknown),
        })
    })
}
