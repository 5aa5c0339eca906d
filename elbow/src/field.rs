//! What is in the way, and what ways cost.
//!
//! Owns the boxes that a route avoids and the prices of bends, of being near and of crossing. Knows
//! no order in which ways are tried.

use super::port::{MARGIN, Port};
use super::spot::{Block, Side, Spot, UNIT};

/// What a bend costs in a search, as length: so much longer a way is taken for one bend less.
pub(super) const BEND: i64 = 280 * UNIT;
/// How much dearer a way is that is nearer to a box than its margin.
const NEAR: i64 = 3;
/// How much dearer it is along a box, so near that it seems to touch it.
const ALONG: i64 = 12;
/// How near that is.
const TOUCH: i64 = 6 * UNIT;
/// What crossing a box costs: more than any way around.
const CROSSING: i64 = 1 << 40;

/// How a way is to boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Passage {
    /// Clear of them all.
    Clear,
    /// Nearer to one than its margin.
    Near,
    /// So near to one that it seems to touch it.
    Along,
    /// Through one.
    Through,
}

impl Passage {
    /// What a way of this length costs.
    pub(super) fn price(self, length: i64) -> i64 {
        match self {
            Self::Clear => length,
            Self::Near => length * NEAR,
            Self::Along => length * ALONG,
            Self::Through => CROSSING + length * ALONG,
        }
    }
}

/// The boxes in the way of one route, with how far it keeps from each.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) boxes: Vec<(Block, i64)>,
}

impl Field {
    /// What holds an end is no obstacle to it, or there would be no way. O(obstacles).
    pub(super) fn of(
        bodies: impl Iterator<Item = (Block, i64)>,
        obstacles: impl Iterator<Item = Block>,
        ends: [Spot; 2],
    ) -> Self {
        let holds = |block: &Block| {
            let mut ends = ends.iter();
            ends.any(|end| block.surrounds(Block::between(*end, *end)))
        };
        let others = obstacles.filter(|block| !holds(block));
        let boxes = bodies.chain(others.map(|block| (block, MARGIN)));
        Self {
            boxes: boxes.collect(),
        }
    }

    /// How a segment is to boxes. O(boxes).
    fn passage(&self, from: Spot, to: Spot) -> Passage {
        let way = Block::between(from, to);
        let mut worst = Passage::Clear;
        for (block, margin) in &self.boxes {
            // Most are nowhere near, and this is asked for hundreds of ways.
            if block.grown(*margin).cuts(way) {
                for (zone, passage) in Self::zones(&(*block, *margin)) {
                    if zone.cuts(way) {
                        worst = worst.max(passage);
                    }
                }
            }
        }
        worst
    }

    /// Whether a way goes through a box. O(way × boxes).
    pub(super) fn is_crossed(&self, way: &[Spot]) -> bool {
        let mut legs = way.iter().zip(way.iter().skip(1));
        legs.any(|(from, to)| self.passage(*from, *to) == Passage::Through)
    }

    /// How far it is to the first box in that direction, negative in one; `None` without one. O(boxes).
    pub(super) fn room(&self, at: Spot, out: Side) -> Option<i64> {
        let lane = at.lane(out);
        let ahead = self.boxes.iter().filter_map(|(block, _)| {
            let (low, high) = block.along(out);
            let is_ahead = at.ahead(out, block.middle_of(out)) > 0;
            let near = at.ahead(out, block.middle_of(out.opposite()));
            (is_ahead && low < lane && lane < high).then_some(near)
        });
        ahead.min()
    }

    /// What ways through a box and around it are.
    pub(super) fn zones((block, margin): &(Block, i64)) -> [(Block, Passage); 3] {
        [
            (block.grown(*margin), Passage::Near),
            (block.grown(TOUCH.min(*margin)), Passage::Along),
            (*block, Passage::Through),
        ]
    }

