//! `drawbridge convert`: a file as another, without a data directory.
//!
//! Owns streams, names of files and what is said about what was lost. What files are is
//! `interchange`'s.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use board::document::Document;
use board::file::FileHash;
use board::id::ClientId;
use board::schema::SCHEMA;
use board::style::Color;
use clap::{Args, ValueEnum};
use interchange::archive::{self, Archive};
use interchange::bounds::MAX_ARCHIVE;
use interchange::{
    Bundle, BundledFile, Format, Losses, embedded, excalidraw, fresh, library, tldraw,
};
use scene::Scene;

use crate::picture;

/// Who made a file, as it says.
const SOURCE: &str = env!("CARGO_PKG_REPOSITORY");

/// What to convert, and into what.
#[derive(Debug, Args)]
#[command(after_help = "\
Reads .excalidraw, .excalidrawlib, .tldr, .drawbridge, and .png and .svg with a scene in them; writes \
.excalidraw and .drawbridge, and pictures: .svg, .png and .pdf.

  drawbridge convert plan.excalidraw plan.drawbridge
  drawbridge convert plan.drawbridge plan.png --theme dark --scale 2
  curl -s https://example.org/plan.excalidraw | drawbridge convert - - --to drawbridge > plan.drawbridge

Exit status: 0 when the file is written, 1 when it is not, 2 when the command line cannot be read. What \
became the nearest thing or was left out is listed on standard error.")]
pub(crate) struct Convert {
    /// The file to read; - is standard input.
    input: PathBuf,
    /// The file to write; - is standard output.
    output: PathBuf,
    /// What the file to read is; else its name says it, or what it begins with.
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    from: Option<Format>,
    #[command(flatten)]
    wanted: Wanted,
}

/// What to write.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// What to write; else the name of the file says it.
    #[arg(long, alias = "format", value_name = "FORMAT")]
    to: Option<Target>,
    /// From .drawbridge to .drawbridge: keep the very document, for a backup. It holds what was ever
    /// written on the board, deleted texts too; without this the board is made anew from what is there.
    #[arg(long)]
    exact: bool,
    #[command(flatten)]
    picture: picture::Asked,
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// A scene of Excalidraw.
    Excalidraw,
    /// A board of Drawbridge.
    Drawbridge,
    /// A picture that any browser shows.
    Svg,
    /// A picture of pixels.
    Png,
    /// Pages.
    Pdf,
}

/// What can be read.
pub(crate) fn format(name: &str) -> Result<Format, String> {
    Format::named(name).ok_or_else(|| {
        let names = Format::ALL.map(Format::name);
        format!("formats are {}", names.join(", "))
    })
}

/// What a file has brought.
pub(crate) struct Brought {
    pub(crate) document: Document,
    pub(crate) files: Vec<BundledFile>,
    pub(crate) losses: Losses,
    /// The document as it came, of a board.
    whole: Option<Vec<u8>>,
}

/// Converts.
pub(crate) fn convert(asked: &Convert) -> anyhow::Result<()> {
    let target = target(&asked.wanted, &asked.output)?;
    let bytes = input(&asked.input)?;
    let format = of_input(&asked.input, asked.from, &bytes)?;
    let brought = bring(&bytes, format)
        .with_context(|| format!("cannot read {}", named(&asked.input, "the input")))?;
    drop(bytes);
    write(&brought, target, &asked.wanted, &asked.output)
}

/// Writes a board as a file, and says what is not in it.
pub(crate) fn write(
    brought: &Brought,
    target: Target,
    asked: &Wanted,
    path: &Path,
) -> anyhow::Result<()> {
    anyhow::ensure!(
        !asked.exact || target == Target::Drawbridge && brought.whole.is_some(),
        "--exact keeps the very document of a board, for a .drawbridge file"
    );
    let mut written = written(brought, target, asked)?;
    written.losses.add(&brought.losses);
    output(path, &written.bytes)
        .with_context(|| format!("cannot write {}", named(path, "the output")))?;
    tell(&written.losses, &written.lacks);
    Ok(())
}

/// What a file is, as it was told, or as its name or beginning says.
pub(crate) fn of_input(path: &Path, told: Option<Format>, bytes: &[u8]) -> anyhow::Result<Format> {
    let format = told.or_else(|| Format::of_file(&path.to_string_lossy()));
    let format = format.or_else(|| Format::of_bytes(bytes));
    let what = || {
        format!(
            "cannot tell what {} is: say it with --from",
            named(path, "the input")
        )
    };
    format.with_context(what)
}

/// A file, and what is not in it.
struct Written {
    bytes: Vec<u8>,
    losses: Losses,
    lacks: Vec<String>,
}

fn written(brought: &Brought, target: Target, asked: &Wanted) -> anyhow::Result<Written> {
    let kind = match target {
        Target::Excalidraw => {
            let scene = scene(brought);
            return Ok(Written {
                bytes: scene.text.into_bytes(),
                losses: scene.losses,
                lacks: Vec::new(),
            });
        }
        Target::Drawbridge => {
            return Ok(Written {
                bytes: board(brought, asked.exact)?,
                losses: Losses::default(),
                lacks: Vec::new(),
            });
        }
        Target::Svg => picture::Kind::Svg,
        Target::Png => picture::Kind::Png,
        Target::Pdf => picture::Kind::Pdf,
    };
    let made = picture::made(&brought.document, &brought.files, kind, &asked.picture)?;
    Ok(Written {
        lacks: picture::lacks(&made),
        bytes: made.bytes,
        losses: Losses::default(),
    })
}

