//! Why a file is refused, whole.
//!
//! Owns the sentences for the command line; pages have words of their own. Knows no format's insides.

use crate::bounds::{MAX_ELEMENT, MAX_ELEMENTS, MAX_FILES};

/// Why nothing of a file is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is larger than is read.
    #[error("the file has {} MiB, and no more than {} are read", mebibytes(*bytes), most >> 20)]
    Large {
        /// How large it is, bytes.
        bytes: usize,
        /// How large it may be, bytes.
        most: usize,
    },
    /// It is not JSON: where it breaks off.
    #[error("the file is damaged: line {line}, column {column} is no JSON")]
    Damaged {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// It is JSON, or whatever else it says, of something else.
    #[error("the file is no {0}")]
    Foreign(&'static str),
    /// It is nothing that is read here.
    #[error(
        "it is none of the files that are opened here: of Drawbridge, Excalidraw or tldraw, an SVG, or a PNG \
         with a scene in it"
    )]
    Unknown,
    /// A newer program made it.
    #[error("a newer version of the program made the file: version {0}")]
    Newer(u64),
    /// It has too many elements.
    #[error("the file has more than {MAX_ELEMENTS} elements")]
    ManyElements,
    /// One of its elements is too large.
    #[error("an element of the file has more than {} MB", MAX_ELEMENT / 1_000_000)]
    LargeElement,
    /// It has too many files in it.
    #[error("the file has more than {MAX_FILES} pictures in it")]
    ManyFiles,
    /// Values in it are nested too deeply.
    #[error("the file is nested too deeply to be read")]
    Deep,
    /// It, or what is in it, is damaged.
    #[error("the {0} is damaged")]
    Broken(&'static str),
    /// An archive has something in it that is no part of a board.
    #[error("the file has something in it that does not belong there")]
    Stray,
    /// An SVG that cannot be a picture.
    #[error("{0}")]
    Drawing(clean_svg::Unclean),
    /// A picture that has no scene in it.
    #[error("the picture has no scene in it")]
    NoScene,
}

/// Rounded up, so that what is too large never reads as just large enough.
fn mebibytes(bytes: usize) -> usize {
    bytes.div_ceil(1 << 20)
}

impl Refused {
    /// Refuses what is larger than `most` bytes.
    ///
    /// # Errors
    /// [`Self::Large`].
    pub fn unless_at_most(bytes: usize, most: usize) -> Result<(), Self> {
        match bytes <= most {
            true => Ok(()),
            false => Err(Self::Large { bytes, most }),
        }
    }
}
