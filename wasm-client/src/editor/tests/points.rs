//! Points of lines and arrows: made one by one, moved, added and removed.

use board::element::Element;
use board::fields::Value;
use board::style::StyleField;
use kurbo::Point;

use super::*;

fn click(editor: &mut Editor, x: f64, y: f64) {
    pointer(editor, 1.0, x, y, 0.0);
    pointer(editor, 0.0, x, y, 0.0);
    pointer(editor, 2.0, x, y, 0.0);
}

fn clicked(tool: &str, points: &[(f64, f64)]) -> Editor {
    let mut editor = editor("a");
    editor.act(tool);
    points.iter().for_each(|(x, y)| click(&mut editor, *x, *y));
    editor
}

const CORNERS: [(f64, f64); 3] = [(100.0, 300.0), (300.0, 100.0), (500.0, 300.0)];

/// The points of the only line on screen, as whole numbers: the camera has its origin in the middle.
fn points(editor: &Editor) -> Vec<(i64, i64)> {
    let element = only(editor);
    let place = |at: Point| editor.camera().screen(at).0;
    let points = element.vertices().into_iter().map(place);
    points
        .map(|at| (at.x.round() as i64, at.y.round() as i64))
        .collect()
}

fn whole(points: &[(f64, f64)]) -> Vec<(i64, i64)> {
    points.iter().map(|(x, y)| (*x as i64, *y as i64)).collect()
}

fn is_closed(element: &Element) -> bool {
    element.style.details.closed
}

#[test]
fn clicks_make_a_line_from_point_to_point_until_a_key_or_a_double_click_ends_it() {
    for end in ["Enter", "Escape", "twice", "tool"] {
        for tool in ["line", "arrow"] {
            let mut editor = clicked(tool, &CORNERS);
            assert!(editor.scene().is_empty(), "it is in the making");
            match end {
                "twice" => click(&mut editor, 500.0, 300.0),
                "tool" => assert!(editor.act("pen")),
                key => assert!(press(&mut editor, key)),
            }
            assert_eq!(points(&editor), whole(&CORNERS), "{tool}, {end}");
            assert_eq!(only(&editor).kind.name(), tool);
            editor.act("undo");
            assert!(editor.scene().is_empty(), "one step");
        }
    }
}

#[test]
fn a_click_on_the_first_point_closes_a_line_and_fills_it_with_what_is_chosen() {
    let mut editor = editor("a");
    let fill = Value::text("#ffec99");
    editor.restyle(StyleField::Fill, fill.clone(), true);
    editor.act("line");
    for (x, y) in CORNERS {
        click(&mut editor, x, y);
    }
    click(&mut editor, 102.0, 301.0);
    let line = only(&editor);
    assert!(is_closed(&line) && line.style.get(StyleField::Fill) == fill);
    assert_eq!(points(&editor), whole(&CORNERS));

    let mut open = clicked("line", &CORNERS);
    open.restyle(StyleField::Fill, fill, true);
    press(&mut open, "Enter");
    assert!(only(&open).style.fill.is_none(), "what is open has no fill");
}

#[test]
fn undo_and_backspace_take_back_the_points_that_are_placed_one_by_one() {
    let mut editor = clicked("line", &CORNERS);
    editor.act("undo");
    press(&mut editor, "Backspace");
    click(&mut editor, 200.0, 200.0);
    press(&mut editor, "Enter");
    assert_eq!(points(&editor), [(100, 300), (200, 200)]);
}

#[test]
fn a_second_finger_spares_the_points_that_are_placed() {
    let mut editor = clicked("line", &CORNERS);
    let finger = |editor: &mut Editor, kind: f64, id: f64, x: f64| {
        let further = if id > 7.0 { 64.0 } else { 0.0 };
        editor.input(&[kind, id, 2.0, x, 50.0, 0.0, 128.0 + further, 5000.0]);
    };
    finger(&mut editor, 0.0, 7.0, 50.0);
    finger(&mut editor, 0.0, 8.0, 90.0);
    finger(&mut editor, 2.0, 7.0, 50.0);
    finger(&mut editor, 2.0, 8.0, 90.0);
    press(&mut editor, "Enter");
    assert_eq!(only(&editor).vertices().len(), 3);
}

