//! Putting selected elements in line, at equal gaps, and the other way round.
//!
//! Owns where each goes; what is meant is its frame's upright box, stroke width aside.

use board::document::Write;
use board::id::ElementId;
use board::transform::Transform;
use kurbo::{Rect, Vec2};

use super::Editor;
use crate::sorting::sort;
use scene::selection_of;

/// What is this near to its place is there: places are stored in single precision. Board units.
const NEAR: f64 = 1e-3;

/// From left to right, or from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Across,
    Down,
}

/// What of each element is put in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Start,
    Middle,
    End,
}

/// What is as long from each element to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Even {
    Gaps,
    /// The ways from centre to centre.
    Centres,
}

impl Axis {
    /// Where a box begins and ends.
    fn ends(self, area: Rect) -> (f64, f64) {
        match self {
            Self::Across => (area.x0, area.x1),
            Self::Down => (area.y0, area.y1),
        }
    }

    fn along(self, by: f64) -> Vec2 {
        match self {
            Self::Across => Vec2::new(by, 0.0),
            Self::Down => Vec2::new(0.0, by),
        }
    }
}

impl Part {
    fn of(self, (start, end): (f64, f64)) -> f64 {
        match self {
            Self::Start => start,
            Self::Middle => f64::midpoint(start, end),
            Self::End => end,
        }
    }
}

impl Editor {
    /// Whether there is more than one to put in line.
    pub(crate) fn several(&self) -> bool {
        self.has_free(2)
    }

    /// Whether there are gaps to make equal.
    pub(crate) fn many(&self) -> bool {
        self.has_free(3)
    }

    /// Puts the selected elements in line with the box around all of them.
    pub(crate) fn align(&mut self, axis: Axis, part: Part) {
        let boxes = self.boxes();
        let Some(all) = around(&boxes) else {
            return;
        };
        let line = part.of(axis.ends(all));
        let by = |own: &Rect| axis.along(line - part.of(axis.ends(*own)));
        let moves = boxes.iter().map(|(id, own)| (id, by(own)));
        let writes = moves.flat_map(|(id, by)| self.moved(id, by)).collect();
        self.commit(writes);
    }

    /// Makes the gaps between the selected elements equal, or the ways between their centres; the first
    /// and the last stay. Where elements lie over one another the gaps are negative. O(n log n).
    pub(crate) fn distribute(&mut self, axis: Axis, even: Even) {
        let mut boxes = self.boxes();
        let middle: fn(&(ElementId, Rect)) -> f64 = match axis {
            Axis::Across => |(_, own)| own.center().x,
            Axis::Down => |(_, own)| own.center().y,
        };
        sort(&mut boxes, middle);
        let (Some((_, first)), Some((_, last))) = (boxes.first(), boxes.last()) else {
            return;
        };
        // Centres have no length of their own.
        let ends = |own: &Rect| match (even, axis.ends(*own)) {
            (Even::Gaps, ends) => ends,
            (Even::Centres, ends) => (Part::Middle.of(ends), Part::Middle.of(ends)),
        };
        let length = |own: &Rect| ends(own).1 - ends(own).0;
        let filled: f64 = boxes.iter().map(|(_, own)| length(own)).sum();
        let room = ends(last).1 - ends(first).0;
        let gap = (room - filled) / (boxes.len().saturating_sub(1)).max(1) as f64;
        let mut at = ends(first).0;
        let mut writes = Vec::new();
        for (id, own) in &boxes {
            writes.extend(self.moved(id, axis.along(at - ends(own).0)));
            at += length(own) + gap;
        }
        self.commit(writes);
    }

    /// Turns the selection over, as one, about the middle of its box.
    pub(crate) fn flip(&mut self, axis: Axis) {
        let boxes = self.boxes();
        let Some(from) = around(&boxes) else {
            return;
        };
        let to = match axis {
            Axis::Across => Rect::new(from.x1, from.y0, from.x0, from.y1),
            Axis::Down => Rect::new(from.x0, from.y1, from.x1, from.y0),
        };
        let over = Transform::Resize {
            from,
            to,
            frame_angle: 0.0,
        };
        let turned = self.scene.moved(&self.free(), &over);
        let writes = self.changes_of(&turned);
        self.commit(writes);
    }

    /// The upright box around what is selected, stroke width aside.
    pub(super) fn selected_box(&self) -> Option<Rect> {
        around(&self.boxes())
    }

    /// What is selected and the upright boxes around it; a group is one.
    fn boxes(&self) -> Vec<(ElementId, Rect)> {
        let free = self.free().into_iter();
        free.filter_map(|id| self.scene.box_of(&id).map(|own| (id, own)))
            .collect()
    }

    /// Something moved with all that is in it.
    fn moved(&mut self, id: &ElementId, by: Vec2) -> Vec<Write> {
        if by.hypot() <= NEAR {
            return Vec::new();
        }
        let by = Transform::Move { by };
        let moved = self.scene.moved(&selection_of([id.clone()]), &by);
        self.changes_of(&moved)
    }
}

fn around(boxes: &[(ElementId, Rect)]) -> Option<Rect> {
    boxes
        .iter()
        .map(|(_, own)| *own)
        .reduce(|all, own| all.union(own))
}
