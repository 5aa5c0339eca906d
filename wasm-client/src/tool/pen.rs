//! The pen and the highlighter: freehand ink, with pressure where the device reports it.
//!
//! A stroke too long for one element goes on in another, and straight on while Shift is held. One that is
//! held still at its end becomes the shape that it looks like.

use board::ink::stroker::{Sample, Stroker};

use crate::camera::ScreenPoint;
use crate::pointer::{PointerEvent, PointerKind};
use crate::recognise::{Recognised, recognise};
use crate::tool::{Draft, Edit, View};

/// A pencil whose tip is where it draws; its rim is seen on ink of any colour.
pub(crate) const CURSOR: &str = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='24' height='24' stroke-linejoin='round'%3E%3Cpath d='M2 22l1.5-5.5L16.5 3.5l4 4L7.5 20.5z' fill='white' stroke='white' stroke-width='3.5'/%3E%3Cpath d='M2 22l1.5-5.5L16.5 3.5l4 4L7.5 20.5zM3.5 16.5l4 4' fill='white' stroke='black' stroke-width='1.5'/%3E%3C/svg%3E\") 2 22, crosshair";

/// A pointer that is held still for so long at the end of a stroke asks what the stroke looks like, ms.
const HELD_MS: f64 = 600.0;
/// What moves less is held still, CSS pixels.
const STILL_PX: f64 = 4.0;
/// Who goes on as far as that after a shape was found draws on, CSS pixels.
const ON_PX: f64 = 24.0;

/// The stroke being drawn.
#[derive(Debug, Default)]
pub(crate) struct Pen {
    /// Whether it marks what is there instead of drawing.
    highlights: bool,
    stroke: Option<Stroker>,
    /// Whether it goes straight on from where Shift was pressed.
    straight: bool,
    rest: Option<Rest>,
    /// What the stroke looks like; it will be that when the pen is lifted.
    found: Option<Box<Recognised>>,
}

/// A pointer that is held still.
#[derive(Debug, Clone, Copy)]
struct Rest {
    at: ScreenPoint,
    /// When it came to rest, ms.
    since: f64,
    /// Whether the stroke was looked at: what looks like nothing will not look otherwise by waiting.
    asked: bool,
}

impl Rest {
    fn begin(event: &PointerEvent) -> Self {
        Self {
            at: event.at,
            since: event.time,
            asked: false,
        }
    }

    fn is_over(&self, time: f64) -> bool {
        time >= self.since + HELD_MS
    }
}

impl Pen {
    /// Marks what is there.
    pub(crate) fn highlighter() -> Self {
        Self {
            highlights: true,
            ..Self::default()
        }
    }

    pub(crate) fn highlights(&self) -> bool {
        self.highlights
    }

    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        let sample = Sample {
            at,
            pressure: event.pressure,
            time: event.time,
        };
        // A page that was held up ticks late: what was done before shows that nothing was held.
        if self.rest.is_some_and(|rest| !rest.is_over(event.time)) {
            self.found = None;
        }
        match event.kind {
            PointerKind::Down => {
                let mut stroke = Stroker::new(view.camera.zoom());
                stroke.push(sample);
                let edits = vec![draft(&stroke)];
                self.stroke = Some(stroke);
                self.straight = event.modifiers.shift;
                self.rest = Some(Rest::begin(event));
                edits
            }
            PointerKind::Move => {
                let Some(stroke) = &mut self.stroke else {
                    return Vec::new();
                };
                let still = self
                    .rest
                    .map_or(0.0, |rest| (event.at.0 - rest.at.0).hypot());
                if self.found.is_some() && still < ON_PX {
                    return Vec::new();
                }
                self.found = None;
                if still >= STILL_PX {
                    self.rest = Some(Rest::begin(event));
                }
                if self.straight != event.modifiers.shift {
                    stroke.land();
                    self.straight = event.modifiers.shift;
                }
                if self.straight {
                    stroke.aim(sample);
                } else {
                    stroke.push(sample);
                }
                if !stroke.is_full() {
                    return vec![draft(stroke)];
                }
                let next = stroke.next();
                let going_on = draft(&next);
                let mut edits = commit(std::mem::replace(stroke, next));
                edits.push(going_on);
                edits
            }
            PointerKind::Up => {
                let mut edits = self.stroke.take().map_or_else(Vec::new, commit);
                edits.extend(self.found.take().map(Edit::Instead));
                self.rest = None;
                edits
            }
            _ => Vec::new(),
        }
    }

    /// Looks what a stroke is like that is held.
    pub(crate) fn tick(&mut self, view: &View<'_>) -> Vec<Edit> {
        if self.due().is_none_or(|due| view.now < due) {
            return Vec::new();
        }
        self.rest = self.rest.map(|rest| Rest {
            asked: true,
            ..rest
        });
        let stroke = self.stroke.as_ref();
        let points = stroke.map_or_else(Vec::new, Stroker::points_with_tip);
        self.found = recognise(&points, view.camera.zoom()).map(Box::new);
        let shown = self.found.clone().map(Draft::Recognised);
        shown.map(Edit::Draft).into_iter().collect()
    }

    /// When that is, ms.
    pub(crate) fn due(&self) -> Option<f64> {
        let rest = self
            .rest
            .filter(|_| self.stroke.is_some() && !self.highlights)?;
        (!rest.asked).then_some(rest.since + HELD_MS)
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        *self = Self {
            highlights: self.highlights,
            ..Self::default()
        };
        vec![Edit::DropDraft]
    }

    pub(crate) fn busy(&self) -> bool {
        self.stroke.is_some()
    }
}

fn commit(stroke: Stroker) -> Vec<Edit> {
    let points = stroke.finish();
    let settled = points.len();
    vec![
        Edit::Draft(Draft::Ink { points, settled }),
        Edit::CommitDraft,
    ]
}

fn draft(stroke: &Stroker) -> Edit {
    let settled = stroke.points().len();
    Edit::Draft(Draft::Ink {
        points: stroke.points_with_tip(),
        settled,
    })
}
