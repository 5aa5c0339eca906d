//! A route as legs: from its start through each point that it must pass to its end.
//!
//! Owns by which sides each leg leaves and arrives, and when a simple way does. Knows no
//! rectangles and no order of stops.

use super::centre::{centred, without_needless};
use super::field::{BEND, Field, fewest_bends, simple, straight};
use super::port::{End, Port};
use super::search::cheapest;
use super::spot::Spot;

/// Most legs that are searched around obstacles; what is left of a route goes around its ends only.
const MAX_SEARCHES: usize = 8;
/// What a leg costs that has to be searched for: more than all that have not.
const SEARCHED: i64 = 1 << 40;
/// How many ports a stop has at most.
const SIDES: usize = 4;

/// What it costs to be at each port of a stop, and by which port before.
type Costs = [(i64, usize); SIDES];

/// No way leads there.
const NOWHERE: Costs = [(i64::MAX, 0); SIDES];

/// The way from end to end through points. O(points × boxes), and at most 8 searches.
pub(super) fn join(field: &Field, start: End, passed: &[Spot], end: End) -> Vec<Spot> {
    let mut stops: Vec<Vec<Port>> = vec![start.ports().collect()];
    let mut last = start.body.is_none().then_some(start.at);
    for spot in passed {
        if last != Some(*spot) && (end.body.is_some() || *spot != end.at) {
            stops.push(End::passed(*spot).ports().collect());
        }
        last = Some(*spot);
    }
    if stops.len() == 1 && last == Some(end.at) && end.body.is_none() {
        return vec![start.at];
    }
    stops.push(end.ports().collect());
    let choices = chosen(field, &stops);
    let around_ends = Field {
        boxes: field.boxes.iter().take(2).copied().collect(),
    };
    let mut way = Vec::new();
    let mut searches = 0;
    for (leg, (pair, choice)) in stops.windows(2).zip(&choices).enumerate() {
        let [from, to] = pair else {
            continue;
        };
        let (Some(a), Some(b)) = (from.get(choice.0), to.get(choice.1)) else {
            continue;
        };
        if let Some((spots, _)) = clear(field, a, b) {
            way.extend(spots);
            continue;
        }
        // Inner stops are passed as chosen; at the ends every side is open still.
        let (one, other) = ([*a], [*b]);
        let from = if leg == 0 { from.as_slice() } else { &one };
        let to = if leg + 2 == stops.len() {
            to.as_slice()
        } else {
            &other
        };
        searches += 1;
        let boxes = if searches > MAX_SEARCHES {
            &around_ends
        } else {
            field
        };
        match cheapest(boxes, from, to) {
            Some(found) => {
                let stubs = [from, to].map(longest_stub);
                way.extend(centred(without_needless(found), boxes, stubs));
            }
            None => way.extend([
                a.at,
                Spot {
                    x: b.at.x,
                    y: a.at.y,
                },
                b.at,
            ]),
        }
    }
    way
}

fn longest_stub(ports: &[Port]) -> i64 {
    ports.iter().map(|port| port.stub).max().unwrap_or(0)
}

/// A simple way that keeps its distance, and what it costs.
fn clear(field: &Field, a: &Port, b: &Port) -> Option<([Spot; 4], i64)> {
    let (mut way, bends) = simple(a, b)?;
    if !field.lets(way, a, b) {
        way = (bends == 0).then(|| straight_beside(field, a, b))??;
    }
    let [start, first, last, end] = way;
    let length = start.distance(first) + first.distance(last) + last.distance(end);
    Some((way, length + bends * BEND))
}

/// A straight way beside the boxes in the way of the best one, as near to that as there is.
fn straight_beside(field: &Field, a: &Port, b: &Port) -> Option<[Spot; 4]> {
    let wanted = a.shared_lane(b)?;
    let edges = field.boxes.iter().flat_map(|(block, margin)| {
        let (low, high) = block.grown(*margin).along(a.out);
        [low, high]
    });
    let free = edges.filter(|lane| a.shares(b, *lane) && field.lets(straight(a, b, *lane), a, b));
    let lane = free.min_by_key(|lane| ((lane - wanted).abs(), *lane))?;
    Some(straight(a, b, lane))
}

/// What a leg costs, or would at least if it has to be searched for.
fn price(field: &Field, a: &Port, b: &Port) -> i64 {
    if let Some((_, cost)) = clear(field, a, b) {
        return cost;
    }
    let (from, to) = (a.turn(), b.turn());
    let bends = fewest_bends(from, a.out, to, b.out.opposite());
    SEARCHED + a.stub + from.distance(to) + b.stub + bends * BEND
}

/// The ports by which each leg leaves and arrives, so that all legs together are cheapest.
fn chosen(field: &Field, stops: &[Vec<Port>]) -> Vec<(usize, usize)> {
    let mut leaving: Costs = [(0, 0); SIDES];
    let mut table: Vec<(Costs, Costs)> = Vec::with_capacity(stops.len());
    for pair in stops.windows(2) {
        let [from, to] = pair else {
            continue;
        };
        let mut arriving = NOWHERE;
        for (b, best) in to.iter().zip(&mut arriving) {
            let costs = from.iter().zip(&leaving).enumerate();
            let sums = costs
                .filter(|(_, (_, left))| left.0 < i64::MAX)
                .map(|(j, (a, left))| (left.0.saturating_add(price(field, a, b)), j));
            *best = sums.min().unwrap_or(*best);
        }
        table.push((leaving, arriving));
        leaving = NOWHERE;
        for (out, best) in to.iter().zip(&mut leaving) {
            // Who arrives by the side by which it leaves would turn back on itself.
            let turned = to.iter().zip(&arriving).enumerate();
            let sums = turned
                .filter(|(_, (by, _))| by.out != out.out)
                .map(|(i, (by, cost))| {
                    let bend = if by.out == out.out.opposite() {
                        0
                    } else {
                        BEND
                    };
                    (cost.0.saturating_add(bend), i)
                });
            *best = sums.min().unwrap_or(*best);
        }
    }
    let last = table.last().map_or(NOWHERE, |(_, arriving)| *arriving);
    let best = last.iter().enumerate().min_by_key(|(_, cost)| **cost);
    let mut to = best.map_or(0, |(i, _)| i);
    let mut choices = Vec::with_capacity(table.len());
    for (leaving, arriving) in table.iter().rev() {
        let from = arriving.get(to).map_or(0, |cost| cost.1);
        choices.push((from, to));
        to = leaving.get(from).map_or(0, |cost| cost.1);
    }
    choices.reverse();
    choices
}
