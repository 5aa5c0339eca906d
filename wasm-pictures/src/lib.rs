//! Pictures as SVG and PDF files, as the page calls them in a worker.
//!
//! Owns what crosses to TypeScript, and the fonts and files that pictures need while they are made. The page
//! fetches those fonts, which it has already, rather than a second copy in here; and a file that this module
//! does not take it gives as PNG, as browsers read more than would be worth its size. What is in a picture,
//! its display list says: no board is known here, which would make it a fifth larger.

use std::collections::HashMap;

use board::display::DisplayList;
use board::file::FileHash;
use board::picture::{Media, held, look_at_all};
use board::style::Color;
use kurbo::Size;
use render::{Fonts, Letters, Made, Unmade, Work};
use wasm_bindgen::prelude::wasm_bindgen;

/// One picture.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Picture(scene::Picture);

#[wasm_bindgen]
impl Picture {
    /// Of its size in units of the board, its display list, and what is behind it, `0xRRGGBBAA`.
    #[wasm_bindgen(constructor)]
    pub fn new(width: f64, height: f64, list: Vec<u32>, ground: Option<u32>) -> Self {
        Self(scene::Picture {
            size: Size::new(width, height),
            list: DisplayList::from_words(list),
            ground: ground.map(Color),
        })
    }
}

/// A picture as a file.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug, Clone)]
pub struct File {
    /// All of it.
    pub bytes: Vec<u8>,
    /// The characters that no font has: boxes stand for them.
    pub missing: String,
    /// How many pictures cannot be shown: boxes stand for them.
    pub lacking: usize,
}

impl From<Made> for File {
    fn from(made: Made) -> Self {
        Self {
            bytes: made.bytes,
            missing: made.missing.into_iter().collect(),
            lacking: made.lacking.len(),
        }
    }
}

/// Whether a picture's file goes into a PDF, or an SVG, as it is.
#[wasm_bindgen]
pub fn takes(file: &[u8], pdf: bool) -> bool {
    match look_at_all(file).map(|picture| picture.media) {
        Ok(Media::Png) => true,
        Ok(Media::Jpeg) => !pdf || held(file) == 1,
        Ok(Media::Webp | Media::Gif) => !pdf,
        Ok(Media::Svg) | Err(_) => false,
    }
}

/// Makes files of pictures.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Maker {
    files: HashMap<FileHash, Vec<u8>>,
    fonts: Fonts,
}

impl Default for Maker {
    fn default() -> Self {
        Self {
            files: HashMap::new(),
            fonts: Fonts::unfetched(),
        }
    }
}

#[wasm_bindgen]
impl Maker {
    /// Without files and fonts.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a file that pictures show.
    pub fn add(&mut self, hash: &str, bytes: Vec<u8>) {
        if let Some(hash) = FileHash::parse(hash) {
            self.files.insert(hash, bytes);
        }
    }

    /// The files of the page's fonts that a picture needs and that are not here, by their names.
    pub fn wanted(&self, picture: &Picture) -> Vec<String> {
        let wanted = render::wanted(&picture.0.list, &self.fonts).into_iter();
        wanted.map(str::to_owned).collect()
    }

    /// Takes one of these.
    ///
    /// # Errors
    /// When it is no font.
    pub fn give(&mut self, name: &str, file: Vec<u8>) -> Result<(), String> {
        let given = self.fonts.give(name, file);
        given.map_err(|error| error.to_string())
    }

    /// A picture as an SVG; words as outlines, or with the fonts that they need.
    ///
    /// # Errors
    /// When it is too much.
    pub fn svg(&self, picture: &Picture, outlines: bool) -> Result<File, String> {
        let letters = match outlines {
            true => Letters::Outlined,
            false => Letters::Embedded,
        };
        self.make(|work| render::svg(&picture.0, letters, work))
    }

    /// Pictures as a PDF, a page for each.
    ///
    /// # Errors
    /// When they are too much.
    pub fn pdf(&self, pictures: Vec<Picture>) -> Result<File, String> {
        let pictures: Vec<_> = pictures.into_iter().map(|picture| picture.0).collect();
        self.make(|work| render::pdf(&pictures, work))
    }

    fn make(
        &self,
        make: impl FnOnce(&mut Work<'_>) -> Result<Made, Unmade>,
    ) -> Result<File, String> {
        let mut work = Work {
            fonts: &self.fonts,
            // Neither has pixels: readers and printers scale them.
            scale: 1.0,
            files: &|hash| self.files.get(hash).cloned(),
            // To stop it is to end the worker.
            go_on: &mut || true,
        };
        let made = make(&mut work).map_err(|why| why.to_string())?;
        Ok(made.into())
    }
}
