//! The sum that archives and PNG files check themselves by: CRC-32.
//!
//! Owns its one table. Libraries bring sixteen to be faster, 16 kB that no compression makes smaller, where
//! a module in the page has room for one.

/// The remainder of each byte.
static TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        let mut rest = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            rest = (rest >> 1) ^ (0xedb8_8320 & (rest & 1).wrapping_neg());
            bit += 1;
        }
        #[expect(clippy::indexing_slicing, reason = "a constant, and within the table")]
        {
            table[byte] = rest;
        }
        byte += 1;
    }
    table
}

/// The sum of all parts, one after the other. O(bytes).
pub(crate) fn crc32(parts: &[&[u8]]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        let [low, ..] = sum.to_le_bytes();
        let rest = TABLE.get(usize::from(low ^ byte)).copied();
        rest.unwrap_or_default() ^ (sum >> 8)
    };
    let bytes = parts.iter().copied().flatten();
    !bytes.fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_others() {
        for text in [&b""[..], b"a", b"123456789", &[0xff; 300], &[0; 70_000]] {
            let mut other = crc32fast::Hasher::new();
            other.update(text);
            assert_eq!(crc32(&[text]), other.finalize());
            let (start, end) = text.split_at(text.len() / 3);
            assert_eq!(crc32(&[start, end]), crc32(&[text]));
        }
    }
}
