//! A picture's file as pixels, as browsers show it: the first frame, photographs upright.
//!
//! Owns decoding, and how much of it there may be. Reads nothing but the bytes that it is given.

use std::io::Cursor;

use board::picture::{Media, held, look_at_all};
use gif::{ColorOutput, DecodeOptions};
use image_webp::WebPDecoder;
use png::{ColorType, Decoder, Transformations};
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

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
        Media::Jpeg => of_jpeg(file),
        Media::Webp => of_webp(file),
        Media::Gif => of_gif(file),
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

fn of_jpeg(file: &[u8]) -> Option<Pixels> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder =
        JpegDecoder::new_with_options(zune_core::bytestream::ZCursor::new(file), options);
    let buffer = decoder.decode().ok()?;
    let info = decoder.info()?;
    let data = buffer.as_chunks::<4>().0.to_vec();
    Pixels::new(info.width.into(), info.height.into(), data)
}

fn of_webp(file: &[u8]) -> Option<Pixels> {
    let mut decoder = WebPDecoder::new(Cursor::new(file)).ok()?;
    let (width, height) = decoder.dimensions();
    let mut buffer = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut buffer).ok()?;
    let data = match decoder.has_alpha() {
        true => buffer.as_chunks::<4>().0.to_vec(),
        false => {
            let opaque = buffer.as_chunks::<3>().0.iter();
            opaque.map(|&[r, g, b]| [r, g, b, 255]).collect()
        }
    };
    Pixels::new(width as usize, height as usize, data)
}

fn of_gif(file: &[u8]) -> Option<Pixels> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let mut decoder = options.read_info(Cursor::new(file)).ok()?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let frame = decoder.read_next_frame().ok()??;
    let mut data = vec![[0; 4]; width.checked_mul(height)?];
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let across = usize::from(frame.width).max(1);
    let rows = frame.buffer.as_chunks::<4>().0.chunks(across);
    for (row, to) in rows.zip(data.chunks_mut(width).skip(top)) {
        let places = to.iter_mut().skip(left);
        places.zip(row).for_each(|(place, pixel)| *place = *pixel);
    }
    Pixels::new(width, height, data)
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
