//! The rectangle kind: how round its corners are and how it is painted.
//!
//! Knows only its body; see [`Shape`].

use kurbo::Shape as _;

use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::DisplayList;
use crate::style::{StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "rectangle";

/// Corners are round by this share of the shorter side …
const ROUND: f64 = 0.16;
/// … up to this many board units, so that large boxes do not turn into pillows.
const ROUNDEST: f64 = 14.0;

/// A rectangle with slightly rounded corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rectangle;

impl Rectangle {
    fn radius(body: &Body<'_>) -> f64 {
        (body.size.min_side() * ROUND).min(ROUNDEST)
    }
}

impl Shape for Rectangle {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        super::CLOSED_SHAPE
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        let outline = body.rect().to_rounded_rect(Self::radius(body));
        let path = outline.to_path(super::CURVE_ACCURACY);
        Silhouette::of_path(&path, body.style.width / 2.0, !body.style.fill.is_none())
    }

    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let radius = Self::radius(body);
        super::fill_and_stroke(body.style, theme, list, |inset, list| {
            let inset = inset.min(body.size.min_side() / 2.0);
            let rect = body.rect().inflate(-inset, -inset);
            list.rect(rect, (radius - inset).max(0.0));
        });
    }
}
