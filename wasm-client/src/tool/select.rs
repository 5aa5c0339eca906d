//! The select tool: click, marquee, move, resize, turn.
//!
//! Owns its gesture and nothing of the board.

use board::display::{DisplayList, Op};
use board::element::{Element, Kind};
use board::id::ElementId;
use board::transform::Transform;
use kurbo::{Point, Rect};

use crate::badge;
use crate::boundary::Modifiers;
use crate::camera::ScreenPoint;
use crate::handles::{Frame, Handle, Sides, TURN_CURSOR};
use crate::pointer::{Device, PointerEvent, PointerKind};
use crate::snap::Snapper;
use crate::tool::bend::Bend;
use crate::tool::crop::Pull;
use crate::tool::grip::Grip;
use crate::tool::lasso::{Catch, caught};
use crate::tool::pulls::{drag, frame_of, pulled, resize};
use crate::tool::{Edit, View};
use crate::trace::{LOOP_FILL, accent, trace};
use crate::vertices::Pointed;
use scene::Node;
use scene::holds_on;
use scene::{Selection, selection_of};

/// A pointer that moved less than this has clicked, screen pixels.
const SLOP_PX: f64 = 3.0;
/// The same for a finger.
const TOUCH_SLOP_PX: f64 = 8.0;
/// So near to a line one is on it, screen pixels.
const ON_PX: f64 = 2.0;
/// With Shift a turn snaps to multiples of this, radians.
const SNAP_ANGLE: f64 = std::f64::consts::PI / 12.0;

/// The gesture under way.
#[derive(Debug, Default)]
pub(crate) struct Select {
    state: State,
    /// What was selected when the pointer went down, for when the gesture comes to nothing.
    before: Selection,
    /// How often the pointer went down since the tool was taken.
    presses: u32,
    hover: &'static str,
    snapper: Snapper,
    /// What a click would take, for a pointer that hovers; or what it passes over, because it is locked.
    pub(super) over: Option<ElementId>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    /// Down on an element or inside the frame, not moved yet.
    Pressed {
        at: ScreenPoint,
        on: Option<ElementId>,
        was_selected: bool,
    },
    /// Pulling a box around what is to be selected, or over it with Alt; what was selected before stays
    /// when Shift is held.
    Marquee {
        from: Point,
        to: Point,
        base: Selection,
    },
    Moving {
        from: Point,
        /// Around all that is moved, where it was.
        frame: Rect,
    },
    Resizing {
        frame: Frame,
        x: i8,
        y: i8,
        from: Point,
    },
    Turning {
        about: Point,
        from: Point,
        angle: f64,
    },
    /// Dragging a point of a line, which has been there or is pulled out of a middle.
    Bending(Bend),
    /// Dragging a picture under its frame, or a label along its line.
    Gripping(Grip),
}

