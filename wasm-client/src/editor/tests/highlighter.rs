//! What a highlighter makes, wet and dry, here and for others.

use super::*;
use board::display::command::Command;

/// Begins a stroke and stays down.
fn mark(editor: &mut Editor) {
    editor.act("highlighter");
    pointer(editor, 0.0, 100.0, 150.0, 0.0);
    for x in [140.0, 200.0, 260.0] {
        pointer(editor, 1.0, x, 150.0, 0.0);
    }
}

/// What is painted among the tiles: how often something is blended, and the widths of lines.
fn bands(editor: &mut Editor) -> (usize, Vec<f64>) {
    editor.sight.repaint();
    let painting = editor.paint();
    let commands = painting.tiles.iter().flat_map(|tile| tile.list.iter());
    let commands: Vec<Command> = commands.collect();
    let blends = |command: &&Command| matches!(command, Command::Blend(_));
    let widths = commands.iter().filter_map(|command| match command {
        Command::LineWidth(width) => Some(*width),
        _ => None,
    });
    (commands.iter().filter(blends).count(), widths.collect())
}

#[test]
fn it_is_blended_with_what_it_marks_wet_as_dry_and_for_others() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    a.connected(true);
    mark(&mut a);
    let wet = bands(&mut a);
    assert_eq!(wet.0, 1, "{wet:?}");
    a.tick(100.0);
    overhear(a.drain().frames, &mut b);
    assert_eq!(bands(&mut b).0, 1, "the other sees it wet");
    pointer(&mut a, 2.0, 260.0, 150.0, 0.0);
    assert_eq!(bands(&mut a), wet);
    let element = only(&a);
    assert_eq!(element.kind.name(), "highlighter");
    assert!(!element.style.fill.is_none());
    exchange(&mut a, &mut b);
    a.act("undo");
    assert!(a.scene().is_empty());
}

#[test]
fn its_colour_and_width_are_remembered_apart_from_the_pens() {
    let mut a = editor("a");
    a.act("highlighter");
    a.restyle(StyleField::Fill, Value::text("#a5d8ff"), true);
    widen(&mut a, 30.0, true);
    a.act("pen");
    draw(&mut a, "pen", (100.0, 100.0), (200.0, 100.0));
    assert_ne!(only(&a).style.width, 30.0);
    a.act("undo");
    mark(&mut a);
    pointer(&mut a, 2.0, 260.0, 150.0, 0.0);
    let element = only(&a);
    assert_eq!(element.style.width, 30.0);
    assert_eq!(element.style.get(StyleField::Fill), Value::text("#a5d8ff"));
}

#[test]
fn a_jerk_where_the_hand_lands_or_lifts_turns_no_end_aside() {
    for (jerk, lift) in [
        ((0.0, 2.0), (0.0, -2.0)),
        ((-2.0, 3.0), (3.0, 3.0)),
        ((4.0, -4.0), (-1.0, 5.0)),
    ] {
        let mut a = editor("a");
        a.act("highlighter");
        pointer(&mut a, 0.0, 100.0, 150.0, 0.0);
        pointer(&mut a, 1.0, 100.0 + jerk.0, 150.0 + jerk.1, 0.0);
        for x in [140.0, 200.0, 260.0] {
            pointer(&mut a, 1.0, x, 150.0 + jerk.1, 0.0);
        }
        let end = (260.0 + lift.0, 150.0 + jerk.1 + lift.1);
        pointer(&mut a, 1.0, end.0, end.1, 0.0);
        let wet = ends(&mut a);
        pointer(&mut a, 2.0, end.0, end.1, 0.0);
        for (what, slopes) in [("wet", wet), ("dry", ends(&mut a))] {
            for slope in slopes {
                assert!(slope < 0.4, "{what}, {jerk:?}: an end leans by {slope}");
            }
        }
    }
}

/// How far the first and last part of the band lean from level.
fn ends(editor: &mut Editor) -> [f64; 2] {
    editor.sight.repaint();
    let painting = editor.paint();
    let commands = painting.tiles.iter().flat_map(|tile| tile.list.iter());
    let points: Vec<_> = commands
        .filter_map(|command| match command {
            Command::MoveTo(at) | Command::LineTo(at) => Some(at),
            _ => None,
        })
        .collect();
    let lean = |from: usize, to: usize| {
        ((points[to].y - points[from].y) / (points[to].x - points[from].x)).abs()
    };
    [lean(0, 1), lean(points.len() - 2, points.len() - 1)]
}
