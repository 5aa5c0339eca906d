//! WebSocket frames as bytes: the client's side and, for the bare echo, the server's.
//!
//! Owns framing and the two handshakes. Knows no message: payloads are opaque. Written by hand so
//! that the generator costs less than whatever it measures.

use anyhow::{Context, Result, bail};

/// What a frame is for.
pub(crate) const BINARY: u8 = 2;
/// The end.
pub(crate) const CLOSE: u8 = 8;
/// To be answered with a pong.
pub(crate) const PING: u8 = 9;
/// The answer.
pub(crate) const PONG: u8 = 10;

/// Clients must mask; whether the key is random matters to proxies only.
const MASK: [u8; 4] = [0x5a, 0xc3, 0x17, 0x99];

/// Where a frame's payload lies in a buffer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    /// The opcode.
    pub(crate) kind: u8,
    /// The payload's first byte.
    pub(crate) start: usize,
    /// One past its last.
    pub(crate) end: usize,
    /// The key that it is masked with.
    pub(crate) mask: Option<[u8; 4]>,
}

/// Appends a frame as a client sends it.
pub(crate) fn write_masked(out: &mut Vec<u8>, kind: u8, payload: &[u8]) {
    head(out, kind, payload.len(), 0x80);
    out.extend_from_slice(&MASK);
    let begin = out.len();
    out.extend_from_slice(payload);
    if let Some(written) = out.get_mut(begin..) {
        apply(written, MASK);
    }
}

/// Appends a frame as a server sends it.
pub(crate) fn write_plain(out: &mut Vec<u8>, kind: u8, payload: &[u8]) {
    head(out, kind, payload.len(), 0);
    out.extend_from_slice(payload);
}

/// Masks or unmasks.
pub(crate) fn apply(bytes: &mut [u8], mask: [u8; 4]) {
    for (byte, key) in bytes.iter_mut().zip(mask.iter().cycle()) {
        *byte ^= key;
    }
}

fn head(out: &mut Vec<u8>, kind: u8, length: usize, masked: u8) {
    out.push(0x80 | kind);
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(length), _) if length < 126 => out.push(masked | length),
        (_, Ok(length)) => {
            out.push(masked | 126);
            out.extend_from_slice(&length.to_be_bytes());
        }
        _ => {
            out.push(masked | 127);
            out.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
}

/// Finds the frame that begins at `at`; `None` while it is incomplete.
pub(crate) fn find(bytes: &[u8], at: usize) -> Result<Option<Found>> {
    let Some(&[first, second]) = bytes.get(at..at + 2) else {
        return Ok(None);
    };
    // None of the servers splits a message; one that did would need more than this.
    if first & 0x80 == 0 {
        bail!("a message in pieces");
    }
    let wide = match second & 0x7f {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    let mut start = at + 2 + wide;
    let Some(extended) = bytes.get(at + 2..start) else {
        return Ok(None);
    };
    let length = match wide {
        0 => usize::from(second & 0x7f),
        _ => extended
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
    };
    let mut mask = None;
    if second & 0x80 != 0 {
        let Some(&[a, b, c, d]) = bytes.get(start..start + 4) else {
            return Ok(None);
        };
        mask = Some([a, b, c, d]);
        start += 4;
    }
    let end = start.checked_add(length).context("a frame's length")?;
    let kind = first & 0x0f;
    Ok((end <= bytes.len()).then_some(Found {
        kind,
        start,
        end,
        mask,
    }))
}

/// Where the head of an HTTP message ends, if it is complete.
pub(crate) fn head_end(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(end + 4)
}

/// What a client sends to open a WebSocket.
pub(crate) fn upgrade(host: &str, path: &str, protocol: Option<&str>) -> Vec<u8> {
    let mut text = format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    );
    if let Some(protocol) = protocol {
        text.push_str(&format!("sec-websocket-protocol: {protocol}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// What a server answers to [`upgrade`], whose key is always the same.
pub(crate) const ACCEPTED: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\n\
    upgrade: websocket\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found() {
        for length in [0, 1, 125, 126, 65_535, 65_536, 70_000] {
            let payload: Vec<u8> = (0..length).map(|i| i as u8).collect();
            let mut bytes = vec![7; 3];
            write_masked(&mut bytes, BINARY, &payload);
            let found = find(&bytes, 3).unwrap().unwrap();
            let mut read = bytes[found.start..found.end].to_vec();
            apply(&mut read, found.mask.unwrap());
            assert_eq!((found.kind, read), (BINARY, payload.clone()));
            assert!(find(&bytes[..bytes.len() - 1], 3).unwrap().is_none());
            bytes.clear();
            write_plain(&mut bytes, PING, &payload);
            let found = find(&bytes, 0).unwrap().unwrap();
            assert_eq!((found.kind, found.end), (PING, bytes.len()));
            assert_eq!(&bytes[found.start..], payload);
        }
    }
}
