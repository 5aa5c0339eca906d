//! Elements of ours from shapes, each by itself.
//!
//! Owns which kind stands for which type, and how a shape's looks become a style. What joins elements is
//! told apart.

use board::element::frame::Frame;
use board::element::group::Group;
use board::element::line::Line;
use board::element::note::{Note, SIDE};
use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::limits::MAX_TEXT;
use board::links::LinkField;
use board::order::OrderKey;
use board::style::{Color, Contour, Style, StyleField};
use board::text_layout::plain;
use kurbo::{Point, Size};
use serde_json::Value as Json;

use super::cards::Files;
use super::looks::{self, Sizes, paint, size};
use super::outlines::{Outline, outline};
use super::shape::{Shape, point};
use super::tree::Seat;
use super::{arrows, cards, ink, words};
use crate::loss::{Loss, Losses};

/// A corner that is as round as it can be.
const ROUND: f64 = 1e4;
/// An element of a shape's type; `None` when nothing of it would be seen.
pub(super) fn make(
    shape: &Shape,
    seat: &Seat,
    files: &mut Files<'_>,
    losses: &mut Losses,
) -> Option<Element> {
    let mut element = match shape.kind.as_str() {
        "geo" => geo(shape, seat, losses),
        "draw" => ink::draw(shape, seat, losses),
        "highlight" => ink::highlight(shape, seat),
        "line" => line(shape, seat),
        "arrow" => arrows::arrow(shape, seat),
        "text" => text(shape, seat, losses),
        "note" => Some(note(shape, seat, losses)),
        "frame" => Some(frame(shape, seat)),
        "group" => Some(element(
            Geometry::default(),
            Style::default(),
            Kind::Group(Group),
        )),
        "image" => cards::image(shape, seat, files, losses),
        "video" => cards::video(shape, seat, files, losses),
        "bookmark" => cards::bookmark(shape, seat, files, losses),
        "embed" => cards::embed(shape, seat, losses),
        _ => {
            losses.count(Loss::UnknownType);
            return None;
        }
    };
    if shape.cut {
        losses.count(Loss::Points);
    }
    let within_reach = |element: &&mut Element| element.geometry == element.geometry.sane();
    let Some(element) = element.as_mut().filter(within_reach) else {
        losses.count(Loss::Empty);
        return None;
    };
    element
        .links
        .set(LinkField::Locked, &Value::Bool(shape.locked));
    if !shape.text("url").is_empty() {
        element
            .links
            .set(LinkField::Link, &Value::text(shape.text("url")));
    }
    if !matches!(element.kind, Kind::Group(_)) {
        let opacity = Value::Number(seat.opacity);
        element.style.set(StyleField::Opacity, &opacity);
    }
    Some(element.clone())
}

/// An element that has its name and place in the stack yet to get.
pub(super) fn element(geometry: Geometry, style: Style, kind: Kind) -> Element {
    let (id, order) = (ElementId::from_random(0), OrderKey::default());
    Element::new(id, order, "".into(), geometry, style, kind)
}

/// A box on the page.
pub(super) fn boxed(seat: &Seat, size: Size) -> Geometry {
    let center = seat.on_page(size.to_rect().center());
    Geometry {
        x: center.x - size.width / 2.0,
        y: center.y - size.height / 2.0,
        w: size.width,
        h: size.height,
        angle: seat.turn,
    }
}

/// How the outline and the inside of a shape look.
pub(super) fn finish(shape: &Shape) -> Style {
    let mut style = Style::default();
    let paint = paint(shape.text("color"));
    let width = size(looks::STROKES, shape.text("size")) * shape.scale();
    style.set(StyleField::Width, &Value::Number(width));
    style.stroke = paint.solid;
    match looks::dash(shape.text("dash")) {
        Some((dash, rough)) => {
            style.set(StyleField::Dash, &Value::text(dash.name()));
            style.set(StyleField::Rough, &Value::Number(rough.into()));
        }
        None => style.stroke = Color::NONE,
    }
    let (fill, fill_style) = paint.fill(shape.text("fill"));
    style.fill = fill;
    style.set(StyleField::FillStyle, &Value::text(fill_style.name()));
    style
}

