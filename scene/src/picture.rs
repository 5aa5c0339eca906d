//! Pictures of a board as one display list: all of it, a frame, some elements, a region.
//!
//! Owns what is in a picture and how large it is. Looks as the page does at 100 %. Knows no canvas and
//! no file format.

use board::display::DisplayList;
use board::document::Document;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::ElementId;
use board::style::{Color, Theme, canvas};
use kurbo::{Affine, Rect, Size};

use crate::clipping::Clips;
use crate::daylight::{Daylight, is_picture};
use crate::frame_names::{self, View};
use crate::painting::place;
use crate::scene::{Node, Scene, sort_nodes};
use crate::selection::{Selection, selection_of};

/// Room around what is shown, board units; a frame and a region are shown to their edges.
const EDGE: f64 = 16.0;

/// What of a board a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// All that is on it.
    Whole,
    /// One frame with what is in it, as large as the frame.
    Frame(ElementId),
    /// These elements with what is in them, and nothing else.
    Chosen(Selection),
    /// All that is in a region of the board.
    Region(Rect),
}

/// How pictures of a board look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// Whether there is nothing behind the elements.
    pub transparent: bool,
    /// What frames are called that have no name.
    pub unnamed: String,
}

/// One picture, in board units from its top left.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// How large it is: whole numbers.
    pub size: Size,
    /// What is painted, bottom first.
    pub list: DisplayList,
    /// What is behind it.
    pub ground: Option<Color>,
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpainted {
    /// Nothing is there.
    Empty,
    /// It was told to stop.
    Stopped,
}

/// A board of which pictures are made.
#[derive(Debug)]
pub struct Pictures {
    scene: Scene,
    look: Look,
}

impl Pictures {
    /// Pictures of a document as it is now. O(n log n).
    pub fn of(document: &Document, look: Look) -> Self {
        Self {
            scene: Scene::rebuild(document),
            look,
        }
    }

    /// Has the next ones look otherwise.
    pub fn look(&mut self, look: Look) {
        self.look = look;
    }

    /// What is on it.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// All frames, bottom first.
    pub fn frames(&self) -> Vec<ElementId> {
        let frames = self.scene.frames().into_iter();
        frames.map(|node| node.element().id.clone()).collect()
    }

    /// A frame, by its id or, of those that are called so, the lowest.
    pub fn frame_called(&self, called: &str) -> Option<ElementId> {
        let frame = self.scene.frame_called(called)?;
        Some(frame.element().id.clone())
    }

    /// Paints a part of the board. Asks after each element whether to go on, with what is painted by then.
    pub fn paint(
        &self,
        part: &Part,
        go_on: &mut dyn FnMut(&DisplayList) -> bool,
    ) -> Result<Picture, Unpainted> {
        let mut nodes = self.shows(part);
        nodes.retain(|node| node.is_seen());
        let named = self.named(part, &nodes);
        let view = self.view(part, &nodes, &named).ok_or(Unpainted::Empty)?;
        let to_list = Affine::translate(-view.origin().to_vec2());
        let theme = self.look.theme;
        let dark = theme == Theme::Dark && nodes.iter().any(|node| is_picture(node));
        let daylight = dark.then(|| Daylight::of(nodes.iter().copied()));
        let mut list = DisplayList::new();
        let mut clips = Clips::default();
        let stands = |_: &ElementId, frame: &Geometry| *frame;
        for node in nodes {
            if !node.bounds().overlaps(view) {
                continue;
            }
            clips.enter(node, to_list, &stands, &mut list);
            let (element, daylight) = (node.element(), daylight.as_ref());
            let look = (theme, &element.paint(theme));
            place(daylight, element, look, to_list, &mut list);
            if !go_on(&list) {
                return Err(Unpainted::Stopped);
            }
        }
        clips.leave(&mut list);
        for frame in named {
            frame_names::paint(&mut list, frame, &self.look.unnamed, at(to_list), theme);
        }
        Ok(Picture {
            size: view.size(),
            list,
            ground: (!self.look.transparent).then(|| canvas(theme)),
        })
    }

    /// What a part has in it, groups too, bottom first.
    pub fn shows(&self, part: &Part) -> Vec<&Node> {
        let mut nodes = match part {
            Part::Whole => return self.scene.in_order(),
            Part::Frame(id) => self.scene.with_members(&selection_of([id.clone()])),
            Part::Chosen(ids) => self.scene.with_members(ids),
            Part::Region(region) => self.within(*region),
        };
        sort_nodes(&mut nodes);
        nodes
    }

    /// What meets a region, and the groups that these are in, which have no place of their own.
    fn within(&self, region: Rect) -> Vec<&Node> {
        let nodes = self.scene.in_rect(region);
        let above = nodes.iter().flat_map(|node| node.ancestors());
        let above: Selection = selection_of(above.cloned());
        let groups = above.iter().filter_map(|id| self.scene.get(id));
        let groups = groups.filter(|node| !node.is_seen());
        let groups: Vec<&Node> = groups.collect();
        [nodes, groups].concat()
    }

    /// The frames whose names are shown: a frame by itself is its own picture.
    fn named<'a>(&self, part: &Part, nodes: &[&'a Node]) -> Vec<&'a Element> {
        let elements = nodes.iter().map(|node| node.element());
        let shows = |element: &&Element| {
            let alone = matches!(part, Part::Frame(id) if *id == element.id);
            matches!(element.kind, Kind::Frame(_)) && !alone
        };
        elements.filter(shows).collect()
    }

    /// What of the board is seen: whole units, as the page's pixels are at 100 %.
    fn view(&self, part: &Part, nodes: &[&Node], named: &[&Element]) -> Option<Rect> {
        let view = match part {
            Part::Region(region) => *region,
            Part::Frame(id) => self.scene.get(id)?.element().frame().bounds(),
            Part::Whole | Part::Chosen(_) => {
                let unnamed = &self.look.unnamed;
                let names = named.iter();
                let names =
                    names.map(|frame| frame_names::bounds(frame, unnamed, at(Affine::IDENTITY)));
                let boxes = nodes.iter().map(|node| node.bounds()).chain(names);
                boxes
                    .reduce(|all, next| all.union(next))?
                    .inflate(EDGE, EDGE)
            }
        };
        (view.is_finite() && view.area() > 0.0).then(|| view.expand())
    }
}

/// The board at 100 %.
fn at(transform: Affine) -> View {
    View {
        transform,
        zoom: 1.0,
    }
}
