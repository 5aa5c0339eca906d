//! Snapping: what is moved, resized or drawn comes to stand in line with what is near, at equal gaps,
//! or on the grid.
//!
//! Owns how far things snap and along which axes. Candidates are gathered once for a gesture and when
//! the view moves; an event then costs a few binary searches and a walk over the candidates. Changes
//! nothing; knows no tool.

mod axis;
mod gaps;
mod guides;
mod near;
#[cfg(test)]
mod tests;

use kurbo::{Point, Rect, Vec2};

use crate::camera::Camera;
use scene::Scene;
use scene::Selection;

use axis::{Axis, Part};
use near::Near;

pub(crate) use axis::Both;
pub(crate) use guides::Guides;

/// How near something comes before it snaps, screen pixels.
const REACH_PX: f64 = 6.0;
/// Most elements that anything snaps to: the nearest in view.
const MOST: usize = 200;
/// What differs by less is in line, board units.
const SAME: f64 = 1e-3;

/// What one person wants to be snapped to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Wanted {
    pub(crate) objects: bool,
    /// Between two lines of the grid, board units; none when it is off.
    pub(crate) grid: Option<f64>,
}

impl Wanted {
    /// The same while Ctrl is held: objects the other way round, and no grid.
    pub(crate) fn with_command(self, held: bool) -> Self {
        if !held {
            return self;
        }
        Self {
            objects: !self.objects,
            grid: None,
        }
    }
}

/// What a gesture that snaps may look at.
pub(crate) struct Around<'a> {
    pub(crate) scene: &'a Scene,
    pub(crate) camera: &'a Camera,
    pub(crate) wanted: Wanted,
    /// What is moved itself.
    pub(crate) moving: &'a Selection,
}

/// A box of which a side or corner is pulled.
pub(crate) struct Pull {
    pub(crate) now: Rect,
    /// Where what is pulled is.
    pub(crate) at: Point,
    /// The axes along which that can go.
    pub(crate) free: Both<bool>,
    /// The one way that it can go, where proportions are kept.
    pub(crate) along: Option<Vec2>,
    /// Whether the opposite side or corner goes the other way.
    pub(crate) centred: bool,
}

/// A box on its way.
struct Held {
    now: Rect,
    /// What of it goes along each axis.
    parts: Both<Option<Part>>,
    /// The one way that it can go.
    along: Option<Vec2>,
    /// Whether the gap on the other side of it is another one with every event.
    centred: bool,
}

/// Snaps one gesture, and has the guides of its latest event.
#[derive(Debug, Default)]
pub(crate) struct Snapper {
    near: Option<Near>,
    /// What of the box an object has caught, along each axis.
    caught: Both<Option<Part>>,
    pub(crate) guides: Guides,
}

impl Snapper {
    /// The gesture is over, or what it moves is something else now.
    pub(crate) fn end(&mut self) {
        *self = Self::default();
    }

    /// The way of a box from where it was, so that it snaps; it keeps to the axes that are `free`.
    pub(crate) fn moved(
        &mut self,
        from: Rect,
        by: Vec2,
        free: Both<bool>,
        around: &Around<'_>,
    ) -> Vec2 {
        let held = Held {
            now: from + by,
            parts: Both::each(|axis| free.of(axis).then_some(Part::Whole)),
            along: None,
            centred: false,
        };
        let more = self.snapped(from.center(), &held, around);
        self.show(held.now + more);
        by + more
    }

    /// A point of a line, or where something begins, so that it snaps.
    pub(crate) fn point(&mut self, at: Point, free: Both<bool>, around: &Around<'_>) -> Point {
        let held = Held {
            now: Rect::from_points(at, at),
            parts: Both::each(|axis| free.of(axis).then_some(Part::Spot)),
            along: None,
            centred: false,
        };
        let more = self.snapped(at, &held, around);
        self.show(held.now + more);
        at + more
    }

