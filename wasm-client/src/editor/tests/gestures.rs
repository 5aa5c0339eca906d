//! Gestures that other things come into: lost releases, other contacts, a view that moves.

use super::*;
use crate::live::{self, GESTURE_SLOT, Gesture};

const PRIMARY: f64 = 128.0;

/// Fingers and pens by id: the finger 1 is the primary one, and anything but a finger is.
fn contact(editor: &mut Editor, kind: f64, id: f64, device: f64, x: f64, time: f64) {
    let further = if device == 2.0 && id > 1.0 { 64.0 } else { 0.0 };
    let held = if kind < 2.0 { PRIMARY } else { 0.0 };
    editor.input(&[kind, id, device, x, 150.0, 0.5, further + held, time]);
}

/// What others are told of the gesture: whether one is under way.
fn tells_of_a_gesture(editor: &mut Editor) -> bool {
    editor.tick(editor.now + 3000.0);
    let frames = editor.drain().frames;
    let mut payloads = frames
        .iter()
        .filter_map(|frame| match board::protocol::decode_from_client(frame) {
            Ok(Some(Message::Ephemeral { slot, payload })) if slot == GESTURE_SLOT => {
                live::decode::<Gesture>(payload)
            }
            _ => None,
        });
    payloads
        .next_back()
        .is_some_and(|gesture| !matches!(gesture, Gesture::Done { .. }))
}

/// Outlines of all elements, for boards whose ids differ.
fn places(editor: &Editor) -> Vec<String> {
    let elements = editor.scene().in_order().into_iter();
    elements
        .map(|node| format!("{} {:?}", node.element().kind.name(), node.bounds()))
        .collect()
}

/// A board with a rectangle on it, a tool in hand, pressed on the rectangle's edge and moved.
fn in_the_middle_of(tool: &str, button: f64) -> Editor {
    let mut a = editor("a");
    a.connected(true);
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    // Its frame would be grabbed by a handle there.
    a.select(Default::default());
    a.act(tool);
    for (kind, x) in [(0.0, 100.0), (1.0, 140.0), (1.0, 190.0)] {
        a.input(&[kind, 1.0, 0.0, x, 150.0, 0.0, button, 10.0]);
    }
    a
}

const GESTURES: [(&str, f64); 8] = [
    ("select", PRIMARY),
    ("hand", PRIMARY),
    ("pen", PRIMARY),
    ("eraser", PRIMARY),
    ("rectangle", PRIMARY),
    ("arrow", PRIMARY),
    // The middle button moves the board under any tool.
    ("select", 32.0),
    ("pen", 32.0),
];

#[test]
fn a_gesture_whose_release_is_lost_ends_where_it_was_seen_last() {
    // Lost capture, a hidden page, a cancelled pointer, and nothing but a move without a button.
    for (kind, id) in [(7.0, 1.0), (7.0, -1.0), (3.0, 1.0), (1.0, 1.0)] {
        for (tool, button) in GESTURES {
            let name = format!("{tool:?} {button} lost by {kind}");
            let mut released = in_the_middle_of(tool, button);
            released.input(&[2.0, 1.0, 0.0, 190.0, 150.0, 0.0, 0.0, 20.0]);
            let mut lost = in_the_middle_of(tool, button);
            lost.input(&[kind, id, 0.0, 400.0, 400.0, 0.0, 0.0, 20.0]);
            assert_eq!(places(&lost), places(&released), "{name}");
            assert_eq!(
                lost.sight.camera.view(),
                released.sight.camera.view(),
                "{name}"
            );
            assert!(
                !lost.gesture.tool.busy() && !lost.gesture.hand.busy(),
                "{name}"
            );
            assert!(!tells_of_a_gesture(&mut lost), "{name}");
            lost.input(&[1.0, 1.0, 0.0, 500.0, 500.0, 0.0, 0.0, 30.0]);
            assert_eq!(places(&lost), places(&released), "{name}: afterwards");
        }
    }
}

#[test]
fn the_next_press_keeps_what_the_one_before_had_done() {
    let mut a = in_the_middle_of("pen", PRIMARY);
    for (kind, y) in [(0.0, 400.0), (1.0, 500.0), (2.0, 500.0)] {
        pointer(&mut a, kind, 300.0, y, 0.0);
    }
    let kinds: Vec<_> = places(&a);
    assert_eq!(
        kinds.iter().filter(|kind| kind.starts_with("ink")).count(),
        2
    );
    a.act("undo");
    a.act("undo");
    assert_eq!(places(&a).len(), 1, "each stroke is a step of its own");
}

