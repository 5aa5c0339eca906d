//! Where a gesture's edits meet the document.

use board::document::Write;
use board::element::ink::Ink;
use board::element::text::Text;
use board::element::{Element, Kind, path};
use board::fields::Value;
use board::geometry::Geometry;
use board::history;
use board::id::ElementId;
use board::ink::points::Grid;
use board::links::{LinkField, Links};
use board::order::OrderKey;
use board::style::{Color, Style, StyleField};
use board::transform::Transform;
use kurbo::Point;

use super::Editor;
use super::gesture::Making;
use super::holding::left_by;
use crate::boundary::ToolName;
use crate::live::InkStyle;
use crate::recognise::Recognised;
use crate::style_memory::Group;
use crate::tool::{Draft, Edit, Tool};
use crate::typing::Typing;
use scene::Node;
use scene::{Selection, selection_of};

/// The smallest letters of a new text on the screen, CSS pixels.
const READABLE_PX: f64 = 16.0;
/// The largest letters of a new text, board units.
const MAX_FONT: f64 = 400.0;
/// The widest line of the pen, board units.
const MAX_INK: f64 = 200.0;

impl Editor {
    /// Carries out what a gesture asks, in order.
    pub(super) fn apply(&mut self, edits: Vec<Edit>) {
        for edit in edits {
            self.apply_one(edit);
        }
    }

    fn apply_one(&mut self, edit: Edit) {
        self.sight.unpainted = true;
        match edit {
            Edit::Select(selection) => self.select(selection),
            Edit::Draft(draft) => self.draft(draft),
            Edit::CommitDraft => self.commit_draft(),
            Edit::Instead(shape) => self.put_instead(&shape),
            Edit::Fill(id) => self.fill_one(&id),
            Edit::TakeColor(field, color) => {
                self.restyle(field, Value::text(&color.to_text()), true);
            }
            Edit::Notice(key) => self.ui.notice(key),
            Edit::DropDraft => {
                self.gesture.making = None;
                self.gesture_done();
            }
            Edit::Drag(transform) => self.drag(&transform),
            Edit::Reshape(element) => {
                self.people.broadcast.shape(&element);
                self.gesture.dragged = Some(vec![*element]);
                self.gesture.dragged_by = None;
            }
            Edit::Point(pointed) => self.chosen.pointed = Some(pointed),
            Edit::CommitDrag => self.commit_drag(),
            Edit::DropDrag => {
                self.gesture.dragged = None;
                self.gesture.dragged_by = None;
                self.gesture.falling = None;
                if let Some(copied) = self.steps.copied.take() {
                    let leave = |gone: &Selection| left_by(&self.scene, gone);
                    history::revert(&mut self.document, &copied, &leave);
                    self.follow();
                }
                self.gesture_done();
            }
            Edit::DragCopies => self.duplicate_in_place(),
            Edit::Doom(ids) => {
                self.gesture.doomed.extend(ids);
            }
            Edit::CommitDoom => {
                let doomed = std::mem::take(&mut self.gesture.doomed);
                if !doomed.is_empty() {
                    let writes = self.deletion(&doomed);
                    self.commit(writes);
                }
                self.commit_cuts();
            }
            Edit::Cut { from, to, reach } => self.cut_parts(from, to, reach),
            Edit::DropDoom => {
                self.gesture.doomed.clear();
                self.gesture.cuttings.clear();
                self.gesture.pieces.clear();
            }
            Edit::Pan(by) => {
                self.sight.camera.pan(by);
            }
            Edit::Enter(group) => self.enter_group(group),
            Edit::Unwrap => self.restyle(StyleField::Wrap, Value::Null, true),
            Edit::TypeAt(at) => self.type_at(at, None),
            Edit::TypeWithin(area) => {
                let down = self.style_of_text().font_size * 0.625;
                self.type_at((area.x0, area.y0 + down).into(), Some(area.width()));
            }
            Edit::TypeIn(id, at) => self.type_in_at(&id, Some(at)),
            Edit::Tool(_) if self.gesture.kept => {}
            Edit::Tool(name) => self.take_tool(name),
        }
    }

    /// Writes in one transaction and notes it as one step of undo.
    pub(super) fn commit(&mut self, writes: Vec<Write>) {
        let step = self.document.commit(writes);
        self.steps.history.push(step);
        self.follow();
    }

