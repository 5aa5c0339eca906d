//! Values of an SVG's properties: colours, references, dashes, letters.
//!
//! Owns how they are written, and the nearest of ours to a family of fonts. Knows no part.

use board::style::{Color, Family};

use super::numbers::{Measure, length, numbers};
use crate::css;

/// What an area or a line is painted with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Paint {
    Color(Color),
    /// The colour of what is around it.
    Current,
    /// A gradient or a pattern.
    Other,
}

/// A colour; those that a style sheet may choose among are the first of them.
pub(super) fn color(text: &str) -> Option<Color> {
    let text = text.trim();
    for (function, nth) in [("light-dark(", 0), ("var(", 1)] {
        if let Some(inside) = text.strip_prefix(function) {
            let inside = inside.strip_suffix(')')?;
            return color(top_level(inside).nth(nth)?);
        }
    }
    css::color(text)
}

/// What commas separate, those within brackets aside.
fn top_level(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0i32;
    text.split(move |c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    })
}

pub(super) fn paint(text: &str) -> Option<Paint> {
    if text.eq_ignore_ascii_case("none") {
        return Some(Paint::Color(Color::NONE));
    }
    if text.eq_ignore_ascii_case("currentColor") {
        return Some(Paint::Current);
    }
    if text.starts_with("url(") || text.starts_with("context-") {
        return Some(Paint::Other);
    }
    color(text).map(Paint::Color)
}

/// The id that `url(#id)` means.
pub(super) fn reference(value: &str) -> Option<String> {
    let inside = value.strip_prefix("url(")?.strip_suffix(')')?;
    let inside = inside.trim_matches(|c: char| c.is_ascii_whitespace() || "'\"".contains(c));
    inside.strip_prefix('#').map(str::to_owned)
}

/// The longest piece of a dashed line, and how long all of its pattern is; `None` of a solid one.
pub(super) fn longest(value: &str) -> Option<(f64, f64)> {
    let pattern = numbers(&value.replace("px", ""))?;
    let gaps: f64 = pattern.iter().skip(1).step_by(2).sum();
    let on = pattern.iter().copied().step_by(2).fold(0.0, f64::max);
    let one = pattern.len() == 1 && on > 0.0;
    let all: f64 = pattern.iter().sum();
    (one || gaps > 0.0).then_some((on, all))
}

pub(super) fn font_size(text: &str, around: f64) -> Option<f64> {
    let named = [
        "xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large",
    ];
    let sizes = [9.0, 10.0, 13.0, 16.0, 18.0, 24.0, 32.0];
    let mut names = named.iter().zip(sizes);
    if let Some((_, size)) = names.find(|(name, _)| **name == text) {
        return Some(size);
    }
    let measure = Measure {
        whole: around,
        font_size: around,
    };
    length(text, measure)
}

/// The family of ours that is nearest to the first that is asked for, and whether it is another.
pub(super) fn family(list: &str) -> (Family, bool) {
    let wanted = list.split(',').next().unwrap_or_default();
    let wanted = wanted.trim_matches(|c: char| c.is_ascii_whitespace() || "'\"".contains(c));
    let wanted = wanted.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| wanted.contains(word));
    let generic = [
        "",
        "sans-serif",
        "serif",
        "monospace",
        "cursive",
        "system-ui",
        "ui-sans-serif",
    ];
    let own = generic.contains(&wanted.as_str()) || wanted.starts_with("drawbridge");
    let family = if has(&[
        "mono",
        "courier",
        "consol",
        "menlo",
        "cascadia",
        "code",
        "comic shanns",
    ]) {
        Family::Mono
    } else if has(&[
        "hand",
        "virgil",
        "excalifont",
        "comic",
        "cursive",
        "script",
        "marker",
        "shantell",
    ]) {
        Family::Hand
    } else if !wanted.contains("sans")
        && has(&[
            "serif", "times", "georgia", "garamond", "palatino", "cambria", "roman",
        ])
    {
        Family::Serif
    } else {
        Family::Rounded
    };
    (family, !own)
}
