//! An element's fields as Excalidraw writes them, whatever was kept beside it.
//!
//! Owns which type stands for which kind, and the fields that all types have; each file below owns those of
//! some types. What names other elements is added by whoever knows those names.

mod lines;
pub(crate) mod roundness;
mod strokes;
pub(crate) mod words;

use board::element::closed::Closed;
use board::element::{Element, Kind, note};
use board::sketch::seed_of;
use board::style::{Align, Color, Contour, Head, Route, Theme};
use kurbo::{Affine, PathEl, Point, Rect, Size, flatten};
use serde_json::{Value as Json, json};

pub(crate) use lines::{Way, nearest, sum_of_way, way_of};
pub(crate) use strokes::{pressure_in, simulated, width_in};
pub(crate) use words::Words;

use super::kept::Field;
use super::looks::{ALIGNS, DASHES, FILL_STYLES, font, name};
use crate::json::rounded;

/// What an element becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Rectangle,
    Diamond,
    Ellipse,
    /// A closed line for an outline that is lacking.
    Polygon,
    Line,
    Arrow,
    Freedraw,
    Text,
    Image,
    Frame,
}

impl Type {
    /// What stands for an element; `None` for what is no element there.
    pub(crate) fn of(element: &Element) -> Option<Self> {
        let details = &element.style.details;
        Some(match &element.kind {
            Kind::Ink(_) => Self::Freedraw,
            Kind::Closed(shape) => match contour(*shape, element) {
                Contour::Rectangle => Self::Rectangle,
                Contour::Ellipse => Self::Ellipse,
                Contour::Diamond => Self::Diamond,
                _ => Self::Polygon,
            },
            Kind::Note(_) => Self::Rectangle,
            _ if is_area(element) => Self::Line,
            // Only arrows hold on to anything there, have heads, labels and corners.
            Kind::Line(_) => {
                let heads = [details.start_head, details.end_head];
                let crowned = heads.into_iter().flatten().any(|head| head != Head::None);
                let links = &element.links;
                let holds = links.start.is_some() || links.end.is_some();
                match crowned || holds || element.is_labelled() || details.route == Route::Elbow {
                    true => Self::Arrow,
                    false => Self::Line,
                }
            }
            Kind::Arrow(_) => Self::Arrow,
            Kind::Text(_) => Self::Text,
            Kind::Frame(_) => Self::Frame,
            Kind::Image(_) => Self::Image,
            Kind::Group(_) | Kind::Unknown(_) => return None,
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rectangle => "rectangle",
            Self::Diamond => "diamond",
            Self::Ellipse => "ellipse",
            Self::Polygon | Self::Line => "line",
            Self::Arrow => "arrow",
            Self::Freedraw => "freedraw",
            Self::Text => "text",
            Self::Image => "image",
            Self::Frame => "frame",
        }
    }

    /// Whether a text can be bound to it.
    pub(crate) fn holds_text(self) -> bool {
        matches!(
            self,
            Self::Rectangle | Self::Diamond | Self::Ellipse | Self::Arrow
        )
    }

    /// Whether a look drawn by hand is part of it here.
    pub(crate) fn is_sketched(self) -> bool {
        !matches!(
            self,
            Self::Freedraw | Self::Text | Self::Image | Self::Frame
        )
    }
}

fn contour(shape: Closed, element: &Element) -> Contour {
    let born = match shape.ellipse {
        true => Contour::Ellipse,
        false => Contour::Rectangle,
    };
    element.style.details.contour.unwrap_or(born)
}

/// Whether it is a line or arrow that goes back to where it began.
pub(crate) fn is_area(element: &Element) -> bool {
    element.kind.has_vertices() && element.style.details.closed && element.vertices().len() > 2
}

/// What of an element does not follow from itself alone.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told<'a> {
    /// Where a line goes.
    pub(crate) way: Option<&'a Way>,
    /// What a text says, and where.
    pub(crate) words: Option<&'a Words>,
    /// How large the picture of an image is, pixels.
    pub(crate) picture: Option<Size>,
    /// Whether only sums are asked for, and points not as numbers.
    pub(crate) sums: bool,
}

