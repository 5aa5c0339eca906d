//! How one's own edits come into the document: in one transaction, noted as a step, and taken back.
//!
//! Owns what a step has changed. Knows neither who asks, nor what is drawn.

use std::collections::BTreeSet;

use yrs::{Text as _, Transact as _, TransactionMut};

use super::{Document, Write};
use crate::id::ElementId;
use crate::schema::Key;
use crate::step::{Change, Reverted, Step};

impl Document {
    /// Writes all of it in one transaction; what is already so is left out.
    pub fn commit(&mut self, writes: Vec<Write>) -> Step {
        self.commit_with_texts(writes, &[])
    }

    /// [`Self::commit`], with what new elements say in the same transaction. A text is no part of
    /// the step: it stays when the step is undone, unseen without its element.
    pub fn commit_with_texts(&mut self, writes: Vec<Write>, texts: &[(&ElementId, &str)]) -> Step {
        let texts: Vec<_> = texts
            .iter()
            .map(|(id, text)| (self.text_ref(id), *text))
            .collect();
        let mut transaction = self.replica.doc().transact_mut_with(Self::LOCAL);
        let step = self.write(&mut transaction, writes);
        for (end, text) in texts {
            end.push(&mut transaction, text);
        }
        step
    }

    fn write(&self, transaction: &mut TransactionMut<'_>, writes: Vec<Write>) -> Step {
        let mut changes = Vec::new();
        for Write { key, value } in writes {
            let before = self.read_key(transaction, &key);
            if before != value {
                self.write_key(transaction, &key, value.as_ref());
                changes.push(Change {
                    key,
                    before,
                    after: value,
                });
            }
        }
        Step { changes }
    }

    /// Takes a step back wherever nobody has changed its keys since; see [`Step`].
    pub fn revert(&mut self, step: &Step) -> Reverted {
        self.revert_with(step, Vec::new())
    }

    /// [`Self::revert`], with what is to be written beside it in the same transaction, of which the
    /// inverse is one step too.
    pub fn revert_with(&mut self, step: &Step, beside: Vec<Write>) -> Reverted {
        let mut reverted = Reverted::default();
        let mut transaction = self.replica.doc().transact_mut_with(Self::LOCAL);
        for change in step.changes.iter().rev() {
            if self.read_key(&transaction, &change.key) == change.after {
                self.write_key(&mut transaction, &change.key, change.before.as_ref());
                reverted.inverse.changes.push(change.inverse());
            } else {
                reverted.skipped += 1;
            }
        }
        let beside = self.write(&mut transaction, beside);
        reverted.inverse.extend(beside);
        reverted
    }

    /// What is gone once a step is taken back: what it has put there, and the pieces of strokes that
    /// come back.
    pub fn gone_without(&self, step: &Step) -> BTreeSet<ElementId> {
        let transaction = self.replica.doc().transact();
        let mut gone = BTreeSet::new();
        for change in &step.changes {
            let Key::Element(id) = &change.key else {
                continue;
            };
            if self.read_key(&transaction, &change.key) != change.after {
                continue;
            }
            match change.before {
                None => drop(gone.insert(id.clone())),
                Some(_) => gone.extend(self.notes().pieces.get(id).into_iter().flatten().cloned()),
            }
        }
        gone
    }
}
