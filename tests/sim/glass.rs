//! What a page shows: the tiles that the editor had painted, each in its slot, as a browser keeps
//! them on canvases.

use std::collections::BTreeMap;

use board::display::DisplayList;
use board::display::command::Command as Paint;
use wasm_client::editor::Editor;

/// Every so many paintings, what is shown is compared with everything painted anew.
const CHECK_EVERY: usize = 8;

/// A place on the plane, and what is painted there.
type Tile = ((i64, i64), DisplayList);

/// Canvases of one page.
#[derive(Debug, Default)]
pub(crate) struct Glass {
    slots: BTreeMap<usize, Tile>,
    overlay: DisplayList,
    paintings: usize,
}

impl Glass {
    /// Lets the editor paint what changed.
    pub(crate) fn paint(&mut self, editor: &mut Editor) {
        let painted = self.paint_slots(editor);
        self.slots.extend(painted);
        self.paintings += 1;
        if self.paintings.is_multiple_of(CHECK_EVERY) {
            self.check(editor);
        }
    }

    /// What is shown is what painting everything anew shows.
    pub(crate) fn check(&mut self, editor: &mut Editor) {
        editor.repaint();
        for (slot, anew) in self.paint_slots(editor) {
            let shown = self.slots.get(&slot);
            assert!(shown == Some(&anew), "slot {slot}: {shown:?}, not {anew:?}");
        }
    }

    /// What is painted above the scene.
    pub(crate) fn above(&self) -> Vec<Paint> {
        let paints = |paint: &Paint| {
            use Paint::{Fill, Stroke, Text, TextRtl};
            matches!(paint, Fill | Stroke | Text(..) | TextRtl(..))
        };
        self.overlay.iter().filter(paints).collect()
    }

    /// The tiles that show anything, wherever their slot is.
    pub(crate) fn tiles(&self) -> BTreeMap<(i64, i64), DisplayList> {
        let shown = self.slots.values().filter(|(_, list)| !list.is_empty());
        shown.cloned().collect()
    }

    fn paint_slots(&mut self, editor: &mut Editor) -> BTreeMap<usize, Tile> {
        let painting = editor.paint();
        self.overlay = painting.overlay;
        let place = |at: kurbo::Point| (at.x as i64, at.y as i64);
        let tiles = painting.tiles.into_iter();
        tiles
            .map(|tile| (tile.slot, (place(tile.corner), tile.list)))
            .collect()
    }
}
