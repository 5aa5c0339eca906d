//! Which crates may stand on which, followed through everything they depend on.

use anyhow::Result;

use super::Violation;
use crate::process::cargo;

/// Crates that do I/O, or that a browser would have to provide.
const NO_SERVER: [&str; 7] = [
    "hyper",
    "mio",
    "rusqlite",
    "tokio",
    "tokio-tungstenite",
    "tungstenite",
    "warp",
];

/// Asks cargo about the crates that run in a browser, for the host and for wasm32.
pub(super) fn check() -> Result<Vec<Violation>> {
    let mut wrong = Vec::new();
    for target in [None, Some("wasm32-unknown-unknown")] {
        for package in [
            "elbow",
            "board",
            "interchange",
            "render",
            "scene",
            "wasm-client",
        ] {
            let mut line = vec!["tree", "--locked", "--prefix", "none", "--edges", "normal"];
            line.extend(["--package", package]);
            line.extend(target.iter().flat_map(|target| ["--target", target]));
            wrong.extend(forbidden(
                package,
                &cargo().args(line).output()?,
                &NO_SERVER,
            ));
        }
    }
    // For wasm32 yrs itself brings wasm-bindgen, so this holds for the host.
    let line = ["tree", "--locked", "--prefix", "none", "--edges", "normal"];
    let tree = cargo().args(line).args(["--package", "board"]).output()?;
    let browser = ["js-sys", "wasm-bindgen", "web-sys", "getrandom"];
    wrong.extend(forbidden("board", &tree, &browser));
    Ok(wrong)
}

/// Every forbidden crate in a tree printed one crate per line.
fn forbidden(package: &str, tree: &str, names: &[&str]) -> Vec<Violation> {
    let mut found: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| names.contains(name))
        .collect();
    found.sort_unstable();
    found.dedup();
    let violation = |name: &str| Violation {
        path: format!("{package}/Cargo.toml"),
        line: 0,
        what: format!("`{package}` may not depend on `{name}`, not even through others"),
    };
    found.into_iter().map(violation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_crate_is_found_once() {
        let tree = "board v0.1.0\nyrs v0.28.1\ntokio v1.54.1\nmio v1.0.0\ntokio v1.54.1 (*)\n";
        let found = forbidden("board", tree, &NO_SERVER);
        let found: Vec<_> = found
            .iter()
            .map(|violation| violation.to_string())
            .collect();
        assert_eq!(
            found,
            [
                "board/Cargo.toml: `board` may not depend on `mio`, not even through others",
                "board/Cargo.toml: `board` may not depend on `tokio`, not even through others",
            ]
        );
        assert!(forbidden("board", "tokio-util v0.7.0\n", &NO_SERVER).is_empty());
    }

    #[test]
    fn the_server_shows_that_cargo_is_understood() {
        let line = ["tree", "--prefix", "none", "--edges", "normal"];
        let tree = cargo().args(line).args(["--package", "drawbridge-server"]);
        let found = forbidden("server", &tree.output().unwrap(), &NO_SERVER);
        assert!(found.len() >= 4, "{found:?}");
    }
}
