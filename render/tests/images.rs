//! What becomes of pictures' files in files.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use board::display::{DisplayList, Op};
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
    made_of(&sheet(file, crop, size), file, 1.0, make)
}

fn made_of(picture: &Picture, file: &[u8], scale: f64, make: Make) -> Made {
    let mut work = Work {
        fonts: &Fonts::default(),
        scale,
        files: &|hash| (*hash == FileHash::of(file)).then(|| file.to_vec()),
        go_on: &mut || true,
    };
    make(picture, &mut work)
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
fn what_is_no_picture_is_a_box_and_is_listed() {
    let cut = png_file()[..60].to_vec();
    let liar = [&png_file()[..16], &[0, 0, 0, 3], &png_file()[20..]].concat();
    let shows_itself = b"<svg xmlns='http://www.w3.org/2000/svg'><use id='a' href='#a'/></svg>";
    for file in [&shows_itself[..], b"no picture at all", &cut, &liar, b""] {
        for make in &MAKES[..2] {
            let made = made(file, WHOLE, Size::new(40.0, 20.0), *make);
            assert!(made.lacking.contains(&FileHash::of(file)));
        }
    }
    let made = made(shows_itself, WHOLE, Size::new(40.0, 20.0), MAKES[2]);
    let text = String::from_utf8(made.bytes).unwrap();
    assert!(text.contains("href=\"data:image/gif;"));
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

/// Left half red, right half blue, on a sheet of 32 by 16.
fn drawing(inside: &str) -> Vec<u8> {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='32' height='16' viewBox='0 0 32 16'>\
         <path fill='red' d='M0 0h16v16H0z'/><path fill='blue' d='M16 0h16v16H16z'/>{inside}</svg>"
    )
    .into_bytes()
}

#[test]
fn drawings_are_shown_whole_cropped_turned_and_behind_clips() {
    let file = drawing("");
    for (size, scale) in [(Size::new(64.0, 32.0), 1.0), (Size::new(6.0, 4.0), 4.0)] {
        let shown = made_of(&sheet(&file, WHOLE, size), &file, scale, MAKES[0]);
        let (right, middle) = (
            (size.width * scale) as usize - 1,
            (size.height * scale) as usize / 2,
        );
        assert!(shown.lacking.is_empty());
        assert_eq!(color(&shown, 0, middle), RED);
        assert_eq!(color(&shown, right, middle), BLUE);
    }
    let right = Rect::new(0.5, 0.0, 1.0, 1.0);
    let shown = made(&file, right, Size::new(64.0, 32.0), MAKES[0]);
    assert_eq!(color(&shown, 0, 16), BLUE);

    let mut picture = sheet(&file, WHOLE, Size::new(16.0, 32.0));
    picture.list = DisplayList::new();
    let clip = Rect::new(0.0, 0.0, 16.0, 24.0);
    picture.list.path(&kurbo::Shape::to_path(&clip, 0.1));
    picture.list.op(Op::Clip, &[]);
    let quarter =
        kurbo::Affine::translate((16.0, 0.0)) * kurbo::Affine::rotate(std::f64::consts::FRAC_PI_2);
    picture.list.transform(quarter);
    picture
        .list
        .image(Rect::new(0.0, 0.0, 32.0, 16.0), WHOLE, &FileHash::of(&file));
    let shown = made_of(&picture, &file, 1.0, MAKES[0]);
    assert_eq!(color(&shown, 8, 4), RED);
    assert_eq!(color(&shown, 8, 20), BLUE);
    assert_eq!(
        color(&shown, 8, 28),
        [255; 3],
        "nothing is painted behind the clip"
    );
}

#[test]
fn words_of_drawings_are_set_in_the_fonts_of_the_page() {
    let text = |family: &str| {
        drawing(&format!(
            "<text y='14' font-size='16' font-family='{family}'>WI</text>"
        ))
    };
    let drawn = |family: &str| made(&text(family), WHOLE, Size::new(64.0, 32.0), MAKES[0]).bytes;
    let bare = made(&drawing(""), WHOLE, Size::new(64.0, 32.0), MAKES[0]).bytes;
    let (board, mono) = (drawn("Drawbridge Board"), drawn("monospace"));
    assert!(board != bare && mono != board);
    assert_eq!(
        drawn("Arial"),
        board,
        "a font of the system is never looked for"
    );
}

/// Everything in a drawing that could open what lies beside it.
fn asks(secret: &std::path::Path) -> Vec<Vec<u8>> {
    let absolute = secret.display().to_string();
    let up = "../".repeat(std::env::current_dir().unwrap().components().count());
    let relative = format!("{up}{}", absolute.trim_start_matches('/'));
    assert!(std::path::Path::new(&relative).exists());
    let link = "xmlns:xlink='http://www.w3.org/1999/xlink'";
    let mut asks = Vec::new();
    for address in [format!("file://{absolute}"), absolute, relative] {
        for inside in [
            format!("<image width='32' height='16' href='{address}'/>"),
            format!("<image {link} width='32' height='16' xlink:href='{address}'/>"),
            format!("<use href='{address}#a'/>"),
            format!(
                "<filter id='f'><feImage href='{address}'/></filter><path filter='url(#f)' d='M0 0h32v16z'/>"
            ),
            format!("<path style='fill:url({address})' d='M0 0h32v16H0z'/>"),
            format!("<style>@import url({address});path{{fill:url({address})}}</style>"),
            format!(
                "<style>@font-face{{font-family:a;src:url({address})}}</style><text y='9' font-family='a'>x</text>"
            ),
        ] {
            asks.push(drawing(&inside));
        }
        let svg = String::from_utf8(drawing("<text>&a;</text>")).unwrap();
        asks.push(format!("<!DOCTYPE svg [<!ENTITY a SYSTEM '{address}'>]>{svg}").into_bytes());
        asks.push(
            format!("<?xml-stylesheet href='{address}'?>{svg}")
                .replace("&a;", "")
                .into_bytes(),
        );
    }
    asks
}

/// Whether a page has pixels of a colour beside one another in it.
fn has_pixels(page: &[u8], color: [u8; 3]) -> bool {
    let mark = b"stream\n";
    let starts = (0..page.len()).filter(|at| page[*at..].starts_with(mark));
    starts.into_iter().any(|at| {
        let mut data = Vec::new();
        let mut stream = flate2::bufread::ZlibDecoder::new(&page[at + mark.len()..]);
        let _ = std::io::Read::read_to_end(&mut stream, &mut data);
        data.windows(24).any(|pixels| *pixels == color.repeat(8))
    })
}

#[test]
fn a_picture_on_disk_is_in_no_output() {
    const GREEN: [u8; 3] = [0, 255, 0];
    const SHADE: [u8; 3] = [10, 200, 60];
    let directory = tempfile::tempdir().unwrap();
    let secret = directory.path().canonicalize().unwrap().join("secret.png");
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 32, 16);
    encoder.set_color(::png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&SHADE.repeat(32 * 16)).unwrap();
    writer.finish().unwrap();
    std::fs::write(&secret, &bytes).unwrap();
    let within = BASE64.encode(&bytes);

    let own = format!("<image width='32' height='16' href='data:image/png;base64,{within}'/>");
    let shown = made(&drawing(&own), WHOLE, Size::new(32.0, 16.0), MAKES[0]);
    assert_eq!(
        color(&shown, 8, 8),
        GREEN,
        "pixels that are in the file itself are seen"
    );
    let page = made(&drawing(&own), WHOLE, Size::new(32.0, 16.0), MAKES[1]);
    assert!(has_pixels(&page.bytes, SHADE));

    for file in asks(&secret) {
        let text = String::from_utf8_lossy(&file);
        let shown = made(&file, WHOLE, Size::new(32.0, 16.0), MAKES[0]);
        for (x, y) in [(8, 8), (24, 8)] {
            assert_ne!(color(&shown, x, y), GREEN, "{text}");
        }
        for make in &MAKES[1..] {
            let shown = made(&file, WHOLE, Size::new(32.0, 16.0), *make);
            let out = String::from_utf8_lossy(&shown.bytes);
            assert!(!out.contains("secret") && !out.contains(&within), "{text}");
            assert!(!has_pixels(&shown.bytes, SHADE), "{text}");
            let carried = out
                .split("svg+xml;base64,")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let carried = carried.map(|carried| BASE64.decode(carried).unwrap());
            let carried = String::from_utf8(carried.unwrap_or_default()).unwrap();
            assert!(!carried.contains("secret"), "{text} became {carried}");
        }
    }
}
