//! Boards as files.

use std::io::Write as _;

use board::document::{Document, TextSplice, Write};
use board::file::FileHash;
use board::id::ClientId;
use board::picture::look_at_all;
use interchange::archive::{Archive, read, write};
use interchange::{BundledFile, Refused, fresh};
use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use scene::Scene;

use crate::support::{Board, corpus};

const CIRCLE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><circle r="9"/></svg>"#;

fn file(bytes: &[u8]) -> BundledFile {
    BundledFile {
        hash: FileHash::of(bytes),
        picture: look_at_all(bytes).unwrap(),
        bytes: bytes.to_vec(),
    }
}

fn labels() -> Document {
    let text = corpus()
        .into_iter()
        .find(|(name, _)| name == "labels")
        .unwrap()
        .1;
    Board::of(crate::support::read(&text)).document
}

fn board() -> Archive {
    Archive {
        document: labels().replica().encode(),
        files: vec![file(CIRCLE.as_bytes())],
        exact: true,
        ..Archive::default()
    }
}

fn opened(archive: &Archive) -> Document {
    let mut document = Document::new(ClientId::from_random(9));
    document.apply(&archive.document).unwrap();
    document
}

/// Entries as an archive, whatever they are.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut zip = ZipArchiveWriter::new(&mut bytes);
    for (name, data) in entries {
        let file = zip
            .new_file(*name)
            .compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best());
        let mut writer = config.wrap(encoder);
        writer.write_all(data).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    zip.finish().unwrap();
    // The writer takes steps out of paths, so they are put in afterwards.
    while let Some(at) = bytes.windows(3).position(|at| at == b"%%/") {
        bytes[at..at + 2].copy_from_slice(b"..");
    }
    bytes
}

const MANIFEST: &[u8] = br#"{"type":"drawbridge","version":1}"#;

#[test]
fn a_board_comes_out_of_a_file_as_it_went_in() {
    let board = board();
    let bytes = write(&board);
    assert_eq!(read(&bytes).unwrap(), board);
    assert_eq!(write(&board), bytes, "the same board is the same bytes");
}

#[test]
fn what_was_deleted_stays_behind_unless_the_very_document_is_asked_for() {
    let mut document = labels();
    let scene = Scene::rebuild(&document);
    let labelled = scene
        .iter()
        .find(|node| node.element().is_labelled())
        .unwrap();
    let (secret, kept) = (labelled.element().id.clone(), scene.iter().count());
    drop(scene);
    let said = TextSplice {
        at: 0,
        deleted: 0,
        inserted: "the secret plan".into(),
    };
    document.splice_text(&secret, &[said]);
    document.commit(vec![Write::delete(&secret)]);
    let has = |bytes: &[u8]| bytes.windows(10).any(|at| at == b"secret pla");
    assert!(has(&document.replica().encode()), "a document remembers");
    let anew = fresh::anew(&document, &[], ClientId::from_random(5));
    assert!(!has(&anew.replica().encode()));
    let (before, after) = (Scene::rebuild(&document), Scene::rebuild(&anew));
    assert_eq!(after.iter().count(), kept - 1);
    for (before, after) in before.in_order().into_iter().zip(after.in_order()) {
        assert_eq!(before.element(), after.element());
    }
}

#[test]
fn a_board_that_is_made_anew_has_its_title_and_says_which_files_it_has() {
    let mut document = labels();
    document.commit(vec![Write::title("Plan for spring")]);
    let files = [file(CIRCLE.as_bytes())];
    let anew = fresh::anew(&document, &files, ClientId::from_random(5));
    assert_eq!(anew.title(), "Plan for spring");
    assert!(anew.has_file(&files[0].hash));
    let archive = Archive {
        document: anew.replica().encode(),
        ..Archive::default()
    };
    assert_eq!(
        opened(&read(&write(&archive)).unwrap()).title(),
        "Plan for spring"
    );
}

