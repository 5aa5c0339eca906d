//! What a format has to be able to do to show a display list.
//!
//! Owns the words between the list and the formats. Everything is in the space that a brush maps to the
//! picture. Knows neither of them.

use kurbo::{Affine, BezPath, Point, Stroke};

use crate::line::Line;

/// How what is painted meets what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blend {
    Over,
    Multiply,
    Screen,
}

/// What something is painted in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Brush {
    /// The space of what is painted onto the picture.
    pub(crate) transform: Affine,
    /// Red, green, blue.
    pub(crate) color: [u8; 3],
    /// 0 to 1.
    pub(crate) opacity: f32,
    pub(crate) blend: Blend,
}

/// A line of text with its place.
pub(crate) struct Words<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: &'a Line<'a>,
    pub(crate) size: f64,
    /// Where its baseline begins on the left.
    pub(crate) at: Point,
}

/// What a list is played on.
pub(crate) trait Canvas {
    /// Fills a path, non-zero rule.
    fn fill(&mut self, path: &BezPath, brush: &Brush);
    /// Strokes a path.
    fn stroke(&mut self, path: &BezPath, stroke: &Stroke, brush: &Brush);
    /// Paints the glyphs of a line.
    fn words(&mut self, words: &Words<'_>, brush: &Brush);
    /// Paints only inside of a path from here on.
    fn clip(&mut self, path: &BezPath, transform: Affine);
    /// Takes the last clip back.
    fn unclip(&mut self);
}
