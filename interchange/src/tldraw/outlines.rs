//! The outlines of tldraw's shapes.
//!
//! Owns which of them boards have too, and where the corners of all others are. Knows no look.

use std::f64::consts::{FRAC_PI_2, TAU};

use board::style::Contour;
use kurbo::{CubicBez, ParamCurve as _, Point, Size};

/// How far slanted sides lean, a share of the shorter side.
const LEAN: f64 = 0.38;
/// How far the shaft of a thick arrow is from its sides.
const SHAFT: f64 = 0.16;
/// Points on each of the four curves of a heart.
const ON_CURVE: usize = 8;

/// An outline.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outline {
    /// One that boards have, mirrored or not.
    Own { contour: Contour, mirrored: bool },
    /// A rectangle with round ends.
    Oval,
    /// Corners in the box.
    Corners(Vec<Point>),
    /// Something within a rectangle, which is left out.
    Marked,
    /// One that nobody knows.
    Unknown,
}

/// The outline of a name in a box.
pub(super) fn outline(name: &str, size: Size) -> Outline {
    let own = |contour| Outline::Own {
        contour,
        mirrored: false,
    };
    let (w, h) = (size.width, size.height);
    let lean = size.min_side() * LEAN;
    let corners =
        |at: &[(f64, f64)]| Outline::Corners(at.iter().copied().map(Point::from).collect());
    match name {
        "" | "rectangle" => own(Contour::Rectangle),
        "ellipse" => own(Contour::Ellipse),
        "diamond" => own(Contour::Diamond),
        "triangle" => own(Contour::Triangle),
        "star" => own(Contour::Star),
        "cloud" => own(Contour::Cloud),
        "rhombus" => own(Contour::Parallelogram),
        "rhombus-2" => Outline::Own {
            contour: Contour::Parallelogram,
            mirrored: true,
        },
        "oval" => Outline::Oval,
        "pentagon" => Outline::Corners(regular(5, size)),
        "hexagon" => Outline::Corners(regular(6, size)),
        "octagon" => Outline::Corners(regular(8, size)),
        "trapezoid" => corners(&[(lean, 0.0), (w - lean, 0.0), (w, h), (0.0, h)]),
        "arrow-right" => Outline::Corners(arrow(w, h)),
        "arrow-left" => turned(arrow(w, h), |at| Point::new(w - at.x, at.y)),
        "arrow-down" => turned(arrow(h, w), |at| Point::new(w - at.y, at.x)),
        "arrow-up" => turned(arrow(h, w), |at| Point::new(w - at.y, h - at.x)),
        "heart" => Outline::Corners(heart(w, h)),
        "x-box" | "check-box" => Outline::Marked,
        _ => Outline::Unknown,
    }
}

/// As many corners, the first at the top, stretched to fill the box.
fn regular(corners: u32, size: Size) -> Vec<Point> {
    let on_circle = |nth| {
        let (sin, cos) = (TAU * f64::from(nth) / f64::from(corners) - FRAC_PI_2).sin_cos();
        Point::new(cos, sin)
    };
    let all: Vec<Point> = (0..corners).map(on_circle).collect();
    let fold = |one: fn(f64, f64) -> f64, of: fn(&Point) -> f64| {
        all.iter().map(of).reduce(one).unwrap_or_default()
    };
    let (left, right) = (fold(f64::min, |at| at.x), fold(f64::max, |at| at.x));
    let (top, bottom) = (fold(f64::min, |at| at.y), fold(f64::max, |at| at.y));
    let placed = all.iter().map(|at| {
        let (x, y) = (
            (at.x - left) / (right - left),
            (at.y - top) / (bottom - top),
        );
        Point::new(x * size.width, y * size.height)
    });
    placed.collect()
}

/// A thick arrow to the right.
fn arrow(w: f64, h: f64) -> Vec<Point> {
    let (head, shaft) = (w.min(h) * LEAN, h * SHAFT);
    let corners = [
        (0.0, shaft),
        (w - head, shaft),
        (w - head, 0.0),
        (w, h / 2.0),
        (w - head, h),
        (w - head, h - shaft),
        (0.0, h - shaft),
    ];
    corners.into_iter().map(Point::from).collect()
}

fn turned(points: Vec<Point>, turn: impl Fn(Point) -> Point) -> Outline {
    Outline::Corners(points.into_iter().map(turn).collect())
}

fn heart(w: f64, h: f64) -> Vec<Point> {
    let (middle, o, k) = (w / 2.0, w / 4.0, h / 4.0);
    let stops = [
        [
            (middle, h),
            (o * 1.5, k * 3.0),
            (0.0, k * 2.5),
            (0.0, k * 1.2),
        ],
        [
            (0.0, k * 1.2),
            (0.0, -k * 0.32),
            (o * 1.85, -k * 0.32),
            (middle, k * 0.9),
        ],
        [
            (middle, k * 0.9),
            (o * 2.15, -k * 0.32),
            (w, -k * 0.32),
            (w, k * 1.2),
        ],
        [(w, k * 1.2), (w, k * 2.5), (o * 2.5, k * 3.0), (middle, h)],
    ];
    let curves = stops.map(|[a, b, c, d]| CubicBez::new(a, b, c, d));
    let on = |curve: CubicBez| (0..ON_CURVE).map(move |at| curve.eval(at as f64 / ON_CURVE as f64));
    curves.into_iter().flat_map(on).collect()
}
