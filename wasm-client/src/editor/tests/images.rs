//! Pictures, as people put them on boards, and as others see them before their files are there.

use super::*;
use board::display::command::Command;
use board::file::FileHash;
use board::picture::{Media, Picture};
use kurbo::{Point, Size};

const PHOTO: Size = Size::new(4000.0, 3000.0);

fn hash() -> FileHash {
    FileHash::of(b"a picture")
}

fn picture() -> Picture {
    Picture {
        media: Media::Png,
        width: 4000,
        height: 3000,
    }
}

fn lacking(editor: &mut Editor) -> Vec<String> {
    let events = editor.drain().events.into_iter();
    let files = events.filter_map(|event| match event {
        UiEvent::Lacking { files } => Some(files),
        _ => None,
    });
    files.flatten().collect()
}

/// Hands on what one has said to another who has the same board.
fn hear(from: &mut Editor, to: &mut Editor) {
    for update in from.drain().updates {
        to.restore(&update, 0).unwrap();
    }
}

#[test]
fn a_picture_lies_where_it_was_dropped_and_fits_into_the_view() {
    let mut a = editor("a");
    let at = Point::new(300.0, 200.0);
    assert!(a.insert_image(hash(), PHOTO, Some(at), (0, 1)));
    let element = only(&a);
    let frame = element.frame();
    assert_eq!((frame.w, frame.h), (480.0, 360.0));
    assert_eq!(
        frame.rect().center(),
        a.camera().board(crate::camera::ScreenPoint(at))
    );
    assert_eq!(element.links.file.as_deref(), Some(&*hash().to_string()));
    assert_eq!(a.selection().len(), 1);
    assert_eq!(
        a.drain()
            .events
            .iter()
            .filter(|e| matches!(e, UiEvent::Files))
            .count(),
        0
    );
    a.act("undo");
    assert!(a.scene().is_empty());
    a.insert_image(hash(), Size::new(10.0, 20.0), None, (0, 1));
    let frame = only(&a).frame();
    assert_eq!(
        (frame.w, frame.h),
        (10.0, 20.0),
        "small ones are not blown up"
    );
}

#[test]
fn several_that_come_at_once_lie_in_rows_all_seen_and_all_selected() {
    let mut a = editor("a");
    for nth in 0..5 {
        a.insert_image(FileHash::of(&[nth]), PHOTO, None, (nth.into(), 5));
    }
    assert_eq!(a.selection().len(), 5);
    let boxes: Vec<_> = a
        .scene()
        .iter()
        .map(|node| node.element().frame().rect())
        .collect();
    for (i, one) in boxes.iter().enumerate() {
        assert!((one.width() / one.height() - 4.0 / 3.0).abs() < 1e-6);
        assert!(a.camera().view().union(*one) == a.camera().view());
        let apart = |other: &kurbo::Rect| one.intersect(*other).area() == 0.0;
        assert!(boxes.iter().skip(i + 1).all(apart));
    }
}

#[test]
fn others_have_its_place_at_once_and_its_file_when_that_is_named() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    a.insert_image(hash(), PHOTO, None, (0, 1));
    hear(&mut a, &mut b);
    assert!(!b.document().has_file(&hash()));
    let node = b.scene().in_order()[0].element().clone();
    let painted = node.paint(board::style::Theme::Light);
    assert!(
        painted
            .iter()
            .any(|c| matches!(c, Command::Image(_, _, which) if which == hash()))
    );
    b.drain();
    a.name_file(hash(), &picture(), 77);
    hear(&mut a, &mut b);
    assert!(b.document().has_file(&hash()));
    assert!(b.drain().events.contains(&UiEvent::Files));
    // Naming is nothing that is taken back, and nothing to be done twice.
    a.name_file(hash(), &picture(), 77);
    assert!(a.drain().updates.is_empty());
    a.act("undo");
    assert!(a.document().has_file(&hash()));
}

#[test]
fn a_copy_on_another_board_asks_for_its_file_and_on_its_own_it_does_not() {
    let mut a = editor("a");
    a.insert_image(hash(), PHOTO, None, (0, 1));
    a.act("duplicate");
    assert_eq!(lacking(&mut a), [""; 0], "whoever put it there brings it");
    a.act("selectAll");
    let copy = |a: &mut Editor, act| {
        a.act(act);
        let clip = a.drain().events.into_iter().find_map(|event| match event {
            UiEvent::Clipboard { text, html, files } => Some((text, html, files)),
            _ => None,
        });
        clip.unwrap()
    };
    let name = hash().to_string();
    for act in ["copy", "cut"] {
        let (text, html, files) = copy(&mut a, act);
        assert_eq!(files, [&name[..], &name], "what the page lets go along");
        let mut other = editor("other");
        other.paste(&text, &html);
        let shown = other
            .scene()
            .iter()
            .map(|node| node.element().links.file.clone());
        assert!(shown.into_iter().all(|file| file.as_deref() == Some(&name)));
        assert_eq!(lacking(&mut other), [&name[..], &name]);
        other.name_file(hash(), &picture(), 77);
        other.paste(&text, &html);
        assert_eq!(lacking(&mut other), [""; 0]);
    }
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    assert_eq!(copy(&mut a, "copy").2, [""; 0]);
}

#[test]
fn a_picture_keeps_its_proportions_unless_it_is_asked_not_to() {
    for (modifiers, keeps) in [(0.0, true), (1.0, false)] {
        let mut a = editor("a");
        a.insert_image(hash(), PHOTO, Some(Point::new(400.0, 300.0)), (0, 1));
        pointer(&mut a, 0.0, 644.0, 484.0, modifiers);
        pointer(&mut a, 1.0, 600.0, 500.0, modifiers);
        pointer(&mut a, 1.0, 544.0, 504.0, modifiers);
        pointer(&mut a, 2.0, 544.0, 504.0, modifiers);
        let frame = only(&a).frame();
        assert!(frame.w != 480.0, "{frame:?}");
        let kept = (frame.w / frame.h - 4.0 / 3.0).abs() < 1e-6;
        assert_eq!(kept, keeps, "{frame:?}");
    }
}
