//! A board as a file for somebody: a picture, or a file for another board.
//!
//! Owns what can be asked for and how it is made, in one go and within bounds, for the server and for the
//! command line alike. Knows neither routes nor rooms nor where a board comes from.

mod wanted;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use board::document::Document;
use board::file::FileHash;
use board::id::ClientId;
use board::picture::{Media, Picture};
use board::replica::{Ingested, Replica};
use board::schema::SCHEMA;
use board::style::Color;
use interchange::archive::{self, Archive};
use interchange::{BundledFile, Losses, embedded, excalidraw, fresh};
use render::{Fonts, Unmade, Work};
use scene::{Look, Node, Part, Pictures, Scene, Unpainted};

pub(crate) use self::wanted::Shown;
pub use self::wanted::{Choice, Kind, Unfit, Wanted};

/// What frames are called that have no name.
const UNNAMED: &str = "Frame";

/// The board's own files with what they show, by their hashes: they have been looked over.
pub type Files<'a> = &'a dyn Fn(&FileHash) -> Option<(Picture, Vec<u8>)>;

/// What it is made with.
pub struct With<'a> {
    /// Whose letters pictures have.
    pub fonts: &'a Fonts,
    /// Nothing else is ever read.
    pub files: Files<'a>,
    /// Most elements of a file that is no picture.
    pub most: usize,
    /// Says whether there is time left.
    pub go_on: &'a dyn Fn() -> bool,
}

impl With<'_> {
    fn unless_many(&self, elements: usize) -> Result<(), NotMade> {
        match elements <= self.most {
            true => Ok(()),
            false => Err(NotMade::Many(self.most)),
        }
    }
}

/// A file, and what is not in it.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// All of it.
    pub bytes: Vec<u8>,
    /// Letters that no font here has.
    pub missing: BTreeSet<char>,
    /// Pictures whose files are not at hand, or cannot be shown.
    pub lacking: BTreeSet<FileHash>,
    /// What became the nearest thing, or was left out.
    pub losses: Losses,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// Nothing is there to be shown.
    #[error("nothing is there to be shown")]
    Empty,
    /// The frame that is asked for is not on the board.
    #[error("there is no such frame on the board")]
    NoFrame,
    /// Pages are asked for, and there are no frames.
    #[error("the board has no frames")]
    NoFrames,
    /// The board is of a newer version.
    #[error("a newer version of Drawbridge made the board")]
    Newer,
    /// The board cannot be read.
    #[error("the board is damaged")]
    Damaged,
    /// It has more elements than are written here.
    #[error("the board has more than {0} elements, which is too much for such a file here")]
    Many(usize),
    /// It is too much.
    #[error(transparent)]
    Unmade(#[from] Unmade),
    /// No randomness for names.
    #[error("there are no random numbers at hand")]
    Random,
}

/// A board of its whole state, as one update from anywhere.
///
/// # Errors
/// When it is damaged, not whole, or of a newer version.
pub fn opened(state: &[u8]) -> Result<Document, NotMade> {
    let mut replica = Replica::new(client()?);
    match replica.ingest(state) {
        Ok(Ingested::Applied { .. }) => of_replica(replica),
        Ok(Ingested::Missing) | Err(_) => Err(NotMade::Damaged),
    }
}

/// A board as the store has put it together.
///
/// # Errors
/// When it is of a newer version.
pub fn of_replica(replica: Replica) -> Result<Document, NotMade> {
    let document = Document::of(replica);
    match document.schema() > SCHEMA {
        true => Err(NotMade::Newer),
        false => Ok(document),
    }
}

fn client() -> Result<ClientId, NotMade> {
    let mut bits = [0; 8];
    getrandom::fill(&mut bits).map_err(|_| NotMade::Random)?;
    Ok(ClientId::from_random(u64::from_le_bytes(bits)))
}

/// Makes a file of a board, which is dropped as soon as it is not needed any more.
///
/// # Errors
/// When it cannot be, is too much, or there is no time left.
pub fn make(document: Document, wanted: &Wanted, with: &With<'_>) -> Result<Made, NotMade> {
    if !(with.go_on)() {
        return Err(Unmade::Long.into());
    }
    match wanted.kind {
        Kind::Excalidraw => scene_of(document, with),
        Kind::Drawbridge => archive_of(document, with),
        Kind::Svg | Kind::Png | Kind::Pdf => picture(document, wanted, with),
    }
}

fn picture(document: Document, wanted: &Wanted, with: &With<'_>) -> Result<Made, NotMade> {
    let look = Look {
        theme: wanted.theme,
        transparent: wanted.transparent,
        unnamed: UNNAMED.to_owned(),
    };
    let pictures = Pictures::of(&document, look);
    // The scene has all that is shown: a large board is not in memory twice while it is painted.
    drop(document);
    let parts = parts(&pictures, wanted)?;
    let scene = match parts.first() {
        Some(part) if wanted.scene => Some(written(pictures.shows(part), with)?),
        _ => None,
    };
    let painted = painted(&pictures, &parts, with.go_on)?;
    drop(pictures);
    let first = painted.first().ok_or(NotMade::NoFrames)?;
    let mut work = Work {
        fonts: with.fonts,
        scale: wanted.scale.of(first.size),
        files: &|hash| (with.files)(hash).map(|(_, bytes)| bytes),
        go_on: &mut || (with.go_on)(),
    };
    let made = match wanted.kind {
        Kind::Png => render::png(first, &mut work)?,
        Kind::Pdf => render::pdf(&painted, &mut work)?,
        _ => render::svg(first, wanted.letters, &mut work)?,
    };
    let mut made = Made {
        bytes: made.bytes,
        missing: made.missing,
        lacking: made.lacking,
        losses: Losses::default(),
    };
    if let Some(scene) = scene {
        made.bytes = with_scene(&made.bytes, wanted.kind, &scene.text)?;
        made.losses = scene.losses;
    }
    Ok(made)
}

