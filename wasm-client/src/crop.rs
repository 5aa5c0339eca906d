//! The part of a picture that is shown, as a person chooses it: a frame on all of the picture.
//!
//! Owns how another frame becomes an image's box and crop, so that what goes on being shown does not
//! move. Boxes are in the image's local space, whose origin is the top-left of its upright box, unless
//! they say otherwise. Knows no tool.

use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::style::StyleField;
use kurbo::{Point, Rect, Vec2};

/// All of a picture, in shares of its width and height.
const ALL: Rect = Rect::new(0.0, 0.0, 1.0, 1.0);
/// A picture that is thinner has no parts, board units.
const THIN: f64 = 1e-3;

/// Where all of an image's picture is, of which its box shows a part; `None` of what is no image.
pub(crate) fn whole(element: &Element) -> Option<Rect> {
    let size = element.frame().rect().size();
    let has_parts = matches!(element.kind, Kind::Image(_)) && size.min_side() > THIN;
    has_parts.then(|| {
        let seen = mirrored(shown(element), &element.geometry);
        let (w, h) = (size.width / seen.width(), size.height / seen.height());
        Rect::from_origin_size((-seen.x0 * w, -seen.y0 * h), (w, h))
    })
}

/// The part that is shown, in shares of the picture.
pub(crate) fn shown(element: &Element) -> Rect {
    element.style.details.crop.unwrap_or(ALL)
}

/// The same image, showing the part of `whole` that is in `frame`, there where it is.
pub(crate) fn framed(element: &Element, whole: Rect, frame: Rect) -> Element {
    let (w, h) = (whole.width(), whole.height());
    let part = frame - whole.origin().to_vec2();
    let share = |at: f64, side: f64| f64::from((at / side).clamp(0.0, 1.0) as f32);
    let seen = Rect::new(
        share(part.x0, w),
        share(part.y0, h),
        share(part.x1, w),
        share(part.y1, h),
    );
    let crop = mirrored(seen, &element.geometry);
    let size = frame.size().to_vec2();
    let corner = element.placement() * frame.center() - size / 2.0;
    let mut framed = element.clone();
    framed.set_geometry(
        Geometry {
            x: corner.x,
            y: corner.y,
            w: size.x.copysign(element.geometry.w),
            h: size.y.copysign(element.geometry.h),
            angle: element.geometry.angle,
        }
        .rounded(),
    );
    let all = crop == ALL;
    let sides = [crop.x0, crop.y0, crop.x1, crop.y1].map(Value::Number);
    let crop = if all { Value::Null } else { Value::list(sides) };
    framed.style.set(StyleField::Crop, &crop);
    framed
}

/// The same image with all of its picture.
pub(crate) fn uncropped(element: &Element) -> Option<Element> {
    whole(element).map(|whole| framed(element, whole, whole))
}

/// The same image with its picture moved under its frame, local units, as far as there is some of it.
pub(crate) fn shifted(element: &Element, by: Vec2) -> Option<Element> {
    let whole = whole(element)?;
    let frame = element.frame().rect();
    let along = |by: f64, low: f64, high: f64, side: f64| by.max(side - high).min(-low);
    let by = Vec2::new(
        along(by.x, whole.x0, whole.x1, frame.width()),
        along(by.y, whole.y0, whole.y1, frame.height()),
    );
    Some(framed(element, whole + by, frame.size().to_rect()))
}

/// A frame no larger than the picture: what is too much of it is taken away on the side that it was
/// pulled to, as seen from the place that stays; of both sides alike if it `keeps` its proportions.
pub(crate) fn within(frame: Rect, whole: Rect, stays: Point, keeps: bool) -> Rect {
    let low = |side: f64, limit: f64, at: f64| {
        if side < limit {
            (at - limit) / (at - side)
        } else {
            1.0
        }
    };
    let x = low(frame.x0, whole.x0, stays.x).min(low(-frame.x1, -whole.x1, -stays.x));
    let y = low(frame.y0, whole.y0, stays.y).min(low(-frame.y1, -whole.y1, -stays.y));
    let (x, y) = if keeps { (x.min(y), x.min(y)) } else { (x, y) };
    let place = |at: f64, stays: f64, share: f64| stays + (at - stays) * share;
    Rect::new(
        place(frame.x0, stays.x, x),
        place(frame.y0, stays.y, y),
        place(frame.x1, stays.x, x),
        place(frame.y1, stays.y, y),
    )
}

/// A part as it is seen of a picture that a box shows mirrored, and back.
fn mirrored(part: Rect, geometry: &Geometry) -> Rect {
    let over = |low: f64, high: f64, side: f64| match side < 0.0 {
        true => (1.0 - high, 1.0 - low),
        false => (low, high),
    };
    let (x0, x1) = over(part.x0, part.x1, geometry.w);
    let (y0, y1) = over(part.y0, part.y1, geometry.h);
    Rect::new(x0, y0, x1, y1)
}

