//! Where a word may be said: libraries stay behind the files that own them, and `board`
//! stays pure.

use super::{Source, Violation, has_word};

/// A word of code and the only places where it may stand.
struct Rule {
    words: &'static [&'static str],
    /// Where the rule holds, as the beginning of a path.
    within: &'static str,
    /// Where the word is allowed all the same.
    except: &'static [&'static str],
    why: &'static str,
}

/// What a crate may not name that does no I/O and reads no clock.
const IMPURE: &[&str] = &[
    "SystemTime",
    "Instant",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "getrandom",
    "fastrand",
    "async",
    "println",
];

const RULES: [Rule; 10] = [
    Rule {
        words: &["yrs"],
        within: "",
        except: &[
            "board/src/document",
            "board/src/history",
            "board/src/protocol",
            "board/src/replica",
            "board/src/scan",
            "board/src/schema",
        ],
        why: "the CRDT library is named only by the files that own the document",
    },
    Rule {
        words: &["wasm_bindgen", "js_sys", "web_sys"],
        within: "",
        except: &[
            "wasm-client/src/lib.rs",
            "wasm-client/src/boundary.rs",
            "wasm-client/src/rim",
            "wasm-brought/src/lib.rs",
            "wasm-pictures/src/lib.rs",
            "wasm-readers/src/lib.rs",
            "wasm-svg/src/lib.rs",
            "wasm-tldraw/src/lib.rs",
            "wasm-writers/src/lib.rs",
            "xtask/",
        ],
        why: "the browser is named only at the rims",
    },
    Rule {
        words: IMPURE,
        within: "board/src/",
        except: &[],
        why: "board does no I/O and reads no clock: time, ids and randomness are arguments",
    },
    Rule {
        words: IMPURE,
        within: "render/src/",
        except: &[],
        why: "a picture follows from its list: files and the time to stop are arguments",
    },
    Rule {
        words: IMPURE,
        within: "scene/src/",
        except: &[],
        why: "a scene follows from its document alone",
    },
    Rule {
        words: IMPURE,
        within: "clean-svg/src/",
        except: &[],
        why: "what is cleaned takes bytes and gives bytes, on every side",
    },
    Rule {
        words: IMPURE,
        within: "interchange/src/",
        except: &[],
        why: "readers take bytes and give records: time and random bits are arguments",
    },
    Rule {
        words: IMPURE,
        within: "elbow/src/",
        except: &[],
        why: "everybody computes the same way",
    },
    Rule {
        words: &[
            "SystemTime",
            "Instant",
            "std::fs",
            "std::net",
            "std::thread",
            "async",
        ],
        within: "wasm-client/src/",
        except: &[],
        why: "the editor does no I/O and reads no clock: time is an argument",
    },
    Rule {
        words: &["warp", "tokio", "rusqlite", "Instant", "SystemTime"],
        within: "server/src/room",
        except: &["server/src/rooms"],
        why: "a room is a pure state machine",
    },
];

/// Looks at Rust outside tests; comments may say anything.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for rule in &RULES {
        let bound = |source: &&Source| {
            let starts = |beginning: &&str| source.path.starts_with(*beginning);
            source.is_rust()
                && source.path != "xtask/src/tidy/names.rs"
                && source.path.starts_with(rule.within)
                && !rule.except.iter().any(starts)
        };
        for source in sources.iter().filter(bound) {
            for (number, line) in source.code() {
                if let Some(word) = rule.words.iter().find(|word| has_word(line, word)) {
                    let what = format!("`{word}` may not stand here: {}", rule.why);
                    wrong.push(source.violation(number, what));
                }
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
    fn a_library_outside_its_files_is_found() {
        let bad = [
            ("board/src/element/ink.rs", "use yrs::Doc;"),
            ("server/src/room.rs", "use yrs::Doc;"),
            ("wasm-client/src/editor.rs", "use wasm_bindgen::prelude::*;"),
            ("board/src/order.rs", "let now = std::time::Instant::now();"),
            ("board/src/order.rs", "let id = fastrand::u64(..);"),
            ("scene/src/scene.rs", "let id = fastrand::u64(..);"),
            ("render/src/png.rs", "let bytes = std::fs::read(path);"),
            ("wasm-client/src/tool/pen.rs", "async fn pen() {"),
            ("server/src/room/presence.rs", "use tokio::sync::mpsc;"),
        ];
        for (path, line) in bad {
            let text = format!("//! x\n{line}\n");
            let said = said(check, path, &text);
            assert_eq!(said.len(), 1, "{path}: {said:?}");
            assert!(said.iter().all(|what| what.contains(":2: `")), "{said:?}");
        }
    }

    #[test]
    fn owners_comments_and_tests_may_say_it() {
        let good = [
            ("board/src/replica.rs", "use yrs::Doc;"),
            ("board/src/replica/guard.rs", "use yrs::Doc;"),
            ("board/src/limits.rs", "/// What yrs takes."),
            (
                "board/src/order.rs",
                "#[cfg(test)]\nmod tests { use fastrand; }",
            ),
            ("wasm-client/src/lib.rs", "use wasm_bindgen::prelude::*;"),
            ("server/src/rooms.rs", "use tokio::sync::mpsc;"),
        ];
        for (path, line) in good {
            let text = format!("//! x\n{line}\n");
            assert!(said(check, path, &text).is_empty(), "{path}");
        }
    }
}
