//! A connection: two ordered pipes that delay, and lose everything in flight when they break.
//!
//! What TCP promises and no more: frames arrive in order or not at all, and the two ends learn of
//! a loss at different times. Knows neither ends.

use std::collections::VecDeque;

use bytes::Bytes;
use drawbridge_server::room::{Millis, PeerId};

/// What travels in one direction.
#[derive(Debug)]
pub(crate) enum Parcel {
    /// The connection is open.
    Open,
    /// A frame.
    Frame(Bytes),
    /// The sender has closed; nothing follows.
    Close,
}

/// One direction.
#[derive(Debug, Default)]
pub(crate) struct Pipe {
    parcels: VecDeque<(Millis, Parcel)>,
    last: Millis,
}

impl Pipe {
    pub(crate) fn push(&mut self, due: Millis, parcel: Parcel) {
        self.last = self.last.max(due);
        self.parcels.push_back((self.last, parcel));
    }

    pub(crate) fn pop(&mut self, now: Millis) -> Option<Parcel> {
        let (due, _) = self.parcels.front()?;
        if *due > now {
            return None;
        }
        self.parcels.pop_front().map(|(_, parcel)| parcel)
    }

    pub(crate) fn len(&self) -> usize {
        self.parcels.len()
    }
}

/// Both directions and what each end believes.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) peer: PeerId,
    pub(crate) up: Pipe,
    pub(crate) down: Pipe,
    /// How slow this connection is, ms.
    pub(crate) latency: Millis,
    /// When each end learns that the connection is lost.
    pub(crate) page_hears: Option<Millis>,
    pub(crate) server_hears: Option<Millis>,
    pub(crate) lost: bool,
    /// Whether the server still counts it as a connection.
    pub(crate) served: bool,
}

impl Wire {
    /// A connection that the server has just accepted.
    pub(crate) fn new(peer: PeerId, latency: Millis, now: Millis) -> Self {
        let mut down = Pipe::default();
        down.push(now + latency, Parcel::Open);
        Self {
            peer,
            up: Pipe::default(),
            down,
            latency,
            page_hears: None,
            server_hears: None,
            lost: false,
            served: true,
        }
    }

    /// Sends towards the server; what is sent into a lost connection is gone.
    pub(crate) fn send_up(&mut self, now: Millis, jitter: Millis, parcel: Parcel) {
        if !self.lost {
            self.up.push(now + self.latency + jitter, parcel);
        }
    }

    /// Sends towards the page.
    pub(crate) fn send_down(&mut self, now: Millis, jitter: Millis, parcel: Parcel) {
        if !self.lost {
            self.down.push(now + self.latency + jitter, parcel);
        }
    }

    /// Breaks it: everything in flight is gone, and the ends learn of it when they do.
    pub(crate) fn lose(&mut self, page_hears: Millis, server_hears: Millis) {
        self.lost = true;
        self.up = Pipe::default();
        self.down = Pipe::default();
        self.page_hears = Some(page_hears);
        self.server_hears = Some(server_hears);
    }
}
