//! The tools: one gesture machine each, behind one closed enum.
//!
//! Owns the vocabulary between tools and editor: a tool reads a [`View`] and answers with
//! [`Edit`]s. Tools know neither the document nor the network nor the page.

mod bend;
mod crop;
pub(crate) mod dropper;
pub(crate) mod eraser;
mod grip;
pub(crate) mod hand;
pub(crate) mod laser;
pub(crate) mod lasso;
mod leg;
pub(crate) mod path;
pub(crate) mod pen;
mod pulls;
pub(crate) mod select;
pub(crate) mod shape;
pub(crate) mod text;

use board::display::DisplayList;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::InkPoint;
use board::links::Links;
use board::style::{Color, StyleField, Theme};
use board::transform::Transform;
use kurbo::{Point, Rect, Vec2};

use crate::boundary::{Modifiers, Notice, ToolName};
use crate::camera::{Camera, ScreenPoint};
use crate::laser::Trail;
use crate::pointer::{Device, PointerEvent, PointerKind};
use crate::recognise::Recognised;
use crate::snap::{Around, Wanted};
use crate::style_memory::StyleMemory;
use crate::vertices::Pointed;
use scene::Selection;
use scene::frame_names;
use scene::{Moved, Seen};
use scene::{Node, Scene};

/// What a tool may look at.
pub(crate) struct View<'a> {
    pub(crate) scene: &'a Scene,
    /// What others drag, where it is shown.
    pub(crate) moved: Moved,
    pub(crate) camera: &'a Camera,
    pub(crate) selection: &'a Selection,
    /// The group whose members clicks take hold of.
    pub(crate) entered: Option<&'a ElementId>,
    /// The line whose points are shown, or the image whose crop is.
    pub(crate) pointed: Option<&'a Pointed>,
    /// Where the pointer is.
    pub(crate) pointer: Option<ScreenPoint>,
    pub(crate) theme: Theme,
    /// What frames are called that have no name.
    pub(crate) unnamed: &'a str,
    pub(crate) snap: Wanted,
    /// The style of what is drawn next.
    pub(crate) memory: &'a StyleMemory,
    /// One's own colour.
    pub(crate) own: Color,
    /// The time, ms.
    pub(crate) now: f64,
}

impl View<'_> {
    /// The scene as one sees it.
    pub(crate) fn seen(&self) -> Seen<'_> {
        Seen {
            scene: self.scene,
            moved: &self.moved,
        }
    }

    /// The topmost element at a place on the screen that is not locked: the name of a frame is above
    /// everything, and its own.
    pub(crate) fn hit(&self, at: ScreenPoint, device: Device) -> Option<&Node> {
        let board = self.camera.board(at);
        let named = |node: &&Node| {
            let frame = node.element();
            let seen = node.is_seen() && !self.scene.is_locked(node);
            seen && frame_names::hit(frame, self.unnamed, self.camera.upright(), at.0)
        };
        let seen = self.seen();
        let frames = self.scene.frames().into_iter().rev();
        let mut frames = frames.filter_map(|frame| seen.get(&frame.element().id));
        let name = frames.find(named);
        name.or_else(|| seen.graspable(board, self.tolerance(device)))
    }

    /// What a click on an element takes hold of.
    pub(crate) fn target(&self, node: &Node) -> ElementId {
        self.scene.target(node, self.entered).clone()
    }

    /// What a gesture that snaps may look at.
    pub(crate) fn around(&self, modifiers: Modifiers) -> Around<'_> {
        Around {
            scene: self.scene,
            camera: self.camera,
            wanted: self.snap.with_command(modifiers.command),
            moving: self.selection,
        }
    }

    /// How near counts as a hit, in board units: coarser for a finger.
    pub(crate) fn tolerance(&self, device: Device) -> f64 {
        let pixels = if device == Device::Touch { 14.0 } else { 6.0 };
        pixels / self.camera.zoom()
    }
}

