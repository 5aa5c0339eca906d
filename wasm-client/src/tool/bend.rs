//! The drag of one point of a line or arrow, a gesture of the select tool.
//!
//! Owns where the point goes and what its end would hold on to; knows nothing of other gestures.

use board::display::DisplayList;
use board::element::{Element, Kind};
use board::fields::Value;
use board::id::ElementId;
use board::links::LinkField;
use kurbo::Point;

use crate::binding::{self, Loose};
use crate::camera::ScreenPoint;
use crate::pointer::PointerEvent;
use crate::snap::{Both, Snapper};
use crate::tool::path::snap_angle;
use crate::tool::select::{reshape, slop};
use crate::tool::{Edit, View};
use crate::vertices::{self, Pointed};

/// A point under the pointer, which has been there or is pulled out of a middle.
#[derive(Debug)]
pub(super) struct Bend {
    element: Box<Element>,
    point: usize,
    pressed: ScreenPoint,
    new: bool,
    moved: bool,
    /// What it would hold on to as it is now.
    held: Option<ElementId>,
}

impl Bend {
    /// Takes hold of a point of the one line that is selected.
    pub(super) fn of(point: usize, pressed: ScreenPoint, view: &View<'_>) -> Option<Self> {
        let element = selected(view)?.clone();
        Some(Self::new(element, point, pressed, false))
    }

    /// Pulls a new point out of what follows one of its points.
    pub(super) fn of_middle(before: usize, pressed: ScreenPoint, view: &View<'_>) -> Option<Self> {
        let place = view.camera.board(pressed);
        let element = vertices::with(selected(view)?, before, place)?;
        Some(Self::new(element, before + 1, pressed, true))
    }

    fn new(element: Element, point: usize, pressed: ScreenPoint, new: bool) -> Self {
        Self {
            element: Box::new(element),
            point,
            pressed,
            new,
            moved: false,
            held: None,
        }
    }

    /// The line as it is now; none before the pointer has gone far enough.
    pub(super) fn moved(
        &mut self,
        snapper: &mut Snapper,
        event: &PointerEvent,
        view: &View<'_>,
    ) -> Option<Element> {
        self.moved |= (event.at.0 - self.pressed.0).hypot() >= slop(event.device);
        if !self.moved {
            return None;
        }
        let bent = bend(snapper, &self.element, self.point, event, view);
        self.held = bent.as_ref().and_then(|bent| held_by(bent, self.point));
        bent
    }

    /// Traces what the point would hold on to.
    pub(super) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        if self.moved {
            binding::trace(list, view, self.held.as_ref());
        }
    }

    /// Ends the drag, or does what a press on a point means.
    pub(super) fn ended(self, event: &PointerEvent) -> Vec<Edit> {
        let pick = |picked| {
            Edit::Point(Pointed {
                element: self.element.id.clone(),
                picked,
            })
        };
        match (self.moved, self.new) {
            (true, _) => vec![Edit::CommitDrag, pick(Some(self.point))],
            (false, false) if event.modifiers.alt => {
                let mut edits = reshape(vertices::without(&self.element, self.point));
                edits.extend([Edit::CommitDrag, pick(None)]);
                edits
            }
            (false, false) => vec![pick(Some(self.point))],
            (false, true) => vec![Edit::DropDrag],
        }
    }
}

/// The first of what is selected.
fn selected<'a>(view: &View<'a>) -> Option<&'a Element> {
    let node = view.scene.get(view.selection.iter().next()?)?;
    Some(node.element())
}

/// A line with one of its points under the pointer, or where that snaps to.
fn bend(
    snapper: &mut Snapper,
    element: &Element,
    point: usize,
    event: &PointerEvent,
    view: &View<'_>,
) -> Option<Element> {
    let at = view.camera.board(event.at);
    let to = match vertices::neighbour(element, point) {
        Some(fixed) if event.modifiers.shift => fixed + snap_angle(at - fixed),
        _ => {
            let mut around = view.around(event.modifiers);
            // Arrows mean elements, not their edges.
            around.wanted.objects &= matches!(element.kind, Kind::Line(_));
            snapper.point(at, Both::new(true, true), &around)
        }
    };
    let bent = vertices::moved(element, point, to, view.tolerance(event.device))?;
    Some(rebound(bent, point, to, event, view))
}

/// The same with its moved end holding on to what that is on, if it is an arrow's; else to nothing.
fn rebound(
    mut bent: Element,
    point: usize,
    to: Point,
    event: &PointerEvent,
    view: &View<'_>,
) -> Element {
    let last = bent.vertices().len().saturating_sub(1);
    let links = &bent.links;
    let (field, other) = match point {
        0 => (LinkField::Start, &links.end),
        end if end == last => (LinkField::End, &links.start),
        _ => return bent,
    };
    let other = other.as_ref().map(|other| other.target.clone());
    let end = Loose {
        line: Some(&bent.id),
        other: other.as_ref(),
        way: bent.style.details.route,
    };
    let arrow = matches!(bent.kind, Kind::Arrow(_));
    let binding = arrow.then(|| binding::at(view, to, event, &end)).flatten();
    let value = binding.map_or(Value::Null, |binding| binding.write());
    bent.links.set(field, &value);
    bent
}

/// What the end of that number holds on to.
fn held_by(element: &Element, point: usize) -> Option<ElementId> {
    let last = element.vertices().len().saturating_sub(1);
    let end = match point {
        0 => element.links.start.as_ref(),
        end if end == last => element.links.end.as_ref(),
        _ => None,
    };
    end.map(|end| end.target.clone())
}
