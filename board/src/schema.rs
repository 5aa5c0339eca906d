//! Where things stand in the Yjs document: root types, keys, and values on both sides.
//!
//! Owns the names of the root types and the translation between [`Value`] and the CRDT's own
//! values. Knows no element kind and changes nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use yrs::any::{Any, Number};
use yrs::{Doc, MapRef, Out};

use crate::fields::Value;
use crate::file::FileHash;
use crate::id::ElementId;
use crate::links::LinkField;
use crate::style::StyleField;

/// The version of the schema that this code reads and writes, `board["schema"]` when absent.
pub const SCHEMA: u32 = 1;

/// A root map keyed by element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Elements,
    Geometry,
    Points,
    Style,
    Order,
    Links,
}

impl Column {
    pub(crate) const ALL: [Self; 6] = [
        Self::Elements,
        Self::Geometry,
        Self::Points,
        Self::Style,
        Self::Order,
        Self::Links,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Elements => "elements",
            Self::Geometry => "geometry",
            Self::Points => "points",
            Self::Style => "style",
            Self::Order => "order",
            Self::Links => "links",
        }
    }
}

/// The root maps of one document.
#[derive(Debug, Clone)]
pub(crate) struct Roots {
    pub(crate) elements: MapRef,
    pub(crate) geometry: MapRef,
    pub(crate) points: MapRef,
    pub(crate) style: MapRef,
    pub(crate) order: MapRef,
    pub(crate) links: MapRef,
    pub(crate) files: MapRef,
    pub(crate) board: MapRef,
}

impl Roots {
    /// Names the root types; this writes nothing into the document.
    pub(crate) fn of(doc: &Doc) -> Self {
        let map = |column: Column| doc.get_or_insert_map(column.name());
        Self {
            elements: map(Column::Elements),
            geometry: map(Column::Geometry),
            points: map(Column::Points),
            style: map(Column::Style),
            order: map(Column::Order),
            links: map(Column::Links),
            files: doc.get_or_insert_map("files"),
            board: doc.get_or_insert_map("board"),
        }
    }

    /// The map that a key stands in.
    pub(crate) fn of_key(&self, key: &Key) -> &MapRef {
        match key {
            Key::File(_) => &self.files,
            key => key
                .column()
                .map_or(&self.board, |column| self.column(column)),
        }
    }

    pub(crate) fn column(&self, column: Column) -> &MapRef {
        match column {
            Column::Elements => &self.elements,
            Column::Geometry => &self.geometry,
            Column::Points => &self.points,
            Column::Style => &self.style,
            Column::Order => &self.order,
            Column::Links => &self.links,
        }
    }
}

/// One place in the document that merges as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// The birth record; an element exists exactly when it is there.
    Element(ElementId),
    /// Geometry, once it changed after birth.
    Geometry(ElementId),
    /// Points and geometry of a line or arrow, which are one decision: `[geometry, points]`, as they
    /// are in effect. They stand in two maps, and are written together also where one is equal, so
    /// that of two people's the same one wins in both.
    Path(ElementId),
    /// The box and the crop of an image, which are one decision in the same way: `[geometry, crop]`.
    Crop(ElementId),
    /// Place in the paint order, once it changed after birth.
    Order(ElementId),
    /// One style field, once it changed after birth.
    Style(ElementId, StyleField),
    /// One link, once it changed after birth.
    Link(ElementId, LinkField),
    /// What the server has of a file.
    File(FileHash),
    /// The board's title.
    Title,
}

impl Key {
    /// Where it stands when it is an element's.
    pub(crate) fn column(&self) -> Option<Column> {
        match self {
            Self::Element(_) => Some(Column::Elements),
            Self::Geometry(_) | Self::Path(_) | Self::Crop(_) => Some(Column::Geometry),
            Self::Order(_) => Some(Column::Order),
            Self::Style(..) => Some(Column::Style),
            Self::Link(..) => Some(Column::Links),
            Self::File(_) | Self::Title => None,
        }
    }

    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Element(id)
            | Self::Geometry(id)
            | Self::Path(id)
            | Self::Crop(id)
            | Self::Order(id) => id.as_str().into(),
            Self::Style(id, field) => format!("{id}/{}", field.key()).into(),
            Self::Link(id, field) => format!("{id}/{}", field.key()).into(),
            Self::File(hash) => hash.to_string().into(),
            Self::Title => "title".into(),
        }
    }
}