#[test]
fn enter_shows_a_lines_points_and_they_can_be_moved_added_and_removed() {
    let mut editor = clicked("line", &CORNERS);
    press(&mut editor, "Enter");
    press(&mut editor, "Enter");
    drag(&mut editor, (300.0, 100.0), (300.0, 150.0));
    assert_eq!(points(&editor), [(100, 300), (300, 150), (500, 300)]);
    drag(&mut editor, (400.0, 225.0), (450.0, 200.0));
    let four = [(100, 300), (300, 150), (450, 200), (500, 300)];
    assert_eq!(points(&editor), four);
    press(&mut editor, "Delete");
    assert_eq!(points(&editor), [(100, 300), (300, 150), (500, 300)]);
    editor.act("undo");
    assert_eq!(points(&editor), four);
    pointer(&mut editor, 0.0, 300.0, 150.0, 2.0);
    pointer(&mut editor, 2.0, 300.0, 150.0, 2.0);
    assert_eq!(points(&editor), [(100, 300), (450, 200), (500, 300)]);
    press(&mut editor, "Escape");
    drag(&mut editor, (450.0, 200.0), (460.0, 220.0));
    let moved = [(110, 320), (460, 220), (510, 320)];
    assert_eq!(
        points(&editor),
        moved,
        "without its points it moves as a whole"
    );
}

#[test]
fn an_end_dragged_onto_the_other_closes_the_line_in_one_step() {
    let mut square = CORNERS.to_vec();
    square.push((300.0, 400.0));
    let mut editor = clicked("line", &square);
    press(&mut editor, "Enter");
    editor.act("points");
    drag(&mut editor, (300.0, 400.0), (101.0, 302.0));
    assert!(is_closed(&only(&editor)));
    assert_eq!(points(&editor), whole(&CORNERS));
    editor.act("undo");
    assert!(!is_closed(&only(&editor)));
    assert_eq!(points(&editor), whole(&square));
}

#[test]
fn a_double_click_shows_the_points_of_a_line_and_with_ctrl_those_of_an_arrow() {
    for (tool, modifiers) in [("line", 0.0), ("arrow", 4.0)] {
        let mut editor = clicked(tool, &CORNERS);
        press(&mut editor, "Enter");
        press(&mut editor, "Escape");
        for kind in [0.0, 2.0, 0.0, 2.0, 5.0] {
            pointer(&mut editor, kind, 200.0, 200.0, modifiers);
        }
        drag(&mut editor, (500.0, 300.0), (550.0, 350.0));
        assert_eq!(points(&editor).last(), Some(&(550, 350)), "{tool}");
    }
}

#[test]
fn a_point_pulled_out_of_a_straight_line_makes_it_bend() {
    let mut editor = editor("a");
    draw(&mut editor, "line", (100.0, 300.0), (500.0, 300.0));
    drag(&mut editor, (300.0, 300.0), (300.0, 200.0));
    assert_eq!(points(&editor), [(100, 300), (300, 200), (500, 300)]);
}

#[test]
fn others_see_a_line_grow_before_it_is_there() {
    let (mut a, mut b) = (clicked("line", &CORNERS), editor("b"));
    a.connected(true);
    a.tick(1000.0);
    pointer(&mut a, 1.0, 600.0, 100.0, 0.0);
    overhear(a.drain().frames, &mut b);
    let shown = b
        .people
        .peers
        .doing()
        .find_map(|doing| doing.gesture.as_ref());
    let Some(crate::peers::Shown::Shape(line)) = shown else {
        panic!("nothing is seen");
    };
    assert_eq!(line.vertices().len(), 4);
}
