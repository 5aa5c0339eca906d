//! Asking the system's package manager for what the tests need.
//!
//! Owns how each of them is asked; knows no package.

use std::path::Path;

use anyhow::Result;

use crate::process::program;

/// Installs packages that are called the same everywhere; false when no manager is known here.
pub(crate) fn install(names: &[&str]) -> Result<bool> {
    let there = |path: &str| Path::new(path).exists();
    if there("/usr/bin/apt-get") {
        privileged(&["apt-get", "update", "-qq"], &[])?;
        privileged(&["apt-get", "install", "-y", "-qq"], names)?;
    } else if there("/usr/bin/dnf") {
        privileged(&["dnf", "install", "-y"], names)?;
    } else if there("/usr/bin/pacman") {
        privileged(&["pacman", "-S", "--noconfirm"], names)?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

fn privileged(line: &[&str], names: &[&str]) -> Result<()> {
    let root = program("id").args(["-u"]).output()?.trim() == "0";
    let line = [line, names].concat();
    let (first, rest) = match line.split_first() {
        Some((first, rest)) if root => (*first, rest.to_vec()),
        _ => ("sudo", [&["-n"], line.as_slice()].concat()),
    };
    program(first)
        .args(rest)
        // Or a package may stop to ask something that nobody hears.
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run()
}
