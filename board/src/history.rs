//! One's own undo: steps of a gesture, taken back only where nobody has written since.
//!
//! Owns the two stacks. Steps are reverted by the document; text that is being
//! typed has an undo of its own, because it merges by character.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use yrs::undo::{Options, UndoManager};

use crate::document::{Document, Write};
use crate::id::ElementId;
use crate::step::{Reverted, Step};

/// Oldest steps beyond this are forgotten: each keeps what it overwrote in memory.
const MAX_STEPS: usize = 500;
/// Typing without a pause of this long is one undo step within a text.
const TYPING_PAUSE_MS: u64 = 800;

/// The undo of one text: by character, one's own typing only.
pub struct TextUndo {
    id: ElementId,
    manager: UndoManager<()>,
    clock: Arc<AtomicU64>,
}

impl std::fmt::Debug for TextUndo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextUndo")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl TextUndo {
    /// Starts to note what is typed into an element's text.
    ///
    /// Each session has an origin of its own, so that an older session never takes back a newer one.
    pub fn new(document: &mut Document, id: &ElementId) -> Self {
        let origin = document.begin_typing();
        let clock = Arc::new(AtomicU64::new(1));
        let reader = clock.clone();
        let mut manager = UndoManager::with_options(Options {
            capture_timeout_millis: TYPING_PAUSE_MS,
            tracked_origins: [yrs::Origin::from(origin)].into(),
            capture_transaction: None,
            timestamp: Arc::new(move || reader.load(Ordering::Relaxed)),
            init_undo_stack: Vec::new(),
            init_redo_stack: Vec::new(),
        });
        manager.expand_scope(document.replica().doc(), &document.text_ref(id));
        Self {
            id: id.clone(),
            manager,
            clock,
        }
    }

    /// The element.
    pub fn element(&self) -> &ElementId {
        &self.id
    }

    /// Tells the time in milliseconds; a pause in typing begins a new step.
    pub fn set_time(&self, now_ms: f64) {
        self.clock
            .store(1 + now_ms.max(0.0) as u64, Ordering::Relaxed);
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        self.manager.can_undo()
    }

    /// Whether there is something to put back.
    pub fn can_redo(&self) -> bool {
        self.manager.can_redo()
    }

    /// Takes back the latest typing; false when there is none.
    pub fn undo(&mut self) -> bool {
        self.manager.can_undo() && self.manager.undo_blocking()
    }

    /// Puts it back; false when there is none.
    pub fn redo(&mut self) -> bool {
        self.manager.can_redo() && self.manager.redo_blocking()
    }
}

/// One entry of the history.
#[derive(Debug)]
pub enum Entry {
    /// Keys of elements.
    Step(Step),
    /// A finished session of typing, and the step that ended it (an emptied text goes).
    Text(TextUndo, Step),
}

impl Entry {
    fn does_something(&self) -> bool {
        match self {
            Self::Step(step) => !step.changes.is_empty(),
            Self::Text(..) => true,
        }
    }
}

/// What is written beside a step by which these elements go.
pub type Leave<'a> = &'a dyn Fn(&BTreeSet<ElementId>) -> Vec<Write>;

/// Takes a step back, and leaves in order what held on to all that goes by that.
// In one piece it can come late.
#[inline(never)]
pub fn revert(document: &mut Document, step: &Step, leave: Leave<'_>) -> Reverted {
    let beside = leave(&document.gone_without(step));
    document.revert_with(step, beside)
}

/// The two stacks of one person's page.
#[derive(Debug, Default)]
pub struct History {
    undo: Vec<Entry>,
    redo: Vec<Entry>,
}

impl History {
    /// Notes a step; an empty one is no step. What was undone can then no longer be redone.
    pub fn push(&mut self, step: Step) {
        if !step.changes.is_empty() {
            self.push_entry(Entry::Step(step));
        }
    }

    /// Adds to the latest step, as when a key that is held repeats; without one it begins a step.
    pub fn extend(&mut self, step: Step) {
        match self.undo.last_mut() {
            Some(Entry::Step(last)) if !step.changes.is_empty() => {
                last.extend(step);
                self.redo.clear();
            }
            _ => self.push(step),
        }
    }

    /// Notes a finished session of typing.
    pub fn push_text(&mut self, text: TextUndo, end: Step) {
        if text.can_undo() || !end.changes.is_empty() {
            self.push_entry(Entry::Text(text, end));
        }
    }

    /// Whether undo would do something.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether redo would do something.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Takes the latest step back; the number of changes that were left alone, `None` without one.
    pub fn undo(&mut self, document: &mut Document, leave: Leave<'_>) -> Option<usize> {
        let (entry, skipped) = match self.undo.pop()? {
            Entry::Step(step) => {
                let reverted = revert(document, &step, leave);
                (Entry::Step(reverted.inverse), reverted.skipped)
            }
            Entry::Text(mut text, end) => {
                let reverted = revert(document, &end, leave);
                while text.undo() {}
                (Entry::Text(text, reverted.inverse), reverted.skipped)
            }
        };
        if entry.does_something() {
            self.redo.push(entry);
        }
        Some(skipped)
    }

    /// Puts the latest undone step back, in the same way.
    pub fn redo(&mut self, document: &mut Document, leave: Leave<'_>) -> Option<usize> {
        let (entry, skipped) = match self.redo.pop()? {
            Entry::Step(step) => {
                let reverted = revert(document, &step, leave);
                (Entry::Step(reverted.inverse), reverted.skipped)
            }
            Entry::Text(mut text, end) => {
                while text.redo() {}
                let reverted = revert(document, &end, leave);
                (Entry::Text(text, reverted.inverse), reverted.skipped)
            }
        };
        if entry.does_something() {
            self.undo.push(entry);
        }
        Some(skipped)
    }

    fn push_entry(&mut self, entry: Entry) {
        self.redo.clear();
        if self.undo.len() == MAX_STEPS {
            self.undo.remove(0);
        }
        self.undo.push(entry);
    }
}
