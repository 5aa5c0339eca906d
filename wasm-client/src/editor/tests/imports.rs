//! What files bring.

use super::*;
use board::fields::{Value, bytes};
use board::record::Record;
use kurbo::Point;

/// What a reader makes of a board with a frame, two shapes in it and an arrow between them.
fn brought() -> Vec<u8> {
    let mut a = editor("a");
    draw(&mut a, "frame", (50.0, 50.0), (450.0, 350.0));
    draw(&mut a, "rectangle", (100.0, 100.0), (150.0, 150.0));
    draw(&mut a, "rectangle", (300.0, 100.0), (350.0, 150.0));
    draw(&mut a, "arrow", (140.0, 125.0), (310.0, 125.0));
    let nodes = a.scene().in_order().into_iter();
    let records = nodes.map(|node| Record::of(node.stored()).value());
    bytes::encode(&Value::List(records.collect()))
}

#[test]
fn what_a_file_brings_is_one_step_and_holds_together() {
    let mut b = editor("b");
    draw(&mut b, "ellipse", (600.0, 600.0), (700.0, 700.0));
    assert_eq!(b.take_in(&brought(), Some(Point::new(500.0, 300.0))), 4);
    assert_eq!(b.scene().iter().count(), 5);
    assert_eq!(b.selection().len(), 1, "the frame, and with it all of it");
    let frame = b.selection().first().unwrap().clone();
    let middle = b.scene().box_of(&frame).unwrap().center();
    assert_eq!(
        middle,
        b.sight
            .camera
            .board(crate::camera::ScreenPoint(Point::new(500.0, 300.0)))
    );
    let nodes = b.scene().iter();
    let within = nodes.filter(|node| node.parent() == Some(&frame)).count();
    assert_eq!(within, 3);
    b.act("undo");
    assert_eq!(only(&b).kind.name(), "ellipse");
    b.act("redo");
    assert_eq!(b.scene().iter().count(), 5);
}

#[test]
fn on_an_empty_board_it_lies_where_it_lay_and_all_of_it_is_seen() {
    let mut b = editor("b");
    b.take_in(&brought(), Some(Point::new(500.0, 300.0)));
    let all = b.scene().bounds().unwrap();
    assert!(all.contains(Point::new(125.0, 125.0)), "{all}");
    assert!(b.sight.camera.shows(all));
}

#[test]
fn a_whole_board_comes_as_copies_of_what_lives_on_it() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "frame", (50.0, 50.0), (450.0, 350.0));
    draw(&mut a, "rectangle", (100.0, 100.0), (150.0, 150.0));
    draw(&mut a, "ellipse", (300.0, 100.0), (350.0, 150.0));
    a.act("delete");
    let state = a.document().replica().encode();
    for copies in [1, 2] {
        assert_eq!(b.take_in_board(&state, None), 2);
        assert_eq!(b.scene().iter().count(), 2 * copies);
    }
    b.act("undo");
    assert_eq!(b.scene().iter().count(), 2);
    assert_eq!(b.take_in_board(b"no board", None), 0);
}

#[test]
fn what_is_damaged_or_for_a_board_that_is_only_shown_brings_nothing() {
    let mut b = editor("b");
    for damaged in [&b"no records"[..], &[], &brought()[..40]] {
        assert_eq!(b.take_in(damaged, None), 0);
    }
    b.only_show();
    assert_eq!(b.take_in(&brought(), None), 0);
    assert!(b.scene().is_empty());
}
