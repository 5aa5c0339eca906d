//! What the page says stands in `web/src/words`, so that a language is a set of files.
//!
//! Finds English elsewhere by how it is written: in a label, between tags, or as a sentence.

use super::{Source, Violation};

/// Where words are.
const WORDS: &str = "web/src/words/";

/// Attributes and fields whose value a person reads or hears.
const READ: [&str; 6] = [
    "aria-label=",
    "title=",
    "label=",
    "placeholder=",
    "alt=",
    "label: ",
];

/// Families of fonts, which are names and no words.
const FONTS: &str = "sans-serif";

/// Looks at the page's sources.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| is_page(source)) {
        for (number, line) in source.lines_without_comments() {
            let code = line.split(" // ").next().unwrap_or(line);
            let markup = source.path.ends_with(".tsx") && is_markup(code);
            if markup || is_label(code) || is_sentence(code) {
                wrong.push(source.violation(number, "words for people stand in web/src/words"));
            }
        }
    }
    wrong
}

fn is_page(source: &Source) -> bool {
    let path = &source.path;
    path.starts_with("web/src/") && source.is(&["ts", "tsx"]) && !path.starts_with(WORDS)
}

/// A label that is written out: `aria-label="Menu"`, `label: 'Menu'`.
fn is_label(code: &str) -> bool {
    READ.iter().any(|name| {
        let mut values = code.match_indices(name).filter_map(|(at, name)| {
            let value = code.get(at + name.len()..)?.trim_start_matches('{');
            value.strip_prefix(QUOTES)
        });
        values.any(|value| value.starts_with(char::is_alphabetic))
    })
}

const QUOTES: [char; 3] = ['"', '\'', '`'];

/// Text of an element: two letters or more before a closing tag, or a line of nothing but words.
fn is_markup(code: &str) -> bool {
    let closed = code.match_indices("</").any(|(at, _)| {
        let before = code.get(..at).unwrap_or_default();
        let text = before.rsplit(['>', '}']).next().unwrap_or_default();
        text.chars().filter(|c| c.is_alphabetic()).count() >= 2
    });
    let line = code.trim();
    let plain = |c: char| c.is_alphanumeric() || " .,?!’–".contains(c);
    let words = line.starts_with(char::is_uppercase)
        && line.chars().all(plain)
        && line
            .split(' ')
            .skip(1)
            .any(|word| word.starts_with(char::is_lowercase));
    closed || words
}

/// A literal that begins like a sentence: a capital, a letter that is none, and a space.
fn is_sentence(code: &str) -> bool {
    !code.contains(FONTS)
        && QUOTES.iter().any(|quote| {
            let literals = code.split(*quote).skip(1).step_by(2);
            literals.into_iter().any(|text| {
                let mut letters = text.chars();
                letters.next().is_some_and(char::is_uppercase)
                    && letters.next().is_some_and(char::is_lowercase)
                    && text.contains(' ')
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::said;

    fn found(path: &str, line: &str) -> bool {
        !said(check, path, &format!("/** x */\n{line}\n")).is_empty()
    }

    #[test]
    fn words_outside_of_their_place_are_found() {
        let bad = [
            r#"<div role="group" aria-label="Zoom">"#,
            r#"<IconButton icon={Undo2} label="Undo" />"#,
            r#"<button title={'Menu'}>"#,
            r#"{ color: '#e03131', label: 'Red' },"#,
            "<p>Pick a tool and draw.</p>",
            "<p><strong>Not connected.</strong> {reason}</p>",
            "      Back to content",
            "toast('Only text can be pasted so far.');",
            "toast(`Nothing more than ${count} can be pasted.`);",
        ];
        for line in bad {
            assert!(found("web/src/ui/widget.tsx", line), "{line}");
            assert!(!found("web/src/words/en.ts", line), "{line}");
        }
    }

    #[test]
    fn code_is_left_alone() {
        let good = [
            "import { Circle, Eraser, Hand } from 'lucide';",
            "  Circle, Eraser, Hand, MousePointer2, MoveUpRight",
            "<h1>{title}</h1>",
            "<IconButton icon={Undo2} label={words.actions.undo} shortcut=\"Ctrl+Z\" />",
            "{title && <span>{title}</span>}",
            "const Help = later(async () => (await import('./ui/help')).Help);",
            "if (event.key === 'Escape' && open.value) close(); // The browser's own.",
            "throw new Error(`the page has no ${selector}`);",
            "const FONT = '\"Segoe UI\", sans-serif';",
            "class={`button worded ${chosen ? 'chosen' : ''}`}",
            "return (await items()).map((item) => <li>{item}</li>);",
        ];
        for line in good {
            assert!(!found("web/src/ui/widget.tsx", line), "{line}");
        }
    }
}
