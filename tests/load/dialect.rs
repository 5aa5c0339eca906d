//! How the same message looks on each server's wire, and under which path a board is.
//!
//! Owns the differences between the servers' protocols. Knows no socket: frames are bytes.

use anyhow::{Result, bail};
use board::lib0::{Reader, write_buffer, write_uint};
use board::presence;
use board::protocol::{Message, SUBPROTOCOL, decode_from_server};

/// A protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Drawbridge's own: y-websocket's, with fences and ephemeral messages.
    Drawbridge,
    /// y-websocket's.
    YWebsocket,
    /// The same under y-sweet's paths.
    YSweet,
    /// Every message behind the board's name, and authentication first.
    Hocuspocus,
    /// No protocol at all: frames are handed to the others as they are.
    Echo,
}

/// What came, whatever the dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Incoming<'a> {
    /// The server wants what it lacks: nothing, but it should hear so.
    Asked,
    /// The answer to the handshake: the whole board.
    State(&'a [u8]),
    /// Somebody's change, or several.
    Update(&'a [u8]),
    /// Awareness entries.
    Presence(&'a [u8]),
    /// A fence came back.
    Fence(&'a [u8]),
    /// Somebody's ephemeral message.
    Cursor(&'a [u8]),
    /// A ping within the protocol.
    Ping,
    /// Nothing of interest.
    Other,
}

const HOCUSPOCUS_AUTH: u64 = 2;
const HOCUSPOCUS_CLOSE: u64 = 7;
const HOCUSPOCUS_PING: u8 = 9;
const HOCUSPOCUS_PONG: u8 = 10;

impl Dialect {
    /// The path of a board's WebSocket.
    pub(crate) fn path(self, board: &str) -> String {
        match self {
            Self::Drawbridge => format!("/sync/{board}"),
            Self::YWebsocket | Self::Echo => format!("/{board}"),
            Self::YSweet => format!("/d/{board}/ws/{board}"),
            Self::Hocuspocus => "/".to_owned(),
        }
    }

    /// The WebSocket subprotocol to ask for.
    pub(crate) fn protocol(self) -> Option<&'static str> {
        (self == Self::Drawbridge).then_some(SUBPROTOCOL)
    }

    /// The frames that a client opens with: who it is, and that it has nothing yet.
    pub(crate) fn hello(self, board: &str) -> Vec<Vec<u8>> {
        let ask = self.encode(board, &Message::SyncStep1(&[0]));
        match self {
            Self::Hocuspocus => {
                let mut auth = Vec::new();
                write_buffer(&mut auth, board.as_bytes());
                write_uint(&mut auth, HOCUSPOCUS_AUTH);
                write_uint(&mut auth, 0);
                write_buffer(&mut auth, b"token");
                write_buffer(&mut auth, b"4.7.0");
                vec![auth, ask]
            }
            Self::Echo => Vec::new(),
            _ => vec![ask],
        }
    }

    /// A message as a frame.
    pub(crate) fn encode(self, board: &str, message: &Message<'_>) -> Vec<u8> {
        let plain = message.encode();
        if self != Self::Hocuspocus {
            return plain;
        }
        let mut out = Vec::with_capacity(plain.len() + board.len() + 2);
        write_buffer(&mut out, board.as_bytes());
        out.extend_from_slice(&plain);
        out
    }

    /// The answer to [`Incoming::Ping`].
    pub(crate) fn pong(self) -> Vec<u8> {
        vec![HOCUSPOCUS_PONG]
    }

    /// Reads a frame that the server sent.
    pub(crate) fn decode(self, frame: &[u8]) -> Result<Incoming<'_>> {
        if self != Self::Hocuspocus {
            return plain(frame);
        }
        if frame == [HOCUSPOCUS_PING] {
            return Ok(Incoming::Ping);
        }
        let mut reader = Reader::new(frame);
        reader.buffer()?;
        let rest = reader.rest();
        match Reader::new(rest).uint()? {
            0 | 1 => plain(rest),
            HOCUSPOCUS_AUTH if rest.get(1) == Some(&1) => bail!("the server denies access"),
            HOCUSPOCUS_CLOSE => bail!("the server closes the board"),
            _ => Ok(Incoming::Other),
        }
    }
}

fn plain(frame: &[u8]) -> Result<Incoming<'_>> {
    Ok(match decode_from_server(frame)? {
        Some(Message::SyncStep1(_)) => Incoming::Asked,
        Some(Message::SyncStep2(update)) => Incoming::State(update),
        Some(Message::Update(update)) => Incoming::Update(update),
        Some(Message::Awareness(entries)) => Incoming::Presence(entries),
        Some(Message::Fence(payload)) => Incoming::Fence(payload),
        Some(Message::Relayed { payload, .. }) => Incoming::Cursor(payload),
        _ => Incoming::Other,
    })
}

/// One person's awareness: client, clock, and a cursor that says the clock again.
pub(crate) fn awareness(client: u64, clock: u32) -> Vec<u8> {
    let mut out = Vec::new();
    write_uint(&mut out, 1);
    write_uint(&mut out, client);
    write_uint(&mut out, clock.into());
    let state = format!(r#"{{"user":{{"name":"P{client}"}},"cursor":{{"x":{clock},"y":12}}}}"#);
    write_buffer(&mut out, state.as_bytes());
    out
}

/// Whose state is how new, in awareness entries.
pub(crate) fn clocks(entries: &[u8]) -> Result<Vec<(u64, u32)>> {
    let entries = presence::decode(entries)?;
    let clock = |entry: presence::Entry| (entry.client.get(), entry.clock);
    Ok(entries.into_iter().map(clock).collect())
}
