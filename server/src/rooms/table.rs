//! Which rooms are open, and which of them nobody needs.
//!
//! Owns the counting of leases, and which room makes way when another needs its place. Knows no
//! task; a room hears of it by its mailbox.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use board::id::BoardId;
use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use super::Mail;

/// Most rooms that are on their way out and not counted as open: one that the disk keeps from ending
/// must not let others pile up.
const MAX_LEAVING: usize = 64;

/// All open rooms.
#[derive(Default)]
pub(super) struct Table {
    rooms: HashMap<BoardId, Open>,
    /// Those without a lease, the longest first.
    spare: BTreeMap<u64, BoardId>,
    /// How many have been told to make way.
    leaving: usize,
    /// Counts up for each entry of `spare`.
    turns: u64,
    /// Boards that nobody may open: they are deleted.
    shut: HashSet<BoardId>,
}

/// One open room.
pub(super) struct Open {
    /// Tells this opening of the board from earlier ones.
    pub(super) serial: u64,
    pub(super) mailbox: mpsc::Sender<Mail>,
    pub(super) space: Arc<Semaphore>,
    /// Tells the room to end, whoever is there.
    end: CancellationToken,
    leases: usize,
    /// Its place among those without a lease.
    spare: Option<u64>,
    leaving: bool,
}

impl Open {
    /// A room that nobody has a lease of yet.
    pub(super) fn new(
        serial: u64,
        mailbox: mpsc::Sender<Mail>,
        space: Arc<Semaphore>,
        end: CancellationToken,
    ) -> Self {
        Self {
            serial,
            mailbox,
            space,
            end,
            leases: 0,
            spare: None,
            leaving: false,
        }
    }
}

impl Table {
    /// Whether a board is open.
    pub(super) fn contains(&self, board: &BoardId) -> bool {
        self.rooms.contains_key(board)
    }

    /// Whether nobody may open a board.
    pub(super) fn is_shut(&self, board: &BoardId) -> bool {
        self.shut.contains(board)
    }

    /// Lets nobody open a board any more; its room, if there is one, is told to end.
    pub(super) fn shut(&mut self, board: &BoardId) {
        self.shut.insert(board.clone());
        if let Some(open) = self.rooms.get(board) {
            open.end.cancel();
        }
    }

    /// Lets people open it again.
    pub(super) fn reopen(&mut self, board: &BoardId) {
        self.shut.remove(board);
    }

    /// How many are open and not on their way out.
    pub(super) fn needed(&self) -> usize {
        self.rooms.len() - self.leaving
    }

    /// Adds a room, which must get a lease before the lock is given up.
    pub(super) fn insert(&mut self, board: &BoardId, open: Open) {
        self.rooms.insert(board.clone(), open);
    }

    /// One more lease of a room.
    pub(super) fn lease(&mut self, board: &BoardId) -> Option<&Open> {
        let open = self.rooms.get_mut(board)?;
        open.leases += 1;
        if let Some(turn) = open.spare.take() {
            self.spare.remove(&turn);
        }
        if std::mem::take(&mut open.leaving) {
            self.leaving -= 1;
        }
        Some(open)
    }

    /// A lease is given back.
    pub(super) fn give_back(&mut self, board: &BoardId, serial: u64) {
        let Some(open) = self.rooms.get_mut(board) else {
            return;
        };
        if open.serial != serial {
            return;
        }
        open.leases -= 1;
        if open.leases == 0 {
            self.turns += 1;
            open.spare = Some(self.turns);
            self.spare.insert(self.turns, board.clone());
        }
    }

    /// Tells the room that has gone longest without a lease to end. Whether there is one.
    pub(super) fn make_way(&mut self) -> bool {
        if self.leaving >= MAX_LEAVING {
            return false;
        }
        while let Some((_, board)) = self.spare.pop_first() {
            let Some(open) = self.rooms.get_mut(&board) else {
                continue;
            };
            open.spare = None;
            open.leaving = true;
            self.leaving += 1;
            // A room that is so busy hears it from its own clock.
            let _told = open.mailbox.try_send(Mail::MakeWay);
            return true;
        }
        false
    }

    /// Removes a room; unless `even_if_needed`, only when nobody holds a lease. Whether it is gone.
    pub(super) fn forget(&mut self, board: &BoardId, serial: u64, even_if_needed: bool) -> bool {
        match self.rooms.get(board) {
            Some(open) if open.serial == serial => {
                if open.leases > 0 && !even_if_needed {
                    return false;
                }
                if open.leaving {
                    self.leaving -= 1;
                }
                if let Some(turn) = open.spare {
                    self.spare.remove(&turn);
                }
                self.rooms.remove(board);
                true
            }
            _ => true,
        }
    }

    /// How many are open.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.rooms.len()
    }

    /// Whether none is.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.rooms.is_empty()
    }
}
