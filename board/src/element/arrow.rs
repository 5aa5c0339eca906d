//! The arrow kind: straight segments with an open head at the last vertex.
//!
//! Owns the proportions of the head. Knows only its body; see [`Shape`].

use std::sync::Arc;

use kurbo::{BezPath, Point, Rect, Vec2};

use super::silhouette::Silhouette;
use super::vertices::{Vertices, open_path};
use super::{Body, Shape, finish};
use crate::display::DisplayList;
use crate::fields::Birth;
use crate::geometry::Geometry;
use crate::ink::points::Points;
use crate::style::{Dash, StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "arrow";

/// The head's length: so much at no width, and so much more per unit of stroke width.
const HEAD: (f64, f64) = (8.0, 3.8);
/// At most this share of the arrow's own length is head.
const HEAD_SHARE: f64 = 0.45;
/// Half the angle between the barbs, radians.
const SPREAD: f64 = 0.5;

/// Straight segments with an open head at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    vertices: Vertices,
}

impl Arrow {
    /// An arrow through points in board space, and the geometry it has there. `None` without
    /// points.
    pub fn through(points: &[Point]) -> Option<(Geometry, Self)> {
        let (geometry, vertices) = Vertices::through(points)?;
        Some((geometry, Self { vertices }))
    }

    pub(super) fn read(birth: &Birth) -> Option<Self> {
        Vertices::read(birth).map(|vertices| Self { vertices })
    }

    /// Shaft and head as one path of two open contours.
    fn path(&self, body: &Body<'_>) -> BezPath {
        let points = self.vertices.local(body);
        let mut path = open_path(&points);
        path.extend(head_path(&points, body.style.width));
        path
    }
}

/// The head's two barbs; nothing for an arrow without length.
fn head_path(points: &[Point], width: f64) -> BezPath {
    let mut path = BezPath::new();
    if let Some([from, tip, to]) = head(points, width) {
        path.move_to(from);
        path.line_to(tip);
        path.line_to(to);
    }
    path
}

/// One barb's end, the tip and the other barb's end; `None` for an arrow without length.
fn head(points: &[Point], width: f64) -> Option<[Point; 3]> {
    let tip = *points.last()?;
    let length: f64 = points.windows(2).map(|pair| span(pair).hypot()).sum();
    let (base, per_width) = HEAD;
    let size = (base + per_width * width).min(HEAD_SHARE * length);
    // The head looks back along the way that it covers, not along a last crumb of a segment.
    let mut left = size;
    let mut back = Vec2::ZERO;
    for pair in points.windows(2).rev() {
        let way = span(pair);
        let reach = way.hypot();
        if reach >= left {
            back += way * (left / reach.max(f64::MIN_POSITIVE));
            break;
        }
        back += way;
        left -= reach;
    }
    if back.hypot() < 1e-9 {
        return None;
    }
    let back = back / back.hypot() * -size;
    let (sin, cos) = SPREAD.sin_cos();
    let barb = |sin: f64| tip + Vec2::new(back.x * cos - back.y * sin, back.x * sin + back.y * cos);
    Some([barb(sin), tip, barb(-sin)])
}

fn span(pair: &[Point]) -> Vec2 {
    match pair {
        [from, to] => *to - *from,
        _ => Vec2::ZERO,
    }
}

impl Shape for Arrow {
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
        Silhouette::of_path(&self.path(body), body.style.width / 2.0, false)
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        let reach = finish::reach(body);
        self.path(body).control_box().inflate(reach, reach)
    }

    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        if body.style.details.dash == Dash::Solid {
            return finish::stroke(body, &self.path(body), theme, list);
        }
        // A head in dashes would be none.
        let points = self.vertices.local(body);
        finish::stroke(body, &open_path(&points), theme, list);
        let whole = body.style.with_dash(Dash::Solid);
        let head = head_path(&points, body.style.width);
        finish::stroke(
            &Body {
                style: &whole,
                ..*body
            },
            &head,
            theme,
            list,
        );
    }

    fn points(&self) -> Option<&Points> {
        Some(&self.vertices.0)
    }

    fn set_points(&mut self, bytes: &Arc<[u8]>) -> bool {
        self.vertices.set(bytes)
    }
}
