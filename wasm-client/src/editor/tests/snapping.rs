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

/// The left side of a new box that was dragged until that is at a place on the screen.
fn dragged_to(editor: &mut Editor, x: f64) -> f64 {
    press(editor, "Escape");
    draw(editor, "rectangle", (300.0, 471.0), (351.0, 557.0));
    drag(editor, (300.0, 500.0), (x, 500.0));
    let left = topmost(editor)[0];
    editor.act("delete");
    left
}

#[test]
fn what_is_locked_is_not_snapped_to_nor_what_is_in_a_locked_group() {
    let mut editor = snapping(true, 0.0);
    assert_eq!(dragged_to(&mut editor, 203.0), 200.0);
    editor.act("selectAll");
    editor.act("lock");
    assert_eq!(dragged_to(&mut editor, 203.0), 203.0);

    let mut editor = snapping(true, 0.0);
    draw(&mut editor, "ellipse", (100.0, 220.0), (200.0, 260.0));
    editor.act("selectAll");
    editor.act("group");
    assert_eq!(dragged_to(&mut editor, 203.0), 200.0);
    editor.act("selectAll");
    editor.act("lock");
    assert_eq!(dragged_to(&mut editor, 203.0), 203.0);
}

#[test]
fn of_what_a_frame_clips_only_what_it_shows_is_snapped_to() {
    let mut editor = editor("a");
    draw(&mut editor, "frame", (100.0, 100.0), (200.0, 200.0));
    press(&mut editor, "Escape");
    // Drawn in it, and so a member.
    draw(&mut editor, "rectangle", (130.0, 150.0), (263.0, 190.0));
    editor.set_snap(true, 0.0);
    assert_eq!(dragged_to(&mut editor, 133.0), 130.0, "what is shown");
    assert_eq!(dragged_to(&mut editor, 203.0), 200.0, "the frame");
    assert_eq!(dragged_to(&mut editor, 260.0), 260.0, "what is not");
}

#[test]
fn an_arrow_that_follows_what_is_dragged_is_not_snapped_to() {
    let mut editor = snapping(false, 0.0);
    draw(&mut editor, "rectangle", (300.0, 300.0), (360.0, 380.0));
    draw(&mut editor, "arrow", (330.0, 380.0), (407.0, 560.0));
    press(&mut editor, "Escape");
    editor.set_snap(true, 0.0);
    // The right side comes near to where the arrow ends.
    drag(&mut editor, (300.0, 340.0), (345.0, 340.0));
    let held = editor.scene().in_order()[1].element().geometry.rect();
    assert_eq!(held.x0 - held.x0.floor(), 0.0);
    assert_eq!(editor.camera().screen(held.origin()).0.x, 345.0);
}

const SHIFT: f64 = 1.0;
const ALT: f64 = 2.0;

/// A drag with keys held.
fn drag_with(editor: &mut Editor, from: (f64, f64), to: (f64, f64), held: f64) {
    pointer(editor, 0.0, from.0, from.1, 0.0);
    pointer(
        editor,
        1.0,
        (from.0 + to.0) / 2.0,
        (from.1 + to.1) / 2.0,
        held,
    );
    pointer(editor, 1.0, to.0, to.1, held);
    pointer(editor, 2.0, to.0, to.1, held);
}

#[test]
fn what_keeps_its_proportions_snaps_by_the_nearer_axis_and_the_other_follows() {
    // Drawn with Shift: the lower edge is nearer to 200 than the right one to anything.
    let mut editor = snapping(true, 0.0);
    editor.act("rectangle");
    drag_with(&mut editor, (300.0, 120.0), (383.0, 190.0), SHIFT);
    assert_eq!(topmost(&editor), [300.0, 120.0, 380.0, 200.0], "drawn");
    // From the centre both ends go, and by as much.
    editor.act("ellipse");
    drag_with(&mut editor, (500.0, 160.0), (538.0, 180.0), SHIFT + ALT);
    assert_eq!(
        topmost(&editor),
        [460.0, 120.0, 540.0, 200.0],
        "about its centre"
    );

    let mut editor = snapping(true, 0.0);
    draw(&mut editor, "note", (300.0, 120.0), (383.0, 150.0));
    assert_eq!(topmost(&editor), [300.0, 120.0, 380.0, 200.0], "a note");
    press(&mut editor, "Escape");
    draw(&mut editor, "rectangle", (300.0, 300.0), (380.0, 340.0));
    // By its corner, from 80 × 40: the left side of the first is at 100.
    drag_with(&mut editor, (296.0, 344.0), (98.0, 400.0), SHIFT);
    assert_eq!(topmost(&editor), [100.0, 300.0, 380.0, 440.0], "resized");
}

