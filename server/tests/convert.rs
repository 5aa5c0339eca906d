//! `drawbridge convert`, as people and scripts run it.

#![cfg(test)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value as Json, json};

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
fn an_svg_becomes_what_it_is_made_of_or_a_picture() {
    let drawing = corpus("drawings/figma").with_extension("svg");
    let made = convert(
        &[&drawing.to_string_lossy(), "-", "--to", "excalidraw"],
        b"",
    );
    let types = |output: &Output| -> Vec<String> {
        let elements = elements(&output.stdout).into_iter();
        let kinds = elements.map(|element| element["type"].as_str().unwrap().to_owned());
        kinds.collect()
    };
    let of = ["rectangle", "line", "ellipse", "line", "rectangle"];
    assert_eq!(types(&made), of, "{}", said(&made));
    let gradient =
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><linearGradient id='g'/>\
        <rect width='9' height='9' fill='url(#g)'/></svg>";
    let picture = convert(&["-", "-", "--to", "excalidraw"], gradient);
    assert_eq!(types(&picture), ["image"], "{}", said(&picture));
    let damaged = convert(&["-", "-", "--to", "excalidraw"], b"<svg");
    assert!(
        said(&damaged).contains("it is no SVG, or damaged"),
        "{}",
        said(&damaged)
    );
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

#[test]
fn a_board_becomes_a_picture_of_each_kind() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let scene = corpus("images").to_string_lossy().into_owned();
    for (name, options, begins) in [
        ("a.svg", &[][..], &b"<svg "[..]),
        ("b.svg", &["--outlines", "--theme", "dark"], b"<svg "),
        ("a.png", &["--scale", "2", "--transparent"], b"\x89PNG"),
        ("a.pdf", &[], b"%PDF-1.7"),
    ] {
        let to = path(name);
        let made = convert(&[&[scene.as_str(), &to], options].concat(), b"");
        assert!(made.status.success(), "{name}: {}", said(&made));
        assert!(fs::read(&to).unwrap().starts_with(begins), "{name}");
    }
    let text = fs::read_to_string(path("a.svg")).unwrap();
    assert!(text.contains("href=\"data:image/"), "its files go along");
    let board = path("a.drawbridge");
    assert!(convert(&[&scene, &board], b"").status.success());
    let again = convert(&[&board, "-", "--to", "svg"], b"");
    assert_eq!(text.as_bytes(), again.stdout);
}

#[test]
fn what_a_picture_lacks_is_said_and_what_cannot_be_made_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let scene = br##"{"type": "excalidraw", "version": 2, "elements": [{"id": "a", "type": "text",
        "x": 0, "y": 0, "width": 90, "height": 25, "text": "\u6f22 on", "fontSize": 20, "fontFamily": 5}]}"##;
    let shown = convert(&["-", "-", "--to", "png"], scene);
    assert!(shown.status.success(), "{}", said(&shown));
    assert!(said(&shown).contains("\u{6f22}"), "{}", said(&shown));
    fs::write(path("no.ttf"), b"no font").unwrap();
    let empty = br#"{"type": "excalidraw", "version": 2, "elements": []}"#;
    for (input, options, why) in [
        (
            &empty[..],
            &["--to", "png"][..],
            "nothing is there to be shown",
        ),
        (scene, &["--to", "pdf", "--pages"], "no frames"),
        (
            scene,
            &["--to", "svg", "--font", &path("no.ttf")],
            "no TrueType",
        ),
    ] {
        let to = path("out");
        let refused = convert(&[&["-", to.as_str()], options].concat(), input);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains(why), "{}", said(&refused));
        assert!(!fs::exists(to).unwrap());
    }
}

#[test]
fn the_licences_of_all_fonts_are_in_the_binary() {
    let binary = env!("CARGO_BIN_EXE_drawbridge");
    let printed = Command::new(binary).arg("licences").output().unwrap();
    let text = String::from_utf8(printed.stdout).unwrap();
    assert_eq!(text.matches("SIL OPEN FONT LICENSE Version 1.1").count(), 4);
    assert!(text.contains("Apache License") && text.contains("MIT"));
}

#[test]
fn options_that_do_not_apply_are_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let scene = corpus("shapes").to_string_lossy().into_owned();
    for (name, options, why) in [
        ("a.svg", &["--scale", "2"][..], "no option scale"),
        ("a.png", &["--pages"], "no option pages"),
        ("a.png", &["--outlines"], "no option outlines"),
        ("a.excalidraw", &["--theme", "light"], "no option theme"),
        ("a.drawbridge", &["--transparent"], "no option transparent"),
        (
            "a.drawbridge",
            &["--font", &scene],
            "--font is for pictures",
        ),
        (
            "a.pdf",
            &["--pages", "--region", "-9,0,20,20"],
            "exclude one another",
        ),
        ("a.png", &["--frame", "nowhere"], "no such frame"),
    ] {
        let to = folder.path().join(name).to_string_lossy().into_owned();
        let refused = convert(&[&[scene.as_str(), &to], options].concat(), b"");
        assert_eq!(refused.status.code(), Some(1), "{name} {options:?}");
        assert!(said(&refused).contains(why), "{}", said(&refused));
        assert!(!fs::exists(to).unwrap());
    }
}

