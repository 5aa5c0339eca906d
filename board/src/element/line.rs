//! The line kind: straight segments through its vertices.
//!
//! Knows only its body; see [`Shape`].

use std::sync::Arc;

use kurbo::{Point, Rect};

use super::silhouette::Silhouette;
use super::vertices::{Vertices, open_path};
use super::{Body, Shape, finish};
use crate::display::DisplayList;
use crate::fields::Birth;
use crate::geometry::Geometry;
use crate::ink::points::Points;
use crate::style::{StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "line";

/// Straight segments with round ends and corners.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    vertices: Vertices,
}

impl Line {
    /// A line through points in board space, and the geometry it has there. `None` without points.
    pub fn through(points: &[Point]) -> Option<(Geometry, Self)> {
        let (geometry, vertices) = Vertices::through(points)?;
        Some((geometry, Self { vertices }))
    }

    /// Its encoded vertices.
    pub fn points(&self) -> &Arc<[u8]> {
        self.vertices.0.bytes()
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
        super::OPEN_SHAPE
    }

    fn write(&self, birth: &mut Birth) {
        self.vertices.write(birth);
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        let path = open_path(&self.vertices.local(body));
        Silhouette::of_path(&path, body.style.width / 2.0, false)
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        let reach = finish::reach(body);
        body.rect().inflate(reach, reach)
    }

    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        finish::stroke(body, &open_path(&self.vertices.local(body)), theme, list);
    }

    fn points(&self) -> Option<&Points> {
        Some(&self.vertices.0)
    }

    fn set_points(&mut self, bytes: &Arc<[u8]>) -> bool {
        self.vertices.set(bytes)
    }
}
