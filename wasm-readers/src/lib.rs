//! Readers of files as the page calls them, in a worker.
//!
//! Owns what crosses to TypeScript, and in which order parts are handed out: each goes once, so that
//! nothing is in memory twice. What files mean is in `interchange`; the engine commits what they bring.
//! Knows neither documents nor scenes, which would make it twice as large.

use board::fields::{Value, bytes};
use board::record::Record;
use interchange::{Bundle, BundledFile, Format, Refused, archive, embedded, excalidraw, library};
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

/// Reads a file, whatever its name says that it is. `seed` is random.
///
/// # Errors
/// Why nothing of it is taken, as a sentence without its stop.
#[wasm_bindgen]
pub fn read(file: &[u8], seed: u64) -> Result<Brought, String> {
    brought(file, seed).map_err(|refused| refused.to_string())
}

fn brought(file: &[u8], seed: u64) -> Result<Brought, Refused> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut random = || random.u128(..);
    Ok(match Format::of_bytes(file) {
        Some(Format::Drawbridge) => {
            let archive = archive::read(file)?;
            Brought {
                board: Some(archive.document),
                files: archive.files,
                ..Brought::default()
            }
        }
        Some(Format::Png) => excalidraw::read(&embedded::in_png(file)?, &mut random)?.into(),
        Some(Format::Svg) => excalidraw::read(&embedded::in_svg(file)?, &mut random)?.into(),
        Some(Format::ExcalidrawLibrary) => library::read(file, &mut random)?.into(),
        Some(Format::Excalidraw) | None => excalidraw::read(file, &mut random)?.into(),
    })
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
