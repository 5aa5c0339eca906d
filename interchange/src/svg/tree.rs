//! The way through an SVG: what is in what, and where that puts it.
//!
//! Owns transforms, views, uses and what cuts parts off; its leaves are others'. Stops at the first part
//! that is not ours.

use std::collections::HashMap;

use board::style::{Color, Head};
use kurbo::{Affine, Rect, Size};
use roxmltree::{Document, Node};

use super::heads::{Found, head, is_shape};
use super::lines::has_our_lines;
use super::look::{Look, Own};
use super::made::{Made, fade, grouped};
use super::make::{Brush, Shape};
use super::not_ours::NotOurs;
use super::numbers::{fit, numbers};
use super::picture::{self, href};
use super::shapes::{Reading, view_side};
use super::sheet::Sheet;
use super::window::{has_words_in, is_seen, narrowed, rectangle};
use super::{MAX_DEPTH, MAX_ELEMENTS, MAX_POINTS, MAX_VISITS, text};
use crate::bundle::BundledFile;
use crate::loss::Losses;

const SVG: &str = "http://www.w3.org/2000/svg";
/// What a picture is as large as that does not say it.
const USUAL: Size = Size::new(300.0, 150.0);
/// What a part is in.
struct Around {
    /// To the board.
    at: Affine,
    look: Look,
    /// What per cent are of.
    view: Size,
    /// What is seen of the board.
    window: Option<Rect>,
    depth: usize,
}

/// All of an SVG as it is read.
pub(super) struct Tree<'d> {
    sheet: Sheet,
    ids: HashMap<&'d str, Node<'d, 'd>>,
    visits: usize,
    elements: usize,
    points: usize,
    /// The shape that was made last beside the next, which may be its line and stand for both.
    last: Option<Shape>,
    stands_for_both: bool,
    pub(super) losses: Losses,
    pub(super) files: Vec<BundledFile>,
}

impl<'d> Tree<'d> {
    pub(super) fn of(document: &'d Document<'d>) -> Result<Self, NotOurs> {
        let mut tree = Self {
            sheet: Sheet::default(),
            ids: HashMap::new(),
            visits: 0,
            elements: 0,
            points: 0,
            last: None,
            stands_for_both: false,
            losses: Losses::default(),
            files: Vec::new(),
        };
        for node in document.descendants().filter(Node::is_element) {
            if let Some(id) = node.attribute("id") {
                tree.ids.entry(id).or_insert(node);
            }
            if is_svg(node) && node.tag_name().name() == "style" {
                let css = node.children().filter_map(|child| child.text());
                tree.sheet.take(&css.collect::<String>())?;
            }
        }
        Ok(tree)
    }

    /// What is seen, and the box of the whole picture if it says one.
    pub(super) fn read(
        &mut self,
        root: Node<'d, 'd>,
    ) -> Result<(Vec<Made>, Option<Rect>), NotOurs> {
        let outside = Around {
            at: Affine::IDENTITY,
            look: Look::default(),
            view: USUAL,
            window: None,
            depth: 0,
        };
        let view = view_box(root);
        let reading = self.reading(root, &outside);
        let side = |name: &str, side: Option<f64>| {
            let share = root
                .attribute(name)
                .is_some_and(|told| told.trim().ends_with('%'));
            side.filter(|side| !share && *side > 0.0)
        };
        let told = (
            side("width", reading.across("width")),
            side("height", reading.down("height")),
        );
        let size = match (told, view) {
            ((Some(width), Some(height)), _) => Some(Size::new(width, height)),
            ((Some(width), None), Some(view)) => {
                Some(Size::new(width, width * view.height() / view.width()))
            }
            ((None, Some(height)), Some(view)) => {
                Some(Size::new(height * view.width() / view.height(), height))
            }
            ((None, None), Some(view)) => Some(view.size()),
            _ => None,
        };
        let into = size.map(Size::to_rect);
        let made = self.view(root, &outside, into, view)?;
        Ok((made, into))
    }

