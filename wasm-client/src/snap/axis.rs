//! Along and across: the board one axis at a time.
//!
//! Owns spans of boxes and which of their places a gesture takes along. Pure arithmetic.

use kurbo::{Point, Rect, Vec2};

/// Across the board, or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
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

    pub(super) fn each(of: impl Fn(Axis) -> T) -> Self {
        Self::new(of(Axis::X), of(Axis::Y))
    }

    pub(super) fn of(&self, axis: Axis) -> &T {
        match axis {
            Axis::X => &self.x,
            Axis::Y => &self.y,
        }
    }

    pub(super) fn of_mut(&mut self, axis: Axis) -> &mut T {
        match axis {
            Axis::X => &mut self.x,
            Axis::Y => &mut self.y,
        }
    }
}

impl Axis {
    pub(super) const BOTH: [Self; 2] = [Self::X, Self::Y];

    pub(super) fn other(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }

    /// From where to where a box reaches along it.
    pub(super) fn span(self, rect: Rect) -> Span {
        match self {
            Self::X => Span(rect.x0, rect.x1),
            Self::Y => Span(rect.y0, rect.y1),
        }
    }

    /// How far a way goes along it.
    pub(super) fn length(self, way: Vec2) -> f64 {
        match self {
            Self::X => way.x,
            Self::Y => way.y,
        }
    }

    /// The point at a place along it, and one across it.
    pub(super) fn point(self, along: f64, across: f64) -> Point {
        match self {
            Self::X => Point::new(along, across),
            Self::Y => Point::new(across, along),
        }
    }
}

/// What of a box goes with the pointer, along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// The end with the smaller coordinate.
    Low,
    High,
    /// It is a point, which nobody sees a gap beside.
    Spot,
}

impl Part {
    /// Where it can snap.
    pub(super) fn stops(self, span: Span) -> impl Iterator<Item = f64> {
        let (first, count) = match self {
            Self::Whole => (0, 3),
            Self::Low | Self::Spot => (0, 1),
            Self::High => (2, 1),
        };
        let stops = [span.0, span.middle(), span.1].into_iter();
        stops.skip(first).take(count)
    }
}

/// From where to where something reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span(pub(super) f64, pub(super) f64);

impl Span {
    pub(super) fn middle(self) -> f64 {
        f64::midpoint(self.0, self.1)
    }

    pub(super) fn length(self) -> f64 {
        self.1 - self.0
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 <= other.1 && other.0 <= self.1
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0.min(other.0), self.1.max(other.1))
    }
}
