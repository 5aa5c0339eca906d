//! Erasing parts of strokes: what is left, undo, and two who cut one stroke.

use super::*;
use crate::camera::ScreenPoint;
use board::document::Write;
use board::element::Element;
use kurbo::{Line as Segment, ParamCurveNearest as _, Point};

fn all(editor: &Editor) -> Vec<Element> {
    let nodes = editor.scene().in_order().into_iter();
    nodes.map(|node| node.element().clone()).collect()
}

/// Left and right ends of what there is, on the screen, from left to right.
fn spans(editor: &Editor) -> Vec<(i64, i64)> {
    let span = |element: Element| {
        let rect = element.geometry.rect();
        let rect = editor.camera().transform().transform_rect_bbox(rect);
        (rect.x0.round() as i64, rect.x1.round() as i64)
    };
    let mut spans: Vec<_> = all(editor).into_iter().map(span).collect();
    spans.sort_unstable();
    spans
}

/// Wipes down across the middle of a level stroke.
fn wipe(editor: &mut Editor, x: f64) {
    draw(editor, "cutter", (x, 250.0), (x, 350.0));
}

fn with_line() -> Editor {
    let mut editor = editor("a");
    draw(&mut editor, "line", (100.0, 300.0), (500.0, 300.0));
    editor
}

#[test]
fn a_line_is_cut_in_two_where_the_eraser_passes_and_undo_mends_it() {
    let mut editor = with_line();
    wipe(&mut editor, 300.0);
    let after = spans(&editor);
    let [(100, left), (right, 500)] = after[..] else {
        panic!("{after:?}");
    };
    assert!(
        (290..=294).contains(&left) && (306..=310).contains(&right),
        "{after:?}"
    );
    wipe(&mut editor, 400.0);
    assert_eq!(all(&editor).len(), 3);
    assert_eq!(editor.scene(), &Scene::rebuild(editor.document()));
    editor.act("undo");
    assert_eq!(spans(&editor), after);
    editor.act("undo");
    assert_eq!(spans(&editor), [(100, 500)]);
    editor.act("redo");
    assert_eq!(spans(&editor), after);
}

#[test]
fn ink_keeps_its_pressure_and_look_and_what_has_a_head_is_spared() {
    let mut editor = editor("a");
    draw(&mut editor, "pen", (100.0, 300.0), (500.0, 300.0));
    draw(&mut editor, "arrow", (100.0, 320.0), (500.0, 320.0));
    draw(&mut editor, "rectangle", (250.0, 100.0), (350.0, 400.0));
    let whole = all(&editor);
    wipe(&mut editor, 300.0);
    let kinds: Vec<&str> = ["ink", "ink", "arrow", "rectangle"].into();
    let after = all(&editor);
    assert_eq!(
        after.iter().map(|one| one.kind.name()).collect::<Vec<_>>(),
        kinds
    );
    assert_eq!(after[0].style, whole[0].style);
    assert!(after[0].inked().iter().all(|point| point.pressure > 0.0));
}

/// How far the way of one is from that of another, at most.
fn strays(piece: &Element, whole: &Element) -> f64 {
    let way = whole.way();
    let away = |at: &Point| {
        let sides = way.iter().zip(way.iter().skip(1));
        let sides = sides.map(|(a, b)| Segment::new(*a, *b).nearest(*at, 1e-6).distance_sq.sqrt());
        sides.fold(f64::INFINITY, f64::min)
    };
    piece.way().iter().map(away).fold(0.0, f64::max)
}

#[test]
fn curves_and_elbows_are_cut_where_they_are_seen_and_run_where_they_ran() {
    for route in ["curved", "elbow"] {
        let mut editor = editor("a");
        editor.act("line");
        for (x, y) in [
            (100.0, 300.0),
            (200.0, 200.0),
            (350.0, 420.0),
            (500.0, 300.0),
        ] {
            pointer(&mut editor, 0.0, x, y, 0.0);
            pointer(&mut editor, 2.0, x, y, 0.0);
        }
        press(&mut editor, "Enter");
        editor.restyle(StyleField::Route, Value::text(route), true);
        let whole = only(&editor);
        // Where its middle is seen.
        let way = whole.way();
        let at = editor.camera().screen(way[way.len() / 2]).0;
        draw(&mut editor, "cutter", (at.x, at.y), (at.x + 1.0, at.y));
        let pieces = all(&editor);
        assert_eq!(pieces.len(), 2, "{route}");
        for piece in &pieces {
            assert!(
                piece.vertices().len() < 24,
                "{route} stays a line for hands"
            );
            let far = strays(piece, &whole);
            // What is cut in a round corner loses its roundness.
            let most = if route == "elbow" { 5.0 } else { 0.75 };
            assert!(far < most, "{route}: {far}");
        }
    }
}

