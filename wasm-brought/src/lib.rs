//! What files bring, as it crosses to the page from each module that reads some.
//!
//! Owns that, and in which order parts are handed out: each goes once, so that nothing is in memory twice.
//! Knows no format, and neither documents nor scenes, which would make modules twice as large.

use board::fields::{Value, bytes};
use board::record::Record;
use interchange::archive::Archive;
use interchange::{Bundle, BundledFile, Refused};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a file brings.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Brought {
    board: Option<Vec<u8>>,
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

/// What a reader brings, or why nothing is taken, as a sentence without its stop. `seed` is random.
pub fn brought<T>(
    seed: u64,
    read: impl FnOnce(&mut dyn FnMut() -> u128) -> Result<T, Refused>,
) -> Result<T, String> {
    let mut random = fastrand::Rng::with_seed(seed);
    read(&mut || random.u128(..)).map_err(|refused| refused.to_string())
}

impl From<Archive> for Brought {
    fn from(archive: Archive) -> Self {
        Self {
            board: Some(archive.document),
            files: archive.files,
            losses: archive.losses.lines(),
            ..Self::default()
        }
    }
}

impl From<Bundle> for Brought {
    fn from(bundle: Bundle) -> Self {
        Self {
            board: None,
            records: bundle.records,
            files: bundle.files,
            losses: bundle.losses.lines(),
        }
    }
}

#[wasm_bindgen]
impl Brought {
    /// A whole board, as one update, where the file is one of ours: it has no records.
    pub fn board(&mut self) -> Option<Vec<u8>> {
        self.board.take()
    }

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
