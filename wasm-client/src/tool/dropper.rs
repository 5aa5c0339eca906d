//! The eyedropper and the bucket: a press takes the colour of what is under it, or fills it.
//!
//! Owns what a press means; what is done with the colour is the editor's.

use board::element::{Element, Kind};
use board::style::{Color, StyleField};
use kurbo::Point;

use crate::boundary::{Notice, ToolName};
use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Edit, View};
use scene::Node;

/// Its middle is where the colour is taken.
pub(crate) const CURSOR: &str = "crosshair";

/// Either tool.
#[derive(Debug)]
pub(crate) struct Dropper {
    name: ToolName,
    down: bool,
}

impl Dropper {
    pub(crate) fn new(name: ToolName) -> Self {
        Self { name, down: false }
    }

    pub(crate) fn name(&self) -> ToolName {
        self.name
    }

    /// Whether it fills.
    pub(crate) fn fills(&self) -> bool {
        self.name == ToolName::Bucket
    }

    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        match event.kind {
            PointerKind::Down => self.down = true,
            PointerKind::Up if self.down => {
                self.down = false;
                let at = view.camera.board(event.at);
                let tolerance = view.tolerance(event.device);
                if self.fills() {
                    let node = fillable(at, tolerance, view);
                    let fill = node.map(|node| Edit::Fill(node.element().id.clone()));
                    return fill.into_iter().collect();
                }
                let Some(node) = view.seen().hit(at, tolerance) else {
                    return vec![Edit::Tool(ToolName::Select)];
                };
                return match color_at(at, tolerance, node.element()) {
                    Some((field, color)) => {
                        vec![Edit::TakeColor(field, color), Edit::Tool(ToolName::Select)]
                    }
                    // What was meant may be beside it.
                    None => vec![Edit::Notice(Notice::Colorless)],
                };
            }
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
}

/// The topmost thing with an inside at a point, filled or not.
fn fillable<'a>(at: Point, tolerance: f64, view: &View<'a>) -> Option<&'a Node> {
    let around = kurbo::Rect::from_center_size(at, (2.0 * tolerance, 2.0 * tolerance));
    let mut nodes = view.scene.in_rect(around).into_iter().rev();
    nodes.find(|node| {
        let element = node.element();
        let mut style = element.style.clone();
        element.kind.spell_out(&mut style);
        let can = element.kind.style_fields().contains(&StyleField::Fill)
            && Kind::shows(&style, StyleField::Fill);
        let mut filled: Element = element.clone();
        filled.style.fill = Color::INK;
        let free = node.shows(at) && !view.scene.is_locked(node);
        can && free && filled.hit(at, tolerance)
    })
}

/// The colour of an element at a point, and what it is of: what lies inside an outline is its fill. None of
/// what has neither.
fn color_at(at: Point, tolerance: f64, element: &Element) -> Option<(StyleField, Color)> {
    let mut style = element.style.clone();
    element.kind.spell_out(&mut style);
    let fill = style.fill;
    let mut bare = element.clone();
    bare.style.fill = Color::NONE;
    // A note has nothing but an inside.
    let outlined = element.kind.style_fields().contains(&StyleField::Stroke);
    let filled = element.kind.style_fields().contains(&StyleField::Fill) && !fill.is_none();
    let on_outline = outlined && bare.hit(at, tolerance);
    if filled && !on_outline {
        Some((StyleField::Fill, fill))
    } else {
        outlined.then_some((StyleField::Stroke, element.style.stroke))
    }
}
