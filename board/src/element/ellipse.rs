//! The ellipse kind: the ellipse that fills its box.
//!
//! Knows only its body; see [`Shape`].

use kurbo::Shape as _;

use super::silhouette::Silhouette;
use super::{Body, Shape};
use crate::display::DisplayList;
use crate::style::{StyleField, Theme};

/// Its name in the document.
pub const NAME: &str = "ellipse";

/// The ellipse that fills its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ellipse;

impl Shape for Ellipse {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        super::CLOSED_SHAPE
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        let path = body.rect().to_ellipse().to_path(super::CURVE_ACCURACY);
        Silhouette::of_path(&path, body.style.width / 2.0, !body.style.fill.is_none())
    }

    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let half = body.size / 2.0;
        super::fill_and_stroke(body.style, theme, list, |inset, list| {
            let radius = |half: f64| (half - inset).max(0.0);
            let center = body.rect().center();
            list.ellipse(center, radius(half.width), radius(half.height));
        });
    }
}
