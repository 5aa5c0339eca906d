//! Where a route may leave or arrive.
//!
//! Owns sides, gaps and how far straight on a route goes before it turns. Knows no obstacles.

use super::field::Field;
use super::spot::{Block, Side, Spot, UNIT, steps};
use super::{Stop, Tips};

/// How far routes keep from boxes where there is room.
pub(super) const MARGIN: i64 = 20 * UNIT;
/// The shortest first and last leg where there is room: as long as heads are.
const LEG: i64 = 12 * UNIT;
/// How much of a leg is seen beside the head on it: its corner bends there.
const SHAFT: f64 = 12.0;
/// How far ports keep from corners.
const CORNER: i64 = 8 * UNIT;

/// A stop on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) at: Spot,
    /// What it holds on to.
    pub(super) body: Option<Block>,
    /// What is in its body: the other end is, so the route arrives from inside.
    inward: bool,
    pub(super) leaves: Option<Side>,
    tips: Tips,
    gap: i64,
    /// How far from its body it goes straight on for the sake of the body.
    stub: i64,
    /// How far it goes straight on for the sake of the head that is painted there.
    leg: i64,
    /// How far it must for the head alone.
    head: i64,
    /// The other end, as far as a route stops from it, and how far that goes straight on.
    other: (Block, i64),
}

impl End {
    /// Both ends of a route.
    pub(super) fn pair(from: &Stop, to: &Stop) -> [Self; 2] {
        let [mut a, mut b] = [from, to].map(|stop| {
            let gap = steps(stop.gap);
            Self {
                at: Spot::of(stop.at),
                body: stop.body.map(Block::of),
                inward: false,
                leaves: stop.leaves,
                tips: stop.tips,
                gap: if stop.body.is_some() { gap } else { 0 },
                stub: (MARGIN - gap).max(LEG),
                leg: steps(stop.head + SHAFT),
                head: steps(stop.head),
                other: (Block::default(), 0),
            }
        });

        let holds = |outer: &Self, inner: &Self| {
            outer.body.is_some_and(|body| body.surrounds(inner.core()))
        };
        (a.inward, b.inward) = (holds(&a, &b), holds(&b, &a));
        let room = a.core().apart(b.core()) - a.gap - b.gap;
        if (1..a.stub + b.stub).contains(&room) {
            (a.stub, b.stub) = ((room / 2).max(1), (room / 2).max(1));
        }
        let reach = |end: &Self| (end.core().grown(end.gap), end.stub.max(end.leg));
        (a.other, b.other) = (reach(&b), reach(&a));
        [a, b]
    }

    /// A point that a route must pass, whichever way.
    pub(super) fn passed(at: Spot) -> Self {
        Self {
            at,
            body: None,
            inward: false,
            leaves: None,
            tips: Tips::default(),
            gap: 0,
            stub: 0,
            leg: 0,
            head: 0,
            other: (Block::default(), 0),
        }
    }

    /// Its body, or the place where it is.
    pub(super) fn core(&self) -> Block {
        self.body.unwrap_or(Block::between(self.at, self.at))
    }

    /// How far a route goes straight on from a place: as far as its leg is long, unless the other end
    /// is ahead and needs the room.
    fn straight_on(&self, at: Spot, out: Side) -> i64 {
        let (body, theirs) = self.other;
        let (low, high) = body.grown(MARGIN).along(out);
        let room = at.ahead(out, body.middle_of(out.opposite()));
        let wanted = self.stub.max(self.leg);
        if room <= 0 || at.lane(out) <= low || high <= at.lane(out) {
            return wanted;
        }
        wanted.min((room / 2).max(room - theirs).max(self.stub))
    }

    /// What is in the way of a route that ends here, and how far it keeps from it.
    pub(super) fn obstacle(&self) -> Option<(Block, i64)> {
        let body = self.body.filter(|_| !self.inward)?;
        Some((body, self.gap + self.stub))
    }