#[test]
fn what_is_lost_on_the_way_in_is_not_lost_again_on_the_way_out() {
    let scene = br#"{"type": "excalidraw", "version": 2, "elements": [
        {"id": "a", "type": "image", "x": 0, "y": 0, "width": 9, "height": 9, "fileId": "gone"},
        {"id": "b", "type": "image", "x": 9, "y": 0, "width": 9, "height": 9}]}"#;
    let output = convert(&["-", "-", "--to", "excalidraw"], scene);
    assert!(
        said(&output).contains("2 images without their file"),
        "{}",
        said(&output)
    );
    let one = String::from_utf8_lossy(scene).replace("\"type\": \"image\", \"x\": 9", "\"x\": 9");
    let output = convert(&["-", "-", "--to", "excalidraw"], one.as_bytes());
    assert!(
        said(&output).contains("1 image without its file"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    for (name, most) in [
        ("a.excalidraw", 128),
        ("a.png", 128),
        ("a.drawbridge", 1024),
    ] {
        let path = folder.path().join(name);
        // Nobody has read so much within hours.
        fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        let path = path.to_string_lossy().into_owned();
        let refused = convert(&[&path, "-", "--to", "svg"], b"");
        assert_eq!(refused.status.code(), Some(1));
        let why =
            format!("cannot read {path}: the file has 1048576 MiB, and no more than {most} are");
        assert!(said(&refused).contains(&why), "{}", said(&refused));
    }
}

#[test]
fn whoever_has_seen_enough_may_leave() {
    let binary = env!("CARGO_BIN_EXE_drawbridge");
    let scene = corpus("shapes").to_string_lossy().into_owned();
    for arguments in [&["licences"][..], &["convert", &scene, "-", "--to", "svg"]] {
        let mut child = Command::new(binary)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let left = child.wait_with_output().unwrap();
        assert!(left.status.success(), "{arguments:?}: {}", said(&left));
        assert!(!said(&left).contains("pipe"), "{}", said(&left));
    }
}

#[test]
fn a_picture_with_the_scene_in_it_becomes_that_scene_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let ids = |scene: &[u8]| -> Vec<Json> {
        let ids = elements(scene);
        ids.iter().map(|element| element["id"].clone()).collect()
    };
    for picture in ["a.png", "a.svg"] {
        for name in ["groups", "labels"] {
            let (scene, picture, back) = (corpus(name), path(picture), path("b.excalidraw"));
            let first = convert(&[&scene.to_string_lossy(), &picture, "--scene"], b"");
            assert!(first.status.success(), "{}", said(&first));
            let second = convert(&[&picture, &back], b"");
            assert!(second.status.success(), "{}", said(&second));
            let (came, went) = (fs::read(&scene).unwrap(), fs::read(&back).unwrap());
            assert_eq!(ids(&came), ids(&went), "{name} in {picture}");
        }
    }
    let scene = corpus("groups");
    let pdf = convert(&[&scene.to_string_lossy(), &path("a.pdf"), "--scene"], b"");
    assert!(said(&pdf).contains("no option scene"), "{}", said(&pdf));
}

/// An SVG that asks for a file on the disk in every way that we know of; a gradient keeps it a picture.
fn asking(secret: &str) -> String {
    format!(
        r##"<?xml-stylesheet href="{secret}"?><!DOCTYPE svg [<!ENTITY it SYSTEM "file://{secret}">]>
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64">
        <style>@import url("file://{secret}"); .all {{ fill: url("{secret}") }}</style>
        <linearGradient id="light"><stop stop-color="#0000ff"/></linearGradient>
        <rect width="64" height="64" fill="url(#light)"/><rect class="all" width="9" height="9"/>
        <image href="{secret}" width="32" height="32"/><image xlink:href="file://{secret}" width="64" height="64"/>
        <use href="file://{secret}#a"/><text y="60">it</text></svg>"##
    )
}

#[test]
fn a_picture_on_disk_is_in_no_file_that_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (secret, scene) = (path("secret.png"), path("scene.excalidraw"));
    let svg = BASE64.encode(asking(&secret));
    let element = json!({"id": "it", "type": "image", "x": 0, "y": 0, "width": 64, "height": 64, "fileId": "f"});
    let files = json!({"f": {"id": "f", "mimeType": "image/svg+xml", "dataURL": format!("data:image/svg+xml;base64,{svg}")}});
    let asks = json!({"type": "excalidraw", "elements": [element], "files": files});
    fs::write(&scene, asks.to_string()).unwrap();
    let made = |name: &str| {
        let to = path(name);
        let output = convert(&[&scene, &to], b"");
        assert!(output.status.success(), "{}", said(&output));
        assert!(!said(&output).contains("cannot be shown"), "it is drawn");
        fs::read(&to).unwrap()
    };
    let all = || ["a.svg", "a.png", "a.pdf"].map(made);
    let without = all();
    let shapes = corpus("shapes").to_string_lossy().into_owned();
    assert!(convert(&[&shapes, &secret], b"").status.success());
    assert_eq!(all(), without, "what is on the disk makes no difference");

    made("a.drawbridge");
    let back = convert(&[&path("a.drawbridge"), &path("b.excalidraw")], b"");
    assert!(back.status.success(), "{}", said(&back));
    for scene in [
        made("a.excalidraw"),
        fs::read(path("b.excalidraw")).unwrap(),
    ] {
        let scene: Json = serde_json::from_slice(&scene).unwrap();
        let files = scene["files"].as_object().unwrap();
        let data = files.values().next().unwrap()["dataURL"].as_str().unwrap();
        let data = BASE64.decode(data.split_once(',').unwrap().1).unwrap();
        let svg = String::from_utf8(data).unwrap();
        assert!(svg.contains("linearGradient"), "{svg}");
        assert!(!svg.contains("secret"), "{svg}");
    }
}
