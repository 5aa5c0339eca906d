//! Boards to measure with: a grid of rectangles at the density of a real one, some of them ink.
//!
//! Owns where each element is and what it looks like: the same numbers make the same elements.

use board::document::Write;
use board::element::ink::Ink;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::InkPoint;
use board::ink::points;
use board::order::OrderKey;
use board::style::Style;
use kurbo::{Point, Rect};

/// Distance between neighbours, board units.
const STEP: f64 = 120.0;

/// The elements of a board, by number.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    /// How many there are.
    pub count: usize,
    /// One in so many is ink.
    pub ink_every: usize,
    /// Points of each stroke.
    pub points: u32,
    /// Where their ids begin: of two grids on one board, the numbers must not overlap.
    pub first_id: u128,
}

impl Grid {
    /// Where an element's box begins, in board units.
    pub fn place(&self, i: usize) -> Point {
        let columns = (self.count as f64).sqrt() as usize;
        Point::new((i % columns) as f64 * STEP, (i / columns) as f64 * STEP)
    }

    /// An element.
    pub fn element(&self, i: usize) -> Element {
        let at = self.place(i);
        let shape = (
            Geometry::from_rect(Rect::from_origin_size(at, (80.0, 60.0))),
            Kind::RECTANGLE,
        );
        let ink = Some(i).filter(|i| i.is_multiple_of(self.ink_every));
        let (geometry, kind) = match ink.and_then(|_| self.stroke(at)) {
            Some((geometry, ink)) => (geometry, Kind::Ink(ink)),
            None => shape,
        };
        Element::new(
            ElementId::from_random(self.first_id + i as u128),
            OrderKey::default(),
            "grid".into(),
            geometry,
            Style::default(),
            kind,
        )
    }

    fn stroke(&self, at: Point) -> Option<(Geometry, Ink)> {
        let point = |i: u32| InkPoint {
            x: at.x + f64::from(i) * 2.0,
            y: at.y + 30.0 * (f64::from(i) * 0.3).sin(),
            pressure: 0.5,
        };
        let points: Vec<InkPoint> = (0..self.points).map(point).collect();
        Ink::of_points(&points, points::Grid::for_zoom(1.0))
    }

    /// What makes all of them.
    pub fn births(&self) -> Vec<Write> {
        let elements = (0..self.count).map(|i| self.element(i));
        elements.map(|element| Write::birth(&element)).collect()
    }
}
