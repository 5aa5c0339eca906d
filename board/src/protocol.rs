//! The frames of a board's WebSocket: one message per frame, y-websocket's and two of our own.
//!
//! Owns framing and close codes. Knows no document: payloads are opaque bytes. Bytes that follow
//! the first message of a frame are ignored, as y-websocket does.

use crate::lib0::{ReadError, Reader, write_buffer, write_uint};
use crate::limits::{MAX_EPHEMERAL, MAX_FENCE};

/// The WebSocket subprotocol of Drawbridge's own clients; it allows fences and ephemeral messages.
pub const SUBPROTOCOL: &str = "drawbridge.1";

/// A data frame that says nothing: awareness of nobody. y-websocket counts data frames only and
/// drops a connection that brought none for 30 s.
pub const HEARTBEAT: [u8; 3] = [AWARENESS as u8, 1, 0];

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY_AWARENESS: u64 = 3;
const FENCE: u64 = 102;
const EPHEMERAL: u64 = 103;
const NOT_SAVED: u64 = 104;

const STEP_1: u64 = 0;
const STEP_2: u64 = 1;
const UPDATE: u64 = 2;

/// Why a WebSocket is closed. y-websocket stops for good at 4400 to 4499 and reconnects at others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum CloseCode {
    /// The server restarts: come back soon.
    Restart = 1012,
    /// The server is full: come back later.
    TryLater = 1013,
    /// A frame is no message. Stop: the client is at fault and would be again.
    BadFrame = 4400,
    /// The address names no possible board. Stop.
    NoSuchBoard = 4404,
    /// The board was deleted. Stop, and offer the copy that is here.
    Deleted = 4410,
    /// A frame, or the board with it, is too big. Stop.
    TooBig = 4413,
    /// An update that nobody could load. Stop, and offer what is unsaved as a download.
    Poison = 4422,
    /// More messages than any person sends. Stop.
    TooMany = 4429,
    /// Something broke in the server. Come back: the board is loaded again.
    Internal = 4500,
    /// The board cannot be loaded or stored just now. Come back later.
    Unavailable = 4503,
    /// Updates were missing on this connection. Come back: the handshake brings them.
    Resync = 4509,
}

impl CloseCode {
    /// The number on the wire.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// Whether a client must not try again.
    pub fn is_final(self) -> bool {
        (4400..4500).contains(&self.number())
    }
}

/// A frame that is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Not lib0's encoding of one.
    #[error("the frame is no message: {0}")]
    Malformed(#[from] ReadError),
    /// A sync message of a step that does not exist.
    #[error("the frame is a sync message of unknown step {0}")]
    UnknownStep(u64),
    /// A fence or ephemeral payload beyond its limit.
    #[error("a {what} holds at most {limit} bytes")]
    TooBig {
        /// What it is.
        what: &'static str,
        /// In bytes.
        limit: usize,
    },
}

impl FrameError {
    /// How a connection that sent it is closed.
    pub fn close_code(self) -> CloseCode {
        match self {
            Self::TooBig { .. } => CloseCode::TooBig,
            _ => CloseCode::BadFrame,
        }
    }
}

/// One message, borrowing its payload from the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// "This is my state vector, send me what I lack."
    SyncStep1(&'a [u8]),
    /// The answer: an update.
    SyncStep2(&'a [u8]),
    /// An update.
    Update(&'a [u8]),
    /// Awareness entries, see `presence`.
    Awareness(&'a [u8]),
    /// "Send me everybody's awareness."
    QueryAwareness,
    /// Sent back once everything before it on this connection is durable.
    Fence(&'a [u8]),
    /// Towards the server: something that is relayed and never stored.
    Ephemeral {
        /// A newer payload in the same slot replaces an older one that was not delivered yet.
        slot: u64,
        /// At most [`MAX_EPHEMERAL`] bytes.
        payload: &'a [u8],
    },
    /// From the server: the same, stamped. Slot 0 with no payload says that the sender is gone.
    Relayed {
        /// The connection that sent it, as the server numbers them.
        sender: u64,
        /// The sender's slot.
        slot: u64,
        /// The payload.
        payload: &'a [u8],
    },
    /// From the server: why changes cannot be stored just now, though they are relayed; empty when
    /// they are stored again.
    NotSaved(&'a str),
    /// A message of a type that this version does not know, or authentication; ignore it.
    Unknown(u64),
}

/// Reads a frame that a client sent; `None` when it is empty.
///
/// # Errors
/// When it is no message.
pub fn decode_from_client(frame: &[u8]) -> Result<Option<Message<'_>>, FrameError> {
    decode(frame, false)
}

/// Reads a frame that a server sent; `None` when it is empty.
///
/// # Errors
/// When it is no message.
pub fn decode_from_server(frame: &[u8]) -> Result<Option<Message<'_>>, FrameError> {
    decode(frame, true)
}

fn decode(frame: &[u8], from_server: bool) -> Result<Option<Message<'_>>, FrameError> {
    if frame.is_empty() {
        return Ok(None);
    }
    let mut reader = Reader::new(frame);
    let message = match reader.uint()? {
        SYNC => {
            let step = reader.uint()?;
            let payload = reader.buffer()?;
            match step {
                STEP_1 => Message::SyncStep1(payload),
                STEP_2 => Message::SyncStep2(payload),
                UPDATE => Message::Update(payload),
                _ => return Err(FrameError::UnknownStep(step)),
            }
        }
        AWARENESS => Message::Awareness(reader.buffer()?),
        QUERY_AWARENESS => Message::QueryAwareness,
        FENCE => Message::Fence(limited(reader.buffer()?, "fence", MAX_FENCE)?),
        EPHEMERAL => {
            let sender = if from_server {
                Some(reader.uint()?)
            } else {
                None
            };
            let slot = reader.uint()?;
            let payload = limited(reader.buffer()?, "ephemeral payload", MAX_EPHEMERAL)?;
            match sender {
                Some(sender) => Message::Relayed {
                    sender,
                    slot,
                    payload,
                },
                None => Message::Ephemeral { slot, payload },
            }
        }
        NOT_SAVED if from_server => Message::NotSaved(reader.string()?),
        AUTH => Message::Unknown(AUTH),
        other => Message::Unknown(other),
    };
    Ok(Some(message))
}

fn limited<'a>(
    payload: &'a [u8],
    what: &'static str,
    limit: usize,
) -> Result<&'a [u8], FrameError> {
    if payload.len() > limit {
        return Err(FrameError::TooBig { what, limit });
    }
    Ok(payload)
}

