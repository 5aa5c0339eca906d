//! What an eraser leaves of a stroke or line that it passes over.
//!
//! Owns which of its points are erased and the runs that stay. Knows no tool and no document.

use board::element::ink::Ink;
use board::element::line::Line;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::id::ElementId;
use board::ink::InkPoint;
use board::ink::points::Grid;
use board::style::{Route, StyleField};
use kurbo::{Point, Vec2};

/// A stroke is looked at in steps of this share of the eraser's reach.
const STEP: f64 = 0.4;
/// Most places that are looked at in one stroke; longer ones are looked at more coarsely.
const MOST: f64 = 20_000.0;

/// A curve from one point to the next is kept by about so many.
const BENDS: usize = 8;
/// Points that are nearer than this are one, board units.
const SAME: f64 = 1e-6;

/// A place of a stroke.
#[derive(Debug, Clone, Copy)]
struct Place {
    point: InkPoint,
    /// Whether a piece keeps it, and not only where it ends there.
    stays: bool,
    /// Whether no frame clips it away.
    seen: bool,
    erased: bool,
}

/// A stroke or line that is being cut.
#[derive(Debug)]
pub(crate) struct Cutting {
    pub(crate) stroke: Element,
    places: Vec<Place>,
    /// The names of what will be left, made when they are needed and kept.
    names: Vec<ElementId>,
}

/// Whether an element can be cut: ink and lines. What else has a head would look otherwise in parts.
pub(crate) fn can_be_cut(element: &Element) -> bool {
    matches!(element.kind, Kind::Ink(_) | Kind::Line(_))
}

/// The points of a stroke as it is seen, and whether a piece keeps each of them: of a curve between two
/// points it keeps so many more that it runs where it ran.
fn way(stroke: &Element) -> Vec<(InkPoint, bool)> {
    let details = &stroke.style.details;
    let solid = |at: Point| InkPoint {
        x: at.x,
        y: at.y,
        pressure: 1.0,
    };
    let route = match stroke.kind {
        Kind::Line(_) => details.route,
        _ => Route::Straight,
    };
    let points = match route {
        Route::Curved => return bent(stroke).map(|(at, stays)| (solid(at), stays)).collect(),
        // Without its round corners: a piece goes through all bends, and rounds them anew.
        Route::Elbow => stroke.bends().into_iter().map(solid).collect(),
        Route::Straight => stroke.inked(),
    };
    let closes = details.closed && points.len() > 2;
    let start = points.first().copied().filter(|_| closes);
    points
        .into_iter()
        .chain(start)
        .map(|at| (at, true))
        .collect()
}

/// The same of a curve. O(points).
fn bent(line: &Element) -> impl Iterator<Item = (Point, bool)> {
    let (way, points) = (line.way(), line.vertices());
    // The way passes them one after the other.
    let mut own = points.iter().skip(1).peekable();
    let mut is_own = |at: &Point| {
        let mut found = false;
        while own.next_if(|own| (**own - *at).hypot() < SAME).is_some() {
            found = true;
        }
        found
    };
    let mut kept = Vec::with_capacity(way.len());
    for span in way.chunk_by(|_, next| !is_own(next)) {
        let step = span.len().div_ceil(BENDS).max(1);
        let stays = |i: usize| i.is_multiple_of(step);
        kept.extend(span.iter().enumerate().map(|(i, at)| (*at, stays(i))));
    }
    kept.into_iter()
}

impl Cutting {
    /// Of a whole stroke, for an eraser that reaches so far; only where it is seen it can be erased.
    pub(crate) fn of(stroke: &Element, reach: f64, seen: &dyn Fn(Point) -> bool) -> Self {
        let points = way(stroke);
        let length = |from: &InkPoint, to: &InkPoint| (to.at() - from.at()).hypot();
        let pairs = points.iter().zip(points.iter().skip(1));
        let all: f64 = pairs.map(|((from, _), (to, _))| length(from, to)).sum();
        let step = (reach * STEP).max(all / MOST).max(f64::MIN_POSITIVE);
        let place = |point: InkPoint, stays| Place {
            seen: seen(point.at()),
            point,
            stays,
            erased: false,
        };
        let mut places: Vec<Place> = Vec::new();
        for (i, (to, stays)) in points.iter().enumerate() {
            if let Some((from, _)) = i.checked_sub(1).and_then(|before| points.get(before)) {
                let parts = (length(from, to) / step).ceil().max(1.0) as usize;
                let between = (1..parts).map(|part| between(from, to, part as f64 / parts as f64));
                places.extend(between.map(|point| place(point, false)));
            }
            places.push(place(*to, *stays));
        }
        Self {
            stroke: stroke.clone(),
            places,
            names: Vec::new(),
        }
    }

