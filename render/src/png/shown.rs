//! Pictures' files on a sheet of pixels.
//!
//! Owns which of their pixels there are: those that were decoded, by the sizes that they are shown in, and
//! what was read of drawings, which are drawn anew wherever they are. Knows nothing else on the sheet.

use std::collections::HashMap;
use std::sync::Arc;

use board::file::FileHash;
use kurbo::{Affine, Rect};
use vello_cpu::Pixmap;

use crate::canvas::Image;
#[cfg(feature = "svg")]
use crate::drawing::{Drawing, is_drawing};
use crate::pixels::{Pixels, decoded};

/// What is seen of a picture.
pub(super) enum Seen {
    /// These pixels, mapped by this onto where the picture is.
    Pixels(Arc<Pixmap>, Affine),
    /// Nothing: it is beside the sheet.
    Outside,
    /// Nothing: it cannot be shown.
    Unfit,
}

/// The files that were seen.
#[derive(Default)]
pub(super) struct Shown {
    pixels: HashMap<(FileHash, i32), Option<Arc<Pixmap>>>,
    #[cfg(feature = "svg")]
    drawings: HashMap<FileHash, Option<Drawing>>,
}

impl Shown {
    /// Has the pixels of a picture whose space is mapped onto a sheet.
    pub(super) fn see(&mut self, image: &Image<'_>, transform: Affine, sheet: Rect) -> Seen {
        #[cfg(feature = "svg")]
        if let Some(drawing) = self.drawings.get(&image.hash) {
            return drawn(drawing.as_ref(), image, transform, sheet);
        }
        let whole = image.whole();
        let [a, b, ..] = transform.as_coeffs();
        let across = whole.width() * a.hypot(b);
        // Four for each power of two, however many sizes it is shown in.
        let size = (4.0 * across.max(1.0).log2()).floor() as i32;
        let largest = (f64::from(size + 1) / 4.0).exp2();
        let key = (image.hash, size);
        if !self.pixels.contains_key(&key) {
            let file = (image.file)();
            #[cfg(feature = "svg")]
            if let Some(file) = file.as_ref().filter(|file| is_drawing(file)) {
                let drawing = self.drawings.entry(image.hash);
                let drawing = drawing.or_insert_with(|| Drawing::read(file, image.fonts));
                return drawn(drawing.as_ref(), image, transform, sheet);
            }
            let pixels = file.and_then(|file| decoded(&file));
            let pixels = pixels.and_then(|pixels| pixmap(&pixels.shrunk(largest)));
            self.pixels.insert(key, pixels);
        }
        let Some(pixmap) = self.pixels.get(&key).cloned().flatten() else {
            return Seen::Unfit;
        };
        let (width, height) = (f64::from(pixmap.width()), f64::from(pixmap.height()));
        let to_place = onto(width, height, whole);
        Seen::Pixels(pixmap, to_place)
    }
}

/// A box of some size onto another.
fn onto(width: f64, height: f64, place: Rect) -> Affine {
    Affine::translate(place.origin().to_vec2())
        * Affine::scale_non_uniform(place.width() / width, place.height() / height)
}

/// A drawing's pixels are those of the sheet: nothing is scaled or turned once it is drawn.
#[cfg(feature = "svg")]
fn drawn(drawing: Option<&Drawing>, image: &Image<'_>, transform: Affine, sheet: Rect) -> Seen {
    let Some(drawing) = drawing else {
        return Seen::Unfit;
    };
    let seen = transform.transform_rect_bbox(image.place).inset(1.0);
    let seen = seen.intersect(sheet);
    if !(seen.area() > 0.0 && transform.determinant().abs() > 0.0) {
        return Seen::Outside;
    }
    let (width, height) = drawing.size();
    let to_sheet = transform * onto(width, height, image.whole());
    let pixels = drawing.drawn(to_sheet, seen).and_then(|drawn| {
        let pixmap = Pixels::of_drawing(&drawn.pixels).and_then(|pixels| pixmap(&pixels))?;
        Some(Seen::Pixels(pixmap, transform.inverse() * drawn.place))
    });
    pixels.unwrap_or(Seen::Unfit)
}

/// Pixels as vello has them, multiplied; `None` for more than it takes.
fn pixmap(of: &Pixels) -> Option<Arc<Pixmap>> {
    let mut pixmap = Pixmap::new(
        u16::try_from(of.width).ok()?,
        u16::try_from(of.height).ok()?,
    );
    let places = pixmap.data_mut().iter_mut();
    for (place, [r, g, b, a]) in places.zip(&of.data) {
        let multiplied = |channel: &u8| ((u16::from(*channel) * u16::from(*a) + 127) / 255) as u8;
        (place.r, place.g, place.b, place.a) = (multiplied(r), multiplied(g), multiplied(b), *a);
    }
    pixmap.recompute_may_have_transparency();
    Some(Arc::new(pixmap))
}
