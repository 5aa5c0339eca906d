//! `drawbridge import` and what comes of it, with a server that runs and without one.

#![cfg(test)]
#![cfg(unix)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../interchange/tests/corpus");

/// A server, which ends with its test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn serve(data: &Path) -> Serving {
    let mut child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    Serving(child)
}

fn run(command: &str, data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_drawbridge"))
        .arg(command)
        .arg("--data")
        .arg(data)
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// The boards, with the number of their changes.
fn listed(data: &Path) -> Vec<(String, u64)> {
    let lines = said(&run("list", data, &["--json"]));
    let read = |line: &str| {
        let listed: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = listed["board"].as_str().unwrap().to_owned();
        (name, listed["changes"].as_u64().unwrap())
    };
    lines.lines().map(read).collect()
}

fn imports(data: &Path) {
    let file = format!("{CORPUS}/images.excalidraw");
    assert_eq!(
        said(&run("import", data, &[&file, "--board", "plan"])),
        "plan\n"
    );
    assert_eq!(
        listed(data),
        [("plan".to_owned(), 1)],
        "all of it is one change"
    );
    said(&run("import", data, &[&file, "--board", "plan"]));
    assert_eq!(listed(data), [("plan".to_owned(), 2)]);
    let new = said(&run("import", data, &[&file]));
    assert_eq!(listed(data).len(), 2);
    assert!(listed(data).iter().any(|(name, _)| *name == new.trim()));
    let checked = said(&run("check", data, &[]));
    assert!(checked.contains("2 boards, 3 rows"), "{checked}");
    assert!(!checked.contains(" 0 files"), "{checked}");
}

#[test]
fn a_file_is_put_on_boards_while_a_server_runs() {
    let data = tempfile::tempdir().unwrap();
    let _serving = serve(data.path());
    imports(data.path());
}

#[test]
fn a_file_is_put_on_boards_without_a_server() {
    let data = tempfile::tempdir().unwrap();
    imports(data.path());
}

#[test]
fn a_board_is_exported_and_copied_past_a_running_server() {
    let data = tempfile::tempdir().unwrap();
    let _serving = serve(data.path());
    let file = format!("{CORPUS}/images.excalidraw");
    said(&run("import", data.path(), &[&file, "--board", "plan"]));
    for (name, begins) in [
        ("plan.excalidraw", &b"{"[..]),
        ("plan.drawbridge", b"PK"),
        ("plan.svg", b"<svg"),
        ("plan.png", b"\x89PNG"),
        ("plan.pdf", b"%PDF"),
    ] {
        let out = data.path().join(name);
        let path = out.to_string_lossy().into_owned();
        said(&run("export", data.path(), &["plan", &path]));
        assert!(std::fs::read(&out).unwrap().starts_with(begins), "{name}");
    }
    said(&run("copy", data.path(), &["plan", "second"]));
    let mut boards = listed(data.path());
    boards.sort_unstable();
    assert_eq!(boards, [("plan".to_owned(), 1), ("second".to_owned(), 1)]);
    let back = data.path().join("second.excalidraw");
    said(&run(
        "export",
        data.path(),
        &["second", &back.to_string_lossy()],
    ));
    let elements = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        let scene: serde_json::Value = serde_json::from_str(&text).unwrap();
        (
            scene["elements"].as_array().unwrap().len(),
            scene["files"].as_object().unwrap().len(),
        )
    };
    assert_eq!(
        elements(&back),
        elements(&data.path().join("plan.excalidraw"))
    );
    let nobody = run("export", data.path(), &["nobody", "-", "--to", "svg"]);
    assert_eq!(nobody.status.code(), Some(1));
}

#[test]
fn a_board_as_a_file_is_that_very_board_on_a_new_one_and_copies_beside_another() {
    let data = tempfile::tempdir().unwrap();
    beside(&data);
}

#[test]
fn the_same_while_a_server_runs() {
    let data = tempfile::tempdir().unwrap();
    let _serving = serve(data.path());
    beside(&data);
}

