//! Elements that are shown otherwise than the document has them: dragged here or by others, tried
//! out in a style, about to be erased, or typed in and so not painted at all.

use std::collections::{BTreeSet, HashMap};

use board::element::ink::Ink;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::InkPoint;
use board::ink::points::Grid;
use board::order::OrderKey;
use board::style::{Color, Style};

use super::Editor;
use super::afloat::afloat;
use super::gesture::Making;
use crate::live::InkStyle;
use crate::peers::{Doing, Shown};
use scene::Damage;
use scene::Moved;
use scene::Selection;
use scene::depends;
use scene::{Node, Scene};

/// What the eraser has marked is shown this faint.
const DOOMED_ALPHA: f64 = 0.2;

/// What is shown in place of some elements of the scene.
#[derive(Debug, Default)]
pub(super) struct StandIns {
    /// What is shown, by its own names.
    pub(super) nodes: HashMap<ElementId, Node>,
    /// In place of these; of the text that is typed nothing is shown.
    pub(super) taken: BTreeSet<ElementId>,
    /// What is typed in, with its words, where it is shown otherwise than where it stands.
    pub(super) worded: Option<Element>,
    /// Whether any of it goes somewhere else.
    pub(super) moves: bool,
    /// What of the scene is painted above the tiles with all of `nodes`; `None` while those are among it.
    pub(super) afloat: Option<Selection>,
}

impl StandIns {
    fn put(&mut self, element: Element, scene: &Scene) {
        if self.taken.insert(element.id.clone()) {
            let stands = scene.get(&element.id);
            let node = match stands {
                Some(node) => node.instead(element),
                None => Node::new(element),
            };
            self.push(node);
        }
    }

    fn push(&mut self, node: Node) {
        self.nodes.insert(node.element().id.clone(), node);
    }

    /// The same for all that goes somewhere else: it is seen whole, but in frames that go with it.
    fn carry(&mut self, elements: Vec<Element>, scene: &Scene) {
        let ids: Vec<ElementId> = elements.iter().map(|one| one.id.clone()).collect();
        let new = ids.iter().filter(|id| !self.taken.contains(*id));
        let new: Vec<&ElementId> = new.collect();
        for element in elements {
            self.put(element, scene);
        }
        for id in new {
            if let Some(node) = self.nodes.get_mut(id) {
                node.unclip(&self.taken);
                self.moves = true;
            }
        }
    }

    /// Lets what holds on to any of these follow them; `instead` makes the nodes.
    fn hold_on(&mut self, scene: &Scene, instead: &dyn Fn(&Node, Element) -> Node) {
        let mut holding = scene.holders(&self.taken);
        let own = self.nodes.values().map(Node::element);
        let own = own.filter(|element| depends(element));
        holding.extend(own.map(|element| element.id.clone()));
        if holding.is_empty() {
            return;
        }
        let shown = |id: &ElementId| self.nodes.get(id).or_else(|| scene.get(id));
        let mut followed = Vec::with_capacity(holding.len());
        for id in holding {
            if let Some(node) = shown(&id)
                && let Some(held) = scene.held(node.stored(), &shown)
            {
                followed.push(instead(node, held));
            }
        }
        for node in followed {
            let id = &node.element().id;
            // What is shown in pieces follows nothing.
            if self.nodes.contains_key(id) || self.taken.insert(id.clone()) {
                self.push(node);
            }
        }
    }

    /// Lets frames clip what is in them where they are shown.
    fn reframe(&mut self) {
        let elements = self.nodes.values().map(Node::element);
        let frames = elements.filter(|element| matches!(element.kind, Kind::Frame(_)));
        let frames = frames.map(|frame| (frame.id.clone(), frame.frame()));
        let frames: Vec<(ElementId, Geometry)> = frames.collect();
        if !frames.is_empty() {
            let nodes = self.nodes.values_mut();
            nodes.for_each(|node| node.reframe(&frames));
        }
    }

