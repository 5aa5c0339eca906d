//! What is drawn here as scenes of Excalidraw, and scenes that somebody has damaged.
//!
//! `UPDATE_GOLDEN=1 cargo test -p interchange --test it` rewrites the golden files; look at them, and
//! open them in Excalidraw, before committing.

use std::fs;
use std::path::Path;

use crate::support::{Board, corpus, elements, read, try_read};
use board::element::Element;
use board::record::Record;
use board::style::Style;
use interchange::{Loss, Losses};
use proptest::prelude::*;
use serde_json::Value as Json;

#[allow(dead_code, reason = "those in the dark are written as those in light")]
#[path = "../../../board/tests/scenes/all.rs"]
mod scenes;

/// A board of some elements, in the order in which they stand.
fn board(scene: Vec<Element>) -> Board {
    let mut board = Board::new();
    let records = scene.iter().enumerate().map(|(i, element)| {
        let mut placed = element.clone();
        placed.id = scenes::born(i);
        Record::of(&placed)
    });
    board.bear(records.collect());
    board
}

#[test]
fn the_golden_scenes_are_written_as_they_were() {
    // Of each kind one; outlines, ends and ink are thousands of numbers.
    let large = ["contours", "ends", "ink", "labels"];
    let scenes = scenes::all().into_iter();
    for (name, scene) in scenes.filter(|(name, _)| !large.contains(name)) {
        let written = board(scene).write();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let path = folder.join(format!("{name}.excalidraw"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &written.text).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == written.text,
            "{} is no longer written so",
            path.display()
        );
    }
}

#[test]
fn what_is_drawn_here_comes_back_where_it_was() {
    let number = |element: &Json, field: &str| element[field].as_f64().unwrap();
    for (name, scene) in scenes::all() {
        let first = board(scene).write();
        let second = Board::of(read(&first.text)).write();
        let (first, second) = (elements(&first.text), elements(&second.text));
        assert_eq!(first.len(), second.len(), "{name}");
        for (first, second) in first.iter().zip(&second) {
            for field in ["x", "y", "width", "height", "angle"] {
                let apart = (number(first, field) - number(second, field)).abs();
                assert!(apart <= 0.5, "{name}: {} {field} {apart}", first["id"]);
            }
            for field in ["id", "type", "strokeColor", "text", "groupIds", "frameId"] {
                assert_eq!(first[field], second[field], "{name}: {field}");
            }
        }
    }
}

#[test]
fn what_the_format_cannot_say_is_counted() {
    let mut all = Losses::default();
    for (_, scene) in scenes::all() {
        for (loss, _) in board(scene).write().losses.iter() {
            all.count(loss);
        }
    }
    for loss in [
        Loss::Note,
        Loss::Author,
        Loss::Outline,
        Loss::Highlighter,
        Loss::Head,
        Loss::Family,
    ] {
        assert!(all.of(loss) > 0, "{loss:?}");
    }
}

#[test]
fn no_two_losses_share_a_name() {
    for (i, loss) in Loss::ALL.into_iter().enumerate() {
        for other in Loss::ALL.into_iter().skip(i + 1) {
            assert!(loss.key() != other.key() && loss.words(2) != other.words(2));
        }
    }
}

#[test]
fn styles_are_told_by_fields_of_their_own() {
    // A look drawn by hand would be another there with each visit if its seed were not told.
    let scene = scenes::all()
        .into_iter()
        .find(|(name, _)| *name == "finishes")
        .unwrap()
        .1;
    assert!(
        scene
            .iter()
            .any(|element| element.style != Style::default())
    );
    let (first, second) = (board(scene.clone()).scene(), board(scene).scene());
    for (first, second) in first.iter().zip(&second) {
        assert_eq!(first["seed"], second["seed"]);
    }
}

/// A change to some bytes of a text.
#[derive(Debug, Clone)]
enum Damage {
    Put(usize, u8),
    Cut(usize, usize),
    Twice(usize, usize),
    Say(usize, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let words = prop::sample::select(vec![
        "null",
        "1e308",
        "-1e308",
        "1e999",
        "true",
        "[]",
        "{}",
        "\"\"",
        "-0.0",
        "[[]]",
        "0",
        "\"rectangle\"",
        "\"frame\"",
        "\"arrow\"",
        "9007199254740993",
        "\"a\"",
    ]);
    prop_oneof![
        1 => (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Put(at, byte)),
        1 => (any::<usize>(), 0..200usize).prop_map(|(at, long)| Damage::Cut(at, long)),
        1 => (any::<usize>(), 0..2000usize).prop_map(|(at, long)| Damage::Twice(at, long)),
        8 => (any::<usize>(), words).prop_map(|(at, word)| Damage::Say(at, word)),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for damage in damages {
        let end = bytes.len();
        match damage {
            Damage::Put(at, byte) => bytes[at % end] = *byte,
            Damage::Cut(at, long) => drop(bytes.drain(at % end..(at % end + long).min(end - 1))),
            Damage::Twice(at, long) => {
                let again = bytes[at % end..(at % end + long).min(end)].to_vec();
                bytes.splice(at % end..at % end, again);
            }
            // In place of a value: from behind a colon to the next comma.
            Damage::Say(at, word) => {
                let colon = (at % end..end)
                    .find(|at| bytes[*at] == b':' && bytes[*at + 1..].first() == Some(&b' '));
                let Some(colon) = colon else { continue };
                let comma = (colon..end).find(|at| matches!(bytes[*at], b',' | b'}'));
                bytes.splice(colon + 1..comma.unwrap_or(end), word.bytes());
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn damaged_scenes_are_refused_or_drawn(
        pick in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        let corpus = corpus();
        let (_, text) = pick.get(&corpus);
        if let Ok(bundle) = try_read(&damaged(text, &damages)) {
            let first = Board::of(bundle).write();
            let again = Board::of(read(&first.text)).write();
            prop_assert_eq!(elements(&first.text).len(), elements(&again.text).len());
        }
    }
}
