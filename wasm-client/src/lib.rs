//! How a person edits a board: a pure editor and a thin wasm-bindgen rim.
//!
//! The rim is this file: it translates between JavaScript's values and the [`editor`], and knows
//! no rule of editing. Everything that leaves the engine leaves through [`Engine::drain`].

pub mod actions;
mod badge;
mod binding;
pub mod boundary;
pub mod camera;
mod clipboard;
mod contacts;
mod crop;
mod cutting;
pub mod editor;
mod handles;
mod keymap;
mod laser;
mod live;
mod look;
mod peers;
pub mod pointer;
mod recognise;
mod snap;
mod sorting;
mod style_memory;
mod sync;
mod tiles;
mod tool;
mod trace;
mod typing;
mod vertices;
pub mod wheel;

use board::display::{DisplayList, Op};
use board::fields::Value;
use board::file::FileHash;
use board::id::ElementId;
use board::picture::{Media, Picture, Unfit};
use board::style::{Style, StyleField};
use kurbo::{Point, Size};
use tsify::{Ts, Tsify as _};
use wasm_bindgen::prelude::*;

use boundary::{Config, Focus, Modifiers, TextInput, UiEvent};
use editor::Editor;
use editor::paint::PaintedTile;

/// The engine of one page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    editor: Editor,
}

