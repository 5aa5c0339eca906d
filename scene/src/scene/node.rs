//! One element as it is drawn, with what is derived from it.
//!
//! Owns its paint, made once, and how much of it can be seen. Knows no other element but those that
//! it is in, by their names and keys.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::rc::Rc;

use board::bound::Outline;
use board::display::DisplayList;
use board::element::{Element, Kind};
use board::geometry::Geometry;
use board::hierarchy::{self, Rank};
use board::id::ElementId;
use board::order::OrderKey;
use board::style::Theme;
use kurbo::{Line, Point, Rect};
use rstar::primitives::{GeomWithData, Rectangle};

pub(super) type Leaf = GeomWithData<Rectangle<[f64; 2]>, ElementId>;

/// What an element is in: most are in nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Lineage {
    /// Its parents' ranks, from the outermost inwards.
    pub(super) ranks: Vec<Rank>,
    /// The frames among them, which clip it, and where they are.
    pub(super) frames: Vec<(ElementId, Geometry)>,
}

/// One element with what is derived from it.
#[derive(Debug)]
pub struct Node {
    /// As it is shown.
    element: Element,
    /// As it stands in the document, where that differs because of what it holds on to.
    stored: Option<Box<Element>>,
    bounds: Rect,
    lineage: Option<Rc<Lineage>>,
    /// A bit for each of its frames, from the outermost inwards, in which nothing of it lies.
    outside: u32,
    fragment: OnceCell<Rc<DisplayList>>,
    outline: OnceCell<Rc<Outline>>,
}

impl Node {
    /// An element that need not be part of any scene, and is in nothing.
    pub fn new(element: Element) -> Self {
        Self::within(element, None)
    }

    pub(super) fn within(element: Element, lineage: Option<Rc<Lineage>>) -> Self {
        let bounds = element.bounds();
        Self::reaching(element, bounds, lineage)
    }

    /// An element with its bounds.
    fn reaching(element: Element, bounds: Rect, lineage: Option<Rc<Lineage>>) -> Self {
        let mut node = Self {
            element,
            stored: None,
            bounds,
            lineage,
            outside: 0,
            fragment: OnceCell::new(),
            outline: OnceCell::new(),
        };
        node.clip();
        node
    }

    /// The same element in another state; what paints the same is not made again.
    pub fn instead(&self, element: Element) -> Self {
        let same = element.paints_as(&self.element);
        let mut node = Self::within(element, self.lineage.clone());
        if same {
            node.fragment = self.fragment.clone();
        }
        node
    }

    /// The same where it is painted at once: finding out where a line is takes as long as painting it.
    pub fn painted_instead(&self, element: Element, theme: Theme) -> Self {
        if element.paints_as(&self.element) {
            return self.instead(element);
        }
        let (list, bounds) = element.look(theme);
        let node = Self::reaching(element, bounds, self.lineage.clone());
        Self {
            fragment: Rc::new(list).into(),
            ..node
        }
    }

    /// Shows it whole but for what these clip, which go with it.
    pub fn unclip(&mut self, but: &BTreeSet<ElementId>) {
        let frames = self.lineage.iter().flat_map(|lineage| &lineage.frames);
        if { frames }.any(|(id, _)| !but.contains(id)) {
            let mut lineage = self.lineage.as_deref().cloned().unwrap_or_default();
            lineage.frames.retain(|(id, _)| but.contains(id));
            self.lineage = Some(Rc::new(lineage));
            self.measure();
        }
    }

    /// Has its frames clip it where these are shown that stand elsewhere.
    pub fn reframe(&mut self, shown: &[(ElementId, Geometry)]) {
        let at = |id: &ElementId| shown.iter().find(|(frame, _)| frame == id);
        if let Some(lineage) = &mut self.lineage
            && lineage.frames.iter().any(|(id, _)| at(id).is_some())
        {
            for (id, frame) in &mut Rc::make_mut(lineage).frames {
                *frame = at(id).map_or(*frame, |(_, shown)| *shown);
            }
            self.measure();
        }
    }

