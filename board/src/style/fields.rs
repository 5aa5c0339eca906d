//! The table of style fields: one row each.
//!
//! Owns each field's name in the document, position in a birth, type and range, default and control.
//! [`Style`] and [`StyleField`] are made of the rows; what a field looks like is its kinds' painting.
//! A row's variant is named as its position is.

use std::ops::Deref;
use std::sync::Arc;

use kurbo::Rect;

use super::choices::{Align, Contour, Dash, Family, FillStyle, Head, Route, VerticalAlign};
use super::stored::Stored;
use super::{Color, Control, FILLS, Pick, Preset, Range, STROKES};
use crate::fields::{Birth, Slot, Value};
use crate::text_layout::LINE_HEIGHT;

/// Details behind one pointer, which copies share; behind none while all of it is as usual.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shared(Option<Arc<Details>>);

impl Shared {
    fn of(details: Details) -> Self {
        Self((details != Details::USUAL).then(|| Arc::new(details)))
    }
}

impl Deref for Shared {
    type Target = Details;

    fn deref(&self) -> &Details {
        self.0.as_deref().unwrap_or(&Details::USUAL)
    }
}

/// Makes the types that all rows have a part in.
macro_rules! fields {
    (
        often { $($(#[$doc:meta])* $name:ident $field:ident $key:literal $type:ty $(, in $range:expr)?, $default:expr, $control:expr;)* }
        seldom { $($(#[$about:meta])* $rare:ident $detail:ident $word:literal $sort:ty $(, in $bounds:expr)?, $usual:expr, $way:expr;)* }
    ) => {
        /// A style field that can change after birth, as in `style[id/field]`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum StyleField {
            $($(#[$doc])* $name,)*
            $($(#[$about])* $rare,)*
        }

        impl StyleField {
            /// All of them.
            pub const ALL: [Self; [$(Self::$name,)* $(Self::$rare),*].len()] =
                [$(Self::$name,)* $(Self::$rare),*];

            /// Its name in the document.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* $(Self::$rare => $word,)* }
            }

            /// Its position in a birth record.
            pub fn slot(self) -> Slot {
                match self { $(Self::$name => Slot::$name,)* $(Self::$rare => Slot::$rare,)* }
            }

            /// How people set it.
            pub fn control(self) -> Control {
                match self { $(Self::$name => $control,)* $(Self::$rare => $way,)* }
            }
        }

        /// The effective style of an element. Every value is in range.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Style {
            $($(#[$doc])* pub $field: $type,)*
            /// What few elements have.
            pub details: Shared,
        }

        /// The style fields that differ from the default in few elements.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Details {
            $($(#[$about])* pub $detail: $sort,)*
        }

        impl Details {
            /// As elements are of which nothing else is said.
            const USUAL: Self = Self { $($detail: $usual,)* };
        }

        impl Default for Style {
            fn default() -> Self {
                Self { $($field: $default,)* details: Shared::default() }
            }
        }

        impl Style {
            /// One field as the document stores it.
            pub fn get(&self, field: StyleField) -> Value {
                match field {
                    $(StyleField::$name => self.$field.write(),)*
                    $(StyleField::$rare => self.details.$detail.write(),)*
                }
            }

            /// Sets one field from the document; a value that makes no sense sets the default.
            pub fn set(&mut self, field: StyleField, value: &Value) {
                let mut details = *self.details;
                match field {
                    $(StyleField::$name => {
                        self.$field = <$type>::read(value, range!($($range)?)).unwrap_or($default);
                    })*
                    $(StyleField::$rare => {
                        details.$detail = <$sort>::read(value, range!($($bounds)?)).unwrap_or($usual);
                        self.details = Shared::of(details);
                    })*
                }
            }
        }
    };
}

macro_rules! range {
    () => {
        Range::ANY
    };
    ($range:expr) => {
        $range
    };
}

/// The heads by fives: plain ones, closed ones, crow's feet.
const HEADS: [Pick; 15] = [
    Pick::Called("none", "noHead"),
    Pick::Called("arrow", "arrowHead"),
    Pick::Called("triangle", "triangleHead"),
    Pick::Named("triangleOutline"),
    Pick::Called("bar", "barHead"),
    Pick::Called("circle", "circleHead"),
    Pick::Named("circleOutline"),
    Pick::Called("diamond", "diamondHead"),
    Pick::Named("diamondOutline"),
    Pick::Named("one"),
    Pick::Named("many"),
    Pick::Named("oneOrMany"),
    Pick::Named("exactlyOne"),
    Pick::Named("zeroOrOne"),
    Pick::Named("zeroOrMany"),
];

/// Of a highlighter, which is as wide as a line of text is high.
pub const MARK_WIDTHS: [Preset; 4] = [
    Preset(12.0, "thin"),
    Preset(22.0, "medium"),
    Preset(36.0, "bold"),
    Preset(56.0, "extraBold"),
];

fields! {
    // variant and position, field, key, type and range, default, control
    often {
        /// Outline, ink and text colour.
        Stroke stroke "stroke" Color, Color::INK, Control::Swatches(&STROKES);
        /// Inside of closed shapes.
        Fill fill "fill" Color, Color::NONE, Control::Swatches(&FILLS);
        /// Width of outline and ink, board units, 0.25 to 200.
        Width width "width" f64, in Range::new(0.25, 200.0), 2.0, Control::Widths {
            presets: &[
                Preset(1.0, "thin"),
                Preset(2.0, "medium"),
                Preset(4.0, "bold"),
                Preset(8.0, "extraBold"),
            ],
            slider: Range::new(0.5, 100.0),
            step: 0.25,
        };
        /// Font size, board units, 4 to 1000.
        FontSize font_size "fontSize" f64, in Range::new(4.0, 1000.0), 20.0, Control::Sizes {
            presets: &[
                Preset(16.0, "small"),
                Preset(20.0, "medium"),
                Preset(28.0, "large"),
                Preset(36.0, "extraLarge"),
            ],
            field: Range::new(4.0, 400.0),
        };
        /// How much it hides what is below, 0 to 1.
        Opacity opacity "opacity" f64, in Range::new(0.0, 1.0), 1.0, Control::Share {
            slider: Range::new(0.05, 1.0),
            step: 0.05,
        };
    }
    seldom {
        /// The outline of a closed shape; none: that of its kind.
        Contour contour "contour" Option<Contour>, None, Control::Picks(&[
            Pick::Named("rectangle"),
            Pick::Named("ellipse"),
            Pick::Named("diamond"),
            Pick::Named("triangle"),
            Pick::Named("hexagon"),
            Pick::Named("parallelogram"),
            Pick::Named("star"),
            Pick::Named("cloud"),
            Pick::Named("bubble"),
            Pick::Named("cylinder"),
        ]);
        /// Radius of corners, board units; none: as its kind has it.
        Corner corner "corner" Option<f64>, in Range::new(0.0, 1e4), None, Control::Picks(&[
            Pick::Number(0.0, "sharp"),
            Pick::Usual("soft"),
            Pick::Number(24.0, "round"),
            Pick::Number(1e4, "pill"),
        ]);
        /// How outlines and lines are interrupted.
        Dash dash "dash" Dash, Dash::Solid, Control::Picks(&[
            Pick::Named("solid"),
            Pick::Named("dashed"),
            Pick::Named("dotted"),
        ]);
        /// How a closed shape is filled.
        FillStyle fill_style "fillStyle" FillStyle, FillStyle::Solid, Control::Picks(&[
            Pick::Called("solid", "filled"),
            Pick::Named("hatched"),
            Pick::Named("crossed"),
        ]);
        /// How strongly it looks drawn by hand, 0 to 3, whole.
        Rough rough "rough" u32, in Range::new(0.0, 3.0), 0, Control::Picks(&[
            Pick::Number(0.0, "ruled"),
            Pick::Number(1.0, "careful"),
            Pick::Number(2.0, "loose"),
            Pick::Number(3.0, "wild"),
        ]);
        /// What a look drawn by hand is drawn from; none: the id.
        Seed seed "seed" Option<u32>, in Range::new(0.0, 4_294_967_295.0), None, Control::Elsewhere;
        /// The family of its letters.
        Family family "family" Family, Family::Rounded, Control::Picks(&[
            Pick::Named("rounded"),
            Pick::Named("hand"),
            Pick::Named("serif"),
            Pick::Named("mono"),
        ]);
        /// Where its lines of text stand; none: as its kind has it.
        Align align "align" Option<Align>, None, Control::Picks(&[
            Pick::Named("left"),
            Pick::Called("center", "centre"),
            Pick::Named("right"),
        ]);
        /// Where its text stands from top to bottom; none: as its kind has it.
        VerticalAlign vertical_align "verticalAlign" Option<VerticalAlign>, None, Control::Picks(&[
            Pick::Named("top"),
            Pick::Named("middle"),
            Pick::Named("bottom"),
        ]);
        /// The width that a text is wrapped to, board units; none: lines end where they were ended.
        Wrap wrap "wrap" Option<f64>, in Range::new(4.0, 1e5), None, Control::Elsewhere;
        /// The distance of lines, font sizes.
        LineHeight line_height "lineHeight" f64, in Range::new(0.5, 4.0), LINE_HEIGHT, Control::Elsewhere;
        /// The way of a line through its points.
        Route route "route" Route, Route::Straight, Control::Picks(&[
            Pick::Called("straight", "straightWay"),
            Pick::Called("curved", "curvedWay"),
            Pick::Called("elbow", "elbowWay"),
        ]);
        /// Whether a line goes back to where it began.
        Closed closed "closed" bool, false, Control::Picks(&[
            Pick::Truth(false, "openLine"),
            Pick::Truth(true, "closedLine"),
        ]);
        /// What is at the start of a line; none: as its kind has it.
        StartHead start_head "startHead" Option<Head>, None, Control::Picks(&HEADS);
        /// What is at the end of a line; none: as its kind has it.
        EndHead end_head "endHead" Option<Head>, None, Control::Picks(&HEADS);
        /// The colour of a label; none: the stroke's.
        LabelColor label_color "labelColor" Option<Color>, None, Control::Swatches(&STROKES);
        /// Where on a line its label is, a share of its length.
        LabelAt label_at "labelAt" f64, in Range::new(0.0, 1.0), 0.5, Control::Elsewhere;
        /// The part of a picture that is shown; none: all of it.
        Crop crop "crop" Option<Rect>, in Range::new(0.0, 1.0), None, Control::Elsewhere;
    }
}

impl StyleField {
    /// Those that have a control, in the order in which people are offered them.
    pub const OFFERED: &[Self] = &[
        Self::Contour,
        Self::Stroke,
        Self::Fill,
        Self::FillStyle,
        Self::Width,
        Self::Dash,
        Self::Rough,
        Self::Corner,
        Self::Route,
        Self::Closed,
        Self::StartHead,
        Self::EndHead,
        Self::Family,
        Self::FontSize,
        Self::Align,
        Self::VerticalAlign,
        Self::LabelColor,
        Self::Opacity,
    ];

    /// The field of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }
}

impl Style {
    /// The same in some fields, and the default in all others.
    #[must_use]
    pub fn only(&self, fields: &[StyleField]) -> Self {
        let mut style = Self::default();
        for field in fields {
            style.set(*field, &self.get(*field));
        }
        style
    }

    /// The style of a birth record.
    pub fn read(birth: &Birth) -> Self {
        let mut style = Self::default();
        for field in StyleField::ALL {
            let value = birth.get(field.slot());
            if *value != Value::Null {
                style.set(field, value);
            }
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
    fn every_field_that_has_a_control_is_offered_once() {
        let has = |field: &StyleField| field.control() != Control::Elsewhere;
        let mut offered = StyleField::OFFERED.to_vec();
        offered.sort();
        let mut having: Vec<_> = StyleField::ALL.into_iter().filter(has).collect();
        having.sort();
        assert_eq!(offered, having);
    }

    #[test]
    fn every_name_reads_as_what_wrote_it_and_the_usual_costs_nothing() {
        let mut style = Style::default();
        let names = [
            (
                StyleField::Contour,
                Contour::ALL.map(Contour::name).to_vec(),
            ),
            (StyleField::Dash, Dash::ALL.map(Dash::name).to_vec()),
            (
                StyleField::FillStyle,
                FillStyle::ALL.map(FillStyle::name).to_vec(),
            ),
            (StyleField::Family, Family::ALL.map(Family::name).to_vec()),
            (StyleField::Align, Align::ALL.map(Align::name).to_vec()),
            (
                StyleField::VerticalAlign,
                VerticalAlign::ALL.map(VerticalAlign::name).to_vec(),
            ),
            (StyleField::Route, Route::ALL.map(Route::name).to_vec()),
            (StyleField::StartHead, Head::ALL.map(Head::name).to_vec()),
            (StyleField::EndHead, Head::ALL.map(Head::name).to_vec()),
        ];
        for (field, names) in names {
            for name in names {
                style.set(field, &Value::text(name));
                assert_eq!(style.get(field), Value::text(name));
            }
            style.set(field, &Value::Null);
        }
        assert_eq!(style.details, Shared(None));
        let crop = [0.25, 0.5, 2.0, 1.0].map(Value::Number);
        style.set(StyleField::Crop, &Value::list(crop));
        assert_eq!(style.details.crop, Some(Rect::new(0.25, 0.5, 1.0, 1.0)));
        for odd in [
            Value::list([0.0, 0.0, 0.0, 1.0].map(Value::Number)),
            Value::list([Value::Null]),
        ] {
            style.set(StyleField::Crop, &odd);
            assert_eq!(style.details.crop, None);
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
            let bytes = Value::Bytes([1u8].as_slice().into());
            for nonsense in [Value::Null, bytes, Value::text("nonsense")] {
                style.set(field, &nonsense);
                assert_eq!(style.get(field), default, "{field:?}");
            }
        }
    }
}
