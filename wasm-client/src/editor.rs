//! The editor of one page: tool, selection, document, the others, and what the page shows.
//!
//! A pure state machine: input, frames and the time come in; frames, updates, events and paint
//! lists go out. It reads no clock, draws its random bits from a seed and knows no browser.

mod acts;
mod addresses;
mod afloat;
pub(crate) mod align;
mod badges;
mod choosing;
mod clips;
mod colors;
mod cover;
mod cropping;
mod cuts;
mod daylight;
mod edits;
mod fill;
pub(crate) mod flow;
mod gesture;
mod holding;
mod images;
mod imports;
mod landing;
mod looks;
mod network;
mod notes;
pub(crate) mod order;
mod others;
mod outbox;
mod overlay;
pub mod paint;
mod people;
mod picture;
mod place;
mod sight;
mod stand_ins;
mod steps;
mod style;
mod tags;
#[cfg(test)]
mod tests;
mod text;
mod ui;
mod uncovered;

use std::collections::BTreeSet;

use board::document::{Changes, Document};
use board::id::{ClientId, ElementId};
use board::replica::IngestError;
use board::schema::SCHEMA;
use kurbo::{Point, Rect, Size};

use self::cover::Cover;
use self::gesture::Gesture;
pub(crate) use self::network::FRAME_MS;
use self::outbox::Outbox;
use self::people::People;
use self::sight::Sight;
use self::steps::Steps;
use self::style::Chosen;
use self::text::Writing;
use self::ui::Ui;
use crate::boundary::{Config, Notice, TextInput, UiEvent};
use crate::camera::Camera;
use crate::keymap::Keyboard;
use crate::pointer::read_batch;
use crate::typing::Typing;
use scene::Scene;
use scene::selection_of;

/// One person's editor of one board.
#[derive(Debug)]
pub struct Editor {
    document: Document,
    scene: Scene,
    sight: Sight,
    gesture: Gesture,
    writing: Writing,
    chosen: Chosen,
    steps: Steps,
    people: People,
    outbox: Outbox,
    ui: Ui,
    keyboard: Keyboard,
    /// Whether this person has done anything here, or others can be heard.
    begun: bool,
    cover: Cover,
    /// Whether nothing of the board is changed here: a newer version made it, or it is only shown.
    read_only: bool,
    /// Whether it is only shown, which nobody need be told.
    only_shown: bool,
    now: f64,
    random: fastrand::Rng,
}

/// Everything that leaves the editor, since it was last asked.
#[derive(Debug, Default)]
pub struct Output {
    /// Frames for the socket, in order.
    pub frames: Vec<Vec<u8>>,
    /// Own updates for the local log, in order, numbered from 1 since the editor was made.
    pub updates: Vec<Vec<u8>>,
    /// What changed for the page.
    pub events: Vec<UiEvent>,
    /// Whether anything is to be painted again.
    pub repaint: bool,
    /// When the editor wants to be called again at the latest, ms.
    pub wake_ms: Option<f64>,
}

impl Editor {
    /// An editor on an empty document; `config.seed` decides all its ids.
    pub fn new(config: &Config) -> Self {
        let mut random = fastrand::Rng::with_seed(seed_of(&config.seed));
        let client = ClientId::from_random(random.u64(..));
        Self {
            document: Document::new(client),
            scene: Scene::default(),
            sight: Sight::new(config.dark),
            gesture: Gesture::new(config.fingers_draw),
            writing: Writing::default(),
            chosen: Chosen::default(),
            steps: Steps::default(),
            people: People::new(config),
            outbox: Outbox::default(),
            ui: Ui::default(),
            keyboard: Keyboard::default(),
            begun: false,
            cover: Cover::default(),
            read_only: false,
            only_shown: false,
            now: 0.0,
            random,
        }
    }

    /// Tells the time, ms since any fixed moment; never runs backwards here.
    pub fn tick(&mut self, now: f64) {
        if now.is_finite() && now > self.now {
            self.now = now;
        }
        if self.people.peers.tidy(&self.document, self.now) {
            // A drag that ended moves things in the scene, not only above it.
            self.sight.unpainted = true;
        }
        self.tick_tool();
    }

    /// Takes the state that the server holds, before the connection.
    ///
    /// # Errors
    /// When it is damaged; nothing of it is shown.
    pub fn load(&mut self, state: &[u8]) -> Result<(), IngestError> {
        self.document.apply(state)?;
        self.outbox.place(&mut self.document)?;
        self.follow();
        self.first_view();
        Ok(())
    }

