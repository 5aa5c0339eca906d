//! Readers of files as the page calls them, in a worker.
//!
//! Owns what crosses to TypeScript, and in which order parts are handed out: each goes once, so that
//! nothing is in memory twice. What files mean is in `interchange`; the engine commits what they bring.
//! Knows neither documents nor scenes, which would make it twice as large.

use board::fields::{Value, bytes};
use board::record::Record;
use interchange::{Bundle, BundledFile, Refused, excalidraw, library};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a file brings.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Brought {
    records: Vec<Record>,
    files: Vec<BundledFile>,
    losses: Vec<String>,
}

/// A picture's file.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug, Clone)]
pub struct Picture {
    /// SHA-256 as 64 digits.
    pub hash: String,
    /// Its type, such as `image/png`.
    pub media: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Reads a file of another program. `seed` is random.
///
/// # Errors
/// Why nothing of it is taken, as a sentence without its stop.
#[wasm_bindgen]
pub fn read(file: &[u8], seed: u64) -> Result<Brought, String> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut random = || random.u128(..);
    let bundle = match excalidraw::read(file, &mut random) {
        Err(Refused::Foreign(_)) => library::read(file, &mut random),
        read => read,
    };
    let Bundle {
        records,
        files,
        losses,
        ..
    } = bundle.map_err(|refused| refused.to_string())?;
    Ok(Brought {
        records,
        files,
        losses: losses.lines(),
    })
}

#[wasm_bindgen]
impl Brought {
    /// The elements, as the engine takes them in.
    pub fn records(&mut self) -> Vec<u8> {
        let records = std::mem::take(&mut self.records).into_iter();
        bytes::encode(&Value::List(records.map(Record::value).collect()))
    }

    /// The next picture.
    pub fn picture(&mut self) -> Option<Picture> {
        let file = self.files.pop()?;
        Some(Picture {
            hash: file.hash.to_string(),
            media: file.picture.media.name().to_owned(),
            width: file.picture.width,
            height: file.picture.height,
            bytes: file.bytes,
        })
    }

    /// What became the nearest thing, or was left out: a line for each reason.
    pub fn losses(&self) -> Vec<String> {
        self.losses.clone()
    }
}
