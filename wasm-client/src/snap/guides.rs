//! The guides that show what something has snapped to, with distances.
//!
//! Owns where they run, in board space, and how they look. Changes nothing.

use board::display::{DisplayList, FontFamily, Op};
use board::style::{Color, Theme};
use board::text_layout;
use kurbo::{Point, Rect, Size, Vec2};

use super::axis::{Axis, Both, Part, Span};
use super::gaps::Row;
use super::near::Near;
use crate::camera::Camera;

/// Unlike the accent of what is one's own, and seen on any board.
const COLOR: (Color, Color) = (Color(0xd631_6bff), Color(0xff7a_a8ff));
/// The letters on it.
const LETTERS: (Color, Color) = (Color(0xffff_ffff), Color(0x1e1e_1eff));
/// The size of the numbers, CSS pixels.
const NUMBER_PX: f64 = 11.0;
/// Half the length of what a gap ends with, CSS pixels.
const TICK_PX: f64 = 4.0;
/// A shorter way has no number, CSS pixels.
const SHORT_PX: f64 = 8.0;

/// What is shown for one event.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Guides {
    /// Lines through edges and centres that are in line.
    pub(super) lines: Vec<[Point; 2]>,
    /// Ways whose length is told.
    pub(super) ways: Vec<[Point; 2]>,
}

impl Guides {
    /// Of a box that has snapped by these parts of it, to what is in line or to equal gaps.
    pub(super) fn of(near: &Near, now: Rect, parts: Both<Option<Part>>) -> Self {
        let mut guides = Self::default();
        for axis in Axis::BOTH {
            let Some(part) = *parts.of(axis) else {
                continue;
            };
            guides.align(near, now, axis, part);
            if part != Part::Spot {
                // What stands in line may be at equal gaps as well.
                let equal = Row::of(&near.boxes, now, axis).equal(part);
                let at = axis.other().span(now).middle();
                let ends = |gap: &Span| [gap.0, gap.1].map(|end| axis.point(end, at));
                guides.ways.extend(equal.iter().map(ends));
            }
        }
        guides
    }

    fn align(&mut self, near: &Near, now: Rect, axis: Axis, part: Part) {
        let (own, along) = (axis.other().span(now), axis.span(now));
        let in_line = |at: f64| near.at(axis, at).next().is_some();
        // Two edges say enough.
        let at_edges = along.0 < along.1 && in_line(along.0) && in_line(along.1);
        for at in part.stops(along) {
            if at_edges && part == Part::Whole && at == along.middle() {
                continue;
            }
            let spans = || near.at(axis, at).map(|edge| edge.across);
            let Some(all) = spans().reduce(Span::union) else {
                continue;
            };
            let all = all.union(own);
            let line = [all.0, all.1].map(|end| axis.point(at, end));
            // What has no extent has one edge.
            if self.lines.last() != Some(&line) {
                self.lines.push(line);
            }
            // How far the nearest of them is.
            let before = spans().map(|span| span.1).filter(|end| *end < own.0);
            let behind = spans().map(|span| span.0).filter(|begin| *begin > own.1);
            let to_before = before.reduce(f64::max).map(|end| Span(end, own.0));
            let to_behind = behind.reduce(f64::min).map(|begin| Span(own.1, begin));
            let ways = [to_before, to_behind].into_iter().flatten();
            let nearest = ways.reduce(|a, b| if b.length() < a.length() { b } else { a });
            let is_new = self.ways.is_empty();
            if let Some(way) = nearest.filter(|_| is_new) {
                self.ways
                    .push([way.0, way.1].map(|end| axis.point(at, end)));
            }
        }
    }

    /// Paints them in screen space.
    pub(crate) fn paint(&self, list: &mut DisplayList, camera: &Camera, theme: Theme) {
        if *self != Self::default() {
            self.paint_some(list, camera, theme);
        }
    }

    // In one piece it can come late.
    #[inline(never)]
    fn paint_some(&self, list: &mut DisplayList, camera: &Camera, theme: Theme) {
        let color = match theme {
            Theme::Light => COLOR.0,
            Theme::Dark => COLOR.1,
        };
        list.stroke_color(color);
        list.op(Op::LineWidth, &[1.0]);
        let screen = |ends: &[Point; 2]| ends.map(|end| camera.screen(end).0);
        for ends in &self.lines {
            segment(list, screen(ends));
        }
        for way in &self.ways {
            let [from, to] = screen(way);
            segment(list, [from, to]);
            let along = to - from;
            let across = Vec2::new(-along.y, along.x) / along.hypot().max(1.0) * TICK_PX;
            for end in [from, to] {
                segment(list, [end - across, end + across]);
            }
            let [board_from, board_to] = *way;
            if along.hypot() >= SHORT_PX {
                let length = (board_to - board_from).hypot();
                number(list, from.midpoint(to), length, color, theme);
            }
        }
    }
}

/// A line one pixel wide; what is level or upright fills whole pixels.
fn segment(list: &mut DisplayList, ends: [Point; 2]) {
    let [from, to] = ends.map(|end| end.floor() + Vec2::new(0.5, 0.5));
    list.op(Op::Begin, &[]);
    list.op(Op::MoveTo, &[from.x, from.y]);
    list.op(Op::LineTo, &[to.x, to.y]);
    list.op(Op::Stroke, &[]);
}

/// A length in whole board units on a label.
fn number(list: &mut DisplayList, at: Point, length: f64, color: Color, theme: Theme) {
    let digits = (length.round() as u32).to_string();
    let width = text_layout::layout(&digits, NUMBER_PX).width;
    let label = Rect::from_center_size(at, Size::new(width + 10.0, NUMBER_PX + 5.0));
    list.fill_color(color);
    list.rect(label, 4.0);
    list.op(Op::Fill, &[]);
    list.fill_color(match theme {
        Theme::Light => LETTERS.0,
        Theme::Dark => LETTERS.1,
    });
    list.font(NUMBER_PX, FontFamily::Interface);
    list.text(
        Point::new(at.x - width / 2.0, at.y + NUMBER_PX * 0.36),
        &digits,
    );
}
