//! The laser pointer: shows the others where one points, and leaves nothing.

use board::display::DisplayList;

use crate::laser::{Trail, paint_spot};
use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Edit, View};

/// Whether the pointer is down, and where it has been.
#[derive(Debug, Default)]
pub(crate) struct Laser {
    down: bool,
    pub(crate) trail: Trail,
}

impl Laser {
    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        match event.kind {
            PointerKind::Down => {
                self.down = true;
                self.trail.push(at, true, event.time);
            }
            PointerKind::Move if self.down => self.trail.push(at, false, event.time),
            PointerKind::Up => self.down = false,
            _ => {}
        }
        Vec::new()
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.down = false;
        Vec::new()
    }

    pub(crate) fn busy(&self) -> bool {
        self.down
    }

    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        self.trail.paint(list, view.camera, view.own, view.now);
        if let Some(at) = view.pointer {
            paint_spot(list, at.0, view.own);
        }
    }
}