    /// How much farther a side or corner is pulled, so that it snaps. Where the box is then, who pulls it
    /// must [show](Self::show).
    pub(crate) fn pulled(&mut self, pull: &Pull, around: &Around<'_>) -> Vec2 {
        let part = |axis: Axis| {
            if axis.length(pull.at.to_vec2()) < axis.span(pull.now).middle() {
                Part::Low
            } else {
                Part::High
            }
        };
        let held = Held {
            now: pull.now,
            parts: Both::each(|axis| pull.free.of(axis).then(|| part(axis))),
            along: pull.along,
            centred: pull.centred,
        };
        self.snapped(pull.at, &held, around)
    }

    /// How much farther a box must go to snap.
    #[inline(never)]
    fn snapped(&mut self, at: Point, held: &Held, around: &Around<'_>) -> Vec2 {
        self.guides = Guides::default();
        let reach = REACH_PX / around.camera.zoom();
        let wanted = around.wanted;
        let near = wanted
            .objects
            .then(|| Self::near(&mut self.near, at, around));
        let ways = Both::each(|axis| near.and_then(|near| held.to_objects(near, axis, reach)));
        let lines = Both::each(|axis| held.to_grid(wanted.grid?, axis));
        self.caught = Both::each(|axis| held.parts.of(axis).filter(|_| ways.of(axis).is_some()));
        held.farther(ways, lines, reach)
    }

    /// Has the guides of a box where it has come to stand.
    pub(crate) fn show(&mut self, now: Rect) {
        if let Some(near) = &self.near {
            self.guides = Guides::of(near, now, self.caught);
        }
    }

    /// What is near, gathered anew when the view has moved. O(what is in view), else O(1).
    fn near<'a>(known: &'a mut Option<Near>, at: Point, around: &Around<'_>) -> &'a Near {
        let same = known.take().filter(|near| near.is_seen_from(around));
        known.insert(same.unwrap_or_else(|| Near::gather(at, around)))
    }
}

impl Held {
    /// The way along an axis to what is in line, or to an equal gap that is nearer.
    fn to_objects(&self, near: &Near, axis: Axis, reach: f64) -> Option<f64> {
        let part = (*self.parts.of(axis))?;
        let to_edge = near.to_edge(axis, self.now, part, reach);
        let row = gaps::Row::of(&near.boxes, self.now, axis);
        let to_gap = row.to_gap(part, self.centred, reach);
        let nearer = |gap: &f64| to_edge.is_none_or(|edge| gap.abs() + SAME < edge.abs());
        to_gap.filter(nearer).or(to_edge)
    }

    /// The way along an axis to the nearest line of the grid.
    fn to_grid(&self, step: f64, axis: Axis) -> Option<f64> {
        let at = (*self.parts.of(axis))?.stops(axis.span(self.now)).next()?;
        Some((at / step).round() * step - at)
    }

    /// How it goes farther: to objects first, and along the grid's axes where there are none.
    fn farther(&self, objects: Both<Option<f64>>, lines: Both<Option<f64>>, reach: f64) -> Vec2 {
        let Some(along) = self.along else {
            let way = |axis| objects.of(axis).or(*lines.of(axis)).unwrap_or_default();
            return Vec2::new(way(Axis::X), way(Axis::Y));
        };
        // One axis follows the other: a flat box would leap to be a hair higher.
        let to_objects = nearest_along(along, objects, reach);
        let to_either = to_objects.or_else(|| nearest_along(along, lines, f64::MAX));
        to_either.unwrap_or_default()
    }
}

/// The shorter of the ways to two places on the axes, for what can only go one way, and no axis farther
/// than `most`.
fn nearest_along(along: Vec2, ways: Both<Option<f64>>, most: f64) -> Option<Vec2> {
    let mut nearest: Option<Vec2> = None;
    for axis in Axis::BOTH {
        let step = ways.of(axis).map(|way| along * (way / axis.length(along)));
        let near = |step: &Vec2| {
            let far = nearest.map_or(f64::INFINITY, Vec2::hypot);
            step.x.abs() <= most && step.y.abs() <= most && step.hypot() < far
        };
        nearest = step.filter(near).or(nearest);
    }
    nearest
}
