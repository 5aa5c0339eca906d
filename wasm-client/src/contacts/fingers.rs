//! The fingers on the glass: where they are, and which of them are passed over.
//!
//! Owns the list and nothing of what fingers mean.

use kurbo::{Point, Vec2};

use crate::pointer::PointerEvent;

#[derive(Debug, Clone, Copy)]
struct Finger {
    pointer: i32,
    at: Point,
    since: f64,
    /// A palm or a slip: it means nothing for as long as it is down.
    passed_over: bool,
}

/// The fingers that are down.
#[derive(Debug, Default)]
pub(super) struct Fingers {
    all: Vec<Finger>,
    /// Two were down at once; until those are up, none of them draws.
    pub(super) pinching: bool,
}

impl Fingers {
    pub(super) fn down(&mut self, event: &PointerEvent, passed_over: bool) {
        self.all.retain(|finger| finger.pointer != event.pointer);
        self.all.push(Finger {
            pointer: event.pointer,
            at: event.at.0,
            since: event.time,
            passed_over,
        });
    }

    /// Follows a finger; false when it is passed over or not known.
    pub(super) fn moved(&mut self, event: &PointerEvent) -> bool {
        let mut all = self.all.iter_mut();
        let Some(finger) = all.find(|finger| finger.pointer == event.pointer) else {
            return false;
        };
        finger.at = event.at.0;
        !finger.passed_over
    }

    pub(super) fn up(&mut self, pointer: i32) {
        self.all.retain(|finger| finger.pointer != pointer);
        let any = self.active().next().is_some();
        self.pinching &= any;
    }

    /// None of them means anything any more; true when any did.
    pub(super) fn pass_all_over(&mut self) -> bool {
        let active = self.active().next().is_some();
        self.pinching = false;
        for finger in &mut self.all {
            finger.passed_over = true;
        }
        active
    }

    /// When the first of those that mean something went down, ms.
    pub(super) fn since(&self) -> Option<f64> {
        self.active().map(|finger| finger.since).reduce(f64::min)
    }

    /// The middle between the first two and the way from one to the other.
    pub(super) fn span(&self) -> Option<(Point, Vec2)> {
        let mut active = self.active();
        let (one, two) = (active.next()?.at, active.next()?.at);
        Some((one.midpoint(two), two - one))
    }

    fn active(&self) -> impl Iterator<Item = &Finger> {
        self.all.iter().filter(|finger| !finger.passed_over)
    }
}
