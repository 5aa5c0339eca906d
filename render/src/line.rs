//! One line of text as glyphs: where each stands, and what no font has.
//!
//! Owns the places. Letters are set one by one, by their own widths, as the page sets them. Knows no
//! canvas.

use std::ops::Range;

use board::display::command::Command;
use board::display::{Anchor, DisplayList, FontFamily};
use board::style::Family;
use board::text_layout::{advances, shown_as};
use kurbo::Rect;
use unicode_bidi::{Level, ParagraphBidiInfo};

use crate::fonts::{Face, Fonts, Glyph, Opened};

/// A character that nothing is painted of.
const NOTHING: char = '\u{200b}';
/// How high a box in the place of a letter is, how far it is from its neighbours, and how thick its edge
/// is, in font sizes.
const BOX: (f64, f64, f64) = (0.7, 0.08, 0.05);

/// A line that is set, in font sizes from where it begins on the left.
#[derive(Debug, Default)]
pub(crate) struct Line<'a> {
    pub(crate) runs: Vec<Run<'a>>,
    /// What no font has, and the box that stands for it.
    pub(crate) missing: Vec<(char, Rect)>,
    pub(crate) width: f64,
}

/// Glyphs of one font side by side.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    pub(crate) face: &'a Face,
    pub(crate) font: &'a Opened,
    pub(crate) x: f64,
    pub(crate) glyphs: Vec<Placed>,
}

/// One glyph.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) id: u32,
    /// From where the line begins.
    pub(crate) x: f64,
    pub(crate) advance: f64,
    /// Of which bytes of the line.
    pub(crate) of: Range<usize>,
}

/// How thick the edge of a box is, in font sizes.
pub(crate) const BOX_EDGE: f64 = BOX.2;

/// The family of a word of a list.
fn family(of: FontFamily) -> Family {
    match of {
        // Nobody's letters but the board's are at hand.
        FontFamily::Board | FontFamily::Interface => Family::Rounded,
        FontFamily::Hand => Family::Hand,
        FontFamily::Serif => Family::Serif,
        FontFamily::Mono => Family::Mono,
    }
}

/// What is seen of a bracket that runs from right to left.
fn mirrored(character: char) -> char {
    match character {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        other => other,
    }
}

/// One letter of a line.
struct Letter {
    character: char,
    /// Where in the line, in bytes.
    at: usize,
    /// As the tables have it, in font sizes.
    width: f64,
    right_to_left: bool,
}

/// The letters of a line as they are seen, from left to right. Browsers know pairs of brackets, which the
/// board's own carets do not.
fn letters(text: &str, family: Family, right_to_left: bool) -> Vec<Letter> {
    let base = if right_to_left {
        Level::rtl()
    } else {
        Level::ltr()
    };
    let info = ParagraphBidiInfo::new(text, Some(base));
    let levels = info.reordered_levels_per_char(0..text.len());
    let seen = ParagraphBidiInfo::reorder_visual(&levels);
    let at = text.char_indices().map(|(at, _)| at);
    let read: Vec<_> = advances(text, family).zip(at).zip(&levels).collect();
    let letter = |place: usize| {
        let (((character, width), at), level) = *read.get(place)?;
        Some(Letter {
            character,
            at,
            width,
            right_to_left: level.is_rtl(),
        })
    };
    seen.into_iter().filter_map(letter).collect()
}

/// Gives each line of a list, the family that it is in, and whether it runs from right to left.
pub(crate) fn each(list: &DisplayList, mut give: impl FnMut(&str, FontFamily, bool)) {
    let mut family = FontFamily::Interface;
    let mut saved = Vec::new();
    for command in list.iter() {
        match command {
            Command::Save => saved.push(family),
            Command::Restore => family = saved.pop().unwrap_or(family),
            Command::Font(_, of) => family = of,
            Command::Text(_, text) => give(&text, family, false),
            Command::TextRtl(_, text) => give(&text, family, true),
            _ => {}
        }
    }
}

/// The files of fonts that a list needs and that are not here. O(letters).
pub fn wanted(list: &DisplayList, fonts: &Fonts) -> Vec<&'static str> {
    each(list, |text, family, right_to_left| {
        set(fonts, text, family, right_to_left);
    });
    fonts.wanted()
}

/// Sets a line. O(line).
pub(crate) fn set<'a>(
    fonts: &'a Fonts,
    text: &str,
    of: FontFamily,
    right_to_left: bool,
) -> Line<'a> {
    let family = family(of);
    let mut line = Line::default();
    // What the last box stands for: it grows by what joins letters into one.
    let mut lacking: Option<Range<usize>> = None;
    for letter in letters(text, family, right_to_left) {
        let shown = match shown_as(letter.character) {
            '\t' | '\n' => ' ',
            shown if letter.right_to_left => mirrored(shown),
            shown => shown,
        };
        let of = letter.at..letter.at + letter.character.len_utf8();
        let x = line.width;
        match fonts.find(family, shown) {
            Some(glyph) => {
                line.push(glyph, glyph.advance, of);
                lacking = None;
            }
            None => {
                let (height, gap, _) = BOX;
                if letter.width > 2.0 * gap && shown != NOTHING {
                    let place = Rect::new(x + gap, -height, x + letter.width - gap, 0.0);
                    line.missing.push((letter.character, place));
                    line.leave_room(fonts.find(family, ' '), letter.width, &of);
                    lacking = Some(of);
                } else {
                    line.width += letter.width;
                    lacking = lacking.and_then(|whole| line.stand_for(whole, of));
                }
            }
        }
    }
    line
}

