//! One's own steps: what can be taken back and put back. Owns no document.

use board::history::History;
use board::step::Step;
use kurbo::{Point, Rect};

use scene::Selection;

/// One's own steps.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) history: History,
    /// The birth of the copies that are being dragged; it becomes one step with the drag.
    pub(super) copied: Option<Step>,
    /// Where the last undo or redo changed something, if that is out of view.
    pub(super) unseen: Option<Rect>,
    /// What was not there before the undo or redo under way.
    pub(super) back: Option<Selection>,
    /// Where the pointer was when something was pasted last, on the screen, and how often before that
    /// there: each lands a bit further on.
    pub(super) pasted: (Option<Point>, u32),
    /// The latest copies beside their originals: the next ones lie as far from these.
    pub(super) row: Option<Row>,
}

/// Copies, and where what they were made of stood.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) copies: Selection,
    /// Top left of the box around the originals.
    pub(super) stood: Point,
}