    pub(super) fn select(&mut self, selection: Selection) {
        if self.chosen.selection != selection {
            self.commit_trial();
            self.chosen.tab_given_back &= selection.is_empty();
            self.chosen.selection = selection;
            self.stay_entered();
            self.chosen.pointed = None;
        }
    }

    pub(super) fn take_tool(&mut self, name: ToolName) {
        self.conclude();
        let edits = self.gesture.tool.cancel();
        self.apply(edits);
        let tool = Tool::new(name);
        if !tool.keeps_selection() {
            self.select(Selection::new());
        }
        // Kept before there was anything to keep: the next one is meant.
        self.gesture.kept &= !self.gesture.tool.hands_back();
        self.gesture.tool = tool;
    }

    /// Ends what the tool makes without a press, and keeps it; the tool stays in hand.
    pub(super) fn conclude(&mut self) {
        let mut edits = self.gesture.tool.conclude();
        edits.retain(|edit| !matches!(edit, Edit::Tool(_)));
        self.apply(edits);
    }

    /// Tells the others that the gesture is over and which update holds its outcome.
    pub(super) fn gesture_done(&mut self) {
        self.gesture.cradles.clear();
        self.people
            .broadcast
            .done(self.client(), self.document.own_clock());
    }

    fn draft(&mut self, draft: Draft) {
        let id = match self.gesture.making.take() {
            Some(Making::Shape(element)) => element.id,
            Some(Making::Ink { element, .. }) => element,
            None => self.new_id(),
        };
        match draft {
            Draft::Shape {
                kind,
                geometry,
                closed,
                links,
            } => {
                let mut element = self.new_element(id, geometry, kind);
                element.style.set(StyleField::Closed, &Value::Bool(closed));
                if element.kind.has_vertices() && !closed {
                    // A fill of what is open would show when somebody closes it.
                    element.style = element.style.only(path::STYLE_FIELDS);
                }
                self.lay_in_cradle(&mut element);
                self.tie(&mut element, &links);
                self.sign(&mut element);
                self.people.broadcast.shape(&element);
                self.gesture.making = Some(Making::Shape(element));
            }
            Draft::Recognised(shape) => {
                let element = self.recognised(id, &shape);
                self.people.broadcast.shape(&element);
                self.gesture.making = Some(Making::Shape(element));
            }
            Draft::Ink { points, settled } => {
                let ink = self.style_of_ink();
                let highlights = self.highlights();
                let color = if highlights { ink.fill } else { ink.stroke };
                let style = InkStyle {
                    color: color.0,
                    width: ink.width as f32,
                    opacity: ink.opacity as f32,
                    zoom: self.sight.camera.zoom() as f32,
                };
                let done = points.get(..settled).unwrap_or(&points);
                self.people.broadcast.ink(&id, highlights, style, done);
                self.gesture.making = Some(Making::Ink {
                    element: id,
                    highlights,
                    style,
                    points,
                });
            }
        }
    }

    /// Lets a new line hold on to what its ends are on.
    // In one piece it can come late.
    #[inline(never)]
    fn tie(&mut self, element: &mut Element, to: &Links) {
        let home = self.home_of(element, to);
        element.order = self.key_in_cradle(home.as_ref());
        element.links = to.within(home);
        if let Some(held) = self.scene.held_here(element) {
            *element = held;
        }
    }

    /// The innermost of the frames that a line was begun in of which it does not lead out.
    fn home_of(&self, element: &Element, to: &Links) -> Option<ElementId> {
        let points = element.vertices();
        let ends = [(&to.start, points.first()), (&to.end, points.last())];
        let ends_in = |frame: &&Node| {
            let mut ends = ends.into_iter();
            ends.all(|(hold, at)| match hold {
                Some(hold) => self.is_within(&hold.target, &frame.element().id),
                None => at.is_none_or(|at| frame.element().frame().contains(*at)),
            })
        };
        let begun = self.scene.get(element.links.parent.as_ref()?)?;
        let around = begun.frames().filter_map(|(id, _)| self.scene.get(id));
        let frames = around.chain(std::iter::once(begun));
        let home = frames.filter(ends_in).last()?;
        Some(home.element().id.clone())
    }

    /// Whether an element is in another, if it is there.
    fn is_within(&self, id: &ElementId, holder: &ElementId) -> bool {
        let node = self.scene.get(id);
        node.is_none_or(|node| node.ancestors().any(|above| above == holder))
    }

