//! What a browser keeps of the board: rows of own updates and whole documents, for all its tabs.
//!
//! Keeps the rules of the page's own log: a row is written before its frame is sent, each tab
//! deletes only what it has read or written, and a row says which of its changes are unsaved.

use std::collections::BTreeSet;

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: u64,
    pub(crate) update: Vec<u8>,
    pub(crate) whole: bool,
    /// Which updates, by their place in the record of all, it holds at least.
    pub(crate) holds: BTreeSet<usize>,
    /// Which of them no fence has covered.
    pub(crate) unsaved: BTreeSet<usize>,
}

/// The rows.
#[derive(Debug, Default)]
pub(crate) struct Log {
    rows: Vec<Row>,
    last: u64,
}

impl Log {
    /// Everything, whole documents first.
    pub(crate) fn read(&self) -> Vec<Row> {
        let mut rows = self.rows.clone();
        rows.sort_by_key(|row| (!row.whole, row.id));
        rows
    }

    /// Adds a row and answers its id.
    pub(crate) fn append(
        &mut self,
        update: Vec<u8>,
        unsaved: BTreeSet<usize>,
        whole: bool,
        holds: BTreeSet<usize>,
    ) -> u64 {
        self.last += 1;
        self.rows.push(Row {
            id: self.last,
            update,
            unsaved,
            whole,
            holds,
        });
        self.last
    }

    /// Removes a row that is contained in another one now, and answers what it held.
    pub(crate) fn remove(&mut self, id: u64) -> BTreeSet<usize> {
        let at = self.rows.iter().position(|row| row.id == id);
        at.map(|at| self.rows.remove(at).holds).unwrap_or_default()
    }

    /// Notes that everything in a row is on the server; another tab may have folded it meanwhile.
    pub(crate) fn mark_saved(&mut self, id: u64) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.id == id) {
            row.unsaved.clear();
        }
    }
}
