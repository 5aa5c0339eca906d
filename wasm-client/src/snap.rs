//! Snapping: what is moved, resized or drawn comes to stand in line with what is near, at equal gaps,
//! or on the grid.
//!
//! Owns what can be snapped to and how far, and the guides that show it. Candidates are gathered once
//! for a gesture and when the view moves; an event then costs a few binary searches and a walk over
//! the candidates. Changes nothing; knows no tool.

mod gaps;
mod guides;
#[cfg(test)]
mod tests;

use board::element::Element;
use board::id::ElementId;
use kurbo::{Point, Rect, Vec2};

use crate::camera::Camera;
use crate::scene::Scene;
use crate::selection::Selection;

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

/// Across the board, or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

/// Something for each axis.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Both<T> {
    pub(crate) x: T,
    pub(crate) y: T,
}

impl<T> Both<T> {
    pub(crate) const fn new(x: T, y: T) -> Self {
        Self { x, y }
    }

    fn of(&self, axis: Axis) -> &T {
        match axis {
            Axis::X => &self.x,
            Axis::Y => &self.y,
        }
    }

    fn of_mut(&mut self, axis: Axis) -> &mut T {
        match axis {
            Axis::X => &mut self.x,
            Axis::Y => &mut self.y,
        }
    }
}

impl Axis {
    const BOTH: [Self; 2] = [Self::X, Self::Y];

    fn other(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }

    /// From where to where a box reaches along it.
    fn span(self, rect: Rect) -> Span {
        match self {
            Self::X => Span(rect.x0, rect.x1),
            Self::Y => Span(rect.y0, rect.y1),
        }
    }

    /// A way along it.
    fn way(self, length: f64) -> Vec2 {
        match self {
            Self::X => Vec2::new(length, 0.0),
            Self::Y => Vec2::new(0.0, length),
        }
    }

    /// The point at a place along it, and one across it.
    fn point(self, along: f64, across: f64) -> Point {
        match self {
            Self::X => Point::new(along, across),
            Self::Y => Point::new(across, along),
        }
    }
}

/// From where to where something reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span(f64, f64);

impl Span {
    /// Where it can snap: its ends and its middle.
    fn stops(self) -> [f64; 3] {
        [self.0, self.middle(), self.1]
    }

    fn middle(self) -> f64 {
        (self.0 + self.1) / 2.0
    }

    fn meets(self, other: Self) -> bool {
        self.0 <= other.1 && other.0 <= self.1
    }

    fn union(self, other: Self) -> Self {
        Self(self.0.min(other.0), self.1.max(other.1))
    }
}

/// An edge or centre that can be snapped to: where it is along its axis, and its reach across.
#[derive(Debug, Clone, Copy)]
struct Edge {
    at: f64,
    across: Span,
}

/// What can be snapped to, seen from one view.
#[derive(Debug)]
struct Near {
    view: Rect,
    boxes: Vec<Rect>,
    /// Ascending.
    edges: Both<Vec<Edge>>,
}

