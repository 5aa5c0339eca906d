//! Arrows that hold on to elements, whatever becomes of those.

use super::*;
use board::document::Write;
use board::id::ElementId;
use board::links::{Binding, LinkField};
use kurbo::Point;

fn newest(editor: &Editor) -> ElementId {
    editor.selection().first().expect("it is selected").clone()
}

fn vertices(editor: &Editor, id: &ElementId) -> Vec<Point> {
    let node = editor.scene().get(id).expect("it is there");
    node.element().vertices()
}

fn hold(editor: &mut Editor, arrow: &ElementId, end: LinkField, target: &ElementId) {
    let binding = Binding {
        target: target.clone(),
        u: 0.5,
        v: 0.5,
        inside: false,
        gap: Some(10.0),
    };
    let write = Write::link(arrow, end, binding.write());
    editor.commit(vec![write]);
}

fn near(a: Point, b: (f64, f64)) {
    assert!((a - Point::from(b)).hypot() < 0.1, "{a:?} and not {b:?}");
}

/// An arrow from (300, 150) whose end holds on to a square about (150, 150), 100 wide.
fn held() -> (Editor, ElementId, ElementId) {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    let square = newest(&a);
    draw(&mut a, "arrow", (300.0, 150.0), (260.0, 150.0));
    let arrow = newest(&a);
    hold(&mut a, &arrow, LinkField::End, &square);
    (a, square, arrow)
}

fn select(editor: &mut Editor, ids: &[&ElementId]) {
    let ids = ids.iter().map(|id| (*id).clone());
    editor.select(scene::selection_of(ids));
}

#[test]
fn an_end_follows_moves_while_they_are_made_and_after() {
    let (mut a, square, arrow) = held();
    near(vertices(&a, &arrow)[1], (210.0, 150.0));
    let mut b = editor("b");
    a.connected(true);
    b.connected(true);
    exchange(&mut a, &mut b);
    select(&mut a, &[&square]);
    pointer(&mut a, 0.0, 120.0, 100.0, 0.0);
    pointer(&mut a, 1.0, 120.0, 150.0, 0.0);
    pointer(&mut a, 1.0, 120.0, 200.0, 0.0);
    a.paint();
    let shown = a.sight.stand_ins.get(&arrow).expect("it follows");
    assert!(shown.vertices()[1].y > 151.0);
    pointer(&mut a, 2.0, 120.0, 200.0, 0.0);
    let end = vertices(&a, &arrow)[1];
    assert!(end.y > 151.0 && end.x > 200.0, "{end:?}");
    exchange(&mut a, &mut b);
    assert_eq!(vertices(&b, &arrow)[1], end);
    let written = a.document().element(&arrow).expect("it is there");
    near(written.vertices()[1], (260.0, 150.0));
    a.act("undo");
    near(vertices(&a, &arrow)[1], (210.0, 150.0));
}

#[test]
fn it_stays_where_it_was_when_its_target_is_deleted_and_holds_again_after_undo() {
    let (mut a, square, arrow) = held();
    select(&mut a, &[&square]);
    a.act("delete");
    near(vertices(&a, &arrow)[1], (210.0, 150.0));
    let written = a.document().element(&arrow).expect("it is there");
    near(written.vertices()[1], (210.0, 150.0));
    a.act("undo");
    select(&mut a, &[&square]);
    a.act("nudgeFarRight");
    near(vertices(&a, &arrow)[1], (220.0, 150.0));
}

#[test]
fn dragged_by_its_body_it_lets_go_and_with_its_target_it_does_not() {
    let (mut a, square, arrow) = held();
    select(&mut a, &[&arrow]);
    a.act("nudgeFarDown");
    near(vertices(&a, &arrow)[1], (210.0, 160.0));
    let holds = |a: &Editor| {
        a.scene()
            .get(&arrow)
            .expect("there")
            .element()
            .links
            .end
            .is_some()
    };
    assert!(!holds(&a));
    a.act("undo");
    assert!(holds(&a), "one step");
    select(&mut a, &[&arrow, &square]);
    a.act("nudgeFarDown");
    assert!(holds(&a));
    near(vertices(&a, &arrow)[0], (300.0, 160.0));
    near(vertices(&a, &arrow)[1], (210.0, 160.0));
}

