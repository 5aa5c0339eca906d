//! The names of things: boards, elements, clients.
//!
//! Owns parsing and printing of ids and nothing else. A value of these types is always well formed.

use std::fmt;
use std::sync::Arc;

use crate::limits::{MAX_BOARD_ID, MAX_ELEMENT_ID};

/// What random ids are written in: six bits each. The last two are no letters.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
/// The random characters of a board's name: 132 bits, which nobody guesses.
pub const RANDOM_NAME: usize = 22;

/// Why a text cannot be an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    /// There is no text.
    #[error("an id has at least one character")]
    Empty,
    /// There is too much of it.
    #[error("an id is not as long as this")]
    Long,
    /// It is `.` or `..`, which paths take for a step.
    #[error("dots alone are no id")]
    Step,
    /// The first character that may not be in it.
    #[error("no id has {0:?} in it")]
    Character(char),
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
        checked(text, MAX_BOARD_ID, "._~-")?;
        match text {
            "." | ".." => Err(InvalidId::Step),
            _ => Ok(Self(text.into())),
        }
    }

    /// A new name: a character of six bits of each byte, and one that checks them. It ends in a letter
    /// or a digit, which no program that finds links in a text takes for the end of a sentence.
    pub fn from_random(random: [u8; RANDOM_NAME]) -> Self {
        let mut name: String = random.iter().copied().map(letter).collect();
        name.push(check(name.as_bytes()));
        Self(name.into())
    }

    /// Whether the name is as [`BoardId::from_random`] makes them, so that none of it can be missing.
    /// One wrong character is found, but for one in sixty; a missing one always.
    pub fn is_whole(&self) -> bool {
        let last = self.0.char_indices().nth(RANDOM_NAME);
        last.is_some_and(|(at, last)| {
            let (random, rest) = self.0.split_at(at);
            rest.len() == 1 && check(random.as_bytes()) == last
        })
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
        checked(text, MAX_ELEMENT_ID, "_-")?;
        Ok(Self(text.into()))
    }

    /// A new id of 12 characters from 72 of the given random bits.
    pub fn from_random(bits: u128) -> Self {
        let letters = (0..12).map(|i| letter((bits >> (6 * i)) as u8));
        Self(letters.collect::<String>().into())
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

/// The character that stands for the lowest six bits.
fn letter(bits: u8) -> char {
    let letter = ALPHABET.get(usize::from(bits & 63));
    letter.copied().map_or('A', char::from)
}

/// A letter or digit that depends on every character and its place. 61 is prime, so that no factor
/// hides a change.
fn check(text: &[u8]) -> char {
    let sum = text
        .iter()
        .fold(0, |sum: u32, &byte| (sum * 37 + u32::from(byte)) % 61);
    letter(sum as u8)
}

/// Looks for letters, digits and these marks alone, at least one and at most `max`.
fn checked(text: &str, max: usize, marks: &str) -> Result<(), InvalidId> {
    let strange = |c: &char| !(c.is_ascii_alphanumeric() || marks.contains(*c));
    if let Some(c) = text.chars().find(strange) {
        return Err(InvalidId::Character(c));
    }
    match text.len() {
        0 => Err(InvalidId::Empty),
        length if length > max => Err(InvalidId::Long),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn board_ids_are_what_a_path_segment_may_hold() {
        for good in ["a", "my-board", "A.b_c~9", &"x".repeat(128)] {
            assert!(BoardId::parse(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("", InvalidId::Empty),
            (".", InvalidId::Step),
            ("..", InvalidId::Step),
            ("a/b", InvalidId::Character('/')),
            ("a b", InvalidId::Character(' ')),
            ("é", InvalidId::Character('é')),
            ("%41", InvalidId::Character('%')),
            (&"x".repeat(129), InvalidId::Long),
        ] {
            assert_eq!(BoardId::parse(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn a_made_name_is_whole_and_what_is_left_of_it_is_not() {
        for seed in 0..200_u8 {
            let random = std::array::from_fn(|i| {
                seed.wrapping_mul(31)
                    .wrapping_add((i as u8).wrapping_mul(89))
            });
            let board = BoardId::from_random(random);
            let name = board.as_str();
            assert_eq!(BoardId::parse(name), Ok(board.clone()));
            assert!(board.is_whole() && name.ends_with(|c: char| c.is_ascii_alphanumeric()));
            for cut in 1..name.len() {
                assert!(!BoardId(name[..cut].into()).is_whole(), "{name} {cut}");
            }
            let more = BoardId(format!("{name}.").into());
            assert!(!more.is_whole());
        }
        assert!(!BoardId("team-meeting".into()).is_whole());
        assert!(
            !BoardId("x".repeat(RANDOM_NAME).into()).is_whole(),
            "as they were before"
        );
    }

    #[test]
    fn two_characters_that_changed_places_are_found() {
        let board = BoardId::from_random(*b"0123456789abcdefghijkl");
        let name = board.as_str();
        for at in 0..RANDOM_NAME - 1 {
            let mut swapped = name.as_bytes().to_vec();
            swapped.swap(at, at + 1);
            let swapped = String::from_utf8(swapped).unwrap();
            assert_eq!(
                BoardId(swapped.as_str().into()).is_whole(),
                swapped == name,
                "{swapped}"
            );
        }
    }

    #[test]
    fn random_element_ids_are_well_formed() {
        let id = ElementId::from_random(u128::MAX / 3);
        assert_eq!(ElementId::parse(id.as_str()), Ok(id));
    }
}
