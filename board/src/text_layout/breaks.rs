//! Where a line may end: a subset of Unicode's line breaking (UAX #14, strict) that browsers share.
//!
//! Owns the classes of characters and the rule for each pair. Among ASCII characters browsers have a
//! rule of their own, which is this one's too: a text field must break as the layout does. Scripts
//! whose words only a dictionary knows (Thai, Lao, Khmer, Burmese) break at spaces. Knows no widths.

use super::advances::is_mark;

/// What a character is to the ends of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    /// Letters, digits, and whatever is not said to be anything else.
    Letter,
    /// Breaks on both sides: Chinese, kana, hangul, pictures.
    Wide,
    /// Opens, in a wide script.
    OpenWide,
    /// Opens elsewhere.
    Open,
    /// A long dash.
    Dash,
    /// Stands before a number, as a currency does.
    Prefix,
    /// Stands behind a number, as a unit does.
    Postfix,
    /// From here on nothing begins a line. Closes, or begins none for another reason, in a wide script.
    CloseWide,
    /// Closes a part of a sentence, or a bracket.
    Close,
    /// Ends a sentence, or is an exclamation to its class.
    Exclamation,
    /// A line may end behind it: hyphens, dots in a row, wide spaces.
    After,
    /// Holds on to both of its neighbours: quotes, spaces that do not break.
    Glue,
    /// A space.
    Space,
    /// An invisible place to break at.
    Zero,
}

use Class::{
    After, Close, CloseWide, Dash, Exclamation, Glue, Letter, Open, OpenWide, Postfix, Prefix,
    Space, Wide, Zero,
};

