//! Equal gaps: where a box, or an end of it, would have to be so that the gap to its neighbour is one
//! that is there already, or so that it is in the middle between two.
//!
//! Pure arithmetic on boxes; those in the way of the moved one, across an axis, are its row.

use kurbo::Rect;

use super::SAME;
use super::axis::{Axis, Part, Span};

/// A box along an axis, with those that it would meet if it was moved along it.
pub(super) struct Row {
    here: Span,
    /// By where they begin.
    others: Vec<Span>,
}

impl Row {
    /// O(boxes), and O(n²) in one row, of few.
    pub(super) fn of(boxes: &[Rect], now: Rect, axis: Axis) -> Self {
        let across = axis.other();
        let mut others = Vec::new();
        for rect in boxes {
            if across.span(*rect).meets(across.span(now)) {
                insert(&mut others, axis.span(*rect));
            }
        }
        Self {
            here: axis.span(now),
            others,
        }
    }

    /// The way along the axis to the nearest place with equal gaps, for what of the box is moved. With
    /// `centred` the gap behind it changes as well, and is nothing to go by.
    pub(super) fn to_gap(&self, part: Part, centred: bool, reach: f64) -> Option<f64> {
        let here = self.here;
        let mut nearest: Option<f64> = None;
        let mut consider = |way: f64| {
            if way.abs() <= nearest.map_or(reach, f64::abs) {
                nearest = Some(way);
            }
        };
        let (before, behind) = self.neighbours();
        // From the ends that are moved to the neighbours beyond them.
        let low = before.filter(|_| matches!(part, Part::Whole | Part::Low));
        let high = behind.filter(|_| matches!(part, Part::Whole | Part::High));
        let own = match part {
            Part::Low => behind.map(|behind| behind - here.1),
            Part::High => before.map(|before| here.0 - before),
            Part::Whole | Part::Spot => None,
        };
        if let (Some(before), Some(behind)) = (low, high)
            && behind - before > here.length()
        {
            consider(f64::midpoint(before, behind) - here.middle());
        }
        let own = own.filter(|own| !centred && *own > SAME);
        for length in gaps_of(&self.others).map(Span::length).chain(own) {
            low.into_iter()
                .for_each(|low| consider(low + length - here.0));
            high.into_iter()
                .for_each(|high| consider(high - length - here.1));
        }
        nearest
    }

    /// The gaps beside what of the box is moved, and all others of the row that are as long, when there
    /// are two or more.
    pub(super) fn equal(mut self, part: Part) -> Vec<Span> {
        let here = self.here;
        let (before, behind) = self.neighbours();
        let low = before.filter(|_| matches!(part, Part::Whole | Part::Low));
        let high = behind.filter(|_| matches!(part, Part::Whole | Part::High));
        let beside = [low.map(|at| here.0 - at), high.map(|at| at - here.1)];
        insert(&mut self.others, here);
        let is_beside = |gap: &Span| {
            let as_long = |length: &f64| (gap.length() - length).abs() < SAME;
            beside.iter().flatten().any(as_long)
        };
        let alike: Vec<Span> = gaps_of(&self.others).filter(is_beside).collect();
        // A gap that nothing else is like stands beside the box alone.
        let twins = |gap: &Span| {
            let same = |other: &&Span| (other.length() - gap.length()).abs() < 2.0 * SAME;
            alike.iter().filter(same).count() > 1
        };
        alike.iter().copied().filter(twins).collect()
    }

    /// Where the next of the others before the box ends, and the next one behind it begins.
    fn neighbours(&self) -> (Option<f64>, Option<f64>) {
        let middle = self.here.middle();
        let ends = self.others.iter().map(|span| span.1);
        let begins = self.others.iter().map(|span| span.0);
        let before = ends.filter(|end| *end < middle);
        let behind = begins.filter(|begin| *begin > middle);
        (before.reduce(f64::max), behind.reduce(f64::min))
    }
}

fn insert(row: &mut Vec<Span>, span: Span) {
    let place = row.partition_point(|other| other.0 < span.0);
    row.insert(place, span);
}

/// What is empty between the boxes of a row.
fn gaps_of(row: &[Span]) -> impl Iterator<Item = Span> {
    let mut end = f64::INFINITY;
    row.iter().filter_map(move |span| {
        let gap = Span(end, span.0);
        end = if end.is_finite() {
            end.max(span.1)
        } else {
            span.1
        };
        (gap.length() > SAME).then_some(gap)
    })
}
