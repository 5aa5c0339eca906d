//! Pictures of golden scenes as they are kept, beside the boards: the page's canvas is compared with the
//! same files (`tests/browser/alike.spec.ts`).
//!
//! `UPDATE_GOLDEN=1 cargo test -p render --test golden` rewrites them; look at them before committing.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::fs;
use std::io::Cursor;

use board::document::{Document, TextSplice};
use board::id::ClientId;
use board::style::Theme;
use render::{Fonts, Work, png};
use scene::{Look, Part, Pictures};

const SCENES: [&str; 11] = [
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

/// A golden scene in which nothing is written that no font of ours has: browsers have other fonts for it.
fn board(name: &str) -> Document {
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
        files: &|_| None,
        go_on: &mut || true,
    };
    let made = png(&picture, &mut work).unwrap();
    assert!(made.missing.is_empty(), "{:?}", made.missing);
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
