//! Dashes and dots along a path.
//!
//! Owns how long they are and how they fit a path's length. Round caps are the painter's: they
//! make a dash longer by the line's width, and a dot of a piece without length. Knows no element.

use kurbo::{BezPath, Point, Vec2};

use crate::style::Dash;
use crate::subpath::{Subpath, length, subpaths};

/// Most pieces of one element; beyond it they lie farther apart.
pub const MAX_DASHES: usize = 2000;

/// Sides between corners that are longer than so many periods have a pattern of their own.
const SIDE: f64 = 1.5;
/// A turn whose cosine is below this is a corner.
const CORNER: f64 = 0.8;

impl Dash {
    /// Length of a piece without its caps, and the distance from one piece's middle to the next;
    /// board units, for a line of this width.
    pub fn pattern(self, width: f64) -> (f64, f64) {
        let width = if width.is_finite() {
            width.max(0.0)
        } else {
            0.0
        };
        match self {
            Self::Solid => (f64::INFINITY, f64::INFINITY),
            Self::Dashed => {
                let on = (4.5 * width).max(8.0);
                (on, on + 3.0 * width + 2.0)
            }
            Self::Dotted => (0.0, (2.2 * width).max(width + 2.5)),
        }
    }
}

/// A path cut into the pieces that are to be stroked with round caps. O(path + pieces).
///
/// An open subpath begins and ends with half a dash, or a dot; so does each side between corners
/// that is long enough, for corners make the shape. The pattern is stretched a little to fit.
/// Solid paths, and those of more subpaths than a quarter of [`MAX_DASHES`], stay as they are.
pub fn dashed(path: &BezPath, dash: Dash, width: f64) -> BezPath {
    let subpaths = subpaths(path);
    if dash == Dash::Solid || subpaths.is_empty() || subpaths.len() > MAX_DASHES / 4 {
        return path.clone();
    }
    let (on, mut period) = dash.pattern(width);
    let share = on / period;
    let mut runs: Vec<Run> = subpaths
        .iter()
        .flat_map(|subpath| runs(subpath, SIDE * period))
        .collect();
    if runs.iter().map(|run| run.count(period) + 1.0).sum::<f64>() > MAX_DASHES as f64 {
        runs = subpaths
            .iter()
            .flat_map(|subpath| self::runs(subpath, f64::INFINITY))
            .collect();
        let all = runs.iter().fold(0.0, |sum, run| sum + run.long);
        // Rounding and the ends add less than two pieces to each.
        period = period.max(all / (MAX_DASHES - 2 * runs.len()) as f64);
    }
    let mut pieces = BezPath::new();
    for run in &runs {
        if run.long <= on {
            run.draw_whole(&mut pieces);
        } else {
            run.cut(period, share, &mut pieces);
        }
    }
    pieces
}

/// A polyline that begins and ends with half a dash.
struct Run {
    points: Vec<Point>,
    long: f64,
    /// Whether a dot at its end is that of the next run's start.
    followed: bool,
}

/// A subpath, split at corners that are so far from each other and from its ends.
fn runs(subpath: &Subpath, apart: f64) -> Vec<Run> {
    let points = subpath.points();
    let mut rest = pairs(&points).fold(0.0, |sum, (from, to)| sum + length(to - from));
    let mut runs: Vec<Run> = Vec::new();
    let mut run = Run {
        points: Vec::new(),
        long: 0.0,
        followed: subpath.closed,
    };
    let mut before = Vec2::ZERO;
    for (from, to) in pairs(&points) {
        let way = to - from;
        let side = length(way);
        let turned = before.dot(way) < CORNER * length(before) * side;
        if turned && run.long >= apart && rest >= apart {
            run.points.push(from);
            let next = Run {
                points: Vec::new(),
                long: 0.0,
                followed: run.followed,
            };
            runs.push(Run {
                followed: true,
                ..std::mem::replace(&mut run, next)
            });
        }
        run.points.push(from);
        run.long += side;
        rest -= side;
        if side > 0.0 {
            before = way;
        }
    }
    run.points.extend(points.last());
    runs.push(run);
    runs
}

fn pairs(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    points.iter().copied().zip(points.iter().copied().skip(1))
}

impl Run {
    /// How many periods fit best.
    fn count(&self, period: f64) -> f64 {
        (self.long / period).round().max(1.0)
    }

    /// It is too short to be broken; in a single place it is a dot.
    fn draw_whole(&self, pieces: &mut BezPath) {
        for (i, point) in self.points.iter().enumerate() {
            if i == 0 {
                pieces.move_to(*point);
            } else {
                pieces.line_to(*point);
            }
        }
    }

