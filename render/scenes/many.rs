//! A board to measure with, from a seed: 40 % ink of 40 points, 25 % filled rectangles, 15 % ellipses,
//! 10 % lines, 10 % texts.

use board::document::{Document, Write};
use board::element::ink::Ink;
use board::element::line::Line;
use board::element::text::Text;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::{ClientId, ElementId};
use board::ink::InkPoint;
use board::ink::points::Grid;
use board::order::OrderKey;
use board::style::{Color, MARKS, STROKES, Style};
use kurbo::{Point, Rect, Vec2};

/// Side of the cells, of which each has an element.
const CELL: f64 = 40.0;

/// The bytes of a board of so many elements.
pub(crate) fn bytes(count: usize) -> Vec<u8> {
    let mut document = Document::new(ClientId::from_random(1));
    let mut random = fastrand::Rng::with_seed(12);
    let columns = (count as f64).sqrt().ceil() as usize;
    let mut below: Option<OrderKey> = None;
    let (mut births, mut words) = (Vec::new(), Vec::new());
    for i in 0..count {
        let at = Point::new((i % columns) as f64 * CELL, (i / columns) as f64 * CELL);
        let (mut element, text) = element(i, at, &mut random);
        element.order = OrderKey::between(below.as_ref(), None, 7);
        below = Some(element.order.clone());
        births.push(Write::birth(&element));
        words.extend(text.map(|text| (element.id.clone(), text)));
    }
    let words: Vec<_> = words.iter().map(|(id, text)| (id, text.as_str())).collect();
    document.commit_with_texts(births, &words);
    document.replica().encode()
}

/// One of some.
fn pick<T: Copy>(random: &mut fastrand::Rng, of: &[T], or: T) -> T {
    random.choice(of).copied().unwrap_or(or)
}

fn element(i: usize, at: Point, random: &mut fastrand::Rng) -> (Element, Option<String>) {
    let mut style = Style {
        stroke: pick(random, &STROKES.map(|swatch| swatch.color), Color::INK),
        width: pick(random, &[2.0, 4.0, 6.0], 2.0),
        ..Style::default()
    };
    let mut side = || 20.0 + 80.0 * random.f64();
    let size = (side(), side());
    let placed = Geometry::from_rect(Rect::from_origin_size(at, size));
    let born = |geometry, style, kind| {
        let id = ElementId::from_random(i as u128 + 1);
        Element::new(
            id,
            OrderKey::default(),
            "bench".into(),
            geometry,
            style,
            kind,
        )
    };
    let made = match random.u8(..100) {
        0..40 => Ink::of_points(&stroke(at, random.f64() * 6.0), Grid::for_zoom(1.0))
            .map(|(geometry, ink)| (geometry, Kind::Ink(ink))),
        40..65 => {
            style.fill = pick(random, &MARKS.map(|swatch| swatch.color), Color::INK);
            Some((placed, Kind::RECTANGLE))
        }
        65..80 => Some((placed, Kind::ELLIPSE)),
        80..90 => Line::through(&[at, at + Vec2::new(size.0, size.1 - 60.0)])
            .map(|(geometry, line)| (geometry, Kind::Line(line))),
        _ => {
            let words = [
                "a board",
                "draw",
                "bridge",
                "what we said",
                "Ünder",
                "список",
                "next week",
            ];
            let text = [0; 3].map(|_| pick(random, &words, "")).join(" ");
            let geometry = Geometry::from_rect(Rect::from_origin_size(at, (0.0, 0.0)));
            return (
                born(geometry, style, Kind::Text(Text::default())),
                Some(text),
            );
        }
    };
    let (geometry, kind) = made.unwrap_or((placed, Kind::RECTANGLE));
    (born(geometry, style, kind), None)
}

/// Loops such as a hand writes.
fn stroke(at: Point, phase: f64) -> Vec<InkPoint> {
    let point = |n: u32| {
        let t = f64::from(n) * 0.3;
        InkPoint {
            x: at.x + 4.0 * t - 6.0 * (t + phase).sin(),
            y: at.y + 20.0 - 12.0 * (t * 1.3 + phase).cos(),
            pressure: 0.5 + 0.3 * (t * 0.7).sin(),
        }
    };
    (0..40).map(point).collect()
}
