//! Awareness entries: who is here, in y-protocols' encoding.
//!
//! Owns the codec and its bounds. Knows neither who may say what nor when somebody is gone.

use std::sync::Arc;

use serde::de::IgnoredAny;

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

/// One entry of a message, still in its bytes: most of what a server hears is an echo, and not
/// worth more than a look at who it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard<'a> {
    /// Who.
    pub client: ClientId,
    /// Rises with every change; higher wins.
    pub clock: u32,
    state: &'a str,
}

impl Heard<'_> {
    /// Whether it says that somebody is gone.
    pub fn is_goodbye(&self) -> bool {
        self.state.trim_ascii() == "null"
    }

    /// The entry, when it may be handed on. O(bytes), and nothing is built but the entry.
    ///
    /// # Errors
    /// When its state is too big, or no JSON. A half of a surrogate pair is fine, as in JavaScript:
    /// names are cut there.
    pub fn entry(&self) -> Result<Entry, PresenceError> {
        if self.state.len() > MAX_PRESENCE {
            return Err(PresenceError::TooBig);
        }
        serde_json::from_str::<IgnoredAny>(self.state).map_err(|_| PresenceError::NotJson)?;
        Ok(Entry {
            client: self.client,
            clock: self.clock,
            state: (!self.is_goodbye()).then(|| self.state.into()),
        })
    }
}

/// The entries of an awareness message, one by one; it ends with the first that cannot be read.
///
/// # Errors
/// When it promises more entries than its bytes hold.
pub fn entries(
    bytes: &[u8],
) -> Result<impl Iterator<Item = Result<Heard<'_>, PresenceError>>, PresenceError> {
    let mut reader = Reader::new(bytes);
    let count = reader.uint()?;
    // The smallest entry takes three bytes.
    if count > (reader.left() / 3) as u64 {
        return Err(PresenceError::Count);
    }
    let mut left = count;
    Ok(std::iter::from_fn(move || {
        left = left.checked_sub(1)?;
        let heard = heard(&mut reader);
        if heard.is_err() {
            left = 0;
        }
        Some(heard)
    }))
}

fn heard<'a>(reader: &mut Reader<'a>) -> Result<Heard<'a>, PresenceError> {
    Ok(Heard {
        client: ClientId::new(reader.uint()?).ok_or(ReadError::Range)?,
        clock: reader.uint32()?,
        state: reader.string()?,
    })
}

/// Reads an awareness message. Costs O(bytes).
///
/// # Errors
/// When it is none, or holds a state that must not be handed on.
pub fn decode(bytes: &[u8]) -> Result<Vec<Entry>, PresenceError> {
    entries(bytes)?.map(|heard| heard?.entry()).collect()
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
        let endless = "[".repeat(3000);
        assert_eq!(
            decode(&encode(&[entry(1, 1, Some(&endless))])),
            Err(PresenceError::NotJson)
        );
    }

    #[test]
    fn a_name_cut_inside_an_emoji_is_a_name() {
        let cut = "{\"user\":{\"name\":\"Ann \\ud83d\"}}";
        let entries = [entry(1, 1, Some(cut))];
        assert_eq!(decode(&encode(&entries)).as_deref(), Ok(&entries[..]));
    }

    #[test]
    fn entries_are_judged_when_somebody_wants_them() {
        let message = encode(&[entry(1, 1, Some("{not json")), entry(2, 7, None)]);
        let heard: Vec<Heard<'_>> = entries(&message).unwrap().map(Result::unwrap).collect();
        assert_eq!(heard[0].entry(), Err(PresenceError::NotJson));
        assert_eq!(heard[1].entry(), Ok(entry(2, 7, None)));
        assert!(heard[1].is_goodbye() && !heard[0].is_goodbye());
    }
}
