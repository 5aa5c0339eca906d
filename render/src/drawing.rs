//! SVG files as pixels, drawn by resvg.
//!
//! Owns how one is read: cleaned, from its own bytes and the page's fonts and nothing else, and only when it
//! is not too much. Knows no format that it is drawn into.

mod cost;
mod letters;

use std::borrow::Cow;
use std::sync::Arc;

use board::picture::{Media, look_at_all};
use clean_svg::Shown;
use kurbo::{Affine, Rect};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{FontResolver, ImageHrefResolver, ImageKind, Options, Tree};

use self::cost::Cost;
pub(crate) use self::letters::{Letters, database};
use crate::fonts::Fonts;
use crate::work::MAX_PIXELS;

/// How much of a file is read: within these, reading takes half a second at most.
const MOST: Shown = Shown {
    elements: 50_000,
    letters: 4 << 20,
    words: 20_000,
    marks: 200_000,
    rules: 20_000,
    depth: 96,
};
/// Most looks of rules at elements, and of elements at what they are in.
const MOST_LOOKS: u64 = 5_000_000;
/// So often a drawing that takes long is drawn half as large instead.
const HALVES: i32 = 3;

/// What an SVG file shows.
#[derive(Debug)]
pub(crate) struct Drawing {
    tree: Tree,
}

/// Pixels of a drawing.
pub(crate) struct Drawn {
    /// Multiplied by how opaque they are.
    pub(crate) pixels: Pixmap,
    /// The space of these onto that in which it was to be drawn.
    pub(crate) place: Affine,
}

/// Whether a file is an SVG.
pub(crate) fn is_drawing(file: &[u8]) -> bool {
    look_at_all(file).is_ok_and(|picture| picture.media == Media::Svg)
}

/// An SVG file with nothing in it but what may be; `None` for any other file.
pub(crate) fn clean(file: &[u8]) -> Option<Cow<'_, [u8]>> {
    is_drawing(file)
        .then(|| clean_svg::clean(file).ok())
        .flatten()
}

impl Drawing {
    /// Reads a file; `None` when it is none, damaged, or too much.
    pub(crate) fn read(file: &[u8], fonts: &Fonts) -> Option<Self> {
        let clean = clean(file)?;
        let shown = clean_svg::shown(&clean).ok()?;
        let text = str::from_utf8(&clean).ok()?;
        if !is_modest(&shown) {
            return None;
        }
        let fonts = match text.contains("<text") {
            true => fonts.letters(),
            false => Arc::default(),
        };
        let tree = Tree::from_str(text, &options(fonts)).ok()?;
        Some(Self { tree })
    }

    /// Draws what is seen of it within a box, its whole mapped by a transform; `None` when that is too much.
    pub(crate) fn drawn(&self, to_place: Affine, seen: Rect) -> Option<Drawn> {
        (0..=HALVES).find_map(|halves| {
            let shrunk = Affine::scale(0.5_f64.powi(halves));
            let seen = shrunk.transform_rect_bbox(seen).expand();
            let to_pixels = Affine::translate(-seen.origin().to_vec2()) * shrunk * to_place;
            let pixels = self.pixels(to_pixels, seen.width(), seen.height())?;
            let place = shrunk.inverse() * Affine::translate(seen.origin().to_vec2());
            Some(Drawn { pixels, place })
        })
    }

    fn pixels(&self, to_pixels: Affine, width: f64, height: f64) -> Option<Pixmap> {
        if width * height > MAX_PIXELS as f64 {
            return None;
        }
        let coefficients = to_pixels.as_coeffs().map(|number| number as f32);
        let [a, b, c, d, e, f] = coefficients;
        let transform = Transform::from_row(a, b, c, d, e, f);
        Cost::new(width, height).within(&self.tree, transform)?;
        let mut pixels = Pixmap::new(width as u32, height as u32)?;
        resvg::render(&self.tree, transform, &mut pixels.as_mut());
        Some(pixels)
    }

    /// Width and height in its own units.
    pub(crate) fn size(&self) -> (f64, f64) {
        let size = self.tree.size();
        (size.width().into(), size.height().into())
    }
}

/// Whether a picture is read: what reading takes grows with these.
fn is_modest(shown: &Shown) -> bool {
    shown.elements <= MOST.elements
        && shown.letters <= MOST.letters
        && shown.words <= MOST.words
        && shown.marks <= MOST.marks
        && shown.rules <= MOST.rules
        && shown.depth <= MOST.depth
        && shown.elements.saturating_mul(shown.rules + shown.depth) <= MOST_LOOKS
}

/// Nothing is read but what is in the file: by themselves these options would open what it names.
fn options(fonts: Arc<Database>) -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, data, _| pixels_within(data)),
            resolve_string: Box::new(|_, _| None),
        },
        font_resolver: FontResolver {
            select_font: Box::new(|font, fonts| letters::choose(font, fonts)),
            select_fallback: Box::new(|letter, tried, fonts| letters::find(letter, tried, fonts)),
        },
        font_family: letters::USUAL.into(),
        fontdb: fonts,
        ..Options::default()
    }
}

/// Pixels that a picture has in it, by what their bytes are.
fn pixels_within(data: Arc<Vec<u8>>) -> Option<ImageKind> {
    let picture = look_at_all(&data).ok()?;
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    match picture.media {
        _ if pixels > MAX_PIXELS => None,
        Media::Png => Some(ImageKind::PNG(data)),
        Media::Jpeg => Some(ImageKind::JPEG(data)),
        Media::Gif => Some(ImageKind::GIF(data)),
        Media::Webp => Some(ImageKind::WEBP(data)),
        Media::Svg => None,
    }
}

#[cfg(test)]
mod tests;
