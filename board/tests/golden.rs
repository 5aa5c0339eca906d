//! Golden SVG of every element kind, in light and dark.
//!
//! `UPDATE_GOLDEN=1 cargo test -p board --test golden` rewrites them; look at them before
//! committing.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::fs;
use std::path::Path;

use board::display::DisplayList;
use board::element::Element;
use board::style::{Color, Theme};
use board::svg::svg;
use kurbo::Rect;

#[path = "scenes/all.rs"]
mod scenes;

const PAPER: Color = Color(0xffff_ffff);

fn painted(elements: &[Element], theme: Theme) -> String {
    let mut list = DisplayList::new();
    let mut view = Rect::new(0.0, 0.0, 10.0, 10.0);
    for element in elements {
        list.place(
            element.placement(),
            element.style.opacity,
            &element.paint(theme),
        );
        view = view.union(element.bounds());
    }
    svg(
        &list,
        view.inflate(10.0, 10.0).expand(),
        Some(PAPER.in_theme(theme)),
    )
}

fn check(name: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.svg"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, made).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == made,
        "{} differs from what is painted now; if that is meant, run with UPDATE_GOLDEN=1",
        path.display()
    );
}

#[test]
fn each_kind_looks_as_it_did() {
    for (name, scene) in scenes::all() {
        check(name, &painted(&scene, Theme::Light));
    }
}

#[test]
fn the_dark_theme_looks_as_it_did() {
    for (name, scene) in scenes::dark() {
        check(name, &painted(&scene, Theme::Dark));
    }
}
