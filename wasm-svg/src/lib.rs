//! What cleans SVG and reads it, as the page calls it in a worker.
//!
//! Owns nothing but that. What an SVG is made of is in `interchange`, what may be in one in `clean-svg`; the
//! engine commits what they bring.

use std::borrow::Cow;

use interchange::svg;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_brought::{Brought, brought};

/// Reads an SVG without a scene in it: its elements, or a picture of it. `seed` is random.
///
/// # Errors
/// Why nothing of it is taken, as a sentence without its stop.
#[wasm_bindgen]
pub fn read(file: &[u8], seed: u64) -> Result<Brought, String> {
    brought(seed, |random| Ok(svg::read(file, random)?.into()))
}

/// The elements that an SVG is made of; none where it is a picture. `seed` is random.
#[wasm_bindgen]
pub fn elements(svg: &[u8], seed: u64) -> Option<Brought> {
    let read = brought(seed, |random| {
        Ok(svg::elements(svg, random).ok().map(Brought::from))
    });
    read.ok().flatten()
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