impl<'a> Line<'a> {
    /// Spaces as wide as a letter that no font has: nothing is painted of them, and they are what a PDF
    /// finds the letter by. One that is wider than it should be would read as a gap between words.
    fn leave_room(&mut self, space: Option<Glyph<'a>>, width: f64, of: &Range<usize>) {
        let Some(space) = space.filter(|space| space.advance > 0.0) else {
            self.width += width;
            return;
        };
        let spaces = (width / space.advance).round().max(1.0);
        for _ in 0..spaces as usize {
            self.push(space, width / spaces, of.clone());
        }
    }

    /// Has the spaces of a letter stand for what goes on behind it, too; for what by then, unless it is elsewhere.
    fn stand_for(&mut self, letter: Range<usize>, more: Range<usize>) -> Option<Range<usize>> {
        if letter.end != more.start {
            return None;
        }
        let glyphs = self.runs.last_mut().into_iter();
        for glyph in glyphs.flat_map(|run| &mut run.glyphs) {
            if glyph.of == letter {
                glyph.of.end = more.end;
            }
        }
        Some(letter.start..more.end)
    }

    /// A glyph at its end.
    fn push(&mut self, glyph: Glyph<'a>, advance: f64, of: Range<usize>) {
        let x = self.width;
        self.width += advance;
        let placed = Placed {
            id: glyph.id,
            x,
            advance,
            of,
        };
        match self.runs.last_mut() {
            Some(run) if run.face.number == glyph.face.number && run.end() == x => {
                run.glyphs.push(placed);
            }
            _ => self.runs.push(Run {
                face: glyph.face,
                font: glyph.font,
                x,
                glyphs: vec![placed],
            }),
        }
    }

    /// How far to the left of its place it begins, in font sizes.
    pub(crate) fn before(&self, anchor: Anchor, right_to_left: bool) -> f64 {
        match (anchor, right_to_left) {
            (Anchor::Start, false) | (Anchor::End, true) => 0.0,
            (Anchor::Middle, _) => self.width / 2.0,
            (Anchor::Start, true) | (Anchor::End, false) => self.width,
        }
    }
}

impl Run<'_> {
    fn end(&self) -> f64 {
        self.glyphs
            .last()
            .map_or(self.x, |last| last.x + last.advance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, right_to_left: bool) -> String {
        let letters = letters(text, Family::Rounded, right_to_left).into_iter();
        let seen = letters.map(|letter| match letter.right_to_left {
            true => mirrored(letter.character),
            false => letter.character,
        });
        seen.collect()
    }

    #[test]
    fn letters_stand_as_browsers_show_them() {
        for (text, right_to_left, seen) in [
            ("abc (d)", false, "abc (d)"),
            ("ab גד ef", false, "ab דג ef"),
            ("אב (VAT): 12.50", true, "12.50 :(VAT) בא"),
            ("אב (גד)", true, "(דג) בא"),
            ("", true, ""),
            ("a\u{1c}b\u{2029}c", false, "a\u{1c}b\u{2029}c"),
        ] {
            assert_eq!(shown(text, right_to_left), seen);
        }
    }

    #[test]
    fn lines_are_as_wide_as_the_board_lays_them_out() {
        let fonts = Fonts::default();
        for family in [
            FontFamily::Board,
            FontFamily::Hand,
            FontFamily::Serif,
            FontFamily::Mono,
        ] {
            for text in [
                "The quick brown fox",
                "Žluťoučký kůň",
                "Съешь же",
                "Tiếng Việt",
                "ΞΕΣ",
                "漢字 🎉 x",
            ] {
                let line = set(&fonts, text, family, false);
                let wide: f64 = advances(text, self::family(family))
                    .map(|(_, width)| width)
                    .sum();
                assert!(
                    (line.width - wide).abs() < 0.002 * wide,
                    "{text}: {} {wide}",
                    line.width
                );
            }
        }
    }

    #[test]
    fn one_box_stands_for_all_that_is_joined() {
        let fonts = Fonts::default();
        let family = "👩\u{200d}👩\u{200d}👧";
        let line = set(&fonts, &format!("a{family}b"), FontFamily::Board, false);
        assert_eq!(line.missing.len(), 1);
        let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
        let mut of: Vec<_> = glyphs.map(|glyph| glyph.of.clone()).collect();
        of.dedup();
        let end = 1 + family.len();
        assert_eq!(of, [0..1, 1..end, end..end + 1]);
    }

    #[test]
    fn what_no_font_has_is_a_box_of_its_width() {
        let fonts = Fonts::default();
        let line = set(&fonts, "a漢\tb\u{200b}", FontFamily::Hand, false);
        let [('漢', place)] = line.missing[..] else {
            panic!("{:?}", line.missing);
        };
        let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
        let mut of: Vec<_> = glyphs.map(|glyph| glyph.of.clone()).collect();
        of.dedup();
        assert_eq!(
            of,
            [0..1, 1..4, 4..5, 5..6],
            "a, spaces for what is lacking and for the tab, and b"
        );
        let behind = line.runs.last().and_then(|run| run.glyphs.last());
        assert!(place.x0 > 0.0 && behind.is_some_and(|b| place.x1 < b.x));
    }
}
