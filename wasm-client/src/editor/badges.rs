//! What a press on a badge means, and when there is anything to lead to: asked after every event.
//!
//! Owns that a press on a badge is nothing to the tool in hand; going there is `addresses.rs`'s.

use board::element::Element;

use super::Editor;
use crate::badge::Badge;
use crate::boundary::ToolName;
use crate::camera::ScreenPoint;
use crate::pointer::{Device, PointerEvent, PointerKind};

/// Where an element leads.
pub(super) fn address_of(element: &Element) -> Option<&str> {
    element.links.link.as_deref()
}

impl Editor {
    /// The badge at a place on the screen, where a press would mean it.
    pub(super) fn badge_at(&self, at: ScreenPoint, device: Device) -> Option<&Badge> {
        let gesture = &self.gesture;
        let looks = matches!(gesture.tool.name(), ToolName::Select | ToolName::Hand);
        let free = !gesture.tool.busy() && !gesture.hand.busy() && !gesture.space;
        let mut badges = self.sight.badges.iter().rev();
        badges.find(|badge| free && (looks || self.read_only) && badge.hit(at, device))
    }

    /// Where the badge under the pointer leads.
    pub(super) fn badge_hovered(&self) -> Option<&str> {
        let badge = self.badge_at(self.gesture.pointer?, Device::Mouse)?;
        address_of(self.scene.get(&badge.of)?.element())
    }

    /// Whether an event is a badge's; a press on one that is lifted there goes where that leads.
    pub(super) fn badge_event(&mut self, event: &PointerEvent) -> bool {
        let named = |badge: &Badge| badge.of.clone();
        let Some(id) = self.badge_at(event.at, event.device).map(named) else {
            return false;
        };
        match event.kind {
            PointerKind::Down if event.pans() => return false,
            PointerKind::Down => {
                self.end_typing();
                self.gesture.pressed = Some(event.at);
            }
            PointerKind::Up => {
                let from = self.gesture.pressed.take();
                let from = from.and_then(|from| self.badge_at(from, event.device));
                if from.is_none_or(|badge| badge.of != id) {
                    return false;
                }
                self.follow_link(&id);
            }
            PointerKind::DoubleClick => {}
            _ => return false,
        }
        true
    }

    /// Whether one thing is selected, which can be led to.
    pub(crate) fn only_one(&self) -> bool {
        self.only_selected().is_some()
    }

    /// Whether one thing is selected that may lead elsewhere.
    pub(crate) fn linkable(&self) -> bool {
        self.only_one() && self.changeable()
    }

    /// Whether what is selected leads somewhere.
    pub(crate) fn leads(&self) -> bool {
        self.only_selected().and_then(address_of).is_some()
    }
}
