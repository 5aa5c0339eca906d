//! The corners of outlines that people point at.
//!
//! Owns which those are. Knows no element.

use kurbo::Size;

use super::{POINTED, STAR, sane};
use crate::style::Contour;

impl Contour {
    /// The corners that stand out of an outline, as shares of its box; none of rectangles, which are
    /// sides to people, nor of what is round.
    pub fn tips(self, size: Size) -> Vec<(f64, f64)> {
        match self {
            Self::Diamond => vec![(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)],
            Self::Triangle => vec![(0.5, 0.0), (1.0, 1.0), (0.0, 1.0)],
            Self::Star => STAR.into_iter().step_by(2).collect(),
            Self::Hexagon => {
                let size = sane(size);
                let point = POINTED.of(size) / size.width.max(f64::MIN_POSITIVE);
                let far = 1.0 - point;
                vec![
                    (point, 0.0),
                    (far, 0.0),
                    (1.0, 0.5),
                    (far, 1.0),
                    (point, 1.0),
                    (0.0, 0.5),
                ]
            }
            _ => Vec::new(),
        }
    }
}
