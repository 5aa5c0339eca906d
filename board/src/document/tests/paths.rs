//! Points and place of a line are one decision, whoever moves and reshapes it at once; crop and place of
//! an image too.

use proptest::prelude::*;

use super::{client, id};
use crate::document::{Document, Write};
use crate::element::image::Image;
use crate::element::line::Line;
use crate::element::{Element, Kind};
use crate::fields::Value;
use crate::geometry::Geometry;
use crate::order::OrderKey;
use crate::replica::Ingested;
use crate::step::Step;
use crate::style::{Style, StyleField};
use kurbo::{Point, Vec2};

#[derive(Debug, Clone)]
enum Act {
    Move(f64),
    Reshape(f64),
    Undo,
    Redo,
    Hear(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let number = (-9.0..9.0f64).prop_map(f64::round);
    prop_oneof![
        number.clone().prop_map(Act::Move),
        number.prop_map(Act::Reshape),
        Just(Act::Undo),
        Just(Act::Redo),
        (0usize..3).prop_map(Act::Hear),
    ]
}

struct Author {
    document: Document,
    said: Vec<Vec<u8>>,
    heard: [usize; 3],
    undo: Vec<Step>,
    redo: Vec<Step>,
}

impl Author {
    fn new(number: u64, birth: &[u8]) -> Self {
        let mut document = Document::new(client(number));
        document.apply(birth).unwrap();
        Self {
            document,
            said: Vec::new(),
            heard: [0; 3],
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// Where it is and through which points, or what it shows, as bytes of both.
    fn path(&self) -> String {
        let line = self.document.element(&id("l")).unwrap();
        let crop = line.style.details.crop;
        format!("{:?} {:?} {crop:?}", line.geometry, line.points())
    }

    fn act(&mut self, act: &Act) {
        let line = self.document.element(&id("l")).unwrap();
        match act {
            Act::Move(by) => {
                let mut moved = line.clone();
                moved.set_geometry(line.geometry.translated(Vec2::new(*by, 1.0)));
                self.undo
                    .push(self.document.commit(vec![Write::place(&moved)]));
            }
            Act::Reshape(by) => {
                let bent = match line.kind {
                    Kind::Image(_) => cropped(&line, *by),
                    _ => element(&[Point::ZERO, Point::new(50.0, *by), Point::new(*by, 80.0)]),
                };
                self.undo
                    .push(self.document.commit(vec![Write::place(&bent)]));
            }
            Act::Undo => {
                if let Some(step) = self.undo.pop() {
                    self.redo.push(self.document.revert(&step).inverse);
                }
            }
            Act::Redo => {
                if let Some(step) = self.redo.pop() {
                    self.undo.push(self.document.revert(&step).inverse);
                }
            }
            Act::Hear(_) => {}
        }
        self.said.extend(self.document.take_updates());
    }
}

fn element(points: &[Point]) -> Element {
    let (geometry, line) = Line::through(points).unwrap();
    let (order, by) = (OrderKey::default(), "me".into());
    Element::new(
        id("l"),
        order,
        by,
        geometry,
        Style::default(),
        Kind::Line(line),
    )
}

fn image() -> Element {
    let line = element(&[Point::ZERO, Point::new(100.0, 40.0)]);
    let (order, by) = (OrderKey::default(), "me".into());
    let (style, kind) = (Style::default(), Kind::Image(Image));
    Element::new(id("l"), order, by, line.geometry, style, kind)
}

fn cropped(image: &Element, by: f64) -> Element {
    let mut cropped = image.clone();
    let crop = [0.5 + by / 20.0, 0.0, 1.0, 1.0].map(Value::Number);
    cropped.style.set(StyleField::Crop, &Value::list(crop));
    let w = 50.0 - by * 5.0;
    cropped.set_geometry(Geometry {
        w,
        ..image.geometry
    });
    cropped
}

fn hear(authors: &mut [Author; 3], who: usize, whom: usize) {
    let said = authors[whom].said.clone();
    while let Some(update) = said.get(authors[who].heard[whom]) {
        match authors[who].document.apply(update).unwrap() {
            Ingested::Applied { .. } => authors[who].heard[whom] += 1,
            Ingested::Missing => break,
        }
    }
}

proptest! {
    #[test]
    fn a_line_or_image_is_always_as_somebody_saw_it(crops: bool, acts in prop::collection::vec((0usize..3, act()), 1..40)) {
        let mut first = Document::new(client(9));
        let line = element(&[Point::ZERO, Point::new(100.0, 40.0)]);
        first.commit(vec![Write::birth(&if crops { image() } else { line })]);
        let birth = first.replica().encode();
        let mut authors = [1, 2, 3].map(|number| Author::new(number, &birth));
        let mut seen = vec![authors[0].path()];
        for (who, act) in &acts {
            authors[*who].act(act);
            seen.push(authors[*who].path());
            if let Act::Hear(whom) = act && who != whom {
                hear(&mut authors, *who, *whom);
                prop_assert!(seen.contains(&authors[*who].path()), "a mixture of two people's");
            }
        }
        for _ in 0..acts.len() {
            for (who, whom) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
                hear(&mut authors, who, whom);
            }
        }
        for author in &authors {
            prop_assert!(seen.contains(&author.path()), "a mixture of two people's");
            prop_assert_eq!(author.path(), authors[0].path());
        }
    }
}

#[test]
fn what_moved_a_deleted_line_is_taken_back_and_seen_when_it_returns() {
    let mut document = Document::new(client(1));
    let line = element(&[Point::ZERO, Point::new(100.0, 40.0)]);
    document.commit(vec![Write::birth(&line)]);
    let mut moved = line.clone();
    moved.set_geometry(line.geometry.translated(Vec2::new(7.0, 7.0)));
    let step = document.commit(vec![Write::place(&moved)]);
    let gone = document.commit(vec![Write::delete(&line.id)]);
    assert_eq!(document.revert(&step).skipped, 0);
    document.revert(&gone);
    assert_eq!(document.element(&line.id).unwrap().geometry, line.geometry);
}
