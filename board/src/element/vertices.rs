//! The vertices of lines and arrows: made from board points, seen in local space.
//!
//! Owns what the two kinds share. Knows neither of them.

use std::sync::Arc;

use kurbo::{Point, Vec2};

use super::{Body, Element, Kind, route};
use crate::fields::{Birth, Slot};
use crate::geometry::Geometry;
use crate::ink::InkPoint;
use crate::ink::points::{Grid, Points};
use crate::style::Route;
use crate::subpath::subpaths;

/// Encoded vertices, at least one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Vertices {
    pub(super) points: Points,
    /// The bends that an elbow takes past them, from the top left of the box; part of no document.
    route: Option<Arc<Vec<Point>>>,
}

impl Vertices {
    fn of(points: Points) -> Self {
        Self {
            points,
            route: None,
        }
    }

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
        Some((Geometry::from_rect(rect), Self::of(points)))
    }

    pub(super) fn read(birth: &Birth) -> Option<Self> {
        let bytes = birth.get(Slot::Points).as_bytes()?;
        Points::decode(bytes).map(Self::of)
    }

    pub(super) fn write(&self, birth: &mut Birth) {
        let bytes = Arc::clone(self.points.bytes());
        birth.set(Slot::Points, crate::fields::Value::Bytes(bytes));
    }

    pub(super) fn set(&mut self, bytes: &Arc<[u8]>) -> bool {
        let points = Points::decode(bytes);
        let taken = points.is_some();
        if let Some(points) = points {
            *self = Self::of(points);
        }
        taken
    }

    /// The way through them in local space, curves flattened.
    pub(super) fn way(&self, body: &Body<'_>) -> Vec<Point> {
        let points = self.drawn(body);
        let details = &body.style.details;
        let closed = details.closed && points.len() > 2;
        let way = route::through(&points, details.route, closed);
        let flat = subpaths(&way).pop().map(|way| way.points());
        flat.unwrap_or(points)
    }

    /// What is drawn in local space: the bends of an elbow that was routed, else these.
    pub(super) fn drawn(&self, body: &Body<'_>) -> Vec<Point> {
        let route = self.route.as_ref();
        route.map_or_else(|| self.local(body), |route| route.to_vec())
    }

    pub(super) fn take_route(&mut self, route: Option<Arc<Vec<Point>>>) {
        self.route = route;
    }

    /// Where they are in local space.
    pub(super) fn local(&self, body: &Body<'_>) -> Vec<Point> {
        let stretch = self.points.stretch(body.size, body.mirror);
        self.points.iter().map(|p| stretch * p.at()).collect()
    }
}

impl Element {
    /// The same line or arrow through other points in board space, unturned; `None` when there are
    /// none, or it has none.
    pub fn through(&self, points: &[Point]) -> Option<Self> {
        let (geometry, vertices) = Vertices::through(points)?;
        let mut through = self.clone();
        match &mut through.kind {
            Kind::Line(line) => line.vertices = vertices,
            Kind::Arrow(arrow) => arrow.vertices = vertices,
            _ => return None,
        }
        through.set_geometry(geometry);
        Some(through)
    }

    /// The same unturned elbow by a route in board space, which is painted and touched instead of the
    /// way through its points; it is part of no document.
    #[must_use]
    pub fn routed(mut self, route: &[Point]) -> Self {
        let corner = Vec2::new(self.geometry.x, self.geometry.y);
        let local = Arc::new(route.iter().map(|at| *at - corner).collect());
        match &mut self.kind {
            Kind::Line(line) => line.take_route(Some(local)),
            Kind::Arrow(arrow) => arrow.take_route(Some(local)),
            _ => {}
        }
        self
    }

    /// Whether it is a line or arrow that goes by right angles from one end to the other.
    pub fn is_elbow(&self) -> bool {
        let details = &self.style.details;
        self.kind.has_vertices() && details.route == Route::Elbow && !details.closed
    }

    /// The corners of a line or arrow by right angles in board space, both ends included: each leg is from
    /// one to the next, and of a closed one from the last to the first.
    pub fn bends(&self) -> Vec<Point> {
        let vertices = match &self.kind {
            Kind::Line(line) => &line.vertices,
            Kind::Arrow(arrow) => &arrow.vertices,
            _ => return Vec::new(),
        };
        let points = vertices.drawn(&self.body());
        let closed = self.style.details.closed && points.len() > 2;
        let drawn = route::right_angled(&points, closed);
        let place = self.placement();
        drawn.into_iter().map(|at| place * at).collect()
    }

    /// The way of a line or arrow through its points in board space, curves flattened.
    pub fn way(&self) -> Vec<Point> {
        let way = self.kind.shape().way(&self.body());
        let place = self.placement();
        way.into_iter().map(|at| place * at).collect()
    }
}