/// An element in the making, not yet in the document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Draft {
    /// A shape or line so far.
    Shape {
        kind: Kind,
        geometry: Geometry,
        /// Whether it is a line that goes back to where it began.
        closed: bool,
        /// What its ends hold on to.
        links: Links,
    },
    /// What the ink so far looks like.
    Recognised(Box<Recognised>),
    /// Ink so far; the first `settled` points will not change any more.
    Ink {
        points: Vec<InkPoint>,
        settled: usize,
    },
}

/// What a gesture asks of the editor. Only the editor turns it into a change of the document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Edit {
    /// This is the selection now.
    Select(Selection),
    /// Shows an element in the making, to everybody.
    Draft(Draft),
    /// Puts the draft into the document.
    CommitDraft,
    /// Puts another element into the document in place of the draft that was put there just now, as a
    /// step of its own.
    Instead(Box<Recognised>),
    /// Fills an element as what is drawn next would be.
    Fill(ElementId),
    /// Draws on in a colour, and gives it to what is selected.
    TakeColor(StyleField, Color),
    /// Has something to say to the person.
    Notice(Notice),
    /// Throws the draft away.
    DropDraft,
    /// Shows the selection moved, resized or turned, to everybody.
    Drag(Transform),
    /// Shows one element with other points or another crop, to everybody.
    Reshape(Box<Element>),
    /// Shows the points of a line or arrow and which of them is picked, or the crop of an image.
    Point(Pointed),
    /// Writes what is dragged or reshaped.
    CommitDrag,
    /// Puts back what is dragged.
    DropDrag,
    /// Copies of the selection stay behind, and the copies are dragged instead.
    DragCopies,
    /// These will be deleted with the gesture.
    Doom(Vec<ElementId>),
    /// These parts of strokes will be erased with the gesture: what is nearer to a way, board units.
    Cut { from: Point, to: Point, reach: f64 },
    /// Deletes and erases them.
    CommitDoom,
    /// Spares them.
    DropDoom,
    /// Moves the view, screen pixels.
    Pan(Vec2),
    /// Clicks take hold of the members of this group.
    Enter(ElementId),
    /// Lets the lines of the selected text end where they were ended.
    Unwrap,
    /// Begins a text at a board point.
    TypeAt(Point),
    /// Begins a text at the top of an area, whose lines are as long as that is wide.
    TypeWithin(Rect),
    /// Types in what is there and can say something, pressed at a board point.
    TypeIn(ElementId, Point),
    /// Takes another tool.
    Tool(ToolName),
}

/// The tool in hand, with its gesture.
#[derive(Debug)]
pub(crate) enum Tool {
    Select(select::Select),
    Hand(hand::Hand),
    Pen(pen::Pen),
    Eraser(eraser::Eraser),
    Lasso(lasso::Lasso),
    Laser(laser::Laser),
    Dropper(dropper::Dropper),
    Shape(shape::Shape),
    Path(path::Path),
    Text(text::Text),
}

impl Tool {
    pub(crate) fn new(name: ToolName) -> Self {
        match name {
            ToolName::Select => Self::Select(select::Select::default()),
            ToolName::Hand => Self::Hand(hand::Hand::default()),
            ToolName::Pen => Self::Pen(pen::Pen::default()),
            ToolName::Highlighter => Self::Pen(pen::Pen::highlighter()),
            ToolName::Eraser | ToolName::Cutter => {
                Self::Eraser(eraser::Eraser::new(name == ToolName::Cutter))
            }
            ToolName::Lasso => Self::Lasso(lasso::Lasso::default()),
            ToolName::Laser => Self::Laser(laser::Laser::default()),
            ToolName::Bucket | ToolName::Eyedropper => Self::Dropper(dropper::Dropper::new(name)),
            ToolName::Text => Self::Text(text::Text::default()),
            ToolName::Rectangle
            | ToolName::Ellipse
            | ToolName::Shape
            | ToolName::Note
            | ToolName::Frame => Self::Shape(shape::Shape::new(name)),
            ToolName::Line | ToolName::Arrow => Self::Path(path::Path::new(name)),
        }
    }

