//! One element of a scene as it stands in the file.
//!
//! Owns reading its fields, whatever is in them: what makes no sense reads as missing. Knows no element of
//! ours.

use std::fmt;

use kurbo::Point;
use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
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
    /// Reads an element's text; `None` when it is no object.
    ///
    /// # Errors
    /// When it is no JSON, or nested too deeply.
    pub(crate) fn read(text: &str) -> Result<Option<Self>, serde_json::Error> {
        if !text.trim_start().starts_with('{') {
            return Ok(None);
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let mut source = json.deserialize_map(Fields)?;
        source.renew();
        Ok(Some(source))
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
    value.as_f64().and_then(in_range)
}

fn in_range(number: f64) -> Option<f64> {
    (number.abs() <= MAX_COORDINATE).then_some(number)
}

/// The fields of an element, points without a tree of them.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Source;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an element")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Source, A::Error> {
        let mut source = Source::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "points" => (source.points, source.cut) = points(map.next_value()?),
                "pressures" => source.pressures = pressures(map.next_value()?),
                _ => drop(source.fields.insert(key, map.next_value()?)),
            }
        }
        Ok(source)
    }
}

/// Points, and whether there are more than an element may have; what makes no sense is passed over.
fn points(raw: &RawValue) -> (Vec<Point>, bool) {
    let plain: Result<Vec<[f64; 2]>, _> = serde_json::from_str(raw.get());
    let mut points: Vec<Point> = match plain {
        Ok(plain) => {
            let points = plain.into_iter();
            let sane = points.filter_map(|[x, y]| Some(Point::new(in_range(x)?, in_range(y)?)));
            sane.collect()
        }
        Err(_) => list(raw).iter().filter_map(point).collect(),
    };
    let cut = points.len() > MAX_POINTS;
    points.truncate(MAX_POINTS);
    (points, cut)
}

fn pressures(raw: &RawValue) -> Vec<f64> {
    let plain: Result<Vec<f64>, _> = serde_json::from_str(raw.get());
    let mut pressures = plain.unwrap_or_else(|_| {
        let items = list(raw);
        items
            .iter()
            .map(|item| item.as_f64().unwrap_or(0.5))
            .collect()
    });
    pressures.truncate(MAX_POINTS);
    pressures
        .iter_mut()
        .for_each(|pressure| *pressure = pressure.clamp(0.0, 1.0));
    pressures
}

fn list(raw: &RawValue) -> Vec<Json> {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

fn point(value: &Json) -> Option<Point> {
    match value.as_array()?.as_slice() {
        [x, y, ..] => Some(Point::new(sane(x)?, sane(y)?)),
        _ => None,
    }
}
