//! `drawbridge licences`: what may be done with what is in the binary.
//!
//! Owns the order in which it is said.

use render::FONT_LICENCES;

use crate::say;

const OWN: [(&str, &str); 2] = [
    ("MIT", include_str!("../../LICENSE-MIT")),
    ("Apache-2.0", include_str!("../../LICENSE-APACHE")),
];

/// Prints all of them.
pub(crate) fn print() {
    say(format_args!(
        "Drawbridge is under either of the licences MIT and Apache-2.0, as you like. The fonts in it are under \
         the SIL Open Font License 1.1.\n"
    ));
    let fonts = FONT_LICENCES.iter().copied();
    for (name, text) in OWN.into_iter().chain(fonts) {
        say(format_args!("==== {name} ====\n\n{}\n", text.trim()));
    }
}
