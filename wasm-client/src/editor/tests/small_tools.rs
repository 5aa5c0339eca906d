//! Laser, bucket, eyedropper, and strokes that are held.

use super::*;
use board::element::Element;

fn all(editor: &Editor) -> Vec<&Element> {
    editor
        .scene()
        .in_order()
        .iter()
        .map(|node| node.element())
        .collect()
}

fn click(editor: &mut Editor, x: f64, y: f64) {
    pointer(editor, 0.0, x, y, 0.0);
    pointer(editor, 2.0, x, y, 0.0);
}

#[test]
fn a_laser_is_seen_by_others_for_a_second_and_is_in_no_document() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    a.connected(true);
    a.act("laser");
    for i in 0..20 {
        let (time, kind) = (1000.0 + f64::from(i) * 20.0, if i == 0 { 0.0 } else { 1.0 });
        a.tick(time);
        b.tick(time);
        a.input(&[
            kind,
            1.0,
            0.0,
            100.0 + f64::from(i) * 10.0,
            100.0,
            0.0,
            128.0,
            time,
        ]);
        overhear(a.drain().frames, &mut b);
    }
    let lit = |editor: &Editor| {
        editor
            .people
            .peers
            .doing()
            .any(|doing| doing.trail.is_seen())
    };
    assert!(lit(&b) && b.drain().wake_ms.is_some_and(|wake| wake < 1500.0));
    let bright = b.paint().overlay;
    b.tick(1500.0);
    assert!(b.drain().repaint);
    assert_ne!(b.paint().overlay, bright, "it fades");
    b.tick(2500.0);
    assert!(!lit(&b) && a.scene().is_empty());
    let bright = a.paint().overlay;
    a.tick(2500.0);
    assert!(a.drain().repaint);
    assert_ne!(a.paint().overlay, bright, "one's own fades too");
    a.tick(2600.0);
    assert!(!a.drain().repaint, "and nothing is painted for nothing");
}

#[test]
fn the_bucket_fills_what_has_an_inside_and_stays_in_hand() {
    let mut editor = editor("a");
    draw(&mut editor, "rectangle", (100.0, 100.0), (300.0, 200.0));
    draw(&mut editor, "line", (100.0, 300.0), (300.0, 300.0));
    editor.act("bucket");
    let fill = Value::text("#a5d8ff");
    editor.restyle(StyleField::Fill, fill.clone(), true);
    click(&mut editor, 200.0, 150.0);
    click(&mut editor, 200.0, 300.0);
    let fills: Vec<Value> = all(&editor)
        .iter()
        .map(|one| one.style.get(StyleField::Fill))
        .collect();
    assert_eq!(fills, [fill, Value::text("transparent")]);
    assert_eq!(editor.gesture.tool.name(), ToolName::Bucket);
    editor.act("undo");
    assert!(all(&editor).iter().all(|one| one.style.fill.is_none()));
}

#[test]
fn the_bucket_fills_from_the_first_press_and_makes_no_step_that_changes_nothing() {
    let mut editor = editor("a");
    draw(&mut editor, "rectangle", (100.0, 100.0), (300.0, 200.0));
    editor.act("bucket");
    click(&mut editor, 200.0, 150.0);
    assert!(!only(&editor).style.fill.is_none(), "with a colour at once");
    editor.act("undo");
    assert!(only(&editor).style.fill.is_none());

    // Once said to be none, and once never said.
    editor.restyle(StyleField::Fill, Value::text("transparent"), true);
    for _ in 0..2 {
        click(&mut editor, 200.0, 150.0);
        editor.act("redo");
        assert!(!only(&editor).style.fill.is_none(), "redo is still there");
        editor.act("undo");
    }
}

#[test]
fn the_eyedropper_takes_nothing_of_a_picture_and_says_so() {
    let mut editor = editor("a");
    editor.act("line");
    editor.restyle(StyleField::Stroke, Value::text("#e03131"), true);
    let hash = board::file::FileHash::of(b"a picture");
    let at = kurbo::Point::new(300.0, 200.0);
    editor.insert_image(hash, kurbo::Size::new(100.0, 80.0), Some(at), (0, 1));
    editor.drain();
    editor.act("eyedropper");
    click(&mut editor, 300.0, 200.0);
    let key = crate::boundary::Notice::Colorless;
    assert!(editor.drain().events.contains(&UiEvent::Notice { key }));
    assert_eq!(editor.gesture.tool.name(), ToolName::Eyedropper);
    draw(&mut editor, "line", (100.0, 400.0), (300.0, 400.0));
    let line = all(&editor)[1].style.get(StyleField::Stroke);
    assert_eq!(
        line,
        Value::text("#e03131"),
        "what is drawn next is as before"
    );
}

