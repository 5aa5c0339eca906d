//! What a keyboard on the screen or the page's sheet covers: what is selected comes out from under
//! it, and the view goes back when it goes.
//!
//! Owns what was lent of the view for that. How far is the camera's.

use kurbo::Rect;

use super::Editor;
use crate::camera::Camera;
use crate::handles::Frame;

/// Room around handles, so that all of each is seen and can be taken, screen pixels.
const ROOM: f64 = 8.0;

/// A view that was moved for what is selected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lent {
    before: Camera,
    after: Camera,
}

impl Editor {
    /// Takes the part of the canvas that nothing of the system covers, such as a keyboard, and no
    /// sheet: its edges, CSS pixels. What is below is covered from `beside` on to the right.
    pub fn uncovered(&mut self, left: f64, top: f64, right: f64, bottom: f64, beside: f64) {
        self.give_view_back();
        let camera = &mut self.sight.camera;
        camera.uncover(Rect::new(left, top, right, bottom));
        let Rect { x1, y1, .. } = camera.size().to_rect();
        self.show_caret();
        self.show_selection(Rect::new(beside.min(x1), bottom.min(y1), x1, y1));
    }

    /// Moves the view when something has come over what is selected.
    fn show_selection(&mut self, cover: Rect) {
        let frame = Frame::of(
            &self.chosen.selection,
            self.chosen.pointed.as_ref(),
            &self.view().seen(),
        );
        let bounds = self.scene.bounds_of(&self.chosen.selection);
        let (Some(frame), Some(bounds), None) = (frame, bounds, &self.writing.typing) else {
            return;
        };
        let before = self.sight.camera;
        let bare = before.transform().transform_rect_bbox(bounds);
        let window = before.size().to_rect();
        // What was out of view was so before.
        if window.union(bare) != window || bare.intersect(cover).area() <= 0.0 {
            return;
        }
        let room = |part: Rect| part.inflate(ROOM, ROOM);
        let handles = frame.handles(&before).into_iter();
        let whole = handles.fold(bare, |all, (_, at)| all.union_pt(at.0));
        self.sight.camera.clear(room(whole), room(bare), cover);
        let after = self.sight.camera;
        self.sight.lent = Some(Lent { before, after });
        self.sight.unpainted = true;
    }

    /// Looks where one did before that, unless the view has been moved since or something is being
    /// drawn, which would be torn from the hand.
    fn give_view_back(&mut self) {
        let lent = self.sight.lent.take();
        let Some(Lent { before, after }) = lent else {
            return;
        };
        if self.sight.camera.view() == after.view() && !self.gesture.tool.busy() {
            self.sight.camera.look_as(&before);
            self.sight.unpainted = true;
        }
    }
}
