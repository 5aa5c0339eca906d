//! What a turn of the wheel means: how far the board moves, or by how much it zooms.
//!
//! Owns telling a wheel's notches from fingers on a trackpad, by how they count and not by which
//! device or browser it is. Knows no camera.

use kurbo::{Size, Vec2};

/// A notch zooms by a fifth.
const STEP: f64 = 1.2;
/// Browsers make a turn of a pinch: so many pixels for every factor of e.
const PINCH: f64 = 100.0;
/// Fingers do not begin with so much; what jumps farther in pixels is a wheel.
const FARTHEST_PINCH: f64 = 40.0;
/// Fingers that pinched this long ago still do, however far they have come since, ms: what a page
/// was too busy to hear is told as one turn.
const PINCHING: f64 = 1000.0;
/// A browser that counts no ticks makes them up, one for so many pixels.
const MADE_UP_TICK: f64 = 40.0;
/// What comes so long after the last turn stands alone: fingers and spinning wheels tell more
/// often, ms.
const ALONE: f64 = 50.0;
/// At most a factor of e at once, whatever a wheel says.
const MOST: f64 = 1.0;
/// The same for fingers, which may come from one end of a trackpad to the other meanwhile.
const MOST_PINCHED: f64 = 2.0;
/// Pixels of a line, for browsers that scroll by lines.
const LINE: f64 = 16.0;

/// What a browser counts a turn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// CSS pixels.
    Pixel,
    /// Lines of text.
    Line,
    /// Pages: the view's size.
    Page,
}

impl Unit {
    /// The least that a notch is, so that less can only be a part of one.
    fn least(self) -> f64 {
        match self {
            Self::Pixel => 4.0,
            Self::Line | Self::Page => 1.0,
        }
    }

    /// The smallest notch that is worth the name, where many turns follow each other.
    fn smallest(self) -> f64 {
        match self {
            Self::Pixel => 50.0,
            Self::Line | Self::Page => 1.0,
        }
    }

    /// A notch until one has been seen.
    fn usual(self) -> f64 {
        match self {
            Self::Pixel => 100.0,
            Self::Line => 3.0,
            Self::Page => 1.0,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// To move the view.
    Pan,
    /// To zoom. Ctrl is said to be held, but no key went down: fingers, most likely.
    Zoom,
    /// To zoom by a wheel: the key is really held.
    ZoomByWheel,
    /// To zoom by two fingers, as the browser says itself.
    ZoomByFingers,
}

/// One event of the wheel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// How far, in `unit`; content moves against it.
    pub by: Vec2,
    /// What `by` is counted in.
    pub unit: Unit,
    /// How many notches the browser takes it for, along whichever axis; 0 when it does not say.
    pub ticks: f64,
    /// What for.
    pub aim: Aim,
}

/// What a turn does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turned {
    /// The content moves by CSS pixels.
    Pan(Vec2),
    /// The zoom changes by a factor.
    Zoom(f64),
}

/// What is known of the wheel from the turns before.
#[derive(Debug, Clone, Default)]
pub struct Wheel {
    /// When it last zoomed, ms.
    last: Option<f64>,
    /// Whether that was two fingers.
    pinched: bool,
    /// What a notch was when one stood alone.
    notch: Option<(Unit, f64)>,
}

impl Wheel {
    /// Reads a turn over a view of this size, at a time in ms.
    pub fn turn(&mut self, turn: &Turn, view: Size, now: f64) -> Turned {
        if turn.aim == Aim::Pan {
            let pixels = match turn.unit {
                Unit::Pixel => Vec2::new(1.0, 1.0),
                Unit::Line => Vec2::new(LINE, LINE),
                Unit::Page => view.to_vec2(),
            };
            return Turned::Pan(-Vec2::new(turn.by.x * pixels.x, turn.by.y * pixels.y));
        }
        let since = self.last.map_or(f64::INFINITY, |last| now - last);
        self.last = Some(now);
        // With Shift a browser turns the wheel onto its side.
        let way = if turn.by.y == 0.0 {
            turn.by.x
        } else {
            turn.by.y
        };
        self.pinched = is_pinch(turn, way, self.pinched && since < PINCHING);
        let (exponent, most) = if self.pinched {
            (way / PINCH, MOST_PINCHED)
        } else {
            let notches = self.notches(turn, way.abs(), since >= ALONE);
            (notches.copysign(way) * STEP.ln(), MOST)
        };
        Turned::Zoom((-exponent).clamp(-most, most).exp())
    }

