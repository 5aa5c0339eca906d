//! Reading a display list back: its words as typed commands.
//!
//! Owns decoding for the SVG writer and tests. A list that ends early or holds an unknown
//! operation ends the iteration; it never panics.

use kurbo::{Affine, Point, Rect, Vec2};

use super::{Anchor, DisplayList, FontFamily, Op};
use crate::file::FileHash;
use crate::style::Color;

/// One operation of a display list with its arguments; see [`Op`] for what each means.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// [`Op::Save`].
    Save,
    /// [`Op::Restore`].
    Restore,
    /// [`Op::Transform`].
    Transform(Affine),
    /// [`Op::FillColor`].
    FillColor(Color),
    /// [`Op::StrokeColor`].
    StrokeColor(Color),
    /// [`Op::LineWidth`].
    LineWidth(f64),
    /// [`Op::Alpha`].
    Alpha(f64),
    /// [`Op::Begin`].
    Begin,
    /// [`Op::MoveTo`].
    MoveTo(Point),
    /// [`Op::LineTo`].
    LineTo(Point),
    /// [`Op::QuadTo`]: control point, end.
    QuadTo(Point, Point),
    /// [`Op::CubicTo`]: control points, end.
    CubicTo(Point, Point, Point),
    /// [`Op::Close`].
    Close,
    /// [`Op::Fill`].
    Fill,
    /// [`Op::Stroke`].
    Stroke,
    /// [`Op::Rect`].
    Rect(Rect),
    /// [`Op::RoundRect`]: the box and its corners' radius.
    RoundRect(Rect, f64),
    /// [`Op::Ellipse`]: centre and radii.
    Ellipse(Point, Vec2),
    /// [`Op::Dash`]: on, off.
    Dash(f64, f64),
    /// [`Op::Font`].
    Font(f64, FontFamily),
    /// [`Op::Text`]: start of the baseline, the run.
    Text(Point, String),
    /// [`Op::TextRtl`]: the same, from the right.
    TextRtl(Point, String),
    /// [`Op::Clip`].
    Clip,
    /// [`Op::Anchor`].
    Anchor(Anchor),
    /// [`Op::Blend`].
    Blend(f64),
    /// [`Op::Cap`].
    Cap(f64),
    /// [`Op::Image`]: the box, the part in shares, which picture.
    Image(Rect, Rect, FileHash),
}

impl DisplayList {
    /// The commands one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Command> + '_ {
        self.parts().map(|(command, _)| command)
    }

    /// The same, each with the words that it is made of.
    pub fn parts(&self) -> impl Iterator<Item = (Command, &[u32])> {
        let mut words = self.words();
        std::iter::from_fn(move || {
            let before = words;
            let command = next(&mut words)?;
            let own = before.get(..before.len() - words.len());
            Some((command, own.unwrap_or_default()))
        })
    }
}

fn next(words: &mut &[u32]) -> Option<Command> {
    let op = Op::from_word(take(words)?)?;
    Some(match op {
        Op::Save => Command::Save,
        Op::Restore => Command::Restore,
        Op::Transform => Command::Transform(Affine::new(numbers(words)?)),
        Op::FillColor => Command::FillColor(Color(take(words)?)),
        Op::StrokeColor => Command::StrokeColor(Color(take(words)?)),
        Op::LineWidth => Command::LineWidth(number(words)?),
        Op::Alpha => Command::Alpha(number(words)?),
        Op::Begin => Command::Begin,
        Op::MoveTo => Command::MoveTo(point(words)?),
        Op::LineTo => Command::LineTo(point(words)?),
        Op::QuadTo => Command::QuadTo(point(words)?, point(words)?),
        Op::CubicTo => Command::CubicTo(point(words)?, point(words)?, point(words)?),
        Op::Close => Command::Close,
        Op::Fill => Command::Fill,
        Op::Stroke => Command::Stroke,
        Op::Rect => Command::Rect(rect(words)?),
        Op::RoundRect => Command::RoundRect(rect(words)?, number(words)?),
        Op::Ellipse => Command::Ellipse(point(words)?, point(words)?.to_vec2()),
        Op::Dash => Command::Dash(number(words)?, number(words)?),
        Op::Font => Command::Font(number(words)?, FontFamily::from_word(take(words)?)?),
        Op::Text => Command::Text(point(words)?, text(words)?),
        Op::TextRtl => Command::TextRtl(point(words)?, text(words)?),
        Op::Clip => Command::Clip,
        Op::Blend => Command::Blend(number(words)?),
        Op::Cap => Command::Cap(number(words)?),
        Op::Anchor => Command::Anchor(Anchor::from_word(take(words)?)?),
        Op::Image => Command::Image(rect(words)?, corners(words)?, hash(words)?),
    })
}

fn take(words: &mut &[u32]) -> Option<u32> {
    let (word, rest) = words.split_first()?;
    *words = rest;
    Some(*word)
}

fn number(words: &mut &[u32]) -> Option<f64> {
    take(words).map(|word| f64::from(f32::from_bits(word)))
}

fn numbers<const N: usize>(words: &mut &[u32]) -> Option<[f64; N]> {
    let (these, rest) = words.split_first_chunk::<N>()?;
    *words = rest;
    Some(these.map(|word| f64::from(f32::from_bits(word))))
}

fn point(words: &mut &[u32]) -> Option<Point> {
    numbers::<2>(words).map(|[x, y]| Point::new(x, y))
}

fn rect(words: &mut &[u32]) -> Option<Rect> {
    numbers::<4>(words).map(|[x, y, w, h]| Rect::new(x, y, x + w, y + h))
}

fn corners(words: &mut &[u32]) -> Option<Rect> {
    numbers::<4>(words).map(|[x0, y0, x1, y1]| Rect::new(x0, y0, x1, y1))
}

fn hash(words: &mut &[u32]) -> Option<FileHash> {
    let (these, rest) = words.split_first_chunk::<8>()?;
    *words = rest;
    let mut bytes = [0; 32];
    let (places, _) = bytes.as_chunks_mut::<4>();
    for (place, word) in places.iter_mut().zip(these) {
        *place = word.to_be_bytes();
    }
    Some(FileHash::from_bytes(bytes))
}

fn text(words: &mut &[u32]) -> Option<String> {
    let length = take(words)? as usize;
    let (these, rest) = words.split_at_checked(length.div_ceil(4))?;
    *words = rest;
    let bytes = these.iter().flat_map(|word| word.to_le_bytes());
    String::from_utf8(bytes.take(length).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_operation_reads_back() {
        assert!((1..28).all(|word| Op::from_word(word).is_some_and(|op| op as u32 == word)));
        assert_eq!((Op::from_word(0), Op::from_word(28)), (None, None));
    }

    proptest! {
        #[test]
        fn text_reads_back(run in ".*") {
            let mut list = DisplayList::new();
            list.text(Point::new(1.0, 2.0), &run);
            list.text_rtl(Point::new(3.0, 2.0), &run);
            list.op(Op::Fill, &[]);
            let read: Vec<Command> = list.iter().collect();
            let left = Command::Text(Point::new(1.0, 2.0), run.clone());
            let right = Command::TextRtl(Point::new(3.0, 2.0), run);
            prop_assert_eq!(read, [left, right, Command::Fill]);
        }

        #[test]
        fn any_words_are_read_without_a_panic(words: Vec<u32>) {
            prop_assert!(DisplayList::from_words(words.clone()).iter().count() <= words.len());
        }
    }
}
