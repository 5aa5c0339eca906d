//! Any bytes as a picture with a scene in it.

#![no_main]

use drawbridge_tests::hostile::watched;
use interchange::embedded::{in_png, in_svg, into_png, into_svg};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("picture", || look(bytes)));

fn look(bytes: &[u8]) {
    let _ = in_png(bytes);
    let _ = in_svg(bytes);
    if let Ok(png) = into_png(bytes, "{}") {
        assert_eq!(in_png(&png).as_deref(), Ok(&b"{}"[..]));
    }
    let svg = String::from_utf8_lossy(bytes);
    let _ = into_svg(&svg, "{}");
}
