//! Another board's elements, born anew on this one.
//!
//! Owns what a duplicate takes along: what lives, as it is now, and nothing that was deleted.

use board::document::Document;
use board::id::ClientId;
use board::record::Record;
use board::replica::IngestError;
use board::schema::SCHEMA;
use kurbo::Vec2;

use super::Editor;
use super::clips::From;
use scene::{Scene, Selection};

/// So many elements are one change: a large board's must fit into what a server takes at once.
const AT_ONCE: usize = 1_000;

impl Editor {
    /// Puts all elements of another board's state on this one; false when a newer version made
    /// them, of which this one knows not what belongs to them.
    ///
    /// # Errors
    /// When the state is damaged.
    pub fn fill(&mut self, state: &[u8]) -> Result<bool, IngestError> {
        let mut source = Document::new(ClientId::from_random(self.random.u64(..)));
        source.apply(state)?;
        if source.schema() > SCHEMA || self.read_only {
            return Ok(false);
        }
        let scene = Scene::rebuild(&source);
        let nodes = scene.in_order().into_iter();
        let records = nodes.map(|node| Record::of(node.element()));
        let mut made = self.copies(records.collect(), Vec2::ZERO, From::Board);
        self.ask_for_files(&made);
        while !made.is_empty() {
            let rest = made.split_off(made.len().min(AT_ONCE));
            self.bear(std::mem::replace(&mut made, rest));
        }
        self.select(Selection::new());
        Ok(true)
    }
}
