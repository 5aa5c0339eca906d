//! Pictures of golden scenes as they are kept, beside the boards: the page's canvas is compared with the
//! same files (`tests/browser/alike.spec.ts`).
//!
//! `UPDATE_GOLDEN=1 cargo test -p render --test golden` rewrites them; look at them before committing.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::fs;
use std::io::Cursor;

use board::document::{Document, TextSplice, Write};
use board::element::image::Image;
use board::element::{Element, Kind};
use board::fields::Value;
use board::file::FileHash;
use board::geometry::Geometry;
use board::id::{ClientId, ElementId};
use board::links::LinkField;
use board::order::OrderKey;
use board::picture::look_at_all;
use board::style::{Style, StyleField, Theme};
use render::{Fonts, Work, png};
use scene::{Look, Part, Pictures};

/// SVG files on a board; the files are in a folder beside the others.
const DRAWINGS: &str = "drawings";
const SCENES: [&str; 12] = [
    DRAWINGS,
    "elbow",
    "ends",
    "finishes",
    "frames",
    "highlighter",
    "highlighter-dark",
    "images-dark",
    "ink",
    "labels",
    "notes-dark",
    "wrapped",
];
/// Processors round in their own ways: so far apart a channel may be, and so many of a thousand pixels
/// farther.
const NEAR: u8 = 8;
const PER_THOUSAND: usize = 1;

/// The files of boards, by their names.
fn files() -> Vec<Vec<u8>> {
    let folder = fs::read_dir("tests/golden/drawings").unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// All files, four to a row; then each again a part of which is shown, turned, mirrored, or seen through.
fn drawings() -> Document {
    let mut document = Document::new(ClientId::from_random(2));
    let files = files();
    let all: Vec<&Vec<u8>> = files.iter().chain(&files).collect();
    let mut random = || 7;
    let orders = OrderKey::spread(None, None, all.len(), &mut random);
    let mut writes = Vec::new();
    for ((nth, file), order) in all.iter().enumerate().zip(orders) {
        let (hash, picture) = (FileHash::of(file), look_at_all(file).unwrap());
        writes.push(Write::file(hash, &picture, file.len() as u64));
        let again = nth >= files.len();
        let (column, row) = ((nth % 7) as f64, (nth / 7) as f64);
        let geometry = Geometry {
            x: 20.0 + 180.0 * column,
            y: 20.0 + 150.0 * row,
            w: if again && nth % 3 == 0 { -160.0 } else { 160.0 },
            h: 120.0,
            angle: if again && nth % 2 == 0 { 0.3 } else { 0.0 },
        };
        let id = ElementId::from_random(nth as u128);
        let (style, kind) = (Style::default(), Kind::Image(Image));
        let mut image = Element::new(id, order, "".into(), geometry, style, kind);
        image
            .links
            .set(LinkField::File, &Value::text(&hash.to_string()));
        if again && nth % 4 < 2 {
            let part = Value::list([0.25, 0.1, 0.75, 0.9].map(Value::Number));
            image.style.set(StyleField::Crop, &part);
        }
        if again && nth % 5 == 0 {
            image.style.set(StyleField::Opacity, &Value::Number(0.5));
        }
        writes.push(Write::birth(&image));
    }
    document.commit(writes);
    document
}

/// A golden scene in which nothing is written that no font of ours has: browsers have other fonts for it.
fn board(name: &str) -> Document {
    if name == DRAWINGS {
        return drawings();
    }
    let path = format!("../wasm-client/tests/golden/{name}.update");
    let mut document = Document::new(ClientId::from_random(2));
    document.apply(&fs::read(path).unwrap()).unwrap();
    for element in document.elements() {
        let text = document.text(&element.id);
        let foreign = |letter: char| ('\u{2e80}'..).contains(&letter);
        if text.contains(foreign) {
            let splice = TextSplice {
                at: 0,
                deleted: text.encode_utf16().count() as u32,
                inserted: text.replace(foreign, "ō"),
            };
            document.splice_text(&element.id, &[splice]);
        }
    }
    document
}

fn painted(name: &str, document: &Document) -> Vec<u8> {
    let theme = match name.ends_with("-dark") {
        true => Theme::Dark,
        false => Theme::Light,
    };
    let look = Look {
        theme,
        transparent: false,
        unnamed: "Frame".into(),
    };
    let pictures = Pictures::of(document, look);
    let picture = pictures.paint(&Part::Whole, &mut |_| true).unwrap();
    let mut work = Work {
        fonts: &Fonts::default(),
        scale: 1.0,
        files: &|hash| files().into_iter().find(|file| FileHash::of(file) == *hash),
        go_on: &mut || true,
    };
    let made = png(&picture, &mut work).unwrap();
    assert!(made.missing.is_empty(), "{:?}", made.missing);
    assert_eq!(made.lacking.is_empty(), name != "images-dark", "{name}");
    made.bytes
}

fn pixels(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = ::png::Decoder::new(Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

#[test]
fn each_scene_looks_as_it_did() {
    for name in SCENES {
        let path = format!("tests/golden/{name}.png");
        let board = board(name);
        let made = painted(name, &board);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &made).unwrap();
            let state = board.replica().encode();
            fs::write(format!("tests/golden/{name}.update"), state).unwrap();
        }
        let ((width, height, kept), now) = (pixels(&fs::read(&path).unwrap()), pixels(&made));
        assert_eq!((width, height), (now.0, now.1), "{name}");
        let pairs = kept.as_chunks::<3>().0.iter().zip(now.2.as_chunks::<3>().0);
        let far = |(a, b): &(&[u8; 3], &[u8; 3])| {
            let mut channels = a.iter().zip(b.iter());
            channels.any(|(a, b)| a.abs_diff(*b) > NEAR)
        };
        let different = pairs.filter(far).count();
        let most = kept.len() / 3 * PER_THOUSAND / 1000;
        assert!(
            different <= most,
            "{name}: {different} pixels differ; if that is meant, run with UPDATE_GOLDEN=1"
        );
    }
}
