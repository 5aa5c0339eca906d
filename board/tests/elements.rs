//! What holds for every element, whatever the document says.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::sync::Arc;

use board::display::command::Command;
use board::element::arrow::Arrow;
use board::element::ink::Ink;
use board::element::line::Line;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::{Birth, Slot, Value};
use board::file::FileHash;
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::InkPoint;
use board::ink::points::{Grid, encode};
use board::limits::MAX_COORDINATE;
use board::order::OrderKey;
use board::style::{Color, Contour, Dash, FillStyle, Head, Route, Style, StyleField, Theme};
use board::svg::svg;
use board::transform::Transform;
use kurbo::{Line as Segment, Point, Rect, Vec2};
use proptest::prelude::*;

fn id() -> ElementId {
    ElementId::from_random(7)
}

fn element(geometry: Geometry, style: Style, kind: Kind) -> Element {
    let by = Arc::from("someone");
    Element::new(id(), OrderKey::default(), by, geometry, style, kind)
}

/// Positions of a birth, those included that no reader knows yet.
const BIRTH: usize = 42;

fn hostile_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -500.0..500.0f64,
        1 => any::<f64>(),
        1 => prop::sample::select(vec![
            0.0, -0.0, 1e-300, MAX_COORDINATE, -MAX_COORDINATE, f64::NAN, f64::INFINITY,
        ]),
    ]
}

fn points_bytes() -> impl Strategy<Value = Vec<u8>> {
    let good = prop::collection::vec((-900.0..900.0f64, -900.0..900.0f64, 0.0..1.0f64), 1..30)
        .prop_map(|points| {
            let point = |(x, y, pressure)| InkPoint { x, y, pressure };
            encode(
                &points.into_iter().map(point).collect::<Vec<_>>(),
                Grid::for_zoom(1.0),
            )
        });
    prop_oneof![3 => good, 1 => prop::collection::vec(any::<u8>(), 0..60)]
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        hostile_number().prop_map(Value::Number),
        ".{0,8}".prop_map(|text| Value::text(&text)),
        points_bytes().prop_map(|bytes| Value::Bytes(bytes.into())),
    ]
}

fn any_birth() -> impl Strategy<Value = Birth> {
    let kinds = [
        "ink",
        "highlighter",
        "rectangle",
        "ellipse",
        "line",
        "arrow",
        "text",
        "image",
        "note",
        "frame",
        "group",
        "hexagon",
        "",
    ];
    let kind = prop::sample::select(kinds.to_vec());
    let numbers = prop::collection::vec(hostile_number(), 9);
    let noise = prop::collection::vec((0..BIRTH, any_value()), 0..4);
    let names = |names: &[&'static str]| {
        let names = names
            .iter()
            .map(|name| Value::text(name))
            .collect::<Vec<_>>();
        prop_oneof![2 => Just(Value::Null), 3 => prop::sample::select(names)]
    };
    let looks = (
        names(&Contour::ALL.map(Contour::name)),
        prop_oneof![Just(Value::Null), (0.0..300.0f64).prop_map(Value::Number)],
        names(&Dash::ALL.map(Dash::name)),
        names(&FillStyle::ALL.map(FillStyle::name)),
        (0u32..4).prop_map(|rough| Value::Number(f64::from(rough))),
    );
    let ways = (
        names(&Route::ALL.map(Route::name)),
        any::<bool>().prop_map(Value::Bool),
        names(&Head::ALL.map(Head::name)),
        names(&Head::ALL.map(Head::name)),
    );
    (kind, numbers, points_bytes(), looks, ways, noise).prop_map(
        |(kind, numbers, points, looks, ways, noise)| {
            let mut slots = vec![Value::Null; BIRTH];
            slots[Slot::Kind as usize] = Value::text(kind);
            for (slot, number) in Slot::GEOMETRY.into_iter().zip(&numbers) {
                slots[slot as usize] = Value::Number(*number);
            }
            slots[Slot::Points as usize] = Value::Bytes(points.into());
            slots[Slot::Width as usize] = Value::Number(numbers[5]);
            slots[Slot::Fill as usize] = Value::text("#ff000080");
            slots[Slot::Crop as usize] = Value::list([0.1, 0.2, 0.7, 0.9].map(Value::Number));
            slots[Slot::File as usize] = Value::text(&FileHash::of(b"").to_string());
            let (contour, corner, dash, fill_style, rough) = looks;
            slots[Slot::Contour as usize] = contour;
            slots[Slot::Corner as usize] = corner;
            slots[Slot::Dash as usize] = dash;
            slots[Slot::FillStyle as usize] = fill_style;
            slots[Slot::Rough as usize] = rough;
            let (route, closed, start, end) = ways;
            slots[Slot::Route as usize] = route;
            slots[Slot::Closed as usize] = closed;
            slots[Slot::StartHead as usize] = start;
            slots[Slot::EndHead as usize] = end;
            for (slot, value) in noise {
                slots[slot] = value;
            }
            Birth::new(slots)
        },
    )
}

