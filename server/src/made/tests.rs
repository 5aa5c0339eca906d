//! Boards that are not whole, and time that is over.

use std::cell::Cell;

use board::document::Write;
use board::style::Theme;

use super::*;

fn titled(title: &str) -> Document {
    let mut document = Document::new(ClientId::from_random(7));
    document.commit(vec![Write::title(title)]);
    document
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
    let bundle = excalidraw::read(scene, &mut || 5).unwrap();
    let mut names = 0;
    let mut random = || {
        names += 1;
        names
    };
    let client = ClientId::from_random(7);
    let document = fresh::of_records(bundle.records, "", &[], client, &mut random);
    let state = document.replica().encode();
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
