//! What the board answers to a pointer and a tool: what is meant, what is kept, and what is out of view.

use super::*;
use board::display::command::Command as Painted;
use board::style::Color;
use kurbo::Point;

use crate::camera::ScreenPoint;

/// What a frame paints in a colour above the elements.
fn stroked(editor: &mut Editor, color: u32) -> usize {
    let overlay = editor.paint().overlay;
    let strokes = overlay
        .iter()
        .filter(|command| *command == Painted::StrokeColor(Color(color)));
    strokes.count()
}

const ACCENT: u32 = 0x0e7c_72ff;

#[test]
fn what_a_click_would_take_is_traced_under_the_mouse_and_not_under_a_finger() {
    for (device, traced) in [(0.0, 1), (1.0, 1), (2.0, 0)] {
        let mut a = editor("a");
        draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
        press(&mut a, "Escape");
        let mut hover = |x, y| {
            a.input(&[1.0, 1.0, device, x, y, 0.0, 0.0, 0.0]);
            stroked(&mut a, ACCENT)
        };
        assert_eq!(hover(600.0, 500.0), 0);
        assert_eq!(hover(100.0, 150.0), traced, "device {device}");
    }
}

#[test]
fn every_one_of_several_selected_is_marked_lines_too() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "line", (300.0, 100.0), (400.0, 200.0));
    draw(&mut a, "arrow", (500.0, 100.0), (600.0, 200.0));
    pointer(&mut a, 1.0, 700.0, 500.0, 0.0);
    a.act("selectAll");
    let marks = stroked(&mut a, ACCENT);
    assert!(marks >= 3, "{marks}");
}

#[test]
fn a_tool_taken_twice_or_kept_by_its_key_stays_in_hand() {
    for (take, keep) in [
        ("rectangle", "rectangle"),
        ("rectangle", "keepTool"),
        ("keepTool", "rectangle"),
    ] {
        let mut a = editor("a");
        a.act(take);
        a.act(keep);
        drag(&mut a, (100.0, 100.0), (200.0, 200.0));
        assert_eq!(a.gesture.tool.name(), ToolName::Rectangle, "{keep}");
        assert!(a.selection().is_empty(), "its style is the next one's");
        drag(&mut a, (300.0, 100.0), (400.0, 200.0));
        assert_eq!(a.scene().iter().count(), 2);
        press(&mut a, "Escape");
        draw(&mut a, "rectangle", (500.0, 100.0), (600.0, 200.0));
        assert_eq!(a.gesture.tool.name(), ToolName::Select, "{keep}");
    }
}

#[test]
fn a_tiny_shape_is_not_buried_under_handles() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (112.0, 112.0));
    pointer(&mut a, 1.0, 400.0, 400.0, 0.0);
    let tiny = a.paint().overlay.iter().count();
    let mut b = editor("b");
    draw(&mut b, "rectangle", (100.0, 100.0), (212.0, 212.0));
    pointer(&mut b, 1.0, 400.0, 400.0, 0.0);
    let usual = b.paint().overlay.iter().count();
    assert!(tiny < usual / 2, "{tiny} {usual}");
}

#[test]
fn undo_out_of_view_says_so_and_shows_it_when_asked() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    let notices = |a: &mut Editor| {
        let events = a.drain().events.into_iter();
        let notices = events.filter_map(|event| match event {
            UiEvent::Notice { key } => Some(key),
            _ => None,
        });
        notices.collect::<Vec<_>>()
    };
    a.act("undo");
    assert!(notices(&mut a).is_empty());
    a.act("redo");
    pointer(&mut a, 6.0, 0.0, 0.0, 0.0);
    a.look_again(9000.0, 0.0, 1.0);
    a.act("undo");
    assert_eq!(notices(&mut a), [crate::boundary::Notice::OutOfView]);
    a.act("redo");
    a.act("showStep");
    assert!(a.scene().bounds().unwrap().overlaps(a.camera().view()));
}

#[test]
fn from_afar_ink_and_letters_are_begun_as_large_as_they_can_be_read() {
    let mut a = editor("a");
    a.look_again(0.0, 0.0, 0.25);
    draw(&mut a, "pen", (100.0, 100.0), (200.0, 200.0));
    assert_eq!(only(&a).style.width, 16.0);
    a.act("undo");
    begin_text(&mut a, "far");
    assert_eq!(only(&a).style.font_size, 64.0);
}

#[test]
fn the_pen_has_a_width_of_its_own() {
    let mut a = editor("a");
    a.act("pen");
    widen(&mut a, 8.0, true);
    draw(&mut a, "pen", (100.0, 100.0), (200.0, 200.0));
    assert_eq!(only(&a).style.width, 8.0);
    a.act("undo");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    assert_eq!(only(&a).style.width, 2.0);
}

#[test]
fn enter_puts_what_a_tool_makes_into_the_middle_and_selects_it() {
    for tool in ["rectangle", "ellipse", "line", "arrow"] {
        let mut a = editor("a");
        a.leave_free(0.0, 0.0, 400.0, 600.0);
        a.act(tool);
        press(&mut a, "Enter");
        let made: Vec<_> = a.scene().iter().map(|node| node.element()).collect();
        assert_eq!(made.len(), 1, "{tool}");
        let middle = a.sight.camera.board(ScreenPoint(Point::new(200.0, 300.0)));
        let bounds = made[0].frame().bounds();
        assert!((bounds.center() - middle).hypot() < 1.0, "{tool}");
        assert!(bounds.width() > 100.0, "{tool}");
        assert_eq!(a.selection().len(), 1, "{tool}");
        press(&mut a, "Enter");
        assert_eq!(a.scene().iter().count(), 1, "{tool} is in hand no more");
    }
    let mut a = editor("a");
    a.act("text");
    press(&mut a, "Enter");
    assert!(a.writing.typing.is_some());
    for tool in ["select", "pen", "eraser", "hand"] {
        let mut a = editor("a");
        a.act(tool);
        press(&mut a, "Enter");
        assert!(a.scene().is_empty(), "{tool}");
    }
}

#[test]
fn the_trace_goes_with_the_pointer() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    press(&mut a, "Escape");
    a.input(&[1.0, 1.0, 0.0, 100.0, 150.0, 0.0, 0.0, 0.0]);
    assert_eq!(stroked(&mut a, ACCENT), 1);
    a.input(&[4.0, 1.0, 0.0, 100.0, 150.0, 0.0, 0.0, 0.0]);
    assert_eq!(stroked(&mut a, ACCENT), 0);
}

#[test]
fn what_the_wheel_brings_under_the_pointer_is_not_meant() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    press(&mut a, "Escape");
    a.input(&[1.0, 1.0, 0.0, 100.0, 170.0, 0.0, 0.0, 0.0]);
    a.input(&[6.0, 0.0, 20.0, 100.0, 170.0, 0.0, 0.0, 0.0]);
    assert_eq!(stroked(&mut a, ACCENT), 0);
    a.input(&[1.0, 1.0, 0.0, 100.0, 150.0, 0.0, 0.0, 0.0]);
    assert_eq!(stroked(&mut a, ACCENT), 1);
}

#[test]
fn frames_stand_on_whole_pixels() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.3, 100.8), (200.1, 200.6));
    let overlay = a.paint().overlay;
    let sides = overlay.iter().find_map(|command| match command {
        Painted::Rect(rect) => Some(rect),
        _ => None,
    });
    let rect = sides.expect("a frame");
    for side in [rect.x0, rect.y0, rect.x1, rect.y1] {
        assert_eq!(side.fract().abs(), 0.5, "{rect:?}");
    }
}
