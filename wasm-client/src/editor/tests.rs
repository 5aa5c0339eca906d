//! Editors as people use them: pointer, keys and frames in, document and scene out.

mod acts;
mod addresses;
mod afloat;
mod aims;
mod align;
mod answers;
mod choosing;
mod clipped;
mod clips;
mod cover;
mod cropping;
mod cuts;
mod daylight;
mod flow;
mod gestures;
mod goings;
mod highlighter;
mod holding;
mod holds;
mod images;
mod imports;
mod joining;
mod labels;
mod legs;
mod notes;
mod obstacles;
mod outside;
mod place;
mod points;
mod presses;
mod small_tools;
mod snapping;
mod styles;
mod texts;
mod typing;
mod uncovered;

use board::element::Kind;
use board::fields::Value;
use board::id::ElementId;
use board::protocol::Message;
use board::style::StyleField;

use super::Editor;
use crate::boundary::{Config, Focus, Modifiers, TextInput, ToolName, UiEvent};
use scene::Scene;

fn editor(seed: &str) -> Editor {
    let mut editor = Editor::new(&Config {
        seed: seed.into(),
        browser: seed.into(),
        name: seed.into(),
        color: "#3b7bf6".into(),
        dark: false,
        fingers_draw: None,
    });
    editor.resize(800.0, 600.0, 1.0);
    editor
}

/// A mouse, its button down from a press to the release.
fn pointer(editor: &mut Editor, kind: f64, x: f64, y: f64, modifiers: f64) {
    let held = if kind < 2.0 { 128.0 } else { 0.0 };
    editor.input(&[kind, 1.0, 0.0, x, y, 0.0, modifiers + held, 0.0]);
}

fn drag(editor: &mut Editor, from: (f64, f64), to: (f64, f64)) {
    pointer(editor, 0.0, from.0, from.1, 0.0);
    pointer(
        editor,
        1.0,
        (from.0 + to.0) / 2.0,
        (from.1 + to.1) / 2.0,
        0.0,
    );
    pointer(editor, 1.0, to.0, to.1, 0.0);
    pointer(editor, 2.0, to.0, to.1, 0.0);
}

fn double_click(editor: &mut Editor, x: f64, y: f64) {
    for kind in [0.0, 2.0, 0.0, 2.0, 5.0] {
        pointer(editor, kind, x, y, 0.0);
    }
}

fn draw(editor: &mut Editor, tool: &str, from: (f64, f64), to: (f64, f64)) {
    editor.act(tool);
    drag(editor, from, to);
}

/// A key without modifiers.
fn press(editor: &mut Editor, key: &str) -> bool {
    editor.key(key, "", Modifiers::default(), false, Focus::Board)
}

/// An arrow key, with Shift or held.
fn press_right(editor: &mut Editor, shift: bool, repeat: bool) {
    let modifiers = Modifiers {
        shift,
        ..Default::default()
    };
    editor.key("ArrowRight", "", modifiers, repeat, Focus::Board);
}

/// Sets a width, or a step on the way to it.
fn widen(editor: &mut Editor, width: f64, done: bool) {
    editor.restyle(StyleField::Width, Value::Number(width), done);
}

/// Hands each side what the other has done.
fn exchange(a: &mut Editor, b: &mut Editor) {
    let (from_a, from_b) = (a.drain().updates, b.drain().updates);
    for update in from_a {
        b.receive(&Message::Update(&update).encode()).unwrap();
    }
    for update in from_b {
        a.receive(&Message::Update(&update).encode()).unwrap();
    }
    assert_eq!(a.scene(), b.scene(), "both see the same");
    assert_eq!(
        *a.scene(),
        Scene::rebuild(a.document()),
        "the scene is what a rebuild gives"
    );
}

/// Hands over what is live, and nothing of the document.
fn overhear(frames: Vec<Vec<u8>>, to: &mut Editor) {
    for frame in frames {
        if let Ok(Some(Message::Ephemeral { slot, payload })) =
            board::protocol::decode_from_client(&frame)
        {
            let message = Message::Relayed {
                sender: 1,
                slot,
                payload,
            };
            to.receive(&message.encode()).unwrap();
        }
    }
}

fn only(editor: &Editor) -> board::element::Element {
    let mut nodes = editor.scene().iter();
    let element = nodes.next().expect("one element").element().clone();
    assert!(nodes.next().is_none(), "only one element");
    element
}

fn kinds(editor: &Editor) -> Vec<String> {
    let nodes = editor.scene().in_order().into_iter();
    nodes
        .map(|node| node.element().kind.name().to_owned())
        .collect()
}

