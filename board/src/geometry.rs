//! Where an element is: an upright box and a turn.
//!
//! Board units, y down, angles in radians clockwise. Knows no element kind.

use kurbo::{Affine, Line, Point, Rect, Size, Vec2};

use crate::fields::Value;
use crate::limits::MAX_COORDINATE;

/// The box of an element before it is turned, and the turn about the box's centre.
///
/// `x`, `y` is the top-left corner; the size is `|w|` × `|h|`. A negative `w` or `h` mirrors the
/// content inside the same box. Values are finite and at most [`MAX_COORDINATE`] in magnitude.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Geometry {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width; negative when mirrored.
    pub w: f64,
    /// Height; negative when mirrored.
    pub h: f64,
    /// Turn about the centre, radians, clockwise.
    pub angle: f64,
}

impl Geometry {
    /// An unturned box.
    pub fn from_rect(rect: Rect) -> Self {
        let rect = rect.abs();
        Self {
            x: rect.x0,
            y: rect.y0,
            w: rect.width(),
            h: rect.height(),
            angle: 0.0,
        }
        .sane()
    }

    /// An unturned box, unless it is farther out than a board reaches.
    pub fn within_reach(rect: Rect) -> Option<Self> {
        let sides = [
            rect.x0,
            rect.y0,
            rect.x1,
            rect.y1,
            rect.width(),
            rect.height(),
        ];
        let near = |side: f64| side.is_finite() && side.abs() <= MAX_COORDINATE;
        sides.into_iter().all(near).then(|| Self::from_rect(rect))
    }

    /// The same with every non-finite or excessive number replaced by 0.
    pub fn sane(self) -> Self {
        let number = |v: f64| {
            if v.is_finite() && v.abs() <= MAX_COORDINATE {
                // Minus zero becomes zero, so that equal geometries are written alike.
                v + 0.0
            } else {
                0.0
            }
        };
        Self {
            x: number(self.x),
            y: number(self.y),
            w: number(self.w),
            h: number(self.h),
            angle: number(self.angle),
        }
    }

    /// Reads `[x, y, w, h, angle]`; what is missing or insane is 0. `None` when it is no list.
    pub fn read(value: &Value) -> Option<Self> {
        let Value::List(list) = value else {
            return None;
        };
        let at = |i: usize| list.get(i).and_then(Value::number).unwrap_or(0.0);
        Some(
            Self {
                x: at(0),
                y: at(1),
                w: at(2),
                h: at(3),
                angle: at(4),
            }
            .sane(),
        )
    }

    /// Writes exactly `[x, y, w, h, angle]`.
    pub fn write(&self) -> Value {
        Value::list([self.x, self.y, self.w, self.h, self.angle].map(Value::Number))
    }

    /// The upright box, never inverted.
    pub fn rect(&self) -> Rect {
        Rect::new(self.x, self.y, self.x + self.w.abs(), self.y + self.h.abs())
    }

    /// The centre of the box, about which it is turned.
    pub fn center(&self) -> Point {
        self.rect().center()
    }

    /// Maps the upright local box (0, 0)–(|w|, |h|) onto the board: translate, then turn.
    ///
    /// Mirroring is not part of it: kinds that have points mirror them in local space.
    pub fn placement(&self) -> Affine {
        let half = Vec2::new(self.w.abs() / 2.0, self.h.abs() / 2.0);
        Affine::translate(Vec2::new(self.x, self.y) + half)
            * Affine::rotate(self.angle)
            * Affine::translate(-half)
    }

