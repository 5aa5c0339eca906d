//! How round corners are, there and here.
//!
//! Owns the arithmetic: Excalidraw names a rule, a board has a radius.

use board::element::{Element, Kind};
use board::style::{Contour, Route};
use serde_json::{Value as Json, json};

use super::Type;
use crate::json::rounded;

/// The radius of the rule for shapes of any size, and the share of the shorter side in small ones and of
/// the other rule.
const ADAPTIVE: f64 = 32.0;
const SHARE: f64 = 0.25;
/// A diamond's rule, as the radius of a board: it takes a quarter of each side.
const DIAMOND: f64 = 0.177;
/// The numbers of the rules: proportional of old, proportional, adaptive.
const PROPORTIONAL: u64 = 2;
const ADAPTS: u64 = 3;
/// Radii that differ by no more are one.
const SAME: f64 = 0.01;

/// The radius of corners that a rule means for a type of shape.
pub(crate) fn radius(rule: &Json, kind: &str, width: f64, height: f64) -> f64 {
    let side = width.min(height);
    if !rule.is_object() {
        return 0.0;
    }
    if kind == "diamond" {
        return DIAMOND * side;
    }
    match rule.get("type").and_then(Json::as_u64) {
        Some(ADAPTS) => {
            let fixed = rule.get("value").and_then(Json::as_f64).unwrap_or(ADAPTIVE);
            fixed.clamp(0.0, 1e4).min(SHARE * side)
        }
        _ => SHARE * side,
    }
}

/// The rule for what an element is.
pub(super) fn of(element: &Element, kind: Type) -> Json {
    match kind {
        Type::Rectangle => rectangle(element),
        Type::Diamond => match element.style.details.corner {
            Some(0.0) => Json::Null,
            _ => json!({ "type": PROPORTIONAL }),
        },
        Type::Ellipse => json!({ "type": PROPORTIONAL }),
        Type::Line | Type::Arrow if element.style.details.route == Route::Curved => {
            json!({ "type": PROPORTIONAL })
        }
        _ => Json::Null,
    }
}

fn rectangle(element: &Element) -> Json {
    if matches!(element.kind, Kind::Note(_)) {
        return Json::Null;
    }
    let size = element.frame().rect().size();
    let side = size.width.min(size.height);
    let usual = || Contour::Rectangle.default_radius(size);
    let radius = element.style.details.corner.unwrap_or_else(usual);
    match radius {
        0.0 => Json::Null,
        radius if (radius - ADAPTIVE.min(SHARE * side)).abs() < SAME => json!({ "type": ADAPTS }),
        radius if radius >= SHARE * side => json!({ "type": PROPORTIONAL }),
        radius => json!({ "type": ADAPTS, "value": rounded(radius) }),
    }
}
