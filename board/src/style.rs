//! How an element looks: colours, widths, opacity, font size.
//!
//! Owns the style fields, their defaults and their place in the document. Knows no kind.

mod oklab;

use crate::fields::{Birth, Slot, Value};

/// Whether the board is shown on paper-white or on near-black.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Theme {
    /// Dark ink on a light board, as stored.
    #[default]
    Light,
    /// Lightness turned over, hue kept.
    Dark,
}

/// A colour as the document stores it, with transparency: 0xRRGGBBAA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color(pub u32);

impl Color {
    /// Fully transparent.
    pub const NONE: Self = Self(0);
    /// The default ink.
    pub const INK: Self = Self(0x1e1e_1eff);

    /// Reads `#rgb`, `#rrggbb`, `#rrggbbaa` or `transparent`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "transparent" {
            return Some(Self::NONE);
        }
        let hex = text.strip_prefix('#')?;
        // A sign would be read as part of the number.
        let number = u32::from_str_radix(hex, 16).ok()?;
        if hex.starts_with('+') {
            return None;
        }
        match hex.len() {
            3 => {
                let double = |shift: u32| ((number >> shift) & 0xf) * 0x11;
                Some(Self(
                    double(8) << 24 | double(4) << 16 | double(0) << 8 | 0xff,
                ))
            }
            6 => Some(Self(number << 8 | 0xff)),
            8 => Some(Self(number)),
            _ => None,
        }
    }

    /// Writes `transparent`, `#rrggbb` or `#rrggbbaa`.
    pub fn to_text(self) -> String {
        match self.0 {
            value if value & 0xff == 0 => "transparent".into(),
            value if value & 0xff == 0xff => format!("#{:06x}", value >> 8),
            value => format!("#{value:08x}"),
        }
    }

    /// The colour in which a theme shows it: hue kept, lightness turned over for the dark one.
    ///
    /// Lightness is that of Björn Ottosson's Oklab. The curve takes ink to near-white and paper
    /// to near-black, and keeps middle colours bright enough to glow on a dark board.
    pub fn in_theme(self, theme: Theme) -> Self {
        match theme {
            Theme::Light => self,
            Theme::Dark => {
                let lab = oklab::from_rgb(self.channels());
                let rgb = oklab::to_rgb(oklab::turned_over(lab));
                let rgb = rgb
                    .into_iter()
                    .fold(0, |all, part| all << 8 | u32::from(part));
                Self(rgb << 8 | self.0 & 0xff)
            }
        }
    }

    fn channels(self) -> [u8; 3] {
        let [r, g, b, _] = self.0.to_be_bytes();
        [r, g, b]
    }

    /// Whether nothing shows through it.
    pub fn is_opaque(self) -> bool {
        self.0 & 0xff == 0xff
    }

    /// Whether nothing of it would be seen.
    pub fn is_none(self) -> bool {
        self.0 & 0xff == 0
    }
}

/// A style field that can change after birth, as in `style[id/field]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StyleField {
    /// Outline, ink and text colour.
    Stroke,
    /// Inside of closed shapes.
    Fill,
    /// Width of outline and ink, board units.
    Width,
    /// 0 to 1.
    Opacity,
    /// Board units.
    FontSize,
}

impl StyleField {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Stroke,
        Self::Fill,
        Self::Width,
        Self::Opacity,
        Self::FontSize,
    ];

    /// Its name in the document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Stroke => "stroke",
            Self::Fill => "fill",
            Self::Width => "width",
            Self::Opacity => "opacity",
            Self::FontSize => "fontSize",
        }
    }

    /// The field of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Its position in a birth record.
    pub fn slot(self) -> Slot {
        match self {
            Self::Stroke => Slot::Stroke,
            Self::Fill => Slot::Fill,
            Self::Width => Slot::Width,
            Self::Opacity => Slot::Opacity,
            Self::FontSize => Slot::FontSize,
        }
    }
}

