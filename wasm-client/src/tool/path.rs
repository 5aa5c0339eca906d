//! The tools for lines and arrows: pulled from one point to another, or clicked from point to point.
//!
//! Owns the points that are placed and how they end: at Enter or Escape, or by a press on the last
//! of them; a press on the first closes a line.

use board::display::{DisplayList, Op};
use board::element::arrow::Arrow;
use board::element::line::Line;
use board::element::{Kind, path};
use board::links::{Binding, Held, Links};
use board::style::StyleField;
use kurbo::{Point, Vec2};

use crate::binding::{self, Loose};
use crate::boundary::{Modifiers, ToolName};
use crate::camera::ScreenPoint;
use crate::pointer::{Device, PointerEvent, PointerKind};
use crate::snap::{Both, Snapper};
use crate::style_memory::Group;
use crate::tool::{Draft, Edit, View};
use crate::trace::accent;

/// Below this many screen pixels a drag is a click.
const CLICK_PX: f64 = 4.0;
/// How near to a point that is placed a press means it, screen pixels; a finger is less exact.
const REACH_PX: (f64, f64) = (8.0, 18.0);
/// How long a line is that Enter makes, screen pixels at the zoom of that moment.
const LENGTH_PX: f64 = 160.0;
/// With Shift a line snaps to multiples of this angle, radians.
const SNAP_ANGLE: f64 = std::f64::consts::PI / 12.0;

/// The tool and the way in the making.
#[derive(Debug)]
pub(crate) struct Path {
    name: ToolName,
    /// The points that are placed.
    points: Vec<Point>,
    press: Option<Press>,
    /// The next point, where the pointer is.
    tip: Option<Point>,
    /// Whether the tip is on the first point and would close the line.
    closes: bool,
    /// What the first point of an arrow holds on to.
    start: Option<Binding>,
    /// What the last point that is placed would hold on to as the end.
    end: Option<Binding>,
    /// The same of the tip.
    tip_end: Option<Binding>,
    snapper: Snapper,
}

#[derive(Debug, Clone, Copy)]
struct Press {
    at: ScreenPoint,
    /// Whether it has placed the first point.
    first: bool,
    /// Whether it has gone further than a click.
    pulled: bool,
}

impl Path {
    pub(crate) fn new(name: ToolName) -> Self {
        Self {
            name,
            points: Vec::new(),
            press: None,
            tip: None,
            closes: false,
            start: None,
            end: None,
            tip_end: None,
            snapper: Snapper::default(),
        }
    }

    pub(crate) fn name(&self) -> ToolName {
        self.name
    }

