//! Tests wait for conditions, never for time.

use super::{Source, Violation};

/// What waiting for time looks like.
const WAITS: [&str; 5] = [
    "sleep(",
    "waitForTimeout",
    "setTimeout(",
    "setInterval(",
    "timers/promises",
];

/// Helpers that may, each with its reason.
const HELPERS: [(&str, &str); 3] = [
    (
        "tests/conformance/support.mjs",
        "polls a condition, up to a limit",
    ),
    (
        "tests/load/server.rs",
        "no test; waits until a server listens",
    ),
    (
        "tests/load/large.rs",
        "no test; y-sweet writes to its disk by the clock",
    ),
];

/// Looks at tests of every language.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let mut wrong = Vec::new();
    for source in sources {
        let helper = HELPERS.iter().any(|(path, _)| *path == source.path);
        if helper || !(source.is_rust() || source.is_script()) {
            continue;
        }
        for (number, line) in source.tests() {
            let own = source.path == "xtask/src/tidy/sleeps.rs";
            if !own && WAITS.iter().any(|wait| line.contains(wait)) {
                let what = "a test waits for time: wait for a condition";
                wrong.push(source.violation(number, what));
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
    fn a_sleeping_test_is_found() {
        let rust = "//! x\n#[cfg(test)]\nmod tests {\n    std::thread::sleep(A_BIT);\n}\n";
        assert_eq!(
            said(check, "server/src/room.rs", rust),
            ["server/src/room.rs:4: a test waits for time: wait for a condition"]
        );
        let page = "/** x */\nawait page.waitForTimeout(100);\n";
        assert_eq!(said(check, "tests/browser/draw.spec.ts", page).len(), 1);
        let node = "/** x */\nawait new Promise((done) => setTimeout(done, 5));\n";
        assert_eq!(
            said(check, "tests/conformance/sync.test.mjs", node).len(),
            1
        );
    }

    #[test]
    fn code_may_use_timers() {
        let page = "/** x */\nsetTimeout(reconnect, delay);\n";
        assert!(said(check, "web/src/socket.ts", page).is_empty());
        let rust = "//! x\nfn a() {\n    thread::sleep(TICK);\n}\n";
        assert!(said(check, "xtask/src/server.rs", rust).is_empty());
    }
}
