//! Texts that the tables know only nearly, texts that are very long, and which side texts keep to.

use board::fields::Value;
use board::id::ElementId;
use board::limits::MAX_TEXT;
use board::style::StyleField;
use kurbo::Point;

use super::{begin_text, draw, editor, only, press, type_text};
use crate::boundary::{Notice, UiEvent};
use crate::editor::Editor;

/// Paints, and answers for the browser: every line is so many times as wide as the layout has it.
fn paint_wider(editor: &mut Editor, times: f64) -> usize {
    let asked = editor.paint().unmeasured;
    for text in asked.split_terminator('\0') {
        let (id, rest) = text.split_once('\n').expect("an id");
        let (family, lines) = rest.split_once('\n').expect("a family and lines");
        assert_eq!(family, "rounded");
        let width = |line: &str| board::text_layout::layout(line, 1.0).width * times;
        let widths: Vec<f64> = lines.split('\n').map(width).collect();
        editor.measured(&ElementId::parse(id).expect("an id"), &widths);
    }
    asked.matches('\0').count()
}

fn is_hit(editor: &Editor, x: f64, y: f64) -> bool {
    editor.scene().hit(Point::new(x, y), 0.0).is_some()
}

#[test]
fn what_this_browser_paints_beyond_the_box_is_touched_too() {
    for (text, left, right) in [
        ("สวัสดีชาวโลก", false, true),
        ("𝒜𝓁𝓅𝒽𝒶", false, true),
        ("سلام عليكم", true, false),
        ("سلام عليكم\nनमस्ते दुनिया", true, true),
    ] {
        let mut editor = editor("a");
        begin_text(&mut editor, text);
        editor.act("endText");
        let frame = only(&editor).frame();
        let middles: Vec<f64> = (0..2)
            .map(|line| frame.y + 13.0 + 26.0 * f64::from(line))
            .collect();
        let beyond = |editor: &Editor, x: f64| middles.iter().any(|y| is_hit(editor, x, *y));
        let (before, after) = (frame.x - 3.0, frame.x + frame.w + 3.0);
        assert!(
            !beyond(&editor, before) && !beyond(&editor, after),
            "{text}"
        );
        assert_eq!(paint_wider(&mut editor, 1.5), 1, "{text}");
        assert_eq!(
            (beyond(&editor, before), beyond(&editor, after)),
            (left, right),
            "{text}"
        );
        assert_eq!(
            only(&editor).frame(),
            frame,
            "what everybody agrees on stays"
        );
        // What reaches farther is painted there too, and nobody is asked twice.
        assert!(!editor.paint().tiles.is_empty(), "{text}");
        assert_eq!(paint_wider(&mut editor, 1.5), 0, "{text}");
        editor.measure_again();
        assert_eq!(paint_wider(&mut editor, 1.0), 1, "fonts have come");
        assert!(
            !beyond(&editor, before) && !beyond(&editor, after),
            "{text}"
        );
    }
}

#[test]
fn a_browser_is_not_asked_about_the_boards_own_font() {
    let mut editor = editor("a");
    begin_text(&mut editor, "plain, ünïcode, Привет, שלום");
    editor.act("endText");
    assert_eq!(paint_wider(&mut editor, 1.5), 0);
}

#[test]
fn a_text_that_is_too_long_to_be_shown_is_kept_and_told() {
    let told = |editor: &mut Editor| {
        let events = editor.drain().events;
        events.iter().any(|event| {
            matches!(
                event,
                UiEvent::Notice {
                    key: Notice::TooLong
                }
            )
        })
    };
    let long = "ab ".repeat(MAX_TEXT / 3) + "longer than that";
    let mut pasted = editor("a");
    pasted.paste(&long, "");
    assert!(told(&mut pasted));
    assert_eq!(only(&pasted).text(), Some(long.as_str()));

    let mut typed = editor("b");
    begin_text(&mut typed, &long[..MAX_TEXT]);
    assert!(!told(&mut typed));
    type_text(&mut typed, &long);
    assert!(told(&mut typed));
    type_text(&mut typed, &format!("{long}!"));
    assert!(!told(&mut typed), "once");
    assert_eq!(only(&typed).text().map(str::len), Some(long.len() + 1));
}

#[test]
fn an_alignment_is_remembered_for_what_is_wrapped_and_not_for_a_point() {
    let right = Value::text("right");
    let mut editor = editor("a");
    draw(&mut editor, "text", (300.0, 100.0), (500.0, 160.0));
    type_text(&mut editor, "a paragraph");
    editor.restyle(StyleField::Align, right.clone(), true);
    press(&mut editor, "Escape");
    let mut align_of = |from: (f64, f64), to: (f64, f64)| {
        draw(&mut editor, "text", from, to);
        type_text(&mut editor, "next");
        press(&mut editor, "Escape");
        let order = editor.scene().in_order();
        let last = order.last().map(|node| node.element().style.clone());
        last.map(|style| style.get(StyleField::Align))
    };
    assert_eq!(
        align_of((300.0, 300.0), (500.0, 360.0)),
        Some(right.clone())
    );
    assert_ne!(align_of((20.0, 450.0), (20.0, 450.0)), Some(right));
}
