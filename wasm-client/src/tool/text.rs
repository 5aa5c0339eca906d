//! The text tool: a click begins a text, or types in the one that is there; a drag says how wide its
//! lines are.

use board::display::{DisplayList, Op};
use board::element::Kind;
use kurbo::{Point, Rect};

use crate::boundary::ToolName;
use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Edit, View};
use crate::trace::accent;

/// Lines that were pulled to less than this are as long as they are written, screen pixels.
const LEAST_PX: f64 = 24.0;

/// Where the pointer went down and where it is, board units.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pull: Option<(Point, Point)>,
}

impl Text {
    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        match (event.kind, &mut self.pull) {
            (PointerKind::Down, pull) => {
                *pull = Some((at, at));
                Vec::new()
            }
            (PointerKind::Move, Some((_, to))) => {
                *to = at;
                Vec::new()
            }
            // A field that opens on pointer-down would lose its focus to the pointer-up.
            (PointerKind::Up, Some((from, _))) => {
                let area = Rect::from_points(*from, at);
                self.pull = None;
                let hit = view.seen().hit(at, view.tolerance(event.device));
                let text =
                    hit.filter(|node| matches!(node.element().kind, Kind::Text(_) | Kind::Note(_)));
                let edit = match text {
                    _ if area.width() * view.camera.zoom() >= LEAST_PX => Edit::TypeWithin(area),
                    Some(node) => Edit::TypeIn(node.element().id.clone(), at),
                    None => Edit::TypeAt(at),
                };
                vec![Edit::Tool(ToolName::Select), edit]
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.pull = None;
        Vec::new()
    }

    pub(crate) fn busy(&self) -> bool {
        self.pull.is_some()
    }

    /// Shows how wide the lines will be.
    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        let Some((from, to)) = self.pull else {
            return;
        };
        let area = Rect::from_points(view.camera.screen(from).0, view.camera.screen(to).0);
        if area.width() < LEAST_PX {
            return;
        }
        list.stroke_color(accent(view.theme));
        list.op(Op::LineWidth, &[1.0]);
        list.rect(view.camera.crisp(area), 0.0);
        list.op(Op::Stroke, &[]);
    }
}
