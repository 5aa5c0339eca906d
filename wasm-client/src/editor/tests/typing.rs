//! Typing as the page reports it: carets, focus, lines, and the end of a text.

use super::*;

/// Takes in what the field holds, the selection from one place to another.
fn field(editor: &mut Editor, value: &str, anchor: u32, head: u32) {
    editor.text(&TextInput {
        value: value.into(),
        selection_anchor: anchor,
        selection_head: head,
        composing: false,
        pointed: false,
    });
}

/// What the page is told of the field.
fn told(editor: &mut Editor) -> crate::boundary::TextField {
    let events = editor.drain().events.into_iter();
    let mut fields = events.filter_map(|event| match event {
        UiEvent::EditText { field } => field,
        _ => None,
    });
    fields.next_back().expect("a field")
}

fn caret_on_screen(editor: &Editor) -> kurbo::Point {
    let text = editor
        .document
        .text(editor.writing.typing.as_ref().unwrap().element());
    let layout = board::text_layout::layout(&text, only(editor).style.font_size);
    let caret = layout.caret(&text, editor.writing.typing.as_ref().unwrap().caret());
    editor
        .sight
        .camera
        .screen(only(editor).geometry.rect().origin() + caret.to_vec2())
        .0
}

#[test]
fn the_view_follows_a_caret_that_leaves_it() {
    let mut a = editor("a");
    draw(&mut a, "text", (700.0, 300.0), (700.0, 300.0));
    let long = "A sentence that goes on and on, far beyond the edge of the window.";
    for end in 1..=long.len() {
        field(&mut a, &long[..end], end as u32, end as u32);
        let caret = caret_on_screen(&a);
        assert!((0.0..800.0).contains(&caret.x), "{end}: {caret}");
    }
    assert!(a.sight.camera.view().x0 > 300.0);
    field(&mut a, long, 0, 0);
    assert!((0.0..800.0).contains(&caret_on_screen(&a).x), "Home");
    let tall = "\n".repeat(40);
    field(&mut a, &tall, 40, 40);
    assert!((0.0..600.0).contains(&caret_on_screen(&a).y), "downwards");
    a.uncovered(0.0, 0.0, 800.0, 320.0, 0.0);
    assert!((0.0..320.0).contains(&caret_on_screen(&a).y), "a keyboard");
    a.resize(400.0, 300.0, 1.0);
    assert!((0.0..300.0).contains(&caret_on_screen(&a).y), "turned");
}

#[test]
fn the_view_stays_while_the_caret_is_seen() {
    let mut a = editor("a");
    begin_text(&mut a, "short");
    let before = a.sight.camera;
    for caret in [0, 5, 2] {
        field(&mut a, "short", caret, caret);
    }
    assert_eq!(a.sight.camera, before);
    a.act("endText");
    a.sight.camera.pan(kurbo::Vec2::new(-90.0, -90.0));
    let before = a.sight.camera;
    double_click(&mut a, 15.0, 15.0);
    assert!(a.writing.typing.is_some());
    assert_eq!(a.sight.camera, before, "nor by opening a text");
}

#[test]
fn the_view_stays_where_one_points_and_follows_a_selection_out_of_the_window() {
    let mut a = editor("a");
    let long = "word ".repeat(60);
    begin_text(&mut a, &long);
    field(&mut a, &long, 0, 0);
    let point = |a: &mut Editor, head: u32| {
        a.text(&TextInput {
            value: long.clone(),
            selection_anchor: 0,
            selection_head: head,
            composing: false,
            pointed: true,
        });
    };
    let width = |a: &Editor, head: u32| {
        let layout = board::text_layout::layout(&long, only(a).style.font_size);
        layout.caret(&long, head).x + only(a).geometry.x - a.sight.camera.view().x0
    };
    let edge = (0..300).rfind(|head| width(&a, *head) < 799.0).unwrap();
    let before = a.sight.camera;
    point(&mut a, edge);
    assert_eq!(a.sight.camera, before, "the last letter in the window");
    point(&mut a, edge + 1);
    assert!(a.sight.camera.view().x0 > before.view().x0, "beyond it");
}

#[test]
fn a_selection_made_backwards_stays_so_when_somebody_else_types() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    begin_text(&mut a, "one two three");
    exchange(&mut a, &mut b);
    field(&mut a, "one two three", 7, 4);
    double_click(&mut b, 105.0, 100.0);
    field(&mut b, ">> one two three", 3, 3);
    exchange(&mut a, &mut b);
    let told = told(&mut a);
    assert_eq!((told.selection_anchor, told.selection_head), (10, 7));
}

#[test]
fn what_is_deleted_while_one_types_in_it_comes_back_by_the_first_undo() {
    for action in ["delete", "cut"] {
        let mut a = editor("a");
        begin_text(&mut a, "a long list");
        a.drain();
        a.act(action);
        let notices = a.drain().events;
        let blames = notices
            .iter()
            .any(|event| matches!(event, UiEvent::Notice { .. }));
        assert!(a.scene().is_empty() && !blames);
        a.act("undo");
        assert_eq!(only(&a).text(), Some("a long list"));
    }
}

