//! What becomes of elements that are moved, resized, wrapped and turned.

use std::f64::consts::FRAC_PI_2;

use proptest::prelude::*;

use super::*;
use crate::element::Kind;
use crate::element::text::Text;
use crate::id::ElementId;
use crate::order::OrderKey;
use crate::style::Style;

fn element(geometry: Geometry, kind: Kind) -> Element {
    let (id, order) = (ElementId::from_random(1), OrderKey::default());
    Element::new(id, order, "".into(), geometry, Style::default(), kind)
}

fn box_at(x: f64, y: f64, w: f64, h: f64, angle: f64) -> Element {
    let geometry = Geometry { x, y, w, h, angle };
    element(geometry, Kind::RECTANGLE)
}

fn close(a: Geometry, b: Geometry) -> bool {
    let pairs = [
        (a.x, b.x),
        (a.y, b.y),
        (a.w, b.w),
        (a.h, b.h),
        (a.angle, b.angle),
    ];
    pairs.iter().all(|(a, b)| (a - b).abs() < 1e-3)
}

#[test]
fn a_turned_element_is_resized_along_its_own_axes_about_the_opposite_corner() {
    let element = box_at(10.0, 20.0, 100.0, 40.0, 0.6);
    let from = element.frame().rect();
    let to = Rect::new(from.x0, from.y0, from.x1 + 50.0, from.y1 + 10.0);
    let resize = Transform::Resize {
        from,
        to,
        frame_angle: 0.6,
    };
    let made = resize.apply(&element).geometry;
    assert!((made.w - 150.0).abs() < 1e-3 && (made.h - 50.0).abs() < 1e-3);
    let moved = made.placement() * Point::ZERO - element.placement() * Point::ZERO;
    assert!(moved.hypot() < 1e-3, "{moved:?}");
}

#[test]
fn a_selection_across_a_turned_element_scales_it_where_it_stands() {
    let (from, to) = (
        Rect::new(0.0, 0.0, 100.0, 100.0),
        Rect::new(0.0, 0.0, 200.0, 100.0),
    );
    let resize = Transform::Resize {
        from,
        to,
        frame_angle: 0.0,
    };
    let upright = resize.apply(&box_at(10.0, 10.0, 20.0, 10.0, 0.0)).geometry;
    assert!(close(upright, box_at(20.0, 10.0, 40.0, 10.0, 0.0).geometry));
    let quarter = resize
        .apply(&box_at(10.0, 10.0, 20.0, 10.0, FRAC_PI_2))
        .geometry;
    assert!(
        close(quarter, box_at(30.0, 5.0, 20.0, 20.0, FRAC_PI_2).geometry),
        "{quarter:?}"
    );
}

#[test]
fn pulling_past_the_other_side_mirrors_content_and_turn() {
    let (from, to) = (
        Rect::new(0.0, 0.0, 100.0, 100.0),
        Rect::new(0.0, 0.0, -100.0, 100.0),
    );
    let resize = Transform::Resize {
        from,
        to,
        frame_angle: 0.0,
    };
    let made = resize.apply(&box_at(10.0, 10.0, 20.0, 10.0, 0.3)).geometry;
    assert!(
        close(made, box_at(-30.0, 10.0, -20.0, 10.0, -0.3).geometry),
        "{made:?}"
    );
}

#[test]
fn text_changes_its_font_size_and_is_never_mirrored() {
    let geometry = Geometry {
        x: 10.0,
        y: 10.0,
        angle: 0.2,
        ..Geometry::default()
    };
    let text = element(geometry, Kind::Text(Text::new("hello")));
    let from = text.frame().rect();
    let to = Rect::new(
        from.x0,
        from.y0,
        from.x0 + 2.0 * from.width(),
        from.y0 + 2.0 * from.height(),
    );
    let resize = Transform::Resize {
        from,
        to,
        frame_angle: 0.2,
    };
    let made = resize.apply(&text);
    assert_eq!(made.font_size, Some(40.0));
    assert!(close(made.geometry, geometry), "{:?}", made.geometry);
    let flip = Transform::Resize {
        from,
        to: Rect::new(0.0, 0.0, -50.0, 50.0),
        frame_angle: 0.0,
    };
    assert!(flip.apply(&text).geometry.w == 0.0);
}