#[test]
fn a_click_whose_release_is_lost_does_nothing() {
    for tool in ["pen", "rectangle", "text"] {
        let mut a = editor("a");
        a.act(tool);
        pointer(&mut a, 0.0, 300.0, 300.0, 0.0);
        pointer(&mut a, 7.0, 300.0, 300.0, 0.0);
        assert!(
            a.scene().is_empty() && a.writing.typing.is_none(),
            "{tool:?}"
        );
    }
}

#[test]
fn a_second_finger_takes_nothing_from_a_gesture_far_on() {
    for tool in ["pen", "rectangle", "arrow"] {
        let mut a = editor("a");
        a.act(tool);
        contact(&mut a, 0.0, 1.0, 2.0, 100.0, 0.0);
        contact(&mut a, 1.0, 1.0, 2.0, 500.0, 600.0);
        contact(&mut a, 0.0, 2.0, 2.0, 300.0, 610.0);
        contact(&mut a, 2.0, 2.0, 2.0, 300.0, 670.0);
        contact(&mut a, 1.0, 1.0, 2.0, 700.0, 700.0);
        contact(&mut a, 2.0, 1.0, 2.0, 700.0, 710.0);
        let bounds = only(&a).bounds();
        assert!(bounds.x1 > 690.0, "{tool:?}: {bounds:?}");
        assert_eq!(a.sight.camera.zoom(), 1.0);
    }
}

#[test]
fn a_pinch_that_begins_at_once_draws_nothing() {
    let mut a = editor("a");
    a.act("pen");
    contact(&mut a, 0.0, 1.0, 2.0, 300.0, 0.0);
    contact(&mut a, 1.0, 1.0, 2.0, 330.0, 40.0);
    contact(&mut a, 0.0, 2.0, 2.0, 400.0, 60.0);
    contact(&mut a, 1.0, 2.0, 2.0, 540.0, 90.0);
    contact(&mut a, 2.0, 2.0, 2.0, 540.0, 100.0);
    contact(&mut a, 2.0, 1.0, 2.0, 330.0, 110.0);
    assert!(a.scene().is_empty());
    assert!(a.sight.camera.zoom() > 1.5);
}

#[test]
fn once_a_pen_has_drawn_fingers_move_the_board() {
    let mut a = editor("a");
    a.act("pen");
    let stroke = |a: &mut Editor, device: f64, time: f64| {
        contact(a, 0.0, 1.0, device, 100.0, time);
        contact(a, 1.0, 1.0, device, 250.0, time + 300.0);
        contact(a, 2.0, 1.0, device, 250.0, time + 310.0);
    };
    stroke(&mut a, 2.0, 0.0);
    assert_eq!(places(&a).len(), 1, "before, a finger draws");
    stroke(&mut a, 1.0, 2000.0);
    assert_eq!(places(&a).len(), 2, "the pen draws");
    let before = a.sight.camera.view();
    stroke(&mut a, 2.0, 4000.0);
    assert_eq!(places(&a).len(), 2, "a finger does not");
    assert_eq!(a.sight.camera.view().x0, before.x0 - 150.0);
    a.set_fingers(true);
    stroke(&mut a, 1.0, 6000.0);
    stroke(&mut a, 2.0, 8000.0);
    assert_eq!(places(&a).len(), 4, "unless the person says so");
}

#[test]
fn a_palm_that_lands_before_its_pen_moves_nothing() {
    let mut a = editor("a");
    a.act("pen");
    a.set_fingers(false);
    let before = a.sight.camera.view();
    contact(&mut a, 0.0, 1.0, 2.0, 600.0, 0.0);
    contact(&mut a, 1.0, 1.0, 2.0, 640.0, 100.0);
    contact(&mut a, 0.0, 9.0, 1.0, 100.0, 200.0);
    contact(&mut a, 1.0, 9.0, 1.0, 200.0, 300.0);
    contact(&mut a, 1.0, 1.0, 2.0, 700.0, 310.0);
    contact(&mut a, 2.0, 9.0, 1.0, 200.0, 400.0);
    contact(&mut a, 0.0, 2.0, 2.0, 500.0, 450.0);
    contact(&mut a, 1.0, 2.0, 2.0, 580.0, 500.0);
    assert_eq!(a.sight.camera.view(), before);
    let bounds = only(&a).bounds();
    assert!(bounds.x1 < 210.0, "{bounds:?}");
}

