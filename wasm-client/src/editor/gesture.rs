//! From pointer events to the tool in hand: who is listened to, and how gestures end.

use super::Editor;
use crate::boundary::UiEvent;
use crate::camera::ScreenPoint;
use crate::contacts::{Ending, Meaning};
use crate::pointer::{Device, PointerEvent, PointerKind};
use crate::tool::View;
use crate::wheel::Turned;

impl Editor {
    pub(super) fn pointer_event(&mut self, event: &PointerEvent) {
        self.unpainted = true;
        self.begun |= !matches!(
            event.kind,
            PointerKind::Move | PointerKind::Leave | PointerKind::Lost
        );
        if let PointerKind::Wheel(turn) = event.kind {
            match self.wheel.turn(&turn, self.camera.size(), event.time) {
                Turned::Pan(by) => self.camera.pan(by),
                Turned::Zoom(factor) => self.camera.zoom_by(factor, event.at),
            }
            return self.view_moved();
        }
        if event.kind == PointerKind::Leave {
            self.pointer = None;
        }
        let reading = self.contacts.input(event, self.tool.busy());
        if let Some(ending) = reading.ends {
            self.end_gesture(ending);
        }
        match reading.meaning {
            Meaning::Tool => {
                if event.kind == PointerKind::Down {
                    self.view_before = Some(self.camera);
                }
                self.pointer = Some(event.at);
                self.tool_event(event);
            }
            Meaning::Pinch { from, to, scale } => {
                self.pointer = Some(event.at);
                self.camera.pan(to - from);
                self.camera.zoom_by(scale, ScreenPoint(to));
            }
            Meaning::Nothing => {}
        }
    }

    /// The view has moved: what is dragged stays under the pointer that drags it.
    pub(super) fn view_moved(&mut self) {
        if let Some(event) = self.contacts.again(self.now) {
            self.tool_event(&event);
        }
    }

    /// Ends a gesture whose release will not come.
    fn end_gesture(&mut self, ending: Ending) {
        match ending {
            Ending::Kept(last) if self.hand.busy() => {
                let release = PointerEvent {
                    kind: PointerKind::Up,
                    ..last
                };
                let edits = self.hand.input(&release);
                self.apply(edits);
            }
            Ending::Kept(last) => {
                let view = View {
                    scene: &self.scene,
                    camera: &self.camera,
                    selection: &self.selection,
                };
                let edits = self.tool.finish(&last, &view);
                self.apply(edits);
            }
            Ending::Dropped | Ending::Palm => {
                self.hand.cancel();
                let edits = self.tool.cancel();
                self.apply(edits);
            }
        }
        if ending == Ending::Palm
            && let Some(before) = self.view_before.take()
        {
            self.camera.look_as(&before);
        }
    }

    fn tool_event(&mut self, event: &PointerEvent) {
        let down = event.kind == PointerKind::Down;
        if down && event.device == Device::Pen && self.tool.draws() && self.fingers_draw.is_none() {
            self.fingers_draw = Some(false);
        }
        let finger_pans = event.device == Device::Touch && self.finger_pans();
        let pans = event.pans() || self.space || self.read_only || finger_pans;
        if self.hand.busy() || (pans && down) {
            let edits = self.hand.input(event);
            self.apply(edits);
            return;
        }
        if down {
            self.end_typing();
            // Who presses on the board knows that the keyboard means the board.
            self.deaf_until = 0.0;
        }
        let view = View {
            scene: &self.scene,
            camera: &self.camera,
            selection: &self.selection,
        };
        let edits = self.tool.input(event, &view);
        self.apply(edits);
    }

    /// Whether a finger moves the board where a pen would draw.
    fn finger_pans(&self) -> bool {
        self.fingers_draw == Some(false) && self.tool.draws()
    }

    /// What the page is told of fingers.
    pub(super) fn fingers_event(&self) -> UiEvent {
        UiEvent::Fingers {
            draw: self.fingers_draw,
        }
    }
}