/// How the words of a label look.
fn letters(shape: &Shape, style: &mut Style, sizes: Sizes) {
    let size = size(sizes, shape.text("size")) * shape.scale();
    style.set(StyleField::FontSize, &Value::Number(size));
    let family = looks::family(shape.text("font"));
    style.set(StyleField::Family, &Value::text(family.name()));
    let height = Value::Number(looks::LINE_HEIGHT);
    style.set(StyleField::LineHeight, &height);
    if let Some(align) = looks::align(shape.text("align")) {
        style.set(StyleField::Align, &Value::text(align.name()));
    }
    if let Some(align) = looks::vertical_align(shape.text("verticalAlign")) {
        style.set(StyleField::VerticalAlign, &Value::text(align.name()));
    }
}

/// Has an element say what its shape says, if that says anything.
pub(super) fn label(shape: &Shape, element: &mut Element, sizes: Sizes, losses: &mut Losses) {
    let (said, link) = words::said(shape, losses);
    if said.trim().is_empty() {
        return;
    }
    letters(shape, &mut element.style, sizes);
    let color = paint(shape.text("labelColor")).solid;
    if color != element.style.stroke {
        let color = Value::text(&color.to_text());
        element.style.set(StyleField::LabelColor, &color);
    }
    say(element, &said, link, losses);
}

fn say(element: &mut Element, said: &str, link: Option<String>, losses: &mut Losses) {
    if said.len() > MAX_TEXT {
        losses.count(Loss::LongText);
    }
    element.set_text(&plain(said));
    if let Some(link) = link {
        element.links.set(LinkField::Link, &Value::text(&link));
    }
}

fn geo(shape: &Shape, seat: &Seat, losses: &mut Losses) -> Option<Element> {
    let size = Size::new(
        shape.side("w").max(1.0),
        (shape.side("h") + shape.side("growY")).max(1.0),
    );
    let mut style = finish(shape);
    let mut geometry = boxed(seat, size);
    let sharp = Value::Number(0.0);
    let kind = match outline(shape.text("geo"), size) {
        Outline::Own { contour, mirrored } => {
            if contour.has_corners() {
                style.set(StyleField::Corner, &sharp);
            }
            if !matches!(contour, Contour::Rectangle | Contour::Ellipse) {
                style.set(StyleField::Contour, &Value::text(contour.name()));
            }
            let flips = [shape.truth("flipX") != mirrored, shape.truth("flipY")];
            geometry = flipped(geometry, flips);
            match contour {
                Contour::Ellipse => Kind::ELLIPSE,
                _ => Kind::RECTANGLE,
            }
        }
        Outline::Corners(corners) => {
            let (placed, line) = polygon(shape, seat, size, &corners)?;
            geometry = placed;
            style.set(StyleField::Closed, &Value::Bool(true));
            Kind::Line(line)
        }
        Outline::Oval => {
            style.set(StyleField::Corner, &Value::Number(ROUND));
            Kind::RECTANGLE
        }
        other => {
            if other == Outline::Marked || other == Outline::Unknown {
                losses.count(Loss::Shape);
            }
            style.set(StyleField::Corner, &sharp);
            Kind::RECTANGLE
        }
    };
    let mut element = element(geometry, style, kind);
    label(shape, &mut element, looks::LABELS, losses);
    Some(element)
}

/// A closed line through corners of a box.
fn polygon(shape: &Shape, seat: &Seat, size: Size, corners: &[Point]) -> Option<(Geometry, Line)> {
    let flips = (shape.truth("flipX"), shape.truth("flipY"));
    let over = |at: f64, side: f64, flips: bool| if flips { side - at } else { at };
    let placed = corners.iter().map(|at| {
        let x = over(at.x, size.width, flips.0);
        seat.on_page(Point::new(x, over(at.y, size.height, flips.1)))
    });
    Line::through(&placed.collect::<Vec<_>>())
}

pub(super) fn flipped(geometry: Geometry, [x, y]: [bool; 2]) -> Geometry {
    let side = |side: f64, flips: bool| if flips { -side } else { side };
    Geometry {
        w: side(geometry.w, x),
        h: side(geometry.h, y),
        ..geometry
    }
}

