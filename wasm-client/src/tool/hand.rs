//! The hand: drags the board. Also what space and the middle button do under any tool.

use kurbo::Point;

use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::Edit;

/// Where the board was last held.
#[derive(Debug, Default)]
pub(crate) struct Hand {
    held: Option<Point>,
}

impl Hand {
    pub(crate) fn input(&mut self, event: &PointerEvent) -> Vec<Edit> {
        match event.kind {
            PointerKind::Down => self.held = Some(event.at.0),
            PointerKind::Move => {
                if let Some(held) = &mut self.held {
                    let by = event.at.0 - *held;
                    *held = event.at.0;
                    return vec![Edit::Pan(by)];
                }
            }
            PointerKind::Up => self.held = None,
            _ => {}
        }
        Vec::new()
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.held = None;
        Vec::new()
    }

    pub(crate) fn busy(&self) -> bool {
        self.held.is_some()
    }

    pub(crate) fn cursor(&self) -> &'static str {
        if self.held.is_some() {
            "grabbing"
        } else {
            "grab"
        }
    }
}
