//! What is asked for, what comes of it, and what is too much.
//!
//! Owns the bounds and the sentences that say so. Knows no format.

use std::collections::BTreeSet;

use board::display::DisplayList;
use board::display::command::Command;
use board::file::FileHash;

use crate::fonts::Fonts;

/// Most pixels of a picture.
pub const MAX_PIXELS: u64 = 16 << 20;
/// Most segments of paths: what a picture takes grows with them.
pub const MAX_SEGMENTS: usize = 8_000_000;
/// So often it is asked whether to go on, in things painted.
const TURN: usize = 64;

/// The bytes of the board's own files, by their hashes.
pub type Files<'a> = &'a dyn Fn(&FileHash) -> Option<Vec<u8>>;

/// All that is needed to make a picture, beside the picture.
pub struct Work<'a> {
    /// Whose letters.
    pub fonts: &'a Fonts,
    /// Pixels of a PNG for each unit of the board, and the size of what is named in an SVG or PDF.
    pub scale: f64,
    /// The files of its pictures: nothing else is ever read.
    pub files: Files<'a>,
    /// Says whether there is time left.
    pub go_on: &'a mut dyn FnMut() -> bool,
}

/// A file, and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub bytes: Vec<u8>,
    /// The characters that no font had: boxes stand in their places.
    pub missing: BTreeSet<char>,
    /// The pictures whose files are not at hand, or cannot be shown: boxes stand in their places.
    pub lacking: BTreeSet<FileHash>,
}

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Unmade {
    /// It would have more than [`MAX_PIXELS`].
    #[error("the picture would be {0} by {1} pixels, and 16 million are the most")]
    Large(u64, u64),
    /// It has more than [`MAX_SEGMENTS`].
    #[error("there is too much to draw for one picture: more than 8 million lines and curves")]
    Much,
    /// It was told to stop.
    #[error("drawing the picture took too long")]
    Long,
    /// The encoder gave up.
    #[error("the picture could not be written: {0}")]
    Unwritten(&'static str),
}

/// Whether a list is too much while it grows: quick, and never for what is few enough.
pub fn may_grow(list: &DisplayList) -> bool {
    may_have(list.words().len())
}

/// The same for all lists of a file, which have so many words.
pub fn may_have(words: usize) -> bool {
    /// A cubic curve, the longest segment.
    const WORDS: usize = 7;
    words <= MAX_SEGMENTS * WORDS
}

/// Counts down to the next time that it is asked whether to go on.
pub(crate) struct Turns<'a> {
    go_on: &'a mut dyn FnMut() -> bool,
    left: usize,
    segments: usize,
}

impl<'a> Turns<'a> {
    pub(crate) fn new(go_on: &'a mut dyn FnMut() -> bool) -> Self {
        Self {
            go_on,
            left: TURN,
            segments: MAX_SEGMENTS,
        }
    }

    /// A whole list is painted at once.
    pub(crate) fn take_all(&mut self, list: &DisplayList) -> Result<(), Unmade> {
        let mut segments = 0;
        for command in list.iter() {
            match command {
                Command::Begin => segments = 0,
                Command::MoveTo(_)
                | Command::LineTo(_)
                | Command::QuadTo(..)
                | Command::CubicTo(..) => segments += 1,
                Command::Fill | Command::Stroke | Command::Clip => self.take(segments)?,
                Command::Text(_, text) | Command::TextRtl(_, text) => self.take(text.len())?,
                _ => {}
            }
        }
        self.ask()
    }

    /// Asks now.
    pub(crate) fn ask(&mut self) -> Result<(), Unmade> {
        (self.go_on)().then_some(()).ok_or(Unmade::Long)
    }

    /// One more thing is painted, of so many segments.
    pub(crate) fn take(&mut self, segments: usize) -> Result<(), Unmade> {
        self.segments = self.segments.checked_sub(segments).ok_or(Unmade::Much)?;
        self.left -= 1;
        if self.left == 0 {
            self.left = TURN;
            return self.ask();
        }
        Ok(())
    }
}
