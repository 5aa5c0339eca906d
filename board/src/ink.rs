//! Ink: points with pressure, and how wide they make a stroke.
//!
//! Owns the point and the pen's width; its children smooth, encode and outline points.
//! Knows no element and no document.

pub mod outline;
pub mod points;
pub mod stroker;

/// How much of the width depends on pressure: 0 none, 1 from nothing to double.
const THINNING: f64 = 0.6;
/// Ink at middle pressure is this much wider than a shape's outline of the same style width,
/// since its ends of light pressure are thinner.
const WEIGHT: f64 = 1.5;

/// One point of a stroke.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct InkPoint {
    /// Across.
    pub x: f64,
    /// Down.
    pub y: f64,
    /// From 0 (barely touching) to 1; 0.5 is a pen that reports none, moved at a common speed.
    pub pressure: f64,
}

/// Half the painted width at a pressure, for a style width; same unit as the width.
pub fn radius(width: f64, pressure: f64) -> f64 {
    0.5 * WEIGHT * width * (1.0 + THINNING * (2.0 * pressure.clamp(0.0, 1.0) - 1.0))
}
