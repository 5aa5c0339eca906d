//! Actions at their edges: what they must not do, and what must not get lost.

use super::*;
use board::limits::MAX_POINTS;

fn frames_of(editor: &mut Editor) -> usize {
    editor.drain().updates.len()
}

#[test]
fn bringing_to_front_what_is_in_front_is_no_step_of_undo() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "rectangle", (300.0, 100.0), (400.0, 200.0));
    frames_of(&mut a);
    a.act("bringToFront");
    a.act("bringForward");
    assert_eq!(frames_of(&mut a), 0);
    a.act("undo");
    assert_eq!(only(&a).kind.name(), "ellipse");
}

#[test]
fn no_paste_lands_on_the_one_before() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    let (text, html) = copied(&mut a);
    let mut far = editor("b");
    far.sight.camera.pan(kurbo::Vec2::new(-9000.0, 0.0));
    far.paste(&text, &html);
    far.paste(&text, &html);
    let mut places: Vec<_> = far
        .scene()
        .iter()
        .map(|node| node.element().geometry.x)
        .collect();
    places.dedup();
    assert_eq!(places.len(), 2);
    assert!(places.iter().all(|x| far.sight.camera.view().x0 < *x));
}

#[test]
fn pasting_many_texts_is_one_change() {
    let mut a = editor("a");
    for line in ["one", "two", "three"] {
        a.paste(line, "");
    }
    let (text, html) = copied(&mut a);
    frames_of(&mut a);
    a.paste(&text, &html);
    assert_eq!(frames_of(&mut a), 1);
    let known = a.scene().iter().filter_map(|node| node.element().text());
    assert_eq!(known.filter(|text| *text == "two").count(), 2);
}

#[test]
fn what_is_dropped_stands_where_it_was_dropped() {
    let mut a = editor("a");
    a.act("zoomIn");
    a.put(
        "Minutes\nhttps://example.org/",
        "",
        "",
        Some((300.0, 200.0).into()),
    );
    a.put(" \n", "", "", Some((500.0, 500.0).into()));
    let middle = only(&a).frame().rect().center();
    let dropped = a
        .sight
        .camera
        .board(crate::camera::ScreenPoint((300.0, 200.0).into()));
    assert!(middle.distance(dropped) < 1.0, "{middle:?}");
    assert_eq!(only(&a).text(), Some("Minutes\nhttps://example.org/"));
    assert_eq!(a.selection().len(), 1);
}

#[test]
fn a_double_click_with_a_shape_tool_makes_a_shape_and_opens_no_text() {
    let mut a = editor("a");
    a.act("rectangle");
    double_click(&mut a, 300.0, 300.0);
    assert!(a.writing.typing.is_none());
    assert_eq!(only(&a).kind.name(), "rectangle");
    double_click(&mut a, 600.0, 500.0);
    assert!(a.writing.typing.is_some(), "with the select tool it does");
}

#[test]
fn undo_gives_up_a_style_that_is_being_tried_out_and_nothing_else() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    widen(&mut a, 9.0, false);
    a.act("undo");
    assert!(a.chosen.trial.is_none());
    assert_eq!(only(&a).style.width, 2.0);
}

#[test]
fn a_stroke_too_long_for_one_element_goes_on_in_another() {
    let mut a = editor("a");
    a.act("pen");
    pointer(&mut a, 0.0, 0.0, 300.0, 0.0);
    // One batch, as from a page that was busy: the stroke is outlined once.
    let samples = (0..=MAX_POINTS as i32 + 1000).flat_map(|i| {
        let x = f64::from(i) * 3.0;
        [1.0, 1.0, 0.0, x, 300.0, 0.0, 128.0, f64::from(i)]
    });
    a.input(&samples.collect::<Vec<_>>());
    let end = f64::from(MAX_POINTS as i32 + 1000) * 3.0;
    pointer(&mut a, 2.0, end, 300.0, 0.0);
    let bounds: Vec<_> = a
        .scene()
        .in_order()
        .iter()
        .map(|node| node.bounds())
        .collect();
    let [first, second] = bounds.as_slice() else {
        panic!("two elements, not {}", bounds.len());
    };
    assert!(second.x0 < first.x1, "no gap between them");
    assert!(second.x1 > end - 1.0, "nothing is cut");
}

#[test]
fn a_key_in_the_middle_of_a_stroke_does_not_cost_it() {
    let mut a = editor("a");
    a.act("pen");
    pointer(&mut a, 0.0, 100.0, 100.0, 0.0);
    pointer(&mut a, 1.0, 200.0, 150.0, 0.0);
    a.act("rectangle");
    a.act("selectAll");
    pointer(&mut a, 1.0, 300.0, 200.0, 0.0);
    pointer(&mut a, 2.0, 300.0, 200.0, 0.0);
    assert!(matches!(only(&a).kind, Kind::Ink(_)));
    assert!(only(&a).bounds().x1 > 290.0);
}

