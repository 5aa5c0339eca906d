//! The files of the page's fonts, by families, and for which characters the page asks for each.
//!
//! Owns their names and their order. Whether their bytes are in here, a feature decides: a page has them
//! already. Knows no glyph.

use std::ops::RangeInclusive;

/// A file by its name, and all of it where it is in here.
pub(super) type File = (&'static str, Option<&'static [u8]>);

#[cfg(feature = "fonts")]
macro_rules! file {
    ($name:literal) => {
        (
            $name,
            Some(include_bytes!(concat!("../../../web/src/fonts/", $name)) as &[u8]),
        )
    };
}
#[cfg(not(feature = "fonts"))]
macro_rules! file {
    ($name:literal) => {
        ($name, None)
    };
}

/// In which order browsers look: what a style sheet says last counts first.
pub(super) const ROUNDED: [File; 9] = [
    file!("m-plus-rounded-1c-latin-500-normal.woff2"),
    file!("m-plus-rounded-1c-latin-ext-500-normal.woff2"),
    file!("m-plus-rounded-1c-cyrillic-500-normal.woff2"),
    file!("m-plus-rounded-1c-cyrillic-ext-500-normal.woff2"),
    file!("m-plus-rounded-1c-greek-500-normal.woff2"),
    file!("m-plus-rounded-1c-greek-ext-500-normal.woff2"),
    file!("m-plus-rounded-1c-vietnamese-500-normal.woff2"),
    file!("m-plus-rounded-1c-hebrew-500-normal.woff2"),
    file!("m-plus-rounded-1c-symbols-500-normal.woff2"),
];
pub(super) const HAND: [File; 4] = [
    file!("families/family-hand-latin.woff2"),
    file!("families/family-hand-latin-ext.woff2"),
    file!("families/family-hand-cyrillic.woff2"),
    file!("families/family-hand-vietnamese.woff2"),
];
pub(super) const SERIF: [File; 5] = [
    file!("families/family-serif-latin.woff2"),
    file!("families/family-serif-latin-ext.woff2"),
    file!("families/family-serif-cyrillic.woff2"),
    file!("families/family-serif-greek.woff2"),
    file!("families/family-serif-vietnamese.woff2"),
];
pub(super) const MONO: [File; 5] = [
    file!("families/family-mono-latin.woff2"),
    file!("families/family-mono-latin-ext.woff2"),
    file!("families/family-mono-cyrillic.woff2"),
    file!("families/family-mono-greek.woff2"),
    file!("families/family-mono-vietnamese.woff2"),
];

/// The page's style sheets, which say what each file is asked for.
const SHEETS: [&str; 2] = [
    include_str!("../../../web/src/fonts/board-font.css"),
    include_str!("../../../web/src/fonts/families.css"),
];

/// For which characters a file is there. O(style sheets).
pub(super) fn characters(name: &str) -> Vec<RangeInclusive<u32>> {
    let rule = SHEETS.iter().find_map(|sheet| {
        let (_, behind) = sheet.split_once(&format!("{name}\""))?;
        let (_, ranges) = behind.split_once("unicode-range:")?;
        ranges.split_once(';')
    });
    let ranges = rule.map_or("", |(ranges, _)| ranges).split(',');
    let range = |range: &str| {
        let codes = range.trim().strip_prefix("U+")?;
        let (first, last) = codes.split_once('-').unwrap_or((codes, codes));
        let code = |digits: &str| u32::from_str_radix(digits, 16).ok();
        Some(code(first)?..=code(last)?)
    };
    ranges.filter_map(range).collect()
}