/// The points of a line, which were called handles, and stood in a list, once.
fn points(shape: &Shape) -> Vec<Point> {
    let told = [shape.get("points"), shape.get("handles")];
    let mut points: Vec<(String, Point)> = Vec::new();
    for told in told {
        match told {
            Json::Object(map) => {
                let read = map.iter().filter_map(|(key, value)| {
                    let index = value.get("index").and_then(Json::as_str).unwrap_or(key);
                    Some((index.to_owned(), point(value)?))
                });
                points.extend(read);
                points.sort_by(|(one, _), (other, _)| one.cmp(other));
            }
            Json::Array(list) => {
                let read = list.iter().filter_map(point);
                points.extend(read.map(|at| (String::new(), at)));
            }
            _ => {}
        }
    }
    points.into_iter().map(|(_, at)| at).collect()
}

fn line(shape: &Shape, seat: &Seat) -> Option<Element> {
    let points: Vec<Point> = points(shape)
        .into_iter()
        .map(|at| seat.on_page(at))
        .collect();
    let mut style = finish(shape);
    style.fill = Color::NONE;
    if shape.text("spline") == "cubic" {
        style.set(StyleField::Route, &Value::text("curved"));
    }
    let (geometry, line) = Line::through(&points).filter(|_| points.len() > 1)?;
    Some(element(geometry, style, Kind::Line(line)))
}

fn text(shape: &Shape, seat: &Seat, losses: &mut Losses) -> Option<Element> {
    let (said, link) = words::said(shape, losses);
    if said.trim().is_empty() {
        return None;
    }
    let mut style = Style::default();
    letters(shape, &mut style, looks::TEXTS);
    style.stroke = paint(shape.text("color")).solid;
    let align = [shape.text("textAlign"), shape.text("align")];
    let align = align.into_iter().find_map(looks::align);
    if let Some(align) = align.filter(|align| align.name() != "left") {
        style.set(StyleField::Align, &Value::text(align.name()));
    }
    style.set(StyleField::VerticalAlign, &Value::Null);
    if shape.get("autoSize").as_bool() == Some(false) {
        let wrap = (shape.side("w") * shape.scale()).max(1.0);
        style.set(StyleField::Wrap, &Value::Number(wrap));
    }
    let mut element = element(Geometry::default(), style, Kind::Text(Text::new("")));
    say(&mut element, &said, link, losses);
    let frame = element.frame();
    let placed = boxed(seat, Size::new(frame.w, frame.h));
    element.set_geometry(placed.anchored(element.anchor()));
    Some(element)
}

fn note(shape: &Shape, seat: &Seat, losses: &mut Losses) -> Element {
    let size = Size::new(SIDE, SIDE + shape.side("growY")) * shape.scale();
    let style = Style {
        fill: paint(shape.text("color")).note,
        ..Style::default()
    };
    let mut element = element(boxed(seat, size), style, Kind::Note(Note::default()));
    let (said, link) = words::said(shape, losses);
    let mut look = Style::default();
    letters(shape, &mut look, looks::LABELS);
    // Its letters are as large as fits, and of the colour that is read on it, unless another is asked for.
    let fields = [
        StyleField::Family,
        StyleField::Align,
        StyleField::VerticalAlign,
    ];
    for field in fields {
        element.style.set(field, &look.get(field));
    }
    if !matches!(shape.text("labelColor"), "" | "black") {
        let color = paint(shape.text("labelColor")).solid.to_text();
        element
            .style
            .set(StyleField::LabelColor, &Value::text(&color));
    }
    if !said.trim().is_empty() {
        say(&mut element, &said, link, losses);
    }
    element
}

fn frame(shape: &Shape, seat: &Seat) -> Element {
    let size = Size::new(shape.side("w").max(1.0), shape.side("h").max(1.0));
    let kind = Kind::Frame(Frame::default());
    let mut frame = element(boxed(seat, size), Style::default(), kind);
    frame.set_text(shape.text("name"));
    frame
}
