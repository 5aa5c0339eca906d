//! A board in the making, as a person makes one: shapes, notes and words, joined and framed.
//!
//! Owns how they look where nothing else is said. Names and places in the stack are drawn by a seed, so that
//! the same strokes make the same board.

use board::document::Document;
use board::element::arrow::Arrow;
use board::element::frame::Frame;
use board::element::line::Line;
use board::element::note::{Note, SIDE};
use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::{ClientId, ElementId};
use board::links::{Binding, LinkField};
use board::order::OrderKey;
use board::record::Record;
use board::style::{Align, Color, Contour, Dash, Head, Route, Style, StyleField, VerticalAlign};
use interchange::fresh;
use kurbo::{Point, Rect, Size};

use crate::hue::Hue;

/// Where an arrow leaves or comes, as shares of a box.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Side {
    Top,
    Bottom,
    Left,
    Right,
}

impl Side {
    fn shares(self) -> (f64, f64) {
        match self {
            Self::Top => (0.5, 0.0),
            Self::Bottom => (0.5, 1.0),
            Self::Left => (0.0, 0.5),
            Self::Right => (1.0, 0.5),
        }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    pub(crate) hue: Hue,
    pub(crate) width: f64,
    pub(crate) dash: Dash,
}

/// A board in the making.
pub(crate) struct Sheet {
    elements: Vec<Element>,
    /// What the next elements are in.
    inside: Option<ElementId>,
    random: fastrand::Rng,
}

impl Sheet {
    pub(crate) fn new() -> Self {
        Self {
            elements: Vec::new(),
            inside: None,
            random: fastrand::Rng::with_seed(1),
        }
    }

    /// The board with all that was put on it, what came first at the bottom.
    pub(crate) fn into_board(mut self, title: &str) -> Document {
        let mut bits = || self.random.u64(..);
        let keys = OrderKey::spread(None, None, self.elements.len(), &mut bits);
        let records = self
            .elements
            .into_iter()
            .zip(keys)
            .map(|(mut element, key)| {
                element.order = key;
                Record::of(&element)
            });
        let records = records.collect();
        let mut names = || self.random.u128(..);
        fresh::of_records(records, title, &[], ClientId::from_random(1), &mut names)
    }

    /// A frame with what `draw` puts into it.
    pub(crate) fn frame(&mut self, name: &str, rect: Rect, draw: impl FnOnce(&mut Self)) {
        self.tinted_frame(name, rect, Color::NONE, draw);
    }

    /// The same on a ground of a colour.
    pub(crate) fn tinted_frame(
        &mut self,
        name: &str,
        rect: Rect,
        fill: Color,
        draw: impl FnOnce(&mut Self),
    ) {
        let style = Style {
            fill,
            ..Style::default()
        };
        let kind = Kind::Frame(Frame::default());
        let id = self.put(Geometry::from_rect(rect), style, kind, name);
        let outer = self.inside.replace(id);
        draw(self);
        self.inside = outer;
    }

    /// A closed shape that says something in its middle.
    pub(crate) fn shape(
        &mut self,
        contour: Contour,
        rect: Rect,
        hue: Hue,
        words: &str,
    ) -> ElementId {
        let style = outlined(contour, hue);
        self.put(Geometry::from_rect(rect), style, Kind::RECTANGLE, words)
    }

    /// The same with ends that are all round.
    pub(crate) fn pill(&mut self, rect: Rect, hue: Hue, words: &str) -> ElementId {
        let mut style = outlined(Contour::Rectangle, hue);
        style.set(StyleField::Corner, &Value::Number(1e4));
        self.put(Geometry::from_rect(rect), style, Kind::RECTANGLE, words)
    }

    /// A card: words from its top left.
    pub(crate) fn card(&mut self, rect: Rect, hue: Hue, words: &str) -> ElementId {
        let mut style = outlined(Contour::Rectangle, hue);
        style.font_size = 16.0;
        style.set(StyleField::Align, &Value::text(Align::Left.name()));
        let top = Value::text(VerticalAlign::Top.name());
        style.set(StyleField::VerticalAlign, &top);
        self.put(Geometry::from_rect(rect), style, Kind::RECTANGLE, words)
    }

