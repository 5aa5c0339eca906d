//! Elbows as they are seen on boards full of boxes: among what a scene takes for obstacles.

use super::*;
use board::document::{Document, Write};
use board::element::Element;
use board::element::arrow::Arrow;
use board::geometry::Geometry;
use board::id::{ClientId, ElementId};
use board::links::LinkField;
use board::order::OrderKey;
use board::style::{Route, Style};
use fastrand::Rng;
use kurbo::{Point, Rect};

/// How many boxes a board has, and how many boards there are.
const BOXES: usize = 20;
const BOARDS: u64 = 100;

/// Boxes that are apart by less than any margin, on an area of 800 by 600.
fn boxes(rng: &mut Rng) -> Vec<Rect> {
    let mut boxes: Vec<Rect> = Vec::new();
    while boxes.len() < BOXES {
        let (x, y) = (rng.u32(0..100) * 8, rng.u32(0..75) * 8);
        let (w, h) = (rng.u32(4..16) * 8, rng.u32(3..12) * 8);
        let rect = Rect::new(x.into(), y.into(), (x + w).into(), (y + h).into());
        let apart = |other: &Rect| !other.inflate(15.0, 15.0).overlaps(rect);
        if boxes.iter().all(apart) {
            boxes.push(rect);
        }
    }
    boxes
}

fn born(at: usize, kind: Kind, geometry: Geometry) -> Element {
    let (id, order) = (ElementId::from_random(at as u128), OrderKey::default());
    Element::new(id, order, "".into(), geometry, Style::default(), kind)
}

/// A board of these, and an elbow that holds on to the first two.
fn board(boxes: &[Rect]) -> (Vec<u8>, ElementId) {
    let boxed = |(i, rect): (usize, &Rect)| born(i, Kind::RECTANGLE, Geometry::from_rect(*rect));
    let mut elements: Vec<Element> = boxes.iter().enumerate().map(boxed).collect();
    let ends = [boxes[0].center(), boxes[1].center()];
    let (geometry, arrow) = Arrow::through(&ends).expect("points");
    let mut arrow = born(BOXES, Kind::Arrow(arrow), geometry);
    arrow.restyle(StyleField::Route, &Value::text(Route::Elbow.name()));
    for (field, target) in [(LinkField::Start, 0), (LinkField::End, 1)] {
        let [half, target] = [
            Value::Number(0.5),
            Value::text(elements[target].id.as_str()),
        ];
        let binding = [target, half.clone(), half, Value::Bool(false)];
        arrow.links.set(field, &Value::list(binding));
    }
    let id = arrow.id.clone();
    elements.push(arrow);
    let mut document = Document::new(ClientId::from_random(1));
    document.commit(elements.iter().map(Write::birth).collect());
    (document.replica().encode(), id)
}

fn crosses(way: &[Point], rect: &Rect) -> bool {
    let inside = rect.inset(-0.01);
    way.windows(2)
        .any(|leg| Rect::from_points(leg[0], leg[1]).overlaps(inside))
}

/// `board/src/elbow/tests.rs` looks for the ways that there are: on each of these boards one of at most three
/// times the direct length.
#[test]
fn at_least_95_of_100_elbows_cross_nothing() {
    let mut crossed = Vec::new();
    for seed in 0..BOARDS {
        let boxes = boxes(&mut Rng::with_seed(seed));
        let (state, arrow) = board(&boxes);
        let mut editor = editor("a");
        editor.load(&state).expect("a board");
        let node = editor.scene().get(&arrow).expect("it is there");
        let way = node.element().bends();
        assert!(way.len() > 1, "{way:?}");
        if boxes.iter().any(|rect| crosses(&way, rect)) {
            crossed.push(seed);
        }
    }
    assert!(crossed.len() * 20 <= BOARDS as usize, "seeds {crossed:?}");
}
