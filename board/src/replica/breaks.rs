//! Replicas that break because a test wants it: no bytes are known that get past the judges and
//! then break one.
//!
//! Owns how they break. It is in no product: only tests turn the feature `testing` on.

use std::panic::resume_unwind;

use super::Replica;

/// How an update fails half-way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// The library says so, with the update already in the document.
    Failing,
    /// It panics there.
    Panicking,
    /// It panics at the end of the transaction.
    Committing,
}

impl Replica {
    /// For tests: so many more updates are applied, and the one after them breaks this replica.
    pub fn break_after(&mut self, fine: usize, breaks: Breaks) {
        self.breaks = Some((fine, breaks));
    }

    /// How the update that comes now is to break this replica.
    pub(super) fn breaks_now(&mut self) -> Option<Breaks> {
        let (fine, breaks) = self.breaks.take()?;
        let Some(fewer) = fine.checked_sub(1) else {
            return Some(breaks);
        };
        self.breaks = Some((fewer, breaks));
        None
    }
}

impl Breaks {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Failing, Self::Panicking, Self::Committing];

    /// Called with the update in the document; `None` when that is to fail.
    pub(super) fn applied(breaks: Option<Self>) -> Option<()> {
        match breaks {
            Some(Self::Failing) => None,
            Some(Self::Panicking) => panics(),
            Some(Self::Committing) | None => Some(()),
        }
    }

    /// Called when the transaction has ended.
    pub(super) fn committed(breaks: Option<Self>) {
        if breaks == Some(Self::Committing) {
            panics()
        }
    }
}

/// Without the panic hook, which would write it into the tests' output.
fn panics() -> ! {
    resume_unwind(Box::new("as a test wants it"))
}
