//! The strokes of a path: what a hand draws without stopping.
//!
//! Owns where a path is split and which of its points a drawing keeps to. Knows no chance.

use kurbo::{CubicBez, Line, ParamCurve, ParamCurveDeriv, PathSeg, Point, Vec2};

use crate::subpath::{Subpath, length};

/// A turn whose cosine is above this is no corner.
const SMOOTH: f64 = 0.9;
/// Curves are cut until the cosine of the turn in each part is above this.
const PART: f64 = 0.8;
/// Most parts of a curve, and most when there are many curves.
const PARTS: [u32; 2] = [8, 2];

/// Sides of this length have no direction, board units.
const NOTHING: f64 = 1e-6;

/// A point of the path with the unit tangents before and after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Knot {
    pub(super) at: Point,
    pub(super) before: Vec2,
    pub(super) after: Vec2,
}

/// Knots in a row, at least one.
#[derive(Debug, Clone)]
pub(super) struct Stroke {
    knots: Vec<Knot>,
    /// Whether the first knot follows the last one again, without a corner anywhere.
    pub(super) looped: bool,
}

impl Stroke {
    /// How many curves it takes to draw.
    pub(super) fn bumps(&self) -> usize {
        let steps = self.knots.len() - usize::from(!self.looped);
        steps.max(1)
    }

    /// Its knots as drawn: a loop begins anywhere, and ends there.
    pub(super) fn knots(&self, anywhere: u32) -> Vec<Knot> {
        if !self.looped {
            return self.knots.clone();
        }
        let mut ring = self.knots.clone();
        let around = ring.len();
        ring.rotate_left(anywhere as usize % around);
        ring.extend_from_within(..1);
        ring
    }

    /// Whether a knot that lies at its end continues it; then it is part of it.
    fn goes_on(&mut self, knot: &Knot) -> bool {
        let last = self.knots.last_mut();
        last.is_some_and(|last| {
            let smooth = last.before.dot(knot.after) > SMOOTH;
            if smooth {
                last.after = knot.after;
            }
            smooth
        })
    }
}

/// The strokes of subpaths, of at most so many curves; that is at least one for each subpath.
pub(super) fn strokes(mut subpaths: Vec<Subpath>, most: usize) -> Vec<Stroke> {
    for parts in PARTS {
        let strokes = all(&subpaths, parts);
        if strokes.iter().map(Stroke::bumps).sum::<usize>() <= most {
            return strokes;
        }
    }
    // Each subpath may get one side more than its share.
    let room = most.saturating_sub(subpaths.len()).max(1);
    let sides: usize = subpaths.iter().map(|subpath| subpath.sides.len()).sum();
    for subpath in &mut subpaths {
        coarsen(subpath, sides.div_ceil(room));
    }
    all(&subpaths, 1)
}

/// Makes straight lines of every so many sides.
fn coarsen(subpath: &mut Subpath, each: usize) {
    let mut at = subpath.start();
    let lines = subpath.sides.chunks(each).filter_map(|sides| {
        let from = at;
        at = sides.last()?.end();
        Some(PathSeg::Line(Line::new(from, at)))
    });
    subpath.sides = lines.collect();
}

fn all(subpaths: &[Subpath], parts: u32) -> Vec<Stroke> {
    let mut all = Vec::new();
    for subpath in subpaths {
        all.append(&mut of_subpath(subpath, parts));
    }
    all
}

fn of_subpath(subpath: &Subpath, most_parts: u32) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::new();
    for side in &subpath.sides {
        let curve = side.to_cubic();
        // The lines of no length that come with rounded corners would be corners themselves.
        if rough_length(&curve) <= NOTHING {
            continue;
        }
        let parts = parts(&curve, most_parts);
        for part in 0..=parts {
            let t = f64::from(part) / f64::from(parts);
            let way = way(&curve, t);
            let at = curve.eval(t);
            let knot = Knot {
                at,
                before: way,
                after: way,
            };
            let last = strokes.last_mut();
            if part > 0 {
                last.into_iter().for_each(|stroke| stroke.knots.push(knot));
            } else if !last.is_some_and(|stroke| stroke.goes_on(&knot)) {
                strokes.push(Stroke {
                    knots: vec![knot],
                    looped: false,
                });
            }
        }
    }
    if subpath.closed {
        join_ends(&mut strokes);
    }
    if strokes.is_empty() {
        let dot = Knot {
            at: subpath.start(),
            before: Vec2::ZERO,
            after: Vec2::ZERO,
        };
        strokes.push(Stroke {
            knots: vec![dot],
            looped: false,
        });
    }
    strokes
}

/// Joins the end of a closed subpath to its beginning when there is no corner between.
fn join_ends(strokes: &mut Vec<Stroke>) {
    let first = strokes.first().and_then(|stroke| stroke.knots.first());
    let Some(first) = first.copied() else {
        return;
    };
    if !strokes.last_mut().is_some_and(|last| last.goes_on(&first)) {
        return;
    }
    let Some(mut last) = strokes.pop() else {
        return;
    };
    match strokes.first_mut() {
        Some(stroke) => {
            last.knots.extend(stroke.knots.drain(..).skip(1));
            *stroke = last;
        }
        None => {
            let end = last.knots.pop();
            if let (Some(end), Some(first)) = (end, last.knots.first_mut()) {
                first.before = end.before;
            }
            last.looped = true;
            strokes.push(last);
        }
    }
}

/// In how many parts a curve keeps its shape when only their ends and tangents are known.
fn parts(curve: &CubicBez, most: u32) -> u32 {
    let smooth = |parts: u32| {
        let way = |i: u32| way(curve, f64::from(i) / f64::from(2 * parts));
        // Where it turns less on the whole than on half the way, it winds.
        (0..parts).all(|i| {
            let (start, middle, end) = (way(2 * i), way(2 * i + 1), way(2 * i + 2));
            start.dot(end) > PART && start.dot(end) <= start.dot(middle) + 1e-6
        })
    };
    let mut parts = 1;
    while parts < most && !smooth(parts) {
        parts *= 2;
    }
    parts
}

/// The unit tangent; zero where there is none.
fn way(curve: &CubicBez, t: f64) -> Vec2 {
    let way = curve.deriv().eval(t).to_vec2();
    if length(way) > 1e-6 * rough_length(curve) {
        return unit(way);
    }
    unit(curve.eval((t + 0.01).min(1.0)) - curve.eval((t - 0.01).max(0.0)))
}

/// The length of its control polygon.
fn rough_length(curve: &CubicBez) -> f64 {
    length(curve.p1 - curve.p0) + length(curve.p2 - curve.p1) + length(curve.p3 - curve.p2)
}

/// How long the way from knot to knot is.
pub(super) fn span(knots: &[Knot]) -> f64 {
    let steps = knots.iter().zip(knots.iter().skip(1));
    steps.fold(0.0, |sum, (from, to)| sum + length(to.at - from.at))
}

/// A vector of length 1 in the same direction; zero stays.
pub(super) fn unit(way: Vec2) -> Vec2 {
    let length = length(way);
    if length > 0.0 {
        way / length
    } else {
        Vec2::ZERO
    }
}

/// A vector turned to the left by a right angle.
pub(super) fn left_of(way: Vec2) -> Vec2 {
    Vec2::new(way.y, -way.x)
}
