//! Sticky notes: put down, written, one after the other, copied, taken back.

use super::*;
use board::element::Element;
use board::element::note::{self, SIDE};

/// A click with the tool for notes.
fn put_down(editor: &mut Editor, x: f64, y: f64) {
    draw(editor, "note", (x, y), (x, y));
}

/// Every note's words from left to right.
fn said(editor: &Editor) -> Vec<String> {
    let mut notes: Vec<&Element> = editor.scene().iter().map(|node| node.element()).collect();
    notes.sort_by(|a, b| a.geometry.x.total_cmp(&b.geometry.x));
    let words = notes.iter().map(|note| note.text().unwrap_or_default());
    words.map(str::to_owned).collect()
}

fn tab(editor: &mut Editor, back: bool) {
    let modifiers = Modifiers {
        shift: back,
        ..Default::default()
    };
    assert!(editor.key("Tab", "", modifiers, false, Focus::Text));
}

#[test]
fn a_click_puts_a_note_down_with_the_caret_in_it_and_both_are_one_step() {
    let [mut a, mut b] = ["a", "b"].map(editor);
    put_down(&mut a, 300.0, 300.0);
    let note = only(&a);
    assert_eq!((note.frame().w, note.frame().h), (SIDE, SIDE));
    assert_eq!(note.frame().center(), (300.0, 300.0).into());
    assert_eq!(note.author(), "a");
    exchange(&mut a, &mut b);
    assert_eq!(only(&b).text(), None, "the others see the paper at once");
    type_text(&mut a, "one");
    press(&mut a, "Escape");
    exchange(&mut a, &mut b);
    assert_eq!(only(&b).text(), Some("one"));
    a.act("undo");
    assert_eq!(a.scene().iter().count(), 0);
    a.act("redo");
    assert_eq!(only(&a).text(), Some("one"));
}

#[test]
fn an_empty_note_stays_and_undo_takes_it_back_also_while_its_caret_blinks() {
    let mut a = editor("a");
    put_down(&mut a, 300.0, 300.0);
    press(&mut a, "Escape");
    assert_eq!(only(&a).text(), None);
    put_down(&mut a, 600.0, 300.0);
    a.act("undo");
    assert!(a.writing.typing.is_none());
    assert_eq!(only(&a).frame().center().x, 300.0);
    a.act("redo");
    assert_eq!(a.scene().iter().count(), 2);
}

#[test]
fn a_drag_pulls_a_square_and_with_shift_what_one_likes() {
    let mut a = editor("a");
    draw(&mut a, "note", (100.0, 100.0), (250.0, 180.0));
    assert_eq!((only(&a).frame().w, only(&a).frame().h), (150.0, 150.0));
    a.act("escape");
    a.act("delete");
    a.act("note");
    pointer(&mut a, 0.0, 100.0, 100.0, 1.0);
    pointer(&mut a, 1.0, 250.0, 180.0, 1.0);
    pointer(&mut a, 2.0, 250.0, 180.0, 1.0);
    assert_eq!((only(&a).frame().w, only(&a).frame().h), (150.0, 80.0));
}

#[test]
fn tab_makes_the_next_note_beside_one_or_leads_to_the_one_that_is_there() {
    let mut a = editor("a");
    put_down(&mut a, 200.0, 300.0);
    type_text(&mut a, "one");
    a.restyle(StyleField::Fill, Value::text("#ffc9c9"), true);
    tab(&mut a, false);
    type_text(&mut a, "two");
    let two = a.selection().first().cloned().expect("it is selected");
    let element = a.scene().get(&two).expect("it is there").element();
    assert_eq!(element.frame().x, 100.0 + 1.1 * SIDE);
    assert_eq!(element.style.fill.to_text(), "#ffc9c9");
    tab(&mut a, true);
    assert_ne!(a.selection().first(), Some(&two));
    tab(&mut a, false);
    assert_eq!(a.selection().first(), Some(&two));
    assert_eq!(said(&a), ["one", "two"]);
    // Whoever goes on from an empty one means it; one that was only looked at goes.
    tab(&mut a, false);
    tab(&mut a, false);
    assert_eq!(said(&a), ["one", "two", "", ""]);
    press(&mut a, "Escape");
    assert_eq!(said(&a), ["one", "two", ""]);
    tab_on_the_board(&mut a);
    assert_eq!(a.scene().iter().count(), 3, "it walks now");
}