    fn commit_draft(&mut self) {
        let element = match self.gesture.making.take() {
            Some(Making::Shape(element)) => Some(element),
            Some(Making::Ink {
                element,
                highlights,
                points,
                ..
            }) => {
                let grid = Grid::for_zoom(self.sight.camera.zoom());
                let first = points.first().map(|point| point.at());
                let made = Ink::of_points(&points, grid);
                made.map(|(geometry, ink)| {
                    let ink = if highlights { ink.highlighting() } else { ink };
                    let mut ink = self.new_element(element, geometry, Kind::Ink(ink));
                    if let Some(first) = first {
                        (ink.links, ink.order) = self.cradle(first);
                    }
                    ink
                })
            }
            None => None,
        };
        if let Some(element) = element {
            let select = !matches!(element.kind, Kind::Ink(_)) && !self.gesture.kept;
            let id = element.id.clone();
            let inked = matches!(&element.kind, Kind::Ink(ink) if !ink.highlights());
            self.gesture.inked = inked.then(|| id.clone());
            match element.kind {
                Kind::Frame(_) => self.make_frame(element),
                Kind::Note(_) => self.write_note(element, false),
                _ => self.commit(vec![Write::birth(&element)]),
            }
            if select {
                self.select(selection_of([id]));
            }
        }
        self.gesture_done();
    }

    /// What a stroke looks like: its ink, straightened, and empty.
    // In one piece it can come late.
    #[inline(never)]
    fn recognised(&mut self, id: ElementId, shape: &Recognised) -> Element {
        let mut element = self.new_element(id, shape.geometry, shape.kind.clone());
        element.style = self.style_of_ink().only(shape.kind.style_fields());
        element.style.fill = Color::NONE;
        if let Some(contour) = shape.contour {
            let name = Value::text(contour.name());
            element.style.set(StyleField::Contour, &name);
        }
        element
    }

    /// Puts it in the place of the stroke: a step of its own, so that undo gives the ink back.
    // In one piece it can come late.
    #[inline(never)]
    fn put_instead(&mut self, shape: &Recognised) {
        let ink = self.gesture.inked.take();
        let Some(ink) = ink.and_then(|id| self.scene.get(&id)) else {
            return;
        };
        let (id, links) = (ink.element().id.clone(), ink.element().links.clone());
        let order = ink.element().order.clone();
        let new = self.new_id();
        let mut element = self.recognised(new, shape);
        (element.links, element.order) = (links, order);
        self.commit(vec![Write::delete(&id), Write::birth(&element)]);
    }

    /// Gives an element the fill of what is drawn next.
    #[inline(never)]
    fn fill_one(&mut self, id: &ElementId) {
        let Some(node) = self.scene.get(id) else {
            return;
        };
        let (style, has) = (
            self.chosen.memory.style_of(Group::Bucket),
            &node.element().style,
        );
        let fields = [StyleField::Fill, StyleField::FillStyle];
        let new = fields
            .into_iter()
            .filter(|field| style.get(*field) != has.get(*field));
        let writes: Vec<Write> = new
            .map(|field| Write::style(id, field, style.get(field)))
            .collect();
        // A step that changes nothing would light up undo, and cost what could be redone.
        if !writes.is_empty() {
            self.commit(writes);
        }
    }

    /// A new element on top of everything, in the current style.
    pub(super) fn new_element(&mut self, id: ElementId, geometry: Geometry, kind: Kind) -> Element {
        let order = OrderKey::between(self.scene.top(), None, self.random.u64(..));
        let by = self.people.profile.browser.as_str().into();
        let style = match kind {
            Kind::Ink(_) => self.style_of_ink(),
            Kind::Text(_) => {
                let mut style = self.style_of_text();
                // To the left of where one points there may be no room.
                style.set(StyleField::Align, &Value::Null);
                style
            }
            // The one tool whose shapes have another outline than the pen recognises.
            Kind::Closed(_) if self.gesture.tool.name() == ToolName::Shape => {
                self.chosen.style_of(&self.gesture.tool)
            }
            _ => {
                let group = Group::of_kind(&kind);
                group.map_or_else(Style::default, |group| self.chosen.memory.style_of(group))
            }
        };
        // What it does not have would show when a later version paints it.
        let style = style.only(kind.style_fields());
        Element::new(id, order, by, geometry, style, kind)
    }