/// Where runs of characters of a class begin, up to U+FFFF.
const CLASSES: &[(u16, Class)] = &[
    (0x00, Letter),
    (0x09, After),
    (0x0a, Letter),
    (0x20, Space),
    (0x21, Exclamation),
    (0x22, Glue),
    (0x23, Letter),
    (0x24, Prefix),
    (0x25, Postfix),
    (0x26, Letter),
    (0x27, Glue),
    (0x28, Open),
    (0x29, Close),
    (0x2a, Letter),
    (0x2b, Prefix),
    (0x2c, Close),
    (0x2d, After),
    (0x2e, Close),
    (0x2f, Exclamation),
    (0x30, Letter),
    (0x3a, Close),
    (0x3c, Letter),
    (0x3f, Exclamation),
    (0x40, Letter),
    (0x5b, Open),
    (0x5c, Prefix),
    (0x5d, Close),
    (0x5e, Letter),
    (0x7b, Open),
    (0x7c, Exclamation),
    (0x7e, Letter),
    (0xa0, Glue),
    (0xa1, Open),
    (0xa2, Postfix),
    (0xa3, Prefix),
    (0xa6, Letter),
    (0xab, Glue),
    (0xac, Letter),
    (0xad, After),
    (0xae, Letter),
    (0xb0, Postfix),
    (0xb1, Prefix),
    (0xb2, Letter),
    (0xb4, Dash),
    (0xb5, Letter),
    (0xbb, Glue),
    (0xbc, Letter),
    (0xbf, Open),
    (0xc0, Letter),
    (0x58a, After),
    (0x58b, Letter),
    (0x5be, After),
    (0x5bf, Letter),
    (0x60c, Close),
    (0x60e, Letter),
    (0x61b, Exclamation),
    (0x61c, Letter),
    (0x61d, Exclamation),
    (0x620, Letter),
    (0x66a, Postfix),
    (0x66b, Letter),
    (0x6d4, Exclamation),
    (0x6d5, Letter),
    (0x964, After),
    (0x966, Letter),
    (0x2000, After),
    (0x2007, Glue),
    (0x2008, After),
    (0x200b, Zero),
    (0x200c, Letter),
    (0x2010, After),
    (0x2011, Glue),
    (0x2012, After),
    (0x2014, Dash),
    (0x2015, Letter),
    (0x2018, Glue),
    (0x201a, Open),
    (0x201b, Glue),
    (0x201e, Open),
    (0x201f, Glue),
    (0x2020, Letter),
    (0x2024, After),
    (0x2028, Letter),
    (0x202f, Glue),
    (0x2030, Postfix),
    (0x2038, Letter),
    (0x2039, Glue),
    (0x203b, Letter),
    (0x203c, CloseWide),
    (0x203e, Letter),
    (0x2044, Close),
    (0x2045, Open),
    (0x2046, Close),
    (0x2047, CloseWide),
    (0x204a, Letter),
    (0x205f, After),
    (0x2060, Glue),
    (0x2061, Letter),
    (0x207d, Open),
    (0x207e, Close),
    (0x207f, Letter),
    (0x20a0, Prefix),
    (0x20a7, Postfix),
    (0x20a8, Prefix),
    (0x20b6, Postfix),
    (0x20b7, Prefix),
    (0x20bb, Postfix),
    (0x20bc, Prefix),
    (0x20be, Postfix),
    (0x20bf, Prefix),
    (0x20d0, Letter),
    (0x2103, Postfix),
    (0x2104, Letter),
    (0x2109, Postfix),
    (0x210a, Letter),
    (0x2116, Prefix),
    (0x2117, Letter),
    (0x2212, Prefix),
    (0x2214, Letter),
    (0x231a, Wide),
    (0x231c, Letter),
    (0x23f0, Wide),
    (0x23f4, Letter),
    (0x2600, Wide),
    (0x2604, Letter),
    (0x2614, Wide),
    (0x2616, Letter),
    (0x2618, Wide),
    (0x2619, Letter),
    (0x261a, Wide),
    (0x2620, Letter),
    (0x2639, Wide),
    (0x263c, Letter),
    (0x2668, Wide),
    (0x2669, Letter),
    (0x267f, Wide),
    (0x2680, Letter),
    (0x26bd, Wide),
    (0x26c9, Letter),
    (0x26cd, Wide),
    (0x26ce, Letter),
    (0x26cf, Wide),
    (0x26d2, Letter),
    (0x26d3, Wide),
    (0x26d5, Letter),
    (0x26ea, Wide),
    (0x26eb, Letter),
    (0x26f1, Wide),
    (0x26f6, Letter),
    (0x26f7, Wide),
    (0x26fb, Letter),
    (0x26fd, Wide),
    (0x2705, Letter),
    (0x2708, Wide),
    (0x270e, Letter),
    (0x275b, Glue),
    (0x2761, Letter),
    (0x2762, Exclamation),
    (0x2764, Wide),
    (0x2765, Letter),
    (0x2e80, Wide),
    (0x3000, After),
    (0x3001, CloseWide),
    (0x3003, Wide),
    (0x3005, CloseWide),
    (0x3006, Wide),
    (0x3008, OpenWide),
    (0x3009, CloseWide),
    (0x300a, OpenWide),
    (0x300b, CloseWide),
    (0x300c, OpenWide),
    (0x300d, CloseWide),
    (0x300e, OpenWide),
    (0x300f, CloseWide),
    (0x3010, OpenWide),
    (0x3011, CloseWide),
    (0x3012, Wide),
    (0x3014, OpenWide),
    (0x3015, CloseWide),
    (0x3016, OpenWide),
    (0x3017, CloseWide),
    (0x3018, OpenWide),
    (0x3019, CloseWide),
    (0x301a, OpenWide),
    (0x301b, CloseWide),
    (0x301d, OpenWide),
    (0x301e, CloseWide),
    (0x3020, Wide),
    (0x303b, CloseWide),
    (0x303d, Wide),
    (0x309b, CloseWide),
    (0x309f, Wide),
    (0x30a0, CloseWide),
    (0x30a1, Wide),
    (0x30fb, CloseWide),
    (0x30ff, Wide),
    (0x31f0, CloseWide),
    (0x3200, Wide),
    (0x4dc0, Letter),
    (0x4e00, Wide),
    (0xa4d0, Letter),
    (0xac00, Wide),
    (0xd7a4, Letter),
    (0xf900, Wide),
    (0xfb00, Letter),
    (0xfe30, Wide),
    (0xfe50, Letter),
    (0xfeff, Glue),
    (0xff00, Letter),
    (0xff01, CloseWide),
    (0xff02, Wide),
    (0xff04, Prefix),
    (0xff05, Postfix),
    (0xff06, Wide),
    (0xff08, OpenWide),
    (0xff09, CloseWide),
    (0xff0a, Wide),
    (0xff0c, CloseWide),
    (0xff0d, Wide),
    (0xff0e, CloseWide),
    (0xff0f, Wide),
    (0xff1a, CloseWide),
    (0xff1c, Wide),
    (0xff1f, CloseWide),
    (0xff20, Wide),
    (0xff3b, OpenWide),
    (0xff3c, Wide),
    (0xff3d, CloseWide),
    (0xff3e, Wide),
    (0xff5b, OpenWide),
    (0xff5c, Wide),
    (0xff5d, CloseWide),
    (0xff5e, Wide),
    (0xff5f, OpenWide),
    (0xff60, CloseWide),
    (0xff62, OpenWide),
    (0xff63, CloseWide),
    (0xff66, Wide),
    (0xff67, CloseWide),
    (0xff71, Wide),
    (0xff9e, CloseWide),
    (0xffa0, Wide),
    (0xffe0, Postfix),
    (0xffe1, Prefix),
    (0xffe2, Wide),
    (0xffe5, Prefix),
    (0xffe7, Letter),
];