/// Every number that a list holds, in local space.
fn control_points(element: &Element) -> Vec<Point> {
    let mut points = Vec::new();
    for command in element.paint(Theme::Light).iter() {
        match command {
            Command::MoveTo(p) | Command::LineTo(p) => points.push(p),
            Command::QuadTo(c, p) => points.extend([c, p]),
            Command::CubicTo(c, d, p) => points.extend([c, d, p]),
            Command::Rect(r) | Command::RoundRect(r, _) | Command::Image(r, ..) => {
                points.extend([r.origin(), Point::new(r.x1, r.y1)]);
            }
            Command::Ellipse(center, radii) => points.extend([center - radii, center + radii]),
            Command::Text(at, _) | Command::TextRtl(at, _) => points.push(at),
            _ => {}
        }
    }
    points
}

proptest! {
    #[test]
    fn nothing_in_a_document_breaks_an_element(
        birth in any_birth(),
        text in ".{0,20}",
        x in hostile_number(),
        y in hostile_number(),
    ) {
        let mut element = Element::read(id(), &birth);
        element.set_text(&text);
        let bounds = element.bounds();
        prop_assert!(bounds.is_finite() && bounds.x0 <= bounds.x1 && bounds.y0 <= bounds.y1);
        prop_assert!(bounds.x1.abs() < 8.0 * MAX_COORDINATE);
        let at = Point::new(x, y);
        let area = Rect::from_points(at, bounds.center());
        element.hit(at, 4.0);
        element.hit(bounds.center(), 4.0);
        element.touches(area);
        element.inside(area);
        element.crosses(Segment::new(at, bounds.center()), 4.0);
        element.vertices();
        svg(&element.paint(Theme::Dark), bounds, None);
        for (from, to) in [(bounds, area), (area, bounds)] {
            let resize = Transform::Resize { from, to, frame_angle: x };
            let placed = resize.apply(&element);
            prop_assert_eq!(placed.geometry, placed.geometry.sane());
        }
    }

    #[test]
    fn a_look_is_the_paint_and_the_bounds(birth in any_birth(), text in "[a-z\n]{0,20}") {
        let mut element = Element::read(id(), &birth);
        element.set_text(&text);
        let (list, bounds) = element.look(Theme::Dark);
        prop_assert_eq!(list, element.paint(Theme::Dark));
        prop_assert_eq!(bounds, element.bounds());
    }

    #[test]
    fn what_is_painted_lies_within_the_bounds(birth in any_birth(), text in "[a-z\n]{0,20}") {
        let mut element = Element::read(id(), &birth);
        element.set_text(&text);
        let place = element.placement();
        for point in control_points(&element) {
            // Paint is single precision.
            let far = point.x.abs().max(point.y.abs());
            let slack = 1e-3 + 1e-6 * element.bounds().size().max_side() + 1.2e-7 * far;
            let bounds = element.bounds().inflate(slack, slack);
            prop_assert!(bounds.contains(place * point), "{:?} not in {bounds}", place * point);
        }
    }

    #[test]
    fn a_birth_reads_back_as_the_same_element(birth in any_birth()) {
        let element = Element::read(id(), &birth);
        let again = Element::read(id(), &element.birth());
        // As text, since a NaN that an unknown kind keeps does not equal itself.
        prop_assert_eq!(format!("{again:?}"), format!("{element:?}"));
    }

    #[test]
    fn a_changed_element_gives_birth_to_itself(birth in any_birth(), by in -99.0..99.0f64) {
        let mut element = Element::read(id(), &birth);
        element.set_geometry(element.geometry.translated(Vec2::new(by, -by)));
        element.style.set(StyleField::Stroke, &Value::text("#123456"));
        element.style.set(StyleField::Fill, &Value::Null);
        let again = Element::read(id(), &element.birth());
        prop_assert_eq!(&again.geometry, &element.geometry);
        prop_assert_eq!(&again.style, &element.style);
        prop_assert_eq!(again.kind.name(), element.kind.name());
    }

    #[test]
    fn what_a_marquee_contains_it_touches(
        birth in any_birth(),
        corner in (-600.0..600.0f64, -600.0..600.0f64),
        other in (-600.0..600.0f64, -600.0..600.0f64),
    ) {
        let element = Element::read(id(), &birth);
        let area = Rect::from_points(corner, other);
        prop_assert!(!element.inside(area) || element.touches(area));
        let all = element.bounds().inflate(1.0, 1.0);
        let known = element.kind.is_painted();
        prop_assert_eq!(element.inside(all) && element.touches(all), known);
    }
}

