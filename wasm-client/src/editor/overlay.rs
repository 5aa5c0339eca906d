//! What stands above the elements: frames and handles, the others' selections, cursors and carets.
//!
//! In CSS pixels of the canvas. Changes nothing.

use board::display::{DisplayList, FontFamily, Op};
use board::element::{Element, Kind};
use board::id::ElementId;
use board::style::{Color, Theme};
use board::text_layout;

use kurbo::{Affine, BezPath, Point, Rect, Vec2};

use super::Editor;
use crate::handles::{Frame, Handle, PADDING_PX, TURN_PX, frame_transform};
use crate::live::Cursor;

/// Frames and handles of one's own selection.
const ACCENT: Color = Color(0x129a_8cff);
/// The inside of handles.
const HANDLE_FILL: (Color, Color) = (Color(0xffff_ffff), Color(0x1e1e_22ff));
/// Side of a square handle, CSS pixels.
const HANDLE_PX: f64 = 8.0;
/// Most boxes of somebody's selection in a text that are painted.
const MAX_PARTS: usize = 500;
/// The size of the name beside a cursor, CSS pixels.
const NAME_PX: f64 = 12.0;

impl Editor {
    pub(super) fn paint_selection(&self, list: &mut DisplayList) {
        let shown = |id: &ElementId| {
            let dragged = self.gesture.dragged.iter().flatten();
            dragged
                .into_iter()
                .find(|element| element.id == *id)
                .or_else(|| self.scene.get(id).map(|node| node.element()))
        };
        let elements: Vec<&Element> = self.chosen.selection.iter().filter_map(shown).collect();
        if elements.is_empty() {
            return;
        }
        list.stroke_color(ACCENT);
        list.op(Op::LineWidth, &[1.0]);
        match elements.as_slice() {
            [only] => self.paint_frame(list, &Frame::around(only), true),
            several => {
                for element in several {
                    self.paint_frame(list, &Frame::around(element), false);
                }
                if self.gesture.dragged.is_none()
                    && let Some(frame) = Frame::of(&self.chosen.selection, &self.scene)
                {
                    self.paint_frame(list, &frame, true);
                }
            }
        }
    }