impl Select {
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        match event.kind {
            PointerKind::Down => self.down(event, view),
            PointerKind::Move => self.moved(event, view),
            PointerKind::Up => self.up(event, view),
            // The first click may have been another tool's, which made a shape and handed over.
            PointerKind::DoubleClick if self.presses < 2 => Vec::new(),
            PointerKind::DoubleClick => double_click(event, view),
            // How a gesture ends without a release is decided before any tool.
            PointerKind::Cancel
            | PointerKind::Lost
            | PointerKind::Leave
            | PointerKind::Wheel(_) => Vec::new(),
        }
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.snapper.end();
        match std::mem::take(&mut self.state) {
            State::Idle => Vec::new(),
            State::Pressed { .. } | State::Marquee { .. } => {
                vec![Edit::Select(std::mem::take(&mut self.before))]
            }
            _ => vec![Edit::DropDrag],
        }
    }

    pub(crate) fn busy(&self) -> bool {
        !matches!(self.state, State::Idle)
    }

    pub(crate) fn cursor(&self) -> &'static str {
        match self.state {
            State::Turning { .. } => TURN_CURSOR,
            State::Moving { .. } => "move",
            _ if self.hover.is_empty() => "default",
            _ => self.hover,
        }
    }

    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        // A pointer that has left means nothing any more.
        let hovers = view.pointer.is_some() && !self.busy();
        let over = self.over.as_ref().filter(|_| hovers);
        let over = over.filter(|id| !view.selection.contains(id));
        let locked = over.and_then(|id| view.scene.get(id));
        if let Some(node) = locked.filter(|node| view.scene.is_locked(node)) {
            paint_lock(list, &node.element().id, view);
        } else {
            let parts = over.into_iter().flat_map(|id| view.scene.parts(id));
            for node in parts.filter_map(|node| view.seen().get(&node.element().id)) {
                trace(list, node.element(), view.camera, accent(view.theme));
            }
        }
        self.snapper.guides.paint(list, view.camera, view.theme);
        if let State::Bending(bend) = &self.state {
            bend.paint(view, list);
        }
        if let State::Marquee { from, to, .. } = self.state {
            let (from, to) = (view.camera.screen(from).0, view.camera.screen(to).0);
            list.rect(view.camera.crisp(Rect::from_points(from, to)), 0.0);
            list.fill_color(LOOP_FILL);
            list.op(Op::Fill, &[]);
            list.stroke_color(accent(view.theme));
            list.op(Op::LineWidth, &[1.0]);
            list.op(Op::Stroke, &[]);
        }
    }

    // In one piece it can come late.
    #[inline(never)]
    fn down(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        self.presses = self.presses.saturating_add(1);
        self.over = None;
        self.before.clone_from(view.selection);
        let frame = Frame::of(view.selection, view.pointed, &view.seen());
        let handle = frame.as_ref().and_then(|frame| held(frame, event, view));
        if let (Some(frame), Some(handle)) = (&frame, handle) {
            self.state = grab(frame, handle, event.at, view);
            return Vec::new();
        }
        if let Some(grip) = Grip::of(event, view) {
            self.state = State::Gripping(grip);
            return Vec::new();
        }
        let hit = view.hit(event.at, event.device);
        let shift = event.modifiers.shift;
        match hit {
            Some(node) => {
                let (deep, id) = meant(node, event, view);
                let was_selected = view.selection.contains(&id);
                // The words alone, where a drag of all of it would let go.
                if !was_selected
                    && id == node.element().id
                    && holds_on(node.element())
                    && let Some(label) = Grip::label_of(node.element(), event, view)
                {
                    self.state = State::Gripping(label);
                    return vec![Edit::Select(selection_of([id]))];
                }
                self.state = State::Pressed {
                    at: event.at,
                    on: Some(id.clone()),
                    was_selected,
                };
                let mut edits = match (was_selected, shift) {
                    (true, _) => Vec::new(),
                    (false, true) => vec![Edit::Select(with(view.selection, &id))],
                    (false, false) => vec![Edit::Select(selection_of([id]))],
                };
                edits.extend(deep.map(Edit::Enter));
                edits
            }
            None if !shift && frame.is_some_and(|frame| frame.contains(at, view.camera)) => {
                self.state = State::Pressed {
                    at: event.at,
                    on: None,
                    was_selected: true,
                };
                Vec::new()
            }
            None => {
                let base = if shift {
                    view.selection.clone()
                } else {
                    Selection::new()
                };
                self.state = State::Marquee {
                    from: at,
                    to: at,
                    base: base.clone(),
                };
                vec![Edit::Select(base)]
            }
        }
    }

    fn moved(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        if self.busy() {
            return self.dragged(event, view);
        }
        (self.hover, self.over) = hover(event, view);
        Vec::new()
    }

    // In one piece it can come late.
    #[inline(never)]
    fn dragged(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        let modifiers = event.modifiers;
        match &mut self.state {
            State::Idle => Vec::new(),
            State::Pressed { at: pressed, .. } => {
                if (event.at.0 - pressed.0).hypot() < slop(event.device) {
                    return Vec::new();
                }
                let from = view.camera.board(*pressed);
                let frame = frame_of(view);
                self.state = State::Moving { from, frame };
                let mut edits = Vec::new();
                if modifiers.alt {
                    edits.push(Edit::DragCopies);
                }
                edits.push(drag(&mut self.snapper, frame, at - from, modifiers, view));
                if modifiers.alt {
                    // What stays behind is something to snap to.
                    self.snapper.end();
                }
                edits
            }
            State::Moving { from, frame } => {
                let by = at - *from;
                vec![drag(&mut self.snapper, *frame, by, modifiers, view)]
            }
            State::Marquee { from, to, base } => {
                *to = at;
                let area = Rect::from_points(*from, at);
                vec![boxed(base, area, modifiers, view)]
            }
            State::Resizing { frame, x, y, from } => {
                let way = (*x, *y);
                let by = pulled(&mut self.snapper, frame, way, at - *from, modifiers, view);
                let resized = resize(frame, way, by, modifiers).map(Edit::Drag);
                resized.into_iter().collect()
            }
            State::Turning { about, from, angle } => {
                let way = |to: Point| (to - *about).atan2();
                let mut by = way(at) - way(*from);
                if modifiers.shift {
                    by = ((*angle + by) / SNAP_ANGLE).round() * SNAP_ANGLE - *angle;
                }
                vec![Edit::Drag(Transform::Rotate { about: *about, by })]
            }
            State::Gripping(grip) => reshape(grip.moved(&mut self.snapper, event, view)),
            State::Bending(bend) => reshape(bend.moved(&mut self.snapper, event, view)),
        }
    }

    // In one piece it can come late.
    #[inline(never)]
    fn up(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let mut edits = match self.state {
            State::Idle | State::Pressed { .. } | State::Marquee { .. } => Vec::new(),
            _ => self.moved(event, view),
        };
        self.snapper.end();
        if let State::Gripping(grip) = &self.state {
            edits.push(grip.outcome(event, view));
            self.state = State::Idle;
            return edits;
        }
        match std::mem::take(&mut self.state) {
            State::Idle | State::Marquee { .. } => {}
            State::Pressed {
                on,
                was_selected: true,
                ..
            } => {
                let selection = match (on, event.modifiers.shift) {
                    (Some(id), true) => without(view.selection, &id),
                    (Some(id), false) => selection_of([id]),
                    (None, _) => Selection::new(),
                };
                edits.push(Edit::Select(selection));
            }
            State::Pressed { .. } => {}
            State::Bending(bend) => edits.extend(bend.ended(event)),
            _ => edits.push(Edit::CommitDrag),
        }
        edits
    }
}

