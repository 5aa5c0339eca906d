//! The text kind: typed lines whose box follows from their layout.
//!
//! Owns what of the layout is kept and how text is painted. Knows only its body; see [`Shape`].

use std::ops::Range;
use std::sync::Arc;

use kurbo::{Point, Rect, Shape as _, Size};

use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::{DisplayList, FontFamily};
use crate::style::{Style, StyleField, Theme};
use crate::text_layout::{Layout, layout, shown, shown_as};

/// Its name in the document.
pub const NAME: &str = "text";
/// The style fields that change how a text looks.
pub const STYLE_FIELDS: &[StyleField] = &[
    StyleField::Stroke,
    StyleField::Opacity,
    StyleField::FontSize,
];

/// Typed text. Its lines are laid out again when needed; only their size at font size 1 is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    content: Arc<str>,
    unit_size: Size,
    /// Whether every browser paints it as wide as it was laid out.
    is_exact: bool,
    /// How far this browser paints beyond its box on the left and on the right, font sizes; once
    /// that was measured. Part of no document: other browsers have other fonts.
    overhang: Option<(f64, f64)>,
}

impl Default for Text {
    fn default() -> Self {
        Self::new("")
    }
}

impl Text {
    /// A text.
    pub fn new(content: &str) -> Self {
        let mut text = Self {
            content: "".into(),
            unit_size: Size::ZERO,
            is_exact: true,
            overhang: None,
        };
        text.set(content);
        text
    }

    /// Replaces what is written.
    pub(super) fn set(&mut self, content: &str) {
        let at_one = layout(content, 1.0);
        self.content = content.into();
        self.unit_size = Size::new(at_one.width, at_one.height);
        self.is_exact = at_one.is_exact;
        self.overhang = None;
    }

    /// Its lines as they are painted, when how wide this browser does so is neither certain nor
    /// measured.
    pub(super) fn unmeasured(&self) -> Option<String> {
        let wanted = !self.is_exact && self.overhang.is_none();
        wanted.then(|| shown(&self.content))
    }

    /// Takes how wide this browser paints each line at font size 1.
    pub(super) fn set_measured(&mut self, widths: &[f64]) {
        let mut overhang = (0.0, 0.0);
        for (line, width) in self.layout(1.0).lines.iter().zip(widths) {
            let side = if line.right_to_left {
                &mut overhang.0
            } else {
                &mut overhang.1
            };
            *side = f64::max(*side, width - self.unit_size.width);
        }
        self.overhang = Some(overhang);
    }

    /// Forgets what was measured, because fonts have come.
    pub(super) fn forget_measured(&mut self) {
        self.overhang = None;
    }

    /// Part of the text as it is painted.
    fn run(&self, range: Range<usize>) -> String {
        let run = self.content.get(range).unwrap_or_default();
        run.chars().map(shown_as).collect()
    }

    /// Its box and what is painted beyond it.
    fn painted(&self, body: &Body<'_>) -> Rect {
        let (left, right) = self.overhang.unwrap_or_default();
        let (frame, size) = (body.rect(), body.style.font_size);
        Rect::new(
            frame.x0 - left * size,
            frame.y0,
            frame.x1 + right * size,
            frame.y1,
        )
    }

    /// What is written.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Its lines at a font size, in local space. O(text).
    pub fn layout(&self, font_size: f64) -> Layout {
        layout(&self.content, font_size)
    }
}

impl Shape for Text {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        STYLE_FIELDS
    }

    fn own_size(&self, style: &Style) -> Option<Size> {
        Some(self.unit_size * style.font_size)
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        Silhouette::of_path(&self.painted(body).to_path(1.0), 0.0, true)
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        // Letters overhang their advance, and accents their line, by a little.
        let overhang = body.style.font_size * 0.25;
        self.painted(body).inflate(overhang, overhang)
    }

    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let size = body.style.font_size;
        list.fill_color(body.style.stroke.for_words(theme));
        list.font(size, FontFamily::Board);
        for line in self.layout(size).lines {
            let run = self.run(line.range);
            if line.right_to_left {
                list.text_rtl(Point::new(body.size.width, line.baseline), &run);
            } else if !run.is_empty() {
                list.text(Point::new(0.0, line.baseline), &run);
            }
        }
    }
}
