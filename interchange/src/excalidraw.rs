//! Scenes of Excalidraw, both ways.
//!
//! Owns the format `.excalidraw` and what stands on the clipboard: `read.rs` makes records of it, `write.rs`
//! makes it of elements, `fields.rs` says what an element is there, and `kept.rs` what stays beside an
//! element that came from there, so that it goes back as it was.

pub(crate) mod fields;
pub(crate) mod kept;
mod looks;
pub(crate) mod parse;
mod read;
mod source;
mod write;

pub(crate) use read::bundle;
pub use read::read;
pub use write::{Files, Options, Shown, Written, write, write_clip};
