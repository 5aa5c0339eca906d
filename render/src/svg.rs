//! A picture as an SVG that needs nothing else: words with the fonts that they need, or as outlines.
//!
//! Owns what is carried along. How a list is written, `board::svg` says.

#[cfg(feature = "svg")]
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use board::display::DisplayList;
use board::file::FileHash;
use board::picture::{Media, look_at_all};
use board::svg::{Along, svg_with};
use scene::Picture;

use crate::fonts::{Face, Fonts};
use crate::lean::lean;
use crate::line;
use crate::outlined::outlined;
use crate::work::{Files, Made, Turns, Unmade, Work};

/// A grey pixel.
const NOTHING: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAOvr6wAAACwAAAAAAQABAAACAkQBADs=";

/// What words are in an SVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// Words, which can be searched and changed, with the files of the fonts that have their letters.
    Embedded,
    /// Outlines, which look the same wherever fonts are not let in.
    Outlined,
}

/// A picture as an SVG.
///
/// # Errors
/// When it is too much, or it is told to stop.
pub fn svg(picture: &Picture, letters: Letters, work: &mut Work<'_>) -> Result<Made, Unmade> {
    let mut turns = Turns::new(work.go_on);
    let (list, style, missing) = match letters {
        Letters::Outlined => {
            let (list, missing) = outlined(&picture.list, work.fonts);
            (lean(&list), String::new(), missing)
        }
        Letters::Embedded => {
            let list = lean(&picture.list);
            let (style, missing) = embedded(&list, work.fonts);
            (list, style, missing)
        }
    };
    turns.take_all(&list)?;
    let lacking = RefCell::new(BTreeSet::new());
    let along = Along {
        style: &style,
        address: &|hash| address(work.files, hash, &lacking),
    };
    let text = svg_with(&list, picture.size.to_rect(), picture.ground, along);
    turns.ask()?;
    Ok(Made {
        bytes: text.into_bytes(),
        missing,
        lacking: lacking.into_inner(),
    })
}

/// A picture's file as an address that needs nothing else.
fn address(files: Files<'_>, hash: &FileHash, lacking: &RefCell<BTreeSet<FileHash>>) -> String {
    let file = files(hash).and_then(|file| {
        let media = look_at_all(&file).ok()?.media;
        let file = match media {
            Media::Svg => drawing(&file)?,
            _ => file,
        };
        Some((media, file))
    });
    match file {
        Some((media, file)) => {
            format!(
                "data:{};base64,{}",
                media.name(),
                BASE64_STANDARD.encode(file)
            )
        }
        None => {
            lacking.borrow_mut().insert(*hash);
            NOTHING.into()
        }
    }
}

/// An SVG in an SVG, which other programs open: with nothing in it but what may be.
#[cfg(feature = "svg")]
fn drawing(file: &[u8]) -> Option<Vec<u8>> {
    crate::drawing::clean(file).map(Cow::into_owned)
}

/// A page has its browser draw it.
#[cfg(not(feature = "svg"))]
fn drawing(_: &[u8]) -> Option<Vec<u8>> {
    None
}

/// The fonts that a list needs, as rules of style, and the characters that no font has.
fn embedded(list: &DisplayList, fonts: &Fonts) -> (String, BTreeSet<char>) {
    let mut missing = BTreeSet::new();
    let mut faces: BTreeMap<usize, (&Face, BTreeSet<char>)> = BTreeMap::new();
    line::each(list, |text, family, right_to_left| {
        let line = line::set(fonts, text, family, right_to_left);
        missing.extend(line.missing.iter().map(|(character, _)| *character));
        for run in &line.runs {
            let letters = run
                .glyphs
                .iter()
                .filter_map(|glyph| text.get(glyph.of.clone()));
            let letters = letters.flat_map(str::chars);
            faces
                .entry(run.face.number)
                .or_insert_with(|| (run.face, BTreeSet::new()))
                .1
                .extend(letters);
        }
    });
    let mut style = String::new();
    for (face, letters) in faces.values() {
        let codes = letters
            .iter()
            .map(|letter| format!("U+{:X}", u32::from(*letter)));
        let _ = write!(
            style,
            "@font-face{{font-family:'{}';src:url(data:font/woff2;base64,{}) format('woff2');unicode-range:{}}}",
            face.family,
            BASE64_STANDARD.encode(&face.file),
            codes.collect::<Vec<_>>().join(","),
        );
    }
    (style, missing)
}
