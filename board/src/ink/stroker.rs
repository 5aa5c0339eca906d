//! From a pen's raw samples to the points that are stored.
//!
//! Owns the smoothing and the pressure of a stroke while it is drawn, sample by sample: points
//! that it has given out never change. Knows no element and no clock: time comes with samples.

use kurbo::Point;

use super::InkPoint;
use crate::limits::MAX_POINTS;

/// Each sample pulls the pen at most this share of the way, which takes the tremble out of a
/// quick hand.
const FOLLOW: f64 = 0.8;
/// Below a few of these screen pixels per sample the pen is pulled less: slow mice move in whole
/// pixels, and their staircase must not show.
const STAIR: f64 = 2.0;
/// Points are stored at least this many screen pixels apart.
const SPACING: f64 = 1.0;
/// Simulated pressure: the speed in screen pixels per millisecond at which ink is thinnest.
const FAST: f64 = 3.0;
/// Simulated pressure of a pen at rest and of a fast one.
const PRESSURES: (f64, f64) = (0.72, 0.22);
/// Pressure settles over this many screen pixels, so that width changes along the stroke gently.
const SETTLE: f64 = 18.0;
/// Stands in for the time between two samples when they carry none.
const COMMON_INTERVAL: f64 = 8.0;

/// One raw sample of a pointer, in board space.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Where.
    pub at: Point,
    /// 0 to 1 from a real pen; `None` simulates it from speed.
    pub pressure: Option<f64>,
    /// Milliseconds of any clock; equal or falling times count as a common interval.
    pub time: f64,
}

/// A stroke in the making.
#[derive(Debug, Clone)]
pub struct Stroker {
    zoom: f64,
    points: Vec<InkPoint>,
    pen: InkPoint,
    raw: Option<Sample>,
}

impl Stroker {
    /// A stroke drawn at a zoom: screen pixels per board unit.
    pub fn new(zoom: f64) -> Self {
        let zoom = if zoom.is_finite() && zoom > 0.0 {
            zoom
        } else {
            1.0
        };
        Self {
            zoom,
            points: Vec::new(),
            pen: InkPoint::default(),
            raw: None,
        }
    }

    /// Takes the next sample; one that is not finite is ignored. O(1).
    pub fn push(&mut self, sample: Sample) {
        if !sample.at.is_finite() {
            return;
        }
        let Some(before) = self.raw.replace(sample) else {
            self.pen = InkPoint {
                x: sample.at.x,
                y: sample.at.y,
                pressure: sample.pressure.map_or(0.5, known),
            };
            self.points.push(self.pen);
            return;
        };
        let pull = (sample.at - self.pen.at()) * self.zoom;
        let share = FOLLOW.min(1.0 - (-pull.hypot() / STAIR).exp());
        let moved = pull * share;
        self.pen.x += moved.x / self.zoom;
        self.pen.y += moved.y / self.zoom;
        let target = sample
            .pressure
            .map_or_else(|| self.simulated(before, sample), known);
        let settle = match sample.pressure {
            Some(_) => share,
            None => 1.0 - (-moved.hypot() / SETTLE).exp(),
        };
        self.pen.pressure += (target - self.pen.pressure) * settle;
        if !self.is_full() && self.gap(self.pen.at()) >= SPACING {
            self.points.push(self.pen);
        }
    }

    /// Has the way on lead straight to a sample, however often that changes. O(1).
    pub fn aim(&mut self, sample: Sample) {
        if sample.at.is_finite() {
            self.raw = Some(sample);
        }
    }

    /// Settles the way on to the pointer as it is. O(1).
    pub fn land(&mut self) {
        if let Some(tip) = self.tip().filter(|_| !self.is_full()) {
            self.pen = tip;
            self.points.push(tip);
        }
    }

    /// Whether it takes no more points: go on with [`Self::next`].
    pub fn is_full(&self) -> bool {
        self.points.len() >= MAX_POINTS - 1
    }

    /// A stroke that goes on where this one will finish, at its pressure.
    pub fn next(&self) -> Self {
        let mut next = Self::new(self.zoom);
        next.raw = self.raw;
        next.pen = self.tip().unwrap_or(self.pen);
        next.points.push(next.pen);
        next
    }

    /// The points so far; they stay as they are, more are appended.
    pub fn points(&self) -> &[InkPoint] {
        &self.points
    }

    /// The points so far and the way on to the pointer itself, which is not settled yet.
    pub fn points_with_tip(&self) -> Vec<InkPoint> {
        let mut points = self.points.clone();
        points.extend(self.tip());
        points
    }

