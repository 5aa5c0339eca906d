//! The two ends of a straight line or arrow, as a person drags them.
//!
//! Owns how a moved end becomes points and geometry. Knows no tool.

use board::element::Element;
use kurbo::Point;

/// The ends of a line or arrow with two vertices, in board space.
pub(crate) fn of(element: &Element) -> Option<(Point, Point)> {
    if !element.kind.has_vertices() {
        return None;
    }
    match element.vertices().as_slice() {
        [first, last] => Some((*first, *last)),
        _ => None,
    }
}

/// The same element with one end elsewhere, unturned; `None` when it has no ends.
pub(crate) fn with_end(element: &Element, last: bool, to: Point) -> Option<Element> {
    let (first_end, last_end) = of(element)?;
    let ends = if last {
        [first_end, to]
    } else {
        [to, last_end]
    };
    element.through(&ends)
}
