//! Styles as people set them: what is remembered of what, what several have in common, which colours
//! a board has.

use super::*;
use crate::boundary::StyleValue;
use crate::style_memory::StyleMemory;
use board::element::Element;

fn set(editor: &mut Editor, field: StyleField, value: &str) {
    editor.restyle(field, Value::text(value), true);
}

/// What the panel shows of a field.
fn shown(editor: &mut Editor, field: StyleField) -> Option<StyleValue> {
    // Events that were told are not told again.
    editor.ui = Default::default();
    let fields = editor
        .drain()
        .events
        .into_iter()
        .find_map(|event| match event {
            UiEvent::Style { fields } => Some(fields),
            _ => None,
        });
    let shown = fields.unwrap().into_iter();
    let mut shown = shown.filter(|shown| shown.field == field.key());
    shown.next().map(|shown| shown.value)
}

fn told(editor: &mut Editor) -> Vec<String> {
    let events = editor.drain().events.into_iter();
    let told = events.filter_map(|event| match event {
        UiEvent::StyleMemory { text } => Some(text),
        _ => None,
    });
    told.collect()
}

/// All elements, bottom first.
fn all(editor: &Editor) -> Vec<&Element> {
    let nodes = editor.scene().in_order().into_iter();
    nodes.map(|node| node.element()).collect()
}

fn newest(editor: &Editor, kind: &str) -> board::style::Style {
    let mut of_kind = all(editor).into_iter().rev();
    let newest = of_kind.find(|element| element.kind.name() == kind);
    newest.unwrap().style.clone()
}

#[test]
fn what_a_selection_is_given_is_what_its_kinds_begin_with_next() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    widen(&mut a, 8.0, true);
    set(&mut a, StyleField::Stroke, "#e03131");
    draw(&mut a, "arrow", (300.0, 100.0), (400.0, 200.0));
    let arrow = newest(&a, "arrow");
    assert_eq!(arrow.width, 2.0, "arrows have a width of their own");
    assert_eq!(arrow.get(StyleField::Stroke), Value::text("#e03131"));
    draw(&mut a, "ellipse", (100.0, 300.0), (200.0, 400.0));
    assert_eq!(newest(&a, "ellipse").width, 8.0);
    a.act("selectAll");
    widen(&mut a, 5.0, true);
    draw(&mut a, "line", (300.0, 300.0), (400.0, 400.0));
    assert_eq!(newest(&a, "line").width, 5.0, "it was said of an arrow too");
    draw(&mut a, "pen", (500.0, 100.0), (600.0, 200.0));
    assert_eq!(newest(&a, "ink").width, 4.0);
}

#[test]
fn a_frame_begins_as_all_do_and_what_it_is_given_stays_with_it() {
    let mut a = editor("a");
    draw(&mut a, "frame", (100.0, 100.0), (400.0, 400.0));
    set(&mut a, StyleField::Fill, "#ffc9c9");
    draw(&mut a, "rectangle", (500.0, 100.0), (600.0, 200.0));
    assert!(newest(&a, "rectangle").fill.is_none());
    set(&mut a, StyleField::Fill, "#a5d8ff");
    draw(&mut a, "frame", (500.0, 300.0), (700.0, 500.0));
    let frames = all(&a).into_iter().filter(|one| one.kind.name() == "frame");
    let fills: Vec<Value> = frames.map(|one| one.style.get(StyleField::Fill)).collect();
    assert_eq!(fills[1], Value::text("transparent"));
    a.act("frame");
    assert_eq!(shown(&mut a, StyleField::Fill), None);
}

