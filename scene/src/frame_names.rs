//! The names of frames, above them, as large at every zoom.
//!
//! Owns where a name is in a view, how it is cut there, and what is hit. Changes nothing.

use board::display::{DisplayList, FontFamily};
use board::element::{Element, Kind};
use board::style::{Color, Theme};
use board::text_layout;
use kurbo::{Affine, Point, Rect};

/// How a board is looked at: upright.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The board onto what it is painted on.
    pub transform: Affine,
    /// How many CSS pixels there a unit of the board takes.
    pub zoom: f64,
}

/// The size of the letters, CSS pixels.
pub const NAME_PX: f64 = 13.0;
/// How high a name is, CSS pixels.
pub const HEIGHT: f64 = text_layout::LINE_HEIGHT * NAME_PX;
/// Between a name and its frame, CSS pixels.
const GAP: f64 = 4.0;
/// The least room that a name has, however small its frame is, CSS pixels.
const LEAST: f64 = 48.0;
/// Words that do not push themselves forward; 5 to 1 on the canvas or more.
const COLOR: (Color, Color) = (Color(0x5f5f_6bff), Color(0xa0a0_acff));

/// What a name is painted in.
pub fn color(theme: Theme) -> Color {
    match theme {
        Theme::Light => COLOR.0,
        Theme::Dark => COLOR.1,
    }
}

/// Where a frame's name is: its own space, in CSS pixels from its top left, onto what it is painted on.
pub fn place(frame: &Element, view: View) -> Affine {
    let frame = frame.frame();
    let corner = view.transform * frame.placement() * Point::ORIGIN;
    let above = Affine::translate((0.0, -HEIGHT - GAP));
    Affine::translate(corner.to_vec2()) * Affine::rotate(frame.angle) * above
}

/// What is read there: a frame's name, or what all are called that have none, cut to its width.
fn shown(frame: &Element, unnamed: &str, view: View) -> (String, f64) {
    let title = match &frame.kind {
        Kind::Frame(frame) if !frame.title().trim().is_empty() => frame.title(),
        _ => unnamed,
    };
    let room = (frame.frame().w.abs() * view.zoom).max(LEAST);
    let wide = |letters: &str| text_layout::layout(letters, NAME_PX).width;
    let mut name: String = title.lines().next().unwrap_or_default().into();
    if wide(&name) <= room {
        let width = wide(&name);
        return (name, width);
    }
    loop {
        let cut = format!("{}…", name.trim_end());
        if wide(&cut) <= room || name.pop().is_none() {
            let width = wide(&cut);
            return (cut, width);
        }
    }
}

/// Paints a frame's name in the space of the view.
pub fn paint(list: &mut DisplayList, frame: &Element, unnamed: &str, view: View, theme: Theme) {
    let (name, width) = shown(frame, unnamed, view);
    let mut letters = DisplayList::new();
    letters.fill_color(color(theme));
    letters.font(NAME_PX, FontFamily::Board);
    let layout = text_layout::layout(&name, NAME_PX);
    let baseline = layout.lines.first().map_or(NAME_PX, |line| line.baseline);
    if text_layout::is_right_to_left(&name) {
        letters.text_rtl(Point::new(width, baseline), &name);
    } else {
        letters.text(Point::new(0.0, baseline), &name);
    }
    list.place(place(frame, view), frame.style.opacity, &letters);
}

/// The box around a frame's name, in the space of the view.
pub fn bounds(frame: &Element, unnamed: &str, view: View) -> Rect {
    let (_, width) = shown(frame, unnamed, view);
    place(frame, view).transform_rect_bbox(Rect::new(0.0, 0.0, width, HEIGHT))
}

/// Whether a place of the view is on a frame's name.
pub fn hit(frame: &Element, unnamed: &str, view: View, at: Point) -> bool {
    let (_, width) = shown(frame, unnamed, view);
    let area = Rect::new(0.0, 0.0, width, HEIGHT + GAP);
    area.contains(place(frame, view).inverse() * at)
}
