//! Scenes in pictures.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use interchange::Refused;
use interchange::embedded::{in_png, in_svg, into_png, into_svg};
use proptest::prelude::*;

const SVG: &str = r#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4" height="3"/></svg>"#;
/// Nothing but letters that are one byte in no encoding.
const SCENE: &str = r#"{"type":"excalidraw","elements":[],"words":"Größe 你好 🌊"}"#;

/// A picture of one pixel.
fn png() -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut sum = crc32fast::Hasher::new();
        sum.update(kind);
        sum.update(data);
        let length = (data.len() as u32).to_be_bytes();
        [&length[..], kind, data, &sum.finalize().to_be_bytes()].concat()
    };
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0];
    let mut pixels = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    pixels.write_all(&[0, 1, 2, 3]).unwrap();
    let chunks = [
        chunk(b"IHDR", &header),
        chunk(b"IDAT", &pixels.finish().unwrap()),
        chunk(b"IEND", b""),
    ];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

#[test]
fn a_scene_comes_out_of_a_picture_as_it_went_in() {
    let with = into_png(&png(), SCENE).unwrap();
    assert_eq!(in_png(&with).unwrap(), SCENE.as_bytes());
    assert!(
        board::picture::look_at_all(&with).is_ok(),
        "it is a picture still"
    );
    let svg = into_svg(SVG, SCENE).unwrap();
    assert_eq!(in_svg(svg.as_bytes()).unwrap(), SCENE.as_bytes());
    assert!(board::picture::look_at_all(svg.as_bytes()).is_ok());
}

#[test]
fn another_scene_takes_the_place_of_the_one_that_was_there() {
    let twice = into_png(&into_png(&png(), "{}").unwrap(), SCENE).unwrap();
    assert_eq!(twice, into_png(&png(), SCENE).unwrap());
    let twice = into_svg(&into_svg(SVG, "{}").unwrap(), SCENE).unwrap();
    assert_eq!(twice, into_svg(SVG, SCENE).unwrap());
}

#[test]
fn pictures_of_old_programs_are_read() {
    // The scene itself, without anything around it.
    let text = [
        b"application/vnd.excalidraw+json\0".as_slice(),
        br#"{"type":"excalidraw"}"#,
    ]
    .concat();
    let mut old = png();
    let end = old.len() - 12;
    let chunk = [
        &(text.len() as u32).to_be_bytes()[..],
        b"tEXt",
        &text,
        &[0; 4],
    ]
    .concat();
    old.splice(end..end, chunk);
    assert_eq!(in_png(&old).unwrap(), br#"{"type":"excalidraw"}"#);
    use base64::Engine as _;
    let utf8 = base64::engine::general_purpose::STANDARD.encode(
        r#"{"version":"1","encoding":"bstring","compressed":false,"encoded":"{\"a\":\"Ã¼\"}"}"#,
    );
    let old = SVG.replace("<rect", &format!(
        "<metadata><!-- payload-type:application/vnd.excalidraw+json --><!-- payload-version:1 -->\n<!-- payload-start -->\n{utf8}\n<!-- payload-end --></metadata><rect"
    ));
    assert_eq!(in_svg(old.as_bytes()).unwrap(), r#"{"a":"ü"}"#.as_bytes());
}

#[test]
fn pictures_without_a_scene_say_so() {
    assert_eq!(in_png(&png()), Err(Refused::NoScene));
    assert_eq!(in_svg(SVG.as_bytes()), Err(Refused::NoScene));
    assert_eq!(in_png(b"GIF89a"), Err(Refused::Foreign("PNG")));
    assert_eq!(into_svg("<html>", SCENE), Err(Refused::Foreign("SVG")));
    let odd = SVG.replace("<rect", "<!-- payload-type:application/vnd.excalidraw+json --><!-- payload-start -->%%<!-- payload-end --><rect");
    assert_eq!(
        in_svg(odd.as_bytes()),
        Err(Refused::Broken("scene in the picture"))
    );
}

#[test]
fn chunks_that_lie_about_their_length_are_refused() {
    let with = into_png(&png(), SCENE).unwrap();
    let text = with.windows(4).position(|four| four == b"tEXt").unwrap() - 4;
    for length in [0u32, 1, 7, 0x7fff_ffff, u32::MAX, u32::MAX - 11] {
        let mut lying = with.clone();
        lying[text..text + 4].copy_from_slice(&length.to_be_bytes());
        assert!(in_png(&lying).is_err(), "{length}");
        assert!(into_png(&lying, SCENE).is_err(), "{length}");
    }
}

#[test]
fn a_scene_that_swells_beyond_bounds_is_refused() {
    let mut bomb = ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    (0..140).for_each(|_| bomb.write_all(&zeros).unwrap());
    let encoded: String = bomb.finish().unwrap().into_iter().map(char::from).collect();
    let packed = serde_json::json!({"version": "1", "encoding": "bstring", "compressed": true, "encoded": encoded});
    let bytes: Vec<u8> = packed.to_string().chars().map(|c| c as u32 as u8).collect();
    use base64::Engine as _;
    let payload = base64::engine::general_purpose::STANDARD.encode(bytes);
    let svg = format!(
        "<svg><!-- payload-type:application/vnd.excalidraw+json --><!-- payload-version:2 --><!-- payload-start -->{payload}<!-- payload-end --></svg>"
    );
    assert!(svg.len() < 1 << 20);
    assert!(matches!(in_svg(svg.as_bytes()), Err(Refused::Large { .. })));
}

proptest! {
    #[test]
    fn damaged_pictures_are_refused_or_read(at in any::<usize>(), byte: u8, cut in any::<usize>()) {
        for whole in [into_png(&png(), SCENE).unwrap(), into_svg(SVG, SCENE).unwrap().into_bytes()] {
            let mut bytes = whole.clone();
            bytes[at % whole.len()] = byte;
            bytes.truncate(cut % whole.len());
            let (_, _) = (in_png(&bytes), in_svg(&bytes));
            let _ = into_png(&bytes, SCENE);
        }
    }
}
