//! The text tool: a click begins a text, or types in the one that is there.

use board::element::Kind;

use crate::boundary::ToolName;
use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Edit, View};

/// Whether the pointer is down.
#[derive(Debug, Default)]
pub(crate) struct Text {
    down: bool,
}

impl Text {
    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        match event.kind {
            PointerKind::Down => {
                self.down = true;
                Vec::new()
            }
            // A field that opens on pointer-down would lose its focus to the pointer-up.
            PointerKind::Up if self.down => {
                self.down = false;
                let at = view.camera.board(event.at);
                let hit = view.scene.hit(at, view.tolerance(event.device));
                let text =
                    hit.filter(|node| matches!(node.element().kind, Kind::Text(_) | Kind::Note(_)));
                let edit = match text {
                    Some(node) => Edit::TypeIn(node.element().id.clone()),
                    None => Edit::TypeAt(at),
                };
                vec![Edit::Tool(ToolName::Select), edit]
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.down = false;
        Vec::new()
    }

    pub(crate) fn busy(&self) -> bool {
        self.down
    }
}
