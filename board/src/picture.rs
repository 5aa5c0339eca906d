//! What a file shows: its media type and its size in pixels, told from its bytes and never by name.
//!
//! Owns which pictures there may be, and where their beginnings say how large they are. Decodes nothing:
//! costs at most the bytes of the beginning. The browser's engine and the server look in the same way.

mod svg;

use crate::limits::MAX_PIXELS;

/// So much of a file says what it is, or it is no picture: photographs carry maps of depth and smaller
/// pictures of themselves before they say how large they are.
pub const MAX_HEAD: usize = 4 << 20;

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// PNG, also animated: the first frame counts.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// GIF: the first frame counts.
    Gif,
    /// SVG in UTF-8.
    Svg,
}

impl Media {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Png, Self::Jpeg, Self::Webp, Self::Gif, Self::Svg];

    /// As documents and headers name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Svg => "image/svg+xml",
        }
    }

    /// Reads such a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.name() == name)
    }
}

/// What a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// Its kind.
    pub media: Media,
    /// Pixels across, as it is shown: a photograph that was taken on its side is turned first.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Why a file cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is none of the kinds, or does not say how large it is.
    #[error("it is no PNG, JPEG, WebP, GIF or SVG picture")]
    Unknown,
    /// It has more than [`MAX_PIXELS`].
    #[error("the picture has more than 64 million pixels")]
    Large,
}

/// What the file is that begins like this; `None` when more of it is needed to say.
///
/// # Errors
/// When it is nothing that can be shown.
pub fn look(head: &[u8]) -> Result<Option<Picture>, Unfit> {
    let found = match head {
        [0x89, b'P', b'N', b'G', ..] => png(head).map(|size| (Media::Png, size)),
        [0xff, 0xd8, ..] => jpeg(head)?.map(|(size, turn)| (Media::Jpeg, turned(size, turn))),
        [b'G', b'I', b'F', b'8', ..] => gif(head).map(|size| (Media::Gif, size)),
        [b'R', b'I', b'F', b'F', ..] => webp(head)?.map(|size| (Media::Webp, size)),
        _ if head.len() < 4 => None,
        _ => svg::size(head)?.map(|size| (Media::Svg, size)),
    };
    let Some((media, (width, height))) = found else {
        return match head.len() < MAX_HEAD {
            true => Ok(None),
            false => Err(Unfit::Unknown),
        };
    };
    match u64::from(width) * u64::from(height) {
        0 => Err(Unfit::Unknown),
        pixels if pixels > MAX_PIXELS => Err(Unfit::Large),
        _ => Ok(Some(Picture {
            media,
            width,
            height,
        })),
    }
}

/// What a whole file is.
///
/// # Errors
/// When it is nothing that can be shown.
pub fn look_at_all(file: &[u8]) -> Result<Picture, Unfit> {
    look(file)?.ok_or(Unfit::Unknown)
}

/// Width and height.
type Size = (u32, u32);

/// `N` bytes from `at` on.
fn bytes<const N: usize>(head: &[u8], at: usize) -> Option<[u8; N]> {
    head.get(at..)?.first_chunk().copied()
}

/// The header chunk comes first.
fn png(head: &[u8]) -> Option<Size> {
    let size = |at| bytes(head, at).map(u32::from_be_bytes);
    match bytes(head, 12)? {
        [b'I', b'H', b'D', b'R'] => Some((size(16)?, size(20)?)),
        _ => Some((0, 0)),
    }
}

/// The size of the screen that its frames are painted on.
fn gif(head: &[u8]) -> Option<Size> {
    let size = |at| bytes(head, at).map(|size| u16::from_le_bytes(size).into());
    Some((size(6)?, size(8)?))
}

