//! However somebody has a thing go: the arrows that hold on to it stay where they are seen, for
//! everybody, and hold again when it comes back.

use super::*;
use board::document::Write;
use board::element::Element;
use board::id::ElementId;
use board::links::{Binding, LinkField};
use scene::selection_of;

/// A way in which a thing goes that Ada has made and Ben has moved.
struct Going {
    name: &'static str,
    /// Ada makes it, about (200, 200), and what stands there before Ben binds.
    made: fn(&mut Editor) -> ElementId,
    /// Ada has it go.
    goes: fn(&mut Editor, &ElementId),
    /// What brings it back, if anything does, and takes it away once more.
    back: Option<[&'static str; 2]>,
}

fn newest(editor: &Editor) -> ElementId {
    editor.selection().first().expect("it is selected").clone()
}

fn drawn(editor: &mut Editor, tool: &str) -> ElementId {
    draw(editor, tool, (150.0, 150.0), (250.0, 250.0));
    newest(editor)
}

fn boxed(editor: &mut Editor) -> ElementId {
    drawn(editor, "rectangle")
}

fn framed(editor: &mut Editor) -> ElementId {
    drawn(editor, "frame")
}

fn written(editor: &mut Editor) -> ElementId {
    draw(editor, "text", (200.0, 200.0), (200.0, 200.0));
    type_text(editor, "some words");
    editor.act("endText");
    newest(editor)
}

/// A line of which the left part is left.
fn cut(editor: &mut Editor) -> ElementId {
    draw(editor, "line", (100.0, 200.0), (300.0, 200.0));
    draw(editor, "cutter", (250.0, 150.0), (250.0, 250.0));
    let nodes = editor.scene().in_order().into_iter().map(|n| n.element());
    let left = nodes.min_by(|a, b| a.geometry.x.total_cmp(&b.geometry.x));
    left.expect("a piece").id.clone()
}

fn put_down(editor: &mut Editor) -> ElementId {
    draw(editor, "note", (200.0, 200.0), (200.0, 200.0));
    press(editor, "Escape");
    only(editor).id
}

/// The note that Tab makes, while it is typed in.
fn led_on(editor: &mut Editor) -> ElementId {
    put_down(editor);
    editor.act("enter");
    editor.key("Tab", "", Modifiers::default(), false, Focus::Text);
    newest(editor)
}

fn delete(editor: &mut Editor, id: &ElementId) {
    editor.act("escape");
    editor.select(selection_of([id.clone()]));
    editor.act("delete");
}

fn undo(editor: &mut Editor, _: &ElementId) {
    editor.act("undo");
}

fn area(editor: &Editor, id: &ElementId) -> kurbo::Rect {
    editor.scene().box_of(id).expect("it is there")
}

const GOINGS: [Going; 12] = [
    Going {
        name: "a box is deleted",
        made: boxed,
        goes: delete,
        back: Some(["undo", "redo"]),
    },
    Going {
        name: "a frame is deleted",
        made: framed,
        goes: delete,
        back: Some(["undo", "redo"]),
    },
    Going {
        name: "a frame is removed",
        made: framed,
        goes: |editor, id| {
            editor.select(selection_of([id.clone()]));
            editor.act("removeFrame");
        },
        back: Some(["undo", "redo"]),
    },
    Going {
        name: "a box is erased",
        made: boxed,
        goes: |editor, id| {
            let Some(left) = editor.scene().box_of(id) else {
                return;
            };
            let at = (left.x0, left.center().y);
            draw(editor, "eraser", (at.0 - 10.0, at.1), (at.0 + 10.0, at.1));
        },
        back: Some(["undo", "redo"]),
    },
    Going {
        name: "a line is cut",
        made: |editor| drawn(editor, "line"),
        goes: |editor, id| {
            let at = area(editor, id).center();
            draw(
                editor,
                "cutter",
                (at.x - 20.0, at.y + 20.0),
                (at.x + 20.0, at.y - 20.0),
            );
        },
        back: Some(["undo", "redo"]),
    },
    Going {
        name: "a text is left empty",
        made: written,
        goes: |editor, id| {
            editor.type_in(id);
            type_text(editor, "");
            editor.act("endText");
        },
        back: Some(["undo", "redo"]),
    },
    Going {
        name: "a note by Tab is left empty",
        made: led_on,
        goes: |editor, _| {
            editor.act("endText");
        },
        back: None,
    },
    Going {
        name: "the birth of a box is taken back",
        made: boxed,
        goes: undo,
        back: Some(["redo", "undo"]),
    },
    Going {
        name: "the birth of a text is taken back",
        made: written,
        goes: undo,
        back: Some(["redo", "undo"]),
    },
    Going {
        name: "the birth of a frame around something is taken back",
        made: |editor| {
            boxed(editor);
            editor.act("frameSelection");
            newest(editor)
        },
        goes: undo,
        back: Some(["redo", "undo"]),
    },
    Going {
        name: "a cut is taken back",
        made: cut,
        goes: undo,
        back: Some(["redo", "undo"]),
    },
    Going {
        name: "a delete is put back",
        made: |editor| {
            let made = boxed(editor);
            editor.act("delete");
            editor.act("undo");
            made
        },
        goes: |editor, _| {
            editor.act("redo");
        },
        back: Some(["undo", "redo"]),
    },
];

fn arrow_of(editor: &Editor, id: &ElementId) -> (Element, Element) {
    let node = editor.scene().get(id).expect("it is there");
    (node.element().clone(), node.stored().clone())
}

/// What the page says when somebody's own step could not be taken back as a whole.
fn is_skipped(event: &UiEvent) -> bool {
    let skipped = crate::boundary::Notice::Skipped;
    matches!(event, UiEvent::Notice { key, .. } if *key == skipped)
}

/// An arrow of Ben's that holds on to it from below.
fn bound(ben: &mut Editor, target: &ElementId) -> ElementId {
    draw(ben, "arrow", (300.0, 560.0), (320.0, 520.0));
    let arrow = newest(ben);
    let binding = Binding {
        target: target.clone(),
        u: 0.5,
        v: 0.5,
        inside: false,
        gap: Some(10.0),
    };
    ben.commit(vec![Write::link(&arrow, LinkField::End, binding.write())]);
    arrow
}

#[test]
fn what_held_on_to_it_stays_where_it_is_seen_and_holds_again_when_it_is_back() {
    for Going {
        name,
        made,
        goes,
        back,
    } in GOINGS
    {
        let (mut ada, mut ben) = (editor("ada"), editor("ben"));
        let target = made(&mut ada);
        exchange(&mut ada, &mut ben);
        let arrow = bound(&mut ben, &target);
        ben.select(selection_of([target.clone()]));
        for _ in 0..12 {
            ben.act("nudgeFarRight");
        }
        exchange(&mut ada, &mut ben);
        let (seen, stored) = arrow_of(&ada, &arrow);
        assert_ne!(seen.vertices(), stored.vertices(), "{name}: it followed");
        goes(&mut ada, &target);
        exchange(&mut ada, &mut ben);
        assert!(ada.scene().get(&target).is_none(), "{name}: it goes");
        let (left, written) = arrow_of(&ben, &arrow);
        assert_eq!(left.vertices(), written.vertices(), "{name}: it is written");
        let gap = (left.vertices()[1] - seen.vertices()[1]).hypot();
        // A text that is emptied has shrunk before it goes, and the arrow has followed.
        let near = if name.contains("left empty") {
            60.0
        } else {
            0.01
        };
        assert!(gap < near, "{name}: it stays, {gap} away");
        let Some([back, again]) = back else { continue };
        ada.act(back);
        exchange(&mut ada, &mut ben);
        assert_eq!(
            arrow_of(&ben, &arrow).0.vertices(),
            seen.vertices(),
            "{name}: back"
        );
        let events = ada.drain().events;
        assert!(!events.iter().any(is_skipped), "{name}: all came back");
        // Meanwhile it moves on.
        ben.select(selection_of([target.clone()]));
        ben.act("nudgeFarRight");
        exchange(&mut ada, &mut ben);
        let (moved, _) = arrow_of(&ada, &arrow);
        assert_ne!(moved.vertices(), seen.vertices(), "{name}: it holds again");
        ada.act(again);
        exchange(&mut ada, &mut ben);
        let (left, _) = arrow_of(&ben, &arrow);
        let gap = (left.vertices()[1] - moved.vertices()[1]).hypot();
        assert!(gap < 0.01, "{name}: {again} leaves it {gap} away");
        ada.act(back);
        exchange(&mut ada, &mut ben);
        let (back, _) = arrow_of(&ben, &arrow);
        assert_eq!(back.vertices(), moved.vertices(), "{name}: back again");
    }
}
