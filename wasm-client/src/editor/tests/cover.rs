//! What stands for a board: its title, its first words, its picture; and another's elements on it.

use super::*;
use board::display::DisplayList;
use board::display::command::Command as Paint;
use kurbo::Size;

fn type_title(editor: &mut Editor, text: &str) {
    editor.title(Some(text.to_owned()), false);
}

/// What the page was told last.
fn cover(editor: &mut Editor) -> (String, String) {
    let told = editor
        .drain()
        .events
        .into_iter()
        .find_map(|event| match event {
            UiEvent::Title { title, words } => Some((title, words)),
            _ => None,
        });
    told.expect("the page is told")
}

#[test]
fn a_title_is_written_after_a_pause_and_is_one_step_of_undo() {
    let (mut a, mut b) = (editor("a"), editor("b"));
    draw(&mut a, "ellipse", (100.0, 100.0), (200.0, 200.0));
    exchange(&mut a, &mut b);
    a.tick(1_000.0);
    type_title(&mut a, "Pl");
    assert_eq!(a.drain().wake_ms, Some(1_500.0));
    a.tick(1_400.0);
    type_title(&mut a, "Plan");
    a.tick(1_899.0);
    assert!(a.drain().updates.is_empty(), "no pause yet");
    a.tick(1_900.0);
    exchange(&mut a, &mut b);
    assert_eq!(cover(&mut b).0, "Plan");
    type_title(&mut a, "Plan B");
    a.title(Some("Plan B!".into()), true);
    exchange(&mut a, &mut b);
    assert_eq!(b.document().title(), "Plan B!");
    a.act("undo");
    exchange(&mut a, &mut b);
    assert_eq!(b.document().title(), "");
    assert_eq!(a.scene().iter().count(), 1, "the ellipse is another step");
    a.act("redo");
    assert_eq!(a.document().title(), "Plan B!");
}

#[test]
fn escape_leaves_the_title_as_it_was() {
    let mut a = editor("a");
    a.title(Some("Plan".into()), true);
    a.drain();
    type_title(&mut a, "Plen");
    a.tick(900.0);
    assert_eq!(cover(&mut a).0, "Plen");
    type_title(&mut a, "Plent");
    a.title(None, true);
    assert_eq!(cover(&mut a).0, "Plan");
    a.act("undo");
    assert_eq!(a.document().title(), "", "nothing came in between");
}

#[test]
fn what_follows_a_title_is_taken_back_before_it() {
    let mut a = editor("a");
    type_title(&mut a, "Plan");
    a.paste("words", "");
    a.act("undo");
    assert_eq!(
        (a.document().title().as_str(), a.scene().is_empty()),
        ("Plan", true)
    );
    a.act("undo");
    assert_eq!(a.document().title(), "");
}

#[test]
fn the_first_words_are_those_one_reads_first() {
    let mut a = editor("a");
    for (text, x, y) in [
        ("below", 100.0, 400.0),
        ("right", 500.0, 104.0),
        ("\n left of it\nmore", 200.0, 110.0),
    ] {
        a.put(text, "", "", Some((x, y).into()));
    }
    assert_eq!(cover(&mut a).1, "left of it\nmore");
    a.tick(5_000.0);
    a.put(&"above ".repeat(100), "", "", Some((400.0, 20.0).into()));
    assert!(a.drain().wake_ms.is_some_and(|due| due <= 5_500.0));
    a.tick(5_500.0);
    assert_eq!(cover(&mut a).1, "above ".repeat(20));
}

fn is_told(editor: &mut Editor) -> bool {
    let told = editor.drain().events;
    told.iter()
        .any(|event| matches!(event, UiEvent::Title { .. }))
}

#[test]
fn the_first_words_are_taken_when_they_rest_and_are_no_label_and_no_address() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 40.0), (300.0, 200.0));
    assert!(is_told(&mut a), "that there is none");
    press(&mut a, "Enter");
    type_text(&mut a, "Step");
    a.act("escape");
    let address = "https://example.org/plan";
    a.put(address, "", "", Some((50.0, 30.0).into()));
    a.tick(5_000.0);
    assert!(!is_told(&mut a), "neither names a board");
    a.act("selectAll");
    a.act("delete");
    begin_text(&mut a, "Pl");
    for (now, text) in [(6_000.0, "Pla"), (7_000.0, "Plan")] {
        type_text(&mut a, text);
        a.tick(now);
        assert!(!is_told(&mut a), "not letter by letter");
    }
    a.act("endText");
    assert_eq!(cover(&mut a).1, "Plan");
}