    /// The eraser has gone from one point to another. O(places).
    pub(crate) fn pass(&mut self, from: Point, to: Point, reach: f64) {
        let reach = reach + self.stroke.style.width / 2.0;
        for place in &mut self.places {
            place.erased |= place.seen && away(place.point.at(), from, to) <= reach;
        }
    }

    /// Whether anything of it is erased.
    pub(crate) fn is_cut(&self) -> bool {
        self.places.iter().any(|place| place.erased)
    }

    /// What is left, as elements of their own, the longest with what the stroke says; names are asked for
    /// as they are needed.
    pub(crate) fn pieces(
        &mut self,
        zoom: f64,
        name: &mut dyn FnMut() -> ElementId,
    ) -> Vec<Element> {
        let runs = self.places.split(|place| place.erased);
        let mut runs: Vec<Vec<InkPoint>> = runs.map(run).filter(|run| run.len() > 1).collect();
        let whole_ends = [self.places.first(), self.places.last()];
        let whole_ends = whole_ends.iter().flatten().all(|place| !place.erased);
        if self.stroke.style.details.closed && whole_ends && runs.len() > 1 {
            // A closed line begins nowhere: what ends where it is closed goes on there.
            let start = runs.remove(0);
            if let Some(last) = runs.last_mut() {
                last.extend(start.into_iter().skip(1));
            }
        }
        let mut pieces: Vec<Element> = Vec::new();
        let mut longest = (0.0, 0);
        for (i, run) in runs.iter().enumerate() {
            if i == self.names.len() {
                self.names.push(name());
            }
            let made = self.made(run, zoom);
            let Some((id, (geometry, kind))) = self.names.get(i).cloned().zip(made) else {
                continue;
            };
            let length = length(run);
            if length > longest.0 {
                longest = (length, pieces.len());
            }
            pieces.push(self.piece(id, geometry, kind, i == 0, i + 1 == runs.len()));
        }
        if let (Some(label), Some(piece)) = (self.stroke.text(), pieces.get_mut(longest.1)) {
            piece.set_text(label);
        }
        pieces
    }

    /// What a run is as an element.
    fn made(&self, run: &[InkPoint], zoom: f64) -> Option<(Geometry, Kind)> {
        let Kind::Ink(ink) = &self.stroke.kind else {
            let points: Vec<Point> = run.iter().map(InkPoint::at).collect();
            let (geometry, line) = Line::through(&points)?;
            return Some((geometry, Kind::Line(line)));
        };
        let (geometry, made) = Ink::of_points(run, Grid::for_zoom(zoom))?;
        let made = if ink.highlights() {
            made.highlighting()
        } else {
            made
        };
        Some((geometry, Kind::Ink(made)))
    }

    /// A head stays with the end that it is at; a label is in the middle.
    fn piece(
        &self,
        id: ElementId,
        geometry: Geometry,
        kind: Kind,
        first: bool,
        last: bool,
    ) -> Element {
        let of = &self.stroke;
        let mut style = of.style.clone();
        style.set(StyleField::Closed, &Value::Bool(false));
        style.set(StyleField::LabelAt, &Value::Null);
        let begins = self.places.first().is_some_and(|place| !place.erased);
        let ends = self.places.last().is_some_and(|place| !place.erased);
        if !(first && begins) {
            style.set(StyleField::StartHead, &Value::Null);
        }
        if !(last && ends) {
            style.set(StyleField::EndHead, &Value::Null);
        }
        let style = style.only(kind.style_fields());
        Element::new(id, of.order.clone(), of.by.clone(), geometry, style, kind)
    }
}

fn length(run: &[InkPoint]) -> f64 {
    let ways = run.iter().zip(run.iter().skip(1));
    ways.map(|(from, to)| (to.at() - from.at()).hypot()).sum()
}

/// The points of a run: its own, and where it was cut.
fn run(places: &[Place]) -> Vec<InkPoint> {
    let last = places.len().saturating_sub(1);
    let kept = places.iter().enumerate();
    let kept = kept.filter(|(i, place)| place.stays || *i == 0 || *i == last);
    kept.map(|(_, place)| place.point).collect()
}

fn between(from: &InkPoint, to: &InkPoint, share: f64) -> InkPoint {
    let at = from.at().lerp(to.at(), share);
    InkPoint {
        x: at.x,
        y: at.y,
        pressure: from.pressure + (to.pressure - from.pressure) * share,
    }
}

/// How far a point is from a way.
fn away(at: Point, from: Point, to: Point) -> f64 {
    let way: Vec2 = to - from;
    let along = (at - from).dot(way) / way.hypot2().max(f64::MIN_POSITIVE);
    (at - from.lerp(to, along.clamp(0.0, 1.0))).hypot()
}