/// What to write, as it was told, or as the name of the file says.
pub(crate) fn target(asked: &Wanted, path: &Path) -> anyhow::Result<Target> {
    let end = path.extension().and_then(OsStr::to_str);
    let told = end.and_then(|end| Target::from_str(end, true).ok());
    let Some(target) = asked.to.or(told) else {
        bail!("cannot tell what to write: say it with --to");
    };
    Ok(target)
}

fn is_stream(path: &Path) -> bool {
    path == Path::new("-")
}

pub(crate) fn named<'a>(path: &'a Path, stream: &'a str) -> Cow<'a, str> {
    match is_stream(path) {
        true => stream.into(),
        false => path.to_string_lossy(),
    }
}

pub(crate) fn input(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One more than is read, so that it is seen when there is more.
    let most = MAX_ARCHIVE as u64 + 1;
    let read = match is_stream(path) {
        true => io::stdin().take(most).read_to_end(&mut bytes),
        false => File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
    };
    read.with_context(|| format!("cannot read {}", named(path, "the input")))?;
    Ok(bytes)
}

/// All of it or nothing: who looks at the file meanwhile sees what was there.
fn output(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_stream(path) {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        return out.flush();
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(format!(".{}.part", std::process::id()));
    let written = fs::write(&partial, bytes).and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

pub(crate) fn bring(bytes: &[u8], format: Format) -> anyhow::Result<Brought> {
    let mut failed = None;
    let mut random = || match bits() {
        Ok(bits) => bits,
        Err(error) => {
            failed = Some(error);
            0
        }
    };
    let bundle = match format {
        Format::Drawbridge => return opened(archive::read(bytes)?),
        Format::Excalidraw => excalidraw::read(bytes, &mut random)?,
        Format::ExcalidrawLibrary => library::read(bytes, &mut random)?,
        Format::Tldraw => tldraw::read(bytes, &mut random)?,
        Format::Png => excalidraw::read(&embedded::in_png(bytes)?, &mut random)?,
        Format::Svg => excalidraw::read(&embedded::in_svg(bytes)?, &mut random)?,
    };
    let Bundle {
        records,
        files,
        title,
        losses,
        ..
    } = bundle;
    let title = title.unwrap_or_default();
    let client = ClientId::from_random(random() as u64);
    let document = fresh::of_records(records, &title, &files, client, &mut random);
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(Brought {
            document,
            files,
            losses,
            whole: None,
        }),
    }
}

/// Random bits.
pub(crate) fn bits() -> Result<u128, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(u128::from_le_bytes(bytes))
}

fn opened(archive: Archive) -> anyhow::Result<Brought> {
    whole(archive.document, archive.files)
}

/// A whole board, of its state as one update.
pub(crate) fn whole(state: Vec<u8>, files: Vec<BundledFile>) -> anyhow::Result<Brought> {
    let mut document = Document::new(ClientId::from_random(bits()? as u64));
    document.apply(&state).context("the board is damaged")?;
    if document.schema() > SCHEMA {
        bail!("a newer version of Drawbridge made the board");
    }
    Ok(Brought {
        document,
        files,
        losses: Losses::default(),
        whole: Some(state),
    })
}

fn scene(brought: &Brought) -> excalidraw::Written {
    let scene = Scene::rebuild(&brought.document);
    let nodes = scene.in_order().into_iter();
    let shown = nodes.map(|node| excalidraw::Shown {
        element: node.element(),
        stored: node.stored(),
    });
    let files = |hash: &FileHash| {
        let file = brought.files.iter().find(|file| file.hash == *hash);
        file.map(|file| Cow::Borrowed(file.bytes.as_slice()))
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let options = excalidraw::Options {
        source: SOURCE,
        now: now.map_or(0.0, |now| now.as_millis() as f64),
        background: Color(u32::MAX),
    };
    excalidraw::write(&shown.collect::<Vec<_>>(), &files, &options)
}

fn board(brought: &Brought, exact: bool) -> anyhow::Result<Vec<u8>> {
    let whole = brought.whole.as_ref().filter(|_| exact);
    let document = match whole {
        Some(whole) => whole.clone(),
        None => {
            let client = ClientId::from_random(bits()? as u64);
            let anew = fresh::anew(&brought.document, &brought.files, client);
            anew.replica().encode()
        }
    };
    Ok(archive::write(&Archive {
        document,
        files: brought.files.clone(),
        exact,
    }))
}

/// Says what a picture lacks, and what became the nearest thing, or was left out.
#[allow(
    clippy::print_stderr,
    reason = "what was lost, beside what was written"
)]
pub(crate) fn tell(losses: &Losses, lacks: &[String]) {
    lacks.iter().for_each(|line| eprintln!("{line}"));
    if !losses.is_empty() {
        eprintln!("Not as it was:");
    }
    for (loss, times) in losses.iter() {
        eprintln!("{times:>6} {}", loss.words());
    }
}
