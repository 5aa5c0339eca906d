//! The lines on which the full search looks for a way.
//!
//! Owns where they are, how their pieces are to boxes, and how states are numbered: a crossing of
//! two lines and the direction of who comes there. There are at most three lines for each box and
//! three for each port on either axis. Knows no costs but those of pieces.

use std::ops::Range;

use super::field::{Field, Passage};
use super::port::{MARGIN, Port};
use super::spot::{Block, Side, Spot};

/// The lines on which ways run, and how their pieces are to boxes.
pub(super) struct Lines {
    xs: Vec<i64>,
    ys: Vec<i64>,
    /// Of the piece to the right of each crossing, row by row.
    level: Vec<Passage>,
    /// Of the piece below each crossing, row by row.
    upright: Vec<Passage>,
}

impl Lines {
    pub(super) fn of(field: &Field, from: &[Port], to: &[Port]) -> Self {
        let (mut xs, mut ys) = (Row::default(), Row::default());
        for port in from.iter().chain(to) {
            let turn = port.turn();
            xs.extend([turn.x]);
            ys.extend([turn.y]);
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
        let crossings = xs.0.len() * ys.0.len();
        let mut lines = Self {
            xs: xs.0,
            ys: ys.0,
            level: vec![Passage::Clear; crossings],
            upright: vec![Passage::Clear; crossings],
        };
        // Each piece is as bad as the worst that it runs through, which is marked last.
        for worse in 0..3 {
            for zones in field.boxes.iter().map(Field::zones) {
                if let Some((zone, passage)) = zones.get(worse) {
                    lines.mark(*zone, *passage);
                }
            }
        }
        lines
    }

    /// How many places and directions there are.
    pub(super) fn states(&self) -> usize {
        self.level.len() * 4
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
    pub(super) fn crossing(&self, at: Spot) -> Option<usize> {
        let column = self.xs.binary_search(&at.x).ok()?;
        let row = self.ys.binary_search(&at.y).ok()?;
        Some(row * self.xs.len() + column)
    }

    /// The number of a place and direction; `None` off the lines.
    pub(super) fn state(&self, at: Spot, going: Side) -> Option<usize> {
        Some(self.crossing(at)? * 4 + going as usize)
    }

    /// In which direction a state goes.
    pub(super) fn going(state: usize) -> Side {
        match state % 4 {
            0 => Side::Left,
            1 => Side::Top,
            2 => Side::Right,
            _ => Side::Bottom,
        }
    }

    pub(super) fn place(&self, state: usize) -> Option<(Spot, Side)> {
        let crossing = state / 4;
        let x = *self.xs.get(crossing % self.xs.len())?;
        let y = *self.ys.get(crossing / self.xs.len())?;
        Some((Spot { x, y }, Self::going(state)))
    }

    /// The next crossing on that side, as the state that has gone there, and the price of the way.
    pub(super) fn step(&self, state: usize, side: Side) -> Option<(usize, i64)> {
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

/// Coordinates in order, each once.
#[derive(Default)]
struct Row(Vec<i64>);

impl Row {
    /// O(lines): they are few, and sorting would be more code.
    fn extend(&mut self, lines: impl IntoIterator<Item = i64>) {
        for line in lines {
            if let Err(place) = self.0.binary_search(&line) {
                self.0.insert(place, line);
            }
        }
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