    fn highlights(&self) -> bool {
        self.gesture.tool.name() == ToolName::Highlighter
    }

    /// The pen's style; from afar a line is as wide on the screen as at 100 %.
    fn style_of_ink(&self) -> Style {
        let mut style = self.chosen.style_of(&self.gesture.tool);
        style.width = (style.width / self.sight.camera.zoom().min(1.0)).min(MAX_INK);
        style
    }

    /// The style of a new text, whose letters can be read where it is typed.
    fn style_of_text(&self) -> Style {
        let mut style = self.chosen.memory.style_of(Group::Text);
        let readable = READABLE_PX / self.sight.camera.zoom();
        style.font_size = style.font_size.max(readable.round()).min(MAX_FONT);
        style
    }

    pub(super) fn drag(&mut self, transform: &Transform) {
        let free = self.free();
        let elements = self.scene.moved(&free, transform);
        self.people.broadcast.drag(free.iter(), transform.encode());
        self.gesture.falling = self.drop_target(transform, &free);
        self.gesture.dragged = Some(elements);
        self.gesture.dragged_by = Some(*transform);
    }

    /// Writes where the dragged elements are now, against what the document has.
    // In one piece it can come late.
    #[inline(never)]
    pub(super) fn commit_drag(&mut self) {
        let dragged = self.gesture.dragged.take().unwrap_or_default();
        self.gesture.dragged_by = None;
        let mut writes = self.differences(&dragged);
        writes.extend(match self.gesture.falling.take() {
            Some(drop) => self.fallen(&drop, &dragged),
            None => self.leaving(&dragged),
        });
        let mut step = self.steps.copied.take().unwrap_or_default();
        step.extend(self.document.commit(writes));
        self.steps.history.push(step);
        self.follow();
        self.gesture_done();
    }

    /// What is written so that elements are where these are, hold on to what these hold, and are in no
    /// frame that they have left.
    pub(super) fn changes_of(&mut self, elements: &[Element]) -> Vec<Write> {
        let mut writes = self.differences(elements);
        writes.extend(self.leaving(elements));
        writes
    }

    fn differences(&self, elements: &[Element]) -> Vec<Write> {
        let mut writes = Vec::new();
        for element in elements {
            let Some(node) = self.scene.get(&element.id) else {
                continue;
            };
            let (shown, stored) = (node.element(), node.stored());
            // An end that holds on to something else now is where it is seen, and not where it was let go.
            let tied = stored.links != element.links;
            let held = tied.then(|| self.scene.held_here(element)).flatten();
            let element = held.as_ref().unwrap_or(element);
            let crop = |element: &Element| element.style.details.crop;
            if shown.geometry != element.geometry
                || shown.points() != element.points()
                || crop(shown) != crop(element)
            {
                writes.push(Write::place(element));
            }
            for field in [
                StyleField::FontSize,
                StyleField::Wrap,
                StyleField::Closed,
                StyleField::LabelAt,
            ] {
                let value = element.style.get(field);
                if shown.style.get(field) != value {
                    writes.push(Write::style(&element.id, field, value));
                }
            }
            for field in [LinkField::Start, LinkField::End] {
                let link = element.links.get(field);
                if link != stored.links.get(field) {
                    writes.push(Write::link(&element.id, field, link));
                }
            }
        }
        writes
    }

    /// Begins a text whose first line has its middle at a point; wrapped to a width, if there is one.
    fn type_at(&mut self, at: Point, wrap: Option<f64>) {
        if self.read_only {
            return;
        }
        let id = self.new_id();
        let geometry = Geometry {
            x: at.x,
            y: at.y - self.style_of_text().font_size * 0.625,
            ..Geometry::default()
        };
        let mut element = self.new_element(id, geometry, Kind::Text(Text::new("")));
        if let Some(width) = wrap {
            let width = Value::Number(width.round());
            element.style.set(StyleField::Wrap, &width);
            let align = self.style_of_text().get(StyleField::Align);
            element.style.set(StyleField::Align, &align);
        }
        (element.links, element.order) = self.cradle(at);
        self.end_typing();
        self.select(Selection::new());
        self.writing.typing = Some(Typing::in_new_text(&mut self.document, element));
    }
}
