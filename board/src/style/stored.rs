//! How the types of style values stand in the document.
//!
//! Owns reading each into its range, and writing it. Knows no field.

use kurbo::Rect;

use super::choices::{Align, Contour, Dash, Family, FillStyle, Head, Named, Route, VerticalAlign};
use super::{Color, Range};
use crate::fields::Value;

/// A type of style values.
pub(super) trait Stored: Copy {
    /// Reads a value into its range; `None` when it makes no sense.
    fn read(value: &Value, range: Range) -> Option<Self>;
    fn write(self) -> Value;
}

impl Stored for Color {
    fn read(value: &Value, _: Range) -> Option<Self> {
        value.as_text().and_then(Self::parse)
    }

    fn write(self) -> Value {
        Value::text(&self.to_text())
    }
}

impl Stored for f64 {
    fn read(value: &Value, range: Range) -> Option<Self> {
        Some(value.number()?.clamp(range.least, range.most))
    }

    fn write(self) -> Value {
        Value::Number(self)
    }
}

impl Stored for u32 {
    fn read(value: &Value, range: Range) -> Option<Self> {
        f64::read(value, range).map(|number| number as Self)
    }

    fn write(self) -> Value {
        Value::Number(f64::from(self))
    }
}

impl Stored for bool {
    fn read(value: &Value, _: Range) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn write(self) -> Value {
        Value::Bool(self)
    }
}

/// A part of a picture, `[x0, y0, x1, y1]` as shares of its width and height.
impl Stored for Rect {
    fn read(value: &Value, range: Range) -> Option<Self> {
        let [x0, y0, x1, y1] = value.numbers()?.map(|at| at.clamp(range.least, range.most));
        (x0 < x1 && y0 < y1).then(|| Self::new(x0, y0, x1, y1))
    }

    fn write(self) -> Value {
        Value::list([self.x0, self.y0, self.x1, self.y1].map(Value::Number))
    }
}

macro_rules! stored_by_name {
    ($($name:ident)*) => {$(
        impl Stored for $name {
            fn read(value: &Value, _: Range) -> Option<Self> {
                Self::named(value)
            }

            fn write(self) -> Value {
                Value::text(self.name())
            }
        }
    )*};
}

stored_by_name!(Contour Dash FillStyle Family Align VerticalAlign Route Head);

/// Null is a value of its own: as the kind has it.
impl<T: Stored> Stored for Option<T> {
    fn read(value: &Value, range: Range) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::read(value, range).map(Some),
        }
    }

    fn write(self) -> Value {
        self.map_or(Value::Null, T::write)
    }
}
