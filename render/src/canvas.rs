//! What a format has to be able to do to show a display list.
//!
//! Owns the words between the list and the formats. Everything is in the space that a brush maps to the
//! picture. Knows neither of them.

use board::file::FileHash;
use kurbo::{Affine, BezPath, Point, Rect, Stroke, Vec2};

use crate::fonts::Fonts;
use crate::line::Line;
use crate::work::Unmade;

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

/// A picture with its place.
pub(crate) struct Image<'a> {
    pub(crate) hash: FileHash,
    /// Reads it, each time that it is called.
    pub(crate) file: &'a dyn Fn() -> Option<Vec<u8>>,
    /// What words in it are set in.
    #[cfg_attr(not(feature = "svg"), expect(dead_code, reason = "only SVG has words"))]
    pub(crate) fonts: &'a Fonts,
    pub(crate) place: Rect,
    /// In shares of its width and height.
    pub(crate) crop: Rect,
}

impl Image<'_> {
    /// Where all of it would be.
    pub(crate) fn whole(&self) -> Rect {
        let across = self.place.width() / self.crop.width();
        let down = self.place.height() / self.crop.height();
        let origin = self.place.origin() - Vec2::new(self.crop.x0 * across, self.crop.y0 * down);
        Rect::from_origin_size(origin, (across, down))
    }
}

/// What a list is played on.
pub(crate) trait Canvas {
    /// Does what cannot be put off, between two things that are painted; whether that took long.
    fn settle(&mut self) -> Result<bool, Unmade> {
        Ok(false)
    }
    /// Fills a path, non-zero rule.
    fn fill(&mut self, path: &BezPath, brush: &Brush);
    /// Strokes a path.
    fn stroke(&mut self, path: &BezPath, stroke: &Stroke, brush: &Brush);
    /// Paints the glyphs of a line.
    fn words(&mut self, words: &Words<'_>, brush: &Brush);
    /// Paints a picture's file into a box, of which the part is seen that a crop says; false when it cannot be
    /// shown.
    fn image(&mut self, image: &Image<'_>, brush: &Brush) -> bool;
    /// Paints only inside of a path from here on.
    fn clip(&mut self, path: &BezPath, transform: Affine);
    /// Takes the last clip back.
    fn unclip(&mut self);
}
