//! What the boards of a soak must hold: who drew how much on which.
//!
//! Owns chance: from one seed come the same visits, whatever the server does. Looks at the end
//! whether boards that have left memory still have every element.

use anyhow::{Context, Result, ensure};
use board::document::Document;
use board::id::ClientId;
use drawbridge_tests::grid::Grid;
use fastrand::Rng;

use crate::dialect::Incoming;
use crate::server::Server;
use crate::swarm::Swarm;
use crate::updates::elements;

/// One visit in so many is to a board that was there before.
const RETURNS: usize = 8;
/// One visit in so many loses its connection in between.
const SHAKY: usize = 4;
/// One visit in so many draws enough for a snapshot when the board closes.
const BUSY: usize = 16;
/// Elements of most visits, and of those.
const SOME: std::ops::RangeInclusive<usize> = 2..=30;
const MANY: std::ops::RangeInclusive<usize> = 100..=150;
/// Whoever only looks has this client id.
const READER: u64 = 1;

/// What somebody drew.
#[derive(Debug, Clone, Copy)]
struct Share {
    client: u64,
    count: usize,
}

impl Share {
    fn grid(&self) -> Grid {
        Grid {
            count: self.count,
            ink_every: 5,
            points: 40,
            first_id: u128::from(self.client) << 16,
        }
    }
}

/// Somebody who comes to a board and draws.
pub(super) struct Visit {
    pub(super) board: String,
    /// The Yjs client.
    pub(super) client: u64,
    /// What is drawn, one element each.
    pub(super) updates: Vec<Vec<u8>>,
    /// Loses its connection in between.
    pub(super) is_shaky: bool,
    /// Says goodbye with a close frame.
    pub(super) is_polite: bool,
}

/// All boards, by number.
pub(super) struct Ledger {
    rng: Rng,
    boards: Vec<Vec<Share>>,
    next_client: u64,
}

impl Ledger {
    /// No board yet.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            boards: Vec::new(),
            next_client: READER + 1,
        }
    }

    /// How many boards there have been.
    pub(super) fn boards(&self) -> usize {
        self.boards.len()
    }

    /// The visits of a wave: to so many new boards, and to some that were there before.
    pub(super) fn plan(&mut self, count: usize) -> Vec<Visit> {
        let before = self.boards.len();
        let old = (count / RETURNS).min(before);
        let mut boards = self.rng.choose_multiple(0..before, old);
        boards.extend(before..before + count);
        self.boards.resize_with(before + count, Vec::new);
        self.rng.shuffle(&mut boards);
        boards.into_iter().map(|board| self.visit(board)).collect()
    }

    fn visit(&mut self, board: usize) -> Visit {
        let many = self.rng.usize(..BUSY) == 0;
        let share = Share {
            client: self.next_client,
            count: self.rng.usize(if many { MANY } else { SOME }),
        };
        self.next_client += 1;
        if let Some(shares) = self.boards.get_mut(board) {
            shares.push(share);
        }
        Visit {
            board: name(board),
            client: share.client,
            updates: elements(share.client, &share.grid(), 1),
            is_shaky: self.rng.usize(..SHAKY) == 0,
            is_polite: self.rng.bool(),
        }
    }

    /// Opens boards at random, and looks whether every element is there as it was drawn; answers
    /// how many boards those were.
    pub(super) fn check(&mut self, server: &Server, count: usize) -> Result<usize> {
        let count = count.min(self.boards.len());
        for board in self.rng.choose_multiple(0..self.boards.len(), count) {
            let shares = self.boards.get(board).context("no such board")?;
            compare(server, &name(board), shares).with_context(|| name(board))?;
        }
        Ok(count)
    }
}

fn name(board: usize) -> String {
    format!("soak-{board}")
}

fn compare(server: &Server, board: &str, shares: &[Share]) -> Result<()> {
    let mut document = Document::new(ClientId::from_random(READER));
    let mut swarm = Swarm::new()?;
    swarm.add(server, board)?;
    swarm.until("the board", |_, incoming| {
        let Incoming::State(state) = incoming else {
            return Ok(false);
        };
        document.apply(state)?;
        Ok(true)
    })?;
    let drawn = shares.iter().map(|share| share.count).sum::<usize>();
    let found = document.elements().len();
    ensure!(found == drawn, "{found} elements of {drawn}");
    for grid in shares.iter().map(Share::grid) {
        for element in (0..grid.count).map(|i| grid.element(i)) {
            let kept = document.element(&element.id);
            ensure!(
                kept.as_ref() == Some(&element),
                "another {}",
                element.id.as_str()
            );
        }
    }
    Ok(())
}
