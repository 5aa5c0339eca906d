//! Files within texts: `data:` addresses.
//!
//! Owns how they are decoded, that a picture is told by what its bytes are, and that an SVG among them has
//! nothing in it that runs or asks elsewhere. Knows no format.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use board::file::FileHash;
use board::limits::MAX_FILE;
use board::picture::{Media, look_at_all};

use crate::bundle::BundledFile;
use crate::loss::Loss;

/// The picture of an address, whatever that says of it.
pub(crate) fn picture(address: &str) -> Result<BundledFile, Loss> {
    let bytes = decode(address).ok_or(Loss::UnfitFile)?;
    if bytes.len() > MAX_FILE {
        return Err(Loss::UnfitFile);
    }
    let picture = look_at_all(&bytes).map_err(|_| Loss::UnfitFile)?;
    let bytes = match picture.media {
        Media::Svg => clean_svg::clean(&bytes)
            .map_err(|_| Loss::UnfitFile)?
            .into_owned(),
        _ => bytes,
    };
    Ok(BundledFile {
        hash: FileHash::of(&bytes),
        picture,
        bytes,
    })
}

/// The bytes of an address.
fn decode(address: &str) -> Option<Vec<u8>> {
    let (head, body) = address.strip_prefix("data:")?.split_once(',')?;
    if head.ends_with(";base64") {
        return STANDARD.decode(body.trim()).ok();
    }
    // So SVGs come at times.
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let (digits, after) = rest.split_first_chunk::<2>()?;
        let digits = std::str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = after;
    }
    Some(bytes)
}
