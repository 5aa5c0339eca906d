//! Where the ends of lines and arrows are that hold on to other elements.
//!
//! Owns what can be held, the point that a binding means, and where an end stops on its way there.
//! The targets are arguments: it knows no document and no scene.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

use elbow::{Side, Stop, Tips, route};
use kurbo::{Line as Segment, ParamCurve as _, Point, Rect};

use crate::element::{Element, Kind};
use crate::limits::MAX_COORDINATE;
use crate::links::Binding;
use crate::subpath::{length, subpaths};

/// An elbow reaches as far as a board does.
const _: () = assert!(elbow::FARTHEST >= MAX_COORDINATE);

/// A binding in a chain of more than so many is none.
pub const MAX_CHAIN: usize = 8;
/// How far an end stops from an outline unless its binding says otherwise, beside both half strokes,
/// board units.
const GAP: f64 = 4.0;

/// An elbow comes by the side that it aims at: the nearest one, if that is at most this share of the
/// target's box away.
const EDGE: f64 = 0.125;
/// What one end holds on to, and how.
#[derive(Debug, Clone)]
pub struct Hold<'a> {
    /// The element, where it is shown.
    pub target: Cow<'a, Element>,
    /// Its outline there: many ends share one.
    pub outline: Rc<Outline>,
    /// How.
    pub binding: &'a Binding,
}

/// The outline of an element as lines in board space.
#[derive(Debug)]
pub struct Outline {
    lines: Vec<Segment>,
    tips: OnceCell<Tips>,
}

impl Outline {
    /// That of an element where it is. O(outline).
    pub fn of(element: &Element) -> Self {
        let path = element.placement() * element.outline();
        let mut lines = Vec::new();
        for part in subpaths(&path) {
            let points = part.points();
            let pairs = points.iter().zip(points.iter().skip(1));
            lines.extend(pairs.map(|(a, b)| Segment::new(*a, *b)));
        }
        Self {
            lines,
            tips: OnceCell::new(),
        }
    }

    /// Where it is pointed.
    fn tips(&self) -> Tips {
        let points = self.lines.iter().map(|line| line.p0);
        *self.tips.get_or_init(|| Tips::of(points))
    }

    /// Its point that is nearest to another. O(outline).
    fn nearest(&self, at: Point) -> Option<Point> {
        let points = self
            .lines
            .iter()
            .map(|line| line.eval(nearest_share(*line, at)));
        let away = |to: &Point| (*to - at).hypot2();
        points.min_by(|a, b| away(a).total_cmp(&away(b)))
    }

    /// Which share of a segment is before the first of the lines that it meets.
    fn first_meeting(&self, way: Segment) -> Option<f64> {
        let mut first: Option<f64> = None;
        for share in self.lines.iter().filter_map(|line| meeting(way, *line)) {
            if first.is_none_or(|first| share < first) {
                first = Some(share);
            }
        }
        first
    }
}

