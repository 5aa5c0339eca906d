//! What is in a picture of a board, and how large it is. The boards are those of the golden scenes.

// Clippy takes only functions marked as tests for tests, not their helpers.
#![cfg(test)]

use std::fs;

use board::display::DisplayList;
use board::display::command::Command;
use board::document::Document;
use board::id::{ClientId, ElementId};
use board::style::{Theme, canvas};
use kurbo::{Affine, Rect, Size};
use scene::{Look, Part, Picture, Pictures, Unpainted, selection_of};

fn board(name: &str) -> Document {
    let path = format!("../wasm-client/tests/golden/{name}.update");
    let mut document = Document::new(ClientId::from_random(2));
    document.apply(&fs::read(path).unwrap()).unwrap();
    document
}

fn pictures(name: &str, theme: Theme) -> Pictures {
    let look = Look {
        theme,
        transparent: false,
        unnamed: "Frame".into(),
    };
    Pictures::of(&board(name), look)
}

fn painted(pictures: &Pictures, part: &Part) -> Picture {
    pictures.paint(part, &mut |_| true).unwrap()
}

/// The name that the scenes give to the element at a place of their order.
fn born(at: usize) -> ElementId {
    ElementId::from_random(1000 + at as u128)
}

fn words(picture: &Picture) -> Vec<String> {
    let words = picture.list.iter().filter_map(|command| match command {
        Command::Text(_, text) | Command::TextRtl(_, text) => Some(text),
        _ => None,
    });
    words.collect()
}

/// Where what is filled and the clips are, in the space of the list.
fn shapes(picture: &Picture) -> Vec<(&'static str, Rect)> {
    let mut transform = vec![Affine::IDENTITY];
    let (mut path, mut shapes) = (None::<Rect>, Vec::new());
    for command in picture.list.iter() {
        let now = *transform.last().unwrap();
        let mut reach = |rect: Rect| {
            let rect = now.transform_rect_bbox(rect);
            path = Some(path.map_or(rect, |path| path.union(rect)));
        };
        match command {
            Command::Save => transform.push(now),
            Command::Restore => drop(transform.pop()),
            Command::Transform(by) => *transform.last_mut().unwrap() = now * by,
            Command::Begin => path = None,
            Command::MoveTo(p) | Command::LineTo(p) => reach(Rect::from_points(p, p)),
            Command::CubicTo(_, _, p) | Command::QuadTo(_, p) => reach(Rect::from_points(p, p)),
            Command::Rect(rect) | Command::RoundRect(rect, _) => reach(rect),
            Command::Ellipse(at, radii) => {
                reach(Rect::from_center_size(at, (radii * 2.0).to_size()))
            }
            Command::Fill => shapes.extend(path.map(|path| ("fill", path))),
            Command::Clip => shapes.extend(path.map(|path| ("clip", path))),
            _ => {}
        }
    }
    assert_eq!(transform.len(), 1, "what is saved is restored");
    shapes
}

#[test]
fn a_whole_board_is_shown_with_the_names_of_its_frames_and_room_around_it() {
    for theme in [Theme::Light, Theme::Dark] {
        let picture = painted(&pictures("frames", theme), &Part::Whole);
        assert_eq!(words(&picture), ["Outer", "Inner", "Frame"]);
        assert_eq!(picture.ground, Some(canvas(theme)));
        assert_eq!(picture.size, picture.size.expand(), "whole pixels");
    }
    for name in ["contours", "ink", "notes"] {
        let picture = painted(&pictures(name, Theme::Light), &Part::Whole);
        let sheet = picture.size.to_rect();
        let fills = shapes(&picture)
            .into_iter()
            .filter(|(what, _)| *what == "fill");
        let all = fills
            .map(|(_, fill)| fill)
            .reduce(|all, fill| all.union(fill));
        assert!(
            all.is_some_and(|all| sheet.inset(-8.0).contains_rect(all)),
            "{name}: {all:?}"
        );
    }
}

#[test]
fn frames_clip_what_is_in_them_wherever_they_are() {
    for part in [
        Part::Whole,
        Part::Frame(born(0)),
        Part::Region(Rect::new(0.0, 0.0, 500.0, 400.0)),
    ] {
        let picture = painted(&pictures("frames", Theme::Light), &part);
        let clips = shapes(&picture)
            .into_iter()
            .filter(|(what, _)| *what == "clip");
        let widths: Vec<f64> = clips.map(|(_, clip)| clip.width().round()).collect();
        assert_eq!(widths, [400.0, 400.0, 225.0], "{part:?}");
    }
}

#[test]
fn a_frame_by_itself_is_as_large_as_it_is_and_shows_what_is_in_it() {
    let picture = painted(&pictures("frames", Theme::Light), &Part::Frame(born(0)));
    assert_eq!(picture.size, Size::new(400.0, 300.0));
    assert_eq!(words(&picture), ["Inner"], "its own name is outside of it");
    let all = pictures("frames", Theme::Light);
    assert_eq!(all.frames().len(), 3);
    let none = all.paint(&Part::Frame(born(9)), &mut |_| true);
    assert_eq!(none.err(), Some(Unpainted::Empty));
}

#[test]
fn what_is_chosen_is_shown_alone_with_what_is_in_it() {
    let all = pictures("frames", Theme::Light);
    let fills = |part: &Part| {
        let shapes = shapes(&painted(&all, part)).into_iter();
        shapes.filter(|(what, _)| *what == "fill").count()
    };
    let one = Part::Chosen(selection_of([born(5)]));
    let frame = Part::Chosen(selection_of([born(2)]));
    assert_eq!((fills(&one), fills(&frame), fills(&Part::Whole)), (1, 2, 5));
    assert_eq!(words(&painted(&all, &frame)), ["Inner"]);
    let nothing = all.paint(&Part::Chosen(selection_of([])), &mut |_| true);
    assert_eq!(nothing.err(), Some(Unpainted::Empty));
}

#[test]
fn a_region_is_shown_to_its_edges_without_what_is_elsewhere() {
    let all = pictures("frames", Theme::Light);
    let region = Rect::new(480.0, 150.0, 700.0, 330.0);
    let picture = painted(&all, &Part::Region(region));
    assert_eq!(picture.size, region.size());
    assert_eq!(words(&picture), ["Frame"]);
    for nowhere in [
        Rect::new(0.0, 0.0, f64::NAN, 9.0),
        Rect::new(5.0, 5.0, 5.0, 9.0),
    ] {
        let none = all.paint(&Part::Region(nowhere), &mut |_| true);
        assert_eq!(none.err(), Some(Unpainted::Empty));
    }
}

#[test]
fn what_lies_on_a_picture_is_light_on_a_dark_board() {
    let clips = |theme: Theme| {
        let picture = painted(&pictures("images", theme), &Part::Whole);
        shapes(&picture)
            .into_iter()
            .filter(|(what, _)| *what == "clip")
            .count()
    };
    assert_eq!(clips(Theme::Light), 0);
    assert!(
        clips(Theme::Dark) >= 2,
        "inside and outside of what it reaches into"
    );
}

#[test]
fn it_stops_when_it_is_told() {
    let all = pictures("contours", Theme::Light);
    let mut painted = Vec::new();
    let mut go_on = |list: &DisplayList| {
        painted.push(list.words().len());
        painted.len() < 3
    };
    let stopped = all.paint(&Part::Whole, &mut go_on);
    assert_eq!(stopped.err(), Some(Unpainted::Stopped));
    assert_eq!(painted.len(), 3);
    assert!(painted.is_sorted_by(|before, after| before < after));
}
