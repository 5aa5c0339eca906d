//! Whole numbers to route with: places, ways to go, and boxes.
//!
//! Owns the grid of 1/64 board units, on which stored vertices stand too. Everything here compares
//! whole numbers, so that every machine finds the same route. Knows no arrow.

use kurbo::{Point, Rect};

/// Coordinates beyond this are cut, board units: what is added up of them stays far from any overflow.
pub const FARTHEST: f64 = 1e7;
/// Steps of the grid in one board unit.
pub(super) const UNIT: i64 = 64;

/// A length in steps, at least 0 and at most what a board is wide.
pub(super) fn steps(length: f64) -> i64 {
    to_grid(length).max(0)
}

/// The nearest step; what is no number is 0.
fn to_grid(v: f64) -> i64 {
    (v.clamp(-FARTHEST, FARTHEST) * UNIT as f64).round() as i64
}

/// A side of an upright box, and the way out of it: y is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Towards smaller x.
    Left,
    /// Towards smaller y.
    Top,
    /// Towards greater x.
    Right,
    /// Towards greater y.
    Bottom,
}

impl Side {
    /// All of them. Of routes that are equally good, the one that leaves sideways comes first.
    pub(super) const ALL: [Self; 4] = [Self::Right, Self::Left, Self::Bottom, Self::Top];

    /// The side of a box that is nearest to a point in it, as a share of the way to the other one.
    pub fn nearest(body: Rect, at: Point) -> Self {
        let (block, at) = (Block::of(body), Spot::of(at));
        let (wide, high) = (block.x1 - block.x0, block.y1 - block.y0);
        let away = |side: &Self| {
            let across = if side.is_level() { high } else { wide };
            at.ahead(*side, block.middle_of(*side)) * across
        };
        let nearest = Self::ALL.into_iter().min_by_key(away);
        nearest.unwrap_or(Self::Right)
    }

    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Top => Self::Bottom,
            Self::Right => Self::Left,
            Self::Bottom => Self::Top,
        }
    }

    pub(super) fn is_level(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// One step that way.
    pub(super) fn unit(self) -> (i64, i64) {
        match self {
            Self::Left => (-1, 0),
            Self::Top => (0, -1),
            Self::Right => (1, 0),
            Self::Bottom => (0, 1),
        }
    }
}

/// A place on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) x: i64,
    pub(super) y: i64,
}

impl Spot {
    pub(super) fn of(at: Point) -> Self {
        Self {
            x: to_grid(at.x),
            y: to_grid(at.y),
        }
    }

    /// In board units, exactly.
    pub(super) fn point(self) -> Point {
        let [x, y] = [self.x, self.y].map(|v| v as f64 / UNIT as f64);
        Point::new(x, y)
    }

    pub(super) fn toward(self, side: Side, by: i64) -> Self {
        let (x, y) = side.unit();
        Self {
            x: self.x + x * by,
            y: self.y + y * by,
        }
    }

    /// How far ahead the other is for who goes that way; negative behind.
    pub(super) fn ahead(self, side: Side, other: Self) -> i64 {
        let (x, y) = side.unit();
        (other.x - self.x) * x + (other.y - self.y) * y
    }

    /// The coordinate that does not change for who goes that way.
    pub(super) fn lane(self, side: Side) -> i64 {
        if side.is_level() { self.y } else { self.x }
    }

    /// The same in another lane.
    pub(super) fn in_lane(self, side: Side, lane: i64) -> Self {
        if side.is_level() {
            Self { y: lane, ..self }
        } else {
            Self { x: lane, ..self }
        }
    }

    /// The way along axes.
    pub(super) fn distance(self, other: Self) -> i64 {
        (other.x - self.x).abs() + (other.y - self.y).abs()
    }
}

/// An upright box on the grid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    pub(super) x0: i64,
    pub(super) y0: i64,
    pub(super) x1: i64,
    pub(super) y1: i64,
}

impl Block {
    pub(super) fn of(rect: Rect) -> Self {
        let (a, b) = (Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y1));
        Self::between(Spot::of(a), Spot::of(b))
    }

    /// The box with these opposite corners.
    pub(super) fn between(a: Spot, b: Spot) -> Self {
        Self {
            x0: a.x.min(b.x),
            y0: a.y.min(b.y),
            x1: a.x.max(b.x),
            y1: a.y.max(b.y),
        }
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The same with its axes exchanged.
    pub(super) fn flipped(self) -> Self {
        Self {
            x0: self.y0,
            y0: self.x0,
            x1: self.y1,
            y1: self.x1,
        }
    }

    pub(super) fn grown(self, by: i64) -> Self {
        Self {
            x0: self.x0 - by,
            y0: self.y0 - by,
            x1: self.x1 + by,
            y1: self.y1 + by,
        }
    }

    /// Whether they share more than an edge. A flat box, as a level or upright segment is, is cut
    /// by what it passes through.
    pub(super) fn cuts(self, other: Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether the other lies in it and touches no edge.
    pub(super) fn surrounds(self, other: Self) -> bool {
        self.x0 < other.x0 && other.x1 < self.x1 && self.y0 < other.y0 && other.y1 < self.y1
    }

    /// How far apart they are on the axis where that is more; negative when they overlap.
    pub(super) fn apart(self, other: Self) -> i64 {
        let x = (other.x0 - self.x1).max(self.x0 - other.x1);
        let y = (other.y0 - self.y1).max(self.y0 - other.y1);
        x.max(y)
    }

    /// The way along axes from a place to the box, 0 inside.
    pub(super) fn distance(self, from: Spot) -> i64 {
        let x = (self.x0 - from.x).max(from.x - self.x1).max(0);
        let y = (self.y0 - from.y).max(from.y - self.y1).max(0);
        x + y
    }

    /// Where it begins and ends along a side.
    pub(super) fn along(self, side: Side) -> (i64, i64) {
        if side.is_level() {
            (self.y0, self.y1)
        } else {
            (self.x0, self.x1)
        }
    }

    /// The middle of a side.
    pub(super) fn middle_of(self, side: Side) -> Spot {
        let middle = Spot {
            x: self.x0 + (self.x1 - self.x0) / 2,
            y: self.y0 + (self.y1 - self.y0) / 2,
        };
        match side {
            Side::Left => Spot {
                x: self.x0,
                ..middle
            },
            Side::Top => Spot {
                y: self.y0,
                ..middle
            },
            Side::Right => Spot {
                x: self.x1,
                ..middle
            },
            Side::Bottom => Spot {
                y: self.y1,
                ..middle
            },
        }
    }
}
