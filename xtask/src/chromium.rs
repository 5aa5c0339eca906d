//! Finding a Chromium for the browser tests, or installing one.
//!
//! Owns that choice: `CHROMIUM`, then the PATH, then Playwright's own, then the system's
//! package manager.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process::program;
use crate::{npm, packages};

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// The path of a Chromium that can be started.
pub(crate) fn find() -> Result<PathBuf> {
    if let Some(given) = std::env::var_os("CHROMIUM") {
        let given = PathBuf::from(given);
        if given.is_file() {
            return Ok(given);
        }
        bail!("CHROMIUM is {}, which is no file", given.display());
    }
    if let Some(found) = on_path().or_else(playwrights_own) {
        return Ok(found);
    }
    println!("   no Chromium found; asking the system's package manager");
    if let Err(error) = install() {
        bail!(
            "the browser tests need Chromium, and there is none: install it, or set CHROMIUM \
             to its path, or run `npx playwright install chromium` ({error:#})"
        );
    }
    match on_path() {
        Some(found) => Ok(found),
        None => bail!("the package manager installed Chromium, yet none is on the PATH"),
    }
}

fn on_path() -> Option<PathBuf> {
    search(&std::env::var_os("PATH")?)
}

fn search(path: &std::ffi::OsStr) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(path).collect();
    let candidates = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|path| path.is_file())
}

fn playwrights_own() -> Option<PathBuf> {
    let script = "import { chromium } from '@playwright/test'; \
                  process.stdout.write(chromium.executablePath())";
    let said = program("node")
        .args(["--input-type=module", "--eval", script])
        .output()
        .ok()?;
    let path = PathBuf::from(said.trim());
    path.is_file().then_some(path)
}

fn install() -> Result<()> {
    match packages::install(&["chromium"])? {
        true => Ok(()),
        false => npm::tool("playwright").args(["install", "chromium"]).run(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_searched_by_name_first() {
        let folder = std::env::temp_dir().join(format!("xtask-chromium-{}", std::process::id()));
        let (one, two) = (folder.join("one"), folder.join("two"));
        std::fs::create_dir_all(&one).unwrap();
        std::fs::create_dir_all(&two).unwrap();
        let path = std::env::join_paths([&one, &two]).unwrap();
        assert_eq!(search(&path), None);
        std::fs::write(one.join("google-chrome"), "").unwrap();
        assert_eq!(search(&path), Some(one.join("google-chrome")));
        std::fs::write(two.join("chromium"), "").unwrap();
        assert_eq!(search(&path), Some(two.join("chromium")));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
