//! What is pasted and dropped: where it lands, where it leads, and what it stays linked with.

use super::*;
use board::element::Element;
use board::id::ElementId;
use board::style::Family;
use kurbo::Point;

fn element(editor: &Editor, id: &ElementId) -> Element {
    let node = editor.scene().get(id).expect("an element");
    node.element().clone()
}

/// What was pasted last, alone.
fn pasted(editor: &Editor) -> Element {
    let id = editor.selection().first().expect("something selected");
    element(editor, id)
}

fn hover(editor: &mut Editor, x: f64, y: f64) {
    pointer(editor, 1.0, x, y, 0.0);
}

#[test]
fn what_is_pasted_lands_where_the_pointer_is_and_not_on_the_one_before() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    let (text, html) = copied(&mut a);
    hover(&mut a, 600.0, 400.0);
    a.paste(&text, &html);
    assert_eq!(pasted(&a).geometry.center(), Point::new(600.0, 400.0));
    a.paste(&text, &html);
    assert_eq!(pasted(&a).geometry.center(), Point::new(616.0, 416.0));
    hover(&mut a, 300.0, 400.0);
    a.paste(&text, &html);
    assert_eq!(pasted(&a).geometry.center(), Point::new(300.0, 400.0));
    a.put(&text, &html, "", Some(Point::new(500.0, 100.0)));
    assert_eq!(pasted(&a).geometry.center(), Point::new(500.0, 100.0));
    a.paste("words", "");
    a.paste("words", "");
    let centers = a
        .scene()
        .iter()
        .filter(|node| node.element().text().is_some());
    let mut places: Vec<_> = centers.map(|node| node.element().geometry.x).collect();
    places.dedup();
    assert_eq!(places.len(), 2);
}

#[test]
fn without_a_pointer_a_paste_is_beside_its_original() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    pointer(&mut a, 4.0, 0.0, 0.0, 0.0);
    let (text, html) = copied(&mut a);
    a.paste(&text, &html);
    assert_eq!(pasted(&a).geometry.center(), Point::new(166.0, 166.0));
}

#[test]
fn what_lands_in_a_frame_with_room_for_it_is_in_that_frame() {
    let mut a = editor("a");
    draw(&mut a, "frame", (300.0, 200.0), (600.0, 500.0));
    let frame = a.selection().first().cloned();
    a.act("escape");
    draw(&mut a, "ellipse", (50.0, 50.0), (150.0, 150.0));
    a.act("copy");
    let (text, html) = clip(&mut a);
    hover(&mut a, 450.0, 350.0);
    a.paste(&text, &html);
    assert_eq!(pasted(&a).links.parent, frame);
    a.paste("a few words", "");
    assert_eq!(pasted(&a).links.parent, frame);
    hover(&mut a, 320.0, 220.0);
    a.paste(&text, &html);
    assert_eq!(pasted(&a).links.parent, None, "nothing is cut off unseen");
    assert_eq!(*a.scene(), Scene::rebuild(a.document()));
    let order = a.scene().in_order();
    let sorted = order.windows(2).all(|two| match two {
        [a, b] => a.element().order <= b.element().order,
        _ => true,
    });
    assert!(sorted, "a reader of plain keys sees the same stack");
}

/// What a copy put on the clipboard.
fn clip(editor: &mut Editor) -> (String, String) {
    let events = editor.drain().events.into_iter();
    let mut clips = events.filter_map(|event| match event {
        UiEvent::Clipboard { text, html, .. } => Some((text, html)),
        _ => None,
    });
    clips.next().expect("a clip")
}

#[test]
fn an_address_becomes_a_text_that_leads_there() {
    let mut a = editor("a");
    let leads = |a: &Editor| pasted(a).links.link.as_ref().map(|link| link.to_string());
    for good in ["https://example.org/x", "mailto:a@b.example", "HTTP://a.b"] {
        a.paste(&format!(" {good}\n"), "");
        assert_eq!(leads(&a).as_deref(), Some(good));
        assert_eq!(pasted(&a).text(), Some(good));
    }
    for bad in [
        "javascript:alert(1)",
        "see https://example.org",
        "#abc",
        "example.org",
    ] {
        a.paste(bad, "");
        assert_eq!((leads(&a), pasted(&a).text()), (None, Some(bad)));
    }
    a.put("Minutes", "", "https://example.org/", None);
    assert_eq!(leads(&a).as_deref(), Some("https://example.org/"));
    assert_eq!(pasted(&a).text(), Some("Minutes"));
    let (id, own) = (pasted(&a).id, "http://board.example/b/x#");
    a.put(&format!("{own}{id}"), "", &format!("#{id}"), None);
    assert_eq!(leads(&a), Some(format!("#{id}")));
    assert_eq!(
        pasted(&a).text(),
        Some("Minutes"),
        "what is there says more"
    );
    a.put("evil", "", "javascript:alert(1)", None);
    assert_eq!(leads(&a), None);
}