    /// A sticky note, by its top left.
    pub(crate) fn note(&mut self, at: impl Into<Point>, hue: Hue, words: &str) -> ElementId {
        let style = Style {
            fill: hue.fill(),
            ..Style::default()
        };
        let rect = Rect::from_origin_size(at, (SIDE, SIDE));
        let kind = Kind::Note(Note::default());
        self.put(Geometry::from_rect(rect), style, kind, words)
    }

    /// Words, by their top left.
    pub(crate) fn text(&mut self, at: impl Into<Point>, size: f64, hue: Hue, words: &str) {
        let style = Style {
            stroke: hue.stroke(),
            font_size: size,
            ..Style::default()
        };
        let at = Geometry::from_rect(Rect::from_origin_size(at, Size::ZERO));
        self.put(at, style, Kind::Text(Text::default()), words);
    }

    /// An arrow that holds on to both of what it joins.
    pub(crate) fn arrow(
        &mut self,
        (from, leaves): (&ElementId, Side),
        (to, comes): (&ElementId, Side),
        words: &str,
    ) {
        let mut style = Style {
            stroke: Hue::Grey.stroke(),
            font_size: 16.0,
            ..Style::default()
        };
        style.set(StyleField::Route, &Value::text(Route::Elbow.name()));
        self.join((from, leaves), (to, comes), style, words);
    }

    /// A curve without heads between two, in the colour of what hangs on it.
    pub(crate) fn branch(
        &mut self,
        (from, leaves): (&ElementId, Side),
        (to, comes): (&ElementId, Side),
        hue: Hue,
    ) {
        let mut style = Style {
            stroke: hue.stroke(),
            width: 3.0,
            ..Style::default()
        };
        style.set(StyleField::Route, &Value::text(Route::Elbow.name()));
        style.set(StyleField::EndHead, &Value::text(Head::None.name()));
        self.join((from, leaves), (to, comes), style, "");
    }

    /// A line through points.
    pub(crate) fn line<const N: usize>(&mut self, points: [(f64, f64); N], stroke: Stroke) {
        let Some((geometry, line)) = Line::through(&points.map(Point::from)) else {
            return;
        };
        let mut style = Style {
            stroke: stroke.hue.stroke(),
            width: stroke.width,
            ..Style::default()
        };
        style.set(StyleField::Dash, &Value::text(stroke.dash.name()));
        self.put(geometry, style, Kind::Line(line), "");
    }

    fn join(
        &mut self,
        from: (&ElementId, Side),
        to: (&ElementId, Side),
        style: Style,
        words: &str,
    ) {
        let ends = [from, to].map(|(id, side)| Some((self.at(id, side)?, bind(id, side))));
        let [Some((start, leaves)), Some((end, comes))] = ends else {
            return;
        };
        let Some((geometry, arrow)) = Arrow::through(&[start, end]) else {
            return;
        };
        self.put(geometry, style, Kind::Arrow(arrow), words);
        if let Some(arrow) = self.elements.last_mut() {
            arrow.links.set(LinkField::Start, &leaves);
            arrow.links.set(LinkField::End, &comes);
        }
    }

    /// The middle of a side of what was put on the board.
    fn at(&self, id: &ElementId, side: Side) -> Option<Point> {
        let rect = self
            .elements
            .iter()
            .find(|one| one.id == *id)?
            .geometry
            .rect();
        let (u, v) = side.shares();
        Some(Point::new(
            rect.x0 + u * rect.width(),
            rect.y0 + v * rect.height(),
        ))
    }

    fn put(&mut self, geometry: Geometry, style: Style, kind: Kind, words: &str) -> ElementId {
        let id = ElementId::from_random(self.random.u128(..));
        let order = OrderKey::default();
        let mut element = Element::new(id.clone(), order, "".into(), geometry, style, kind);
        element.links = element.links.within(self.inside.clone());
        if !words.is_empty() {
            element.set_text(words);
        }
        self.elements.push(element);
        id
    }
}

fn outlined(contour: Contour, hue: Hue) -> Style {
    let mut style = Style {
        stroke: hue.stroke(),
        fill: hue.fill(),
        font_size: 18.0,
        ..Style::default()
    };
    style.set(StyleField::Contour, &Value::text(contour.name()));
    let ink = Value::text(&Color::INK.to_text());
    style.set(StyleField::LabelColor, &ink);
    style
}

fn bind(target: &ElementId, side: Side) -> Value {
    let (u, v) = side.shares();
    let binding = Binding {
        target: target.clone(),
        u,
        v,
        inside: false,
        gap: None,
    };
    binding.write()
}