#[test]
fn an_unknown_kind_keeps_every_position() {
    let mut slots: Vec<Value> = (0..18).map(|i| Value::Number(f64::from(i))).collect();
    slots[Slot::Kind as usize] = Value::text("hexagon");
    slots[Slot::Order as usize] = Value::text("a1");
    let element = Element::read(id(), &Birth::new(slots.clone()));
    assert_eq!(element.kind.name(), "hexagon");
    assert_eq!(element.birth().into_slots()[3..], slots[3..]);
    assert!(!element.hit(element.geometry.center(), 10.0));
    assert!(element.paint(Theme::Light).is_empty());
}

#[test]
fn a_known_kind_keeps_positions_of_the_future() {
    let mut birth = Birth::default();
    birth.set(Slot::Kind, Value::text("rectangle"));
    birth.append_rest(&[Value::Null, Value::text("new")]);
    let element = Element::read(id(), &birth);
    let slots = element.birth().into_slots();
    assert_eq!(slots.last(), Some(&Value::text("new")));
    assert_eq!(slots.len(), Slot::COUNT + 2);
}

#[test]
fn damaged_ink_is_unknown_and_damaged_changes_are_ignored() {
    let mut birth = Birth::default();
    birth.set(Slot::Kind, Value::text("ink"));
    birth.set(Slot::Points, Value::Bytes(vec![9, 9, 9].into()));
    let damaged = Element::read(id(), &birth);
    assert!(matches!(damaged.kind, Kind::Unknown(_)));
    assert_eq!(damaged.birth().get(Slot::Points), birth.get(Slot::Points));

    let (geometry, line) = Line::through(&[Point::ZERO, Point::new(10.0, 5.0)]).unwrap();
    let mut line = element(geometry, Style::default(), Kind::Line(line));
    let before = line.clone();
    assert!(!line.set_points(&Arc::from([9, 9, 9])));
    assert_eq!(line, before);
}

#[test]
fn unfilled_shapes_are_hit_at_their_outline_and_filled_ones_inside() {
    let geometry = Geometry {
        x: 10.0,
        y: 10.0,
        w: 100.0,
        h: 60.0,
        angle: 0.5,
    };
    for kind in [Kind::RECTANGLE, Kind::ELLIPSE] {
        let mut shape = element(geometry, Style::default(), kind);
        let edge = shape.placement() * Point::new(50.0, 0.0);
        assert!(shape.hit(edge, 0.5) && !shape.hit(geometry.center(), 4.0));
        shape.style.fill = Color::INK;
        assert!(shape.hit(edge, 0.5) && shape.hit(geometry.center(), 4.0));
        assert!(!shape.hit(shape.placement() * Point::new(50.0, -6.0), 4.0));
        let stroke = Segment::new(geometry.center(), edge);
        assert!(shape.crosses(stroke, 1.0));
    }
}

