//! Hostile input: a corpus, two ways to make more of it, and a room that must bear it.
//!
//! Used by the mutants (a seed at a time) and by the fuzzer (guided by coverage).

pub mod corpus;
pub mod forge;
pub mod mutate;
pub mod trial;
pub mod view;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook};
use std::sync::Once;

thread_local! {
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Says what failed, and nothing of the panics of the CRDT library that were caught: libFuzzer
/// would end at the first of those.
pub fn watched<T>(what: &str, work: impl FnOnce() -> T) -> T {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        set_hook(Box::new(|info| {
            LAST.with(|last| *last.borrow_mut() = info.to_string());
        }));
    });
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        eprintln!("{what}\n{}", LAST.with(RefCell::take));
        resume_unwind(panic)
    })
}
