//! Properties that boards have nothing like: where one of them is set, nearest is not near.
//!
//! Owns which these are, and what of each shows nothing. Knows no part.

use super::not_ours::NotOurs;
use super::numbers::{Measure, length};

/// What changes how letters are set.
const SETTING: [&str; 6] = [
    "letter-spacing",
    "word-spacing",
    "text-transform",
    "font-variant",
    "font-variant-caps",
    "direction",
];
/// Nobody sees so much more or less room between letters, font sizes.
const LITTLE: f64 = 0.05;
/// Where a shape is, which programs say by attributes and style sheets may say too.
const PLACES: [&str; 10] = [
    "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "d",
];

/// Which of the properties of letters are set to what boards lack; letters have them from what is around.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting([bool; SETTING.len()]);

impl Setting {
    /// Takes one property.
    pub(super) fn take(&mut self, name: &str, value: &str, font_size: f64) {
        let place = SETTING.iter().position(|known| *known == name);
        let Some(is_set) = place.and_then(|place| self.0.get_mut(place)) else {
            return;
        };
        let measure = Measure {
            whole: font_size,
            font_size,
        };
        *is_set = match length(value, measure) {
            Some(room) => room.abs() > LITTLE * font_size,
            None => !matches!(value, "normal" | "none" | "ltr"),
        };
    }

    /// Whether letters look as boards set them.
    pub(super) fn is_plain(&self) -> bool {
        !self.0.contains(&true)
    }
}

/// What a declaration of a style sheet says that is followed by nobody here.
pub(super) fn judge(name: &str) -> Result<(), NotOurs> {
    match name {
        // Whoever names a value means to use it.
        _ if name.starts_with("--") => Err(NotOurs::Paint),
        _ if PLACES.contains(&name) => Err(NotOurs::Sheet),
        _ => Ok(()),
    }
}

/// A colour that a browser may know and nobody here; what is no colour for anybody is passed over, and so is
/// what stands beside a colour for those that know no other space.
pub(super) fn is_unread(value: &str) -> bool {
    value.contains('(') && !value.starts_with("color(")
}
