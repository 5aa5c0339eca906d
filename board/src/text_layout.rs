//! How typed text becomes lines: the same on every peer, because it measures by tables.
//!
//! Owns line height, carets and offsets (UTF-16, as in the document). Lines break at separators, and
//! where they are wrapped. Unless they are aligned, those that run from right to left stand at the
//! right edge of the box. Browsers must draw with kerning and ligatures off. Knows no element.

mod advances;
mod bidi;
mod breaks;
mod families;
mod runs;
mod scripts;
mod separators;
mod table;
mod wrap;

use std::ops::Range;

use kurbo::{Point, Rect};

use crate::limits::MAX_TEXT;
use crate::style::{Align, Family, Style};
pub use advances::advances;
pub use bidi::is_right_to_left;
pub use separators::{offset_in, offset_shown, plain, shown, shown_as};

/// Distance between baselines where nobody says otherwise, in font sizes.
pub const LINE_HEIGHT: f64 = 1.3;

/// How a text is set, its size aside. Lengths in font sizes, so that a size changes none of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Whose letters.
    pub family: Family,
    /// Where lines stand; none: each by its direction.
    pub align: Option<Align>,
    /// The width that lines are wrapped to; infinite: they are not.
    pub room: f64,
    /// Distance between baselines.
    pub line_height: f64,
}

impl Default for Setting {
    fn default() -> Self {
        Self::of(&Style::default())
    }
}

impl Setting {
    /// How a style sets a text.
    pub fn of(style: &Style) -> Self {
        let wrap = style.details.wrap;
        Self {
            family: style.details.family,
            align: style.details.align,
            room: wrap.map_or(f64::INFINITY, |wrap| wrap / style.font_size),
            line_height: style.details.line_height,
        }
    }
}

/// A text as lines at a font size. Coordinates from the top-left of the text, board units.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The lines, at least one.
    pub lines: Vec<Line>,
    /// Width of the widest line, or that to which lines are wrapped.
    pub width: f64,
    /// Height of all lines.
    pub height: f64,
    /// Height of one line.
    pub line_height: f64,
    /// Whether the board's font draws all of it, so that every browser paints it as wide.
    pub is_exact: bool,
    font_size: f64,
    setting: Setting,
}

/// One line of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Offset of its first character in the text, UTF-16 units.
    pub start_utf16: u32,
    /// Its characters as a byte range of the text, without the separator.
    pub range: Range<usize>,
    /// Where it begins in the box, on its left, spaces at its end aside that take no room.
    pub left: f64,
    /// Its advance, without these.
    pub width: f64,
    /// How wide they are.
    pub hang: f64,
    /// Where its baseline is.
    pub baseline: f64,
    /// Whether the first letter behind a separator runs from right to left, and the line with it.
    pub right_to_left: bool,
    /// Whether it ends because it is wrapped.
    pub goes_on: bool,
}

/// One character of a line where it is seen.
struct Cell {
    /// Its offset in the text, UTF-16 units.
    offset: u32,
    /// Its left edge.
    x: f64,
    width: f64,
    level: u8,
}

impl Cell {
    fn right_to_left(&self) -> bool {
        self.level % 2 == 1
    }

    /// Where a caret stands before it, or behind it.
    fn edge(&self, behind: bool) -> f64 {
        if behind == self.right_to_left() {
            self.x
        } else {
            self.x + self.width
        }
    }
}

/// Lays a text out as texts usually are: see [`lay_out`].
pub fn layout(text: &str, font_size: f64) -> Layout {
    lay_out(text, font_size, &Setting::default())
}

