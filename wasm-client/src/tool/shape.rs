//! The shape tools: closed shapes, lines, arrows and frames are pulled open by dragging.

use board::element::arrow::Arrow;
use board::element::frame::{self, Frame};
use board::element::line::Line;
use board::element::{Kind, closed, path};
use board::geometry::Geometry;
use board::style::StyleField;
use kurbo::{Point, Rect, Vec2};

use crate::boundary::{Modifiers, ToolName};
use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Draft, Edit, View};

/// Below this many screen pixels a drag is a click.
const CLICK_PX: f64 = 4.0;
/// What a click makes of a box, and Enter of anything, in screen pixels at the zoom it was clicked.
const CLICK_SIZE: (f64, f64) = (160.0, 100.0);
/// The same of a frame: it is to hold some.
const FRAME_SIZE: (f64, f64) = (480.0, 300.0);
/// With Shift a line snaps to multiples of this angle, radians.
const SNAP_ANGLE: f64 = std::f64::consts::PI / 12.0;

/// A shape tool and what it is pulling open.
#[derive(Debug)]
pub(crate) struct Shape {
    name: ToolName,
    pull: Option<Pull>,
}

#[derive(Debug, Clone, Copy)]
struct Pull {
    from: Point,
    to: Point,
    modifiers: Modifiers,
}

impl Shape {
    pub(crate) fn new(name: ToolName) -> Self {
        Self { name, pull: None }
    }

    pub(crate) fn name(&self) -> ToolName {
        self.name
    }

    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let to = view.camera.board(event.at);
        let modifiers = event.modifiers;
        match event.kind {
            PointerKind::Down => {
                self.pull = Some(Pull {
                    from: to,
                    to,
                    modifiers,
                });
                vec![Edit::Select(Default::default())]
            }
            PointerKind::Move => {
                let Some(pull) = &mut self.pull else {
                    return Vec::new();
                };
                pull.to = to;
                pull.modifiers = modifiers;
                let pull = *pull;
                if self.is_click(&pull, view) {
                    Vec::new()
                } else {
                    vec![self.draft(&pull)]
                }
            }
            PointerKind::Up => {
                let Some(mut pull) = self.pull.take() else {
                    return Vec::new();
                };
                pull.to = to;
                pull.modifiers = modifiers;
                if !self.is_click(&pull, view) {
                    self.done(&pull)
                } else if self.is_path() {
                    vec![Edit::DropDraft]
                } else {
                    self.place(to, modifiers, view)
                }
            }
            _ => Vec::new(),
        }
    }

    /// Makes one of the size of a click about a point of the board; a line lies level.
    pub(crate) fn place(&self, at: Point, modifiers: Modifiers, view: &View<'_>) -> Vec<Edit> {
        let (w, h) = match self.name {
            ToolName::Frame => FRAME_SIZE,
            _ => CLICK_SIZE,
        };
        let size = Vec2::new(w, if self.is_path() { 0.0 } else { h }) / view.camera.zoom();
        self.done(&Pull {
            from: at - size / 2.0,
            to: at + size / 2.0,
            modifiers,
        })
    }

    fn done(&self, pull: &Pull) -> Vec<Edit> {
        vec![
            self.draft(pull),
            Edit::CommitDraft,
            Edit::Tool(ToolName::Select),
        ]
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.pull = None;
        vec![Edit::DropDraft]
    }

    pub(crate) fn busy(&self) -> bool {
        self.pull.is_some()
    }

    /// The style fields of what it makes.
    pub(crate) fn style_fields(&self) -> &'static [StyleField] {
        match self.name {
            ToolName::Line | ToolName::Arrow => path::STRAIGHT_FIELDS,
            ToolName::Shape => closed::STYLE_FIELDS,
            ToolName::Frame => frame::STYLE_FIELDS,
            // What these are called says which outline they make.
            _ => closed::LOOKS,
        }
    }

    fn is_path(&self) -> bool {
        matches!(self.name, ToolName::Line | ToolName::Arrow)
    }

    fn is_click(&self, pull: &Pull, view: &View<'_>) -> bool {
        (pull.to - pull.from).hypot() * view.camera.zoom() < CLICK_PX
    }

    fn draft(&self, pull: &Pull) -> Edit {
        let (kind, geometry) = if self.is_path() {
            let (from, to) = pull_line(pull);
            let path = match self.name {
                ToolName::Arrow => Arrow::through(&[from, to])
                    .map(|(geometry, arrow)| (Kind::Arrow(arrow), geometry)),
                _ => {
                    Line::through(&[from, to]).map(|(geometry, line)| (Kind::Line(line), geometry))
                }
            };
            match path {
                Some(path) => path,
                None => return Edit::DropDraft,
            }
        } else {
            let kind = match self.name {
                ToolName::Ellipse => Kind::ELLIPSE,
                ToolName::Frame => Kind::Frame(Frame::default()),
                _ => Kind::RECTANGLE,
            };
            (kind, Geometry::from_rect(pull_box(pull)))
        };
        Edit::Draft(Draft::Shape { kind, geometry })
    }
}

/// The box of a pull: Shift makes it square, Alt pulls from the centre.
fn pull_box(pull: &Pull) -> Rect {
    let mut by = pull.to - pull.from;
    if pull.modifiers.shift {
        let side = by.x.abs().max(by.y.abs());
        by = Vec2::new(side.copysign(by.x), side.copysign(by.y));
    }
    let start = if pull.modifiers.alt {
        pull.from - by
    } else {
        pull.from
    };
    Rect::from_points(start, pull.from + by)
}

/// The ends of a pull: Shift snaps its angle, Alt pulls from the middle.
fn pull_line(pull: &Pull) -> (Point, Point) {
    let mut by = pull.to - pull.from;
    if pull.modifiers.shift {
        by = snap_angle(by);
    }
    let start = if pull.modifiers.alt {
        pull.from - by
    } else {
        pull.from
    };
    (start, pull.from + by)
}

/// The same way turned to the next multiple of 15°.
pub(crate) fn snap_angle(by: Vec2) -> Vec2 {
    let angle = (by.atan2() / SNAP_ANGLE).round() * SNAP_ANGLE;
    Vec2::from_angle(angle) * by.hypot()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pull(to: (f64, f64), shift: bool, alt: bool) -> Pull {
        let modifiers = Modifiers {
            shift,
            alt,
            command: false,
        };
        Pull {
            from: Point::ORIGIN,
            to: to.into(),
            modifiers,
        }
    }

    #[test]
    fn shift_squares_and_alt_centres() {
        assert_eq!(
            pull_box(&pull((10.0, -4.0), false, false)),
            Rect::new(0.0, -4.0, 10.0, 0.0)
        );
        assert_eq!(
            pull_box(&pull((10.0, -4.0), true, false)),
            Rect::new(0.0, -10.0, 10.0, 0.0)
        );
        assert_eq!(
            pull_box(&pull((10.0, 4.0), false, true)),
            Rect::new(-10.0, -4.0, 10.0, 4.0)
        );
    }

    #[test]
    fn shift_snaps_a_line_to_fifteen_degrees() {
        let (_, end) = pull_line(&pull((100.0, 3.0), true, false));
        assert!(end.y.abs() < 1e-9 && end.x > 100.0);
    }
}
