//! `drawbridge convert`, as people and scripts run it.

#![cfg(test)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;

fn corpus(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../interchange/tests/corpus");
    folder.join(name).with_extension("excalidraw")
}

/// Runs it with what stands on its input.
fn convert(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
        .arg("convert")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have ended without reading.
    drop(child.stdin.take().unwrap().write_all(input));
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn elements(scene: &[u8]) -> Vec<Json> {
    let scene: Json = serde_json::from_slice(scene).unwrap();
    scene["elements"].as_array().unwrap().clone()
}

#[test]
fn a_scene_becomes_a_board_and_that_the_scene_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for name in ["arrows", "groups", "images", "labels"] {
        let scene = corpus(name);
        let (board, back) = (path("a.drawbridge"), path("b.excalidraw"));
        let first = convert(&[&scene.to_string_lossy(), &board], b"");
        assert!(first.status.success(), "{}", said(&first));
        let second = convert(&[&board, &back], b"");
        assert!(second.status.success(), "{}", said(&second));
        let ids = |scene: &[u8]| -> Vec<Json> {
            elements(scene)
                .iter()
                .map(|element| element["id"].clone())
                .collect()
        };
        let (came, went) = (fs::read(&scene).unwrap(), fs::read(&back).unwrap());
        assert_eq!(ids(&came), ids(&went), "{name}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "nothing lies about: {left:?}");
}

#[test]
fn streams_are_named_by_a_dash_and_formats_by_flags_or_bytes() {
    let scene = fs::read(corpus("shapes")).unwrap();
    let board = convert(&["-", "-", "--to", "drawbridge"], &scene);
    assert!(board.status.success(), "{}", said(&board));
    assert!(board.stdout.starts_with(b"PK"));
    let back = convert(
        &["-", "-", "--from", "drawbridge", "--to", "excalidraw"],
        &board.stdout,
    );
    assert_eq!(elements(&back.stdout).len(), elements(&scene).len());
}

#[test]
fn what_is_lost_is_listed_beside_the_file() {
    let scene = fs::read(corpus("oddities")).unwrap();
    let output = convert(&["-", "-", "--to", "excalidraw"], &scene);
    assert!(output.status.success());
    for line in [
        "3 malformed, left out",
        "2 embedded pages",
        "1 of an unknown type",
    ] {
        assert!(said(&output).contains(line), "{}", said(&output));
    }
    assert!(
        !elements(&output.stdout).is_empty(),
        "the list is not among the file"
    );
}

#[test]
fn what_cannot_be_read_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("kept.drawbridge");
    fs::write(&target, "what was there").unwrap();
    let target = target.to_string_lossy().into_owned();
    let cases: [(&[&str], &[u8], i32, &str); 6] = [
        (
            &["-", &target],
            b"hello",
            1,
            "cannot tell what the input is",
        ),
        (&["-", &target], b"{\"type\": ", 1, "is no JSON"),
        (
            &["-", &target, "--from", "png"],
            b"hello",
            1,
            "the file is no PNG",
        ),
        (&["-", "-"], b"{}", 1, "say it with --to"),
        (
            &["-", &target, "--exact"],
            b"{\"type\":\"excalidraw\"}",
            1,
            "--exact keeps",
        ),
        (
            &["-", &target, "--from", "docx"],
            b"",
            2,
            "formats are excalidraw,",
        ),
    ];
    for (args, input, status, sentence) in cases {
        let output = convert(args, input);
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        assert!(
            said(&output).contains(sentence),
            "{args:?}: {}",
            said(&output)
        );
    }
    assert_eq!(fs::read(&target).unwrap(), b"what was there");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
