//! Any bytes as a scene or library of Excalidraw: what is taken must be written and read once more.

#![no_main]

use std::borrow::Cow;

use board::id::ClientId;
use board::style::Color;
use drawbridge_tests::hostile::watched;
use interchange::excalidraw::{self, Options, Shown};
use interchange::{Bundle, fresh, library};
use scene::Scene;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| watched("scene", || look(bytes)));

fn look(bytes: &[u8]) {
    let mut bits = 0;
    let mut random = || {
        bits += 0x9e37_79b9_7f4a_7c15;
        bits
    };
    if let Ok(bundle) = library::read(bytes, &mut random) {
        written(bundle, &mut random);
    }
    if let Ok(bundle) = excalidraw::read(bytes, &mut random) {
        let scene = written(bundle, &mut random);
        excalidraw::read(scene.as_bytes(), &mut random).expect("a scene that was written is read");
    }
}

/// A bundle on a board, as a scene.
fn written(bundle: Bundle, random: &mut dyn FnMut() -> u128) -> String {
    let Bundle { records, files, .. } = bundle;
    let document = fresh::of_records(records, "", &files, ClientId::from_random(1), random);
    let scene = Scene::rebuild(&document);
    let nodes = scene.in_order().into_iter();
    let shown = nodes.map(|node| Shown {
        element: node.element(),
        stored: node.stored(),
    });
    let options = Options {
        source: "",
        now: 0.0,
        background: Color::NONE,
    };
    let find = |hash: &board::file::FileHash| {
        let file = files.iter().find(|file| file.hash == *hash);
        file.map(|file| Cow::Borrowed(file.bytes.as_slice()))
    };
    excalidraw::write(&shown.collect::<Vec<_>>(), &find, &options).text
}