/// The element that a key of any column belongs to: what stands before the first `/`.
pub(crate) fn element_of(key: &str) -> Option<ElementId> {
    ElementId::parse(key.split('/').next().unwrap_or(key)).ok()
}

/// The name of the root type that holds an element's text.
pub(crate) fn text_root(id: &ElementId) -> String {
    format!("text:{id}")
}

/// The element whose text a root type holds.
pub(crate) fn element_of_text(root: &str) -> Option<ElementId> {
    ElementId::parse(root.strip_prefix("text:")?).ok()
}

/// What stands in the document, as a plain value; a nested shared type reads as null.
pub(crate) fn read(out: &Out) -> Value {
    match out {
        Out::Any(any) => from_any(any),
        _ => Value::Null,
    }
}

pub(crate) fn from_any(any: &Any) -> Value {
    match any {
        Any::Null | Any::Undefined => Value::Null,
        Any::Bool(value) => Value::Bool(*value),
        Any::Number(Number::Int(value)) => Value::Number(*value as f64),
        Any::Number(Number::Float(value)) => Value::Number(*value),
        Any::String(text) => Value::Text(text.clone()),
        Any::Buffer(bytes) => Value::Bytes(bytes.clone()),
        Any::Array(items) => Value::List(items.iter().map(from_any).collect()),
        Any::Map(map) => {
            let mut entries: Vec<(Arc<str>, Value)> = Vec::with_capacity(map.len());
            for (key, value) in map.iter() {
                // Equal objects must compare equal, whatever order a hash map gives them.
                let place = entries.partition_point(|(other, _)| **other < **key);
                entries.insert(place, (key.as_str().into(), from_any(value)));
            }
            Value::Map(entries.into())
        }
    }
}

pub(crate) fn to_any(value: &Value) -> Any {
    match value {
        Value::Null => Any::Null,
        Value::Bool(value) => Any::Bool(*value),
        Value::Number(number) => Any::Number(to_number(*number)),
        Value::Text(text) => Any::String(text.clone()),
        Value::Bytes(bytes) => Any::Buffer(bytes.clone()),
        Value::List(items) => Any::Array(items.iter().map(to_any).collect()),
        Value::Map(map) => {
            let entry = |(key, value): &(Arc<str>, Value)| (key.to_string(), to_any(value));
            Any::Map(Arc::new(map.iter().map(entry).collect::<HashMap<_, _>>()))
        }
    }
}

/// Whole numbers become varints on the wire, as Yjs writes them.
fn to_number(number: f64) -> Number {
    const SAFE: f64 = 9_007_199_254_740_991.0;
    if number.fract() == 0.0
        && number.abs() <= SAFE
        && !(number == 0.0 && number.is_sign_negative())
    {
        Number::Int(number as i64)
    } else {
        Number::Float(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive_both_ways() {
        let map = [("a".into(), Value::Bool(true))];
        for value in [
            Value::Null,
            Value::Number(1.0),
            Value::Number(-0.125),
            Value::Number(1e300),
            Value::text("héllo"),
            Value::Bytes([1, 2, 3].as_slice().into()),
            Value::list([Value::Number(2.5), Value::Map(Arc::new(map.clone()))]),
        ] {
            assert_eq!(from_any(&to_any(&value)), value);
        }
    }

    #[test]
    fn keys_name_their_element() {
        let id = ElementId::parse("abc").unwrap();
        let key = Key::Style(id.clone(), StyleField::FontSize);
        assert_eq!(key.text(), "abc/fontSize");
        assert_eq!(element_of(&key.text()), Some(id.clone()));
        assert_eq!(element_of_text(&text_root(&id)), Some(id));
    }
}
