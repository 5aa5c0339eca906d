//! Boxes that snap: to edges and centres, to equal gaps, to the grid.

use board::document::{Document, Write};
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::{ClientId, ElementId};
use board::order::OrderKey;
use board::style::Style;
use kurbo::Size;

use super::*;

fn near(boxes: &[Rect]) -> Near {
    Near::of(camera().view(), boxes.iter().copied())
}

fn camera() -> Camera {
    let mut camera = Camera::default();
    camera.resize(Size::new(800.0, 600.0), 1.0);
    camera
}

/// Where a box comes to stand among others, and what is shown.
fn snapped(boxes: &[Rect], now: Rect, wanted: Wanted) -> (Rect, Guides) {
    let (scene, camera, moving) = (Scene::default(), camera(), Selection::new());
    let around = Around {
        scene: &scene,
        camera: &camera,
        wanted,
        moving: &moving,
    };
    let mut snapper = Snapper {
        near: Some(near(boxes)),
        ..Snapper::default()
    };
    let by = snapper.moved(now, Vec2::ZERO, Both::new(true, true), &around);
    (now + by, snapper.guides)
}

const OBJECTS: Wanted = Wanted {
    objects: true,
    grid: None,
};
const SQUARE: Rect = Rect::new(100.0, 100.0, 200.0, 200.0);

#[test]
fn a_box_snaps_to_edges_and_centres_within_reach_and_no_farther() {
    let at = |x: f64, y: f64| snapped(&[SQUARE], Rect::new(x, y, x + 40.0, y + 60.0), OBJECTS).0;
    assert_eq!(at(104.0, 300.0).x0, 100.0, "left to left");
    assert_eq!(at(204.0, 300.0).x0, 200.0, "left to right");
    assert_eq!(at(127.0, 300.0).x0, 130.0, "centre to centre");
    assert_eq!(at(300.0, 116.0).y0, 120.0, "middle to middle");
    assert_eq!(at(211.0, 300.0).x0, 211.0, "too far");
}

#[test]
fn what_is_in_line_is_shown_from_end_to_end_with_its_distance() {
    let (_, guides) = snapped(&[SQUARE], Rect::new(103.0, 300.0, 143.0, 360.0), OBJECTS);
    let (line, way) = (guides.lines.first().unwrap(), guides.ways.first().unwrap());
    assert_eq!(*line, [Point::new(100.0, 100.0), Point::new(100.0, 360.0)]);
    assert_eq!(*way, [Point::new(100.0, 200.0), Point::new(100.0, 300.0)]);
}

#[test]
fn a_box_goes_to_the_middle_of_two_and_repeats_the_gap_of_a_row() {
    let row = [
        Rect::new(0.0, 0.0, 50.0, 50.0),
        Rect::new(130.0, 7.0, 180.0, 57.0),
    ];
    let (between, guides) = snapped(&row, Rect::new(68.0, 20.0, 108.0, 49.0), OBJECTS);
    assert_eq!((between.x0, between.x1), (70.0, 110.0));
    assert_eq!(
        guides
            .ways
            .iter()
            .filter(|way| way[0].y == way[1].y)
            .count(),
        2
    );
    let (next, guides) = snapped(&row, Rect::new(263.0, 20.0, 303.0, 49.0), OBJECTS);
    assert_eq!(next.x0, 260.0);
    let lengths: Vec<f64> = guides
        .ways
        .iter()
        .map(|way| (way[1] - way[0]).hypot())
        .collect();
    assert_eq!(lengths, [80.0, 80.0]);
    let far = snapped(&row, Rect::new(263.0, 400.0, 303.0, 430.0), OBJECTS).0;
    assert_eq!(far.x0, 263.0, "it is in another row");
}

#[test]
fn the_grid_takes_what_nothing_else_does_and_ctrl_turns_both_over() {
    let both = Wanted {
        objects: true,
        grid: Some(20.0),
    };
    let now = Rect::new(104.0, 331.0, 144.0, 391.0);
    assert_eq!(
        snapped(&[SQUARE], now, both).0.origin(),
        Point::new(100.0, 340.0)
    );
    let ctrl = both.with_command(true);
    assert_eq!(snapped(&[SQUARE], now, ctrl).0, now);
    let nothing = Wanted::default();
    assert_eq!(snapped(&[SQUARE], now, nothing).0, now);
    assert_eq!(
        snapped(&[SQUARE], now, nothing.with_command(true)).0.x0,
        100.0
    );
}

#[test]
fn a_gap_that_is_alone_is_not_shown() {
    let row = [Rect::new(0.0, 0.0, 50.0, 50.0)];
    let now = Rect::new(73.0, 0.0, 113.0, 50.0);
    assert!(
        gaps::Row::of(&row, now, Axis::X)
            .equal(Part::Whole)
            .is_empty()
    );
}

/// A board of boxes.
fn board_of(boxes: impl Iterator<Item = Rect>) -> Scene {
    let mut document = Document::new(ClientId::new(1).unwrap());
    let write = |(i, rect): (u64, Rect)| {
        let (id, geometry) = (ElementId::from_random(i.into()), Geometry::from_rect(rect));
        let (order, style) = (OrderKey::default(), Style::default());
        Write::birth(&Element::new(
            id,
            order,
            "".into(),
            geometry,
            style,
            Kind::RECTANGLE,
        ))
    };
    document.commit((0..).zip(boxes).map(write).collect());
    Scene::rebuild(&document)
}

/// A box that is dragged to be 3 units from the side of one that stands far away.
const DRAGGED: Rect = Rect::new(400.0, 300.0, 420.0, 320.0);
const FAR: Rect = Rect::new(100.0, 300.0, 170.0, 310.0);
const BY: Vec2 = Vec2::new(-297.0, 0.0);

fn drag(snapper: &mut Snapper, scene: &Scene, camera: &Camera) -> f64 {
    let around = Around {
        scene,
        camera,
        wanted: OBJECTS,
        moving: &Selection::new(),
    };
    let level = Both::new(true, false);
    snapper.moved(DRAGGED, BY, level, &around).x
}

#[test]
fn nothing_snaps_to_more_than_the_nearest_200() {
    let among = |others: usize| {
        let near = (0..others)
            .map(|i| Rect::from_origin_size((400.0 + i as f64 / 10.0, 330.0), (4.0, 4.0)));
        let scene = board_of(near.chain([FAR]));
        assert_eq!(scene.iter().count(), others + 1);
        drag(&mut Snapper::default(), &scene, &camera())
    };
    assert_eq!(among(199), -300.0, "it is the 200th");
    assert_eq!(among(200), BY.x, "it is one too many");
}

#[test]
fn what_is_near_is_looked_for_once_a_gesture_and_when_the_view_moves() {
    let (scene, emptied, mut camera) = (board_of([FAR].into_iter()), Scene::default(), camera());
    let mut snapper = Snapper::default();
    assert_eq!(drag(&mut snapper, &scene, &camera), -300.0);
    assert_eq!(drag(&mut snapper, &emptied, &camera), -300.0, "it knows");
    camera.pan(Vec2::new(1.0, 0.0));
    assert_eq!(
        drag(&mut snapper, &emptied, &camera),
        BY.x,
        "it looks again"
    );
    assert_eq!(drag(&mut snapper, &scene, &camera), BY.x);
    snapper.end();
    assert_eq!(
        drag(&mut snapper, &scene, &camera),
        -300.0,
        "another gesture"
    );
}
