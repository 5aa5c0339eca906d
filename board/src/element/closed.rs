//! The closed shape: an outline that fills its box and can be filled itself.
//!
//! Owns the two kinds that it is born as and how its outline is placed; the outlines are
//! `contour.rs`'s. Knows only its body; see [`Shape`].

use kurbo::{Affine, BezPath, Rect, Vec2};

use super::finish::{self, Finish};
use super::look::Look;
use super::silhouette::Silhouette;
use super::{Body, Element, Kind, Shape};
use crate::display::{DisplayList, Op};
use crate::style::{Contour, Style, StyleField, Theme};

/// The names in the document of shapes that were born with so many corners, or none.
pub const NAME: &str = "rectangle";
/// See [`NAME`].
pub const ELLIPSE_NAME: &str = "ellipse";
/// The style fields that change how it looks.
pub const STYLE_FIELDS: &[StyleField] = &[
    StyleField::Contour,
    StyleField::Stroke,
    StyleField::Fill,
    StyleField::FillStyle,
    StyleField::Width,
    StyleField::Dash,
    StyleField::Rough,
    StyleField::Corner,
    StyleField::Opacity,
    StyleField::LabelColor,
    StyleField::Family,
    StyleField::FontSize,
    StyleField::Align,
    StyleField::VerticalAlign,
    StyleField::LineHeight,
];
/// The same but for which outline it has.
pub const LOOKS: &[StyleField] = match STYLE_FIELDS {
    [_, looks @ ..] => looks,
    [] => &[],
};

/// An outline that can be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Closed {
    /// Whether it was born as an ellipse, and is one unless its style says otherwise.
    pub ellipse: bool,
}

impl Closed {
    pub(super) fn contour(self, style: &Style) -> Contour {
        let born = if self.ellipse {
            Contour::Ellipse
        } else {
            Contour::Rectangle
        };
        style.details.contour.unwrap_or(born)
    }
}

/// An outline in its box.
struct Outline<'a> {
    contour: Contour,
    radius: f64,
    body: &'a Body<'a>,
}

impl<'a> Outline<'a> {
    fn of(shape: Closed, body: &'a Body<'a>) -> Self {
        let contour = shape.contour(body.style);
        let corner = body.style.details.corner;
        let radius = corner.unwrap_or_else(|| contour.default_radius(body.size));
        Self {
            contour,
            radius,
            body,
        }
    }

    fn path(&self, inset: f64) -> BezPath {
        self.mirrored(self.contour.path(self.body.size, self.radius, inset))
    }

    fn inner(&self) -> BezPath {
        self.mirrored(self.contour.inner(self.body.size))
    }

    fn mirrored(&self, path: BezPath) -> BezPath {
        let (size, (x, y)) = (self.body.size, self.body.mirror);
        if !x && !y {
            return path;
        }
        let sign = |mirrored: bool| if mirrored { -1.0 } else { 1.0 };
        let over = |mirrored: bool, side: f64| if mirrored { side } else { 0.0 };
        let back = Affine::translate(Vec2::new(over(x, size.width), over(y, size.height)));
        back * Affine::scale_non_uniform(sign(x), sign(y)) * path
    }

    /// Adds the whole outline to a list, in fewest operations.
    fn trace(&self, inset: f64, list: &mut DisplayList) {
        let body = self.body;
        match self.contour {
            Contour::Rectangle => {
                let inset = inset.min(body.size.min_side() / 2.0);
                let most = body.size.min_side() / 2.0 - inset;
                let radius = (self.radius - inset).max(0.0).min(most);
                list.rect(body.rect().inflate(-inset, -inset), radius);
            }
            Contour::Ellipse => {
                let radius = |side: f64| (side / 2.0 - inset).max(0.0);
                let (w, h) = (radius(body.size.width), radius(body.size.height));
                list.ellipse(body.rect().center(), w, h);
            }
            _ => list.path(&self.path(inset)),
        }
    }
}

impl Element {
    /// The corners that stand out of a closed shape, as shares of its upright box.
    pub fn tips(&self) -> Vec<(f64, f64)> {
        match &self.kind {
            Kind::Closed(shape) => shape.contour(&self.style).tips(self.body().size),
            _ => Vec::new(),
        }
    }
}

impl Shape for Closed {
    fn name(&self) -> &str {
        if self.ellipse { ELLIPSE_NAME } else { NAME }
    }

    fn style_fields(&self) -> &'static [StyleField] {
        STYLE_FIELDS
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        let outline = Outline::of(*self, body);
        let mut path = outline.path(0.0);
        path.extend(outline.inner());
        Silhouette::of_path(&path, body.style.width / 2.0, !body.style.fill.is_none())
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        let reach = finish::reach(body);
        body.rect().inflate(reach, reach)
    }
}

impl Look for Closed {
    /// The fill reaches under an opaque outline, but ends at its inner edge when the outline lets it
    /// show through: else there would be a second, darker outline.
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let outline = Outline::of(*self, body);
        let style = body.style;
        let outlined = !style.stroke.is_none();
        let through = outlined && finish::shows_through(style);
        let filled = !style.fill.is_none();
        let inner = outline.inner();
        let mut finish = Finish::of(body);
        if filled {
            let inset = if through { style.width / 2.0 } else { 0.0 };
            if finish::is_solid(style) {
                list.fill_color(style.fill.in_theme(theme));
                outline.trace(inset, list);
                list.op(Op::Fill, &[]);
            } else {
                finish.hatch(&outline.path(style.width / 2.0), theme, list);
            }
        }
        if !outlined {
            return;
        }
        if finish::is_plain(style) && inner.is_empty() {
            if !filled || through || !finish::is_solid(style) {
                outline.trace(0.0, list);
            }
            return finish::stroke_traced(style, theme, list);
        }
        let mut path = outline.path(0.0);
        path.extend(inner);
        let drawn = finish.drawn(&path, style.details.dash);
        finish::stroke(style, &drawn, theme, list);
    }
}
