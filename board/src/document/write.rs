//! An edit of a document: one key's new value.
//!
//! Owns which key each edit writes, and what. Knows neither transactions nor what stands there.

use crate::element::{Element, Kind};
use crate::fields::Value;
use crate::file::FileHash;
use crate::id::ElementId;
use crate::links::LinkField;
use crate::order::OrderKey;
use crate::picture::Picture;
use crate::schema::Key;
use crate::style::StyleField;
use crate::title;

/// One edit: a key's new value, or `None` to remove it.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// Where.
    pub key: Key,
    /// What.
    pub value: Option<Value>,
}

impl Write {
    /// An element comes into being.
    pub fn birth(element: &Element) -> Self {
        let slots = element.birth().into_slots();
        Self {
            key: Key::Element(element.id.clone()),
            value: Some(Value::List(slots.into())),
        }
    }

    /// An element goes; its overrides and text stay, so that undo brings everything back.
    pub fn delete(id: &ElementId) -> Self {
        Self {
            key: Key::Element(id.clone()),
            value: None,
        }
    }

    /// An element is where it is now, through its points if they are its vertices, and shows the part of
    /// its picture that it does if it has one.
    pub fn place(element: &Element) -> Self {
        let (id, geometry) = (element.id.clone(), element.geometry.write());
        let (key, value) = match element.points() {
            Some(points) if element.kind.has_vertices() => {
                let points = Value::Bytes(points.clone());
                (Key::Path(id), Value::list([geometry, points]))
            }
            _ if matches!(element.kind, Kind::Image(_)) => {
                let crop = element.style.get(StyleField::Crop);
                (Key::Crop(id), Value::list([geometry, crop]))
            }
            _ => (Key::Geometry(id), geometry),
        };
        Self {
            key,
            value: Some(value),
        }
    }

    /// One field of an element's look.
    pub fn style(id: &ElementId, field: StyleField, value: Value) -> Self {
        Self {
            key: Key::Style(id.clone(), field),
            value: Some(value),
        }
    }

    /// One of an element's links; null is none.
    pub fn link(id: &ElementId, field: LinkField, value: Value) -> Self {
        Self {
            key: Key::Link(id.clone(), field),
            value: Some(value),
        }
    }

    /// An element's place in the paint order.
    pub fn order(id: &ElementId, order: &OrderKey) -> Self {
        Self {
            key: Key::Order(id.clone()),
            value: Some(Value::text(order.as_str())),
        }
    }

    /// The server has a file of so many bytes.
    pub fn file(hash: FileHash, picture: &Picture, bytes: u64) -> Self {
        let [width, height] = [picture.width, picture.height].map(|n| Value::Number(n.into()));
        let media = Value::text(picture.media.name());
        let value = Value::list([media, Value::Number(bytes as f64), width, height]);
        Self {
            key: Key::File(hash),
            value: Some(value),
        }
    }

    /// What the board is called, as [`title::readable`] has it; nothing takes the title away.
    pub fn title(text: &str) -> Self {
        let text = title::readable(text);
        Self {
            key: Key::Title,
            value: (!text.is_empty()).then(|| Value::text(&text)),
        }
    }
}
