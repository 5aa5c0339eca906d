//! What a board is called: one line of letters.
//!
//! Owns how a title is read, whoever wrote it. Knows no document.

use crate::limits::MAX_TITLE;

/// A title as it is shown and written: no control characters, which includes ends of lines, no
/// blanks around it, and no more than [`MAX_TITLE`] characters.
pub fn readable(text: &str) -> String {
    let mut title = String::new();
    for c in text.trim().chars().take(MAX_TITLE) {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => title.push(' '),
            c if c.is_control() => {}
            c => title.push(c),
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_of_bounded_length() {
        assert_eq!(readable("  Plan\nfor \u{7}spring\t"), "Plan for spring");
        assert_eq!(readable("Entwürfe 🌊"), "Entwürfe 🌊");
        assert_eq!(readable(" \u{0}\n "), "");
        let long = "🌊".repeat(MAX_TITLE + 5);
        assert_eq!(readable(&long).chars().count(), MAX_TITLE);
        assert_eq!(readable(&readable(&long)), readable(&long));
    }
}
