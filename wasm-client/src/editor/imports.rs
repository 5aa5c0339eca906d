//! What files bring, on the board: all of it in one step, or nothing.
//!
//! Owns where it lands. Knows no file: readers make records of them.

use board::fields::{Value, bytes};
use board::record::Record;
use kurbo::{Point, Vec2};

use super::Editor;
use super::clips::From;

impl Editor {
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
        let records: Vec<Record> = values.iter().filter_map(Record::from_value).collect();
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
