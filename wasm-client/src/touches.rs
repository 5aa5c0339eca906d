//! Fingers on the screen: one draws, two pan and pinch.
//!
//! Owns which fingers are down. Knows no tool.

use kurbo::{Point, Vec2};

use crate::pointer::{Device, PointerEvent, PointerKind};

/// What an event means with regard to fingers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Touched {
    /// One pointer alone: it is the tool's.
    Alone,
    /// Two fingers moved: the middle between them, and how their distance grew.
    Pinch { from: Point, to: Point, scale: f64 },
    /// Part of a pinch, or what is left of one: nobody's.
    Swallowed,
}

/// The fingers that are down.
#[derive(Debug, Default)]
pub(crate) struct Touches {
    fingers: Vec<(i32, Point)>,
    /// Two fingers were down; until all are up, none of them draws.
    pinching: bool,
}

impl Touches {
    pub(crate) fn input(&mut self, event: &PointerEvent) -> Touched {
        if event.device != Device::Touch {
            return Touched::Alone;
        }
        let before = self.span();
        match event.kind {
            PointerKind::Down => {
                if event.primary {
                    // Whatever else counts as down went up unseen.
                    *self = Self::default();
                }
                self.fingers.retain(|(id, _)| *id != event.pointer);
                self.fingers.push((event.pointer, event.at.0));
                if self.fingers.len() < 2 {
                    return Touched::Alone;
                }
                self.pinching = true;
                let middle = self.span().map_or(event.at.0, |(middle, _)| middle);
                Touched::Pinch {
                    from: middle,
                    to: middle,
                    scale: 1.0,
                }
            }
            PointerKind::Move => {
                let finger = self.fingers.iter_mut().find(|(id, _)| *id == event.pointer);
                if let Some((_, at)) = finger {
                    *at = event.at.0;
                }
                match (before, self.span()) {
                    _ if !self.pinching => Touched::Alone,
                    (Some((from, was)), Some((to, is))) => {
                        let scale = if was.hypot() > 1.0 {
                            is.hypot() / was.hypot()
                        } else {
                            1.0
                        };
                        Touched::Pinch { from, to, scale }
                    }
                    _ => Touched::Swallowed,
                }
            }
            PointerKind::Up | PointerKind::Cancel => {
                self.fingers.retain(|(id, _)| *id != event.pointer);
                let swallowed = self.pinching;
                if self.fingers.is_empty() {
                    self.pinching = false;
                }
                if swallowed {
                    Touched::Swallowed
                } else {
                    Touched::Alone
                }
            }
            _ if self.pinching => Touched::Swallowed,
            _ => Touched::Alone,
        }
    }

    /// The middle between the first two fingers and the way from one to the other.
    fn span(&self) -> Option<(Point, Vec2)> {
        match self.fingers.as_slice() {
            [(_, a), (_, b), ..] => Some((a.midpoint(*b), *b - *a)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::read_batch;

    /// The finger 1 goes down first.
    fn finger(kind: f64, id: f64, x: f64) -> PointerEvent {
        let further = if id > 1.0 { 64.0 } else { 0.0 };
        read_batch(&[kind, id, 2.0, x, 0.0, 0.0, further, 0.0])
            .next()
            .unwrap()
    }

    #[test]
    fn two_fingers_pinch_and_neither_draws_until_both_are_up() {
        let mut touches = Touches::default();
        assert_eq!(touches.input(&finger(0.0, 1.0, 0.0)), Touched::Alone);
        assert!(matches!(
            touches.input(&finger(0.0, 2.0, 100.0)),
            Touched::Pinch { .. }
        ));
        let Touched::Pinch { scale, to, .. } = touches.input(&finger(1.0, 2.0, 200.0)) else {
            panic!("two fingers pinch");
        };
        assert_eq!((scale, to), (2.0, Point::new(100.0, 0.0)));
        assert_eq!(touches.input(&finger(2.0, 2.0, 200.0)), Touched::Swallowed);
        assert_eq!(touches.input(&finger(1.0, 1.0, 5.0)), Touched::Swallowed);
        assert_eq!(touches.input(&finger(2.0, 1.0, 5.0)), Touched::Swallowed);
        assert_eq!(touches.input(&finger(0.0, 1.0, 5.0)), Touched::Alone);
    }

    #[test]
    fn a_finger_whose_end_was_lost_does_not_pinch_for_ever() {
        let mut touches = Touches::default();
        touches.input(&finger(0.0, 1.0, 0.0));
        touches.input(&finger(0.0, 2.0, 100.0));
        touches.input(&finger(2.0, 1.0, 0.0));
        // The end of the other finger never came; the next is alone on the glass.
        assert_eq!(touches.input(&finger(0.0, 1.0, 5.0)), Touched::Alone);
        assert_eq!(touches.input(&finger(1.0, 1.0, 9.0)), Touched::Alone);
    }
}
