//! The crop of a picture by hand and by keys, its reset, and another picture in its place.

use board::element::Element;
use board::file::FileHash;
use board::geometry::Geometry;
use board::picture::{Media, Picture};
use kurbo::{Point, Rect, Size};

use super::*;

const PIXELS: Size = Size::new(400.0, 300.0);

/// Somebody with a picture of 400 × 300 in the middle of the screen: from (200, 150) to (600, 450).
fn with_picture() -> Editor {
    let mut editor = editor("a");
    assert!(editor.insert_image(FileHash::of(b"a picture"), PIXELS, None, (0, 1)));
    editor
}

fn frame_on_screen(editor: &Editor) -> Rect {
    let rect = only(editor).frame().rect();
    let corner = |at: Point| editor.camera().screen(at).0;
    Rect::from_points(corner(rect.origin()), corner(Point::new(rect.x1, rect.y1))).round()
}

fn crop(editor: &Editor) -> Option<Rect> {
    let exact = only(editor).style.details.crop;
    let round = |at: f64| (at * 1000.0).round() / 1000.0;
    exact.map(|at| Rect::new(round(at.x0), round(at.y0), round(at.x1), round(at.y1)))
}

fn name(editor: &mut Editor, what: &[u8], width: u32, height: u32) -> FileHash {
    let (hash, media) = (FileHash::of(what), Media::Png);
    let picture = Picture {
        media,
        width,
        height,
    };
    editor.name_file(hash, &picture, 9);
    hash
}

fn applies(editor: &Editor, id: &str) -> bool {
    let action = crate::actions::Action::named(id).unwrap();
    (action.when)(editor)
}

/// Changes the only element as another editor's drag would.
fn turn(editor: &mut Editor, degrees: f64) {
    editor.set_place("angle", degrees);
}

#[test]
fn a_double_click_shows_the_crop_and_its_sides_are_pulled_without_moving_what_stays() {
    let mut a = with_picture();
    double_click(&mut a, 400.0, 300.0);
    drag(&mut a, (600.0, 300.0), (500.0, 310.0));
    assert_eq!(frame_on_screen(&a), Rect::new(200.0, 150.0, 500.0, 450.0));
    assert_eq!(crop(&a), Some(Rect::new(0.0, 0.0, 0.75, 1.0)));
    drag(&mut a, (200.0, 150.0), (300.0, 225.0));
    assert_eq!(frame_on_screen(&a), Rect::new(300.0, 225.0, 500.0, 450.0));
    assert_eq!(crop(&a), Some(Rect::new(0.25, 0.25, 0.75, 1.0)));
    // No further than the picture goes, and not turned over.
    drag(&mut a, (500.0, 340.0), (900.0, 340.0));
    assert_eq!(crop(&a), Some(Rect::new(0.25, 0.25, 1.0, 1.0)));
    drag(&mut a, (600.0, 340.0), (100.0, 340.0));
    assert_eq!(frame_on_screen(&a), Rect::new(300.0, 225.0, 324.0, 450.0));
    for _ in 0..4 {
        a.act("undo");
    }
    assert_eq!(crop(&a), None);
    assert_eq!(frame_on_screen(&a), Rect::new(200.0, 150.0, 600.0, 450.0));
    a.act("undo");
    assert!(a.scene().is_empty(), "each pull was one step");
}

#[test]
fn shift_keeps_the_ratio_and_alt_pulls_both_sides() {
    let mut a = with_picture();
    press(&mut a, "Enter");
    let pull = |editor: &mut Editor, to: (f64, f64), modifiers: f64| {
        pointer(editor, 0.0, 600.0, 450.0, modifiers);
        pointer(editor, 1.0, 590.0, 440.0, modifiers);
        pointer(editor, 1.0, to.0, to.1, modifiers);
        pointer(editor, 2.0, to.0, to.1, modifiers);
    };
    pull(&mut a, (500.0, 440.0), 1.0);
    let frame = frame_on_screen(&a);
    assert!(
        (frame.width() / frame.height() - 4.0 / 3.0).abs() < 0.02,
        "{frame:?}"
    );
    a.act("undo");
    pull(&mut a, (500.0, 400.0), 2.0);
    assert_eq!(frame_on_screen(&a), Rect::new(300.0, 200.0, 500.0, 400.0));
}

