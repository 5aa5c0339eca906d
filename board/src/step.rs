//! What one gesture changed, key by key, so that it can be taken back.
//!
//! Owns what a step is; the document carries it out, the history keeps it. Knows neither.

use crate::fields::Value;
use crate::schema::Key;

/// One key's change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where.
    pub key: Key,
    /// What stood there; `None` for nothing.
    pub before: Option<Value>,
    /// What stands there since.
    pub after: Option<Value>,
}

impl Change {
    /// The change that takes this one back.
    pub fn inverse(&self) -> Self {
        Self {
            key: self.key.clone(),
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// What one gesture changed.
///
/// Taking it back writes `before` only where `after` still stands: what somebody else has changed
/// since then is left as they made it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// The changes, in the order they were made.
    pub changes: Vec<Change>,
}

impl Step {
    /// Goes on with what came right after; a key that this step wrote keeps its one change.
    pub fn extend(&mut self, next: Self) {
        for change in next.changes {
            let same = |own: &&mut Change| own.key == change.key && own.after == change.before;
            match self.changes.iter_mut().find(same) {
                Some(own) => own.after = change.after,
                None => self.changes.push(change),
            }
        }
    }
}

/// The outcome of taking a step back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reverted {
    /// The step that puts back what was taken back.
    pub inverse: Step,
    /// How many changes were left alone because somebody wrote there since.
    pub skipped: usize,
}
