//! The drag of a leg of an elbow, a gesture of the select tool.
//!
//! Owns which leg a press is on, and by which points of the elbow it stays where it is put: one that
//! is on it already, an end that holds on to nothing, else two new ones about its middle: two, for a
//! way is free to pass a single one across the leg.

use board::element::Element;
use kurbo::{Point, Rect};

use crate::boundary::Modifiers;
use crate::camera::ScreenPoint;
use crate::handles::reach;
use crate::pointer::PointerEvent;
use crate::tool::View;
use crate::tool::select::slop;
use crate::vertices;

/// A point is on a leg that is nearer than this, board units: stored points stand on a grid of 1/64.
const ON: f64 = 1.0 / 32.0;
/// How far the two points are apart by which a leg is kept, board units; on a short leg half of it.
const APART: f64 = 16.0;
/// A leg that comes so near to the line of another one becomes one with it, screen pixels.
const IN_LINE_PX: f64 = 6.0;

/// A leg under the pointer.
#[derive(Debug)]
pub(super) struct Leg {
    element: Box<Element>,
    /// The elbow's points, those by which the leg stays among them.
    points: Vec<Point>,
    /// The numbers of these.
    kept: Vec<usize>,
    level: bool,
    /// Where the leg is, across itself, and other legs along it are.
    stands: f64,
    others: Vec<f64>,
    pressed: ScreenPoint,
    pub(super) moved: bool,
}

impl Leg {
    /// The leg that a press is on.
    pub(super) fn of(element: &Element, event: &PointerEvent, view: &View<'_>) -> Option<Self> {
        // With a key held a press is about the line.
        let node = view.scene.get(&element.id)?;
        let plain = event.modifiers == Modifiers::default();
        if !element.is_elbow() || !plain || view.scene.is_locked(node) {
            return None;
        }
        let at = view.camera.board(event.at);
        let bends = element.bends();
        let legs = bends
            .windows(2)
            .filter_map(|leg| Some((*leg.first()?, *leg.last()?)));
        let away = |(from, to): (Point, Point)| {
            let leg = Rect::from_points(from, to);
            let near = Point::new(at.x.clamp(leg.x0, leg.x1), at.y.clamp(leg.y0, leg.y1));
            (near - at).hypot()
        };
        let near = legs.enumerate().map(|(number, leg)| (away(leg), number));
        let (away, number) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
        let within = away * view.camera.zoom() <= reach(event.device, true);
        within.then(|| Self::numbered(element, &bends, number, event.at))?
    }

    fn numbered(
        element: &Element,
        bends: &[Point],
        number: usize,
        pressed: ScreenPoint,
    ) -> Option<Self> {
        let (from, to) = (*bends.get(number)?, *bends.get(number + 1)?);
        let level = (to.x - from.x).abs() > (to.y - from.y).abs();
        let across = |at: Point| if level { at.y } else { at.x };
        let parallel = bends.windows(2).filter_map(|leg| {
            let (a, b) = (*leg.first()?, *leg.last()?);
            let way = b - a;
            (a != from && (way.x.abs() > way.y.abs()) == level).then(|| across(a))
        });
        let mut points = vertices::of(element)?;
        let last = points.len() - 1;
        let on = |leg: &[Point], at: Point| match leg {
            [a, b] => Rect::from_points(*a, *b).inflate(ON, ON).contains(at),
            _ => false,
        };
        let links = &element.links;
        let (starts_held, ends_held) = (links.start.is_some(), links.end.is_some());
        let leg = [from, to];
        let stays = |(i, at): &(usize, &Point)| match *i {
            0 => number == 0 && !starts_held,
            i if i == last => number + 2 == bends.len() && !ends_held,
            _ => on(&leg, **at),
        };
        let kept = points.iter().enumerate().filter(stays).map(|(i, _)| i);
        let mut kept: Vec<usize> = kept.collect();
        if kept.is_empty() {
            let before = bends.windows(2).take(number);
            let passed = |at: &&Point| before.clone().any(|leg| on(leg, **at));
            let inner = points.get(1..last).unwrap_or_default();
            let place = 1 + inner.iter().filter(passed).count();
            let middle = from.midpoint(to);
            let half = (to - from) * (APART / (2.0 * (to - from).hypot())).min(0.25);
            points.splice(place..place, [middle - half, middle + half]);
            kept.extend([place, place + 1]);
        }
        Some(Self {
            element: Box::new(element.clone()),
            points,
            kept,
            level,
            stands: across(from),
            others: parallel.collect(),
            pressed,
            moved: false,
        })
    }

    /// The elbow as it is now; none before the pointer has gone far enough.
    pub(super) fn moved(&mut self, event: &PointerEvent, view: &View<'_>) -> Option<Element> {
        self.moved |= (event.at.0 - self.pressed.0).hypot() >= slop(event.device);
        if !self.moved {
            return None;
        }
        let by = view.camera.board(event.at) - view.camera.board(self.pressed);
        let free = self.stands + if self.level { by.y } else { by.x };
        let away = |other: &f64| (other - free).abs();
        let line = self
            .others
            .iter()
            .copied()
            .min_by(|a, b| away(a).total_cmp(&away(b)));
        let near = |other: &f64| away(other) * view.camera.zoom() <= IN_LINE_PX;
        let to = line.filter(near).filter(|_| !event.modifiers.command);
        let to = to.unwrap_or(free);
        let mut points = self.points.clone();
        for (i, point) in points.iter_mut().enumerate() {
            match (self.kept.contains(&i), self.level) {
                (true, true) => point.y = to,
                (true, false) => point.x = to,
                (false, _) => {}
            }
        }
        vertices::through(&self.element, &points)
    }

    /// The cursor over it.
    pub(super) fn cursor(&self) -> &'static str {
        if self.level { "ns-resize" } else { "ew-resize" }
    }
}
