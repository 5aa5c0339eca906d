//! How lines and areas are finished: whole, dashed, hatched, as if drawn by hand.
//!
//! Owns the order in which that is done, for all kinds. Knows paths and styles, and no kind.

use std::borrow::Cow;

use kurbo::BezPath;

use super::Body;
use crate::dash::dashed;
use crate::display::{DisplayList, Op};
use crate::hatch::MAX_HATCH_LINES;
use crate::sketch::{self, Hand, MAX_BUMPS};
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

/// The finish of one element: how many curves a hand may still draw of it.
pub(super) struct Finish<'a> {
    body: &'a Body<'a>,
    left: usize,
}

impl<'a> Finish<'a> {
    pub(super) fn of(body: &'a Body<'a>) -> Self {
        Self {
            body,
            left: MAX_BUMPS,
        }
    }

    /// A path as it is to be stroked.
    pub(super) fn drawn<'p>(&mut self, path: &'p BezPath, dash: Dash) -> Cow<'p, BezPath> {
        let mut drawn = Cow::Borrowed(path);
        if strength(self.body.style) > 0 {
            let hand = self.hand();
            drawn = Cow::Owned(match dash {
                Dash::Solid => hand.twice(path),
                _ => hand.once(path),
            });
            self.spend(&drawn);
        }
        match dash {
            Dash::Solid => drawn,
            dash => Cow::Owned(dashed(&drawn, dash, self.body.style.width)),
        }
    }

    /// Fills a closed path with lines in the colour of the fill, and leaves some to its outline.
    pub(super) fn hatch(&mut self, path: &BezPath, theme: Theme, list: &mut DisplayList) {
        let style = self.body.style;
        let width = (style.width * HATCH_WIDTH).max(FINEST);
        let fill = style.details.fill_style;
        if strength(style) > 0 {
            let lines = fill.lines(path, width, self.left - self.left / 4);
            let drawn = self.hand().lines(&lines);
            list.path(&drawn);
            self.spend(&drawn);
        } else {
            list.path(&fill.lines(path, width, MAX_HATCH_LINES));
        }
        list.stroke_color(style.fill.for_lines(theme));
        list.op(Op::LineWidth, &[width]);
        list.op(Op::Stroke, &[]);
    }

    fn spend(&mut self, drawn: &BezPath) {
        self.left = self.left.saturating_sub(drawn.segments().count());
    }

    fn hand(&self) -> Hand {
        Hand {
            strength: strength(self.body.style),
            seed: self.body.seed,
            size: self.body.size.max_side(),
            most: self.left,
        }
    }
}

/// Strokes a path that is drawn.
pub(super) fn stroke(style: &Style, drawn: &BezPath, theme: Theme, list: &mut DisplayList) {
    list.path(drawn);
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

fn strength(style: &Style) -> u8 {
    style.details.rough as u8
}
