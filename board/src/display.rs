//! What to paint: a flat list of operations that canvas, SVG and tests all read.
//!
//! Owns the encoding. Coordinates are whatever space the caller paints in; numbers are `f32`.
//! Knows no element kind and no canvas.

pub mod command;

use kurbo::{Affine, BezPath, PathEl, Point, Rect};

use crate::file::FileHash;
use crate::style::{Color, Family};

/// One paint operation; the number is its word in the list, its arguments follow as words.
///
/// Numbers are `f32` bits, colours `0xRRGGBBAA`. Line joins are always round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Op {
    /// Pushes transform, colours, width, dash, cap, alpha and blend.
    Save = 1,
    /// Pops what `Save` pushed.
    Restore = 2,
    /// `a b c d e f`: multiplies the transform, as `CanvasRenderingContext2D.transform`.
    Transform = 3,
    /// `rgba`.
    FillColor = 4,
    /// `rgba`.
    StrokeColor = 5,
    /// `width`.
    LineWidth = 6,
    /// `alpha`, 0 to 1, replaces the current one.
    Alpha = 7,
    /// Starts a new path.
    Begin = 8,
    /// `x y`.
    MoveTo = 9,
    /// `x y`.
    LineTo = 10,
    /// `cx cy x y`.
    QuadTo = 11,
    /// `c1x c1y c2x c2y x y`.
    CubicTo = 12,
    /// Closes the contour.
    Close = 13,
    /// Fills the path, non-zero rule.
    Fill = 14,
    /// Strokes the path.
    Stroke = 15,
    /// `x y w h`, added to the path.
    Rect = 16,
    /// `x y w h radius`, added to the path.
    RoundRect = 17,
    /// `cx cy rx ry`, a whole ellipse added to the path.
    Ellipse = 18,
    /// `on off`; `0 0` is solid.
    Dash = 19,
    /// `size family`: font size and [`FontFamily`] of the text that follows.
    Font = 20,
    /// `x y bytes utf8…`: text in the fill colour, its baseline starting at `x y`; the UTF-8 is
    /// padded to whole words, little endian.
    Text = 21,
    /// The same for a line that runs from right to left: its baseline ends on the right at `x y`.
    TextRtl = 22,
    /// Paints only inside the path from here on, until the `Restore` of the `Save` before.
    Clip = 23,
    /// `anchor`: which part of the text that follows is at its place, an [`Anchor`].
    Anchor = 24,
    /// `mode`: 0 paints over what is there, 1 multiplies with it, 2 screens it.
    Blend = 25,
    /// `cap`: lines end round with 0, flat where they end with 1; joins stay round.
    Cap = 26,
    /// `x y w h x0 y0 x1 y1 hash…`: a picture in a box, of which the part is shown that the shares of its
    /// width and height say; its SHA-256 in eight words, the first digits first. Whoever has it not
    /// paints the box: filled, with an edge.
    Image = 27,
}

impl Op {
    /// All of them, in the order of their words.
    pub const ALL: [Self; 27] = [
        Self::Save,
        Self::Restore,
        Self::Transform,
        Self::FillColor,
        Self::StrokeColor,
        Self::LineWidth,
        Self::Alpha,
        Self::Begin,
        Self::MoveTo,
        Self::LineTo,
        Self::QuadTo,
        Self::CubicTo,
        Self::Close,
        Self::Fill,
        Self::Stroke,
        Self::Rect,
        Self::RoundRect,
        Self::Ellipse,
        Self::Dash,
        Self::Font,
        Self::Text,
        Self::TextRtl,
        Self::Clip,
        Self::Anchor,
        Self::Blend,
        Self::Cap,
        Self::Image,
    ];

    /// The operation of a word.
    pub fn from_word(word: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|op| *op as u32 == word)
    }
}

/// The font of a text run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum FontFamily {
    /// The bundled board font.
    Board = 0,
    /// The interface font, for names beside cursors.
    Interface = 1,
    /// Letters as if written by hand.
    Hand = 2,
    /// Letters with serifs.
    Serif = 3,
    /// Letters of one width.
    Mono = 4,
}

impl FontFamily {
    /// The family of a word.
    pub fn from_word(word: u32) -> Option<Self> {
        let all = [
            Self::Board,
            Self::Interface,
            Self::Hand,
            Self::Serif,
            Self::Mono,
        ];
        all.into_iter().find(|family| *family as u32 == word)
    }

    /// That of a style.
    pub fn of(family: Family) -> Self {
        match family {
            Family::Rounded => Self::Board,
            Family::Hand => Self::Hand,
            Family::Serif => Self::Serif,
            Family::Mono => Self::Mono,
        }
    }
}

/// Which part of a line of text is at the place that is given for it, as it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Anchor {
    /// Where it starts: on the left, or on the right of a line that runs from right to left.
    Start = 0,
    /// Its middle.
    Middle = 1,
    /// Where it ends.
    End = 2,
}

impl Anchor {
    /// The anchor of a word.
    pub fn from_word(word: u32) -> Option<Self> {
        [Self::Start, Self::Middle, Self::End]
            .into_iter()
            .find(|anchor| *anchor as u32 == word)
    }
}

