//! SVG without anything that runs, asks for something elsewhere, or grows: by lists of what may be.
//!
//! Owns which elements, attributes and references those are, and how much of everything there may be. Pure:
//! bytes in, bytes out. What is not on a list is left out with all that is in it; a picture in which nothing
//! had to be left out stays as it is, byte for byte, so that its hash does too. Knows no board.

mod lists;
mod sheets;
mod uses;
mod values;
mod write;

use std::borrow::Cow;

use roxmltree::{Document, NodeType, ParsingOptions};

pub use self::uses::Shown;

/// Largest picture, bytes: as large as any file of a board.
const MAX_BYTES: usize = 20 << 20;
/// Most nodes: a map of a country's roads has a tenth.
const MAX_NODES: u32 = 500_000;

/// Why nothing of it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unclean {
    /// It is too large, or has too many parts.
    #[error("the SVG is too large")]
    Large,
    /// It is no SVG, or damaged.
    #[error("it is no SVG, or damaged")]
    Damaged,
    /// Its parts are nested too deeply.
    #[error("the SVG is nested too deeply")]
    Deep,
    /// What it shows again and again is too much.
    #[error("the SVG repeats too much")]
    Uses,
}

/// The same picture with nothing in it but what may be. O(picture).
///
/// # Errors
/// When it is no SVG, or beyond bounds.
pub fn clean(svg: &[u8]) -> Result<Cow<'_, [u8]>, Unclean> {
    let text = text(svg)?;
    let document = parsed(text)?;
    let root = document.root_element();
    let beside = document.root().children();
    let mut beside = beside.filter(|node| *node != root);
    let plain =
        !text.contains("<!DOCTYPE") && beside.all(|node| node.node_type() == NodeType::Comment);
    uses::bound(root)?;
    let (written, whole) = write::write(root)?;
    Ok(match plain && whole {
        true => Cow::Borrowed(svg),
        false => Cow::Owned(written.into_bytes()),
    })
}

/// How much a picture is, for whoever draws it. O(picture).
///
/// # Errors
/// When it is no SVG, or beyond bounds.
pub fn shown(svg: &[u8]) -> Result<Shown, Unclean> {
    uses::bound(parsed(text(svg)?)?.root_element())
}

fn text(svg: &[u8]) -> Result<&str, Unclean> {
    if svg.len() > MAX_BYTES {
        return Err(Unclean::Large);
    }
    let text = std::str::from_utf8(svg).map_err(|_| Unclean::Damaged)?;
    Ok(text.trim_start_matches('\u{feff}'))
}

fn parsed(text: &str) -> Result<Document<'_>, Unclean> {
    let options = ParsingOptions {
        // Many programs write one; entities are bounded by the parser, which reads no file.
        allow_dtd: true,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => Unclean::Large,
        _ => Unclean::Damaged,
    })?;
    match document.root_element().tag_name().name() {
        "svg" => Ok(document),
        _ => Err(Unclean::Damaged),
    }
}
