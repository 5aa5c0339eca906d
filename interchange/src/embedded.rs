//! Pictures that have a scene in them.
//!
//! Owns how a scene's text is packed, as Excalidraw has it: deflated bytes, each as one character of a JSON
//! string. Where it stands in a picture is `png.rs`'s and `svg.rs`'s.

mod png;
mod svg;

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::Deserialize;
use serde_json::json;

pub use png::{in_png, into_png};
pub use svg::{in_svg, into_svg};

use crate::bounds::MAX_TEXT_FILE;
use crate::refusal::Refused;

/// What a scene in a picture is called.
const MEDIA: &str = "application/vnd.excalidraw+json";

/// How a packed scene says what it is; a scene that is none stands there as it is.
#[derive(Deserialize)]
struct Packed {
    encoded: Option<String>,
    encoding: Option<String>,
    compressed: Option<bool>,
}

/// The text of a scene from what stands in a picture.
fn unpack(text: &str) -> Result<Vec<u8>, Refused> {
    let packed: Packed = serde_json::from_str(text).map_err(|_| Refused::NoScene)?;
    let Some(encoded) = packed.encoded else {
        return Ok(text.as_bytes().to_vec());
    };
    if packed.encoding.as_deref() != Some("bstring") {
        return Err(Refused::NoScene);
    }
    let bytes = encoded.chars().map(|c| u8::try_from(u32::from(c)));
    let bytes: Vec<u8> = bytes
        .collect::<Result<_, _>>()
        .map_err(|_| Refused::NoScene)?;
    if packed.compressed != Some(true) {
        return Ok(bytes);
    }
    let mut scene = Vec::new();
    // One more than may be, so that it is seen when there is more.
    let mut inflating = ZlibDecoder::new(bytes.as_slice()).take(MAX_TEXT_FILE as u64 + 1);
    let inflated = inflating.read_to_end(&mut scene);
    inflated.map_err(|_| Refused::Broken("scene in the picture"))?;
    Refused::unless_at_most(scene.len(), MAX_TEXT_FILE)?;
    Ok(scene)
}

/// What stands in a picture for a scene: characters of Latin-1, each a byte.
fn pack(scene: &str) -> Vec<u8> {
    let mut deflating = ZlibEncoder::new(Vec::new(), Compression::default());
    let deflated = deflating.write_all(scene.as_bytes());
    let deflated = deflated.and_then(|()| deflating.finish());
    // Writing into memory does not fail.
    let encoded = deflated.unwrap_or_default().into_iter().map(char::from);
    let packed = json!({
        "version": "1",
        "encoding": "bstring",
        "compressed": true,
        "encoded": encoded.collect::<String>(),
    });
    let packed = packed.to_string();
    packed
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect()
}