    /// Draws a share of each period, half of it on either side of every multiple.
    fn cut(&self, period: f64, share: f64, pieces: &mut BezPath) {
        let count = self.count(period);
        let period = self.long / count;
        let on = share * period;
        let last = if self.followed && on == 0.0 {
            count - 1.0
        } else {
            count
        };
        let (mut done, mut index, mut down) = (0.0, 0.0, false);
        for (from, to) in pairs(&self.points) {
            let side = length(to - from);
            if side == 0.0 {
                continue;
            }
            while index <= last {
                let half = if down { on } else { -on } / 2.0;
                let edge = (index * period + half).clamp(0.0, self.long);
                if edge > done + side {
                    break;
                }
                let at = from.lerp(to, ((edge - done) / side).clamp(0.0, 1.0));
                if down {
                    pieces.line_to(at);
                    index += 1.0;
                } else {
                    pieces.move_to(at);
                }
                down = !down;
            }
            if down {
                pieces.line_to(to);
            }
            done += side;
        }
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, PathEl, Rect, Shape};
    use proptest::prelude::*;

    use super::*;

    fn painted(path: &BezPath) -> f64 {
        path.segments()
            .map(|side| kurbo::ParamCurveArclen::arclen(&side, 1e-6))
            .sum()
    }

    fn count(path: &BezPath) -> usize {
        let moves = path.elements().iter();
        moves.filter(|el| matches!(el, PathEl::MoveTo(_))).count()
    }

    #[test]
    fn a_line_begins_and_ends_with_half_a_dash() {
        let line = BezPath::from_svg("M0 0 L260 0").unwrap();
        let dashes = dashed(&line, Dash::Dashed, 1.0);
        assert_eq!(count(&dashes), 21);
        let ends: Vec<f64> = dashes
            .elements()
            .iter()
            .filter_map(|el| el.end_point())
            .map(|p| p.x)
            .collect();
        assert_eq!((ends[0], ends[1]), (0.0, 4.0));
        assert_eq!((ends[ends.len() - 2], ends[ends.len() - 1]), (256.0, 260.0));
        let dots = dashed(&line, Dash::Dotted, 1.0);
        assert_eq!(
            dots.elements().last().unwrap().end_point().unwrap().x,
            260.0
        );
        assert_eq!(painted(&dots), 0.0);
    }

    #[test]
    fn a_circle_has_no_seam() {
        let circle = Circle::new((0.0, 0.0), 70.0).to_path(1e-3);
        let dots = dashed(&circle, Dash::Dotted, 2.0);
        let at: Vec<Point> = dots
            .elements()
            .iter()
            .step_by(2)
            .filter_map(PathEl::end_point)
            .collect();
        let gaps: Vec<f64> = (0..at.len())
            .map(|i| at[i].distance(at[(i + 1) % at.len()]))
            .collect();
        let least = gaps.iter().copied().fold(f64::MAX, f64::min);
        assert!(gaps.iter().all(|gap| gap - least < 0.01), "{gaps:?}");
    }

    #[test]
    fn a_point_is_a_dot_and_what_cannot_be_measured_stays() {
        let point = BezPath::from_svg("M5 5 L5 5").unwrap();
        for dash in Dash::ALL {
            assert_eq!(dashed(&point, dash, 0.0), point);
        }
        let far = BezPath::from_svg("M0 0 L1e300 1e300").unwrap();
        assert_eq!(dashed(&far, Dash::Dotted, f64::NAN), far);
    }

    proptest! {
        #[test]
        fn dashes_cover_their_share_and_are_not_too_many(
            w in 0.0..1e6f64, h in 0.0..1e6f64, width in 0.0..40.0f64, round: bool,
        ) {
            let rect = Rect::new(-5.0, 3.0, w - 5.0, h + 3.0);
            let path = if round { rect.to_ellipse().to_path(0.1) } else { rect.to_path(0.1) };
            let whole = painted(&path);
            for dash in [Dash::Dashed, Dash::Dotted] {
                let pieces = dashed(&path, dash, width);
                let (on, period) = dash.pattern(width);
                prop_assert!(pieces.is_finite() && count(&pieces) <= MAX_DASHES);
                if whole > on {
                    let share = painted(&pieces) / whole;
                    prop_assert!((share - on / period).abs() < 1e-3, "{share}");
                }
            }
        }
    }
}
