//! The two kinds of strokes: a pen's as a filled outline, a highlighter's as a flat band.
//!
//! Owns how stored points become a stroke of its box. Knows only its body; see [`Shape`].

use std::sync::Arc;

use kurbo::{BezPath, Point, Rect, Vec2};

use super::look::Look;
use super::silhouette::{Silhouette, Spot};
use super::{Body, Shape};
use crate::display::{DisplayList, Op};
use crate::fields::{Birth, Slot, Value};
use crate::geometry::Geometry;
use crate::ink::points::{Grid, Points};
use crate::ink::{InkPoint, outline::outline, radius};
use crate::style::{Color, Style, StyleField, Theme};

/// The name in the document of a pen's stroke.
pub const NAME: &str = "ink";
/// The same of a highlighter's.
pub const HIGHLIGHTER_NAME: &str = "highlighter";

/// The style fields that change how it looks.
pub const STYLE_FIELDS: &[StyleField] =
    &[StyleField::Stroke, StyleField::Width, StyleField::Opacity];

/// The same of a highlighter's stroke.
pub const HIGHLIGHTER_FIELDS: &[StyleField] =
    &[StyleField::Fill, StyleField::Width, StyleField::Opacity];

/// Points within this share of a highlighter's width of an end are jerks.
const JERK: f64 = 0.5;
/// The colour of a highlighter that has none.
const YELLOW: Color = Color(0xffec_99ff);

/// A stroke. Its points are kept encoded: a board may hold millions of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ink {
    points: Points,
    /// Whether a highlighter made it.
    highlights: bool,
}

impl Ink {
    /// A stroke of points in board space, and the geometry it has there. `None` without points.
    pub fn of_points(points: &[InkPoint], grid: Grid) -> Option<(Geometry, Self)> {
        let (rect, points) = Points::encode(points, grid)?;
        let highlights = false;
        Some((Geometry::from_rect(rect), Self { points, highlights }))
    }

    /// The same stroke as a highlighter makes it.
    #[must_use]
    pub fn highlighting(self) -> Self {
        Self {
            highlights: true,
            ..self
        }
    }

    /// Says which colour a highlighter's stroke has where that is not said.
    pub(super) fn spell_out(&self, style: &mut Style) {
        if self.highlights && style.fill.is_none() {
            style.fill = YELLOW;
        }
    }

    /// Whether a highlighter made it.
    pub fn highlights(&self) -> bool {
        self.highlights
    }

    pub(super) fn read(birth: &Birth, highlights: bool) -> Option<Self> {
        let bytes = birth.get(Slot::Points).as_bytes()?;
        Points::decode(bytes).map(|points| Self { points, highlights })
    }

    /// A band of one layer, however it crosses itself, through which words can be read.
    fn paint_band(
        &self,
        body: &Body<'_>,
        points: &[InkPoint],
        theme: Theme,
        list: &mut DisplayList,
    ) {
        let fill = body.style.fill;
        let color = if fill.is_none() { YELLOW } else { fill };
        let blend = match theme {
            Theme::Light => 1.0,
            Theme::Dark => 2.0,
        };
        let mut points: Vec<Point> = points.iter().map(|point| point.at()).collect();
        for _end in 0..2 {
            points.reverse();
            trim_start(&mut points, body.style.width * JERK);
        }
        let mut path = BezPath::new();
        for (i, point) in points.iter().enumerate() {
            match i {
                0 => path.move_to(*point),
                _ => path.line_to(*point),
            }
        }
        // A dot has no way of its own.
        if let Some(first) = points.first()
            && points.iter().all(|point| point == first)
        {
            path.line_to(*first + Vec2::new(body.style.width / 4.0, 0.0));
        }
        list.op(Op::Blend, &[blend]);
        list.op(Op::Cap, &[1.0]);
        list.op(Op::LineWidth, &[body.style.width]);
        list.stroke_color(color.in_theme(theme));
        list.path(&path);
        list.op(Op::Stroke, &[]);
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

/// Drops what follows the first point nearer than a reach: a hand jerks where it lands and lifts, and a flat
/// end would stand across that.
fn trim_start(points: &mut Vec<Point>, reach: f64) {
    let Some(first) = points.first().copied() else {
        return;
    };
    let near = |at: &&Point| at.distance(first) < reach;
    let crowd = points.iter().skip(1).take_while(near).count();
    let kept = crowd.min(points.len().saturating_sub(2));
    points.drain(1..=kept);
}

impl Shape for Ink {
    fn name(&self) -> &str {
        if self.highlights {
            HIGHLIGHTER_NAME
        } else {
            NAME
        }
    }

    fn style_fields(&self) -> &'static [StyleField] {
        if self.highlights {
            HIGHLIGHTER_FIELDS
        } else {
            STYLE_FIELDS
        }
    }

    fn write(&self, birth: &mut Birth) {
        birth.set(Slot::Points, Value::Bytes(Arc::clone(self.points.bytes())));
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        let width = body.style.width;
        let spot = |point: InkPoint| Spot {
            at: point.at(),
            reach: if self.highlights {
                width / 2.0
            } else {
                radius(width, point.pressure)
            },
        };
        Silhouette::of_spots(self.local(body).map(spot).collect())
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        let widest = radius(body.style.width, 1.0);
        body.rect().inflate(widest, widest)
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

impl Look for Ink {
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let mut points: Vec<InkPoint> = Vec::new();
        for point in self.local(body) {
            let near = |last: &InkPoint| last.at().distance(point.at()) < body.step;
            if !points.last().is_some_and(near) {
                points.push(point);
            }
        }
        if self.highlights {
            return self.paint_band(body, &points, theme, list);
        }
        list.fill_color(body.style.stroke.in_theme(theme));
        list.path(&outline(&points, body.style.width));
        list.op(Op::Fill, &[]);
    }
}
