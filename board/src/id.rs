//! The names of things: boards, elements, clients.
//!
//! Owns parsing and printing of ids and nothing else. A value of these types is always well formed.

use std::fmt;
use std::sync::Arc;

use crate::limits::{MAX_BOARD_ID, MAX_ELEMENT_ID};

/// A text that cannot be an id; it says what would be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {what} id: it needs 1 to {max} characters of {alphabet}")]
pub struct InvalidId {
    text: String,
    what: &'static str,
    max: usize,
    alphabet: &'static str,
}

/// The name of a board, as in `/b/{board}`: `[A-Za-z0-9._~-]{1,128}`, never `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BoardId(Arc<str>);

impl BoardId {
    /// Reads an id that is already percent-decoded.
    ///
    /// # Errors
    /// When it is empty, too long, a path step, or holds another character.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._~-".contains(&b);
        let fits = (1..=MAX_BOARD_ID).contains(&text.len()) && text.bytes().all(allowed);
        if fits && text != "." && text != ".." {
            Ok(Self(text.into()))
        } else {
            Err(InvalidId {
                text: shorten(text),
                what: "board",
                max: MAX_BOARD_ID,
                alphabet: "A-Z a-z 0-9 . _ ~ -",
            })
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BoardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of an element on its board: `[A-Za-z0-9_-]{1,32}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(Arc<str>);

impl ElementId {
    /// Reads an id.
    ///
    /// # Errors
    /// When it is empty, too long or holds another character.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        if (1..=MAX_ELEMENT_ID).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.into()))
        } else {
            Err(InvalidId {
                text: shorten(text),
                what: "element",
                max: MAX_ELEMENT_ID,
                alphabet: "A-Z a-z 0-9 _ -",
            })
        }
    }

    /// A new id of 12 characters from 72 of the given random bits.
    pub fn from_random(bits: u128) -> Self {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
        let letter = |i: u32| {
            let index = (bits >> (6 * i)) as usize & 63;
            ALPHABET.get(index).copied().map_or('A', char::from)
        };
        Self((0..12).map(letter).collect::<String>().into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ElementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One author of updates: a page load, never stored or reused. Below 2^53, as Yjs requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientId(u64);

impl ClientId {
    /// The id that Drawbridge draws for itself: 42 random bits, six bytes as a varint.
    pub fn from_random(bits: u64) -> Self {
        Self(bits & ((1 << 42) - 1))
    }

    /// Reads an id from outside; `None` at or above 2^53.
    pub fn new(value: u64) -> Option<Self> {
        (value < 1 << 53).then_some(Self(value))
    }

    /// The id as a number.
    pub fn get(self) -> u64 {
        self.0
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn board_ids_are_what_a_path_segment_may_hold() {
        for good in ["a", "my-board", "A.b_c~9", &"x".repeat(128)] {
            assert!(BoardId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", ".", "..", "a/b", "a b", "é", "%41", &"x".repeat(129)] {
            assert!(BoardId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn random_element_ids_are_well_formed() {
        let id = ElementId::from_random(u128::MAX / 3);
        assert_eq!(ElementId::parse(id.as_str()), Ok(id));
    }
}
