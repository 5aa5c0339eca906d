//! Pictures of boards as files: SVG, PNG and PDF of a display list, without a browser.
//!
//! Owns how a list becomes bytes. Does no I/O and reads no clock: files come from whoever asks, and when to
//! stop is asked of them. Knows no element.

#[cfg(any(feature = "pdf", feature = "png"))]
mod canvas;
#[cfg(feature = "svg")]
mod drawing;
mod fonts;
mod lean;
mod line;
mod outlined;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(any(feature = "pdf", feature = "png"))]
mod pixels;
#[cfg(any(feature = "pdf", feature = "png"))]
mod play;
#[cfg(feature = "png")]
mod png;
mod svg;
mod work;

pub use self::fonts::{FONT_LICENCES, Fonts, NoFont};
pub use self::line::wanted;
#[cfg(feature = "pdf")]
pub use self::pdf::pdf;
#[cfg(feature = "png")]
pub use self::png::png;
pub use self::svg::{Letters, svg};
pub use self::work::{Files, MAX_PIXELS, MAX_SEGMENTS, Made, Unmade, Work, may_grow, may_have};