#[test]
fn a_text_that_lost_the_keyboard_is_kept_and_the_rest_of_the_word_is_no_shortcut() {
    let mut a = editor("a");
    begin_text(&mut a, "a long list");
    a.leave_text();
    for letter in ["r", "Backspace", "Delete", "Enter", "e"] {
        press(&mut a, letter);
    }
    assert!(a.writing.typing.is_none());
    assert_eq!(only(&a).text(), Some("a long list"));
    assert_eq!(a.gesture.tool.name(), ToolName::Select);
    a.tick(5000.0);
    press(&mut a, "r");
    assert_eq!(
        a.gesture.tool.name(),
        ToolName::Rectangle,
        "after a pause it is one"
    );
    begin_text(&mut a, "another");
    a.leave_text();
    draw(&mut a, "select", (600.0, 500.0), (600.0, 500.0));
    press(&mut a, "r");
    assert_eq!(
        a.gesture.tool.name(),
        ToolName::Rectangle,
        "or after a press on the board"
    );
}

#[test]
fn undo_after_somebody_deleted_what_one_typed_does_something_that_shows() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (300.0, 300.0), (400.0, 400.0));
    begin_text(&mut b, "theirs");
    b.act("endText");
    exchange(&mut a, &mut b);
    double_click(&mut a, 105.0, 100.0);
    type_text(&mut a, "theirs and mine");
    exchange(&mut a, &mut b);
    b.act("delete");
    exchange(&mut a, &mut b);
    a.act("undo");
    assert!(a.scene().is_empty(), "the rectangle goes");
}

#[test]
fn tab_moves_lines_and_undo_moves_them_back() {
    let mut a = editor("a");
    begin_text(&mut a, "a long list\nof two");
    field(&mut a, "a long list\nof two", 3, 14);
    a.act("indent");
    assert_eq!(only(&a).text(), Some("    a long list\n    of two"));
    let told = told(&mut a);
    assert_eq!((told.selection_anchor, told.selection_head), (7, 22));
    a.act("outdent");
    a.act("outdent");
    assert_eq!(only(&a).text(), Some("a long list\nof two"));
}

#[test]
fn tab_leaves_the_carets_and_the_undo_of_others_alone() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    begin_text(&mut a, "one\ntwo");
    exchange(&mut a, &mut b);
    double_click(&mut b, 105.0, 100.0);
    field(&mut b, "one\ntwo three", 13, 13);
    exchange(&mut a, &mut b);
    field(&mut a, "one\ntwo three", 0, 13);
    a.act("indent");
    exchange(&mut a, &mut b);
    assert_eq!(told(&mut b).selection_head, 21);
    b.act("undo");
    assert_eq!(only(&b).text(), Some("    one\n    two"));
}

#[test]
fn tab_moves_a_thousand_lines_as_one_change() {
    let mut a = editor("a");
    let text = vec!["a line of words"; 1000].join("\n");
    begin_text(&mut a, &text);
    a.drain();
    field(&mut a, &text, 0, text.len() as u32);
    a.act("indent");
    let updates = a.drain().updates;
    assert_eq!(updates.len(), 1);
    assert!(updates[0].len() < 40_000, "{} bytes", updates[0].len());
    a.act("outdent");
    assert_eq!(only(&a).text(), Some(text.as_str()));
}

#[test]
fn tab_leaves_the_line_alone_before_which_a_selection_ends() {
    for (anchor, head) in [(0, 8), (8, 0)] {
        let mut a = editor("a");
        begin_text(&mut a, "one\ntwo\nthree");
        field(&mut a, "one\ntwo\nthree", anchor, head);
        a.act("indent");
        assert_eq!(only(&a).text(), Some("    one\n    two\nthree"));
    }
}

#[test]
fn undo_and_redo_bring_the_caret_back_into_view() {
    let mut a = editor("a");
    begin_text(&mut a, "top");
    a.tick(10_000.0);
    let tall = format!("top{}end", "\n".repeat(59));
    let end = tall.len() as u32;
    field(&mut a, &tall, end, end);
    a.tick(20_000.0);
    field(&mut a, &format!("{tall}!"), end + 1, end + 1);
    for action in ["undo", "redo"] {
        let value = told(&mut a).value;
        field(&mut a, &value, 0, 0);
        a.act(action);
        let caret = caret_on_screen(&a);
        assert!((0.0..600.0).contains(&caret.y), "{caret}");
    }
}

#[test]
fn a_drag_with_the_text_tool_says_how_long_lines_are_and_a_small_one_is_a_click() {
    let mut a = editor("a");
    draw(&mut a, "text", (300.0, 200.0), (500.0, 260.0));
    type_text(&mut a, "far more words than there is room for in one line");
    press(&mut a, "Escape");
    let text = only(&a);
    assert_eq!(text.style.details.wrap, Some(200.0));
    assert_eq!((text.geometry.x, text.geometry.y), (300.0, 200.0));
    assert!(text.frame().h > 2.0 * text.style.font_size);
    a.act("undo");
    draw(&mut a, "text", (300.0, 200.0), (308.0, 202.0));
    type_text(&mut a, "as long as it is written");
    press(&mut a, "Escape");
    assert_eq!(only(&a).style.details.wrap, None);
}
