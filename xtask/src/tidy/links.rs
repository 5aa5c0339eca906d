//! Documents point at things that exist, inside this repository, and every decision can be
//! found from ARCHITECTURE.md.

use std::path::{Component, Path, PathBuf};

use super::{Source, Violation};

/// Beginnings of paths that exist on one machine only.
const MACHINE: [&str; 4] = ["/home/", "/root/", "/Users/", "/work/"];

/// Looks at Markdown for links and decisions, and at everything for machine paths.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for source in sources {
        if source.is(&["md"]) {
            wrong.extend(dead_links(source));
        }
        if source.path == "xtask/src/tidy/links.rs" {
            continue;
        }
        for (at, line) in source.text.lines().enumerate() {
            if MACHINE.iter().any(|path| names_path(line, path)) {
                wrong.push(source.violation(at + 1, "a path of one machine"));
            }
        }
    }
    wrong.extend(lost_decisions(sources));
    wrong
}

/// Whether the path starts there, rather than continuing a longer one such as a URL's.
fn names_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || "._-}".contains(c))
    })
}

fn dead_links(source: &Source) -> Vec<Violation> {
    let folder = Path::new(&source.path).parent().unwrap_or(Path::new(""));
    let mut wrong = Vec::new();
    for (at, line) in source.text.lines().enumerate() {
        for target in targets(line) {
            let file = target.split('#').next().unwrap_or(target);
            let remote = file.is_empty() || file.contains("://") || file.starts_with("mailto:");
            if !remote && !inside(&folder.join(file)) {
                let what = format!("the link to {target} leads nowhere");
                wrong.push(source.violation(at + 1, what));
            }
        }
    }
    wrong
}

/// What stands in the round brackets of `[…](…)`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next())
}

/// Whether the path exists and does not leave the repository.
fn inside(path: &Path) -> bool {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !plain.pop() => return false,
            Component::Normal(name) => plain.push(name),
            _ => {}
        }
    }
    plain.exists()
}

fn lost_decisions(sources: &[Source]) -> Vec<Violation> {
    let map = sources
        .iter()
        .find(|source| source.path == "ARCHITECTURE.md");
    let map = map.map_or("", |source| &source.text);
    let decision = |source: &&Source| source.path.starts_with("docs/decisions/");
    sources
        .iter()
        .filter(decision)
        .filter(|source| !map.contains(&source.path))
        .map(|source| source.violation(0, "ARCHITECTURE.md does not link to this decision"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::said;

    #[test]
    fn a_dead_link_is_found() {
        std::env::set_current_dir(crate::files::root().unwrap()).unwrap();
        let dead = "See [this](no-such-file.md) and [that](../../outside.md).\n";
        assert_eq!(said(check, "docs/a.md", dead).len(), 2);
        let live = "See [this](../Cargo.toml#x), [that](https://example.org/a), [below](#b).\n";
        assert!(said(check, "docs/a.md", live).is_empty());
    }

    #[test]
    fn a_machine_path_is_found() {
        let wrong = ["a.rs:1: a path of one machine"];
        assert_eq!(said(check, "a.rs", "//! Reads /home/ada/board.\n"), wrong);
        assert!(said(check, "a.rs", "//! Reads https://x.org/home/ada.\n").is_empty());
    }

    #[test]
    fn a_decision_that_cannot_be_found_is_found() {
        let source = |path: &str, text: &str| Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let decision = || source("docs/decisions/0009-paint.md", "Blue.\n");
        assert_eq!(lost_decisions(&[decision()]).len(), 1);
        let map = source("ARCHITECTURE.md", "[Paint](docs/decisions/0009-paint.md)\n");
        assert!(lost_decisions(&[map, decision()]).is_empty());
    }
}
