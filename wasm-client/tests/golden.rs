//! The words of which an engine paints the golden scenes: a board of each, and what stands for the words.
//!
//! The page's engine is given the same boards in Node and has to paint the same words
//! (`tests/conformance/golden.test.mjs`). `UPDATE_GOLDEN=1 cargo test -p wasm-client --test golden`
//! rewrites both files.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use board::document::{Document, Write};
use board::element::Element;
use board::file::FileHash;
use board::id::ClientId;
use board::order::OrderKey;
use wasm_client::boundary::Config;
use wasm_client::editor::Editor;

#[path = "../../board/tests/scenes/all.rs"]
mod scenes;

/// As large as all scenes are, CSS pixels.
const WINDOW: (f64, f64) = (1600.0, 1200.0);

fn golden(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    folder.join(name)
}

/// A board on which the elements of a scene lie above each other in their order.
fn board(scene: &[Element]) -> Vec<u8> {
    let mut document = Document::new(ClientId::from_random(1));
    let mut below: Option<OrderKey> = None;
    let placed = scene.iter().enumerate().map(|(i, element)| {
        let mut placed = element.clone();
        placed.id = scenes::born(i);
        placed.order = OrderKey::between(below.as_ref(), None, 7);
        below = Some(placed.order.clone());
        placed
    });
    let placed: Vec<Element> = placed.collect();
    let births = placed.iter().map(Write::birth).collect();
    let words: Vec<_> = placed
        .iter()
        .filter_map(|element| Some((&element.id, element.text()?)))
        .collect();
    document.commit_with_texts(births, &words);
    document.replica().encode()
}

/// What an engine paints of a board: the words of all tiles, in their order.
fn painted(state: &[u8], dark: bool) -> Vec<u8> {
    let mut editor = Editor::new(&Config {
        seed: "5".repeat(32),
        browser: "browser".into(),
        name: "page".into(),
        color: "#3b7bf6".into(),
        dark,
        fingers_draw: None,
    });
    editor.resize(WINDOW.0, WINDOW.1, 1.0);
    editor.load(state).expect("a board");
    let tiles = editor.paint().tiles;
    let words = tiles.iter().flat_map(|tile| tile.list.words());
    words.flat_map(|word| word.to_le_bytes()).collect()
}

#[test]
fn the_golden_scenes_are_painted_by_the_words_that_are_kept() {
    let light = scenes::all().into_iter().map(|scene| (scene, false));
    let dark = scenes::dark().into_iter().map(|scene| (scene, true));
    let mut lines = String::new();
    for ((name, scene), dark) in light.chain(dark) {
        let state = board(&scene);
        let kept = golden(&format!("{name}.update"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&kept, &state).expect("it can be written");
        }
        assert!(
            fs::read(&kept).is_ok_and(|kept| kept == state),
            "the board of {name} is another; if that is meant, run with UPDATE_GOLDEN=1"
        );
        let words = painted(&state, dark);
        assert!(words.len() > 400, "{name} is in view");
        let theme = if dark { "dark" } else { "light" };
        let _ = writeln!(lines, "{name} {theme} {}", FileHash::of(&words));
    }
    let kept = golden("words.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&kept, &lines).expect("it can be written");
    }
    assert_eq!(lines, fs::read_to_string(&kept).unwrap_or_default());
}
