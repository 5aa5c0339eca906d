//! The badge of an element that leads somewhere, and the lock of one that is locked: discs beside them,
//! as large at every zoom.
//!
//! Owns where it is, how it looks and what is hit. In CSS pixels of the canvas; changes nothing.

use board::display::{DisplayList, Op};
use board::id::ElementId;
use board::style::{Color, Theme};
use kurbo::{BezPath, Point, Rect, Vec2};

use crate::camera::ScreenPoint;
use crate::pointer::Device;
use crate::trace::accent;

/// Radius of a badge.
const RADIUS: f64 = 10.0;
/// How far a press may be off its middle.
const REACH: f64 = 12.0;
/// The same for a finger.
const TOUCH_REACH: f64 = 20.0;
/// From the upper right corner of what it belongs to: beyond a handle there.
const OFFSET: Vec2 = Vec2::new(16.0, -16.0);
/// What is smaller both ways has none: the badges would be larger than the board.
const LEAST: f64 = 20.0;
/// The disc and the line around it, light and dark.
const DISC: [(Color, Color); 2] = [
    (Color(0xffff_ffff), Color(0xd5d5_dcff)),
    (Color(0x2a2a_30ff), Color(0x4a4a_54ff)),
];

/// One badge.
#[derive(Debug)]
pub(crate) struct Badge {
    at: Point,
    /// Whose it is.
    pub(crate) of: ElementId,
    /// Whether it leads to another element of this board.
    within: bool,
}

impl Badge {
    /// The badge of what takes up a part of the screen and leads to an address.
    pub(crate) fn beside(area: Rect, of: &ElementId, address: &str) -> Option<Self> {
        (area.size().max_side() >= LEAST).then(|| Self {
            at: Point::new(area.x1, area.y0) + OFFSET,
            of: of.clone(),
            within: address.starts_with('#'),
        })
    }

    /// Whether a place on the screen is on it.
    pub(crate) fn hit(&self, at: ScreenPoint, device: Device) -> bool {
        let reach = if device == Device::Touch {
            TOUCH_REACH
        } else {
            REACH
        };
        (at.0 - self.at).hypot() <= reach
    }

    /// An arrow that leads out of the board, or a target on it.
    pub(crate) fn paint(&self, list: &mut DisplayList, theme: Theme) {
        paint_disc(list, self.at, theme);
        list.stroke_color(accent(theme));
        list.op(Op::LineWidth, &[1.75]);
        if self.within {
            list.fill_color(accent(theme));
            list.ellipse(self.at, 4.5, 4.5);
            list.op(Op::Stroke, &[]);
            list.ellipse(self.at, 1.75, 1.75);
            return list.op(Op::Fill, &[]);
        }
        let mut arrow = BezPath::new();
        arrow.move_to(self.at + Vec2::new(-3.25, 3.25));
        arrow.line_to(self.at + Vec2::new(3.25, -3.25));
        arrow.move_to(self.at + Vec2::new(-2.25, -3.25));
        arrow.line_to(self.at + Vec2::new(3.25, -3.25));
        arrow.line_to(self.at + Vec2::new(3.25, 2.25));
        list.path(&arrow);
        list.op(Op::Stroke, &[]);
    }
}

fn paint_disc(list: &mut DisplayList, at: Point, theme: Theme) {
    let [light, dark] = DISC;
    let (disc, rim) = match theme {
        Theme::Light => light,
        Theme::Dark => dark,
    };
    list.fill_color(disc);
    list.stroke_color(rim);
    list.op(Op::LineWidth, &[1.0]);
    list.ellipse(at, RADIUS, RADIUS);
    list.op(Op::Fill, &[]);
    list.op(Op::Stroke, &[]);
}

/// The lock of what takes up a part of the screen: beside its upper right corner, below a badge there,
/// and within the window.
pub(crate) fn paint_lock(list: &mut DisplayList, area: Rect, window: Rect, theme: Theme) {
    let corner = Point::new(area.x1 + OFFSET.x, area.y0 + RADIUS - 2.0);
    let window = window.inset(-OFFSET.x);
    let at = Point::new(
        corner.x.clamp(window.x0, window.x1.max(window.x0)),
        corner.y.clamp(window.y0, window.y1.max(window.y0)),
    );
    paint_disc(list, at, theme);
    let color = accent(theme);
    list.fill_color(color);
    list.rect(
        Rect::new(at.x - 4.0, at.y - 0.75, at.x + 4.0, at.y + 5.0),
        1.25,
    );
    list.op(Op::Fill, &[]);
    let mut shackle = BezPath::new();
    shackle.move_to(at + Vec2::new(-2.5, -0.75));
    shackle.line_to(at + Vec2::new(-2.5, -2.5));
    let (left, right) = (Vec2::new(-2.5, -6.0), Vec2::new(2.5, -6.0));
    shackle.curve_to(at + left, at + right, at + Vec2::new(2.5, -2.5));
    shackle.line_to(at + Vec2::new(2.5, -0.75));
    list.path(&shackle);
    list.stroke_color(color);
    list.op(Op::LineWidth, &[1.5]);
    list.op(Op::Stroke, &[]);
}