    /// Lifts it out of all that its `depth` outermost parents are, and into another and all that this
    /// is in, above a key that what is in there has at most.
    pub fn lift(&mut self, depth: usize, into: Option<&(&Self, OrderKey)>) {
        let mut lineage = self.lineage.as_deref().cloned().unwrap_or_default();
        let mut ranks = into.map_or_else(Vec::new, |(node, _)| node.ranks().to_vec());
        ranks.extend(into.map(|(node, _)| node.rank()));
        // As if all that is dragged were one: among itself it keeps its order.
        ranks.extend(into.map(|(node, top)| (top.clone(), node.element.id.clone())));
        ranks.extend(lineage.ranks.drain(..).skip(depth));
        lineage.ranks = ranks;
        self.lineage = Some(Rc::new(lineage));
    }

    /// Puts it into others; gives whether that changes anything.
    pub(super) fn put_into(&mut self, lineage: Option<Rc<Lineage>>) -> bool {
        let changes = self.lineage != lineage;
        if changes {
            self.lineage = lineage;
            self.measure();
        }
        changes
    }

    /// Shows it as it is because of what it holds on to; gives whether that changes anything.
    pub(super) fn hold(&mut self, held: Option<Element>) -> bool {
        let stored = self.stored.take().map(|stored| *stored);
        let stored = stored.unwrap_or_else(|| self.element.clone());
        let (shown, stored) = match held.filter(|held| *held != stored) {
            Some(held) => (held, Some(Box::new(stored))),
            None => (stored, None),
        };
        let changes = shown != self.element;
        if !shown.paints_as(&self.element) {
            self.forget_paint();
        }
        (self.element, self.stored) = (shown, stored);
        self.measure();
        changes
    }

    /// The element as it stands in the document.
    pub fn stored(&self) -> &Element {
        self.stored.as_deref().unwrap_or(&self.element)
    }

    pub(super) fn set_measured(&mut self, widths: Option<&[f64]>) {
        self.element.set_measured(widths);
        self.measure();
    }

    pub(super) fn forget_paint(&mut self) {
        self.fragment = OnceCell::new();
    }

    fn measure(&mut self) {
        self.outline = OnceCell::new();
        self.bounds = self.element.bounds();
        self.clip();
    }

    /// Takes from its bounds what its frames clip.
    fn clip(&mut self) {
        self.outside = 0;
        let Some(lineage) = &self.lineage else {
            return;
        };
        for (i, (_, frame)) in lineage.frames.iter().enumerate().rev() {
            if frame.reaches(self.bounds) {
                self.bounds = self.bounds.intersect(frame.bounds());
            } else {
                self.outside |= 1 << i;
            }
        }
    }

    /// The element, its ends where what they hold on to has them.
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Everything that can be seen of it, in board space.
    pub fn bounds(&self) -> Rect {
        self.bounds
    }

    /// The upright box around its frame, as far as the frames that clip it show it.
    pub fn shown_box(&self) -> Rect {
        let whole = self.element.frame().bounds();
        self.window()
            .map_or(whole, |window| whole.intersect(window))
    }

    /// Whether anything of it can be seen.
    pub fn is_seen(&self) -> bool {
        self.element.kind.is_painted()
    }

    /// The frame or group that it is in.
    pub fn parent(&self) -> Option<&ElementId> {
        self.ancestors().next_back()
    }

    /// All that it is in, from the outermost inwards.
    pub fn ancestors(&self) -> impl DoubleEndedIterator<Item = &ElementId> {
        let ranks = self.lineage.iter().flat_map(|lineage| &lineage.ranks);
        ranks.map(|(_, id)| id)
    }

    /// The frames that clip it, from the outermost inwards: what lies outside of one altogether is seen
    /// whole, for nobody could find it.
    pub fn frames(&self) -> impl Iterator<Item = &(ElementId, Geometry)> {
        let frames = self.lineage.iter().flat_map(|lineage| &lineage.frames);
        let clips = |(i, _): &(usize, _)| self.outside & (1 << i) == 0;
        frames.enumerate().filter(clips).map(|(_, frame)| frame)
    }

