//! An element's own lines, traced in the accent: which one is meant under the pointer, or is one of
//! several. Changes nothing.

use board::display::{DisplayList, Op};
use board::element::Element;
use board::style::{Color, Theme};

use crate::camera::Camera;

/// What is one's own: frames, handles, traces. The page's own accent, 5 to 1 on the canvas or more.
pub(crate) fn accent(theme: Theme) -> Color {
    match theme {
        Theme::Light => Color(0x0e7c_72ff),
        Theme::Dark => Color(0x5ed0_c2ff),
    }
}

/// The inside of what is pulled around things to select them.
pub(crate) const LOOP_FILL: Color = Color(0x129a_8c1a);

/// How wide a trace is, CSS pixels.
const TRACE_PX: f64 = 1.5;

/// Traces an element in a colour, in screen space.
pub(crate) fn trace(list: &mut DisplayList, element: &Element, camera: &Camera, color: Color) {
    let to_screen = camera.transform() * element.placement();
    list.stroke_color(color);
    list.op(Op::LineWidth, &[TRACE_PX]);
    list.path(&(to_screen * element.outline()));
    list.op(Op::Stroke, &[]);
}
