//! Where the label of a closed outline goes, and how high the outline must be for it.
//!
//! Owns a box inside of each outline. How wide that is follows from the outline's width alone, so that
//! the height can follow from the label's lines. Made with `+ - * /` alone. Knows no text.

use kurbo::{Rect, Size};

use super::{LEAN, LID, POINTED, Part, TAIL, body, cloud, sane};
use crate::style::Contour;

/// The box between a star's notches: the left edge, the top and the bottom as shares of its box.
const STAR: (f64, f64, f64) = (0.28, 0.37, 0.78);
/// The share of an ellipse on each side of its label: (1 − √½) / 2 and a hair.
const BESIDE: f64 = 0.1465;
/// Where the label of a triangle starts and ends: it sits low, but not on the base.
const TRIANGLE: (f64, f64) = (0.48, 0.96);
/// The share of a hexagon's height that its label takes.
const HEXAGON: f64 = 0.75;
/// How far a cloud's label stays away from all sides.
const CLOUD: Part = Part {
    height: cloud::MARGIN,
    width: cloud::MARGIN,
};

impl Part {
    /// The height at which so much remains when the part is taken off so many times.
    fn height_for(self, times: f64, width: f64, remainder: f64) -> f64 {
        let short = remainder / (1.0 - times * self.height);
        short.min(remainder + times * self.width * width)
    }
}

impl Contour {
    /// The share of its width that is left and right of its label.
    fn beside(self) -> f64 {
        match self {
            Self::Rectangle | Self::Bubble | Self::Cylinder => 0.0,
            Self::Ellipse => BESIDE,
            Self::Diamond => 0.25,
            Self::Triangle => (1.0 - TRIANGLE.0) / 2.0,
            Self::Hexagon => POINTED.width * HEXAGON,
            Self::Star => STAR.0,
            Self::Cloud => CLOUD.width,
            Self::Parallelogram => LEAN.width,
        }
    }

    /// How wide its label may be, before any padding.
    pub fn label_width(self, width: f64) -> f64 {
        sane(Size::new(width, 0.0)).width * (1.0 - 2.0 * self.beside())
    }

    /// Where its label goes, before any padding. Round corners may cut its corners.
    pub fn label_area(self, size: Size) -> Rect {
        let size = sane(size);
        let Size { width, height } = size;
        let (top, bottom) = match self {
            Self::Rectangle | Self::Parallelogram => (0.0, height),
            Self::Ellipse => (height * BESIDE, height * (1.0 - BESIDE)),
            Self::Diamond => (height * 0.25, height * 0.75),
            Self::Triangle => (height * TRIANGLE.0, height * TRIANGLE.1),
            Self::Hexagon => {
                let above = height * (1.0 - HEXAGON) / 2.0;
                (above, height - above)
            }
            Self::Star => (height * STAR.1, height * STAR.2),
            Self::Cloud => (CLOUD.of(size), height - CLOUD.of(size)),
            Self::Bubble => (0.0, body(size).height),
            Self::Cylinder => (2.0 * LID.of(size), height - LID.of(size)),
        };
        let side = width * self.beside();
        Rect::new(side, top, width - side, bottom)
    }

    /// The least height at which a box of this width has a label area of this height. Finite for any
    /// input.
    pub fn height_for(self, width: f64, label_height: f64) -> f64 {
        let Size { width, height } = sane(Size::new(width, label_height));
        match self {
            Self::Rectangle | Self::Parallelogram => height,
            Self::Ellipse => height / (1.0 - 2.0 * BESIDE),
            Self::Diamond => height / 0.5,
            Self::Triangle => height / (TRIANGLE.1 - TRIANGLE.0),
            Self::Hexagon => height / HEXAGON,
            Self::Star => height / (STAR.2 - STAR.1),
            Self::Cloud => CLOUD.height_for(2.0, width, height),
            Self::Bubble => TAIL.height_for(1.0, width, height),
            Self::Cylinder => LID.height_for(3.0, width, height),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_label_lies_inside_and_the_height_for_it_fits(
            which in 0usize..10, width in 1.0..2000.0f64, label in 1.0..2000.0f64,
        ) {
            let contour = Contour::ALL[which];
            let height = contour.height_for(width, label);
            let size = Size::new(width, height);
            let area = contour.label_area(size);
            prop_assert!(area.height() >= label - 1e-6, "{:?}: {} < {}", contour, area.height(), label);
            prop_assert!((area.width() - contour.label_width(width)).abs() < 1e-9);
            prop_assert!(size.to_rect().union(area) == size.to_rect());
            // All of it but a hair at the corners is inside of the outline.
            let path = contour.path(size, 0.0, 0.0);
            let inner = area.inflate(-0.04 * area.width(), -0.04 * area.height());
            for corner in [(inner.x0, inner.y0), (inner.x1, inner.y0), (inner.x1, inner.y1), (inner.x0, inner.y1)] {
                let inside = kurbo::Shape::winding(&path, corner.into()) != 0;
                prop_assert!(inside || path.is_empty(), "{:?} {:?} {}", contour, corner, size);
            }
        }
    }
}
