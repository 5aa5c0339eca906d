//! Any bytes as a state vector, and the answer to it from a document that holds something.

#![no_main]

use board::replica::Replica;
use board::scan;
use drawbridge_tests::hostile::{corpus, watched};

thread_local! {
    static DRAWN: Replica = corpus::drawn();
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("state_vector", || look(bytes)));

fn look(bytes: &[u8]) {
    if let Ok(diff) = DRAWN.with(|drawn| drawn.diff(bytes)) {
        scan::update(&diff).expect("a diff that can be read");
    }
}