/// Whoever sorts all elements by their own keys sees the same stack.
fn is_flat(editor: &Editor) {
    let nodes = editor.scene().in_order();
    let mut flat = nodes.clone();
    flat.sort_by(|a, b| {
        let key = |node: &scene::Node| (node.element().order.clone(), node.element().id.clone());
        key(a).cmp(&key(b))
    });
    let ids = |nodes: &[&scene::Node]| -> Vec<ElementId> {
        nodes.iter().map(|node| node.element().id.clone()).collect()
    };
    assert_eq!(ids(&nodes), ids(&flat), "{:?}", kinds(editor));
}

fn type_text(editor: &mut Editor, value: &str) {
    let end = value.encode_utf16().count() as u32;
    let input = TextInput {
        value: value.into(),
        selection_anchor: end,
        selection_head: end,
        composing: false,
        pointed: false,
    };
    editor.text(&input);
}

/// Types at a place where nothing is.
fn begin_text(editor: &mut Editor, value: &str) {
    draw(editor, "text", (100.0, 100.0), (100.0, 100.0));
    type_text(editor, value);
}

#[test]
fn what_one_draws_the_other_sees() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (100.0, 100.0), (300.0, 200.0));
    draw(&mut b, "pen", (10.0, 10.0), (60.0, 80.0));
    exchange(&mut a, &mut b);
    let kinds: Vec<&str> = a
        .scene()
        .iter()
        .map(|node| node.element().kind.name())
        .collect();
    assert!(kinds.contains(&"rectangle") && kinds.contains(&"ink"));
}

#[test]
fn every_drawing_tool_makes_its_kind() {
    for (tool, kind) in [
        ("rectangle", "rectangle"),
        ("ellipse", "ellipse"),
        ("line", "line"),
        ("arrow", "arrow"),
        ("pen", "ink"),
    ] {
        let mut editor = editor("a");
        draw(&mut editor, tool, (100.0, 100.0), (300.0, 200.0));
        assert_eq!(only(&editor).kind.name(), kind);
    }
}

#[test]
fn undoing_a_move_that_somebody_moved_before_goes_back_to_where_they_had_put_it() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    exchange(&mut a, &mut b);
    drag(&mut a, (100.0, 130.0), (200.0, 130.0));
    exchange(&mut a, &mut b);
    drag(&mut b, (200.0, 130.0), (200.0, 230.0));
    exchange(&mut a, &mut b);
    b.act("undo");
    exchange(&mut a, &mut b);
    assert_eq!((only(&a).geometry.x, only(&a).geometry.y), (200.0, 100.0));
}

#[test]
fn undoing_a_move_that_somebody_has_overtaken_leaves_theirs_and_says_so() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    exchange(&mut a, &mut b);
    drag(&mut a, (100.0, 130.0), (200.0, 130.0));
    exchange(&mut a, &mut b);
    drag(&mut b, (200.0, 130.0), (200.0, 230.0));
    exchange(&mut a, &mut b);
    a.act("undo");
    let notices = |event: &UiEvent| matches!(event, UiEvent::Notice { .. });
    assert!(a.drain().events.iter().any(notices));
    assert_eq!((only(&a).geometry.x, only(&a).geometry.y), (200.0, 200.0));
}

#[test]
fn undo_of_a_delete_brings_back_what_others_changed_meanwhile() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    exchange(&mut a, &mut b);
    a.act("delete");
    drag(&mut b, (100.0, 150.0), (150.0, 150.0));
    exchange(&mut a, &mut b);
    assert!(a.scene().is_empty());
    a.act("undo");
    exchange(&mut a, &mut b);
    assert_eq!(only(&b).geometry.x, 150.0);
}

#[test]
fn two_people_type_in_one_text() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    begin_text(&mut a, "world");
    exchange(&mut a, &mut b);
    let at = only(&b).bounds().center();
    double_click(&mut b, at.x, at.y);
    let start = TextInput {
        value: "hello world".into(),
        selection_anchor: 6,
        selection_head: 6,
        composing: false,
        pointed: false,
    };
    b.text(&start);
    type_text(&mut a, "world!");
    exchange(&mut a, &mut b);
    assert_eq!(only(&a).text(), Some("hello world!"));
}

#[test]
fn what_others_type_waits_while_an_input_method_composes() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    begin_text(&mut a, "日本");
    exchange(&mut a, &mut b);
    let id = only(&b).id;
    b.type_in(&id);
    let composing = |value: &str, composing: bool| TextInput {
        value: value.into(),
        selection_anchor: 3,
        selection_head: 3,
        composing,
        pointed: false,
    };
    b.text(&composing("日本g", true));
    a.text(&TextInput {
        value: "x日本".into(),
        selection_anchor: 1,
        selection_head: 1,
        composing: false,
        pointed: false,
    });
    exchange(&mut a, &mut b);
    assert_eq!(
        b.writing.typing.as_ref().unwrap().value(),
        "日本",
        "the field is left alone"
    );
    b.text(&composing("日本語", false));
    exchange(&mut a, &mut b);
    assert_eq!(only(&a).text(), Some("x日本語"));
}

