//! Two who edit one element: its look, place, points, words, picture.

use board::element::Element;
use board::fields::Value;
use board::file::FileHash;
use board::picture::{Media, Picture};
use board::style::StyleField;
use kurbo::Size;

use super::{ADA, BEN, Hand, WORLDS, Won, apart};

/// A text whose first line begins at the board's origin.
fn text(hand: &mut Hand<'_>, words: &str) {
    hand.editor.act("text");
    hand.click_with(0.0, (0.0, 0.0));
    hand.write(words);
    hand.editor.act("endText");
}

fn stroke(element: &Element) -> Value {
    element.style.get(StyleField::Stroke)
}

#[test]
fn recolour_and_move_are_both() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| ada.box_at((0.0, 0.0)),
            |ada, _| {
                ada.pick((50.0, 40.0));
                ada.set(StyleField::Stroke, "#e03131");
            },
            |ben, _| ben.drag((50.0, 40.0), (150.0, 90.0)),
        );
        let outcome = met.one(&met.begun);
        assert_eq!(stroke(&outcome), Value::text("#e03131"));
        assert_eq!((outcome.geometry.x, outcome.geometry.y), (100.0, 50.0));
    }
}

#[test]
fn another_outline_and_a_resize_are_both() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| ada.box_at((0.0, 0.0)),
            |ada, _| {
                ada.pick((50.0, 40.0));
                ada.set(StyleField::Contour, "star");
            },
            |ben, _| {
                ben.pick((50.0, 40.0));
                ben.resize((100.0, 80.0), (220.0, 130.0));
            },
        );
        let outcome = met.one(&met.begun);
        assert_eq!(outcome.style.get(StyleField::Contour), Value::text("star"));
        assert_eq!((outcome.geometry.w, outcome.geometry.h), (220.0, 130.0));
    }
}

#[test]
fn move_and_resize_are_one_of_the_two_whole() {
    let mut won = Won::default();
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| ada.box_at((0.0, 0.0)),
            |ada, _| ada.drag((50.0, 40.0), (150.0, 90.0)),
            |ben, _| {
                ben.pick((50.0, 40.0));
                match seed % 2 {
                    0 => ben.editor.set_place("w", 220.0),
                    _ => ben.resize((100.0, 80.0), (220.0, 130.0)),
                }
            },
        );
        let place = met.one(&met.begun).geometry;
        assert!(met.as_seen(BEN, &met.begun).geometry.w > 200.0);
        won.note([ADA, BEN].map(|by| met.as_seen(by, &met.begun).geometry == place));
    }
}

#[test]
fn a_line_that_is_reshaped_and_moved_or_has_two_points_moved_is_one_of_the_two_whole() {
    let reshape = |hand: &mut Hand<'_>| {
        hand.pick((-150.0, 0.0));
        hand.drag((200.0, 0.0), (210.0, 120.0));
    };
    let shift = |hand: &mut Hand<'_>| hand.drag((-150.0, 0.0), (-150.0, -90.0));
    let reshape_start = |hand: &mut Hand<'_>| {
        hand.pick((-150.0, 0.0));
        hand.drag((-200.0, 0.0), (-230.0, 100.0));
    };
    let works: [&dyn Fn(&mut Hand<'_>); 2] = [&shift, &reshape_start];
    for bens in works {
        let mut won = Won::default();
        for seed in WORLDS {
            let met = apart(
                seed,
                |ada| ada.draw("line", (-200.0, 0.0), (200.0, 0.0)),
                |ada, _| reshape(ada),
                |ben, _| bens(ben),
            );
            let line = met.one(&met.begun);
            won.note([ADA, BEN].map(|by| {
                let own = met.as_seen(by, &met.begun);
                own.vertices() == line.vertices() && own.geometry == line.geometry
            }));
        }
    }
}

#[test]
fn what_two_type_in_one_text_or_label_is_both_letter_by_letter() {
    for seed in WORLDS {
        let words = |hand: &mut Hand<'_>| text(hand, "shared");
        let label = |hand: &mut Hand<'_>| {
            hand.box_at((-20.0, -40.0));
            hand.write_in((0.0, 0.0), "shared");
        };
        let begins: [&dyn Fn(&mut Hand<'_>); 2] = [&words, &label];
        for begin in begins {
            let met = apart(
                seed,
                |ada| {
                    begin(ada);
                    super::seen(ada.editor)[0].id.clone()
                },
                |ada, _| ada.write_in((10.0, 0.0), "Ada shared"),
                |ben, _| ben.write_in((10.0, 0.0), "shared Ben"),
            );
            assert_eq!(met.one(&met.begun).text(), Some("Ada shared Ben"));
        }
    }
}

#[test]
fn a_label_that_is_written_in_what_another_deletes_comes_back_with_it() {
    for seed in WORLDS {
        let mut met = apart(
            seed,
            |ada| {
                let shape = ada.box_at((0.0, 0.0));
                ada.write_in((50.0, 40.0), "one");
                ada.press("Escape");
                ada.editor.act("arrow");
                ada.drag((-200.0, 40.0), (0.0, 40.0));
                let arrow = ada.editor.selection().first().cloned();
                (shape, arrow.expect("it is selected"))
            },
            |ada, _| {
                ada.pick((50.0, 10.0));
                ada.act("delete");
            },
            |ben, _| ben.write_in((50.0, 10.0), "one and two"),
        );
        let (shape, arrow) = met.begun.clone();
        assert_eq!(met.get(&shape), None);
        assert!(met.get(&arrow).is_some());
        met.ada(|ada, _| ada.act("undo"));
        assert_eq!(met.one(&shape).text(), Some("one and two"));
        let held = met.one(&arrow).links.end.clone();
        assert_eq!(held.map(|end| end.target), Some(shape));
        let tip = |met: &super::Met<_>| *met.one(&arrow).vertices().last().expect("a tip");
        let before = tip(&met);
        met.ada(|ada, _| ada.drag((50.0, 10.0), (50.0, 210.0)));
        assert!(tip(&met).y > before.y + 100.0, "it follows");
    }
}

#[test]
fn a_text_that_is_aligned_and_moved_is_aligned_at_one_of_the_two_places() {
    let mut won = Won::default();
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                text(ada, "a line\nand one that is longer");
                super::seen(ada.editor)[0].id.clone()
            },
            |ada, _| {
                ada.pick((10.0, 0.0));
                ada.set(StyleField::Align, "right");
            },
            |ben, _| ben.drag((10.0, 0.0), (10.0, 150.0)),
        );
        let text = met.one(&met.begun);
        assert_eq!(text.style.get(StyleField::Align), Value::text("right"));
        won.note([ADA, BEN].map(|by| met.as_seen(by, &met.begun).geometry == text.geometry));
        let right_edge = text.frame().rect().x1;
        assert!(
            (right_edge - text.geometry.x).abs() < 0.1,
            "its place is where it is right-aligned"
        );
    }
}

