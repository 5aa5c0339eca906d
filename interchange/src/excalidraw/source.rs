//! One element of a scene as it stands in the file.
//!
//! Owns reading its fields, whatever is in them: what makes no sense reads as missing. Knows no element of
//! ours.

use kurbo::Point;
use serde_json::{Map, Value as Json};

use board::limits::{MAX_COORDINATE, MAX_POINTS};

use super::looks::font_named;

/// An element's fields; points are numbers already.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    pub(crate) fields: Map<String, Json>,
    pub(crate) points: Vec<Point>,
    pub(crate) pressures: Vec<f64>,
    /// Whether it had more points than an element may have.
    pub(crate) cut: bool,
}

impl Source {
    /// Takes a value; `None` when it is no object.
    pub(crate) fn of(value: Json) -> Option<Self> {
        let Json::Object(mut fields) = value else {
            return None;
        };
        let list = |value: Option<Json>| match value {
            Some(Json::Array(items)) => items,
            _ => Vec::new(),
        };
        let points = list(fields.remove("points"));
        let cut = points.len() > MAX_POINTS;
        let points = points.iter().filter_map(point).take(MAX_POINTS).collect();
        let pressures = list(fields.remove("pressures")).into_iter();
        let pressures = pressures
            .take(MAX_POINTS)
            .map(|pressure| match pressure.as_f64() {
                Some(pressure) => pressure.clamp(0.0, 1.0),
                None => 0.5,
            });
        let pressures = pressures.collect();
        let mut source = Self {
            fields,
            points,
            pressures,
            cut,
        };
        source.renew();
        Some(source)
    }

    /// Says what older programs said as the newest does.
    fn renew(&mut self) {
        if self.text("type") == Some("draw") {
            self.fields.insert("type".into(), Json::from("line"));
        }
        if self.text("strokeSharpness") == Some("round") && self.get("roundness").is_null() {
            let rule = if matches!(self.kind(), "rectangle" | "image") {
                1
            } else {
                2
            };
            self.fields
                .insert("roundness".into(), serde_json::json!({ "type": rule }));
        }
        if let Some((size, name)) = self.text("font").and_then(|font| font.split_once(' ')) {
            let size: Option<f64> = size.trim_end_matches("px").parse().ok();
            let font = font_named(name);
            self.fields
                .insert("fontSize".into(), size.map_or(Json::Null, Json::from));
            self.fields.insert("fontFamily".into(), Json::from(font));
        }
        // A box is told from its upper left corner.
        for (field, side) in [("x", "width"), ("y", "height")] {
            if let Some(long) = self.number(side).filter(|long| *long < 0.0) {
                let at = self.number(field).unwrap_or_default() + long;
                self.fields.insert(field.into(), Json::from(at));
                self.fields.insert(side.into(), Json::from(-long));
            }
        }
        // A line begins where it says that it is.
        if let Some(first) = self
            .points
            .first()
            .copied()
            .filter(|first| *first != Point::ORIGIN)
        {
            for (field, by) in [("x", first.x), ("y", first.y)] {
                let at = self.number(field).unwrap_or_default() + by;
                self.fields.insert(field.into(), Json::from(at));
            }
            self.points.iter_mut().for_each(|at| *at -= first.to_vec2());
        }
    }

    pub(crate) fn get(&self, field: &str) -> &Json {
        self.fields.get(field).unwrap_or(&Json::Null)
    }

    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.get(field).as_str()
    }

    /// A number that a board can have.
    pub(crate) fn number(&self, field: &str) -> Option<f64> {
        sane(self.get(field))
    }

    /// A number of another sort than lengths.
    pub(crate) fn number_of_any_size(&self, field: &str) -> Option<f64> {
        self.get(field).as_f64()
    }

    pub(crate) fn truth(&self, field: &str) -> bool {
        self.get(field).as_bool().unwrap_or_default()
    }

    /// What it is.
    pub(crate) fn kind(&self) -> &str {
        self.text("type").unwrap_or_default()
    }

    pub(crate) fn id(&self) -> &str {
        self.text("id").unwrap_or_default()
    }

    pub(crate) fn is_deleted(&self) -> bool {
        self.truth("isDeleted")
    }

    /// Its groups, the innermost first.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &str> {
        let list = self.get("groupIds").as_array();
        list.into_iter().flatten().filter_map(Json::as_str)
    }
}

fn sane(value: &Json) -> Option<f64> {
    value.as_f64().filter(|n| n.abs() <= MAX_COORDINATE)
}

fn point(value: &Json) -> Option<Point> {
    match value.as_array()?.as_slice() {
        [x, y, ..] => Some(Point::new(sane(x)?, sane(y)?)),
        _ => None,
    }
}
