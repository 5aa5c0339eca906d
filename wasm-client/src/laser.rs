//! The trail of a laser pointer, one's own or somebody else's: it fades within a second and is in no
//! document.
//!
//! Owns its points, how old they are and how they look. Knows no tool and nobody.

use board::display::{DisplayList, Op};
use board::ink::InkPoint;
use board::ink::outline::outline;
use board::ink::points::{self, Grid};
use board::style::Color;
use kurbo::Point;

use crate::camera::Camera;

/// How long a point is seen, ms.
const FADES_MS: f64 = 900.0;
/// Points of the last while are told with each message, so that one that is skipped costs nothing, ms.
const TOLD_MS: f64 = 300.0;
/// Most points that are told or taken at once.
const MOST: usize = 200;
/// How wide it is at the pointer, CSS pixels.
const WIDTH_PX: f64 = 4.5;
/// Radius of the spot at the pointer, CSS pixels.
const SPOT_PX: f64 = 4.0;

/// Points and when they were seen, ms. One without pressure begins another line.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    points: Vec<(InkPoint, f64)>,
}

impl Trail {
    /// The pointer is at a board point; `first`: it has just come down there.
    pub(crate) fn push(&mut self, at: Point, first: bool, now: f64) {
        self.fade(now);
        let pressure = if first { 0.0 } else { 1.0 };
        let point = InkPoint {
            x: at.x,
            y: at.y,
            pressure,
        };
        self.points.push((point, now));
    }

    /// What others are to be told, as points; nothing when it has been told.
    pub(crate) fn told(&self, zoom: f64, now: f64) -> Option<Vec<u8>> {
        let fresh = self.points.iter().rev().take(MOST);
        let fresh = fresh.take_while(|(_, seen)| now - seen < TOLD_MS);
        let mut news: Vec<InkPoint> = fresh.map(|(point, _)| *point).collect();
        news.reverse();
        (!news.is_empty()).then(|| points::encode(&news, Grid::for_zoom(zoom)))
    }

    /// Takes what somebody tells: what comes behind the point that is known last is new.
    pub(crate) fn hear(&mut self, told: &[u8], now: f64) {
        let mut news = points::decode(told).unwrap_or_default();
        news.truncate(MOST);
        let last = self.points.last().map(|(point, _)| *point);
        let known = last.and_then(|last| news.iter().rposition(|point| *point == last));
        let fresh = news.into_iter().skip(known.map_or(0, |known| known + 1));
        self.points.extend(fresh.map(|point| (point, now)));
        self.fade(now);
    }

    /// Forgets what nobody sees any more; true while there is something to see.
    pub(crate) fn fade(&mut self, now: f64) -> bool {
        let faded = self
            .points
            .partition_point(|(_, seen)| now - seen > FADES_MS);
        self.points.drain(..faded);
        !self.points.is_empty()
    }

    /// Whether there is something to see.
    pub(crate) fn is_seen(&self) -> bool {
        !self.points.is_empty()
    }

    /// Paints it in screen space, thinner where it is older.
    pub(crate) fn paint(&self, list: &mut DisplayList, camera: &Camera, color: Color, now: f64) {
        let aged = |(point, seen): &(InkPoint, f64)| {
            let at = camera.screen(Point::new(point.x, point.y)).0;
            InkPoint {
                x: at.x,
                y: at.y,
                pressure: (1.0 - (now - seen) / FADES_MS).clamp(0.0, 1.0),
            }
        };
        list.fill_color(color);
        for line in self.points.chunk_by(|_, (next, _)| next.pressure > 0.0) {
            let line: Vec<InkPoint> = line.iter().map(aged).collect();
            list.path(&outline(&line, WIDTH_PX));
            list.op(Op::Fill, &[]);
        }
    }
}

/// Paints the spot at the pointer.
pub(crate) fn paint_spot(list: &mut DisplayList, at: Point, color: Color) {
    list.fill_color(color);
    list.ellipse(at, SPOT_PX, SPOT_PX);
    list.op(Op::Fill, &[]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(trail: &mut Trail, from: usize, to: usize) {
        for i in from..to {
            let time = i as f64 * 10.0;
            trail.push(Point::new(i as f64 * 3.5, 7.25), i == 0, time);
        }
    }

    #[test]
    fn what_is_told_again_and_again_is_heard_once_and_fades() {
        let (mut own, mut heard) = (Trail::default(), Trail::default());
        for step in 0..5 {
            line(&mut own, step * 10, step * 10 + 10);
            let now = step as f64 * 100.0 + 100.0;
            // One message of three is lost.
            if step % 3 != 1 {
                heard.hear(&own.told(1.0, now).unwrap(), now);
            }
        }
        heard.hear(&own.told(1.0, 510.0).unwrap(), 510.0);
        let points = |trail: &Trail| {
            trail
                .points
                .iter()
                .map(|(point, _)| *point)
                .collect::<Vec<_>>()
        };
        assert_eq!(points(&own), points(&heard));
        assert_eq!(own.told(1.0, 900.0), None);
        assert!(heard.fade(1400.0) && !heard.fade(1500.0));
    }

    #[test]
    fn any_bytes_are_a_trail_or_nothing() {
        let mut trail = Trail::default();
        trail.hear(&[7, 7, 7], 0.0);
        assert!(!trail.is_seen());
    }
}
