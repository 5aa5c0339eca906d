//! What is drawn in parts looks as what is drawn at once.

use board::display::{DisplayList, Op};
use board::style::Color;
use kurbo::{Point, Shape as _, Vec2};

use super::*;
use crate::fonts::Fonts;

/// Circles over one another, within boxes that clip them, some of which multiply with what is below.
fn circles() -> DisplayList {
    let mut list = DisplayList::new();
    for (place, mode) in (0_u32..40).zip([0_u32, 1, 0, 2].into_iter().cycle()) {
        let at = Point::new(f64::from(place) * 5.0, f64::from(place * 37 % 160));
        list.op(Op::Save, &[]);
        if place % 3 == 0 {
            let clip = Rect::from_center_size(at, (40.0, 20.0));
            list.path(&clip.to_path(1.0));
            list.op(Op::Clip, &[]);
        }
        list.op(Op::Blend, &[f64::from(mode)]);
        list.fill_color(Color(0x3060_90ff_u32.rotate_left(place) | 0x80));
        let first = Circle::new(at, 30.0).to_path(0.1);
        list.path(&first);
        list.op(Op::Fill, &[]);
        list.path(&Circle::new(at + Vec2::new(9.0, 4.0), 20.0).to_path(0.1));
        list.op(Op::Stroke, &[]);
        list.op(Op::Restore, &[]);
    }
    list
}

fn drawn(list: &DisplayList, most: usize, ground: bool) -> (Vec<[u8; 4]>, usize) {
    let mut sheet = Sheet::new(220, 180, most);
    if ground {
        let [r, g, b, a] = Color::INK.0.to_be_bytes();
        sheet
            .context
            .set_paint(AlphaColor::<Srgb>::from_rgba8(r, g, b, a));
        sheet.context.fill_rect(&sheet.all());
    }
    let (fonts, mut asked) = (Fonts::default(), 0);
    let mut go_on = || {
        asked += 1;
        true
    };
    let mut turns = Turns::new(&mut go_on);
    let around: (&Fonts, crate::work::Files<'_>) = (&fonts, &|_| None);
    play(list, Affine::IDENTITY, around, &mut sheet, &mut turns).unwrap();
    let pixels = sheet.drawn();
    let pixels = pixels.data().iter();
    let pixels = pixels.map(|pixel| [pixel.r, pixel.g, pixel.b, pixel.a]);
    (pixels.collect(), asked)
}

#[test]
fn what_is_drawn_in_parts_is_the_same_picture() {
    let list = circles();
    for ground in [true, false] {
        let (whole, once) = drawn(&list, usize::MAX, ground);
        let (parts, often) = drawn(&list, 60, ground);
        assert!(
            often > once + 20,
            "{often} times it was asked whether to go on"
        );
        let off = |(one, other): (&[u8; 4], &[u8; 4])| {
            let pairs = one.iter().zip(other);
            pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or_default()
        };
        let worst = whole.iter().zip(&parts).map(off).max();
        assert!(worst <= Some(3), "ground {ground}: {worst:?} of 255");
    }
}

#[test]
fn one_thing_that_alone_is_too_much_is_refused() {
    let mut list = DisplayList::new();
    let mut zigzag = BezPath::new();
    zigzag.move_to((0.0, 0.0));
    for turn in 0..20_000 {
        zigzag.line_to((
            f64::from(turn) * 0.2,
            if turn % 2 == 0 { 4000.0 } else { 0.0 },
        ));
    }
    list.path(&zigzag);
    list.op(Op::Stroke, &[]);
    let picture = Picture {
        size: kurbo::Size::new(4000.0, 4000.0),
        list,
        ground: None,
    };
    let mut work = Work {
        fonts: &Fonts::default(),
        scale: 1.0,
        files: &|_| None,
        go_on: &mut || true,
    };
    assert_eq!(png(&picture, &mut work), Err(Unmade::Much));
}
