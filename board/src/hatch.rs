//! Hatching: straight lines that fill a closed path.
//!
//! Owns where they lie; they are to be stroked. Knows no element.

use kurbo::{BezPath, Point, Vec2};

use crate::style::FillStyle;
use crate::subpath::subpaths;

/// Most lines of one element; beyond it they lie farther apart.
pub const MAX_HATCH_LINES: usize = 400;

/// Unit vectors near the diagonals, exact in every bit; on the diagonals themselves lines would run
/// into the corners of squares.
const RISING: Vec2 = Vec2::new(21.0 / 29.0, -20.0 / 29.0);
const FALLING: Vec2 = Vec2::new(20.0 / 29.0, 21.0 / 29.0);
/// Lines shorter than this share of the gap are left out: in corners they look like dirt.
const SHORTEST: f64 = 0.4;

impl FillStyle {
    /// The lines that fill a path in this style, none for a solid fill; at most so many, and no more
    /// than [`MAX_HATCH_LINES`]. Cost as of [`hatch`].
    pub fn lines(self, path: &BezPath, width: f64, most: usize) -> BezPath {
        let (gap, most) = (gap(width), most.min(MAX_HATCH_LINES));
        match self {
            Self::Solid => BezPath::new(),
            Self::Hatched | Self::Zigzag => hatch(path, gap, RISING, most),
            Self::Crossed => {
                let mut lines = hatch(path, gap, RISING, most / 2);
                lines.extend(hatch(path, gap, FALLING, most / 2));
                lines
            }
        }
    }
}

/// How far apart lines of a width are, board units from middle to middle.
pub fn gap(width: f64) -> f64 {
    let width = if width.is_finite() {
        width.max(0.0)
    } else {
        0.0
    };
    (4.0 * width).max(6.0).min(width + 16.0)
}

/// Lines inside a path by the non-zero rule, so far apart and along a unit vector, at most so many;
/// where there would be more, the gap widens. Open subpaths count as closed.
/// O(path + crossings · log crossings).
///
/// They keep to multiples of the gap from the origin, so that they rest while the path's far side
/// is dragged.
pub fn hatch(path: &BezPath, gap: f64, along: Vec2, most: usize) -> BezPath {
    let runs: Vec<Vec<Point>> = subpaths(path).iter().map(|run| run.points()).collect();
    let across = Vec2::new(-along.y, along.x);
    let (mut least, mut farthest) = (f64::MAX, f64::MIN);
    for point in runs.iter().flatten() {
        let at = across.dot(point.to_vec2());
        (least, farthest) = (least.min(at), farthest.max(at));
    }
    let mut lines = BezPath::new();
    let sane = gap > 0.0 && most > 0 && along.is_finite();
    if !sane || farthest <= least {
        return lines;
    }
    let mut gap = gap.max((farthest - least) / most as f64);
    loop {
        let crossings = crossings(&runs, gap, along, across);
        let spans = spans(&crossings, SHORTEST * gap);
        if spans.len() <= most {
            for (row, from, to) in spans {
                let foot = across * (row * gap);
                lines.move_to((foot + along * from).to_point());
                lines.line_to((foot + along * to).to_point());
            }
            return lines;
        }
        gap *= 2.0;
    }
}

/// Where a line meets the outline: the line's number, how far along it, and which way.
type Crossing = (f64, f64, i32);

/// Every crossing, by line and along it.
fn crossings(runs: &[Vec<Point>], gap: f64, along: Vec2, across: Vec2) -> Vec<Crossing> {
    let mut found = Vec::new();
    for run in runs {
        let ends = run.iter().skip(1).chain(run.first());
        for (from, to) in run.iter().zip(ends) {
            let (p, q) = (from.to_vec2(), to.to_vec2());
            let (a, b) = (across.dot(p) / gap, across.dot(q) / gap);
            let (low, high) = (a.min(b), a.max(b));
            let way = if a < b { 1 } else { -1 };
            // Lines lie on halves: an upright side at the origin is on none of them.
            let mut row = (low - 0.5).ceil() + 0.5;
            while row < high {
                let share = (row - a) / (b - a);
                found.push((row, along.dot(p + (q - p) * share), way));
                row += 1.0;
            }
        }
    }
    found.sort_unstable_by(|p, q| p.0.total_cmp(&q.0).then(p.1.total_cmp(&q.1)));
    found
}

/// The stretches between crossings that are inside: a line's number, from and to.
fn spans(crossings: &[Crossing], shortest: f64) -> Vec<(f64, f64, f64)> {
    let mut spans = Vec::new();
    let (mut winding, mut from) = (0, 0.0);
    for (row, at, way) in crossings {
        if winding == 0 {
            from = *at;
        }
        winding += way;
        if winding == 0 && at - from > shortest {
            spans.push((*row, from, *at));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use kurbo::{ParamCurve, Rect, Shape};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_fill_as_much_as_their_gap_says() {
        let square = Rect::new(0.0, 0.0, 300.0, 300.0).to_path(0.1);
        for (style, times) in [(FillStyle::Hatched, 1.0), (FillStyle::Crossed, 2.0)] {
            let lines = style.lines(&square, 2.0, MAX_HATCH_LINES);
            let long: f64 = lines
                .segments()
                .map(|side| (side.end() - side.start()).length())
                .sum();
            let expected = times * 300.0 * 300.0 / gap(2.0);
            assert!((long / expected - 1.0).abs() < 0.01, "{long} of {expected}");
        }
        assert!(
            FillStyle::Solid
                .lines(&square, 2.0, MAX_HATCH_LINES)
                .is_empty()
        );
    }

    #[test]
    fn what_has_no_area_has_no_lines() {
        for svg in ["", "M3 3", "M0 0 L90 0 Z", "M0 0 L1e300 0 L0 1e300 Z"] {
            let path = BezPath::from_svg(svg).unwrap();
            assert!(
                FillStyle::Crossed
                    .lines(&path, f64::NAN, MAX_HATCH_LINES)
                    .is_empty()
            );
        }
    }

    proptest! {
        #[test]
        fn lines_lie_inside_and_are_not_too_many(
            corners in prop::collection::vec((-1.0..1.0f64, -1.0..1.0f64), 3..40),
            size in 0.0..1e6f64, width in 0.0..40.0f64, most in 2..2 * MAX_HATCH_LINES,
        ) {
            let mut path = BezPath::new();
            for (i, (x, y)) in corners.iter().enumerate() {
                let at = Point::new(x * size, y * size);
                if i == 0 { path.move_to(at) } else { path.line_to(at) }
            }
            path.close_path();
            for style in FillStyle::ALL {
                let lines = style.lines(&path, width, most);
                prop_assert!(lines.is_finite());
                prop_assert!(lines.segments().count() <= most.min(MAX_HATCH_LINES));
                let some = lines.segments().count() / 20 + 1;
                for line in lines.segments().step_by(some) {
                    for t in [0.01, 0.3, 0.5, 0.99] {
                        prop_assert_ne!(path.winding(line.eval(t)), 0);
                    }
                }
            }
        }
    }
}