/// One of three sorts of first chunk.
fn webp(head: &[u8]) -> Result<Option<Size>, Unfit> {
    let Some(kind) = bytes(head, 8) else {
        return Ok(None);
    };
    if kind != *b"WEBP" {
        return Err(Unfit::Unknown);
    }
    let (Some(chunk), Some(data)) = (bytes(head, 12), bytes::<10>(head, 20)) else {
        return Ok(None);
    };
    let number = |bytes: [u8; 4]| u32::from_le_bytes(bytes);
    let size = match (&chunk, data) {
        (b"VP8 ", [_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1]) => (
            number([w0, w1, 0, 0]) & 0x3fff,
            number([h0, h1, 0, 0]) & 0x3fff,
        ),
        (b"VP8L", [0x2f, a, b, c, d, ..]) => {
            let both = number([a, b, c, d]);
            ((both & 0x3fff) + 1, (both >> 14 & 0x3fff) + 1)
        }
        (b"VP8X", [_, _, _, _, w0, w1, w2, h0, h1, h2]) => {
            (number([w0, w1, w2, 0]) + 1, number([h0, h1, h2, 0]) + 1)
        }
        _ => return Err(Unfit::Unknown),
    };
    Ok(Some(size))
}

/// Goes from segment to segment until a frame begins.
fn jpeg(head: &[u8]) -> Result<Option<(Size, u16)>, Unfit> {
    let (mut at, mut turn) = (2, 1);
    loop {
        let Some(&[mark, kind]) = head.get(at..).and_then(|rest| rest.first_chunk()) else {
            return Ok(None);
        };
        if mark != 0xff {
            return Err(Unfit::Unknown);
        }
        match kind {
            // Filling, and marks that stand alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // The image data, or the end, without a frame before it.
            0xd9 | 0xda => return Err(Unfit::Unknown),
            _ => {
                let Some(length) = bytes(head, at + 2).map(u16::from_be_bytes) else {
                    return Ok(None);
                };
                let end = at + 2 + usize::from(length).max(2);
                // Tables of codes, an extension and conditions of arithmetic have numbers among frames'.
                if matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
                    let size = |at| bytes(head, at).map(|size| u16::from_be_bytes(size).into());
                    let (Some(height), Some(width)) = (size(at + 5), size(at + 7)) else {
                        return Ok(None);
                    };
                    return Ok(Some(((width, height), turn)));
                }
                if kind == 0xe1 {
                    let Some(segment) = head.get(at + 4..end) else {
                        return Ok(None);
                    };
                    turn = turn_of(segment).unwrap_or(turn);
                }
                at = end;
            }
        }
    }
}

/// How a photograph was held that a file has, as Exif numbers it: 1 upright, 2 to 8 turned or mirrored.
pub fn held(file: &[u8]) -> u16 {
    let found = match file {
        [0xff, 0xd8, ..] => jpeg(file).ok().flatten(),
        _ => None,
    };
    found.map_or(1, |(_, turn)| turn)
}

/// The size of what is turned before it is shown.
fn turned((width, height): Size, turn: u16) -> Size {
    match turn {
        5..=8 => (height, width),
        _ => (width, height),
    }
}

/// The orientation that an Exif segment says, if it says one.
fn turn_of(segment: &[u8]) -> Option<u16> {
    const ORIENTATION: u16 = 0x0112;
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = match bytes(tiff, 0)? {
        [b'I', b'I'] => true,
        [b'M', b'M'] => false,
        _ => return None,
    };
    let short = |at| {
        let read = match little {
            true => u16::from_le_bytes,
            false => u16::from_be_bytes,
        };
        bytes(tiff, at).map(read)
    };
    let long = match little {
        true => u32::from_le_bytes,
        false => u32::from_be_bytes,
    };
    let directory = usize::try_from(long(bytes(tiff, 4)?)).ok()?;
    let entries = usize::from(short(directory)?);
    let mut places = (0..entries).map(|entry| directory + 2 + 12 * entry);
    let place = places.find(|at| short(*at) == Some(ORIENTATION))?;
    short(place + 8)
}

#[cfg(test)]
mod tests;
