//! What is in the files that are made of boards. The boards are those of the golden scenes.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;

use board::display::command::Command;
use board::document::Document;
use board::id::ClientId;
use board::style::{Theme, canvas};
use flate2::read::ZlibDecoder;
use kurbo::Size;
use render::{Fonts, Letters, Made, Unmade, Work, pdf, png, svg};
use scene::{Look, Part, Picture, Pictures};

#[path = "../scenes/many.rs"]
mod many;

fn picture_of(bytes: &[u8], theme: Theme, transparent: bool) -> Picture {
    let mut document = Document::new(ClientId::from_random(2));
    document.apply(bytes).unwrap();
    let look = Look {
        theme,
        transparent,
        unnamed: "Frame".into(),
    };
    let pictures = Pictures::of(&document, look);
    pictures.paint(&Part::Whole, &mut |_| true).unwrap()
}

fn picture(name: &str) -> Picture {
    let path = format!("../wasm-client/tests/golden/{name}.update");
    picture_of(&fs::read(path).unwrap(), Theme::Light, false)
}

type Make = fn(&Picture, &mut Work<'_>) -> Result<Made, Unmade>;

const MAKES: [Make; 4] = [
    |picture, work| svg(picture, Letters::Embedded, work),
    |picture, work| svg(picture, Letters::Outlined, work),
    |picture, work| png(picture, work),
    |picture, work| pdf(std::slice::from_ref(picture), work),
];

fn made(picture: &Picture, scale: f64, make: Make) -> Result<Made, Unmade> {
    let mut work = Work {
        fonts: &Fonts::default(),
        scale,
        files: &|_| None,
        go_on: &mut || true,
    };
    make(picture, &mut work)
}

/// Width, height and pixels of four bytes.
fn decoded(bytes: &[u8]) -> (usize, usize, Vec<[u8; 4]>) {
    let mut decoder = ::png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(::png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let pixels = pixels.as_chunks::<4>().0.to_vec();
    (info.width as usize, info.height as usize, pixels)
}

/// Everything in a PDF that is compressed, one after the other, and all that is not.
fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let find = |from: usize| {
        let at = bytes[from..]
            .windows(7)
            .position(|word| word == b"stream\n");
        at.map(|at| from + at + 7)
    };
    let mut from = 0;
    while let Some(at) = find(from) {
        let mut content = Vec::new();
        if ZlibDecoder::new(&bytes[at..])
            .read_to_end(&mut content)
            .is_ok()
        {
            text.push_str(&String::from_utf8_lossy(&content));
        }
        from = at;
    }
    text
}

#[test]
fn a_png_has_the_pixels_that_are_asked_for_and_the_ground_of_its_theme() {
    let bytes = fs::read("../wasm-client/tests/golden/frames.update").unwrap();
    for (theme, transparent) in [
        (Theme::Light, false),
        (Theme::Dark, false),
        (Theme::Light, true),
    ] {
        let picture = picture_of(&bytes, theme, transparent);
        for scale in [1.0, 2.0] {
            let (width, height, pixels) = decoded(&made(&picture, scale, MAKES[2]).unwrap().bytes);
            let size = Size::new(width as f64, height as f64);
            assert_eq!(size, picture.size * scale);
            let ground = if transparent {
                [0; 4]
            } else {
                canvas(theme).0.to_be_bytes()
            };
            assert_eq!(pixels[0], ground);
            assert!(
                pixels.iter().any(|pixel| *pixel != ground),
                "something is drawn"
            );
        }
    }
}

#[test]
fn what_a_frame_clips_is_not_painted() {
    let picture = picture("frames");
    let (width, _, pixels) = decoded(&made(&picture, 1.0, MAKES[2]).unwrap().bytes);
    // A rectangle reaches out of the outer frame to the right, from 400 units on.
    let row = |x: usize| pixels[80 * width + x];
    assert_eq!(row(410), [0xff, 0xc9, 0xc9, 0xff]);
    assert_eq!(row(430), canvas(Theme::Light).0.to_be_bytes());
}

#[test]
fn what_is_marked_is_multiplied() {
    let picture = picture("highlighter");
    let (_, _, pixels) = decoded(&made(&picture, 2.0, MAKES[2]).unwrap().bytes);
    let darkest = pixels.iter().map(|[r, g, b, _]| r.max(g).max(b)).min();
    assert!(darkest < Some(&0x30), "words can be read through it");
    let text = unpacked(&made(&picture, 1.0, MAKES[3]).unwrap().bytes);
    assert!(text.contains("/BM/Multiply"), "in a PDF too");
}

#[test]
fn words_are_words_or_outlines() {
    let picture = picture("labels");
    let text = |make: Make| String::from_utf8(made(&picture, 1.0, make).unwrap().bytes).unwrap();
    let embedded = text(MAKES[0]);
    assert!(embedded.contains(">on its way</text>"));
    for family in ["Drawbridge Board", "Drawbridge Hand"] {
        let rule =
            format!("@font-face{{font-family:'{family}';src:url(data:font/woff2;base64,d09GMg");
        assert!(embedded.contains(&rule), "{family}");
    }
    assert!(
        !embedded.contains("Drawbridge Serif';src"),
        "nobody needs it"
    );
    let outlined = text(MAKES[1]);
    assert!(!outlined.contains("<text") && !outlined.contains("@font-face"));
    for text in [embedded, outlined] {
        assert!(
            !text.contains("http") || text.matches("http").count() == 1,
            "the name space alone"
        );
    }
}

/// What a reader of a PDF takes out of it, string by string.
fn read(bytes: &[u8]) -> Vec<String> {
    let text = unpacked(bytes);
    let code = |hex: &str| u16::from_str_radix(hex, 16).unwrap();
    let tables = text.split("beginbfchar").skip(1).map(|rest| {
        let rows = rest.split("endbfchar").next().unwrap().lines();
        let rows =
            rows.filter_map(|row| row.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
        let row = |(glyph, letters): (&str, &str)| {
            let units: Vec<u16> = (0..letters.len() / 4)
                .map(|i| code(&letters[4 * i..4 * i + 4]))
                .collect();
            (code(glyph), String::from_utf16(&units).unwrap())
        };
        rows.map(row).collect::<HashMap<u16, String>>()
    });
    let tables: Vec<_> = tables.collect();
    let shown = text.split("BT 0 Tr/f").skip(1).map(|rest| {
        let (font, rest) = rest.split_once(' ').unwrap();
        let string = rest
            .split_once(" Tm")
            .unwrap()
            .1
            .split("\nET")
            .next()
            .unwrap();
        let glyphs = literal(string);
        let glyphs = glyphs
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| u16::from_be_bytes(*pair));
        let table = &tables[font.parse::<usize>().unwrap()];
        glyphs.map(|glyph| table[&glyph].as_str()).collect()
    });
    shown.collect()
}

/// The bytes of the strings between numbers.
fn literal(text: &str) -> Vec<u8> {
    let (mut bytes, mut inside) = (Vec::new(), false);
    let mut rest = text.bytes().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'(' => inside = true,
            b')' => inside = false,
            b'\\' => {
                let mut octal = String::new();
                while octal.len() < 3 && rest.peek().is_some_and(u8::is_ascii_digit) {
                    octal.push(rest.next().unwrap().into());
                }
                let named = |letter: u8| match letter {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'f' => 12,
                    other => other,
                };
                let byte = u8::from_str_radix(&octal, 8);
                bytes.push(byte.unwrap_or_else(|_| named(rest.next().unwrap())));
            }
            byte if inside => bytes.push(byte),
            _ => {}
        }
    }
    bytes
}

