//! Readers of Excalidraw's files and our own as the page calls them, in a worker.
//!
//! Owns which of them a file is for, and that SVG is cleaned by the same module. What files mean is in
//! `interchange`; the engine commits what they bring.

use std::borrow::Cow;

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

/// An SVG with nothing in it that runs, or asks for something elsewhere.
///
/// # Errors
/// Why it cannot be shown, as a sentence without its stop.
#[wasm_bindgen(js_name = cleanSvg)]
pub fn clean_svg(svg: &[u8]) -> Result<Vec<u8>, String> {
    let clean = ::clean_svg::clean(svg).map(Cow::into_owned);
    clean.map_err(|unclean| unclean.to_string())
}
