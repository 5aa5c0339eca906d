//! The tools for closed shapes, notes and frames, which are pulled open by dragging.

use board::display::DisplayList;
use board::element::frame::Frame;
use board::element::note::{self, Note};
use board::element::{Element, Kind, closed};
use board::geometry::Geometry;
use board::style::StyleField;
use kurbo::{Point, Rect, Vec2};

use crate::boundary::{Modifiers, ToolName};
use crate::pointer::{PointerEvent, PointerKind};
use crate::snap::{self, Both, Snapper};
use crate::tool::{Draft, Edit, View};
use scene::Node;

/// Below this many screen pixels a drag is a click.
const CLICK_PX: f64 = 4.0;
/// What a click makes, and Enter, in screen pixels at the zoom it was clicked.
const CLICK_SIZE: (f64, f64) = (160.0, 100.0);
/// The same of a frame: it is to hold some.
const FRAME_SIZE: (f64, f64) = (480.0, 300.0);
/// A note that a click makes is as large as all others, in board units, unless its side were seen
/// smaller or larger than this, screen pixels: then it is so many times half or double.
const NOTE_SEEN: (f64, f64) = (64.0, 512.0);
/// It is as large as one in view anyway, if that is seen no smaller than this, screen pixels.
const WALL_SEEN: f64 = 32.0;

/// A shape tool and what it is pulling open.
#[derive(Debug)]
pub(crate) struct Shape {
    name: ToolName,
    pull: Option<Pull>,
    snapper: Snapper,
}

#[derive(Debug, Clone, Copy)]
struct Pull {
    from: Point,
    to: Point,
    modifiers: Modifiers,
}

impl Shape {
    pub(crate) fn new(name: ToolName) -> Self {
        Self {
            name,
            pull: None,
            snapper: Snapper::default(),
        }
    }

    pub(crate) fn name(&self) -> ToolName {
        self.name
    }

    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        let modifiers = event.modifiers;
        match event.kind {
            PointerKind::Down => {
                let from = self.begin(at, modifiers, view);
                self.pull = Some(Pull {
                    from,
                    to: from,
                    modifiers,
                });
                vec![Edit::Select(Default::default())]
            }
            PointerKind::Move => {
                let to = self.end(at, modifiers, view);
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
                let to = self.end(at, modifiers, view);
                let Some(mut pull) = self.pull.take() else {
                    return Vec::new();
                };
                pull.to = to;
                pull.modifiers = modifiers;
                self.snapper.end();
                if self.is_click(&pull, view) {
                    self.place(at, modifiers, view)
                } else {
                    self.done(&pull)
                }
            }
            _ => Vec::new(),
        }
    }

    /// Where a pull begins: nobody has seen yet what it would be in line with, but the grid.
    fn begin(&mut self, at: Point, modifiers: Modifiers, view: &View<'_>) -> Point {
        let mut around = view.around(modifiers);
        around.wanted.objects = false;
        self.snapper.point(at, Both::new(true, true), &around)
    }

    /// Where it ends.
    fn end(&mut self, at: Point, modifiers: Modifiers, view: &View<'_>) -> Point {
        let Some(pull) = self.pull else {
            return at;
        };
        let square = self.is_square(modifiers);
        let boxed = |to: Point| {
            pull_box(
                &Pull {
                    to,
                    modifiers,
                    ..pull
                },
                square,
            )
        };
        let (now, by) = (boxed(at), at - pull.from);
        let corner = snap::Pull {
            now: now.abs(),
            at: Point::new(now.x1, now.y1),
            free: Both::new(true, true),
            along: square.then(|| Vec2::new(1_f64.copysign(by.x), 1_f64.copysign(by.y))),
            centred: modifiers.alt,
        };
        let at = at + self.snapper.pulled(&corner, &view.around(modifiers));
        self.snapper.show(boxed(at).abs());
        at
    }

    /// Shows what the pull is in line with.
    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        self.snapper.guides.paint(list, view.camera, view.theme);
    }

    /// Makes one of the size of a click about a point of the board.
    pub(crate) fn place(&self, at: Point, modifiers: Modifiers, view: &View<'_>) -> Vec<Edit> {
        let zoom = view.camera.zoom();
        let size = match self.name {
            ToolName::Note => Vec2::new(1.0, 1.0) * note_beside(at, view),
            ToolName::Frame => Vec2::from(FRAME_SIZE) / zoom,
            _ => Vec2::from(CLICK_SIZE) / zoom,
        };
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
        self.snapper.end();
        vec![Edit::DropDraft]
    }

    pub(crate) fn busy(&self) -> bool {
        self.pull.is_some()
    }

    /// The style fields of what it makes.
    pub(crate) fn style_fields(&self) -> &'static [StyleField] {
        match self.name {
            ToolName::Shape => closed::STYLE_FIELDS,
            // A frame is born as all are.
            ToolName::Frame => &[],
            ToolName::Note => note::STYLE_FIELDS,
            // What these are called says which outline they make.
            _ => closed::LOOKS,
        }
    }

    /// Whether what is pulled has equal sides: a note, and with Shift all else.
    fn is_square(&self, modifiers: Modifiers) -> bool {
        modifiers.shift != (self.name == ToolName::Note)
    }

    fn is_click(&self, pull: &Pull, view: &View<'_>) -> bool {
        (pull.to - pull.from).hypot() * view.camera.zoom() < CLICK_PX
    }

    fn draft(&self, pull: &Pull) -> Edit {
        let kind = match self.name {
            ToolName::Ellipse => Kind::ELLIPSE,
            ToolName::Frame => Kind::Frame(Frame::default()),
            ToolName::Note => Kind::Note(Note::default()),
            _ => Kind::RECTANGLE,
        };
        Edit::Draft(Draft::Shape {
            kind,
            geometry: Geometry::from_rect(pull_box(pull, self.is_square(pull.modifiers))),
            closed: false,
            links: Default::default(),
        })
    }
}

