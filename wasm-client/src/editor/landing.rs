//! Which frame what was moved is in then: where it fell, or none of those that it left.
//!
//! Owns what is written for that, so that a reader who sorts all elements by their own keys sees the
//! same stack. Knows no pointer.

use std::collections::{BTreeMap, HashMap};

use board::document::Write;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::links::LinkField;
use board::order::OrderKey;
use kurbo::Rect;

use super::Editor;
use super::holding::{Landing, stack};
use scene::{Node, Scene};
use scene::{Selection, selection_of};

impl Editor {
    /// What is written so that what was dragged is where it fell: in a frame, on top of what is there,
    /// or in none. Members of groups stay in their groups, and what does not reach into a frame falls
    /// past it.
    // In one piece it can come late.
    #[inline(never)]
    pub(super) fn fallen(&mut self, landing: &Landing, dragged: &[Element]) -> Vec<Write> {
        let after = After::of(&self.scene, dragged);
        let frame = landing.frame.as_ref();
        let frame = frame.and_then(|id| Some((id, self.scene.get(id)?.element().frame())));
        let mut homes = Homes::default();
        for id in self.free() {
            if landing.takes(&self.scene, &id) {
                let reaches = |own: Rect| frame.filter(|(_, frame)| frame.reaches(own));
                let into = after.box_of(&id).and_then(reaches);
                homes.insert(id, into.map(|(id, _)| id.clone()));
            } else if let Some(unit) = after.unit(&id)
                && let Some(home) = after.left(&unit)
            {
                homes.insert(unit, home);
            }
        }
        self.settle(homes)
    }

    /// What is written so that what was moved out of its frame altogether is in it no more.
    // In one piece it can come late.
    #[inline(never)]
    pub(super) fn leaving(&mut self, moved: &[Element]) -> Vec<Write> {
        let after = After::of(&self.scene, moved);
        let mut homes = Homes::default();
        // All of a group asks for one thing, which is measured once.
        let units = moved.iter().filter_map(|element| after.unit(&element.id));
        for unit in units.collect::<Selection>() {
            if let Some(home) = after.left(&unit) {
                homes.insert(unit, home);
            }
        }
        self.settle(homes)
    }

    /// Puts each into its new parent on top of what is there, or out of all, right above them.
    fn settle(&mut self, mut homes: Homes) -> Vec<Write> {
        self.follow_targets(&mut homes);
        let mut writes = Vec::new();
        let mut heaps: BTreeMap<ElementId, Selection> = BTreeMap::new();
        for (id, home) in homes {
            let value = home
                .as_ref()
                .map_or(Value::Null, |id| Value::text(id.as_str()));
            writes.push(Write::link(&id, LinkField::Parent, value));
            let node = self.scene.get(&id);
            let outermost = node.and_then(|node| node.ancestors().next().cloned());
            // What was in nothing and still is stays where it is.
            if let Some(below) = home.or(outermost) {
                heaps.entry(below).or_default().insert(id);
            }
        }
        for (below, ids) in heaps {
            writes.extend(self.heap_on(&below, &ids));
        }
        writes
    }

    /// Lets lines that join what gets other parents be where both ends of them are, so that no frame cuts
    /// them between two that are seen.
    fn follow_targets(&self, homes: &mut Homes) {
        let units = homes.keys().cloned();
        let inside = self.scene.with_members(&selection_of(units));
        let inside = selection_of(inside.iter().map(|node| node.element().id.clone()));
        for id in self.scene.holders(&inside) {
            let Some(node) = self.scene.get(&id) else {
                continue;
            };
            let in_group = node.parent().is_some_and(|id| self.scene.is_group(id));
            if !in_group && !inside.contains(&id) && !self.scene.is_locked(node) {
                let home = self.common_home(node, homes);
                if home.as_ref() != node.parent() {
                    homes.insert(id, home);
                }
            }
        }
    }

    /// The innermost frame that all are in to which a line holds on; one that it is in, if an end of it is
    /// free.
    fn common_home(&self, line: &Node, homes: &Homes) -> Option<ElementId> {
        let links = &line.element().links;
        let around = |id: &ElementId| -> Vec<ElementId> {
            let parent = |id: &ElementId| match homes.get(id) {
                Some(home) => home.clone(),
                None => self.scene.get(id).and_then(Node::parent).cloned(),
            };
            std::iter::successors(parent(id), parent).collect()
        };
        let targets = [&links.start, &links.end].into_iter().flatten();
        let mut chains = targets.map(|hold| around(&hold.target));
        let first = chains.next()?;
        let other = chains.next().unwrap_or_else(|| around(&line.element().id));
        let mut both = first.into_iter().filter(|id| other.contains(id));
        both.find(|id| {
            self.scene
                .get(id)
                .is_some_and(|node| matches!(node.element().kind, Kind::Frame(_)))
        })
    }

    fn heap_on(&mut self, holder: &ElementId, ids: &Selection) -> Vec<Write> {
        let stack = stack(&self.scene, ids);
        let ids: Vec<ElementId> = stack.iter().map(|n| n.element().id.clone()).collect();
        let (below, above) = self.scene.room_on_top(Some(holder));
        let mut random = || self.random.u64(..);
        let keys = OrderKey::spread(below.as_ref(), above.as_ref(), ids.len(), &mut random);
        let pairs = ids.iter().zip(&keys);
        pairs.map(|(id, key)| Write::order(id, key)).collect()
    }
}

/// Elements and groups, and what they are in from now on.
type Homes = BTreeMap<ElementId, Option<ElementId>>;

/// The scene as it will be when some of it has moved.
struct After<'a> {
    scene: &'a Scene,
    moved: HashMap<&'a ElementId, &'a Element>,
}

impl<'a> After<'a> {
    fn of(scene: &'a Scene, moved: &'a [Element]) -> Self {
        let moved = moved.iter().map(|element| (&element.id, element)).collect();
        Self { scene, moved }
    }

    /// The box around all that is painted of an element, or in a group.
    fn box_of(&self, id: &ElementId) -> Option<Rect> {
        let parts = self.scene.with_members(&selection_of([id.clone()]));
        let painted = parts
            .into_iter()
            .filter(|node| node.element().kind.is_painted());
        let elements = painted.map(|node| {
            let own = node.element();
            self.moved.get(&own.id).copied().unwrap_or(own)
        });
        elements
            .map(Element::bounds)
            .reduce(|all, next| all.union(next))
    }

    fn frame(&self, id: &ElementId) -> Option<Geometry> {
        let element = self.scene.get(id)?.element();
        matches!(element.kind, Kind::Frame(_)).then(|| element.frame())
    }

    /// What of an element that moved can leave its frame: it, or the outermost group that it is in there.
    /// None when it is in no frame, or goes with it.
    fn unit(&self, id: &ElementId) -> Option<ElementId> {
        let mut unit = id;
        for holder in self.scene.get(id)?.ancestors().rev() {
            if self.frame(holder).is_some() {
                return (!self.moved.contains_key(holder)).then(|| unit.clone());
            }
            unit = holder;
        }
        None
    }

    /// If what is right in a frame has left it: the nearest of the frames and groups around that it is
    /// still in.
    fn left(&self, unit: &ElementId) -> Option<Option<ElementId>> {
        let own = self.box_of(unit)?;
        let holds = |id: &&ElementId| self.frame(id).is_none_or(|frame| frame.reaches(own));
        let mut around = self.scene.get(unit)?.ancestors().rev();
        let frame = around.next()?;
        (!holds(&frame)).then(|| around.find(holds).cloned())
    }
}
