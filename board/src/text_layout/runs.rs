//! Reads the generated tables that have a byte for every character, coded as runs.
//!
//! Owns the code, as `board/scripts/script_widths.py` writes it.

/// Begins a long run: its length follows, seven bits to a byte and low ones first, then its value.
const LONG: u8 = 255;

/// The bytes, one for each character from 0 on.
pub(super) fn decoded(coded: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = coded.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != LONG {
            out.push(byte);
            continue;
        }
        let (mut length, mut shift) = (0, 0);
        for part in bytes.by_ref() {
            length |= usize::from(part & 127) << shift;
            shift += 7;
            if part < 128 {
                break;
            }
        }
        out.resize(out.len() + length, bytes.next().unwrap_or_default());
    }
    out
}
