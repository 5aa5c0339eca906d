//! Real beginnings of files, broken ones, and whatever proptest makes of them.

use proptest::prelude::*;

use super::*;

fn is(media: Media, width: u32, height: u32) -> Result<Picture, Unfit> {
    Ok(Picture {
        media,
        width,
        height,
    })
}

fn a_png(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend(b"\x08\x06\0\0\0");
    file
}

/// With an Exif segment that says how it is turned, and a frame of 640 × 480.
fn a_jpeg(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0]);
    let mut file = vec![0xff, 0xd8, 0xff, 0xff, 0xe1, 0];
    file.push(u8::try_from(exif.len() + 2).unwrap());
    file.extend(exif);
    file.extend(b"\xff\xc4\0\x04\0\0\xff\xc2\0\x11\x08\x01\xe0\x02\x80\x03");
    file
}

fn a_webp(chunk: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [b"RIFF\0\0\0\0WEBP", &chunk[..], b"\0\0\0\0", data].concat()
}

fn pictures() -> Vec<(Vec<u8>, Picture)> {
    let vp8 = b"\0\0\0\x9d\x01\x2a\x40\x01\xf0\0";
    let lossless = b"\x2f\x3f\xc1\x3b\0\0\0\0\0\0";
    let extended = b"\x10\0\0\0\x3f\x01\0\xef\0\0";
    let svg = b"<?xml version='1.0'?><!-- x --><svg width=\"320\" height=\"240\">";
    let of = |media, width, height| is(media, width, height).unwrap();
    vec![
        (a_png(320, 240), of(Media::Png, 320, 240)),
        (a_jpeg(1), of(Media::Jpeg, 640, 480)),
        (b"GIF89a\x40\x01\xf0\0\0".to_vec(), of(Media::Gif, 320, 240)),
        (a_webp(b"VP8 ", vp8), of(Media::Webp, 320, 240)),
        (a_webp(b"VP8L", lossless), of(Media::Webp, 320, 240)),
        (a_webp(b"VP8X", extended), of(Media::Webp, 320, 240)),
        (svg.to_vec(), of(Media::Svg, 320, 240)),
    ]
}

#[test]
fn a_picture_is_told_from_its_first_bytes_and_never_wrongly_from_fewer() {
    for (file, picture) in pictures() {
        assert_eq!(look_at_all(&file), Ok(picture));
        let mut needed = file.len();
        for length in (0..file.len()).rev() {
            match look(&file[..length]) {
                Ok(None) => {}
                Ok(Some(early)) => {
                    assert_eq!(early, picture);
                    needed = length;
                }
                Err(error) => panic!("{picture:?}: {error} at {length}"),
            }
        }
        assert!(needed > 8, "{picture:?}");
    }
}

#[test]
fn a_photograph_on_its_side_is_as_it_is_shown() {
    assert_eq!(look_at_all(&a_jpeg(6)), is(Media::Jpeg, 480, 640));
    assert_eq!(look_at_all(&a_jpeg(3)), is(Media::Jpeg, 640, 480));
}

#[test]
fn an_svg_is_as_large_as_browsers_make_it() {
    for (root, size) in [
        ("", (300, 150)),
        ("width='10'", (10, 150)),
        ("viewBox='0 0 20 40'", (20, 40)),
        ("viewBox='0,0 20,40' width='10px'", (10, 20)),
        ("viewBox=\"0 0 20 40\" height = '10'", (5, 10)),
        ("width='100%' height='100%' viewBox='0 0 7 9'", (7, 9)),
        ("width='1in' height='2.54cm'", (96, 96)),
        ("width='72pt' height='1e2'", (96, 100)),
        ("width='-3' height='x' viewBox='0 0 0 0'", (300, 150)),
        ("width='0.2' height='0.2'", (1, 1)),
    ] {
        let file = format!("\u{feff}<!DOCTYPE svg [<!ENTITY a 'b>'>]>\n<svg {root}/>");
        let (width, height) = size;
        assert_eq!(
            look_at_all(file.as_bytes()),
            is(Media::Svg, width, height),
            "{root}"
        );
    }
}

#[test]
fn what_is_no_picture_or_too_large_is_refused() {
    for file in [
        &b"<html><svg>"[..],
        b"<svgx>",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\x00\x00",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"%PDF-1.7",
        b"MZ\x90\0\x03",
        b"GIF89a\0\0\0\0",
        b"<svg a=b>",
    ] {
        assert_eq!(look(file), Err(Unfit::Unknown), "{file:?}");
    }
    assert_eq!(look_at_all(b""), Err(Unfit::Unknown));
    assert_eq!(look(&a_png(8000, 8001)), Err(Unfit::Large));
    assert_eq!(look_at_all(&a_png(8000, 8000)), is(Media::Png, 8000, 8000));
    let endless = vec![b' '; MAX_HEAD];
    assert_eq!(look(&endless), Err(Unfit::Unknown));
    assert_eq!(look(&endless[1..]), Ok(None));
}

proptest! {
    #[test]
    fn nothing_panics_and_more_bytes_change_no_answer(
        which in 0..7_usize,
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        more in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let (mut file, _) = pictures().swap_remove(which);
        for (at, byte) in breaks {
            let at = at.index(file.len());
            file[at] = byte;
        }
        file.extend(more);
        let whole = look(&file);
        for length in 0..file.len() {
            match look(&file[..length]) {
                Ok(None) => {}
                early => prop_assert_eq!(early, whole, "at {}", length),
            }
        }
    }

    #[test]
    fn no_bytes_panic(file in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = look(&file);
    }

    #[test]
    fn no_text_panics(file in "[<>!?/\\-a-zé='\" \\[\\]0-9.]{0,60}") {
        let _ = look(format!("<svg {file}").as_bytes());
        let _ = look(format!("<!DOCTYPE {file}").as_bytes());
    }
}
