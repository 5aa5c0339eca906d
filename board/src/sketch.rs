//! The hand-drawn look: a path as a quick, sure hand would draw it.
//!
//! Owns how far a hand strays and how it does so. A path is split at its corners into strokes that
//! are drawn one by one; each keeps the tangents of the path, so that curves stay what they are, and
//! is moved sideways by a slow wave. Pure arithmetic and square roots from a seed: everybody sees
//! the same drawing. Knows no element.

mod dice;
mod stroke;
#[cfg(test)]
mod tests;
mod wave;

use kurbo::{BezPath, Point, Rect};

use crate::subpath::{length, subpaths};
use dice::Dice;
use stroke::{Knot, Stroke, left_of, span, unit};
use wave::Wave;

/// Most curves that a hand draws of one element.
pub const MAX_BUMPS: usize = 200;

/// How far a hand strays for each strength, as a share of the root of a stroke's length.
const STRAY: [f64; 3] = [0.13, 0.26, 0.5];
/// It strays no farther than this share of a stroke's length: small things stay recognisable.
const TINY: f64 = 0.08;
/// It strays no farther than on a stroke of this length: large things hold together.
const LONG: f64 = 900.0;
/// The share of the stray by which an end overshoots.
const END: f64 = 0.8;
/// All these together, in any direction, with the control points of the curves.
const REACH: f64 = 1.9;
/// A wave's length as a share of the element's size.
const WAVE: f64 = 0.6;
/// The seed of an element that names none (FNV-1a, 32 bits).
pub fn seed_of(id: &str) -> u32 {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    id.bytes().fold(0x811c_9dc5, mix)
}

/// How far at most a drawing gets beyond the path's box, board units, its line's width aside.
pub fn reach(strength: u8, size: f64) -> f64 {
    REACH * stray(strength, size)
}

/// A hand that draws: the same one always draws the same.
#[derive(Debug, Clone, Copy)]
pub struct Hand {
    /// 1 (careful) to 3 (wild).
    pub strength: u8,
    /// What chance follows from.
    pub seed: u32,
    /// The longer side of the element's box, board units.
    pub size: f64,
    /// The curves that it may take; a path of more subpaths stays as it is.
    pub most: usize,
}

impl Hand {
    /// A path twice over; one of too many sides once, and one of still more coarsely. O(path).
    pub fn twice(&self, path: &BezPath) -> BezPath {
        self.draw(path, &TWICE)
    }

    /// The same, drawn once: what is then cut into dashes.
    pub fn once(&self, path: &BezPath) -> BezPath {
        self.draw(path, &ONCE)
    }

    /// Hatching: a calm stroke for each line.
    pub fn lines(&self, path: &BezPath) -> BezPath {
        self.draw(path, &CALM)
    }
}

/// How a path is gone over.
struct Manner {
    /// It strays by this share of what an outline does.
    share: f64,
    times: u32,
}

const TWICE: Manner = Manner {
    share: 1.0,
    times: 2,
};
const ONCE: Manner = Manner {
    share: 1.0,
    times: 1,
};
/// Or the lines of a hatching would meet.
const CALM: Manner = Manner {
    share: 0.45,
    times: 1,
};

fn stray(strength: u8, long: f64) -> f64 {
    let [careful, usual, wild] = STRAY;
    let share = match strength {
        0 | 1 => careful,
        2 => usual,
        _ => wild,
    };
    // What is not a number is nothing.
    let long = if long > 0.0 { long.min(LONG) } else { 0.0 };
    (share * long.sqrt()).min(TINY * long)
}

impl Hand {
    fn draw(&self, path: &BezPath, manner: &Manner) -> BezPath {
        let subpaths = subpaths(path);
        let most = self.most;
        if subpaths.is_empty() || subpaths.len() > most {
            return path.clone();
        }
        let strokes = stroke::strokes(subpaths, most);
        let bumps: usize = strokes.iter().map(Stroke::bumps).sum();
        let times = if 2 * bumps > most { 1 } else { manner.times };
        let far = reach(self.strength, self.size);
        let area = path.control_box().inflate(far, far);
        let mut drawing = BezPath::new();
        for time in 0..times {
            for (number, stroke) in (0_u32..).zip(&strokes) {
                // Each has its own dice, so that it rests while others come and go.
                let mut dice = Dice::new(self.seed, 2 * number + time);
                let knots = stroke.knots(dice.word());
                let moved = self.moved(&knots, stroke.looped, manner, &mut dice);
                connect(&moved, area, &mut drawing);
            }
        }
        drawing
    }

    /// The knots where the hand puts them. A loop closes: its ends side by side would be a blot.
    fn moved(&self, knots: &[Knot], closed: bool, manner: &Manner, dice: &mut Dice) -> Vec<Knot> {
        let size = self.size.max(0.0);
        let long = span(knots);
        let stray = manner.share * stray(self.strength, long.min(size));
        let count = if knots.len() > 2 {
            long / (WAVE * size)
        } else {
            1.0
        };
        let wave = Wave::new(count, closed, dice);
        let per_length = if long > 0.0 { wave.count() / long } else { 0.0 };
        let mut done = 0.0;
        let before = knots.first().into_iter().chain(knots);
        let mut moved: Vec<Knot> = before
            .zip(knots)
            .map(|(before, knot)| {
                done += length(knot.at - before.at);
                let (off, slope) = wave.at(done * per_length);
                let tilt = slope * per_length * stray;
                Knot {
                    at: knot.at + left_of(unit(knot.before + knot.after)) * (off * stray),
                    before: unit(knot.before + left_of(knot.before) * tilt),
                    after: unit(knot.after + left_of(knot.after) * tilt),
                }
            })
            .collect();
        if closed {
            let first = moved.first().copied();
            first
                .into_iter()
                .zip(moved.last_mut())
                .for_each(|(first, last)| *last = first);
            return moved;
        }
        // A sure hand overshoots more often than it stops short.
        let most = END * stray * if manner.times > 1 { 1.0 } else { 0.3 };
        let mut end = || most * (0.3 + 0.7 * dice.number());
        if let Some(first) = moved.first_mut() {
            first.at -= first.after * end();
        }
        if let Some(last) = moved.last_mut() {
            last.at += last.before * end();
        }
        moved
    }
}

/// Draws smooth curves from knot to knot.
fn connect(knots: &[Knot], area: Rect, drawing: &mut BezPath) {
    let within = |at: Point| {
        Point::new(
            at.x.max(area.x0).min(area.x1),
            at.y.max(area.y0).min(area.y1),
        )
    };
    if let Some(first) = knots.first() {
        drawing.move_to(within(first.at));
        if knots.len() == 1 {
            drawing.line_to(within(first.at));
        }
    }
    for step in knots.windows(2) {
        let [from, to] = step else {
            continue;
        };
        let far = span(step);
        // Handles of a circle's arc: 4/3 tan(turn / 4) of the radius, without the angle.
        let half = f64::midpoint(1.0, from.after.dot(to.before))
            .max(0.0)
            .sqrt();
        let handle = 2.0 * far / (3.0 * (1.0 + half));
        let (one, other) = (from.after * handle, to.before * handle);
        let (one, other) = (within(from.at + one), within(to.at - other));
        drawing.curve_to(one, other, within(to.at));
    }
}
