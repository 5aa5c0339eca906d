//! Selecting: by a box or a loop around things, by what is alike, and one after the other.

use std::collections::BTreeSet;

use kurbo::Point;

use super::*;

const ALT: f64 = 2.0;

/// A box at each place, 60 by 40 on the screen.
fn boxes(places: &[(f64, f64)]) -> Editor {
    let mut editor = editor("a");
    for (x, y) in places {
        draw(&mut editor, "rectangle", (*x, *y), (x + 60.0, y + 40.0));
    }
    press(&mut editor, "Escape");
    editor
}

/// Left edges of what is selected, on the screen.
fn selected(editor: &Editor) -> BTreeSet<i64> {
    let nodes = editor
        .selection()
        .iter()
        .filter_map(|id| editor.scene().get(id));
    let lefts = nodes.map(|node| {
        let rect = node.element().geometry.rect();
        editor.camera().screen(rect.origin()).0.x.round() as i64
    });
    lefts.collect()
}

fn pull(editor: &mut Editor, points: &[(f64, f64)], held: f64) {
    for (i, (x, y)) in points.iter().enumerate() {
        pointer(editor, if i == 0 { 0.0 } else { 1.0 }, *x, *y, held);
    }
    let (x, y) = points.last().unwrap();
    pointer(editor, 2.0, *x, *y, held);
}

#[test]
fn a_box_takes_what_it_holds_whole_and_with_alt_what_it_touches() {
    for (held, taken) in [(0.0, vec![200]), (ALT, vec![200, 300])] {
        let mut editor = boxes(&[(200.0, 200.0), (300.0, 200.0), (500.0, 200.0)]);
        pull(&mut editor, &[(150.0, 150.0), (330.0, 300.0)], held);
        assert_eq!(selected(&editor), taken.into_iter().collect(), "{held}");
    }
}

#[test]
fn a_group_is_taken_when_all_of_it_is_held() {
    let mut editor = boxes(&[(200.0, 200.0), (300.0, 200.0)]);
    editor.act("selectAll");
    editor.act("group");
    press(&mut editor, "Escape");
    pull(&mut editor, &[(150.0, 150.0), (280.0, 300.0)], 0.0);
    assert!(editor.selection().is_empty(), "half of it");
    pull(&mut editor, &[(150.0, 150.0), (280.0, 300.0)], ALT);
    assert_eq!(editor.selection().len(), 1, "touched");
    press(&mut editor, "Escape");
    pull(&mut editor, &[(150.0, 150.0), (400.0, 300.0)], 0.0);
    assert_eq!(editor.selection().len(), 1, "all of it");
}

#[test]
fn a_lasso_takes_what_it_goes_round_and_hands_back() {
    // An angle that leaves the second out, which a box would hold.
    let angle = [
        (150.0, 150.0),
        (420.0, 150.0),
        (420.0, 190.0),
        (280.0, 190.0),
        (280.0, 350.0),
        (420.0, 350.0),
        (420.0, 480.0),
        (150.0, 480.0),
    ];
    let cases = [
        (0.0, 0.0, vec![200, 250]),
        (-60.0, 0.0, vec![200]),
        (-60.0, ALT, vec![200, 250]),
    ];
    for (down, held, taken) in cases {
        let mut editor = boxes(&[(200.0, 200.0), (300.0, 220.0), (250.0, 400.0)]);
        editor.act("lasso");
        let angle = angle.map(|(x, y)| (x, y + down));
        pull(&mut editor, &angle, held);
        assert_eq!(selected(&editor), taken.into_iter().collect(), "{held}");
        assert_eq!(editor.gesture.tool.name(), ToolName::Select);
    }
}

#[test]
fn all_of_a_kind_or_of_a_look_are_selected_from_one() {
    let mut editor = boxes(&[(200.0, 200.0), (300.0, 200.0), (400.0, 200.0)]);
    draw(&mut editor, "ellipse", (500.0, 200.0), (560.0, 240.0));
    drag(&mut editor, (200.0, 220.0), (200.0, 225.0));
    widen(&mut editor, 9.0, true);
    editor.act("selectKind");
    assert_eq!(selected(&editor), BTreeSet::from([200, 300, 400]));
    press(&mut editor, "Escape");
    drag(&mut editor, (300.0, 220.0), (300.0, 225.0));
    editor.act("selectStyle");
    assert_eq!(selected(&editor), BTreeSet::from([300, 400]));
}

#[test]
fn tab_walks_as_one_reads_until_escape_gives_it_back() {
    let mut editor = boxes(&[(500.0, 205.0), (300.0, 400.0), (200.0, 210.0)]);
    pointer(&mut editor, 0.0, 50.0, 50.0, 0.0);
    pointer(&mut editor, 2.0, 50.0, 50.0, 0.0);
    let mut seen = Vec::new();
    while press(&mut editor, "Tab") {
        seen.extend(selected(&editor));
    }
    assert_eq!(seen, [200, 500, 300], "then it leads on to the page");
    press(&mut editor, "v");
    assert!(press_shift_tab(&mut editor));
    assert_eq!(selected(&editor), BTreeSet::from([500]));
    press(&mut editor, "Escape");
    assert!(!press(&mut editor, "Tab"), "Escape gives it back too");
    assert!(editor.selection().is_empty());
}

#[test]
fn tab_walks_again_once_it_has_led_away_or_something_is_selected() {
    let mut editor = boxes(&[(200.0, 210.0), (500.0, 205.0)]);
    press(&mut editor, "Escape");
    assert!(!press(&mut editor, "Tab"), "on to the page");
    assert!(press(&mut editor, "Tab"), "back on the board");
    assert_eq!(selected(&editor), BTreeSet::from([200]));
    while press(&mut editor, "Tab") {}
    assert_eq!(selected(&editor), BTreeSet::from([500]), "the last one");
    assert!(
        press_shift_tab(&mut editor),
        "came back from the other side"
    );
    assert_eq!(selected(&editor), BTreeSet::from([200]));

    press(&mut editor, "Escape");
    assert!(editor.point_out(Point::new(200.0, 230.0), false));
    assert_eq!(selected(&editor), BTreeSet::from([200]));
    assert!(press(&mut editor, "Tab"), "something is selected");
    assert_eq!(selected(&editor), BTreeSet::from([500]));
}

fn press_shift_tab(editor: &mut Editor) -> bool {
    let shift = Modifiers {
        shift: true,
        ..Default::default()
    };
    editor.key("Tab", "Tab", shift, false, Focus::Board)
}

#[test]
fn a_menu_asked_for_by_key_belongs_beside_what_is_selected() {
    let mut editor = boxes(&[(200.0, 210.0), (500.0, 205.0)]);
    assert_eq!(editor.beside_selection(), None);
    drag(&mut editor, (200.0, 230.0), (200.0, 230.0));
    let beside = |editor: &Editor| editor.beside_selection().unwrap();
    let at = beside(&editor);
    assert!(
        (at.x - 260.0).abs() < 3.0 && (at.y - 210.0).abs() < 3.0,
        "{at:?}"
    );
    editor.act("selectAll");
    let at = beside(&editor);
    assert!(
        (at.x - 560.0).abs() < 3.0 && (at.y - 205.0).abs() < 3.0,
        "{at:?}"
    );
}
