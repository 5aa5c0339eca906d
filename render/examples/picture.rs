//! A picture of a board's bytes: `picture BOARD OUT.png|pdf|svg [--dark] [--transparent] [--scale N]`.
//!
//! For whoever wants to look at one. A missing BOARD (`-`) is the one of the benches.

use std::fs;

use board::document::Document;
use board::id::ClientId;
use board::style::Theme;
use render::{Fonts, Letters, Work, pdf, png, svg};
use scene::{Look, Part, Pictures};

#[path = "../scenes/many.rs"]
mod many;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, options @ ..] = arguments.as_slice() else {
        return Err("picture BOARD OUT.png|pdf|svg [--dark] [--transparent] [--scale N]".into());
    };
    let has = |name: &str| options.iter().any(|option| option == name);
    let scale = options.iter().position(|option| option == "--scale");
    let scale = scale.and_then(|at| options.get(at + 1)?.parse().ok());
    let bytes = match from.as_str() {
        "-" => many::bytes(10_000),
        path => fs::read(path)?,
    };
    let mut document = Document::new(ClientId::from_random(2));
    document.apply(&bytes).map_err(|error| error.to_string())?;
    let look = Look {
        theme: if has("--dark") {
            Theme::Dark
        } else {
            Theme::Light
        },
        transparent: has("--transparent"),
        unnamed: "Frame".into(),
    };
    let pictures = Pictures::of(&document, look);
    let picture = pictures.paint(&Part::Whole, &mut |_| true);
    let picture = picture.map_err(|why| format!("{why:?}"))?;
    let fonts = Fonts::default();
    let mut work = Work {
        fonts: &fonts,
        scale: scale.unwrap_or(1.0),
        files: &|_| None,
        go_on: &mut || true,
    };
    let made = match to.rsplit('.').next() {
        Some("png") => png(&picture, &mut work)?,
        Some("pdf") => pdf(&[picture], &mut work)?,
        _ if has("--outlines") => svg(&picture, Letters::Outlined, &mut work)?,
        _ => svg(&picture, Letters::Embedded, &mut work)?,
    };
    fs::write(to, &made.bytes)?;
    println!("{} bytes, missing {:?}", made.bytes.len(), made.missing);
    Ok(())
}
