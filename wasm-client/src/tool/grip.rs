//! What one takes hold of in a selected element besides its handles: the picture whose crop is shown, and
//! the label of a line or arrow, which goes along it.
//!
//! Owns which of them a press is on, and the drag of a label. Gestures of the select tool.

use board::element::Element;
use board::fields::Value;
use board::style::StyleField;
use kurbo::{Point, Vec2};

use crate::boundary::Modifiers;
use crate::pointer::PointerEvent;
use crate::tool::crop::Pull;
use crate::tool::select::slop;
use crate::tool::{Edit, View};

/// So near to the middle of its line a label is in the middle, screen pixels.
const MIDDLE_PX: f64 = 6.0;

/// What is taken hold of.
#[derive(Debug)]
pub(super) enum Grip {
    Picture(Pull),
    Label(Slide),
}

/// A press on the label of a line or arrow.
#[derive(Debug)]
pub(super) struct Slide {
    element: Box<Element>,
    pressed: Point,
    /// From the press to the place of the label, board units.
    off: Vec2,
    moved: bool,
}

impl Grip {
    /// What a pointer is on.
    pub(super) fn of(event: &PointerEvent, view: &View<'_>) -> Option<Self> {
        let mut selected = view.selection.iter();
        let (Some(id), None) = (selected.next(), selected.next()) else {
            return None;
        };
        let element = view.scene.get(id)?.element();
        let labelled = element.kind.has_vertices() && element.is_labelled();
        (labelled || view.pointed.is_some()).then(|| Self::on(element, event, view))?
    }

    // In one piece it can come late.
    #[inline(never)]
    fn on(element: &Element, event: &PointerEvent, view: &View<'_>) -> Option<Self> {
        let picture = Pull::of_picture(event.at, view).map(Self::Picture);
        picture.or_else(|| Slide::of(element, event, view).map(Self::Label))
    }

    /// The element as it is now.
    #[inline(never)]
    pub(super) fn moved(&mut self, event: &PointerEvent, view: &View<'_>) -> Option<Element> {
        match self {
            Self::Picture(pull) => pull.moved(event, view),
            Self::Label(slide) => slide.moved(event, view),
        }
    }

    /// What comes of it at the release.
    #[inline(never)]
    pub(super) fn outcome(&self, event: &PointerEvent, view: &View<'_>) -> Edit {
        match self {
            Self::Picture(pull) => pull.outcome(event, view),
            Self::Label(Slide { moved: true, .. }) => Edit::CommitDrag,
            Self::Label(_) => Edit::DropDrag,
        }
    }
}

impl Slide {
    fn of(element: &Element, event: &PointerEvent, view: &View<'_>) -> Option<Self> {
        let at = view.camera.board(event.at);
        let node = view.scene.get(&element.id)?;
        let words = element.label_on_line()?;
        // With a key held a press is about the line.
        let plain = event.modifiers == Modifiers::default();
        let on = words.contains(element.placement().inverse() * at);
        let free = plain && on && !view.scene.is_locked(node);
        free.then(|| Self {
            off: element.place_of_label() - at,
            element: Box::new(element.clone()),
            pressed: event.at.0,
            moved: false,
        })
    }

    fn moved(&mut self, event: &PointerEvent, view: &View<'_>) -> Option<Element> {
        self.moved |= (event.at.0 - self.pressed).hypot() >= slop(event.device);
        if !self.moved {
            return None;
        }
        let at = view.camera.board(event.at) + self.off;
        let (share, length) = self.element.nearest_share(at);
        let near = (share - 0.5).abs() * length * view.camera.zoom() < MIDDLE_PX;
        let share = if near { 0.5 } else { f64::from(share as f32) };
        let mut moved = Element::clone(&self.element);
        moved.style.set(StyleField::LabelAt, &Value::Number(share));
        Some(moved)
    }
}