    pub(crate) fn name(&self) -> ToolName {
        match self {
            Self::Select(_) => ToolName::Select,
            Self::Hand(_) => ToolName::Hand,
            Self::Pen(pen) if pen.highlights() => ToolName::Highlighter,
            Self::Pen(_) => ToolName::Pen,
            Self::Eraser(tool) => tool.name(),
            Self::Lasso(_) => ToolName::Lasso,
            Self::Laser(_) => ToolName::Laser,
            Self::Dropper(tool) => tool.name(),
            Self::Shape(shape) => shape.name(),
            Self::Path(path) => path.name(),
            Self::Text(_) => ToolName::Text,
        }
    }

    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        match self {
            Self::Select(tool) => tool.input(event, view),
            Self::Hand(tool) => tool.input(event),
            Self::Pen(tool) => tool.input(event, view),
            Self::Eraser(tool) => tool.input(event, view),
            Self::Lasso(tool) => tool.input(event, view),
            Self::Laser(tool) => tool.input(event, view),
            Self::Dropper(tool) => tool.input(event, view),
            Self::Shape(tool) => tool.input(event, view),
            Self::Path(tool) => tool.input(event, view),
            Self::Text(tool) => tool.input(event, view),
        }
    }

    /// Makes what it makes about a point of the board, without a pointer. Only tools that hand back do.
    pub(crate) fn place(&self, at: Point, view: &View<'_>) -> Vec<Edit> {
        match self {
            Self::Shape(tool) => tool.place(at, Modifiers::default(), view),
            Self::Path(tool) => tool.place(at, view),
            Self::Text(_) => vec![Edit::Tool(ToolName::Select), Edit::TypeAt(at)],
            Self::Select(_)
            | Self::Hand(_)
            | Self::Lasso(_)
            | Self::Laser(_)
            | Self::Dropper(_)
            | Self::Pen(_)
            | Self::Eraser(_) => Vec::new(),
        }
    }

    /// Ends the gesture as if the pointer had been released where it was last seen.
    pub(crate) fn finish(&mut self, last: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        // A text begins where somebody lets go, which nobody has done.
        if let Self::Text(tool) = self {
            return tool.cancel();
        }
        let release = PointerEvent {
            kind: PointerKind::Up,
            ..*last
        };
        self.input(&release, view)
    }

    /// Ends the gesture without effect.
    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        match self {
            Self::Select(tool) => tool.cancel(),
            Self::Hand(tool) => tool.cancel(),
            Self::Pen(tool) => tool.cancel(),
            Self::Eraser(tool) => tool.cancel(),
            Self::Lasso(tool) => tool.cancel(),
            Self::Laser(tool) => tool.cancel(),
            Self::Dropper(tool) => tool.cancel(),
            Self::Shape(tool) => tool.cancel(),
            Self::Path(tool) => tool.cancel(),
            Self::Text(tool) => tool.cancel(),
        }
    }

    /// Ends the press under way without effect; points that were placed before it stay.
    pub(crate) fn let_go(&mut self) -> Vec<Edit> {
        match self {
            Self::Path(tool) => tool.let_go(),
            other => other.cancel(),
        }
    }

    /// Whether there is something in the making that goes on without a press.
    pub(crate) fn is_under_way(&self) -> bool {
        matches!(self, Self::Path(tool) if tool.is_under_way())
    }

    /// Ends what goes on without a press, and keeps it.
    pub(crate) fn conclude(&mut self) -> Vec<Edit> {
        match self {
            Self::Path(tool) if tool.is_under_way() => tool.finish(),
            _ => Vec::new(),
        }
    }

    /// Takes back the latest part of it.
    pub(crate) fn step_back(&mut self) -> Vec<Edit> {
        match self {
            Self::Path(tool) => tool.step_back(),
            _ => Vec::new(),
        }
    }

    /// What passes under a pointer that rests is not meant: traces would only flicker.
    pub(crate) fn means_nothing(&mut self) {
        if let Self::Select(tool) = self {
            tool.over = None;
        }
    }

    /// Time passes without an event; see [`Self::due`].
    pub(crate) fn tick(&mut self, view: &View<'_>) -> Vec<Edit> {
        match self {
            Self::Pen(tool) => tool.tick(view),
            Self::Laser(tool) => {
                tool.trail.fade(view.now);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// When it is to be told the time, ms.
    pub(crate) fn due(&self) -> Option<f64> {
        match self {
            Self::Pen(tool) => tool.due(),
            _ => None,
        }
    }

    /// The trail of the laser, while that is in hand.
    pub(crate) fn trail(&self) -> Option<&Trail> {
        match self {
            Self::Laser(tool) => Some(&tool.trail),
            _ => None,
        }
    }

    /// Whether what is selected is of use to it.
    pub(crate) fn keeps_selection(&self) -> bool {
        match self {
            Self::Dropper(tool) => !tool.fills(),
            Self::Select(_) | Self::Lasso(_) | Self::Laser(_) => true,
            _ => false,
        }
    }

    /// Whether a gesture is under way.
    pub(crate) fn busy(&self) -> bool {
        match self {
            Self::Select(tool) => tool.busy(),
            Self::Hand(tool) => tool.busy(),
            Self::Pen(tool) => tool.busy(),
            Self::Eraser(tool) => tool.busy(),
            Self::Lasso(tool) => tool.busy(),
            Self::Laser(tool) => tool.busy(),
            Self::Dropper(tool) => tool.busy(),
            Self::Shape(tool) => tool.busy(),
            Self::Path(tool) => tool.busy(),
            Self::Text(tool) => tool.busy(),
        }
    }

    /// Whether Select is in hand again after what it makes, unless it is kept.
    pub(crate) fn hands_back(&self) -> bool {
        match self {
            Self::Shape(_) | Self::Path(_) | Self::Text(_) => true,
            Self::Select(_)
            | Self::Hand(_)
            | Self::Lasso(_)
            | Self::Laser(_)
            | Self::Dropper(_)
            | Self::Pen(_)
            | Self::Eraser(_) => false,
        }
    }

    /// Whether it marks the board as a pen does, so that a finger beside a pen should not.
    pub(crate) fn draws(&self) -> bool {
        match self {
            Self::Pen(_) | Self::Eraser(_) | Self::Shape(_) | Self::Path(_) => true,
            Self::Select(_)
            | Self::Hand(_)
            | Self::Lasso(_)
            | Self::Laser(_)
            | Self::Dropper(_)
            | Self::Text(_) => false,
        }
    }

    /// The style fields of what it makes.
    pub(crate) fn style_fields(&self) -> &'static [StyleField] {
        match self {
            Self::Dropper(tool) if tool.fills() => &[StyleField::Fill, StyleField::FillStyle],
            Self::Select(_)
            | Self::Hand(_)
            | Self::Eraser(_)
            | Self::Lasso(_)
            | Self::Laser(_)
            | Self::Dropper(_) => &[],
            Self::Pen(pen) if pen.highlights() => board::element::ink::HIGHLIGHTER_FIELDS,
            Self::Pen(_) => board::element::ink::STYLE_FIELDS,
            Self::Shape(shape) => shape.style_fields(),
            Self::Path(path) => path.style_fields(),
            Self::Text(_) => board::element::text::STYLE_FIELDS,
        }
    }

    /// The CSS cursor.
    pub(crate) fn cursor(&self) -> &'static str {
        match self {
            Self::Select(tool) => tool.cursor(),
            Self::Hand(tool) => tool.cursor(),
            // The eraser shows how far it reaches, the laser where it points.
            Self::Eraser(_) | Self::Laser(_) => "none",
            Self::Dropper(_) => dropper::CURSOR,
            Self::Pen(_) => pen::CURSOR,
            Self::Shape(_) | Self::Path(_) | Self::Lasso(_) => "crosshair",
            Self::Text(_) => "text",
        }
    }

    /// What the tool itself shows above the board, in screen space.
    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        match self {
            Self::Select(tool) => tool.paint(view, list),
            Self::Eraser(tool) => tool.paint(view, list),
            Self::Lasso(tool) => tool.paint(view, list),
            Self::Laser(tool) => tool.paint(view, list),
            Self::Path(tool) => tool.paint(view, list),
            Self::Shape(tool) => tool.paint(view, list),
            Self::Text(tool) => tool.paint(view, list),
            Self::Hand(_) | Self::Pen(_) | Self::Dropper(_) => {}
        }
    }
}
