//! Groups, frames and locks, as people make and leave them.

use super::*;
use board::id::ElementId;
use board::links::LinkField;
use kurbo::Point;
use scene::selection_of;

/// The bit of Ctrl or Cmd in an event of the pointer.
const COMMAND: f64 = 4.0;

fn ids(editor: &Editor) -> Vec<ElementId> {
    let nodes = editor.scene().in_order().into_iter();
    nodes.map(|node| node.element().id.clone()).collect()
}

fn parent_of(editor: &Editor, id: &ElementId) -> Option<ElementId> {
    editor.scene().get(id)?.parent().cloned()
}

fn place_of(editor: &Editor, id: &ElementId) -> (f64, f64) {
    let geometry = editor
        .scene()
        .get(id)
        .expect("it is there")
        .element()
        .geometry;
    (geometry.x, geometry.y)
}

/// A click that selects what is there.
fn click(editor: &mut Editor, x: f64, y: f64, modifiers: f64) {
    pointer(editor, 0.0, x, y, modifiers);
    pointer(editor, 2.0, x, y, modifiers);
}

/// Two rectangles, at (100, 100) and (300, 100), 80 wide.
fn two() -> (Editor, ElementId, ElementId) {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (180.0, 180.0));
    draw(&mut a, "rectangle", (300.0, 100.0), (380.0, 180.0));
    let ids = ids(&a);
    (a, ids[0].clone(), ids[1].clone())
}

/// The same in a group, which is selected.
fn grouped() -> (Editor, ElementId, ElementId) {
    let (mut a, one, other) = two();
    a.act("selectAll");
    a.act("group");
    (a, one, other)
}

#[test]
fn a_group_is_taken_moved_and_deleted_as_one() {
    let (mut a, one, other) = grouped();
    let group = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &one), Some(group.clone()));
    a.act("escape");
    click(&mut a, 300.0, 140.0, 0.0);
    assert_eq!(a.selection().first(), Some(&group));
    drag(&mut a, (120.0, 100.0), (170.0, 120.0));
    assert_eq!(place_of(&a, &one), (150.0, 120.0));
    assert_eq!(place_of(&a, &other), (350.0, 120.0));
    a.act("undo");
    assert_eq!(place_of(&a, &one), (100.0, 100.0), "one step");
    a.act("delete");
    assert!(a.scene().is_empty());
    a.act("undo");
    assert_eq!(parent_of(&a, &other), Some(group));
    click(&mut a, 300.0, 140.0, 0.0);
    a.act("ungroup");
    assert_eq!(a.selection().len(), 2);
    assert_eq!((parent_of(&a, &one), ids(&a).len()), (None, 2));
    is_flat(&a);
}

#[test]
fn a_double_click_goes_into_a_group_and_escape_out_of_it() {
    let (mut a, one, other) = grouped();
    let group = a.selection().first().expect("it is selected").clone();
    double_click(&mut a, 100.0, 140.0);
    assert_eq!(a.selection().first(), Some(&one));
    click(&mut a, 300.0, 140.0, 0.0);
    assert_eq!(a.selection().first(), Some(&other), "still inside");
    drag(&mut a, (300.0, 140.0), (300.0, 150.0));
    assert_eq!(
        parent_of(&a, &other),
        Some(group.clone()),
        "and in its group"
    );
    a.act("escape");
    assert_eq!(a.selection().first(), Some(&group));
    click(&mut a, 600.0, 500.0, 0.0);
    click(&mut a, 100.0, 140.0, COMMAND);
    assert_eq!(a.selection().first(), Some(&one), "with Ctrl at once");
    click(&mut a, 600.0, 500.0, 0.0);
    click(&mut a, 100.0, 140.0, 0.0);
    assert_eq!(a.selection().first(), Some(&group), "outside again");
}

#[test]
fn groups_go_into_groups_and_one_of_one_member_is_none() {
    let (mut a, one, other) = grouped();
    let inner = a.selection().first().expect("it is selected").clone();
    draw(&mut a, "ellipse", (500.0, 100.0), (560.0, 180.0));
    a.act("selectAll");
    a.act("group");
    let outer = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &inner), Some(outer.clone()));
    is_flat(&a);
    // In by two double clicks, to the member that is deleted then.
    double_click(&mut a, 100.0, 140.0);
    assert_eq!(a.selection().first(), Some(&inner));
    double_click(&mut a, 100.0, 140.0);
    assert_eq!(a.selection().first(), Some(&one));
    a.act("delete");
    assert!(a.scene().get(&inner).is_none(), "nobody would see it");
    assert_eq!(
        parent_of(&a, &other),
        Some(outer),
        "and it stays where it was"
    );
    a.act("undo");
    assert_eq!(parent_of(&a, &other), Some(inner));
}

