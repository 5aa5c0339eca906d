//! From pointer events to the tool in hand: who is listened to, and how gestures end.
//!
//! Owns the gesture under way and what it is making; what comes of it, `edits.rs` writes.

use std::collections::BTreeSet;

use board::element::Element;
use board::id::ElementId;
use board::ink::InkPoint;
use board::order::OrderKey;
use board::style::Color;
use board::transform::Transform;

use super::Editor;
use super::holding::Landing;
use super::sight::Sight;
use super::style::Chosen;
use crate::boundary::{ToolName, UiEvent};
use crate::camera::{Camera, ScreenPoint};
use crate::contacts::{Contacts, Ending, Meaning};
use crate::cutting::Cutting;
use crate::laser::Trail;
use crate::live::InkStyle;
use crate::pointer::{Device, PointerEvent, PointerKind};
use crate::tool::hand::Hand;
use crate::tool::{Tool, View};
use crate::wheel::{Turned, Wheel};
use scene::Moved;
use scene::Scene;

/// The tool in hand, and what its gesture is doing.
#[derive(Debug)]
pub(super) struct Gesture {
    pub(super) tool: Tool,
    /// Whether the tool stays in hand after what it was taken for.
    pub(super) kept: bool,
    /// Drags the board while space or the middle button is held, under any tool.
    pub(super) hand: Hand,
    contacts: Contacts,
    wheel: Wheel,
    /// Where the pointer was seen last.
    pub(super) pointer: Option<ScreenPoint>,
    /// Whether the space bar is held.
    pub(super) space: bool,
    /// Whether a finger draws; unknown until a pen does.
    pub(super) fingers_draw: Option<bool>,
    /// The view before the first finger came down, in case it was a palm.
    view_before: Option<Camera>,
    /// An element in the making.
    pub(super) making: Option<Making>,
    /// Elements shown elsewhere than the document has them.
    pub(super) dragged: Option<Vec<Element>>,
    /// What the selection was put there by, unless one element was given other points.
    pub(super) dragged_by: Option<Transform>,
    /// Where they would fall.
    pub(super) falling: Option<Landing>,
    /// Where the tool in hand, or a badge, was pressed down, until it is lifted.
    pub(super) pressed: Option<ScreenPoint>,
    /// The frames, or none, in which something in the making may be, and its key there: first where it
    /// was begun.
    pub(super) cradles: Vec<(Option<ElementId>, OrderKey)>,
    /// Strokes that are being cut.
    pub(super) cuttings: Vec<Cutting>,
    /// What will be left of each.
    pub(super) pieces: Vec<(ElementId, Vec<Element>)>,
    /// The stroke that was drawn last.
    pub(super) inked: Option<ElementId>,
    /// What the eraser will take.
    pub(super) doomed: BTreeSet<ElementId>,
}

/// An element in the making.
#[derive(Debug)]
pub(super) enum Making {
    /// Anything but ink.
    Shape(Element),
    /// Ink: where it will stand, and its points in board space.
    Ink {
        element: ElementId,
        /// Whether a highlighter makes it.
        highlights: bool,
        style: InkStyle,
        points: Vec<InkPoint>,
    },
}

impl Gesture {
    pub(super) fn new(fingers_draw: Option<bool>) -> Self {
        Self {
            tool: Tool::new(ToolName::Select),
            kept: false,
            hand: Hand::default(),
            contacts: Contacts::default(),
            wheel: Wheel::default(),
            pointer: None,
            space: false,
            fingers_draw,
            view_before: None,
            making: None,
            dragged: None,
            dragged_by: None,
            falling: None,
            pressed: None,
            cradles: Vec::new(),
            cuttings: Vec::new(),
            pieces: Vec::new(),
            inked: None,
            doomed: BTreeSet::new(),
        }
    }

    /// Where on the screen the gesture under way was begun.
    pub(super) fn begun_at(&self) -> Option<ScreenPoint> {
        self.pressed
    }

    /// Whether a finger moves the board where a pen would draw.
    fn finger_pans(&self) -> bool {
        self.fingers_draw == Some(false) && self.tool.draws()
    }
}

impl Editor {
    pub(super) fn pointer_event(&mut self, event: &PointerEvent) {
        self.sight.unpainted = true;
        self.begun |= !matches!(
            event.kind,
            PointerKind::Move | PointerKind::Leave | PointerKind::Lost
        );
        if let PointerKind::Wheel(turn) = event.kind {
            match self
                .gesture
                .wheel
                .turn(&turn, self.sight.camera.size(), event.time)
            {
                Turned::Pan(by) => self.sight.camera.pan(by),
                Turned::Zoom(factor) => self.sight.camera.zoom_by(factor, event.at),
            }
            self.view_moved();
            return self.gesture.tool.means_nothing();
        }
        if event.kind == PointerKind::Leave {
            self.gesture.pointer = None;
        }
        let reading = self.gesture.contacts.input(event, self.gesture.tool.busy());
        if let Some(ending) = reading.ends {
            self.end_gesture(ending);
        }
        match reading.meaning {
            Meaning::Tool => {
                if event.kind == PointerKind::Down {
                    self.gesture.view_before = Some(self.sight.camera);
                }
                self.gesture.pointer = Some(event.at);
                self.tool_event(event);
            }
            Meaning::Pinch { from, to, scale } => {
                self.gesture.pointer = Some(event.at);
                self.sight.camera.pan(to - from);
                self.sight.camera.zoom_by(scale, ScreenPoint(to));
            }
            Meaning::Nothing => {}
        }
    }

