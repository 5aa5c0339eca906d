//! Several people at one thing: who joins a text, and who types while another drags.

use super::afloat::tell;
use super::*;

/// Two who see each other at work, with whatever the first one made.
fn two(make: impl Fn(&mut Editor)) -> [Editor; 2] {
    let [mut a, mut b] = ["a", "b"].map(editor);
    for editor in [&mut a, &mut b] {
        editor.connected(true);
    }
    make(&mut a);
    exchange(&mut a, &mut b);
    [a, b]
}

/// Whatever words can be typed in, about (200, 150).
const WORDED: [fn(&mut Editor); 4] = [
    |editor| {
        draw(editor, "rectangle", (100.0, 100.0), (300.0, 200.0));
        press(editor, "Enter");
    },
    |editor| draw(editor, "note", (200.0, 150.0), (200.0, 150.0)),
    |editor| {
        draw(editor, "arrow", (0.0, 150.0), (400.0, 150.0));
        press(editor, "Enter");
    },
    |editor| draw(editor, "text", (130.0, 150.0), (130.0, 150.0)),
];

fn selection(editor: &Editor) -> (u32, u32) {
    editor.writing.typing.as_ref().expect("a field").selection()
}

#[test]
fn who_joins_a_text_that_another_types_in_replaces_nothing() {
    for make in WORDED {
        let [mut a, mut b] = two(make);
        type_text(&mut a, "Start my long thought");
        tell(&mut a, &mut b);
        double_click(&mut b, 200.0, 150.0);
        let (anchor, head) = selection(&b);
        assert!(
            anchor == head && (1..21).contains(&head),
            "where it is pressed: {head}"
        );
        press(&mut b, "Escape");
        // Once more by key, which says no place.
        press(&mut b, "F2");
        assert_eq!(selection(&b), (21, 21));
        type_text(&mut b, "Start my long thought ok");
        tell(&mut b, &mut a);
        type_text(&mut a, "Start my long thoughts ok");
        tell(&mut a, &mut b);
        assert_eq!(only(&b).text(), Some("Start my long thoughts ok"));
    }
}

#[test]
fn who_opened_a_text_before_another_began_to_type_replaces_nothing_of_theirs() {
    for make in WORDED {
        let [mut a, mut b] = two(make);
        type_text(&mut a, "Thought");
        press(&mut a, "Escape");
        tell(&mut a, &mut b);
        tell(&mut a, &mut b);
        double_click(&mut b, 200.0, 150.0);
        assert_eq!(selection(&b), (0, 7), "alone all is selected");
        tell(&mut b, &mut a);
        press(&mut a, "F2");
        type_text(&mut a, "A Thought of mine");
        tell(&mut a, &mut b);
        let (anchor, head) = selection(&b);
        assert_eq!(anchor, head, "it was not there to be replaced");
    }
}

#[test]
fn what_somebody_selects_stays_selected_while_another_types() {
    let [mut a, mut b] = two(WORDED[0]);
    type_text(&mut a, "one two");
    tell(&mut a, &mut b);
    b.act("selectAll");
    press(&mut b, "F2");
    b.text(&TextInput {
        value: "one two".into(),
        selection_anchor: 0,
        selection_head: 3,
        composing: false,
        pointed: false,
    });
    type_text(&mut a, "one two three");
    tell(&mut a, &mut b);
    assert_eq!(selection(&b), (0, 3));
}
