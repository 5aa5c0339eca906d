//! The page lends what a browser has and knows nothing of boards: it neither reads a frame
//! nor names an element kind. Its packages are pinned.

use super::{Source, Violation, has_word};

/// The files that read bytes: the paint interpreter, those that the engine wrote; and what turns a file
/// into text and back, which never asks what they mean.
const READERS: [&str; 2] = ["web/src/display-list.ts", "web/src/base64.ts"];

/// What reading a frame or an update would take.
const READING: [&str; 8] = [
    "DataView",
    "TextDecoder",
    "frame[",
    "frames[0][",
    "update[",
    "bytes[",
    "getUint8",
    ".charCodeAt(",
];

/// CRDT libraries and their codecs.
const LIBRARIES: [&str; 4] = ["yjs", "lib0", "y-protocols", "y-websocket"];

/// Where kinds are, one per file, each with its name.
const KINDS: &str = "board/src/element/";

/// The kind whose name means more than itself to a page: a clip's text, a field's.
const PLAIN: &str = "text";

/// Looks at the page's sources.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let kinds = kinds(sources);
    let page = |source: &&Source| source.path.starts_with("web/") && source.is_script();
    for source in sources.iter().filter(page) {
        for (number, line) in source.lines_without_comments() {
            let reads = READING.iter().any(|word| reads(line, word));
            if reads && !READERS.contains(&source.path.as_str()) {
                wrong.push(source.violation(number, "the page does not decode bytes"));
            }
            if LIBRARIES.iter().any(|name| quoted(line, name)) {
                wrong.push(source.violation(number, "the page knows no CRDT"));
            }
            // In `ui` a tool of the same name has its button.
            let kind = kinds.iter().any(|name| quoted(line, name));
            if kind && !source.path.starts_with("web/src/ui/") {
                wrong.push(source.violation(number, "the page knows no element kind"));
            }
        }
    }
    wrong
}

/// The names of all kinds, as the files that own them say.
fn kinds(sources: &[Source]) -> Vec<&str> {
    let files = sources.iter().filter(|file| file.path.starts_with(KINDS));
    let lines = files.flat_map(|file| file.text.lines());
    let named = lines.filter(|line| line.starts_with("pub const ") && line.contains("NAME: &str"));
    let names = named.filter_map(|line| line.split('"').nth(1));
    names.filter(|name| *name != PLAIN).collect()
}

fn reads(line: &str, word: &str) -> bool {
    match word.ends_with('[') || word.ends_with('(') {
        true => line.contains(word),
        false => has_word(line, word),
    }
}

fn quoted(line: &str, name: &str) -> bool {
    ['"', '\'', '`'].iter().any(|quote| {
        line.contains(&format!("{quote}{name}{quote}"))
            || line.contains(&format!("from {quote}{name}/"))
    })
}

/// Looks at `package.json` and its lockfile: exact versions, and no registry written down.
pub(super) fn check_pins(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for source in sources {
        let lock = source.path.ends_with("package-lock.json");
        let manifest = source.path.ends_with("package.json");
        for (number, line) in source.text.lines().enumerate() {
            let ranged = ["\": \"^", "\": \"~", "\": \"*", "\": \"latest"];
            if manifest && ranged.iter().any(|range| line.contains(range)) {
                wrong.push(source.violation(number + 1, "a version that is not exact"));
            }
            if lock && line.contains("\"resolved\": \"http") {
                wrong.push(source.violation(number + 1, "the lockfile names a registry"));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::said;

    #[test]
    fn a_page_that_knows_too_much_is_found() {
        let bad = [
            ("const view = new DataView(frame.buffer);", "decode"),
            ("if (frame[0] === 103) return;", "decode"),
            ("import * as Y from \"yjs\";", "CRDT"),
            ("import { readVarUint } from 'lib0/decoding';", "CRDT"),
        ];
        for (line, what) in bad {
            let said = said(check, "web/src/socket.ts", &format!("/** x */\n{line}\n"));
            assert_eq!(said.len(), 1, "{line}: {said:?}");
            assert!(said.iter().all(|text| text.contains(what)), "{said:?}");
        }
    }

    #[test]
    fn a_page_that_names_a_kind_is_found() {
        let source = |path: &str, text: &str| Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let kind = source(
            "board/src/element/frame.rs",
            "pub const NAME: &str = \"frame\";\n",
        );
        let page = "if (element.kind === 'frame') return;\n";
        let said = check(&[kind, source("web/src/socket.ts", page)]);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said.iter().all(|one| one.what.contains("element kind")));
    }

    #[test]
    fn every_kind_has_a_name_to_look_for() {
        std::env::set_current_dir(crate::files::root().unwrap()).unwrap();
        let sources = crate::tidy::gather().unwrap();
        let kinds = kinds(&sources);
        assert!(
            ["rectangle", "ellipse", "ink"]
                .iter()
                .all(|kind| kinds.contains(kind)),
            "{kinds:?}"
        );
    }

    #[test]
    fn buttons_and_the_interpreter_are_allowed() {
        let button = "const tool = \"rectangle\";\n";
        assert!(said(check, "web/src/ui/toolbar.tsx", button).is_empty());
        let decoder = "const text = new TextDecoder().decode(bytes);\n";
        for reader in READERS {
            assert!(said(check, reader, decoder).is_empty());
        }
        assert!(said(check, "tests/browser/a.ts", "import * as Y from \"yjs\";\n").is_empty());
    }

    #[test]
    fn a_loose_version_is_found() {
        let said_of = |path, text| said(check_pins, path, text).len();
        assert_eq!(said_of("package.json", "  \"vite\": \"^8.0.0\"\n"), 1);
        assert_eq!(said_of("package.json", "  \"vite\": \"8.0.0\"\n"), 0);
        let resolved = "  \"resolved\": \"https://example.org/vite.tgz\"\n";
        assert_eq!(said_of("package-lock.json", resolved), 1);
        assert_eq!(said_of("package-lock.json", "  \"vite\": \"^8.0.0\"\n"), 0);
    }
}
