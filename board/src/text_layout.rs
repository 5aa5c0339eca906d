//! How typed text becomes lines: the same on every peer, because it measures by tables.
//!
//! Owns line breaking, line height, carets and offsets (UTF-16, as in the document). Lines break
//! at newlines. Browsers must draw with kerning and ligatures off. Knows no element.

mod table;

use std::ops::Range;

use kurbo::Point;

use crate::limits::MAX_TEXT;

/// The advance of a picture in common emoji fonts, in font sizes.
const EMOJI: f64 = 1.25;

/// Distance between baselines, in font sizes.
pub const LINE_HEIGHT: f64 = 1.3;

/// A text as lines at a font size. Coordinates from the top-left of the text, board units.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The lines, at least one.
    pub lines: Vec<Line>,
    /// Width of the widest line.
    pub width: f64,
    /// Height of all lines.
    pub height: f64,
    /// Height of one line.
    pub line_height: f64,
    font_size: f64,
}

/// One line of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Offset of its first character in the text, UTF-16 units.
    pub start_utf16: u32,
    /// Its characters as a byte range of the text, without the newline.
    pub range: Range<usize>,
    /// Its advance.
    pub width: f64,
    /// Where its baseline is.
    pub baseline: f64,
}

/// Lays a text out. What lies behind [`MAX_TEXT`] UTF-16 units is left out. O(text).
pub fn layout(text: &str, font_size: f64) -> Layout {
    let line_height = LINE_HEIGHT * font_size;
    let half_leading = (LINE_HEIGHT - table::ASCENT - table::DESCENT) / 2.0;
    let first_baseline = (half_leading + table::ASCENT) * font_size;
    let mut lines = Vec::new();
    let (mut start, mut start_utf16) = (0, 0);
    let shown = shown(text);
    for content in shown.split('\n') {
        let width: f64 = advances(content).map(|(_, advance)| advance).sum();
        lines.push(Line {
            start_utf16,
            range: start..start + content.len(),
            width: width * font_size,
            baseline: first_baseline + lines.len() as f64 * line_height,
        });
        start += content.len() + 1;
        start_utf16 += content.encode_utf16().count() as u32 + 1;
    }
    Layout {
        width: lines.iter().map(|line| line.width).fold(0.0, f64::max),
        height: lines.len() as f64 * line_height,
        lines,
        line_height,
        font_size,
    }
}

impl Layout {
    /// Where the caret stands before an offset in UTF-16 units: the top of its line. An offset
    /// within a character stands before it; one past the end stands at the end.
    ///
    /// `text` is the text that was laid out.
    pub fn caret(&self, text: &str, offset: u32) -> Point {
        let after = self
            .lines
            .partition_point(|line| line.start_utf16 <= offset);
        let index = after.saturating_sub(1);
        let Some(line) = self.lines.get(index) else {
            return Point::ZERO;
        };
        let mut left = (offset - line.start_utf16) as usize;
        let mut x = 0.0;
        let content = text.get(line.range.clone()).unwrap_or_default();
        for (character, advance) in advances(content) {
            let units = character.len_utf16();
            if units > left {
                break;
            }
            left -= units;
            x += advance;
        }
        Point::new(x * self.font_size, index as f64 * self.line_height)
    }

    /// The offset, in UTF-16 units, of the gap between characters that is nearest to a point.
    pub fn offset_at(&self, text: &str, at: Point) -> u32 {
        let last = self.lines.len().saturating_sub(1);
        let index = ((at.y / self.line_height).max(0.0) as usize).min(last);
        let Some(line) = self.lines.get(index) else {
            return 0;
        };
        let mut offset = line.start_utf16;
        let mut x = 0.0;
        let content = text.get(line.range.clone()).unwrap_or_default();
        for (character, advance) in advances(content) {
            let advance = advance * self.font_size;
            // What has no advance belongs to the character before it.
            if advance > 0.0 && at.x < x + advance / 2.0 {
                break;
            }
            x += advance;
            offset += character.len_utf16() as u32;
        }
        offset
    }
}

/// The part of a text that is laid out.
fn shown(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, character)| {
        units += character.len_utf16();
        (units > MAX_TEXT).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The characters of a line and how far each moves the pen, in font sizes.
fn advances(line: &str) -> impl Iterator<Item = (char, f64)> + '_ {
    let mut before = None;
    let mut rest = line.chars().peekable();
    std::iter::from_fn(move || {
        let character = rest.next()?;
        // What a joiner joins becomes one picture with what stands before it.
        let joined = before == Some('\u{200d}') && is_emoji(character);
        before = Some(character);
        let advance = match rest.peek() {
            _ if joined => 0.0,
            // Asks for the picture of what may also be a letter.
            Some('\u{fe0f}') => EMOJI,
            _ => advance(character),
        };
        Some((character, advance))
    })
}