/// Lays a text out. What lies behind [`MAX_TEXT`] UTF-16 units is left out. O(text).
pub fn lay_out(text: &str, font_size: f64, setting: &Setting) -> Layout {
    let line_height = setting.line_height * font_size;
    let half_leading = (setting.line_height - table::ASCENT - table::DESCENT) / 2.0;
    let first_baseline = (half_leading + table::ASCENT) * font_size;
    let mut lines = Vec::new();
    let mut start_utf16 = 0;
    let (mut counted, mut is_exact) = (0, true);
    let laid_out = laid_out(text);
    for (start, content) in separators::lines(laid_out) {
        let known = |character| advances::is_known(character, setting.family);
        is_exact &= content.chars().all(known);
        let right_to_left = is_right_to_left(content);
        for piece in wrap::pieces(content, setting.family, setting.room, usize::MAX) {
            let range = start + piece.range.start..start + piece.range.end;
            let before = laid_out.get(counted..range.start).unwrap_or_default();
            start_utf16 += utf16_len(before);
            counted = range.start;
            lines.push(Line {
                start_utf16,
                range,
                left: 0.0,
                width: piece.width * font_size,
                hang: piece.hang * font_size,
                baseline: first_baseline + lines.len() as f64 * line_height,
                right_to_left,
                goes_on: piece.goes_on,
            });
        }
    }
    let mut width = setting.room * font_size;
    if width.is_infinite() {
        width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
    }
    for line in &mut lines {
        let free = width - line.width;
        line.left = match setting.align {
            Some(Align::Left) => 0.0,
            Some(Align::Center) => free / 2.0,
            Some(Align::Right) => free,
            None if line.right_to_left => free,
            None => 0.0,
        };
    }
    Layout {
        width,
        height: lines.len() as f64 * line_height,
        lines,
        line_height,
        is_exact,
        font_size,
        setting: *setting,
    }
}

/// Whether a text has no more lines than `most`; with `whole` none of them may end within a word that no
/// line has room for. O(what has so many lines).
pub fn fits(text: &str, setting: &Setting, most: usize, whole: bool) -> bool {
    let mut left = most;
    for (_, content) in separators::lines(laid_out(text)) {
        let pieces = wrap::pieces(content, setting.family, setting.room, left);
        if pieces.len() > left || whole && pieces.iter().any(|piece| piece.torn) {
            return false;
        }
        left -= pieces.len();
    }
    true
}

