//! How much of one element is drawn at most, however large it is and whatever its style asks for.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use board::dash::MAX_DASHES;
use board::display::command::Command;
use board::element::line::Line;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::hatch::MAX_HATCH_LINES;
use board::id::ElementId;
use board::order::OrderKey;
use board::sketch::MAX_BUMPS;
use board::style::{Contour, Dash, FillStyle, Head, Route, Style, StyleField, Theme};
use kurbo::{Point, Rect};
use proptest::prelude::*;

/// What is stroked of an element: pieces, and the curves and lines between their points.
#[derive(Debug, Default)]
struct Stroked {
    pieces: usize,
    steps: usize,
}

fn stroked(element: &Element) -> Stroked {
    let (mut all, mut path) = (Stroked::default(), Stroked::default());
    for command in element.paint(Theme::Light).iter() {
        match command {
            Command::Begin => path = Stroked::default(),
            Command::MoveTo(_) => path.pieces += 1,
            Command::LineTo(_) | Command::CubicTo(..) => path.steps += 1,
            Command::Stroke => {
                all.pieces += path.pieces;
                all.steps += path.steps;
            }
            _ => {}
        }
    }
    all
}

/// A closed shape or a line, small or vast, without any finish.
fn any_plain() -> impl Strategy<Value = Element> {
    let size = || (0.0..5.0f64).prop_map(|power| 10f64.powf(power));
    let points = prop::collection::vec((0.0..1.0f64, 0.0..1.0f64), 3..300);
    let contour = prop::sample::select(Contour::ALL.to_vec());
    let route = prop::sample::select(Route::ALL.to_vec());
    let head = || prop::sample::select(Head::ALL.to_vec());
    let line = (points, route, head(), head(), any::<bool>());
    let shape = prop_oneof![contour.prop_map(Ok), line.prop_map(Err)];
    (shape, size(), size(), 0.25..20.0f64).prop_map(|(shape, w, h, width)| {
        let mut style = Style::default();
        let mut set = |field, value| style.set(field, &value);
        set(StyleField::Width, Value::Number(width));
        let (geometry, kind) = match shape {
            Ok(contour) => {
                set(StyleField::Contour, Value::text(contour.name()));
                let geometry = Geometry::from_rect(Rect::new(0.0, 0.0, w, h));
                (geometry, Kind::RECTANGLE)
            }
            Err((points, route, start, end, closed)) => {
                set(StyleField::Route, Value::text(route.name()));
                set(StyleField::StartHead, Value::text(start.name()));
                set(StyleField::EndHead, Value::text(end.name()));
                set(StyleField::Closed, Value::Bool(closed));
                let points = points.iter().map(|(x, y)| Point::new(x * w, y * h));
                let (geometry, line) = Line::through(&points.collect::<Vec<_>>()).unwrap();
                (geometry, Kind::Line(line))
            }
        };
        let id = ElementId::from_random(7);
        Element::new(id, OrderKey::default(), "".into(), geometry, style, kind)
    })
}

fn with(mut element: Element, looks: &[(StyleField, Value)]) -> Element {
    for (field, value) in looks {
        element.style.set(*field, value);
    }
    element
}

fn by_hand(rough: u8) -> (StyleField, Value) {
    (StyleField::Rough, Value::Number(rough.into()))
}

fn filled(style: FillStyle) -> [(StyleField, Value); 2] {
    [
        (StyleField::Fill, Value::text("#ff0000")),
        (StyleField::FillStyle, Value::text(style.name())),
    ]
}

proptest! {
    // Each case draws a lot.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_hand_draws_so_many_curves_of_an_element_hatching_and_heads_included(
        plain in any_plain(), rough in 1..=3u8,
    ) {
        for style in FillStyle::ALL {
            let drawn = with(with(plain.clone(), &filled(style)), &[by_hand(rough)]);
            let steps = stroked(&drawn).steps;
            prop_assert!(steps <= MAX_BUMPS, "{steps}");
            prop_assert!(steps > 0);
        }
    }

    #[test]
    fn a_hatching_has_so_many_lines(plain in any_plain()) {
        for style in [FillStyle::Hatched, FillStyle::Crossed, FillStyle::Zigzag] {
            let no_line = (StyleField::Stroke, Value::text("transparent"));
            let lines = stroked(&with(with(plain.clone(), &filled(style)), &[no_line])).pieces;
            prop_assert!(lines <= MAX_HATCH_LINES, "{lines}");
        }
    }

    #[test]
    fn an_element_has_so_many_dashes(plain in any_plain(), rough in 0..=3u8) {
        let bare = [
            (StyleField::StartHead, Value::text("none")),
            (StyleField::EndHead, Value::text("none")),
            by_hand(rough),
        ];
        for dash in [Dash::Dashed, Dash::Dotted] {
            let dash = (StyleField::Dash, Value::text(dash.name()));
            let dashes = stroked(&with(with(plain.clone(), &bare), &[dash])).pieces;
            prop_assert!(dashes <= MAX_DASHES, "{dashes}");
        }
    }
}
