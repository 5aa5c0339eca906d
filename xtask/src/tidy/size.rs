//! Files and functions stay small enough to read in one go.
//!
//! Functions are found by indentation, which the formatters keep: one starts at a line that
//! opens it and ends at the next line that is its indentation and a closing brace.

use super::{Source, Violation};

const FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 70;

/// Looks at Rust and TypeScript.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for source in sources {
        if !(source.is_rust() || source.is_script()) {
            continue;
        }
        let lines = source.text.lines().count();
        if lines > FILE_LINES {
            let what = format!("{lines} lines are more than {FILE_LINES}");
            wrong.push(source.violation(0, what));
        }
        wrong.extend(functions(source).filter_map(|(line, length)| {
            let what = format!("a function of {length} lines; {FUNCTION_LINES} are the most");
            (length > FUNCTION_LINES).then(|| source.violation(line, what))
        }));
    }
    wrong
}

/// The first line of every function, and how many lines it has.
fn functions(source: &Source) -> impl Iterator<Item = (usize, usize)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !opens(source, line) {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let length = lines.iter().skip(at).position(|line| closes(line, indent));
        if let Some(length) = length {
            found.push((at + 1, length + 1));
        }
    }
    found.into_iter()
}

fn opens(source: &Source, line: &str) -> bool {
    let line = line.trim();
    if line.ends_with(';') || line.ends_with('}') {
        return false;
    }
    if source.is_rust() {
        let words = line.split('(').next().unwrap_or(line).split(' ');
        let mut before = words.take_while(|word| *word != "fn");
        let qualifier = |word: &str| {
            word.starts_with("pub") || ["async", "const", "unsafe", "extern"].contains(&word)
        };
        return line.contains("fn ") && before.all(qualifier);
    }
    let line = line
        .trim_start_matches("export ")
        .trim_start_matches("default ");
    let line = line.trim_start_matches("async ");
    line.starts_with("function ")
        || (line.starts_with("const ") && line.ends_with("=> {"))
        || method(line)
}

/// `name(…): Type {` in a class, which is no statement.
fn method(line: &str) -> bool {
    let name = line.split('(').next().unwrap_or("");
    let statement = ["if ", "for ", "while ", "switch ", "catch ", "return "];
    line.ends_with('{')
        && line.contains('(')
        && !name.is_empty()
        && !statement.iter().any(|word| line.starts_with(word))
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || " _#$<>".contains(c))
}

fn closes(line: &str, indent: usize) -> bool {
    let brace = line.trim_start();
    line.len() - brace.len() == indent && brace.starts_with('}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::said;

    #[test]
    fn a_long_file_is_found() {
        let text = "//! x\n".repeat(FILE_LINES + 1);
        assert_eq!(
            said(check, "a.rs", &text),
            ["a.rs: 601 lines are more than 600"]
        );
        assert!(said(check, "a.rs", &"//! x\n".repeat(FILE_LINES)).is_empty());
        assert!(said(check, "a.md", &text).is_empty());
    }

    #[test]
    fn a_long_function_is_found() {
        let body = "        one();\n".repeat(FUNCTION_LINES - 1);
        let heads = [
            ("a.rs", "    pub(crate) fn a(&self) -> u32 {"),
            ("a.rs", "    const fn a() {"),
            ("a.ts", "    export async function a(b: string): void {"),
            ("a.ts", "    export const a = (b: string) => {"),
            ("a.ts", "    #a(b: string): void {"),
        ];
        for (path, head) in heads {
            let long = format!("{head}\n{body}    }}\n");
            let wrong = format!("{path}:1: a function of 71 lines; 70 are the most");
            assert_eq!(said(check, path, &long), [wrong], "{head}");
            let short = long.replacen("        one();\n", "", 1);
            assert!(said(check, path, &short).is_empty(), "{head}");
        }
    }

    #[test]
    fn what_is_no_function_may_be_long() {
        let body = "        1,\n".repeat(FUNCTION_LINES);
        for head in ["    if (a) {", "    const table = {", "    enum A {"] {
            let text = format!("{head}\n{body}    }}\n");
            assert!(said(check, "a.ts", &text).is_empty(), "{head}");
        }
    }
}