/// The effective style of an element. Every value is in range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Outline, ink and text colour.
    pub stroke: Color,
    /// Inside of closed shapes.
    pub fill: Color,
    /// Width of outline and ink, board units, 0.25 to 200.
    pub width: f64,
    /// 0 to 1.
    pub opacity: f64,
    /// Board units, 4 to 1000.
    pub font_size: f64,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            stroke: Color::INK,
            fill: Color::NONE,
            width: 2.0,
            opacity: 1.0,
            font_size: 20.0,
        }
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

    /// One field as the document stores it.
    pub fn get(&self, field: StyleField) -> Value {
        match field {
            StyleField::Stroke => Value::text(&self.stroke.to_text()),
            StyleField::Fill => Value::text(&self.fill.to_text()),
            StyleField::Width => Value::Number(self.width),
            StyleField::Opacity => Value::Number(self.opacity),
            StyleField::FontSize => Value::Number(self.font_size),
        }
    }

    /// Sets one field from the document; a value that makes no sense sets the default.
    pub fn set(&mut self, field: StyleField, value: &Value) {
        let default = Self::default();
        let color = |or: Color| value.as_text().and_then(Color::parse).unwrap_or(or);
        let number =
            |low: f64, high: f64, or: f64| value.number().map_or(or, |n| n.clamp(low, high));
        match field {
            StyleField::Stroke => self.stroke = color(default.stroke),
            StyleField::Fill => self.fill = color(default.fill),
            StyleField::Width => self.width = number(0.25, 200.0, default.width),
            StyleField::Opacity => self.opacity = number(0.0, 1.0, default.opacity),
            StyleField::FontSize => self.font_size = number(4.0, 1000.0, default.font_size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dark(text: &str) -> [u8; 3] {
        Color::parse(text).unwrap().in_theme(Theme::Dark).channels()
    }

    #[test]
    fn dark_turns_ink_to_near_white_and_paper_to_near_black() {
        assert!(dark("#1e1e1e").iter().all(|part| *part > 225));
        assert!(dark("#ffffff").iter().all(|part| *part < 30));
    }

    #[test]
    fn dark_keeps_the_hue_of_strong_colours_and_makes_them_glow() {
        let [r, g, b] = dark("#e03131");
        assert!(r > 230 && r > g + 100 && r > b + 100, "{r} {g} {b}");
        let [r, g, b] = dark("#1971c2");
        assert!(b > 230 && b > r + 100 && b > g + 40, "{r} {g} {b}");
    }

    #[test]
    fn dark_keeps_pale_fills_apart_from_the_board() {
        let paper = dark("#ffffff").map(i32::from);
        for fill in [
            "#ffc9c9", "#b2f2bb", "#a5d8ff", "#ffec99", "#ffd8a8", "#eebefa",
        ] {
            let apart: i32 = dark(fill)
                .iter()
                .zip(paper)
                .map(|(a, b)| (i32::from(*a) - b).abs())
                .sum();
            assert!(apart > 90, "{fill}: {apart}");
        }
    }

    #[test]
    fn colours_read_in_every_form_and_nonsense_in_none() {
        assert_eq!(Color::parse("#f80"), Some(Color(0xff88_00ff)));
        assert_eq!(Color::parse("#ff880080"), Some(Color(0xff88_0080)));
        assert_eq!(Color::parse("transparent"), Some(Color::NONE));
        for bad in ["", "#", "red", "#ff", "#gggggg", "#+12345", "#ééé"] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_colour_writes_what_it_reads(value: u32) {
            let color = Color(value);
            let read = Color::parse(&color.to_text()).unwrap();
            prop_assert!(read == color || (read.is_none() && color.is_none()));
            prop_assert_eq!(color.in_theme(Theme::Dark).0 & 0xff, value & 0xff);
        }

        #[test]
        fn oklab_and_back_is_the_same_colour(rgb: [u8; 3]) {
            let back = oklab::to_rgb(oklab::from_rgb(rgb));
            prop_assert!(rgb.iter().zip(back).all(|(a, b)| a.abs_diff(b) <= 1), "{rgb:?} {back:?}");
        }
    }
}