pub(super) fn reshape(bent: Option<Element>) -> Vec<Edit> {
    let bent = bent.map(|bent| Edit::Reshape(Box::new(bent)));
    bent.into_iter().collect()
}

pub(super) fn slop(device: Device) -> f64 {
    if device == Device::Touch {
        TOUCH_SLOP_PX
    } else {
        SLOP_PX
    }
}

/// The handle that a press takes hold of. Where something else runs along a side or across it, or lies
/// above it, that is meant: an arrow that ends there, a small thing on the edge of a large one.
fn held(frame: &Frame, event: &PointerEvent, view: &View<'_>) -> Option<Handle> {
    let handle = frame.handle_at(view.camera, event.at, event.device)?;
    let free = !frame.is_side(handle) || !crossed(view.camera.board(event.at), view);
    free.then_some(handle)
}

// In one piece it can come late.
#[inline(never)]
fn crossed(at: Point, view: &View<'_>) -> bool {
    let near = ON_PX / view.camera.zoom();
    let selected = |node: &Node| {
        let mut above = node.ancestors().chain([&node.element().id]);
        above.any(|id| view.selection.contains(id))
    };
    let below = |node: &Node| {
        let mut selected = view.selection.iter().filter_map(|id| view.scene.get(id));
        selected.any(|one| one.paint_order(node).is_gt())
    };
    let mut hits = view.seen().hits(at, near);
    hits.any(|node| {
        let element = node.element();
        let on_line = || element.depth(at).0 <= near + element.style.width / 2.0;
        !selected(node) && !view.scene.is_locked(node) && (!below(node) || on_line())
    })
}

fn grab(frame: &Frame, handle: Handle, pressed: ScreenPoint, view: &View<'_>) -> State {
    let at = view.camera.board(pressed);
    match (handle, frame) {
        (
            Handle::Resize { x, y },
            Frame::Box {
                sides: Sides::Crop, ..
            },
        ) => Pull::new((x, y), pressed, view)
            .map_or(State::Idle, |pull| State::Gripping(Grip::Picture(pull))),
        (Handle::Resize { x, y }, _) => State::Resizing {
            frame: frame.clone(),
            x,
            y,
            from: at,
        },
        (Handle::Turn, Frame::Box { geometry, .. }) => State::Turning {
            about: geometry.center(),
            from: at,
            angle: geometry.angle,
        },
        (Handle::Point(point), _) => bending(Bend::of(point, pressed, view)),
        (Handle::Middle(before), _) => bending(Bend::of_middle(before, pressed, view)),
        (Handle::Leg, _) | (Handle::Turn, Frame::Points { .. }) => State::Idle,
    }
}

fn bending(bend: Option<Bend>) -> State {
    bend.map_or(State::Idle, State::Bending)
}

fn double_click(event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
    let at = view.camera.board(event.at);
    let frame = Frame::of(view.selection, view.pointed, &view.seen());
    if frame.is_some_and(|frame| frame.wraps_at(view.camera, event)) {
        return vec![Edit::Unwrap];
    }
    let Some(node) = view.hit(event.at, event.device) else {
        return match below(at, event, view) {
            Below::Shape(shape) => vec![Edit::TypeIn(shape, at)],
            Below::Locked => Vec::new(),
            Below::Nothing => vec![Edit::TypeAt(at)],
        };
    };
    let target = view.target(node);
    if view.scene.is_group(&target) {
        let inside = view.scene.target(node, Some(&target)).clone();
        return vec![Edit::Select(selection_of([inside])), Edit::Enter(target)];
    }
    if opens(node.element(), event.modifiers) {
        let picked = None;
        let element = target.clone();
        vec![
            Edit::Select(selection_of([target])),
            Edit::Point(Pointed { element, picked }),
        ]
    } else if node.element().text().is_some() || node.element().can_have_label() {
        vec![Edit::TypeIn(target, at)]
    } else {
        vec![Edit::TypeAt(at)]
    }
}

