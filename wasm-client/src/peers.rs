//! The other people: who they are, where they point, what they are doing right now.
//!
//! Owns what is known of them. Who is here is the server's word, never a matter of silence: a page
//! in the background may say nothing for minutes. Draws nothing and sends nothing.

use std::mem;

use board::document::Document;
use board::element::Element;
use board::id::{ClientId, ElementId};
use board::ink::InkPoint;
use board::ink::points;
use board::limits::MAX_POINTS;
use board::presence::{self, Entry};
use board::record::Record;
use board::transform::Transform;
use kurbo::Point;
use serde::{Deserialize, Serialize};

use crate::editor::FRAME_MS;
use crate::laser::Trail;
use crate::live::{self, CURSOR_SLOT, Cursor, GESTURE_SLOT, Gesture, InkStyle};
use scene::{Selection, selection_of};

/// A gesture of which nothing is heard for so long is over, ms.
const SILENCE_MS: f64 = 5000.0;
/// Most people that are kept: a full lecture hall.
const MAX_PEOPLE: usize = 1000;
/// Longest name that is shown, in characters.
const MAX_NAME: usize = 40;

/// A person's awareness state, as plain Yjs tools write it too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) user: User,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<Spot>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) selection: Vec<String>,
}

/// Name, colour and browser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct User {
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) color: String,
    /// Their browser, so that two tabs are one person; no credential.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) id: String,
}

/// A coarse place on the board.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spot {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Somebody, as awareness tells.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    client: u64,
    clock: u32,
    /// Whether this is the first page load of their browser: several of its tabs are one person.
    face: bool,
    pub(crate) state: State,
}

/// What a connection is doing right now.
#[derive(Debug, Default)]
pub(crate) struct Doing {
    pub(crate) cursor: Option<Cursor>,
    pub(crate) gesture: Option<Shown>,
    /// Where their laser has been.
    pub(crate) trail: Trail,
    heard_at: f64,
    /// The author and the clock whose arrival ends the gesture.
    done: Option<(ClientId, u32)>,
}

/// Somebody's gesture, ready to be painted.
#[derive(Debug, Clone)]
pub(crate) enum Shown {
    Ink {
        element: ElementId,
        highlights: bool,
        style: InkStyle,
        points: Vec<InkPoint>,
    },
    Shape(Box<Element>),
    Drag {
        elements: Selection,
        transform: Transform,
    },
}

/// Everybody else.
#[derive(Debug, Default)]
pub(crate) struct Peers {
    /// By their page load, ascending.
    people: Vec<Known>,
    /// By their connection, in the order in which they were heard of.
    doing: Vec<(u64, Doing)>,
}

impl Peers {
    /// Takes in awareness entries; true when anybody came, changed or went.
    pub(crate) fn aware(&mut self, payload: &[u8], me: u64) -> bool {
        let Ok(entries) = presence::decode(payload) else {
            return false;
        };
        let mut changed = false;
        for Entry {
            client,
            clock,
            state,
        } in entries
        {
            let client = client.get();
            if client != me {
                let state = state.and_then(|json| serde_json::from_str::<State>(&json).ok());
                changed |= self.aware_of(client, clock, state);
            }
        }
        changed
    }

    fn aware_of(&mut self, client: u64, clock: u32, state: Option<State>) -> bool {
        let place = self.people.partition_point(|known| known.client < client);
        let full = self.people.len() >= MAX_PEOPLE;
        let old = self
            .people
            .get_mut(place)
            .filter(|known| known.client == client);
        let (before, now) = match (old, state) {
            (Some(old), _) if clock < old.clock => return false,
            (Some(old), Some(state)) => {
                let state = tidy(state);
                let now = state.user.id.clone();
                old.clock = clock;
                if old.state == state {
                    return false;
                }
                (mem::replace(&mut old.state, state).user.id, now)
            }
            (Some(_), None) => (self.people.remove(place).state.user.id, String::new()),
            (None, Some(state)) if !full => {
                let known = Known {
                    client,
                    clock,
                    face: true,
                    state: tidy(state),
                };
                let now = known.state.user.id.clone();
                self.people.insert(place, known);
                (String::new(), now)
            }
            (None, _) => return false,
        };
        if before != now {
            self.count_faces(&before);
            self.count_faces(&now);
        }
        true
    }

    /// Whose browser tells no id, is somebody else. O(people).
    fn count_faces(&mut self, browser: &str) {
        let mut first = true;
        for known in &mut self.people {
            if known.state.user.id == browser {
                known.face = first || browser.is_empty();
                first = false;
            }
        }
    }

    /// Takes in an ephemeral message; true when something is to be painted again.
    pub(crate) fn relayed(&mut self, sender: u64, slot: u64, payload: &[u8], now: f64) -> bool {
        if slot == CURSOR_SLOT && payload.is_empty() {
            let before = self.doing.len();
            self.doing.retain(|(known, _)| *known != sender);
            return self.doing.len() < before;
        }
        let Some(doing) = self.doing_of(sender) else {
            return false;
        };
        match slot {
            CURSOR_SLOT => {
                doing.cursor = Cursor::decode(payload);
                let laser = doing.cursor.as_mut().and_then(|cursor| cursor.laser.take());
                if let Some(laser) = laser {
                    doing.trail.hear(&laser, now);
                }
                true
            }
            GESTURE_SLOT => {
                if let Some(gesture) = live::decode(payload) {
                    doing.heard_at = now;
                    doing.take(gesture);
                }
                true
            }
            _ => false,
        }
    }