    /// Leaves the words of an element to the field, wherever it is shown; what they are about stays.
    #[inline(never)]
    fn leave_words(&mut self, typed: &ElementId, scene: &Scene) {
        let instead = self.nodes.remove(typed);
        let shown = instead.as_ref().or_else(|| scene.get(typed));
        if let Some(node) = shown.filter(|node| node.element().can_have_label()) {
            self.push(node.instead(node.element().without_label()));
        }
        self.worded = instead.map(|node| node.element().clone());
        self.taken.insert(typed.clone());
    }

    /// An element as it is shown, if it is shown otherwise.
    pub(super) fn get(&self, id: &ElementId) -> Option<&Element> {
        self.nodes.get(id).map(Node::element)
    }

    /// Whether the tiles show an element of the scene as it stands there.
    pub(super) fn leaves(&self, id: &ElementId) -> bool {
        let floats = self.afloat.as_ref().is_some_and(|ids| ids.contains(id));
        !floats && !self.taken.contains(id)
    }

    /// What of the scene the tiles do not show.
    fn gone(&self) -> impl Iterator<Item = &ElementId> {
        self.taken.iter().chain(self.afloat.iter().flatten())
    }

    /// Where the tiles look different with these stand-ins than with those before.
    pub(super) fn since(&self, before: &Self, scene: &Scene) -> Damage {
        let same = self.taken == before.taken && self.afloat == before.afloat;
        if same && self.afloat.is_some() {
            return Damage::default();
        }
        let pair = |(id, now)| Some((now, before.nodes.get(id)?));
        let pairs: Vec<(&Node, &Node)> = self.nodes.iter().filter_map(pair).collect();
        if same && pairs.len() == self.nodes.len().max(before.nodes.len()) {
            // Not only elements: what they are in says where in the stack they lie.
            let differing = pairs.iter().filter(|(now, then)| now != then);
            let rects = differing.flat_map(|(now, then)| [now.bounds(), then.bounds()]);
            return Damage::Rects(rects.collect());
        }
        let ids = self.gone().chain(before.gone());
        let ids = ids.filter(|id| self.leaves(id) != before.leaves(id));
        let among = [self, before]
            .into_iter()
            .filter(|one| one.afloat.is_none());
        let shown = among.flat_map(|one| one.nodes.values());
        let nodes = ids.filter_map(|id| scene.get(id)).chain(shown);
        Damage::Rects(nodes.map(Node::bounds).collect())
    }
}

impl Editor {
    /// What is dragged here has its words and looks from the document, which others go on changing.
    #[inline(never)]
    pub(super) fn drag_anew(&mut self) {
        let scene = &self.scene;
        if let Some(by) = &self.gesture.dragged_by {
            self.gesture.dragged = Some(scene.moved(&self.free(), by));
            return;
        }
        for element in self.gesture.dragged.iter_mut().flatten() {
            let stands = scene.get(&element.id).map(Node::element);
            if let Some(text) = stands.and_then(Element::text) {
                element.set_text(text);
            }
        }
    }

    fn carry_others(&self, stand_ins: &mut StandIns) {
        let doing = self.people.peers.doing();
        for shown in doing.filter_map(|doing| doing.gesture.as_ref()) {
            match shown {
                Shown::Drag {
                    elements,
                    transform,
                } => {
                    let moved = self.scene.moved(elements, transform);
                    stand_ins.carry(moved, &self.scene);
                }
                Shown::Shape(element) if self.scene.get(&element.id).is_some() => {
                    stand_ins.put((**element).clone(), &self.scene);
                }
                _ => {}
            }
        }
    }

    /// What others drag, and what follows it, where it is shown: what is pressed is what is seen. O(that).
    pub(super) fn moved_by_others(&self) -> Moved {
        let mut doing = self.people.peers.doing();
        let drags =
            |doing: &Doing| matches!(doing.gesture, Some(Shown::Drag { .. } | Shown::Shape(_)));
        // What is under a gesture that has begun is nobody's question.
        if self.gesture.tool.busy() || !doing.any(drags) {
            return Moved::new();
        }
        self.moved_now()
    }