#[test]
fn a_group_of_which_another_deleted_a_member_is_none() {
    let (mut a, one, other) = grouped();
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    let group = a.selection().first().expect("it is selected").clone();
    b.document
        .commit(vec![board::document::Write::delete(&one)]);
    b.follow();
    exchange(&mut a, &mut b);
    assert!(a.scene().get(&group).is_some());
    a.act("escape");
    click(&mut a, 300.0, 140.0, 0.0);
    assert_eq!(a.selection().first(), Some(&other));
}

#[test]
fn what_lies_in_a_new_frame_is_in_it_and_what_is_drawn_there_too() {
    let (mut a, one, other) = two();
    draw(&mut a, "frame", (50.0, 50.0), (250.0, 250.0));
    let frame = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &one), Some(frame.clone()));
    assert_eq!(parent_of(&a, &other), None);
    draw(&mut a, "ellipse", (120.0, 200.0), (400.0, 240.0));
    let oval = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &oval), Some(frame.clone()));
    is_flat(&a);
    let node = a.scene().get(&oval).expect("it is there");
    assert!(node.bounds().x1 <= 250.0, "clipped: {:?}", node.bounds());
    a.act("escape");
    click(&mut a, 400.0, 220.0, 0.0);
    assert!(a.selection().is_empty(), "what is clipped away is not hit");
    // The frame takes along what is in it.
    click(&mut a, 50.0, 150.0, 0.0);
    assert_eq!(a.selection().first(), Some(&frame));
    drag(&mut a, (50.0, 100.0), (60.0, 120.0));
    assert_eq!(place_of(&a, &one), (110.0, 120.0));
    assert_eq!(place_of(&a, &other), (300.0, 100.0));
    a.act("undo");
    a.act("removeFrame");
    assert_eq!(ids(&a).len(), 3);
    a.act("undo");
    a.act("escape");
    click(&mut a, 50.0, 100.0, 0.0);
    a.act("delete");
    assert_eq!(ids(&a), [other]);
    a.act("undo");
    assert_eq!(parent_of(&a, &oval), Some(frame));
}

#[test]
fn dragging_puts_into_a_frame_and_out_of_it_by_the_pointer() {
    let (mut a, one, other) = two();
    draw(&mut a, "frame", (50.0, 300.0), (450.0, 550.0));
    let frame = a.selection().first().expect("it is selected").clone();
    a.act("escape");
    drag(&mut a, (100.0, 140.0), (100.0, 400.0));
    assert_eq!(parent_of(&a, &one), Some(frame.clone()));
    is_flat(&a);
    a.act("escape");
    drag(&mut a, (100.0, 400.0), (100.0, 140.0));
    assert_eq!(parent_of(&a, &one), None);
    is_flat(&a);
    a.act("undo");
    assert_eq!(parent_of(&a, &one), Some(frame.clone()), "one step");
    // By keys it is in its frame as long as any of it is.
    for _ in 0..14 {
        a.act("nudgeFarUp");
    }
    assert_eq!(parent_of(&a, &one), Some(frame.clone()));
    a.act("nudgeFarUp");
    assert_eq!(parent_of(&a, &one), None);
    is_flat(&a);
    // A frame goes into a frame, and never into itself.
    draw(&mut a, "frame", (500.0, 300.0), (600.0, 400.0));
    let inner = a.selection().first().expect("it is selected").clone();
    drag(&mut a, (500.0, 320.0), (120.0, 420.0));
    assert_eq!(parent_of(&a, &inner), Some(frame.clone()));
    is_flat(&a);
    a.act("escape");
    drag(&mut a, (50.0, 450.0), (60.0, 450.0));
    assert_eq!((parent_of(&a, &frame), parent_of(&a, &other)), (None, None));
}

