//! The contacts on the board: which of them the tool follows, and what the others mean.
//!
//! Owns which pointer is pressed, since when and how far it has gone; fingers that pinch; palms
//! beside a pen; and how a gesture ends whose release never comes. Knows no tool and no document.

mod fingers;
#[cfg(test)]
mod tests;

use kurbo::{Point, Vec2};

use self::fingers::Fingers;
use crate::pointer::{Buttons, Device, PointerEvent, PointerKind};

/// A mouse or pen that went less far has clicked, screen pixels.
const CLICK_PX: f64 = 4.0;
/// The same for a finger.
const TAP_PX: f64 = 8.0;
/// A finger's gesture is far on after this way and this time: another finger that comes then is a
/// slip, while the two fingers of a pinch come down nearly at once.
const FAR_PX: f64 = 24.0;
/// See [`FAR_PX`], ms.
const FAR_MS: f64 = 250.0;
/// A finger that comes down or went down within this time of a pen is the side of its hand, ms.
const PALM_MS: f64 = 500.0;

/// What an event means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    /// It is the tool's: the pressed pointer, or one that hovers while none is.
    Tool,
    /// Two fingers moved: the middle between them, and how their distance grew.
    Pinch { from: Point, to: Point, scale: f64 },
    /// A palm, a finger that slipped, what is left of a pinch: nobody's.
    Nothing,
}

/// How a gesture ends that gets no release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ending {
    /// Where its pointer was last seen, as if it had been released there.
    Kept(PointerEvent),
    /// Without effect: it had hardly begun.
    Dropped,
    /// Without effect, and the view goes back too: it was a palm.
    Palm,
}

/// An event as it is understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    /// What is to end before.
    pub(crate) ends: Option<Ending>,
    /// What it means then.
    pub(crate) meaning: Meaning,
}

/// The pointer that is pressed.
#[derive(Debug, Clone, Copy)]
struct Press {
    /// Where it was last seen.
    last: PointerEvent,
    /// What was pressed to begin it.
    began: Buttons,
    since: f64,
    /// Length of its way, screen pixels.
    way: f64,
}

impl Press {
    fn begin(event: &PointerEvent) -> Self {
        Self {
            last: *event,
            began: event.buttons,
            since: event.time,
            way: 0.0,
        }
    }

    fn follow(&mut self, event: &PointerEvent) {
        self.way += (event.at.0 - self.last.at.0).hypot();
        self.last = *event;
    }

    /// Whether the button that began it is still down; a finger that moves is, whatever it reports.
    fn is_held(&self, now: Buttons) -> bool {
        self.last.device == Device::Touch
            || (self.began.primary && now.primary)
            || (self.began.secondary && now.secondary)
            || (self.began.middle && now.middle)
    }

    /// Whether another contact is a slip beside it.
    fn is_far_on(&self, now: f64) -> bool {
        self.way >= FAR_PX && now - self.since >= FAR_MS
    }

    /// How it ends when its release does not come.
    fn ending(&self) -> Ending {
        let click = match self.last.device {
            Device::Touch => TAP_PX,
            Device::Mouse | Device::Pen => CLICK_PX,
        };
        if self.way < click {
            return Ending::Dropped;
        }
        Ending::Kept(self.last)
    }
}

/// Whatever touches the board, and who hovers over it.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    press: Option<Press>,
    fingers: Fingers,
    /// When a pen was last near, ms.
    pen_at: Option<f64>,
    /// A pen is on the glass.
    pen_down: bool,
    /// The latest event that was the tool's: what it means changes when the view moves below it.
    latest: Option<PointerEvent>,
    /// The finger that tapped last and was nobody else's.
    tapped: Option<i32>,
}

impl Contacts {
    /// Reads an event; `busy` tells whether the pressed pointer is making something that would be
    /// lost, which a moving view is not.
    pub(crate) fn input(&mut self, event: &PointerEvent, busy: bool) -> Reading {
        if event.device == Device::Pen && event.kind != PointerKind::Leave {
            self.pen_at = Some(event.time);
        }
        let reading = match event.kind {
            PointerKind::Down => self.down(event, busy),
            PointerKind::Move => self.moved(event),
            PointerKind::Up => self.up(event),
            PointerKind::Cancel | PointerKind::Lost => self.lost(event),
            PointerKind::DoubleClick => {
                let strange = event.device == Device::Touch && self.tapped != Some(event.pointer);
                meaning(if strange {
                    Meaning::Nothing
                } else {
                    Meaning::Tool
                })
            }
            PointerKind::Leave => {
                self.latest = None;
                meaning(Meaning::Nothing)
            }
            PointerKind::Wheel(_) => meaning(Meaning::Nothing),
        };
        if reading.meaning == Meaning::Tool {
            self.remember(event);
        }
        reading
    }

    /// What the tool saw last, as a movement at a time: the view has moved below the pointer.
    pub(crate) fn again(&self, now: f64) -> Option<PointerEvent> {
        let latest = self.press.map(|press| press.last).or(self.latest)?;
        Some(PointerEvent {
            kind: PointerKind::Move,
            time: latest.time.max(now),
            ..latest
        })
    }

    fn remember(&mut self, event: &PointerEvent) {
        let hovers = event.device != Device::Touch || self.press.is_some();
        self.latest = hovers.then_some(*event);
    }

