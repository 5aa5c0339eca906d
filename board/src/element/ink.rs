//! The ink kind: a pen's stroke as a filled outline.
//!
//! Owns how stored points become a stroke of its box. Knows only its body; see [`Shape`].

use std::sync::Arc;

use kurbo::Rect;

use super::silhouette::{Silhouette, Spot};
use super::{Body, Shape};
use crate::display::DisplayList;
use crate::fields::{Birth, Slot, Value};
use crate::geometry::Geometry;
use crate::ink::points::{Grid, Points};
use crate::ink::{InkPoint, outline::outline, radius};
use crate::style::{StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "ink";

/// The style fields that change how it looks.
pub const STYLE_FIELDS: &[StyleField] =
    &[StyleField::Stroke, StyleField::Width, StyleField::Opacity];

/// A pen's stroke. Its points are kept encoded: a board may hold millions of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    points: Points,
}

impl Ink {
    /// A stroke of points in board space, and the geometry it has there. `None` without points.
    pub fn of_points(points: &[InkPoint], grid: Grid) -> Option<(Geometry, Self)> {
        let (rect, points) = Points::encode(points, grid)?;
        Some((Geometry::from_rect(rect), Self { points }))
    }

    pub(super) fn read(birth: &Birth) -> Option<Self> {
        let bytes = birth.get(Slot::Points).as_bytes()?;
        Points::decode(bytes).map(|points| Self { points })
    }

    fn local<'a>(&'a self, body: &Body<'_>) -> impl Iterator<Item = InkPoint> + 'a {
        let stretch = self.points.stretch(body.size, body.mirror);
        self.points.iter().map(move |point| {
            let at = stretch * point.at();
            InkPoint {
                x: at.x,
                y: at.y,
                pressure: point.pressure,
            }
        })
    }
}

impl Shape for Ink {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        STYLE_FIELDS
    }

    fn write(&self, birth: &mut Birth) {
        birth.set(Slot::Points, Value::Bytes(Arc::clone(self.points.bytes())));
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        let width = body.style.width;
        let spot = |point: InkPoint| Spot {
            at: point.at(),
            reach: radius(width, point.pressure),
        };
        Silhouette::of_spots(self.local(body).map(spot).collect())
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        let widest = radius(body.style.width, 1.0);
        body.rect().inflate(widest, widest)
    }

    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let mut points: Vec<InkPoint> = Vec::new();
        for point in self.local(body) {
            let near = |last: &InkPoint| last.at().distance(point.at()) < body.step;
            if !points.last().is_some_and(near) {
                points.push(point);
            }
        }
        list.fill_color(body.style.stroke.in_theme(theme));
        list.path(&outline(&points, body.style.width));
        list.op(crate::display::Op::Fill, &[]);
    }

    fn points(&self) -> Option<&Points> {
        Some(&self.points)
    }

    fn set_points(&mut self, bytes: &Arc<[u8]>) -> bool {
        let points = Points::decode(bytes);
        let taken = points.is_some();
        self.points = points.unwrap_or_else(|| self.points.clone());
        taken
    }
}
