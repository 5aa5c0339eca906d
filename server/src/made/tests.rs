//! Boards that are not whole, and time that is over.

use std::cell::Cell;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use board::document::Write;
use board::fields::Value;
use board::links::LinkField;
use board::picture::look_at_all;
use board::style::Theme;

use super::*;

fn titled(title: &str) -> Document {
    let mut document = Document::new(ClientId::from_random(7));
    document.commit(vec![Write::title(title)]);
    document
}

/// A board of a scene.
fn state_of(scene: &[u8]) -> Vec<u8> {
    let bundle = excalidraw::read(scene, &mut || 5).unwrap();
    let mut names = 0;
    let mut random = || {
        names += 1;
        names
    };
    let client = ClientId::from_random(7);
    let document = fresh::of_records(bundle.records, "", &[], client, &mut random);
    document.replica().encode()
}

#[test]
fn a_board_that_is_not_whole_is_damaged_and_never_an_empty_one() {
    let mut document = titled("one");
    let before = document.replica().state_vector();
    document.commit(vec![Write::title("two")]);
    assert_eq!(opened(&document.replica().encode()).unwrap().title(), "two");
    let rest = document.replica().diff(&before).unwrap();
    for state in [&rest[..], b"no update", b""] {
        assert!(matches!(opened(state), Err(NotMade::Damaged)));
    }
}

#[test]
fn nothing_is_begun_when_no_time_is_left() {
    let asked = Cell::new(0);
    let with = With {
        fonts: &Fonts::default(),
        files: &|_| None,
        most: usize::MAX,
        go_on: &|| {
            asked.set(asked.get() + 1);
            false
        },
    };
    for kind in [
        Kind::Svg,
        Kind::Png,
        Kind::Pdf,
        Kind::Excalidraw,
        Kind::Drawbridge,
    ] {
        let wanted = Wanted::with(kind, []).unwrap();
        let made = make(titled("late"), &wanted, &with);
        assert!(
            matches!(made, Err(NotMade::Unmade(Unmade::Long))),
            "{kind:?}"
        );
    }
    assert_eq!(asked.get(), 5);
}

#[test]
fn a_file_for_other_programs_has_so_many_elements_and_a_picture_any() {
    let scene = br#"{"type": "excalidraw", "elements": [
        {"id": "a", "type": "rectangle", "x": 0, "y": 0, "width": 9, "height": 9},
        {"id": "b", "type": "rectangle", "x": 9, "y": 0, "width": 9, "height": 9}]}"#;
    let state = state_of(scene);
    let made = |kind, most| {
        let with = With {
            fonts: &Fonts::default(),
            files: &|_| None,
            most,
            go_on: &|| true,
        };
        let dark = (kind == Kind::Svg).then_some(Choice::Theme(Theme::Dark));
        make(
            opened(&state).unwrap(),
            &Wanted::with(kind, dark).unwrap(),
            &with,
        )
    };
    for kind in [Kind::Excalidraw, Kind::Drawbridge] {
        assert!(made(kind, 2).is_ok());
        assert!(matches!(made(kind, 1), Err(NotMade::Many(1))), "{kind:?}");
    }
    assert!(made(Kind::Svg, 1).is_ok());
}

#[test]
fn a_scene_in_a_picture_has_what_the_picture_shows_and_nothing_else() {
    let scene = br#"{"type": "excalidraw", "elements": [
        {"id": "framed", "type": "rectangle", "x": 10, "y": 10, "width": 9, "height": 9,
         "frameId": "frame"},
        {"id": "frame", "type": "frame", "name": "Week", "x": 0, "y": 0, "width": 50, "height": 50},
        {"id": "one", "type": "ellipse", "x": 100, "y": 0, "width": 9, "height": 9,
         "groupIds": ["both"]},
        {"id": "other", "type": "ellipse", "x": 120, "y": 0, "width": 9, "height": 9,
         "groupIds": ["both"]},
        {"id": "far", "type": "diamond", "x": 900, "y": 0, "width": 9, "height": 9}]}"#;
    let state = state_of(scene);
    let with = With {
        fonts: &Fonts::default(),
        files: &|_| None,
        most: usize::MAX,
        go_on: &|| true,
    };
    let shown = |choice: Option<Choice>| {
        let choices = choice.into_iter().chain([Choice::Scene]);
        let wanted = Wanted::with(Kind::Svg, choices).unwrap();
        let made = make(opened(&state).unwrap(), &wanted, &with).unwrap();
        let scene = embedded::in_svg(&made.bytes).unwrap();
        let scene: serde_json::Value = serde_json::from_slice(&scene).unwrap();
        let elements = scene["elements"].as_array().unwrap().clone();
        let mut kinds: Vec<String> = elements
            .iter()
            .map(|element| {
                let groups = element["groupIds"].as_array().unwrap().len();
                format!("{} {groups}", element["type"].as_str().unwrap())
            })
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(shown(None).len(), 5);
    let frame = shown(Some(Choice::Frame("Week".to_owned())));
    assert_eq!(frame, ["frame 0", "rectangle 0"]);
    let region = shown(Choice::region("90,-10,60,40"));
    assert_eq!(region, ["ellipse 1", "ellipse 1"]);
    let half = shown(Choice::region("90,-10,15,40"));
    assert_eq!(half, ["ellipse 1"]);
}

#[test]
fn a_scene_for_other_programs_has_no_svg_that_runs() {
    let old = b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'><script/><path d='M0 0'/></svg>";
    let hash = FileHash::of(old);
    let scene = br#"{"type": "excalidraw", "elements": [
        {"id": "a", "type": "image", "x": 0, "y": 0, "width": 9, "height": 9, "fileId": "f"}]}"#;
    let mut bundle = excalidraw::read(scene, &mut || 5).unwrap();
    let client = ClientId::from_random(7);
    let records = std::mem::take(&mut bundle.records);
    let mut document = fresh::of_records(records, "", &[], client, &mut || 3);
    let image = document.elements().remove(0);
    document.commit(vec![Write::link(
        &image.id,
        LinkField::File,
        Value::text(&hash.to_string()),
    )]);
    let with = With {
        fonts: &Fonts::default(),
        files: &|_| Some((look_at_all(old).unwrap(), old.to_vec())),
        most: usize::MAX,
        go_on: &|| true,
    };
    let wanted = Wanted::with(Kind::Excalidraw, []).unwrap();
    let made = make(document, &wanted, &with).unwrap();
    let again = excalidraw::read(&made.bytes, &mut || 5).unwrap();
    let [file] = &again.files[..] else {
        panic!(
            "one file goes along: {}",
            String::from_utf8_lossy(&made.bytes)
        );
    };
    assert_eq!(file.bytes, clean_svg::clean(old).unwrap().into_owned());
    assert!(!String::from_utf8_lossy(&made.bytes).contains(&BASE64.encode(old)));
}
