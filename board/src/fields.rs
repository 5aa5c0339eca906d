//! The values a document is made of, as kinds see them.
//!
//! Owns the JSON-like [`Value`] and the positions of a birth record, so that element kinds never
//! name the CRDT library. Knows no kind.

pub mod bytes;

use std::sync::Arc;

/// A JSON-like value with bytes. Cheap to clone: everything large is shared.
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// JSON `null`, also what Yjs calls `undefined`.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Text.
    Text(Arc<str>),
    /// A `Uint8Array`.
    Bytes(Arc<[u8]>),
    /// An array.
    List(Arc<[Value]>),
    /// An object, in no particular order.
    Map(Arc<[(Arc<str>, Value)]>),
}

/// NaN equals itself here: what has not been written since must compare as unchanged.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            _ => false,
        }
    }
}

impl Value {
    /// A text value.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A list value.
    pub fn list<const N: usize>(items: [Value; N]) -> Self {
        Self::List(Arc::new(items))
    }

    /// The finite number in here, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(n) if n.is_finite() => Some(*n),
            _ => None,
        }
    }

    /// The finite numbers in here, if it is a list of so many.
    pub fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let Self::List(items) = self else {
            return None;
        };
        let items: &[Self; N] = items.as_ref().try_into().ok()?;
        let numbers = items.each_ref().map(Self::number);
        let finite = numbers.iter().all(Option::is_some);
        finite.then(|| numbers.map(Option::unwrap_or_default))
    }

    /// The text in here, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The bytes in here, if they are some.
    pub fn as_bytes(&self) -> Option<&Arc<[u8]>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// Where each field stands in a birth record (`elements[id]`), an array.
///
/// Trailing nulls are left out. Positions never change their meaning; new ones are appended, and
/// a client keeps those that it does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Slot {
    /// Kind name, text.
    Kind = 0,
    /// Fractional index key, text.
    Order,
    /// Random id of the author's browser, text; no credential.
    By,
    /// Left edge, number.
    X,
    /// Top edge, number.
    Y,
    /// Width, number.
    W,
    /// Height, number.
    H,
    /// Turn, number of radians.
    Angle,
    /// Points of ink, line and arrow, bytes.
    Points,
    /// Stroke colour, text.
    Stroke,
    /// Fill colour, text.
    Fill,
    /// Stroke width, number.
    Width,
    /// Opacity, number from 0 to 1.
    Opacity,
    /// Font size, number.
    FontSize,
    /// Outline of a closed shape, a name.
    Contour,
    /// Radius of corners, number.
    Corner,
    /// How lines are interrupted, a name.
    Dash,
    /// How a shape is filled, a name.
    FillStyle,
    /// How strongly it looks drawn by hand, number.
    Rough,
    /// What that is drawn from, number.
    Seed,
    /// Family of fonts, a name.
    Family,
    /// Where lines of text stand, a name.
    Align,
    /// Where a text stands from top to bottom, a name.
    VerticalAlign,
    /// Width that a text is wrapped to, number.
    Wrap,
    /// Distance of lines, number of font sizes.
    LineHeight,
    /// The way of a line through its points, a name.
    Route,
    /// Whether a line goes back to where it began, a truth value.
    Closed,
    /// What is at the start of a line, a name.
    StartHead,
    /// What is at its end, a name.
    EndHead,
    /// Colour of a label, text.
    LabelColor,
    /// Where on a line its label is, number.
    LabelAt,
    /// Part of a picture, list of numbers.
    Crop,
    /// The frame or group that it is in, an id.
    Parent,
    /// What the start of a line or arrow holds on to, a list.
    Start,
    /// What its end holds on to, a list.
    End,
    /// Whether clicks pass it over, a truth value.
    Locked,
    /// Where it leads, text.
    Link,
    /// The file of an image, text.
    File,
    /// The strokes that it is a piece of, a list of pairs.
    Piece,
    /// Who wrote a note, text.
    Author,
}

impl Slot {
    /// How many positions this client knows.
    pub const COUNT: usize = Self::Author as usize + 1;
    /// Box and turn.
    pub const GEOMETRY: [Self; 5] = [Self::X, Self::Y, Self::W, Self::H, Self::Angle];
}

/// A birth record: the element as it was born, by position.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Birth {
    slots: Vec<Value>,
}

impl Birth {
    /// A record from its positions.
    pub fn new(slots: Vec<Value>) -> Self {
        Self { slots }
    }

    /// The value at a position; `Null` beyond the end.
    pub fn get(&self, slot: Slot) -> &Value {
        self.slots.get(slot as usize).unwrap_or(&Value::Null)
    }

    /// Puts a value at a position.
    pub fn set(&mut self, slot: Slot, value: Value) {
        let index = slot as usize;
        if self.slots.len() <= index {
            self.slots.resize(index + 1, Value::Null);
        }
        if let Some(place) = self.slots.get_mut(index) {
            *place = value;
        }
    }

    /// The positions as they are.
    pub fn slots(&self) -> &[Value] {
        &self.slots
    }

    /// Puts values behind the positions that this client knows.
    pub fn append_rest(&mut self, rest: &[Value]) {
        if !rest.is_empty() {
            self.slots.resize(Slot::COUNT, Value::Null);
            self.slots.extend_from_slice(rest);
        }
    }

    /// The positions without trailing nulls, as they are stored.
    pub fn into_slots(mut self) -> Vec<Value> {
        while self.slots.last() == Some(&Value::Null) {
            self.slots.pop();
        }
        self.slots
    }
}