    // In one piece it can come late.
    #[inline(never)]
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        match event.kind {
            PointerKind::Down => self.down(event, view),
            PointerKind::Move => self.moved(event, view),
            PointerKind::Up => self.up(event, view),
            _ => Vec::new(),
        }
    }

    fn down(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let first = self.points.is_empty();
        self.press = Some(Press {
            at: event.at,
            first,
            pulled: false,
        });
        if first {
            let at = self.snapped(view.camera.board(event.at), event, view, false);
            self.points.push(at);
            self.start = self.hold_at(at, event, view);
            return vec![Edit::Select(Default::default())];
        }
        self.point_at(event, view);
        vec![self.draft()]
    }

    fn moved(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        if self.points.is_empty() {
            return Vec::new();
        }
        if let Some(press) = &mut self.press {
            press.pulled |= (event.at.0 - press.at.0).hypot() >= CLICK_PX;
            if press.first && !press.pulled {
                return Vec::new();
            }
        }
        self.point_at(event, view);
        if self.press.is_some_and(|press| press.first) {
            let ends = self.pulled(event.modifiers);
            let start = self.start.clone().filter(|_| !event.modifiers.alt);
            let links = held(start, self.tip_end.clone());
            return vec![self.draft_through(&ends, false, links)];
        }
        vec![self.draft()]
    }

    fn up(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let Some(mut press) = self.press.take() else {
            return Vec::new();
        };
        press.pulled |= (event.at.0 - press.at.0).hypot() >= CLICK_PX;
        self.point_at(event, view);
        if press.first {
            if press.pulled {
                if event.modifiers.alt {
                    self.start = None;
                }
                self.points = self.pulled(event.modifiers);
                self.end = self.tip_end.take();
                return self.finish();
            }
            (self.tip, self.tip_end) = (None, None);
            return vec![self.draft()];
        }
        let tip = self.tip.take();
        let near = |point: &Point| {
            let way = view.camera.screen(*point).0 - event.at.0;
            way.hypot() <= reach(event.device)
        };
        if self.closes || (!press.pulled && self.points.last().is_some_and(near)) {
            return self.finish();
        }
        self.points.extend(tip);
        self.end = self.tip_end.take();
        vec![self.draft()]
    }

    /// What an end of an arrow would hold on to at a point.
    fn hold_at(&self, at: Point, event: &PointerEvent, view: &View<'_>) -> Option<Binding> {
        let end = Loose {
            line: None,
            other: self.start.as_ref().map(|start| &start.target),
            way: view.memory.style_of(Group::Arrow).details.route,
        };
        let arrow = self.name == ToolName::Arrow;
        arrow.then(|| binding::at(view, at, event, &end))?
    }

    /// Puts the next point under the pointer, or onto the first one.
    fn point_at(&mut self, event: &PointerEvent, view: &View<'_>) {
        let mut at = view.camera.board(event.at);
        self.closes = false;
        self.snapper.guides = Default::default();
        if let (Some(first), Some(last)) = (self.points.first(), self.points.last()) {
            let to_first = view.camera.screen(*first).0 - event.at.0;
            if self.can_close() && to_first.hypot() <= reach(event.device) {
                self.closes = true;
                at = *first;
            } else if event.modifiers.shift {
                at = *last + snap_angle(at - *last);
            } else {
                at = self.snapped(at, event, view, self.name == ToolName::Line);
            }
        }
        self.tip = Some(at);
        self.tip_end = self.hold_at(at, event, view);
    }

    /// A point on the grid, or in line with others. Arrows mean elements, not their edges.
    fn snapped(
        &mut self,
        at: Point,
        event: &PointerEvent,
        view: &View<'_>,
        in_line: bool,
    ) -> Point {
        let mut around = view.around(event.modifiers);
        around.wanted.objects &= in_line;
        self.snapper.point(at, Both::new(true, true), &around)
    }

    /// The two ends of what is pulled open; with Alt it is pulled from its middle.
    fn pulled(&self, modifiers: Modifiers) -> Vec<Point> {
        let (Some(from), Some(to)) = (self.points.first().copied(), self.tip) else {
            return Vec::new();
        };
        let start = if modifiers.alt {
            from - (to - from)
        } else {
            from
        };
        vec![start, to]
    }

    fn can_close(&self) -> bool {
        self.name == ToolName::Line && self.points.len() > 2
    }

    /// Makes one about a point of the board; it lies level.
    pub(crate) fn place(&self, at: Point, view: &View<'_>) -> Vec<Edit> {
        let half = Vec2::new(LENGTH_PX / 2.0 / view.camera.zoom(), 0.0);
        self.done(&[at - half, at + half], false, Links::default())
    }

    /// Ends the way at the last point that is placed.
    pub(crate) fn finish(&mut self) -> Vec<Edit> {
        self.snapper.end();
        let closes = std::mem::take(&mut self.closes);
        let points = std::mem::take(&mut self.points);
        (self.press, self.tip, self.tip_end) = (None, None, None);
        let links = held(self.start.take(), self.end.take());
        if points.len() < 2 {
            return vec![Edit::DropDraft];
        }
        self.done(&points, closes, links)
    }

    fn done(&self, points: &[Point], closed: bool, links: Links) -> Vec<Edit> {
        vec![
            self.draft_through(points, closed, links),
            Edit::CommitDraft,
            Edit::Tool(ToolName::Select),
        ]
    }

    /// Takes back the point that was placed last.
    pub(crate) fn step_back(&mut self) -> Vec<Edit> {
        self.points.pop();
        self.end = None;
        if self.points.is_empty() {
            return self.cancel();
        }
        vec![self.draft()]
    }

    /// The press under way means nothing; the points that are placed stay.
    pub(crate) fn let_go(&mut self) -> Vec<Edit> {
        match self.press.take() {
            Some(press) if !press.first => {
                (self.tip, self.tip_end, self.closes) = (None, None, false);
                self.snapper.end();
                vec![self.draft()]
            }
            _ => self.cancel(),
        }
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        *self = Self::new(self.name);
        vec![Edit::DropDraft]
    }

    pub(crate) fn busy(&self) -> bool {
        self.press.is_some()
    }

    /// Whether points are placed, and more may come.
    pub(crate) fn is_under_way(&self) -> bool {
        !self.points.is_empty()
    }

    /// The style fields of what it makes.
    pub(crate) fn style_fields(&self) -> &'static [StyleField] {
        path::STYLE_FIELDS
    }

    /// Shows what a point is in line with, and marks the first one where a press on it would close the line.
    pub(crate) fn paint(&self, view: &View<'_>, list: &mut DisplayList) {
        self.snapper.guides.paint(list, view.camera, view.theme);
        for end in [&self.start, &self.tip_end] {
            binding::trace(list, view, end.as_ref().map(|end| &end.target));
        }
        if let Some(first) = self.points.first().filter(|_| self.can_close()) {
            let radius = if self.closes { 6.0 } else { 4.5 };
            list.stroke_color(accent(view.theme));
            list.op(Op::LineWidth, &[1.5]);
            list.ellipse(view.camera.screen(*first).0, radius, radius);
            list.op(Op::Stroke, &[]);
        }
    }

    fn draft(&self) -> Edit {
        let mut points = self.points.clone();
        points.extend(self.tip.filter(|_| !self.closes));
        let end = self.tip.map_or(&self.end, |_| &self.tip_end);
        let links = held(self.start.clone(), end.clone());
        self.draft_through(&points, self.closes, links)
    }

    fn draft_through(&self, points: &[Point], closed: bool, links: Links) -> Edit {
        let way = match self.name {
            ToolName::Arrow => {
                Arrow::through(points).map(|(geometry, arrow)| (Kind::Arrow(arrow), geometry))
            }
            _ => Line::through(points).map(|(geometry, line)| (Kind::Line(line), geometry)),
        };
        way.map_or(Edit::DropDraft, |(kind, geometry)| {
            Edit::Draft(Draft::Shape {
                kind,
                geometry,
                closed,
                links,
            })
        })
    }
}

fn held(start: Option<Binding>, end: Option<Binding>) -> Links {
    Links::of(Held {
        start,
        end,
        ..Held::default()
    })
}

fn reach(device: Device) -> f64 {
    match device {
        Device::Touch => REACH_PX.1,
        Device::Mouse | Device::Pen => REACH_PX.0,
    }
}

/// The same way turned to the next multiple of 15°.
pub(crate) fn snap_angle(by: Vec2) -> Vec2 {
    let angle = (by.atan2() / SNAP_ANGLE).round() * SNAP_ANGLE;
    Vec2::from_angle(angle) * by.hypot()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_snaps_a_line_to_fifteen_degrees() {
        let by = snap_angle(Vec2::new(100.0, 3.0));
        assert!(by.y.abs() < 1e-9 && by.x > 100.0);
    }
}