    // In one piece it can come late.
    #[inline(never)]
    fn moved_now(&self) -> Moved {
        let mut stand_ins = StandIns::default();
        self.carry_others(&mut stand_ins);
        stand_ins.hold_on(&self.scene, &Node::instead);
        stand_ins.nodes
    }

    /// All that holds now; what moves comes before what only looks different. O(what they are).
    pub(super) fn current_stand_ins(&self) -> StandIns {
        let mut stand_ins = StandIns::default();
        let dragged = self.gesture.dragged.iter().flatten();
        stand_ins.carry(dragged.cloned().collect(), &self.scene);
        if let Some(drop) = &self.gesture.falling {
            self.lift_into(drop, &mut stand_ins);
        }
        self.carry_others(&mut stand_ins);
        if self.chosen.trial.is_some() {
            for node in self.styled() {
                let styled = self.chosen.styled(node.element());
                stand_ins.put(styled, &self.scene);
            }
        }
        for doomed in self.scene.with_members(&self.gesture.doomed) {
            let mut faint = doomed.element().clone();
            faint.style.opacity *= DOOMED_ALPHA;
            stand_ins.put(faint, &self.scene);
        }
        for (stroke, pieces) in &self.gesture.pieces {
            if let Some(node) = self.scene.get(stroke)
                && stand_ins.taken.insert(stroke.clone())
            {
                let left = pieces.iter().map(|piece| node.instead(piece.clone()));
                left.for_each(|piece| stand_ins.push(piece));
            }
        }
        let theme = self.sight.theme;
        let painted = |node: &Node, held| node.painted_instead(held, theme);
        stand_ins.hold_on(&self.scene, &painted);
        if let Some(typing) = &self.writing.typing
            && !self.names_frame(typing)
        {
            stand_ins.leave_words(typing.element(), &self.scene);
        }
        stand_ins.reframe();
        for band in self.wet_bands() {
            stand_ins.put(band, &self.scene);
        }
        // The field that is typed in lies above the tiles, and below what floats.
        if stand_ins.moves && self.writing.typing.is_none() {
            let before = self.sight.stand_ins.afloat.as_ref();
            // What floats only because it once did must not stop the rest.
            let anew = || afloat(&stand_ins, None, &self.scene);
            stand_ins.afloat = afloat(&stand_ins, before, &self.scene).or_else(anew);
        }
        stand_ins
    }

    /// Strokes that highlighters are making: they are blended with what they mark.
    fn wet_bands(&self) -> Vec<Element> {
        let mut bands = Vec::new();
        if let Some(Making::Ink {
            element,
            highlights: true,
            style,
            points,
        }) = &self.gesture.making
        {
            bands.extend(self.wet_band(element, style, points));
        }
        let doing = self.people.peers.doing();
        for shown in doing.filter_map(|doing| doing.gesture.as_ref()) {
            if let Shown::Ink {
                element,
                highlights: true,
                style,
                points,
            } = shown
                && self.scene.get(element).is_none()
            {
                bands.extend(self.wet_band(element, style, points));
            }
        }
        bands
    }

    fn wet_band(&self, id: &ElementId, style: &InkStyle, points: &[InkPoint]) -> Option<Element> {
        let grid = Grid::for_zoom(style.zoom.into());
        let (geometry, ink) = Ink::of_points(points, grid)?;
        let looks = Style {
            fill: Color(style.color),
            width: style.width.into(),
            opacity: style.opacity.into(),
            ..Style::default()
        };
        let order = OrderKey::between(self.scene.top(), None, 0);
        let kind = Kind::Ink(ink.highlighting());
        Some(Element::new(
            id.clone(),
            order,
            "".into(),
            geometry,
            looks,
            kind,
        ))
    }
}
