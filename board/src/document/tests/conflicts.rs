//! What comes out when two edit at once, as docs/file-format.md has it.

use super::{client, element, geometry, id, rectangle};
use crate::document::{Document, Write};
use crate::element::image::Image;
use crate::element::line::Line;
use crate::element::text::Text;
use crate::element::{Element, Kind};
use crate::fields::Value;
use crate::file::FileHash;
use crate::geometry::Geometry;
use crate::links::LinkField;
use crate::order::OrderKey;
use crate::picture::{Media, Picture};
use crate::style::{Align, Contour, Dash, StyleField};
use kurbo::{Point, Vec2};

/// Two people who have the same board, and whose edits meet afterwards.
struct Two {
    a: Document,
    b: Document,
}

impl Two {
    fn with(elements: &[Element]) -> Self {
        let mut first = Document::new(client(9));
        first.commit(elements.iter().map(Write::birth).collect());
        let board = first.replica().encode();
        let [mut a, mut b] = [1, 2].map(|number| Document::new(client(number)));
        for one in [&mut a, &mut b] {
            one.apply(&board).unwrap();
        }
        Self { a, b }
    }

    /// Lets each hear of the other, and gives the board that both have now.
    fn met(mut self) -> Document {
        let (from_a, from_b) = (self.a.take_updates(), self.b.take_updates());
        for (one, said) in [(&mut self.a, from_b), (&mut self.b, from_a)] {
            for update in said {
                one.apply(&update).unwrap();
            }
        }
        let sorted = |document: &Document| {
            let mut elements = document.elements();
            elements.sort_by(|a, b| a.id.cmp(&b.id));
            elements
        };
        assert_eq!(sorted(&self.a), sorted(&self.b), "both have one board");
        self.a
    }
}

fn moved(element: &Element, by: f64) -> Element {
    let mut moved = element.clone();
    moved.set_geometry(element.geometry.translated(Vec2::new(by, by)));
    moved
}

fn line(points: &[(f64, f64)]) -> Element {
    let points: Vec<Point> = points.iter().map(|at| Point::from(*at)).collect();
    let (geometry, line) = Line::through(&points).unwrap();
    let mut element = element("a", Kind::Line(line));
    element.set_geometry(geometry);
    element
}

#[test]
fn a_picture_is_cropped_and_replaced_and_its_file_outlives_it() {
    let shown = element("a", Kind::Image(Image));
    let file = |bytes: &[u8]| Value::text(&FileHash::of(bytes).to_string());
    let crop = Value::list([0.0, 0.0, 0.5, 1.0].map(Value::Number));
    let mut two = Two::with(std::slice::from_ref(&shown));
    let mut cropped = shown.clone();
    cropped.style.set(StyleField::Crop, &crop);
    two.a.commit(vec![Write::place(&cropped)]);
    let higher = moved(&shown, 9.0);
    let replaced = Write::link(&shown.id, LinkField::File, file(b"new"));
    two.b.commit(vec![replaced, Write::place(&higher)]);
    let met = two.met().element(&shown.id).unwrap();
    assert_eq!(met.links.get(LinkField::File), file(b"new"));
    let frame = |image: &Element| (image.geometry, image.style.get(StyleField::Crop));
    let frames = [frame(&cropped), frame(&higher)];
    assert!(frames.contains(&frame(&met)), "one of the two, whole");

    let mut two = Two::with(std::slice::from_ref(&shown));
    let hash = FileHash::of(b"old");
    let picture = Picture {
        media: Media::Png,
        width: 3,
        height: 2,
    };
    two.a.commit(vec![Write::file(hash, &picture, 9)]);
    let deleted = two.b.commit(vec![Write::delete(&shown.id)]);
    let mut met = two.met();
    assert!(met.element(&shown.id).is_none() && met.has_file(&hash));
    met.revert(&deleted);
    assert!(met.element(&shown.id).is_some() && met.take_files_changed());
}

#[test]
fn looks_and_places_are_decided_apart() {
    let looks = [
        (StyleField::Stroke, Value::text("#ff0000")),
        (StyleField::Contour, Value::text(Contour::Star.name())),
        (StyleField::Dash, Value::text(Dash::Dotted.name())),
    ];
    for (field, value) in looks {
        let shape = rectangle("a");
        let mut two = Two::with(std::slice::from_ref(&shape));
        two.a
            .commit(vec![Write::style(&id("a"), field, value.clone())]);
        let placed = Geometry {
            w: 99.0,
            ..shape.geometry
        };
        two.b.commit(vec![geometry("a", &placed)]);
        let met = two.met().element(&id("a")).unwrap();
        assert_eq!(
            (met.style.get(field), met.geometry),
            (value, placed),
            "{field:?}"
        );
    }
}

#[test]
fn a_move_and_a_resize_are_one_of_the_two() {
    let shape = rectangle("a");
    let mut two = Two::with(std::slice::from_ref(&shape));
    let (there, larger) = (
        moved(&shape, 50.0).geometry,
        Geometry {
            w: 300.0,
            h: 200.0,
            ..shape.geometry
        },
    );
    two.a.commit(vec![geometry("a", &there)]);
    two.b.commit(vec![geometry("a", &larger)]);
    let met = two.met().element(&id("a")).unwrap().geometry;
    assert!([there, larger].contains(&met), "{met:?}");
}

