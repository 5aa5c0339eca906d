//! The table of style fields: one row each.
//!
//! Owns each field's name in the document, position in a birth, type and range, default and control.
//! [`Style`] and [`StyleField`] are made of the rows; what a field looks like is its kinds' painting.

use super::{Color, Control, FILLS, Preset, Range, STROKES};
use crate::fields::{Birth, Slot, Value};

/// A type of style values.
trait Stored: Copy {
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

/// Makes the types that all rows have a part in.
macro_rules! fields {
    ($(
        $(#[$doc:meta])*
        $name:ident $field:ident $key:literal $slot:ident $type:ident in $range:expr, $default:expr, $control:expr;
    )*) => {
        /// A style field that can change after birth, as in `style[id/field]`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum StyleField {
            $($(#[$doc])* $name,)*
        }

        impl StyleField {
            /// All of them, in the order in which people are offered them.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// Its name in the document.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// Its position in a birth record.
            pub fn slot(self) -> Slot {
                match self { $(Self::$name => Slot::$slot,)* }
            }

            /// How people set it.
            pub fn control(self) -> Control {
                match self { $(Self::$name => $control,)* }
            }
        }

        /// The effective style of an element. Every value is in range.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Style {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl Default for Style {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl Style {
            /// One field as the document stores it.
            pub fn get(&self, field: StyleField) -> Value {
                match field { $(StyleField::$name => self.$field.write(),)* }
            }

            /// Sets one field from the document; a value that makes no sense sets the default.
            pub fn set(&mut self, field: StyleField, value: &Value) {
                match field {
                    $(StyleField::$name => self.$field = $type::read(value, $range).unwrap_or($default),)*
                }
            }
        }
    };
}

fields! {
    // variant, field, key, position, type and range, default, control

    /// Outline, ink and text colour.
    Stroke stroke "stroke" Stroke Color in Range::ANY, Color::INK, Control::Swatches(&STROKES);
    /// Inside of closed shapes.
    Fill fill "fill" Fill Color in Range::ANY, Color::NONE, Control::Swatches(&FILLS);
    /// Width of outline and ink, board units, 0.25 to 200.
    Width width "width" Width f64 in Range::new(0.25, 200.0), 2.0, Control::Widths {
        presets: &[
            Preset(1.0, "thin"),
            Preset(2.0, "medium"),
            Preset(4.0, "bold"),
            Preset(8.0, "extraBold"),
        ],
        slider: Range::new(1.0, 32.0),
        step: 0.5,
    };
    /// Font size, board units, 4 to 1000.
    FontSize font_size "fontSize" FontSize f64 in Range::new(4.0, 1000.0), 20.0, Control::Sizes {
        presets: &[
            Preset(16.0, "small"),
            Preset(20.0, "medium"),
            Preset(28.0, "large"),
            Preset(36.0, "extraLarge"),
        ],
        field: Range::new(4.0, 400.0),
    };
    /// How much it hides what is below, 0 to 1.
    Opacity opacity "opacity" Opacity f64 in Range::new(0.0, 1.0), 1.0, Control::Share {
        slider: Range::new(0.05, 1.0),
        step: 0.05,
    };
}

impl StyleField {
    /// The field of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }
}

impl Style {
    /// The style of a birth record.
    pub fn read(birth: &Birth) -> Self {
        let mut style = Self::default();
        for field in StyleField::ALL {
            style.set(field, birth.get(field.slot()));
        }
        style
    }

    /// Writes what differs from the default.
    pub fn write(&self, birth: &mut Birth) {
        for field in StyleField::ALL {
            if self.get(field) != Self::default().get(field) {
                birth.set(field.slot(), self.get(field));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_share_a_name_or_a_position() {
        for (i, field) in StyleField::ALL.into_iter().enumerate() {
            assert_eq!(StyleField::from_key(field.key()), Some(field));
            for other in StyleField::ALL.into_iter().skip(i + 1) {
                assert_ne!(field.slot(), other.slot());
            }
        }
    }

    #[test]
    fn a_field_takes_what_its_control_offers_and_nothing_out_of_range() {
        for field in StyleField::ALL {
            let mut style = Style::default();
            for value in field.control().offers() {
                style.set(field, &value);
                assert_eq!(style.get(field), value, "{field:?}");
            }
            let default = Style::default().get(field);
            for nonsense in [Value::Null, Value::Bool(true), Value::text("nonsense")] {
                style.set(field, &nonsense);
                assert_eq!(style.get(field), default, "{field:?}");
            }
        }
    }
}