    fn doing_of(&mut self, sender: u64) -> Option<&mut Doing> {
        let known = self.doing.iter().position(|(known, _)| *known == sender);
        if known.is_none() {
            self.doing.push((sender, Doing::default()));
        }
        let place = known.unwrap_or(self.doing.len() - 1);
        self.doing.get_mut(place).map(|(_, doing)| doing)
    }

    /// Forgets what is over; true when something is to be painted again.
    pub(crate) fn tidy(&mut self, document: &Document, now: f64) -> bool {
        let mut changed = false;
        for (_, doing) in &mut self.doing {
            changed |= doing.trail.is_seen();
            doing.trail.fade(now);
            let arrived = doing.done.is_some_and(|(client, clock)| {
                clock == 0 || document.replica().knows(client, clock - 1)
            });
            if doing.gesture.is_some() && (arrived || now - doing.heard_at > SILENCE_MS) {
                doing.gesture = None;
                doing.done = None;
                changed = true;
            }
        }
        changed
    }

    /// When [`Self::tidy`] may next have something to do, ms.
    pub(crate) fn due(&self, now: f64) -> Option<f64> {
        if self.doing().any(|doing| doing.trail.is_seen()) {
            return Some(now + FRAME_MS);
        }
        let gestures = self.doing().filter(|doing| doing.gesture.is_some());
        let silences = gestures.map(|doing| doing.heard_at + SILENCE_MS + 1.0);
        silences.reduce(f64::min)
    }

    /// The connection is lost: nobody is known to be here.
    pub(crate) fn clear(&mut self) {
        self.people.clear();
        self.doing.clear();
    }

    /// Everybody, by their page load.
    pub(crate) fn people(&self) -> impl Iterator<Item = (u64, &State)> {
        self.people.iter().map(|known| (known.client, &known.state))
    }

    /// One page load for each of the others, where `me` is one's own browser.
    pub(crate) fn faces(&self, me: &str) -> impl Iterator<Item = (u64, &State)> {
        let others = self.people.iter();
        let faces = others.filter(move |known| {
            let browser = known.state.user.id.as_str();
            known.face && (browser.is_empty() || browser != me)
        });
        faces.map(|known| (known.client, &known.state))
    }

    /// One person's state.
    pub(crate) fn person(&self, client: u64) -> Option<&State> {
        self.people
            .iter()
            .find(|known| known.client == client)
            .map(|known| &known.state)
    }

    /// Where somebody's pointer is: as they move it, or as they last said.
    pub(crate) fn pointer_of(&self, client: u64) -> Option<Point> {
        let cursors = self.doing().filter_map(|doing| doing.cursor.as_ref());
        let live = cursors.filter(|cursor| cursor.client == client);
        let live = live.filter_map(|cursor| cursor.at).last();
        let said = || self.person(client)?.cursor.map(|at| Point::new(at.x, at.y));
        live.map(Point::from).or_else(said)
    }

    /// What everybody is doing right now.
    pub(crate) fn doing(&self) -> impl Iterator<Item = &Doing> {
        self.doing.iter().map(|(_, doing)| doing)
    }
}

impl Doing {
    fn draws(
        &mut self,
        element: &str,
        highlights: bool,
        style: InkStyle,
        offset: u32,
        points: &[u8],
    ) {
        let (Ok(id), Some(news)) = (ElementId::parse(element), points::decode(points)) else {
            return;
        };
        self.done = None;
        match &mut self.gesture {
            // A gap means that something was skipped on the way; the next repeat heals it.
            Some(Shown::Ink {
                element, points, ..
            }) if *element == id && points.len() >= offset as usize => {
                points.truncate(offset as usize);
                points.extend(news);
                points.truncate(MAX_POINTS);
            }
            _ if offset == 0 => {
                self.gesture = Some(Shown::Ink {
                    element: id,
                    highlights,
                    style,
                    points: news,
                });
            }
            _ => {}
        }
    }

    fn take(&mut self, gesture: Gesture) {
        match gesture {
            Gesture::Ink {
                element,
                style,
                offset,
                points,
            } => self.draws(&element, false, style, offset, &points),
            Gesture::Highlight {
                element,
                style,
                offset,
                points,
            } => self.draws(&element, true, style, offset, &points),
            Gesture::Shape { element, record } => {
                let id = ElementId::parse(&element).ok();
                let element = id.and_then(|id| Some(Record::decode(&record)?.element(id)));
                self.gesture = element.map(|element| Shown::Shape(Box::new(element)));
                self.done = None;
            }
            Gesture::Drag {
                elements,
                transform,
            } => {
                let elements = elements.iter().filter_map(|id| ElementId::parse(id).ok());
                self.gesture = Transform::decode(&transform).map(|transform| Shown::Drag {
                    elements: selection_of(elements),
                    transform,
                });
                self.done = None;
            }
            Gesture::Done { client, clock } => {
                self.done = ClientId::new(client).map(|client| (client, clock));
            }
        }
    }
}

fn tidy(mut state: State) -> State {
    if state.user.name.chars().count() > MAX_NAME {
        state.user.name = state.user.name.chars().take(MAX_NAME).collect();
    }
    state
}
