//! What cuts parts of an SVG off: boxes, or it is not ours.
//!
//! Owns when something is seen whole. Knows no node.

use board::element::Element;
use kurbo::{Affine, Rect, Size};

use super::not_ours::NotOurs;
use super::shapes::Form;
use super::ways::stretches;

/// So far beyond an edge, or a hundredth of the whole, nobody sees that something is cut off, board units.
const BEYOND: f64 = 1.0;
/// The upright rectangle that a form is.
pub(super) fn rectangle(form: &Form) -> Option<Rect> {
    let sharp = |form: &Form| match form {
        Form::Box(rect, radii) if *radii == Size::ZERO => Some(*rect),
        _ => None,
    };
    match form {
        Form::Way(way) => match stretches(way).as_slice() {
            [only] => only.shape().as_ref().and_then(sharp),
            _ => None,
        },
        form => sharp(form),
    }
}

/// What is seen through two boxes; one that is turned is none of ours.
pub(super) fn narrowed(
    window: Option<Rect>,
    rect: Rect,
    at: Affine,
) -> Result<Option<Rect>, NotOurs> {
    let [a, b, c, d, ..] = at.as_coeffs();
    let most = a.abs().max(b.abs()).max(c.abs()).max(d.abs());
    let is_none = |part: f64| part.abs() <= most * 1e-6;
    if !(is_none(b) && is_none(c) || is_none(a) && is_none(d)) {
        return Err(NotOurs::Clip);
    }
    let rect = at.transform_rect_bbox(rect);
    Ok(Some(window.map_or(rect, |window| window.intersect(rect))))
}

/// Whether words are seen through a window. How wide they are depends on the font: one whose middle is seen is
/// not cut off, and one of which only a part would be is not ours.
pub(super) fn has_words_in(text: &Element, window: Option<Rect>) -> Result<bool, NotOurs> {
    let bounds = text.frame().bounds();
    match window {
        Some(window) if !window.contains(bounds.center()) => match window.overlaps(bounds) {
            true => Err(NotOurs::Clip),
            false => Ok(false),
        },
        _ => Ok(true),
    }
}

/// Whether all of an element is seen through a window; one that is cut is not ours.
pub(super) fn is_seen(element: &Element, window: Option<Rect>) -> Result<bool, NotOurs> {
    let Some(window) = window else {
        return Ok(true);
    };
    let bounds = element.frame().bounds();
    let beyond = BEYOND.max(window.size().max_side() / 100.0);
    let wide = window.inflate(beyond, beyond);
    let inside = bounds.x0 >= wide.x0
        && bounds.y0 >= wide.y0
        && bounds.x1 <= wide.x1
        && bounds.y1 <= wide.y1;
    let apart = bounds.x1 < window.x0
        || bounds.y1 < window.y0
        || bounds.x0 > window.x1
        || bounds.y0 > window.y1;
    match (inside, apart) {
        (true, _) => Ok(true),
        (false, true) => Ok(false),
        (false, false) => Err(NotOurs::Clip),
    }
}
