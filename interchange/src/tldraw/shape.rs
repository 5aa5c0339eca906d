//! One shape as it stands in a document.
//!
//! Owns reading its fields, whatever is in them: what makes no sense reads as missing. Knows no element of
//! ours.

use board::ink::InkPoint;
use board::limits::MAX_COORDINATE;
use kurbo::Point;
use serde_json::{Map, Value as Json};

use super::strokes;

/// A shape.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) id: String,
    pub(super) kind: String,
    /// The page or shape that it is in.
    pub(super) parent: String,
    /// Where it stands among those beside it: as texts are in order.
    pub(super) index: String,
    /// From its parent's upper left corner, about which it turns.
    pub(super) at: Point,
    /// Radians.
    pub(super) turn: f64,
    pub(super) opacity: f64,
    pub(super) locked: bool,
    props: Map<String, Json>,
    /// The points of a pen's stroke.
    pub(super) stroke: Vec<InkPoint>,
    /// Whether it had more of them than an element may have.
    pub(super) cut: bool,
}

impl Shape {
    /// Reads a record; `None` when it has no name or type.
    pub(super) fn of(record: &mut Map<String, Json>) -> Option<Self> {
        let text = |field: &str| Some(record.get(field)?.as_str()?.to_owned());
        let number = |field: &str| record.get(field).and_then(sane);
        let mut shape = Self {
            id: text("id")?,
            kind: text("type")?,
            parent: text("parentId").unwrap_or_default(),
            index: text("index").unwrap_or_default(),
            at: Point::new(number("x").unwrap_or(0.0), number("y").unwrap_or(0.0)),
            turn: number("rotation").unwrap_or(0.0),
            opacity: number("opacity").unwrap_or(1.0),
            locked: record.get("isLocked").and_then(Json::as_bool) == Some(true),
            ..Self::default()
        };
        if let Some(Json::Object(props)) = record.remove("props") {
            shape.props = props;
        }
        if let Some(segments) = shape.props.remove("segments") {
            let scale = |field| {
                shape
                    .number(field)
                    .filter(|scale| *scale != 0.0)
                    .unwrap_or(1.0)
            };
            let scale = (scale("scaleX"), scale("scaleY"));
            (shape.stroke, shape.cut) = strokes::points(&segments, scale);
        }
        Some(shape)
    }

    pub(super) fn get(&self, field: &str) -> &Json {
        self.props.get(field).unwrap_or(&Json::Null)
    }

    pub(super) fn text(&self, field: &str) -> &str {
        self.get(field).as_str().unwrap_or_default()
    }

    /// A number that a board can have.
    pub(super) fn number(&self, field: &str) -> Option<f64> {
        sane(self.get(field))
    }

    pub(super) fn truth(&self, field: &str) -> bool {
        self.get(field).as_bool().unwrap_or_default()
    }

    /// How much larger all of it is drawn.
    pub(super) fn scale(&self) -> f64 {
        self.number("scale")
            .filter(|scale| *scale > 0.0)
            .unwrap_or(1.0)
    }

    /// A side of its box.
    pub(super) fn side(&self, field: &str) -> f64 {
        self.number(field).unwrap_or_default().max(0.0)
    }
}

/// A number that a board can have.
pub(super) fn sane(value: &Json) -> Option<f64> {
    let number = value.as_f64()?;
    (number.abs() <= MAX_COORDINATE).then_some(number)
}

/// A point, if both of its numbers are.
pub(super) fn point(value: &Json) -> Option<Point> {
    Some(Point::new(sane(value.get("x")?)?, sane(value.get("y")?)?))
}
