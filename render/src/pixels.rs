//! A picture's file as pixels, as browsers show it: the first frame, photographs upright.
//!
//! Owns decoding, and how much of it there may be. Reads nothing but the bytes that it is given.

#[cfg(feature = "decoders")]
mod decoders;

use std::io::Cursor;

use board::picture::{Media, held, look_at_all};
use png::{ColorType, Decoder, Transformations};

/// Pixels, four bytes each: red, green, blue, and how opaque, not multiplied.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) data: Vec<[u8; 4]>,
}

/// What a file shows; `None` when it is damaged, or no picture of pixels.
pub(crate) fn decoded(file: &[u8]) -> Option<Pixels> {
    let picture = look_at_all(file).ok()?;
    let pixels = match picture.media {
        Media::Png => of_png(file),
        #[cfg(feature = "decoders")]
        Media::Jpeg => decoders::of_jpeg(file),
        #[cfg(feature = "decoders")]
        Media::Webp => decoders::of_webp(file),
        #[cfg(feature = "decoders")]
        Media::Gif => decoders::of_gif(file),
        #[cfg(not(feature = "decoders"))]
        Media::Jpeg | Media::Webp | Media::Gif => None,
        Media::Svg => None,
    }?;
    let upright = pixels.upright(held(file));
    let told = (picture.width as usize, picture.height as usize);
    // What it said it was is what was judged.
    ((upright.width, upright.height) == told).then_some(upright)
}

fn of_png(file: &[u8]) -> Option<Pixels> {
    let mut decoder = Decoder::new(Cursor::new(file));
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut buffer).ok()?;
    let data = match info.color_type {
        ColorType::GrayscaleAlpha => {
            let pairs = buffer.as_chunks::<2>().0.iter();
            pairs
                .map(|&[grey, alpha]| [grey, grey, grey, alpha])
                .collect()
        }
        _ => buffer.as_chunks::<4>().0.to_vec(),
    };
    Pixels::new(info.width as usize, info.height as usize, data)
}

impl Pixels {
    fn new(width: usize, height: usize, data: Vec<[u8; 4]>) -> Option<Self> {
        let whole = width.checked_mul(height) == Some(data.len()) && !data.is_empty();
        whole.then_some(Self {
            width,
            height,
            data,
        })
    }

    /// What was drawn of a drawing.
    #[cfg(feature = "svg")]
    pub(crate) fn of_drawing(drawn: &resvg::tiny_skia::Pixmap) -> Option<Self> {
        let data = drawn.pixels().iter().map(|pixel| {
            let pixel = pixel.demultiply();
            [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
        });
        Self::new(
            drawn.width() as usize,
            drawn.height() as usize,
            data.collect(),
        )
    }

    /// Turned and mirrored as Exif says.
    fn upright(self, held: u16) -> Self {
        let (w, h) = (self.width, self.height);
        let (width, height) = if (5..=8).contains(&held) {
            (h, w)
        } else {
            (w, h)
        };
        if !(2..=8).contains(&held) {
            return self;
        }
        let from = |x: usize, y: usize| match held {
            2 => (w - 1 - x, y),
            3 => (w - 1 - x, h - 1 - y),
            4 => (x, h - 1 - y),
            5 => (y, x),
            6 => (y, h - 1 - x),
            7 => (w - 1 - y, h - 1 - x),
            _ => (w - 1 - y, x),
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let at = |(x, y)| {
            let (x, y) = from(x, y);
            self.data.get(y * w + x).copied().unwrap_or_default()
        };
        Self {
            width,
            height,
            data: places.map(at).collect(),
        }
    }

    /// Half as large until it is less than twice as wide as it is shown, so that nothing falls between
    /// pixels.
    #[cfg(feature = "png")]
    pub(crate) fn shrunk(mut self, across: f64) -> Self {
        while self.width as f64 >= 2.0 * across.max(1.0) && self.width > 1 && self.height > 1 {
            self = self.halved();
        }
        self
    }

    #[cfg(feature = "png")]
    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let pixel = |x: usize, y: usize| self.data.get(y * self.width + x).copied();
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (2 * x, 2 * y)));
        let data = places.map(|(x, y)| {
            let four = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)];
            let four = four.map(|(x, y)| pixel(x, y).unwrap_or_default());
            // Of what is clear no colour is seen.
            let opaque: u32 = four.iter().map(|[.., a]| u32::from(*a)).sum();
            let mixed = |channel: fn(&[u8; 4]) -> u8| {
                let sum: u32 = four
                    .iter()
                    .map(|p| u32::from(channel(p)) * u32::from(p[3]))
                    .sum();
                sum.checked_div(opaque).unwrap_or_default() as u8
            };
            [
                mixed(|p| p[0]),
                mixed(|p| p[1]),
                mixed(|p| p[2]),
                (opaque / 4) as u8,
            ]
        });
        Self {
            width,
            height,
            data: data.collect(),
        }
    }
}
