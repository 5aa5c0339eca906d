//! The page: types checked, built by Vite, and compressed.
//!
//! Owns `web/dist`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::files;
use crate::npm;
use crate::report::Outcome;
use crate::stamp;

/// Where the built page is.
const DIST: &str = "web/dist";

/// Endings of what is compressed already.
const DENSE: [&str; 6] = ["woff2", "png", "jpg", "webp", "br", "gz"];

/// Builds the page and compresses its assets, if anything it is made of changed.
/// The engine and the packages must be there.
pub(crate) fn build() -> Result<Outcome> {
    let templates = fs::read_dir("web/src/templates")?;
    let templates = templates.map(|file| Ok(file?.path().display().to_string()));
    let templates: Vec<String> = templates.collect::<Result<_>>()?;
    let mut inputs = vec![
        "index.html",
        "refusal.html",
        "vite.config.ts",
        "tsconfig.json",
        "package-lock.json",
        "web/build",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "web/public",
        "packages/board-element/src",
        "web/src",
        "web/worker",
        // Named, because walking leaves generated folders out.
        "web/src/engine/wasm_client.js",
        "web/src/engine/wasm_client_bg.wasm",
        "web/src/engine/wasm_client_late.wasm",
        "web/src/modules/wasm_pictures_bg.wasm",
        "web/src/modules/wasm_readers_bg.wasm",
        "web/src/modules/wasm_tldraw_bg.wasm",
        "web/src/modules/wasm_writers_bg.wasm",
    ];
    inputs.extend(templates.iter().map(String::as_str));
    stamp::unless_fresh("page", &inputs, &["web/dist/index.html"], || {
        npm::tool("vite").args(["build"]).run()?;
        compress()
    })
}

/// Checks the types of the page, of its worker and of the tests that drive it.
pub(crate) fn check_types() -> Result<Outcome> {
    for project in [".", "web/worker", "packages/board-element", "tests/browser"] {
        npm::tool("tsc").args(["--noEmit", "-p", project]).run()?;
    }
    Ok(Outcome::Done)
}

/// Writes `.br` and `.gz` beside every asset that gets smaller by it, so that the server
/// never compresses while it serves.
fn compress() -> Result<()> {
    println!("   compressing {DIST}");
    for path in assets()? {
        let raw = fs::read(&path)?;
        for (ending, packed) in [("br", brotli(&raw)?), ("gz", gzip(&raw)?)] {
            if packed.len() < raw.len() {
                fs::write(beside(&path, ending), packed)?;
            }
        }
    }
    Ok(())
}

fn assets() -> Result<Vec<PathBuf>> {
    let mut all = files::below(DIST)?;
    all.retain(|path| !files::has_extension(path, &DENSE));
    Ok(all)
}

/// Where the compressed copy of an asset is.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn brotli(raw: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        size_hint: raw.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &raw[..], &mut packed, &params)?;
    Ok(packed)
}

/// As small as gzip gets: Zopfli searches for some seconds and saves 3 to 5 %.
fn gzip(raw: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Gzip,
        raw,
        &mut packed,
    )?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compression_can_be_undone() {
        let raw = b"drawbridge ".repeat(500);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&raw).unwrap()[..], &mut back).unwrap();
        assert_eq!(back, raw);
        let packed = gzip(&raw).unwrap();
        assert!(packed.len() < raw.len());
        let mut back = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(&packed[..]);
        std::io::Read::read_to_end(&mut decoder, &mut back).unwrap();
        assert_eq!(back, raw);
    }
}
