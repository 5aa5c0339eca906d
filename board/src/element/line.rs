//! The line kind: a way through its vertices.
//!
//! Knows only its body; see [`Shape`].

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::heads::OF_LINES;
use super::look::Look;
use super::path::{LINE_FIELDS, Path, style_fields};
use super::silhouette::Silhouette;
use super::vertices::Vertices;
use super::{Body, Shape};
use crate::display::DisplayList;
use crate::fields::Birth;
use crate::geometry::Geometry;
use crate::ink::points::Points;
use crate::style::{StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "line";

/// A way that has no heads unless its style says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub(super) vertices: Vertices,
}

impl Line {
    /// A line through points in board space, and the geometry it has there. `None` without points.
    pub fn through(points: &[Point]) -> Option<(Geometry, Self)> {
        let (geometry, vertices) = Vertices::through(points)?;
        Some((geometry, Self { vertices }))
    }

    /// Its encoded vertices.
    pub fn points(&self) -> &Arc<[u8]> {
        self.vertices.points.bytes()
    }

    pub(super) fn take_route(&mut self, route: Option<Arc<Vec<Point>>>) {
        self.vertices.take_route(route);
    }

    pub(super) fn read(birth: &Birth) -> Option<Self> {
        Vertices::read(birth).map(|vertices| Self { vertices })
    }
}

impl Shape for Line {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        style_fields(&self.vertices, LINE_FIELDS)
    }

    fn write(&self, birth: &mut Birth) {
        self.vertices.write(birth);
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        Path::of(&self.vertices, body, OF_LINES).silhouette(body)
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        Path::of(&self.vertices, body, OF_LINES).extent(body)
    }

    fn points(&self) -> Option<&Points> {
        Some(&self.vertices.points)
    }

    fn way(&self, body: &Body<'_>) -> Vec<Point> {
        self.vertices.way(body)
    }

    fn set_points(&mut self, bytes: &Arc<[u8]>) -> bool {
        self.vertices.set(bytes)
    }
}

impl Look for Line {
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        Path::of(&self.vertices, body, OF_LINES).paint(body, theme, list);
    }

    fn seen(&self, body: &Body<'_>) -> Option<Path> {
        Some(Path::of(&self.vertices, body, OF_LINES))
    }
}
