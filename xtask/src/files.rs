//! Finding and reading the repository's files.
//!
//! Owns walking the tree; knows nothing of what the files are for.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root, wherever cargo was called from.
pub(crate) fn root() -> Result<PathBuf> {
    // Cargo says it when it runs this; a checkout that was moved since the build is found too.
    let here = std::env::var_os("CARGO_MANIFEST_DIR");
    let here = here.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let root = here.parent().context("xtask lives inside the repository")?;
    Ok(root.to_owned())
}

/// Folders that hold nothing of ours, or only what is generated.
const NOT_OURS: [&str; 6] = [
    "target",
    "data",
    "web/dist",
    "web/src/engine",
    "web/src/modules",
    "web/src/templates",
];

/// Every file below `path` (or `path` itself), relative to the root and sorted; generated and
/// hidden folders below it are left out. A path that does not exist holds no file.
pub(crate) fn below(path: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(path.as_ref(), &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = entry.path();
        let plain = path.strip_prefix(".").unwrap_or(&path).to_owned();
        let skip = name.starts_with('.')
            || name == "node_modules"
            || NOT_OURS.iter().any(|ours| plain == Path::new(ours));
        if !(skip && entry.file_type()?.is_dir()) {
            collect(&plain, found)?;
        }
    }
    Ok(())
}

/// Reads a text file, naming it when that fails.
pub(crate) fn read(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// Whether the file's name ends in one of these, which are given without the dot.
pub(crate) fn has_extension(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| endings.contains(&ending))
}
