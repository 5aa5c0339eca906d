//! The points of a pen's stroke.
//!
//! Owns how every version stores them: as objects, as halves of floats in base64, and as differences of
//! these. Knows not how wide a pen paints.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use board::ink::InkPoint;
use board::limits::{MAX_COORDINATE, MAX_POINTS};
use serde_json::Value as Json;

/// What a pen presses with that does not say it.
const USUAL: f64 = 0.5;
/// Straight parts of a stroke have a point this often, board units, so that no curve is put through them.
const STEP: f64 = 16.0;
/// Most points between two.
const BETWEEN: f64 = 64.0;

/// The points of segments, each stretched, and whether there are more than an element may have.
pub(super) fn points(segments: &Json, (across, down): (f64, f64)) -> (Vec<InkPoint>, bool) {
    let mut points: Vec<InkPoint> = Vec::new();
    for segment in segments.as_array().into_iter().flatten() {
        let mut own = of_segment(segment);
        for point in &mut own {
            (point.x, point.y) = (point.x * across, point.y * down);
        }
        own.retain(|point| point.x.abs() <= MAX_COORDINATE && point.y.abs() <= MAX_COORDINATE);
        if segment.get("type").and_then(Json::as_str) == Some("straight") {
            own = straight(&own);
        }
        // A segment begins where the one before ends.
        let again = points
            .last()
            .zip(own.first())
            .is_some_and(|(a, b)| a.at() == b.at());
        points.extend(own.into_iter().skip(usize::from(again)));
        if points.len() > MAX_POINTS {
            points.truncate(MAX_POINTS);
            return (points, true);
        }
    }
    (points, false)
}

fn of_segment(segment: &Json) -> Vec<InkPoint> {
    if let Some(path) = segment.get("path").and_then(Json::as_str) {
        let flat = segment.get("dim").and_then(Json::as_u64) == Some(2);
        return of_path(path, flat);
    }
    match segment.get("points") {
        Some(Json::Array(points)) => {
            let points = points.iter().filter_map(|point| {
                let number = |field| point.get(field).and_then(Json::as_f64);
                Some(ink(
                    number("x")?,
                    number("y")?,
                    number("z").unwrap_or(USUAL),
                ))
            });
            points.take(MAX_POINTS + 1).collect()
        }
        Some(Json::String(halves)) => of_halves(halves),
        _ => Vec::new(),
    }
}

fn ink(x: f64, y: f64, pressure: f64) -> InkPoint {
    let pressure = if pressure.is_finite() {
        pressure.clamp(0.0, 1.0)
    } else {
        USUAL
    };
    InkPoint { x, y, pressure }
}

/// Three halves of floats for each point.
fn of_halves(text: &str) -> Vec<InkPoint> {
    let bytes = STANDARD.decode(text).unwrap_or_default();
    let points = bytes.chunks_exact(6).filter_map(|chunk| {
        let [x, y, z] = [half(chunk, 0)?, half(chunk, 2)?, half(chunk, 4)?];
        (x.is_finite() && y.is_finite()).then(|| ink(x, y, z))
    });
    points.take(MAX_POINTS + 1).collect()
}

/// The first point in full, and by how much each is further than the one before, pressure too unless it is
/// flat.
fn of_path(text: &str, flat: bool) -> Vec<InkPoint> {
    let bytes = STANDARD.decode(text).unwrap_or_default();
    let float = |at: usize| {
        let four = bytes.get(at..)?.first_chunk::<4>()?;
        Some(f64::from(f32::from_le_bytes(*four)))
    };
    let (head, step) = if flat { (8, 4) } else { (12, 6) };
    let Some((mut x, mut y)) = float(0).zip(float(4)) else {
        return Vec::new();
    };
    let mut z = if flat {
        USUAL
    } else {
        float(8).unwrap_or(USUAL)
    };
    let mut points = vec![ink(x, y, z)];
    let rest = bytes.get(head..).unwrap_or_default();
    for chunk in rest.chunks_exact(step).take(MAX_POINTS) {
        let by = |at| half(chunk, at).filter(|by| by.is_finite()).unwrap_or(0.0);
        (x, y) = (x + by(0), y + by(2));
        if !flat {
            z += by(4);
        }
        points.push(ink(x, y, z));
    }
    points.retain(|point| point.x.is_finite() && point.y.is_finite());
    points
}

/// Half of a float: five bits of exponent, ten of fraction.
fn half(bytes: &[u8], at: usize) -> Option<f64> {
    let bits = u16::from_le_bytes(*bytes.get(at..)?.first_chunk::<2>()?);
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    Some(match exponent {
        0 => sign * fraction * 2f64.powi(-24),
        31 => f64::NAN,
        _ => sign * (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    })
}

/// A straight way with points in between.
fn straight(ends: &[InkPoint]) -> Vec<InkPoint> {
    let [from, to, ..] = ends else {
        return ends.to_vec();
    };
    let steps = ((to.at() - from.at()).hypot() / STEP)
        .ceil()
        .clamp(1.0, BETWEEN) as u32;
    let each = (0..=steps).map(|step| {
        let at = from.at().lerp(to.at(), f64::from(step) / f64::from(steps));
        ink(at.x, at.y, from.pressure)
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_floats_are_read() {
        for (bits, number) in [
            (0x3c00u16, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_953_125),
            (0x0001, 5.960_464_477_539_063e-8),
            (0x7bff, 65_504.0),
            (0x8000, 0.0),
        ] {
            assert_eq!(half(&bits.to_le_bytes(), 0), Some(number), "{bits:x}");
        }
        assert!(half(&0x7c00u16.to_le_bytes(), 0).unwrap().is_nan());
        assert_eq!(half(&[0], 0), None);
    }
}
