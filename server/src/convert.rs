//! `drawbridge convert`: a file as another, without a data directory.
//!
//! Owns streams, names of files and what is said about what was lost. What files are is
//! `interchange`'s, and how they are made of boards `made`'s.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use board::document::Document;
use board::file::FileHash;
use board::id::ClientId;
use clap::{Args, ValueEnum};
use drawbridge_server::made::{self, Kind, Made};
use interchange::{
    Bundle, BundledFile, Format, Losses, Refused, archive, bounds, embedded, excalidraw, fresh,
    library, svg, tldraw,
};

use crate::{complain, picture};

/// So many bytes say what a file is.
const HEAD: u64 = 64 << 10;

/// What to convert, and into what.
#[derive(Debug, Args)]
#[command(after_help = "\
Reads .excalidraw, .excalidrawlib, .tldr, .drawbridge, .png with a scene in it, and .svg: the scene in it, \
else elements where all of it is what boards have, else a picture. Writes .excalidraw and .drawbridge, and \
pictures: .svg, .png and .pdf.

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

impl Target {
    fn kind(self) -> Kind {
        match self {
            Self::Excalidraw => Kind::Excalidraw,
            Self::Drawbridge => Kind::Drawbridge,
            Self::Svg => Kind::Svg,
            Self::Png => Kind::Png,
            Self::Pdf => Kind::Pdf,
        }
    }
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
    /// Whether it is a board with all that was ever on it.
    pub(crate) is_whole: bool,
}

impl Brought {
    /// A whole board.
    pub(crate) fn whole(document: Document, files: Vec<BundledFile>) -> Self {
        Self {
            document,
            files,
            losses: Losses::default(),
            is_whole: true,
        }
    }
}

/// Converts.
pub(crate) fn convert(asked: &Convert) -> anyhow::Result<()> {
    let target = target(&asked.wanted, &asked.output)?;
    let (bytes, format) = input(&asked.input, asked.from)?;
    let brought = bring(&bytes, format)
        .with_context(|| format!("cannot read {}", named(&asked.input, "the input")))?;
    drop(bytes);
    write(brought, target, &asked.wanted, &asked.output)
}

/// Writes a board as a file, and says what is not in it.
pub(crate) fn write(
    brought: Brought,
    target: Target,
    asked: &Wanted,
    path: &Path,
) -> anyhow::Result<()> {
    anyhow::ensure!(
        !asked.exact || target == Target::Drawbridge && brought.is_whole,
        "--exact keeps the very document of a board, for a .drawbridge file"
    );
    let mut losses = brought.losses.clone();
    let made = made(brought, target.kind(), asked)?;
    losses.add(&made.losses);
    output(path, &made.bytes)
        .with_context(|| format!("cannot write {}", named(path, "the output")))?;
    tell(&losses, &picture::lacks(&made));
    Ok(())
}

fn made(brought: Brought, kind: Kind, asked: &Wanted) -> anyhow::Result<Made> {
    let wanted = made::Wanted::with(kind, asked.picture.choices())?;
    let fonts = asked.picture.fonts(kind)?;
    let Brought {
        document, files, ..
    } = brought;
    if asked.exact {
        return Ok(made::exact(&document, files));
    }
    let by_hash: HashMap<&FileHash, &BundledFile> =
        files.iter().map(|file| (&file.hash, file)).collect();
    let with = made::With {
        fonts: &fonts,
        files: &|hash| {
            let file = by_hash.get(hash)?;
            Some((file.picture, file.bytes.clone()))
        },
        // Whoever asked waits as long as they like.
        most: usize::MAX,
        go_on: &|| true,
    };
    Ok(made::make(document, &wanted, &with)?)
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

/// Reads a file, and what it is: as it was told, or as its name or beginning says. What is larger than
/// such a file may be is not read.
pub(crate) fn input(path: &Path, told: Option<Format>) -> anyhow::Result<(Vec<u8>, Format)> {
    let name = named(path, "the input");
    let cannot = || format!("cannot read {name}");
    let (mut reader, size): (Box<dyn Read>, _) = match is_stream(path) {
        true => (Box::new(io::stdin()), None),
        false => {
            let file = File::open(path).with_context(cannot)?;
            let size = file.metadata().ok().map(|facts| facts.len());
            (Box::new(file), size)
        }
    };
    let mut bytes = Vec::new();
    let head = reader.by_ref().take(HEAD).read_to_end(&mut bytes);
    head.with_context(cannot)?;
    let format = told.or_else(|| Format::of_file(&path.to_string_lossy()));
    let format = format.or_else(|| Format::of_bytes(&bytes));
    let format =
        format.with_context(|| format!("cannot tell what {name} is: say it with --from"))?;
    let most = bounds::most(format);
    let size = size.and_then(|size| usize::try_from(size).ok());
    Refused::unless_at_most(size.unwrap_or_default(), most).with_context(cannot)?;
    // One more than is read, so that it is seen when there is more.
    let left = (most + 1).saturating_sub(bytes.len());
    let rest = reader.take(left as u64).read_to_end(&mut bytes);
    rest.with_context(cannot)?;
    Ok((bytes, format))
}

/// All of it or nothing: who looks at the file meanwhile sees what was there.
fn output(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_stream(path) {
        let mut out = io::stdout().lock();
        let written = out.write_all(bytes).and_then(|()| out.flush());
        return match written {
            // Whoever reads it has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        };
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
        Format::Drawbridge => {
            let archive = archive::read(bytes)?;
            let document = made::opened(&archive.document)?;
            return Ok(Brought {
                losses: archive.losses,
                ..Brought::whole(document, archive.files)
            });
        }
        Format::Excalidraw => excalidraw::read(bytes, &mut random)?,
        Format::ExcalidrawLibrary => library::read(bytes, &mut random)?,
        Format::Tldraw => tldraw::read(bytes, &mut random)?,
        Format::Png => excalidraw::read(&embedded::in_png(bytes)?, &mut random)?,
        Format::Svg => match embedded::in_svg(bytes) {
            Err(Refused::NoScene) => svg::read(bytes, &mut random)?,
            scene => excalidraw::read(&scene?, &mut random)?,
        },
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
            is_whole: false,
        }),
    }
}

/// Random bits.
pub(crate) fn bits() -> Result<u128, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(u128::from_le_bytes(bytes))
}

/// Says what a picture lacks, and what became the nearest thing, or was left out.
pub(crate) fn tell(losses: &Losses, lacks: &[String]) {
    lacks
        .iter()
        .for_each(|line| complain(format_args!("{line}")));
    if !losses.is_empty() {
        complain(format_args!("Not as it was:"));
    }
    for (loss, times) in losses.iter() {
        complain(format_args!("{times:>6} {}", loss.words(times)));
    }
}
