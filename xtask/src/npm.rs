//! Node and its packages.
//!
//! Owns `npm ci` and the calls of the tools it installs; says what to do when Node is missing.

use anyhow::{Context, Result, bail};

use crate::process::{Run, program};
use crate::report::Outcome;
use crate::stamp;

/// What the tools that build the page ask for.
const NODE: (u32, u32) = (20, 19);

/// Installs the packages of a folder's lockfile, if it changed since.
pub(crate) fn install(folder: &str) -> Result<Outcome> {
    check_node()?;
    let lock = format!("{folder}/package-lock.json");
    let mark = format!("npm-{}", folder.replace(['/', '.'], "-"));
    let modules = format!("{folder}/node_modules");
    stamp::unless_fresh(&mark, &[&lock], &[&modules], || {
        npm()
            .args(["ci", "--no-audit", "--no-fund"])
            .in_dir(folder)
            .run()
    })
}

/// npm itself.
pub(crate) fn npm() -> Run {
    program(exe("npm"))
}

/// A tool out of the root's `node_modules`.
pub(crate) fn tool(name: &str) -> Run {
    program(format!("node_modules/.bin/{}", exe(name)))
}

fn exe(name: &str) -> String {
    let ending = if cfg!(windows) { ".cmd" } else { "" };
    format!("{name}{ending}")
}

fn check_node() -> Result<()> {
    let said = program("node")
        .args(["--version"])
        .output()
        .context("Drawbridge's page needs Node 20.19 or newer: https://nodejs.org")?;
    let version = parse(&said).with_context(|| format!("`node --version` said {said:?}"))?;
    if version < NODE {
        bail!(
            "Node {} is too old: 20.19 or newer is needed, see https://nodejs.org",
            said.trim()
        );
    }
    Ok(())
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().strip_prefix('v')?.split('.');
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next()?.parse().ok()?;
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare() {
        assert_eq!(parse("v20.20.2\n"), Some((20, 20)));
        assert!(parse("v18.20.0").unwrap() < NODE);
        assert!(parse("v24.1.0").unwrap() > NODE);
        assert_eq!(parse("nonsense"), None);
    }
}
