//! Any bytes as an SVG: what is taken must stand on a board.

#![no_main]

use board::id::ClientId;
use drawbridge_tests::hostile::watched;
use interchange::{fresh, svg};
use scene::Scene;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("svg", || look(bytes)));

fn look(bytes: &[u8]) {
    let mut bits = 0;
    let mut random = || {
        bits += 0x9e37_79b9_7f4a_7c15;
        bits
    };
    if let Ok(bundle) = svg::read(bytes, &mut random) {
        let count = bundle.records.len();
        let client = ClientId::from_random(1);
        let document = fresh::of_records(bundle.records, "", &bundle.files, client, &mut random);
        assert_eq!(Scene::rebuild(&document).in_order().len(), count);
    }
}