    fn reading(&self, node: Node<'d, 'd>, around: &Around) -> Reading<'d> {
        Reading {
            node,
            view: around.view,
            font_size: around.look.font_size,
        }
    }

    /// One part; nothing where it is not seen.
    fn part(&mut self, node: Node<'d, 'd>, around: &Around) -> Result<Vec<Made>, NotOurs> {
        if !node.is_element() || !is_svg(node) {
            return Ok(Vec::new());
        }
        self.visits += 1;
        if self.visits > MAX_VISITS {
            return Err(NotOurs::Many);
        }
        if around.depth > MAX_DEPTH {
            return Err(NotOurs::Deep);
        }
        match node.tag_name().name() {
            "g" | "a" => self.group(node, around, None),
            "switch" => {
                let first = node.children().find(|child| is_chosen(*child));
                self.group(node, around, Some(first))
            }
            "svg" => {
                let into = self.reading(node, around).boxed(around.view);
                self.view(node, around, Some(into), view_box(node))
            }
            "use" => self.shown_again(node, around),
            "text" => self.text(node, around),
            "image" => self.image(node, around),
            "foreignObject" | "animate" | "animateMotion" | "animateTransform" | "set"
            | "video" | "audio" | "iframe" | "canvas" => Err(NotOurs::Foreign),
            _ if is_shape(node) => self.shape(node, around),
            // Definitions, words about it, and what nobody knows.
            _ => Ok(Vec::new()),
        }
    }

    fn look(&self, node: Node<'d, 'd>, around: &Around) -> Result<(Look, Own), NotOurs> {
        around.look.of(node, &self.sheet, view_side(around.view))
    }

    /// What is in a part, in its look; of a switch only what it chooses.
    fn group(
        &mut self,
        node: Node<'d, 'd>,
        around: &Around,
        chosen: Option<Option<Node<'d, 'd>>>,
    ) -> Result<Vec<Made>, NotOurs> {
        let (look, own) = self.look(node, around)?;
        if !own.shown || own.opacity == 0.0 {
            return Ok(Vec::new());
        }
        let at = around.at * own.at;
        let inside = self.within(look, &own, at, around)?;
        match chosen {
            Some(first) => self.all(first.into_iter(), &inside, own.opacity),
            None => self.all(node.children(), &inside, own.opacity),
        }
    }

    fn all(
        &mut self,
        nodes: impl Iterator<Item = Node<'d, 'd>>,
        inside: &Around,
        opacity: f64,
    ) -> Result<Vec<Made>, NotOurs> {
        let mut made = Vec::new();
        self.last = None;
        for node in nodes {
            let mut next = self.part(node, inside)?;
            if std::mem::take(&mut self.stands_for_both) {
                made.pop();
            }
            made.append(&mut next);
        }
        self.last = None;
        if opacity < 1.0 {
            fade(&mut made, opacity)?;
        }
        Ok(grouped(made))
    }

    /// A part with a view of its own, which cuts off what is beyond it.
    fn view(
        &mut self,
        node: Node<'d, 'd>,
        around: &Around,
        into: Option<Rect>,
        view: Option<Rect>,
    ) -> Result<Vec<Made>, NotOurs> {
        let (look, own) = self.look(node, around)?;
        if !own.shown || into.is_some_and(|into| into.area() == 0.0) {
            return Ok(Vec::new());
        }
        let outer = around.at * own.at;
        let how = node.attribute("preserveAspectRatio").unwrap_or_default();
        let mut inside = self.within(look, &own, outer, around)?;
        if let Some(into) = into {
            let fitted = match view {
                Some(view) => fit(view, into, how).ok_or(NotOurs::Clip)?,
                None => Affine::translate(into.origin().to_vec2()),
            };
            if node.attribute("overflow") != Some("visible") || around.depth == 0 {
                inside.window = narrowed(inside.window, into, outer)?;
            }
            inside.at = outer * fitted;
            inside.view = view.map_or(into.size(), |view| view.size());
        }
        self.all(node.children(), &inside, own.opacity)
    }

    fn shown_again(&mut self, node: Node<'d, 'd>, around: &Around) -> Result<Vec<Made>, NotOurs> {
        let target = href(node).and_then(|address| address.trim().strip_prefix('#'));
        let Some(target) = target.and_then(|id| self.ids.get(id).copied()) else {
            return Ok(Vec::new());
        };
        let (look, own) = self.look(node, around)?;
        if !own.shown || own.opacity == 0.0 {
            return Ok(Vec::new());
        }
        let reading = self.reading(node, around);
        let (x, y) = (reading.across("x"), reading.down("y"));
        let at = around.at * own.at * Affine::translate((x.unwrap_or(0.0), y.unwrap_or(0.0)));
        let inside = self.within(look, &own, at, around)?;
        let mut made = match target.tag_name().name() {
            "svg" | "symbol" => {
                let own = self.reading(target, &inside).boxed(inside.view);
                let into = Rect::from_origin_size(own.origin(), reading.boxed(own.size()).size());
                self.view(target, &inside, Some(into), view_box(target))?
            }
            _ => self.part(target, &inside)?,
        };
        if own.opacity < 1.0 {
            fade(&mut made, own.opacity)?;
        }
        Ok(made)
    }

    /// What those are in that are in a part, where `at` puts them.
    fn within(
        &self,
        look: Look,
        own: &Own,
        at: Affine,
        around: &Around,
    ) -> Result<Around, NotOurs> {
        Ok(Around {
            at,
            look,
            view: around.view,
            window: self.window(own, at, around)?,
            depth: around.depth + 1,
        })
    }

    /// What is seen within what cuts a part off: a box, or not ours.
    fn window(&self, own: &Own, at: Affine, around: &Around) -> Result<Option<Rect>, NotOurs> {
        let clip = own.clip.as_ref().map(|id| self.ids.get(id.as_str()));
        let Some(clip) = clip else {
            return Ok(around.window);
        };
        let clip = clip.filter(|node| node.tag_name().name() == "clipPath");
        let clip = clip.copied().ok_or(NotOurs::Clip)?;
        let (_, outer) = self.look(clip, around)?;
        let mut shapes = clip.children().filter(Node::is_element);
        let (Some(shape), None) = (shapes.next().filter(|node| is_shape(*node)), shapes.next())
        else {
            return Err(NotOurs::Clip);
        };
        let (_, inner) = self.look(shape, around)?;
        let boxed = outer.clip.is_none() && inner.clip.is_none() && inner.shown;
        let own_units = clip.attribute("clipPathUnits") != Some("objectBoundingBox");
        match self
            .reading(shape, around)
            .form()?
            .and_then(|form| rectangle(&form))
        {
            Some(rect) if boxed && own_units => {
                narrowed(around.window, rect, at * outer.at * inner.at)
            }
            _ => Err(NotOurs::Clip),
        }
    }

    fn shape(&mut self, node: Node<'d, 'd>, around: &Around) -> Result<Vec<Made>, NotOurs> {
        let (look, own) = self.look(node, around)?;
        if !own.shown {
            return Ok(Vec::new());
        }
        if node.children().any(|child| {
            child.tag_name().name().starts_with("animate") || child.has_tag_name((SVG, "set"))
        }) {
            return Err(NotOurs::Foreign);
        }
        let Some(form) = self.reading(node, around).form()? else {
            return Ok(Vec::new());
        };
        let at = around.at * own.at;
        let (fill, line) = (look.inside()?, look.line()?);
        let [start, end] = match line.is_none() {
            true => [None, None],
            false => self.heads(&look, line)?,
        };
        let head = |found: &Option<Found>| found.as_ref().map_or(Head::None, |found| found.head);
        let heads = [head(&start), head(&end)];
        let beyond = [start, end].map(|found| found.map_or(0.0, |found| found.beyond));
        let form = form.lengthened(beyond);
        if !line.is_none() {
            has_our_lines(&form, &look, at)?;
        }
        let shape = Shape {
            form,
            at,
            brush: Brush {
                fill,
                line,
                width: look.width,
                fixed_width: own.fixed_width,
                dash: look.dash(),
                flat: look.flat,
                evenodd: look.evenodd,
                opacity: own.opacity,
                heads,
            },
        };
        let window = self.window(&own, at, around)?;
        self.add(shape, window)
    }

    /// What is at the start and at the end of a line of a colour.
    fn heads(&self, look: &Look, line: Color) -> Result<[Option<Found>; 2], NotOurs> {
        let named = |id: &Option<String>| {
            let marker = id.as_ref().and_then(|id| self.ids.get(id.as_str()));
            let marker = marker.filter(|node| node.tag_name().name() == "marker");
            let found =
                marker.map(|marker| head(*marker, &Look::default(), &self.sheet, look.width));
            match found.flatten() {
                Some(found) if !found.suits(line) => Err(NotOurs::Effect),
                found => Ok(found),
            }
        };
        let [start, end] = look.ends()?;
        Ok([named(start)?, named(end)?])
    }

    /// Takes a shape; one that is the line of the one before comes in its place.
    fn add(&mut self, mut shape: Shape, window: Option<Rect>) -> Result<Vec<Made>, NotOurs> {
        let inside = self.last.take().filter(|last| last.is_lined_by(&shape));
        if let Some(inside) = &inside {
            shape.brush.fill = inside.brush.fill;
        }
        let mut elements = Vec::new();
        for element in shape.elements()? {
            // What is not seen takes as long.
            self.points += element.vertices().len();
            if is_seen(&element, window)? {
                elements.push(element);
            }
        }
        self.elements += elements.len();
        if self.elements > MAX_ELEMENTS || self.points > MAX_POINTS {
            return Err(NotOurs::Many);
        }
        let made: Vec<Made> = elements.into_iter().map(Made::one).collect();
        self.stands_for_both = inside.is_some();
        self.last = (!made.is_empty()).then_some(shape);
        Ok(grouped(made))
    }

    fn text(&mut self, node: Node<'d, 'd>, around: &Around) -> Result<Vec<Made>, NotOurs> {
        let (look, own) = self.look(node, around)?;
        if !own.shown {
            return Ok(Vec::new());
        }
        let at = around.at * own.at;
        let window = self.window(&own, at, around)?;
        let mut reading = text::Reading {
            sheet: &self.sheet,
            view: around.view,
            losses: &mut self.losses,
        };
        let texts = reading.elements(node, &look, &own, at)?;
        self.last = None;
        self.elements += texts.len();
        if self.elements > MAX_ELEMENTS {
            return Err(NotOurs::Many);
        }
        let mut seen = Vec::new();
        for text in texts {
            if has_words_in(&text, window)? {
                seen.push(Made::one(text));
            }
        }
        Ok(grouped(seen))
    }

    fn image(&mut self, node: Node<'d, 'd>, around: &Around) -> Result<Vec<Made>, NotOurs> {
        let (look, own) = self.look(node, around)?;
        if !own.shown || !look.is_visible() {
            return Ok(Vec::new());
        }
        let at = around.at * own.at;
        let window = self.window(&own, at, around)?;
        let Some((image, file)) = picture::image(self.reading(node, around), at, own.opacity)?
        else {
            return Ok(Vec::new());
        };
        if !is_seen(&image, window)? {
            return Ok(Vec::new());
        }
        self.last = None;
        self.elements += 1;
        if self.files.iter().all(|known| known.hash != file.hash) {
            self.files.push(file);
        }
        Ok(vec![Made::one(image)])
    }
}

fn is_svg(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().namespace(), None | Some(SVG))
}

/// Whether a switch shows this: what is drawn without a part of a page.
fn is_chosen(node: Node<'_, '_>) -> bool {
    let plain = node.is_element() && is_svg(node) && node.tag_name().name() != "foreignObject";
    plain
        && node
            .attribute("requiredExtensions")
            .unwrap_or_default()
            .is_empty()
}

fn view_box(node: Node<'_, '_>) -> Option<Rect> {
    match numbers(node.attribute("viewBox")?)?.as_slice() {
        [x, y, width, height] if *width > 0.0 && *height > 0.0 => {
            Some(Rect::from_origin_size((*x, *y), (*width, *height)))
        }
        _ => None,
    }
}