const FILE: &[u8] = b"a picture";
/// Where new things go on an empty board.
const MIDDLE: (f64, f64) = (400.0, 300.0);

fn picture(hand: &mut Hand<'_>) -> board::id::ElementId {
    let hash = FileHash::of(FILE);
    assert!(
        hand.editor
            .insert_image(hash, Size::new(400.0, 300.0), None, (0, 1))
    );
    super::seen(hand.editor)[0].id.clone()
}

/// Where it is, and what of its picture is shown.
fn framed(element: &Element) -> (board::geometry::Geometry, Value) {
    (element.geometry, element.style.get(StyleField::Crop))
}

/// Shows a quarter of the picture.
fn crop(hand: &mut Hand<'_>) {
    hand.pick(MIDDLE);
    hand.press("Enter");
    hand.drag((600.0, 450.0), MIDDLE);
}

#[test]
fn crop_and_replace_are_the_new_picture_in_one_of_both_frames() {
    let mut won = Won::default();
    for seed in WORLDS {
        let other = FileHash::of(b"another");
        let met = apart(
            seed,
            picture,
            |ada, _| crop(ada),
            |ben, id| {
                let size = Size::new(100.0, 200.0);
                assert!(ben.editor.replace_image(id.as_str(), other, size));
            },
        );
        let image = met.one(&met.begun);
        assert_eq!(image.links.file.as_deref(), Some(&*other.to_string()));
        won.note([ADA, BEN].map(|by| framed(met.as_seen(by, &met.begun)) == framed(&image)));
    }
}

#[test]
fn crop_and_move_are_one_of_the_two() {
    let mut won = Won::default();
    for seed in WORLDS {
        let met = apart(
            seed,
            picture,
            |ada, _| crop(ada),
            |ben, _| ben.drag(MIDDLE, (450.0, 330.0)),
        );
        let image = met.one(&met.begun);
        won.note([ADA, BEN].map(|by| framed(met.as_seen(by, &met.begun)) == framed(&image)));
    }
}

#[test]
fn a_picture_whose_file_has_come_while_another_deleted_it_comes_back_whole() {
    for seed in WORLDS {
        let mut met = apart(
            seed,
            picture,
            |ada, _| {
                ada.pick(MIDDLE);
                ada.act("delete");
            },
            |ben, _| {
                let picture = Picture {
                    media: Media::Png,
                    width: 400,
                    height: 300,
                };
                ben.editor.name_file(FileHash::of(FILE), &picture, 9);
            },
        );
        let has = |met: &super::Met<_>| {
            let pages = met.world.pages.iter();
            let hash = FileHash::of(FILE);
            pages
                .map(|page| page.editor.document().has_file(&hash))
                .collect::<Vec<_>>()
        };
        assert_eq!(met.get(&met.begun), None);
        assert_eq!(has(&met), [true; 4]);
        met.ada(|ada, _| ada.act("undo"));
        assert!(met.get(&met.begun).is_some());
    }
}

#[test]
fn a_note_that_is_written_on_and_resized_is_both() {
    for seed in WORLDS {
        let met = apart(
            seed,
            |ada| {
                ada.editor.act("note");
                ada.click_with(0.0, MIDDLE);
                ada.editor.act("endText");
                super::seen(ada.editor)[0].id.clone()
            },
            |ada, _| {
                ada.write_in(MIDDLE, "so many words that no note of a usual size has room for them in letters as large as those that it begins with")
            },
            |ben, _| {
                ben.pick(MIDDLE);
                ben.editor.set_place("w", 420.0);
            },
        );
        let note = met.one(&met.begun);
        assert!(note.text().is_some_and(|text| text.starts_with("so many")));
        assert_eq!(note.geometry, met.as_seen(BEN, &met.begun).geometry);
        assert!(note.geometry.w > 400.0);
    }
}
