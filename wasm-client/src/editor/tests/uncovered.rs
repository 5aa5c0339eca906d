//! What is selected comes out from under a sheet or a keyboard, and the view goes back.

use kurbo::{Rect, Vec2};

use super::*;

/// Something to be covered, and what bars at the top leave free.
fn with_box(from: (f64, f64), to: (f64, f64)) -> Editor {
    let mut a = editor("a");
    draw(&mut a, "rectangle", from, to);
    a.leave_free(0.0, 60.0, 800.0, 600.0);
    a
}

/// A sheet comes, from a corner to the lower right; at the lower right corner it goes.
fn sheet(a: &mut Editor, left: f64, top: f64) {
    a.uncovered(0.0, 0.0, 800.0, top, left);
}

/// Where it stands on the screen.
fn seen(a: &Editor) -> Rect {
    let bounds = a.scene.bounds_of(&a.chosen.selection).unwrap();
    a.sight.camera.transform().transform_rect_bbox(bounds)
}

#[test]
fn what_a_sheet_covers_comes_up_no_farther_than_it_must_and_goes_back() {
    let mut a = with_box((300.0, 400.0), (400.0, 500.0));
    let before = seen(&a);
    sheet(&mut a, 0.0, 450.0);
    assert!((420.0..450.0).contains(&seen(&a).y1), "{}", seen(&a));
    assert_eq!(seen(&a).x0, before.x0);
    sheet(&mut a, 0.0, 300.0);
    assert!((270.0..300.0).contains(&seen(&a).y1), "a larger sheet");
    sheet(&mut a, 0.0, 600.0);
    assert_eq!(seen(&a), before);
}

#[test]
fn what_no_sheet_covers_stays() {
    let mut a = with_box((300.0, 400.0), (400.0, 500.0));
    let before = a.sight.camera.offset();
    sheet(&mut a, 420.0, 100.0);
    assert_eq!(a.sight.camera.offset(), before, "beside");
    sheet(&mut a, 0.0, 520.0);
    assert_eq!(a.sight.camera.offset(), before, "below");
}

#[test]
fn it_comes_under_no_bar_but_beside_the_sheet_or_as_far_as_it_can() {
    let mut a = with_box((500.0, 300.0), (600.0, 500.0));
    let before = seen(&a);
    sheet(&mut a, 400.0, 200.0);
    assert!((370.0..400.0).contains(&seen(&a).x1), "{}", seen(&a));
    assert_eq!(seen(&a).y0, before.y0);
    sheet(&mut a, 50.0, 200.0);
    assert!((60.0..80.0).contains(&seen(&a).y0), "{}", seen(&a));
    assert_eq!(seen(&a).x0, before.x0);
}

#[test]
fn the_handle_for_turning_stays_inside_where_there_is_room() {
    let mut a = with_box((300.0, 400.0), (400.0, 500.0));
    sheet(&mut a, 0.0, 230.0);
    assert!(seen(&a).y0 > 60.0 + 26.0, "{}", seen(&a));
    sheet(&mut a, 0.0, 190.0);
    assert!((60.0..86.0).contains(&seen(&a).y0), "no room: {}", seen(&a));
}

#[test]
fn a_view_that_was_moved_meanwhile_or_is_drawn_on_stays() {
    let mut a = with_box((300.0, 400.0), (400.0, 500.0));
    sheet(&mut a, 0.0, 450.0);
    a.sight.camera.pan(Vec2::new(0.0, 30.0));
    let moved = a.sight.camera.offset();
    sheet(&mut a, 0.0, 600.0);
    assert_eq!(a.sight.camera.offset(), moved);

    let mut a = with_box((300.0, 400.0), (400.0, 500.0));
    sheet(&mut a, 0.0, 450.0);
    let shown = a.sight.camera.offset();
    a.act("pen");
    pointer(&mut a, 0.0, 100.0, 100.0, 128.0);
    sheet(&mut a, 0.0, 600.0);
    assert_eq!(a.sight.camera.offset(), shown);
}
