//! What a room is told, and what it answers.
//!
//! Owns the words between the pure room and its rim; nothing in here acts.

use board::protocol::CloseCode;
use bytes::Bytes;

use crate::principal::{Actor, Principal};

/// A connection, numbered by the server and never reused while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeerId(pub u64);

/// What happens to a room.
#[derive(Debug, Clone)]
pub enum Event {
    /// A connection opened.
    Join {
        /// Which.
        peer: PeerId,
        /// Whether it speaks `drawbridge.1`.
        own: bool,
        /// Who it is.
        principal: Principal,
    },
    /// A frame came in.
    Frame {
        /// From whom.
        peer: PeerId,
        /// Its bytes.
        frame: Bytes,
    },
    /// A connection closed.
    Leave {
        /// Which.
        peer: PeerId,
    },
    /// A peer whose queue had overflowed has taken what was left of it.
    Ready {
        /// Which.
        peer: PeerId,
    },
    /// Everything relayed so far has been written to this peer's socket.
    CaughtUp {
        /// Which.
        peer: PeerId,
    },
    /// The store has answered.
    Stored {
        /// Every [`Effect::Append`] up to this version is on disk.
        version: u64,
        /// Why something after it could not be stored so far; it is tried again.
        trouble: Option<String>,
    },
    /// No more events are at hand: relay what has gathered.
    Flush,
    /// [`Room::wake_at`] has come.
    Tick,
}

/// What the rim has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Queue a frame for one peer.
    Send {
        /// Which.
        to: PeerId,
        /// The frame.
        frame: Bytes,
        /// Whether it makes up for all document frames that the peer missed.
        catch_up: bool,
    },
    /// Queue one frame for many peers, sharing its bytes.
    Relay {
        /// The frame.
        frame: Bytes,
        /// For whom.
        to: Audience,
        /// What it carries.
        kind: Kind,
    },
    /// Store an update; [`Event::Stored`] answers.
    Append {
        /// Its place in the board's log.
        version: u64,
        /// The Yjs client that its sender announced, or 0.
        author: u64,
        /// Who brought it.
        actor: Actor,
        /// The update.
        update: Bytes,
    },
    /// Close a connection; it has left the room.
    Close {
        /// Which.
        peer: PeerId,
        /// Why.
        code: CloseCode,
        /// Why, in words.
        reason: String,
    },
}

/// Who a relayed frame is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every peer.
    Everyone,
    /// Every peer but one.
    AllBut(PeerId),
    /// One peer: what others were told before.
    Only(PeerId),
    /// Every peer that speaks `drawbridge.1`, but one.
    OwnBut(PeerId),
}

/// What a relayed frame carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A change of the document: goes only to peers that have what it builds on.
    Document,
    /// Awareness or a heartbeat.
    Presence,
    /// Latest wins per sender and slot.
    Ephemeral {
        /// The sender.
        sender: PeerId,
        /// Its slot.
        slot: u64,
    },
    /// A sender of ephemeral messages has gone: the last of them.
    Gone {
        /// The sender.
        sender: PeerId,
    },
}