/// How many lines a list has, and the thinnest as it is on the picture, in CSS pixels.
fn lines(list: &DisplayList) -> (usize, f64) {
    let (mut scale, mut count, mut thinnest) = (1.0, 0, f64::INFINITY);
    for command in list.iter() {
        match command {
            Paint::Transform(affine) => scale = affine.determinant().abs().sqrt(),
            Paint::LineWidth(width) => {
                count += 1;
                thinnest = f64::min(thinnest, width * scale);
            }
            _ => {}
        }
    }
    (count, thinnest)
}

#[test]
fn a_picture_shows_everything_in_slices_with_lines_that_can_be_seen() {
    let mut a = editor("a");
    let card = Size::new(240.0, 150.0);
    assert!(!a.begin_picture(card) && a.picture().is_none());
    for at in 0..600 {
        let (x, y) = (f64::from(at % 30) * 26.0, f64::from(at / 30) * 28.0);
        draw(&mut a, "rectangle", (x, y), (x + 20.0, y + 20.0));
    }
    assert!(a.begin_picture(card));
    let mut slices = Vec::new();
    while let Some((light, dark)) = a.picture() {
        assert_eq!(light.words().len(), dark.words().len());
        slices.push(lines(&light));
    }
    assert!(slices.len() > 1);
    assert_eq!(slices.iter().map(|(count, _)| count).sum::<usize>(), 600);
    assert!(
        slices.iter().all(|(_, thinnest)| *thinnest > 1.49),
        "{slices:?}"
    );
}

#[test]
fn a_picture_is_of_all_that_is_on_the_board_and_nothing_is_magnified() {
    let mut a = editor("a");
    draw(&mut a, "ellipse", (300.0, 200.0), (340.0, 240.0));
    let place = |a: &mut Editor| {
        assert!(a.begin_picture(Size::new(240.0, 150.0)));
        let (light, _) = a.picture().expect("a slice");
        let affine = light.iter().find_map(|command| match command {
            Paint::Transform(affine) => Some(affine),
            _ => None,
        });
        affine.expect("a place").as_coeffs()
    };
    assert_eq!(place(&mut a), [1.0, 0.0, 0.0, 1.0, 100.0, 55.0]);
    a.sight.camera.pan(kurbo::Vec2::new(-4_000.0, 0.0));
    draw(&mut a, "ellipse", (300.0, 200.0), (340.0, 240.0));
    assert!(place(&mut a)[0] < 0.06, "both are on it");
}

#[test]
fn a_duplicate_has_what_lives_and_nothing_that_was_deleted() {
    let mut a = editor("a");
    a.paste("kept", "");
    a.paste("secret", "");
    a.act("delete");
    draw(&mut a, "rectangle", (10.0, 10.0), (60.0, 60.0));
    let mut b = editor("b");
    assert!(b.fill(&a.document().replica().encode()).unwrap());
    let kinds = |editor: &Editor| -> Vec<(String, Option<String>, f64)> {
        let nodes = editor.scene().in_order();
        let told = nodes.iter().map(|node| {
            let element = node.element();
            let text = element.text().map(str::to_owned);
            (element.kind.name().to_owned(), text, element.geometry.x)
        });
        told.collect()
    };
    assert_eq!(kinds(&a), kinds(&b));
    assert!(
        a.scene()
            .iter()
            .all(|node| b.scene().get(&node.element().id).is_none())
    );
    let bytes = b.document().replica().encode();
    let has = |word: &str| {
        bytes
            .windows(word.len())
            .any(|part| part == word.as_bytes())
    };
    assert!(has("kept") && !has("secret"));
    assert_eq!(*b.scene(), Scene::rebuild(b.document()));
    assert!(!b.drain().updates.is_empty(), "they are one's own changes");
    assert!(b.fill(&[1, 2, 3]).is_err());
}