#[test]
fn a_palm_puts_back_only_what_it_moved_itself() {
    let mut a = editor("a");
    a.act("pen");
    a.set_fingers(false);
    // One palm rests on the glass from here on.
    contact(&mut a, 0.0, 9.0, 1.0, 100.0, 0.0);
    contact(&mut a, 2.0, 9.0, 1.0, 100.0, 10.0);
    contact(&mut a, 0.0, 1.0, 2.0, 600.0, 20.0);
    // The other hand moves the board, and later a second palm does just before the pen.
    contact(&mut a, 0.0, 2.0, 2.0, 300.0, 2000.0);
    contact(&mut a, 1.0, 2.0, 2.0, 400.0, 2100.0);
    contact(&mut a, 2.0, 2.0, 2.0, 400.0, 2200.0);
    let moved = a.sight.camera.view();
    contact(&mut a, 0.0, 3.0, 2.0, 600.0, 4000.0);
    contact(&mut a, 1.0, 3.0, 2.0, 640.0, 4050.0);
    contact(&mut a, 0.0, 9.0, 1.0, 100.0, 4100.0);
    assert_eq!(a.sight.camera.view(), moved);
}

#[test]
fn a_palm_takes_no_part_in_a_stroke_of_the_pen() {
    let mut a = editor("a");
    a.act("pen");
    contact(&mut a, 0.0, 9.0, 1.0, 100.0, 100.0);
    contact(&mut a, 1.0, 9.0, 1.0, 150.0, 110.0);
    for (kind, id, x) in [(0.0, 1.0, 600.0), (1.0, 1.0, 650.0), (0.0, 2.0, 700.0)] {
        contact(&mut a, kind, id, 2.0, x, 120.0);
    }
    contact(&mut a, 1.0, 9.0, 1.0, 200.0, 130.0);
    for id in [1.0, 2.0] {
        contact(&mut a, 2.0, id, 2.0, 650.0, 140.0);
    }
    contact(&mut a, 2.0, 9.0, 1.0, 200.0, 150.0);
    let bounds = only(&a).bounds();
    assert!(bounds.x0 < 105.0 && bounds.x1 < 210.0, "{bounds:?}");
}

#[test]
fn a_board_held_by_one_finger_is_let_go_by_a_pinch() {
    let mut a = editor("a");
    a.read_only = true;
    contact(&mut a, 0.0, 1.0, 2.0, 100.0, 0.0);
    contact(&mut a, 0.0, 2.0, 2.0, 300.0, 10.0);
    contact(&mut a, 2.0, 1.0, 2.0, 100.0, 20.0);
    contact(&mut a, 2.0, 2.0, 2.0, 300.0, 30.0);
    let before = a.sight.camera;
    pointer(&mut a, 1.0, 400.0, 400.0, 0.0);
    assert_eq!(a.sight.camera, before);
}

/// Where the board's point that was pressed is on the screen now.
fn is_under_the_pointer(editor: &Editor, x: f64, y: f64) -> bool {
    let shown = editor.gesture.dragged.as_ref().unwrap().first().unwrap();
    let corner = editor
        .sight
        .camera
        .screen(shown.frame().rect().origin() + kurbo::Vec2::new(0.0, 50.0));
    (corner.0 - kurbo::Point::new(x, y)).hypot() < 1.0
}

#[test]
fn what_is_dragged_stays_under_the_pointer_when_the_view_moves() {
    type Mover = fn(&mut Editor);
    let movers: [(&str, Mover); 5] = [
        ("wheel", |a| {
            a.input(&[6.0, 30.0, 120.0, 190.0, 150.0, 0.0, 0.0, 20.0]);
        }),
        ("zooming wheel", |a| {
            a.input(&[6.0, 0.0, -60.0, 190.0, 150.0, 1.0, 0.0, 20.0]);
        }),
        ("zoom key", |a| {
            a.act("zoomIn");
        }),
        ("fit", |a| {
            a.act("zoomToFit");
        }),
        ("resize", |a| a.resize(600.0, 500.0, 1.0)),
    ];
    for (name, move_view) in movers {
        let mut a = in_the_middle_of("select", PRIMARY);
        assert!(is_under_the_pointer(&a, 190.0, 150.0), "{name}: at first");
        move_view(&mut a);
        assert!(is_under_the_pointer(&a, 190.0, 150.0), "{name}");
    }
}

