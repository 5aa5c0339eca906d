//! The vertices of lines and arrows: made from board points, seen in local space.
//!
//! Owns what the two kinds share. Knows neither of them.

use std::sync::Arc;

use kurbo::Point;

use super::Body;
use crate::fields::{Birth, Slot};
use crate::geometry::Geometry;
use crate::ink::InkPoint;
use crate::ink::points::{Grid, Points};

/// Encoded vertices, at least one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Vertices(pub(super) Points);

impl Vertices {
    /// From points in board space, with the box that they fill. `None` when there are none.
    pub(super) fn through(points: &[Point]) -> Option<(Geometry, Self)> {
        let points: Vec<InkPoint> = points
            .iter()
            .map(|p| InkPoint {
                x: p.x,
                y: p.y,
                pressure: 0.0,
            })
            .collect();
        let (rect, points) = Points::encode(&points, Grid::VERTICES)?;
        Some((Geometry::from_rect(rect), Self(points)))
    }

    pub(super) fn read(birth: &Birth) -> Option<Self> {
        let bytes = birth.get(Slot::Points).as_bytes()?;
        Points::decode(bytes).map(Self)
    }

    pub(super) fn write(&self, birth: &mut Birth) {
        let bytes = Arc::clone(self.0.bytes());
        birth.set(Slot::Points, crate::fields::Value::Bytes(bytes));
    }

    pub(super) fn set(&mut self, bytes: &Arc<[u8]>) -> bool {
        let points = Points::decode(bytes);
        let taken = points.is_some();
        self.0 = points.unwrap_or_else(|| self.0.clone());
        taken
    }

    /// Where they are in local space.
    pub(super) fn local(&self, body: &Body<'_>) -> Vec<Point> {
        let stretch = self.0.stretch(body.size, body.mirror);
        self.0.iter().map(|p| stretch * p.at()).collect()
    }
}