#[test]
fn undo_while_typing_takes_back_only_ones_own_letters() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    begin_text(&mut a, "one");
    exchange(&mut a, &mut b);
    let id = only(&b).id;
    b.type_in(&id);
    type_text(&mut b, "one two");
    exchange(&mut a, &mut b);
    a.act("undo");
    exchange(&mut a, &mut b);
    assert_eq!(only(&a).text(), Some(" two"));
}

#[test]
fn a_text_that_stays_empty_never_was() {
    let mut a = editor("a");
    begin_text(&mut a, "x");
    type_text(&mut a, "");
    a.act("endText");
    assert!(a.scene().is_empty() && !a.steps.history.can_undo());
}

#[test]
fn a_slider_is_one_step_of_undo() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    for (width, done) in [(3.0, false), (4.0, false), (5.0, true)] {
        widen(&mut a, width, done);
    }
    assert_eq!(only(&a).style.width, 5.0);
    a.act("undo");
    assert_eq!(only(&a).style.width, 2.0);
}

/// Copies everything and gives what is on the clipboard.
fn copied(editor: &mut Editor) -> (String, String) {
    editor.act("selectAll");
    editor.act("copy");
    let mut events = editor.drain().events.into_iter();
    let clip = events.find_map(|event| match event {
        UiEvent::Clipboard { text, html, .. } => Some((text, html)),
        _ => None,
    });
    clip.expect("a copy")
}

#[test]
fn copies_stand_beside_their_originals_and_are_selected() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    let (text, html) = copied(&mut a);
    let mut b = editor("b");
    b.paste(&text, &html);
    assert_eq!(only(&b).geometry.x, 116.0);
    assert_eq!(b.selection().len(), 1);
    assert!(only(&b).kind == Kind::ELLIPSE);
}

#[test]
fn resizing_by_a_corner_moves_that_corner_only() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    drag(&mut a, (204.0, 204.0), (254.0, 304.0));
    let geometry = only(&a).geometry;
    assert_eq!(
        (geometry.x, geometry.y, geometry.w, geometry.h),
        (100.0, 100.0, 150.0, 200.0)
    );
}

#[test]
fn the_eraser_deletes_what_it_crosses_and_undo_brings_it_back() {
    let mut a = editor("a");
    draw(&mut a, "line", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "eraser", (100.0, 200.0), (200.0, 100.0));
    assert!(a.scene().is_empty());
    a.act("undo");
    assert_eq!(only(&a).kind.name(), "line");
}

#[test]
fn keys_that_mean_nothing_are_left_to_the_browser() {
    let mut a = editor("a");
    assert!(!press(&mut a, "F5") && !press(&mut a, "Delete") && !press(&mut a, "ArrowLeft"));
    assert!(press(&mut a, "r"));
}

#[test]
fn opening_a_board_writes_nothing() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    let mut b = editor("b");
    b.load(&a.snapshot().unwrap()).unwrap();
    b.act("selectAll");
    b.paint();
    assert!(b.drain().updates.is_empty());
}

#[test]
fn the_first_finger_of_a_pinch_selects_nothing() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    a.act("pen");
    a.act("select");
    let mut finger = |kind: f64, id: f64, x: f64| {
        // Only the first finger is the primary one.
        let further = if id > 1.0 { 64.0 } else { 0.0 };
        a.input(&[kind, id, 2.0, x, 150.0, 0.0, further, 0.0]);
    };
    finger(0.0, 1.0, 100.0);
    finger(0.0, 2.0, 300.0);
    finger(1.0, 2.0, 400.0);
    assert!(a.selection().is_empty());
}

#[test]
fn a_board_opens_where_it_was_begun_unless_that_hides_some_of_it() {
    let (mut a, mut near, mut far) = (editor("a"), editor("b"), editor("c"));
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    near.load(&a.snapshot().unwrap()).unwrap();
    assert_eq!(near.sight.camera, a.sight.camera);
    for _ in 0..20 {
        press_right(&mut a, true, true);
    }
    draw(&mut a, "rectangle", (500.0, 500.0), (700.0, 590.0));
    drag(&mut a, (690.0, 500.0), (1690.0, 500.0));
    far.load(&a.snapshot().unwrap()).unwrap();
    let all = far.scene().bounds().unwrap();
    assert_eq!(far.sight.camera.view().union(all), far.sight.camera.view());
}

