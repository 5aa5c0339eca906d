//! Files that people bring along and take away: bytes in, records out, and back.
//!
//! Pure: no I/O, no clock, no randomness; ids' random bits and the time are arguments. It knows what a
//! board is and nothing of who edits or shares it: what it reads becomes [`Bundle`]s, which others
//! commit. Whatever comes from outside is judged first, and refused by a sentence.

pub mod archive;
pub mod bounds;
mod bundle;
mod checksum;
mod circles;
mod css;
mod data_url;
pub mod embedded;
pub mod excalidraw;
mod format;
pub mod fresh;
mod json;
pub mod library;
mod loss;
mod pen;
mod refusal;
pub mod svg;
pub mod tldraw;

pub use bundle::{Bundle, BundledFile};
pub use format::Format;
pub use loss::{Loss, Losses};
pub use refusal::Refused;
