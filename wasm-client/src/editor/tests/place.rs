//! Size, place and turn: by handles with Shift and Alt, and by numbers.

use super::*;
use crate::boundary::PlaceShown;

const SHIFT: f64 = 1.0;
const ALT: f64 = 2.0;

fn shown(editor: &mut Editor) -> Option<PlaceShown> {
    let mut told = editor
        .drain()
        .events
        .into_iter()
        .filter_map(|event| match event {
            UiEvent::Place { place } => Some(place),
            _ => None,
        });
    told.next_back()?
}

fn pull(editor: &mut Editor, from: (f64, f64), to: (f64, f64), held: f64) {
    pointer(editor, 0.0, from.0, from.1, held);
    pointer(editor, 1.0, to.0, to.1, held);
    pointer(editor, 2.0, to.0, to.1, held);
}

/// A rectangle of 200 by 100 whose sides on the screen are at 300, 500 and 200, 300.
fn with_rectangle() -> Editor {
    let mut editor = editor("a");
    draw(&mut editor, "rectangle", (300.0, 200.0), (500.0, 300.0));
    editor
}

fn sides(editor: &Editor) -> (f64, f64, f64, f64) {
    let rect = only(editor).geometry.rect();
    let corner = editor.camera().screen(rect.origin()).0;
    (corner.x, corner.y, rect.width(), rect.height())
}

#[test]
fn shift_keeps_proportions_at_sides_and_corners_and_alt_the_centre() {
    let right = (504.0, 250.0);
    let cases = [
        (right, (604.0, 250.0), 0.0, (300.0, 200.0, 300.0, 100.0)),
        (right, (604.0, 250.0), SHIFT, (300.0, 175.0, 300.0, 150.0)),
        (right, (554.0, 250.0), ALT, (250.0, 200.0, 300.0, 100.0)),
        (
            right,
            (554.0, 250.0),
            SHIFT + ALT,
            (250.0, 175.0, 300.0, 150.0),
        ),
        (
            (504.0, 304.0),
            (704.0, 334.0),
            SHIFT,
            (300.0, 200.0, 400.0, 200.0),
        ),
        (
            (504.0, 304.0),
            (554.0, 314.0),
            ALT,
            (250.0, 190.0, 300.0, 120.0),
        ),
    ];
    for (from, to, held, after) in cases {
        let mut editor = with_rectangle();
        pull(&mut editor, from, to, held);
        assert_eq!(sides(&editor), after, "{from:?} to {to:?}");
    }
}

#[test]
fn with_shift_a_turn_goes_by_fifteen_degrees() {
    let mut editor = with_rectangle();
    pull(&mut editor, (400.0, 174.0), (480.0, 180.0), SHIFT);
    let degrees = only(&editor).geometry.angle.to_degrees();
    assert!((degrees / 15.0 - 3.0).abs() < 1e-4, "{degrees}");
}

#[test]
fn numbers_say_where_it_is_and_change_it_one_step_each() {
    let mut editor = with_rectangle();
    let place = shown(&mut editor).unwrap();
    assert_eq!(
        (place.w, place.h, place.angle),
        (Some(200.0), Some(100.0), Some(0.0))
    );
    for (field, value) in [("angle", 90.0), ("w", 300.0), ("x", 1000.0), ("y", -50.0)] {
        editor.set_place(field, value);
    }
    let turned = PlaceShown {
        x: 1000.0,
        y: -50.0,
        w: Some(300.0),
        h: Some(100.0),
        angle: Some(90.0),
    };
    assert_eq!(shown(&mut editor), Some(turned));
    for _ in 0..4 {
        editor.act("undo");
    }
    assert_eq!(shown(&mut editor), Some(place));
}

#[test]
fn several_have_one_place_and_a_text_no_size_to_type() {
    let mut editor = with_rectangle();
    draw(&mut editor, "ellipse", (600.0, 200.0), (700.0, 300.0));
    editor.act("selectAll");
    let before = shown(&mut editor).unwrap();
    assert_eq!(
        (before.w, before.h, before.angle),
        (Some(400.0), Some(100.0), None)
    );
    editor.set_place("w", 800.0);
    assert_eq!(shown(&mut editor).unwrap().w, Some(800.0));

    let mut editor = super::editor("b");
    begin_text(&mut editor, "words");
    let place = shown(&mut editor).unwrap();
    assert_eq!((place.w, place.h), (None, None));
}