impl Layout {
    /// How it is set.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The size of its letters.
    pub fn font_size(&self) -> f64 {
        self.font_size
    }

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
        let cells = self.cells(text, line);
        let before = cells.iter().filter(|cell| cell.offset <= offset);
        let x = match before.max_by_key(|cell| cell.offset) {
            Some(cell) => cell.edge(offset >= self.end(text, line)),
            None if line.right_to_left => line.left + line.width,
            None => line.left,
        };
        // Spaces that take no room have no place of their own.
        let x = x.clamp(line.left.min(0.0), self.width.max(line.left + line.width));
        Point::new(x, index as f64 * self.line_height)
    }

    /// The offset, in UTF-16 units, of the gap between characters that is nearest to a point.
    pub fn offset_at(&self, text: &str, at: Point) -> u32 {
        let last = self.lines.len().saturating_sub(1);
        let index = ((at.y / self.line_height).max(0.0) as usize).min(last);
        let Some(line) = self.lines.get(index) else {
            return 0;
        };
        let cells = self.cells(text, line);
        let away = |cell: &Cell| (cell.x - at.x).max(at.x - cell.x - cell.width).max(0.0);
        // What has no advance belongs to the character before it.
        let wide = || cells.iter().filter(|cell| cell.width > 0.0);
        let Some(nearest) = wide().min_by(|a, b| away(a).total_cmp(&away(b))) else {
            return line.start_utf16;
        };
        let middle = nearest.x + nearest.width / 2.0;
        if (at.x < middle) != nearest.right_to_left() {
            return nearest.offset;
        }
        let behind = wide().map(|cell| cell.offset);
        let next = behind.filter(|offset| *offset > nearest.offset).min();
        next.unwrap_or_else(|| self.end(text, line))
    }

    /// The boxes that a selection covers; a line whose end is selected too is covered to the edge
    /// at which it ends. O(text between).
    pub fn selected(&self, text: &str, range: Range<u32>) -> Vec<Rect> {
        let mut boxes: Vec<Rect> = Vec::new();
        for (i, line) in self.lines.iter().enumerate() {
            let next = self.lines.get(i + 1).map(|next| next.start_utf16);
            if next.is_some_and(|next| next <= range.start) || line.start_utf16 > range.end {
                continue;
            }
            let top = i as f64 * self.line_height;
            let mut cover = |x: f64, to: f64| match boxes.last_mut() {
                // Letters side by side make one box: two would show a seam.
                Some(last) if last.y0 == top && (last.x1 - x).abs() < 1e-6 => last.x1 = to,
                _ if to > x => boxes.push(Rect::new(x, top, to, top + self.line_height)),
                _ => {}
            };
            let ends_within = next.is_some_and(|next| next <= range.end) && !line.goes_on;
            if ends_within && line.right_to_left {
                cover(0.0, line.left);
            }
            for cell in self.cells(text, line) {
                let (from, to) = (cell.x, cell.x + cell.width);
                if range.contains(&cell.offset) {
                    cover(from.max(0.0), to.min(self.width));
                }
            }
            if ends_within && !line.right_to_left {
                cover(line.left + line.width, self.width);
            }
        }
        boxes
    }

    /// For each line that goes on: where it begins, where what is seen of it ends, and where that
    /// would end had the next word fitted too. A field whose width is between the two breaks its lines
    /// at the same places. UTF-16 units.
    pub fn wraps(&self, text: &str) -> Vec<[u32; 3]> {
        let pairs = self.lines.iter().zip(self.lines.iter().skip(1));
        let wrapped = pairs.filter(|(line, _)| line.goes_on);
        let ends = wrapped.map(|(line, next)| {
            let content = text.get(line.range.clone()).unwrap_or_default();
            let behind = text.get(next.range.start..).unwrap_or_default();
            let inked = content.trim_end_matches(breaks::is_space);
            let word = wrap::first_word(behind, !breaks::may_part(content, behind));
            let word = behind.get(..word).unwrap_or_default();
            let ends = line.start_utf16 + utf16_len(inked);
            [line.start_utf16, ends, next.start_utf16 + utf16_len(word)]
        });
        ends.collect()
    }

    /// The offset of the end of a line, UTF-16 units.
    fn end(&self, text: &str, line: &Line) -> u32 {
        let content = text.get(line.range.clone()).unwrap_or_default();
        line.start_utf16 + utf16_len(content)
    }

    /// The characters of a line as they are seen, from left to right. O(line).
    fn cells(&self, text: &str, line: &Line) -> Vec<Cell> {
        let content = text.get(line.range.clone()).unwrap_or_default();
        let letters: Vec<(char, f64)> = advances(content, self.setting.family).collect();
        let turns = line.right_to_left || bidi::may_turn(content);
        let levels = turns.then(|| bidi::levels(&letters, line.right_to_left));
        let mut cells = Vec::with_capacity(letters.len());
        let mut offset = line.start_utf16;
        for (at, (letter, width)) in letters.into_iter().enumerate() {
            let level = levels.as_ref().and_then(|levels| levels.get(at));
            cells.push(Cell {
                offset,
                x: 0.0,
                width: width * self.font_size,
                level: level.copied().unwrap_or_default(),
            });
            offset += letter.len_utf16() as u32;
        }
        bidi::reorder(&mut cells, |cell| cell.level);
        let mut x = line.left;
        if line.right_to_left {
            x -= line.hang;
        }
        for cell in &mut cells {
            cell.x = x;
            x += cell.width;
        }
        cells
    }
}

