//! What a person brings onto a board, as the page calls it.
//!
//! Owns the translation of clips, files and pictures. Knows no format of files.

use board::file::FileHash;
use board::id::ElementId;
use board::picture::{Media, Picture, Unfit};
use kurbo::{Point, Size};
use wasm_bindgen::prelude::*;

use super::Engine;
use crate::look::Look;

#[wasm_bindgen]
impl Engine {
    /// Puts on the board what is on the clipboard or was dropped, by type, and where its text leads;
    /// empty where there is none. At a place on the screen, else where the pointer is. Of some text spaces put
    /// columns below one another.
    pub fn put(
        &mut self,
        text: &str,
        html: &str,
        address: &str,
        columns: bool,
        x: Option<f64>,
        y: Option<f64>,
    ) {
        let at = x.zip(y).map(|(x, y)| Point::new(x, y));
        match columns {
            true => self.editor.put_columns(text, at),
            false => self.editor.put(text, html, address, at),
        }
    }

    /// Puts on the board what a file brought, in one step; around a place on the screen, where one is given.
    /// How many elements.
    #[wasm_bindgen(js_name = takeIn)]
    pub fn take_in(&mut self, records: &[u8], x: Option<f64>, y: Option<f64>) -> usize {
        let at = x.zip(y).map(|(x, y)| Point::new(x, y));
        self.editor.take_in(records, at)
    }

    /// The same with all of another board, of its state as one update.
    #[wasm_bindgen(js_name = takeInBoard)]
    pub fn take_in_board(&mut self, state: &[u8], x: Option<f64>, y: Option<f64>) -> usize {
        let at = x.zip(y).map(|(x, y)| Point::new(x, y));
        self.editor.take_in_board(state, at)
    }

    /// Makes the board, which must be empty, that very one; false when it cannot.
    #[wasm_bindgen(js_name = becomeBoard)]
    pub fn become_board(&mut self, state: &[u8]) -> bool {
        self.editor.become_board(state)
    }

    /// Puts a picture on the board, or `instead` of the one that an image shows. `place`: its width and
    /// height in pixels, the how manieth it is of how many that come at once, and where on the screen they
    /// were dropped, if they were. False when it may not be there.
    #[wasm_bindgen(js_name = insertImage)]
    pub fn insert_image(&mut self, hash: &str, place: &[f64], instead: Option<String>) -> bool {
        let (Some(hash), [width, height, nth, of, at @ ..]) = (FileHash::parse(hash), place) else {
            return false;
        };
        let size = Size::new(*width, *height);
        let at = match *at {
            [x, y] => Some(Point::new(x, y)),
            _ => None,
        };
        match instead {
            None => self
                .editor
                .insert_image(hash, size, at, (*nth as u32, *of as u32)),
            Some(id) => self.editor.replace_image(&id, hash, size),
        }
    }

    /// The image that is selected, when nothing else is: see `insertImage`.
    #[wasm_bindgen(js_name = imageToReplace)]
    pub fn image_to_replace(&self) -> Option<String> {
        self.editor.image_to_replace().map(ElementId::to_string)
    }

    /// Says in the document that the server has a file of so many bytes.
    #[wasm_bindgen(js_name = nameFile)]
    pub fn name_file(&mut self, hash: &str, media: &str, bytes: f64, width: u32, height: u32) {
        if let (Some(hash), Some(media)) = (FileHash::parse(hash), Media::named(media)) {
            let picture = Picture {
                media,
                width,
                height,
            };
            self.editor.name_file(hash, &picture, bytes as u64);
        }
    }

    /// Whether the server has a file, by its SHA-256, as far as the document says.
    #[wasm_bindgen(js_name = hasFile)]
    pub fn has_file(&self, hash: &str) -> bool {
        FileHash::parse(hash).is_some_and(|hash| self.editor.document().has_file(&hash))
    }

    /// Whether anything on the board shows a file, by its SHA-256.
    #[wasm_bindgen(js_name = showsFile)]
    pub fn shows_file(&self, hash: &str) -> bool {
        self.editor.shows_file(hash)
    }
}

/// A file that is being read.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct FileLook(Look);

#[wasm_bindgen]
impl FileLook {
    /// Nothing of it yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next piece; throws when it is nothing that can be shown: `large` or `unknown`.
    pub fn take(&mut self, piece: &[u8]) -> Result<(), JsError> {
        self.0.take(piece).map_err(unfit)
    }

    /// What it is: SHA-256, media type, pixels across and down, a blank between; throws as before.
    pub fn end(self) -> Result<String, JsError> {
        let (hash, picture) = self.0.end().map_err(unfit)?;
        let (media, width, height) = (picture.media.name(), picture.width, picture.height);
        Ok(format!("{hash} {media} {width} {height}"))
    }
}

fn unfit(unfit: Unfit) -> JsError {
    JsError::new(match unfit {
        Unfit::Unknown => "unknown",
        Unfit::Large => "large",
    })
}