#[test]
fn an_svg_that_is_not_clean_is_left_out_and_counted_and_the_board_comes() {
    let mut archive = board();
    for inside in [
        "<script/>",
        "<image href=\"/etc/hostname\"/>",
        "<use id=\"a\" href=\"#a\"/>",
        "<g>",
    ] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\">{inside}</svg>"
        );
        archive.files.push(file(svg.as_bytes()));
    }
    let come = read(&write(&archive)).unwrap();
    assert_eq!(come.files, board().files);
    assert_eq!(come.document, archive.document);
    assert_eq!(
        come.losses.lines(),
        ["4 images of a kind that cannot be shown"]
    );
}

/// An entry of an archive.
type Entry<'a> = (&'a str, &'a [u8]);

fn refused(entries: &[Entry<'_>], expected: &Refused) {
    let names: Vec<&str> = entries.iter().map(|(name, _)| *name).collect();
    assert_eq!(read(&zip(entries)).unwrap_err(), *expected, "{names:?}");
}

#[test]
fn what_does_not_belong_there_is_refused() {
    let document = labels().replica().encode();
    let named = format!("files/{}", FileHash::of(CIRCLE.as_bytes()));
    let other = format!("files/{}", "0".repeat(64));
    let cases: [(Entry<'_>, Refused); 6] = [
        (("%%/etc/passwd", b"x"), Refused::Stray),
        (("files/", b""), Refused::Stray),
        (("files/%%/manifest.json", b"{}"), Refused::Stray),
        (("readme.txt", b"x"), Refused::Stray),
        ((&other, CIRCLE.as_bytes()), Refused::Broken("file")),
        ((&named, b"no picture"), Refused::Broken("file")),
    ];
    let board: [Entry<'_>; 2] = [("manifest.json", MANIFEST), ("document.yjs", &document)];
    let [manifest, content] = board;
    for (stray, expected) in cases {
        refused(&[manifest, content, stray], &expected);
    }
    assert!(read(&zip(&[manifest, content, (&named, CIRCLE.as_bytes())])).is_ok());
}

#[test]
fn what_is_no_whole_board_is_refused() {
    let manifest: Entry<'_> = ("manifest.json", MANIFEST);
    let newer: Entry<'_> = ("manifest.json", br#"{"type":"drawbridge","version":2}"#);
    refused(&[manifest, manifest], &Refused::Broken("file"));
    refused(&[manifest], &Refused::Broken("file"));
    refused(
        &[("document.yjs", b"")],
        &Refused::Foreign("Drawbridge file"),
    );
    refused(&[newer], &Refused::Newer(2));
    assert_eq!(read(b"PK no zip"), Err(Refused::Foreign("Drawbridge file")));
}

#[test]
fn what_swells_or_lies_about_its_size_is_refused() {
    let zeros = vec![0; 300 << 20];
    let bomb = zip(&[("manifest.json", MANIFEST), ("document.yjs", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(read(&bomb), Err(Refused::Large { .. })));
    drop(zeros);
    let whole = write(&board());
    // The sizes of an entry stand in its descriptor and in the directory.
    let directory = whole
        .windows(4)
        .rposition(|at| at == b"PK\x01\x02")
        .unwrap();
    for (at, size) in [(24, 1u32), (24, u32::MAX - 1), (20, 3), (20, u32::MAX - 1)] {
        let mut lying = whole.clone();
        lying[directory + at..directory + at + 4].copy_from_slice(&size.to_le_bytes());
        assert!(read(&lying).is_err(), "{at} {size}");
    }
}

proptest! {
    #[test]
    fn damaged_files_are_refused_or_read(at in any::<usize>(), byte: u8, cut in any::<usize>()) {
        let whole = write(&Archive { files: vec![file(CIRCLE.as_bytes())], document: vec![0, 0], ..Archive::default() });
        let mut bytes = whole.clone();
        bytes[at % whole.len()] = byte;
        let _ = read(&bytes);
        bytes.truncate(cut % whole.len());
        prop_assert!(read(&bytes).is_err());
    }
}
