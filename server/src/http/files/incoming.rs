//! A file that comes in: cut into pieces, hashed, and looked at.
//!
//! Owns whether it is what its client said. Keeps a piece in memory, and the head until that says what
//! the file is. Pure.

use board::file::{FileHash, Hasher};
use board::picture::{self, Media, Picture, Unfit};
use bytes::{Bytes, BytesMut};

use crate::store::sqlite::files::PIECE;

/// What a client says of a file before it sends it.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) hash: FileHash,
    pub(super) bytes: u64,
    pub(super) media: Media,
    /// As `640x480`, if it says so.
    pub(super) size: Option<String>,
}

/// Why a file is not what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unlike {
    #[error("{0}")]
    Unfit(#[from] Unfit),
    #[error("the type is {0}")]
    Media(&'static str),
    #[error("the size is {0}x{1}")]
    Size(u32, u32),
    #[error("the bytes have another SHA-256")]
    Hash,
    #[error("the length is another")]
    Length,
}

/// A file that comes in.
pub(super) struct Incoming {
    claim: Claim,
    hasher: Hasher,
    bytes: u64,
    piece: BytesMut,
    /// The pieces before this one, as long as it is not known what the file is.
    head: Vec<u8>,
    picture: Option<Picture>,
}

impl Incoming {
    /// Nothing of it yet.
    pub(super) fn new(claim: Claim) -> Self {
        Self {
            claim,
            hasher: Hasher::default(),
            bytes: 0,
            piece: BytesMut::new(),
            head: Vec::new(),
            picture: None,
        }
    }

    /// The next bytes, of which a transport hands in fewer than a piece at a time; a piece, when one is
    /// full.
    ///
    /// # Errors
    /// As soon as it cannot be what was said.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Option<Bytes>, Unlike> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        if self.bytes > self.claim.bytes {
            return Err(Unlike::Length);
        }
        self.piece.extend_from_slice(bytes);
        if self.piece.len() < PIECE {
            return Ok(None);
        }
        let piece = self.piece.split_to(PIECE).freeze();
        self.look(&piece)?;
        Ok(Some(piece))
    }

    /// What the file shows, and its last piece, which may be empty.
    ///
    /// # Errors
    /// When it is not what was said.
    pub(super) fn end(mut self) -> Result<(Picture, Bytes), Unlike> {
        if self.bytes != self.claim.bytes {
            return Err(Unlike::Length);
        }
        let rest = self.piece.split().freeze();
        self.look(&rest)?;
        let picture = self.picture.ok_or(Unfit::Unknown)?;
        match self.hasher.finish() == self.claim.hash {
            true => Ok((picture, rest)),
            false => Err(Unlike::Hash),
        }
    }

    fn look(&mut self, piece: &[u8]) -> Result<(), Unlike> {
        if self.picture.is_some() {
            return Ok(());
        }
        self.head.extend_from_slice(piece);
        let Some(picture) = picture::look(&self.head)? else {
            return Ok(());
        };
        self.head = Vec::new();
        if picture.media != self.claim.media {
            return Err(Unlike::Media(picture.media.name()));
        }
        let (width, height) = (picture.width, picture.height);
        let said = self.claim.size.as_ref();
        if said.is_some_and(|said| *said != format!("{width}x{height}")) {
            return Err(Unlike::Size(width, height));
        }
        self.picture = Some(picture);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(file: &[u8]) -> Claim {
        Claim {
            hash: FileHash::of(file),
            bytes: file.len() as u64,
            media: Media::Gif,
            size: Some("3x2".to_owned()),
        }
    }

    fn all(claim: Claim, file: &[u8]) -> Result<(Picture, Vec<u8>), Unlike> {
        let mut incoming = Incoming::new(claim);
        let mut pieces = Vec::new();
        for bytes in file.chunks(10_000) {
            if let Some(piece) = incoming.take(bytes)? {
                assert_eq!(piece.len(), PIECE);
                pieces.extend(piece);
            }
        }
        let (picture, rest) = incoming.end()?;
        assert!(rest.len() < PIECE);
        pieces.extend(rest);
        Ok((picture, pieces))
    }

    #[test]
    fn a_file_comes_out_as_it_came_in_and_is_what_was_said() {
        for length in [11, PIECE, PIECE + 1, 3 * PIECE + 77] {
            let mut file = b"GIF89a\x03\0\x02\0".to_vec();
            file.resize(length, 7);
            let (picture, pieces) = all(claim(&file), &file).unwrap();
            assert_eq!((picture.width, picture.height), (3, 2));
            assert!(pieces == file);
            let refused = |change: fn(&mut Claim)| {
                let mut claim = claim(&file);
                change(&mut claim);
                all(claim, &file).unwrap_err()
            };
            assert_eq!(refused(|c| c.hash = FileHash::of(b"")), Unlike::Hash);
            assert_eq!(refused(|c| c.bytes -= 1), Unlike::Length);
            assert_eq!(refused(|c| c.bytes += 1), Unlike::Length);
            assert_eq!(
                refused(|c| c.media = Media::Png),
                Unlike::Media("image/gif")
            );
            assert_eq!(refused(|c| c.size = Some("2x3".into())), Unlike::Size(3, 2));
            assert!(
                all(
                    Claim {
                        size: None,
                        ..claim(&file)
                    },
                    &file
                )
                .is_ok()
            );
        }
    }

    #[test]
    fn what_is_no_picture_is_refused_before_it_is_all_here() {
        let file = vec![0; 3 * PIECE];
        let mut incoming = Incoming::new(claim(&file));
        let refused = file
            .chunks(1000)
            .position(|bytes| incoming.take(bytes).is_err());
        assert!(refused.unwrap() * 1000 <= PIECE);
    }
}
