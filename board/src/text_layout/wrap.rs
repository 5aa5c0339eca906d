//! How a line that was ended by hand becomes several that fit into a width.
//!
//! Owns which break is taken: the last one that fits, and within a word only when the word does not
//! fit on a line of its own. Spaces at the end of a line take no room. Widths are in font sizes.
//! Knows no elements.

use std::ops::Range;

use super::advances::advances;
use super::breaks::{Between, Breaker, is_space};
use crate::style::Family;

/// So much more than the width a line may take: sums of many letters are off by less, font sizes.
const SLACK: f64 = 1e-3;

/// A part of a line that is seen as one.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    /// Bytes of the line.
    pub(super) range: Range<usize>,
    /// How wide it is, spaces that take no room aside.
    pub(super) width: f64,
    /// How wide these are.
    pub(super) hang: f64,
    /// Whether the line goes on below.
    pub(super) goes_on: bool,
    /// Whether it ends within a word.
    pub(super) torn: bool,
}

/// A place in a line, and how far the pen is there.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Place {
    at: usize,
    x: f64,
}

/// The pieces of a line, at least one; when they are more than `most`, the first of them. O(line), or
/// these.
pub(super) fn pieces(line: &str, family: Family, room: f64, most: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut breaker = Breaker::default();
    let (mut start, mut here) = (Place::default(), Place::default());
    // Where the last letter ended; where the letter under way began and where a line may end, and what
    // was the last letter before.
    let mut inked = start;
    let (mut whole, mut may_end) = ((start, start), (start, start));
    for (character, advance) in advances(line, family) {
        let next = here.at + character.len_utf8();
        let between = breaker.next(character, line.get(next..).unwrap_or_default());
        if between != Between::One {
            whole = (here, inked);
        }
        if between == Between::Break {
            may_end = (here, inked);
        }
        let space = is_space(character);
        let too_wide = |start: Place| here.x + advance - start.x > room + SLACK;
        if !space && too_wide(start) {
            for ((end, inked), torn) in [(may_end, false), (whole, true)] {
                if end.at > start.at && too_wide(start) {
                    pieces.push(piece(start, inked, end, torn));
                    start = end;
                }
            }
            if pieces.len() > most {
                return pieces;
            }
        }
        here = Place {
            at: next,
            x: here.x + advance,
        };
        if !space {
            inked = here;
        }
    }
    // Spaces before the end stand as long as there is room.
    let inked_to = inked.x.max(start.x);
    let seen = here.x.min((start.x + room).max(inked_to));
    pieces.push(Piece {
        range: start.at..here.at,
        width: seen - start.x,
        hang: here.x - seen,
        goes_on: false,
        torn: false,
    });
    pieces
}

fn piece(start: Place, inked: Place, end: Place, torn: bool) -> Piece {
    let inked = inked.x.max(start.x);
    Piece {
        range: start.at..end.at,
        width: inked - start.x,
        hang: end.x - inked,
        goes_on: true,
        torn,
    }
}

/// How much of a line cannot be parted from where it begins, bytes: what did not fit on the line
/// before. O(that).
pub(super) fn first_word(line: &str, torn: bool) -> usize {
    let mut breaker = Breaker::default();
    let mut inked = 0;
    for (at, character) in line.char_indices() {
        let next = at + character.len_utf8();
        let between = breaker.next(character, line.get(next..).unwrap_or_default());
        let ends = between == Between::Break || torn && between == Between::Word;
        if at > 0 && ends {
            break;
        }
        if !is_space(character) {
            inked = next;
        }
    }
    inked
}
