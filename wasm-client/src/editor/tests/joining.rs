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
pub(super) const WORDED: [fn(&mut Editor); 4] = [
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

/// Where the field stands.
fn field(editor: &mut Editor) -> (f64, f64) {
    editor.tick(editor.now + 20.0);
    editor.paint();
    let field = editor.text_field().expect("a field");
    (field.x, field.y)
}

#[test]
fn words_that_are_typed_go_along_with_what_another_drags() {
    type Make = fn(&mut Editor);
    let on_target: Make = |editor| {
        draw(editor, "rectangle", (400.0, 100.0), (500.0, 200.0));
        draw(editor, "arrow", (100.0, 150.0), (395.0, 150.0));
        press(editor, "Enter");
    };
    // What is dragged by where, and how far the words go along when that goes by (40, 60).
    type At = (f64, f64);
    let all: [(Make, At, At); 4] = [
        (WORDED[0], (100.0, 120.0), (40.0, 60.0)),
        (WORDED[1], (150.0, 120.0), (40.0, 60.0)),
        (WORDED[3], (132.0, 152.0), (40.0, 60.0)),
        (on_target, (450.0, 100.0), (20.0, 30.0)),
    ];
    for (make, grip, (x, y)) in all {
        let [mut a, mut b] = two(make);
        type_text(&mut a, "one");
        tell(&mut a, &mut b);
        let before = field(&mut a);
        pointer(&mut b, 0.0, grip.0, grip.1, 0.0);
        for share in [0.5, 1.0] {
            pointer(
                &mut b,
                1.0,
                grip.0 + 40.0 * share,
                grip.1 + 60.0 * share,
                0.0,
            );
        }
        tell(&mut b, &mut a);
        let after = field(&mut a);
        let (dx, dy) = (after.0 - before.0, after.1 - before.1);
        assert!(
            (dx - x).abs() < 6.0 && (dy - y).abs() < 6.0,
            "{grip:?} {dx} {dy}"
        );
        // Who drags sees what is typed meanwhile, without moving on, and the caret with it.
        let typed = a.writing.typing.as_ref().unwrap().element().clone();
        type_text(&mut a, "one more");
        tell(&mut a, &mut b);
        let shown = b.shown_with_words(&typed).expect("it is shown");
        assert_eq!(shown.text(), Some("one more"));
        let stands = b.scene().get(&typed).unwrap().element();
        assert_ne!(shown.frame(), stands.frame());
        pointer(&mut b, 2.0, grip.0 + 40.0, grip.1 + 60.0, 0.0);
        tell(&mut b, &mut a);
        assert_eq!(
            a.scene().get(&typed).unwrap().element().text(),
            Some("one more")
        );
    }
}

#[test]
fn a_look_that_another_gives_to_what_is_held_is_seen_at_once() {
    let [mut a, mut b] = two(|editor| {
        draw(editor, "rectangle", (100.0, 100.0), (300.0, 200.0));
    });
    let id = only(&a).id;
    pointer(&mut b, 0.0, 100.0, 150.0, 0.0);
    pointer(&mut b, 1.0, 150.0, 150.0, 0.0);
    widen(&mut a, 8.0, true);
    tell(&mut a, &mut b);
    let shown = b.shown(&id).expect("it is shown");
    assert_eq!(shown.style.width, 8.0);
    assert!((shown.geometry.x - 150.0).abs() < 6.0);
}

fn kind(editor: &Editor, id: &ElementId) -> String {
    let node = editor.scene().get(id).expect("it is there");
    node.element().kind.name().to_owned()
}

#[test]
fn what_is_pressed_is_what_is_seen_while_another_drags() {
    let [mut a, mut b] = two(|editor| {
        draw(editor, "rectangle", (400.0, 100.0), (500.0, 200.0));
        draw(editor, "arrow", (100.0, 150.0), (395.0, 150.0));
        draw(editor, "ellipse", (100.0, 300.0), (200.0, 400.0));
        press(editor, "Escape");
    });
    pointer(&mut b, 0.0, 450.0, 100.0, 0.0);
    pointer(&mut b, 1.0, 450.0, 300.0, 0.0);
    pointer(&mut b, 1.0, 450.0, 400.0, 0.0);
    tell(&mut b, &mut a);
    let ids = a.scene().iter().map(|node| node.element().id.clone());
    let arrow = ids.into_iter().find(|id| kind(&a, id) == "arrow").unwrap();
    let way = a.shown(&arrow).expect("it is shown").vertices();
    let middle = way[0].midpoint(way[1]);
    assert!(middle.y > 250.0, "it follows");
    let mut kind_at = |x: f64, y: f64| {
        press(&mut a, "Escape");
        pointer(&mut a, 1.0, x, y, 0.0);
        let cursor = a.gesture.tool.cursor();
        drag(&mut a, (x, y), (x, y));
        let id = a.chosen.selection.first()?;
        assert_eq!(cursor, "move", "it is hovered");
        Some(kind(&a, id))
    };
    assert_eq!(kind_at(450.0, 400.0).as_deref(), Some("rectangle"));
    assert_eq!(kind_at(450.0, 100.0), None, "where it stood");
    assert_eq!(kind_at(150.0, 300.0).as_deref(), Some("ellipse"));
    assert_eq!(kind_at(300.0, 150.0), None, "where the arrow was");
    assert_eq!(kind_at(middle.x, middle.y).as_deref(), Some("arrow"));
    // There is a handle there.
    drag(&mut a, (middle.x, middle.y), (middle.x, middle.y + 50.0));
    assert_eq!(a.scene().get(&arrow).unwrap().element().vertices().len(), 3);
}
