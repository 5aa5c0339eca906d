//! The closed outlines that a shape can have: their paths, and how round they may be.
//!
//! Everything is in local space: board units, y down, the box is (0, 0)–`size`. Paths run
//! clockwise, stay inside of the box with their control points too, and are made with `+ - * /`
//! and square roots alone, so that every peer computes the same. Knows no element, style or text.

mod cloud;
mod label;
mod polygon;
#[cfg(test)]
mod tests;
mod tips;

use kurbo::{BezPath, Point, Rect, Size};

use crate::limits::MAX_COORDINATE;
use crate::style::Contour;
use polygon::Corner;

/// How far from a corner's ends to its tip the control points of a quarter ellipse are.
const QUARTER: f64 = 0.552_284_749_8;

/// Corners of rectangles are round by this share of the shorter side …
const ROUND: f64 = 0.16;
/// … up to this many board units, so that large boxes do not turn into pillows.
const ROUNDEST: f64 = 14.0;

/// A regular star's points and notches as shares of the box, clockwise from the top. The notches
/// are at 0.45 of the points' distance from the centre: a little stout.
const STAR: [(f64, f64); 10] = [
    (0.5, 0.0),
    (0.639_057_647_5, 0.351_540_286_5),
    (1.0, 0.381_966_011_3),
    (0.725, 0.629_655_581_5),
    (0.809_016_994_4, 1.0),
    (0.5, 0.801_540_286_5),
    (0.190_983_005_6, 1.0),
    (0.275, 0.629_655_581_5),
    (0.0, 0.381_966_011_3),
    (0.360_942_352_5, 0.351_540_286_5),
];
/// A share of the height, at most a share of the width.
#[derive(Clone, Copy)]
struct Part {
    height: f64,
    width: f64,
}

/// How high a bubble's tail is.
const TAIL: Part = Part {
    height: 0.2,
    width: 0.25,
};
/// Half the height of a cylinder's lid.
const LID: Part = Part {
    height: 0.13,
    width: 0.18,
};
/// Where a bubble's tail starts, as a share of the width …
const TAIL_ROOT: f64 = 0.12;
/// … and how far its tip is further left, as a share of its height.
const TAIL_SWING: f64 = 0.45;
/// How far a hexagon's points stand out.
const POINTED: Part = Part {
    height: 0.5,
    width: 0.25,
};
/// How far a parallelogram leans.
const LEAN: Part = Part {
    height: 0.5,
    width: 0.2,
};

impl Part {
    fn of(self, size: Size) -> f64 {
        (size.height * self.height).min(size.width * self.width)
    }
}

impl Contour {
    /// The corner radius where the document names none, board units.
    pub fn default_radius(self, size: Size) -> f64 {
        let round = (sane(size).min_side() * ROUND).min(ROUNDEST);
        match self {
            Self::Rectangle | Self::Bubble => round,
            Self::Diamond | Self::Triangle | Self::Hexagon | Self::Star | Self::Parallelogram => {
                round / 2.0
            }
            Self::Ellipse | Self::Cloud | Self::Cylinder => 0.0,
        }
    }

    /// The largest radius that leaves the outline what it is.
    fn roundest(self, size: Size) -> f64 {
        let share = match self {
            Self::Diamond | Self::Triangle | Self::Hexagon | Self::Parallelogram => 0.2,
            Self::Star => 0.08,
            _ => 0.5,
        };
        size.min_side() * share
    }

    /// Whether it has corners that can be round.
    pub fn has_corners(self) -> bool {
        !matches!(self, Self::Ellipse | Self::Cloud | Self::Cylinder)
    }

    /// The outline: one closed path that fills the box, moved inwards by `inset` ≥ 0 board units;
    /// empty when nothing remains.
    ///
    /// Corners are arcs of `radius` board units, clamped to what their sides have room for, and
    /// smaller where they are sharper than a right angle; what has no corners ignores it. At most
    /// some 150 segments.
    pub fn path(self, size: Size, radius: f64, inset: f64) -> BezPath {
        let size = sane(size);
        let radius = radius.max(0.0).min(self.roundest(size));
        let inset = inset.max(0.0);
        if inset > 0.0 && size.min_side() <= 2.0 * inset {
            return BezPath::new();
        }
        let (w, h) = (size.width, size.height);
        let sharp = |at: &[(f64, f64)]| {
            let corners: Vec<_> = at.iter().map(|at| Corner::new(*at, radius)).collect();
            polygon::path(&corners, inset)
        };
        match self {
            Self::Rectangle => sharp(&corners_of(size.to_rect())),
            Self::Ellipse => ellipse(size.to_rect().inset(-inset)),
            Self::Diamond => sharp(&[(w / 2.0, 0.0), (w, h / 2.0), (w / 2.0, h), (0.0, h / 2.0)]),
            Self::Triangle => sharp(&[(w / 2.0, 0.0), (w, h), (0.0, h)]),
            Self::Hexagon => hexagon(size, sharp),
            Self::Star => sharp(&STAR.map(|(x, y)| (x * w, y * h))),
            Self::Cloud => cloud::path(size, inset),
            Self::Bubble => bubble(size, radius, inset),
            Self::Cylinder => cylinder(size, inset),
            Self::Parallelogram => {
                let lean = LEAN.of(size);
                sharp(&[(lean, 0.0), (w, 0.0), (w - lean, h), (0.0, h)])
            }
        }
    }

