//! Elbow arrows as they are seen: heads, sides, tips and labels.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::borrow::Cow;
use std::rc::Rc;

use board::bound::{self, Hold, Outline};
use board::element::arrow::Arrow;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::links::Binding;
use board::order::OrderKey;
use board::style::{Head, Style, StyleField};
use kurbo::{Point, Rect};

fn element(kind: Kind, geometry: Geometry) -> Element {
    let (id, order) = (ElementId::from_random(1), OrderKey::default());
    Element::new(id, order, "".into(), geometry, Style::default(), kind)
}

fn shape(contour: &str, rect: Rect) -> Element {
    let mut shape = element(Kind::RECTANGLE, Geometry::from_rect(rect));
    shape.restyle(StyleField::Contour, &Value::text(contour));
    shape
}

fn arrow(route: &str) -> Element {
    let ends = [(0.0, 0.0), (10.0, 10.0)].map(Point::from);
    let (geometry, arrow) = Arrow::through(&ends).unwrap();
    let mut arrow = element(Kind::Arrow(arrow), geometry);
    arrow.restyle(StyleField::Route, &Value::text(route));
    arrow
}

fn meant(u: f64, v: f64) -> Binding {
    Binding {
        target: ElementId::from_random(2),
        u,
        v,
        inside: false,
        gap: None,
    }
}

/// An arrow from one shape to another, each held at a point.
fn joined(arrow: &Element, from: (&Element, &Binding), to: (&Element, &Binding)) -> Element {
    let [from, to] = [from, to].map(|(target, binding)| Hold {
        outline: Rc::new(Outline::of(target)),
        target: Cow::Borrowed(target),
        binding,
    });
    bound::elbow(arrow, Some(&from), Some(&to), &|_, _| Vec::new()).unwrap()
}

/// The point of a way that is so far from its end, along it.
fn before_end(way: &[Point], mut reach: f64) -> Point {
    for pair in way.windows(2).rev() {
        let long = pair[0].distance(pair[1]);
        if reach <= long {
            return pair[1].lerp(pair[0], reach / long);
        }
        reach -= long;
    }
    way[0]
}

#[test]
fn a_head_lies_on_a_straight_leg() {
    let from = shape("rectangle", Rect::new(0.0, 0.0, 100.0, 60.0));
    for head in [Head::Arrow, Head::Triangle, Head::ZeroOrMany] {
        for width in [1.0, 2.0, 4.0, 8.0] {
            let mut arrow = arrow("elbow");
            arrow.restyle(StyleField::EndHead, &Value::text(head.name()));
            arrow.restyle(StyleField::Width, &Value::Number(width));
            let crow = if head == Head::ZeroOrMany { 1.5 } else { 1.0 };
            let long = (8.0 + 3.8 * width) * crow;
            for (x, y) in [
                (150.0, 90.0),
                (130.0, 76.0),
                (240.0, 30.0),
                (20.0, 240.0),
                (-300.0, 80.0),
            ] {
                let to = shape("rectangle", Rect::new(x, y, x + 100.0, y + 60.0));
                let middle = meant(0.5, 0.5);
                let arrow = joined(&arrow, (&from, &middle), (&to, &middle));
                let way = arrow.way();
                let (tip, behind) = (way[way.len() - 1], before_end(&way, long));
                let off = (tip.x - behind.x).abs().min((tip.y - behind.y).abs());
                assert!(off < 0.03 * long, "{head:?} {width} to {x} {y}: {way:?}");
            }
        }
    }
}