/// Small kana, which begin no line, counted from U+3041; katakana are 96 behind them.
const SMALL_KANA: [u8; 12] = [0, 2, 4, 6, 8, 34, 66, 68, 70, 77, 84, 85];

fn class(character: char) -> Class {
    let Ok(code) = u16::try_from(u32::from(character)) else {
        return match u32::from(character) {
            0x1_f000..=0x1_faff | 0x2_0000..=0x3_fffd => Wide,
            _ => Letter,
        };
    };
    if matches!(code, 0x3041..=0x30f6) {
        let small = u8::try_from((code - 0x3041) % 0x60).unwrap_or_default();
        if SMALL_KANA.contains(&small) {
            return CloseWide;
        }
    }
    let after = CLASSES.partition_point(|(from, _)| *from <= code);
    let at = after.saturating_sub(1);
    CLASSES.get(at).map_or(Letter, |(_, class)| *class)
}

/// Whether a character is a space at which lines end and that takes no room there.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

/// Finds the places in a line at which the next one may begin. Characters are told in order.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    /// The last two characters, marks aside.
    before: [Option<char>; 2],
    /// What stood right before.
    last: Option<char>,
    /// Whether an odd number of letters of flags stands before.
    flag: bool,
}

/// What may be between a character and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// Both are one to the reader: marks on letters, pictures made of several.
    One,
    /// A line ends here only if a word does not fit on one.
    Word,
    /// A line may end here.
    Break,
}

impl Breaker {
    /// What is between the character told before and this one; `behind` is what comes next.
    pub(super) fn next(&mut self, character: char, behind: &str) -> Between {
        let last = self.last.replace(character);
        let flag = self.flag && is_flag(character);
        self.flag = is_flag(character) && !flag;
        if flag || last == Some('\u{200d}') || is_joined(character) {
            // A joiner between letters joins no pictures, but nobody parts what it stands in.
            return Between::One;
        }
        let [far, near] = self.before;
        self.before = [near, Some(character)];
        match near {
            Some(near) if may_end(far, near, character) => Between::Break,
            Some(near) if ends_before_quote(near, character, behind) => Between::Break,
            _ => Between::Word,
        }
    }
}

/// Whether a line may end between two parts of it.
pub(super) fn may_part(before: &str, behind: &str) -> bool {
    let mut breaker = Breaker::default();
    before.chars().for_each(|character| {
        breaker.next(character, "");
    });
    let mut rest = behind.chars();
    let next = rest.next();
    next.is_some_and(|next| breaker.next(next, rest.as_str()) == Between::Break)
}

fn is_flag(character: char) -> bool {
    matches!(character, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Whether it is one with the character before it.
fn is_joined(character: char) -> bool {
    let code = u32::from(character);
    match code {
        0..0x300 => false,
        0x200b => false,
        // Tones of skin; signs of vowels, which the scripts of India have in the same places.
        0x200d | 0x1_f3fb..=0x1_f3ff => true,
        0x900..0xe00 => {
            matches!(code & 0x7f, 0..=3 | 0x3a..=0x3c | 0x3e..=0x4f | 0x55..=0x57 | 0x62 | 0x63)
        }
        _ => is_mark(character) && !matches!(class(character), Zero | Glue),
    }
}

fn is_hebrew(character: char) -> bool {
    matches!(character, '\u{5d0}'..='\u{5f4}')
}

fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{58a}' | '\u{5be}' | '\u{2010}' | '\u{2012}' | '\u{2013}'
    )
}

/// Whether a word begins behind it.
fn begins_word(far: Option<char>) -> bool {
    far.is_none_or(|far| matches!(class(far), Space | Zero) || far == '\u{a0}')
}

fn is_wide(character: char) -> bool {
    matches!(class(character), Wide | OpenWide | CloseWide)
}

/// LB19a: whether a quote begins between wide characters, so that a line may end before it.
fn ends_before_quote(near: char, quote: char, behind: &str) -> bool {
    matches!(class(near), Wide | CloseWide)
        && matches!(quote, '‘' | '“' | '«' | '‹')
        && behind.chars().next().is_some_and(is_wide)
}