#[test]
fn what_is_remembered_is_told_once_a_choice_is_made_and_taken_by_the_next_board() {
    let mut a = editor("a");
    a.act("highlighter");
    set(&mut a, StyleField::Fill, "#a5d8ff");
    a.act("shape");
    set(&mut a, StyleField::Contour, "star");
    a.act("pen");
    told(&mut a);
    widen(&mut a, 20.0, false);
    assert_eq!(
        told(&mut a),
        [""; 0],
        "a slider that still moves is no choice"
    );
    widen(&mut a, 12.0, true);
    let texts = told(&mut a);
    assert_eq!(texts.len(), 1);
    assert_eq!(told(&mut a).len(), 0);

    let mut b = editor("b");
    b.remember_style(&texts[0]);
    draw(&mut b, "pen", (100.0, 100.0), (200.0, 200.0));
    assert_eq!(newest(&b, "ink").width, 12.0);
    draw(&mut b, "shape", (300.0, 100.0), (400.0, 200.0));
    assert_eq!(
        newest(&b, "rectangle").get(StyleField::Contour),
        Value::text("star")
    );
    assert!(newest(&b, "rectangle").fill.is_none());
    draw(&mut b, "highlighter", (100.0, 300.0), (200.0, 400.0));
    assert_eq!(
        newest(&b, "highlighter").get(StyleField::Fill),
        Value::text("#a5d8ff")
    );
    let before = b.chosen.memory.clone();
    b.remember_style("nonsense");
    b.remember_style(&texts[0][..20]);
    assert_eq!(b.chosen.memory, before);
    b.remember_style(&StyleMemory::default().write());
    assert_eq!(b.chosen.memory, StyleMemory::default());
}

#[test]
fn a_tool_shows_where_words_will_stand() {
    let mut a = editor("a");
    for (tool, align) in [("note", "center"), ("text", "left")] {
        a.act(tool);
        let align = StyleValue::Text(align.into());
        assert_eq!(shown(&mut a, StyleField::Align), Some(align), "{tool}");
    }
}

#[test]
fn of_several_each_field_says_where_they_differ_and_only_what_is_touched_changes() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    for (field, value) in [
        (StyleField::Stroke, "#e03131"),
        (StyleField::Fill, "#ffc9c9"),
        (StyleField::Dash, "dashed"),
        (StyleField::FillStyle, "hatched"),
    ] {
        set(&mut a, field, value);
    }
    a.restyle(StyleField::Rough, Value::Number(2.0), true);
    a.restyle(StyleField::Corner, Value::Number(0.0), true);
    a.restyle(StyleField::Opacity, Value::Number(0.5), true);
    widen(&mut a, 8.0, true);
    let first = newest(&a, "rectangle");
    a.act("copy");
    a.remember_style(&StyleMemory::default().write());
    draw(&mut a, "ellipse", (300.0, 100.0), (400.0, 200.0));
    set(&mut a, StyleField::Fill, "#a5d8ff");
    let second = newest(&a, "ellipse");
    a.act("selectAll");
    let mixed = [
        StyleField::Contour,
        StyleField::Stroke,
        StyleField::Fill,
        StyleField::FillStyle,
        StyleField::Width,
        StyleField::Dash,
        StyleField::Rough,
        StyleField::Corner,
        StyleField::Opacity,
    ];
    for field in mixed {
        assert_eq!(shown(&mut a, field), Some(StyleValue::Mixed), "{field:?}");
    }

    widen(&mut a, 3.0, false);
    widen(&mut a, 4.0, true);
    set(&mut a, StyleField::Dash, "dotted");
    for (kind, mut before) in [("rectangle", first), ("ellipse", second)] {
        before.width = 4.0;
        before.set(StyleField::Dash, &Value::text("dotted"));
        assert_eq!(newest(&a, kind), before);
    }
    for field in mixed {
        let touched = matches!(field, StyleField::Width | StyleField::Dash);
        let is_mixed = shown(&mut a, field) == Some(StyleValue::Mixed);
        assert_eq!(is_mixed, !touched, "{field:?}");
    }
    a.act("undo");
    a.act("undo");
    assert_eq!(shown(&mut a, StyleField::Width), Some(StyleValue::Mixed));
}

#[test]
fn a_board_tells_its_colours_as_often_as_they_are_had() {
    let mut a = editor("a");
    assert_eq!(a.colors(), [0; 0]);
    for (n, fill) in ["#ff880080", "#123456", "#123456"].into_iter().enumerate() {
        let x = 50.0 + 120.0 * n as f64;
        draw(&mut a, "rectangle", (x, 100.0), (x + 100.0, 200.0));
        set(&mut a, StyleField::Fill, fill);
    }
    draw(&mut a, "highlighter", (100.0, 300.0), (200.0, 400.0));
    let mut colors = a.colors();
    colors.retain(|color| *color != 0);
    colors.sort_unstable();
    let ink = 0x1e1e_1eff;
    let had = [
        0x1234_56ff,
        0x1234_56ff,
        ink,
        ink,
        ink,
        0xff88_0080,
        0xffec_99ff,
    ];
    let mut had = had.to_vec();
    had.sort_unstable();
    assert_eq!(colors, had);
}