#[cfg(test)]
mod tests {
    use board::element::image::Image;
    use board::id::ElementId;
    use board::order::OrderKey;
    use board::style::Style;
    use proptest::prelude::*;

    use super::*;

    fn image(geometry: Geometry) -> Element {
        let (id, kind) = (ElementId::from_random(1), Kind::Image(Image));
        let (order, style) = (OrderKey::default(), Style::default());
        Element::new(id, order, "".into(), geometry, style, kind)
    }

    fn any_image() -> impl Strategy<Value = Element> {
        let side = || prop_oneof![20.0..900.0f64, -900.0..-20.0f64];
        (
            -500.0..500.0f64,
            -500.0..500.0f64,
            side(),
            side(),
            -4.0..4.0f64,
        )
            .prop_map(|(x, y, w, h, angle)| image(Geometry { x, y, w, h, angle }.rounded()))
    }

    /// Where on the board a place of the picture is, or would be, shares of its width and height.
    fn place(element: &Element, x: f64, y: f64) -> Point {
        let whole = whole(element).unwrap();
        let at = mirrored(Rect::new(x, y, x, y), &element.geometry).origin();
        let local = whole.origin() + Vec2::new(at.x * whole.width(), at.y * whole.height());
        element.placement() * local
    }

    fn near(a: Point, b: Point) -> bool {
        (a - b).hypot() < 0.01
    }

    /// A frame inside of a box by two shares each way.
    fn frame((a, b): (f64, f64), (c, d): (f64, f64), whole: Rect) -> Rect {
        let along = |share: f64, low: f64, side: f64| low + share * side;
        let x = [a, b].map(|share| along(share, whole.x0, whole.width()));
        let y = [c, d].map(|share| along(share, whole.y0, whole.height()));
        Rect::new(x[0], y[0], x[1], y[1]).abs()
    }

    fn shares() -> impl Strategy<Value = (f64, f64)> {
        (0.0..0.45f64, 0.55..1.0f64)
    }

    proptest! {
        #[test]
        fn what_stays_shown_does_not_move(element in any_image(), x in shares(), y in shares(), u in shares(), v in shares()) {
            let all = whole(&element).unwrap();
            let once = framed(&element, all, frame(x, y, all));
            let all = whole(&once).unwrap();
            let twice = framed(&once, all, frame(u, v, all));
            for (s, t) in [(0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (0.3, 1.0)] {
                prop_assert!(near(place(&element, s, t), place(&once, s, t)));
                prop_assert!(near(place(&element, s, t), place(&twice, s, t)));
            }
            let back = uncropped(&twice).unwrap();
            prop_assert_eq!(back.style.details.crop, None);
            prop_assert!(near(back.frame().center(), element.frame().center()));
            prop_assert!((back.geometry.w - element.geometry.w).abs() < 0.01);
        }

        #[test]
        fn a_picture_moves_under_its_frame_as_far_as_there_is_some(element in any_image(), x in shares(), y in shares(), by in (-2e3..2e3f64, -2e3..2e3f64)) {
            let all = whole(&element).unwrap();
            let cropped = framed(&element, all, frame(x, y, all));
            let moved = shifted(&cropped, by.into()).unwrap();
            prop_assert!(near(moved.frame().center(), cropped.frame().center()));
            let (one, other) = (cropped.geometry, moved.geometry);
            prop_assert!((one.w - other.w).abs() + (one.h - other.h).abs() < 1e-3);
            let (one, other) = (shown(&cropped).size(), shown(&moved).size());
            prop_assert!((one.width - other.width).abs() + (one.height - other.height).abs() < 1e-5);
        }

        #[test]
        fn no_frame_leaves_its_picture(x in (-1.0..2.0f64, -1.0..2.0f64), y in (-1.0..2.0f64, -1.0..2.0f64), at in (0.0..1.0f64, 0.0..1.0f64), keeps: bool) {
            let pulled = frame(x, y, ALL).union_pt(at);
            let held = within(pulled, ALL, at.into(), keeps);
            let room = ALL.inflate(1e-9, 1e-9);
            prop_assert!(room.union(held) == room, "{:?}", held);
            let ratio = |one: Rect| one.width() * pulled.height() - one.height() * pulled.width();
            prop_assert!(!keeps || ratio(held).abs() < 1e-9);
        }
    }

    #[test]
    fn all_of_a_picture_is_stored_as_none_and_what_is_no_picture_has_no_parts() {
        let element = image(Geometry::from_rect(Rect::new(0.0, 0.0, 80.0, 60.0)));
        let all = whole(&element).unwrap();
        assert_eq!(all, Rect::new(0.0, 0.0, 80.0, 60.0));
        assert_eq!(framed(&element, all, all), element);
        let quarter = framed(&element, all, Rect::new(40.0, 0.0, 80.0, 30.0));
        assert_eq!(shown(&quarter), Rect::new(0.5, 0.0, 1.0, 0.5));
        assert_eq!(whole(&image(Geometry::default())), None);
        let mut shape = element;
        shape.kind = Kind::RECTANGLE;
        assert_eq!(whole(&shape), None);
    }
}
