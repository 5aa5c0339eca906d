//! What becomes of pictures' files in files.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use board::display::DisplayList;
use board::file::FileHash;
use board::picture::look_at_all;
use kurbo::{Rect, Size};
use render::{Fonts, Letters, Made, Work, pdf, png, svg};
use scene::Picture;

const RED: [u8; 3] = [255, 0, 0];
const BLUE: [u8; 3] = [0, 0, 255];

/// 32 by 16 pixels, red on the left and blue on the right.
fn jpeg() -> Vec<u8> {
    std::fs::read("tests/files/red-blue.jpg").unwrap()
}

/// The same as a camera writes it that was held in this way.
fn photograph(held: u16) -> Vec<u8> {
    let mut exif =
        b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend(held.to_be_bytes());
    exif.extend([0; 6]);
    let plain = jpeg();
    [&plain[..2], &exif, &plain[2..]].concat()
}

fn pixels() -> Vec<u8> {
    let row = [RED; 16].into_iter().chain([BLUE; 16]).flatten();
    row.cycle().take(32 * 16 * 3).collect()
}

fn png_file() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 32, 16);
    encoder.set_color(::png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels()).unwrap();
    writer.finish().unwrap();
    bytes
}

fn webp() -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut bytes);
    encoder
        .encode(&pixels(), 32, 16, image_webp::ColorType::Rgb8)
        .unwrap();
    bytes
}

fn gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let palette = [RED, BLUE].concat();
    let mut encoder = ::gif::Encoder::new(&mut bytes, 32, 16, &palette).unwrap();
    let row = [0; 16].into_iter().chain([1; 16]);
    let buffer: Vec<u8> = row.cycle().take(32 * 16).collect();
    let frame = ::gif::Frame {
        width: 32,
        height: 16,
        buffer: buffer.into(),
        ..::gif::Frame::default()
    };
    encoder.write_frame(&frame).unwrap();
    drop(encoder);
    bytes
}

/// A sheet of which the file takes all, or a part of the file does.
fn sheet(file: &[u8], crop: Rect, size: Size) -> Picture {
    let mut list = DisplayList::new();
    list.image(size.to_rect(), crop, &FileHash::of(file));
    Picture {
        size,
        list,
        ground: Some(board::style::Color(u32::MAX)),
    }
}

type Make = fn(&Picture, &mut Work<'_>) -> Made;

const MAKES: [Make; 3] = [
    |picture, work| png(picture, work).unwrap(),
    |picture, work| pdf(std::slice::from_ref(picture), work).unwrap(),
    |picture, work| svg(picture, Letters::Embedded, work).unwrap(),
];

fn made(file: &[u8], crop: Rect, size: Size, make: Make) -> Made {
    let mut work = Work {
        fonts: &Fonts::default(),
        scale: 1.0,
        files: &|hash| (*hash == FileHash::of(file)).then(|| file.to_vec()),
        go_on: &mut || true,
    };
    make(&sheet(file, crop, size), &mut work)
}

/// The colour at a place, each channel on or off.
fn color(made: &Made, x: usize, y: usize) -> [u8; 3] {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&made.bytes))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let pixel = pixels.as_chunks::<3>().0[y * info.width as usize + x];
    pixel.map(|channel| if channel > 127 { 255 } else { 0 })
}

const WHOLE: Rect = Rect::new(0.0, 0.0, 1.0, 1.0);

#[test]
fn pictures_are_shown_whole_cropped_and_small() {
    for file in [jpeg(), png_file(), webp(), gif()] {
        let media = look_at_all(&file).unwrap().media;
        for size in [Size::new(64.0, 32.0), Size::new(6.0, 4.0)] {
            let shown = made(&file, WHOLE, size, MAKES[0]);
            let (right, middle) = (size.width as usize - 1, size.height as usize / 2);
            assert_eq!(color(&shown, 0, middle), RED, "{media:?}");
            assert_eq!(color(&shown, right, middle), BLUE, "{media:?}");
            assert!(shown.lacking.is_empty());
        }
        let half = Rect::new(0.5, 0.25, 1.0, 0.75);
        let cropped = made(&file, half, Size::new(20.0, 20.0), MAKES[0]);
        assert_eq!([color(&cropped, 2, 10), color(&cropped, 18, 10)], [BLUE; 2]);
    }
}

#[test]
fn photographs_stand_upright() {
    // How it was held, and where red is then.
    for (held, red, blue) in [
        (1, (4, 8), (28, 8)),
        (2, (28, 8), (4, 8)),
        (3, (28, 8), (4, 8)),
        (4, (4, 8), (28, 8)),
        (5, (8, 4), (8, 28)),
        (6, (8, 4), (8, 28)),
        (7, (8, 28), (8, 4)),
        (8, (8, 28), (8, 4)),
    ] {
        let size = if held < 5 {
            Size::new(32.0, 16.0)
        } else {
            Size::new(16.0, 32.0)
        };
        let shown = made(&photograph(held), WHOLE, size, MAKES[0]);
        assert_eq!(color(&shown, red.0, red.1), RED, "held {held}");
        assert_eq!(color(&shown, blue.0, blue.1), BLUE, "held {held}");
    }
}

#[test]
fn files_go_along_in_pages_and_svgs() {
    for file in [jpeg(), photograph(6), png_file(), webp(), gif()] {
        for make in &MAKES[1..] {
            let made = made(&file, WHOLE, Size::new(40.0, 20.0), *make);
            let text = String::from_utf8_lossy(&made.bytes);
            assert!(made.lacking.is_empty());
            assert!(text.contains("/Subtype/Image") || text.contains("href=\"data:image/"));
        }
    }
}

#[test]
fn what_is_no_picture_is_a_box_and_is_listed_and_nothing_else_is_read() {
    let secret = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/hostname'/></svg>";
    let cut = png_file()[..60].to_vec();
    let liar = [&png_file()[..16], &[0, 0, 0, 3], &png_file()[20..]].concat();
    for file in [&secret[..], b"no picture at all", &cut, &liar, b""] {
        for make in &MAKES[..2] {
            let made = made(file, WHOLE, Size::new(40.0, 20.0), *make);
            assert!(made.lacking.contains(&FileHash::of(file)));
            assert!(!String::from_utf8_lossy(&made.bytes).contains("hostname"));
        }
    }
    let made = made(&secret[..], WHOLE, Size::new(40.0, 20.0), MAKES[2]);
    let text = String::from_utf8(made.bytes).unwrap();
    assert!(!text.contains("hostname") && text.contains("href=\"data:image/gif;"));
    assert_eq!(made.lacking.len(), 1);
}

#[test]
fn a_file_is_read_and_carried_once_however_often_it_is_shown() {
    let file = photograph(6);
    let size = Size::new(400.0, 20.0);
    let mut picture = sheet(&file, WHOLE, size);
    for i in 0..200 {
        let place = Rect::new(0.0, 0.0, 20.0, 20.0) + kurbo::Vec2::new(f64::from(i), 0.0);
        picture.list.image(place, WHOLE, &FileHash::of(&file));
    }
    for make in MAKES {
        let read = std::cell::Cell::new(0);
        let mut work = Work {
            fonts: &Fonts::default(),
            scale: 1.0,
            files: &|_| {
                read.set(read.get() + 1);
                Some(file.clone())
            },
            go_on: &mut || true,
        };
        let made = make(&picture, &mut work);
        assert!(read.get() <= 2, "once for each size: {}", read.get());
        let text = String::from_utf8_lossy(&made.bytes);
        let carried = text.matches("/Subtype/Image").count() + text.matches("data:image/").count();
        assert!(carried <= 1, "{carried}");
    }
}
