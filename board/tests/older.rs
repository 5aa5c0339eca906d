//! A board that an older version made opens unchanged.
//!
//! `golden/older-board.update` was written by the version before there were labels, frames and styles
//! of lines: with a line that carries a fill and ends where it begins, texts that were given a size,
//! and values that make no sense. It is never written again.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::fs;
use std::path::Path;

use board::display::DisplayList;
use board::document::Document;
use board::element::{Element, Kind};
use board::fields::Value;
use board::id::{ClientId, ElementId};
use board::style::{Color, Theme};
use board::svg::svg;
use kurbo::Rect;

fn golden(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

fn older() -> Document {
    let mut document = Document::new(ClientId::from_random(1));
    let update = fs::read(golden("older-board.update")).unwrap();
    document.apply(&update).unwrap();
    document
}

fn element(document: &Document, id: &str) -> Element {
    document.element(&ElementId::parse(id).unwrap()).unwrap()
}

#[test]
fn an_older_board_looks_as_it_did() {
    let mut elements = older().elements();
    elements.sort_by(|a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
    let mut list = DisplayList::new();
    let mut view = Rect::ZERO;
    for element in &elements {
        // No older version could write on a shape; what this board has under one's name is shown now.
        let look = element.without_label().paint(Theme::Light);
        list.place(element.placement(), element.style.opacity, &look);
        view = view.union(element.bounds());
    }
    let made = svg(
        &list,
        view.inflate(10.0, 10.0).expand(),
        Some(Color(0xffff_ffff)),
    );
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(golden("older-board.svg"), &made).unwrap();
    }
    assert!(made == fs::read_to_string(golden("older-board.svg")).unwrap_or_default());
}

#[test]
fn what_an_older_board_says_means_what_it_meant() {
    let document = older();
    assert_eq!(
        (document.schema(), document.title().as_str()),
        (1, "An older board")
    );
    assert_eq!(document.elements().len(), 15);
    let line = element(&document, "loopLine");
    assert!(matches!(line.kind, Kind::Line(_)) && line.text().is_none());
    assert!(
        !line.hit(line.frame().center(), 1.0),
        "no line is filled because its ends meet"
    );
    let text = element(&document, "sizedText");
    assert_eq!(text.text().map(str::lines).map(Iterator::count), Some(2));
    assert!(
        text.frame().w > 300.0,
        "a text is as wide as its words, whatever its birth says"
    );
    let elements = document.elements();
    let labelled = elements.iter().filter(|element| element.is_labelled());
    let labels: Vec<_> = labelled.filter_map(Element::text).collect();
    assert_eq!(labels, ["a text without an owner"]);
    assert!(matches!(
        element(&document, "badInk").kind,
        Kind::Unknown(_)
    ));
}

#[test]
fn births_of_an_older_board_are_given_back_as_they_are() {
    for element in older().elements() {
        let again = Element::read(element.id.clone(), &element.birth());
        assert_eq!(again.birth(), element.birth());
    }
    let document = older();
    let line = element(&document, "loopLine").birth();
    let fill = line.slots().get(10).cloned();
    assert_eq!(
        fill,
        Some(Value::text("#eebefa")),
        "a line keeps the fill that nobody sees"
    );
}
