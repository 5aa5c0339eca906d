//! What a board *is*: its schema, elements, geometry, display list, protocol and file formats.
//!
//! Pure: no I/O, no clock, no randomness, no async, no DOM. Time, ids and random bits are
//! arguments. Everything here computes the same result on every peer and on the server.

pub mod bound;
pub mod contour;
pub mod dash;
pub mod display;
pub mod document;
pub mod element;
pub mod fields;
pub mod file;
pub mod geometry;
pub mod hatch;
pub mod hierarchy;
pub mod history;
pub mod id;
pub mod ink;
pub mod lib0;
pub mod limits;
pub mod links;
pub mod order;
pub mod picture;
pub mod presence;
pub mod protocol;
pub mod record;
pub mod replica;
pub mod scan;
pub mod schema;
pub mod sketch;
pub mod step;
pub mod style;
mod subpath;
pub mod svg;
pub mod text_layout;
pub mod title;
pub mod transform;