/// Everything that leaves the engine, since it was last drained.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct Drained {
    /// Frames for the socket, in order.
    #[wasm_bindgen(readonly)]
    pub frames: Vec<js_sys::Uint8Array>,
    /// Own updates for the local log, in order, numbered 1, 2, 3 … since the engine was made.
    #[wasm_bindgen(readonly)]
    pub updates: Vec<js_sys::Uint8Array>,
    /// What changed for the page.
    #[wasm_bindgen(readonly)]
    pub events: Vec<Ts<UiEvent>>,
    /// Whether anything is to be painted.
    #[wasm_bindgen(readonly)]
    pub repaint: bool,
    /// When `tick` is wanted at the latest, ms on the clock of `tick`.
    #[wasm_bindgen(js_name = wakeMs, readonly)]
    pub wake_ms: Option<f64>,
}

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
    /// An engine on an empty document; see [`Config`] for what the arguments mean.
    #[wasm_bindgen(constructor)]
    pub fn new(
        seed: String,
        browser: String,
        name: String,
        color: String,
        dark: bool,
        fingers_draw: Option<bool>,
    ) -> Self {
        let config = Config {
            seed,
            browser,
            name,
            color,
            dark,
            fingers_draw,
        };
        Self {
            editor: Editor::new(&config),
        }
    }

    /// Tells the time, `performance.now()`.
    pub fn tick(&mut self, now_ms: f64) {
        self.editor.tick(now_ms);
    }

    /// Takes the state that the server holds; throws when it is damaged.
    pub fn load(&mut self, state: &[u8]) -> Result<(), JsError> {
        Ok(self.editor.load(state)?)
    }

    /// Takes an update that this browser stored, of which `unsaved` own transactions were never
    /// fenced; throws when it is damaged.
    pub fn restore(&mut self, update: &[u8], unsaved: u32) -> Result<(), JsError> {
        Ok(self.editor.restore(update, unsaved)?)
    }

    /// The socket opened or closed.
    pub fn connected(&mut self, up: bool) {
        self.editor.connected(up);
    }

    /// Takes a frame from the server; throws when it is damaged.
    pub fn receive(&mut self, frame: &[u8]) -> Result<(), JsError> {
        self.editor
            .receive(frame)
            .map_err(|error| JsError::new(&error))
    }

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

    /// Takes pointer events, eight numbers each: see `pointer.rs`.
    pub fn input(&mut self, batch: &[f64]) {
        self.editor.input(batch);
    }

    /// Carries out an action of the table by its id; false when there is none. The ids are in
    /// `actions.ts`.
    pub fn act(&mut self, id: &str) -> bool {
        self.editor.act(id)
    }

    /// A key went down: its `key` and `code`; false when it is left to the browser. `held` is 1 for
    /// Shift, 2 for Alt, 4 for Ctrl (on a Mac Cmd), 8 when the key itself repeats, added up.
    pub fn key(
        &mut self,
        key: &str,
        code: &str,
        held: u32,
        #[wasm_bindgen(unchecked_param_type = "Focus")] focus: &str,
    ) -> bool {
        let modifiers = Modifiers {
            shift: held & 1 != 0,
            alt: held & 2 != 0,
            command: held & 4 != 0,
        };
        let repeat = held & 8 != 0;
        self.editor
            .key(key, code, modifiers, repeat, Focus::named(focus))
    }

    /// A key went up: its `key`.
    #[wasm_bindgen(js_name = keyUp)]
    pub fn key_up(&mut self, key: &str) {
        self.editor.key_up(key);
    }

    /// Restyles what is selected and what is drawn next, one field of the table by its name; a value is
    /// a text or a number. `done` is false while a slider moves, and true once at the end.
    pub fn restyle(&mut self, field: &str, text: Option<String>, number: Option<f64>, done: bool) {
        let value = match (text, number) {
            (Some(text), _) => Value::text(&text),
            (None, number) => number.map_or(Value::Null, Value::Number),
        };
        if let Some(field) = StyleField::from_key(field) {
            // The page has 0 and 1 for truth values.
            let value = match (Style::default().get(field), value.number()) {
                (Value::Bool(_), Some(number)) => Value::Bool(number != 0.0),
                _ => value,
            };
            self.editor.restyle(field, value, done);
        }
    }

    /// The colours that elements have, each as often as it is had, `0xRRGGBBAA`; without one: 0.
    pub fn colors(&self) -> js_sys::Uint32Array {
        js_sys::Uint32Array::from(self.editor.colors().as_slice())
    }

    /// Takes what this person used last, as an event `styleMemory` told it; nonsense is ignored.
    #[wasm_bindgen(js_name = rememberStyle)]
    pub fn remember_style(&mut self, text: &str) {
        self.editor.remember_style(text);
    }

    /// Puts what is selected where a number says: `x`, `y`, `w`, `h` in board units, `angle` in degrees.
    pub fn place(&mut self, field: &str, value: f64) {
        self.editor.set_place(field, value);
    }

    /// Changes the person's own name and colour, `#rrggbb`.
    pub fn profile(&mut self, name: String, color: String) {
        self.editor.set_profile(name, color);
    }

    /// Notes say from now on who wrote them, or no longer.
    pub fn signing(&mut self, signs: bool) {
        self.editor.set_signing(signs);
    }

    /// What is moved snaps to other elements, and to a grid whose lines are so far apart; 0: to none.
    pub fn snap(&mut self, objects: bool, grid: f64) {
        self.editor.set_snap(objects, grid);
    }

    /// Shows the board dark, or light.
    pub fn dark(&mut self, dark: bool) {
        self.editor.set_dark(dark);
    }

    /// What frames are called that have no name.
    #[wasm_bindgen(js_name = callFrames)]
    pub fn call_frames(&mut self, name: String) {
        self.editor.call_frames(name);
    }

    /// Whether fingers draw, or move the board and leave drawing to a pen.
    pub fn fingers(&mut self, draw: bool) {
        self.editor.set_fingers(draw);
    }

    /// A menu is asked for at a place of the screen: selects what it is about. False when it must not
    /// open, because something is being done there.
    #[wasm_bindgen(js_name = pointOut)]
    pub fn point_out(&mut self, x: f64, y: f64, pressed: bool) -> bool {
        self.editor.point_out(Point::new(x, y), pressed)
    }

    /// The upper right corner of what is selected, on the screen; empty when nothing is.
    #[wasm_bindgen(js_name = besideSelection)]
    pub fn beside_selection(&self) -> Vec<f64> {
        let corner = self.editor.beside_selection();
        corner.map_or_else(Vec::new, |at| vec![at.x, at.y])
    }

    /// The ids of what is selected, a blank between.
    pub fn selection(&self) -> String {
        self.editor.names_of_selection()
    }

    /// Puts on the board what is on the clipboard or was dropped, by type, and where its text leads;
    /// empty where there is none. At a place on the screen, else where the pointer is. Of some text spaces put
    /// columns below one another.
    pub fn put(
        &mut self,
        text: &str,
        html: &str,
        address: &str,
        columns: bool,
        x: Option<f64>,
        y: Option<f64>,
    ) {
        let at = x.zip(y).map(|(x, y)| Point::new(x, y));
        match columns {
            true => self.editor.put_columns(text, at),
            false => self.editor.put(text, html, address, at),
        }
    }

    /// Has what is selected lead to an address, or to none when it is empty.
    #[wasm_bindgen(js_name = setAddress)]
    pub fn set_address(&mut self, address: &str) {
        self.editor.set_address(address);
    }

    /// Goes where an address leads; false when it leads nowhere.
    pub fn lead(&mut self, address: &str) -> bool {
        self.editor.lead(address)
    }

    /// Puts on the board what a file brought, in one step; around a place on the screen, where one is given.
    /// How many elements.
    #[wasm_bindgen(js_name = takeIn)]
    pub fn take_in(&mut self, records: &[u8], x: Option<f64>, y: Option<f64>) -> usize {
        let at = x.zip(y).map(|(x, y)| Point::new(x, y));
        self.editor.take_in(records, at)
    }

    /// The same with all of another board, of its state as one update.
    #[wasm_bindgen(js_name = takeInBoard)]
    pub fn take_in_board(&mut self, state: &[u8], x: Option<f64>, y: Option<f64>) -> usize {
        let at = x.zip(y).map(|(x, y)| Point::new(x, y));
        self.editor.take_in_board(state, at)
    }

    /// Makes the board, which must be empty, that very one; false when it cannot.
    #[wasm_bindgen(js_name = becomeBoard)]
    pub fn become_board(&mut self, state: &[u8]) -> bool {
        self.editor.become_board(state)
    }

    /// From now on the board is only shown.
    #[wasm_bindgen(js_name = onlyShow)]
    pub fn only_show(&mut self) {
        self.editor.only_show();
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

    /// Puts a picture on the board, or `instead` of the one that an image shows. `place`: its width and
    /// height in pixels, the how manieth it is of how many that come at once, and where on the screen they
    /// were dropped, if they were. False when it may not be there.
    #[wasm_bindgen(js_name = insertImage)]
    pub fn insert_image(&mut self, hash: &str, place: &[f64], instead: Option<String>) -> bool {
        let (Some(hash), [width, height, nth, of, at @ ..]) = (FileHash::parse(hash), place) else {
            return false;
        };
        let size = Size::new(*width, *height);
        let at = match *at {
            [x, y] => Some(Point::new(x, y)),
            _ => None,
        };
        match instead {
            None => self
                .editor
                .insert_image(hash, size, at, (*nth as u32, *of as u32)),
            Some(id) => self.editor.replace_image(&id, hash, size),
        }
    }

    /// The image that is selected, when nothing else is: see `insertImage`.
    #[wasm_bindgen(js_name = imageToReplace)]
    pub fn image_to_replace(&self) -> Option<String> {
        self.editor.image_to_replace().map(ElementId::to_string)
    }

    /// Says in the document that the server has a file of so many bytes.
    #[wasm_bindgen(js_name = nameFile)]
    pub fn name_file(&mut self, hash: &str, media: &str, bytes: f64, width: u32, height: u32) {
        if let (Some(hash), Some(media)) = (FileHash::parse(hash), Media::named(media)) {
            let picture = Picture {
                media,
                width,
                height,
            };
            self.editor.name_file(hash, &picture, bytes as u64);
        }
    }

    /// Whether the server has a file, by its SHA-256, as far as the document says.
    #[wasm_bindgen(js_name = hasFile)]
    pub fn has_file(&self, hash: &str) -> bool {
        FileHash::parse(hash).is_some_and(|hash| self.editor.document().has_file(&hash))
    }

    /// Whether anything on the board shows a file, by its SHA-256.
    #[wasm_bindgen(js_name = showsFile)]
    pub fn shows_file(&self, hash: &str) -> bool {
        self.editor.shows_file(hash)
    }

    /// Something else has taken the keyboard from the text: what is typed on is no shortcut.
    #[wasm_bindgen(js_name = leaveText)]
    pub fn leave_text(&mut self) {
        self.editor.leave_text();
    }

    /// Takes what the text field holds, offsets in UTF-16 units; see [`TextInput`].
    pub fn text(&mut self, value: String, anchor: u32, head: u32, composing: bool, pointed: bool) {
        let (selection_anchor, selection_head) = (anchor, head);
        self.editor.text(&TextInput {
            value,
            selection_anchor,
            selection_head,
            composing,
            pointed,
        });
    }

    /// Takes what the title's field holds, undefined to have it as it was; `done` ends the typing.
    pub fn title(&mut self, text: Option<String>, done: bool) {
        self.editor.title(text, done);
    }

    /// Puts all elements of another board's state on this one; false when they are too new for
    /// that. Throws when the state is damaged.
    pub fn fill(&mut self, state: &[u8]) -> Result<bool, JsError> {
        Ok(self.editor.fill(state)?)
    }

    /// Counts changes of the scene: whether a picture of it is out of date.
    pub fn revision(&self) -> u32 {
        self.editor.revision()
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

    /// The whole document as one Yjs update; undefined while a restored update waits for
    /// something that it builds on, so that it would be missing.
    pub fn snapshot(&self) -> Option<Vec<u8>> {
        self.editor.snapshot()
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

    /// Everything that is to leave the engine.
    pub fn drain(&mut self) -> Drained {
        let output = self.editor.drain();
        let bytes = |list: Vec<Vec<u8>>| {
            list.iter()
                .map(|bytes| js_sys::Uint8Array::from(bytes.as_slice()))
                .collect()
        };
        Drained {
            frames: bytes(output.frames),
            updates: bytes(output.updates),
            events: output
                .events
                .iter()
                .filter_map(|event| event.into_ts().ok())
                .collect(),
            repaint: output.repaint,
            wake_ms: output.wake_ms,
        }
    }
}

/// A file that is being read.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct FileLook(look::Look);

#[wasm_bindgen]
impl FileLook {
    /// Nothing of it yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next piece; throws when it is nothing that can be shown: `large` or `unknown`.
    pub fn take(&mut self, piece: &[u8]) -> Result<(), JsError> {
        self.0.take(piece).map_err(unfit)
    }

    /// What it is: SHA-256, media type, pixels across and down, a blank between; throws as before.
    pub fn end(self) -> Result<String, JsError> {
        let (hash, picture) = self.0.end().map_err(unfit)?;
        let (media, width, height) = (picture.media.name(), picture.width, picture.height);
        Ok(format!("{hash} {media} {width} {height}"))
    }
}

fn unfit(unfit: Unfit) -> JsError {
    JsError::new(match unfit {
        Unfit::Unknown => "unknown",
        Unfit::Large => "large",
    })
}

#[wasm_bindgen(raw_module = "../engine-late")]
extern "C" {
    /// Has the half of this module that comes late be here when it returns.
    fn bring();
}

/// Has the late half be here before somebody waits for it. `cargo xtask engine` cuts the module,
/// and has whatever calls into that half do the same.
#[wasm_bindgen(js_name = bringLate)]
pub fn bring_late() {
    bring();
}

/// Every paint operation's name, as in [`Op`], with its number, so that the page mirrors none.
#[wasm_bindgen(unchecked_return_type = "Record<string, number>")]
pub fn ops() -> js_sys::Object {
    let numbers = js_sys::Object::new();
    for op in Op::ALL {
        let name = JsValue::from(format!("{op:?}"));
        // Setting a property of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&numbers, &name, &JsValue::from(op as u32));
    }
    numbers
}
