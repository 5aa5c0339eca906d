//! A stored board as a file for somebody: a picture, or a file for another board.
//!
//! Owns what can be asked for and how it is made, in one go and within bounds. Knows neither routes nor
//! rooms: a board comes as it is in the store.

mod wanted;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use board::document::Document;
use board::file::FileHash;
use board::id::ClientId;
use board::schema::SCHEMA;
use board::style::Color;
use interchange::archive::{self, Archive};
use interchange::{BundledFile, excalidraw, fresh};
use render::{Files, Fonts, Letters, Unmade, Work};
use scene::{Look, Part, Picture, Pictures, Scene, Unpainted};

pub(crate) use self::wanted::{Kind, Pages, Wanted};

/// What frames are called that have no name.
const UNNAMED: &str = "Frame";

/// A file, and what is not in it.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) bytes: Vec<u8>,
    /// Letters that no font here has.
    pub(crate) missing: BTreeSet<char>,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotMade {
    /// Nothing is there to be shown.
    #[error("nothing is there to be shown")]
    Empty,
    /// The frame that is asked for is not on the board.
    #[error("there is no such frame on the board")]
    NoFrame,
    /// The board is of a newer version.
    #[error("a newer version of Drawbridge made the board")]
    Newer,
    /// The board cannot be read.
    #[error("the board is damaged")]
    Damaged,
    /// It is too much.
    #[error(transparent)]
    Unmade(#[from] Unmade),
    /// No randomness for names.
    #[error("the server has no random numbers at hand")]
    Random,
}

/// Makes a file of a board's state. `files` gives the board's own; nothing else is read. Nothing is made
/// after `deadline`.
pub(crate) fn make(
    state: &[u8],
    wanted: &Wanted,
    fonts: &Fonts,
    files: Files<'_>,
    deadline: Instant,
) -> Result<Made, NotMade> {
    let mut bits = [0; 8];
    getrandom::fill(&mut bits).map_err(|_| NotMade::Random)?;
    let client = ClientId::from_random(u64::from_le_bytes(bits));
    let mut document = Document::new(client);
    document.apply(state).map_err(|_| NotMade::Damaged)?;
    if document.schema() > SCHEMA {
        return Err(NotMade::Newer);
    }
    match wanted.kind {
        Kind::Excalidraw => Ok(whole(scene_of(&document, files))),
        Kind::Drawbridge => Ok(whole(archive_of(&document, files, client))),
        Kind::Svg | Kind::Png | Kind::Pdf => picture(&document, wanted, fonts, files, deadline),
    }
}

fn whole(bytes: Vec<u8>) -> Made {
    let missing = BTreeSet::new();
    Made { bytes, missing }
}

fn picture(
    document: &Document,
    wanted: &Wanted,
    fonts: &Fonts,
    files: Files<'_>,
    deadline: Instant,
) -> Result<Made, NotMade> {
    let look = Look {
        theme: wanted.theme,
        transparent: wanted.transparent,
        unnamed: UNNAMED.to_owned(),
    };
    let pictures = Pictures::of(document, look);
    let painted: Result<Vec<Picture>, NotMade> = parts(&pictures, wanted)?
        .iter()
        .map(|part| {
            let paint = pictures.paint(part, &mut |list| {
                render::may_grow(list) && Instant::now() < deadline
            });
            paint.map_err(|why| match why {
                Unpainted::Empty => NotMade::Empty,
                Unpainted::Stopped if Instant::now() < deadline => Unmade::Much.into(),
                Unpainted::Stopped => Unmade::Long.into(),
            })
        })
        .collect();
    let painted = painted?;
    let first = painted.first().ok_or(NotMade::Empty)?;
    let mut work = Work {
        fonts,
        scale: f64::from(wanted.scale),
        files,
        go_on: &mut || Instant::now() < deadline,
    };
    let made = match wanted.kind {
        Kind::Png => render::png(first, &mut work)?,
        Kind::Pdf => render::pdf(&painted, &mut work)?,
        _ => render::svg(first, Letters::Embedded, &mut work)?,
    };
    Ok(Made {
        bytes: made.bytes,
        missing: made.missing,
    })
}

/// What is shown, a page each.
fn parts(pictures: &Pictures, wanted: &Wanted) -> Result<Vec<Part>, NotMade> {
    if wanted.pages == Pages::Frames {
        let frames = pictures.frames().into_iter();
        return Ok(frames.map(Part::Frame).collect());
    }
    if let Some(called) = &wanted.frame {
        let frame = pictures.frame_called(called).ok_or(NotMade::NoFrame)?;
        return Ok(vec![Part::Frame(frame)]);
    }
    Ok(vec![wanted.region.map_or(Part::Whole, Part::Region)])
}

fn scene_of(document: &Document, files: Files<'_>) -> Vec<u8> {
    let scene = Scene::rebuild(document);
    let nodes = scene.in_order().into_iter();
    let shown = nodes.map(|node| excalidraw::Shown {
        element: node.element(),
        stored: node.stored(),
    });
    let shown: Vec<_> = shown.collect();
    let files = |hash: &FileHash| files(hash).map(Cow::Owned);
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let options = excalidraw::Options {
        source: env!("CARGO_PKG_REPOSITORY"),
        now: now.map_or(0.0, |now| now.as_millis() as f64),
        background: Color(u32::MAX),
    };
    excalidraw::write(&shown, &files, &options)
        .text
        .into_bytes()
}

/// The board made anew from what is there: a document holds what was deleted as well.
fn archive_of(document: &Document, files: Files<'_>, client: ClientId) -> Vec<u8> {
    let elements = document.elements();
    let named = elements.iter().filter_map(|element| {
        let hash = FileHash::parse(element.links.file.as_deref()?)?;
        Some((hash, files(&hash)?))
    });
    let mut bundled: Vec<BundledFile> = named
        .filter_map(|(hash, bytes)| {
            let picture = board::picture::look_at_all(&bytes).ok()?;
            Some(BundledFile {
                hash,
                picture,
                bytes,
            })
        })
        .collect();
    bundled.sort_by_key(|file| *file.hash.as_bytes());
    bundled.dedup_by_key(|file| file.hash);
    let anew = fresh::anew(document, &bundled, client);
    archive::write(&Archive {
        document: anew.replica().encode(),
        files: bundled,
        exact: false,
    })
}
