//! The names of files: what their bytes hash to.
//!
//! Owns SHA-256 and how a hash is written. A value of [`FileHash`] is always well formed. Knows nothing
//! of what is in a file.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a file: its name on its board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileHash([u8; 32]);

impl FileHash {
    /// Of bytes. O(bytes).
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.update(bytes);
        hasher.finish()
    }

    /// Reads 64 hexadecimal digits in lower case, the one way in which a hash is written.
    pub fn parse(text: &str) -> Option<Self> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut bytes = [0; 32];
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return None;
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }

    /// From its 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As it is written, in ASCII.
    pub fn digits(&self) -> [u8; 64] {
        let mut digits = [b'0'; 64];
        let (pairs, _) = digits.as_chunks_mut::<2>();
        for (pair, byte) in pairs.iter_mut().zip(self.0) {
            *pair = [byte >> 4, byte & 15].map(|value| value + if value < 10 { b'0' } else { 87 });
        }
        digits
    }
}

fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - 87),
        _ => None,
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

/// Hashes a file that comes in pieces.
#[derive(Debug, Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// The next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The hash of all of them.
    pub fn finish(self) -> FileHash {
        FileHash(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published test vector.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_hash_is_written_in_one_way() {
        assert_eq!(FileHash::of(b"abc").to_string(), ABC);
        assert_eq!(FileHash::parse(ABC), Some(FileHash::of(b"abc")));
        let upper = ABC.to_uppercase();
        for wrong in ["", &ABC[1..], &format!("{ABC}0"), &upper, "é"] {
            assert_eq!(FileHash::parse(wrong), None, "{wrong}");
        }
        let bytes = *FileHash::of(b"abc").as_bytes();
        assert_eq!(FileHash::from_bytes(bytes), FileHash::of(b"abc"));
    }

    #[test]
    fn pieces_hash_as_the_whole_does() {
        let mut hasher = Hasher::default();
        for piece in [&b"a"[..], b"", b"bc"] {
            hasher.update(piece);
        }
        assert_eq!(hasher.finish(), FileHash::of(b"abc"));
    }
}