/// All fields of an element but those that name others.
pub(crate) fn fields(element: &Element, kind: Type, told: Told<'_>) -> Vec<Field> {
    let mut fields = vec![Field::new("type", Json::from(kind.name()))];
    place(element, kind, told, &mut fields);
    look(element, kind, &mut fields);
    let links = &element.links;
    // To which element a link leads is told by whoever knows their names.
    let link = links
        .link
        .as_deref()
        .map(|link| if link.starts_with('#') { "#" } else { link });
    fields.push(Field::new("link", link.map_or(Json::Null, Json::from)));
    fields.push(Field::new("locked", Json::Bool(links.locked)));
    match kind {
        Type::Rectangle | Type::Diamond | Type::Ellipse => {}
        Type::Polygon | Type::Line => lines::of_line(element, kind, &mut fields),
        Type::Arrow => lines::of_arrow(element, &mut fields),
        Type::Freedraw => strokes::of_ink(element, told.sums, &mut fields),
        Type::Text => {
            if let Some(words) = told.words {
                words::of_text(element, words, &mut fields);
            }
        }
        Type::Image => of_image(element, told.picture, &mut fields),
        Type::Frame => {
            let title = element.text().filter(|title| !title.is_empty());
            fields.push(Field::new("name", title.map_or(Json::Null, Json::from)));
        }
    }
    fields
}

/// Where it is.
fn place(element: &Element, kind: Type, told: Told<'_>, fields: &mut Vec<Field>) {
    let frame = element.frame();
    fields.push(Field::new("angle", rounded(frame.angle)));
    if kind == Type::Freedraw {
        return strokes::place(element, told.sums, fields);
    }
    let polygon = (kind == Type::Polygon).then(|| Way::around(element));
    if let Some(way) = told.way.or(polygon.as_ref()) {
        way.sides(fields);
        return fields.push(Field::new("points", way.points()));
    }
    let rect = frame.rect();
    let sides = [
        ("x", rect.x0),
        ("y", rect.y0),
        ("width", rect.width()),
        ("height", rect.height()),
    ];
    // Where a text is follows from its words.
    if kind != Type::Text {
        fields.extend(sides.map(|(name, side)| Field::new(name, rounded(side))));
    }
}

/// The fields that all types have, whether they are seen on them or not.
fn look(element: &Element, kind: Type, fields: &mut Vec<Field>) {
    let style = &element.style;
    let (mut stroke, mut fill) = (style.stroke, Color::NONE);
    match &element.kind {
        Kind::Note(_) => (stroke, fill) = (Color::NONE, note::paper(style)),
        Kind::Closed(_) => fill = style.fill,
        Kind::Ink(ink) if ink.highlights() => {
            let mut shown = style.clone();
            element.kind.spell_out(&mut shown);
            stroke = shown.fill;
        }
        Kind::Image(_) => stroke = Color::NONE,
        Kind::Frame(_) => stroke = Color(0xbbbb_bbff),
        _ if is_area(element) => fill = style.fill,
        _ => {}
    }
    let sketched = kind.is_sketched() && !matches!(element.kind, Kind::Note(_));
    let details = &style.details;
    let filled = sketched && (kind != Type::Arrow) && (kind != Type::Line || is_area(element));
    let fill_style = match filled {
        true => name(FILL_STYLES, details.fill_style),
        false => None,
    };
    let dash = name(DASHES, details.dash).filter(|_| sketched);
    let rough = match (&element.kind, kind) {
        // Paper has straight edges.
        (Kind::Note(_), _) | (_, Type::Frame) => 0,
        _ if sketched => details.rough,
        _ => 1,
    };
    let opacity = match &element.kind {
        // It is painted so that words can be read through it.
        Kind::Ink(ink) if ink.highlights() => style.opacity * HIGHLIGHT,
        _ => style.opacity,
    };
    let pairs = [
        ("strokeColor", Json::from(stroke.to_text())),
        ("backgroundColor", Json::from(fill.to_text())),
        ("fillStyle", Json::from(fill_style.unwrap_or("solid"))),
        ("strokeWidth", rounded(strokes::width_out(element, kind))),
        ("strokeStyle", Json::from(dash.unwrap_or("solid"))),
        ("roughness", Json::from(rough)),
        ("opacity", rounded(opacity * 100.0)),
        ("roundness", roundness::of(element, kind)),
    ];
    fields.extend(pairs.map(|(name, value)| Field::new(name, value)));
    if kind.is_sketched() {
        let seed = details.seed.unwrap_or_else(|| seed_of(element.id.as_str()));
        let told = details.seed.map_or(Json::Null, Json::from);
        fields.push(Field {
            value: Json::from(seed & 0x7fff_ffff),
            ..Field::new("seed", told)
        });
    }
}