#[test]
fn a_drag_inside_and_arrow_keys_move_the_picture_under_its_frame() {
    let mut a = with_picture();
    press(&mut a, "Enter");
    drag(&mut a, (600.0, 450.0), (400.0, 300.0));
    let frame = frame_on_screen(&a);
    assert_eq!(crop(&a), Some(Rect::new(0.0, 0.0, 0.5, 0.5)));
    drag(&mut a, (300.0, 200.0), (260.0, 170.0));
    assert_eq!(crop(&a), Some(Rect::new(0.1, 0.1, 0.6, 0.6)));
    // What is cut away is as good a place to take hold of.
    drag(&mut a, (500.0, 400.0), (10.0, 10.0));
    assert_eq!(crop(&a), Some(Rect::new(0.5, 0.5, 1.0, 1.0)));
    press_right(&mut a, true, false);
    press_right(&mut a, true, true);
    assert_eq!(crop(&a), Some(Rect::new(0.45, 0.5, 0.95, 1.0)));
    assert_eq!(frame_on_screen(&a), frame, "the frame stays");
    a.act("undo");
    assert_eq!(crop(&a), Some(Rect::new(0.5, 0.5, 1.0, 1.0)));
    press(&mut a, "Escape");
    assert_eq!(a.selection().len(), 1);
    press_right(&mut a, true, false);
    assert!(
        frame_on_screen(&a).x0 > frame.x0,
        "it moves as a whole again"
    );
}

#[test]
fn what_is_turned_and_mirrored_is_cropped_as_it_is_seen() {
    let mut a = with_picture();
    a.act("flipAcross");
    turn(&mut a, 90.0);
    // On the screen it reaches from (250, 100) to (550, 500); its right side is at the foot.
    press(&mut a, "Enter");
    drag(&mut a, (400.0, 500.0), (400.0, 400.0));
    assert_eq!(
        crop(&a),
        Some(Rect::new(0.25, 0.0, 1.0, 1.0)),
        "mirrored: from its left"
    );
    let bounds = only(&a).frame().bounds();
    let center = a.camera().screen(bounds.center()).0;
    assert!(
        (center - Point::new(400.0, 250.0)).hypot() < 0.01,
        "{center:?}"
    );
    press_right(&mut a, false, false);
    assert_eq!(
        crop(&a),
        Some(Rect::new(0.25, 0.0, 1.0, 1.0)),
        "there is no more that way"
    );
    press(&mut a, "ArrowDown");
    assert_eq!(
        crop(&a),
        Some(Rect::new(0.25, 0.0, 1.0, 1.0)),
        "nor that way"
    );
    press(&mut a, "ArrowUp");
    let moved = only(&a).style.details.crop.unwrap();
    assert!((moved.x0 - 0.2475).abs() < 1e-6 && (moved.x1 - 0.9975).abs() < 1e-6);
}

#[test]
fn presses_beside_it_end_it_and_so_do_the_keys() {
    for end in ["Enter", "Escape", "beside", "cut away", "action"] {
        let mut a = with_picture();
        double_click(&mut a, 400.0, 300.0);
        drag(&mut a, (600.0, 450.0), (400.0, 300.0));
        let cropped = only(&a);
        match end {
            "beside" => drag(&mut a, (700.0, 50.0), (700.0, 50.0)),
            "cut away" => drag(&mut a, (550.0, 400.0), (550.0, 400.0)),
            "action" => assert!(a.act("crop")),
            key => assert!(press(&mut a, key)),
        }
        let pressed = matches!(end, "beside" | "cut away");
        assert_eq!(a.selection().is_empty(), pressed, "{end}");
        // A drag moves it now, frame and picture.
        drag(&mut a, (300.0, 200.0), (340.0, 230.0));
        let moved = only(&a);
        assert_eq!(moved.style, cropped.style, "{end}");
        assert!(moved.geometry.x > cropped.geometry.x + 30.0, "{end}");
    }
}

#[test]
fn a_locked_picture_is_not_cropped() {
    let mut a = with_picture();
    a.act("lock");
    assert!(!applies(&a, "crop") && !applies(&a, "replaceImage"));
    assert!(a.image_to_replace().is_none());
    press(&mut a, "Enter");
    drag(&mut a, (600.0, 300.0), (500.0, 300.0));
    assert_eq!(crop(&a), None);
}

#[test]
fn a_reset_brings_all_of_it_back_where_it_is_and_its_own_size_about_its_middle() {
    let mut a = with_picture();
    let whole = only(&a).geometry;
    press(&mut a, "Enter");
    assert!(!applies(&a, "resetCrop"));
    drag(&mut a, (600.0, 450.0), (400.0, 300.0));
    drag(&mut a, (300.0, 200.0), (260.0, 170.0));
    assert!(applies(&a, "resetCrop"));
    assert!(a.act("resetCrop") && crop(&a).is_none());
    let now = only(&a).geometry;
    let off = (now.w - whole.w).abs() + (now.h - whole.h).abs();
    assert!(
        off < 0.01 && (now.x - whole.x + 40.0).abs() < 0.01,
        "around what was shown"
    );
    a.act("undo");
    assert_eq!(crop(&a), Some(Rect::new(0.1, 0.1, 0.6, 0.6)));

    assert!(!applies(&a, "resetSize"), "nobody knows its size");
    name(&mut a, b"a picture", 400, 300);
    assert!(!applies(&a, "resetSize"), "it has its size");
    a.set_place("w", 77.0);
    assert!(applies(&a, "resetSize"));
    let center = only(&a).geometry.center();
    a.act("resetSize");
    let now = only(&a).geometry;
    let off = (now.w - 200.0).abs() + (now.h - 150.0).abs();
    assert!(off < 0.01, "of the part that is shown");
    assert!((now.center() - center).hypot() < 0.01);
}

