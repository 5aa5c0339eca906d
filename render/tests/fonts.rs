//! Fonts that come when they are needed.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::fs;

use board::display::{DisplayList, FontFamily, Op};
use kurbo::{Point, Size};
use render::{Fonts, Letters, Made, Work, pdf, svg, wanted};
use scene::Picture;

type Texts<'a> = &'a [(&'a str, FontFamily)];

fn picture(texts: Texts<'_>) -> Picture {
    let mut list = DisplayList::new();
    for (text, family) in texts {
        list.op(Op::Save, &[]);
        list.font(20.0, *family);
        list.text(Point::new(0.0, 20.0), text);
        list.op(Op::Restore, &[]);
    }
    Picture {
        size: Size::new(200.0, 40.0),
        list,
        ground: None,
    }
}

fn made(picture: &Picture, fonts: &Fonts) -> [Made; 3] {
    let mut work = Work {
        fonts,
        scale: 1.0,
        files: &|_| None,
        go_on: &mut || true,
    };
    [
        svg(picture, Letters::Embedded, &mut work).unwrap(),
        svg(picture, Letters::Outlined, &mut work).unwrap(),
        pdf(std::slice::from_ref(picture), &mut work).unwrap(),
    ]
}

#[test]
fn pictures_with_fonts_that_were_fetched_are_those_with_all_of_them() {
    let cases: [(Texts<'_>, &[&str]); 5] = [
        (&[], &[]),
        (
            &[("Ada", FontFamily::Board)],
            &["m-plus-rounded-1c-latin-500-normal.woff2"],
        ),
        (
            &[("Съешь", FontFamily::Mono), ("b", FontFamily::Hand)],
            &[
                "families/family-hand-latin.woff2",
                "families/family-mono-cyrillic.woff2",
                "m-plus-rounded-1c-cyrillic-500-normal.woff2",
                "m-plus-rounded-1c-latin-500-normal.woff2",
            ],
        ),
        // What no font has makes nobody wait for one.
        (&[("漢字", FontFamily::Serif)], &[]),
        (
            &[("שלום →", FontFamily::Interface)],
            &[
                "m-plus-rounded-1c-hebrew-500-normal.woff2",
                "m-plus-rounded-1c-latin-500-normal.woff2",
                "m-plus-rounded-1c-symbols-500-normal.woff2",
            ],
        ),
    ];
    for (texts, files) in cases {
        let picture = picture(texts);
        let mut fonts = Fonts::unfetched();
        let mut names = wanted(&picture.list, &fonts);
        names.sort_unstable();
        for file in files {
            assert!(names.contains(file), "{texts:?}: {names:?}");
        }
        // Blanks are in every file.
        assert!(names.len() <= files.len() + 8, "{texts:?}: {names:?}");
        for name in names {
            let file = fs::read(format!("../web/src/fonts/{name}")).unwrap();
            fonts.give(name, file).unwrap();
        }
        assert_eq!(wanted(&picture.list, &fonts), Vec::<&str>::new());
        assert_eq!(made(&picture, &fonts), made(&picture, &Fonts::default()));
    }
}

#[test]
fn what_is_no_font_or_none_of_the_page_is_refused() {
    let mut fonts = Fonts::unfetched();
    let name = "families/family-hand-latin.woff2";
    assert!(fonts.give(name, b"no font".to_vec()).is_err());
    let file = fs::read(format!("../web/src/fonts/{name}")).unwrap();
    assert!(fonts.give("family.woff2", file.clone()).is_err());
    assert!(fonts.give(name, file).is_ok());
}
