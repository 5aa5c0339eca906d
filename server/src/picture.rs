//! Pictures of boards on the command line.
//!
//! Owns how they are asked for, and what is said of what they lack. How they are made is `made`'s.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use board::style::Theme;
use clap::{Args, ValueEnum};
use drawbridge_server::made::{Choice, Kind, Made};
use render::Fonts;

/// How a picture looks.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Of a picture: light, or dark [default: light].
    #[arg(long, value_name = "THEME")]
    theme: Option<Shade>,
    /// Of a picture: nothing behind the elements.
    #[arg(long)]
    transparent: bool,
    /// Of a PNG or PDF: pixels, or points of a page, for each one that it has at 100 % [default: 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
    scale: Option<u8>,
    /// Of a picture: one frame with what is in it, by its name or the id of its element.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    frame: Option<String>,
    /// Of a picture: a part of the board, in whole units.
    #[arg(long, value_name = "X,Y,WIDTH,HEIGHT", value_parser = region, allow_hyphen_values = true)]
    region: Option<Choice>,
    /// Of a PDF: a page for each frame.
    #[arg(long)]
    pages: bool,
    /// Of an SVG: words as outlines, which look the same without fonts.
    #[arg(long)]
    outlines: bool,
    /// Of a PNG or SVG: the elements that it shows in it as well, so that Excalidraw and Drawbridge open them again.
    #[arg(long)]
    scene: bool,
    /// Of a picture: a font for what the page's own fonts lack; more than one is asked in this order.
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shade {
    Light,
    Dark,
}

impl From<Shade> for Theme {
    fn from(shade: Shade) -> Self {
        match shade {
            Shade::Light => Self::Light,
            Shade::Dark => Self::Dark,
        }
    }
}

fn region(text: &str) -> Result<Choice, String> {
    Choice::region(text).ok_or_else(|| "a region is four whole numbers".to_owned())
}

impl Asked {
    /// All that is asked for otherwise than usual.
    pub(crate) fn choices(&self) -> Vec<Choice> {
        let theme = self.theme.map(|shade| Choice::Theme(shade.into()));
        let choices = [
            theme,
            self.transparent.then_some(Choice::Transparent),
            self.scale.map(Choice::Scale),
            self.frame.clone().map(Choice::Frame),
            self.region.clone(),
            self.pages.then_some(Choice::Pages),
            self.outlines.then_some(Choice::Outlines),
            self.scene.then_some(Choice::Scene),
        ];
        choices.into_iter().flatten().collect()
    }

    /// The fonts that a file is made with.
    pub(crate) fn fonts(&self, kind: Kind) -> anyhow::Result<Fonts> {
        anyhow::ensure!(
            self.font.is_empty() || kind.is_picture(),
            "--font is for pictures"
        );
        fonts(&self.font)
    }
}

/// The page's own fonts, and others for what these lack.
pub(crate) fn fonts<P: AsRef<Path>>(given: &[P]) -> anyhow::Result<Fonts> {
    let mut fonts = Fonts::default();
    for path in given.iter().map(AsRef::as_ref) {
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