#[test]
fn a_locked_frame_locks_what_is_in_it_and_takes_nothing() {
    let (mut a, one, other) = two();
    draw(&mut a, "frame", (50.0, 50.0), (250.0, 550.0));
    let frame = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &one), Some(frame.clone()));
    a.act("lock");
    a.act("escape");
    click(&mut a, 100.0, 140.0, 0.0);
    assert!(a.selection().is_empty());
    draw(&mut a, "eraser", (90.0, 140.0), (190.0, 140.0));
    assert!(ids(&a).contains(&one));
    a.act("select");
    drag(&mut a, (300.0, 140.0), (150.0, 400.0));
    assert_eq!(parent_of(&a, &other), None);
    draw(&mut a, "ellipse", (100.0, 200.0), (150.0, 250.0));
    let new = a.selection().first().expect("it is selected").clone();
    assert_eq!(parent_of(&a, &new), None);
    a.select(selection_of([frame]));
    a.act("unlock");
    a.act("escape");
    click(&mut a, 100.0, 140.0, 0.0);
    assert_eq!(a.selection().first(), Some(&one));
}

#[test]
fn what_is_locked_is_passed_over_but_by_the_menu() {
    let (mut a, one, other) = two();
    click(&mut a, 100.0, 140.0, 0.0);
    a.act("lock");
    a.act("escape");
    click(&mut a, 100.0, 140.0, 0.0);
    assert!(a.selection().is_empty());
    a.act("selectAll");
    assert_eq!(a.selection().iter().collect::<Vec<_>>(), [&other]);
    draw(&mut a, "eraser", (90.0, 140.0), (120.0, 140.0));
    assert_eq!(ids(&a).len(), 2);
    a.act("select");
    assert!(a.point_out(Point::new(100.0, 140.0), false));
    assert_eq!(a.selection().first(), Some(&one));
    a.act("delete");
    a.act("nudgeRight");
    assert_eq!(place_of(&a, &one), (100.0, 100.0));
    drag(&mut a, (180.0, 180.0), (220.0, 220.0));
    assert!(
        a.scene()
            .get(&one)
            .is_some_and(|n| n.element().geometry.w == 80.0)
    );
    a.point_out(Point::new(100.0, 140.0), false);
    a.act("turnLock");
    a.act("nudgeRight");
    assert_eq!(place_of(&a, &one), (101.0, 100.0));
}

#[test]
fn a_locked_member_goes_with_its_frame_and_outlives_it() {
    let (mut a, one, _) = two();
    draw(&mut a, "frame", (50.0, 50.0), (250.0, 250.0));
    let frame = a.selection().first().expect("it is selected").clone();
    a.point_out(Point::new(100.0, 140.0), false);
    assert_eq!(a.selection().first(), Some(&one));
    a.act("lock");
    a.select(selection_of([frame.clone()]));
    a.act("nudgeRight");
    assert_eq!(place_of(&a, &one), (101.0, 100.0));
    a.act("delete");
    assert!(a.scene().get(&frame).is_none());
    assert_eq!(parent_of(&a, &one), None);
    a.act("undo");
    assert_eq!(parent_of(&a, &one), Some(frame));
}

#[test]
fn what_is_dragged_out_of_a_frame_stands_right_above_that() {
    let mut a = editor("a");
    draw(&mut a, "frame", (50.0, 300.0), (350.0, 550.0));
    let frame = a.selection().first().expect("it is selected").clone();
    for x in [100.0, 160.0, 220.0] {
        draw(&mut a, "rectangle", (x, 350.0), (x + 80.0, 430.0));
    }
    draw(&mut a, "frame", (250.0, 470.0), (330.0, 530.0));
    draw(&mut a, "ellipse", (270.0, 480.0), (300.0, 500.0));
    draw(&mut a, "rectangle", (500.0, 500.0), (560.0, 560.0));
    let [_, low, middle, _, inner, oval, outside]: [ElementId; 7] =
        ids(&a).try_into().expect("all of them");
    // From two levels at once, by one of them.
    a.select(selection_of([low.clone(), oval.clone()]));
    drag(&mut a, (100.0, 400.0), (480.0, 100.0));
    assert_eq!([&low, &oval].map(|id| parent_of(&a, id)), [None, None]);
    assert_eq!(parent_of(&a, &inner), Some(frame));
    is_flat(&a);
    let order = ids(&a);
    let at = |id: &ElementId| order.iter().position(|other| other == id);
    assert!(at(&middle) < at(&low) && at(&inner) < at(&oval));
    assert!(at(&low) < at(&outside), "and no higher");
    assert!(at(&low) < at(&oval), "among themselves as they were");
}

