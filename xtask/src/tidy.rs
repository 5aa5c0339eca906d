//! The invariants of ARCHITECTURE.md that a program can check.
//!
//! Owns the list of checks and what they look at; each lives in a file of its own, as a
//! function from sources to what is wrong with them, so that its tests show it failing.

use std::fmt;

use anyhow::{Result, bail};

use crate::files;

mod dependencies;
mod docs;
mod escapes;
mod links;
mod manifests;
mod names;
mod size;
mod sleeps;
mod typescript;
mod words;

/// A file of the repository.
pub(crate) struct Source {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
}

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    path: String,
    /// From 1; 0 when it is the whole file.
    line: usize,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.what),
            line => write!(out, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// A rule over all sources.
type Check = fn(&[Source]) -> Vec<Violation>;

const CHECKS: [Check; 10] = [
    docs::check,
    escapes::check,
    links::check,
    manifests::check,
    names::check,
    size::check,
    sleeps::check,
    typescript::check,
    typescript::check_pins,
    words::check,
];

/// Endings of the files that are looked at.
const TEXTS: [&str; 14] = [
    "css", "html", "js", "json", "lock", "md", "mjs", "rs", "sh", "svg", "toml", "ts", "tsx", "yml",
];

/// Runs every check and lists everything that is wrong.
pub(crate) fn run() -> Result<()> {
    let sources = gather()?;
    let mut wrong: Vec<Violation> = CHECKS.iter().flat_map(|check| check(&sources)).collect();
    wrong.extend(dependencies::check()?);
    println!("   {} files", sources.len());
    for violation in &wrong {
        println!("   {violation}");
    }
    if wrong.is_empty() {
        return Ok(());
    }
    bail!("{} things are out of order", wrong.len())
}

fn gather() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in files::below(".")? {
        if files::has_extension(&path, &TEXTS) {
            sources.push(Source {
                text: files::read(&path)?,
                path: path.to_string_lossy().replace('\\', "/"),
            });
        }
    }
    Ok(sources)
}

impl Source {
    fn is(&self, endings: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| endings.contains(&ending))
    }

    fn is_rust(&self) -> bool {
        self.is(&["rs"])
    }

    fn is_script(&self) -> bool {
        self.is(&["ts", "tsx", "mjs", "js"])
    }

    /// Whether the whole file is a test.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
            || self.path.starts_with("tests/")
            || self.path.contains("/tests/")
    }

    /// The lines of code with their numbers from 1: without comments, and without unit tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = if self.is_test() {
            0
        } else {
            self.tests_begin()
        };
        self.lines_without_comments()
            .filter(move |(number, _)| *number < end)
    }

    /// The lines of tests with their numbers from 1, without comments.
    fn tests(&self) -> impl Iterator<Item = (usize, &str)> {
        let begin = if self.is_test() {
            0
        } else {
            self.tests_begin()
        };
        self.lines_without_comments()
            .filter(move |(number, _)| *number >= begin)
    }

    fn tests_begin(&self) -> usize {
        self.text
            .lines()
            .position(|line| line.trim() == "#[cfg(test)]")
            .map_or(usize::MAX, |at| at + 1)
    }

    fn lines_without_comments(&self) -> impl Iterator<Item = (usize, &str)> {
        let comment = |line: &str| {
            let line = line.trim_start();
            line.starts_with("//") || line.starts_with("/*") || line.starts_with("* ")
        };
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(move |(_, line)| !comment(line))
    }

    fn violation(&self, line: usize, what: impl Into<String>) -> Violation {
        Violation {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }
}

/// Whether `line` contains `word` with no letter, digit or underscore on either side.
fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line
            .get(at + word.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a check says of one file, as text.
    pub(super) fn said(check: Check, path: &str, text: &str) -> Vec<String> {
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let wrong = check(&[source]);
        wrong.iter().map(Violation::to_string).collect()
    }

    #[test]
    fn words_have_edges() {
        assert!(has_word("use yrs::Doc;", "yrs"));
        assert!(!has_word("let keyrs = 1;", "yrs"));
        assert!(!has_word("let yrs_doc = 1;", "yrs"));
    }

    #[test]
    fn code_ends_where_tests_begin() {
        let source = Source {
            path: "board/src/x.rs".to_owned(),
            text: "//! x\nfn a() {}\n#[cfg(test)]\nmod tests {}\n".to_owned(),
        };
        let code: Vec<_> = source.code().collect();
        assert_eq!(code, [(2, "fn a() {}")]);
        let tests: Vec<_> = source.tests().map(|line| line.0).collect();
        assert_eq!(tests, [3, 4]);
    }

    #[test]
    fn every_source_here_is_read() {
        std::env::set_current_dir(files::root().unwrap()).unwrap();
        let sources = gather().unwrap();
        assert!(
            sources
                .iter()
                .any(|source| source.path == "xtask/src/tidy.rs")
        );
        assert!(
            !sources
                .iter()
                .any(|source| source.path.starts_with("target/"))
        );
    }
}
