//! Readers of the formats that browsers read as well: JPEG, WebP, GIF.
//!
//! Owns nothing else; what was read is judged by the parent.

use std::io::Cursor;

use gif::{ColorOutput, DecodeOptions};
use image_webp::WebPDecoder;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::Pixels;

pub(super) fn of_jpeg(file: &[u8]) -> Option<Pixels> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder =
        JpegDecoder::new_with_options(zune_core::bytestream::ZCursor::new(file), options);
    let buffer = decoder.decode().ok()?;
    let info = decoder.info()?;
    let data = buffer.as_chunks::<4>().0.to_vec();
    Pixels::new(info.width.into(), info.height.into(), data)
}

pub(super) fn of_webp(file: &[u8]) -> Option<Pixels> {
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

pub(super) fn of_gif(file: &[u8]) -> Option<Pixels> {
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