    /// Lines inside of the outline that are stroked and not filled: the front rim of a cylinder.
    pub fn inner(self, size: Size) -> BezPath {
        let mut path = BezPath::new();
        if self == Self::Cylinder {
            let size = sane(size);
            let lid = LID.of(size);
            path.move_to((0.0, lid));
            cap(&mut path, (0.0, lid), (size.width, lid), 2.0 * lid);
        }
        path
    }
}

/// The size with numbers that paths can be computed of; what is no number is 0.
fn sane(size: Size) -> Size {
    let number = |n: f64| n.clamp(0.0, 2.0 * MAX_COORDINATE).max(0.0);
    Size::new(number(size.width), number(size.height))
}

fn corners_of(rect: Rect) -> [(f64, f64); 4] {
    let Rect { x0, y0, x1, y1 } = rect;
    [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
}

/// Six corners, or four once a fat outline has eaten the upper and the lower side.
fn hexagon(size: Size, sharp: impl Fn(&[(f64, f64)]) -> BezPath) -> BezPath {
    let (w, h, point) = (size.width, size.height, POINTED.of(size));
    let path = sharp(&[
        (point, 0.0),
        (w - point, 0.0),
        (w, h / 2.0),
        (w - point, h),
        (point, h),
        (0.0, h / 2.0),
    ]);
    if !path.is_empty() {
        return path;
    }
    let above = h / 2.0 * (w / 2.0 / point - 1.0);
    let path = sharp(&[
        (w / 2.0, -above),
        (w, h / 2.0),
        (w / 2.0, h + above),
        (0.0, h / 2.0),
    ]);
    // The corners of a sliver are too sharp to be computed well.
    if path.control_box().union(size.to_rect()) == size.to_rect() {
        path
    } else {
        BezPath::new()
    }
}

/// A bubble without its tail.
fn body(size: Size) -> Size {
    Size::new(size.width, size.height - TAIL.of(size))
}

/// A rounded rectangle with a tail, which vanishes inside of a fat outline.
fn bubble(size: Size, radius: f64, inset: f64) -> BezPath {
    let body = body(size);
    let (w, h, tail) = (body.width, body.height, TAIL.of(size));
    let radius = radius.min(h / 2.0).min(w / 3.0);
    let root = radius.max(w * TAIL_ROOT);
    let [a, b, c, d] = corners_of(body.to_rect()).map(|at| Corner::new(at, radius));
    let tip = [
        (root + tail, h),
        (root - tail * TAIL_SWING, size.height),
        (root, h),
    ];
    let [e, f, g] = tip.map(|at| Corner::new(at, 0.0));
    let path = polygon::path(&[a, b, c, e, f, g, d], inset);
    if path.is_empty() {
        polygon::path(&[a, b, c, d], inset)
    } else {
        path
    }
}

/// The ellipse that fills a box.
pub(crate) fn ellipse(rect: Rect) -> BezPath {
    let (middle, Rect { x0, y0, x1, y1 }) = (rect.center(), rect);
    let mut path = BezPath::new();
    path.move_to((x0, middle.y));
    cap(&mut path, (x0, middle.y), (x1, middle.y), y0);
    cap(&mut path, (x1, middle.y), (x0, middle.y), y1);
    path.close_path();
    path
}

fn cylinder(size: Size, inset: f64) -> BezPath {
    let lid = LID.of(size).max(inset);
    let Rect { x0, y0, x1, y1 } = size.to_rect().inset(-inset);
    let (upper, lower) = (lid, size.height - lid);
    let mut path = BezPath::new();
    path.move_to((x0, upper));
    cap(&mut path, (x0, upper), (x1, upper), y0);
    path.line_to((x1, lower));
    cap(&mut path, (x1, lower), (x0, lower), y1);
    path.close_path();
    path
}

/// Half of an ellipse between two points at one height, up or down to `y`.
fn cap(path: &mut BezPath, from: (f64, f64), to: (f64, f64), y: f64) {
    let (from, to) = (Point::from(from), Point::from(to));
    let apex = Point::new((from.x + to.x) / 2.0, y);
    quarter(path, from, Point::new(from.x, y), apex);
    quarter(path, apex, Point::new(to.x, y), to);
}

/// A quarter of an ellipse between two points, from the first, where the path is; its tangents
/// there meet in `corner`.
fn quarter(path: &mut BezPath, from: Point, corner: Point, to: Point) {
    path.curve_to(from.lerp(corner, QUARTER), to.lerp(corner, QUARTER), to);
}
