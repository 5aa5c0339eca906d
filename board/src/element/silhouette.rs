//! What of an element can be touched: polylines with a reach, and filled areas.
//!
//! Owns the geometry of clicks, marquees and erasers for all kinds, so that no kind repeats it.
//! Knows no kind, no style and no document.

use kurbo::{Affine, BezPath, Line as Segment, ParamCurveNearest, Point, Rect};

use crate::subpath::{Subpath, subpaths};

/// A point of a polyline and how far paint reaches around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) at: Point,
    pub(crate) reach: f64,
}

/// Polylines, closed ones with their last point equal to the first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Silhouette {
    runs: Vec<Vec<Spot>>,
    /// So many runs, the first ones, are outlines of filled areas.
    filled: usize,
}

impl Silhouette {
    /// Nothing: it is never touched.
    pub(crate) fn empty() -> Self {
        Self::default()
    }

    /// A polyline of spots.
    pub(crate) fn of_spots(spots: Vec<Spot>) -> Self {
        Self {
            runs: vec![spots],
            filled: 0,
        }
    }

    /// The outline of a path, flattened, with one reach everywhere; `solid` when filled.
    pub(crate) fn of_path(path: &BezPath, reach: f64, solid: bool) -> Self {
        let spots = |part: &Subpath| {
            let points = part.points().into_iter();
            points.map(|at| Spot { at, reach }).collect()
        };
        let runs: Vec<Vec<Spot>> = subpaths(path).iter().map(spots).collect();
        let filled = if solid { runs.len() } else { 0 };
        Self { runs, filled }
    }

    /// Filled areas and lines in one.
    pub(crate) fn of_areas_and_lines(mut areas: Self, lines: Self) -> Self {
        areas.runs.extend(lines.runs);
        areas
    }

    /// Its lines as a path. O(spots).
    pub(crate) fn to_path(&self) -> BezPath {
        let mut path = BezPath::new();
        for run in &self.runs {
            for (i, spot) in run.iter().enumerate() {
                match i {
                    0 => path.move_to(spot.at),
                    _ => path.line_to(spot.at),
                }
            }
        }
        path
    }

    /// How far a point is from what is painted of its lines, if that is within a tolerance; in what is
    /// filled, as far as that.
    pub(crate) fn miss(&self, at: Point, tolerance: f64) -> Option<f64> {
        let mut away = f64::INFINITY;
        self.any_segment(|segment, reach| {
            away = away.min(distance_to(segment, at) - reach);
            false
        });
        if away <= tolerance {
            return Some(away.max(0.0));
        }
        self.contains(at).then_some(tolerance)
    }

    /// Whether a segment comes near it or, when it is filled, begins or ends in it.
    pub(crate) fn crosses(&self, path: Segment, tolerance: f64) -> bool {
        self.contains(path.p0)
            || self.contains(path.p1)
            || self.any_segment(|segment, reach| distance(segment, path) <= reach + tolerance)
    }

    /// Whether all of it, placed on the board, lies in an upright box.
    pub(crate) fn inside(&self, place: Affine, area: Rect) -> bool {
        let within = |spot: &Spot| {
            let at = place * spot.at;
            at.x >= area.x0 && at.x <= area.x1 && at.y >= area.y0 && at.y <= area.y1
        };
        !self.runs.is_empty() && self.runs.iter().flatten().all(within)
    }

    /// Whether any of it lies in a box on the board that `to_local` brings into its own space.
    pub(crate) fn touches(&self, to_local: Affine, area: Rect) -> bool {
        let corners = [
            (area.x0, area.y0),
            (area.x1, area.y0),
            (area.x1, area.y1),
            (area.x0, area.y1),
        ];
        let [a, b, c, d] = corners.map(|corner| to_local * Point::from(corner));
        let sides = [(a, b), (b, c), (c, d), (d, a)].map(|(p, q)| Segment::new(p, q));
        let back = to_local.inverse();
        let in_area = |spot: &Spot| {
            let at = back * spot.at;
            at.x >= area.x0 && at.x <= area.x1 && at.y >= area.y0 && at.y <= area.y1
        };
        self.runs.iter().flatten().any(in_area)
            || self.contains(a)
            || self.any_segment(|segment, reach| {
                sides.iter().any(|side| distance(segment, *side) <= reach)
            })
    }

