//! Ink: how wide a pen paints there and here, and what pressure means.
//!
//! Owns the arithmetic between both pens. Excalidraw's is as wide as perfect-freehand makes it of 4.25
//! stroke widths; where that is in doubt the width at middle pressure counts.

use std::f64::consts::FRAC_PI_2;

use board::element::{Element, Kind};
use kurbo::Point;
use serde_json::Value as Json;

use super::{Type, Way};
use crate::excalidraw::kept::Field;
use crate::json::{Sum, rounded};

/// A width here for one of 1 there.
const WIDTH: f64 = 4.0;
/// A highlighter's band is as wide as it says; so is ink of middle pressure there, by this.
const BAND: f64 = 6.0;
/// How much of the width depends on pressure, there and here.
const THINNING: f64 = 0.6;
/// How fast simulated pressure follows, and where it begins.
const FOLLOW: f64 = 0.275;
const FIRST: f64 = 0.25;
/// The pen's size there for a stroke width of 1.
const SIZE: f64 = 4.25;

pub(crate) fn width_in(width: f64) -> f64 {
    width * WIDTH
}

/// The stroke width there of what an element is painted with here.
pub(super) fn width_out(element: &Element, kind: Type) -> f64 {
    let width = element.style.width;
    match &element.kind {
        Kind::Ink(ink) if ink.highlights() => width / BAND,
        Kind::Ink(_) => width / WIDTH,
        Kind::Note(_) => 2.0,
        _ if kind.is_sketched() => width,
        _ => 2.0,
    }
}

/// The pressure here that is as wide as one there.
pub(crate) fn pressure_in(pressure: f64) -> f64 {
    let wide = ((0.5 - THINNING * (0.5 - pressure)) * FRAC_PI_2).sin() / (FRAC_PI_2 / 2.0).sin();
    (((wide - 1.0) / THINNING + 1.0) / 2.0).clamp(0.0, 1.0)
}

/// The pressure there that is as wide as one here.
fn pressure_out(pressure: f64) -> f64 {
    let wide = 1.0 + THINNING * (2.0 * pressure - 1.0);
    let eased = (wide * (FRAC_PI_2 / 2.0).sin()).min(1.0).asin() / FRAC_PI_2;
    (0.5 + (eased - 0.5) / THINNING).clamp(0.0, 1.0)
}

/// What pressure a pen there simulates along points: the faster, the less.
pub(crate) fn simulated(points: &[Point], width: f64) -> Vec<f64> {
    let size = SIZE * width.max(0.01);
    let mut pressure = FIRST;
    let mut before = points.first().copied().unwrap_or_default();
    let each = points.iter().map(|at| {
        let speed = ((*at - before).hypot() / size).min(1.0);
        pressure = (pressure + (1.0 - speed - pressure) * (speed * FOLLOW)).min(1.0);
        before = *at;
        pressure
    });
    each.collect()
}

/// Where a stroke is, and its points: unless only sums are asked for, which tell them by their bytes.
pub(super) fn place(element: &Element, sums: bool, fields: &mut Vec<Field>) {
    let way = Way::of_ink(element);
    way.sides(fields);
    let bytes = element.points().map_or(&[][..], |points| points);
    let (w, h) = (element.geometry.w, element.geometry.h);
    fields.push(Field {
        name: "points",
        value: if sums { Json::Null } else { way.points() },
        sum: Sum::default().bytes(bytes).number(w).number(h).end(),
    });
}

/// What pressure a stroke has; it is among the bytes of its points.
pub(super) fn of_ink(element: &Element, sums: bool, fields: &mut Vec<Field>) {
    fields.push(Field::new("simulatePressure", Json::Bool(false)));
    if sums {
        return fields.push(Field {
            name: "pressures",
            ..Field::new("", Json::Null)
        });
    }
    let highlights = matches!(&element.kind, Kind::Ink(ink) if ink.highlights());
    let pressures = element.inked().into_iter().map(|point| match highlights {
        true => rounded(0.5),
        false => rounded(pressure_out(point.pressure)),
    });
    let mut pressures: Vec<Json> = pressures.collect();
    if let [only] = pressures.as_slice() {
        // A dot has two points there.
        pressures.push(only.clone());
    }
    fields.push(Field {
        value: Json::Array(pressures),
        name: "pressures",
        ..Field::new("", Json::Null)
    });
}
