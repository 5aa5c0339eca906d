//! The editor of one page: tool, selection, document, the others, and what the page shows.
//!
//! A pure state machine: input, frames and the time come in; frames, updates, events and paint
//! lists go out. It reads no clock, draws its random bits from a seed and knows no browser.

mod acts;
mod clips;
mod edits;
mod gesture;
mod network;
pub(crate) mod order;
mod overlay;
pub mod paint;
mod stand_ins;
mod style;
#[cfg(test)]
mod tests;
mod text;
mod ui;

use std::collections::BTreeSet;

use board::document::Document;
use board::element::Element;
use board::history::{History, Step};
use board::id::{ClientId, ElementId};
use board::ink::InkPoint;
use board::replica::{IngestError, Ingested};
use board::schema::SCHEMA;
use board::style::{Style, Theme};
use kurbo::{Point, Rect, Size};

use self::stand_ins::StandIns;
use crate::boundary::{Config, Notice, TextInput, ToolName, UiEvent};
use crate::camera::{Camera, ScreenPoint};
use crate::contacts::Contacts;
use crate::keymap::Keyboard;
use crate::live::{Broadcast, InkStyle};
use crate::peers::Peers;
use crate::pointer::read_batch;
use crate::scene::Scene;
use crate::sync::Sync;
use crate::tiles::{Damage, Tiles};
use crate::tool::hand::Hand;
use crate::tool::{Selection, Tool, selection_of};
use crate::typing::Typing;
use crate::wheel::Wheel;

/// An element in the making.
#[derive(Debug)]
enum Making {
    /// Anything but ink.
    Shape(Element),
    /// Ink: where it will stand, and its points in board space.
    Ink {
        element: ElementId,
        style: InkStyle,
        points: Vec<InkPoint>,
    },
}

/// Elements shown elsewhere than the document has them.
#[derive(Debug, Default)]
struct Dragged {
    elements: Vec<Element>,
}

/// The person at this page.
#[derive(Debug, Clone)]
struct Profile {
    name: String,
    color: String,
    browser: String,
}

