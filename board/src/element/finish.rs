//! How lines and areas are finished: whole, dashed, hatched, as if drawn by hand.
//!
//! Owns the order in which that is done, for all kinds. Knows paths and styles, and no kind.

use kurbo::BezPath;

use super::Body;
use crate::dash::dashed;
use crate::display::{DisplayList, Op};
use crate::sketch;
use crate::style::{Dash, FillStyle, Style, Theme};

/// Lines of a hatching are so wide for an outline's width of one, but no less than [`FINEST`].
const HATCH_WIDTH: f64 = 0.6;
/// Board units.
const FINEST: f64 = 0.75;

/// Whether lines are painted as they are.
pub(super) fn is_plain(style: &Style) -> bool {
    style.details.dash == Dash::Solid && style.details.rough == 0
}

/// Whether areas are filled everywhere.
pub(super) fn is_solid(style: &Style) -> bool {
    style.details.fill_style == FillStyle::Solid
}

/// Whether what lies under an outline can be seen.
pub(super) fn shows_through(style: &Style) -> bool {
    style.opacity < 1.0 || !style.stroke.is_opaque()
}

/// How far paint reaches beyond the path that is meant, board units.
pub(super) fn reach(body: &Body<'_>) -> f64 {
    let half = body.style.width / 2.0;
    match strength(body.style) {
        0 => half,
        strength => half + sketch::reach(strength, body.size.max_side()),
    }
}

/// Strokes a path.
pub(super) fn stroke(body: &Body<'_>, path: &BezPath, theme: Theme, list: &mut DisplayList) {
    let style = body.style;
    let size = body.size.max_side();
    let drawn = match strength(style) {
        0 => None,
        strength if style.details.dash == Dash::Solid => {
            Some(sketch::sketched(path, strength, body.seed, size))
        }
        strength => Some(sketch::sketched_once(path, strength, body.seed, size)),
    };
    let path = drawn.as_ref().unwrap_or(path);
    match style.details.dash {
        Dash::Solid => list.path(path),
        dash => list.path(&dashed(path, dash, style.width)),
    }
    stroke_traced(style, theme, list);
}

/// Strokes the path that was just added to the list.
pub(super) fn stroke_traced(style: &Style, theme: Theme, list: &mut DisplayList) {
    if !style.stroke.is_none() {
        list.stroke_color(style.stroke.in_theme(theme));
        list.op(Op::LineWidth, &[style.width]);
        list.op(Op::Stroke, &[]);
    }
}

/// Fills a closed path with lines in the colour of the fill.
pub(super) fn hatch(body: &Body<'_>, path: &BezPath, theme: Theme, list: &mut DisplayList) {
    let style = body.style;
    let width = (style.width * HATCH_WIDTH).max(FINEST);
    let mut lines = style.details.fill_style.lines(path, width);
    let strength = strength(style);
    if strength > 0 {
        lines = sketch::sketched_lines(&lines, strength, body.seed, body.size.max_side());
    }
    list.path(&lines);
    list.stroke_color(style.fill.for_lines(theme));
    list.op(Op::LineWidth, &[width]);
    list.op(Op::Stroke, &[]);
}

fn strength(style: &Style) -> u8 {
    style.details.rough as u8
}
