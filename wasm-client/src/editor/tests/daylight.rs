//! What is drawn on pictures of a dark board.

use super::*;
use board::display::command::Command;
use board::file::FileHash;
use board::style::{Color, Theme, canvas};
use kurbo::{Point, Size};

/// A board in the dark with a picture of 200 × 200 around (300, 300) of the view.
fn dark() -> Editor {
    let mut editor = editor("a");
    let size = Size::new(200.0, 200.0);
    let at = Point::new(300.0, 300.0);
    editor.insert_image(FileHash::of(b"a picture"), size, Some(at), (0, 1));
    editor.act("escape");
    editor.set_dark(true);
    editor
}

/// The colours in which ink is painted: that of a theme, and those of both.
fn inks(list: &[Command]) -> (bool, bool) {
    let has = |theme: Theme| {
        let ink = Color::INK.in_theme(theme);
        list.iter().any(|command| match command {
            Command::FillColor(color) | Command::StrokeColor(color) => *color == ink,
            _ => false,
        })
    };
    (has(Theme::Light), has(Theme::Dark))
}

fn tiles(editor: &mut Editor) -> Vec<Command> {
    editor.sight.repaint();
    let painting = editor.paint();
    painting
        .tiles
        .iter()
        .flat_map(|tile| tile.list.iter())
        .collect()
}

fn clips(list: &[Command]) -> usize {
    list.iter()
        .filter(|command| **command == Command::Clip)
        .count()
}

#[test]
fn what_lies_on_a_picture_looks_as_on_a_light_board() {
    let mut a = dark();
    draw(&mut a, "pen", (250.0, 250.0), (350.0, 350.0));
    let painted = tiles(&mut a);
    assert_eq!((inks(&painted), clips(&painted)), ((true, false), 0));
    assert!(painted.contains(&Command::FillColor(canvas(Theme::Light))));
    a.act("undo");
    draw(&mut a, "pen", (500.0, 250.0), (600.0, 350.0));
    assert_eq!(inks(&tiles(&mut a)), (false, true));
    a.set_dark(false);
    a.act("undo");
    draw(&mut a, "pen", (100.0, 300.0), (300.0, 300.0));
    let painted = tiles(&mut a);
    assert_eq!((inks(&painted), clips(&painted)), ((true, false), 0));
}

#[test]
fn what_reaches_into_a_picture_is_painted_in_halves_wet_as_dry() {
    let mut a = dark();
    a.act("pen");
    pointer(&mut a, 0.0, 100.0, 300.0, 0.0);
    pointer(&mut a, 1.0, 200.0, 300.0, 0.0);
    pointer(&mut a, 1.0, 300.0, 300.0, 0.0);
    let wet: Vec<Command> = a.paint().overlay.iter().collect();
    assert_eq!((inks(&wet), clips(&wet)), ((true, true), 2));
    pointer(&mut a, 2.0, 300.0, 300.0, 0.0);
    assert_eq!(inks(&tiles(&mut a)), (true, true));
}

#[test]
fn light_goes_with_a_picture_that_is_dragged_and_a_note_keeps_its_paper() {
    let mut a = dark();
    draw(&mut a, "pen", (250.0, 250.0), (350.0, 350.0));
    a.act("select");
    pointer(&mut a, 0.0, 380.0, 220.0, 0.0);
    pointer(&mut a, 1.0, 500.0, 220.0, 0.0);
    pointer(&mut a, 1.0, 900.0, 220.0, 0.0);
    let painting = a.paint();
    let lists = painting.tiles.iter().map(|tile| &tile.list);
    let lists = lists.chain([&painting.overlay]);
    let painted: Vec<Command> = lists.flat_map(|list| list.iter()).collect();
    assert_eq!(inks(&painted), (false, true));
    pointer(&mut a, 2.0, 900.0, 220.0, 0.0);
    a.act("undo");
    // What lies under it is seen as on a dark board as soon as it is gone, though no tile changes again.
    a.act("selectAll");
    a.act("sendToBack");
    a.act("escape");
    draw(&mut a, "pen", (250.0, 250.0), (350.0, 350.0));
    a.act("selectAll");
    a.act("escape");
    a.act("select");
    let ink = a.scene().in_order().last().unwrap().element().id.clone();
    a.select([ink].into());
    a.act("sendToBack");
    a.act("escape");
    a.paint();
    pointer(&mut a, 0.0, 380.0, 220.0, 0.0);
    pointer(&mut a, 1.0, 390.0, 220.0, 0.0);
    let below = a.paint().tiles;
    let below: Vec<Command> = below.iter().flat_map(|tile| tile.list.iter()).collect();
    assert_eq!(inks(&below), (false, true));
    pointer(&mut a, 1.0, 900.0, 220.0, 0.0);
    assert!(a.paint().tiles.is_empty());
    pointer(&mut a, 2.0, 900.0, 220.0, 0.0);
    a.act("undo");
    a.act("note");
    pointer(&mut a, 0.0, 300.0, 300.0, 0.0);
    pointer(&mut a, 2.0, 300.0, 300.0, 0.0);
    a.act("escape");
    let note = a.scene().iter().map(|node| node.element());
    let note = note.filter(|element| element.kind.name() == "note");
    let paper = note
        .map(|note| note.style.fill.for_paper(Theme::Dark))
        .next();
    assert!(tiles(&mut a).contains(&Command::FillColor(paper.unwrap())));
}