/// The side of a note that a click makes at a point, board units: that of the nearest in view which was
/// made by a click too, so that a wall is of one size.
fn note_beside(at: Point, view: &View<'_>) -> f64 {
    let zoom = view.camera.zoom();
    let seen = view.scene.in_rect(view.camera.view()).into_iter();
    let notes = seen.map(Node::element).filter(|element| {
        let Geometry { w, h, .. } = element.geometry;
        let clicked = w == h && is_doubled(w / note::SIDE) && w * zoom >= WALL_SEEN;
        clicked && matches!(element.kind, Kind::Note(_))
    });
    let away = |element: &&Element| (element.frame().center() - at).hypot();
    let nearest = notes.min_by(|a, b| away(a).total_cmp(&away(b)));
    nearest.map_or_else(|| note_side(zoom), |element| element.geometry.w)
}

/// Whether a number is one, doubled or halved any number of times: then it has no fraction behind its
/// exponent.
fn is_doubled(number: f64) -> bool {
    number > 0.0 && number.to_bits() << 12 == 0
}

/// The side of a note at a zoom, board units, where there is no other.
fn note_side(zoom: f64) -> f64 {
    let (least, most) = NOTE_SEEN;
    let mut side = note::SIDE;
    while side * zoom < least {
        side *= 2.0;
    }
    while side * zoom > most {
        side /= 2.0;
    }
    side
}

/// The box of a pull, square or not, from where it begins to where it is pulled; Alt pulls from the
/// centre.
fn pull_box(pull: &Pull, square: bool) -> Rect {
    let mut by = pull.to - pull.from;
    if square {
        let side = by.x.abs().max(by.y.abs());
        by = Vec2::new(side.copysign(by.x), side.copysign(by.y));
    }
    let start = if pull.modifiers.alt {
        pull.from - by
    } else {
        pull.from
    };
    let end = pull.from + by;
    Rect::new(start.x, start.y, end.x, end.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pull(to: (f64, f64), alt: bool) -> Pull {
        let modifiers = Modifiers {
            alt,
            ..Modifiers::default()
        };
        Pull {
            from: Point::ORIGIN,
            to: to.into(),
            modifiers,
        }
    }

    #[test]
    fn squares_are_square_and_alt_centres() {
        assert_eq!(
            pull_box(&pull((10.0, -4.0), false), false),
            Rect::new(0.0, 0.0, 10.0, -4.0)
        );
        assert_eq!(
            pull_box(&pull((10.0, -4.0), false), true),
            Rect::new(0.0, 0.0, 10.0, -10.0)
        );
        assert_eq!(
            pull_box(&pull((10.0, 4.0), true), false),
            Rect::new(-10.0, -4.0, 10.0, 4.0)
        );
    }

    #[test]
    fn notes_are_of_one_size_and_can_be_read_at_any_zoom() {
        for zoom in [0.33, 0.7, 1.0, 2.5] {
            assert_eq!(note_side(zoom), note::SIDE);
        }
        assert_eq!(note_side(0.1), 800.0);
        assert_eq!(note_side(4.0), 100.0);
        for side in [50.0, 200.0, 1600.0] {
            assert!(is_doubled(side / note::SIDE));
        }
        for side in [0.0, -200.0, 300.0, 200.000_01, f64::NAN] {
            assert!(!is_doubled(side / note::SIDE), "{side}");
        }
    }
}
