//! The way of elbow arrows: right angles, around what is in between.
//!
//! Owns what a route is asked for and what it promises. All choices are made in whole numbers of
//! 1/64 board units, so that everybody sees the same route. Knows no element and no document. Pure; a
//! crate of its own because the search is compiled to be fast, where the rest of the engine is small.

mod centre;
mod field;
mod legs;
mod lines;
mod port;
mod search;
mod spot;
#[cfg(test)]
mod tests;
mod tips;

use kurbo::{Point, Rect};

pub use self::spot::{FARTHEST, Side};
pub use self::tips::Tips;

use self::field::Field;
use self::port::End;
use self::spot::{Block, Spot, UNIT};

/// Most boxes that a route looks at: the search is bounded by them.
const MAX_OBSTACLES: usize = 32;
/// How far beyond both ends boxes are looked for: a route around something seldom goes farther.
const REACH: i64 = 100 * UNIT;

/// Where a route begins or ends. Board units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// The point that is meant: the end itself if there is no body. On a body the end is opposite
    /// to it, or in the middle of a side if it is in that side's middle third.
    pub at: Point,
    /// The upright box of what the end holds on to.
    pub body: Option<Rect>,
    /// The side by which the route should leave, or arrive: it does unless it would have to cross
    /// something for it.
    pub leaves: Option<Side>,
    /// Where what is in the body is pointed: there ends are at the tip.
    pub tips: Tips,
    /// How far from the body's side it stops; from the inside if the other end is in the body.
    pub gap: f64,
    /// How long the head is that is painted there: it lies on a straight leg where there is room.
    pub head: f64,
}

impl Stop {
    /// An end that holds on to nothing.
    pub fn free(at: Point) -> Self {
        Self {
            at,
            body: None,
            leaves: None,
            tips: Tips::default(),
            gap: 0.0,
            head: 0.0,
        }
    }

    /// An end that holds on to a box as a whole.
    pub fn on(body: Rect, gap: f64) -> Self {
        Self {
            at: body.center(),
            body: Some(body),
            leaves: None,
            tips: Tips::default(),
            gap,
            head: 0.0,
        }
    }
}

/// The bends of a route from stop to stop, both ends included, on multiples of 1/64 board units.
///
/// Segments are level and upright by turns. The route passes each point of `through` in order; it
/// avoids obstacles (the first 32) and bodies wherever there is a way around; it has few bends,
/// then is short, then runs half way between what is beside it. Two stops on one point make one
/// point. Exchanged stops make the same route backwards if one of them has a body.
///
/// O(obstacles + points) if a way of two bends is free; else a search, see `elbow/search.rs`.
pub fn route(from: &Stop, to: &Stop, through: &[Point], obstacles: &[Rect]) -> Vec<Point> {
    let [mut start, mut end] = End::pair(from, to);
    let mut passed: Vec<Spot> = through.iter().map(|at| Spot::of(*at)).collect();
    let held = start.body.is_some() || end.body.is_some();
    let backwards = held && (end.at, end.core()) < (start.at, start.core());
    if backwards {
        (start, end) = (end, start);
        passed.reverse();
    }
    let obstacles = obstacles.iter().take(MAX_OBSTACLES);
    let bodies = [start, end].into_iter().filter_map(|end| end.obstacle());
    let ends = [start.at, end.at];
    let field = Field::of(bodies, obstacles.map(|rect| Block::of(*rect)), ends);
    start.fit(&field);
    end.fit(&field);
    let join = |start, end| centre::without_needless(legs::join(&field, start, &passed, end));
    let mut way = join(start, end);
    if (start.leaves.is_some() || end.leaves.is_some()) && field.is_crossed(&way) {
        let (start, end) = (start.by_any_side(), end.by_any_side());
        let around = join(start, end);
        if !field.is_crossed(&around) {
            way = around;
        }
    }
    if backwards {
        way.reverse();
    }
    way.into_iter().map(Spot::point).collect()
}

/// The boxes that a route between two stops has to look at: those that reach into the box of both,
/// or near it, at most 32. First those on the shortest way from one to the other, then by name.
///
/// Bodies of the stops must not be among the candidates. O(candidates).
pub fn obstacles_between(
    from: &Stop,
    to: &Stop,
    candidates: &mut dyn Iterator<Item = (&str, Rect)>,
) -> Vec<Rect> {
    let [start, end] = End::pair(from, to);
    let area = [start, end]
        .into_iter()
        .map(|end| end.core().union(Block::between(end.at, end.at)))
        .reduce(Block::union)
        .map(|both| both.grown(REACH));
    let mut near: Vec<(i64, &str, Rect)> = Vec::with_capacity(MAX_OBSTACLES + 1);
    for (id, rect) in candidates {
        let block = Block::of(rect);
        if area.is_some_and(|area| area.cuts(block)) {
            let detour = block.distance(start.at) + block.distance(end.at);
            let place = near.partition_point(|other| (other.0, other.1) < (detour, id));
            near.insert(place, (detour, id, rect));
            near.truncate(MAX_OBSTACLES);
        }
    }
    near.into_iter().map(|(_, _, rect)| rect).collect()
}
