//! Writers of files as the page calls them, in a worker.
//!
//! Owns what crosses to TypeScript, and a board's state and the bytes of its pictures while it is written.
//! What files say is in `interchange`.

use std::borrow::Cow;
use std::collections::HashMap;

use board::document::Document;
use board::file::FileHash;
use board::id::ClientId;
use board::picture::look_at_all;
use board::style::Color;
use interchange::archive::{self, Archive};
use interchange::excalidraw::{Options, Shown, write};
use interchange::{BundledFile, fresh};
use scene::Scene;
use wasm_bindgen::prelude::wasm_bindgen;

/// The ground of a board, for who names a colour.
const PAPER: Color = Color(0xffff_ffff);

/// A board.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Board {
    document: Document,
    scene: Scene,
    pictures: HashMap<FileHash, Vec<u8>>,
}

/// A file of text.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug, Clone)]
pub struct Text {
    /// All of it.
    pub text: String,
    /// What became the nearest thing, or was left out: a line for each reason.
    pub losses: Vec<String>,
}

#[wasm_bindgen]
impl Board {
    /// A board of its state, as one update.
    ///
    /// # Errors
    /// When the state is damaged.
    #[wasm_bindgen(constructor)]
    pub fn new(state: &[u8]) -> Result<Self, String> {
        let mut document = Document::new(ClientId::from_random(0));
        document.apply(state).map_err(|error| error.to_string())?;
        Ok(Self {
            scene: Scene::rebuild(&document),
            document,
            pictures: HashMap::new(),
        })
    }

    /// The pictures that it shows, by their hashes, each once.
    pub fn shows(&self) -> Vec<String> {
        let nodes = self.scene.iter();
        let files = nodes.filter_map(|node| node.element().links.file.as_deref());
        let mut files: Vec<String> = files.map(str::to_owned).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// Adds the bytes of a picture.
    pub fn add(&mut self, hash: &str, bytes: Vec<u8>) {
        if let Some(hash) = FileHash::parse(hash) {
            self.pictures.insert(hash, bytes);
        }
    }

    /// The board as a file of our own, made anew from what is there. `seed` is random.
    pub fn drawbridge(&self, seed: u64) -> Vec<u8> {
        let files = self.pictures.iter().filter_map(|(hash, bytes)| {
            Some(BundledFile {
                hash: *hash,
                picture: look_at_all(bytes).ok()?,
                bytes: bytes.clone(),
            })
        });
        let files: Vec<BundledFile> = files.collect();
        let anew = fresh::anew(&self.document, &files, ClientId::from_random(seed));
        archive::write(&Archive {
            document: anew.replica().encode(),
            files,
            exact: false,
        })
    }

    /// The board as a scene of Excalidraw's. `source` says who made it; `now` in ms since 1970.
    pub fn excalidraw(&self, source: &str, now: f64) -> Text {
        let nodes = self.scene.in_order().into_iter();
        let shown = nodes.map(|node| Shown {
            element: node.element(),
            stored: node.stored(),
        });
        let shown: Vec<Shown<'_>> = shown.collect();
        let files = |hash: &FileHash| {
            let bytes = self.pictures.get(hash);
            bytes.map(|bytes| Cow::Borrowed(bytes.as_slice()))
        };
        let options = Options {
            source,
            now,
            background: PAPER,
        };
        let written = write(&shown, &files, &options);
        Text {
            text: written.text,
            losses: written.losses.lines(),
        }
    }
}
