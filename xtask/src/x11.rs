//! What the browser tests with a real pointer need: a display, a mouse and marked words of X11.
//!
//! Owns that they are asked for once. Without them these tests are left out.

use std::env::{split_paths, var_os};

use crate::packages;

/// The programs, and the packages of Debian that have them.
const TOOLS: [(&str, &str); 3] = [("Xvfb", "xvfb"), ("xdotool", "xdotool"), ("xclip", "xclip")];

/// Asks the system's package manager for what is missing, and says what stays missing.
pub(crate) fn ask() {
    let wanted = missing();
    if !cfg!(target_os = "linux") || wanted.is_empty() {
        return;
    }
    println!(
        "   asking the system's package manager for {}",
        wanted.join(", ")
    );
    if let Err(error) = packages::install(&wanted) {
        println!("   it refused: {error:#}");
    }
    if !missing().is_empty() {
        println!("   the tests with a real pointer are left out");
    }
}

fn missing() -> Vec<&'static str> {
    let path = var_os("PATH").unwrap_or_default();
    let has = |name: &str| split_paths(&path).any(|folder| folder.join(name).is_file());
    let missing = TOOLS.iter().filter(|(program, _)| !has(program));
    missing.map(|(_, package)| *package).collect()
}