    /// Goes no further straight on by the side that is meant than half way to what is there, and by
    /// another where that would be too short. O(boxes).
    pub(super) fn fit(&mut self, field: &Field) {
        let Some(side) = self.leaves else {
            return;
        };
        let port = self.port(side);
        if let Some(room) = field.room(port.at, port.out)
            && room <= port.stub
        {
            if room >= LEG {
                (self.stub, self.leg, self.head) = (self.stub.min(room / 2), 0, 0);
            } else {
                self.leaves = None;
            }
        }
    }

    pub(super) fn by_any_side(self) -> Self {
        Self {
            leaves: None,
            ..self
        }
    }

    /// The ways in and out, best first where all else is equal.
    pub(super) fn ports(&self) -> impl Iterator<Item = Port> {
        let wanted = Side::ALL.into_iter();
        wanted
            .filter(|side| self.leaves.is_none_or(|leaves| leaves == *side))
            .map(|side| self.port(side))
    }

    /// On a body: opposite the point that is meant, and in the middle of the side where that is in
    /// its middle third.
    fn port(&self, side: Side) -> Port {
        let lane = self.at.lane(side);
        let Some(body) = self.body else {
            return Port {
                at: self.at,
                out: side,
                stub: self.straight_on(self.at, side),
                head: self.head,
                slide: (lane, lane),
            };
        };
        let (low, high) = body.along(side);
        let inset = CORNER.min((high - low) / 4);
        let edge = body.middle_of(side);
        let middle = edge.lane(side);
        let is_central = |lane: i64| (lane - middle).abs() * 6 <= high - low;
        let tip = self
            .tips
            .on(side)
            .map(|tip| (i64::midpoint(tip.0, tip.1), tip));
        let (lane, slide) = if is_central(lane) {
            let middle = (middle, (low + inset, high - inset));
            tip.filter(|tip| is_central(tip.0)).unwrap_or(middle)
        } else {
            let lane = lane.clamp(low + inset, high - inset);
            (lane, (lane, lane))
        };
        let out = if self.inward { side.opposite() } else { side };
        let at = edge.in_lane(side, lane).toward(out, self.gap);
        Port {
            at,
            out,
            stub: self.straight_on(at, out),
            head: self.head,
            slide,
        }
    }
}

/// One way in and out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Port {
    pub(super) at: Spot,
    /// Which way a route leaves; one that arrives comes against it.
    pub(super) out: Side,
    /// How far it goes that way before it turns.
    pub(super) stub: i64,
    /// How long the head is that is painted there.
    head: i64,
    /// From where to where it may slide along its side for the sake of a straight route.
    pub(super) slide: (i64, i64),
}

impl Port {
    /// Where a route may turn first.
    pub(super) fn turn(&self) -> Spot {
        self.at.toward(self.out, self.stub)
    }

    /// How far it goes straight on at least where a middle segment lies between two ends that face each
    /// other: a route that winds is worse than a shaft that is short.
    pub(super) fn least(&self) -> i64 {
        let least = if self.head > 0 {
            self.head + 4 * UNIT
        } else {
            self.stub
        };
        least.clamp(1, self.stub.max(1))
    }

    /// Whether both may slide into a lane.
    pub(super) fn shares(&self, other: &Self, lane: i64) -> bool {
        let mut slides = [self.slide, other.slide].into_iter();
        slides.all(|(low, high)| low <= lane && lane <= high)
    }

    /// The lane in which two ports that face each other are joined by a straight line: that of the
    /// one on the shorter side, as near to its middle as the other allows.
    pub(super) fn shared_lane(&self, other: &Self) -> Option<i64> {
        let low = self.slide.0.max(other.slide.0);
        let high = self.slide.1.min(other.slide.1);
        let [mine, theirs] = [self, other].map(|port| port.slide.1 - port.slide.0);
        let lanes = (self.at.lane(self.out), other.at.lane(self.out));
        let wanted = match mine.cmp(&theirs) {
            std::cmp::Ordering::Less => lanes.0,
            std::cmp::Ordering::Equal => (lanes.0 + lanes.1).div_euclid(2),
            std::cmp::Ordering::Greater => lanes.1,
        };
        (low <= high).then(|| wanted.clamp(low, high))
    }
}
