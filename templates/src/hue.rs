//! The colours that templates use, each a pair of a stroke and the tint of its hue.
//!
//! Owns which pair a hue is; the colours are the palette's, so that people find them there.

use board::style::{Color, FILLS, STROKES, Swatch};

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hue {
    /// Ink, and nothing inside.
    Plain,
    Grey,
    Red,
    Orange,
    Yellow,
    Green,
    Teal,
    Blue,
    Violet,
}

impl Hue {
    pub(crate) fn fill(self) -> Color {
        self.of(&FILLS)
    }

    pub(crate) fn stroke(self) -> Color {
        self.of(&STROKES)
    }

    fn of(self, swatches: &[Swatch; 9]) -> Color {
        let [ink, grey, red, orange, yellow, green, teal, blue, violet] = swatches;
        let swatch = match self {
            Self::Plain => ink,
            Self::Grey => grey,
            Self::Red => red,
            Self::Orange => orange,
            Self::Yellow => yellow,
            Self::Green => green,
            Self::Teal => teal,
            Self::Blue => blue,
            Self::Violet => violet,
        };
        swatch.color
    }
}
