//! What lies outside of the frame that it is in: nobody loses it from sight.

use super::*;
use board::id::ElementId;
use kurbo::Point;

/// Selects what is at a place, and nothing else.
fn click(editor: &mut Editor, at: (f64, f64)) {
    editor.act("escape");
    pointer(editor, 0.0, at.0, at.1, 0.0);
    pointer(editor, 2.0, at.0, at.1, 0.0);
}

/// A frame at (100, 100), 200 wide and high, with a filled rectangle in it at (120, 120), 60 wide, and one
/// at (500, 120) that is in nothing.
fn framed() -> (Editor, ElementId, ElementId, ElementId) {
    let mut a = editor("a");
    draw(&mut a, "frame", (100.0, 100.0), (300.0, 300.0));
    let frame = a.selection().first().expect("it is selected").clone();
    a.act("escape");
    let mut filled = |from: (f64, f64), to: (f64, f64)| {
        draw(&mut a, "rectangle", from, to);
        a.restyle(StyleField::Fill, Value::text("#ff0000"), true);
        a.selection().first().expect("it is selected").clone()
    };
    let inside = filled((120.0, 120.0), (180.0, 180.0));
    let beside = filled((500.0, 120.0), (560.0, 180.0));
    a.act("escape");
    (a, frame, inside, beside)
}

fn nudge_right(editor: &mut Editor, times: usize) {
    for _ in 0..times {
        editor.act("nudgeFarRight");
    }
}

fn parent_of(editor: &Editor, id: &ElementId) -> Option<ElementId> {
    editor.scene().get(id)?.parent().cloned()
}

/// Whether a person sees it at a place, can press it there, and a rebuilt scene says the same.
fn is_there(editor: &mut Editor, id: &ElementId, at: (f64, f64)) {
    let node = editor.scene().get(id).expect("it is there");
    assert_eq!(node.frames().count(), 0, "no frame clips it");
    assert!(node.bounds().contains(Point::from(at)));
    click(editor, at);
    assert_eq!(editor.selection().iter().collect::<Vec<_>>(), [id]);
    assert_eq!(*editor.scene(), Scene::rebuild(editor.document()));
}

#[test]
fn a_frame_that_moves_away_from_what_is_dropped_into_it_does_not_hide_it() {
    let (mut a, frame, _, beside) = framed();
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    drag(&mut a, (110.0, 100.0), (110.0, 500.0));
    drag(&mut b, (530.0, 150.0), (230.0, 230.0));
    exchange(&mut a, &mut b);
    for editor in [&mut a, &mut b] {
        assert_eq!(
            parent_of(editor, &beside),
            Some(frame.clone()),
            "as it was dropped"
        );
        is_there(editor, &beside, (230.0, 230.0));
    }
}

#[test]
fn what_two_let_go_into_one_another_is_seen() {
    let (mut a, one, inside, _) = framed();
    draw(&mut a, "frame", (400.0, 300.0), (700.0, 600.0));
    let other = a.selection().first().expect("it is selected").clone();
    a.act("escape");
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    drag(&mut a, (110.0, 100.0), (450.0, 350.0));
    drag(&mut b, (410.0, 300.0), (150.0, 190.0));
    exchange(&mut a, &mut b);
    for editor in [&mut a, &mut b] {
        for id in [&one, &other, &inside] {
            let node = editor.scene().get(id).expect("it is there");
            assert!(node.is_seen() && node.bounds().area() > 0.0);
        }
    }
}

#[test]
fn what_one_moves_out_of_its_frame_is_in_it_no_more() {
    let out: [fn(&mut Editor); 3] = [
        |a| nudge_right(a, 20),
        |a| a.set_place("x", 350.0),
        |a| {
            pointer(a, 0.0, 530.0, 150.0, 1.0);
            pointer(a, 2.0, 530.0, 150.0, 1.0);
            a.act("alignRight");
        },
    ];
    for act in out {
        let (mut a, frame, inside, _) = framed();
        click(&mut a, (150.0, 150.0));
        assert_eq!(parent_of(&a, &inside), Some(frame.clone()));
        act(&mut a);
        assert_eq!(parent_of(&a, &inside), None);
        is_flat(&a);
        while a
            .scene()
            .get(&inside)
            .is_some_and(|n| n.element().geometry.x != 120.0)
        {
            a.act("undo");
        }
        assert_eq!(parent_of(&a, &inside), Some(frame), "in the same step");
    }
}

#[test]
fn a_group_leaves_as_one_and_what_the_pointer_takes_along_falls_past_the_frame() {
    let (mut a, frame, inside, _) = framed();
    draw(&mut a, "ellipse", (200.0, 120.0), (260.0, 180.0));
    let round = a.selection().first().expect("it is selected").clone();
    a.act("escape");
    click(&mut a, (150.0, 150.0));
    pointer(&mut a, 0.0, 200.0, 150.0, 1.0);
    pointer(&mut a, 2.0, 200.0, 150.0, 1.0);
    a.act("group");
    let group = parent_of(&a, &inside).expect("a group");
    assert_eq!(parent_of(&a, &group), Some(frame.clone()));
    nudge_right(&mut a, 16);
    assert_eq!(
        parent_of(&a, &group),
        Some(frame.clone()),
        "some of it is there"
    );
    nudge_right(&mut a, 10);
    assert_eq!(parent_of(&a, &group), None);
    assert_eq!(parent_of(&a, &round), Some(group));
    is_flat(&a);
    // Two that are dragged far from one another: one falls in, the other beside the frame.
    let (mut a, frame, inside, beside) = framed();
    click(&mut a, (530.0, 150.0));
    pointer(&mut a, 0.0, 150.0, 150.0, 1.0);
    pointer(&mut a, 2.0, 150.0, 150.0, 1.0);
    drag(&mut a, (150.0, 150.0), (160.0, 160.0));
    assert_eq!(parent_of(&a, &inside), Some(frame));
    assert_eq!(parent_of(&a, &beside), None);
    // Both in the frame: the pointer stays in it, and what it takes along does not.
    let (mut a, frame, inside, _) = framed();
    draw(&mut a, "rectangle", (230.0, 220.0), (280.0, 280.0));
    let low = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &low), Some(frame.clone()));
    a.select(scene::selection_of([inside.clone(), low.clone()]));
    drag(&mut a, (150.0, 150.0), (240.0, 240.0));
    assert_eq!(parent_of(&a, &inside), Some(frame));
    assert_eq!(parent_of(&a, &low), None);
    is_flat(&a);
}