    /// Takes an update that this browser stored; `unsaved` own transactions in it were not fenced.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn restore(&mut self, update: &[u8], unsaved: u32) -> Result<(), IngestError> {
        self.outbox.restore(&mut self.document, update, unsaved)?;
        self.follow();
        self.first_view();
        Ok(())
    }

    /// Takes a new canvas size, CSS pixels, and how many device pixels one of them is.
    pub fn resize(&mut self, width: f64, height: f64, density: f64) {
        self.sight.camera.resize(Size::new(width, height), density);
        self.sight.unpainted = true;
        self.view_moved();
        self.show_caret();
    }

    /// Takes the part of the canvas that the page's bars leave free: its edges, CSS pixels.
    pub fn leave_free(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        let part = Rect::new(left, top, right, bottom);
        self.sight.camera.leave_free(part);
        // Marks stand at its edges.
        self.sight.unpainted = true;
    }

    /// Looks where this person looked the last time: at a board point, at a zoom.
    pub fn look_again(&mut self, x: f64, y: f64, zoom: f64) {
        self.begun = true;
        self.sight.unpainted = true;
        self.sight.camera.look_at(Point::new(x, y), zoom);
    }

    /// Takes a packed batch of pointer events; see [`read_batch`].
    pub fn input(&mut self, batch: &[f64]) {
        for event in read_batch(batch) {
            self.pointer_event(&event);
        }
    }

    /// Takes what the text field holds.
    pub fn text(&mut self, input: &TextInput) {
        let names_frame = self.writing.typing.as_ref();
        let names_frame = names_frame.is_some_and(|typing| self.names_frame(typing));
        if names_frame && !input.composing && input.value.contains('\n') {
            // A name is one line, and Enter its end.
            return self.end_typing();
        }
        if let Some(typing) = &mut self.writing.typing {
            let was_unborn = typing.unborn().is_some();
            let was_cut = typing.is_cut();
            typing.input(&mut self.document, input, self.now);
            let born = (was_unborn && typing.unborn().is_none()).then(|| typing.element().clone());
            if typing.is_cut() && !was_cut {
                self.ui.notice(Notice::TooLong);
            }
            self.sight.unpainted = true;
            self.follow();
            // Whatever restyles the selection is to restyle the text that is being typed.
            if let Some(id) = born {
                self.select(selection_of([id]));
            }
            self.show_caret_of(input.pointed);
        }
    }

    /// The whole document as one update; `None` while a restored update is not part of it yet.
    pub fn snapshot(&self) -> Option<Vec<u8>> {
        let whole = self.outbox.all_placed();
        whole.then(|| self.document.replica().encode())
    }

    /// Everything that is to leave the editor.
    pub fn drain(&mut self) -> Output {
        self.keep_cover();
        self.flush_network();
        Output {
            frames: self.outbox.sync.take_frames(),
            updates: std::mem::take(&mut self.outbox.updates),
            events: self.ui_events(),
            repaint: self.sight.unpainted,
            wake_ms: self.wake(),
        }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The scene.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Counts changes of the scene.
    pub fn revision(&self) -> u32 {
        self.cover.revision
    }

    /// Where one looks.
    pub fn camera(&self) -> &Camera {
        &self.sight.camera
    }

    /// The selection.
    pub fn selection(&self) -> &BTreeSet<ElementId> {
        &self.chosen.selection
    }

    /// From now on the board is only shown: whoever looks on may move about, and changes nothing.
    pub fn only_show(&mut self) {
        self.read_only = true;
        self.only_shown = true;
    }

    /// Says why nothing is changed, where somebody tries.
    fn tell_read_only(&mut self) {
        if self.read_only && !self.only_shown {
            self.ui.notice(Notice::Newer);
        }
    }

    /// Reads again what changed in the document; every change of it ends here. Gives where the scene
    /// has changed.
    fn follow(&mut self) -> Option<Rect> {
        self.outbox.take(&mut self.document);
        if let Some(typing) = &mut self.writing.typing {
            typing.follow(&mut self.document);
        }
        if !self.read_only && self.document.schema() > SCHEMA {
            self.read_only = true;
            self.end_typing();
            let edits = self.gesture.tool.cancel();
            self.apply(edits);
            self.ui.notice(Notice::Newer);
        }
        if self.document.take_files_changed() {
            self.ui.tell(UiEvent::Files);
        }
        let changes = self.document.take_changes();
        let nothing = changes == Changes::Elements(BTreeSet::new());
        if let (Changes::Elements(ids), Some(back)) = (&changes, &mut self.steps.back) {
            back.extend(
                ids.iter()
                    .filter(|id| self.scene.get(id).is_none())
                    .cloned(),
            );
        }
        let typed = self.writing.typing.as_ref().map(Typing::element);
        let damage = self.scene.follow(&self.document, changes, typed);
        let changed = damage.bounds();
        if !nothing {
            self.sight.changed(damage);
            if self.gesture.dragged.is_some() {
                self.drag_anew();
            }
            self.cover.scene_changed(self.now);
            let scene = &self.scene;
            self.chosen.selection.retain(|id| scene.get(id).is_some());
            let selection = &self.chosen.selection;
            let pointed = self.chosen.pointed.take();
            self.chosen.pointed = pointed.filter(|line| selection.contains(&line.element));
            self.stay_entered();
            let scene = &self.scene;
            let gone = |typing: &Typing| {
                typing.unborn().is_none() && scene.get(typing.element()).is_none()
            };
            if self.writing.typing.as_ref().is_some_and(gone) {
                self.end_typing();
                self.writing.deaf_until = self.now + acts::DEAF_MS;
                self.ui.notice(Notice::TextGone);
            }
        }
        changed
    }

    /// Where a board is opened: at 100 % where it was begun, unless not all of it is seen there. It may
    /// come in pieces; whoever looks round already is left in peace.
    fn first_view(&mut self) {
        if self.begun {
            return;
        }
        let all = self.scene.bounds();
        if all.is_some_and(|all| !self.sight.camera.shows(all)) {
            self.sight.look_at(all);
        }
    }

    fn client(&self) -> u64 {
        self.document.replica().client().get()
    }

    fn new_id(&mut self) -> ElementId {
        ElementId::from_random(self.random.u128(..))
    }
}

/// Folds any seed text into the generator's seed; hex digits keep all their bits.
fn seed_of(text: &str) -> u64 {
    let digits = text
        .bytes()
        .map(|b| u64::from(char::from(b).to_digit(36).unwrap_or(0)));
    digits.fold(0xcbf2_9ce4_8422_2325, |hash, digit| {
        (hash ^ digit)
            .wrapping_mul(0x0000_0100_0000_01b3)
            .rotate_left(7)
    })
}
