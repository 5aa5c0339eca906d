//! The editor's side of the wire: handshake, updates, presence, live things.

use board::id::ClientId;
use board::presence::{self, Entry};
use board::protocol::{self, Message};
use board::replica::{IngestError, Ingested};

use super::Editor;
use crate::live::Cursor;
use crate::peers::{Spot, State, User};

/// Least time between two awareness messages of one's own, ms: 5 Hz.
const PRESENCE_PACE_MS: f64 = 200.0;
/// One's awareness is renewed after this long, ms; Yjs peers forget it after 30 s.
const PRESENCE_RENEW_MS: f64 = 15_000.0;
/// Most selected elements that the others are told of.
const MAX_TOLD: usize = 50;

/// One's own awareness, and when the others were told.
#[derive(Debug, Default)]
pub(super) struct Presence {
    clock: u32,
    told: Option<State>,
    told_at: f64,
}

impl Editor {
    /// The socket opened or closed.
    pub fn connected(&mut self, up: bool) {
        self.sync
            .connected(up, &self.document.replica().state_vector());
        self.peers.clear();
        self.presence.told = None;
        self.broadcast.reconnected();
        self.unpainted = true;
    }

    /// Takes a frame from the server.
    ///
    /// # Errors
    /// When it is no message, or holds a damaged update; the caller reconnects.
    pub fn receive(&mut self, frame: &[u8]) -> Result<(), String> {
        self.begun = true;
        let message = protocol::decode_from_server(frame).map_err(|error| error.to_string())?;
        match message {
            Some(Message::SyncStep1(state_vector)) => {
                let diff = self.document.replica().diff(state_vector);
                self.sync.offer(&diff.map_err(|error| error.to_string())?);
            }
            Some(Message::SyncStep2(update)) => {
                self.take_update(update)
                    .map_err(|error| error.to_string())?;
                self.sync.received();
            }
            Some(Message::Update(update)) => {
                self.take_update(update)
                    .map_err(|error| error.to_string())?;
            }
            Some(Message::Awareness(entries)) => {
                if self.peers.aware(entries, self.client()) {
                    self.unpainted = true;
                }
            }
            Some(Message::QueryAwareness) => self.presence.told = None,
            Some(Message::Fence(payload)) => self.sync.fence_returned(payload),
            Some(Message::NotSaved(why)) => self.sync.not_saved(why),
            Some(Message::Relayed {
                sender,
                slot,
                payload,
            }) => {
                if self.peers.relayed(sender, slot, payload, self.now) {
                    self.unpainted = true;
                }
            }
            Some(Message::Ephemeral { .. } | Message::Unknown(_)) | None => {}
        }
        Ok(())
    }

    fn take_update(&mut self, update: &[u8]) -> Result<(), IngestError> {
        if self.document.apply(update)? == Ingested::Missing {
            self.sync.ask_again(&self.document.replica().state_vector());
        }
        self.place()?;
        self.follow();
        self.peers.tidy(&self.document, self.now);
        Ok(())
    }

    /// Puts what the others should know into the outbox.
    pub(super) fn flush_network(&mut self) {
        if !self.sync.is_connected() {
            return;
        }
        self.broadcast.cursor(self.cursor());
        for (slot, payload) in self.broadcast.poll(self.now) {
            self.sync.send(
                Message::Ephemeral {
                    slot,
                    payload: &payload,
                }
                .encode(),
            );
        }
        let due = self.presence_due();
        if due <= self.now {
            let state = self.state();
            self.tell(state);
            self.broadcast.repeat_cursor();
        }
    }

    /// When the editor wants to be called again, ms.
    pub(super) fn wake(&self) -> Option<f64> {
        let mut due = vec![self.peers.due()];
        if self.sync.is_connected() {
            due.extend([self.broadcast.due(self.now), Some(self.presence_due())]);
        }
        due.into_iter().flatten().reduce(f64::min)
    }

    fn presence_due(&self) -> f64 {
        match &self.presence.told {
            None => self.now,
            Some(told) if *told != self.state() => self.presence.told_at + PRESENCE_PACE_MS,
            Some(_) => self.presence.told_at + PRESENCE_RENEW_MS,
        }
    }

    fn tell(&mut self, state: State) {
        self.presence.clock += 1;
        let client = ClientId::new(self.client());
        let json = serde_json::to_string(&state).ok();
        if let (Some(client), Some(json)) = (client, json) {
            let entry = Entry {
                client,
                clock: self.presence.clock,
                state: Some(json.into()),
            };
            self.sync
                .send(Message::Awareness(&presence::encode(&[entry])).encode());
        }
        self.presence.told = Some(state);
        self.presence.told_at = self.now;
    }

    /// One's own awareness state.
    fn state(&self) -> State {
        let spot = self.pointer.map(|at| self.camera.board(at));
        State {
            user: User {
                name: self.profile.name.clone(),
                color: self.profile.color.clone(),
            },
            cursor: spot.map(|at| Spot {
                x: at.x.round(),
                y: at.y.round(),
            }),
            selection: self
                .selection
                .iter()
                .take(MAX_TOLD)
                .map(ToString::to_string)
                .collect(),
        }
    }

    fn cursor(&self) -> Cursor {
        let at = self.pointer.map(|at| self.camera.board(at));
        let typing = self
            .typing
            .as_ref()
            .filter(|typing| typing.unborn().is_none());
        Cursor {
            client: self.client(),
            at: at.map(|at| (at.x, at.y)),
            typing: typing.map(|typing| {
                let (start, end) = typing.selection();
                (typing.element().to_string(), start, end)
            }),
        }
    }
}
