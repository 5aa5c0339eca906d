//! Dragging the crop of a picture: a side or corner of what is shown, or the picture under it.
//!
//! Owns what a press on either means; `crate::crop` has what becomes of the image. The gesture is one of
//! the select tool's.

use board::element::Element;
use board::geometry::Geometry;
use board::transform::Transform;
use kurbo::{Point, Rect, Vec2};

use crate::boundary::Modifiers;
use crate::camera::ScreenPoint;
use crate::crop;
use crate::handles::{Frame, Sides};
use crate::pointer::PointerEvent;
use crate::snap::Snapper;
use crate::tool::pulls::{Side, resize};
use crate::tool::select::slop;
use crate::tool::{Edit, View};
use scene::selection_of;

/// What is shown has at least such sides, screen pixels, so that its handles stay apart.
const LEAST_PX: f64 = 24.0;

/// A press on the picture whose crop is shown.
#[derive(Debug)]
pub(super) struct Pull {
    element: Box<Element>,
    /// All of the picture, in the image's local space.
    whole: Rect,
    /// The side or corner that is pulled: -1, 0 or 1 each way; neither way moves the picture.
    way: (i8, i8),
    pressed: ScreenPoint,
    /// Where that was, local space.
    from: Point,
    moved: bool,
}

impl Pull {
    /// A press on a handle.
    pub(super) fn new(way: (i8, i8), pressed: ScreenPoint, view: &View<'_>) -> Option<Self> {
        let node = view.scene.get(&view.pointed?.element)?;
        let element = node.element();
        let whole = crop::whole(element).filter(|_| !view.scene.is_locked(node))?;
        Some(Self {
            from: local(element, view.camera.board(pressed)),
            element: Box::new(element.clone()),
            whole,
            way,
            pressed,
            moved: false,
        })
    }

    /// A press on the picture, whether it is shown there or not.
    pub(super) fn of_picture(at: ScreenPoint, view: &View<'_>) -> Option<Self> {
        let pull = Self::new((0, 0), at, view)?;
        pull.whole.contains(pull.from).then_some(pull)
    }

    /// The image as it is now.
    pub(super) fn moved(
        &mut self,
        snapper: &mut Snapper,
        event: &PointerEvent,
        view: &View<'_>,
    ) -> Option<Element> {
        self.moved |= (event.at.0 - self.pressed.0).hypot() >= slop(event.device);
        if !self.moved {
            return None;
        }
        let (element, modifiers) = (&*self.element, event.modifiers);
        let at = view.camera.board(event.at);
        let mut by = local(element, at) - self.from;
        if self.way != (0, 0) {
            let least = LEAST_PX / view.camera.zoom();
            let side = Side {
                way: self.way,
                kept: modifiers.shift.then(|| element.frame().rect().size()),
                place: element.placement(),
            };
            let now = self.frame(by, least, modifiers)?;
            let more = side.snapped(snapper, now, modifiers, view);
            let by = local(element, at + more) - self.from;
            let frame = self.frame(by, least, modifiers)?;
            side.show(snapper, frame);
            return Some(crop::framed(element, self.whole, frame));
        }
        if modifiers.shift {
            let level = by.x.abs() >= by.y.abs();
            *(if level { &mut by.y } else { &mut by.x }) = 0.0;
        }
        crop::shifted(element, by)
    }

    /// What is shown when a side or corner is pulled, local space. It is never turned over.
    fn frame(&self, by: Vec2, least: f64, modifiers: Modifiers) -> Option<Rect> {
        let size = self.element.frame().rect().size();
        let both = if modifiers.alt { 2.0 } else { 1.0 };
        let held = |by: f64, side: f64, way: i8| {
            let room = (side - least.min(side)) / both;
            (by * f64::from(way)).max(-room) * f64::from(way)
        };
        let by = Vec2::new(
            held(by.x, size.width, self.way.0),
            held(by.y, size.height, self.way.1),
        );
        let frame = Frame::Box {
            geometry: Geometry::from_rect(size.to_rect()),
            sides: Sides::Crop,
        };
        let Some(Transform::Resize { to, .. }) = resize(&frame, self.way, by, modifiers) else {
            return None;
        };
        let stays = |side: f64, way: i8| match way {
            _ if modifiers.alt => side / 2.0,
            way => side * f64::from(1 - way) / 2.0,
        };
        let stays = Point::new(
            stays(size.width, self.way.0),
            stays(size.height, self.way.1),
        );
        Some(crop::within(to, self.whole, stays, modifiers.shift))
    }

    /// What comes of it at the release: a press that went nowhere means what is there, unless it is what
    /// is shown of the picture.
    pub(super) fn outcome(&self, event: &PointerEvent, view: &View<'_>) -> Edit {
        let frame = self.element.frame().rect().size().to_rect();
        if self.moved {
            Edit::CommitDrag
        } else if self.way != (0, 0) || frame.contains(self.from) {
            Edit::DropDrag
        } else {
            let hit = view.hit(event.at, event.device);
            Edit::Select(selection_of(hit.map(|node| view.target(node))))
        }
    }
}

/// A place on the board, in an element's local space.
fn local(element: &Element, at: Point) -> Point {
    element.placement().inverse() * at
}