    /// Whether a click at a point of the board means it: it is touched there, and not clipped away.
    pub fn hit(&self, at: Point, tolerance: f64) -> bool {
        self.miss(at, tolerance).is_some()
    }

    /// By how much it misses it, board units; see [`Element::miss`].
    pub(super) fn miss(&self, at: Point, tolerance: f64) -> Option<f64> {
        self.shows(at).then(|| self.element.miss(at, tolerance))?
    }

    /// Whether it is a closed shape with a label, and a point of the board inside of it is seen.
    pub fn encloses(&self, at: Point) -> bool {
        let labelled = matches!(self.element.kind, Kind::Closed(_)) && self.element.is_labelled();
        labelled && self.shows(at) && self.element.surrounds(at)
    }

    /// Whether a way on the board passes over it where it is seen, as an eraser does.
    // In one piece it can come late.
    #[inline(never)]
    pub fn crosses(&self, way: Line, tolerance: f64) -> bool {
        let mut frames = self.frames();
        let seen = frames.try_fold(way, |way, (_, frame)| frame.clip(way));
        seen.is_some_and(|way| self.element.crosses(way, tolerance))
    }

    /// Whether all that is seen of it lies in an upright box.
    pub fn inside(&self, area: Rect) -> bool {
        let clipped = self.frames().next().is_some();
        let seen = || clipped && area.contains_rect(self.bounds);
        !self.is_seen() || self.element.inside(area) || seen()
    }

    fn window(&self) -> Option<Rect> {
        let boxes = self.frames().map(|(_, frame)| frame.bounds());
        boxes.reduce(|all, next| all.intersect(next))
    }

    /// Whether no frame clips it away at a point of the board.
    pub fn shows(&self, at: Point) -> bool {
        let shows = |(_, frame): &(ElementId, Geometry)| frame.contains(at);
        self.frames().all(shows)
    }

    /// Whether anything that can be seen of it lies in an upright box.
    pub fn touches(&self, area: Rect) -> bool {
        match self.window().map(|window| window.intersect(area)) {
            Some(seen) if seen.area() == 0.0 => false,
            seen => self.element.touches(seen.unwrap_or(area)),
        }
    }

    /// Its paint operations in its own space; made once.
    pub fn fragment(&self, theme: Theme) -> &DisplayList {
        self.fragment
            .get_or_init(|| Rc::new(self.element.paint(theme)))
    }

    /// The outline of what is stored, in board space, where ends that hold on to it stop; made once, unless
    /// it is shown elsewhere.
    pub(super) fn outline(&self) -> Rc<Outline> {
        let made = || Rc::new(Outline::of(self.stored()));
        match self.stored {
            Some(_) => made(),
            None => self.outline.get_or_init(made).clone(),
        }
    }

    pub(super) fn rank(&self) -> Rank {
        (self.element.order.clone(), self.element.id.clone())
    }

    /// Bottom first.
    pub fn paint_order(&self, other: &Self) -> Ordering {
        hierarchy::paint_order(
            (self.ranks(), (&self.element.order, &self.element.id)),
            (other.ranks(), (&other.element.order, &other.element.id)),
        )
    }

    fn ranks(&self) -> &[Rank] {
        self.lineage.as_ref().map_or(&[], |lineage| &lineage.ranks)
    }

    /// Its place in the index; what cannot be seen has none.
    pub(super) fn leaf(&self) -> Option<Leaf> {
        let corners = (
            [self.bounds.x0, self.bounds.y0],
            [self.bounds.x1, self.bounds.y1],
        );
        let rectangle = Rectangle::from_corners(corners.0, corners.1);
        self.is_seen()
            .then(|| GeomWithData::new(rectangle, self.element.id.clone()))
    }
}

/// Whether the same is shown at the same place.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.stored() == other.stored()
            && self.element == other.element
            && self.lineage == other.lineage
    }
}
