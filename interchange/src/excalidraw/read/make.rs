//! Elements of ours from those of a scene, each by itself.
//!
//! Owns which kind stands for which type, and how a source's looks become a style. What joins elements is
//! told apart.

use board::element::arrow::Arrow;
use board::element::image::Image;
use board::element::line::Line;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::InkPoint;
use board::links::LinkField;
use board::order::OrderKey;
use board::style::{Color, Contour, Head, Style, StyleField};
use kurbo::{Affine, Point, Rect};
use serde_json::Value as Json;

use super::super::fields::{Way, pressure_in, roundness, simulated, width_in};
use super::super::looks::{
    ALIGNS, DASHES, FILL_STYLES, HEADS, VERTICAL_ALIGNS, family, line_height, read,
};
use super::super::source::Source;
use crate::css;
use crate::pen;

/// Ends of a line that are nearer than this close it, as Excalidraw fills it.
const LOOP: f64 = 8.0;
/// Ends that are nearer than this are one point.
const SAME: f64 = 1.0 / 64.0;

/// What is made of one source.
pub(super) struct Made {
    pub(super) element: Element,
    /// Where it goes, of lines and arrows: as the source has it.
    pub(super) way: Option<Way>,
}

/// An element of a source's type under a name; `None` when nothing of it would be seen, or it is farther out
/// than a board reaches.
pub(super) fn make(source: &Source, id: ElementId) -> Option<Made> {
    let mut style = style(source);
    let mut way = None;
    let (geometry, kind) = match source.kind() {
        "rectangle" | "embeddable" | "iframe" => (boxed(source)?, Kind::RECTANGLE),
        "ellipse" => (boxed(source)?, Kind::ELLIPSE),
        "diamond" => {
            style.set(StyleField::Contour, &Value::text(Contour::Diamond.name()));
            (boxed(source)?, Kind::RECTANGLE)
        }
        "frame" | "magicframe" => (boxed(source)?, Kind::Frame(Default::default())),
        "image" => (flipped(source, boxed(source)?), Kind::Image(Image)),
        "text" => (boxed(source)?, Kind::Text(Text::new(""))),
        "freedraw" => ink(source, &mut style)?,
        "line" | "arrow" => {
            let (geometry, kind, by) = line(source, &mut style)?;
            way = Some(by);
            (geometry, kind)
        }
        _ => return None,
    };
    if !matches!(kind, Kind::Ink(_) | Kind::Line(_) | Kind::Arrow(_))
        && geometry.w == 0.0
        && geometry.h == 0.0
    {
        return None;
    }
    if matches!(kind, Kind::RECTANGLE | Kind::ELLIPSE) && source.kind() != "ellipse" {
        let rule = source.get("roundness");
        let radius = roundness::radius(rule, source.kind(), geometry.w, geometry.h);
        style.set(StyleField::Corner, &Value::Number(radius));
    }
    let style = style.only(fields_of(&kind));
    let order = OrderKey::default();
    let mut element = Element::new(id, order, "".into(), geometry, style, kind);
    words(source, geometry, &mut element);
    let locked = Value::Bool(source.truth("locked"));
    element.links.set(LinkField::Locked, &locked);
    if let Some(link) = source.text("link") {
        element.links.set(LinkField::Link, &Value::text(link));
    }
    Some(Made { element, way })
}

/// The fields of a style that are kept of a kind: those that change how it looks, and what it would be
/// drawn by hand from.
fn fields_of(kind: &Kind) -> &'static [StyleField] {
    const SHAPES: &[StyleField] = &[
        StyleField::Contour,
        StyleField::Stroke,
        StyleField::Fill,
        StyleField::FillStyle,
        StyleField::Width,
        StyleField::Dash,
        StyleField::Rough,
        StyleField::Seed,
        StyleField::Corner,
        StyleField::Opacity,
    ];
    const LINES: &[StyleField] = &[
        StyleField::Route,
        StyleField::Closed,
        StyleField::Stroke,
        StyleField::Fill,
        StyleField::FillStyle,
        StyleField::Width,
        StyleField::Dash,
        StyleField::Rough,
        StyleField::Seed,
        StyleField::StartHead,
        StyleField::EndHead,
        StyleField::Opacity,
    ];
    match kind {
        Kind::Closed(_) => SHAPES,
        Kind::Line(_) | Kind::Arrow(_) => LINES,
        Kind::Frame(_) => &[StyleField::Opacity],
        other => other.style_fields(),
    }
}