#[test]
fn two_points_of_one_line_are_one_set_in_its_own_box() {
    let first = line(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)]);
    let one = line(&[(-50.0, 0.0), (100.0, 0.0), (100.0, 100.0)]);
    let other = line(&[(0.0, 0.0), (100.0, 0.0), (100.0, 400.0)]);
    for (mine, theirs) in [
        (&one, &other),
        (&moved(&first, 30.0), &other),
        (&one, &moved(&first, 30.0)),
    ] {
        let mut two = Two::with(std::slice::from_ref(&first));
        two.a.commit(vec![Write::place(mine)]);
        two.b.commit(vec![Write::place(theirs)]);
        let met = two.met().element(&id("a")).unwrap();
        assert!([mine.vertices(), theirs.vertices()].contains(&met.vertices()));
    }
}

#[test]
fn a_deleted_element_stays_deleted_and_undo_brings_what_was_written_meanwhile() {
    let text = element("a", Kind::Text(Text::new("")));
    let mut two = Two::with(&[text]);
    let step = two.a.commit(vec![Write::delete(&id("a"))]);
    two.b.splice(&id("a"), 0, 0, "meanwhile");
    two.b.commit(vec![Write::style(
        &id("a"),
        StyleField::Align,
        Value::text(Align::Right.name()),
    )]);
    let mut met = two.met();
    assert_eq!(met.element(&id("a")), None);
    assert_eq!(met.revert(&step).skipped, 0);
    let back = met.element(&id("a")).unwrap();
    assert_eq!(
        (back.text(), back.style.details.align),
        (Some("meanwhile"), Some(Align::Right))
    );
}

#[test]
fn two_who_type_in_one_text_are_both_read() {
    let mut two = Two::with(&[element("a", Kind::Text(Text::new("")))]);
    two.a.splice(&id("a"), 0, 0, "one ");
    two.b.splice(&id("a"), 0, 0, "two ");
    let met = two.met().text(&id("a"));
    assert!(["one two ", "two one "].contains(&met.as_str()), "{met}");
}

#[test]
fn two_at_one_place_of_the_stack_are_both_there() {
    let mut two = Two::with(&[rectangle("a"), rectangle("b")]);
    let place = |random| OrderKey::between(Some(&OrderKey::default()), None, random);
    two.a.commit(vec![Write::order(&id("a"), &place(1))]);
    two.b.commit(vec![Write::order(&id("b"), &place(2))]);
    let met = two.met();
    let [a, b] = ["a", "b"].map(|name| met.element(&id(name)).unwrap());
    assert!((&a.order, &a.id) != (&b.order, &b.id) && a.order != OrderKey::default());
}

#[test]
fn two_who_write_one_label_are_both_read_and_a_deleted_shape_brings_it_back() {
    let mut two = Two::with(&[rectangle("a")]);
    two.a.splice(&id("a"), 0, 0, "one ");
    two.b.splice(&id("a"), 0, 0, "two ");
    let mut met = two.met();
    let label = met.element(&id("a")).unwrap().text().unwrap().to_owned();
    assert!(
        ["one two ", "two one "].contains(&label.as_str()),
        "{label}"
    );

    let mut two = Two::with(&[rectangle("a"), line(&[(0.0, 0.0), (9.0, 9.0)])]);
    let step = two.a.commit(vec![Write::delete(&id("a"))]);
    two.b.splice(&id("a"), 0, 0, "meanwhile");
    met = two.met();
    assert_eq!(met.element(&id("a")), None);
    assert_eq!(met.revert(&step).skipped, 0);
    let back = met.element(&id("a")).unwrap();
    assert_eq!((back.text(), back.is_labelled()), (Some("meanwhile"), true));
    met.splice(&id("a"), 0, 9, "");
    assert_eq!(met.element(&id("a")).unwrap().text(), None);
}

#[test]
fn no_root_of_a_label_is_named_before_there_is_one() {
    const MANY: usize = 100_000;
    let shapes: Vec<Element> = (0..MANY).map(|n| rectangle(&format!("r{n}"))).collect();
    let mut document = Document::new(client(1));
    document.commit(shapes.iter().map(Write::birth).collect());
    let state = document.replica().encode();
    let mut loaded = Document::new(client(2));
    loaded.apply(&state).unwrap();
    assert_eq!(loaded.elements().len(), MANY);
    assert!(loaded.element(&id("r7")).is_some());
    assert_eq!(loaded.text_roots(), 0);
    document.splice(&id("r7"), 0, 0, "words");
    document.take_updates().iter().for_each(|update| {
        loaded.apply(update).unwrap();
    });
    assert_eq!(loaded.element(&id("r7")).unwrap().text(), Some("words"));
    loaded.take_changes();
    document.splice(&id("r8"), 0, 0, "more");
    for update in document.take_updates() {
        loaded.apply(&update).unwrap();
    }
    let changed = crate::document::Changes::Elements([id("r8")].into());
    assert_eq!(
        loaded.take_changes(),
        changed,
        "a label that comes is heard of"
    );
    assert_eq!(loaded.elements().len(), MANY);
    assert_eq!(loaded.text_roots(), 2);
}
