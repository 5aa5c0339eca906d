//! Flow charts by keys.

use super::*;
use board::id::ElementId;
use scene::selection_of;

fn newest(editor: &Editor) -> ElementId {
    editor.selection().first().expect("it is selected").clone()
}

#[test]
fn one_more_stands_beside_it_and_an_arrow_holds_on_to_both() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 250.0), (200.0, 310.0));
    let first = newest(&a);
    a.act("flowRight");
    let second = newest(&a);
    assert_eq!(kinds(&a), ["rectangle", "rectangle", "arrow"]);
    let center = |a: &Editor, id: &ElementId| a.scene().box_of(id).expect("there").center();
    let (from, to) = (center(&a, &first), center(&a, &second));
    assert!(to.x > from.x + 150.0 && to.y == from.y);
    // The next one to the same side has a place of its own.
    a.select(selection_of([first.clone()]));
    a.act("flowRight");
    let third = newest(&a);
    let area = |id: &ElementId| a.scene().box_of(id).expect("it is there");
    assert!(!area(&second).overlaps(area(&third)));
    a.act("undo");
    assert_eq!(kinds(&a).len(), 3, "one step");
    a.select(selection_of([second.clone()]));
    a.act("nudgeFarDown");
    let nodes = a.scene().in_order().into_iter();
    let mut arrows = nodes.filter(|node| node.element().kind.name() == "arrow");
    let ends = arrows.next().expect("it is there").element().vertices();
    assert!(ends[1].y > ends[0].y, "it follows: {ends:?}");
    assert_eq!(*a.scene(), Scene::rebuild(a.document()));
}

#[test]
fn in_a_frame_or_group_it_goes_on_in_there_and_below_what_is_above() {
    for holder in ["frame", "group"] {
        let mut a = editor("a");
        draw(&mut a, "rectangle", (100.0, 250.0), (160.0, 290.0));
        let first = newest(&a);
        draw(&mut a, "rectangle", (100.0, 350.0), (160.0, 390.0));
        if holder == "group" {
            a.act("selectAll");
            a.act(holder);
        } else {
            draw(&mut a, holder, (5.0, 200.0), (480.0, 580.0));
        }
        let holder = newest(&a);
        draw(&mut a, "ellipse", (500.0, 450.0), (560.0, 490.0));
        let above = newest(&a);
        for side in ["flowRight", "flowDown"] {
            a.select(selection_of([first.clone()]));
            a.act(side);
        }
        assert_eq!(a.scene().members(&holder).count(), 6);
        is_flat(&a);
        let top = a.scene().in_order().pop().expect("something").element();
        assert_eq!(top.id, above);
    }
}

#[test]
fn one_walks_along_arrows_to_the_side_that_is_asked_for() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (300.0, 250.0), (400.0, 310.0));
    let middle = newest(&a);
    let mut around = Vec::new();
    for side in ["flowRight", "flowDown", "flowLeft"] {
        a.select(selection_of([middle.clone()]));
        a.act(side);
        around.push(newest(&a));
    }
    a.select(selection_of([middle.clone()]));
    a.act("walkDown");
    assert_eq!(newest(&a), around[1]);
    a.act("walkUp");
    assert_eq!(newest(&a), middle);
    a.act("walkUp");
    assert_eq!(newest(&a), middle, "nothing is there");
    a.act("walkLeft");
    assert_eq!(newest(&a), around[2]);
}