/// How far a character moves the pen on its own: from the font, or else by its class.
fn advance(character: char) -> f64 {
    // A canvas paints these as spaces.
    let shown = match character {
        '\t' | '\r' | '\u{c}' => ' ',
        other => other,
    };
    table::of(shown).unwrap_or_else(|| by_class(shown))
}

fn is_emoji(character: char) -> bool {
    matches!(u32::from(character), 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff)
}

fn by_class(character: char) -> f64 {
    match u32::from(character) {
        // Controls, marks, joiners, variation selectors.
        0x00..=0x1f
        | 0x7f..=0x9f
        | 0x300..=0x36f
        | 0x483..=0x489
        | 0x591..=0x5bd
        | 0x610..=0x61a
        | 0x64b..=0x65f
        | 0x1ab0..=0x1aff
        | 0x1dc0..=0x1dff
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x206f
        | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0f
        | 0xfe20..=0xfe2f
        | 0xfeff
        | 0x1f3fb..=0x1f3ff
        | 0xe0000..=0xe01ef => 0.0,
        // Two letters make a flag.
        0x1f1e6..=0x1f1ff => 0.625,
        _ if is_emoji(character) => EMOJI,
        // Hangul Jamo, CJK, kana, Hangul, compatibility and full-width forms.
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x20000..=0x3fffd => 1.0,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Chromium's canvas measured with the bundled files at font size 1, kerning off and
    /// `textRendering` `optimizeSpeed`.
    const MEASURED: [(&str, f64); 15] = [
        ("The quick brown fox jumps over the lazy dog.", 21.507),
        ("AVAToWaffle fi fl ffi", 10.241),
        ("0123456789 (42%) [x] {y} €£¥", 15.242),
        ("Žluťoučký kůň úpěl ďábelské ódy", 15.540),
        ("Съешь же ещё этих мягких французских булок", 22.459),
        ("Ξεσκεπάζω την ψυχοφθόρα βδελυγμία", 18.216),
        ("Tiếng Việt: đẹp quá, ở đây!", 12.928),
        ("“quotes” – dash — … • → ←", 13.264),
        ("שלום עולם", 4.517),
        ("🎉👍🏽", 2.495),
        ("👩‍👩‍👧", 1.248),
        ("🇩🇪", 1.248),
        ("1️⃣", 1.248),
        ("♥️", 1.248),
        ("✓ ★ ≠ ∞", 4.429),
    ];

    #[test]
    fn widths_are_those_of_a_browser() {
        for (text, measured) in MEASURED {
            let width = layout(text, 1.0).width;
            assert!(
                (width / measured - 1.0).abs() < 0.005,
                "{text}: {width}, not {measured}"
            );
        }
    }

    #[test]
    fn lines_break_at_newlines_and_count_in_utf16() {
        let made = layout("añ🎉\n\nz", 10.0);
        let starts: Vec<u32> = made.lines.iter().map(|line| line.start_utf16).collect();
        assert_eq!(starts, [0, 5, 6]);
        assert_eq!(made.height, 3.0 * made.line_height);
        assert_eq!(made.lines[2].range, 9..10);
        assert_eq!(layout("", 10.0).lines.len(), 1);
        assert_eq!(layout("a\n", 10.0).lines.len(), 2);
    }

    #[test]
    fn carets_and_points_agree() {
        let text = "Wide and\n🎉é\n\nnarrow";
        let made = layout(text, 20.0);
        for offset in 0..=20 {
            let caret = made.caret(text, offset);
            let back = made.offset_at(text, caret + kurbo::Vec2::new(0.01, 1.0));
            // Between the halves of a pair there is no place to stand; 🎉 begins at 9.
            let expected = if offset == 10 { 9 } else { offset };
            assert_eq!(back, expected, "at {offset}: {caret}");
        }
        assert_eq!(made.caret(text, 9_999), made.caret(text, 20));
        assert_eq!(made.offset_at(text, Point::new(-5.0, -5.0)), 0);
        assert_eq!(made.offset_at(text, Point::new(1e6, 1e6)), 20);
    }

    #[test]
    fn a_text_beyond_the_bound_is_cut_and_not_dropped() {
        let long = "🎉".repeat(MAX_TEXT);
        let made = layout(&long, 10.0);
        assert_eq!(made.lines[0].range.len(), MAX_TEXT * 2);
        assert_eq!(made.caret(&long, u32::MAX).x, made.width);
    }

    proptest! {
        #[test]
        fn any_text_lays_out_within_itself(text in "(?s).{0,60}", offset: u32, x: f64, y: f64) {
            let made = layout(&text, 20.0);
            for line in &made.lines {
                prop_assert!(text.get(line.range.clone()).is_some_and(|run| !run.contains('\n')));
            }
            let caret = made.caret(&text, offset);
            prop_assert!(caret.x <= made.width + 1e-9 && caret.y < made.height);
            let units = text.encode_utf16().count() as u32;
            prop_assert!(made.offset_at(&text, Point::new(x, y)) <= units);
        }
    }
}
