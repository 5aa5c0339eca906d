//! A bundle on a board, and a board as a scene: the way that a page and the command line go.

use std::borrow::Cow;
use std::collections::HashMap;

use board::document::{Document, Write};
use board::file::FileHash;
use board::id::{ClientId, ElementId};
use board::record::Record;
use board::style::Color;
use interchange::excalidraw::{Options, Shown, Written, write};
use interchange::{Bundle, BundledFile, Refused};
use scene::Scene;
use serde_json::Value as Json;

/// When everything that is changed here was changed.
pub(crate) const NOW: f64 = 1_800_000_000_000.0;

/// A board with files.
pub(crate) struct Board {
    pub(crate) document: Document,
    files: Vec<BundledFile>,
    random: fastrand::Rng,
}

impl Board {
    pub(crate) fn new() -> Self {
        Self {
            document: Document::new(ClientId::from_random(7)),
            files: Vec::new(),
            random: fastrand::Rng::with_seed(7),
        }
    }

    pub(crate) fn of(bundle: Bundle) -> Self {
        let mut board = Self::new();
        board.files = bundle.files;
        board.bear(bundle.records);
        board
    }

    /// Puts elements on it under new names, as a paste does.
    pub(crate) fn bear(&mut self, records: Vec<Record>) -> Vec<ElementId> {
        let fresh: Vec<ElementId> = records
            .iter()
            .map(|_| ElementId::from_random(self.random.u128(..)))
            .collect();
        let pairs = records.iter().zip(&fresh);
        let names: HashMap<ElementId, ElementId> = pairs
            .filter_map(|(record, id)| Some((record.name()?.clone(), id.clone())))
            .collect();
        let (mut births, mut texts) = (Vec::new(), Vec::new());
        for (record, id) in records.into_iter().zip(&fresh) {
            let mut element = record.element(id.clone());
            let renamed = |name: &ElementId| names.get(name).cloned();
            element.links = element.links.of_copy(&renamed, &|_| false);
            births.push(Write::birth(&element));
            texts.extend(record.into_text().map(|text| (id.clone(), text)));
        }
        let texts: Vec<(&ElementId, &str)> =
            texts.iter().map(|(id, text)| (id, text.as_str())).collect();
        self.document.commit_with_texts(births, &texts);
        fresh
    }

    pub(crate) fn write(&self) -> Written {
        let scene = Scene::rebuild(&self.document);
        let nodes = scene.in_order().into_iter();
        let shown = nodes.map(|node| Shown {
            element: node.element(),
            stored: node.stored(),
        });
        let shown: Vec<Shown<'_>> = shown.collect();
        let files = |hash: &FileHash| {
            let file = self.files.iter().find(|file| file.hash == *hash);
            file.map(|file| Cow::Borrowed(file.bytes.as_slice()))
        };
        let options = Options {
            source: "https://example.org",
            now: NOW,
            background: Color(u32::MAX),
        };
        write(&shown, &files, &options)
    }

    /// The elements of the scene that it makes, by their names.
    pub(crate) fn scene(&self) -> Vec<Json> {
        elements(&self.write().text)
    }
}

/// A scene as records.
pub(crate) fn try_read(text: &[u8]) -> Result<Bundle, Refused> {
    let mut random = fastrand::Rng::with_seed(1);
    interchange::excalidraw::read(text, &mut || random.u128(..))
}

pub(crate) fn read(text: &str) -> Bundle {
    try_read(text.as_bytes()).expect("a scene")
}

/// The elements of a scene.
pub(crate) fn elements(text: &str) -> Vec<Json> {
    let scene: Json = serde_json::from_str(text).expect("JSON");
    scene["elements"].as_array().expect("a list").clone()
}

/// All scenes of the corpus, by their names.
pub(crate) fn corpus() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    let files = std::fs::read_dir(folder).expect("the corpus");
    let mut scenes: Vec<(String, String)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "excalidraw"))
        .map(|path| {
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(path).expect("text"))
        })
        .collect();
    scenes.sort();
    assert!(scenes.len() > 9);
    scenes
}