#[test]
fn ink_is_hit_along_its_points_only() {
    let points: Vec<InkPoint> = (0..50)
        .map(|i| InkPoint {
            x: f64::from(i) * 4.0,
            y: f64::from(i % 2),
            pressure: 0.5,
        })
        .collect();
    let (geometry, ink) = Ink::of_points(&points, Grid::for_zoom(1.0)).unwrap();
    let ink = element(geometry, Style::default(), Kind::Ink(ink));
    assert!(ink.hit(Point::new(100.0, 0.5), 1.0) && !ink.hit(Point::new(100.0, 9.0), 4.0));
    let (above, below) = (Point::new(50.0, -20.0), Point::new(51.0, 20.0));
    assert!(ink.crosses(Segment::new(above, below), 0.0));
    assert!(!ink.crosses(Segment::new(above, Point::new(90.0, -20.0)), 4.0));
    assert_eq!(ink.vertices().len(), 50);
}

#[test]
fn text_turns_about_its_top_left_corner_while_it_grows() {
    let geometry = Geometry {
        x: 30.0,
        y: 40.0,
        w: 0.0,
        h: 0.0,
        angle: 0.7,
    };
    let mut text = element(geometry, Style::default(), Kind::Text(Text::new("a")));
    let corner = |text: &Element| text.frame().placement() * Point::ZERO;
    let before = corner(&text);
    assert!((before - Point::new(30.0, 40.0)).hypot() < 1e-9);
    text.set_text("a longer text\nof two lines");
    assert!((corner(&text) - before).hypot() < 1e-9);
    assert!(text.hit(text.frame().center(), 0.0));
    text.style.font_size *= 2.0;
    assert!((corner(&text) - before).hypot() < 1e-9);
    assert_eq!(text.geometry, geometry);
}

#[test]
fn an_arrow_head_never_outgrows_its_arrow() {
    for length in [0.0, 1.0, 5.0, 20.0, 400.0] {
        let ends = [Point::new(5.0, 5.0), Point::new(5.0 + length, 5.0)];
        let (geometry, arrow) = Arrow::through(&ends).unwrap();
        let arrow = element(geometry, Style::default(), Kind::Arrow(arrow));
        let bounds = arrow.bounds();
        assert!(bounds.width() <= length + 2.0 + 1e-9 && bounds.height() <= length + 2.0 + 1e-9);
        assert!(bounds.height() < 20.0);
    }
}

#[test]
fn a_line_is_hit_in_its_filled_heads_and_not_in_their_outlines() {
    let ends = [Point::new(0.0, 0.0), Point::new(300.0, 0.0)];
    let (geometry, line) = Line::through(&ends).unwrap();
    let style = Style {
        width: 16.0,
        ..Style::default()
    };
    let mut line = element(geometry, style, Kind::Line(line));
    // The middle of the end's ring, from the line's proportions.
    let size = 8.0 + 3.8 * 16.0;
    let middle = Point::new(300.0 - 0.3 * size, 0.0);
    assert!(line.hit(middle, 1.0));
    for (head, hit) in [("circle", true), ("circleOutline", false), ("bar", true)] {
        line.style.set(StyleField::EndHead, &Value::text(head));
        assert_eq!(line.hit(middle, 1.0), hit, "{head}");
    }
}

#[test]
fn a_line_is_closed_when_it_says_so_and_not_when_its_ends_meet() {
    let corner = |x: f64, y: f64| Point::new(x, y);
    let meeting = [
        corner(0.0, 0.0),
        corner(90.0, 0.0),
        corner(0.0, 90.0),
        corner(0.0, 0.0),
    ];
    let (geometry, line) = Line::through(&meeting).unwrap();
    let style = Style {
        fill: Color::INK,
        ..Style::default()
    };
    let mut line = element(geometry, style, Kind::Line(line));
    let inside = corner(25.0, 25.0);
    assert!(!line.hit(inside, 4.0));
    line.style.set(StyleField::Closed, &Value::Bool(true));
    assert!(line.hit(inside, 4.0));
    line.style.fill = Color::NONE;
    assert!(!line.hit(inside, 4.0));
}

#[test]
fn an_element_is_small_enough_for_a_hundred_thousand() {
    assert!(size_of::<Element>() <= 208, "{}", size_of::<Element>());
}
