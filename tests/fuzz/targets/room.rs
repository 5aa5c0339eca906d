//! Any bytes as hostile frames into a room: the first chooses what was said before, a length
//! of two bytes goes before each frame.

#![no_main]

use std::sync::LazyLock;

use drawbridge_tests::hostile::corpus;
use drawbridge_tests::hostile::trial::Trial;
use drawbridge_tests::hostile::watched;

/// What honest people may have said before.
static HONEST: LazyLock<Vec<Vec<Vec<u8>>>> = LazyLock::new(corpus::conversations);
/// More frames only make an input slow.
const MOST: usize = 8;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("room", || look(bytes)));

fn look(bytes: &[u8]) {
    let Some((&first, mut rest)) = bytes.split_first() else {
        return;
    };
    let honest = &HONEST[usize::from(first) % HONEST.len()];
    let mut trial = Trial::new(honest);
    for _ in 0..MOST {
        let Some((length, after)) = rest.split_first_chunk() else {
            break;
        };
        let length = usize::from(u16::from_le_bytes(*length)).min(after.len());
        let (frame, after) = after.split_at(length);
        trial.frame(frame);
        trial.check();
        rest = after;
    }
}
