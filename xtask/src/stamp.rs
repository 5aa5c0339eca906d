//! Whether the inputs of a step changed since it last worked.
//!
//! Owns the marks below `target/xtask`. Compares contents, not times: a fresh checkout of
//! the same files does not rebuild.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files;
use crate::report::Outcome;

/// Runs `work` unless `outputs` are all there and `inputs` (files or folders) are as they
/// were when it last worked.
pub(crate) fn unless_fresh(
    name: &str,
    inputs: &[&str],
    outputs: &[&str],
    work: impl FnOnce() -> Result<()>,
) -> Result<Outcome> {
    let now = digest(inputs)?;
    let mark = mark(name);
    let there = outputs.iter().all(|output| Path::new(output).exists());
    if there && fs::read_to_string(&mark).is_ok_and(|before| before == now) {
        return Ok(Outcome::UpToDate);
    }
    work()?;
    let folder = mark.parent().context("a mark has a folder")?;
    fs::create_dir_all(folder)?;
    // Not the digest from before: a step may write an input, and must not run again for it.
    fs::write(&mark, digest(inputs)?)?;
    Ok(Outcome::Done)
}

fn mark(name: &str) -> PathBuf {
    Path::new("target/xtask").join(name)
}

fn digest(inputs: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        for path in files::below(input)? {
            path.hash(&mut hasher);
            fs::read(&path)
                .with_context(|| format!("reading {}", path.display()))?
                .hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_follows_contents_and_names() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let of = |folder: &Path| digest(&[folder.to_str().unwrap()]).unwrap();
        fs::write(folder.join("a"), "1").unwrap();
        let first = of(&folder);
        assert_eq!(of(&folder), first);
        fs::write(folder.join("a"), "2").unwrap();
        let second = of(&folder);
        assert_ne!(second, first);
        fs::rename(folder.join("a"), folder.join("b")).unwrap();
        assert_ne!(of(&folder), second);
        fs::remove_dir_all(&folder).unwrap();
    }
}
