//! Legs of elbows, labels and bound arrows as hands take hold of them.

use super::*;
use board::id::ElementId;
use board::links::LinkField;
use kurbo::Point;

fn newest(editor: &Editor) -> ElementId {
    editor.selection().first().expect("it is selected").clone()
}

fn element(editor: &Editor, id: &ElementId) -> board::element::Element {
    let node = editor.scene().get(id).expect("it is there");
    node.element().clone()
}

fn holds(editor: &Editor, id: &ElementId) -> bool {
    let links = element(editor, id).links;
    links.start.is_some() && links.end.is_some()
}

/// Two squares of 100, at (100, 100) and (400, 300), and an arrow that joins them, selected. The camera
/// has its origin in the middle of the window, so that screen and board are a shift apart.
fn joined(route: &str) -> (Editor, [ElementId; 2], ElementId) {
    let mut editor = editor("a");
    draw(&mut editor, "rectangle", (100.0, 100.0), (200.0, 200.0));
    let left = newest(&editor);
    draw(&mut editor, "rectangle", (400.0, 300.0), (500.0, 400.0));
    let right = newest(&editor);
    draw(&mut editor, "arrow", (190.0, 150.0), (410.0, 350.0));
    let arrow = newest(&editor);
    editor.restyle(StyleField::Route, Value::text(route), true);
    assert!(holds(&editor, &arrow));
    (editor, [left, right], arrow)
}

fn bends(editor: &Editor, id: &ElementId) -> Vec<(i64, i64)> {
    let place = |at: Point| editor.camera().screen(at).0;
    let bends = element(editor, id).bends().into_iter().map(place);
    bends
        .map(|at| (at.x.round() as i64, at.y.round() as i64))
        .collect()
}

#[test]
fn a_leg_of_a_selected_elbow_is_moved_wherever_it_is_pressed_and_its_ends_hold_on() {
    let (mut a, [left, _], arrow) = joined("elbow");
    // In the way of the shorter ones.
    draw(&mut a, "rectangle", (380.0, 120.0), (520.0, 180.0));
    draw(&mut a, "rectangle", (80.0, 320.0), (180.0, 380.0));
    a.select(scene::selection_of([arrow.clone()]));
    let before = bends(&a, &arrow);
    assert_eq!(before.len(), 4, "{before:?}");
    let (x, low) = (before[1].0, before[2].1);
    // Beside its middle, and not quite on it.
    drag(
        &mut a,
        (x as f64 + 5.0, low as f64 - 30.0),
        (x as f64 + 45.0, low as f64 - 80.0),
    );
    assert!(holds(&a, &arrow));
    let moved: Vec<_> = before
        .iter()
        .map(|at| if at.0 == x { (x + 40, at.1) } else { *at })
        .collect();
    assert_eq!(bends(&a, &arrow), moved);
    // Once more: the same point keeps it.
    drag(
        &mut a,
        (x as f64 + 40.0, low as f64 - 60.0),
        (x as f64 - 20.0, low as f64 - 60.0),
    );
    assert_eq!(bends(&a, &arrow)[1].0, x - 20);
    assert_eq!(element(&a, &arrow).vertices().len(), 4);
    // It stays there when a target moves.
    a.select(scene::selection_of([left]));
    a.act("nudgeFarUp");
    assert_eq!(bends(&a, &arrow)[1].0, x - 20);
    a.act("undo");
    a.act("undo");
    assert_eq!(bends(&a, &arrow), moved, "one step each");
    a.act("undo");
    assert_eq!(bends(&a, &arrow), before);
}

#[test]
fn a_leg_that_comes_into_line_with_another_is_one_with_it() {
    let (mut a, _, arrow) = joined("elbow");
    let before = bends(&a, &arrow);
    let (x, y) = (before[0].0 as f64 + 20.0, before[0].1 as f64);
    drag(&mut a, (x, y), (x, y - 60.0));
    assert!(holds(&a, &arrow));
    assert!(bends(&a, &arrow).iter().any(|at| at.1 == before[0].1 - 60));
    drag(&mut a, (x + 120.0, y - 60.0), (x + 120.0, y - 4.0));
    assert_eq!(bends(&a, &arrow), before);
}

