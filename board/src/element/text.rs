//! The text kind: typed lines whose box follows from their layout.
//!
//! Owns what of the layout is kept and how text is painted. Knows only its body; see [`Shape`].

use std::sync::Arc;

use kurbo::{Point, Shape as _, Size};

use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::{DisplayList, FontFamily};
use crate::style::{Style, StyleField, Theme};
use crate::text_layout::{Layout, layout};

/// Its name in the document.
pub const NAME: &str = "text";

/// Typed text. Its lines are laid out again when needed; only their size at font size 1 is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    content: Arc<str>,
    unit_size: Size,
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
        };
        text.set(content);
        text
    }

    /// Replaces what is written.
    pub(super) fn set(&mut self, content: &str) {
        let at_one = layout(content, 1.0);
        self.content = content.into();
        self.unit_size = Size::new(at_one.width, at_one.height);
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
        &[
            StyleField::Stroke,
            StyleField::Opacity,
            StyleField::FontSize,
        ]
    }

    fn own_size(&self, style: &Style) -> Option<Size> {
        Some(self.unit_size * style.font_size)
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        Silhouette::of_path(&body.rect().to_path(1.0), 0.0, true)
    }

    fn extent(&self, body: &Body<'_>) -> kurbo::Rect {
        // Letters overhang their advance, and accents their line, by a little.
        let overhang = body.style.font_size * 0.25;
        body.rect().inflate(overhang, overhang)
    }

    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let size = body.style.font_size;
        list.fill_color(body.style.stroke.in_theme(theme));
        list.font(size, FontFamily::Board);
        for line in self.layout(size).lines {
            let run = self.content.get(line.range).unwrap_or_default();
            if !run.is_empty() {
                list.text(Point::new(0.0, line.baseline), run);
            }
        }
    }
}
