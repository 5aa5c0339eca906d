//! WebSocket frames as a server writes them: a short header and the payload as it is.
//!
//! Owns the header's bytes, and which slices make up the next write. A server's frames are not
//! masked, so a payload is shared by all who get it. Knows no socket and no queue.

use std::io::IoSlice;

use bytes::Bytes;

/// Most frames of one write: more than a turn of a busy room has for one peer.
pub(crate) const MAX_FRAMES: usize = 16;
/// Longest header, in bytes: two, and a length of eight.
const MAX_HEADER: usize = 10;
/// The bit of the first byte that says that a frame is a whole message.
const FINAL: u8 = 0x80;

/// What a frame is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Opcode {
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xa,
}

/// What stands before a payload.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Header {
    bytes: [u8; MAX_HEADER],
    length: usize,
}

impl Header {
    /// Of a frame whose payload has so many bytes.
    pub(crate) fn new(opcode: Opcode, payload: usize) -> Self {
        let first = FINAL | opcode as u8;
        let (bytes, length) = match (u8::try_from(payload), u16::try_from(payload)) {
            (Ok(short @ ..126), _) => ([first, short, 0, 0, 0, 0, 0, 0, 0, 0], 2),
            (_, Ok(longer)) => {
                let [a, b] = longer.to_be_bytes();
                ([first, 126, a, b, 0, 0, 0, 0, 0, 0], 4)
            }
            _ => {
                let [a, b, c, d, e, f, g, h] = (payload as u64).to_be_bytes();
                ([first, 127, a, b, c, d, e, f, g, h], MAX_HEADER)
            }
        };
        Self { bytes, length }
    }

    /// How many bytes it has.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Hands `write` the bytes of `frames`, without the first `skip` of them and no more than `limit`,
/// and answers what it answers.
pub(crate) fn gather<'a, T>(
    frames: impl Iterator<Item = (Opcode, &'a Bytes)> + Clone,
    skip: usize,
    limit: usize,
    write: impl FnOnce(&[IoSlice<'_>]) -> T,
) -> T {
    let mut headers = [Header::default(); MAX_FRAMES];
    for (header, (opcode, payload)) in headers.iter_mut().zip(frames.clone()) {
        *header = Header::new(opcode, payload.len());
    }
    let mut slices = [IoSlice::new(&[]); 2 * MAX_FRAMES];
    let parts = headers
        .iter()
        .zip(frames)
        .flat_map(|(header, (_, payload))| [header.bytes(), &payload[..]]);
    let (mut skip, mut left, mut count) = (skip, limit, 0);
    let mut places = slices.iter_mut();
    for part in parts {
        let rest = part.get(skip..).unwrap_or_default();
        skip = skip.saturating_sub(part.len());
        if rest.is_empty() {
            continue;
        }
        let some = rest.get(..left).unwrap_or(rest);
        let Some(place) = places.next() else { break };
        *place = IoSlice::new(some);
        left -= some.len();
        count += 1;
        if left == 0 {
            break;
        }
    }
    write(slices.get(..count).unwrap_or_default())
}

/// All of `slices` in one piece, if they fit.
pub(crate) fn flatten<'a>(slices: &[IoSlice<'_>], into: &'a mut [u8]) -> Option<&'a [u8]> {
    let mut end = 0;
    for slice in slices {
        into.get_mut(end..end + slice.len())?.copy_from_slice(slice);
        end += slice.len();
    }
    into.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_the_length_in_as_few_bytes_as_it_takes() {
        let header = |payload| Header::new(Opcode::Binary, payload).bytes().to_vec();
        assert_eq!(header(0), [0x82, 0]);
        assert_eq!(header(125), [0x82, 125]);
        assert_eq!(header(126), [0x82, 126, 0, 126]);
        assert_eq!(header(0xffff), [0x82, 126, 0xff, 0xff]);
        assert_eq!(header(0x1_0000), [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
        assert_eq!(Header::new(Opcode::Pong, 3).bytes(), [0x8a, 3]);
    }

    #[test]
    fn a_write_begins_and_ends_at_any_byte() {
        let payloads = ["", "ab", &"x".repeat(200)].map(|text| Bytes::from(text.to_owned()));
        let frames = || payloads.iter().map(|payload| (Opcode::Binary, payload));
        let flat = |slices: &[IoSlice<'_>]| {
            let bytes = slices.iter().flat_map(|slice| slice.iter().copied());
            bytes.collect::<Vec<_>>()
        };
        let whole = gather(frames(), 0, usize::MAX, flat);
        assert_eq!(whole[..6], [0x82, 0, 0x82, 2, b'a', b'b']);
        assert_eq!(whole.len(), 2 + 4 + 204);
        for from in 0..=whole.len() {
            for limit in [1, 2, 3, 100, whole.len()] {
                let to = (from + limit).min(whole.len());
                assert_eq!(gather(frames(), from, limit, flat), whole[from..to]);
            }
        }
    }

    #[test]
    fn what_is_small_goes_into_one_piece() {
        let slices = [IoSlice::new(b"ab"), IoSlice::new(b""), IoSlice::new(b"cde")];
        assert_eq!(flatten(&slices, &mut [0; 6]), Some(&b"abcde"[..]));
        assert_eq!(flatten(&slices, &mut [0; 5]), Some(&b"abcde"[..]));
        assert_eq!(flatten(&slices, &mut [0; 4]), None);
    }

    #[test]
    fn more_frames_than_fit_are_left_for_the_next_write() {
        let payload = Bytes::from_static(b"x");
        let many = std::iter::repeat_n((Opcode::Binary, &payload), 3 * MAX_FRAMES);
        assert_eq!(
            gather(many, 0, usize::MAX, |slices| slices.len()),
            2 * MAX_FRAMES
        );
    }
}