/// What a double click means where nothing can be taken hold of.
enum Below {
    /// The closed shape that it is inside of: the middle of one without a fill is a place to write in.
    Shape(ElementId),
    /// Words that are locked.
    Locked,
    Nothing,
}

/// The topmost that there is. Words above locked ones would only hide them.
#[inline(never)]
fn below(at: Point, event: &PointerEvent, view: &View<'_>) -> Below {
    let near = view.tolerance(event.device);
    let nodes = view
        .scene
        .in_rect(Rect::from_center_size(at, (2.0 * near, 2.0 * near)));
    for node in nodes.into_iter().rev().filter(|node| node.is_seen()) {
        let element = node.element();
        if view.scene.is_locked(node) {
            if element.text().is_some() && (node.hit(at, near) || node.encloses(at)) {
                return Below::Locked;
            }
        } else if element.is_around(at) {
            let shape = view.target(node);
            return if shape == element.id {
                Below::Shape(shape)
            } else {
                Below::Nothing
            };
        }
    }
    Below::Nothing
}

/// What a press on an element takes hold of, and the group that is entered by it: with Ctrl it means
/// the element itself, however deep it is.
fn meant(node: &Node, event: &PointerEvent, view: &View<'_>) -> (Option<ElementId>, ElementId) {
    let group = node.parent().filter(|id| view.scene.is_group(id));
    match group {
        Some(group) if event.modifiers.command => (Some(group.clone()), node.element().id.clone()),
        _ => (None, view.target(node)),
    }
}

/// Whether a double click on an element is about its points or its crop; without Ctrl an arrow's is about
/// its words.
fn opens(element: &Element, modifiers: Modifiers) -> bool {
    let at_once = matches!(element.kind, Kind::Line(_) | Kind::Image(_));
    (at_once || element.kind.has_vertices()) && at_once != modifiers.command
}

/// The lock of an element, or of the group that is locked, at its corner.
pub(crate) fn paint_lock(list: &mut DisplayList, of: &ElementId, view: &View<'_>) {
    if let Some(area) = view.scene.box_of(of) {
        let area = view.camera.transform().transform_rect_bbox(area);
        badge::paint_lock(list, area, view.camera.open(), view.theme);
    }
}

/// The cursor over what is there, and the element that a click would take.
fn hover(event: &PointerEvent, view: &View<'_>) -> (&'static str, Option<ElementId>) {
    let at = view.camera.board(event.at);
    let frame = Frame::of(view.selection, view.pointed, &view.seen());
    if let Some(frame) = &frame {
        if let Some(handle) = held(frame, event, view) {
            return (frame.cursor(handle), None);
        }
        if let Some(grip) = Grip::of(event, view) {
            return (grip.cursor(), None);
        }
    }
    let hit = view.hit(event.at, event.device);
    // A finger does not hover.
    let over = hit.or_else(|| view.seen().hits(at, view.tolerance(event.device)).next());
    let over = over.filter(|_| event.device != Device::Touch);
    let over = over.map(|node| view.target(node));
    let inside = frame.is_some_and(|frame| frame.contains(at, view.camera));
    let cursor = if hit.is_some() || inside {
        "move"
    } else {
        "default"
    };
    (cursor, over)
}

/// The selection of what a box holds whole, or with Alt of what it touches.
fn boxed(base: &Selection, area: Rect, modifiers: Modifiers, view: &View<'_>) -> Edit {
    let catch = if modifiers.alt {
        Catch::Touched
    } else {
        Catch::Whole
    };
    let held = |node: &Node| match catch {
        Catch::Touched => node.touches(area),
        Catch::Whole => node.inside(area),
    };
    let nodes = view.scene.in_rect(area);
    Edit::Select(caught(base, nodes, catch, &held, view))
}

fn with(selection: &Selection, id: &ElementId) -> Selection {
    let mut selection = selection.clone();
    selection.insert(id.clone());
    selection
}

fn without(selection: &Selection, id: &ElementId) -> Selection {
    let mut selection = selection.clone();
    selection.remove(id);
    selection
}
