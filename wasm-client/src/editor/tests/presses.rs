//! What a press means where several things are near: edges of the selection, outlines, words that are locked.

use super::*;

/// The box of what was drawn first, in whole numbers.
fn first_box(editor: &Editor, kind: &str) -> (f64, f64, f64, f64) {
    let nodes = editor.scene().in_order();
    let node = nodes.iter().find(|node| node.element().kind.name() == kind);
    let frame = node.expect("it is there").element().frame().bounds();
    (
        frame.x0.round(),
        frame.y0.round(),
        frame.x1.round(),
        frame.y1.round(),
    )
}

fn cursor(editor: &mut Editor, x: f64, y: f64) -> &'static str {
    pointer(editor, 1.0, x, y, 0.0);
    editor.gesture.tool.cursor()
}

/// What a click selects.
fn clicked(editor: &mut Editor, x: f64, y: f64) -> Option<String> {
    press(editor, "Escape");
    pointer(editor, 0.0, x, y, 0.0);
    pointer(editor, 2.0, x, y, 0.0);
    let id = editor.chosen.selection.first()?;
    Some(editor.scene().get(id)?.element().kind.name().to_owned())
}

#[test]
fn a_selection_is_resized_by_all_of_its_edge() {
    for y in [125.0, 200.0, 290.0] {
        let mut a = editor("a");
        draw(&mut a, "rectangle", (100.0, 100.0), (400.0, 300.0));
        assert_eq!(cursor(&mut a, 404.0, y), "ew-resize");
        drag(&mut a, (404.0, y), (454.0, y + 20.0));
        assert_eq!(first_box(&a, "rectangle"), (100.0, 100.0, 450.0, 300.0));
        drag(&mut a, (450.0, y), (460.0, y));
        assert_eq!(first_box(&a, "rectangle").0, 110.0, "its outline moves it");
    }
}

#[test]
fn what_lies_on_the_edge_of_a_selection_can_still_be_taken_hold_of() {
    for (kind, from, to, at) in [
        ("arrow", (600.0, 200.0), (402.0, 200.0), (405.0, 200.0)),
        ("line", (350.0, 250.0), (500.0, 250.0), (404.0, 251.0)),
        ("ellipse", (390.0, 140.0), (420.0, 170.0), (405.0, 170.0)),
    ] {
        let mut a = editor("a");
        draw(&mut a, "rectangle", (100.0, 100.0), (400.0, 300.0));
        draw(&mut a, kind, from, to);
        assert_eq!(clicked(&mut a, 250.0, 100.0).as_deref(), Some("rectangle"));
        pointer(&mut a, 0.0, at.0, at.1, 0.0);
        pointer(&mut a, 2.0, at.0, at.1, 0.0);
        let id = a.chosen.selection.first().cloned().unwrap();
        assert_eq!(a.scene().get(&id).unwrap().element().kind.name(), kind);
    }
}

#[test]
fn a_large_thing_below_takes_no_edge_away() {
    let mut a = editor("a");
    a.restyle(StyleField::Fill, Value::text("#ffec99"), true);
    draw(&mut a, "rectangle", (50.0, 50.0), (700.0, 500.0));
    draw(&mut a, "ellipse", (100.0, 100.0), (400.0, 300.0));
    drag(&mut a, (404.0, 260.0), (454.0, 260.0));
    assert_eq!(first_box(&a, "ellipse"), (100.0, 100.0, 450.0, 300.0));
}

#[test]
fn of_what_is_near_the_nearest_is_meant() {
    for filled in [false, true] {
        let mut a = editor("a");
        draw(&mut a, "rectangle", (400.0, 200.0), (600.0, 400.0));
        if filled {
            a.restyle(StyleField::Fill, Value::text("#ffec99"), true);
        }
        // Its head ends just before the box, which it is above.
        draw(&mut a, "arrow", (100.0, 300.0), (395.0, 300.0));
        assert_eq!(clicked(&mut a, 400.0, 300.0).as_deref(), Some("rectangle"));
        assert_eq!(clicked(&mut a, 393.0, 300.0).as_deref(), Some("arrow"));
        // The topmost of two that are right there.
        draw(&mut a, "line", (400.0, 150.0), (400.0, 450.0));
        assert_eq!(clicked(&mut a, 400.0, 250.0).as_deref(), Some("line"));
        // A thin thing on what is filled is hit from as far as beside it.
        draw(&mut a, "line", (450.0, 250.0), (550.0, 250.0));
        assert_eq!(clicked(&mut a, 500.0, 254.0).as_deref(), Some("line"));
    }
}

#[test]
fn a_double_click_on_words_that_are_locked_writes_none_above_them() {
    for make in joining::WORDED {
        let mut a = editor("a");
        make(&mut a);
        type_text(&mut a, "some words");
        press(&mut a, "Escape");
        a.act("selectAll");
        a.act("lock");
        press(&mut a, "Escape");
        double_click(&mut a, 200.0, 150.0);
        assert!(a.writing.typing.is_none());
        // Beside them, and on what says nothing, there is room.
        double_click(&mut a, 600.0, 500.0);
        assert!(a.writing.typing.is_some());
    }
}

#[test]
fn enter_and_ctrl_enter_are_the_words_and_the_points_of_lines_and_of_arrows() {
    for (kind, by_enter) in [("line", false), ("arrow", true)] {
        for command in [false, true] {
            let mut a = editor("a");
            draw(&mut a, kind, (100.0, 100.0), (400.0, 300.0));
            let modifiers = Modifiers {
                command,
                ..Modifiers::default()
            };
            assert!(a.key("Enter", "", modifiers, false, Focus::Board));
            let types = a.writing.typing.is_some();
            assert_eq!(types, by_enter != command, "{kind}");
            assert_eq!(a.chosen.pointed.is_some(), !types, "{kind}");
        }
    }
}

#[test]
fn a_key_that_is_pressed_twice_keeps_no_tool_and_a_button_does() {
    let mut a = editor("a");
    for _ in 0..3 {
        press(&mut a, "r");
        assert!(!a.gesture.kept);
    }
    a.act("rectangle");
    assert!(a.gesture.kept);
    press(&mut a, "r");
    assert!(a.gesture.kept, "nor does it lose one that is kept");
    // In the middle of a line of many points it is no slip that costs anything.
    let mut a = editor("a");
    a.act("line");
    drag(&mut a, (100.0, 100.0), (100.0, 100.0));
    drag(&mut a, (200.0, 100.0), (200.0, 100.0));
    press(&mut a, "l");
    drag(&mut a, (200.0, 200.0), (200.0, 200.0));
    press(&mut a, "Enter");
    assert_eq!(only(&a).vertices().len(), 3);
    assert!(!a.gesture.kept);
}