#[test]
fn a_text_is_wrapped_by_its_sides_and_its_corners_keep_its_lines() {
    let geometry = Geometry {
        x: 10.0,
        y: 10.0,
        angle: 0.2,
        ..Geometry::default()
    };
    let mut text = element(geometry, Kind::Text(Text::new("")));
    text.set_text("some words that are wrapped");
    let (whole, frame_angle) = (text.frame(), 0.2);
    let from = whole.rect();
    let right = |text: &Element| text.placement() * Point::new(text.frame().w, 0.0);
    let pulled = |x0: f64, x1: f64| {
        let to = Rect::new(x0, from.y0, x1, from.y1);
        let wrap = Transform::Wrap {
            from,
            to,
            frame_angle,
        };
        wrap.applied(&text)
    };
    let half = from.width() / 2.0;
    let narrow = pulled(from.x0, from.x0 + half);
    assert_eq!(narrow.frame().h, 3.0 * whole.h);
    assert!((narrow.frame().w - half).abs() < 1e-3);
    assert!(close(narrow.geometry, geometry), "{:?}", narrow.geometry);
    // Pulled on the left the right side stays, also where it can get no narrower.
    for by in [half, 2.0 * half, 3.0 * half] {
        let narrow = pulled(from.x0 + by, from.x1);
        let away = (right(&narrow) - right(&text)).hypot();
        assert!(away < 1e-3 || by > 2.0 * half, "{by}: {away}");
        assert!(narrow.frame().w >= 20.0);
    }
    assert_eq!(pulled(from.x0, from.x1), text);
    let from = narrow.frame().rect();
    let larger = Transform::Resize {
        from,
        to: Rect::new(
            from.x0,
            from.y0,
            from.x0 + 3.0 * from.width(),
            from.y0 + 3.0 * from.height(),
        ),
        frame_angle,
    };
    let larger = larger.applied(&narrow);
    assert_eq!(larger.style.font_size, 60.0);
    assert!((larger.frame().w - 3.0 * half).abs() < 1e-3);
    assert!((larger.frame().h - 3.0 * narrow.frame().h).abs() < 1e-6);
}

#[test]
fn a_text_turns_about_the_middle_of_its_box() {
    let geometry = Geometry {
        x: 10.0,
        y: 10.0,
        ..Geometry::default()
    };
    let mut text = element(geometry, Kind::Text(Text::new("hello")));
    let middle = text.frame().center();
    let turn = Transform::Rotate {
        about: middle,
        by: 1.0,
    };
    text.set_geometry(turn.apply(&text).geometry);
    assert!((text.frame().center() - middle).hypot() < 1e-3);
    assert!((text.frame().angle - 1.0).abs() < 1e-6);
}

#[test]
fn a_move_out_of_the_world_stays() {
    let element = box_at(1.0, 2.0, 3.0, 4.0, 0.0);
    for by in [Vec2::new(1e9, 0.0), Vec2::new(f64::NAN, 0.0)] {
        assert_eq!(
            Transform::Move { by }.apply(&element).geometry,
            element.geometry
        );
    }
}

proptest! {
    #[test]
    fn a_transform_crosses_the_wire(numbers in prop::array::uniform9(-1e6..1e6f32), tag in 0u8..4) {
        let [a, b, c, d, e, f, g, h, i] = numbers.map(f64::from);
        let transform = match tag {
            0 => Transform::Move { by: Vec2::new(a, b) },
            3 => Transform::Wrap {
                from: Rect::new(a, b, c, d),
                to: Rect::new(e, f, g, h),
                frame_angle: i,
            },
            1 => Transform::Resize {
                from: Rect::new(a, b, c, d),
                to: Rect::new(e, f, g, h),
                frame_angle: i,
            },
            _ => Transform::Rotate { about: Point::new(a, b), by: c },
        };
        prop_assert_eq!(Transform::decode(&transform.encode()), Some(transform));
    }

    #[test]
    fn any_bytes_decode_or_not(bytes in prop::collection::vec(any::<u8>(), 0..45)) {
        if let Some(transform) = Transform::decode(&bytes) {
            let placed = transform.apply(&box_at(1.0, 2.0, 30.0, 40.0, 0.5));
            prop_assert_eq!(placed.geometry, placed.geometry.sane());
        }
    }

    #[test]
    fn a_turn_and_back_is_nothing(
        x in -500.0..500.0f64, y in -500.0..500.0f64, by in -9.0..9.0f64, angle in -3.0..3.0f64,
    ) {
        let mut element = box_at(x, 10.0, 30.0, 40.0, angle);
        let before = element.geometry;
        for by in [by, -by] {
            let turn = Transform::Rotate { about: Point::new(y, x), by };
            element.set_geometry(turn.apply(&element).geometry);
        }
        prop_assert!(close(element.geometry, before), "{:?} {:?}", element.geometry, before);
    }
}