/// One person's editor of one board.
#[derive(Debug)]
pub struct Editor {
    document: Document,
    scene: Scene,
    camera: Camera,
    tool: Tool,
    /// Drags the board while space or the middle button is held, under any tool.
    hand: Hand,
    contacts: Contacts,
    /// Whether a finger draws; unknown until a pen does.
    fingers_draw: Option<bool>,
    /// The view before the first finger came down, in case it was a palm.
    view_before: Option<Camera>,
    wheel: Wheel,
    keyboard: Keyboard,
    selection: Selection,
    style: Style,
    trial: Option<style::Trial>,
    history: History,
    peers: Peers,
    broadcast: Broadcast,
    sync: Sync,
    presence: network::Presence,
    typing: Option<Typing>,
    making: Option<Making>,
    dragged: Option<Dragged>,
    /// The birth of the copies that are being dragged; it becomes one step with the drag.
    copied: Option<Step>,
    doomed: BTreeSet<ElementId>,
    profile: Profile,
    theme: Theme,
    pointer: Option<ScreenPoint>,
    space: bool,
    /// Whether this person has done anything here, or others can be heard.
    begun: bool,
    pastes: u32,
    now: f64,
    /// Until then letters are no shortcuts, ms.
    deaf_until: f64,
    random: fastrand::Rng,
    /// Where the scene looks different since it was last painted.
    damage: Damage,
    /// Whether anything may, on either canvas or in what is shown of the scene.
    unpainted: bool,
    stand_ins: StandIns,
    tiles: Tiles,
    updates: Vec<Vec<u8>>,
    /// Restored updates that build on something that is not here yet, and how many of their
    /// transactions were never fenced.
    unplaced: Vec<(Vec<u8>, u32)>,
    ui: ui::Ui,
    read_only: bool,
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
            camera: Camera::default(),
            tool: Tool::new(ToolName::Select),
            hand: Hand::default(),
            contacts: Contacts::default(),
            fingers_draw: config.fingers_draw,
            view_before: None,
            wheel: Wheel::default(),
            keyboard: Keyboard::default(),
            selection: Selection::new(),
            style: Style::default(),
            trial: None,
            history: History::default(),
            peers: Peers::default(),
            broadcast: Broadcast::default(),
            sync: Sync::default(),
            presence: network::Presence::default(),
            typing: None,
            making: None,
            dragged: None,
            copied: None,
            doomed: BTreeSet::new(),
            profile: Profile {
                name: config.name.clone(),
                color: config.color.clone(),
                browser: config.browser.clone(),
            },
            theme: if config.dark {
                Theme::Dark
            } else {
                Theme::Light
            },
            pointer: None,
            space: false,
            begun: false,
            pastes: 0,
            now: 0.0,
            deaf_until: 0.0,
            random,
            damage: Damage::default(),
            unpainted: true,
            stand_ins: StandIns::default(),
            tiles: Tiles::default(),
            updates: Vec::new(),
            unplaced: Vec::new(),
            ui: ui::Ui::default(),
            read_only: false,
        }
    }

    /// Tells the time, ms since any fixed moment; never runs backwards here.
    pub fn tick(&mut self, now: f64) {
        if now.is_finite() && now > self.now {
            self.now = now;
        }
        if self.peers.tidy(&self.document, self.now) {
            // A drag that ended moves things in the scene, not only above it.
            self.unpainted = true;
        }
    }

    /// Takes the state that the server holds, before the connection.
    ///
    /// # Errors
    /// When it is damaged; nothing of it is shown.
    pub fn load(&mut self, state: &[u8]) -> Result<(), IngestError> {
        self.document.apply(state)?;
        self.place()?;
        self.follow();
        self.first_view();
        Ok(())
    }

    /// Takes an update that this browser stored; `unsaved` own transactions in it were not fenced.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn restore(&mut self, update: &[u8], unsaved: u32) -> Result<(), IngestError> {
        if self.document.apply(update)? == Ingested::Missing {
            // Its own browser stored it, so what it builds on is on the server.
            self.unplaced.push((update.to_vec(), unsaved));
        } else {
            self.sync.restored(update, unsaved);
        }
        self.place()?;
        self.follow();
        self.first_view();
        Ok(())
    }

    /// Takes a new canvas size, CSS pixels, and how many device pixels one of them is.
    pub fn resize(&mut self, width: f64, height: f64, density: f64) {
        self.camera.resize(Size::new(width, height), density);
        self.unpainted = true;
        self.view_moved();
        self.show_caret();
    }

    /// Takes the part of the canvas that a keyboard on the screen leaves free: its edges, CSS pixels.
    pub fn uncovered(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        self.camera.uncover(Rect::new(left, top, right, bottom));
        self.show_caret();
    }

    /// Takes a packed batch of pointer events; see [`read_batch`].
    pub fn input(&mut self, batch: &[f64]) {
        for event in read_batch(batch) {
            self.pointer_event(&event);
        }
    }

    /// Takes what the text field holds.
    pub fn text(&mut self, input: &TextInput) {
        if let Some(typing) = &mut self.typing {
            let was_unborn = typing.unborn().is_some();
            let was_cut = typing.is_cut();
            typing.input(&mut self.document, input, self.now);
            let born = (was_unborn && typing.unborn().is_none()).then(|| typing.element().clone());
            if typing.is_cut() && !was_cut {
                self.ui.notice(Notice::TooLong);
            }
            self.unpainted = true;
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
        self.unplaced
            .is_empty()
            .then(|| self.document.replica().encode())
    }

    /// Tries again the restored updates that built on something that was not here.
    fn place(&mut self) -> Result<(), IngestError> {
        let mut outcome = Ok(());
        let mut left = self.unplaced.len() + 1;
        while self.unplaced.len() < left {
            left = self.unplaced.len();
            for (update, unsaved) in std::mem::take(&mut self.unplaced) {
                match self.document.apply(&update) {
                    Ok(Ingested::Applied { .. }) => self.sync.restored(&update, unsaved),
                    Ok(Ingested::Missing) => self.unplaced.push((update, unsaved)),
                    // The others must not be lost for it.
                    Err(error) => outcome = Err(error),
                }
            }
        }
        outcome
    }

    /// Own transactions that are not known to be durable.
    fn waiting(&self) -> u32 {
        let unplaced = self.unplaced.iter().map(|(_, unsaved)| *unsaved);
        unplaced.fold(self.sync.waiting(), u32::saturating_add)
    }

    /// Everything that is to leave the editor.
    pub fn drain(&mut self) -> Output {
        self.flush_network();
        Output {
            frames: self.sync.take_frames(),
            updates: std::mem::take(&mut self.updates),
            events: self.ui_events(),
            repaint: self.unpainted,
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

    /// Where one looks.
    pub fn camera(&self) -> &Camera {
        &self.camera
    }

    /// The selection.
    pub fn selection(&self) -> &BTreeSet<ElementId> {
        &self.selection
    }

    /// Reads again what changed in the document; every change of it ends here.
    fn follow(&mut self) {
        let updates = self.document.take_updates();
        self.sync.made(&updates);
        self.updates.extend(updates);
        if let Some(typing) = &mut self.typing {
            typing.follow(&mut self.document);
        }
        if !self.read_only && self.document.schema() > SCHEMA {
            self.read_only = true;
            self.end_typing();
            let edits = self.tool.cancel();
            self.apply(edits);
            self.ui.notice(Notice::Newer);
        }
        let changes = self.document.take_changes();
        let damage = self.scene.follow(&self.document, changes);
        if !damage.is_empty() {
            self.damage.merge(damage);
            self.unpainted = true;
            let scene = &self.scene;
            self.selection.retain(|id| scene.get(id).is_some());
            let gone = |typing: &Typing| {
                typing.unborn().is_none() && scene.get(typing.element()).is_none()
            };
            if self.typing.as_ref().is_some_and(gone) {
                self.end_typing();
                self.deaf_until = self.now + acts::DEAF_MS;
                self.ui.notice(Notice::TextGone);
            }
        }
    }

    /// Where a board is opened: at 100 % where it was begun, unless not all of it is seen there. It may
    /// come in pieces; whoever looks round already is left in peace.
    fn first_view(&mut self) {
        if self.begun {
            return;
        }
        let view = self.camera.view();
        if self
            .scene
            .bounds()
            .is_some_and(|all| view.union(all) != view)
        {
            self.show_content();
        }
    }

    fn show_content(&mut self) {
        match self.scene.bounds() {
            Some(bounds) => self.camera.fit(bounds),
            None => self.camera.zoom_reset(),
        }
    }

    fn client(&self) -> u64 {
        self.document.replica().client().get()
    }

    fn new_id(&mut self) -> ElementId {
        ElementId::from_random(self.random.u128(..))
    }

    /// Where something new is put when no place was asked for: under the pointer, else the middle.
    fn spot(&self) -> Point {
        self.camera
            .board(self.pointer.unwrap_or_else(|| self.camera.middle()))
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