#[test]
fn the_eyedropper_takes_a_fill_or_a_stroke_for_what_is_selected_and_drawn_next() {
    let mut editor = editor("a");
    let (red, blue) = (Value::text("#e03131"), Value::text("#a5d8ff"));
    editor.restyle(StyleField::Stroke, red.clone(), true);
    editor.restyle(StyleField::Fill, blue.clone(), true);
    draw(&mut editor, "rectangle", (100.0, 100.0), (300.0, 200.0));
    press(&mut editor, "Escape");
    editor.restyle(StyleField::Stroke, Value::text("#1e1e1e"), true);
    editor.restyle(StyleField::Fill, Value::text("transparent"), true);
    draw(&mut editor, "ellipse", (400.0, 100.0), (500.0, 200.0));
    editor.act("eyedropper");
    click(&mut editor, 200.0, 150.0);
    editor.act("eyedropper");
    click(&mut editor, 200.0, 100.0);
    let ellipse = all(&editor)[1].style.clone();
    assert_eq!(
        (
            ellipse.get(StyleField::Stroke),
            ellipse.get(StyleField::Fill)
        ),
        (red, blue)
    );
    assert_eq!(editor.gesture.tool.name(), ToolName::Select);
}

/// A box drawn by pen, its last corner held for so long; the page hears of the end when time has gone on
/// as far as `told`.
fn held(editor: &mut Editor, ms: f64, told: f64) {
    editor.act("pen");
    let corners = [
        (100.0, 100.0),
        (300.0, 100.0),
        (300.0, 220.0),
        (100.0, 220.0),
        (100.0, 104.0),
    ];
    let mut time = 1000.0;
    editor.input(&[0.0, 1.0, 0.0, 100.0, 100.0, 0.0, 128.0, time]);
    for pair in corners.windows(2) {
        for i in 1..=20 {
            let share = f64::from(i) / 20.0;
            let (x, y) = (
                pair[0].0 + (pair[1].0 - pair[0].0) * share,
                pair[0].1 + (pair[1].1 - pair[0].1) * share,
            );
            time += 10.0;
            editor.tick(time);
            editor.input(&[1.0, 1.0, 0.0, x, y, 0.0, 128.0, time]);
        }
    }
    assert!(
        editor
            .drain()
            .wake_ms
            .is_some_and(|wake| wake <= time + 601.0)
    );
    editor.tick(time + told);
    editor.input(&[2.0, 1.0, 0.0, 101.0, 105.0, 0.0, 0.0, time + ms]);
}

#[test]
fn a_stroke_that_is_held_becomes_what_it_looks_like_and_undo_gives_the_ink_back() {
    let mut editor = editor("a");
    held(&mut editor, 650.0, 650.0);
    let shape = only(&editor);
    assert_eq!(shape.kind.name(), "rectangle");
    assert!((shape.geometry.w - 200.0).abs() < 8.0 && shape.style.fill.is_none());
    editor.act("undo");
    assert_eq!(only(&editor).kind.name(), "ink");
    editor.act("undo");
    assert!(editor.scene().is_empty());
}

#[test]
fn what_a_held_stroke_becomes_looks_like_its_ink_and_not_like_the_shapes_before() {
    let mut editor = editor("a");
    editor.act("rectangle");
    let told = [
        (StyleField::Width, Value::Number(9.0)),
        (StyleField::Dash, Value::text("dashed")),
        (StyleField::Opacity, Value::Number(0.4)),
        (StyleField::Corner, Value::text("round")),
        (StyleField::Fill, Value::text("#a5d8ff")),
    ];
    for (field, value) in &told {
        editor.restyle(*field, value.clone(), true);
    }
    editor.act("pen");
    editor.restyle(StyleField::Stroke, Value::text("#e03131"), true);
    editor.restyle(StyleField::Width, Value::Number(6.0), true);
    editor.restyle(StyleField::Opacity, Value::Number(0.8), true);
    held(&mut editor, 650.0, 650.0);
    let shape = only(&editor);
    assert_eq!(shape.kind.name(), "rectangle");
    let said = |field| shape.style.get(field);
    assert_eq!(said(StyleField::Stroke), Value::text("#e03131"));
    assert_eq!(said(StyleField::Width), Value::Number(6.0));
    assert_eq!(said(StyleField::Opacity), Value::Number(0.8));
    for (field, remembered) in [&told[1], &told[3], &told[4]] {
        assert_ne!(said(*field), *remembered, "{field:?}");
    }
}

#[test]
fn a_stroke_that_is_not_held_stays_ink() {
    // A page that was busy looks at the stroke long after the pen was lifted.
    for told in [300.0, 3_000.0] {
        let mut editor = editor("a");
        held(&mut editor, 300.0, told);
        assert_eq!(only(&editor).kind.name(), "ink", "{told}");
    }
}