#[test]
fn a_closed_elbow_is_cut_on_its_legs_and_not_across_its_inside() {
    let mut editor = editor("a");
    draw(&mut editor, "line", (200.0, 200.0), (500.0, 400.0));
    editor.restyle(StyleField::Route, Value::text("elbow"), true);
    let line = only(&editor);
    let points = [(200.0, 200.0), (500.0, 200.0), (350.0, 400.0)];
    let points = points.map(|(x, y)| editor.camera().board(ScreenPoint(Point::new(x, y))));
    let through = line.through(&points).unwrap();
    editor.commit(vec![Write::place(&through)]);
    editor.restyle(StyleField::Closed, Value::Bool(true), true);
    let whole = only(&editor);
    // From the second point across its corner at (500, 400) to the third, and not straight.
    draw(&mut editor, "cutter", (425.0, 300.0), (426.0, 300.0));
    assert_eq!(all(&editor).len(), 1);
    draw(&mut editor, "cutter", (500.0, 300.0), (500.0, 301.0));
    let piece = only(&editor);
    assert_ne!(
        piece.id, whole.id,
        "it is cut, and goes on where it was closed"
    );
    assert!(strays(&piece, &whole) < 1.0);
}

#[test]
fn the_longest_piece_says_what_the_line_said() {
    let mut editor = with_line();
    press(&mut editor, "F2");
    type_text(&mut editor, "a label");
    editor.act("endText");
    editor.restyle(StyleField::LabelAt, Value::Number(0.1), true);
    let label = |editor: &Editor| -> Vec<Option<String>> {
        let mut all = all(editor);
        all.sort_by(|a, b| a.geometry.x.total_cmp(&b.geometry.x));
        all.iter()
            .map(|one| one.text().map(str::to_owned))
            .collect()
    };
    let said = Some("a label".to_owned());
    editor.act("cutter");
    pointer(&mut editor, 0.0, 200.0, 250.0, 0.0);
    pointer(&mut editor, 1.0, 200.0, 350.0, 0.0);
    let shown = &editor.gesture.pieces[0].1;
    assert!(shown.iter().any(|piece| piece.text() == said.as_deref()));
    pointer(&mut editor, 2.0, 200.0, 350.0, 0.0);
    assert_eq!(label(&editor), [None, said.clone()]);
    let longest = all(&editor).into_iter().find(|one| one.text().is_some());
    assert_eq!(longest.expect("it is there").style.details.label_at, 0.5);
    wipe(&mut editor, 450.0);
    assert_eq!(label(&editor), [None, said.clone(), None]);
    assert_eq!(editor.scene(), &Scene::rebuild(editor.document()));
    editor.act("undo");
    editor.act("undo");
    assert_eq!(only(&editor).text(), said.as_deref());
    editor.act("redo");
    assert_eq!(label(&editor), [None, said]);
}

#[test]
fn a_highlighters_stroke_stays_one() {
    let mut editor = editor("a");
    draw(&mut editor, "highlighter", (100.0, 300.0), (500.0, 300.0));
    wipe(&mut editor, 300.0);
    let kinds: Vec<String> = all(&editor)
        .iter()
        .map(|one| one.kind.name().into())
        .collect();
    assert_eq!(kinds, ["highlighter", "highlighter"]);
}

#[test]
fn escape_spares_it() {
    let mut editor = with_line();
    editor.act("cutter");
    pointer(&mut editor, 0.0, 300.0, 250.0, 0.0);
    pointer(&mut editor, 1.0, 300.0, 350.0, 0.0);
    editor.paint();
    press(&mut editor, "Escape");
    pointer(&mut editor, 2.0, 300.0, 350.0, 0.0);
    assert_eq!(spans(&editor), [(100, 500)]);
}

#[test]
fn when_two_cut_one_stroke_one_cut_counts_whole() {
    let (mut a, mut b) = (with_line(), editor("b"));
    exchange(&mut a, &mut b);
    wipe(&mut a, 200.0);
    wipe(&mut b, 400.0);
    exchange(&mut a, &mut b);
    assert_eq!(all(&a).len(), 2, "no ink is there twice");
    let cut = spans(&a)[0].1;
    assert!(
        (190..200).contains(&cut) || (390..400).contains(&cut),
        "{cut}"
    );
    // Whoever made the cut that counts takes it back: the stroke is whole again.
    for editor in [&mut a, &mut b] {
        editor.act("undo");
    }
    exchange(&mut a, &mut b);
    assert_eq!(spans(&a), [(100, 500)]);
}

#[test]
fn a_duplicated_board_has_the_pieces_that_are_shown_and_no_more() {
    let (mut a, mut b) = (with_line(), editor("b"));
    exchange(&mut a, &mut b);
    wipe(&mut a, 200.0);
    wipe(&mut b, 400.0);
    exchange(&mut a, &mut b);
    let mut copy = editor("c");
    copy.fill(&a.snapshot().unwrap()).unwrap();
    assert_eq!(all(&copy).len(), 2);
}