#[test]
fn a_board_that_comes_in_pieces_opens_with_all_of_them_in_view() {
    let (mut a, mut again) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    a.act("zoomOut");
    draw(&mut a, "rectangle", (10.0, 10.0), (700.0, 590.0));
    for update in a.drain().updates {
        again.restore(&update, 1).unwrap();
    }
    let (all, view) = (again.scene().bounds().unwrap(), again.sight.camera.view());
    assert_eq!(view.union(all), view, "all of it is in view");
    again.input(&[6.0, 0.0, 10.0, 400.0, 300.0, 0.0, 0.0, 0.0]);
    let (before, mut b) = (again.sight.camera, editor("c"));
    draw(&mut b, "rectangle", (100.0, 100.0), (799.0, 599.0));
    again.load(&b.snapshot().unwrap()).unwrap();
    assert_eq!(
        again.sight.camera, before,
        "whoever looks round already is left in peace"
    );
}

#[test]
fn a_stored_edit_of_somebody_elses_element_waits_for_that_element() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    drag(&mut a, (100.0, 130.0), (120.0, 130.0));
    exchange(&mut a, &mut b);
    drag(&mut b, (120.0, 130.0), (150.0, 130.0));
    drag(&mut b, (150.0, 130.0), (170.0, 130.0));
    let stored = b.drain().updates;
    // The page is loaded anew without the server: what b moved is not here.
    let mut again = editor("again");
    for update in &stored {
        again.restore(update, 1).unwrap();
    }
    assert_eq!(again.outbox.waiting(), 2);
    assert_eq!(again.snapshot(), None, "folding now would lose them");
    again.load(&a.snapshot().unwrap()).unwrap();
    assert_eq!(only(&again).geometry.x, 170.0);
    assert_eq!(again.outbox.waiting(), 2);
    assert!(again.snapshot().is_some());
}

const ALT: f64 = 2.0;

#[test]
fn dragging_with_alt_drags_a_copy_and_is_one_step_of_undo() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    pointer(&mut a, 0.0, 100.0, 130.0, ALT);
    pointer(&mut a, 1.0, 200.0, 130.0, ALT);
    pointer(&mut a, 1.0, 300.0, 130.0, ALT);
    pointer(&mut a, 2.0, 300.0, 130.0, ALT);
    let mut left: Vec<f64> = a.scene().iter().map(|n| n.element().geometry.x).collect();
    left.sort_by(f64::total_cmp);
    assert_eq!(
        (left, a.gesture.dragged.is_none()),
        (vec![100.0, 300.0], true)
    );
    a.act("undo");
    assert_eq!(only(&a).geometry.x, 100.0);
    a.act("redo");
    assert_eq!(a.scene().iter().count(), 2);
}

#[test]
fn giving_up_a_drag_with_alt_leaves_no_copy() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    pointer(&mut a, 0.0, 100.0, 130.0, ALT);
    pointer(&mut a, 1.0, 300.0, 130.0, ALT);
    press(&mut a, "Escape");
    assert_eq!(only(&a).geometry.x, 100.0);
}

#[test]
fn an_arrow_key_that_is_held_is_one_step_of_undo() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    for i in 0..5 {
        press_right(&mut a, false, i > 0);
    }
    assert_eq!(only(&a).geometry.x, 105.0);
    a.act("undo");
    assert_eq!(only(&a).geometry.x, 100.0);
}

#[test]
fn what_is_being_composed_is_not_lost_when_the_text_ends() {
    let mut a = editor("a");
    a.act("text");
    drag(&mut a, (100.0, 100.0), (100.0, 100.0));
    a.text(&TextInput {
        value: "hello".into(),
        selection_anchor: 5,
        selection_head: 5,
        composing: true,
        pointed: false,
    });
    pointer(&mut a, 0.0, 500.0, 500.0, 0.0);
    assert_eq!(only(&a).text(), Some("hello"));
}

#[test]
fn a_new_text_takes_the_style_that_is_chosen_while_typing() {
    let mut a = editor("a");
    let size = |editor: &mut Editor, size| {
        editor.restyle(StyleField::FontSize, Value::Number(size), true);
    };
    a.act("text");
    drag(&mut a, (100.0, 100.0), (100.0, 100.0));
    size(&mut a, 36.0);
    type_text(&mut a, "x");
    assert_eq!(only(&a).style.font_size, 36.0);
    size(&mut a, 48.0);
    assert_eq!(only(&a).style.font_size, 48.0);
}

#[test]
fn nothing_is_written_on_a_newer_board() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    a.drain();
    a.read_only = true;
    a.act("undo");
    assert!(a.drain().updates.is_empty());
    assert_eq!(a.scene().iter().count(), 1);
}