    /// The four turned corners in board space: top-left, top-right, bottom-right, bottom-left.
    pub fn corners(&self) -> [Point; 4] {
        let (w, h) = (self.w.abs(), self.h.abs());
        let place = self.placement();
        [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)].map(|corner| place * Point::from(corner))
    }

    /// Whether a point of the board lies in the box.
    pub fn contains(&self, at: Point) -> bool {
        let local = self.placement().inverse() * at;
        let size = Size::new(self.w.abs(), self.h.abs());
        size.to_rect().contains(local)
    }

    /// The part of a straight way that lies in the box; `None` when none of it does.
    // In one piece it can come late.
    #[inline(never)]
    pub fn clip(&self, way: Line) -> Option<Line> {
        let back = self.placement().inverse();
        let (from, to) = (back * way.p0, back * way.p1);
        let (mut begins, mut ends) = (0.0_f64, 1.0_f64);
        let axes = [(from.x, to.x, self.w.abs()), (from.y, to.y, self.h.abs())];
        for (from, to, side) in axes {
            let by = to - from;
            if by != 0.0 {
                let (one, other) = (-from / by, (side - from) / by);
                begins = begins.max(one.min(other));
                ends = ends.min(one.max(other));
            } else if !(0.0..=side).contains(&from) {
                return None;
            }
        }
        let at = |share| way.p0.lerp(way.p1, share);
        (begins <= ends).then(|| Line::new(at(begins), at(ends)))
    }

    /// Whether any of an upright box lies in it, as far as the boxes around both can tell.
    pub fn reaches(&self, area: Rect) -> bool {
        let shares = |a: Rect, b: Rect| a.intersect(b).area() > 0.0;
        let local = self.placement().inverse().transform_rect_bbox(area);
        let size = Size::new(self.w.abs(), self.h.abs());
        shares(self.bounds(), area) && shares(size.to_rect(), local)
    }

    /// The upright box around the turned one.
    pub fn bounds(&self) -> Rect {
        let [a, b, c, d] = self.corners();
        Rect::from_points(a, b).union(Rect::from_points(c, d))
    }

    /// The box of another size of which a place on the top edge, as turned, is where this one's `x`,
    /// `y` is: `share` of its width from the left.
    ///
    /// So a box that turns about that place is expressed as one that turns about its centre.
    pub fn with_size_from(self, share: f64, size: Size) -> Self {
        let half = size.to_vec2() / 2.0;
        let to_center = Vec2::new(half.x - share * size.width, half.y);
        let (sin, cos) = self.angle.sin_cos();
        let turned = Vec2::new(
            to_center.x * cos - to_center.y * sin,
            to_center.x * sin + to_center.y * cos,
        );
        Self {
            x: self.x + turned.x - half.x,
            y: self.y + turned.y - half.y,
            w: size.width,
            h: size.height,
            angle: self.angle,
        }
    }

    /// The box of another height whose top edge, as turned, is where this one's is.
    pub fn with_height_from_top(self, height: f64) -> Self {
        let by = (height - self.h.abs()) / 2.0;
        let (sin, cos) = self.angle.sin_cos();
        Self {
            x: self.x - by * sin,
            y: self.y + by * cos - by,
            h: height.copysign(self.h),
            ..self
        }
    }

    /// The box of another size about the same centre, mirrored as this one is.
    pub fn resized(self, size: Size) -> Self {
        Self {
            x: self.x + (self.w.abs() - size.width) / 2.0,
            y: self.y + (self.h.abs() - size.height) / 2.0,
            w: size.width.copysign(self.w),
            h: size.height.copysign(self.h),
            ..self
        }
    }

    /// The inverse of [`Self::with_size_from`]: no size, and `x`, `y` where this box has that place, as turned.
    pub fn anchored(self, share: f64) -> Self {
        let at = self.placement() * Point::new(share * self.w, 0.0);
        Self {
            x: at.x,
            y: at.y,
            w: 0.0,
            h: 0.0,
            angle: self.angle,
        }
    }

    /// The same in single precision, which halves its bytes in the document.
    pub fn rounded(self) -> Self {
        let round = |v: f64| f64::from(v as f32);
        Self {
            x: round(self.x),
            y: round(self.y),
            w: round(self.w),
            h: round(self.h),
            angle: round(self.angle),
        }
    }

    /// The same, moved.
    pub fn translated(self, by: Vec2) -> Self {
        Self {
            x: self.x + by.x,
            y: self.y + by.y,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insane_numbers_read_as_the_default() {
        let list = [f64::NAN, 1e9, 10.0, f64::INFINITY, 0.5].map(Value::Number);
        let read = Geometry::read(&Value::list(list)).unwrap();
        assert_eq!(
            read,
            Geometry {
                x: 0.0,
                y: 0.0,
                w: 10.0,
                h: 0.0,
                angle: 0.5
            }
        );
    }

    #[test]
    fn a_quarter_turn_swaps_width_and_height() {
        let box_ = Geometry {
            x: 0.0,
            y: 0.0,
            w: 10.0,
            h: 4.0,
            angle: std::f64::consts::FRAC_PI_2,
        };
        let bounds = box_.bounds();
        assert!((bounds.width() - 4.0).abs() < 1e-9 && (bounds.height() - 10.0).abs() < 1e-9);
        assert!((bounds.center() - box_.center()).hypot() < 1e-9);
    }

    #[test]
    fn a_box_from_a_place_on_its_edge_goes_back_to_it() {
        let corner = Geometry {
            x: 7.0,
            y: -3.0,
            angle: 0.9,
            ..Geometry::default()
        };
        for share in [0.0, 0.5, 1.0] {
            let frame = corner.with_size_from(share, Size::new(40.0, 12.0));
            let at = frame.placement() * Point::new(40.0 * share, 0.0);
            assert!((at - Point::new(7.0, -3.0)).hypot() < 1e-9);
            let back = frame.anchored(share);
            assert!((back.x - 7.0).abs() < 1e-9 && (back.y + 3.0).abs() < 1e-9);
            assert_eq!((back.w, back.h, back.angle), (0.0, 0.0, 0.9));
        }
    }
}
