//! How looks are called there, and what they are here.
//!
//! Owns the tables: colours as tldraw's light theme has them, sizes in board units. What has no equal here
//! has its nearest. Knows no element.

use board::style::{Align, Color, Dash, Family, FillStyle, Head, VerticalAlign};

use crate::css;

/// What one name of a colour looks like on different things.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub(super) solid: Color,
    semi: Color,
    pattern: Color,
    lined: Color,
    pub(super) note: Color,
    pub(super) highlight: Color,
}

/// Behind names: solid, semi, pattern, lined fill, note, highlighter.
#[rustfmt::skip]
const COLORS: [(&str, [u32; 6]); 13] = [
    ("black", [0x1d1d1d, 0xe8e8e8, 0x494949, 0x363636, 0xfce19c, 0xfddd00]),
    ("grey", [0x9fa8b2, 0xeceef0, 0xbcc3c9, 0xbbc1c9, 0xc0cad3, 0xcbe7f1]),
    ("light-violet", [0xe085f4, 0xf5eafa, 0xe9acf8, 0xe9abf7, 0xdfb0f9, 0xff88ff]),
    ("violet", [0xae3ec9, 0xecdcf2, 0xbd63d3, 0xbe68d4, 0xdb91fd, 0xc77cff]),
    ("blue", [0x4465e9, 0xdce1f8, 0x6681ee, 0x6580ec, 0x8aa3ff, 0x10acff]),
    ("light-blue", [0x4ba1f1, 0xddedfa, 0x6fbbf8, 0x7abaf5, 0x9bc4fd, 0x00f4ff]),
    ("yellow", [0xf1ac4b, 0xf9f0e6, 0xfecb92, 0xf5c27a, 0xfed49a, 0xfddd00]),
    ("orange", [0xe16919, 0xf8e2d4, 0xf78438, 0xea8643, 0xfaa475, 0xffa500]),
    ("green", [0x099268, 0xd3e9e3, 0x39a785, 0x0bad7c, 0x6fc896, 0x00ffc8]),
    ("light-green", [0x4cb05e, 0xdbf0e0, 0x65cb78, 0x7ec88c, 0x98d08a, 0x65f641]),
    ("light-red", [0xf87777, 0xf4dadb, 0xfe9e9e, 0xf99a9a, 0xf7a5a1, 0xff7fa3]),
    ("red", [0xe03131, 0xf4dadb, 0xe55959, 0xe75f5f, 0xfc8282, 0xff636e]),
    ("white", [0xffffff, 0xf5f5f5, 0xf9f9f9, 0xffffff, 0xffffff, 0xffffff]),
];
/// What a half transparent fill looks like: the paper.
const PAPER: Color = Color(0xfcff_feff);

/// A colour by its name; of a theme of somebody's own, as CSS has it, or black.
pub(super) fn paint(name: &str) -> Paint {
    let color = |rgb: u32| Color(rgb << 8 | 0xff);
    let own = css::color(name).filter(|_| !COLORS.iter().any(|(known, _)| *known == name));
    if let Some(own) = own {
        return Paint {
            solid: own,
            semi: own,
            pattern: own,
            lined: own,
            note: own,
            highlight: own,
        };
    }
    let row = COLORS.iter().find(|(known, _)| *known == name);
    let [solid, semi, pattern, lined, note, highlight] = row.unwrap_or(&COLORS[0]).1.map(color);
    Paint {
        solid,
        semi,
        pattern,
        lined,
        note,
        highlight,
    }
}

impl Paint {
    /// An inside in this colour.
    pub(super) fn fill(&self, name: &str) -> (Color, FillStyle) {
        match name {
            "semi" => (PAPER, FillStyle::Solid),
            "solid" => (self.semi, FillStyle::Solid),
            "pattern" => (self.pattern, FillStyle::Hatched),
            "fill" => (self.solid, FillStyle::Solid),
            "lined-fill" => (self.lined, FillStyle::Solid),
            _ => (Color::NONE, FillStyle::Solid),
        }
    }
}

/// A line as it is interrupted, and how strongly it looks drawn by hand; `None` where it is not drawn.
pub(super) fn dash(name: &str) -> Option<(Dash, u32)> {
    match name {
        "none" => None,
        "dashed" => Some((Dash::Dashed, 0)),
        "dotted" => Some((Dash::Dotted, 0)),
        "solid" => Some((Dash::Solid, 0)),
        _ => Some((Dash::Solid, 1)),
    }
}

/// Board units for sizes that are called `s`, `m`, `l` and `xl`.
pub(super) type Sizes = [f64; 4];

pub(super) const STROKES: Sizes = [2.0, 3.5, 5.0, 10.0];
pub(super) const TEXTS: Sizes = [18.0, 24.0, 36.0, 44.0];
pub(super) const LABELS: Sizes = [18.0, 22.0, 26.0, 32.0];
pub(super) const ON_ARROWS: Sizes = [18.0, 20.0, 24.0, 28.0];
/// The distance of lines of every text, font sizes.
pub(super) const LINE_HEIGHT: f64 = 1.35;

/// That of a name.
pub(super) fn size([small, medium, large, largest]: Sizes, name: &str) -> f64 {
    match name {
        "s" => small,
        "l" => large,
        "xl" => largest,
        _ => medium,
    }
}

pub(super) fn family(name: &str) -> Family {
    match name {
        "sans" => Family::Rounded,
        "serif" => Family::Serif,
        "mono" => Family::Mono,
        _ => Family::Hand,
    }
}

/// Of labels, which are in the middle without it, and of texts.
pub(super) fn align(name: &str) -> Option<Align> {
    match name {
        "start" | "start-legacy" => Some(Align::Left),
        "end" | "end-legacy" => Some(Align::Right),
        "middle" | "middle-legacy" | "justify" => Some(Align::Center),
        _ => None,
    }
}

pub(super) fn vertical_align(name: &str) -> Option<VerticalAlign> {
    match name {
        "start" => Some(VerticalAlign::Top),
        "end" => Some(VerticalAlign::Bottom),
        _ => None,
    }
}

/// An end of an arrow, filled or not, and whether it is but the nearest.
pub(super) fn head(name: &str, filled: bool) -> (Head, bool) {
    let either = |full, outline| if filled { full } else { outline };
    match name {
        "arrow" => (Head::Arrow, false),
        "triangle" => (either(Head::Triangle, Head::TriangleOutline), false),
        "dot" => (either(Head::Circle, Head::CircleOutline), false),
        "diamond" => (either(Head::Diamond, Head::DiamondOutline), false),
        "pipe" | "bar" => (Head::Bar, false),
        "none" => (Head::None, false),
        "inverted" => (either(Head::Triangle, Head::TriangleOutline), true),
        "square" => (either(Head::Diamond, Head::DiamondOutline), true),
        _ => (Head::Arrow, true),
    }
}