/// A picture from which the elements that it shows can be opened again.
fn with_scene(picture: &[u8], kind: Kind, scene: &str) -> Result<Vec<u8>, NotMade> {
    let made = match kind {
        Kind::Png => embedded::into_png(picture, scene),
        _ => {
            let svg = String::from_utf8_lossy(picture);
            embedded::into_svg(&svg, scene).map(String::into_bytes)
        }
    };
    made.map_err(|_| Unmade::Unwritten("it has no room for a scene").into())
}

fn painted(
    pictures: &Pictures,
    parts: &[Part],
    go_on: &dyn Fn() -> bool,
) -> Result<Vec<scene::Picture>, NotMade> {
    let mut painted: Vec<scene::Picture> = Vec::new();
    // Of all pages together: what is in frames within frames is on several.
    let mut words = 0;
    for part in parts {
        let mut in_time = true;
        let page = pictures.paint(part, &mut |list| {
            in_time = go_on();
            in_time && render::may_have(words + list.words().len())
        });
        let page = page.map_err(|why| match why {
            Unpainted::Empty => NotMade::Empty,
            Unpainted::Stopped if in_time => Unmade::Much.into(),
            Unpainted::Stopped => Unmade::Long.into(),
        })?;
        words += page.list.words().len();
        painted.push(page);
    }
    Ok(painted)
}

/// What is shown, a page each.
fn parts(pictures: &Pictures, wanted: &Wanted) -> Result<Vec<Part>, NotMade> {
    Ok(match &wanted.shown {
        Shown::Whole => vec![Part::Whole],
        Shown::Region(region) => vec![Part::Region(*region)],
        Shown::Frames => pictures.frames().into_iter().map(Part::Frame).collect(),
        Shown::Frame(called) => {
            let frame = pictures.frame_called(called).ok_or(NotMade::NoFrame)?;
            vec![Part::Frame(frame)]
        }
    })
}

fn scene_of(document: Document, with: &With<'_>) -> Result<Made, NotMade> {
    let scene = Scene::rebuild(&document);
    drop(document);
    let written = written(scene.in_order(), with)?;
    Ok(Made {
        bytes: written.text.into_bytes(),
        losses: written.losses,
        ..Made::default()
    })
}

/// Nodes as a scene, bottom first.
fn written(nodes: Vec<&Node>, with: &With<'_>) -> Result<excalidraw::Written, NotMade> {
    with.unless_many(nodes.len())?;
    let shown = nodes.into_iter().map(|node| excalidraw::Shown {
        element: node.element(),
        stored: node.stored(),
    });
    let shown: Vec<_> = shown.collect();
    let files =
        |hash: &FileHash| (with.files)(hash).and_then(|(picture, bytes)| clean(&picture, bytes));
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let options = excalidraw::Options {
        source: env!("CARGO_PKG_REPOSITORY"),
        now: now.map_or(0.0, |now| now.as_millis() as f64),
        background: Color(u32::MAX),
    };
    Ok(excalidraw::write(&shown, &files, &options))
}

/// A file for other programs: an SVG that is from before there was a judge goes without what may not be in it.
fn clean(picture: &Picture, file: Vec<u8>) -> Option<Cow<'static, [u8]>> {
    if picture.media != Media::Svg {
        return Some(Cow::Owned(file));
    }
    let clean = clean_svg::clean(&file).ok()?;
    Some(Cow::Owned(clean.into_owned()))
}

/// The board made anew from what is there: a document holds what was deleted as well.
fn archive_of(document: Document, with: &With<'_>) -> Result<Made, NotMade> {
    let elements = document.elements();
    with.unless_many(elements.len())?;
    let named = elements
        .into_iter()
        .filter_map(|element| FileHash::parse(element.links.file.as_deref()?));
    let named: BTreeSet<FileHash> = named.collect();
    let bundled = named.into_iter().filter_map(|hash| {
        let (picture, bytes) = (with.files)(&hash)?;
        Some(BundledFile {
            hash,
            picture,
            bytes,
        })
    });
    let files: Vec<BundledFile> = bundled.collect();
    let anew = fresh::anew(&document, &files, client()?);
    drop(document);
    let state = anew.replica().encode();
    drop(anew);
    Ok(archived(state, files, false))
}

/// The very document, with all that was ever deleted.
pub fn exact(document: &Document, files: Vec<BundledFile>) -> Made {
    archived(document.replica().encode(), files, true)
}

fn archived(document: Vec<u8>, files: Vec<BundledFile>, exact: bool) -> Made {
    let archive = Archive {
        document,
        files,
        exact,
        ..Archive::default()
    };
    Made {
        bytes: archive::write(&archive),
        ..Made::default()
    }
}

#[cfg(test)]
mod tests;