    /// The view has moved: what is dragged stays under the pointer that drags it.
    pub(super) fn view_moved(&mut self) {
        if let Some(event) = self.gesture.contacts.again(self.now) {
            self.tool_event(&event);
        }
    }

    /// Ends a gesture whose release will not come.
    fn end_gesture(&mut self, ending: Ending) {
        match ending {
            Ending::Kept(last) if self.gesture.hand.busy() => {
                let release = PointerEvent {
                    kind: PointerKind::Up,
                    ..last
                };
                let edits = self.gesture.hand.input(&release);
                self.apply(edits);
            }
            Ending::Kept(last) => {
                let view = view(
                    (&self.scene, self.moved_by_others()),
                    &self.sight,
                    &self.chosen,
                    self.gesture.pointer,
                    self.moment(),
                );
                let edits = self.gesture.tool.finish(&last, &view);
                self.apply(edits);
            }
            Ending::Dropped | Ending::Palm => {
                self.gesture.hand.cancel();
                let edits = self.gesture.tool.let_go();
                self.apply(edits);
            }
        }
        if ending == Ending::Palm
            && let Some(before) = self.gesture.view_before.take()
        {
            self.sight.camera.look_as(&before);
        }
    }

    fn tool_event(&mut self, event: &PointerEvent) {
        let down = event.kind == PointerKind::Down;
        if down
            && event.device == Device::Pen
            && self.gesture.tool.draws()
            && self.gesture.fingers_draw.is_none()
        {
            self.gesture.fingers_draw = Some(false);
        }
        let finger_pans = event.device == Device::Touch && self.gesture.finger_pans();
        let pans = event.pans() || self.gesture.space || self.read_only || finger_pans;
        if down && let Some(mark) = self.mark_at(event.at.0) {
            let zoom = self.sight.camera.zoom();
            self.sight.camera.look_at(mark.target, zoom);
            // The rest of this press may drag the board, and draws nothing.
            let edits = self.gesture.hand.input(event);
            return self.apply(edits);
        }
        if self.badge_event(event) {
            return;
        }
        if self.gesture.hand.busy() || (pans && down) {
            let edits = self.gesture.hand.input(event);
            self.apply(edits);
            return;
        }
        if down {
            self.end_typing();
            // Who presses on the board knows that the keyboard means the board.
            self.writing.deaf_until = 0.0;
            self.chosen.tab_given_back = false;
            self.gesture.pressed = Some(event.at);
        }
        let view = view(
            (&self.scene, self.moved_by_others()),
            &self.sight,
            &self.chosen,
            self.gesture.pointer,
            self.moment(),
        );
        let edits = self.gesture.tool.input(event, &view);
        self.apply(edits);
        if event.kind == PointerKind::Up {
            self.gesture.pressed = None;
        }
    }

    /// Now, and whose colour it is.
    fn moment(&self) -> (f64, Color) {
        let own = Color::parse(&self.people.profile.color);
        (self.now, own.unwrap_or(Color::INK))
    }

    /// Time passes for the tool in hand.
    pub(super) fn tick_tool(&mut self) {
        let moment = self.moment();
        let view = view(
            (&self.scene, self.moved_by_others()),
            &self.sight,
            &self.chosen,
            self.gesture.pointer,
            moment,
        );
        let trail = self.gesture.tool.trail();
        // What fades is painted until it is gone.
        let fades = trail.is_some_and(Trail::is_seen);
        let edits = self.gesture.tool.tick(&view);
        self.sight.unpainted |= fades;
        self.apply(edits);
    }

    /// What a tool that only looks may look at.
    pub(super) fn view(&self) -> View<'_> {
        view(
            (&self.scene, self.moved_by_others()),
            &self.sight,
            &self.chosen,
            self.gesture.pointer,
            self.moment(),
        )
    }

    /// What the page is told of fingers.
    pub(super) fn fingers_event(&self) -> UiEvent {
        UiEvent::Fingers {
            draw: self.gesture.fingers_draw,
        }
    }
}

/// What tools may look at, of parts that the tool in hand is none of.
fn view<'a>(
    (scene, moved): (&'a Scene, Moved),
    sight: &'a Sight,
    chosen: &'a Chosen,
    pointer: Option<ScreenPoint>,
    (now, own): (f64, Color),
) -> View<'a> {
    View {
        scene,
        moved,
        camera: &sight.camera,
        selection: &chosen.selection,
        entered: chosen.entered.as_ref(),
        pointed: chosen.pointed.as_ref(),
        snap: chosen.snap,
        memory: &chosen.memory,
        pointer,
        theme: sight.theme,
        unnamed: &sight.unnamed,
        own,
        now,
    }
}