#[test]
fn long_lines_are_wrapped_when_they_are_pasted() {
    let mut a = editor("a");
    a.paste(&"many words that go on ".repeat(30), "");
    let wide = pasted(&a).frame().w;
    assert!(wide <= 800.0 * 0.8 && wide > 400.0, "{wide}");
    let (layout, _) = pasted(&a).lines().expect("lines");
    let longest = layout.lines.iter().map(|line| line.width);
    assert!(wide - longest.fold(0.0, f64::max) < 1.0);
    a.paste("short", "");
    assert_eq!(pasted(&a).style.details.wrap, None);
}

#[test]
fn columns_stay_below_one_another() {
    let mut a = editor("a");
    let row = "a name   and what it costs".repeat(8);
    a.put_columns(&format!("{row}\n{row}"), None);
    let details = &pasted(&a).style.details;
    assert_eq!((details.family, details.wrap), (Family::Mono, None));
    let (layout, _) = pasted(&a).lines().expect("lines");
    assert_eq!(layout.lines.len(), 2);
}

#[test]
fn a_copy_leads_to_the_copy_of_what_its_original_leads_to() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    let target = only(&a).id;
    draw(&mut a, "rectangle", (300.0, 100.0), (400.0, 200.0));
    a.set_address(&format!("#{target}"));
    a.act("copy");
    let alone = clip(&mut a);
    let both = copied(&mut a);

    let link = |editor: &Editor| {
        let ids = editor.selection().iter();
        let mut links = ids.filter_map(|id| element(editor, id).links.link.clone());
        links.next().map(|link| link.to_string())
    };
    a.paste(&alone.0, &alone.1);
    assert_eq!(link(&a), Some(format!("#{target}")), "on its own board");
    a.paste(&both.0, &both.1);
    let led = link(&a).expect("a link");
    let led = ElementId::parse(&led[1..]).unwrap();
    assert!(led != target && a.selection().contains(&led));

    let mut b = editor("b");
    b.paste(&alone.0, &alone.1);
    assert_eq!(link(&b), None, "what it leads to is not on that board");
    b.paste(&both.0, &both.1);
    let led = link(&b).expect("a link");
    assert!(
        b.selection()
            .contains(&ElementId::parse(&led[1..]).unwrap())
    );
}

#[test]
fn a_duplicate_of_a_board_leads_within_itself_and_nowhere_that_is_gone() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    let target = only(&a).id;
    for x in [300.0, 500.0] {
        draw(&mut a, "rectangle", (x, 100.0), (x + 100.0, 200.0));
        let gone = a.selection().first().cloned().expect("a rectangle");
        let to = if x < 400.0 { &target } else { &gone };
        a.set_address(&format!("#{to}"));
    }
    a.act("delete");
    draw(&mut a, "diamond", (500.0, 100.0), (600.0, 200.0));
    a.set_address("#nobody");
    let mut b = editor("b");
    assert!(b.fill(&a.snapshot().expect("a whole board")).unwrap());
    let all = b.scene().iter().map(|node| node.element());
    let led: Vec<_> = all
        .filter_map(|element| element.links.link.clone())
        .collect();
    let [led] = led.as_slice() else {
        panic!("one leads somewhere: {led:?}");
    };
    let led = ElementId::parse(&led[1..]).unwrap();
    assert_eq!(element(&b, &led).kind.name(), "ellipse");
    assert!(led != target);
}

#[test]
fn groups_frames_and_arrows_stay_among_their_own_on_another_board() {
    let mut a = editor("a");
    draw(&mut a, "frame", (50.0, 50.0), (500.0, 400.0));
    a.act("escape");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "ellipse", (300.0, 100.0), (400.0, 200.0));
    draw(&mut a, "arrow", (200.0, 150.0), (300.0, 150.0));
    let (text, html) = copied(&mut a);
    let mut b = editor("b");
    hover(&mut b, 400.0, 300.0);
    b.paste(&text, &html);
    b.paste(&text, &html);
    let all: Vec<Element> = b
        .scene()
        .iter()
        .map(|node| node.element().clone())
        .collect();
    assert_eq!(all.len(), 8);
    for element in &all {
        assert!(a.scene().get(&element.id).is_none(), "no id twice");
        let held = [&element.links.start, &element.links.end];
        for target in held.into_iter().flatten().map(|end| &end.target) {
            let target = b
                .scene()
                .get(target)
                .expect("what it holds on to")
                .element();
            assert_eq!(target.links.parent, element.links.parent);
        }
    }
    let inside = all.iter().filter(|element| element.links.parent.is_some());
    assert_eq!(inside.count(), 6);
    let bound = all.iter().filter(|element| element.links.start.is_some());
    assert_eq!(bound.count(), 2);
    let first = b.scene().get(b.selection().first().unwrap()).unwrap();
    assert_eq!(first.element().kind.name(), "frame");
}

#[test]
fn two_who_paste_the_same_at_once_get_two() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    let mut b = editor("b");
    exchange(&mut a, &mut b);
    let (text, html) = copied(&mut a);
    a.paste(&text, &html);
    b.paste(&text, &html);
    exchange(&mut a, &mut b);
    assert_eq!(a.scene().iter().count(), 3);
}