#[test]
fn pictures_and_texts_snap_by_their_corners_sides_and_crops() {
    let mut editor = snapping(true, 0.0);
    let hash = board::file::FileHash::of(b"a picture");
    assert!(editor.insert_image(hash, kurbo::Size::new(400.0, 200.0), None, (0, 1)));
    assert_eq!(topmost(&editor), [200.0, 200.0, 600.0, 400.0]);
    // The upper left corner on the right side of the square would be wider by nothing: its middle it is.
    drag(&mut editor, (200.0, 200.0), (152.0, 185.0));
    assert_eq!(topmost(&editor), [150.0, 175.0, 600.0, 400.0], "a picture");
    double_click(&mut editor, 400.0, 300.0);
    drag(&mut editor, (150.0, 290.0), (197.0, 290.0));
    assert_eq!(topmost(&editor), [200.0, 175.0, 600.0, 400.0], "its crop");

    let mut editor = snapping(true, 0.0);
    editor.act("text");
    pointer(&mut editor, 0.0, 300.0, 300.0, 0.0);
    pointer(&mut editor, 2.0, 300.0, 300.0, 0.0);
    begin_text(&mut editor, "a few words");
    press(&mut editor, "Escape");
    let [left, top, right, bottom] = topmost(&editor);
    let side = (left - 4.0, (top + bottom) / 2.0);
    drag(&mut editor, side, (103.0 - 4.0, side.1));
    assert_eq!(topmost(&editor)[0], 100.0, "the side of a text");
    assert_eq!(topmost(&editor)[2], right);
}

#[test]
fn turned_by_a_quarter_snaps_as_it_stands_and_askew_by_its_box_and_only_when_moved() {
    let mut editor = snapping(true, 0.0);
    draw(&mut editor, "rectangle", (300.0, 300.0), (400.0, 340.0));
    let stands = |editor: &Editor| {
        let nodes = editor.scene().in_order();
        let rect = nodes.last().unwrap().element().frame().bounds();
        let rect = editor.camera().transform().transform_rect_bbox(rect);
        [rect.x0, rect.y0, rect.x1, rect.y1].map(f64::round)
    };
    editor.set_place("angle", 90.0);
    assert_eq!(stands(&editor), [330.0, 270.0, 370.0, 370.0]);
    drag(&mut editor, (326.0, 320.0), (199.0, 320.0));
    assert_eq!(stands(&editor), [200.0, 270.0, 370.0, 370.0], "a side");
    drag_with(&mut editor, (374.0, 266.0), (403.0, 199.0), 0.0);
    assert_eq!(stands(&editor), [200.0, 200.0, 399.0, 370.0], "a corner");
    editor.act("undo");
    editor.act("undo");
    editor.set_place("angle", 45.0);
    let [left, .., right, _] = stands(&editor);
    drag(&mut editor, (350.0, 320.0), (350.0 + 203.0 - left, 320.0));
    assert_eq!(stands(&editor)[0], 200.0, "askew, moved");
    let corner = topmost(&editor);
    assert!(right - left > 90.0 && corner[2] - corner[0] == 100.0);
}

#[test]
fn a_side_that_is_pulled_makes_gaps_equal_and_shows_it() {
    let mut editor = editor("a");
    for (from, to) in [(100.0, 150.0), (210.0, 260.0), (500.0, 550.0)] {
        draw(&mut editor, "rectangle", (from, 100.0), (to, 200.0));
    }
    draw(&mut editor, "rectangle", (320.0, 117.0), (400.0, 171.0));
    editor.set_snap(true, 0.0);
    // The gaps to its left are 60 wide, twice.
    drag(&mut editor, (404.0, 144.0), (446.0, 144.0));
    assert_eq!(topmost(&editor), [320.0, 117.0, 440.0, 171.0], "resized");
    editor.act("undo");
    editor.act("delete");
    draw(&mut editor, "rectangle", (320.0, 117.0), (442.0, 177.0));
    assert_eq!(topmost(&editor), [320.0, 117.0, 440.0, 177.0], "drawn");
}

#[test]
fn the_gap_on_the_other_side_counts_unless_it_changes_too() {
    let mut editor = editor("a");
    for (from, to) in [(210.0, 260.0), (500.0, 550.0)] {
        draw(&mut editor, "rectangle", (from, 100.0), (to, 200.0));
    }
    draw(&mut editor, "rectangle", (320.0, 117.0), (400.0, 171.0));
    editor.set_snap(true, 0.0);
    drag(&mut editor, (404.0, 144.0), (446.0, 144.0));
    assert_eq!(topmost(&editor), [320.0, 117.0, 440.0, 171.0]);
    editor.act("undo");
    drag_with(&mut editor, (404.0, 144.0), (446.0, 144.0), ALT);
    assert_eq!(topmost(&editor), [278.0, 117.0, 442.0, 171.0]);
}
