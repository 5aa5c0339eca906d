//! How large an SVG wants to be.
//!
//! Owns what may come before its root, and how the root's `width`, `height` and `viewBox` make a size in
//! CSS pixels. Reads nothing behind the root's tag.

use super::{Size, Unfit};

/// What a picture has that says nothing, as browsers have it.
const DEFAULT: (f64, f64) = (300.0, 150.0);

/// The size that the root says; `None` when more is needed.
pub(super) fn size(head: &[u8]) -> Result<Option<Size>, Unfit> {
    let error = str::from_utf8(head).err();
    let sound = error.map_or(head.len(), |error| error.valid_up_to());
    let text = str::from_utf8(head.get(..sound).unwrap_or_default()).unwrap_or_default();
    let read = match root(text.trim_start_matches('\u{feff}'))? {
        Some(rest) => Root::read(rest)?,
        None => None,
    };
    let Some(root) = read else {
        // A letter may be cut in two by the end of the head; elsewhere it is none.
        return match error.and_then(|error| error.error_len()) {
            Some(_) => Err(Unfit::Unknown),
            None => Ok(None),
        };
    };
    let (width, height) = root.size();
    // Whatever is too large for a number is too large for a picture.
    let pixels = |length: f64| length.round().clamp(1.0, 4e9) as u32;
    Ok(Some((pixels(width), pixels(height))))
}

/// What comes behind `<svg`; `None` when that is not in the text yet.
fn root(mut text: &str) -> Result<Option<&str>, Unfit> {
    loop {
        text = text.trim_start();
        let end = match text {
            _ if text.starts_with("<?") => "?>",
            _ if text.starts_with("<!--") => "-->",
            // Whoever declares entities in it brackets them.
            _ if text.starts_with("<!DOCTYPE") => match text.find(['[', '>']) {
                Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with('[')) => "]",
                _ => ">",
            },
            // The end of a list of entities.
            _ if text.starts_with('>') => ">",
            _ => {
                let Some(rest) = text.strip_prefix("<svg") else {
                    let may_become = "<svg".starts_with(text)
                        || "<!--".starts_with(text)
                        || "<!DOCTYPE".starts_with(text);
                    return if may_become {
                        Ok(None)
                    } else {
                        Err(Unfit::Unknown)
                    };
                };
                return match rest.chars().next() {
                    None => Ok(None),
                    Some(next) if next.is_whitespace() || "/>".contains(next) => Ok(Some(rest)),
                    Some(_) => Err(Unfit::Unknown),
                };
            }
        };
        let Some((_, rest)) = text.split_once(end) else {
            return Ok(None);
        };
        text = rest;
    }
}

/// What the root says of its size.
#[derive(Default)]
struct Root {
    width: Option<f64>,
    height: Option<f64>,
    view: Option<(f64, f64)>,
}

impl Root {
    /// Reads attributes up to the end of the tag; `None` when that is not in the text yet.
    fn read(mut text: &str) -> Result<Option<Self>, Unfit> {
        let mut root = Self::default();
        loop {
            text = text.trim_start();
            match text.chars().next() {
                None => return Ok(None),
                Some('/' | '>') => return Ok(Some(root)),
                Some(_) => {}
            }
            let Some((name, rest)) = text.split_once('=') else {
                return Ok(None);
            };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next() else {
                return Ok(None);
            };
            if !matches!(quote, '"' | '\'') || name.contains(['<', '>', '"', '\'']) {
                return Err(Unfit::Unknown);
            }
            let Some((value, rest)) = rest.split_at(1).1.split_once(quote) else {
                return Ok(None);
            };
            match name.trim_end() {
                "width" => root.width = length(value),
                "height" => root.height = length(value),
                "viewBox" => root.view = view(value),
                _ => {}
            }
            text = rest;
        }
    }

    fn size(&self) -> (f64, f64) {
        let (across, down) = self.view.unwrap_or(DEFAULT);
        match (self.width, self.height, self.view) {
            (Some(width), Some(height), _) => (width, height),
            (Some(width), None, Some(_)) => (width, width * down / across),
            (None, Some(height), Some(_)) => (height * across / down, height),
            (width, height, _) => (width.unwrap_or(across), height.unwrap_or(down)),
        }
    }
}

/// A length in CSS pixels; shares of something and lengths in letters say nothing.
fn length(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 6] = [
        ("px", 1.0),
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 96.0 / 25.4),
    ];
    let text = text.trim();
    let mut units = UNITS.into_iter();
    let found = units.find_map(|(unit, scale)| Some((text.strip_suffix(unit)?, scale)));
    let (number, scale) = found.unwrap_or((text, 1.0));
    positive(number.trim()).map(|number| number * scale)
}

fn view(text: &str) -> Option<(f64, f64)> {
    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
    let mut sizes = parts.filter(|part| !part.is_empty()).skip(2);
    Some((positive(sizes.next()?)?, positive(sizes.next()?)?))
}

/// A number above 0. The library's parser would bring ten kilobytes of tables into the engine, for digits
/// that rounding to pixels drops.
fn positive(text: &str) -> Option<f64> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i8>().ok()?),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut number = 0.0;
    for digit in whole.bytes().chain(part.bytes()) {
        number = number * 10.0 + f64::from(char::from(digit).to_digit(10)?);
    }
    let places = i32::from(exponent) - i32::try_from(part.len()).ok()?;
    for _ in 0..places.unsigned_abs().min(400) {
        number = if places < 0 {
            number / 10.0
        } else {
            number * 10.0
        };
    }
    (number.is_finite() && number > 0.0).then_some(number)
}