fn tab_on_the_board(editor: &mut Editor) {
    editor.key("Tab", "", Modifiers::default(), false, Focus::Board);
}

#[test]
fn in_a_frame_that_ends_beside_a_note_tab_goes_on_below_it() {
    let mut a = editor("a");
    draw(&mut a, "frame", (270.0, 140.0), (570.0, 690.0));
    draw(&mut a, "frame", (595.0, 140.0), (895.0, 690.0));
    put_down(&mut a, 420.0, 260.0);
    type_text(&mut a, "first");
    tab(&mut a, false);
    type_text(&mut a, "second");
    let nodes = a.scene().in_order();
    let notes = nodes.iter().map(|node| node.element().clone());
    let notes: Vec<Element> = notes
        .filter(|element| matches!(element.kind, Kind::Note(_)))
        .collect();
    let [first, second] = notes.as_slice() else {
        panic!("two notes: {notes:?}");
    };
    assert!(first.links.parent.is_some());
    assert_eq!(second.links.parent, first.links.parent);
    assert_eq!(second.geometry.x, first.geometry.x);
    assert!(second.geometry.y > first.geometry.y + first.geometry.h);
    tab(&mut a, true);
    let typed = a.writing.typing.as_ref().map(|typing| typing.element());
    assert_eq!(typed, Some(&first.id));
}

#[test]
fn tab_on_the_left_makes_room_and_a_text_is_moved_in_as_before() {
    let mut a = editor("a");
    put_down(&mut a, 400.0, 300.0);
    type_text(&mut a, "one");
    tab(&mut a, true);
    type_text(&mut a, "before");
    press(&mut a, "Escape");
    assert_eq!(said(&a), ["before", "one"]);
    begin_text(&mut a, "text");
    tab(&mut a, false);
    press(&mut a, "Escape");
    assert!(said(&a).contains(&"    text".to_owned()));
}

