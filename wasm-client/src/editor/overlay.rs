//! What stands above the elements of one's own: frames and handles.
//!
//! In CSS pixels of the canvas. Changes nothing.

use board::display::{DisplayList, Op};
use board::element::Element;
use board::id::ElementId;
use board::style::{Color, Theme};

use kurbo::{Affine, Point, Rect, Vec2};

use super::Editor;
use crate::camera::ScreenPoint;
use crate::handles::{Frame, Handle, PADDING_PX, TURN_PX, frame_transform};
use crate::tool::select::paint_lock;
use crate::trace::{accent, trace};

/// The inside of handles.
pub(super) const HANDLE_FILL: (Color, Color) = (Color(0xffff_ffff), Color(0x1e1e_22ff));
/// Side of a square handle, CSS pixels.
const HANDLE_PX: f64 = 8.0;

impl Editor {
    // In one piece it can come late.
    #[inline(never)]
    pub(super) fn paint_selection(&self, list: &mut DisplayList) {
        self.paint_surroundings(list);
        if self.chosen.selection.is_empty() {
            return;
        }
        let color = accent(self.sight.theme);
        list.stroke_color(color);
        list.op(Op::LineWidth, &[1.0]);
        let mut ids = self.chosen.selection.iter();
        if let (Some(only), None) = (ids.next(), ids.next()) {
            let free = self.changeable();
            if let Some(image) = self.cropping().filter(|image| free && image.id == *only) {
                return self.paint_crop(list, image);
            }
            if let Some(frame) = self.frame_shown(only) {
                self.paint_frame(list, &frame, free);
            }
            if !free {
                paint_lock(list, only, &self.view());
            }
            return;
        }
        for id in &self.chosen.selection {
            self.paint_one_of_several(list, id, color);
        }
        if self.gesture.dragged.is_none()
            && let Some(frame) = Frame::of(&self.chosen.selection, None, &self.view().seen())
        {
            self.paint_frame(list, &frame, true);
        }
    }

    /// The group that was entered, and the frame that what is dragged would fall into.
    fn paint_surroundings(&self, list: &mut DisplayList) {
        let entered = self.chosen.entered.as_ref();
        let entered = entered.and_then(|id| self.frame_shown(id));
        let color = accent(self.sight.theme);
        if let Some(frame) = entered {
            list.stroke_color(color);
            list.op(Op::LineWidth, &[1.0]);
            list.op(Op::Dash, &[3.0, 4.0]);
            self.paint_frame(list, &frame, false);
            list.op(Op::Dash, &[0.0, 0.0]);
        }
        let falling = self.gesture.falling.as_ref();
        let into = falling.and_then(|drop| self.scene.get(drop.frame.as_ref()?));
        if let Some(node) = into {
            let to_screen = self.sight.camera.transform() * node.element().placement();
            list.stroke_color(color);
            list.op(Op::LineWidth, &[2.5]);
            list.path(&(to_screen * node.element().outline()));
            list.op(Op::Stroke, &[]);
        }
    }

    /// Where an element is shown: dragged here or by others, or as it stands.
    pub(super) fn shown(&self, id: &ElementId) -> Option<&Element> {
        let moved = self.sight.stand_ins.get(id);
        moved.or_else(|| self.scene.get(id).map(|node| node.element()))
    }

    /// The same with its words, also while those are in the field.
    pub(super) fn shown_with_words(&self, id: &ElementId) -> Option<&Element> {
        let typing = self.writing.typing.as_ref();
        if typing.is_none_or(|typing| typing.element() != id) {
            return self.shown(id);
        }
        let moved = self.sight.stand_ins.worded.as_ref();
        let moved = moved.filter(|element| element.id == *id);
        moved.or_else(|| self.scene.get(id).map(|node| node.element()))
    }

    /// The upright box around an element's frame, or around a group, where it is shown.
    pub(super) fn box_shown(&self, id: &ElementId) -> Option<Rect> {
        match self.frame_shown(id)? {
            Frame::Box { geometry, .. } => Some(geometry.bounds()),
            Frame::Points { .. } => self.shown(id).map(|element| element.frame().bounds()),
        }
    }