    fn paint_frame(&self, list: &mut DisplayList, frame: &Frame, handles: bool) {
        if let Frame::Box { geometry, .. } = frame {
            let (w, h) = (geometry.w.abs(), geometry.h.abs());
            let size = Vec2::new(w, h) * self.sight.camera.zoom();
            let padding = if handles { PADDING_PX } else { 1.0 };
            list.op(Op::Save, &[]);
            list.transform(frame_transform(geometry, &self.sight.camera));
            let rect = Rect::from_origin_size(Point::ORIGIN, size.to_size());
            list.rect(rect.inflate(padding, padding), 0.0);
            if handles && self.gesture.dragged.is_none() {
                let middle = rect.center().x;
                let top = rect.y0 - padding;
                list.op(Op::MoveTo, &[middle, top]);
                list.op(Op::LineTo, &[middle, top - TURN_PX]);
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
            Frame::Ends { .. } => 0.0,
        };
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
                Handle::Turn | Handle::End { .. } => {
                    let radius = HANDLE_PX * 0.56;
                    list.ellipse(at.0, radius, radius);
                    list.op(Op::Fill, &[]);
                    list.op(Op::Stroke, &[]);
                }
            }
        }
    }

    /// What the others have selected.
    pub(super) fn paint_peers(&self, list: &mut DisplayList) {
        let shown = |id: &ElementId| {
            let moved = self.sight.stand_ins.get(id);
            moved.or_else(|| self.scene.get(id).map(|node| node.element()))
        };
        for (_, state) in self.people.peers.people() {
            let color = Color::parse(&state.user.color).unwrap_or(ACCENT);
            let ids = state.selection.iter();
            for id in ids.filter_map(|id| ElementId::parse(id).ok()) {
                if let Some(element) = shown(&id) {
                    list.stroke_color(color);
                    list.op(Op::LineWidth, &[1.5]);
                    match Frame::around(element) {
                        Frame::Ends { first, last } => {
                            let (a, b) = (
                                self.sight.camera.screen(first).0,
                                self.sight.camera.screen(last).0,
                            );
                            list.ellipse(a, 4.0, 4.0);
                            list.op(Op::Stroke, &[]);
                            list.ellipse(b, 4.0, 4.0);
                            list.op(Op::Stroke, &[]);
                        }
                        frame => self.paint_frame(list, &frame, false),
                    }
                }
            }
        }
    }

    /// The others' cursors, names and carets.
    pub(super) fn paint_cursors(&self, list: &mut DisplayList) {
        for cursor in self
            .people
            .peers
            .doing()
            .filter_map(|doing| doing.cursor.as_ref())
        {
            let Some(state) = self.people.peers.person(cursor.client) else {
                continue;
            };
            let color = Color::parse(&state.user.color).unwrap_or(ACCENT);
            self.paint_caret(list, cursor, color);
            if let Some(at) = cursor.at {
                let at = self.sight.camera.screen(at.into()).0;
                paint_pointer(list, at, color);
                paint_name(list, at + Vec2::new(12.0, 18.0), &state.user.name, color);
            }
        }
    }

    fn paint_caret(&self, list: &mut DisplayList, cursor: &Cursor, color: Color) {
        let Some((id, anchor, head)) = &cursor.typing else {
            return;
        };
        let node = ElementId::parse(id).ok().and_then(|id| self.scene.get(&id));
        let Some(element) = node.map(|node| node.element()) else {
            return;
        };
        let Kind::Text(text) = &element.kind else {
            return;
        };
        let layout = text.layout(element.style.font_size);
        list.op(Op::Save, &[]);
        list.transform(self.sight.camera.transform() * element.placement());
        list.fill_color(Color(color.0 & 0xffff_ff00 | 0x40));
        let range = *anchor.min(head)..*anchor.max(head);
        let selected = layout.selected(text.content(), range);
        for part in selected.into_iter().take(MAX_PARTS) {
            list.rect(part, 0.0);
            list.op(Op::Fill, &[]);
        }
        let (to, line) = (layout.caret(text.content(), *head), layout.line_height);
        let width = 2.0 / self.sight.camera.zoom();
        list.fill_color(color);
        list.rect(
            Rect::new(to.x - width / 2.0, to.y, to.x + width / 2.0, to.y + line),
            0.0,
        );
        list.op(Op::Fill, &[]);
        list.op(Op::Restore, &[]);
    }
}

/// An arrow-shaped pointer, its tip at a point.
fn paint_pointer(list: &mut DisplayList, at: Point, color: Color) {
    let mut path = BezPath::new();
    path.move_to(at);
    path.line_to(at + Vec2::new(4.5, 15.0));
    path.line_to(at + Vec2::new(7.6, 8.8));
    path.line_to(at + Vec2::new(13.8, 6.2));
    path.close_path();
    list.fill_color(color);
    list.stroke_color(Color(0xffff_ffff));
    list.op(Op::LineWidth, &[1.5]);
    list.path(&path);
    list.op(Op::Fill, &[]);
    list.op(Op::Stroke, &[]);
}

/// A name on a rounded label, in the interface font: the board's font is not fetched for a name.
fn paint_name(list: &mut DisplayList, at: Point, name: &str, color: Color) {
    if name.is_empty() {
        return;
    }
    // Interface fonts differ from system to system; they are rarely wider than this.
    let width = text_layout::layout(name, NAME_PX).width * 1.1 + 14.0;
    list.fill_color(color);
    list.rect(Rect::from_origin_size(at, (width, NAME_PX + 9.0)), 6.0);
    list.op(Op::Fill, &[]);
    list.fill_color(readable_on(color));
    list.font(NAME_PX, FontFamily::Interface);
    let baseline = NAME_PX + 2.5;
    if text_layout::is_right_to_left(name) {
        list.text_rtl(at + Vec2::new(width - 7.0, baseline), name);
    } else {
        list.text(at + Vec2::new(7.0, baseline), name);
    }
}

/// Black or white, whichever is read more easily on a colour (relative luminance, ITU-R BT.709).
fn readable_on(color: Color) -> Color {
    let channel = |shift: u32| f64::from((color.0 >> shift) & 0xff) / 255.0;
    let luminance = 0.2126 * channel(24) + 0.7152 * channel(16) + 0.0722 * channel(8);
    if luminance > 0.6 {
        Color(0x1e1e_1eff)
    } else {
        Color(0xffff_ffff)
    }
}
