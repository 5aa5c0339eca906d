//! Pictures of boards on the command line.
//!
//! Owns how they are asked for, and what is said of what they lack. How they are made is `render`'s.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use board::document::Document;
use board::style::Theme;
use clap::{Args, ValueEnum};
use interchange::BundledFile;
use render::{Fonts, Letters, Made, Work, may_grow, pdf, png, svg};
use scene::{Look, Part, Pictures, Unpainted};

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Svg,
    Png,
    Pdf,
}

/// How a picture looks.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Of a picture: light, or dark.
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: Shade,
    /// Of a picture: nothing behind the elements.
    #[arg(long)]
    transparent: bool,
    /// Of a picture: pixels, or points of a page, for each one that it has at 100 %.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=4))]
    scale: u8,
    /// Of a PDF: a page for each frame.
    #[arg(long)]
    pages: bool,
    /// Of an SVG: words as outlines, which look the same without fonts.
    #[arg(long)]
    outlines: bool,
    /// Of a picture: a font for what the page's own fonts lack; more than one is asked in this order.
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shade {
    Light,
    Dark,
}

/// A picture of a board.
pub(crate) fn made(
    document: &Document,
    files: &[BundledFile],
    kind: Kind,
    asked: &Asked,
) -> anyhow::Result<Made> {
    let fonts = fonts(&asked.font)?;
    let look = Look {
        theme: match asked.theme {
            Shade::Light => Theme::Light,
            Shade::Dark => Theme::Dark,
        },
        transparent: asked.transparent,
        unnamed: "Frame".into(),
    };
    let pictures = Pictures::of(document, look);
    let mut parts = vec![Part::Whole];
    if asked.pages && kind == Kind::Pdf {
        parts = pictures.frames().into_iter().map(Part::Frame).collect();
    }
    let painted = parts.iter().map(|part| pictures.paint(part, &mut may_grow));
    let painted = painted.map(|picture| match picture {
        Ok(picture) => Ok(picture),
        Err(Unpainted::Empty) => bail!("there is nothing to be seen"),
        Err(Unpainted::Stopped) => bail!("there is too much to draw for one picture"),
    });
    let painted: Vec<_> = painted.collect::<anyhow::Result<_>>()?;
    let mut work = Work {
        fonts: &fonts,
        scale: asked.scale.into(),
        files: &|hash| {
            let file = files.iter().find(|file| file.hash == *hash);
            file.map(|file| file.bytes.clone())
        },
        // Whoever asked waits as long as they like.
        go_on: &mut || true,
    };
    let letters = match asked.outlines {
        true => Letters::Outlined,
        false => Letters::Embedded,
    };
    let made = match (kind, painted.as_slice()) {
        (_, []) => bail!("the board has no frames"),
        (Kind::Svg, [picture, ..]) => svg(picture, letters, &mut work),
        (Kind::Png, [picture, ..]) => png(picture, &mut work),
        (Kind::Pdf, pictures) => pdf(pictures, &mut work),
    };
    Ok(made?)
}

fn fonts(given: &[PathBuf]) -> anyhow::Result<Fonts> {
    let mut fonts = Fonts::default();
    for path in given {
        let file = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let added = fonts.add(file);
        added.with_context(|| format!("cannot draw with {}", path.display()))?;
    }
    Ok(fonts)
}

/// Says what a picture lacks.
pub(crate) fn lacks(made: &Made) -> Vec<String> {
    let mut lines = Vec::new();
    if !made.missing.is_empty() {
        let letters: Vec<String> = made.missing.iter().map(char::to_string).collect();
        lines.push(format!(
            "no font has these, and boxes stand for them; --font FILE gives one more: {}",
            letters.join(" ")
        ));
    }
    match made.lacking.len() {
        0 => {}
        1 => lines.push("a picture on the board cannot be shown: a box stands for it".into()),
        more => lines.push(format!(
            "{more} pictures on the board cannot be shown: boxes stand for them"
        )),
    }
    lines
}