    /// How many notches a wheel was turned: whole ones for most, parts for those that tell them.
    fn notches(&mut self, turn: &Turn, way: f64, alone: bool) -> f64 {
        let Turn { unit, ticks, .. } = *turn;
        let ticks = ticks.abs();
        let counted = unit == Unit::Pixel && ticks > 0.0;
        if counted && (way / ticks - MADE_UP_TICK).abs() > 0.5 {
            return ticks;
        }
        if alone && way >= unit.least() {
            self.notch = Some((unit, way.max(unit.smallest())));
            return 1.0;
        }
        let seen = self.notch.filter(|(seen, _)| *seen == unit);
        way / seen.map_or(unit.usual(), |(_, notch)| notch)
    }
}

fn is_pinch(turn: &Turn, way: f64, pinching: bool) -> bool {
    match turn.aim {
        Aim::ZoomByFingers => true,
        Aim::Zoom => turn.unit == Unit::Pixel && (pinching || way.abs() < FARTHEST_PINCH),
        Aim::Pan | Aim::ZoomByWheel => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Size = Size::new(800.0, 600.0);

    /// A turn by Ctrl and a wheel that is away from the reader.
    fn away(unit: Unit, way: f64, ticks: f64) -> Turn {
        Turn {
            by: Vec2::new(0.0, -way),
            unit,
            ticks,
            aim: Aim::ZoomByWheel,
        }
    }

    /// The zoom after turns that come so many ms after each other.
    fn zoomed(turns: &[Turn], apart: f64) -> f64 {
        let mut wheel = Wheel::default();
        let mut zoom = 1.0;
        for (i, turn) in turns.iter().enumerate() {
            match wheel.turn(turn, VIEW, 1000.0 + apart * i as f64) {
                Turned::Zoom(factor) => zoom *= factor,
                Turned::Pan(by) => panic!("{turn:?} pans by {by:?}"),
            }
        }
        zoom
    }

    #[track_caller]
    fn assert_near(zoom: f64, wanted: f64, what: &str) {
        let off = (zoom / wanted).ln().abs();
        assert!(off < 0.01, "{what}: {zoom}, not {wanted}");
    }

    /// Wheels by what they and their browsers count for one notch.
    const WHEELS: [(&str, Unit, f64, f64); 13] = [
        ("Chromium on Windows", Unit::Pixel, 100.0, 1.0),
        ("the same on a denser screen", Unit::Pixel, 66.7, 1.0),
        ("the same with one line a notch", Unit::Pixel, 33.3, 1.0),
        ("Chromium on Linux", Unit::Pixel, 53.0, 1.0),
        ("the same, newer", Unit::Pixel, 120.0, 1.0),
        ("a fast one", Unit::Pixel, 240.0, 1.0),
        ("Chromium on a Mac, slow", Unit::Pixel, 4.000244140625, 1.0),
        ("Safari, slow", Unit::Pixel, 4.000244140625, 0.1),
        ("no ticks", Unit::Pixel, 100.0, 0.0),
        ("no ticks and little", Unit::Pixel, 53.0, 0.0),
        ("Firefox", Unit::Line, 3.0, 1.0),
        ("Firefox with one line a notch", Unit::Line, 1.0, 1.0 / 3.0),
        ("page by page", Unit::Page, 1.0, 0.0),
    ];

    #[test]
    fn a_notch_is_a_fifth_whatever_it_counts() {
        for (name, unit, way, ticks) in WHEELS {
            let notch = away(unit, way, ticks);
            assert_near(zoomed(&[notch], 0.0), 1.2, name);
            assert_near(zoomed(&[notch; 3], 200.0), 1.728, name);
            let back = away(unit, -way, -ticks);
            assert_near(zoomed(&[notch, back], 200.0), 1.0, name);
        }
    }

    #[test]
    fn a_wheel_that_is_spun_counts_its_notches() {
        // Safari's grow while it spins, by as much as the system likes.
        let steady = WHEELS.iter().filter(|wheel| wheel.0 != "Safari, slow");
        for (name, unit, way, ticks) in steady {
            let notch = away(*unit, *way, *ticks);
            assert_near(zoomed(&[notch; 4], 8.0), 1.2_f64.powi(4), name);
            let two = away(*unit, 2.0 * way, 2.0 * ticks);
            assert_near(zoomed(&[notch, two], 8.0), 1.2_f64.powi(3), name);
        }
    }

    #[test]
    fn parts_of_a_notch_add_up_to_one() {
        for (name, unit, way, ticks) in WHEELS {
            if ticks != 1.0 || way < 10.0 && unit == Unit::Pixel {
                continue;
            }
            let part = away(unit, way / 8.0, ticks / 8.0);
            assert_near(zoomed(&[part; 8], 20.0), 1.2, name);
            assert_near(zoomed(&[part; 8], 90.0), 1.2, name);
        }
    }

    #[test]
    fn a_pinch_follows_the_fingers() {
        // From 100 % to 200 % in 40 events, as browsers write it: with a whole tick, a made up one, none.
        let part = 2.0_f64.ln() * 100.0 / 40.0;
        for ticks in [1.0, part / 40.0, 0.0] {
            let turn = Turn {
                aim: Aim::Zoom,
                ..away(Unit::Pixel, part, ticks)
            };
            for apart in [8.0, 200.0] {
                assert_near(zoomed(&[turn; 40], apart), 2.0, "a pinch");
            }
        }
        let quick = Turn {
            aim: Aim::ZoomByFingers,
            ..away(Unit::Pixel, 69.3, 0.0)
        };
        assert_near(
            zoomed(&[quick], 0.0),
            2.0,
            "a quick pinch that says what it is",
        );
    }

    #[test]
    fn a_pinch_that_a_busy_page_hears_late_follows_the_fingers() {
        // Three times wider: a little at first, then what came while the page was busy, in one.
        let all = 3.0_f64.ln() * 100.0;
        for first in [0.5, 4.0, 39.0] {
            let turns = [first, all - first].map(|way| Turn {
                aim: Aim::Zoom,
                ..away(Unit::Pixel, way, 1.0)
            });
            for apart in [16.0, 250.0, 900.0] {
                assert_near(zoomed(&turns, apart), 3.0, "a pinch in two");
            }
        }
    }

    #[test]
    fn a_wheel_is_known_without_the_key_having_been_seen() {
        for (unit, way) in [
            (Unit::Pixel, 53.0),
            (Unit::Pixel, 100.0),
            (Unit::Line, 3.0),
            (Unit::Page, 1.0),
        ] {
            let turn = Turn {
                aim: Aim::Zoom,
                ..away(unit, way, 1.0)
            };
            assert_near(
                zoomed(&[turn], 0.0),
                1.2,
                "a notch over a page without focus",
            );
        }
    }

    #[test]
    fn two_fingers_with_the_key_held_zoom_smoothly() {
        // A swipe of 200 px in all, growing and dying away.
        let swipe = [
            1.0, 2.0, 6.0, 12.0, 24.0, 40.0, 40.0, 30.0, 20.0, 12.0, 8.0, 4.0, 1.0,
        ];
        for pixels_a_tick in [40.0, 53.0, 100.0, 120.0] {
            let turns = swipe.map(|way| away(Unit::Pixel, way, way / pixels_a_tick));
            let zoom = zoomed(&turns, 16.0);
            assert!((1.2..2.1).contains(&zoom), "{pixels_a_tick}: {zoom}");
            let mut wheel = Wheel::default();
            for (i, turn) in turns.iter().enumerate() {
                let Turned::Zoom(factor) = wheel.turn(turn, VIEW, 16.0 * i as f64) else {
                    panic!("{turn:?} pans");
                };
                assert!(factor <= STEP + 1e-9, "{turn:?} jumps by {factor}");
            }
        }
    }

    #[test]
    fn no_event_zooms_without_bound() {
        for (aim, most) in [
            (Aim::Zoom, 1.0_f64),
            (Aim::ZoomByWheel, 1.0),
            (Aim::ZoomByFingers, 2.0),
        ] {
            let turn = Turn {
                aim,
                ..away(Unit::Pixel, 1e9, 1e7)
            };
            assert_near(zoomed(&[turn], 0.0), most.exp(), "a huge turn");
        }
    }

    #[test]
    fn lines_and_pages_move_the_board_by_their_size() {
        let turn = |unit| Turn {
            by: Vec2::new(1.0, -2.0),
            unit,
            ticks: 0.0,
            aim: Aim::Pan,
        };
        let mut wheel = Wheel::default();
        for (unit, by) in [
            (Unit::Pixel, Vec2::new(-1.0, 2.0)),
            (Unit::Line, Vec2::new(-16.0, 32.0)),
            (Unit::Page, Vec2::new(-800.0, 1200.0)),
        ] {
            assert_eq!(wheel.turn(&turn(unit), VIEW, 0.0), Turned::Pan(by));
        }
    }
}