/// Whether a line may end between two characters, `far` being the one before them.
fn may_end(far: Option<char>, near: char, next: char) -> bool {
    let (before, after) = (class(near), class(next));
    match (before, after) {
        // Spaces stay at the end of the line.
        (_, Space | Zero) => false,
        (Space, _) => next != '\u{3000}',
        (Zero, _) => true,
        _ if near.is_ascii() && next.is_ascii() => ascii_may_end(far, near, next),
        (_, CloseWide | Close | Exclamation | After | Glue) => false,
        // LB21b: Hebrew stays with a slash.
        (Exclamation, Letter) if near == '/' => !is_hebrew(next),
        // LB20a and LB21a: a hyphen stays with the word that it begins, or that is Hebrew.
        (After, _) if is_hyphen(near) && far.is_some_and(is_hebrew) => is_hebrew(next),
        (After, Letter) if is_hyphen(near) && begins_word(far) => next.is_numeric(),
        // LB19a: a quote that ends is no hindrance between wide characters.
        (Glue, _) if matches!(near, '’' | '”' | '»' | '›') => {
            far.is_some_and(is_wide) && matches!(after, Wide | OpenWide)
        }
        (Letter, _) => matches!(after, Wide | OpenWide | Dash),
        (Wide, _) => after != Postfix,
        // LB25: a number stays with what says of what it is.
        (Close | CloseWide, Prefix | Postfix) => !far.is_some_and(char::is_numeric),
        (Close, _) => after != Letter,
        (Dash, _) => after != Dash,
        (Prefix, _) => !matches!(after, Letter | Wide),
        (Postfix, _) => after != Letter,
        (CloseWide | Exclamation | After, _) => true,
        (OpenWide | Open | Glue, _) => false,
    }
}

/// The rule of browsers: a hyphen ends a line but for a minus, a question mark does, and brackets
/// begin one behind other marks.
fn ascii_may_end(far: Option<char>, near: char, next: char) -> bool {
    let closes = matches!(
        next,
        '!' | ')' | ',' | '.' | '/' | ':' | ';' | '?' | ']' | '}'
    );
    match near {
        '-' if next.is_ascii_digit() => far.is_some_and(|far| far.is_ascii_alphanumeric()),
        '-' => !closes && next != '$',
        '?' => !closes && !matches!(next, '"' | '\''),
        '!' | '"' | '#' | '%' | '&' | ')' | '*' | '+' | ',' | '.' | ':' | ';' | ']' | '|' | '}'
        | '~' | '=' | '>' | '\\' => {
            matches!(next, '(' | '<' | '[' | '{')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> String {
        let mut breaker = Breaker::default();
        let mut out = String::new();
        for (at, character) in text.char_indices() {
            let behind = &text[at + character.len_utf8()..];
            if breaker.next(character, behind) == Between::Break {
                out.push('|');
            }
            out.push(character);
        }
        out
    }

    #[test]
    fn lines_end_where_those_of_browsers_do() {
        for expected in [
            "two |words, |and  |a-|b |12-|34 |-1 |(see |it) |don’t |“so” |x/y |a? |a?|b",
            "http://a.b/c?|d=e&f |10,000.5 |$10 |10% |a(b) |A",
            "中|文|字，|中|文。|「中|文」|a|中|1|中",
            "きゃっ|と，|カー|ド|を|ヴァ",
            "한|국|어 |한|국",
            "שלום, |עולם |א-|ב |א/ב |سلام، |نص",
            "🎉|🎉|👍🏽|👍🏽",
            "👩\u{200d}👩\u{200d}👧|👩\u{200d}👧|🇩🇪|🇫🇷|a\u{301}b",
            "a|—|b |a–|b…|c |x\u{a0}y |a\u{200b}|b \u{3000}|中",
            "–b |–|1 |-б |‐א |א–b |a–|б |a-|б",
            "说|“你|好”|然|后 |a |“b” |中“a” |中|‘「中」’|中 |“中”。|「“中”",
            "f=|(x) |x>|[y] |\\|{z} |1。% |中。|%",
            "€10 |10€ |20°|中 |№5",
        ] {
            assert_eq!(parts(&expected.replace('|', "")), expected);
        }
    }

    #[test]
    fn what_is_one_to_the_reader_is_never_torn() {
        for one in [
            "e\u{301}\u{323}",
            "👍🏽",
            "👩\u{200d}👩\u{200d}👧",
            "🇩🇪",
            "1\u{fe0f}\u{20e3}",
            "की",
            "กี่",
        ] {
            let mut breaker = Breaker::default();
            let mut all = one.chars().map(|character| breaker.next(character, ""));
            assert_ne!(all.next(), Some(Between::One), "{one}");
            assert!(all.all(|between| between == Between::One), "{one}");
        }
    }
}
