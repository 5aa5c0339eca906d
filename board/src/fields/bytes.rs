//! Values as bytes, for the clipboard and for elements in the making.
//!
//! Owns a subset of lib0's "any" encoding: every number is written as a `float64`. Reading is
//! bounded in depth and by the bytes that are there, whatever they are.

use super::Value;
use crate::lib0::{ReadError, Reader, write_buffer, write_uint};
use crate::limits::MAX_DEPTH;

const NULL: u8 = 126;
const FLOAT64: u8 = 123;
const FALSE: u8 = 121;
const TRUE: u8 = 120;
const TEXT: u8 = 119;
const MAP: u8 = 118;
const LIST: u8 = 117;
const BYTES: u8 = 116;

/// Encodes a value. O(its size).
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, &mut out);
    out
}

/// Decodes a value; what follows it is ignored.
///
/// # Errors
/// When it is cut off, nested deeper than [`MAX_DEPTH`], or of a type that is never written.
pub fn decode(bytes: &[u8]) -> Result<Value, ReadError> {
    read(&mut Reader::new(bytes), MAX_DEPTH)
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(NULL),
        Value::Bool(false) => out.push(FALSE),
        Value::Bool(true) => out.push(TRUE),
        Value::Number(number) => {
            out.push(FLOAT64);
            out.extend(number.to_be_bytes());
        }
        Value::Text(text) => {
            out.push(TEXT);
            write_buffer(out, text.as_bytes());
        }
        Value::Bytes(bytes) => {
            out.push(BYTES);
            write_buffer(out, bytes);
        }
        Value::List(items) => {
            out.push(LIST);
            write_uint(out, items.len() as u64);
            items.iter().for_each(|item| write(item, out));
        }
        Value::Map(entries) => {
            out.push(MAP);
            write_uint(out, entries.len() as u64);
            for (key, value) in entries.iter() {
                write_buffer(out, key.as_bytes());
                write(value, out);
            }
        }
    }
}

fn read(reader: &mut Reader<'_>, depth: usize) -> Result<Value, ReadError> {
    let deeper = depth.checked_sub(1).ok_or(ReadError::Range);
    Ok(match reader.byte()? {
        NULL => Value::Null,
        FALSE => Value::Bool(false),
        TRUE => Value::Bool(true),
        FLOAT64 => {
            let bytes = reader.bytes(8)?.try_into().map_err(|_| ReadError::End)?;
            Value::Number(f64::from_be_bytes(bytes))
        }
        TEXT => Value::text(reader.string()?),
        BYTES => Value::Bytes(reader.buffer()?.into()),
        LIST => {
            let deeper = deeper?;
            let mut items = Vec::new();
            for _ in 0..reader.uint()? {
                items.push(read(reader, deeper)?);
            }
            Value::List(items.into())
        }
        MAP => {
            let deeper = deeper?;
            let mut entries = Vec::new();
            for _ in 0..reader.uint()? {
                entries.push((reader.string()?.into(), read(reader, deeper)?));
            }
            Value::Map(entries.into())
        }
        _ => return Err(ReadError::Range),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_survive() {
        let value = Value::list([
            Value::Null,
            Value::Bool(true),
            Value::Number(-12.125),
            Value::text("a \"quoted\" 🌊"),
            Value::Bytes([0, 255, 7].as_slice().into()),
            Value::Map([("key".into(), Value::list([Value::Bool(false)]))].into()),
        ]);
        assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn a_nesting_bomb_is_refused() {
        let bomb = [LIST, 1].repeat(10_000);
        assert_eq!(decode(&bomb), Err(ReadError::Range));
    }

    proptest! {
        #[test]
        fn rubbish_never_panics(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