#[test]
fn holds_in_a_circle_and_in_long_chains_are_none() {
    let mut a = editor("a");
    let mut arrows = Vec::new();
    for i in 0..12 {
        let y = 40.0 + 40.0 * f64::from(i);
        draw(&mut a, "arrow", (100.0, y), (300.0, y));
        arrows.push(newest(&a));
    }
    let stored: Vec<_> = arrows.iter().map(|id| vertices(&a, id)).collect();
    hold(&mut a, &arrows[0], LinkField::End, &arrows[1]);
    assert_ne!(vertices(&a, &arrows[0]), stored[0]);
    hold(&mut a, &arrows[1], LinkField::End, &arrows[0]);
    assert_eq!(vertices(&a, &arrows[0]), stored[0], "a circle");
    assert_eq!(vertices(&a, &arrows[1]), stored[1], "a circle");
    a.act("undo");
    for i in 1..11 {
        hold(&mut a, &arrows[i], LinkField::End, &arrows[i + 1]);
    }
    assert_eq!(vertices(&a, &arrows[0]), stored[0], "too far");
    assert_ne!(vertices(&a, &arrows[10]), stored[10]);
    assert_eq!(*a.scene(), Scene::rebuild(a.document()));
}

#[test]
fn copies_hold_on_to_copies() {
    let (mut a, square, arrow) = held();
    select(&mut a, &[&arrow, &square]);
    a.act("duplicate");
    let selected = a.selection().clone();
    let copy = |kind: &str| {
        let mut ids = selected.iter().filter(|id| {
            let node = a.scene().get(id).expect("it is there");
            node.element().kind.name() == kind
        });
        ids.next().expect("it was copied").clone()
    };
    let (copied, target) = (copy("arrow"), copy("rectangle"));
    let node = a.scene().get(&copied).expect("it is there");
    let end = node.element().links.end.as_ref().expect("it holds");
    assert_eq!(end.target, target);
    select(&mut a, &[&arrow]);
    a.act("duplicate");
    let alone = newest(&a);
    let node = a.scene().get(&alone).expect("it is there");
    assert_eq!(
        node.element().links.end,
        None,
        "nobody would know what moved it"
    );
}

/// Two squares, at (100, 100) and (400, 100), 100 wide.
fn squares() -> (Editor, ElementId, ElementId) {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    let left = newest(&a);
    draw(&mut a, "rectangle", (400.0, 100.0), (500.0, 200.0));
    let right = newest(&a);
    (a, left, right)
}

fn ends(editor: &Editor, id: &ElementId) -> [Option<Binding>; 2] {
    let links = &editor.scene().get(id).expect("it is there").element().links;
    [links.start.clone(), links.end.clone()]
}

#[test]
fn an_arrow_pulled_from_one_to_another_holds_on_to_both() {
    let (mut a, left, right) = squares();
    draw(&mut a, "arrow", (195.0, 180.0), (405.0, 120.0));
    let arrow = newest(&a);
    let [start, end] = ends(&a, &arrow).map(|end| end.expect("it holds"));
    assert_eq!((&start.target, &end.target), (&left, &right));
    assert_eq!((start.u, start.v, start.inside), (0.5, 0.5, false));
    let points = vertices(&a, &arrow);
    near(points[0], (206.0, 150.0));
    near(points[1], (394.0, 150.0));
    let born = a.document().element(&arrow).expect("it is there");
    assert_eq!(
        born.vertices(),
        points,
        "a reader without holds sees the same"
    );
    a.act("undo");
    assert!(a.scene().get(&arrow).is_none(), "one step");
}

#[test]
fn deep_inside_it_stays_at_that_point_and_with_ctrl_it_holds_nothing() {
    let (mut a, _, right) = squares();
    draw(&mut a, "arrow", (300.0, 300.0), (450.0, 150.0));
    let arrow = newest(&a);
    let [start, end] = ends(&a, &arrow);
    let end = end.expect("it holds");
    assert_eq!((start, end.target, end.inside), (None, right, true));
    near(vertices(&a, &arrow)[1], (450.0, 150.0));
    a.act("arrow");
    for (kind, at) in [
        (0.0, (300.0, 400.0)),
        (1.0, (350.0, 300.0)),
        (1.0, (450.0, 150.0)),
        (2.0, (450.0, 150.0)),
    ] {
        pointer(&mut a, kind, at.0, at.1, 4.0);
    }
    assert_eq!(ends(&a, &newest(&a)), [None, None]);
}

