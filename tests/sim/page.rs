//! One open page: the real editor, and what a browser adds: socket, text field, local log.
//!
//! Does what the page's scripts do, in their order: updates are kept before frames are sent. Owns
//! what the page has been told. Knows neither room nor store.

use std::collections::{BTreeMap, BTreeSet};

use board::id::ElementId;
use bytes::Bytes;
use drawbridge_server::room::{Millis, PeerId};
use wasm_client::boundary::{Config, TextField, TextInput, UiEvent};
use wasm_client::editor::Editor;

use crate::glass::Glass;
use crate::log::Log;
use crate::record::Record;

/// Rows more than this are folded into one.
const FOLD_ROWS: usize = 24;

/// The page's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Socket {
    /// Filling the editor: the server's state arrives then, if it can be reached.
    Loading { until: Millis },
    /// Not connected; tries again then.
    Closed { until: Millis },
    /// Connected, or about to be: `open` once the page knows.
    Connected { peer: PeerId, open: bool },
}

/// The text field as the browser holds it.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) id: String,
    pub(crate) value: String,
    /// Where it was begun and where the caret is.
    pub(crate) selection: (u32, u32),
    pub(crate) composing: bool,
}

/// What is on the clipboard, as text and as HTML.
pub(crate) type Clip = (String, String);

/// One page load.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) browser: usize,
    pub(crate) editor: Editor,
    pub(crate) glass: Glass,
    pub(crate) socket: Socket,
    pub(crate) field: Option<Field>,
    pub(crate) copied: Option<Clip>,
    pub(crate) people: BTreeSet<String>,
    pub(crate) online: bool,
    pub(crate) waiting: u32,
    /// Frames to be sent.
    pub(crate) frames: Vec<Bytes>,
    pub(crate) wake: Option<f64>,
    /// Without its log's whole document, a page asks the server for the state first.
    pub(crate) wants_state: bool,
    /// Fingers and pen: what is going on with the pointer.
    pub(crate) pointer: crate::person::Pointer,
    /// Rows of the log that are in the document, with what was unsaved of them.
    held: BTreeMap<u64, BTreeSet<usize>>,
    /// Rows that were read or written.
    seen: BTreeSet<u64>,
    /// Own updates by number, and those read from the log, as places in the record.
    own: Vec<usize>,
    read: BTreeSet<usize>,
    /// Those of them that no fence has covered, as far as is known, and others' that ever were.
    unsaved: BTreeSet<usize>,
    theirs: BTreeSet<usize>,
    /// Whether other tabs are to be told that there is something in the log.
    rings: bool,
}

impl Page {
    /// Opens the board and reads what the browser kept of it.
    pub(crate) fn open(name: String, browser: usize, log: &Log, until: Millis) -> Self {
        let mut editor = Editor::new(&Config {
            seed: name.clone(),
            browser: format!("browser{browser}"),
            name: name.clone(),
            color: "#3b7bf6".into(),
            dark: false,
            fingers_draw: None,
        });
        editor.resize(800.0, 600.0, 1.0);
        let wants_state = !log.read().iter().any(|row| row.whole);
        let mut page = Self {
            name,
            browser,
            editor,
            glass: Glass::default(),
            socket: Socket::Loading { until },
            field: None,
            copied: None,
            people: BTreeSet::new(),
            online: false,
            waiting: 0,
            frames: Vec::new(),
            wake: None,
            wants_state,
            pointer: crate::person::Pointer::default(),
            held: BTreeMap::new(),
            seen: BTreeSet::new(),
            own: Vec::new(),
            read: BTreeSet::new(),
            unsaved: BTreeSet::new(),
            theirs: BTreeSet::new(),
            rings: false,
        };
        page.catch_up(log);
        page
    }

    /// Takes in what the log has that is not known yet.
    pub(crate) fn catch_up(&mut self, log: &Log) {
        for row in log.read() {
            if !self.seen.insert(row.id) {
                continue;
            }
            let own: BTreeSet<usize> = self.own.iter().copied().collect();
            let fresh = row.unsaved.difference(&self.theirs).copied();
            let fresh: Vec<usize> = fresh.filter(|place| !own.contains(place)).collect();
            self.editor
                .restore(&row.update, fresh.len() as u32)
                .unwrap();
            self.theirs.extend(&fresh);
            self.unsaved.extend(&fresh);
            self.held.insert(row.id, row.unsaved);
            self.read.extend(&row.holds);
        }
    }

