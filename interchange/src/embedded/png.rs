//! A scene in a PNG: a chunk of text before the last one.
//!
//! Owns going from chunk to chunk, whatever they say of their lengths.

use super::{MEDIA, pack, unpack};
use crate::bounds::MAX_TEXT_FILE;
use crate::checksum::crc32;
use crate::refusal::Refused;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const TEXT: &[u8] = b"tEXt";
const END: &[u8] = b"IEND";

/// A chunk of a picture.
struct Chunk<'a> {
    kind: &'a [u8],
    data: &'a [u8],
    /// All of it, with length and sum.
    whole: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// What it says if it is a scene.
    fn scene(&self) -> Option<&'a [u8]> {
        let text = self
            .data
            .strip_prefix(MEDIA.as_bytes())
            .filter(|_| self.kind == TEXT);
        text?.strip_prefix(b"\0")
    }
}

/// The chunks of a picture up to the last.
fn chunks(png: &[u8]) -> Result<Vec<Chunk<'_>>, Refused> {
    const BROKEN: Refused = Refused::Broken("PNG");
    let mut rest = png.strip_prefix(SIGNATURE).ok_or(Refused::Foreign("PNG"))?;
    let mut chunks = Vec::new();
    loop {
        let (length, _) = rest.split_first_chunk::<4>().ok_or(BROKEN)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (whole, behind) = length
            .checked_add(12)
            .and_then(|all| rest.split_at_checked(all))
            .ok_or(BROKEN)?;
        let kind = whole.get(4..8).ok_or(BROKEN)?;
        let data = whole.get(8..8 + length).ok_or(BROKEN)?;
        chunks.push(Chunk { kind, data, whole });
        if kind == END {
            return Ok(chunks);
        }
        rest = behind;
    }
}

/// The text of the scene in a PNG.
///
/// # Errors
/// When there is none, or the picture is damaged.
pub fn in_png(png: &[u8]) -> Result<Vec<u8>, Refused> {
    Refused::unless_at_most(png.len(), MAX_TEXT_FILE)?;
    let chunks = chunks(png)?;
    let text = chunks
        .iter()
        .find_map(Chunk::scene)
        .ok_or(Refused::NoScene)?;
    // Its characters are those of Latin-1.
    let text: String = text.iter().copied().map(char::from).collect();
    unpack(&text)
}

/// A PNG with a scene in it, in place of the one that was there.
///
/// # Errors
/// When the picture is damaged.
pub fn into_png(png: &[u8], scene: &str) -> Result<Vec<u8>, Refused> {
    let mut text = MEDIA.as_bytes().to_vec();
    text.push(0);
    text.extend(pack(scene));
    let mut out = SIGNATURE.to_vec();
    for chunk in chunks(png)? {
        if chunk.kind == END {
            let length = u32::try_from(text.len()).map_err(|_| Refused::Broken("PNG"))?;
            out.extend(length.to_be_bytes());
            out.extend(TEXT);
            out.extend(&text);
            out.extend(crc32(&[TEXT, &text]).to_be_bytes());
        }
        if chunk.scene().is_none() {
            out.extend(chunk.whole);
        }
    }
    Ok(out)
}
