//! Strokes of other programs' pens as ink.
//!
//! Owns on which grid points are stored. Knows no format.

use board::element::ink::Ink;
use board::geometry::Geometry;
use board::ink::InkPoint;
use board::ink::points::Grid;
use kurbo::Rect;

/// Strokes smaller than this are stored on the finer grid, board units.
const SMALL: f64 = 64.0;

/// Ink through points of the board; `None` without any.
pub(crate) fn ink(points: &[InkPoint]) -> Option<(Geometry, Ink)> {
    let extent = points.iter().fold(None, |all: Option<Rect>, point| {
        let at = Rect::from_points(point.at(), point.at());
        Some(all.map_or(at, |all| all.union(at)))
    });
    let small = extent.is_some_and(|extent| extent.width().max(extent.height()) < SMALL);
    let grid = if small {
        Grid::VERTICES
    } else {
        Grid::for_zoom(1.0)
    };
    Ink::of_points(points, grid)
}