#[test]
fn an_end_is_dragged_off_and_onto_another() {
    let (mut a, left, right) = squares();
    draw(&mut a, "arrow", (195.0, 180.0), (405.0, 120.0));
    let arrow = newest(&a);
    drag(&mut a, (394.0, 150.0), (300.0, 350.0));
    let [start, end] = ends(&a, &arrow);
    assert_eq!(
        (start.map(|start| start.target), end),
        (Some(left.clone()), None)
    );
    near(vertices(&a, &arrow)[1], (300.0, 350.0));
    drag(&mut a, (300.0, 350.0), (450.0, 200.0));
    let [_, end] = ends(&a, &arrow);
    assert_eq!(end.map(|end| end.target), Some(right));
    // An arrow does not go from a thing to the same.
    drag(&mut a, (394.0, 150.0), (110.0, 110.0));
    assert_ne!(
        ends(&a, &arrow)[1].as_ref().map(|end| &end.target),
        Some(&left)
    );
}

#[test]
fn an_end_that_is_dragged_onto_something_is_stored_where_it_is_seen() {
    let (mut a, _, _) = squares();
    draw(&mut a, "arrow", (100.0, 500.0), (300.0, 500.0));
    let arrow = newest(&a);
    drag(&mut a, (300.0, 500.0), (140.0, 200.0));
    assert!(ends(&a, &arrow)[1].is_some());
    let stored = a.document().element(&arrow).expect("it is there");
    let (stored, seen) = (stored.vertices()[1], vertices(&a, &arrow)[1]);
    assert!((stored - seen).hypot() < 0.1, "{stored:?} {seen:?}");
    assert!((stored - Point::new(140.0, 200.0)).hypot() > 3.0);
}

#[test]
fn an_end_that_is_moved_lets_go_of_what_is_gone() {
    let (mut a, left, right) = squares();
    draw(&mut a, "arrow", (195.0, 180.0), (405.0, 120.0));
    let arrow = newest(&a);
    select(&mut a, &[&right]);
    a.act("delete");
    let [_, end] = ends(&a, &arrow);
    assert!(end.is_some_and(|end| end.target == right), "undo needs it");
    a.act("escape");
    drag(&mut a, (300.0, 150.0), (300.0, 150.0));
    drag(&mut a, (394.0, 150.0), (300.0, 350.0));
    let [start, end] = ends(&a, &arrow);
    assert_eq!((start.map(|start| start.target), end), (Some(left), None));
    let stored = a.document().element(&arrow).expect("it is there");
    assert_eq!(stored.links.end, None);
}

#[test]
fn an_arrow_is_in_the_innermost_frame_that_it_does_not_lead_out_of() {
    let mut a = editor("a");
    draw(&mut a, "frame", (20.0, 20.0), (500.0, 500.0));
    let outer = newest(&a);
    draw(&mut a, "frame", (40.0, 40.0), (250.0, 250.0));
    let inner = newest(&a);
    draw(&mut a, "rectangle", (60.0, 60.0), (120.0, 120.0));
    draw(&mut a, "rectangle", (60.0, 160.0), (120.0, 220.0));
    draw(&mut a, "rectangle", (300.0, 60.0), (360.0, 120.0));
    draw(&mut a, "rectangle", (600.0, 60.0), (660.0, 120.0));
    let top = newest(&a);
    for (to, home) in [
        ((62.0, 190.0), Some(&inner)),
        ((302.0, 90.0), Some(&outer)),
        ((602.0, 90.0), None),
    ] {
        a.act("arrow");
        // By way of all the others.
        pointer(&mut a, 0.0, 118.0, 90.0, 0.0);
        for at in [(302.0, 90.0), (602.0, 90.0), (62.0, 190.0), to] {
            pointer(&mut a, 1.0, at.0, at.1, 0.0);
        }
        pointer(&mut a, 2.0, to.0, to.1, 0.0);
        let arrow = newest(&a);
        assert!(ends(&a, &arrow).iter().all(Option::is_some), "{to:?}");
        let parent = a.scene().get(&arrow).expect("it is there").parent();
        assert_eq!(parent, home, "{to:?}");
        is_flat(&a);
        let above = a.scene().in_order().pop().map(|node| &node.element().id);
        let expected = if home.is_some() { &top } else { &arrow };
        assert_eq!(above, Some(expected), "{to:?}");
    }
}