#[test]
fn a_locked_group_or_frame_outlives_what_it_is_in_with_all_that_it_holds() {
    for frame in [false, true] {
        let (mut a, one, other) = two();
        a.act("selectAll");
        a.act(if frame { "frameSelection" } else { "group" });
        let inner = a.selection().first().expect("it is selected").clone();
        a.act("lock");
        draw(&mut a, "ellipse", (200.0, 250.0), (260.0, 290.0));
        let oval = a.selection().first().expect("it is selected").clone();
        a.select(selection_of([inner.clone(), oval.clone()]));
        a.act("unlock");
        a.act("frameSelection");
        let outer = a.selection().first().expect("it is selected").clone();
        assert_eq!(parent_of(&a, &inner), Some(outer.clone()));
        a.select(selection_of([inner.clone()]));
        a.act("lock");
        a.select(selection_of([outer.clone()]));
        a.act("delete");
        assert!(a.scene().get(&outer).is_none() && a.scene().get(&oval).is_none());
        assert_eq!(ids(&a).len(), 3, "frame: {frame}");
        assert_eq!(parent_of(&a, &inner), None);
        for id in [&one, &other] {
            assert_eq!(parent_of(&a, id), Some(inner.clone()));
        }
        assert!(a.scene().get(&inner).expect("there").element().links.locked);
        is_flat(&a);
        a.act("undo");
        assert_eq!(parent_of(&a, &inner), Some(outer));
        // It goes when it is meant itself.
        a.select(selection_of([inner.clone()]));
        a.act("unlock");
        a.act("delete");
        assert_eq!(ids(&a).len(), 2);
    }
}

#[test]
fn copies_are_linked_as_their_originals_are() {
    let (mut a, one, other) = grouped();
    let group = a.selection().first().expect("it is selected").clone();
    a.act("duplicate");
    let copy = a.selection().first().expect("it is selected").clone();
    assert_eq!((a.selection().len(), ids(&a).len()), (1, 6));
    assert_ne!(copy, group);
    assert_eq!(a.scene().members(&copy).count(), 2);
    assert_eq!(parent_of(&a, &one), Some(group));
    is_flat(&a);
    a.act("copy");
    let clip = a.drain().events.into_iter().find_map(|event| match event {
        UiEvent::Clipboard { text, html, .. } => Some((text, html)),
        _ => None,
    });
    let (text, html) = clip.expect("it was copied");
    let mut b = editor("b");
    b.paste(&text, &html);
    assert_eq!(b.scene().in_order().len(), 3);
    let pasted = b.selection().first().expect("it is selected").clone();
    assert_eq!(b.scene().members(&pasted).count(), 2);
    assert!(b.scene().get(&other).is_none(), "never an id twice");
}

#[test]
fn order_is_changed_among_what_is_in_the_same_frame() {
    let mut a = editor("a");
    draw(&mut a, "frame", (50.0, 50.0), (450.0, 450.0));
    for x in [100.0, 120.0, 140.0] {
        draw(&mut a, "rectangle", (x, 100.0), (x + 80.0, 180.0));
    }
    draw(&mut a, "ellipse", (500.0, 100.0), (560.0, 180.0));
    let before = ids(&a);
    a.select(selection_of([before[1].clone()]));
    a.act("bringToFront");
    let after = ids(&a);
    assert_eq!(after[3], before[1], "on top of the frame's, below the rest");
    is_flat(&a);
    a.act("sendToBack");
    assert_eq!(ids(&a), before);
    is_flat(&a);
    a.select(selection_of([before[0].clone()]));
    a.act("bringToFront");
    assert_eq!(ids(&a)[1..], before[..4], "with all that is in it");
    is_flat(&a);
}

#[test]
fn a_style_for_a_group_is_one_for_all_in_it_and_one_for_a_frame_its_own() {
    let (mut a, one, other) = grouped();
    widen(&mut a, 8.0, true);
    for id in [&one, &other] {
        let node = a.scene().get(id).expect("it is there");
        assert_eq!(node.element().style.width, 8.0);
    }
    a.act("ungroup");
    draw(&mut a, "frame", (50.0, 50.0), (450.0, 250.0));
    a.restyle(StyleField::Fill, Value::text("#ffec99"), true);
    let filled = |a: &Editor, id: &ElementId| {
        let node = a.scene().get(id).expect("it is there");
        !node.element().style.fill.is_none()
    };
    assert!(!filled(&a, &one));
    let frame = a.selection().first().expect("it is selected").clone();
    assert!(filled(&a, &frame));
}

