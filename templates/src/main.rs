//! Writes the templates as the page fetches them, with a picture of each, light and dark:
//! `cargo run -p templates -- FOLDER`.
//!
//! Owns the names of these files.

use std::io::Cursor;
use std::path::Path;
use std::{env, fs};

use anyhow::{Context as _, anyhow, ensure};
use board::document::Document;
use board::style::Theme;
use image_webp::{ColorType, WebPEncoder};
use interchange::archive::{self, Archive};
use kurbo::Size;
use render::{Fonts, Work};
use scene::{Look, Part, Pictures};
use templates::TEMPLATES;

/// Most that a picture measures, pixels.
const CARD: Size = Size::new(560.0, 350.0);

fn main() -> anyhow::Result<()> {
    let folder = env::args().nth(1).context("name the folder to write to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for template in TEMPLATES {
        let board = template.board();
        let file = archive::write(&Archive {
            document: board.replica().encode(),
            files: Vec::new(),
            ..Archive::default()
        });
        write(&folder.join(format!("{}.drawbridge", template.name)), &file)?;
        for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let picture = picture(&board, theme).with_context(|| template.title)?;
            write(
                &folder.join(format!("{}-{name}.webp", template.name)),
                &picture,
            )?;
        }
    }
    Ok(())
}

/// A file that stays as it is starts no build.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

/// As wide as a card of the page on a dense screen, or as high.
fn picture(board: &Document, theme: Theme) -> anyhow::Result<Vec<u8>> {
    let look = Look {
        theme,
        transparent: true,
        unnamed: String::new(),
    };
    let pictures = Pictures::of(board, look);
    let picture = pictures.paint(&Part::Whole, &mut |_| true);
    let picture = picture.map_err(|unpainted| anyhow!("{unpainted:?}"))?;
    let mut work = Work {
        fonts: &Fonts::default(),
        scale: (CARD.width / picture.size.width).min(CARD.height / picture.size.height),
        files: &|_| None,
        go_on: &mut || true,
    };
    let made = render::png(&picture, &mut work)?;
    ensure!(made.missing.is_empty(), "no font has {:?}", made.missing);
    webp(&made.bytes)
}

/// Pixels as a file that is a fifth as large.
fn webp(png: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("too large")?];
    let info = reader.next_frame(&mut pixels)?;
    let mut file = Vec::new();
    WebPEncoder::new(&mut file).encode(&pixels, info.width, info.height, ColorType::Rgba8)?;
    Ok(file)
}
