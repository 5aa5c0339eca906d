//! Lines and arrows: their points, and what is at their ends.
//!
//! Owns where a line is by Excalidraw's rule: from its first point, before it is turned.

use board::element::{Element, Kind};
use board::style::{Head, Route};
use kurbo::{Point, Rect, Vec2};
use serde_json::{Value as Json, json};

use super::{Type, extent, is_area, outline, unturned};
use crate::excalidraw::kept::Field;
use crate::excalidraw::looks::{HEADS, name};
use crate::json::{Sum, rounded};

/// From one point of a dot to the other.
const DOT: Vec2 = Vec2::new(1e-4, 1e-4);
/// Points of lines are stored on a grid that is finer.
const NEAR: f64 = 1.0 / 16.0;

/// Where a line goes: from a point of the board, and on by others beside it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    pub(crate) from: Point,
    pub(crate) by: Vec<Vec2>,
}

impl Way {
    /// Through points of the board, before the element is turned.
    pub(crate) fn through(element: &Element, points: Vec<Point>) -> Self {
        let back = unturned(element);
        let mut way = Self::of(points.into_iter().map(|at| back * at).collect());
        // Nobody sees a single point there, so that a dot has two.
        if way.by.len() == 1 {
            way.by.push(DOT);
        }
        way
    }

    /// Along a stroke.
    pub(crate) fn of_ink(element: &Element) -> Self {
        Self::through(element, element.vertices())
    }

    /// Through points that are not turned.
    pub(crate) fn through_upright(points: &[Point]) -> Self {
        Self::of(points.to_vec())
    }

    /// Around the outline of a closed shape.
    pub(crate) fn around(element: &Element) -> Self {
        let mut points = outline(element);
        close(&mut points);
        Self::of(points)
    }

    fn of(points: Vec<Point>) -> Self {
        let from = points.first().copied().unwrap_or_default();
        Self {
            from,
            by: points.into_iter().map(|at| at - from).collect(),
        }
    }

    /// As it is kept beside an element: `[x, y, points]`.
    pub(crate) fn kept(&self) -> Json {
        let points = self
            .by
            .iter()
            .map(|by| json!([rounded(by.x), rounded(by.y)]));
        let points = Json::Array(points.collect());
        json!([rounded(self.from.x), rounded(self.from.y), points])
    }

    /// Reads what was kept; `None` when it is none.
    pub(crate) fn of_kept(kept: &Json) -> Option<Self> {
        let [x, y, points] = kept.as_array()?.as_slice() else {
            return None;
        };
        let by = points.as_array()?.iter().map(|point| {
            let [x, y] = point.as_array()?.as_slice() else {
                return None;
            };
            Some(Vec2::new(x.as_f64()?, y.as_f64()?))
        });
        Some(Self {
            from: Point::new(x.as_f64()?, y.as_f64()?),
            by: by.collect::<Option<Vec<_>>>()?,
        })
    }

    /// Whether it is another to within a sixteenth of a board unit.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let near = |by: Vec2| by.x.abs() <= NEAR && by.y.abs() <= NEAR;
        let pairs = || self.by.iter().zip(&other.by);
        self.by.len() == other.by.len()
            && near(self.from - other.from)
            && pairs().all(|(one, other)| near(*one - *other))
    }

    /// The box around it.
    pub(crate) fn extent(&self) -> Rect {
        let points: Vec<Point> = self.by.iter().map(|by| self.from + *by).collect();
        extent(&points)
    }

    /// Its place and size as fields.
    pub(crate) fn sides(&self, fields: &mut Vec<Field>) {
        let size = self.extent().size();
        let sides = [
            ("x", self.from.x),
            ("y", self.from.y),
            ("width", size.width),
            ("height", size.height),
        ];
        fields.extend(sides.map(|(name, side)| Field::new(name, rounded(side))));
    }

    /// Its points.
    pub(crate) fn points(&self) -> Json {
        let points = self
            .by
            .iter()
            .map(|by| json!([rounded(by.x), rounded(by.y)]));
        Json::Array(points.collect())
    }
}

/// Where a line or arrow goes, as it is shown.
pub(crate) fn way_of(element: &Element) -> Option<Way> {
    if !element.kind.has_vertices() {
        return None;
    }
    let area = is_area(element);
    let mut points = match element.is_elbow() {
        true => element.bends(),
        false => element.vertices(),
    };
    if area {
        close(&mut points);
    }
    Some(Way::through(element, points))
}

/// A sum of all that the way of a line follows from: its own points, and where what it holds on to is.
pub(crate) fn sum_of_way<'a>(
    stored: &Element,
    targets: impl IntoIterator<Item = &'a Element>,
) -> u32 {
    let point = |sum: Sum, at: Point| sum.number(at.x).number(at.y);
    let own = stored.vertices().into_iter().fold(Sum::default(), point);
    let closed = Json::Bool(is_area(stored));
    let frame = |sum: Sum, target: &Element| {
        let frame = target.frame();
        let numbers = [frame.x, frame.y, frame.w, frame.h, frame.angle];
        numbers.into_iter().fold(sum, Sum::number)
    };
    targets.into_iter().fold(own.json(&closed), frame).end()
}

fn close(points: &mut Vec<Point>) {
    let (first, last) = (points.first().copied(), points.last().copied());
    if first != last {
        points.extend(first);
    }
}

pub(super) fn of_line(element: &Element, kind: Type, fields: &mut Vec<Field>) {
    for end in ["startArrowhead", "endArrowhead"] {
        fields.push(Field::new(end, Json::Null));
    }
    if kind == Type::Polygon || is_area(element) {
        fields.push(Field::new("polygon", Json::Bool(true)));
    }
}

pub(super) fn of_arrow(element: &Element, fields: &mut Vec<Field>) {
    let details = &element.style.details;
    let usual = match element.kind {
        Kind::Arrow(_) => Head::Arrow,
        _ => Head::None,
    };
    let heads = [
        ("startArrowhead", details.start_head.unwrap_or(Head::None)),
        ("endArrowhead", details.end_head.unwrap_or(usual)),
    ];
    for (end, head) in heads {
        let named = name(HEADS, nearest(head)).map_or(Json::Null, Json::from);
        let told = Json::from(head.name());
        fields.push(Field {
            value: named,
            ..Field::new(end, told)
        });
    }
    let elbow = details.route == Route::Elbow;
    fields.push(Field::new("elbowed", Json::Bool(elbow)));
    if elbow {
        for field in ["fixedSegments", "startIsSpecial", "endIsSpecial"] {
            fields.push(Field::new(field, Json::Null));
        }
    }
}

/// The head that the newest release has.
pub(crate) fn nearest(head: Head) -> Head {
    match head {
        Head::ExactlyOne | Head::ZeroOrOne => Head::One,
        Head::ZeroOrMany => Head::OneOrMany,
        head => head,
    }
}