    /// The frame around an element, or around a group, where it is shown.
    fn frame_shown(&self, id: &ElementId) -> Option<Frame> {
        let parts = self.scene.parts(id);
        if !self.scene.is_group(id) {
            let pointed = self.chosen.pointed.as_ref();
            return self
                .shown(id)
                .map(|element| Frame::around(element, pointed));
        }
        let boxes = parts
            .iter()
            .filter_map(|node| self.shown(&node.element().id));
        let boxes = boxes.map(|element| element.frame().bounds());
        boxes
            .reduce(|all, next| all.union(next))
            .map(Frame::upright)
    }

    /// A line has no box of its own that one would know it by.
    pub(super) fn paint_one_of_several(
        &self,
        list: &mut DisplayList,
        id: &ElementId,
        color: Color,
    ) {
        match (self.frame_shown(id), self.shown(id)) {
            (Some(Frame::Points { .. }), Some(element)) => {
                trace(list, element, &self.sight.camera, color);
            }
            (Some(frame), _) => {
                list.stroke_color(color);
                self.paint_frame(list, &frame, false);
            }
            (None, _) => {}
        }
    }

    pub(super) fn paint_frame(&self, list: &mut DisplayList, frame: &Frame, handles: bool) {
        if let Frame::Box { geometry, .. } = frame {
            let (w, h) = (geometry.w.abs(), geometry.h.abs());
            let size = Vec2::new(w, h) * self.sight.camera.zoom();
            let mut place = frame_transform(geometry, &self.sight.camera);
            let rect = Rect::from_origin_size(Point::ORIGIN, size.to_size());
            let mut rect = rect.inflate(PADDING_PX, PADDING_PX);
            if geometry.angle == 0.0 {
                rect = self.sight.camera.crisp(place.transform_rect_bbox(rect));
                place = Affine::IDENTITY;
            }
            list.op(Op::Save, &[]);
            list.transform(place);
            list.rect(rect, 0.0);
            if handles && self.gesture.dragged.is_none() && frame.turns(&self.sight.camera) {
                let middle = rect.x0 + (rect.width() / 2.0).round();
                list.op(Op::MoveTo, &[middle, rect.y0]);
                list.op(Op::LineTo, &[middle, rect.y0 - TURN_PX]);
            }
            list.op(Op::Stroke, &[]);
            list.op(Op::Restore, &[]);
        }
        if handles && self.gesture.dragged.is_none() {
            self.paint_handles(list, frame);
        }
    }

    fn paint_handles(&self, list: &mut DisplayList, frame: &Frame) {
        let fill = match self.sight.theme {
            Theme::Light => HANDLE_FILL.0,
            Theme::Dark => HANDLE_FILL.1,
        };
        let angle = match frame {
            Frame::Box { geometry, .. } => geometry.angle,
            Frame::Points { .. } => 0.0,
        };
        let picked = self.chosen.pointed.as_ref().and_then(|line| line.picked);
        list.fill_color(fill);
        list.op(Op::LineWidth, &[1.25]);
        for (handle, at) in frame.handles(&self.sight.camera) {
            match handle {
                // Sides are grabbed, but only corners are shown: less clutter.
                Handle::Resize { x: 0, .. } | Handle::Resize { y: 0, .. } => continue,
                Handle::Resize { .. } => {
                    list.op(Op::Save, &[]);
                    list.transform(Affine::translate(at.0.to_vec2()) * Affine::rotate(angle));
                    list.rect(
                        Rect::from_center_size(Point::ORIGIN, (HANDLE_PX, HANDLE_PX)),
                        2.0,
                    );
                    list.op(Op::Fill, &[]);
                    list.op(Op::Stroke, &[]);
                    list.op(Op::Restore, &[]);
                }
                // Where a point can be pulled out is shown more faintly than the points that are there.
                Handle::Middle(_) | Handle::Leg => {
                    list.op(Op::Save, &[]);
                    list.op(Op::Alpha, &[0.6]);
                    dot(list, at, 0.36);
                    list.op(Op::Restore, &[]);
                }
                Handle::Point(point) if picked == Some(point) => {
                    list.op(Op::Save, &[]);
                    list.fill_color(accent(self.sight.theme));
                    dot(list, at, 0.6);
                    list.op(Op::Restore, &[]);
                }
                Handle::Turn | Handle::Point(_) => dot(list, at, 0.56),
            }
        }
    }
}

/// A round handle; its radius in sides of a square one.
fn dot(list: &mut DisplayList, at: ScreenPoint, radius: f64) {
    let radius = HANDLE_PX * radius;
    list.ellipse(at.0, radius, radius);
    list.op(Op::Fill, &[]);
    list.op(Op::Stroke, &[]);
}