/// Snaps one gesture, and has the guides of its latest event.
#[derive(Debug, Default)]
pub(crate) struct Snapper {
    near: Option<Near>,
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
        self.snapped(from, from + by, free, true, around) + by
    }

    /// A point, so that it snaps: a corner or side that is pulled, a point of a line.
    pub(crate) fn point(&mut self, at: Point, free: Both<bool>, around: &Around<'_>) -> Point {
        let spot = Rect::from_points(at, at);
        at + self.snapped(spot, spot, free, false, around)
    }

    /// How much farther a box must go to snap.
    fn snapped(
        &mut self,
        from: Rect,
        now: Rect,
        free: Both<bool>,
        by_gaps: bool,
        around: &Around<'_>,
    ) -> Vec2 {
        self.guides = Guides::default();
        let reach = REACH_PX / around.camera.zoom();
        let mut by = Vec2::ZERO;
        let mut aligned = Both::new(false, false);
        let mut spaced = Both::new(false, false);
        if around.wanted.objects {
            let near = Self::near(&mut self.near, from.center(), around);
            for axis in Axis::BOTH.into_iter().filter(|axis| *free.of(*axis)) {
                let to_edge = near.to_edge(axis, now, reach);
                let to_gap = gaps::to_gap(&near.boxes, now, axis, reach).filter(|_| by_gaps);
                let nearer = |gap: &f64| to_edge.is_none_or(|edge| gap.abs() + SAME < edge.abs());
                let gap = to_gap.filter(nearer);
                by += axis.way(gap.or(to_edge).unwrap_or_default());
                *aligned.of_mut(axis) = gap.or(to_edge).is_some();
                // What stands in line may be at equal gaps as well.
                *spaced.of_mut(axis) = by_gaps && *aligned.of(axis);
            }
            self.guides = Guides::of(near, now + by, aligned, spaced);
        }
        if let Some(step) = around.wanted.grid {
            let loose = |axis: &Axis| *free.of(*axis) && !*aligned.of(*axis);
            for axis in Axis::BOTH.into_iter().filter(loose) {
                let low = axis.span(now).0;
                by += axis.way((low / step).round() * step - low);
            }
        }
        by
    }

    /// What is near, gathered anew when the view has moved. O(what is in view), else O(1).
    fn near<'a>(known: &'a mut Option<Near>, at: Point, around: &Around<'_>) -> &'a Near {
        let view = around.camera.view();
        let same = known.take().filter(|near| near.view == view);
        known.insert(same.unwrap_or_else(|| {
            let left_out = |id: &ElementId| {
                let node = around.scene.get(id);
                let mut above = node.into_iter().flat_map(|node| node.ancestors());
                around.moving.contains(id) || above.any(|id| around.moving.contains(id))
            };
            let nodes = around.scene.nearest(view, at, MOST, &left_out);
            Near::of(view, nodes.into_iter().map(|node| node.element()))
        }))
    }
}

impl Near {
    fn of<'a>(view: Rect, elements: impl Iterator<Item = &'a Element>) -> Self {
        let boxes: Vec<Rect> = elements.map(|element| element.frame().bounds()).collect();
        let mut edges: Both<Vec<Edge>> = Both::default();
        for rect in &boxes {
            add(&mut edges, Axis::X, *rect);
            add(&mut edges, Axis::Y, *rect);
        }
        Self { view, boxes, edges }
    }

    /// The way along an axis from a box to the nearest edge that it can be in line with.
    fn to_edge(&self, axis: Axis, now: Rect, reach: f64) -> Option<f64> {
        let edges = self.edges.of(axis);
        let mut nearest: Option<f64> = None;
        for at in axis.span(now).stops() {
            let next = edges.partition_point(|edge| edge.at < at);
            let beside = [next.checked_sub(1), Some(next)].into_iter().flatten();
            for way in beside.filter_map(|i| edges.get(i).map(|edge| edge.at - at)) {
                let most = nearest.map_or(reach, f64::abs);
                if way.abs() <= most {
                    nearest = Some(way);
                }
            }
        }
        nearest
    }

    /// The edges at a place along an axis.
    fn at(&self, axis: Axis, place: f64) -> impl Iterator<Item = &Edge> {
        let edges = self.edges.of(axis);
        let first = edges.partition_point(|edge| edge.at < place - SAME);
        let rest = edges.iter().skip(first);
        rest.take_while(move |edge| edge.at <= place + SAME)
    }
}

/// Adds where a box can be snapped to along an axis. One by one: a sort of its own would cost more of
/// the download than it is worth.
fn add(edges: &mut Both<Vec<Edge>>, axis: Axis, rect: Rect) {
    let across = axis.other().span(rect);
    let edges = edges.of_mut(axis);
    for at in axis.span(rect).stops() {
        let place = edges.partition_point(|edge| edge.at < at);
        edges.insert(place, Edge { at, across });
    }
}