    fn any_segment(&self, mut test: impl FnMut(Segment, f64) -> bool) -> bool {
        self.runs.iter().any(|run| match run.as_slice() {
            [only] => test(Segment::new(only.at, only.at), only.reach),
            run => run.windows(2).any(|pair| match pair {
                [from, to] => test(Segment::new(from.at, to.at), from.reach.max(to.reach)),
                _ => false,
            }),
        })
    }

    /// How far a point is from its outlines, and whether it is within them, filled or not.
    pub(crate) fn depth(&self, at: Point) -> (f64, bool) {
        let mut away = f64::INFINITY;
        self.any_segment(|segment, _| {
            away = away.min(distance_to(segment, at));
            false
        });
        (away, self.surrounds(at))
    }

    /// Whether a point is within its outlines, filled or not.
    pub(crate) fn surrounds(&self, at: Point) -> bool {
        self.encloses(self.runs.len(), at)
    }

    fn contains(&self, at: Point) -> bool {
        self.encloses(self.filled, at)
    }

    /// Whether the winding of the first runs around a point is not zero.
    fn encloses(&self, runs: usize, at: Point) -> bool {
        let mut winding = 0;
        for pair in self.runs.iter().take(runs).flat_map(|run| run.windows(2)) {
            let [Spot { at: p0, .. }, Spot { at: p1, .. }] = pair else {
                continue;
            };
            let side = (*p1 - *p0).cross(at - *p0);
            if p0.y <= at.y && p1.y > at.y && side > 0.0 {
                winding += 1;
            } else if p1.y <= at.y && p0.y > at.y && side < 0.0 {
                winding -= 1;
            }
        }
        winding != 0
    }
}

fn distance_to(segment: Segment, at: Point) -> f64 {
    if segment.p0 == segment.p1 {
        return segment.p0.distance(at);
    }
    segment.nearest(at, 0.0).distance_sq.sqrt()
}

/// The distance between two segments, 0 where they cross.
fn distance(a: Segment, b: Segment) -> f64 {
    let side = |line: Segment, at: Point| (line.p1 - line.p0).cross(at - line.p0);
    let apart = |line: Segment, other: Segment| {
        let (p, q) = (side(line, other.p0), side(line, other.p1));
        (p > 0.0 && q > 0.0) || (p < 0.0 && q < 0.0) || (p == 0.0 && q == 0.0)
    };
    if !apart(a, b) && !apart(b, a) {
        return 0.0;
    }
    [
        distance_to(a, b.p0),
        distance_to(a, b.p1),
        distance_to(b, a.p0),
        distance_to(b, a.p1),
    ]
    .into_iter()
    .fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use kurbo::Shape as _;

    use super::*;

    #[test]
    fn crossing_segments_are_at_distance_nothing() {
        let a = Segment::new((0.0, 0.0), (10.0, 10.0));
        assert_eq!(distance(a, Segment::new((0.0, 10.0), (10.0, 0.0))), 0.0);
        assert_eq!(distance(a, Segment::new((5.0, 5.0), (5.0, 5.0))), 0.0);
        let beside = distance(a, Segment::new((0.0, 2.0), (8.0, 10.0)));
        assert!((beside - 2f64.sqrt()).abs() < 1e-9, "{beside}");
        let ahead = distance(a, Segment::new((13.0, 14.0), (20.0, 14.0)));
        assert!((ahead - 5.0).abs() < 1e-9, "{ahead}");
        let dots = distance(
            Segment::new((0.0, 0.0), (0.0, 0.0)),
            Segment::new((3.0, 4.0), (3.0, 4.0)),
        );
        assert_eq!(dots, 5.0);
    }

    #[test]
    fn a_marquee_within_an_unfilled_shape_misses_it_and_hits_a_filled_one() {
        let path = Rect::new(0.0, 0.0, 100.0, 100.0).to_path(0.1);
        let within = Rect::new(40.0, 40.0, 60.0, 60.0);
        let around = Rect::new(-10.0, -10.0, 110.0, 110.0);
        for solid in [false, true] {
            let silhouette = Silhouette::of_path(&path, 1.0, solid);
            assert_eq!(silhouette.touches(Affine::IDENTITY, within), solid);
            assert!(silhouette.touches(Affine::IDENTITY, around));
            assert!(silhouette.inside(Affine::IDENTITY, around));
            assert!(!silhouette.inside(Affine::IDENTITY, within));
        }
    }
}