    fn down(&mut self, event: &PointerEvent, busy: bool) -> Reading {
        match event.device {
            Device::Touch => return self.finger_down(event, busy),
            Device::Pen => {
                self.pen_down = true;
                let ends = self.palms_away(event.time);
                let ends = ends.or_else(|| self.end_press());
                self.press = Some(Press::begin(event));
                return Reading {
                    ends,
                    meaning: Meaning::Tool,
                };
            }
            Device::Mouse => {}
        }
        let ends = self.end_press();
        let only_secondary = event.buttons.secondary && !event.buttons.primary && !event.pans();
        if only_secondary {
            return Reading {
                ends,
                meaning: Meaning::Nothing,
            };
        }
        self.press = Some(Press::begin(event));
        Reading {
            ends,
            meaning: Meaning::Tool,
        }
    }

    /// A pen has come down: the fingers that are there are its hand.
    fn palms_away(&mut self, now: f64) -> Option<Ending> {
        let since = self.fingers.since();
        let fresh = since.is_some_and(|since| now - since < PALM_MS);
        let active = self.fingers.pass_all_over();
        let touched = |press: &mut Press| press.last.device == Device::Touch;
        let press = self.press.take_if(touched);
        match press {
            _ if fresh && active => Some(Ending::Palm),
            Some(press) => Some(press.ending()),
            None => None,
        }
    }

    fn finger_down(&mut self, event: &PointerEvent, busy: bool) -> Reading {
        if event.primary {
            // Whatever else counts as down went up unseen.
            self.fingers = Fingers::default();
        }
        let stale = |press: &Press| {
            press.last.device == Device::Touch
                && (event.primary || press.last.pointer == event.pointer)
        };
        let ends = match &self.press {
            Some(press) if stale(press) => self.end_press(),
            _ => None,
        };
        let near_pen = self.pen_down || self.pen_at.is_some_and(|at| event.time - at < PALM_MS);
        let slip = self.press.is_some_and(|press| {
            press.last.device != Device::Touch || (busy && press.is_far_on(event.time))
        });
        self.fingers.down(event, near_pen || slip);
        if near_pen || slip {
            return Reading {
                ends,
                meaning: Meaning::Nothing,
            };
        }
        match self.fingers.span() {
            None if !self.fingers.pinching => {
                self.press = Some(Press::begin(event));
                Reading {
                    ends,
                    meaning: Meaning::Tool,
                }
            }
            None => Reading {
                ends,
                meaning: Meaning::Nothing,
            },
            Some((middle, _)) => {
                self.fingers.pinching = true;
                let begun = self.press.take().map(|_| Ending::Dropped);
                Reading {
                    ends: ends.or(begun),
                    meaning: Meaning::Pinch {
                        from: middle,
                        to: middle,
                        scale: 1.0,
                    },
                }
            }
        }
    }

    fn moved(&mut self, event: &PointerEvent) -> Reading {
        if event.device == Device::Touch {
            let before = self.fingers.span();
            if !self.fingers.moved(event) {
                return meaning(Meaning::Nothing);
            }
            if self.fingers.pinching {
                return meaning(pinch(before, self.fingers.span()));
            }
        }
        match &mut self.press {
            Some(press) if press.last.pointer != event.pointer => meaning(Meaning::Nothing),
            Some(press) if press.is_held(event.buttons) => {
                press.follow(event);
                meaning(Meaning::Tool)
            }
            // A button that is up went up unseen.
            Some(_) => {
                self.pen_down &= event.device != Device::Pen;
                Reading {
                    ends: self.end_press(),
                    meaning: Meaning::Tool,
                }
            }
            None if event.device == Device::Touch => meaning(Meaning::Nothing),
            None => meaning(Meaning::Tool),
        }
    }

    fn up(&mut self, event: &PointerEvent) -> Reading {
        let mine = self.take_press_of(event);
        self.pen_down &= event.device != Device::Pen;
        if event.device == Device::Touch {
            self.tapped = mine.map(|_| event.pointer);
            self.fingers.up(event.pointer);
        }
        meaning(match mine {
            Some(_) => Meaning::Tool,
            None => Meaning::Nothing,
        })
    }

    /// The system took a pointer, or all of them when the page went out of sight.
    fn lost(&mut self, event: &PointerEvent) -> Reading {
        let all = event.pointer == PointerEvent::EVERY_POINTER;
        if all {
            self.fingers = Fingers::default();
            self.pen_down = false;
        } else {
            self.fingers.up(event.pointer);
            self.pen_down &= event.device != Device::Pen;
        }
        let ends = if all {
            self.end_press()
        } else {
            self.take_press_of(event).map(|press| press.ending())
        };
        Reading {
            ends,
            meaning: Meaning::Nothing,
        }
    }

    fn end_press(&mut self) -> Option<Ending> {
        self.press.take().map(|press| press.ending())
    }

    fn take_press_of(&mut self, event: &PointerEvent) -> Option<Press> {
        self.press
            .take_if(|press| press.last.pointer == event.pointer)
    }
}

fn meaning(meaning: Meaning) -> Reading {
    Reading {
        ends: None,
        meaning,
    }
}

/// What two fingers did between two moments: the middle between them and the way from one to the other.
fn pinch(before: Option<(Point, Vec2)>, after: Option<(Point, Vec2)>) -> Meaning {
    let (Some((from, was)), Some((to, is))) = (before, after) else {
        return Meaning::Nothing;
    };
    let scale = if was.hypot() > 1.0 {
        is.hypot() / was.hypot()
    } else {
        1.0
    };
    Meaning::Pinch { from, to, scale }
}
