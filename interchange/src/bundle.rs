//! What a file brings.
//!
//! Owns nothing but that it is together: who commits it does so whole or not at all.

use board::file::FileHash;
use board::picture::Picture;
use board::record::Record;
use board::style::Color;

use crate::loss::Losses;

/// What a file brings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bundle {
    /// Elements to be born anew, bottom first; linked with one another by their names.
    pub records: Vec<Record>,
    /// The files of pictures among them, each once.
    pub files: Vec<BundledFile>,
    /// What the board is called, if the file says so.
    pub title: Option<String>,
    /// The colour of the canvas, if it is another than usual.
    pub background: Option<Color>,
    /// What became the nearest thing, or was left out.
    pub losses: Losses,
}

/// A file that pictures show.
#[derive(Debug, Clone, PartialEq)]
pub struct BundledFile {
    /// Its name.
    pub hash: FileHash,
    /// What it shows.
    pub picture: Picture,
    /// All of it.
    pub bytes: Vec<u8>,
}