/// The box of a source, which may be told from any corner.
fn boxed(source: &Source) -> Option<Geometry> {
    let number = |field| source.number(field).unwrap_or_default();
    let corner = corner(source);
    let opposite = corner + kurbo::Vec2::new(number("width"), number("height"));
    let geometry = Geometry::within_reach(Rect::from_points(corner, opposite))?;
    Some(turned(source, geometry))
}

fn flipped(source: &Source, upright: Geometry) -> Geometry {
    let scale = source.get("scale").as_array();
    let flips = |place: usize| {
        let scale = scale.and_then(|scale| scale.get(place)?.as_f64());
        scale.is_some_and(|scale| scale < 0.0)
    };
    let side = |side: f64, flips: bool| if flips { -side } else { side };
    Geometry {
        w: side(upright.w, flips(0)),
        h: side(upright.h, flips(1)),
        ..upright
    }
}

fn style(source: &Source) -> Style {
    let mut style = Style::default();
    let color = |field: &str| source.text(field).and_then(css::color);
    style.stroke = color("strokeColor").unwrap_or(Color::INK);
    style.fill = color("backgroundColor").unwrap_or(Color::NONE);
    let width = source.number("strokeWidth").filter(|width| *width > 0.0);
    style.set(StyleField::Width, &Value::Number(width.unwrap_or(2.0)));
    let opacity = source.number("opacity").unwrap_or(100.0) / 100.0;
    style.set(StyleField::Opacity, &Value::Number(opacity));
    let rough = source.number("roughness").unwrap_or(1.0);
    style.set(StyleField::Rough, &Value::Number(rough));
    let seed = source.number_of_any_size("seed").unwrap_or(1.0);
    style.set(StyleField::Seed, &Value::Number(seed));
    if let Some(dash) = read(DASHES, source.get("strokeStyle")) {
        style.set(StyleField::Dash, &Value::text(dash.name()));
    }
    if let Some(fill) = read(FILL_STYLES, source.get("fillStyle")) {
        style.set(StyleField::FillStyle, &Value::text(fill.name()));
    }
    style
}

fn ink(source: &Source, style: &mut Style) -> Option<(Geometry, Kind)> {
    if source.points.len() < 2 {
        return None;
    }
    let width = source
        .number("strokeWidth")
        .filter(|width| *width > 0.0)
        .unwrap_or(2.0);
    let constant = source
        .get("strokeOptions")
        .get("variability")
        .and_then(Json::as_str);
    let simulated = match constant {
        Some("constant") => vec![0.5; source.points.len()],
        _ if source.pressures.is_empty() => simulated(&source.points, width),
        _ => source.pressures.clone(),
    };
    let pressures = simulated.into_iter().chain(std::iter::repeat(0.5));
    let corner = corner(source);
    let points = source.points.iter().zip(pressures).map(|(at, pressure)| {
        let at = corner + at.to_vec2();
        InkPoint {
            x: at.x,
            y: at.y,
            pressure: pressure_in(pressure),
        }
    });
    let points: Vec<InkPoint> = points.collect();
    let (geometry, ink) = pen::ink(&points)?;
    style.set(StyleField::Width, &Value::Number(width_in(width)));
    Some((turned(source, geometry), Kind::Ink(ink)))
}

/// Its first point is where it says that it is.
fn corner(source: &Source) -> Point {
    let number = |field| source.number(field).unwrap_or_default();
    Point::new(number("x"), number("y"))
}

fn turned(source: &Source, geometry: Geometry) -> Geometry {
    Geometry {
        angle: source.number("angle").unwrap_or_default(),
        ..geometry
    }
}

