//! The pen: freehand ink, with pressure where the device reports it.

use board::ink::stroker::{Sample, Stroker};

use crate::pointer::{PointerEvent, PointerKind};
use crate::tool::{Draft, Edit, View};

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
                vec![draft(stroke)]
            }
            PointerKind::Up => {
                let Some(stroke) = self.stroke.take() else {
                    return Vec::new();
                };
                let points = stroke.finish();
                let settled = points.len();
                vec![
                    Edit::Draft(Draft::Ink { points, settled }),
                    Edit::CommitDraft,
                ]
            }
            PointerKind::Cancel => self.cancel(),
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

fn draft(stroke: &Stroker) -> Edit {
    let settled = stroke.points().len();
    Edit::Draft(Draft::Ink {
        points: stroke.points_with_tip(),
        settled,
    })
}
