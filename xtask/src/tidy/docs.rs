//! Every source file opens by saying what it owns.

use super::{Source, Violation};

/// Rust opens with `//!`, everything else with a block comment.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for source in sources {
        let text = source.text.strip_prefix("#!/usr/bin/env node\n");
        let text = text.unwrap_or(&source.text);
        let opens = match () {
            () if source.is_rust() => text.starts_with("//! "),
            () if source.is_script() => text.starts_with("/**"),
            () => true,
        };
        if !opens {
            wrong.push(source.violation(1, "the file does not open by saying what it owns"));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::said;

    #[test]
    fn a_file_without_a_word_about_itself_is_found() {
        let wrong = ["a.rs:1: the file does not open by saying what it owns"];
        assert_eq!(said(check, "a.rs", "fn a() {}\n"), wrong);
        assert_eq!(said(check, "a.ts", "// a\n").len(), 1);
        assert!(said(check, "a.rs", "//! Owns a.\n").is_empty());
        assert!(said(check, "a.ts", "/** Owns a. */\n").is_empty());
        assert!(said(check, "a.md", "Anything.\n").is_empty());
    }
}