    /// The whole stroke, up to where the pointer was lifted.
    pub fn finish(mut self) -> Vec<InkPoint> {
        let tip = self.tip();
        self.points.extend(tip);
        self.points
    }

    /// Where the pointer is, when the points do not reach it yet.
    fn tip(&self) -> Option<InkPoint> {
        let at = self.raw?.at;
        (self.gap(at) >= SPACING / 2.0).then_some(InkPoint {
            x: at.x,
            y: at.y,
            pressure: self.pen.pressure,
        })
    }

    /// Screen pixels from the last point.
    fn gap(&self, to: Point) -> f64 {
        let last = self.points.last();
        last.map_or(0.0, |p| (to - p.at()).hypot() * self.zoom)
    }

    /// Slow is heavy, fast is light.
    fn simulated(&self, before: Sample, now: Sample) -> f64 {
        let elapsed = now.time - before.time;
        let elapsed = if elapsed > 0.0 {
            elapsed
        } else {
            COMMON_INTERVAL
        };
        let speed = (now.at - before.at).hypot() * self.zoom / elapsed;
        let (slow, fast) = PRESSURES;
        slow + (fast - slow) * (speed / FAST).min(1.0)
    }
}

fn known(pressure: f64) -> f64 {
    if pressure.is_finite() {
        pressure.clamp(0.0, 1.0)
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(x: f64, y: f64, time: f64) -> Sample {
        Sample {
            at: Point::new(x, y),
            pressure: None,
            time,
        }
    }

    #[test]
    fn points_given_out_never_change() {
        let mut stroker = Stroker::new(1.0);
        let mut seen: Vec<InkPoint> = Vec::new();
        for i in 0..300 {
            let t = f64::from(i) * 0.1;
            stroker.push(sample(40.0 * t, 30.0 * t.sin(), f64::from(i) * 8.0));
            assert_eq!(stroker.points().get(..seen.len()), Some(seen.as_slice()));
            seen = stroker.points().to_vec();
        }
        stroker.push(sample(1200.0, 7.0, 3000.0));
        let tip = stroker.points_with_tip();
        assert_eq!(tip.last().map(InkPoint::at), Some(Point::new(1200.0, 7.0)));
        assert_eq!(stroker.finish(), tip);
    }

    #[test]
    fn a_click_is_one_point_and_nonsense_is_ignored() {
        let mut stroker = Stroker::new(f64::NAN);
        stroker.push(sample(f64::NAN, 0.0, 0.0));
        assert!(stroker.points().is_empty());
        stroker.push(sample(5.0, 5.0, 0.0));
        stroker.push(sample(5.2, 5.0, f64::NAN));
        assert_eq!(stroker.finish().len(), 1);
    }

    #[test]
    fn slow_is_heavier_than_fast_at_any_sampling_rate() {
        let last = |speed: f64, interval: f64| {
            let mut stroker = Stroker::new(1.0);
            let count = (800.0 / (speed * interval)) as i32;
            for i in 0..count {
                let time = f64::from(i) * interval;
                stroker.push(sample(time * speed, 0.0, time));
            }
            stroker.points().last().unwrap().pressure
        };
        assert!(last(0.2, 8.0) > last(2.5, 8.0) + 0.3);
        assert!((last(1.0, 1.0) - last(1.0, 16.0)).abs() < 0.03);
    }

    #[test]
    fn an_endless_stroke_stays_bounded() {
        let mut stroker = Stroker::new(1.0);
        for i in 0..(MAX_POINTS as i32 + 500) {
            stroker.push(sample(f64::from(i) * 3.0, 0.0, f64::from(i)));
        }
        assert!(stroker.is_full());
        let next = stroker.next();
        let points = stroker.finish();
        assert!(points.len() <= MAX_POINTS);
        assert_eq!(points.last(), next.points().first());
    }

    #[test]
    fn small_letters_keep_their_shape() {
        // A loop of ten pixels across in whole pixels, as a mouse draws an `o`.
        let mut stroker = Stroker::new(1.0);
        for i in 0..40 {
            let turn = f64::from(i) * 0.35;
            let at = Point::new((5.0 * turn.cos()).round(), (5.0 * turn.sin()).round());
            stroker.push(sample(at.x, at.y, f64::from(i) * 8.0));
        }
        for point in stroker.points().iter().skip(5) {
            let radius = point.at().to_vec2().hypot();
            assert!((3.9..=5.4).contains(&radius), "{radius}");
        }
    }
}
