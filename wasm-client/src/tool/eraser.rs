//! The eraser: deletes whole elements and groups that its trail crosses, when it is lifted.

use board::display::{DisplayList, Op};
use board::id::ElementId;
use board::style::Color;
use kurbo::{BezPath, Line, Point, Rect};

use crate::boundary::ToolName;
use crate::pointer::{Device, PointerEvent, PointerKind};
use crate::tool::{Edit, View};

/// How much of the trail is shown, in points.
const TRAIL: usize = 12;
/// The trail's colour.
const TRAIL_COLOR: Color = Color(0x8888_8866);

/// The disc under the pointer, as large as it reaches: its inside and its edge.
const DISC: (Color, Color) = (Color(0xffff_ff99), Color(0x5555_55ff));

/// The eraser's gesture: where it has just been, in board space.
#[derive(Debug)]
pub(crate) struct Eraser {
    trail: Vec<Point>,
    /// Whether it cuts, instead of deleting whole elements.
    cuts: bool,
}

impl Eraser {
    pub(crate) fn new(cuts: bool) -> Self {
        Self {
            trail: Vec::new(),
            cuts,
        }
    }

    pub(crate) fn name(&self) -> ToolName {
        if self.cuts {
            ToolName::Cutter
        } else {
            ToolName::Eraser
        }
    }

    /// What the way from one point to another means.
    fn passed(&self, from: Point, to: Point, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        vec![if self.cuts {
            let reach = view.tolerance(event.device);
            Edit::Cut { from, to, reach }
        } else {
            Edit::Doom(crossed(from, to, event, view))
        }]
    }

    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        match event.kind {
            PointerKind::Down => {
                self.trail = vec![at];
                self.passed(at, at, event, view)
            }
            PointerKind::Move => {
                let Some(from) = self.trail.last().copied() else {
                    return Vec::new();
                };
                self.trail.push(at);
                let surplus = self.trail.len().saturating_sub(TRAIL);
                self.trail.drain(..surplus);
                self.passed(from, at, event, view)
            }
            PointerKind::Up if self.busy() => {
                self.trail.clear();
                vec![Edit::CommitDoom]
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.trail.clear();
        vec![Edit::DropDoom]
    }

    pub(crate) fn busy(&self) -> bool {
        !self.trail.is_empty()
    }

    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        if let Some(at) = view.pointer {
            let reach = view.tolerance(Device::Mouse) * view.camera.zoom();
            list.fill_color(DISC.0);
            list.stroke_color(DISC.1);
            list.op(Op::LineWidth, &[1.5]);
            list.ellipse(at.0, reach, reach);
            list.op(Op::Fill, &[]);
            list.op(Op::Stroke, &[]);
        }
        let mut path = BezPath::new();
        for (i, point) in self.trail.iter().enumerate() {
            let point = view.camera.screen(*point).0;
            if i == 0 {
                path.move_to(point)
            } else {
                path.line_to(point)
            }
        }
        list.stroke_color(TRAIL_COLOR);
        list.op(Op::LineWidth, &[6.0]);
        list.path(&path);
        list.op(Op::Stroke, &[]);
    }
}

/// What the way from one point to the next touches.
fn crossed(from: Point, to: Point, event: &PointerEvent, view: &View<'_>) -> Vec<ElementId> {
    let tolerance = view.tolerance(event.device);
    let way = Line::new(from, to);
    let around = Rect::from_points(from, to).inflate(tolerance, tolerance);
    let nodes = view.scene.in_rect(around).into_iter();
    // A frame would go with all that is in it, by a slip across its border.
    let erased = nodes.filter(|node| !node.element().kind.holds_others());
    let erased = erased.filter(|node| !view.scene.is_locked(node));
    let hit = erased.filter(|node| node.crosses(way, tolerance));
    hit.map(|node| view.target(node)).collect()
}
