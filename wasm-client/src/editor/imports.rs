//! What files bring, on the board: all of it in one step, or nothing.
//!
//! Owns where it lands. Knows no file: readers make records of them.

use board::document::Document;
use board::fields::{Value, bytes};
use board::id::ClientId;
use board::record::Record;
use board::schema::SCHEMA;
use kurbo::{Point, Vec2};
use scene::Scene;

use super::Editor;
use super::clips::From;

impl Editor {
    /// Makes this board, which must be empty, that very one; false when it is not, the other is damaged, or
    /// a newer version made it.
    pub fn become_board(&mut self, state: &[u8]) -> bool {
        let mut source = Document::new(ClientId::from_random(self.random.u64(..)));
        let is_known = source.apply(state).is_ok() && source.schema() <= SCHEMA;
        is_known && self.scene.is_empty() && self.may_edit() && self.restore(state, 1).is_ok()
    }

    /// The same with all that lives on another board, of its state as one update; none when a newer version
    /// made that.
    pub fn take_in_board(&mut self, state: &[u8], at: Option<Point>) -> usize {
        let mut source = Document::new(ClientId::from_random(self.random.u64(..)));
        if source.apply(state).is_err() || source.schema() > SCHEMA || !self.may_edit() {
            return 0;
        }
        let scene = Scene::rebuild(&source);
        let nodes = scene.in_order().into_iter();
        self.bring_in(nodes.map(|node| Record::of(node.stored())).collect(), at)
    }

    /// Puts records on the board that are encoded as one list, as one step of undo: where it is empty as they
    /// were where they come from, else around a place on the screen or the middle of the view. How many;
    /// none when they are damaged, or nothing may be changed.
    pub fn take_in(&mut self, encoded: &[u8], at: Option<Point>) -> usize {
        let Ok(Value::List(values)) = bytes::decode(encoded) else {
            return 0;
        };
        if !self.may_edit() {
            return 0;
        }
        self.bring_in(values.iter().filter_map(Record::from_value).collect(), at)
    }

    fn bring_in(&mut self, records: Vec<Record>, at: Option<Point>) -> usize {
        let count = records.len();
        let empty = self.scene.is_empty();
        let made = self.copies(records, Vec2::ZERO, From::Board);
        self.ask_for_files(&made);
        if empty {
            self.insert_elements(made);
            self.zoom_to_fit();
        } else {
            let middle = self.sight.camera.middle().0;
            self.land(made, Some(at.unwrap_or(middle)));
        }
        count
    }
}
