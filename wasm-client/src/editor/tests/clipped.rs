//! What a frame clips away: nobody sees it, and no tool takes it.

use super::*;
use board::display::command::Command;

/// The bit of Alt in an event of the pointer.
const ALT: f64 = 2.0;
/// What is drawn across the right edge of the frame.
const ACROSS: [&str; 6] = [
    "pen",
    "line",
    "highlighter",
    "rectangle",
    "ellipse",
    "arrow",
];

/// A frame from (100, 100) to (300, 300), and something from inside it to (500, 250).
fn across(tool: &str) -> (Editor, ElementId) {
    let mut a = editor("a");
    draw(&mut a, "frame", (100.0, 100.0), (600.0, 300.0));
    let frame = a.selection().first().expect("it is selected").clone();
    let level = matches!(tool, "pen" | "line" | "highlighter" | "arrow");
    let top = if level { 250.0 } else { 150.0 };
    draw(&mut a, tool, (150.0, top), (500.0, 250.0));
    let mut members = a.scene().members(&frame);
    let inside = members.next().map(|node| node.element().id.clone());
    drop(members);
    a.select(scene::selection_of([frame]));
    a.set_place("w", 200.0);
    a.act("select");
    a.act("escape");
    (a, inside.expect("it is in the frame"))
}

/// Pulls a tool along a way.
fn pull(editor: &mut Editor, tool: &str, way: &[(f64, f64)], modifiers: f64) {
    editor.act(tool);
    for (i, (x, y)) in way.iter().enumerate() {
        pointer(editor, if i == 0 { 0.0 } else { 1.0 }, *x, *y, modifiers);
    }
    let (x, y) = way.last().expect("a way");
    pointer(editor, 2.0, *x, *y, modifiers);
}

fn around(left: f64, right: f64) -> [(f64, f64); 5] {
    let (top, bottom) = (130.0, 280.0);
    [
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top + 10.0),
    ]
}

#[test]
fn an_eraser_takes_only_what_it_passes_where_that_is_seen() {
    for tool in ACROSS {
        let (mut a, id) = across(tool);
        for way in [
            [(400.0, 90.0), (400.0, 320.0)],
            [(310.0, 90.0), (550.0, 320.0)],
            // From within the frame, where nothing is in the way.
            [(296.0, 110.0), (420.0, 400.0)],
        ] {
            pull(&mut a, "eraser", &way, 0.0);
            assert!(a.scene().get(&id).is_some(), "{tool}");
        }
        pull(&mut a, "eraser", &[(600.0, 250.0), (250.0, 250.0)], 0.0);
        assert!(a.scene().get(&id).is_none(), "{tool}, on the way in");
    }
}

#[test]
fn a_lasso_or_box_catches_what_is_seen() {
    for tool in ACROSS {
        let (mut a, id) = across(tool);
        for lasso in ["lasso", "select"] {
            let beside = around(320.0, 520.0);
            let within = around(120.0, 290.0);
            let all_seen = around(110.0, 310.0);
            let way = |loop_: &[(f64, f64); 5]| match lasso {
                "lasso" => loop_.to_vec(),
                _ => vec![loop_[0], loop_[1], loop_[2]],
            };
            pull(&mut a, lasso, &way(&beside), ALT);
            assert!(a.selection().is_empty(), "{tool}, {lasso}");
            pull(&mut a, lasso, &way(&within), ALT);
            assert_eq!(a.selection().first(), Some(&id), "{tool}, {lasso}");
            a.act("escape");
            pull(&mut a, lasso, &way(&within), 0.0);
            assert!(a.selection().is_empty(), "{tool}, {lasso}: not all of it");
            pull(&mut a, lasso, &way(&all_seen), 0.0);
            assert_eq!(a.selection().first(), Some(&id), "{tool}, {lasso}: all");
            a.act("escape");
        }
    }
}

#[test]
fn an_eraser_of_parts_cuts_where_it_passes_what_is_seen() {
    for tool in ["pen", "line", "highlighter"] {
        let (mut a, _) = across(tool);
        let way = [
            (200.0, 200.0),
            (200.0, 280.0),
            (400.0, 280.0),
            (400.0, 200.0),
        ];
        pull(&mut a, "cutter", &way, 0.0);
        let pieces = a.scene().iter().map(|node| node.element());
        let pieces = pieces.filter(|piece| !piece.kind.holds_others());
        let mut spans: Vec<_> = pieces.map(|piece| piece.geometry.rect()).collect();
        spans.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let [left, right] = &spans[..] else {
            panic!("{tool}: {spans:?}");
        };
        assert!(left.x1 < 200.0 && right.x0 > 200.0, "{tool}: {spans:?}");
        assert!(right.x0 < 220.0 && right.x1 > 490.0, "{tool}: {spans:?}");
    }
}

#[test]
fn nothing_is_filled_or_held_on_to_where_it_is_clipped_away() {
    let (mut a, id) = across("rectangle");
    a.select(scene::selection_of([id.clone()]));
    a.restyle(StyleField::Fill, Value::text("#ffec99"), true);
    a.act("escape");
    let fill = |a: &Editor| {
        let node = a.scene().get(&id).expect("it is there");
        node.element().style.fill
    };
    let before = fill(&a);
    a.act("arrow");
    // Within the reach of what is seen, and not on it.
    drag(&mut a, (600.0, 500.0), (304.0, 200.0));
    assert!(a.scene().holders([&id]).is_empty());
    a.act("escape");
    a.restyle(StyleField::Fill, Value::text("#ff0000"), true);
    pull(&mut a, "bucket", &[(301.0, 200.0)], 0.0);
    assert_eq!(fill(&a), before);
}

#[test]
fn neighbours_in_one_frame_share_one_clip() {
    let mut a = editor("a");
    let clips = |a: &mut Editor| {
        a.act("escape");
        a.sight.repaint();
        let painting = a.paint();
        let lists = painting.tiles.iter().map(|tile| &tile.list);
        let most = lists.map(|list| {
            let clips = list.iter().filter(|command| *command == Command::Clip);
            clips.count()
        });
        most.max().expect("a tile")
    };
    draw(&mut a, "frame", (20.0, 20.0), (240.0, 240.0));
    draw(&mut a, "rectangle", (30.0, 30.0), (60.0, 60.0));
    let one = clips(&mut a);
    assert!(one > 0);
    for i in 0..5 {
        let x = 70.0 + 20.0 * f64::from(i);
        draw(&mut a, "rectangle", (x, 30.0), (x + 10.0, 60.0));
    }
    assert_eq!(clips(&mut a), one);
    draw(&mut a, "frame", (30.0, 100.0), (200.0, 200.0));
    for x in [40.0, 80.0] {
        draw(&mut a, "rectangle", (x, 110.0), (x + 30.0, 140.0));
    }
    assert_eq!(clips(&mut a), one + 2, "in both frames, once");
}
