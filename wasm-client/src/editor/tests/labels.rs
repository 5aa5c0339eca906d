//! Labels: how they are begun and ended, and what a letter costs.

use super::*;

fn labelled(editor: &mut Editor, label: &str) {
    draw(editor, "rectangle", (100.0, 100.0), (300.0, 200.0));
    assert!(press(editor, "Enter"));
    type_text(editor, label);
}

/// How many tiles are painted anew.
fn painted(editor: &mut Editor) -> usize {
    editor.paint().tiles.len()
}

#[test]
fn a_label_is_begun_by_enter_f2_and_a_double_click_and_ended_by_escape_and_beside() {
    let mut a = editor("a");
    labelled(&mut a, "one");
    press(&mut a, "Escape");
    assert!(a.writing.typing.is_none());
    assert_eq!(only(&a).text(), Some("one"));
    press(&mut a, "F2");
    assert!(a.writing.typing.is_some());
    pointer(&mut a, 0.0, 600.0, 500.0, 0.0);
    assert!(a.writing.typing.is_none());
    pointer(&mut a, 2.0, 600.0, 500.0, 0.0);
    // In the middle of a shape without fill, which is selected.
    drag(&mut a, (100.0, 150.0), (100.0, 150.0));
    double_click(&mut a, 250.0, 120.0);
    assert!(a.writing.typing.is_some());
    type_text(&mut a, "");
    press(&mut a, "Escape");
    assert_eq!((only(&a).text(), a.scene().iter().count()), (None, 1));
}

#[test]
fn a_letter_in_a_label_paints_no_tile_while_the_frame_stays() {
    let mut a = editor("a");
    labelled(&mut a, "o");
    painted(&mut a);
    for end in 1..12 {
        type_text(&mut a, &"one word on"[..end]);
        assert_eq!(painted(&mut a), 0, "{end}");
    }
    type_text(&mut a, &"many words ".repeat(20));
    assert!(only(&a).frame().h > 100.0);
    assert!(painted(&mut a) > 0, "the shape has grown");
    press(&mut a, "Escape");
    assert!(painted(&mut a) > 0, "the label is on the board");
}

#[test]
fn words_that_are_begun_and_ended_between_two_paintings_are_painted() {
    let mut a = editor("a");
    labelled(&mut a, "one");
    press(&mut a, "Escape");
    painted(&mut a);
    press(&mut a, "Enter");
    type_text(&mut a, "two");
    press(&mut a, "Escape");
    assert!(painted(&mut a) > 0);
}

#[test]
fn a_label_goes_along_in_copies_undo_and_to_others() {
    let [mut a, mut b] = ["a", "b"].map(editor);
    labelled(&mut a, "words");
    press(&mut a, "Escape");
    exchange(&mut a, &mut b);
    assert_eq!(only(&b).text(), Some("words"));
    let id = only(&b).id.clone();
    b.type_in(&id);
    type_text(&mut b, "words and more");
    exchange(&mut a, &mut b);
    assert_eq!(only(&a).text(), Some("words and more"));
    b.act("deselect");
    a.act("undo");
    exchange(&mut a, &mut b);
    assert_eq!(only(&b).text(), Some(" and more"));
    a.act("redo");
    a.act("duplicate");
    exchange(&mut a, &mut b);
    let said: Vec<_> = b
        .scene()
        .iter()
        .map(|node| node.element().text().map(str::to_owned))
        .collect();
    assert_eq!(said, vec![Some("words and more".to_owned()); 2]);
}

/// Somebody with a labelled arrow from (100, 300) to (500, 300), selected.
fn labelled_arrow() -> Editor {
    let mut a = editor("a");
    draw(&mut a, "arrow", (100.0, 300.0), (500.0, 300.0));
    press(&mut a, "Enter");
    type_text(&mut a, "words");
    press(&mut a, "Escape");
    a
}

fn share(editor: &Editor) -> f64 {
    let exact = only(editor).style.details.label_at;
    (exact * 1000.0).round() / 1000.0
}

#[test]
fn the_label_of_a_selected_arrow_is_dragged_along_it_in_one_step() {
    let mut a = labelled_arrow();
    let arrow = only(&a);
    drag(&mut a, (310.0, 305.0), (210.0, 250.0));
    assert_eq!(share(&a), 0.25, "where it was taken hold of says nothing");
    let moved = only(&a);
    assert_eq!(
        (moved.geometry, moved.text()),
        (arrow.geometry, Some("words"))
    );
    drag(&mut a, (200.0, 300.0), (0.0, 300.0));
    assert_eq!(share(&a), 0.0);
    drag(&mut a, (100.0, 313.0), (303.0, 313.0));
    assert_eq!(share(&a), 0.5, "it snaps to the middle");
    for before in [0.0, 0.25, 0.5] {
        a.act("undo");
        assert_eq!(share(&a), before);
    }
    // With Alt a copy is dragged, and of an arrow that is not selected all of it.
    press(&mut a, "Escape");
    drag(&mut a, (310.0, 305.0), (310.0, 355.0));
    assert_eq!(share(&a), 0.5);
    assert!((only(&a).geometry.y - arrow.geometry.y - 50.0).abs() < 0.01);
}

#[test]
fn others_see_a_label_move_and_one_who_writes_it_meanwhile_keeps_the_words() {
    let (mut a, mut b) = (labelled_arrow(), editor("b"));
    exchange(&mut a, &mut b);
    let id = only(&b).id.clone();
    b.type_in(&id);
    type_text(&mut b, "other words");
    drag(&mut a, (310.0, 305.0), (210.0, 305.0));
    press(&mut b, "Escape");
    exchange(&mut a, &mut b);
    assert_eq!((share(&b), only(&a).text()), (0.25, Some("other words")));
}

#[test]
fn no_point_is_pulled_out_where_the_label_is_and_beside_it_one_is() {
    let mut a = labelled_arrow();
    drag(&mut a, (300.0, 300.0), (300.0, 200.0));
    assert_eq!(only(&a).vertices().len(), 2);
    drag(&mut a, (300.0, 300.0), (200.0, 300.0));
    assert_eq!(share(&a), 0.25);
    drag(&mut a, (300.0, 300.0), (300.0, 200.0));
    assert_eq!(only(&a).vertices().len(), 3);
}

#[test]
fn another_outline_and_the_width_that_it_needs_are_one_step() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (260.0, 170.0));
    press(&mut a, "Enter");
    type_text(&mut a, "Order from supplier");
    press(&mut a, "Escape");
    let before = only(&a);
    a.restyle(StyleField::Contour, Value::text("diamond"), true);
    let after = only(&a);
    assert!(after.geometry.w > before.geometry.w);
    assert!(
        after.frame().h < 3.0 * before.frame().h,
        "{:?}",
        after.frame()
    );
    a.act("undo");
    assert_eq!(only(&a), before);
}