fn line(source: &Source, style: &mut Style) -> Option<(Geometry, Kind, Way)> {
    let corner = corner(source);
    let number = |field| source.number(field).unwrap_or_default();
    let mut points: Vec<Point> = source
        .points
        .iter()
        .map(|at| corner + at.to_vec2())
        .collect();
    if points.len() < 2 {
        // So lines were stored before they had points.
        points = vec![
            corner,
            corner + kurbo::Vec2::new(number("width"), number("height")),
        ];
    }
    let way = Way::through_upright(&points);
    let is_arrow = source.kind() == "arrow";
    let elbow = is_arrow && source.truth("elbowed");
    let round = !source.get("roundness").is_null();
    match (elbow, round) {
        (true, _) => style.set(StyleField::Route, &Value::text("elbow")),
        (false, true) => style.set(StyleField::Route, &Value::text("curved")),
        (false, false) => {}
    }
    if is_arrow {
        let bound = |end: &str| source.get(end).is_object();
        let bound = bound("startBinding") || bound("endBinding");
        if elbow && bound && !source.get("fixedSegments").is_array() {
            // Nobody has moved its legs: it finds its way by itself.
            points = points
                .first()
                .copied()
                .into_iter()
                .chain(points.last().copied())
                .collect();
        }
        heads(source, style);
        let (geometry, arrow) = Arrow::through(&points)?;
        return Some((turned_line(source, &way, geometry), Kind::Arrow(arrow), way));
    }
    if let ([first, .., last], true) = (points.as_slice(), points.len() > 3) {
        let apart = (*last - *first).hypot();
        let fills = source.truth("polygon") || apart <= LOOP && !style.fill.is_none();
        if fills {
            style.set(StyleField::Closed, &Value::Bool(true));
            if apart < SAME {
                points.pop();
            }
        }
    }
    let (geometry, line) = Line::through(&points)?;
    Some((turned_line(source, &way, geometry), Kind::Line(line), way))
}

/// Turned about the middle of all of its points, of which only some may be kept.
fn turned_line(source: &Source, way: &Way, geometry: Geometry) -> Geometry {
    let geometry = turned(source, geometry);
    let middle = Affine::rotate_about(geometry.angle, way.extent().center());
    let own = geometry.rect().center();
    let by = middle * own - own;
    geometry.translated(by)
}

fn heads(source: &Source, style: &mut Style) {
    let ends = [
        ("startArrowhead", StyleField::StartHead, Head::None),
        ("endArrowhead", StyleField::EndHead, Head::Arrow),
    ];
    for (end, field, usual) in ends {
        let head = match source.fields.get(end) {
            None => usual,
            Some(Json::Null) => Head::None,
            Some(name) => read(HEADS, name).unwrap_or(Head::Arrow),
        };
        if head != usual {
            style.set(field, &Value::text(head.name()));
        }
    }
}

/// What a text or frame says, and how; a text is in its frame as it is aligned.
fn words(source: &Source, frame: Geometry, element: &mut Element) {
    match &element.kind {
        Kind::Frame(_) => {
            if let Some(name) = source.text("name") {
                element.set_text(name);
            }
        }
        Kind::Text(_) => {
            letters(source, &mut element.style, None);
            if source.get("autoResize").as_bool() == Some(false) {
                let wrap = Value::Number(frame.w.max(1.0));
                element.style.set(StyleField::Wrap, &wrap);
            }
            element.set_text(said(source));
            element.set_geometry(frame.anchored(element.anchor()));
        }
        _ => {}
    }
}

/// What a text says, without the ends of lines at which it is wrapped.
pub(super) fn said(source: &Source) -> &str {
    let text = || source.text("text").unwrap_or_default();
    let original = source.text("originalText");
    original
        .filter(|text| !text.is_empty())
        .unwrap_or_else(text)
}

/// How the letters of a text look, in the style of what says it; of a label beside its own colour.
pub(super) fn letters(source: &Source, style: &mut Style, label: Option<Color>) {
    let (size, font) = (source.number("fontSize"), source.get("fontFamily"));
    style.set(StyleField::FontSize, &Value::Number(size.unwrap_or(20.0)));
    style.set(StyleField::Family, &Value::text(family(font).name()));
    let height = source.number("lineHeight").filter(|height| *height > 0.0);
    let height = height.unwrap_or_else(|| line_height(font));
    style.set(StyleField::LineHeight, &Value::Number(height));
    let align = read(ALIGNS, source.get("textAlign"));
    let Some(stroke) = label else {
        // Each line by its direction, which is from the left for most.
        if let Some(align) = align.filter(|align| align.name() != "left") {
            style.set(StyleField::Align, &Value::text(align.name()));
        }
        return;
    };
    if let Some(align) = align.filter(|align| align.name() != "center") {
        style.set(StyleField::Align, &Value::text(align.name()));
    }
    let vertical = read(VERTICAL_ALIGNS, source.get("verticalAlign"));
    if let Some(vertical) = vertical.filter(|align| align.name() != "middle") {
        style.set(StyleField::VerticalAlign, &Value::text(vertical.name()));
    }
    let own = source
        .text("strokeColor")
        .and_then(css::color)
        .unwrap_or(Color::INK);
    if own != stroke {
        style.set(StyleField::LabelColor, &Value::text(&own.to_text()));
    }
}