#[test]
fn what_is_pulled_open_follows_the_view_too() {
    for tool in ["rectangle", "line", "pen"] {
        let mut a = in_the_middle_of(tool, PRIMARY);
        a.input(&[6.0, 0.0, 100.0, 190.0, 150.0, 0.0, 0.0, 20.0]);
        a.input(&[2.0, 1.0, 0.0, 190.0, 150.0, 0.0, 0.0, 30.0]);
        let nodes = a.scene().in_order();
        let made = nodes.last().unwrap().bounds();
        assert!(made.y1 > 245.0 && made.y1 < 260.0, "{tool:?}: {made:?}");
    }
}

/// Hands what somebody tells live to somebody else.
fn relay(from: &mut Editor, to: &mut Editor) {
    for frame in from.drain().frames {
        if let Ok(Some(Message::Ephemeral { slot, payload })) =
            board::protocol::decode_from_client(&frame)
        {
            let sender = 7;
            let relayed = Message::Relayed {
                sender,
                slot,
                payload,
            };
            to.receive(&relayed.encode()).unwrap();
        }
    }
}

#[test]
fn what_a_silent_sender_was_doing_is_put_back_after_a_while() {
    for tool in ["select", "pen", "rectangle"] {
        let mut b = editor("b");
        let mut a = editor("a");
        a.connected(true);
        draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
        exchange(&mut a, &mut b);
        a.select(Default::default());
        a.act(tool);
        for (kind, x) in [(0.0, 100.0), (1.0, 140.0), (1.0, 190.0)] {
            a.input(&[kind, 1.0, 0.0, x, 150.0, 0.0, PRIMARY, 10.0]);
        }
        let shown = |b: &Editor| b.people.peers.doing().any(|doing| doing.gesture.is_some());
        // As long as it is held, it is told again, however still.
        for second in 1..=20 {
            let now = f64::from(second) * 1000.0;
            a.tick(now);
            b.tick(now);
            relay(&mut a, &mut b);
            assert!(shown(&b), "{tool:?} after {second} s");
        }
        b.tick(22_500.0);
        assert!(shown(&b), "{tool:?}: a short silence is none");
        b.tick(25_500.0);
        assert!(!shown(&b), "{tool:?}");
        assert!(b.drain().repaint, "{tool:?}: and it is painted so");
    }
}

#[test]
fn no_key_changes_what_is_being_dragged() {
    let mut a = editor("a");
    begin_text(&mut a, "a text");
    a.act("endText");
    pointer(&mut a, 0.0, 110.0, 100.0, 0.0);
    pointer(&mut a, 1.0, 210.0, 200.0, 0.0);
    let before = only(&a);
    for name in ["ArrowLeft", "Enter", "Delete", "r", "]"] {
        press(&mut a, name);
        assert!(a.writing.typing.is_none(), "{name}");
        assert_eq!(only(&a), before, "{name}");
    }
    pointer(&mut a, 2.0, 210.0, 200.0, 0.0);
    assert_eq!(only(&a).geometry.x, before.geometry.x + 100.0);
    a.act("undo");
    assert_eq!(only(&a), before, "one step");
}

#[test]
fn ink_goes_straight_on_while_shift_is_held_and_by_hand_before_and_after() {
    for tool in ["pen", "highlighter"] {
        let mut a = editor("a");
        a.act(tool);
        pointer(&mut a, 0.0, 100.0, 100.0, 0.0);
        pointer(&mut a, 1.0, 100.0, 160.0, 0.0);
        pointer(&mut a, 1.0, 100.0, 200.0, 0.0);
        // Wherever it goes on the way, the last of it counts.
        for (x, y) in [
            (150.0, 290.0),
            (260.0, 20.0),
            (300.0, 250.0),
            (400.0, 200.0),
        ] {
            pointer(&mut a, 1.0, x, y, 1.0);
        }
        pointer(&mut a, 1.0, 400.0, 240.0, 0.0);
        pointer(&mut a, 2.0, 400.0, 300.0, 0.0);
        let points = only(&a).vertices();
        let corners = [(100.0, 200.0), (400.0, 200.0)];
        let places = corners.map(|corner| {
            let at = |point: &kurbo::Point| point.distance(corner.into()) < 0.1;
            points
                .iter()
                .position(at)
                .expect("the stroke has this corner")
        });
        assert_eq!(places[1], places[0] + 1, "{tool}: nothing lies between");
        let level = |point: &kurbo::Point| [100.0, 400.0].iter().any(|x| (point.x - x).abs() < 0.1);
        assert!(points.iter().all(level), "{tool}: {points:?}");
    }
}