/// A flat list of paint operations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DisplayList {
    words: Vec<u32>,
}

impl DisplayList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// A list of words from elsewhere; reading it stops where it makes no sense.
    pub fn from_words(words: Vec<u32>) -> Self {
        Self { words }
    }

    /// The list as words.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// The words themselves.
    pub fn into_words(self) -> Vec<u32> {
        self.words
    }

    /// Whether it paints nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Appends another list.
    pub fn append(&mut self, other: &DisplayList) {
        self.words.extend_from_slice(&other.words);
    }

    /// Appends another list under a transform and an alpha of its own.
    pub fn place(&mut self, transform: Affine, alpha: f64, content: &DisplayList) {
        self.op(Op::Save, &[]);
        self.transform(transform);
        if alpha < 1.0 {
            self.op(Op::Alpha, &[alpha]);
        }
        self.append(content);
        self.op(Op::Restore, &[]);
    }

    /// Appends an operation whose arguments are all numbers.
    pub fn op(&mut self, op: Op, numbers: &[f64]) {
        self.words.push(op as u32);
        self.words
            .extend(numbers.iter().map(|n| (*n as f32).to_bits()));
    }

    /// Multiplies the transform.
    pub fn transform(&mut self, transform: Affine) {
        self.op(Op::Transform, &transform.as_coeffs());
    }

    /// Sets the fill colour.
    pub fn fill_color(&mut self, color: Color) {
        self.words.extend([Op::FillColor as u32, color.0]);
    }

    /// Sets the stroke colour.
    pub fn stroke_color(&mut self, color: Color) {
        self.words.extend([Op::StrokeColor as u32, color.0]);
    }

    /// Starts a new path and adds these segments to it.
    pub fn path(&mut self, path: &BezPath) {
        self.op(Op::Begin, &[]);
        for segment in path.elements() {
            match *segment {
                PathEl::MoveTo(p) => self.op(Op::MoveTo, &[p.x, p.y]),
                PathEl::LineTo(p) => self.op(Op::LineTo, &[p.x, p.y]),
                PathEl::QuadTo(c, p) => self.op(Op::QuadTo, &[c.x, c.y, p.x, p.y]),
                PathEl::CurveTo(c, d, p) => {
                    self.op(Op::CubicTo, &[c.x, c.y, d.x, d.y, p.x, p.y]);
                }
                PathEl::ClosePath => self.op(Op::Close, &[]),
            }
        }
    }

    /// Starts a new path with a rectangle; `radius` 0 has sharp corners.
    pub fn rect(&mut self, rect: Rect, radius: f64) {
        self.op(Op::Begin, &[]);
        let [x, y, w, h] = [rect.x0, rect.y0, rect.width(), rect.height()];
        if radius > 0.0 {
            self.op(Op::RoundRect, &[x, y, w, h, radius]);
        } else {
            self.op(Op::Rect, &[x, y, w, h]);
        }
    }

    /// Starts a new path with a whole ellipse.
    pub fn ellipse(&mut self, center: Point, rx: f64, ry: f64) {
        self.op(Op::Begin, &[]);
        self.op(Op::Ellipse, &[center.x, center.y, rx, ry]);
    }

    /// Paints part of a picture into a box; `crop` is in shares of its width and height.
    pub fn image(&mut self, rect: Rect, crop: Rect, hash: &FileHash) {
        let [x, y, w, h] = [rect.x0, rect.y0, rect.width(), rect.height()];
        self.op(Op::Image, &[x, y, w, h, crop.x0, crop.y0, crop.x1, crop.y1]);
        let (words, _) = hash.as_bytes().as_chunks::<4>();
        self.words
            .extend(words.iter().map(|word| u32::from_be_bytes(*word)));
    }

    /// Sets the font of the text that follows.
    pub fn font(&mut self, size: f64, family: FontFamily) {
        self.words
            .extend([Op::Font as u32, (size as f32).to_bits(), family as u32]);
    }

    /// Sets which part of the text that follows is at its place.
    pub fn anchor(&mut self, anchor: Anchor) {
        self.words.extend([Op::Anchor as u32, anchor as u32]);
    }

    /// Paints a line of text in the fill colour, its baseline starting at a point on the left.
    pub fn text(&mut self, at: Point, text: &str) {
        self.line_of_text(Op::Text, at, text);
    }

    /// Paints a line that runs from right to left, its baseline starting at a point on the right.
    pub fn text_rtl(&mut self, at: Point, text: &str) {
        self.line_of_text(Op::TextRtl, at, text);
    }

    fn line_of_text(&mut self, op: Op, at: Point, text: &str) {
        self.op(op, &[at.x, at.y]);
        self.words.push(text.len() as u32);
        let word = |chunk: &[u8]| {
            let mut bytes = [0; 4];
            bytes
                .iter_mut()
                .zip(chunk)
                .for_each(|(to, from)| *to = *from);
            u32::from_le_bytes(bytes)
        };
        self.words.extend(text.as_bytes().chunks(4).map(word));
    }
}
