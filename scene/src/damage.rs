//! Where something looks different than it was painted.
//!
//! Owns how such places come together. Knows no element.

use kurbo::Rect;

/// What is to be painted again, in board space.
#[derive(Debug)]
pub enum Damage {
    /// Whatever meets one of these.
    Rects(Vec<Rect>),
    /// All of it.
    Everything,
}

impl Default for Damage {
    fn default() -> Self {
        Self::Rects(Vec::new())
    }
}

impl Damage {
    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Rects(rects) if rects.is_empty())
    }

    /// A box around it; `None` for nothing, and for all of it.
    pub fn bounds(&self) -> Option<Rect> {
        match self {
            Self::Rects(rects) => rects.iter().copied().reduce(|all, next| all.union(next)),
            Self::Everything => None,
        }
    }

    /// Both.
    pub fn merge(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Rects(rects), Self::Rects(more)) => rects.extend(more),
            _ => *self = Self::Everything,
        }
    }
}
