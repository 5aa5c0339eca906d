//! The full search for a way around boxes.
//!
//! Owns the lines on which it looks and the order in which it does. Knows no bodies and no arrows.
//!
//! A* over places and directions on a sparse grid, after M. Wybrow, K. Marriott, P. J. Stuckey,
//! "Orthogonal Connector Routing", Graph Drawing 2009. O(n log n) for n crossings of lines, of
//! which there are at most three for each box and six for each port on either axis.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::field::{BEND, Field, Passage, fewest_bends};
use super::port::{MARGIN, Port};
use super::spot::{Block, Side, Spot};

/// Marks a state that is reached from none.
const NONE: usize = usize::MAX;

/// The cheapest way from one of these ports, each with what it costs to begin there, to one of
/// those; crosses boxes only where there is no other way.
pub(super) fn cheapest(field: &Field, from: &[Port], to: &[Port]) -> Option<Vec<Spot>> {
    let grid = Lines::of(field, from, to);
    let goals = to.iter().filter_map(|port| Goal::of(&grid, field, port));
    let mut search = Search {
        goals: goals.collect(),
        best: vec![(i64::MAX, NONE); grid.xs.len() * grid.ys.len() * 4 + 1],
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

/// The lines on which ways run, and how their pieces are to boxes.
struct Lines {
    xs: Vec<i64>,
    ys: Vec<i64>,
    /// Of the piece to the right of each crossing, row by row.
    level: Vec<Passage>,
    /// Of the piece below each crossing, row by row.
    upright: Vec<Passage>,
}

impl Lines {
    fn of(field: &Field, from: &[Port], to: &[Port]) -> Self {
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for port in from.iter().chain(to) {
            let turn = port.turn();
            xs.push(turn.x);
            ys.push(turn.y);
            // A box has lines around it already, a point has not.
            if port.slide.0 == port.slide.1 {
                xs.extend([port.at.x - MARGIN, port.at.x + MARGIN]);
                ys.extend([port.at.y - MARGIN, port.at.y + MARGIN]);
            }
        }
        let flipped = Field {
            boxes: field.boxes.iter().map(|(b, m)| (b.flipped(), *m)).collect(),
        };
        for (block, margin) in &field.boxes {
            let around = block.grown(*margin);
            xs.extend([around.x0, around.x1]);
            ys.extend([around.y0, around.y1]);
            xs.extend(narrow_middle(field, *block, *margin));
            let flipped = narrow_middle(&flipped, block.flipped(), *margin);
            ys.extend(flipped);
        }
        for lines in [&mut xs, &mut ys] {
            lines.sort_unstable();
            lines.dedup();
        }
        let crossings = xs.len() * ys.len();
        let mut lines = Self {
            xs,
            ys,
            level: vec![Passage::Clear; crossings],
            upright: vec![Passage::Clear; crossings],
        };
        // Each piece is as bad as the worst that it runs through, which is marked last.
        let mut zones: Vec<(Block, Passage)> = field.boxes.iter().flat_map(Field::zones).collect();
        zones.sort_unstable_by_key(|(_, passage)| *passage);
        for (zone, passage) in zones {
            lines.mark(zone, passage);
        }
        lines
    }

    /// Marks the pieces that run through a box.
    fn mark(&mut self, block: Block, passage: Passage) {
        let width = self.xs.len();
        let [inner_x, inner_y] = [
            within(&self.xs, block.x0, block.x1),
            within(&self.ys, block.y0, block.y1),
        ];
        let [pieces_x, pieces_y] = [
            pieces(&self.xs, block.x0, block.x1),
            pieces(&self.ys, block.y0, block.y1),
        ];
        for (marks, columns, rows) in [
            (&mut self.level, pieces_x, inner_y),
            (&mut self.upright, inner_x, pieces_y),
        ] {
            for row in rows {
                let run = row * width + columns.start..row * width + columns.end;
                marks
                    .get_mut(run)
                    .into_iter()
                    .for_each(|run| run.fill(passage));
            }
        }
    }

    /// The number of a place; `None` off the lines.
    fn crossing(&self, at: Spot) -> Option<usize> {
        let column = self.xs.binary_search(&at.x).ok()?;
        let row = self.ys.binary_search(&at.y).ok()?;
        Some(row * self.xs.len() + column)
    }

    /// The number of a place and direction; `None` off the lines.
    fn state(&self, at: Spot, going: Side) -> Option<usize> {
        Some(self.crossing(at)? * 4 + going as usize)
    }

    /// In which direction a state goes.
    fn going(state: usize) -> Side {
        match state % 4 {
            0 => Side::Left,
            1 => Side::Top,
            2 => Side::Right,
            _ => Side::Bottom,
        }
    }

    fn place(&self, state: usize) -> Option<(Spot, Side)> {
        let crossing = state / 4;
        let x = *self.xs.get(crossing % self.xs.len())?;
        let y = *self.ys.get(crossing / self.xs.len())?;
        Some((Spot { x, y }, Self::going(state)))
    }

    /// The next crossing on that side, as the state that has gone there, and the price of the way.
    fn step(&self, state: usize, side: Side) -> Option<(usize, i64)> {
        let (crossing, width) = (state / 4, self.xs.len());
        let column = crossing % width;
        let (next, piece, marks) = match side {
            Side::Left if column == 0 => return None,
            Side::Right if column + 1 == width => return None,
            Side::Left => (crossing - 1, crossing - 1, &self.level),
            Side::Right => (crossing + 1, crossing, &self.level),
            Side::Top => {
                let above = crossing.checked_sub(width)?;
                (above, above, &self.upright)
            }
            Side::Bottom => (crossing + width, crossing, &self.upright),
        };
        let next = next * 4 + side as usize;
        let length = self.place(state)?.0.distance(self.place(next)?.0);
        Some((next, marks.get(piece)?.price(length)))
    }
}

/// Which lines lie between two others.
fn within(lines: &[i64], low: i64, high: i64) -> Range<usize> {
    let start = lines.partition_point(|line| *line <= low);
    start..lines.partition_point(|line| *line < high).max(start)
}

/// Which pieces, each from a line to the next, have a part between two lines.
fn pieces(lines: &[i64], low: i64, high: i64) -> Range<usize> {
    let start = lines.partition_point(|line| *line <= low).saturating_sub(1);
    start..lines.partition_point(|line| *line < high).max(start)
}

/// The middle of the gap to the next box on the right, where it is too narrow for both margins.
fn narrow_middle(field: &Field, block: Block, margin: i64) -> Option<i64> {
    let reach = block.grown(margin);
    let beside = field.boxes.iter().filter_map(|(other, least)| {
        let shares = other.y0 < reach.y1 && reach.y0 < other.y1;
        let gap = other.x0 - block.x1;
        (shares && (1..margin + least).contains(&gap)).then_some(gap)
    });
    Some(block.x1 + beside.min()? / 2)
}