/// The share of a line at which it is nearest to a point.
fn nearest_share(line: Segment, at: Point) -> f64 {
    let way = line.p1 - line.p0;
    let long = way.dot(way);
    if long > 0.0 {
        ((at - line.p0).dot(way) / long).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// Whether arrows can hold on to elements of a kind.
pub fn can_be_held(kind: &Kind) -> bool {
    match kind {
        Kind::Closed(_)
        | Kind::Text(_)
        | Kind::Frame(_)
        | Kind::Note(_)
        | Kind::Image(_)
        | Kind::Line(_)
        | Kind::Arrow(_) => true,
        Kind::Ink(_) | Kind::Group(_) | Kind::Unknown(_) => false,
    }
}

/// A line or arrow with its ends where their holds have them, unturned; `None` when it holds on to
/// nothing. O(outlines).
pub fn bound(
    element: &Element,
    start: Option<&Hold<'_>>,
    end: Option<&Hold<'_>>,
) -> Option<Element> {
    let mut points = element.vertices();
    if start.is_none() && end.is_none() || points.len() < 2 {
        return None;
    }
    let aim = |hold: Option<&Hold<'_>>, stored: Point| {
        hold.map_or(stored, |hold| meant(&hold.target, hold.binding))
    };
    // Without inner points each end is on the way to where the other is meant to be.
    let mut aims = points.clone();
    if let [first, .., last] = aims.as_mut_slice() {
        (*first, *last) = (aim(start, *first), aim(end, *last));
    }
    if let ([first, .., last], [_, second, ..]) = (points.as_mut_slice(), aims.as_slice())
        && let [.., before, _] = aims.as_slice()
    {
        if let Some(hold) = start {
            *first = stop(element, hold, *second);
        }
        if let Some(hold) = end {
            *last = stop(element, hold, *before);
        }
    }
    element.through(&points)
}

/// A line or arrow that goes by right angles, its ends where their holds have them, around what
/// `between` gives for its stops.
// In one piece it can come late.
#[inline(never)]
pub fn elbow(
    element: &Element,
    start: Option<&Hold<'_>>,
    end: Option<&Hold<'_>>,
    between: &dyn Fn(&Stop, &Stop) -> Vec<Rect>,
) -> Option<Element> {
    let mut points = element.vertices();
    let (first, last) = (*points.first()?, *points.last()?);
    let [of_start, of_end] = element.head_lengths();
    let [from, to] = [(start, first, of_start), (end, last, of_end)].map(|(hold, stored, head)| {
        let stop = hold.map_or_else(|| Stop::free(stored), |hold| stop_of(element, hold));
        Stop { head, ..stop }
    });
    let inner = points.get(1..points.len().saturating_sub(1));
    let mut route = route(&from, &to, inner.unwrap_or_default(), &between(&from, &to));
    if let Some(hold) = start {
        meet_outline(element, hold, &mut route);
    }
    route.reverse();
    if let Some(hold) = end {
        meet_outline(element, hold, &mut route);
    }
    route.reverse();
    if let ([first, .., last], [start, .., end]) = (points.as_mut_slice(), route.as_slice()) {
        (*first, *last) = (*start, *end);
    }
    Some(element.through(&points)?.routed(&route))
}

fn stop_of(element: &Element, hold: &Hold<'_>) -> Stop {
    let at = meant(&hold.target, hold.binding);
    if hold.binding.inside || hold.target.kind.has_vertices() {
        return Stop::free(at);
    }
    let body = hold.target.frame().bounds();
    let Binding { u, v, .. } = hold.binding;
    let is_edge = |share: &f64| *share <= EDGE || *share >= 1.0 - EDGE;
    Stop {
        at,
        leaves: [u, v]
            .into_iter()
            .any(is_edge)
            .then(|| Side::nearest(body, at)),
        tips: hold.outline.tips(),
        ..Stop::on(body, gap(element, hold))
    }
}

/// Goes on with the first leg of a route from the side of a box to the outline in it.
fn meet_outline(element: &Element, hold: &Hold<'_>, route: &mut [Point]) {
    let [first, second, ..] = route else {
        return;
    };
    if hold.binding.inside || hold.target.kind.has_vertices() {
        return;
    }
    let way = *first - *second;
    let long = length(way);
    let reach = hold.target.frame().bounds().size().max_side();
    let inwards = Segment::new(*first, *first + way * (reach / long.max(f64::MIN_POSITIVE)));
    if let Some(share) = hold.outline.first_meeting(inwards) {
        let on = (share * reach - gap(element, hold)).max(0.0);
        *first += way * (on / long.max(f64::MIN_POSITIVE));
    }
}

/// The middles of the ways from each point to the next along a way that passes all of them.
pub(crate) fn middles(way: &[Point], points: &[Point]) -> Vec<Point> {
    let last = points.len().saturating_sub(1);
    let shares = points.iter().enumerate().map(|(i, at)| match i {
        0 => 0.0,
        i if i == last => 1.0,
        _ => share_along(way, *at),
    });
    let shares: Vec<f64> = shares.collect();
    let pairs = shares
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    pairs
        .map(|(from, to)| along(way, f64::midpoint(from, to)))
        .collect()
}

/// The point of an element that a binding means, in board space.
pub fn meant(target: &Element, binding: &Binding) -> Point {
    if target.kind.has_vertices() {
        return along(&target.way(), binding.u);
    }
    let frame = target.frame();
    let share = |share: f64, side: f64| {
        let share = if side < 0.0 { 1.0 - share } else { share };
        share * side.abs()
    };
    frame.placement() * Point::new(share(binding.u, frame.w), share(binding.v, frame.h))
}

/// A point of an element as shares of its upright box; of a line, of its length.
pub fn shares(target: &Element, at: Point) -> (f64, f64) {
    if target.kind.has_vertices() {
        return (share_along(&target.way(), at), 0.0);
    }
    let frame = target.frame();
    let local = frame.placement().inverse() * at;
    let share = |at: f64, side: f64| {
        let share = if side == 0.0 { 0.5 } else { at / side.abs() };
        let share = share.clamp(0.0, 1.0);
        if side < 0.0 { 1.0 - share } else { share }
    };
    (share(local.x, frame.w), share(local.y, frame.h))
}

/// How far from an outline an end of a line stops.
pub fn gap(element: &Element, hold: &Hold<'_>) -> f64 {
    let usual = || GAP + (element.style.width + hold.target.style.width) / 2.0;
    hold.binding.gap.unwrap_or_else(usual)
}

/// Where an end that comes from a point stops.
fn stop(element: &Element, hold: &Hold<'_>, from: Point) -> Point {
    let aim = meant(&hold.target, hold.binding);
    if hold.binding.inside {
        return aim;
    }
    let center = hold.target.frame().center();
    let meets = |to: Point| {
        let share = hold.outline.first_meeting(Segment::new(from, to));
        share.map(|at| (at, to))
    };
    // What is meant may lie beside the outline: at a round corner, or in a notch.
    let beside = || meets(center).and(Some((1.0, hold.outline.nearest(aim)?)));
    let Some((at, to)) = meets(aim).or_else(beside) else {
        return aim;
    };
    let way = to - from;
    let (long, gap) = (length(way), gap(element, hold));
    from + way * (at - gap / long.max(f64::MIN_POSITIVE)).max(0.0)
}

/// Which share of a segment is before another crosses it.
// Ranges stay calls in an engine that is compiled to be small, and outlines have many lines.
#[expect(clippy::manual_range_contains)]
fn meeting(way: Segment, line: Segment) -> Option<f64> {
    let (r, s) = (way.p1 - way.p0, line.p1 - line.p0);
    let across = r.cross(s);
    if across == 0.0 {
        return None;
    }
    let between = line.p0 - way.p0;
    let (t, u) = (between.cross(s) / across, between.cross(r) / across);
    (t >= 0.0 && t <= 1.0 && u >= 0.0 && u <= 1.0).then_some(t)
}

/// The point at a share of a polyline's length.
fn along(points: &[Point], share: f64) -> Point {
    let sides = || {
        points
            .windows(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
    };
    let whole: f64 = sides().map(|(a, b)| length(b - a)).sum();
    let mut left = whole * share;
    for (a, b) in sides() {
        let long = length(b - a);
        if left <= long && long > 0.0 {
            return a + (b - a) * (left / long);
        }
        left -= long;
    }
    points.last().copied().unwrap_or_default()
}

/// The share of a polyline's length that is before its point nearest to another.
fn share_along(points: &[Point], at: Point) -> f64 {
    let (mut before, mut nearest, mut found) = (0.0, f64::INFINITY, 0.0);
    for pair in points.windows(2) {
        let [a, b] = pair else {
            continue;
        };
        let way = *b - *a;
        let long = length(way);
        let share = nearest_share(Segment::new(*a, *b), at);
        let away = length(at - (*a + way * share));
        if away < nearest {
            (nearest, found) = (away, before + share * long);
        }
        before += long;
    }
    if before > 0.0 { found / before } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::line::Line;
    use crate::fields::Value;
    use crate::geometry::Geometry;
    use crate::id::ElementId;
    use crate::order::OrderKey;
    use crate::style::Style;
    use kurbo::Rect;

    fn element(kind: Kind, geometry: Geometry) -> Element {
        let order = OrderKey::read(&Value::Null);
        let id = ElementId::parse("e").unwrap();
        Element::new(id, order, "".into(), geometry, Style::default(), kind)
    }

    fn line(points: &[(f64, f64)]) -> Element {
        let points: Vec<Point> = points.iter().map(|at| Point::from(*at)).collect();
        let (geometry, line) = Line::through(&points).unwrap();
        element(Kind::Line(line), geometry)
    }

    fn shape(kind: Kind, rect: Rect) -> Element {
        element(kind, Geometry::from_rect(rect))
    }

    fn binding(u: f64, v: f64, inside: bool) -> Binding {
        Binding {
            target: ElementId::parse("t").unwrap(),
            u,
            v,
            inside,
            gap: None,
        }
    }

    fn hold(target: Element, binding: &Binding) -> Hold<'_> {
        Hold {
            outline: Rc::new(Outline::of(&target)),
            target: Cow::Owned(target),
            binding,
        }
    }

    fn near(a: Point, b: (f64, f64)) {
        assert!((a - Point::from(b)).hypot() < 0.1, "{a:?} and not {b:?}");
    }

    #[test]
    fn an_end_aims_at_the_middle_and_stops_at_the_outline() {
        let arrow = line(&[(0.0, 50.0), (150.0, 70.0)]);
        let middle = binding(0.5, 0.5, false);
        for kind in [Kind::RECTANGLE, Kind::ELLIPSE] {
            let target = shape(kind, Rect::new(100.0, 0.0, 200.0, 100.0));
            let arrow = bound(&arrow, None, Some(&hold(target, &middle))).unwrap();
            let ends = arrow.vertices();
            near(ends[0], (0.0, 50.0));
            // Both strokes are 2 wide.
            near(ends[1], (100.0 - 4.0 - 2.0, 50.0));
        }
    }

    #[test]
    fn both_ends_are_on_the_way_between_what_is_meant() {
        let arrow = line(&[(3.0, 5.0), (7.0, 9.0)]);
        let middle = binding(0.5, 0.5, false);
        let left = hold(
            shape(Kind::RECTANGLE, Rect::new(0.0, 0.0, 40.0, 40.0)),
            &middle,
        );
        let right = hold(
            shape(Kind::RECTANGLE, Rect::new(100.0, 0.0, 140.0, 40.0)),
            &middle,
        );
        let ends = bound(&arrow, Some(&left), Some(&right)).unwrap().vertices();
        near(ends[0], (46.0, 20.0));
        near(ends[1], (94.0, 20.0));
    }

    #[test]
    fn deep_inside_it_is_at_that_very_point_also_when_turned_and_mirrored() {
        let arrow = line(&[(0.0, 0.0), (10.0, 10.0)]);
        let corner = binding(0.0, 0.0, true);
        let mut target = shape(Kind::RECTANGLE, Rect::new(100.0, 100.0, 200.0, 140.0));
        let end = |target: &Element| {
            let hold = hold(target.clone(), &corner);
            bound(&arrow, None, Some(&hold)).unwrap().vertices()[1]
        };
        near(end(&target), (100.0, 100.0));
        target.geometry.w = -100.0;
        near(end(&target), (200.0, 100.0));
        target.geometry.angle = std::f64::consts::PI;
        near(end(&target), (100.0, 140.0));
        let (u, v) = shares(&target, Point::new(100.0, 140.0));
        assert!(u.abs() < 1e-9 && v.abs() < 1e-9, "{u} {v}");
    }

    #[test]
    fn on_a_line_it_is_a_share_of_its_length() {
        let target = line(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)]);
        let (u, _) = shares(&target, Point::new(130.0, 50.0));
        assert!((u - 0.75).abs() < 1e-9);
        let there = binding(u, 0.0, true);
        let arrow = line(&[(300.0, 50.0), (200.0, 50.0)]);
        let end = bound(&arrow, None, Some(&hold(target, &there))).unwrap();
        near(end.vertices()[1], (100.0, 50.0));
    }

    #[test]
    fn inner_points_stay_and_say_from_where_an_end_comes() {
        let arrow = line(&[(0.0, 0.0), (150.0, -100.0), (150.0, 0.0)]);
        let middle = binding(0.5, 0.5, false);
        let target = shape(Kind::RECTANGLE, Rect::new(100.0, 0.0, 200.0, 100.0));
        let points = bound(&arrow, None, Some(&hold(target, &middle)))
            .unwrap()
            .vertices();
        near(points[1], (150.0, -100.0));
        near(points[2], (150.0, -6.0));
    }

    #[test]
    fn what_is_within_ends_where_it_aims() {
        let arrow = line(&[(120.0, 20.0), (0.0, 0.0)]);
        let middle = binding(0.5, 0.5, false);
        let target = shape(Kind::RECTANGLE, Rect::new(100.0, 0.0, 200.0, 100.0));
        let points = bound(&arrow, None, Some(&hold(target, &middle)))
            .unwrap()
            .vertices();
        near(points[1], (150.0, 50.0));
    }
}