#[test]
fn a_copy_says_who_copied_it_and_nobody_is_named_who_hides() {
    let [mut a, mut b] = ["a", "b"].map(editor);
    put_down(&mut a, 200.0, 300.0);
    type_text(&mut a, "words");
    press(&mut a, "Escape");
    exchange(&mut a, &mut b);
    b.act("selectAll");
    b.act("duplicate");
    let authors = |editor: &Editor| {
        let nodes = editor.scene().in_order().into_iter();
        let names = nodes.map(|node| node.element().author().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(authors(&b), ["a", "b"]);
    b.set_signing(false);
    b.act("duplicate");
    assert_eq!(authors(&b), ["a", "b", ""]);
    put_down(&mut b, 600.0, 500.0);
    assert_eq!(authors(&b), ["a", "b", "", ""]);
    b.act("escape");
    // Of another board's notes the authors stay: nobody has copied one of them.
    let mut c = editor("c");
    c.fill(&b.document().replica().encode()).unwrap();
    assert_eq!(authors(&c), ["a", "b", "", ""]);
}

#[test]
fn a_chart_goes_on_from_a_note_with_a_note_and_arrows_hold_on_to_both() {
    let mut a = editor("a");
    put_down(&mut a, 200.0, 300.0);
    type_text(&mut a, "words");
    press(&mut a, "Escape");
    a.act("flowRight");
    let kinds: Vec<_> = a.scene().in_order().into_iter().collect();
    let kinds = kinds.iter().map(|node| node.element().kind.name());
    assert_eq!(kinds.collect::<Vec<_>>(), ["note", "note", "arrow"]);
    let held = |node: &&scene::Node| {
        let links = &node.element().links;
        links.start.is_some() && links.end.is_some()
    };
    assert_eq!(a.scene().iter().filter(held).count(), 1);
    assert_eq!(said(&a).iter().filter(|words| *words == "words").count(), 1);
}

#[test]
fn the_field_has_the_letters_that_fit_and_the_sheet_stays_while_one_types() {
    let mut a = editor("a");
    put_down(&mut a, 300.0, 300.0);
    let field = |editor: &mut Editor| {
        let events = editor.drain().events.into_iter();
        let mut fields = events.filter_map(|event| match event {
            UiEvent::EditText { field } => field,
            _ => None,
        });
        fields.next_back().expect("the field has changed")
    };
    assert_eq!(field(&mut a).font_size, 32.0);
    let words = "What went well, and what should we try next time?";
    type_text(&mut a, words);
    let typed = field(&mut a);
    let layout = only(&a).lines().expect("it has words").0;
    assert_eq!(typed.font_size, layout.font_size());
    assert!(typed.font_size < 32.0 && typed.wrapped);
    assert!(!a.paint().tiles.is_empty());
    for end in 8..words.len() {
        type_text(&mut a, &words[..end]);
        assert!(a.paint().tiles.is_empty(), "{end}");
    }
}

#[test]
fn two_who_write_and_resize_at_once_get_both() {
    let [mut a, mut b] = ["a", "b"].map(editor);
    put_down(&mut a, 200.0, 300.0);
    exchange(&mut a, &mut b);
    type_text(&mut a, "What went well, and what should we try next time?");
    b.act("selectAll");
    b.set_place("w", 100.0);
    exchange(&mut a, &mut b);
    press(&mut a, "Escape");
    exchange(&mut a, &mut b);
    let note = only(&b);
    assert_eq!(note.frame().w, 100.0);
    let layout = note.lines().expect("it has words").0;
    assert!(layout.lines.len() > 2 && layout.font_size() <= 16.0);
    assert!(note.text().is_some());
}

#[test]
fn a_wall_is_of_one_size_from_afar_too() {
    let mut a = editor("a");
    put_down(&mut a, 400.0, 300.0);
    a.act("escape");
    while a.camera().zoom() > 0.3 {
        a.act("zoomOut");
    }
    put_down(&mut a, 600.0, 300.0);
    a.act("escape");
    let sides = |editor: &Editor| {
        let nodes = editor.scene().in_order().into_iter();
        nodes
            .map(|node| node.element().frame().w)
            .collect::<Vec<_>>()
    };
    assert_eq!(sides(&a), [SIDE, SIDE]);
    // Where there is none, it can be read.
    a.act("selectAll");
    a.act("delete");
    put_down(&mut a, 600.0, 300.0);
    assert!(sides(&a)[0] > SIDE);
}

#[test]
fn what_is_chosen_for_notes_is_paper_and_shapes_keep_their_fill() {
    let mut a = editor("a");
    a.act("note");
    a.restyle(StyleField::Fill, Value::text("#b2f2bb"), true);
    put_down(&mut a, 200.0, 300.0);
    assert_eq!(only(&a).style.fill.to_text(), "#b2f2bb");
    a.act("escape");
    draw(&mut a, "rectangle", (500.0, 100.0), (600.0, 200.0));
    let last = a.scene().in_order().pop().expect("it is there").element();
    assert!(last.style.fill.is_none());
    // Paper without a colour is the usual one.
    a.act("note");
    a.restyle(StyleField::Fill, Value::text("transparent"), true);
    put_down(&mut a, 500.0, 400.0);
    let last = a.scene().in_order().pop().expect("it is there").element();
    assert_eq!(note::paper(&last.style), note::PAPER);
}

#[test]
fn the_eyedropper_takes_the_paper_and_the_bucket_fills_it() {
    let mut a = editor("a");
    put_down(&mut a, 200.0, 300.0);
    a.act("escape");
    a.act("escape");
    let id = only(&a).id.clone();
    a.act("eyedropper");
    drag(&mut a, (150.0, 250.0), (150.0, 250.0));
    draw(&mut a, "rectangle", (500.0, 100.0), (600.0, 200.0));
    let last = a.scene().in_order().pop().expect("it is there").element();
    assert_eq!(last.style.fill, note::PAPER);
    a.restyle(StyleField::Fill, Value::text("#a5d8ff"), true);
    a.act("bucket");
    drag(&mut a, (150.0, 250.0), (150.0, 250.0));
    let note = a.scene().get(&id).expect("it is there").element();
    assert_eq!(note.style.fill.to_text(), "#a5d8ff");
}
