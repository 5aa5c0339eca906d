//! The pen: freehand ink, with pressure where the device reports it.
//!
//! A stroke too long for one element goes on in another.

use board::ink::stroker::{Sample, Stroker};

use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Draft, Edit, View};

/// A pencil whose tip is where it draws; its rim is seen on ink of any colour.
pub(crate) const CURSOR: &str = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='24' height='24' stroke-linejoin='round'%3E%3Cpath d='M2 22l1.5-5.5L16.5 3.5l4 4L7.5 20.5z' fill='white' stroke='white' stroke-width='3.5'/%3E%3Cpath d='M2 22l1.5-5.5L16.5 3.5l4 4L7.5 20.5zM3.5 16.5l4 4' fill='white' stroke='black' stroke-width='1.5'/%3E%3C/svg%3E\") 2 22, crosshair";

/// The stroke being drawn.
#[derive(Debug, Default)]
pub(crate) struct Pen {
    stroke: Option<Stroker>,
}

impl Pen {
    pub(crate) fn input(&mut self, event: &PointerEvent, view: &View<'_>) -> Vec<Edit> {
        let at = view.camera.board(event.at);
        let sample = Sample {
            at,
            pressure: event.pressure,
            time: event.time,
        };
        match event.kind {
            PointerKind::Down => {
                let mut stroke = Stroker::new(view.camera.zoom());
                stroke.push(sample);
                let edits = vec![draft(&stroke)];
                self.stroke = Some(stroke);
                edits
            }
            PointerKind::Move => {
                let Some(stroke) = &mut self.stroke else {
                    return Vec::new();
                };
                stroke.push(sample);
                if !stroke.is_full() {
                    return vec![draft(stroke)];
                }
                let next = stroke.next();
                let going_on = draft(&next);
                let mut edits = commit(std::mem::replace(stroke, next));
                edits.push(going_on);
                edits
            }
            PointerKind::Up => self.stroke.take().map_or_else(Vec::new, commit),
            _ => Vec::new(),
        }
    }

    pub(crate) fn cancel(&mut self) -> Vec<Edit> {
        self.stroke = None;
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
