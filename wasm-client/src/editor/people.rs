//! The person at this page and the others: who they are, what they do, and what they are told.
//!
//! Owns when the others hear of one's presence. Knows no document and no socket.

use board::id::ClientId;
use board::presence::{self, Entry};
use board::protocol::Message;

use crate::boundary::Config;
use crate::live::{Broadcast, Cursor};
use crate::peers::{Peers, State, User};

/// Least time between two awareness messages of one's own, ms: 5 Hz.
const PRESENCE_PACE_MS: f64 = 200.0;
/// One's awareness is renewed after this long, ms; Yjs peers forget it after 30 s.
const PRESENCE_RENEW_MS: f64 = 15_000.0;

/// The person at this page.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) color: String,
    pub(super) browser: String,
    /// Whether notes say who wrote them.
    pub(super) signs: bool,
}

/// Everybody on the board.
#[derive(Debug)]
pub(super) struct People {
    pub(super) profile: Profile,
    pub(super) peers: Peers,
    /// One's own gestures, for the others.
    pub(super) broadcast: Broadcast,
    /// What the others know of one; nothing when they are to be told again.
    pub(super) told: Option<State>,
    told_at: f64,
    clock: u32,
}

impl People {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            profile: Profile {
                name: config.name.clone(),
                color: config.color.clone(),
                browser: config.browser.clone(),
                signs: true,
            },
            peers: Peers::default(),
            broadcast: Broadcast::default(),
            told: None,
            told_at: 0.0,
            clock: 0,
        }
    }

    /// The connection is another one: nobody is known there, and nobody knows one.
    pub(super) fn reconnected(&mut self) {
        self.peers.clear();
        self.told = None;
        self.broadcast.reconnected();
    }

    /// Oneself, as the others are told.
    pub(super) fn user(&self) -> User {
        User {
            name: self.profile.name.clone(),
            color: self.profile.color.clone(),
            id: self.profile.browser.clone(),
        }
    }

    /// What the others are to be told now, as frames: gestures and cursor, and now and then who one is.
    pub(super) fn due_now(
        &mut self,
        client: u64,
        cursor: Cursor,
        state: State,
        now: f64,
    ) -> Vec<Vec<u8>> {
        self.broadcast.cursor(cursor);
        let live = self.broadcast.poll(now).into_iter();
        let mut frames: Vec<Vec<u8>> = live
            .map(|(slot, payload)| {
                let payload = &payload;
                Message::Ephemeral { slot, payload }.encode()
            })
            .collect();
        if self.presence_due(&state, now) <= now {
            frames.extend(self.tell(client, state, now));
            self.broadcast.repeat_cursor();
        }
        frames
    }

    /// When the others are to hear of one's state at the latest, ms.
    pub(super) fn presence_due(&self, state: &State, now: f64) -> f64 {
        match &self.told {
            None => now,
            Some(told) if told != state => self.told_at + PRESENCE_PACE_MS,
            Some(_) => self.told_at + PRESENCE_RENEW_MS,
        }
    }

    fn tell(&mut self, client: u64, state: State, now: f64) -> Option<Vec<u8>> {
        self.clock += 1;
        let json = serde_json::to_string(&state).ok();
        self.told = Some(state);
        self.told_at = now;
        let entry = Entry {
            client: ClientId::new(client)?,
            clock: self.clock,
            state: Some(json?.into()),
        };
        Some(Message::Awareness(&presence::encode(&[entry])).encode())
    }
}
