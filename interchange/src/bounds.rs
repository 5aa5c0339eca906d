//! How much a file from outside may be, each bound with its reason.
//!
//! Owns the numbers; knows of formats only that some are archives.

use crate::format::Format;

/// Largest file of text in bytes: an Excalidraw scene whose pictures fill a board's share of a server
/// has a third more than these, and nearly all have a hundredth.
pub const MAX_TEXT_FILE: usize = 128 << 20;
/// Largest file of a format in bytes.
pub fn most(format: Format) -> usize {
    match format == Format::Drawbridge {
        true => MAX_ARCHIVE,
        false => MAX_TEXT_FILE,
    }
}

/// Most elements of a file: as many as a large board has, ten times over what people draw.
pub const MAX_ELEMENTS: usize = 100_000;
/// Longest text of one element of a file in bytes, points and all: parsed it takes ten times that.
pub const MAX_ELEMENT: usize = 4 << 20;
/// Most files of one file: pictures that a board shows.
pub const MAX_FILES: usize = 10_000;
/// Longest value that an importer keeps beside an element in bytes, see docs/file-format.md.
pub const MAX_KEPT: usize = 16 << 10;
/// Deepest nesting of a value that is kept: an update may have 32 levels, of which the way to it takes
/// some.
pub const MAX_KEPT_DEPTH: usize = 24;
/// Largest archive of a board in bytes, packed or not: the files of a board, and its document.
pub const MAX_ARCHIVE: usize = 1 << 30;
/// Largest document in bytes: four times what a server takes unless an operator says otherwise.
pub const MAX_DOCUMENT: usize = 256 << 20;