#[test]
fn both_ends_moved_by_two_people_are_decided_each_by_itself() {
    let (mut a, ..) = squares();
    draw(&mut a, "ellipse", (100.0, 400.0), (200.0, 500.0));
    let oval = newest(&a);
    draw(&mut a, "arrow", (195.0, 180.0), (405.0, 120.0));
    let arrow = newest(&a);
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    let hold_on = |editor: &mut Editor, end, target: &ElementId| {
        hold(editor, &arrow, end, target);
    };
    hold_on(&mut a, LinkField::Start, &oval);
    hold_on(&mut b, LinkField::End, &oval);
    exchange(&mut a, &mut b);
    let [start, end] = ends(&a, &arrow).map(|end| end.map(|end| end.target));
    assert_eq!([start, end], [Some(oval.clone()), Some(oval)]);
}

#[test]
fn who_binds_to_what_another_deletes_keeps_the_end_and_undo_holds_again() {
    let (mut a, square, arrow) = held();
    let mut b = editor("b");
    a.act("undo");
    exchange(&mut a, &mut b);
    hold(&mut a, &arrow, LinkField::End, &square);
    select(&mut b, &[&square]);
    b.act("delete");
    exchange(&mut a, &mut b);
    near(vertices(&b, &arrow)[1], (260.0, 150.0));
    b.act("undo");
    exchange(&mut a, &mut b);
    near(vertices(&b, &arrow)[1], (210.0, 150.0));
}

#[test]
fn an_elbow_goes_around_what_is_in_between_and_anew_when_that_moves() {
    let (mut a, left, right) = squares();
    draw(&mut a, "rectangle", (270.0, 60.0), (330.0, 240.0));
    let between = newest(&a);
    a.act("arrow");
    a.restyle(StyleField::Route, Value::text("elbow"), true);
    drag(&mut a, (195.0, 180.0), (405.0, 120.0));
    let arrow = newest(&a);
    let [start, end] = ends(&a, &arrow).map(|end| end.expect("it holds").target);
    assert_eq!((&start, &end), (&left, &right));
    let way = |a: &Editor| a.scene().get(&arrow).expect("it is there").element().way();
    let wall = |a: &Editor| a.scene().box_of(&between).expect("it is there");
    let crosses = |a: &Editor| {
        let wall = wall(a);
        way(a).iter().any(|at| wall.contains(*at))
    };
    assert!(!crosses(&a), "{:?}", way(&a));
    assert!(way(&a).len() > 2);
    assert_eq!(
        vertices(&a, &arrow).len(),
        2,
        "the bends are stored nowhere"
    );
    select(&mut a, &[&between]);
    for _ in 0..20 {
        a.act("nudgeFarDown");
    }
    let straight = way(&a);
    assert!(
        straight.iter().all(|at| (at.y - 150.0).abs() < 0.1),
        "{straight:?}"
    );
    assert_eq!(*a.scene(), Scene::rebuild(a.document()));
    for _ in 0..20 {
        a.act("nudgeFarUp");
    }
    assert!(!crosses(&a));
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    // Its target moves, and it follows.
    select(&mut a, &[&right]);
    a.act("nudgeFarDown");
    assert!(!crosses(&a));
    assert_eq!(*a.scene(), Scene::rebuild(a.document()));
}

#[test]
fn what_holds_on_to_an_elbow_follows_when_that_goes_another_way() {
    let (mut a, ..) = squares();
    draw(&mut a, "rectangle", (270.0, 400.0), (330.0, 580.0));
    let wall = newest(&a);
    a.act("arrow");
    a.restyle(StyleField::Route, Value::text("elbow"), true);
    drag(&mut a, (195.0, 180.0), (405.0, 120.0));
    let elbow = newest(&a);
    a.restyle(StyleField::Route, Value::text("elbow"), true);
    a.act("arrow");
    a.restyle(StyleField::Route, Value::text("straight"), true);
    drag(&mut a, (300.0, 40.0), (300.0, 150.0));
    let arrow = newest(&a);
    assert_eq!(
        ends(&a, &arrow)[1].as_ref().map(|end| &end.target),
        Some(&elbow)
    );
    let before = vertices(&a, &arrow)[1];
    select(&mut a, &[&wall]);
    for _ in 0..34 {
        a.act("nudgeFarUp");
    }
    assert_ne!(vertices(&a, &arrow)[1], before);
    assert_eq!(*a.scene(), Scene::rebuild(a.document()));
}
