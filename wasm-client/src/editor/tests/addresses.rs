//! Where elements lead: who may set it, what a badge does, and what never opens.

use super::*;
use board::document::Write;
use board::links::LinkField;
use kurbo::Point;

use crate::boundary::Notice;

const PLACE: &str = "https://example.org/a?b#c";

/// What the page was asked to open.
fn opened(editor: &mut Editor) -> Vec<String> {
    let events = editor.drain().events.into_iter();
    let open = events.filter_map(|event| match event {
        UiEvent::Open { address } => Some(address),
        _ => None,
    });
    open.collect()
}

fn told_astray(editor: &mut Editor) -> bool {
    let key = Notice::LeadsNowhere;
    editor.drain().events.contains(&UiEvent::Notice { key })
}

fn click(editor: &mut Editor, at: Point) {
    pointer(editor, 0.0, at.x, at.y, 0.0);
    pointer(editor, 2.0, at.x, at.y, 0.0);
}

/// Where the badge of the only element is, after it was painted.
fn badge(editor: &mut Editor) -> Point {
    editor.paint();
    let area = editor.scene().bounds().expect("something");
    let area = editor.camera().transform().transform_rect_bbox(area);
    Point::new(area.x1 + 16.0, area.y0 - 16.0)
}

/// A rectangle that leads somewhere, selected.
fn linked(address: &str) -> Editor {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    a.set_address(address);
    a
}

#[test]
fn an_address_is_one_step_and_comes_to_everybody() {
    let mut a = linked(PLACE);
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    assert_eq!(only(&b).links.link.as_deref(), Some(PLACE));
    a.set_address("");
    assert_eq!(only(&a).links.link, None);
    a.act("undo");
    assert_eq!(only(&a).links.link.as_deref(), Some(PLACE));
    for bad in [
        "javascript:alert(1)",
        "example.org",
        "data:text/html,x",
        "#",
    ] {
        a.set_address(bad);
        assert_eq!(only(&a).links.link.as_deref(), Some(PLACE), "{bad}");
    }
    a.set_address(PLACE);
    a.act("undo");
    assert_eq!(only(&a).links.link, None, "to set the same is no step");
}

#[test]
fn a_click_on_the_badge_opens_and_does_nothing_else() {
    let mut a = linked(PLACE);
    a.act("escape");
    let at = badge(&mut a);
    pointer(&mut a, 1.0, at.x, at.y, 0.0);
    let hovered = UiEvent::Cursor {
        css: "pointer".into(),
        leads: PLACE.into(),
    };
    assert!(a.drain().events.contains(&hovered));
    click(&mut a, at);
    assert_eq!(opened(&mut a), [PLACE]);
    double_click(&mut a, at.x, at.y);
    assert_eq!(opened(&mut a).len(), 2, "no text is begun there");
    assert!(a.selection().is_empty() && a.writing.typing.is_none());
    assert_eq!(only(&a).geometry.x, 100.0);
}

#[test]
fn a_press_that_leaves_the_badge_or_comes_to_it_opens_nothing() {
    let mut a = linked(PLACE);
    a.act("escape");
    let at = badge(&mut a);
    drag(&mut a, (at.x, at.y), (at.x + 60.0, at.y));
    drag(&mut a, (at.x + 60.0, at.y - 60.0), (at.x, at.y));
    assert!(opened(&mut a).is_empty());
    a.act("pen");
    a.paint();
    click(&mut a, at);
    assert!(opened(&mut a).is_empty(), "a pen draws there");
}

#[test]
fn a_badge_is_as_large_at_every_zoom_and_small_things_have_none() {
    let mut a = linked(PLACE);
    a.act("escape");
    a.sight.camera.look_at(Point::new(200.0, 100.0), 10.0);
    let at = badge(&mut a);
    click(&mut a, at);
    assert_eq!(opened(&mut a), [PLACE]);
    a.sight.camera.look_at(Point::new(200.0, 100.0), 0.1);
    let at = badge(&mut a);
    click(&mut a, at);
    assert!(opened(&mut a).is_empty());
}

#[test]
fn a_locked_element_and_a_board_that_is_only_shown_can_be_gone_on_from() {
    let mut a = linked(PLACE);
    a.act("lock");
    a.act("escape");
    let at = badge(&mut a);
    click(&mut a, at);
    assert_eq!(opened(&mut a), [PLACE]);
    a.read_only = true;
    click(&mut a, at);
    assert_eq!(opened(&mut a), [PLACE]);
    a.select(selection_of_all(&a));
    a.set_address("");
    a.act("openLink");
    assert_eq!(opened(&mut a), [PLACE]);
}

fn selection_of_all(editor: &Editor) -> scene::Selection {
    let ids = editor.scene().iter().map(|node| node.element().id.clone());
    scene::selection_of(ids)
}

#[test]
fn a_link_within_the_board_shows_and_selects_what_it_leads_to() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (5_000.0, 100.0), (5_100.0, 200.0));
    let far = only(&a).id;
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    a.act("copyLink");
    a.set_address(&format!("#{far}"));
    a.act("openLink");
    assert!(a.selection().contains(&far) && a.selection().len() == 1);
    let area = a.scene().box_of(&far).expect("a box");
    assert!(a.camera().shows(area));
    assert!(opened(&mut a).is_empty());

    a.act("delete");
    a.act("selectAll");
    a.act("openLink");
    assert!(told_astray(&mut a));
    assert!(!a.lead("#nobody") && !a.lead("#") && !a.lead("javascript:alert(1)"));
    assert!(opened(&mut a).is_empty());
}

#[test]
fn what_others_write_leads_nowhere_that_runs_anything() {
    let mut a = linked(PLACE);
    let id = only(&a).id;
    let bad = Value::text("javascript:alert(1)");
    a.commit(vec![Write::link(&id, LinkField::Link, bad)]);
    let at = badge(&mut a);
    click(&mut a, at);
    a.act("openLink");
    assert!(opened(&mut a).is_empty());
    assert_eq!(only(&a).links.link, None);
}

#[test]
fn a_group_leads_somewhere_and_what_left_its_frame_shows_its_badge() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "ellipse", (300.0, 150.0), (400.0, 250.0));
    a.act("selectAll");
    a.act("group");
    a.set_address(PLACE);
    a.act("escape");
    let at = badge(&mut a);
    click(&mut a, at);
    assert_eq!(opened(&mut a), [PLACE]);

    let mut b = editor("b");
    draw(&mut b, "frame", (100.0, 100.0), (300.0, 300.0));
    b.act("escape");
    draw(&mut b, "rectangle", (120.0, 120.0), (200.0, 200.0));
    b.set_address(PLACE);
    b.paint();
    assert_eq!(b.sight.badges.len(), 1);
    b.set_place("x", 2_000.0);
    b.act("zoomToFit");
    b.paint();
    assert_eq!(b.sight.badges.len(), 1);
}

#[test]
fn the_address_is_asked_for_below_what_is_selected() {
    let mut a = linked(PLACE);
    a.drain();
    a.act("link");
    let asked = UiEvent::Address {
        address: PLACE.into(),
        x: 150.0,
        y: 200.0,
    };
    assert!(a.drain().events.contains(&asked));
    a.act("copyLink");
    let id = only(&a).id;
    let copied = UiEvent::Clipboard {
        text: format!("#{id}"),
        html: String::new(),
        files: Vec::new(),
    };
    assert!(a.drain().events.contains(&copied));
}
