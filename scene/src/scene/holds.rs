//! Lines and arrows that hold on to other elements, derived from wherever those are shown.
//!
//! Owns the index from elements to those that hold on to them. Where an end is, `board::bound` says.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use board::bound::{self, Hold, MAX_CHAIN, Outline};
use board::element::{Element, Kind};
use board::id::ElementId;
use board::links::{Binding, Held, Links};
use board::style::Route;
use board::transform::Transform;
use elbow::{Stop, obstacles_between};
use kurbo::Rect;

use super::Scene;
use super::node::Node;
use crate::selection::{Selection, selection_of};

/// How far beyond its ends an elbow looks for what it goes around, board units.
const REACH: f64 = 100.0;

/// From elements to the lines and arrows that say they hold on to them.
#[derive(Debug, Default)]
pub(super) struct Holds {
    by: HashMap<ElementId, BTreeSet<ElementId>>,
    /// What goes by right angles, around what lies in between.
    elbows: BTreeSet<ElementId>,
}

impl Holds {
    pub(super) fn add(&mut self, node: &Node) {
        for target in targets(node.stored()) {
            let by = self.by.entry(target.clone()).or_default();
            by.insert(node.stored().id.clone());
        }
        if is_elbow(node.stored()) {
            self.elbows.insert(node.stored().id.clone());
        }
    }

    /// All that hold on to anything.
    pub(super) fn all(&self) -> Vec<ElementId> {
        let holding = self.by.values().flatten();
        holding.chain(&self.elbows).cloned().collect()
    }

    pub(super) fn remove(&mut self, node: &Node) {
        self.elbows.remove(&node.stored().id);
        for target in targets(node.stored()) {
            if let Some(by) = self.by.get_mut(target) {
                by.remove(&node.stored().id);
                if by.is_empty() {
                    self.by.remove(target);
                }
            }
        }
    }
}

fn bindings(element: &Element) -> [Option<&Binding>; 2] {
    let holds = element.kind.has_vertices();
    let links = &element.links;
    [links.start.as_ref(), links.end.as_ref()].map(|end| end.filter(|_| holds))
}

/// Whether an element goes by right angles.
fn is_elbow(element: &Element) -> bool {
    let details = &element.style.details;
    element.kind.has_vertices() && details.route == Route::Elbow && !details.closed
}

/// Whether where an element is depends on others: it holds on to them, or goes around them.
pub fn depends(element: &Element) -> bool {
    holds_on(element) || is_elbow(element)
}

/// Whether an element says that it holds on to anything.
pub fn holds_on(element: &Element) -> bool {
    element.links.start.is_some() || element.links.end.is_some()
}

fn targets(element: &Element) -> impl Iterator<Item = &ElementId> {
    let ends = bindings(element).into_iter().flatten();
    ends.map(|binding| &binding.target)
}

/// An element as it is shown, by its name; what is stored of it is where it is before what it holds on to
/// is followed.
pub type Shown<'a> = &'a dyn Fn(&ElementId) -> Option<&'a Node>;

