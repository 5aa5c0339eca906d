//! An element and the closed set of kinds.
//!
//! Owns the fields that every kind has and dispatches to the kinds; it has no logic of their own.
//! Knows no tool, no canvas and not how the document is stored.

pub mod arrow;
pub mod closed;
mod extra;
mod finish;
pub mod frame;
pub mod group;
pub mod heads;
pub mod image;
pub mod ink;
pub mod label;
pub mod line;
mod look;
pub mod note;
mod on_line;
pub mod path;
pub mod route;
mod silhouette;
pub mod text;
pub mod unknown;
mod vertices;
mod words;

use std::sync::Arc;

use kurbo::{Affine, BezPath, Line as Segment, Point, Rect, Size};

use crate::fields::{Birth, Slot, Value};
use crate::geometry::Geometry;
use crate::id::ElementId;
use crate::ink::InkPoint;
use crate::links::Links;
use crate::order::OrderKey;
use crate::sketch::seed_of;
use crate::style::{Contour, Route, Style, StyleField};
use silhouette::Silhouette;

/// One thing on a board.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its name on the board.
    pub id: ElementId,
    /// Its place in the stack.
    pub order: OrderKey,
    /// Random id of the browser that made it; no credential.
    pub by: Arc<str>,
    /// Where it is, as stored. [`Element::frame`] is what a selection box shows.
    pub geometry: Geometry,
    /// How it looks.
    pub style: Style,
    /// What holds it to others.
    pub links: Links,
    /// What it is.
    pub kind: Kind,
    /// What few have; none where all of it is empty.
    seldom: Option<Box<Seldom>>,
}

/// What few elements have.
#[derive(Debug, Clone, PartialEq, Default)]
struct Seldom {
    /// What it says about itself, of kinds that can.
    label: Option<text::Text>,
    /// What a newer client wrote behind the positions that this one knows.
    rest: Option<Arc<Vec<Value>>>,
}

/// The closed set of kinds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A pen's or highlighter's stroke.
    Ink(ink::Ink),
    /// An outline that can be filled.
    Closed(closed::Closed),
    /// A way through points.
    Line(line::Line),
    /// A way with a head at its end.
    Arrow(arrow::Arrow),
    /// Typed text.
    Text(text::Text),
    /// A named area that holds and clips.
    Frame(frame::Frame),
    /// A sheet of paper with words on it.
    Note(note::Note),
    /// Elements that are taken as one.
    Group(group::Group),
    /// A picture.
    Image(image::Image),
    /// What this client cannot read; kept as it is and not painted.
    Unknown(unknown::Unknown),
}

impl Kind {
    /// A closed shape that is born as a rectangle.
    pub const RECTANGLE: Self = Self::Closed(closed::Closed { ellipse: false });
    /// A closed shape that is born as an ellipse.
    pub const ELLIPSE: Self = Self::Closed(closed::Closed { ellipse: true });

    /// Its name in the document.
    pub fn name(&self) -> &str {
        self.shape().name()
    }

