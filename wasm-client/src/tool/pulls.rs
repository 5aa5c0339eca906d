//! How a pull of what is selected becomes a move or resize, with the keys that are held and what it
//! snaps to. Owns no gesture.

use board::transform::Transform;
use kurbo::{Affine, Point, Rect, Size, Vec2};

use crate::boundary::Modifiers;
use crate::handles::{Frame, Sides};
use crate::snap::{Both, Pull, Snapper};
use crate::tool::{Edit, View};

/// No side gets smaller than this by resizing, board units.
const MIN_SIDE: f64 = 1.0;
/// A direction is along an axis when it goes less than this along the other.
const LEVEL: f64 = 1e-6;

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

/// The way of a side or corner of the frame, so that it snaps.
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
    let side = Side {
        way,
        kept: keeps_proportions(*sides, modifiers).then(|| geometry.rect().size()),
        place: Affine::rotate_about(geometry.angle, geometry.center()),
    };
    let boxed = |by: Vec2| match resize(frame, way, by, modifiers) {
        Some(Transform::Resize { to, .. } | Transform::Wrap { to, .. }) => to,
        _ => geometry.rect(),
    };
    let by = by + side.snapped(snapper, boxed(by), modifiers, view);
    side.show(snapper, boxed(by));
    by
}

/// A side or corner that is pulled, of a box in a space of its own.
pub(super) struct Side {
    /// Which one: -1, 0 or 1 each way.
    pub(super) way: (i8, i8),
    /// The size whose proportions are kept.
    pub(super) kept: Option<Size>,
    /// From that space onto the board, by a turn and a move.
    pub(super) place: Affine,
}

impl Side {
    /// How much farther it is pulled so that it snaps, on the board. Only what is level or upright there
    /// has a line to follow.
    pub(super) fn snapped(
        &self,
        snapper: &mut Snapper,
        now: Rect,
        modifiers: Modifiers,
        view: &View<'_>,
    ) -> Vec2 {
        let onto = |x: f64, y: f64| self.place * Point::new(x, y) - self.place * Point::ORIGIN;
        let level = onto(1.0, 0.0);
        if level.x.abs().min(level.y.abs()) > LEVEL {
            snapper.end();
            return Vec2::ZERO;
        }
        let (x, y) = (f64::from(self.way.0), f64::from(self.way.1));
        let free = onto(x, y);
        let end = |low: f64, high: f64, way: i8| if way < 0 { low } else { high };
        let at = Point::new(
            end(now.x0, now.x1, self.way.0),
            end(now.y0, now.y1, self.way.1),
        );
        let kept = self.kept.filter(|_| x * y != 0.0);
        let pull = Pull {
            now: self.place.transform_rect_bbox(now),
            at: self.place * at,
            free: Both::new(free.x.abs() > LEVEL, free.y.abs() > LEVEL),
            along: kept.map(|size| onto(x * size.width, y * size.height)),
            centred: modifiers.alt,
        };
        snapper.pulled(&pull, &view.around(modifiers))
    }

    /// Shows what it is in line with where it has come to stand.
    pub(super) fn show(&self, snapper: &mut Snapper, now: Rect) {
        snapper.show(self.place.transform_rect_bbox(now));
    }
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
