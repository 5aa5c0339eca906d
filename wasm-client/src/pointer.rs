//! Pointer events as the tools see them, read from the packed batch of the browser.
//!
//! Owns the layout of the batch. Knows no tool.

use kurbo::{Point, Vec2};

use crate::boundary::Modifiers;
use crate::camera::ScreenPoint;
use crate::wheel::{Aim, Turn, Unit};

/// Numbers per event in a batch:
/// kind, pointer id, device, x, y, pressure, modifiers, time in ms; for the wheel
/// kind, right, down, x, y, what it means, ticks, time in ms.
pub const STRIDE: usize = 8;

/// What a person points with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// A mouse or trackpad.
    Mouse,
    /// A pen that reports pressure.
    Pen,
    /// A finger.
    Touch,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PointerKind {
    /// Went down.
    Down,
    /// Moved, pressed or not.
    Move,
    /// Went up.
    Up,
    /// Was taken away by the system.
    Cancel,
    /// Left the canvas.
    Leave,
    /// Was clicked twice.
    DoubleClick,
    /// Is not ours any more, though it may be down: another window took it, or the page was hidden.
    Lost,
    /// The wheel turned, or fingers on a trackpad did what a browser calls that.
    Wheel(Turn),
}

/// The buttons that are down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buttons {
    /// The main one; a finger on the glass or a pen's tip or eraser as well.
    pub primary: bool,
    /// The one of context menus.
    pub secondary: bool,
    /// The wheel's.
    pub middle: bool,
}

/// One pointer event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointerEvent {
    /// What.
    pub kind: PointerKind,
    /// Which pointer.
    pub pointer: i32,
    /// Which device.
    pub device: Device,
    /// Where.
    pub at: ScreenPoint,
    /// 0 to 1 from a pen, else `None`.
    pub pressure: Option<f64>,
    /// The modifier keys.
    pub modifiers: Modifiers,
    /// The buttons, after the event.
    pub buttons: Buttons,
    /// The space bar is held.
    pub space: bool,
    /// The first finger to go down while no other is; true for a mouse or pen.
    pub primary: bool,
    /// When, ms.
    pub time: f64,
}

impl PointerEvent {
    /// As the pointer of [`PointerKind::Lost`]: whatever is down.
    pub const EVERY_POINTER: i32 = -1;

    /// Whether a press drags the board, whatever the tool.
    pub fn pans(&self) -> bool {
        self.space || self.buttons.middle
    }
}

/// Reads a batch; incomplete and non-finite records are passed over.
pub fn read_batch(batch: &[f64]) -> impl Iterator<Item = PointerEvent> + '_ {
    batch.chunks_exact(STRIDE).filter_map(read)
}

fn read(record: &[f64]) -> Option<PointerEvent> {
    let &[kind, pointer, device, x, y, pressure, bits, time] = record else {
        return None;
    };
    if !record.iter().all(|number| number.is_finite()) {
        return None;
    }
    let wheel = PointerKind::Wheel(Turn {
        by: Vec2::new(pointer, device),
        unit: unit(pressure as u32),
        ticks: bits,
        aim: aim(pressure as u32),
    });
    let bits = bits as u32;
    let kind = match kind as u32 {
        0 => PointerKind::Down,
        1 => PointerKind::Move,
        2 => PointerKind::Up,
        3 => PointerKind::Cancel,
        4 => PointerKind::Leave,
        5 => PointerKind::DoubleClick,
        6 => wheel,
        7 => PointerKind::Lost,
        _ => return None,
    };
    let turned = matches!(kind, PointerKind::Wheel(_));
    let bits = if turned { 0 } else { bits };
    let device = match device as u32 {
        1 if !turned => Device::Pen,
        2 if !turned => Device::Touch,
        _ => Device::Mouse,
    };
    Some(PointerEvent {
        kind,
        pointer: if turned { 0 } else { pointer as i32 },
        device,
        at: ScreenPoint(Point::new(x, y)),
        pressure: (device == Device::Pen && pressure > 0.0).then(|| pressure.min(1.0)),
        modifiers: Modifiers {
            shift: bits & 1 != 0,
            alt: bits & 2 != 0,
            command: bits & 4 != 0,
        },
        buttons: Buttons {
            primary: bits & 128 != 0,
            secondary: bits & 16 != 0,
            middle: bits & 32 != 0,
        },
        space: bits & 8 != 0,
        primary: bits & 64 == 0,
        time,
    })
}

/// What a turn of the wheel is for: 1 zooms, 2 the key is really held, 4 fingers for certain.
fn aim(meaning: u32) -> Aim {
    match meaning & 7 {
        0 => Aim::Pan,
        1 => Aim::Zoom,
        bits if bits & 4 == 0 => Aim::ZoomByWheel,
        _ => Aim::ZoomByFingers,
    }
}

/// What it is counted in: 8 lines, 16 pages.
fn unit(meaning: u32) -> Unit {
    match meaning & (8 | 16) {
        0 => Unit::Pixel,
        8 => Unit::Line,
        _ => Unit::Page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_of_rubbish_yields_nothing() {
        let nan = [0.0, 1.0, 0.0, f64::NAN, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(read_batch(&nan).count(), 0);
        assert_eq!(read_batch(&[0.0; 5]).count(), 0);
        assert_eq!(read_batch(&[99.0; 8]).count(), 0);
    }

    #[test]
    fn a_turn_of_the_wheel_says_what_it_is_for() {
        let turn = |meaning: f64| {
            let event = read_batch(&[6.0, 1.5, -3.0, 5.0, 6.0, meaning, -1.0, 0.0]).next();
            match event.unwrap().kind {
                PointerKind::Wheel(turn) => (turn.aim, turn.unit, turn.ticks),
                kind => panic!("{kind:?}"),
            }
        };
        assert_eq!(turn(0.0), (Aim::Pan, Unit::Pixel, -1.0));
        assert_eq!(turn(1.0 + 8.0), (Aim::Zoom, Unit::Line, -1.0));
        assert_eq!(turn(1.0 + 2.0 + 16.0), (Aim::ZoomByWheel, Unit::Page, -1.0));
        assert_eq!(turn(1.0 + 4.0), (Aim::ZoomByFingers, Unit::Pixel, -1.0));
    }

    #[test]
    fn only_a_pen_has_pressure() {
        let event = |device: f64| {
            read_batch(&[1.0, 1.0, device, 5.0, 6.0, 0.5, 0.0, 0.0])
                .next()
                .unwrap()
                .pressure
        };
        assert_eq!(
            [event(0.0), event(1.0), event(2.0)],
            [None, Some(0.5), None]
        );
    }
}
