//! What the ends of arrows hold on to.
//!
//! Owns that an end which is bound stays where the file has it: the place that it aims at is on the line
//! that is drawn, and the gap is the one that is seen. So bindings of every version mean the same.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use board::bound::{Hold, Outline, bound, can_be_held, shares};
use board::element::{Element, Kind};
use board::links::{Binding, Held, Links};
use kurbo::Point;
use serde_json::Value as Json;

use super::Cast;

/// An end may be so far from where the file has it, board units.
const NEAR: f64 = 0.4;
/// Gaps are told by hundredths.
const STEP: f64 = 100.0;

/// Binds all arrows of a cast.
pub(super) fn bind(cast: &mut Cast<'_>) {
    let mut outlines: HashMap<usize, Rc<Outline>> = HashMap::new();
    for place in 0..cast.made.len() {
        let Some(made) = cast.made.get(place) else {
            continue;
        };
        let (Kind::Arrow(_), Some((source, _))) = (&made.element.kind, made.source) else {
            continue;
        };
        let ends = ["startBinding", "endBinding"].map(|end| source.get(end));
        let targets = ends.map(|end| {
            let name = end.get("elementId")?.as_str()?;
            let at = cast.by_name.get(name).copied().filter(|at| *at != place)?;
            let target = &cast.made.get(at)?.element;
            let lines = target.kind.has_vertices();
            (can_be_held(&target.kind) && !lines).then_some(at)
        });
        for at in targets.into_iter().flatten() {
            if let (false, Some(target)) = (outlines.contains_key(&at), cast.made.get(at)) {
                outlines.insert(at, Rc::new(Outline::of(&target.element)));
            }
        }
        let held = |end: usize| {
            let at = targets.get(end).copied().flatten()?;
            let target = &cast.made.get(at)?.element;
            let outline = outlines.get(&at)?;
            Some((target, outline, *ends.get(end)?))
        };
        let points = made
            .way
            .as_ref()
            .map(|way| way.by.iter().map(|by| way.from + *by));
        let points: Vec<Point> = points.into_iter().flatten().collect();
        let [start, end] = [0, 1].map(|end| {
            let (target, outline, told) = held(end)?;
            Some(binding(
                &made.element,
                &points,
                end == 1,
                target,
                outline,
                told,
            ))
        });
        if let Some(made) = cast.made.get_mut(place)
            && (start.is_some() || end.is_some())
        {
            made.element.links = Links::of(Held {
                start,
                end,
                ..Held::clone(&made.element.links)
            });
        }
    }
}

/// How one end holds on to a target.
fn binding(
    arrow: &Element,
    points: &[Point],
    is_end: bool,
    target: &Element,
    outline: &Rc<Outline>,
    told: &Json,
) -> Binding {
    let mut points = points.to_vec();
    if is_end {
        points.reverse();
    }
    let [tip, next, ..] = points.as_slice() else {
        return at(target, Point::ZERO, true);
    };
    if arrow.is_elbow() {
        return side(target, *tip, told);
    }
    let inside = told.get("mode").and_then(Json::as_str) == Some("inside");
    let aims = (!inside).then(|| aim(target, *tip, *next)).flatten();
    let mut tried = aims.and_then(|aim| {
        let binding = at(target, aim, false);
        reach(arrow, target, outline, binding, (*tip, *next))
    });
    if tried.is_none() && !inside {
        // The line does not lead to the outline: then the nearest of it is meant.
        let binding = at(target, *tip, false);
        tried = reach(arrow, target, outline, binding, (*tip, *next));
    }
    tried.unwrap_or_else(|| at(target, *tip, true))
}

/// A binding at a point of the board.
fn at(target: &Element, point: Point, inside: bool) -> Binding {
    let (u, v) = shares(target, point);
    Binding {
        target: target.id.clone(),
        u,
        v,
        inside,
        gap: None,
    }
}

/// By which side an elbow comes, which is where it ends; or the point that is fixed if it says one.
fn side(target: &Element, tip: Point, told: &Json) -> Binding {
    let fixed = told.get("fixedPoint").and_then(Json::as_array);
    let fixed = fixed.and_then(|fixed| match fixed.as_slice() {
        [u, v] => Some((u.as_f64()?, v.as_f64()?)),
        _ => None,
    });
    let (u, v) = fixed.unwrap_or_else(|| shares(target, tip));
    Binding {
        target: target.id.clone(),
        u: u.clamp(0.0, 1.0),
        v: v.clamp(0.0, 1.0),
        inside: false,
        gap: None,
    }
}

/// The point nearest to a target's middle on the line that leads to it, if that is in its box.
fn aim(target: &Element, tip: Point, next: Point) -> Option<Point> {
    let frame = target.frame();
    let way = tip - next;
    let long = way.hypot2();
    if long == 0.0 {
        return None;
    }
    let share = (frame.center() - next).dot(way) / long;
    let aim = next + way * share;
    (share >= 1.0 && frame.contains(aim)).then_some(aim)
}

/// A binding with the gap by which the end comes to where the file has it; `None` when none does.
fn reach(
    arrow: &Element,
    target: &Element,
    outline: &Rc<Outline>,
    mut binding: Binding,
    (tip, next): (Point, Point),
) -> Option<Binding> {
    // From where the way comes, whatever the other end holds on to.
    let straight = arrow.through(&[next, tip])?;
    let ends = |binding: &Binding| {
        let hold = Hold {
            target: Cow::Borrowed(target),
            outline: Rc::clone(outline),
            binding,
        };
        let ends = bound(&straight, None, Some(&hold))?;
        ends.vertices().last().copied()
    };
    binding.gap = Some(0.0);
    let meets = ends(&binding)?;
    let way = (tip - next) / (tip - next).hypot().max(f64::MIN_POSITIVE);
    let apart = ((meets - tip).dot(way) * STEP).round() / STEP;
    binding.gap = Some(apart.max(0.0));
    let comes = ends(&binding)?;
    ((comes - tip).hypot() <= NEAR).then_some(binding)
}
