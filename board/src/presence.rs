//! Awareness entries: who is here, in y-protocols' encoding.
//!
//! Owns the codec and its bounds. Knows neither who may say what nor when somebody is gone.

use std::sync::Arc;

use crate::id::ClientId;
use crate::lib0::{ReadError, Reader, write_buffer, write_uint};
use crate::limits::MAX_PRESENCE;

/// What one client says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub client: ClientId,
    /// Rises with every change; higher wins.
    pub clock: u32,
    /// Valid JSON of at most [`MAX_PRESENCE`] bytes; `None` means gone.
    pub state: Option<Arc<str>>,
}

/// Bytes that are no awareness message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PresenceError {
    /// Not the encoding.
    #[error("no awareness message: {0}")]
    Malformed(#[from] ReadError),
    /// A count promises more than the bytes hold.
    #[error("a count promises more than the bytes hold")]
    Count,
    /// A state that is not JSON would break everybody who parses it.
    #[error("a state is not JSON")]
    NotJson,
    /// A state above the limit.
    #[error("a state holds at most {MAX_PRESENCE} bytes")]
    TooBig,
}

/// Reads an awareness message. Costs O(bytes).
///
/// # Errors
/// When it is none, or holds a state that must not be handed on.
pub fn decode(bytes: &[u8]) -> Result<Vec<Entry>, PresenceError> {
    let mut reader = Reader::new(bytes);
    let count = reader.uint()?;
    // The smallest entry takes three bytes.
    if count > (reader.left() / 3) as u64 {
        return Err(PresenceError::Count);
    }
    (0..count).map(|_| entry(&mut reader)).collect()
}

fn entry(reader: &mut Reader<'_>) -> Result<Entry, PresenceError> {
    let client = ClientId::new(reader.uint()?).ok_or(ReadError::Range)?;
    let clock = reader.uint32()?;
    let text = reader.string()?;
    if text.len() > MAX_PRESENCE {
        return Err(PresenceError::TooBig);
    }
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|_| PresenceError::NotJson)?;
    let state = (!value.is_null()).then(|| text.into());
    Ok(Entry {
        client,
        clock,
        state,
    })
}

/// The entries as an awareness message.
pub fn encode(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    write_uint(&mut out, entries.len() as u64);
    for entry in entries {
        write_uint(&mut out, entry.client.get());
        write_uint(&mut out, entry.clock.into());
        write_buffer(
            &mut out,
            entry.state.as_deref().unwrap_or("null").as_bytes(),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(client: u64, clock: u32, state: Option<&str>) -> Entry {
        Entry {
            client: ClientId::new(client).unwrap(),
            clock,
            state: state.map(Into::into),
        }
    }

    #[test]
    fn the_bytes_are_those_of_y_protocols() {
        let entries = [entry(77, 0, Some("{}")), entry(1, 3, None)];
        let bytes = [2, 77, 0, 2, b'{', b'}', 1, 3, 4, b'n', b'u', b'l', b'l'];
        assert_eq!(encode(&entries), bytes);
        assert_eq!(decode(&bytes).as_deref(), Ok(&entries[..]));
        assert_eq!(decode(&[0]), Ok(vec![]));
    }

    #[test]
    fn what_would_break_a_reader_is_refused() {
        assert_eq!(decode(&[0xff, 0xff, 0xff, 0x7f]), Err(PresenceError::Count));
        assert_eq!(
            decode(&encode(&[entry(1, 1, Some("{not json"))])),
            Err(PresenceError::NotJson)
        );
        let big = format!("\"{}\"", "x".repeat(MAX_PRESENCE));
        assert_eq!(
            decode(&encode(&[entry(1, 1, Some(&big))])),
            Err(PresenceError::TooBig)
        );
        let deep = "[".repeat(3000);
        assert_eq!(
            decode(&encode(&[entry(1, 1, Some(&deep))])),
            Err(PresenceError::NotJson)
        );
    }
}
