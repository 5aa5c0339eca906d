//! What the field says and what becomes of it in the shared text.

use super::*;
use board::id::ClientId;

fn splice(at: u32, deleted: u32, inserted: &str) -> TextSplice {
    TextSplice {
        at,
        deleted,
        inserted: inserted.into(),
    }
}

#[test]
fn the_difference_is_what_was_typed() {
    for (old, new, caret, expected) in [
        ("", "a", 1, splice(0, 0, "a")),
        ("aaa", "aaaa", 2, splice(1, 0, "a")),
        ("hello", "help", 4, splice(3, 2, "p")),
        ("abc", "", 0, splice(0, 3, "")),
        ("a🌊b", "a🌊c", 4, splice(3, 1, "c")),
        ("a🌊", "a🌋", 3, splice(1, 2, "🌋")),
        ("one\ntwo", "one\n\ntwo", 4, splice(3, 0, "\n")),
        // A caret that is not where the change is: a speller, a line moved in.
        ("teh end", "the end", 7, splice(1, 2, "he")),
        ("one\ntwo", "one\n    two", 11, splice(4, 0, "    ")),
        ("one two", "one two", 7, splice(7, 0, "")),
        // Nobody knows where the caret is to be: the later place.
        ("aaa", "aa", u32::MAX, splice(2, 1, "")),
        ("aa", "aaa", u32::MAX, splice(2, 0, "a")),
    ] {
        assert_eq!(difference(old, new, caret), expected, "{old:?} → {new:?}");
    }
}

/// A session in a text that another program wrote.
fn session(text: &str) -> (Document, Typing) {
    let mut document = Document::new(ClientId::new(1).unwrap());
    let id = ElementId::from_random(1);
    document.splice_text(&id, &[splice(0, 0, text)]);
    let typing = Typing::in_text(&mut document, &id);
    (document, typing)
}

fn type_over(typing: &mut Typing, document: &mut Document, value: &str, caret: u32) {
    let input = TextInput {
        value: value.into(),
        selection_anchor: caret,
        selection_head: caret,
        composing: false,
        pointed: false,
    };
    typing.input(document, &input, 0.0);
}

#[test]
fn a_field_shows_every_separator_and_changes_none() {
    for text in [
        "a\rb",
        "a\r\nb",
        "a\u{2028}b\u{b}c",
        "a\r\r\n\nb",
        "\u{1}a\u{85}",
    ] {
        let (mut document, mut typing) = session(text);
        let field = typing.value().to_owned();
        assert!(
            !field.contains(['\r', '\u{2028}', '\u{b}', '\u{85}']),
            "{text:?}"
        );
        type_over(&mut typing, &mut document, &field, 0);
        assert_eq!(document.text(typing.element()), text);
        // One letter at the end, and the rest is as it was.
        let end = utf16_len(&field) + 1;
        type_over(&mut typing, &mut document, &format!("{field}!"), end);
        assert_eq!(document.text(typing.element()), format!("{text}!"));
        assert_eq!(typing.field_selection(), (end, end), "{text:?}");
    }
}

#[test]
fn carets_behind_a_pair_count_it_once_in_the_field() {
    let (mut document, mut typing) = session("a\r\nbc");
    type_over(&mut typing, &mut document, "a\nbXc", 4);
    assert_eq!(document.text(typing.element()), "a\r\nbXc");
    assert_eq!(
        (typing.selection(), typing.field_selection()),
        ((5, 5), (4, 4))
    );
    // Deleting the line's end deletes both.
    type_over(&mut typing, &mut document, "abXc", 1);
    assert_eq!(document.text(typing.element()), "abXc");
}

#[test]
fn what_is_pasted_into_the_field_ends_lines_by_newlines() {
    let (mut document, mut typing) = session("ab");
    let pasted = "one\u{2028}two\u{b}\u{1}three\u{85}";
    type_over(
        &mut typing,
        &mut document,
        &format!("a{pasted}b"),
        1 + utf16_len(pasted),
    );
    assert_eq!(document.text(typing.element()), "aone\ntwo\nthree\nb");
    let end = utf16_len("aone\ntwo\nthree\n");
    assert_eq!(typing.field_selection(), (end, end));
    assert_eq!(typing.value(), "aone\ntwo\nthree\nb");
}

#[test]
fn a_newline_behind_a_lone_cr_is_a_line_of_its_own() {
    let (mut document, mut typing) = session("a\rb");
    type_over(&mut typing, &mut document, "a\n\nb", 3);
    assert_eq!(
        (typing.value(), typing.field_selection()),
        ("a\n\nb", (3, 3))
    );
    // A deletion that would bring the two together.
    let (mut document, mut typing) = session("a\rxy\nb");
    type_over(&mut typing, &mut document, "a\n\nb", 2);
    assert_eq!(
        (typing.value(), typing.field_selection()),
        ("a\n\nb", (2, 2))
    );
}

#[test]
fn lines_of_a_selection_are_found() {
    let text = "é\n  two\n\nfour";
    assert_eq!(lines_within(text, 1, 1), [(0, 0)]);
    assert_eq!(lines_within(text, 2, 8), [(2, 2)]);
    assert_eq!(lines_within(text, 2, 9), [(2, 2), (8, 0)]);
    assert_eq!(lines_within(text, 9, 13), [(9, 0)]);
    assert_eq!(lines_within("", 0, 0), [(0, 0)]);
    assert_eq!(lines_within("      six", 2, 2), [(0, 4)]);
}

#[test]
fn lines_that_cr_parts_stay_lines_when_they_are_moved_out() {
    let (mut document, mut typing) = session("a\r  \n  b\r\n  c");
    typing.indent(&mut document, true, 0.0);
    assert_eq!(
        (typing.value(), typing.field_selection()),
        ("a\n\nb\nc", (0, 6))
    );
}

#[test]
fn others_typing_before_the_caret_moves_it() {
    assert_eq!(moved(5, &splice(2, 0, "xy")), 7);
    assert_eq!(moved(5, &splice(5, 0, "xy")), 5);
    assert_eq!(moved(5, &splice(3, 4, "")), 3);
    assert_eq!(moved(9, &splice(3, 4, "z")), 6);
}