#[test]
fn another_picture_takes_its_place_and_keeps_name_width_and_middle() {
    let mut a = with_picture();
    press(&mut a, "Enter");
    drag(&mut a, (600.0, 450.0), (400.0, 300.0));
    let before = only(&a);
    let id = a.image_to_replace().cloned().unwrap();
    let other = FileHash::of(b"another");
    assert!(a.replace_image(id.as_str(), other, Size::new(1000.0, 2000.0)));
    let after = only(&a);
    assert_eq!(after.id, before.id);
    assert_eq!(after.links.file.as_deref(), Some(&*other.to_string()));
    assert_eq!((after.geometry.w, after.geometry.h), (200.0, 400.0));
    assert_eq!(after.geometry.center(), before.geometry.center());
    assert_eq!(after.style.details.crop, None);
    a.act("undo");
    assert_eq!(only(&a), before, "one step");
    a.act("delete");
    assert!(
        !a.replace_image(id.as_str(), other, PIXELS),
        "it has gone meanwhile"
    );
}

/// Two who have one picture on the board.
fn two() -> (Editor, Editor) {
    let (mut a, mut b) = (with_picture(), editor("b"));
    name(&mut a, b"a picture", 400, 300);
    exchange(&mut a, &mut b);
    b.act("selectAll");
    (a, b)
}

/// Where it is and what is shown of it.
fn seen(element: &Element) -> (Geometry, Option<Rect>) {
    (element.geometry, element.style.details.crop)
}

#[test]
fn crop_against_replace_is_the_new_picture_in_one_of_both_frames() {
    for undone in [false, true] {
        let (mut a, mut b) = two();
        press(&mut a, "Enter");
        drag(&mut a, (600.0, 450.0), (400.0, 300.0));
        if undone {
            a.act("undo");
        }
        let id = b.image_to_replace().cloned().unwrap();
        b.replace_image(
            id.as_str(),
            FileHash::of(b"another"),
            Size::new(100.0, 200.0),
        );
        let (cropped, replaced) = (seen(&only(&a)), seen(&only(&b)));
        exchange(&mut a, &mut b);
        let met = only(&a);
        assert_eq!(met.links, only(&b).links);
        assert_eq!(
            met.links.file.as_deref(),
            Some(&*FileHash::of(b"another").to_string())
        );
        assert!([cropped, replaced].contains(&seen(&met)), "{met:?}");
    }
}

#[test]
fn crop_against_move_is_one_of_both_and_nothing_is_stretched() {
    let (mut a, mut b) = two();
    press(&mut a, "Enter");
    drag(&mut a, (600.0, 450.0), (400.0, 300.0));
    press_right(&mut b, true, false);
    let (cropped, moved) = (seen(&only(&a)), seen(&only(&b)));
    exchange(&mut a, &mut b);
    assert!([cropped, moved].contains(&seen(&only(&a))));
    a.act("undo");
    b.act("undo");
    exchange(&mut a, &mut b);
    let (Geometry { w, h, .. }, crop) = seen(&only(&a));
    let part = crop.unwrap_or(Rect::new(0.0, 0.0, 1.0, 1.0));
    assert!((w / part.width() - 400.0).abs() < 0.01 && (h / part.height() - 300.0).abs() < 0.01);
}

#[test]
fn a_picture_that_is_deleted_while_its_file_is_brought_has_it_after_undo() {
    let (mut a, mut b) = (with_picture(), editor("b"));
    exchange(&mut a, &mut b);
    b.act("selectAll");
    b.act("delete");
    let hash = name(&mut a, b"a picture", 400, 300);
    exchange(&mut a, &mut b);
    assert!(a.scene().is_empty());
    b.act("undo");
    exchange(&mut a, &mut b);
    assert!(a.document().has_file(&hash) && b.document().has_file(&hash));
    assert_eq!(only(&b).links.file.as_deref(), Some(&*hash.to_string()));
}

#[test]
fn a_replacement_that_meets_a_delete_stays_deleted_and_comes_back_as_the_new_one() {
    let (mut a, mut b) = two();
    let id = a.image_to_replace().cloned().unwrap();
    b.act("delete");
    a.replace_image(id.as_str(), FileHash::of(b"another"), PIXELS);
    exchange(&mut a, &mut b);
    assert!(a.scene().is_empty());
    b.act("undo");
    exchange(&mut a, &mut b);
    let file = only(&a).links.file.clone();
    assert_eq!(
        file.as_deref(),
        Some(&*FileHash::of(b"another").to_string())
    );
}
