//! What ends a line, and how characters without a picture are shown.
//!
//! Owns the rules that field, layout and canvas share, whoever wrote the text. A text in the
//! document keeps what it holds; a field shows it by these rules. Offsets are UTF-16 units.

/// What is shown of a control character: a space without width.
pub(super) const NOTHING: char = '\u{200b}';

/// What a character is shown as: every separator of lines as a newline (Unicode's mandatory breaks,
/// UAX #14), other control characters as nothing. A textarea cannot hold a CR, and browsers differ
/// about the rest.
pub fn shown_as(character: char) -> char {
    match character {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' | '\n' => character,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' => NOTHING,
        other => other,
    }
}

/// A text as a field shows it: one newline for each separator, CR and LF together being one.
pub fn shown(text: &str) -> String {
    joined(text, |character| Some(shown_as(character)))
}

/// A text as it is taken in from outside: newlines alone, and no control characters.
pub fn plain(text: &str) -> String {
    joined(text, |character| {
        (character == '\t' || !character.is_control()).then_some(character)
    })
}

/// The characters of all lines, with newlines between them.
fn joined(text: &str, character: fn(char) -> Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for (start, line) in lines(text) {
        if start > 0 {
            out.push('\n');
        }
        out.extend(line.chars().filter_map(character));
    }
    out
}

/// The offset in the shown text of an offset in the text itself.
pub fn offset_shown(text: &str, offset: u32) -> u32 {
    let halves = pairs(text).take_while(|at| *at < offset).count();
    offset - halves as u32
}

/// The offset in the text itself of an offset in the shown text.
pub fn offset_in(text: &str, shown: u32) -> u32 {
    let mut offset = shown;
    for at in pairs(text) {
        if at > offset {
            break;
        }
        offset += 1;
    }
    offset
}

/// Where the LF of each CR and LF stands.
fn pairs(text: &str) -> impl Iterator<Item = u32> + '_ {
    let (mut at, mut before) = (0, '\0');
    text.chars().filter_map(move |character| {
        let here = at;
        at += character.len_utf16() as u32;
        let pair = (std::mem::replace(&mut before, character), character) == ('\r', '\n');
        pair.then_some(here)
    })
}

/// The lines of a text: where each starts in bytes, and what is on it.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = text.get(start..)?;
        let end = rest.char_indices().find(|(_, c)| shown_as(*c) == '\n');
        next = end.map(|(at, separator)| {
            let pair = rest.get(at..).is_some_and(|rest| rest.starts_with("\r\n"));
            start + at + if pair { 2 } else { separator.len_utf8() }
        });
        let line = end.map_or(rest, |(at, _)| rest.get(..at).unwrap_or_default());
        Some((start, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_separator_ends_a_line_and_stays_where_it_is() {
        for separator in [
            "\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}",
        ] {
            let text = format!("one{separator}two{separator}{separator}");
            let found: Vec<&str> = lines(&text).map(|(_, line)| line).collect();
            assert_eq!(found, ["one", "two", "", ""], "{separator:?}");
            assert_eq!(shown(&text), "one\ntwo\n\n", "{separator:?}");
            assert_eq!(plain(&text), "one\ntwo\n\n", "{separator:?}");
        }
        assert_eq!(shown("a\r\r\n\nb"), "a\n\n\nb");
    }

    #[test]
    fn control_characters_are_shown_as_nothing_and_not_taken_in() {
        for control in ('\0'..='\u{9f}').filter(|c| c.is_control()) {
            if !matches!(shown_as(control), '\n' | '\t') {
                let text = format!("a{control}b");
                assert_eq!(shown(&text), "a\u{200b}b", "{control:?}");
                assert_eq!(plain(&text), "ab", "{control:?}");
            }
        }
        assert_eq!(plain("a\tb"), "a\tb");
    }

    proptest! {
        #[test]
        fn offsets_of_field_and_text_agree(text in "[ab🌉\r\n\u{2028}\t]{0,12}") {
            let units: Vec<u16> = text.encode_utf16().collect();
            let field: Vec<u16> = shown(&text).encode_utf16().collect();
            for at in 0..=field.len() as u32 {
                let within = offset_in(&text, at);
                prop_assert_eq!(offset_shown(&text, within), at);
                let left = String::from_utf16_lossy(&units[..within as usize]);
                let shown_left = String::from_utf16_lossy(&field[..at as usize]);
                prop_assert_eq!(shown(&left), shown_left);
            }
            prop_assert_eq!(offset_in(&text, field.len() as u32), units.len() as u32);
        }
    }
}
