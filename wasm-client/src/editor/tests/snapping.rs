//! Snapping in gestures: what is dragged, pulled and drawn.

use super::*;

const CTRL: f64 = 4.0;

fn snapping(objects: bool, grid: f64) -> Editor {
    let mut editor = editor("a");
    draw(&mut editor, "rectangle", (100.0, 100.0), (200.0, 200.0));
    editor.set_snap(objects, grid);
    press(&mut editor, "Escape");
    editor
}

/// Left, top, right and bottom of the topmost on the screen.
fn topmost(editor: &Editor) -> [f64; 4] {
    let nodes = editor.scene().in_order();
    let rect = nodes.last().unwrap().element().geometry.rect();
    let rect = editor.camera().transform().transform_rect_bbox(rect);
    [rect.x0, rect.y0, rect.x1, rect.y1].map(f64::round)
}

#[test]
fn what_is_drawn_moved_and_resized_snaps_to_what_is_there() {
    let mut editor = snapping(true, 0.0);
    draw(&mut editor, "rectangle", (300.0, 120.0), (403.0, 204.0));
    assert_eq!(topmost(&editor), [300.0, 120.0, 403.0, 200.0], "drawn");
    drag(&mut editor, (300.0, 170.0), (320.0, 153.0));
    assert_eq!(topmost(&editor), [320.0, 100.0, 423.0, 180.0], "moved");
    drag(&mut editor, (427.0, 184.0), (447.0, 202.0));
    assert_eq!(topmost(&editor), [320.0, 100.0, 443.0, 200.0], "resized");
}

#[test]
fn a_drag_shows_guides_until_it_ends_and_ctrl_suspends_it() {
    let mut editor = snapping(true, 0.0);
    draw(&mut editor, "rectangle", (300.0, 300.0), (350.0, 380.0));
    let at = |editor: &mut Editor, kind: f64, x: f64, held: f64| {
        pointer(editor, kind, x, 310.0, held);
    };
    at(&mut editor, 0.0, 300.0, 0.0);
    at(&mut editor, 1.0, 203.0, 0.0);
    at(&mut editor, 1.0, 204.0, CTRL);
    at(&mut editor, 2.0, 204.0, CTRL);
    assert_eq!(topmost(&editor)[0], 204.0);
    at(&mut editor, 0.0, 204.0, 0.0);
    at(&mut editor, 1.0, 150.0, 0.0);
    at(&mut editor, 1.0, 203.0, 0.0);
    let shown = editor.paint().overlay;
    at(&mut editor, 2.0, 203.0, 0.0);
    assert_eq!(topmost(&editor)[0], 200.0);
    assert_ne!(editor.paint().overlay, shown);
}

#[test]
fn on_the_grid_everything_begins_and_ends_on_its_lines() {
    let mut editor = snapping(false, 20.0);
    draw(&mut editor, "ellipse", (291.0, 293.0), (368.0, 355.0));
    assert_eq!(topmost(&editor), [300.0, 300.0, 360.0, 360.0]);
    draw(&mut editor, "arrow", (391.0, 293.0), (468.0, 355.0));
    assert_eq!(topmost(&editor), [400.0, 300.0, 460.0, 360.0]);
}

#[test]
fn many_in_view_cost_one_gathering() {
    let mut editor = snapping(true, 0.0);
    for _ in 0..9 {
        editor.act("selectAll");
        editor.act("duplicate");
    }
    assert_eq!(editor.scene().iter().count(), 512);
    press(&mut editor, "Escape");
    draw(&mut editor, "rectangle", (600.0, 450.0), (650.0, 503.0));
    assert!(topmost(&editor)[3] > 490.0);
}