#[test]
fn the_rest_of_a_word_whose_text_was_deleted_is_no_shortcut() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    begin_text(&mut a, "hello");
    exchange(&mut a, &mut b);
    b.act("selectAll");
    b.act("delete");
    exchange(&mut a, &mut b);
    let before = a.gesture.tool.name();
    for (letter, at) in [("e", 200.0), ("r", 1400.0), ("e", 2800.0)] {
        a.tick(at);
        press(&mut a, letter);
        assert_eq!(a.gesture.tool.name(), before, "{letter} at {at} ms");
    }
    a.tick(4400.0);
    press(&mut a, "e");
    assert_eq!(
        a.gesture.tool.name(),
        ToolName::Eraser,
        "after a pause it is"
    );
}

#[test]
fn fitting_an_empty_board_is_100_percent() {
    let mut a = editor("a");
    a.act("zoomOut");
    a.act("zoomToFit");
    assert_eq!(a.sight.camera.zoom(), 1.0);
}

#[test]
fn copies_of_copies_make_a_row_wherever_the_first_was_moved() {
    let places = |a: &Editor| -> Vec<(f64, f64)> {
        let nodes = a.scene().in_order().into_iter();
        let geometries = nodes.map(|node| node.element().geometry);
        geometries.map(|at| (at.x, at.y)).collect()
    };
    for held in [0.0, 2.0] {
        let mut a = editor("a");
        draw(&mut a, "rectangle", (100.0, 100.0), (160.0, 140.0));
        let from = if held > 0.0 {
            (118.0, 100.0)
        } else {
            a.act("duplicate");
            let at = places(&a)[1];
            (at.0 + 18.0, at.1)
        };
        pointer(&mut a, 0.0, from.0, from.1, held);
        pointer(&mut a, 1.0, 200.0, from.1 + 30.0, held);
        pointer(&mut a, 2.0, 200.0, from.1 + 30.0, held);
        a.act("duplicate");
        a.act("duplicate");
        let at = places(&a);
        assert_eq!(at.len(), 4);
        for pair in at.windows(2) {
            let by = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let first = (at[1].0 - at[0].0, at[1].1 - at[0].1);
            assert!(
                (by.0 - first.0).abs() + (by.1 - first.1).abs() < 1e-3,
                "{at:?}"
            );
        }
        a.act("undo");
        assert_eq!(places(&a).len(), 3, "each is one step");
        a.act("selectAll");
        a.act("duplicate");
        let near = (places(&a)[3].0 - at[0].0).abs();
        assert!(near < 30.0, "others are copied beside themselves: {near}");
    }
}

#[test]
fn a_look_is_copied_in_the_fields_that_both_have() {
    let mut a = editor("a");
    draw(&mut a, "arrow", (300.0, 300.0), (400.0, 300.0));
    draw(&mut a, "rectangle", (100.0, 100.0), (160.0, 140.0));
    assert!(!a.sampled());
    a.restyle(StyleField::Fill, Value::text("#a5d8ff"), true);
    a.restyle(StyleField::Dash, Value::text("dashed"), true);
    widen(&mut a, 8.0, true);
    a.act("copyStyle");
    a.act("selectAll");
    a.drain();
    a.act("pasteStyle");
    assert_eq!(a.drain().updates.len(), 1, "one step");
    for node in a.scene().iter() {
        let element = node.element();
        let birth = element.birth();
        let fill = birth.get(board::fields::Slot::Fill).as_text();
        assert_eq!(element.style.width, 8.0);
        assert_eq!(element.style.get(StyleField::Dash), Value::text("dashed"));
        assert_eq!(fill.is_some(), element.kind.name() == "rectangle");
    }
}

#[test]
fn a_menu_is_about_what_is_selected_there_else_what_lies_there_else_the_board() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "ellipse", (300.0, 100.0), (400.0, 200.0));
    let chosen = |a: &Editor| a.chosen.selection.len();
    assert!(a.point_out((100.0, 150.0).into(), false));
    assert_eq!(
        a.scene()
            .get(a.chosen.selection.first().unwrap())
            .unwrap()
            .element()
            .kind
            .name(),
        "rectangle"
    );
    a.act("selectAll");
    a.point_out((250.0, 150.0).into(), false);
    assert_eq!(chosen(&a), 2, "between what is selected");
    a.point_out((300.0, 150.0).into(), false);
    assert_eq!(chosen(&a), 2, "on one of them");
    a.point_out((600.0, 400.0).into(), false);
    assert_eq!(chosen(&a), 0, "beside everything");
    begin_text(&mut a, "typed");
    a.point_out((300.0, 150.0).into(), false);
    assert_eq!(
        (chosen(&a), a.scene().iter().count()),
        (1, 3),
        "what is typed is kept"
    );
}

#[test]
fn a_menu_stays_away_while_something_is_done_and_ends_a_press_that_rests() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    pointer(&mut a, 0.0, 100.0, 160.0, 0.0);
    pointer(&mut a, 1.0, 300.0, 160.0, 0.0);
    assert!(!a.point_out((300.0, 160.0).into(), false));
    pointer(&mut a, 2.0, 300.0, 160.0, 0.0);
    assert!(only(&a).geometry.x > 250.0, "the drag went on");
    let stood = only(&a).geometry;
    pointer(&mut a, 0.0, 300.0, 160.0, 0.0);
    assert!(a.point_out((300.0, 160.0).into(), true));
    pointer(&mut a, 1.0, 350.0, 160.0, 0.0);
    pointer(&mut a, 2.0, 350.0, 160.0, 0.0);
    assert_eq!(only(&a).geometry, stood, "what rested drags nothing");
}
