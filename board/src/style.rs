//! How an element looks: colours and their dark side, and the fields of a style.
//!
//! Owns what a colour is; the fields are rows of the table in `fields.rs`. Knows no kind.

mod choices;
mod control;
mod fields;
mod oklab;
mod palette;
mod stored;

pub use choices::{Align, Contour, Dash, Family, FillStyle, Head, Route, VerticalAlign};
pub use control::{Control, Pick, Preset, Range};
pub use fields::{Details, MARK_WIDTHS, Style, StyleField};
pub use palette::{FILLS, MARKS, STROKES, Swatch, canvas, papers};

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

    /// The colour in which a theme shows it: what people are offered has a dark side made by hand, of
    /// all else the hue is kept and the lightness turned over.
    ///
    /// Lightness is that of Björn Ottosson's Oklab. The curve takes ink to near-white and paper
    /// to near-black, and keeps middle colours bright enough to glow on a dark board.
    pub fn in_theme(self, theme: Theme) -> Self {
        match theme {
            Theme::Light => self,
            Theme::Dark => palette::dark_of(self).unwrap_or_else(|| {
                let lab = oklab::from_rgb(self.channels());
                self.with_rgb(oklab::to_rgb(oklab::turned_over(lab)))
            }),
        }
    }

    /// The colour in which a theme shows words: darkened or lightened, hue kept, until its contrast to
    /// the canvas is 4.5, which WCAG 2 asks of text.
    pub fn for_words(self, theme: Theme) -> Self {
        self.apart(theme, WORDS_CONTRAST)
    }

    /// The colour in which a theme shows lines that fill an area: pale ones would be nearly unseen. A
    /// tint that is offered goes half of the way to its stroke; others are set apart from the canvas.
    pub fn for_lines(self, theme: Theme) -> Self {
        let known = palette::deepened(self, theme);
        known.unwrap_or_else(|| self.apart(theme, LINES_CONTRAST))
    }

    /// The colour in which a theme shows paper: in the dark, a tint that is offered has a
    /// side of its own, so that sheets do not look as if they lay in the shade.
    pub fn for_paper(self, theme: Theme) -> Self {
        let lit = match theme {
            Theme::Light => None,
            Theme::Dark => palette::dark_paper(self),
        };
        lit.unwrap_or_else(|| self.in_theme(theme))
    }

    fn apart(self, theme: Theme, least: f64) -> Self {
        let shown = self.in_theme(theme);
        let ground = canvas(theme);
        if contrast(shown, ground) >= least {
            return shown;
        }
        let lab = oklab::from_rgb(shown.channels());
        let at = |way: f64| shown.with_rgb(oklab::to_rgb(lab.towards_ink(way, theme)));
        let (mut too_little, mut enough) = (0.0, 1.0);
        for _ in 0..10 {
            let middle = (too_little + enough) / 2.0;
            if contrast(at(middle), ground) >= least {
                enough = middle;
            } else {
                too_little = middle;
            }
        }
        at(enough)
    }

    fn with_rgb(self, rgb: [u8; 3]) -> Self {
        let parts = rgb.into_iter();
        let rgb = parts.fold(0, |all, part| all << 8 | u32::from(part));
        Self(rgb << 8 | self.0 & 0xff)
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

/// Least contrast of words to the canvas.
const WORDS_CONTRAST: f64 = 4.5;
/// Least contrast of the lines of a hatching.
const LINES_CONTRAST: f64 = 2.2;

/// How well a colour stands out from another, 1 to 21, transparency aside (WCAG 2, contrast ratio).
pub fn contrast(one: Color, other: Color) -> f64 {
    let of = |color: Color| oklab::luminance(color.channels()) + 0.05;
    let (one, other) = (of(one), of(other));
    one.max(other) / one.min(other)
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
