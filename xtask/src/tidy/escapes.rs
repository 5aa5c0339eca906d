//! Ways around a check leave a reason beside them.

use super::{Source, Violation};

/// Ways around the type checker, which are not taken at all.
const UNTYPED: [&str; 5] = ["@ts-ignore", "@ts-nocheck", ": any", "as any", "<any>"];

/// Looks at attributes of Rust and at types of TypeScript.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let own = "xtask/src/tidy/escapes.rs";
    for source in sources.iter().filter(|source| source.path != own) {
        if source.path.ends_with("/mod.rs") {
            wrong.push(source.violation(0, "`x/mod.rs` is written `x.rs`"));
        }
        let mut before = "";
        for (at, line) in source.text.lines().enumerate() {
            if source.is_rust() && unreasoned(line, before) {
                wrong.push(source.violation(at + 1, "a lint is allowed without a reason"));
            }
            if source.is_script() && UNTYPED.iter().any(|way| untyped(line, way)) {
                wrong.push(source.violation(at + 1, "a way around the type checker"));
            }
            before = line;
        }
    }
    wrong
}

/// A reason is a comment in the line before or behind, or the attribute's own.
fn unreasoned(line: &str, before: &str) -> bool {
    let attribute = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
    let trimmed = line.trim_start();
    let allows = attribute.iter().any(|start| trimmed.starts_with(start));
    let reasoned = line.contains("reason") || line.contains("//") || trimmed.ends_with("(");
    let said_before = before.trim_start().starts_with("//");
    allows && !reasoned && !said_before
}

fn untyped(line: &str, way: &str) -> bool {
    if line.trim_start().starts_with(['*', '/']) && !way.starts_with('@') {
        return false;
    }
    line.match_indices(way).any(|(at, _)| {
        // A type ends here; the word in a sentence goes on.
        let rest = line.get(at + way.len()..).unwrap_or("").trim_start();
        way.starts_with('@')
            || rest.is_empty()
            || rest.starts_with([';', ',', ')', '=', '|', '&', '>', '[', '{'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::said;

    #[test]
    fn an_unreasoned_allowance_is_found() {
        let bare = "//! x\n\n#[allow(dead_code)]\nfn a() {}\n";
        assert_eq!(
            said(check, "a.rs", bare),
            ["a.rs:3: a lint is allowed without a reason"]
        );
        let commented = "//! x\n\n// Used by one target only.\n#[allow(dead_code)]\nfn a() {}\n";
        assert!(said(check, "a.rs", commented).is_empty());
        let own = "//! x\n\n#[expect(dead_code, reason = \"later\")]\nfn a() {}\n";
        assert!(said(check, "a.rs", own).is_empty());
    }

    #[test]
    fn an_untyped_value_is_found() {
        for line in [
            "const a: any = 1;",
            "use(b as any);",
            "// @ts-ignore it is fine",
        ] {
            assert_eq!(said(check, "a.ts", line).len(), 1, "{line}");
        }
        for line in [
            "const a: anything = 1;",
            " * Works for: any size.",
            "label=\"b: any colour\"",
        ] {
            assert!(said(check, "a.ts", line).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_mod_file_is_found() {
        assert_eq!(said(check, "board/src/element/mod.rs", "//! x\n").len(), 1);
    }
}