fn beside(data: &tempfile::TempDir) {
    let file = data.path().join("plan.drawbridge");
    let file = file.to_str().unwrap();
    let scene = format!("{CORPUS}/labels.excalidraw");
    said(&run("import", data.path(), &[&scene, "--board", "plan"]));
    said(&run("export", data.path(), &["plan", file]));
    let widest = |scene: &serde_json::Value| {
        let elements = scene["elements"].as_array().unwrap().iter();
        let ends = elements.map(|element| element["x"].as_f64().unwrap());
        ends.fold(0.0, f64::max)
    };
    let scene_of = |board: &str| -> serde_json::Value {
        let text = said(&run(
            "export",
            data.path(),
            &[board, "-", "--to", "excalidraw"],
        ));
        serde_json::from_str(&text).unwrap()
    };
    let ids = |board: &str| {
        let scene = scene_of(board);
        let elements = scene["elements"].as_array().unwrap().iter();
        let ids = elements.map(|element| element["id"].as_str().unwrap().to_owned());
        ids.collect::<std::collections::BTreeSet<String>>()
    };
    said(&run("import", data.path(), &[file, "--board", "new"]));
    assert_eq!(ids("new"), ids("plan"));
    said(&run("import", data.path(), &[file, "--board", "new"]));
    let both = ids("new");
    assert_eq!(both.len(), 2 * ids("plan").len());
    assert!(both.is_superset(&ids("plan")), "what was there stays");
    let (one, two) = (scene_of("plan"), scene_of("new"));
    assert!(widest(&two) > 1.5 * widest(&one), "one beside the other");
}

#[test]
fn a_board_whose_name_begins_as_a_flag_does_is_a_board() {
    // One in 64 random names does.
    let data = tempfile::tempdir().unwrap();
    let scene = format!("{CORPUS}/shapes.excalidraw");
    let out = data.path().join("out.svg").to_string_lossy().into_owned();
    said(&run("import", data.path(), &[&scene, "--board", "-H0hL"]));
    said(&run("copy", data.path(), &["-H0hL", "--two"]));
    said(&run("export", data.path(), &["--two", &out]));
    said(&run("delete", data.path(), &["-H0hL"]));
    said(&run("restore-deleted", data.path(), &["-H0hL"]));
    let names: Vec<String> = listed(data.path())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["--two", "-H0hL"]);
}

#[test]
fn what_cannot_be_read_or_is_for_a_deleted_board_changes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let damaged = data.path().join("damaged.excalidraw");
    std::fs::write(&damaged, r#"{"type":"excalidraw","elements":["#).unwrap();
    let damaged = damaged.to_string_lossy().into_owned();
    let output = run("import", data.path(), &[&damaged]);
    assert_eq!(output.status.code(), Some(1));
    let nested = format!(
        r#"{{"type":"excalidraw","elements":[{}{}]}}"#,
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    std::fs::write(&damaged, nested).unwrap();
    let told = run("import", data.path(), &[&damaged]).stderr;
    let told = String::from_utf8_lossy(&told);
    assert!(told.contains("1 malformed, left out"), "{told}");
    assert!(told.contains("there is nothing in"), "{told}");
    let file = format!("{CORPUS}/shapes.excalidraw");
    said(&run("import", data.path(), &[&file, "--board", "plan"]));
    said(&run("delete", data.path(), &["plan"]));
    let output = run("import", data.path(), &[&file, "--board", "plan"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("the board was deleted"), "{told}");
    assert_eq!(listed(data.path()), [("plan".to_owned(), 1)]);
}

#[test]
fn what_a_board_has_no_room_for_is_refused_with_the_reason() {
    let data = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_drawbridge"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--max-frame",
            "1",
            "--data",
        ])
        .arg(data.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    let _serving = Serving(child);
    let shape = |n: u32| {
        format!(r#"{{"type":"rectangle","id":"r{n}","x":{n},"y":0,"width":9,"height":9}}"#)
    };
    let shapes: Vec<String> = (0..20_000).map(shape).collect();
    let scene = format!(
        r#"{{"type":"excalidraw","elements":[{}]}}"#,
        shapes.join(",")
    );
    let file = data.path().join("large.excalidraw");
    std::fs::write(&file, scene).unwrap();
    let output = run(
        "import",
        data.path(),
        &[&file.to_string_lossy(), "--board", "plan"],
    );
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("too long") && told.contains("1048576"),
        "{told}"
    );
    assert_eq!(listed(data.path()), []);
}