    /// The style fields that change how it looks.
    pub fn style_fields(&self) -> &'static [StyleField] {
        self.shape().style_fields()
    }

    /// Whether a field of its changes anything, in a style that says all of it: see [`Self::spell_out`].
    pub fn shows(style: &Style, field: StyleField) -> bool {
        let details = &style.details;
        // What has heads to speak of is a line, which has an inside instead when it is closed.
        let is_way = details.start_head.is_some();
        let has_inside = !is_way || details.closed;
        match field {
            StyleField::Fill => has_inside,
            StyleField::FillStyle => has_inside && !style.fill.is_none(),
            StyleField::StartHead | StyleField::EndHead => !(is_way && details.closed),
            StyleField::Corner => details.contour.is_none_or(Contour::has_corners),
            _ => true,
        }
    }

    /// Says in a style what it leaves to the kind, for people to see which it is.
    pub fn spell_out(&self, style: &mut Style) {
        if !matches!(self, Self::Text(_)) {
            label::spell_out(style);
        }
        match self {
            Self::Closed(shape) => {
                let contour = shape.contour(style);
                style.set(StyleField::Contour, &Value::text(contour.name()));
            }
            Self::Line(_) => heads::spell_out(style, heads::OF_LINES),
            Self::Arrow(_) => heads::spell_out(style, heads::OF_ARROWS),
            Self::Text(text) => text.spell_out(style),
            Self::Ink(ink) => ink.spell_out(style),
            Self::Note(_) => style.fill = note::paper(style),
            Self::Frame(_) | Self::Group(_) | Self::Image(_) | Self::Unknown(_) => {}
        }
    }

    /// Whether its size follows from its content and font size: it is stored by its top-left
    /// corner, about which it is turned.
    pub fn has_own_size(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// Whether anything of it is ever seen.
    pub fn is_painted(&self) -> bool {
        !matches!(self, Self::Group(_) | Self::Unknown(_))
    }

    /// Whether other elements can be in it.
    pub fn holds_others(&self) -> bool {
        matches!(self, Self::Frame(_) | Self::Group(_))
    }

    /// Whether its points are vertices that people move, and decided together with its place.
    pub fn has_vertices(&self) -> bool {
        matches!(self, Self::Line(_) | Self::Arrow(_))
    }

    fn read(birth: &Birth) -> Self {
        let known = match birth.get(Slot::Kind).as_text() {
            Some(ink::NAME) => ink::Ink::read(birth, false).map(Self::Ink),
            Some(ink::HIGHLIGHTER_NAME) => ink::Ink::read(birth, true).map(Self::Ink),
            Some(closed::NAME) => Some(Self::RECTANGLE),
            Some(closed::ELLIPSE_NAME) => Some(Self::ELLIPSE),
            Some(line::NAME) => line::Line::read(birth).map(Self::Line),
            Some(arrow::NAME) => arrow::Arrow::read(birth).map(Self::Arrow),
            Some(text::NAME) => Some(Self::Text(text::Text::default())),
            Some(frame::NAME) => Some(Self::Frame(frame::Frame::default())),
            Some(note::NAME) => Some(Self::Note(note::Note::default())),
            Some(group::NAME) => Some(Self::Group(group::Group)),
            Some(image::NAME) => Some(Self::Image(image::Image)),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Unknown(unknown::Unknown::read(birth)))
    }

    fn shape(&self) -> &dyn Shape {
        match self {
            Self::Ink(shape) => shape,
            Self::Closed(shape) => shape,
            Self::Line(shape) => shape,
            Self::Arrow(shape) => shape,
            Self::Text(shape) => shape,
            Self::Frame(shape) => shape,
            Self::Note(shape) => shape,
            Self::Group(shape) => shape,
            Self::Image(shape) => shape,
            Self::Unknown(shape) => shape,
        }
    }

    fn shape_mut(&mut self) -> &mut dyn Shape {
        match self {
            Self::Ink(shape) => shape,
            Self::Closed(shape) => shape,
            Self::Line(shape) => shape,
            Self::Arrow(shape) => shape,
            Self::Text(shape) => shape,
            Self::Frame(shape) => shape,
            Self::Note(shape) => shape,
            Self::Group(shape) => shape,
            Self::Image(shape) => shape,
            Self::Unknown(shape) => shape,
        }
    }
}

/// What a shape sees of its element: its size, which way round it is, and its style.
///
/// Local space has its origin at the top-left of the upright box.
pub(crate) struct Body<'a> {
    size: Size,
    mirror: (bool, bool),
    style: &'a Style,
    /// Who wrote it.
    author: &'a str,
    /// The file that it shows, see [`Held::file`](crate::links::Held).
    file: Option<&'a str>,
    /// What a look drawn by hand is drawn from.
    seed: u32,
    /// Points that are nearer to one another are painted as one, board units; 0 paints all.
    step: f64,
}

impl Body<'_> {
    fn rect(&self) -> Rect {
        self.size.to_rect()
    }
}

/// What each kind answers of its record, its points and its outlines, in local space; how it is painted is
/// [`look::Look`]'s.
pub(crate) trait Shape {
    fn name(&self) -> &str;

    fn style_fields(&self) -> &'static [StyleField];

    /// Writes its own positions; kind, order, author, geometry and style are written for it.
    fn write(&self, _birth: &mut Birth) {}

    /// Its size when that is derived instead of stored.
    fn own_size(&self, _style: &Style) -> Option<Size> {
        None
    }

    /// What is painted, as lines and areas to be touched.
    fn silhouette(&self, body: &Body<'_>) -> Silhouette;

    /// A box around all that is painted; cheap rather than tight.
    fn extent(&self, body: &Body<'_>) -> Rect {
        let half = body.style.width / 2.0;
        body.rect().inflate(half, half)
    }

    /// Its encoded points.
    fn points(&self) -> Option<&crate::ink::points::Points> {
        None
    }

    /// The way through its vertices, curves flattened; nothing of kinds that have none.
    fn way(&self, _body: &Body<'_>) -> Vec<Point> {
        Vec::new()
    }

    /// Takes other encoded points; `false` when it has none or cannot read these.
    fn set_points(&mut self, _bytes: &Arc<[u8]>) -> bool {
        false
    }
}

impl Element {
    /// A new element.
    pub fn new(
        id: ElementId,
        order: OrderKey,
        by: Arc<str>,
        geometry: Geometry,
        style: Style,
        kind: Kind,
    ) -> Self {
        let mut element = Self {
            id,
            order,
            by,
            geometry,
            style,
            links: Links::default(),
            kind,
            seldom: None,
        };
        element.set_geometry(geometry);
        element
    }

