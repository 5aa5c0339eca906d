//! Any bytes as a frame, of a client and of a server.

#![no_main]

use board::protocol;
use drawbridge_tests::hostile::watched;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("frame", || look(bytes)));

fn look(bytes: &[u8]) {
    let _ = protocol::decode_from_client(bytes);
    let _ = protocol::decode_from_server(bytes);
}