impl Message<'_> {
    /// The message as a frame.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.payload().len() + 24);
        let head: &[u64] = match *self {
            Self::SyncStep1(_) => &[SYNC, STEP_1],
            Self::SyncStep2(_) => &[SYNC, STEP_2],
            Self::Update(_) => &[SYNC, UPDATE],
            Self::Awareness(_) => &[AWARENESS],
            Self::QueryAwareness => &[QUERY_AWARENESS],
            Self::Fence(_) => &[FENCE],
            Self::Ephemeral { slot, .. } => &[EPHEMERAL, slot],
            Self::Relayed { sender, slot, .. } => &[EPHEMERAL, sender, slot],
            Self::NotSaved(_) => &[NOT_SAVED],
            Self::Unknown(kind) => &[kind],
        };
        for &number in head {
            write_uint(&mut out, number);
        }
        if !matches!(self, Self::QueryAwareness | Self::Unknown(_)) {
            write_buffer(&mut out, self.payload());
        }
        out
    }

    fn payload(&self) -> &[u8] {
        match self {
            Self::SyncStep1(payload)
            | Self::SyncStep2(payload)
            | Self::Update(payload)
            | Self::Awareness(payload)
            | Self::Fence(payload)
            | Self::Ephemeral { payload, .. }
            | Self::Relayed { payload, .. } => payload,
            Self::NotSaved(reason) => reason.as_bytes(),
            Self::QueryAwareness | Self::Unknown(_) => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_are_those_of_y_websocket() {
        for (message, bytes) in [
            (Message::SyncStep1(&[0]), &[0, 0, 1, 0][..]),
            (Message::SyncStep2(&[0, 0]), &[0, 1, 2, 0, 0]),
            (Message::Update(&[7]), &[0, 2, 1, 7]),
            (Message::Awareness(&[0]), &HEARTBEAT),
            (Message::QueryAwareness, &[3]),
            (Message::Fence(&[1, 2]), &[102, 2, 1, 2]),
        ] {
            assert_eq!(message.encode(), bytes);
            assert_eq!(decode_from_client(bytes), Ok(Some(message)));
            assert_eq!(decode_from_server(bytes), Ok(Some(message)));
        }
    }

    #[test]
    fn an_ephemeral_is_stamped_on_its_way_back() {
        let sent = Message::Ephemeral {
            slot: 3,
            payload: &[9],
        };
        assert_eq!(sent.encode(), [103, 3, 1, 9]);
        assert_eq!(decode_from_client(&sent.encode()), Ok(Some(sent)));
        let relayed = Message::Relayed {
            sender: 300,
            slot: 3,
            payload: &[9],
        };
        assert_eq!(relayed.encode(), [103, 0xac, 0x02, 3, 1, 9]);
        assert_eq!(decode_from_server(&relayed.encode()), Ok(Some(relayed)));
    }

    #[test]
    fn only_a_server_says_that_nothing_is_saved() {
        let frame = Message::NotSaved("full").encode();
        assert_eq!(frame, [104, 4, b'f', b'u', b'l', b'l']);
        let read = decode_from_server(&frame);
        assert_eq!(read, Ok(Some(Message::NotSaved("full"))));
        assert_eq!(
            decode_from_client(&frame),
            Ok(Some(Message::Unknown(NOT_SAVED)))
        );
    }

    #[test]
    fn what_follows_the_first_message_is_ignored() {
        assert_eq!(
            decode_from_client(&[0, 2, 1, 7, 1, 1, 0]),
            Ok(Some(Message::Update(&[7])))
        );
        assert_eq!(
            decode_from_client(&[3, 1, 2]),
            Ok(Some(Message::QueryAwareness))
        );
        assert_eq!(decode_from_client(&[]), Ok(None));
    }

    #[test]
    fn truncated_and_oversized_frames_are_refused() {
        for frame in [
            &[0][..],
            &[0, 2],
            &[0, 2, 4, 1],
            &[1, 9, 0],
            &[102, 1],
            &[0, 7, 0],
        ] {
            let error = decode_from_client(frame).unwrap_err();
            assert_eq!(error.close_code(), CloseCode::BadFrame, "{frame:?}");
        }
        let big = vec![0; MAX_EPHEMERAL + 1];
        let frame = Message::Ephemeral {
            slot: 1,
            payload: &big,
        }
        .encode();
        let error = decode_from_client(&frame).unwrap_err();
        assert_eq!(error.close_code(), CloseCode::TooBig);
    }

    #[test]
    fn a_type_of_the_future_is_no_error() {
        assert_eq!(decode_from_client(&[99, 1]), Ok(Some(Message::Unknown(99))));
        assert_eq!(decode_from_client(&[2, 0]), Ok(Some(Message::Unknown(2))));
    }
}