#[test]
fn what_goes_with_its_frame_is_clipped_where_that_is_shown() {
    let (mut a, _, inside, _) = framed();
    let beside = |editor: &mut Editor| {
        editor.paint();
        let node = editor
            .sight
            .stand_ins
            .nodes
            .get(&inside)
            .expect("it is dragged");
        let around = node.element().bounds();
        assert_eq!(node.bounds(), around, "all of it lies in the frame");
        assert_eq!(node.frames().count(), 1);
    };
    pointer(&mut a, 0.0, 110.0, 100.0, 0.0);
    for x in [120.0, 290.0, 600.0] {
        pointer(&mut a, 1.0, x, 100.0, 0.0);
        beside(&mut a);
    }
}

/// A frame at (100, 100), 400 wide and 200 high, with two rectangles in it that an arrow joins.
fn joined() -> (Editor, ElementId, [ElementId; 3]) {
    let mut a = editor("a");
    draw(&mut a, "frame", (100.0, 100.0), (500.0, 300.0));
    let frame = a.selection().first().expect("it is selected").clone();
    a.act("escape");
    let mut made = |tool: &str, from: (f64, f64), to: (f64, f64)| {
        draw(&mut a, tool, from, to);
        a.restyle(StyleField::Fill, Value::text("#ff0000"), true);
        a.selection().first().expect("it is selected").clone()
    };
    let one = made("rectangle", (120.0, 150.0), (180.0, 210.0));
    let other = made("rectangle", (400.0, 150.0), (460.0, 210.0));
    let arrow = made("arrow", (182.0, 180.0), (398.0, 180.0));
    a.act("escape");
    assert_eq!(parent_of(&a, &arrow), Some(frame.clone()));
    (a, frame, [one, other, arrow])
}

#[test]
fn an_arrow_is_in_the_frame_that_both_of_its_ends_are_in() {
    let (mut a, frame, [one, other, arrow]) = joined();
    drag(&mut a, (430.0, 160.0), (650.0, 460.0));
    assert_eq!(parent_of(&a, &other), None);
    assert_eq!(parent_of(&a, &arrow), None, "nothing cuts it");
    is_flat(&a);
    a.act("undo");
    assert_eq!(
        parent_of(&a, &arrow),
        Some(frame.clone()),
        "in the same step"
    );
    a.act("redo");
    a.act("escape");
    drag(&mut a, (650.0, 460.0), (430.0, 160.0));
    assert_eq!(parent_of(&a, &arrow), Some(frame), "and back with it");
    is_flat(&a);
    // As a group, and by keys.
    click(&mut a, (150.0, 160.0));
    pointer(&mut a, 0.0, 430.0, 160.0, 1.0);
    pointer(&mut a, 2.0, 430.0, 160.0, 1.0);
    a.act("group");
    for _ in 0..30 {
        a.act("nudgeFarDown");
    }
    assert_eq!(parent_of(&a, &arrow), None);
    assert_eq!(parent_of(&a, &one), parent_of(&a, &other));
    is_flat(&a);
}

#[test]
fn two_who_take_its_two_targets_out_take_the_arrow_out() {
    let (mut a, _, [one, other, arrow]) = joined();
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    drag(&mut a, (150.0, 160.0), (150.0, 460.0));
    drag(&mut b, (430.0, 160.0), (650.0, 460.0));
    exchange(&mut a, &mut b);
    for id in [&one, &other, &arrow] {
        assert_eq!(parent_of(&a, id), None);
    }
}

#[test]
fn a_line_that_leads_out_of_its_frame_is_not_cut_at_birth() {
    let (mut a, frame, _) = joined();
    draw(&mut a, "arrow", (150.0, 250.0), (700.0, 250.0));
    let out = a.selection().first().expect("it is selected").clone();
    draw(&mut a, "line", (150.0, 260.0), (300.0, 270.0));
    let within = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &out), None);
    assert_eq!(parent_of(&a, &within), Some(frame));
    is_flat(&a);
}

#[test]
fn the_next_shape_of_a_flow_is_never_born_where_its_frame_hides_it() {
    let (mut a, frame, _) = joined();
    click(&mut a, (430.0, 160.0));
    a.act("flowDown");
    let next = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &next), None);
    is_flat(&a);
    click(&mut a, (150.0, 160.0));
    a.act("flowRight");
    let next = a.selection().first().expect("it is selected").clone();
    let within = a.scene().get(&next).expect("it is there").element().frame();
    assert_eq!(
        parent_of(&a, &next),
        (within.rect().x1 < 500.0).then_some(frame)
    );
    is_flat(&a);
}
