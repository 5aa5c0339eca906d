//! Any bytes as an update on an empty board: what is taken must load again as the same.

#![no_main]

use board::id::ClientId;
use board::replica::{Ingested, Replica};
use drawbridge_tests::hostile::view;
use drawbridge_tests::hostile::watched;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("update", || look(bytes)));

fn look(bytes: &[u8]) {
    let mut replica = Replica::new(ClientId::from_random(1));
    if let Ok(Ingested::Applied { .. }) = replica.ingest(bytes) {
        let state = replica.encode();
        let mut copy = Replica::new(ClientId::from_random(2));
        copy.ingest(&state).expect("a state loads");
        assert_eq!(view::of(&copy.encode()), view::of(&state));
    }
}
