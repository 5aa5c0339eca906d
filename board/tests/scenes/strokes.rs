//! Scenes of strokes: a pen's and a highlighter's.

use std::f64::consts::PI;

use board::element::ink::Ink;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::ink::points::Grid;
use board::ink::stroker::{Sample, Stroker};
use board::style::Style;
use kurbo::Point;

use super::{at, element, ink_style, style};

/// Draws samples as a mouse would bring them: whole pixels, 8 ms apart.
pub(super) fn drawn(samples: impl Iterator<Item = (f64, f64)>, style: Style) -> Element {
    let mut stroker = Stroker::new(1.0);
    for (i, (x, y)) in samples.enumerate() {
        stroker.push(Sample {
            at: Point::new(x.round(), y.round()),
            pressure: None,
            time: i as f64 * 8.0,
        });
    }
    let (geometry, ink) = Ink::of_points(&stroker.finish(), Grid::for_zoom(1.0)).unwrap();
    element(geometry, style, Kind::Ink(ink))
}

pub(super) fn steps(count: u32) -> impl Iterator<Item = f64> {
    (0..=count).map(move |i| f64::from(i) / f64::from(count))
}

pub(super) fn ink_scene() -> Vec<Element> {
    // A cursive word-like wave whose loops cross themselves.
    let loops = |x: f64, y: f64, size: f64| {
        steps(150).map(move |t| {
            let a = t * 10.0 * PI;
            (x + t * 12.0 * size - size * a.sin(), y - size * a.cos())
        })
    };
    let wave = |y: f64| steps(60).map(move |t| (20.0 + 260.0 * t, y + 18.0 * (t * 3.0 * PI).sin()));
    let zigzag = [
        (320.0, 40.0),
        (350.0, 100.0),
        (380.0, 40.0),
        (410.0, 100.0),
        (440.0, 40.0),
    ];
    let check = [(480.0, 75.0), (500.0, 100.0), (550.0, 35.0)];
    let back = [
        (320.0, 140.0),
        (450.0, 140.0),
        (330.0, 144.0),
        (440.0, 148.0),
    ];
    let pen = (0..80).map(|i| f64::from(i) / 79.0).map(|t| Sample {
        at: Point::new(320.0 + 220.0 * t, 200.0 + 12.0 * (t * 2.0 * PI).sin()),
        pressure: Some((t * PI).sin()),
        time: 0.0,
    });
    let mut stroker = Stroker::new(1.0);
    pen.for_each(|sample| stroker.push(sample));
    let (geometry, swell) = Ink::of_points(&stroker.finish(), Grid::for_zoom(1.0)).unwrap();
    let mirrored = Geometry {
        w: -geometry.w,
        h: 60.0,
        y: 225.0,
        ..geometry
    };
    vec![
        drawn(loops(40.0, 50.0, 18.0), ink_style(2.0)),
        drawn(wave(120.0), ink_style(1.0)),
        drawn(wave(165.0), ink_style(4.0)),
        drawn(wave(220.0), style(12.0, "#e0313180", "transparent")),
        drawn(
            loops(50.0, 290.0, 14.0),
            style(8.0, "#1971c2", "transparent"),
        ),
        drawn(along(&zigzag, 14).into_iter(), ink_style(2.0)),
        drawn(
            along(&check, 12).into_iter(),
            style(8.0, "#2f9e44", "transparent"),
        ),
        drawn(along(&back, 20).into_iter(), ink_style(4.0)),
        element(geometry, ink_style(8.0), Kind::Ink(swell.clone())),
        element(mirrored, ink_style(2.0), Kind::Ink(swell)),
        drawn([(480.0, 145.0)].into_iter(), ink_style(2.0)),
        drawn([(500.0, 145.0)].into_iter(), ink_style(8.0)),
        drawn([(525.0, 144.0), (527.0, 145.0)].into_iter(), ink_style(8.0)),
    ]
}

/// Every outline, sharp and round, plain and as a hand draws it.
/// A word that is marked, by a stroke that crosses itself too.
pub(super) fn highlighter_scene() -> Vec<Element> {
    let mut words = element(
        at(40.0, 40.0, 0.0, 0.0, 0.0),
        Style::default(),
        Kind::Text(Text::new("")),
    );
    words.set_text("Words that are marked");
    let there = steps(40).map(|t| (30.0 + 200.0 * t, 54.0));
    let loops = steps(60).map(|t| {
        (
            60.0 + 60.0 * t - 40.0 * (7.0 * t).sin(),
            130.0 + 40.0 * (7.0 * t).cos(),
        )
    });
    let marked = |stroke: Element| {
        let Kind::Ink(ink) = stroke.kind.clone() else {
            return stroke;
        };
        let kind = Kind::Ink(ink.highlighting());
        element(stroke.geometry, style(22.0, "#1e1e1e", "#b2f2bb"), kind)
    };
    let strokes = [drawn(there, ink_style(22.0)), drawn(loops, ink_style(22.0))];
    std::iter::once(words).chain(strokes.map(marked)).collect()
}

/// Samples along straight segments, slower at their ends as a hand is.
fn along(corners: &[(f64, f64)], each: u32) -> Vec<(f64, f64)> {
    let eased = |t: f64| t * t * (3.0 - 2.0 * t);
    corners
        .windows(2)
        .flat_map(|pair| {
            let [(ax, ay), (bx, by)] = [pair[0], pair[1]];
            steps(each).map(move |t| (ax + (bx - ax) * eased(t), ay + (by - ay) * eased(t)))
        })
        .collect()
}
