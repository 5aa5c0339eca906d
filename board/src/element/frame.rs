//! The frame: a named area that holds elements and clips them.
//!
//! Owns its ground, its border and its name. Who is in it is `hierarchy.rs`'s; who paints its
//! members clips them. The name stands above it, as large at every zoom, and is painted by who knows
//! the zoom.

use std::sync::Arc;

use kurbo::Shape as _;

use super::look::Look;
use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::{DisplayList, Op};
use crate::style::{Color, StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "frame";
/// The style fields that change how it looks.
pub const STYLE_FIELDS: &[StyleField] = &[StyleField::Fill, StyleField::Opacity];
/// Width of its border, board units.
const BORDER: f64 = 1.5;
/// The border, quiet on both papers.
const BORDER_COLOR: (Color, Color) = (Color(0x9a9a_a6ff), Color(0x6c6c_78ff));

/// A named area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    name: Option<Arc<str>>,
}

impl Frame {
    /// What it is called; nothing while nobody has named it.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    pub(super) fn set_title(&mut self, title: &str) {
        self.name = (!title.is_empty()).then(|| title.into());
    }
}

impl Shape for Frame {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        STYLE_FIELDS
    }

    /// Its border alone: what happens inside it is about its members.
    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        Silhouette::of_path(&body.rect().to_path(0.1), BORDER / 2.0, false)
    }

    fn extent(&self, body: &Body<'_>) -> kurbo::Rect {
        body.rect().inflate(BORDER / 2.0, BORDER / 2.0)
    }
}

impl Look for Frame {
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let fill = body.style.fill;
        list.rect(body.rect(), 0.0);
        if !fill.is_none() {
            list.fill_color(fill.in_theme(theme));
            list.op(Op::Fill, &[]);
        }
        list.stroke_color(match theme {
            Theme::Light => BORDER_COLOR.0,
            Theme::Dark => BORDER_COLOR.1,
        });
        list.op(Op::LineWidth, &[BORDER]);
        list.op(Op::Stroke, &[]);
    }
}
