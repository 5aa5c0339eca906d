//! The text kind: typed lines whose box follows from their layout.
//!
//! Owns what of the layout is kept and how text is painted. Knows only its body; see [`Shape`].

use std::sync::Arc;

use kurbo::{Point, Rect, Shape as _, Size};

use super::look::Look;
use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::{Anchor, DisplayList, FontFamily};
use crate::fields::Value;
use crate::style::{Align, Color, Family, Style, StyleField, Theme};
use crate::text_layout::{Layout, Line, Setting, is_right_to_left, lay_out, shown_as};

/// Its name in the document.
pub const NAME: &str = "text";
/// The style fields that change how a text looks.
pub const STYLE_FIELDS: &[StyleField] = &[
    StyleField::Stroke,
    StyleField::Opacity,
    StyleField::FontSize,
    StyleField::Family,
    StyleField::Align,
    StyleField::Wrap,
    StyleField::LineHeight,
];

/// Typed text. Its lines are laid out again when needed; only their size at font size 1 is kept, for
/// as long as nothing changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    content: Arc<str>,
    /// In which family and to which width it was laid out, font sizes.
    family: Family,
    room: f64,
    /// Width of its box, font sizes.
    width: f64,
    lines: u32,
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
        Self::set_as(content, &Setting::default())
    }

    /// A text that is set in a way.
    pub(super) fn set_as(content: &str, setting: &Setting) -> Self {
        let mut text = Self {
            content: content.into(),
            family: Family::Rounded,
            room: f64::INFINITY,
            width: 0.0,
            lines: 0,
            is_exact: true,
            overhang: None,
        };
        text.lay_out(setting);
        text
    }

    /// Replaces what is written.
    pub(super) fn set(&mut self, content: &str, style: &Style) {
        self.content = content.into();
        self.lay_out(&Setting::of(style));
    }

    /// Lays it out again if a style asks for other lines than it has.
    pub(super) fn follow(&mut self, style: &Style) {
        self.follow_setting(&Setting::of(style));
    }

    /// The same for a way of setting it.
    pub(super) fn follow_setting(&mut self, setting: &Setting) {
        if !self.is_set_as(setting) {
            self.lay_out(setting);
        }
    }

    /// The size of its box. O(1) as long as it is laid out as it is set.
    pub(super) fn size_in(&self, setting: &Setting, font_size: f64) -> Size {
        if !self.is_set_as(setting) {
            let layout = lay_out(&self.content, font_size, setting);
            return Size::new(layout.width, layout.height);
        }
        let lines = f64::from(self.lines) * setting.line_height;
        Size::new(self.width, lines) * font_size
    }

    fn is_set_as(&self, setting: &Setting) -> bool {
        self.family == setting.family && self.room == setting.room
    }

    fn lay_out(&mut self, setting: &Setting) {
        let at_one = lay_out(&self.content, 1.0, setting);
        self.family = setting.family;
        self.room = setting.room;
        self.width = at_one.width;
        self.lines = at_one.lines.len() as u32;
        self.is_exact = at_one.is_exact;
        self.overhang = None;
    }

    /// Its lines as they are painted, when how wide this browser does so is neither certain nor
    /// measured.
    pub(super) fn unmeasured(&self, style: &Style) -> Option<Vec<String>> {
        let wanted = !self.is_exact && self.overhang.is_none();
        wanted.then(|| {
            let layout = lay_out(&self.content, 1.0, &Setting::of(style));
            let lines = layout.lines.iter();
            lines.map(|line| painted(&self.content, line)).collect()
        })
    }

    /// Takes how wide this browser paints each line at font size 1.
    pub(super) fn set_measured(&mut self, widths: &[f64], style: &Style) {
        let mut overhang = (0.0, 0.0);
        let layout = lay_out(&self.content, 1.0, &Setting::of(style));
        for (line, width) in layout.lines.iter().zip(widths) {
            let beyond = width - line.width;
            let (left, right) = match anchor(line, style.details.align) {
                (Anchor::Middle, _) => (beyond / 2.0, beyond / 2.0),
                (Anchor::Start, false) | (Anchor::End, true) => (0.0, beyond),
                (Anchor::Start, true) | (Anchor::End, false) => (beyond, 0.0),
            };
            overhang.0 = f64::max(overhang.0, left - line.left);
            let to = line.left + line.width + right;
            overhang.1 = f64::max(overhang.1, to - layout.width);
        }
        self.overhang = Some(overhang);
    }

    /// Forgets what was measured, because fonts have come.
    pub(super) fn forget_measured(&mut self) {
        self.overhang = None;
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

    /// Says on which side a text stands that leaves it to its letters.
    pub(super) fn spell_out(&self, style: &mut Style) {
        let side = if is_right_to_left(&self.content) {
            Align::Right
        } else {
            Align::Left
        };
        let align = style.details.align.unwrap_or(side);
        style.set(StyleField::Align, &Value::text(align.name()));
    }

    /// What is written.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Its lines in a style, in local space. O(text).
    pub fn layout(&self, style: &Style) -> Layout {
        lay_out(&self.content, style.font_size, &Setting::of(style))
    }
}

/// A line as it is painted: without the spaces at its end that take no room.
fn painted(content: &str, line: &Line) -> String {
    let run = content.get(line.range.clone()).unwrap_or_default();
    let run = if line.hang > 0.0 {
        run.trim_end_matches([' ', '\t'])
    } else {
        run
    };
    run.chars().map(shown_as).collect()
}

/// Which part of a line stays where it is, however wide a browser paints it, and whether the line
/// runs from right to left.
fn anchor(line: &Line, align: Option<Align>) -> (Anchor, bool) {
    let anchor = match (align, line.right_to_left) {
        (Some(Align::Center), _) => Anchor::Middle,
        (Some(Align::Left), true) | (Some(Align::Right), false) => Anchor::End,
        _ => Anchor::Start,
    };
    (anchor, line.right_to_left)
}

/// Paints lines in a colour, the top-left corner of their box at a point.
pub(super) fn paint_lines(
    list: &mut DisplayList,
    content: &str,
    layout: &Layout,
    at: Point,
    color: Color,
) {
    let setting = layout.setting();
    list.fill_color(color);
    list.font(layout.font_size(), FontFamily::of(setting.family));
    let mut set = Anchor::Start;
    for line in &layout.lines {
        let run = painted(content, line);
        let (anchor, right_to_left) = anchor(line, setting.align);
        if std::mem::replace(&mut set, anchor) != anchor {
            list.anchor(anchor);
        }
        let right = line.left + line.width;
        let x = match (anchor, right_to_left) {
            (Anchor::Middle, _) => (line.left + right) / 2.0,
            (Anchor::Start, false) | (Anchor::End, true) => line.left,
            (Anchor::Start, true) | (Anchor::End, false) => right,
        };
        let at = Point::new(at.x + x, at.y + line.baseline);
        if right_to_left {
            list.text_rtl(at, &run);
        } else if !run.is_empty() {
            list.text(at, &run);
        }
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
        Some(self.size_in(&Setting::of(style), style.font_size))
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        Silhouette::of_path(&self.painted(body).to_path(1.0), 0.0, true)
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        // Letters overhang their advance, and accents their line, by a little.
        let overhang = body.style.font_size * 0.25;
        self.painted(body).inflate(overhang, overhang)
    }
}

impl Look for Text {
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let layout = self.layout(body.style);
        let color = body.style.stroke.for_words(theme);
        paint_lines(list, &self.content, &layout, Point::ZERO, color);
    }
}
