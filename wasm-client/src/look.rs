//! A file that somebody wants on the board: its name, and what it shows.
//!
//! Owns that it is read once, in pieces. The server looks in the same way.

use board::file::{FileHash, Hasher};
use board::picture::{MAX_HEAD, Picture, Unfit, look};

/// A file that is being read.
#[derive(Debug, Default)]
pub(crate) struct Look {
    hasher: Hasher,
    head: Vec<u8>,
    picture: Option<Picture>,
}

impl Look {
    /// The next piece.
    ///
    /// # Errors
    /// As soon as it is nothing that can be shown.
    pub(crate) fn take(&mut self, piece: &[u8]) -> Result<(), Unfit> {
        self.hasher.update(piece);
        if self.picture.is_none() {
            let room = MAX_HEAD - self.head.len();
            let piece = piece.get(..room).unwrap_or(piece);
            self.head.extend_from_slice(piece);
            self.picture = look(&self.head)?;
        }
        if self.picture.is_some() {
            self.head = Vec::new();
        }
        Ok(())
    }

    /// What it is.
    ///
    /// # Errors
    /// When it is nothing that can be shown.
    pub(crate) fn end(self) -> Result<(FileHash, Picture), Unfit> {
        let picture = self.picture.ok_or(Unfit::Unknown)?;
        Ok((self.hasher.finish(), picture))
    }
}
