//! What lines and arrows look like: a way through their vertices, and heads at its ends.
//!
//! Owns what the two kinds share of painting and touching. Knows their body, and neither of them.

use kurbo::{BezPath, Rect};

use super::finish::{self, Finish};
use super::silhouette::Silhouette;
use super::vertices::Vertices;
use super::{Body, Element, Kind, heads, route};
use crate::display::{DisplayList, Op};
use crate::style::{Dash, Head, StyleField, Theme};
use crate::subpath::subpaths;

/// The style fields of lines and arrows.
pub const STYLE_FIELDS: &[StyleField] = &[
    StyleField::Route,
    StyleField::Stroke,
    StyleField::Width,
    StyleField::Dash,
    StyleField::Rough,
    StyleField::StartHead,
    StyleField::EndHead,
    StyleField::Opacity,
    StyleField::LabelColor,
    StyleField::LabelAt,
    StyleField::Family,
    StyleField::FontSize,
    StyleField::LineHeight,
];

/// The style fields of lines, which can go back to where they began.
pub const LINE_FIELDS: &[StyleField] = &[
    StyleField::Route,
    StyleField::Closed,
    StyleField::Stroke,
    StyleField::Fill,
    StyleField::FillStyle,
    StyleField::Width,
    StyleField::Dash,
    StyleField::Rough,
    StyleField::StartHead,
    StyleField::EndHead,
    StyleField::Opacity,
    StyleField::LabelColor,
    StyleField::LabelAt,
    StyleField::Family,
    StyleField::FontSize,
    StyleField::LineHeight,
];

/// The style fields that change how a line or arrow through these looks: `bent` of those with a turn.
pub(super) fn style_fields(
    vertices: &Vertices,
    bent: &'static [StyleField],
) -> &'static [StyleField] {
    match vertices.points.iter().nth(2) {
        Some(_) => bent,
        None => STYLE_FIELDS,
    }
}

impl Element {
    /// How long the heads at both ends of a line or arrow are where there is room, board units.
    pub(crate) fn head_lengths(&self) -> [f64; 2] {
        let usual = match self.kind {
            Kind::Arrow(_) => heads::OF_ARROWS,
            _ => heads::OF_LINES,
        };
        heads::lengths(heads::of(&self.style, usual), self.style.width)
    }
}

/// A line or arrow as it is seen.
pub(crate) struct Path {
    shaft: BezPath,
    heads: heads::Marks,
    /// Whether it has an inside instead of ends.
    closed: bool,
}

impl Path {
    /// Of vertices, with these heads at the ends where the style says nothing else.
    pub(super) fn of(vertices: &Vertices, body: &Body<'_>, usual: [Head; 2]) -> Self {
        let style = body.style;
        let points = vertices.drawn(body);
        let closed = style.details.closed && points.len() > 2;
        let mut shaft = route::through(&points, style.details.route, closed);
        let mut crowned = heads::Marks::default();
        let wanted = heads::of(style, usual);
        if !closed
            && wanted != heads::OF_LINES
            && let Some(mut bare) = subpaths(&shaft).pop()
        {
            let edge = if finish::shows_through(style) {
                style.width / 2.0
            } else {
                0.0
            };
            crowned = heads::crown(&mut bare, wanted, style.width, edge);
            shaft = bare.to_path();
        }
        Self {
            shaft,
            heads: crowned,
            closed,
        }
    }

    fn lines(&self) -> BezPath {
        let mut lines = self.shaft.clone();
        lines.extend(&self.heads.lines);
        lines
    }

    pub(super) fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        let reach = body.style.width / 2.0;
        let mut areas = self.heads.areas.clone();
        if self.is_filled(body) {
            areas.extend(&self.shaft);
        }
        Silhouette::of_areas_and_lines(
            Silhouette::of_path(&areas, 0.0, true),
            Silhouette::of_path(&self.lines(), reach, false),
        )
    }

    pub(super) fn extent(&self, body: &Body<'_>) -> Rect {
        let reach = finish::reach(body);
        let heads = self.heads.lines.control_box();
        let shaft = self.shaft.control_box();
        let all = if self.heads.lines.is_empty() {
            shaft
        } else {
            shaft.union(heads)
        };
        all.inflate(reach, reach)
    }

    pub(super) fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let style = body.style;
        let dash = style.details.dash;
        let mut finish = Finish::of(body);
        if self.is_filled(body) {
            if finish::is_solid(style) {
                list.fill_color(style.fill.in_theme(theme));
                list.path(&self.shaft);
                list.op(Op::Fill, &[]);
            } else {
                finish.hatch(&self.shaft, theme, list);
            }
        }
        if !self.heads.areas.is_empty() && !style.stroke.is_none() {
            list.fill_color(style.stroke.in_theme(theme));
            list.path(&self.heads.areas);
            list.op(Op::Fill, &[]);
        }
        if dash == Dash::Solid {
            return finish::stroke(style, &finish.drawn(&self.lines(), dash), theme, list);
        }
        // A head in dashes would be none.
        let heads = finish.drawn(&self.heads.lines, Dash::Solid);
        finish::stroke(style, &finish.drawn(&self.shaft, dash), theme, list);
        if !heads.is_empty() {
            finish::stroke(style, &heads, theme, list);
        }
    }

    fn is_filled(&self, body: &Body<'_>) -> bool {
        self.closed && !body.style.fill.is_none()
    }
}