fn utf16_len(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// Whether a text is longer than what is laid out. O(1) for a short one.
pub fn is_cut(text: &str) -> bool {
    laid_out(text).len() < text.len()
}

/// The part of a text that is laid out.
fn laid_out(text: &str) -> &str {
    // No text has more UTF-16 units than bytes.
    if text.len() <= MAX_TEXT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, character)| {
        units += character.len_utf16();
        (units > MAX_TEXT).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
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
    fn a_line_from_right_to_left_stands_at_the_right_edge() {
        for line in ["שלום", "سلام", "(12) אב"] {
            let text = format!("{line}!\nmuch longer than that");
            let made = layout(&text, 20.0);
            let end = utf16_len(line) + 1;
            assert!(made.lines[0].right_to_left && !made.lines[1].right_to_left);
            assert!((made.caret(&text, 0).x - made.width).abs() < 1e-9, "{line}");
            let left = made.width - made.lines[0].width;
            assert!((made.caret(&text, end).x - left).abs() < 1e-9, "{line}");
            // The mark at the end is the leftmost.
            assert!(made.caret(&text, end - 1).x > left, "{line}");
            assert_eq!(
                made.caret(&text, end + 1),
                Point::new(0.0, made.line_height)
            );
        }
        let empty = layout("", 20.0);
        assert_eq!(empty.caret("", 0), Point::ZERO);
    }

    #[test]
    fn carets_go_with_the_letters_that_are_seen() {
        // Latin words and numbers in a line from right to left, and the other way round.
        for text in ["אב cd 12 הו", "ab גד (12) ef", "שלום 3.50 ₪", "سلام abc."] {
            let made = layout(text, 20.0);
            let letters: Vec<char> = text.chars().collect();
            for offset in 0..letters.len() as u32 {
                let caret = made.caret(text, offset);
                let [cell] = made.selected(text, offset..offset + 1)[..] else {
                    panic!("one letter is one box");
                };
                let turned = cell.x1 - caret.x < caret.x - cell.x0;
                let inwards = if turned { -0.01 } else { 0.01 };
                let back = made.offset_at(text, caret + kurbo::Vec2::new(inwards, 1.0));
                assert_eq!(back, offset, "{text} at {offset}: {caret}");
            }
            let whole = made.selected(text, 0..letters.len() as u32);
            assert_eq!(whole.len(), 1, "{text}: {whole:?}");
            assert!((whole[0].width() - made.width).abs() < 1e-9);
        }
        // What is read in one go is seen in two parts.
        assert_eq!(layout("ab גד ef", 20.0).selected("ab גד ef", 1..4).len(), 2);
    }

    #[test]
    fn lines_are_covered_to_the_edge_at_which_they_end() {
        let text = "longer line\nab\nשלום\n\nend";
        let made = layout(text, 20.0);
        let covered = made.selected(text, 0..utf16_len(text));
        for (i, area) in covered.iter().take(4).enumerate() {
            assert!((area.width() - made.width).abs() < 1e-9, "line {i}: {area}");
        }
        assert_eq!((covered.len(), covered[4].x0), (5, 0.0));
        assert!(made.selected(text, 3..3).is_empty());
    }

    #[test]
    fn what_the_board_font_does_not_draw_is_a_guess() {
        for (text, exact) in [
            ("plain, ünïcode, Привет, שלום", true),
            ("a\tb\nc\r\nd", true),
            ("سلام", false),
            ("नमस्ते", false),
            ("汉字", false),
            ("𝒜", false),
            ("🎉", false),
        ] {
            assert_eq!(layout(text, 1.0).is_exact, exact, "{text}");
        }
    }

    #[test]
    fn every_combining_mark_stands_on_the_letter_before_it() {
        let plain = layout("a", 1.0).width;
        for block in [
            0x300..0x370_u32,
            0x483..0x48a,
            0x591..0x5be,
            0x1ab0..0x1ac0,
            0x1dc0..0x1e00,
            0x20d0..0x20f1,
            0xfe20..0xfe30,
        ] {
            for mark in block.filter_map(char::from_u32) {
                let width = layout(&format!("a{mark}"), 1.0).width;
                assert_eq!(width, plain, "{:x}", u32::from(mark));
            }
        }
    }

    #[test]
    fn letters_taken_apart_are_as_wide_as_whole_ones() {
        for (whole, apart) in [
            ("âêô", "a\u{302}e\u{302}o\u{302}"),
            ("ệữặ", "e\u{323}\u{302}u\u{31b}\u{303}a\u{323}\u{306}"),
            ("čšžůő", "c\u{30c}s\u{30c}z\u{30c}u\u{30a}o\u{30b}"),
            ("çşąį", "c\u{327}s\u{327}a\u{328}i\u{328}"),
            ("йё", "и\u{306}е\u{308}"),
        ] {
            let width = |text| layout(text, 1.0).width;
            // The board's font draws some whole letters a little wider.
            let off = width(apart) / width(whole) - 1.0;
            assert!(off.abs() < 0.08, "{whole}: {off}");
        }
    }

    #[test]
    fn marks_move_nothing_whatever_their_script() {
        for (bare, marked) in [
            ("سلام", "سَلَام"),
            ("שלום", "שָׁלוֹם"),
            ("กน", "กู้น่"),
            ("ក", "កុំ"),
            ("कक", "कुके"),
            ("e", "e\u{301}\u{323}"),
            ("ཀ", "ཀུ"),
        ] {
            let [bare, marked] = [bare, marked].map(|text| layout(text, 1.0).width);
            assert!((marked - bare).abs() < 0.15 * bare, "{bare}, not {marked}");
        }
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
