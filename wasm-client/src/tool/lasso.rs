//! The lasso: selects what is encircled, or with Alt what it touches; and what any loop catches.
//!
//! Owns its loop and the rule for groups. Changes nothing of the board.

use board::display::{DisplayList, Op};
use kurbo::{BezPath, ParamCurve as _, Point, Rect};

use crate::boundary::ToolName;
use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Edit, View};
use crate::trace::{LOOP_FILL, accent};
use scene::Node;
use scene::{Selection, selection_of};

/// A press that moved less clicks, screen pixels.
const CLICK_PX: f64 = 4.0;
/// Nearer points of the loop are one, screen pixels.
const APART_PX: f64 = 5.0;
/// Where each curve of an outline is looked at.
const PLACES: [f64; 4] = [0.0, 0.25, 0.5, 0.75];
/// Among more elements what is caught shows when the lasso is let go.
const MANY: usize = 1000;

/// How much of an element must be in a loop for it to be caught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Catch {
    /// All of it; of a group, all that it holds.
    Whole,
    /// Anything of it.
    Touched,
}

/// What is selected when a loop holds some nodes. O(nodes, and members of their groups).
pub(crate) fn caught(
    base: &Selection,
    nodes: Vec<&Node>,
    catch: Catch,
    held: &dyn Fn(&Node) -> bool,
    view: &View<'_>,
) -> Selection {
    let mut selection = base.clone();
    let mut passed = Selection::new();
    for node in nodes {
        if view.scene.is_locked(node) {
            continue;
        }
        let target = view.target(node);
        if selection.contains(&target) || passed.contains(&target) {
            continue;
        }
        let parts = || view.scene.parts(&target).into_iter();
        let is_caught = match catch {
            Catch::Touched => held(node),
            Catch::Whole if target == node.element().id => held(node),
            Catch::Whole => parts().all(held),
        };
        if is_caught {
            selection.insert(target);
        } else if catch == Catch::Whole {
            passed.insert(target);
        }
    }
    selection
}

/// The loop under way, in board space.
#[derive(Debug, Default)]
pub(crate) struct Lasso {
    points: Vec<Point>,
    /// What was selected before and stays.
    base: Selection,
    before: Selection,
}

impl Lasso {
    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        match event.kind {
            PointerKind::Down => {
                self.points = vec![at];
                self.before.clone_from(view.selection);
                self.base = selection_of(
                    view.selection
                        .iter()
                        .filter(|_| event.modifiers.shift)
                        .cloned(),
                );
                vec![Edit::Select(self.base.clone())]
            }
            PointerKind::Move if self.busy() => {
                let last = self.points.last().copied().unwrap_or(at);
                if (at - last).hypot() * view.camera.zoom() < APART_PX {
                    return Vec::new();
                }
                self.points.push(at);
                let nodes = view.scene.in_rect(self.bounds());
                if nodes.len() > MANY {
                    return Vec::new();
                }
                vec![self.select(nodes, event, view)]
            }
            PointerKind::Up if self.busy() => self.up(at, event, view),
            _ => Vec::new(),
        }
    }

    fn up(&mut self, at: Point, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        self.points.push(at);
        let bounds = self.bounds();
        let size = bounds.width().max(bounds.height()) * view.camera.zoom();
        let edit = if size < CLICK_PX {
            // A click selects as one does with Select.
            let hit = view.seen().hit(at, view.tolerance(event.device));
            let hit = hit.map(|node| view.target(node));
            Edit::Select(selection_of(self.base.iter().cloned().chain(hit)))
        } else {
            self.select(view.scene.in_rect(bounds), event, view)
        };
        self.points.clear();
        vec![edit, Edit::Tool(ToolName::Select)]
    }

    fn select(&self, nodes: Vec<&Node>, event: &PointerEvent, view: &View<'_>) -> Edit {
        let catch = if event.modifiers.alt {
            Catch::Touched
        } else {
            Catch::Whole
        };
        let bounds = self.bounds();
        let inside = |at: &Point| is_inside(*at, &self.points);
        let held = |node: &Node| {
            let outline = samples(node);
            match catch {
                Catch::Touched => outline.iter().any(inside),
                Catch::Whole if !node.is_seen() => true,
                Catch::Whole => bounds.contains_rect(node.bounds()) && outline.iter().all(inside),
            }
        };
        Edit::Select(caught(&self.base, nodes, catch, &held, view))
    }

    fn bounds(&self) -> Rect {
        let first = self.points.first().copied().unwrap_or_default();
        let none = Rect::from_points(first, first);
        self.points.iter().fold(none, |all, at| all.union_pt(*at))
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        if !self.busy() {
            return Vec::new();
        }
        self.points.clear();
        vec![Edit::Select(std::mem::take(&mut self.before))]
    }

    pub(crate) fn busy(&self) -> bool {
        !self.points.is_empty()
    }

    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        let mut points = self.points.iter().map(|at| view.camera.screen(*at).0);
        let Some(first) = points.next() else {
            return;
        };
        let mut path = BezPath::new();
        path.move_to(first);
        points.for_each(|at| path.line_to(at));
        path.close_path();
        list.path(&path);
        list.fill_color(LOOP_FILL);
        list.op(Op::Fill, &[]);
        list.stroke_color(accent(view.theme));
        list.op(Op::LineWidth, &[1.0]);
        list.op(Op::Dash, &[4.0, 3.0]);
        list.op(Op::Stroke, &[]);
        list.op(Op::Dash, &[0.0, 0.0]);
    }
}

/// Points on an element's outline where it is seen, in board space.
fn samples(node: &Node) -> Vec<Point> {
    let element = node.element();
    let outline = element.placement() * element.outline();
    let curves = outline.segments();
    let mut points: Vec<Point> = curves
        .flat_map(|curve| PLACES.map(|place| curve.eval(place)))
        .collect();
    if points.is_empty() {
        points.push(element.frame().center());
    }
    points.retain(|at| node.shows(*at));
    points
}

/// Whether a loop, which closes by itself, goes round a point: how often a ray crosses it is odd.
fn is_inside(at: Point, points: &[Point]) -> bool {
    let next = points.iter().cycle().skip(1);
    let crossed = points.iter().zip(next).filter(|(from, to)| {
        let spans = (from.y > at.y) != (to.y > at.y);
        spans && at.x < from.x + (at.y - from.y) / (to.y - from.y) * (to.x - from.x)
    });
    crossed.count() % 2 == 1
}
