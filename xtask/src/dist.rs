//! `cargo xtask dist`: what others take into their own pages, packed as it is published.
//!
//! Owns `target/dist`. The server is `cargo build --release`; its page is in it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::npm;
use crate::report::Outcome;
use crate::stamp;

/// The custom element for other sites' pages.
const PACKAGE: &str = "packages/board-element";
const BUILT: &str = "target/dist/drawbridge-board";
/// As npm packs it, under a name without its version.
const PACKED: &str = "target/dist/drawbridge-board.tgz";

/// Builds and packs, if anything changed. The packages must be there.
pub(crate) fn build() -> Result<Outcome> {
    let inputs = [PACKAGE, "tsconfig.json", "package-lock.json"];
    stamp::unless_fresh("dist", &inputs, &[PACKED], || {
        if Path::new(BUILT).exists() {
            fs::remove_dir_all(BUILT)?;
        }
        npm::tool("tsc").args(["-p", PACKAGE]).run()?;
        for file in ["package.json", "README.md"] {
            fs::copy(format!("{PACKAGE}/{file}"), format!("{BUILT}/{file}"))?;
        }
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            fs::copy(licence, format!("{BUILT}/{licence}"))?;
        }
        let said = npm::npm()
            .args(["pack", "--silent", "--pack-destination", ".."])
            .in_dir(BUILT)
            .output()?;
        let name = said.lines().last().context("npm packed nothing")?;
        fs::rename(format!("target/dist/{name}"), PACKED)?;
        println!("   {PACKED}");
        Ok(())
    })
}
