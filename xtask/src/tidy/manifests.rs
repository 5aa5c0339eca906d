//! Every crate obeys the workspace's lints.

use super::{Source, Violation};

/// Looks at the crates' manifests.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    sources
        .iter()
        .filter(|source| source.path.ends_with("/Cargo.toml"))
        .filter(|source| !source.text.contains("[lints]\nworkspace = true"))
        .map(|source| source.violation(0, "no `[lints] workspace = true`"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::said;

    #[test]
    fn a_crate_without_lints_is_found() {
        let bare = "[package]\nname = \"a\"\n";
        let wrong = ["a/Cargo.toml: no `[lints] workspace = true`"];
        assert_eq!(said(check, "a/Cargo.toml", bare), wrong);
        let obedient = format!("{bare}\n[lints]\nworkspace = true\n");
        assert!(said(check, "a/Cargo.toml", &obedient).is_empty());
    }
}