#[test]
fn a_pdf_has_each_word_once_in_its_order() {
    for name in ["labels", "frames"] {
        let board = fs::read(format!("tests/golden/{name}.update")).unwrap();
        let picture = picture_of(&board, Theme::Light, false);
        let lines = picture.list.iter().filter_map(|command| match command {
            Command::Text(_, text) | Command::TextRtl(_, text) => Some(text),
            _ => None,
        });
        let painted: Vec<String> = lines.collect();
        let read = read(&made(&picture, 1.0, MAKES[3]).unwrap().bytes);
        assert_eq!(read.concat(), painted.concat());
        assert!(painted.len() >= 3);
    }
}

#[test]
fn a_pdf_has_subsets_of_its_fonts_and_no_images() {
    let bytes = made(&picture("labels"), 1.0, MAKES[3]).unwrap().bytes;
    let text = unpacked(&bytes);
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(!text.contains("/Subtype/Image"));
    assert_eq!(
        text.matches("/Subtype/Type0").count(),
        2,
        "two fonts, each once"
    );
    assert!(text.contains("/FontFile2") && text.contains("/ToUnicode"));
    // A font of which few letters are used is small.
    assert!(bytes.len() < 40_000, "{}", bytes.len());
}

#[test]
fn each_picture_is_a_page_and_none_is_longer_than_readers_take() {
    let mut work = Work {
        fonts: &Fonts::default(),
        scale: 1.0,
        files: &|_| None,
        go_on: &mut || true,
    };
    let mut long = picture("text");
    long.size = Size::new(100_000.0, 500.0);
    let made = pdf(&[picture("labels"), long, picture("frames")], &mut work).unwrap();
    let text = unpacked(&made.bytes);
    assert_eq!(text.matches("/MediaBox").count(), 3);
    assert!(text.contains("/MediaBox[0 0 14400 72]"), "{text:.300}");
}

#[test]
fn what_no_font_has_is_told_by_every_format() {
    let picture = picture("text");
    for make in MAKES {
        let missing = made(&picture, 1.0, make).unwrap().missing;
        assert!(
            missing.contains(&'漢') && !missing.contains(&'ž'),
            "{missing:?}"
        );
    }
    let mut fonts = Fonts::default();
    assert!(fonts.add(b"wOF2 and so on".to_vec()).is_err());
    assert!(fonts.add(Vec::new()).is_err());
}

#[test]
fn what_is_too_much_is_refused_and_what_takes_too_long_ends() {
    let picture = picture("finishes");
    let large = made(&picture, 64.0, MAKES[2]);
    assert!(matches!(large, Err(Unmade::Large(width, _)) if width > 4096));
    let board = picture_of(&many::bytes(400), Theme::Light, false);
    for make in MAKES {
        let mut asked = 0;
        let mut work = Work {
            fonts: &Fonts::default(),
            scale: 1.0,
            files: &|_| None,
            go_on: &mut || {
                asked += 1;
                asked < 3
            },
        };
        assert_eq!(make(&board, &mut work).err(), Some(Unmade::Long));
    }
}