    /// Whether the other tabs of its browser are to look into the log.
    pub(crate) fn take_ring(&mut self) -> bool {
        std::mem::take(&mut self.rings)
    }

    /// Drains the editor: paints, keeps updates, hears events, and leaves frames to be sent.
    pub(crate) fn pump(&mut self, now: Millis, log: &mut Log, record: &mut Record) {
        self.editor.tick(now as f64);
        let output = self.editor.drain();
        self.wake = output.wake_ms;
        if output.repaint {
            self.glass.paint(&mut self.editor);
        }
        for update in output.updates {
            let place = record.add(update.clone());
            self.own.push(place);
            self.unsaved.insert(place);
            let id = log.append(update, [place].into(), false, [place].into());
            self.seen.insert(id);
            self.held.insert(id, [place].into());
            self.rings = true;
        }
        self.frames
            .extend(output.frames.into_iter().map(Bytes::from));
        for event in output.events {
            self.hear(event, log, record);
        }
        // The server tells them what it has.
        self.rings &= !self.online;
        assert!(
            self.waiting as usize <= self.unsaved.len(),
            "{} says that {} changes wait: {:?}",
            self.name,
            self.waiting,
            self.unsaved
        );
        if self.held.len() > FOLD_ROWS {
            self.fold(log);
        }
    }

    /// Replaces what it holds of the log by one whole document.
    pub(crate) fn fold(&mut self, log: &mut Log) {
        // There is none while something stored still waits for what it builds on.
        let Some(snapshot) = self.editor.snapshot() else {
            return;
        };
        let mut holds = BTreeSet::new();
        for (id, _) in std::mem::take(&mut self.held) {
            holds.append(&mut log.remove(id));
        }
        holds.extend(&self.own);
        let id = log.append(snapshot, self.unsaved.clone(), true, holds);
        self.seen.insert(id);
        self.held.insert(id, self.unsaved.clone());
    }

    /// A person changed what the text field holds.
    pub(crate) fn type_in(&mut self, field: Field) {
        let (selection_anchor, selection_head) = field.selection;
        self.editor.text(&TextInput {
            value: field.value.clone(),
            selection_anchor,
            selection_head,
            composing: field.composing,
            pointed: false,
        });
        self.field = Some(field);
    }

    /// Whether its browser had kept nothing of the board.
    pub(crate) fn read_nothing(&self) -> bool {
        self.read.is_empty()
    }

    /// The elements, bottom first.
    pub(crate) fn elements(&self) -> Vec<ElementId> {
        let nodes = self.editor.scene().in_order().into_iter();
        nodes.map(|node| node.element().id.clone()).collect()
    }

    fn hear(&mut self, event: UiEvent, log: &mut Log, record: &mut Record) {
        match event {
            UiEvent::EditText { field: None } => self.field = None,
            UiEvent::EditText { field: Some(told) } => self.show(told),
            UiEvent::Clipboard { text, html, .. } => self.copied = Some((text, html)),
            UiEvent::People { people } => {
                self.people = people.into_iter().map(|person| person.name).collect();
            }
            UiEvent::Sync {
                online,
                waiting,
                saved_through,
                ..
            } => {
                // What was sent last may have been lost.
                self.rings |= self.online && !online;
                (self.online, self.waiting) = (online, waiting);
                self.note_saved(saved_through, log, record);
            }
            _ => {}
        }
    }

    fn show(&mut self, told: TextField) {
        match &mut self.field {
            // A value set while an input method composes would end that.
            Some(field) if field.id == told.id && field.composing => {}
            _ => {
                self.field = Some(Field {
                    id: told.id,
                    value: told.value,
                    selection: (told.selection_anchor, told.selection_head),
                    composing: false,
                });
            }
        }
    }

    /// The page was told that updates are on the server: that is a promise.
    fn note_saved(&mut self, through: u32, log: &mut Log, record: &mut Record) {
        let all = self.online && self.waiting == 0;
        let saved = self.own.iter().take(through as usize);
        saved.for_each(|place| record.promise(*place, &self.name));
        if all {
            let everything = self.own.iter().chain(&self.read);
            let told = format!("{} in all", self.name);
            everything.for_each(|place| record.promise(*place, &told));
        }
        for place in self.own.iter().take(through as usize) {
            self.unsaved.remove(place);
        }
        if all {
            self.unsaved.clear();
        }
        for (id, unsaved) in &mut self.held {
            if !unsaved.is_empty() && unsaved.is_disjoint(&self.unsaved) {
                unsaved.clear();
                log.mark_saved(*id);
            }
        }
    }
}
