//! The full search for a way around boxes.
//!
//! Owns the order in which it looks. Knows no bodies and no arrows.
//!
//! A* over places and directions on a sparse grid, after M. Wybrow, K. Marriott, P. J. Stuckey,
//! "Orthogonal Connector Routing", Graph Drawing 2009. O(n log n) for n crossings of lines.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::field::{BEND, Field, fewest_bends};
use super::lines::Lines;
use super::port::Port;
use super::spot::{Side, Spot};

/// Marks a state that is reached from none.
const NONE: usize = usize::MAX;

/// The cheapest way from one of these ports, each with what it costs to begin there, to one of
/// those; crosses boxes only where there is no other way.
pub(super) fn cheapest(field: &Field, from: &[Port], to: &[Port]) -> Option<Vec<Spot>> {
    let grid = Lines::of(field, from, to);
    let goals = to.iter().filter_map(|port| Goal::of(&grid, field, port));
    let mut search = Search {
        goals: goals.collect(),
        best: vec![(i64::MAX, NONE); grid.states() + 1],
        open: BinaryHeap::new(),
        grid,
    };
    for port in from {
        search.start(port, field.stub_price(port))?;
    }
    search.run()?;
    search.way(from)
}

/// Where a search may end.
struct Goal {
    crossing: usize,
    port: Port,
    turn: Spot,
    /// What the last leg costs.
    rest: i64,
}

impl Goal {
    fn of(grid: &Lines, field: &Field, port: &Port) -> Option<Self> {
        Some(Self {
            crossing: grid.crossing(port.turn())?,
            port: *port,
            turn: port.turn(),
            rest: field.stub_price(port),
        })
    }

    /// What is left to pay for who comes there going this way. Nobody turns back, nor on the very
    /// end.
    fn left(&self, going: Side) -> Option<i64> {
        if going == self.port.out.opposite() {
            Some(self.rest)
        } else {
            (going != self.port.out && self.port.stub > 0).then_some(self.rest + BEND)
        }
    }
}

struct Search {
    grid: Lines,
    goals: Vec<Goal>,
    /// What each state costs and where it is reached from; the last one is the end.
    best: Vec<(i64, usize)>,
    /// By what a way costs at least, then by what of it is paid already.
    open: BinaryHeap<(Reverse<i64>, i64, Reverse<usize>)>,
}

impl Search {
    fn end(&self) -> usize {
        self.best.len() - 1
    }

    /// Begins at a port, whose straight beginning costs this. Without one, it goes straight on to
    /// the next line.
    fn start(&mut self, port: &Port, price: i64) -> Option<()> {
        let start = self.grid.state(port.turn(), port.out)?;
        if port.stub > 0 {
            self.reach(start, NONE, price);
            return Some(());
        }
        *self.best.get_mut(start)? = (0, NONE);
        let (next, price) = self.grid.step(start, port.out)?;
        self.reach(next, start, price);
        Some(())
    }

    fn reach(&mut self, state: usize, before: usize, cost: i64) {
        if self.best.get(state).is_none_or(|best| best.0 <= cost) || self.is_beaten(state, cost) {
            return;
        }
        let left = self.grid.place(state).map(|place| self.left(place));
        if let Some(best) = self.best.get_mut(state) {
            *best = (cost, before);
            let least = cost + left.unwrap_or(0);
            self.open.push((Reverse(least), cost, Reverse(state)));
        }
    }

    /// Whether there is a way to the same place that need only bend there to be no worse than this.
    /// Nobody is beaten where the direction of arrival matters: at a goal, and for points to pass.
    fn is_beaten(&self, state: usize, cost: i64) -> bool {
        let here = state / 4 * 4;
        let back = here + Lines::going(state).opposite() as usize;
        let rivals = (here..here + 4).filter(|rival| *rival != back);
        let least = rivals
            .filter_map(|rival| self.best.get(rival))
            .map(|best| best.0);
        least.min().is_some_and(|least| least <= cost - BEND)
            && !(self.goals.iter()).any(|goal| goal.crossing == state / 4 || goal.port.stub == 0)
    }

    /// The least that is left to pay.
    fn left(&self, (at, going): (Spot, Side)) -> i64 {
        let left = self.goals.iter().map(|goal| {
            let bends = fewest_bends(at, going, goal.turn, goal.port.out.opposite());
            at.distance(goal.turn) + bends * BEND + goal.rest
        });
        left.min().unwrap_or(0)
    }

    /// Until the end is reached.
    fn run(&mut self) -> Option<()> {
        while let Some((_, cost, Reverse(state))) = self.open.pop() {
            if state == self.end() {
                return Some(());
            }
            if self.best.get(state).is_none_or(|best| best.0 < cost) {
                continue;
            }
            let going = Lines::going(state);
            let ends = self.goals.iter().filter(|goal| goal.crossing == state / 4);
            let left = ends.filter_map(|goal| goal.left(going)).min();
            if let Some(left) = left {
                self.reach(self.end(), state, cost + left);
            }
            for side in Side::ALL {
                if side == going.opposite() {
                    continue;
                }
                if let Some((next, price)) = self.grid.step(state, side) {
                    let bend = if side == going { 0 } else { BEND };
                    self.reach(next, state, cost + price + bend);
                }
            }
        }
        None
    }

    /// The way to the end, from port to port.
    fn way(&self, from: &[Port]) -> Option<Vec<Spot>> {
        let mut state = self.best.last()?.1;
        let (crossing, going) = (state / 4, Lines::going(state));
        let ends = self.goals.iter().filter(|goal| goal.crossing == crossing);
        let goal = ends
            .filter(|goal| goal.left(going).is_some())
            .min_by_key(|goal| goal.left(going))?;
        let mut way = vec![goal.port.at];
        let mut first = state;
        while state != NONE {
            way.push(self.grid.place(state)?.0);
            first = state;
            state = self.best.get(state)?.1;
        }
        let start = from
            .iter()
            .find(|port| self.grid.state(port.turn(), port.out) == Some(first))?;
        way.push(start.at);
        way.reverse();
        Some(way)
    }
}