#[test]
fn a_free_end_goes_with_its_leg() {
    let mut a = editor("a");
    draw(&mut a, "arrow", (100.0, 100.0), (300.0, 200.0));
    let arrow = newest(&a);
    a.restyle(StyleField::Route, Value::text("elbow"), true);
    let before = bends(&a, &arrow);
    assert_eq!(before, [(100, 100), (300, 100), (300, 200)]);
    drag(&mut a, (200.0, 100.0), (200.0, 60.0));
    assert_eq!(bends(&a, &arrow), [(100, 60), (300, 60), (300, 200)]);
}

#[test]
fn with_a_key_or_before_it_is_selected_an_elbow_is_dragged_whole() {
    let (mut a, _, arrow) = joined("elbow");
    a.act("escape");
    let at = bends(&a, &arrow)[1];
    let at = (at.0 as f64, at.1 as f64 + 50.0);
    drag(&mut a, at, (at.0 + 30.0, at.1));
    assert!(!holds(&a, &arrow));
}

#[test]
fn near_its_middle_a_bound_arrow_bends_and_keeps_hold() {
    let (mut a, _, arrow) = joined("straight");
    // Eleven pixels beside the dot, as far as with others.
    drag(&mut a, (300.0, 239.0), (320.0, 200.0));
    assert!(holds(&a, &arrow));
    assert_eq!(element(&a, &arrow).vertices().len(), 3);
}

#[test]
fn the_label_of_a_bound_arrow_goes_along_it_selected_or_not() {
    for selected in [true, false] {
        let (mut a, _, arrow) = joined("straight");
        press(&mut a, "Enter");
        type_text(&mut a, "yes");
        a.act("endText");
        if !selected {
            a.act("escape");
        }
        let label = |a: &Editor| element(a, &arrow).place_of_label();
        let before = label(&a);
        let at = a.camera().screen(before).0;
        drag(&mut a, (at.x, at.y), (at.x + 40.0, at.y + 36.0));
        assert!(holds(&a, &arrow), "selected: {selected}");
        assert!((label(&a) - before).hypot() > 30.0);
        assert_eq!(a.selection().len(), 1);
        let link = element(&a, &arrow).links.get(LinkField::Start);
        assert_ne!(link, Value::Null);
    }
}

#[test]
fn a_labelled_shape_is_taken_hold_of_by_all_of_its_inside_but_for_what_is_smaller() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (300.0, 300.0), (340.0, 340.0));
    let small = newest(&a);
    draw(&mut a, "rectangle", (100.0, 100.0), (400.0, 400.0));
    let large = newest(&a);
    let inside = (130.0, 200.0);
    drag(&mut a, inside, inside);
    assert!(a.selection().is_empty(), "without words it is a ring");
    drag(&mut a, (100.0, 200.0), (100.0, 200.0));
    press(&mut a, "Enter");
    type_text(&mut a, "Steps");
    a.act("endText");
    a.act("escape");
    drag(&mut a, inside, (150.0, 200.0));
    assert_eq!(newest(&a), large);
    assert_eq!(
        a.camera()
            .screen(element(&a, &large).frame().rect().origin())
            .0
            .x
            .round(),
        120.0
    );
    a.act("escape");
    drag(&mut a, (300.0, 320.0), (300.0, 320.0));
    assert_eq!(newest(&a), small, "it would be lost under the other");
    press(&mut a, "Enter");
    type_text(&mut a, "a");
    a.act("endText");
    a.act("escape");
    drag(&mut a, (306.0, 334.0), (306.0, 334.0));
    assert_eq!(newest(&a), small, "its inside, too");
}

#[test]
fn what_comes_back_by_undo_or_redo_is_selected() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "ellipse", (300.0, 100.0), (400.0, 200.0));
    a.act("selectAll");
    let both = a.selection().clone();
    a.act("delete");
    assert!(a.selection().is_empty());
    a.act("undo");
    assert_eq!(*a.selection(), both);
    a.act("redo");
    a.act("undo");
    assert_eq!(*a.selection(), both);
    a.act("group");
    let group = a.selection().clone();
    a.act("delete");
    a.act("undo");
    assert_eq!(*a.selection(), group, "what is in it goes with it");
    a.act("delete");
    a.act("pen");
    a.act("undo");
    assert!(a.selection().is_empty(), "a pen has no use for it");
}