/// How much a highlighter's stroke hides there, where nothing is multiplied.
const HIGHLIGHT: f64 = 0.4;

fn of_image(element: &Element, picture: Option<Size>, fields: &mut Vec<Field>) {
    let sign = |side: f64| if side < 0.0 { -1 } else { 1 };
    let geometry = element.geometry;
    let scale = json!([sign(geometry.w), sign(geometry.h)]);
    fields.push(Field::new("scale", scale));
    let part = element.style.details.crop.zip(picture);
    let crop = part.map(|(part, Size { width, height })| {
        json!({
            "x": rounded(part.x0 * width),
            "y": rounded(part.y0 * height),
            "width": rounded(part.width() * width),
            "height": rounded(part.height() * height),
            "naturalWidth": rounded(width),
            "naturalHeight": rounded(height),
        })
    });
    fields.push(Field::new("crop", crop.unwrap_or_default()));
}

/// The colour of what an element says.
fn color_of_words(element: &Element) -> Color {
    let style = &element.style;
    match &element.kind {
        Kind::Note(_) => element.words_in(Theme::Light),
        Kind::Text(_) => style.stroke,
        _ => match style.details.label_color.unwrap_or(style.stroke) {
            none if none.is_none() => Color::INK,
            color => color,
        },
    }
}

/// How its letters look: the fields of a text or of a label.
fn letters(element: &Element, size: f64, usual: Align, fields: &mut Vec<Field>) {
    let details = &element.style.details;
    let align = details.align.unwrap_or(usual);
    let pairs = [
        ("fontSize", rounded(size)),
        ("fontFamily", Json::from(font(details.family))),
        (
            "textAlign",
            Json::from(name(ALIGNS, align).unwrap_or("left")),
        ),
        ("lineHeight", rounded(details.line_height)),
    ];
    fields.extend(pairs.map(|(name, value)| Field::new(name, value)));
}

/// Puts points of the board where they are before their element is turned.
fn unturned(element: &Element) -> Affine {
    let frame = element.frame();
    Affine::rotate_about(-frame.angle, frame.center())
}

/// The box around points.
fn extent(points: &[Point]) -> Rect {
    let first = points.first().copied().unwrap_or_default();
    let all = points.iter().map(|at| Rect::from_points(*at, *at));
    all.fold(Rect::from_points(first, first), |all, at| all.union(at))
}

/// The outline of a closed shape in board space, unturned.
fn outline(element: &Element) -> Vec<Point> {
    let mut points = Vec::new();
    let path = element.outline();
    // What comes behind the first part is drawn within it.
    let mut parts = 0;
    flatten(&path, 0.1, |piece| match piece {
        PathEl::MoveTo(at) => {
            parts += 1;
            if parts == 1 {
                points.push(at);
            }
        }
        PathEl::LineTo(at) if parts == 1 => points.push(at),
        _ => {}
    });
    let rect = element.frame().rect();
    points
        .iter()
        .map(|at| *at + rect.origin().to_vec2())
        .collect()
}
