//! Writers of files as the page calls them, in a worker.
//!
//! Owns what crosses to TypeScript, and a board's state and the bytes of its pictures while it is written.
//! What files say is in `interchange`, how pictures look in `scene`; files of those `wasm-pictures` makes.

use std::borrow::Cow;
use std::collections::HashMap;

use board::document::Document;
use board::element::Kind;
use board::file::FileHash;
use board::id::{ClientId, ElementId};
use board::picture::look_at_all;
use board::style::{Color, Theme};
use interchange::archive::{self, Archive};
use interchange::excalidraw::{Options, Shown, Written, write, write_clip};
use interchange::{BundledFile, embedded, fresh};
use scene::{Look, Part, Picture, Pictures, selection_of};
use wasm_bindgen::prelude::wasm_bindgen;

/// The ground of a board, for who names a colour.
const PAPER: Color = Color(0xffff_ffff);

/// Why there is no picture.
const UNSEEN: &str = "there is nothing to be seen";

/// A board.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Board {
    document: Document,
    board: Pictures,
    unnamed: String,
    pictures: HashMap<FileHash, Vec<u8>>,
}

/// A frame.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug, Clone)]
pub struct Frame {
    /// Of its element.
    pub id: String,
    /// What stands above it.
    pub name: String,
}

/// A picture of a board.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Painted(Picture);

#[wasm_bindgen]
impl Painted {
    /// Units of the board across: whole.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> f64 {
        self.0.size.width
    }

    /// Units of the board down: whole.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> f64 {
        self.0.size.height
    }

    /// What is behind it, `0xRRGGBBAA`.
    #[wasm_bindgen(getter)]
    pub fn ground(&self) -> Option<u32> {
        self.0.ground.map(|color| color.0)
    }

    /// Its display list.
    pub fn list(&self) -> Vec<u32> {
        self.0.list.words().to_vec()
    }
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

impl From<Written> for Text {
    fn from(written: Written) -> Self {
        Self {
            text: written.text,
            losses: written.losses.lines(),
        }
    }
}

#[wasm_bindgen]
impl Board {
    /// A board of its state, as one update; `unnamed` is what frames are called that have no name.
    ///
    /// # Errors
    /// When the state is damaged.
    #[wasm_bindgen(constructor)]
    pub fn new(state: &[u8], unnamed: String) -> Result<Self, String> {
        let mut document = Document::new(ClientId::from_random(0));
        document.apply(state).map_err(|error| error.to_string())?;
        Ok(Self {
            board: Pictures::of(&document, look(false, false, &unnamed)),
            document,
            unnamed,
            pictures: HashMap::new(),
        })
    }

    /// The pictures that it shows, by their hashes, each once.
    pub fn shows(&self) -> Vec<String> {
        let nodes = self.board.scene().iter();
        let files = nodes.filter_map(|node| node.element().links.file.as_deref());
        let mut files: Vec<String> = files.map(str::to_owned).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// All frames, bottom first.
    pub fn frames(&self) -> Vec<Frame> {
        let frames = self.board.scene().frames().into_iter();
        let frame = frames.map(|node| {
            let name = match &node.element().kind {
                Kind::Frame(frame) => frame.title().trim(),
                _ => "",
            };
            Frame {
                id: node.element().id.as_str().to_owned(),
                name: if name.is_empty() { &self.unnamed } else { name }.to_owned(),
            }
        });
        frame.collect()
    }

    /// How the next pictures look.
    pub fn look(&mut self, dark: bool, transparent: bool) {
        self.board.look(look(dark, transparent, &self.unnamed));
    }

    /// A picture of these elements with what is in them; of all where none are named.
    ///
    /// # Errors
    /// When there is nothing to be seen.
    pub fn paint(&self, ids: Vec<String>) -> Result<Painted, String> {
        self.painted(&part(&ids))
    }

    /// A picture of a frame with what is in it.
    ///
    /// # Errors
    /// When there is nothing to be seen.
    #[wasm_bindgen(js_name = paintFrame)]
    pub fn paint_frame(&self, id: &str) -> Result<Painted, String> {
        let frame = ElementId::parse(id).map_err(|_| UNSEEN)?;
        self.painted(&Part::Frame(frame))
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
            ..Archive::default()
        })
    }

    /// The board as a scene of Excalidraw's, or these elements of it with what is in them. `source` says who
    /// made it; `now` in ms since 1970.
    pub fn excalidraw(&self, ids: Vec<String>, source: &str, now: f64) -> Text {
        let files = |hash: &FileHash| self.bytes(hash);
        let options = Options {
            source,
            now,
            background: PAPER,
        };
        write(&self.shown(&ids), &files, &options).into()
    }

    /// The same as Excalidraw copies it.
    pub fn clip(&self, ids: Vec<String>, now: f64) -> Text {
        let files = |hash: &FileHash| self.bytes(hash);
        write_clip(&self.shown(&ids), &files, now).into()
    }
}

impl Board {
    fn painted(&self, part: &Part) -> Result<Painted, String> {
        let painted = self.board.paint(part, &mut |_| true);
        painted.map(Painted).map_err(|_| UNSEEN.to_owned())
    }

    /// These elements with what is in them, bottom first; all where none are named.
    fn shown(&self, ids: &[String]) -> Vec<Shown<'_>> {
        let shown = self.board.shows(&part(ids)).into_iter();
        let shown = shown.map(|node| Shown {
            element: node.element(),
            stored: node.stored(),
        });
        shown.collect()
    }

    fn bytes(&self, hash: &FileHash) -> Option<Cow<'_, [u8]>> {
        let bytes = self.pictures.get(hash);
        bytes.map(|bytes| Cow::Borrowed(bytes.as_slice()))
    }
}

/// These elements; the whole board where none are named.
fn part(ids: &[String]) -> Part {
    if ids.is_empty() {
        return Part::Whole;
    }
    let ids = ids.iter().filter_map(|id| ElementId::parse(id).ok());
    Part::Chosen(selection_of(ids))
}

/// A PNG with a scene in it, which Excalidraw opens.
///
/// # Errors
/// When the picture is damaged.
#[wasm_bindgen(js_name = intoPng)]
pub fn into_png(png: &[u8], scene: &str) -> Result<Vec<u8>, String> {
    embedded::into_png(png, scene).map_err(|refused| refused.to_string())
}

/// An SVG with a scene in it, which Excalidraw opens.
///
/// # Errors
/// When the picture is damaged.
#[wasm_bindgen(js_name = intoSvg)]
pub fn into_svg(svg: &[u8], scene: &str) -> Result<Vec<u8>, String> {
    let svg = str::from_utf8(svg).map_err(|error| error.to_string())?;
    let made = embedded::into_svg(svg, scene);
    made.map(String::into_bytes)
        .map_err(|refused| refused.to_string())
}

fn look(dark: bool, transparent: bool, unnamed: &str) -> Look {
    Look {
        theme: if dark { Theme::Dark } else { Theme::Light },
        transparent,
        unnamed: unnamed.to_owned(),
    }
}
