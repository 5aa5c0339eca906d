//! The primitives of lib0's binary encoding, which all frames and updates are made of.
//!
//! Owns reading with bounds and writing of variable-length integers, strings and buffers. Knows
//! no message. Reading never allocates and never trusts a length.

/// Largest integer that JavaScript holds exactly; lib0 throws beyond it.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Bytes that are no lib0 encoding of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The bytes end inside a value.
    #[error("the bytes end inside a value")]
    End,
    /// An integer above 2^53 - 1, or above what its place allows.
    #[error("an integer is out of range")]
    Range,
    /// A string that is not UTF-8.
    #[error("a string is not UTF-8")]
    Utf8,
}

/// Reads values from the front of a slice.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the front of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// How many bytes have not been read yet: the upper bound of every honest count.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// One byte.
    ///
    /// # Errors
    /// At the end.
    pub fn byte(&mut self) -> Result<u8, ReadError> {
        let (&first, rest) = self.rest.split_first().ok_or(ReadError::End)?;
        self.rest = rest;
        Ok(first)
    }

    /// `count` bytes.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], ReadError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(ReadError::End)?;
        self.rest = rest;
        Ok(taken)
    }

    /// An unsigned variable-length integer, at most 2^53 - 1.
    ///
    /// # Errors
    /// At the end, or when it is larger.
    pub fn uint(&mut self) -> Result<u64, ReadError> {
        let mut value = 0_u64;
        for shift in (0..56).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return if value <= MAX_SAFE_INTEGER {
                    Ok(value)
                } else {
                    Err(ReadError::Range)
                };
            }
        }
        Err(ReadError::Range)
    }

    /// An unsigned variable-length integer that fits 32 bits.
    ///
    /// # Errors
    /// At the end, or when it is larger.
    pub fn uint32(&mut self) -> Result<u32, ReadError> {
        u32::try_from(self.uint()?).map_err(|_| ReadError::Range)
    }

    /// Steps over a signed variable-length integer of at most 53 bits.
    ///
    /// # Errors
    /// At the end, or when it is larger.
    pub fn skip_int(&mut self) -> Result<(), ReadError> {
        let first = self.byte()?;
        let mut value = u64::from(first & 0x3f);
        let mut more = first & 0x80 != 0;
        let mut shift = 6;
        while more {
            if shift > 55 {
                return Err(ReadError::Range);
            }
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            more = byte & 0x80 != 0;
        }
        if value <= MAX_SAFE_INTEGER {
            Ok(())
        } else {
            Err(ReadError::Range)
        }
    }

    /// A buffer with its length before it.
    ///
    /// # Errors
    /// When fewer bytes are left than it promises.
    pub fn buffer(&mut self) -> Result<&'a [u8], ReadError> {
        let length = self.uint()?;
        self.bytes(usize::try_from(length).map_err(|_| ReadError::End)?)
    }

    /// A string with its length in bytes before it.
    ///
    /// # Errors
    /// When bytes are missing or are not UTF-8.
    pub fn string(&mut self) -> Result<&'a str, ReadError> {
        std::str::from_utf8(self.buffer()?).map_err(|_| ReadError::Utf8)
    }
}

/// Appends an unsigned variable-length integer.
pub fn write_uint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a buffer with its length before it.
pub fn write_buffer(out: &mut Vec<u8>, bytes: &[u8]) {
    write_uint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_survive_a_round_trip() {
        for value in [0, 1, 127, 128, 300, 1 << 32, MAX_SAFE_INTEGER] {
            let mut out = Vec::new();
            write_uint(&mut out, value);
            let mut reader = Reader::new(&out);
            assert_eq!(reader.uint(), Ok(value));
            assert_eq!(reader.left(), 0);
        }
    }

    #[test]
    fn what_javascript_cannot_hold_is_refused() {
        let mut out = Vec::new();
        write_uint(&mut out, MAX_SAFE_INTEGER + 1);
        assert_eq!(Reader::new(&out).uint(), Err(ReadError::Range));
        assert_eq!(Reader::new(&[0xff; 12]).uint(), Err(ReadError::Range));
        assert_eq!(Reader::new(&[0xff; 12]).skip_int(), Err(ReadError::Range));
        assert_eq!(Reader::new(&[0x80]).uint(), Err(ReadError::End));
    }

    #[test]
    fn a_promised_length_is_not_trusted() {
        assert_eq!(Reader::new(&[5, 1, 2]).buffer(), Err(ReadError::End));
        assert_eq!(Reader::new(&[2, 0xc3, 0x28]).string(), Err(ReadError::Utf8));
        assert_eq!(Reader::new(&[2, b'h', b'i', 9]).string(), Ok("hi"));
    }
}
