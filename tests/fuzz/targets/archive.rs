//! Any bytes as a board's file: what is taken must be written and read once more.

#![no_main]

use drawbridge_tests::hostile::watched;
use interchange::archive::{read, write};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("archive", || look(bytes)));

fn look(bytes: &[u8]) {
    if let Ok(archive) = read(bytes) {
        assert_eq!(read(&write(&archive)), Ok(archive));
    }
}
