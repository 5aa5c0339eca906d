//! Any bytes as an SVG file on a board: it is drawn within bounds, or not at all.

#![no_main]

use board::display::DisplayList;
use board::file::FileHash;
use drawbridge_tests::hostile::watched;
use kurbo::{Rect, Size};
use render::{Fonts, Letters, Work, pdf, png, svg};
use scene::Picture;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("drawing", || look(bytes)));

fn look(bytes: &[u8]) {
    let size = Size::new(200.0, 150.0);
    let hash = FileHash::of(bytes);
    let mut list = DisplayList::new();
    list.image(size.to_rect(), Rect::new(0.0, 0.0, 1.0, 1.0), &hash);
    let picture = Picture {
        size,
        list,
        ground: None,
    };
    let mut work = Work {
        fonts: &Fonts::default(),
        scale: 1.0,
        files: &|_| Some(bytes.to_vec()),
        go_on: &mut || true,
    };
    let shown = png(&picture, &mut work).expect("a picture of this size is made");
    let page = pdf(std::slice::from_ref(&picture), &mut work).expect("so is a page");
    assert_eq!(shown.lacking.is_empty(), page.lacking.is_empty());
    svg(&picture, Letters::Embedded, &mut work).expect("so is an SVG");
}
