//! What one takes hold of in a selected element besides its handles: the picture whose crop is shown, and
//! the label of a line or arrow, which goes along it, and a leg of an elbow.
//!
//! Owns which of them a press is on, and the drag of a label. Gestures of the select tool.

use board::element::Element;
use board::fields::Value;
use board::style::StyleField;
use kurbo::{Point, Vec2};

use crate::boundary::Modifiers;
use crate::pointer::PointerEvent;
use crate::snap::Snapper;
use crate::tool::crop::Pull;
use crate::tool::leg::Leg;
use crate::tool::select::slop;
use crate::tool::{Edit, View};

/// So near to the middle of its line a label is in the middle, screen pixels.
const MIDDLE_PX: f64 = 6.0;

/// What is taken hold of.
#[derive(Debug)]
pub(super) enum Grip {
    Picture(Pull),
    Label(Slide),
    Leg(Leg),
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
        let seen = view.seen();
        let element = seen.get(id)?.element();
        let labelled = element.kind.has_vertices() && element.is_labelled();
        (labelled || element.is_elbow() || view.pointed.is_some())
            .then(|| Self::on(element, event, view))?
    }

    // In one piece it can come late.
    #[inline(never)]
    fn on(element: &Element, event: &PointerEvent, view: &View<'_>) -> Option<Self> {
        let picture = Pull::of_picture(event.at, view).map(Self::Picture);
        picture
            .or_else(|| Self::label_of(element, event, view))
            .or_else(|| Leg::of(element, event, view).map(Self::Leg))
    }

    /// The label of a line or arrow that a press is on.
    #[inline(never)]
    pub(super) fn label_of(
        element: &Element,
        event: &PointerEvent,
        view: &View<'_>,
    ) -> Option<Self> {
        Slide::of(element, event, view).map(Self::Label)
    }

    /// The cursor over it.
    pub(super) fn cursor(&self) -> &'static str {
        match self {
            Self::Picture(_) | Self::Label(_) => "move",
            Self::Leg(leg) => leg.cursor(),
        }
    }

    /// The element as it is now.
    #[inline(never)]
    pub(super) fn moved(
        &mut self,
        snapper: &mut Snapper,
        event: &PointerEvent,
        view: &View<'_>,
    ) -> Option<Element> {
        match self {
            Self::Picture(pull) => pull.moved(snapper, event, view),
            Self::Label(slide) => slide.moved(event, view),
            Self::Leg(leg) => leg.moved(event, view),
        }
    }

    /// What comes of it at the release.
    #[inline(never)]
    pub(super) fn outcome(&self, event: &PointerEvent, view: &View<'_>) -> Edit {
        match self {
            Self::Picture(pull) => pull.outcome(event, view),
            Self::Label(Slide { moved: true, .. }) | Self::Leg(Leg { moved: true, .. }) => {
                Edit::CommitDrag
            }
            Self::Label(_) | Self::Leg(_) => Edit::DropDrag,
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
        // A press that just misses the words would move the line away.
        let around = view.tolerance(event.device);
        let words = words.inflate(around, around);
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
