//! Texts that LZ-string has packed into base64, as tldraw puts them on the clipboard.
//!
//! Owns the format: bits from the highest of each letter down, a dictionary that grows with each code.
//! Knows nothing of what is in a text.

use crate::bounds::MAX_TEXT_FILE;
use crate::refusal::Refused;

/// What cannot be unpacked.
const BROKEN: Refused = Refused::Broken("clipboard of tldraw");
/// Codes that stand for themselves: a letter of 8 bits, one of 16, the end.
const BYTE: usize = 0;
const WIDE: usize = 1;
const END: usize = 2;

/// Unpacks a text. O(text), which is bounded.
pub(super) fn unpack(packed: &str) -> Result<String, Refused> {
    let mut bits = Bits::of(packed);
    let mut book = Book::default();
    // Codes are told by so many bits.
    let mut width = 2;
    let mut out: Vec<u16> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    loop {
        let code = bits.take(width)? as usize;
        let entry = match code {
            END => break,
            BYTE | WIDE => {
                let letter = bits.take(if code == BYTE { 8 } else { 16 })? as u16;
                book.entries.push(Entry::Letter(letter));
                Entry::Letter(letter)
            }
            code => book.entry(code, before)?,
        };
        let from = out.len();
        match entry {
            Entry::Letter(letter) => out.push(letter),
            Entry::Copy { at, length } => {
                // It may be of what it makes itself.
                for place in at..at + length {
                    let letter = out.get(place).copied().ok_or(BROKEN)?;
                    out.push(letter);
                }
            }
        }
        Refused::unless_at_most(out.len(), MAX_TEXT_FILE)?;
        if let Some((at, length)) = before {
            book.entries.push(Entry::Copy {
                at,
                length: length + 1,
            });
        }
        before = Some((from, out.len() - from));
        width = bits_for(book.next_code());
    }
    Ok(String::from_utf16_lossy(&out))
}

/// What a code stands for.
#[derive(Clone, Copy)]
enum Entry {
    Letter(u16),
    /// So many letters of what is unpacked already.
    Copy {
        at: usize,
        length: usize,
    },
}

/// What codes from 3 on stand for.
#[derive(Default)]
struct Book {
    entries: Vec<Entry>,
}

impl Book {
    fn next_code(&self) -> usize {
        self.entries.len() + 3
    }

    /// That of a code, which may be the one that is about to be made of the one before.
    fn entry(&self, code: usize, before: Option<(usize, usize)>) -> Result<Entry, Refused> {
        if let Some(known) = code.checked_sub(3).and_then(|at| self.entries.get(at)) {
            return Ok(*known);
        }
        let (at, length) = before.filter(|_| code == self.next_code()).ok_or(BROKEN)?;
        Ok(Entry::Copy {
            at,
            length: length + 1,
        })
    }
}

/// How many bits the numbers below so many have.
fn bits_for(codes: usize) -> u32 {
    usize::BITS - codes.leading_zeros()
}

/// The bits of base64, six by letter.
struct Bits<'a> {
    letters: std::slice::Iter<'a, u8>,
    letter: u8,
    left: u32,
}

impl<'a> Bits<'a> {
    fn of(packed: &'a str) -> Self {
        Self {
            letters: packed.as_bytes().iter(),
            letter: 0,
            left: 0,
        }
    }

    /// A number of so many bits, the lowest first.
    fn take(&mut self, width: u32) -> Result<u32, Refused> {
        let mut number = 0;
        for place in 0..width {
            if self.left == 0 {
                self.letter = self
                    .letters
                    .next()
                    .copied()
                    .and_then(six_bits)
                    .ok_or(BROKEN)?;
                self.left = 6;
            }
            self.left -= 1;
            number |= u32::from(self.letter >> self.left & 1) << place;
        }
        Ok(number)
    }
}

fn six_bits(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by LZ-string 1.5.
    const WRITTEN: &str = include_str!("../../tests/corpus/lz-string.json");

    fn written() -> Vec<(String, String)> {
        serde_json::from_str(WRITTEN).unwrap()
    }

    #[test]
    fn what_lz_string_packs_is_unpacked() {
        assert!(written().len() > 5);
        for (text, packed) in written() {
            assert_eq!(unpack(&packed), Ok(text));
        }
    }

    #[test]
    fn what_breaks_off_or_is_none_is_refused() {
        for (text, packed) in written().into_iter().filter(|(text, _)| !text.is_empty()) {
            let half = packed.get(..packed.len() / 3).unwrap();
            assert_eq!(unpack(half), Err(BROKEN), "{text}");
        }
        for odd in ["", "{}", "====", "zzzzzzzz"] {
            assert_eq!(unpack(odd), Err(BROKEN), "{odd}");
        }
    }

    #[test]
    fn a_text_that_swells_beyond_bounds_is_refused() {
        // Each code is the one that is about to be made: one letter longer than the one before.
        let mut bits = vec![0, 0];
        bits.extend((0..8).map(|place| b'a' >> place & 1));
        for code in 4..40_000u32 {
            let width = u32::BITS - code.leading_zeros();
            bits.extend((0..width).map(|place| (code >> place & 1) as u8));
        }
        let six = |six: &[u8]| six.iter().fold(0, |all, bit| all << 1 | bit);
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let packed: String = bits
            .chunks_exact(6)
            .map(|chunk| char::from(LETTERS[usize::from(six(chunk))]))
            .collect();
        assert!(packed.len() < 200_000);
        assert!(matches!(unpack(&packed), Err(Refused::Large { .. })));
    }
}