    /// Reads a birth record; it never fails: what cannot be read is of the unknown kind.
    pub fn read(id: ElementId, birth: &Birth) -> Self {
        let mut element = Self::new(
            id,
            OrderKey::read(birth.get(Slot::Order)),
            author(birth).into(),
            geometry(birth),
            Style::read(birth),
            Kind::read(birth),
        );
        element.links = Links::read(birth);
        element.follow_label();
        let rest = birth.slots().get(Slot::COUNT..).unwrap_or_default();
        if rest.iter().any(|value| *value != Value::Null) {
            let rest = Some(Arc::new(rest.to_vec()));
            element.set_seldom(|seldom| seldom.rest = rest);
        }
        element
    }

    /// The element as a birth record in its present state, for insert and paste.
    ///
    /// The text of a text element is not part of it. An unknown kind keeps its own positions.
    pub fn birth(&self) -> Birth {
        let mut birth = match &self.kind {
            Kind::Unknown(unknown) => unknown.birth(),
            known => {
                let mut birth = Birth::default();
                birth.set(Slot::Kind, Value::text(known.name()));
                let rest = self
                    .seldom
                    .as_ref()
                    .and_then(|seldom| seldom.rest.as_deref());
                birth.append_rest(rest.map_or(&[], Vec::as_slice));
                birth
            }
        };
        // What has not changed is left as it stands: it may be more than this client can read.
        if OrderKey::read(birth.get(Slot::Order)) != self.order {
            birth.set(Slot::Order, self.order.write());
        }
        if author(&birth) != &*self.by {
            birth.set(Slot::By, Value::Text(Arc::clone(&self.by)));
        }
        if geometry(&birth) != self.geometry {
            let Geometry { x, y, w, h, angle } = self.geometry;
            let numbers = [x, y, w, h, angle];
            for (slot, number) in Slot::GEOMETRY.into_iter().zip(numbers) {
                birth.set(slot, Value::Number(number));
            }
        }
        let stands = Style::read(&birth);
        for field in StyleField::ALL {
            if stands.get(field) != self.style.get(field) {
                birth.set(field.slot(), self.style.get(field));
            }
        }
        self.links.write(&mut birth);
        self.kind.shape().write(&mut birth);
        birth
    }

    /// Puts it somewhere else. A kind with a size of its own ignores width and height.
    pub fn set_geometry(&mut self, geometry: Geometry) {
        self.geometry = geometry.sane();
        if self.kind.has_own_size() {
            (self.geometry.w, self.geometry.h) = (0.0, 0.0);
        }
        self.follow_label();
    }

    /// Takes other encoded points; what cannot be decoded leaves them as they are.
    ///
    /// `false` when nothing was taken.
    pub fn set_points(&mut self, bytes: &Arc<[u8]>) -> bool {
        self.kind.shape_mut().set_points(bytes)
    }

    /// Its encoded points, of kinds that have some.
    pub fn points(&self) -> Option<&Arc<[u8]>> {
        self.kind.shape().points().map(|points| points.bytes())
    }

    /// Its vertices or ink points in board space, of kinds that have some.
    pub fn vertices(&self) -> Vec<Point> {
        self.inked().iter().map(InkPoint::at).collect()
    }

    /// The same with their pressure.
    pub fn inked(&self) -> Vec<InkPoint> {
        let body = self.body();
        let to_board = self.placement();
        self.kind.shape().points().map_or_else(Vec::new, |points| {
            let place = to_board * points.stretch(body.size, body.mirror);
            let placed = |point: InkPoint| {
                let at = place * point.at();
                InkPoint {
                    x: at.x,
                    y: at.y,
                    ..point
                }
            };
            points.iter().map(placed).collect()
        })
    }

    /// The middles of the ways between its vertices in board space, the last one back to the first when
    /// it is closed.
    pub fn middles(&self) -> Vec<Point> {
        let details = &self.style.details;
        let vertices = self.vertices();
        let closed = details.closed && vertices.len() > 2;
        if details.route == Route::Elbow && !closed {
            return crate::bound::middles(&self.way(), &vertices);
        }
        route::middles(&vertices, details.route, closed)
    }

    /// The selection box: size and turn about the centre, also of kinds that turn otherwise.
    pub fn frame(&self) -> Geometry {
        match self.kind.shape().own_size(&self.style) {
            Some(size) => self.geometry.with_size_from(self.anchor(), size),
            None => self.grown(),
        }
    }

