//! Any bytes as a state vector, and the answer to it.

#![no_main]

use board::id::ClientId;
use board::replica::Replica;
use drawbridge_tests::hostile::watched;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("state_vector", || look(bytes)));

fn look(bytes: &[u8]) {
    let _ = Replica::new(ClientId::from_random(1)).diff(bytes);
}
