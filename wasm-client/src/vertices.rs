//! The points of a line or arrow, as a person adds, moves and removes them.
//!
//! Owns how other points become an element's points and geometry. Knows no tool.

use board::element::{Element, Kind};
use board::fields::Value;
use board::id::ElementId;
use board::style::StyleField;
use kurbo::Point;

/// The line or arrow whose points are shown, and which of them is picked; or the image whose crop is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pointed {
    pub(crate) element: ElementId,
    pub(crate) picked: Option<usize>,
}

/// The points of a line or arrow, in board space.
pub(crate) fn of(element: &Element) -> Option<Vec<Point>> {
    let points = element.kind.has_vertices().then(|| element.vertices());
    points.filter(|points| points.len() > 1)
}

/// The same element through other points, unturned; `None` when that is no way.
pub(crate) fn through(element: &Element, points: &[Point]) -> Option<Element> {
    element.through(points).filter(|_| points.len() > 1)
}

/// The same element with one point more, behind the one of that number.
pub(crate) fn with(element: &Element, behind: usize, at: Point) -> Option<Element> {
    let mut points = of(element)?;
    let place = (behind + 1).min(points.len());
    points.insert(place, at);
    through(element, &points)
}

/// The same element without a point; `None` when it would have no two.
pub(crate) fn without(element: &Element, point: usize) -> Option<Element> {
    let mut points = of(element)?;
    if point >= points.len() {
        return None;
    }
    points.remove(point);
    through(element, &points)
}

/// The same element with a point elsewhere. An end of a line that comes within `reach` of its other
/// end joins it, and the line is closed: by its field, for ends that only meet close nothing.
pub(crate) fn moved(element: &Element, point: usize, to: Point, reach: f64) -> Option<Element> {
    let mut points = of(element)?;
    let last = points.len() - 1;
    let other = match point {
        0 => points.last(),
        end if end == last => points.first(),
        _ => None,
    };
    let is_open = matches!(element.kind, Kind::Line(_)) && !element.style.details.closed;
    let joins = is_open && last > 2 && other.is_some_and(|other| (to - *other).hypot() <= reach);
    if joins {
        let mut joined = without(element, point)?;
        joined.style.set(StyleField::Closed, &Value::Bool(true));
        return Some(joined);
    }
    *points.get_mut(point)? = to;
    through(element, &points)
}

/// The point that a moved one keeps its angle to: the one before it, or behind the first.
pub(crate) fn neighbour(element: &Element, point: usize) -> Option<Point> {
    let next = point.checked_sub(1).unwrap_or(1);
    of(element)?.get(next).copied()
}
