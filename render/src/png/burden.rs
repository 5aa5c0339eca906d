//! How much a path takes of whoever draws pixels: what is kept of it until it is drawn.
//!
//! Owns an estimate from its corners and handles, never less than half of what it comes to. Knows no picture.

use kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// Pixels are drawn by tiles of so many to a side along edges.
const TILE: f64 = 4.0;
/// What is inside of a path is drawn by rows of tiles, in pieces of so many pixels.
const PIECE: f64 = 256.0;

/// Tiles of a path on a sheet of pixels, both sides of a line of some width.
pub(super) fn of(path: &BezPath, transform: Affine, width: Option<f64>, sheet: Rect) -> usize {
    let edges = edges(path, transform, sheet);
    let tiles = match width {
        // A line has two edges, and ends and corners that are round.
        Some(_) => 2.0 * edges + 4.0 * path.elements().len() as f64,
        None => {
            let all = transform.transform_rect_bbox(path.control_box());
            let seen = all.intersect(sheet);
            let pieces = match seen.area() > 0.0 {
                true => (seen.height() / TILE) * (1.0 + seen.width() / PIECE),
                false => 0.0,
            };
            edges + pieces
        }
    };
    tiles.min(1e15) as usize
}

/// Tiles along a path's edges: what lies to the right of the sheet, above or below leaves nothing on it.
fn edges(path: &BezPath, transform: Affine, sheet: Rect) -> f64 {
    let mut tiles = 0.0;
    let (mut at, mut start) = (Point::ZERO, Point::ZERO);
    let mut go = |from: Point, to: Point| {
        let seen = Rect::from_points(from, to);
        let down = seen.y1.min(sheet.y1) - seen.y0.max(sheet.y0);
        if down < 0.0 || seen.x0 > sheet.x1 {
            return;
        }
        let across = seen.x1.min(sheet.x1) - seen.x0.max(sheet.x0);
        tiles += 1.0 + (down + across.max(0.0)) / TILE;
    };
    for element in path.elements() {
        let mut through = |points: &[Point]| {
            for point in points {
                let to = transform * *point;
                go(at, to);
                at = to;
            }
        };
        match *element {
            PathEl::MoveTo(to) => {
                at = transform * to;
                start = at;
            }
            PathEl::LineTo(to) => through(&[to]),
            PathEl::QuadTo(by, to) => through(&[by, to]),
            PathEl::CurveTo(by, then, to) => through(&[by, then, to]),
            PathEl::ClosePath => {
                go(at, start);
                at = start;
            }
        }
    }
    tiles
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::{Circle, Shape as _};

    const SHEET: Rect = Rect::new(0.0, 0.0, 4000.0, 4000.0);

    fn circle(radius: f64, x: f64) -> BezPath {
        Circle::new((x, 2000.0), radius).to_path(0.1)
    }

    #[test]
    fn a_path_takes_as_much_as_is_seen_of_it() {
        let own = |path: &BezPath| of(path, Affine::IDENTITY, None, SHEET);
        let (small, large) = (own(&circle(10.0, 2000.0)), own(&circle(1000.0, 2000.0)));
        assert!(
            small < 100 && large > 2_000 && large < 20_000,
            "{small} {large}"
        );
        assert!(own(&circle(1e6, 2000.0)) < 40_000, "clipped to the sheet");
        assert_eq!(own(&circle(1000.0, 6000.0)), 0, "none of it is seen");
        let line = of(&circle(1000.0, 2000.0), Affine::IDENTITY, Some(2.0), SHEET);
        assert!(line > 2_000, "{line}");
    }
}