impl Scene {
    /// All that holds on to any of these, or to what does.
    pub fn holders<'a>(&self, of: impl IntoIterator<Item = &'a ElementId>) -> BTreeSet<ElementId> {
        let mut found = BTreeSet::new();
        let mut due: Vec<ElementId> = of.into_iter().cloned().collect();
        while let Some(id) = due.pop() {
            for holder in self.holds.by.get(&id).into_iter().flatten() {
                if found.insert(holder.clone()) {
                    due.push(holder.clone());
                }
            }
        }
        found
    }

    /// The elbows that join two elements, with how each holds on to the first and to the other.
    pub fn joined(&self, one: &ElementId, other: &ElementId) -> Vec<(&ElementId, [&Binding; 2])> {
        let holders = self.holds.by.get(one).into_iter().flatten();
        let elbows = holders.filter(|id| self.holds.elbows.contains(*id));
        let ends = elbows.filter_map(|id| match bindings(self.nodes.get(id)?.stored()) {
            [Some(a), Some(b)] if a.target == *one && b.target == *other => Some((id, [a, b])),
            [Some(a), Some(b)] if a.target == *other && b.target == *one => Some((id, [b, a])),
            _ => None,
        });
        ends.collect()
    }

    /// An element as it is because of what it holds on to; `None` when that changes nothing.
    pub fn held(&self, element: &Element, shown: Shown<'_>) -> Option<Element> {
        held(self, element, shown, MAX_CHAIN)
    }

    /// The same among all that is there.
    pub fn held_here(&self, element: &Element) -> Option<Element> {
        self.held(element, &|id| self.nodes.get(id))
    }

    /// What goes by right angles near any of these, and might go another way now.
    pub(super) fn elbows_near(&self, changed: &[Rect]) -> Vec<ElementId> {
        let near = |id: &&ElementId| {
            let Some(node) = self.get(id) else {
                return false;
            };
            let boxes = targets(node.stored()).filter_map(|id| self.box_of(id));
            let own = boxes.fold(node.bounds(), |all, own| all.union(own));
            let own = own.inflate(REACH, REACH);
            changed.iter().any(|rect| rect.overlaps(own))
        };
        self.holds.elbows.iter().filter(near).cloned().collect()
    }

    /// What an elbow goes around between two stops, where it rests.
    fn between(&self, but: &[&ElementId], from: &Stop, to: &Stop) -> Vec<Rect> {
        let boxes = [from, to].map(|stop| {
            let at = Rect::from_points(stop.at, stop.at);
            stop.body.map_or(at, |body| body.union(at))
        });
        let area = boxes[0].union(boxes[1]).inflate(REACH, REACH);
        let nodes = self.near(area).map(Node::element);
        let obstacles = nodes.filter(|element| {
            let solid = matches!(
                element.kind,
                Kind::Closed(_) | Kind::Note(_) | Kind::Text(_) | Kind::Image(_)
            );
            solid && !but.contains(&&element.id)
        });
        let mut boxes = obstacles.map(|e| (e.id.as_str(), e.frame().bounds()));
        obstacles_between(from, to, &mut boxes)
    }

    /// Takes up where what an element holds on to is now. Gives whether that changes anything.
    pub(super) fn hold_on(&mut self, id: &ElementId) -> bool {
        let Some(node) = self.nodes.get(id) else {
            return false;
        };
        let held = self.held_here(node.stored());
        self.nodes.get_mut(id).is_some_and(|node| node.hold(held))
    }

    /// These and all that goes with them, moved, resized or turned: a line lets go of what does not.
    pub fn moved(&self, of: &Selection, by: &Transform) -> Vec<Element> {
        let carried = self.carried(of, by);
        let mut ids = Selection::new();
        if carried.iter().any(|node| holds_on(node.element())) {
            ids = selection_of(carried.iter().map(|node| node.element().id.clone()));
        }
        let goes = |end: &Option<Binding>| {
            let end = end.as_ref().filter(|binding| ids.contains(&binding.target));
            end.cloned()
        };
        let moved = carried.iter().map(|node| {
            let mut moved = by.applied(node.element());
            if holds_on(&moved) {
                let links = &moved.links;
                let (start, end) = (goes(&links.start), goes(&links.end));
                moved.links = Links::of(Held {
                    start,
                    end,
                    ..Held::clone(links)
                });
            }
            moved
        });
        moved.collect()
    }
}

/// The same with so many levels of holds below it; a chain that is longer, or goes in a circle, holds
/// nothing.
fn held(scene: &Scene, element: &Element, shown: Shown<'_>, levels: usize) -> Option<Element> {
    let [start, end] = bindings(element).map(|binding| {
        let binding = binding?;
        let node = shown(&binding.target).filter(|node| bound::can_be_held(&node.stored().kind))?;
        let followed = match depends(node.stored()) {
            true if !ends(&binding.target, shown, levels) => return None,
            true => held(scene, node.stored(), shown, levels - 1),
            false if levels == 0 => return None,
            false => None,
        };
        let (target, outline) = match followed {
            Some(element) => {
                let outline = Rc::new(Outline::of(&element));
                (Cow::Owned(element), outline)
            }
            None => (Cow::Borrowed(node.stored()), node.outline()),
        };
        Some(Hold {
            target,
            outline,
            binding,
        })
    });
    let (start, end) = (start.as_ref(), end.as_ref());
    if !is_elbow(element) {
        return bound::bound(element, start, end);
    }
    let targets = [start, end].into_iter().flatten();
    let but: Vec<&ElementId> = targets.map(|hold| &hold.target.id).collect();
    let between = |from: &Stop, to: &Stop| scene.between(&but, from, to);
    bound::elbow(element, start, end, &between)
}

/// Whether all chains of holds from an element on end within so many levels.
fn ends(id: &ElementId, shown: Shown<'_>, levels: usize) -> bool {
    let Some(below) = levels.checked_sub(1) else {
        return false;
    };
    let element = shown(id).map(Node::stored);
    let mut targets = element.into_iter().flat_map(targets);
    targets.all(|target| ends(target, shown, below))
}
