//! How looks are called there and here.
//!
//! Owns the tables between both; what has no equal there has its nearest. Knows no element.

use board::style::{Align, Dash, Family, FillStyle, Head, VerticalAlign};
use serde_json::Value as Json;

/// A name there and what it is here. Of several with the same meaning the first is written.
type Names<T> = [(&'static str, T)];

pub(crate) const DASHES: &Names<Dash> = &[
    ("solid", Dash::Solid),
    ("dashed", Dash::Dashed),
    ("dotted", Dash::Dotted),
];

pub(crate) const FILL_STYLES: &Names<FillStyle> = &[
    ("solid", FillStyle::Solid),
    ("hachure", FillStyle::Hatched),
    ("cross-hatch", FillStyle::Crossed),
    ("zigzag", FillStyle::Zigzag),
    ("zigzag-line", FillStyle::Zigzag),
    ("dashed", FillStyle::Hatched),
    ("dots", FillStyle::Crossed),
];

pub(crate) const ALIGNS: &Names<Align> = &[
    ("left", Align::Left),
    ("center", Align::Center),
    ("right", Align::Right),
    ("start", Align::Left),
    ("end", Align::Right),
];

pub(crate) const VERTICAL_ALIGNS: &Names<VerticalAlign> = &[
    ("top", VerticalAlign::Top),
    ("middle", VerticalAlign::Middle),
    ("bottom", VerticalAlign::Bottom),
];

pub(crate) const HEADS: &Names<Head> = &[
    ("arrow", Head::Arrow),
    ("bar", Head::Bar),
    ("circle", Head::Circle),
    ("dot", Head::Circle),
    ("circle_outline", Head::CircleOutline),
    ("triangle", Head::Triangle),
    ("triangle_outline", Head::TriangleOutline),
    ("diamond", Head::Diamond),
    ("diamond_outline", Head::DiamondOutline),
    ("crowfoot_one", Head::One),
    ("crowfoot_many", Head::Many),
    ("crowfoot_one_or_many", Head::OneOrMany),
    ("cardinality_one", Head::One),
    ("cardinality_many", Head::Many),
    ("cardinality_one_or_many", Head::OneOrMany),
    ("cardinality_exactly_one", Head::ExactlyOne),
    ("cardinality_zero_or_one", Head::ZeroOrOne),
    ("cardinality_zero_or_many", Head::ZeroOrMany),
];

/// Fonts there by their numbers. The newest of each family is the first.
const FAMILIES: [(u64, Family); 9] = [
    (5, Family::Hand),
    (6, Family::Rounded),
    (8, Family::Mono),
    (1, Family::Hand),
    (2, Family::Rounded),
    (3, Family::Mono),
    (7, Family::Rounded),
    (9, Family::Rounded),
    (10, Family::Rounded),
];

/// What a name there is here.
pub(crate) fn read<T: Copy>(names: &Names<T>, name: &Json) -> Option<T> {
    let name = name.as_str()?;
    let row = names.iter().find(|(own, _)| *own == name);
    row.map(|(_, value)| *value)
}

/// What a value is called there, if it has a name.
pub(crate) fn name<T: Copy + PartialEq>(names: &Names<T>, value: T) -> Option<&'static str> {
    let row = names.iter().find(|(_, own)| *own == value);
    row.map(|(name, _)| *name)
}

/// A font there.
pub(crate) fn family(number: &Json) -> Family {
    let number = number.as_u64();
    let row = FAMILIES.iter().find(|(own, _)| Some(*own) == number);
    row.map_or(Family::Hand, |(_, family)| *family)
}

/// Its number there; a family with serifs has none, and the plainest stands for it.
pub(crate) fn font(family: Family) -> u64 {
    let row = FAMILIES.iter().find(|(_, own)| *own == family);
    row.map_or(6, |(number, _)| *number)
}

/// The distance of lines of a font there, when an element does not say it.
pub(crate) fn line_height(number: &Json) -> f64 {
    match number.as_u64() {
        Some(2 | 7 | 9) => 1.15,
        Some(3) => 1.2,
        _ => 1.25,
    }
}

/// The number of a font that old files name.
pub(crate) fn font_named(name: &str) -> u64 {
    match name {
        "Helvetica" => 2,
        "Cascadia" => 3,
        "Excalifont" => 5,
        "Nunito" => 6,
        "Lilita" => 7,
        "Comic" => 8,
        _ => 1,
    }
}