    /// Whether a way keeps its distance from all boxes, the beginnings of its first and last leg
    /// left out; a straight one may be nearer, as nothing is better than a straight line. O(boxes).
    pub(super) fn lets(&self, way: [Spot; 4], a: &Port, b: &Port) -> bool {
        let [start, first, last, end] = way;
        let crosses = [(start, first), (first, last), (last, end)]
            .into_iter()
            .any(|(from, to)| self.passage(from, to) == Passage::Through);
        if crosses {
            return false;
        }
        let straight = first == start && last == start;
        let legs = if straight {
            [(start.toward(a.out, a.stub), end.toward(b.out, b.stub)); 3]
        } else {
            let turn = |port: &Port, bend: Spot| {
                let leg = port.at.distance(bend);
                port.at.toward(port.out, leg.min(port.stub))
            };
            [
                (turn(a, first), first),
                (first, last),
                (last, turn(b, last)),
            ]
        };
        let worst = if straight {
            Passage::Near
        } else {
            Passage::Clear
        };
        legs.into_iter()
            .all(|(from, to)| self.passage(from, to) <= worst)
    }

    /// What the straight beginning of a port costs. O(boxes).
    pub(super) fn stub_price(&self, port: &Port) -> i64 {
        self.passage(port.at, port.turn()).price(port.stub)
    }
}

/// The fewest bends on a way from one place and direction to another, whatever is in between.
///
/// M. Wybrow, K. Marriott, P. J. Stuckey, "Orthogonal Connector Routing", Graph Drawing 2009.
pub(super) fn fewest_bends(from: Spot, going: Side, to: Spot, arriving: Side) -> i64 {
    let ahead = from.ahead(going, to);
    let aside = from.lane(going) != to.lane(going);
    if going == arriving {
        match (ahead >= 0, aside) {
            (true, false) => 0,
            (true, true) => 2,
            (false, _) => 4,
        }
    } else if going == arriving.opposite() {
        if aside { 2 } else { 4 }
    } else if ahead >= 0 && from.ahead(arriving, to) >= 0 {
        1
    } else {
        3
    }
}

/// The way of at most two bends between two ports, which leaves and arrives straight on; its four
/// places may fall together. The other number is its bends. `None` where it takes more.
pub(super) fn simple(a: &Port, b: &Port) -> Option<([Spot; 4], i64)> {
    let ahead = a.at.ahead(a.out, b.at);
    let [near, far] = [a, b].map(|port| port.stub.max(1));
    if a.out == b.out.opposite() {
        if ahead <= 0 {
            return None;
        }
        if let Some(lane) = a.shared_lane(b) {
            return Some((straight(a, b, lane), 0));
        }
        let [near, far] = if ahead < near + far {
            [a.least(), b.least()]
        } else {
            [near, far]
        };
        if ahead < near + far {
            return None;
        }
        let halfway = a.at.toward(a.out, (ahead / 2).clamp(near, ahead - far));
        let over = halfway.in_lane(a.out, b.at.lane(a.out));
        return Some(([a.at, halfway, over, b.at], 2));
    }
    if a.out == b.out {
        // Two ports of one lane would need a way back along itself.
        let reach = (ahead + far.max(MARGIN / 2)).max(near.max(MARGIN / 2));
        let turn = a.at.toward(a.out, reach);
        let back = turn.in_lane(a.out, b.at.lane(a.out));
        let wide = turn.distance(back) >= near.max(far);
        return wide.then_some(([a.at, turn, back, b.at], 2));
    }
    let long_enough = ahead >= near && b.at.ahead(b.out, a.at) >= far;
    let corner = a.at.toward(a.out, ahead);
    long_enough.then_some(([a.at, corner, corner, b.at], 1))
}

/// The straight way between two ports that face each other, in a lane that they share.
pub(super) fn straight(a: &Port, b: &Port, lane: i64) -> [Spot; 4] {
    let [start, end] = [a, b].map(|port| port.at.in_lane(a.out, lane));
    [start, start, start, end]
}
