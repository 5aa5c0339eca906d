//! SVG files as they come in: nothing in one runs, asks for something elsewhere, or grows.
//!
//! Owns that one is refused which is not clean, before anybody gets it, and what is said then. What is clean,
//! `clean-svg` knows.

use std::borrow::Cow;

use clean_svg::Unclean;
use tokio::time::timeout;

use super::super::answers::PATIENCE;
use super::{Refusal, Transfers, blocking};
use crate::store::StoreError;
use crate::store::sqlite::files::Upload;

/// Judges a file of which all pieces are on disk. What any board here has already is from before there was a
/// judge, and stays what it is.
pub(super) async fn judged(transfers: &Transfers, upload: Upload) -> Result<Upload, Refusal> {
    let turn = timeout(PATIENCE, transfers.judging.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        let text = "Too many SVG files come in at the moment. Try again.";
        return Err(Refusal::new(503, "uploads", "Not just now", text));
    };
    let judge = move || -> Result<_, StoreError> {
        let reason = reason(&upload.read()?);
        let refused = reason.is_some() && !upload.is_known()?;
        Ok((upload, reason.filter(|_| refused)))
    };
    let (upload, reason) = blocking(judge).await??;
    match reason {
        None => Ok(upload),
        Some(text) => Err(Refusal::new(422, "bad_file", "The SVG is not clean", text)),
    }
}

/// Why a file is not taken; none for one that is clean.
fn reason(file: &[u8]) -> Option<String> {
    let why = match clean_svg::clean(file) {
        Ok(Cow::Borrowed(_)) => return None,
        Ok(Cow::Owned(_)) => {
            "The SVG has something in it that runs, that lies elsewhere, or that no picture here may have. \
             The page leaves that out of what it sends: load it anew, and bring the picture again."
        }
        Err(Unclean::Damaged) => "The SVG is damaged.",
        Err(Unclean::Large) => "The SVG has too many parts.",
        Err(Unclean::Deep) => "The SVG is nested too deeply.",
        Err(Unclean::Uses) => "The SVG repeats too much, or shows itself.",
    };
    Some(why.to_owned())
}
