//! The editor's side of the wire: handshake, updates, presence, live things.

use board::protocol::{self, Message};
use board::replica::{IngestError, Ingested};

use super::Editor;
use crate::live::Cursor;
use crate::peers::{Spot, State};

/// Most selected elements that the others are told of.
const MAX_TOLD: usize = 50;
/// A frame of most screens, ms.
pub(crate) const FRAME_MS: f64 = 16.0;

impl Editor {
    /// The socket opened or closed.
    pub fn connected(&mut self, up: bool) {
        self.outbox
            .sync
            .connected(up, &self.document.replica().state_vector());
        self.people.reconnected();
        self.sight.unpainted = true;
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
                self.outbox
                    .sync
                    .offer(&diff.map_err(|error| error.to_string())?);
            }
            Some(Message::SyncStep2(update)) => {
                self.take_update(update)
                    .map_err(|error| error.to_string())?;
                self.outbox.sync.received();
            }
            Some(Message::Update(update)) => {
                self.take_update(update)
                    .map_err(|error| error.to_string())?;
            }
            Some(Message::Awareness(entries)) => {
                if self.people.peers.aware(entries, self.client()) {
                    self.sight.unpainted = true;
                }
            }
            Some(Message::QueryAwareness) => self.people.told = None,
            Some(Message::Fence(payload)) => self.outbox.sync.fence_returned(payload),
            Some(Message::NotSaved(why)) => self.outbox.sync.not_saved(why),
            Some(Message::Relayed {
                sender,
                slot,
                payload,
            }) => {
                if self.people.peers.relayed(sender, slot, payload, self.now) {
                    self.sight.unpainted = true;
                }
            }
            Some(Message::Ephemeral { .. } | Message::Unknown(_)) | None => {}
        }
        Ok(())
    }

    fn take_update(&mut self, update: &[u8]) -> Result<(), IngestError> {
        if self.document.apply(update)? == Ingested::Missing {
            self.outbox
                .sync
                .ask_again(&self.document.replica().state_vector());
        }
        self.outbox.place(&mut self.document)?;
        self.follow();
        self.people.peers.tidy(&self.document, self.now);
        Ok(())
    }

    /// Puts what the others should know into the outbox.
    pub(super) fn flush_network(&mut self) {
        if !self.outbox.sync.is_connected() {
            return;
        }
        let (cursor, state) = (self.cursor(), self.state());
        let messages = self.people.due_now(self.client(), cursor, state, self.now);
        for message in messages {
            self.outbox.sync.send(message);
        }
    }

    /// When the editor wants to be called again, ms.
    pub(super) fn wake(&self) -> Option<f64> {
        let trail = self.gesture.tool.trail().filter(|trail| trail.is_seen());
        let frame = trail.map(|_| self.now + FRAME_MS);
        let tool = self.gesture.tool.due();
        let mut due = vec![
            self.people.peers.due(self.now),
            self.cover.due(),
            tool,
            frame,
        ];
        if self.outbox.sync.is_connected() {
            let presence = self.people.presence_due(&self.state(), self.now);
            due.extend([self.people.broadcast.due(self.now), Some(presence)]);
        }
        due.into_iter().flatten().reduce(f64::min)
    }

    /// One's own awareness state.
    fn state(&self) -> State {
        let camera = &self.sight.camera;
        let spot = self.gesture.pointer.map(|at| camera.board(at));
        let selected = self.chosen.selection.iter().take(MAX_TOLD);
        State {
            user: self.people.user(),
            cursor: spot.map(|at| Spot {
                x: at.x.round(),
                y: at.y.round(),
            }),
            selection: selected.map(ToString::to_string).collect(),
        }
    }

    fn laser_told(&self) -> Option<Vec<u8>> {
        let trail = self.gesture.tool.trail()?;
        trail.told(self.sight.camera.zoom(), self.now)
    }

    fn cursor(&self) -> Cursor {
        let camera = &self.sight.camera;
        let at = self.gesture.pointer.map(|at| camera.board(at));
        let typing = self.writing.typing.as_ref();
        let born = typing.filter(|typing| typing.unborn().is_none());
        Cursor {
            client: self.client(),
            at: at.map(|at| (at.x, at.y)),
            laser: self.laser_told(),
            typing: born.map(|typing| {
                let (start, end) = typing.selection();
                (typing.element().to_string(), start, end)
            }),
        }
    }
}
