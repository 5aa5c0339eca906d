//! What a person sees, as the page calls it.
//!
//! Owns the translation of views and of what is painted. Knows no canvas.

use board::display::DisplayList;
use board::id::ElementId;
use kurbo::Size;
use wasm_bindgen::prelude::*;

use super::Engine;
use crate::editor::paint::PaintedTile;

/// What to paint. The elements are on tiles, which lie on a plane that moves as a whole; all in CSS
/// pixels.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct Painting {
    /// Where the plane's origin is on the canvas, `x y`.
    #[wasm_bindgen(readonly)]
    pub shift: Vec<f64>,
    /// Side of a tile.
    #[wasm_bindgen(readonly)]
    pub side: f64,
    /// `slot x y` of every tile that changed: its place on the plane.
    #[wasm_bindgen(readonly)]
    pub places: Vec<f64>,
    /// The display lists of these tiles; an empty one shows nothing.
    #[wasm_bindgen(readonly)]
    pub tiles: Vec<js_sys::Uint32Array>,
    /// The display list of whatever moves above them.
    #[wasm_bindgen(readonly)]
    pub overlay: js_sys::Uint32Array,
    /// Texts that may be painted wider than they are laid out, each ended by a zero: an id and the
    /// lines, parted by newlines. `measured` wants to know.
    #[wasm_bindgen(readonly)]
    pub unmeasured: String,
}

#[wasm_bindgen]
impl Engine {
    /// Takes the canvas's size in CSS pixels, and how many device pixels one of them is.
    pub fn resize(&mut self, width: f64, height: f64, density: f64) {
        self.editor.resize(width, height, density);
    }

    /// Takes the part of the canvas that nothing of the system covers, such as a keyboard on the
    /// screen, and no sheet of the page: its edges in CSS pixels. What is below is covered from
    /// `beside` on to the right.
    pub fn uncovered(&mut self, left: f64, top: f64, right: f64, bottom: f64, beside: f64) {
        self.editor.uncovered(left, top, right, bottom, beside);
    }

    /// Takes the part of the canvas that the page's bars leave free: its edges in CSS pixels.
    #[wasm_bindgen(js_name = leaveFree)]
    pub fn leave_free(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        self.editor.leave_free(left, top, right, bottom);
    }

    /// Where one looks: the board point in the middle of the canvas, and the zoom; `x y zoom`.
    pub fn view(&self) -> Vec<f64> {
        let camera = self.editor.camera();
        let center = camera.center();
        vec![center.x, center.y, camera.zoom()]
    }

    /// Looks where this person looked the last time, see `view`.
    #[wasm_bindgen(js_name = lookAgain)]
    pub fn look_again(&mut self, x: f64, y: f64, zoom: f64) {
        self.editor.look_again(x, y, zoom);
    }

    /// Keeps in view where somebody's pointer is, by the id that "people" names; false when that is nowhere.
    #[wasm_bindgen(js_name = lookAtPerson)]
    pub fn look_at_person(&mut self, id: &str) -> bool {
        id.parse()
            .is_ok_and(|client| self.editor.look_at_person(client))
    }

    /// Shows a frame, by its id or its name; false when there is none.
    #[wasm_bindgen(js_name = showFrame)]
    pub fn show_frame(&mut self, called: &str) -> bool {
        self.editor.show_frame(called)
    }

    /// Paints what changed.
    pub fn paint(&mut self) -> Painting {
        let painting = self.editor.paint();
        let words = |list: &DisplayList| js_sys::Uint32Array::from(list.words());
        let place = |tile: &PaintedTile| [tile.slot as f64, tile.corner.x, tile.corner.y];
        Painting {
            shift: vec![painting.shift.x, painting.shift.y],
            side: painting.side,
            places: painting.tiles.iter().flat_map(place).collect(),
            tiles: painting
                .tiles
                .iter()
                .map(|tile| words(&tile.list))
                .collect(),
            overlay: words(&painting.overlay),
            unmeasured: painting.unmeasured,
        }
    }

    /// Takes how wide each line of a text is painted here, in font sizes; see [`Painting`].
    pub fn measured(&mut self, id: &str, widths: &[f64]) {
        if let Ok(id) = ElementId::parse(id) {
            self.editor.measured(&id, widths);
        }
    }

    /// Asks for it anew, because fonts have come.
    #[wasm_bindgen(js_name = measureAgain)]
    pub fn measure_again(&mut self) {
        self.editor.measure_again();
    }

    /// Begins a picture of the whole board, its size in CSS pixels; false when there is nothing.
    #[wasm_bindgen(js_name = beginPicture)]
    pub fn begin_picture(&mut self, width: f64, height: f64) -> bool {
        self.editor.begin_picture(Size::new(width, height))
    }

    /// The next slice of that picture as two display lists, for a light page and for a dark one;
    /// none when it is done.
    pub fn picture(&mut self) -> Vec<js_sys::Uint32Array> {
        let slice = self.editor.picture();
        let lists = slice.map_or_else(Vec::new, |(light, dark)| vec![light, dark]);
        lists
            .iter()
            .map(|list| js_sys::Uint32Array::from(list.words()))
            .collect()
    }
}