#[test]
fn frames_that_two_put_into_each_other_are_a_tree_for_both() {
    let mut a = editor("a");
    draw(&mut a, "frame", (50.0, 50.0), (250.0, 250.0));
    draw(&mut a, "frame", (300.0, 50.0), (500.0, 250.0));
    let frames = ids(&a);
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    let into = |editor: &mut Editor, id: &ElementId, parent: &ElementId| {
        let parent = Value::text(parent.as_str());
        let write = board::document::Write::link(id, LinkField::Parent, parent);
        editor.document.commit(vec![write]);
        editor.follow();
    };
    into(&mut a, &frames[0], &frames[1]);
    into(&mut b, &frames[1], &frames[0]);
    exchange(&mut a, &mut b);
    let smallest = frames.iter().min().expect("two").clone();
    let other = frames.iter().max().expect("two").clone();
    assert_eq!(parent_of(&a, &smallest), None);
    assert_eq!(parent_of(&a, &other), Some(smallest));
}

#[test]
fn what_is_dragged_into_a_frame_is_seen_above_what_is_in_there() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (600.0, 400.0), (680.0, 480.0));
    let dragged = ids(&a)[0].clone();
    draw(&mut a, "frame", (50.0, 50.0), (400.0, 400.0));
    draw(&mut a, "rectangle", (100.0, 100.0), (180.0, 180.0));
    let inside = a.selection().first().expect("it is selected").clone();
    a.act("escape");
    pointer(&mut a, 0.0, 600.0, 440.0, 0.0);
    pointer(&mut a, 1.0, 300.0, 300.0, 0.0);
    pointer(&mut a, 1.0, 120.0, 140.0, 0.0);
    a.paint();
    let node = &a.sight.stand_ins.nodes[&dragged];
    let other = a.scene().get(&inside).expect("it is there");
    assert!(node.paint_order(other).is_gt());
    pointer(&mut a, 2.0, 120.0, 140.0, 0.0);
    assert_eq!(ids(&a).last(), Some(&dragged), "and so it is when it falls");
}

#[test]
fn a_locked_element_shows_its_lock_to_who_points_at_it_or_selects_it() {
    let (mut a, one, _) = two();
    click(&mut a, 100.0, 140.0, 0.0);
    a.act("lock");
    a.act("escape");
    pointer(&mut a, 1.0, 500.0, 500.0, 0.0);
    let overlay = |a: &mut Editor| a.paint().overlay.words().len();
    let bare = overlay(&mut a);
    a.input(&[1.0, 1.0, 0.0, 100.0, 140.0, 0.0, 0.0, 0.0]);
    let hovered = overlay(&mut a);
    assert!(hovered > bare);
    click(&mut a, 100.0, 140.0, 0.0);
    assert!(a.selection().is_empty(), "and is passed over all the same");
    a.point_out(Point::new(100.0, 140.0), false);
    assert_eq!(a.selection().first(), Some(&one));
    let locked = overlay(&mut a);
    a.act("unlock");
    a.act("lock");
    assert_eq!(overlay(&mut a), locked);
}

#[test]
fn a_frame_is_shown_by_its_id_or_name_on_a_board_that_is_only_shown() {
    let mut a = editor("a");
    draw(&mut a, "frame", (50.0, 50.0), (250.0, 200.0));
    let frame = only(&a).id;
    a.act("select");
    a.act("enter");
    type_text(&mut a, "Week 1");
    a.act("escape");
    a.only_show();
    for called in [frame.as_str(), "Week 1"] {
        a.sight
            .look_at(Some(kurbo::Rect::new(5_000.0, 0.0, 5_010.0, 10.0)));
        assert!(a.show_frame(called), "{called}");
        let middle = a.sight.camera.view().center();
        assert_eq!(middle, Point::new(150.0, 125.0), "{called}");
    }
    assert!(!a.show_frame("Week 2"));
    a.drain();
    a.act("selectAll");
    a.act("delete");
    assert_eq!(only(&a).id, frame, "nothing is changed");
    let told = a.drain().events.into_iter();
    let mut notices = told.filter(|event| matches!(event, UiEvent::Notice { .. }));
    assert_eq!(notices.next(), None, "and nobody need be told why");
}
