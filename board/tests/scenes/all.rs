//! The scenes whose pictures are kept, by name: every kind, with what it can look like.
//!
//! Owns what is in them. `board/tests/golden.rs` keeps their pictures, `wasm-client/tests/golden.rs` the
//! words of which these are painted.

use board::element::arrow::Arrow;
use board::element::line::Line;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::order::OrderKey;
use board::style::{Color, Contour, Dash, Head, Style, StyleField};
use kurbo::{Point, Vec2};

mod frames;
mod lines;
mod notes;
mod shapes;
mod strokes;
mod words;

/// All of them in light.
pub(crate) fn all() -> Vec<(&'static str, Vec<Element>)> {
    vec![
        ("ink", strokes::ink_scene()),
        ("highlighter", strokes::highlighter_scene()),
        ("rectangle", shapes::closed_scene(&Kind::RECTANGLE)),
        ("ellipse", shapes::closed_scene(&Kind::ELLIPSE)),
        ("contours", shapes::contour_scene()),
        ("finishes", lines::finish_scene()),
        ("line", lines::line_scene()),
        ("arrow", lines::arrow_scene()),
        ("ends", lines::ends_scene()),
        ("routes", lines::routes_scene()),
        ("elbow", lines::elbow_scene()),
        ("text", words::text_scene()),
        ("labels", words::label_scene()),
        ("notes", notes::note_scene()),
        ("frames", frames::frame_scene()),
        ("images", frames::image_scene()),
        ("wrapped", words::wrapped_scene()),
    ]
}

/// Those that are kept in the dark too.
pub(crate) fn dark() -> Vec<(&'static str, Vec<Element>)> {
    let moved = |mut element: Element, by: f64| {
        element.set_geometry(element.geometry.translated(Vec2::new(0.0, by)));
        element
    };
    let mut scene = shapes::closed_scene(&Kind::RECTANGLE);
    scene.extend(strokes::ink_scene().into_iter().map(|e| moved(e, 260.0)));
    scene.extend(words::text_scene().into_iter().map(|e| moved(e, 580.0)));
    vec![
        ("dark", scene),
        ("notes-dark", notes::note_scene()),
        ("contours-dark", shapes::contour_scene()),
        ("highlighter-dark", strokes::highlighter_scene()),
        ("labels-dark", words::label_scene()),
        ("frames-dark", frames::frame_scene()),
        ("images-dark", frames::image_scene()),
    ]
}

/// The id with which an element of a scene stands on a board, by its place in the scene.
pub(crate) fn born(at: usize) -> ElementId {
    ElementId::from_random(1000 + at as u128)
}

fn element(geometry: Geometry, style: Style, kind: Kind) -> Element {
    let id = ElementId::from_random(1);
    Element::new(id, OrderKey::default(), "".into(), geometry, style, kind)
}

fn style(width: f64, stroke: &str, fill: &str) -> Style {
    Style {
        stroke: Color::parse(stroke).unwrap(),
        fill: Color::parse(fill).unwrap(),
        width,
        ..Style::default()
    }
}

fn ink_style(width: f64) -> Style {
    style(width, "#1e1e1e", "transparent")
}

fn at(x: f64, y: f64, w: f64, h: f64, angle: f64) -> Geometry {
    Geometry { x, y, w, h, angle }
}
