//! Any bytes as awareness: what is read must be the same when it is written and read again.

#![no_main]

use board::presence;
use drawbridge_tests::hostile::watched;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("awareness", || look(bytes)));

fn look(bytes: &[u8]) {
    if let Ok(entries) = presence::decode(bytes) {
        assert_eq!(presence::decode(&presence::encode(&entries)), Ok(entries));
    }
}
