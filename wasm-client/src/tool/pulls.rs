//! How a pull of what is selected becomes a move or resize, with the keys that are held and what it
//! snaps to. Owns no gesture.

use board::transform::Transform;
use kurbo::{Point, Rect, Size, Vec2};

use crate::boundary::Modifiers;
use crate::handles::{Frame, Sides};
use crate::snap::{Both, Snapper};
use crate::tool::{Edit, View};

/// No side gets smaller than this by resizing, board units.
const MIN_SIDE: f64 = 1.0;

/// The box around all that is selected.
pub(super) fn frame_of(view: &View<'_>) -> Rect {
    let frames = view.selection.iter();
    let frames = frames.filter_map(|id| view.scene.box_of(id));
    frames
        .reduce(|all, next| all.union(next))
        .unwrap_or_default()
}

/// A move that snaps; Shift keeps it level or upright.
pub(super) fn drag(
    snapper: &mut Snapper,
    frame: Rect,
    by: Vec2,
    modifiers: Modifiers,
    view: &View<'_>,
) -> Edit {
    let level = by.x.abs() >= by.y.abs();
    let free = Both::new(!modifiers.shift || level, !modifiers.shift || !level);
    let by = Vec2::new(
        if free.x { by.x } else { 0.0 },
        if free.y { by.y } else { 0.0 },
    );
    let by = snapper.moved(frame, by, free, &view.around(modifiers));
    Edit::Drag(Transform::Move { by })
}

/// The way of a side or corner, so that it snaps. What is turned, or keeps its proportions, has no
/// line to follow.
pub(super) fn pulled(
    snapper: &mut Snapper,
    frame: &Frame,
    way: (i8, i8),
    by: Vec2,
    modifiers: Modifiers,
    view: &View<'_>,
) -> Vec2 {
    let Frame::Box { geometry, sides } = frame else {
        return by;
    };
    if geometry.angle != 0.0 || modifiers.shift || *sides != Sides::Free {
        snapper.end();
        return by;
    }
    let rect = geometry.rect();
    let side = |low: f64, high: f64, way: i8| if way < 0 { low } else { high };
    let pulled = Point::new(side(rect.x0, rect.x1, way.0), side(rect.y0, rect.y1, way.1));
    let free = Both::new(way.0 != 0, way.1 != 0);
    snapper.point(pulled + by, free, &view.around(modifiers)) - pulled
}

/// Whether a resize keeps proportions: with Shift, and of any text; of a picture, without.
fn keeps_proportions(sides: Sides, modifiers: Modifiers) -> bool {
    match sides {
        Sides::Wrap => true,
        Sides::Free | Sides::Crop => modifiers.shift,
        Sides::Keep => !modifiers.shift,
    }
}

/// How many times larger something becomes that is pulled to a size and keeps its proportions.
fn scale(to: Vec2, from: Size, way: (i8, i8)) -> f64 {
    let kx = to.x / from.width.max(MIN_SIDE);
    let ky = to.y / from.height.max(MIN_SIDE);
    match way {
        (_, 0) => kx,
        (0, _) => ky,
        _ if kx.abs() > ky.abs() => kx,
        _ => ky,
    }
}

/// A resize by a handle; proportions are kept or not, Alt resizes about the centre.
pub(super) fn resize(
    frame: &Frame,
    way: (i8, i8),
    by: Vec2,
    modifiers: Modifiers,
) -> Option<Transform> {
    let Frame::Box { geometry, sides } = frame else {
        return None;
    };
    let from = geometry.rect();
    let by = Vec2::from_angle(by.atan2() - geometry.angle) * by.hypot();
    let centred = if modifiers.alt { 2.0 } else { 1.0 };
    let grown = |side: f64, way: i8, by: f64| match way {
        0 => side,
        way => side + centred * by * f64::from(way),
    };
    let (mut w, mut h) = (
        grown(from.width(), way.0, by.x),
        grown(from.height(), way.1, by.y),
    );
    let wraps = *sides == Sides::Wrap && way.1 == 0;
    if !wraps && keeps_proportions(*sides, modifiers) {
        let scale = scale(Vec2::new(w, h), from.size(), way);
        // Letters are not turned over.
        let least = if *sides == Sides::Wrap { 0.05 } else { scale };
        (w, h) = (from.size() * scale.max(least)).into();
    }
    // A side that had no extent keeps none: a level line stays level.
    let (w, h) = (
        if way.0 == 0 { w } else { floor(w) },
        if way.1 == 0 { h } else { floor(h) },
    );
    // What grows along with a side that is pulled does so on both its sides.
    let start = |low: f64, high: f64, size: f64, way: i8| match way {
        -1 if !modifiers.alt => high - size,
        1 if !modifiers.alt => low,
        _ => (low + high - size) / 2.0,
    };
    let x0 = start(from.x0, from.x1, w, way.0);
    let y0 = start(from.y0, from.y1, h, way.1);
    let to = Rect::new(x0, y0, x0 + w, y0 + h);
    let frame_angle = geometry.angle;
    Some(if wraps {
        Transform::Wrap {
            from,
            to,
            frame_angle,
        }
    } else {
        Transform::Resize {
            from,
            to,
            frame_angle,
        }
    })
}

/// No side gets smaller than the smallest, whichever way round it is.
fn floor(side: f64) -> f64 {
    if side.abs() < MIN_SIDE {
        MIN_SIDE.copysign(side)
    } else {
        side
    }
}