    /// Maps local space (origin at the top-left of the upright box) onto the board.
    pub fn placement(&self) -> Affine {
        self.frame().placement()
    }

    /// Whether a click at a point of the board means this element.
    ///
    /// Filled shapes anywhere inside, others near what is painted; text in its box.
    pub fn hit(&self, at: Point, tolerance: f64) -> bool {
        self.miss(at, tolerance).is_some()
    }

    /// By how much such a click misses what it means, within a tolerance: on words by nothing, inside of
    /// what is filled by all of it, because lines above it are meant first.
    pub fn miss(&self, at: Point, tolerance: f64) -> Option<f64> {
        if !self.bounds().inflate(tolerance, tolerance).contains(at) {
            return None;
        }
        let local = self.placement().inverse() * at;
        let words = self.label_box();
        if words.is_some_and(|words| words.contains(local)) {
            return Some(0.0);
        }
        self.silhouette().miss(local, tolerance)
    }

    /// Whether all of it lies in an upright box, stroke width aside.
    pub fn inside(&self, area: Rect) -> bool {
        let closer = || self.silhouette().inside(self.placement(), area);
        self.at_a_glance(area).unwrap_or_else(closer)
    }

    /// Whether any painted part of it lies in an upright box; of a frame, all of it.
    pub fn touches(&self, area: Rect) -> bool {
        if matches!(self.kind, Kind::Frame(_)) {
            return self.inside(area);
        }
        let closer = || self.silhouette().touches(self.placement().inverse(), area);
        self.at_a_glance(area).unwrap_or_else(closer)
    }

    /// Whether a segment on the board passes over it, as an eraser does.
    pub fn crosses(&self, path: Segment, tolerance: f64) -> bool {
        let reach = self.bounds().inflate(tolerance, tolerance);
        let swept = Rect::from_points(path.p0, path.p1);
        if !overlap(reach, swept) {
            return false;
        }
        let local = self.placement().inverse();
        let path = Segment::new(local * path.p0, local * path.p1);
        self.silhouette().crosses(path, tolerance)
    }

    /// The lines that one would trace to show which element is meant, in local space: outlines, the
    /// middle of ink, the box of a text. O(what it is made of).
    pub fn outline(&self) -> BezPath {
        self.silhouette().to_path()
    }

    /// How far a point of the board is from its outlines, and whether it is within them, filled or not.
    pub fn depth(&self, at: Point) -> (f64, bool) {
        self.silhouette().depth(self.placement().inverse() * at)
    }

    /// Whether another state of it paints the same in local space: it was moved, turned or reordered.
    pub fn paints_as(&self, other: &Self) -> bool {
        let size = |one: &Self| (one.geometry.w, one.geometry.h);
        let same = self.id == other.id && size(self) == size(other);
        let looks = same && self.style == other.style && self.kind == other.kind;
        looks && self.links.file == other.links.file && self.label() == other.label()
    }

    fn set_seldom(&mut self, change: impl FnOnce(&mut Seldom)) {
        let mut seldom = self.seldom.take().unwrap_or_default();
        change(&mut seldom);
        self.seldom = (*seldom != Seldom::default()).then_some(seldom);
    }

    fn body(&self) -> Body<'_> {
        let frame = self.frame();
        Body {
            size: Size::new(frame.w.abs(), frame.h.abs()),
            mirror: (frame.w < 0.0, frame.h < 0.0),
            style: &self.style,
            author: self.author(),
            file: self.links.file.as_deref(),
            seed: self
                .style
                .details
                .seed
                .unwrap_or_else(|| seed_of(self.id.as_str())),
            step: 0.0,
        }
    }

    fn silhouette(&self) -> Silhouette {
        self.kind.shape().silhouette(&self.body())
    }

    /// Whether an area has all of it or nothing, as far as its bounds can tell: a marquee asks
    /// thousands of elements at each move.
    fn at_a_glance(&self, area: Rect) -> Option<bool> {
        let bounds = self.bounds();
        if !self.kind.is_painted() || !overlap(bounds, area) {
            return Some(false);
        }
        (area.union(bounds) == area).then_some(true)
    }
}

/// Whether two boxes share a point; unlike intersecting areas, flat ones count.
fn overlap(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

fn author(birth: &Birth) -> &str {
    birth.get(Slot::By).as_text().unwrap_or_default()
}

fn geometry(birth: &Birth) -> Geometry {
    let [x, y, w, h, angle] = Slot::GEOMETRY.map(|slot| birth.get(slot).number().unwrap_or(0.0));
    Geometry { x, y, w, h, angle }.sane()
}
