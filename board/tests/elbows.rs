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

fn held<'a>(target: &'a Element, binding: &'a Binding) -> Hold<'a> {
    Hold {
        outline: Rc::new(Outline::of(target)),
        target: Cow::Borrowed(target),
        binding,
    }
}

/// An arrow from one shape to another, each held at a point.
fn joined(arrow: &Element, from: (&Element, &Binding), to: (&Element, &Binding)) -> Element {
    let [from, to] = [from, to].map(|(target, binding)| held(target, binding));
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

/// The middles of a box's sides as shares of it, with the way out of each.
const SIDES: [((f64, f64), (f64, f64)); 4] = [
    ((1.0, 0.5), (1.0, 0.0)),
    ((0.0, 0.5), (-1.0, 0.0)),
    ((0.5, 0.0), (0.0, -1.0)),
    ((0.5, 1.0), (0.0, 1.0)),
];

/// Whether a way ends in a point, or a little beside it for the sake of a straight line, coming
/// against a direction.
fn comes_in(way: &[Point], at: Point, out: (f64, f64)) -> bool {
    let (tip, behind) = (way[way.len() - 1], before_end(way, 10.0));
    let off = (behind - tip) - kurbo::Vec2::new(out.0, out.1) * 10.0;
    let beside = tip - at;
    let ahead = beside.x * out.0 + beside.y * out.1;
    ahead.abs() < 0.1 && beside.hypot() <= 35.0 && off.hypot() < 0.1
}

#[test]
fn an_elbow_comes_by_the_side_that_it_aims_at() {
    let to = shape("rectangle", Rect::new(0.0, 0.0, 120.0, 80.0));
    let middle = meant(0.5, 0.5);
    for (x, y) in [
        (-300.0, 0.0),
        (300.0, 20.0),
        (0.0, 300.0),
        (40.0, -300.0),
        (-260.0, -200.0),
    ] {
        let from = shape("ellipse", Rect::new(x, y, x + 100.0, y + 60.0));
        for ((u, v), out) in SIDES {
            let aimed = meant(u, v);
            let way = joined(&arrow("elbow"), (&from, &middle), (&to, &aimed)).way();
            let edge = Point::new(u * 120.0 + out.0 * 6.0, v * 80.0 + out.1 * 6.0);
            assert!(comes_in(&way, edge, out), "{u} {v} from {x} {y}: {way:?}");
        }
    }
}

#[test]
fn a_side_turns_with_its_element() {
    let from = shape("rectangle", Rect::new(-300.0, 200.0, -200.0, 260.0));
    let mut to = shape("rectangle", Rect::new(0.0, 0.0, 120.0, 80.0));
    to.geometry.angle = std::f64::consts::FRAC_PI_2;
    let (middle, right) = (meant(0.5, 0.5), meant(1.0, 0.5));
    let way = joined(&arrow("elbow"), (&from, &middle), (&to, &right)).way();
    // The right side looks down now.
    assert!(
        comes_in(&way, Point::new(60.0, 106.0), (0.0, 1.0)),
        "{way:?}"
    );
}

#[test]
fn a_side_that_something_stands_at_is_not_insisted_on() {
    let from = shape("rectangle", Rect::new(-300.0, 0.0, -200.0, 80.0));
    let to = shape("rectangle", Rect::new(0.0, 0.0, 120.0, 80.0));
    let (middle, right) = (meant(0.5, 0.5), meant(1.0, 0.5));
    for (away, is_free) in [(4.0, false), (8.0, false), (40.0, true), (200.0, true)] {
        let wall = Rect::new(120.0 + away, -20.0, 180.0 + away, 100.0);
        let [a, b] =
            [(&from, &middle), (&to, &right)].map(|(target, binding)| held(target, binding));
        let arrow = arrow("elbow");
        let way = bound::elbow(&arrow, Some(&a), Some(&b), &|_, _| vec![wall]);
        let way = way.unwrap().way();
        let edge = Point::new(126.0, 40.0);
        assert_eq!(comes_in(&way, edge, (1.0, 0.0)), is_free, "{away}: {way:?}");
        let inner = wall.inset(-0.01);
        assert!(!way.iter().any(|at| inner.contains(*at)), "{away}: {way:?}");
    }
}

#[test]
fn an_elbow_ends_at_the_tip_of_what_is_pointed() {
    let middle = meant(0.5, 0.5);
    let size = Rect::new(0.0, 0.0, 120.0, 110.0);
    for (contour, tip, out) in [
        ("diamond", (0.0, 55.0), (-1.0, 0.0)),
        ("hexagon", (0.0, 55.0), (-1.0, 0.0)),
        ("star", (0.0, 42.0), (-1.0, 0.0)),
        ("ellipse", (0.0, 55.0), (-1.0, 0.0)),
        ("triangle", (60.0, 0.0), (0.0, -1.0)),
        ("diamond", (60.0, 110.0), (0.0, 1.0)),
    ] {
        let to = shape(contour, size);
        for shift in [-45.0, -20.0, 25.0] {
            let from = size.center().lerp(Point::from(tip), 4.0);
            let (x, y) = (from.x + shift * out.1, from.y + shift * out.0);
            let from = shape(
                "rectangle",
                Rect::new(x - 50.0, y - 30.0, x + 50.0, y + 30.0),
            );
            let way = joined(&arrow("elbow"), (&from, &middle), (&to, &middle)).way();
            let end = way[way.len() - 1];
            // Round corners are a little inside of the box.
            let off = end - (Point::from(tip) + kurbo::Vec2::new(out.0, out.1) * 6.0);
            assert!(off.hypot() < 6.0, "{contour} {tip:?} by {shift}: {end:?}");
        }
    }
}

#[test]
fn an_arrow_that_aims_at_a_tip_stops_before_it() {
    let size = Rect::new(0.0, 0.0, 120.0, 110.0);
    for contour in ["diamond", "triangle", "star", "hexagon"] {
        let to = shape(contour, size);
        for (u, v) in to.tips() {
            let tip = Point::new(u * 120.0, v * 110.0);
            let out = tip - size.center();
            let aimed = meant(u, v);
            for turn in [-0.5, -0.2, 0.0, 0.2, 0.5] {
                let way = kurbo::Vec2::new(out.x - turn * out.y, out.y + turn * out.x);
                let from = tip + way * 3.0;
                let arrow = arrow("straight").through(&[from, tip]).unwrap();
                let end = bound::bound(&arrow, None, Some(&held(&to, &aimed))).unwrap();
                let end = end.vertices()[1];
                let (away, within) = to.depth(end);
                assert!(
                    !within && (4.0..=6.1).contains(&away),
                    "{contour} {u} {v} {turn}: {away}"
                );
                assert!(
                    (end - tip).hypot() < 12.0,
                    "{contour} {u} {v} {turn}: {end:?}"
                );
            }
        }
    }
}

#[test]
fn a_label_is_in_the_middle_of_a_leg_unless_it_was_dragged() {
    let from = shape("rectangle", Rect::new(0.0, 0.0, 100.0, 60.0));
    let middle = meant(0.5, 0.5);
    for (x, y, aim) in [
        (120.0, 130.0, &middle),
        (160.0, 160.0, &middle),
        (200.0, 200.0, &middle),
        (300.0, 40.0, &meant(0.0, 0.5)),
        (300.0, 160.0, &meant(1.0, 0.5)),
        (-300.0, 300.0, &middle),
    ] {
        let to = shape("rectangle", Rect::new(x, y, x + 100.0, y + 60.0));
        let mut arrow = arrow("elbow");
        arrow.set_text("yes");
        let joined = |arrow: &Element| joined(arrow, (&from, &middle), (&to, aim));
        let routed = joined(&arrow);
        let (way, at) = (routed.way(), routed.place_of_label());
        let legs: Vec<_> = way
            .windows(2)
            .filter(|leg| leg[0].distance(leg[1]) > 4.0)
            .collect();
        let on = legs
            .iter()
            .find(|leg| leg[0].midpoint(leg[1]).distance(at) < 0.1);
        let on = on.unwrap_or_else(|| panic!("{at:?} is on no leg's middle: {way:?}"));
        let longest = legs
            .iter()
            .map(|leg| leg[0].distance(leg[1]))
            .fold(0.0, f64::max);
        assert!(on[0].distance(on[1]) > 0.6 * longest, "{x} {y}: {at:?}");
        arrow.restyle(StyleField::LabelAt, &Value::Number(0.25));
        let dragged = joined(&arrow).place_of_label();
        let whole: f64 = way.windows(2).map(|leg| leg[0].distance(leg[1])).sum();
        assert!(
            dragged.distance(before_end(&way, 0.75 * whole)) < 0.1,
            "{x} {y}"
        );
    }
}
