//! Equal gaps: where a box would have to stand so that the gap to its neighbour is one that is there
//! already, or so that it is in the middle between two.
//!
//! Pure arithmetic on boxes; those in the way of the moved one, across an axis, are its row.

use kurbo::Rect;

use super::{Axis, SAME, Span};

/// The way along an axis to the nearest place with equal gaps. O(boxes).
pub(super) fn to_gap(boxes: &[Rect], now: Rect, axis: Axis, reach: f64) -> Option<f64> {
    let row = row_of(boxes, now, axis);
    let here = axis.span(now);
    let (before, behind) = neighbours(&row, here);
    let mut nearest: Option<f64> = None;
    let mut consider = |way: f64| {
        if way.abs() <= nearest.map_or(reach, f64::abs) {
            nearest = Some(way);
        }
    };
    if let (Some(before), Some(behind)) = (before, behind)
        && behind - before > here.1 - here.0
    {
        consider((before + behind) / 2.0 - here.middle());
    }
    for gap in gaps_of(&row) {
        let length = gap.1 - gap.0;
        if let Some(before) = before {
            consider(before + length - here.0);
        }
        if let Some(behind) = behind {
            consider(behind - length - here.1);
        }
    }
    nearest
}

/// The gaps beside a box and all others of its row that are as long, when there are two or more.
pub(super) fn equal(boxes: &[Rect], now: Rect, axis: Axis) -> Vec<Span> {
    let mut row = row_of(boxes, now, axis);
    let here = axis.span(now);
    let (before, behind) = neighbours(&row, here);
    insert(&mut row, here);
    let beside = [before.map(|at| here.0 - at), behind.map(|at| at - here.1)];
    let is_beside = |gap: &Span| {
        let as_long = |length: &f64| (gap.1 - gap.0 - length).abs() < SAME;
        beside.iter().flatten().any(as_long)
    };
    let gaps = gaps_of(&row);
    let alike: Vec<Span> = gaps.filter(is_beside).collect();
    // A gap that nothing else is like stands beside the box alone.
    let twins = |gap: &Span| {
        let same = |other: &&Span| (other.1 - other.0 - (gap.1 - gap.0)).abs() < 2.0 * SAME;
        alike.iter().filter(same).count() > 1
    };
    alike.iter().copied().filter(twins).collect()
}

/// Along an axis, the boxes that one would meet if it was moved along it, by where they begin.
fn row_of(boxes: &[Rect], now: Rect, axis: Axis) -> Vec<Span> {
    let across = axis.other();
    let mut row = Vec::new();
    for rect in boxes {
        if across.span(*rect).meets(across.span(now)) {
            insert(&mut row, axis.span(*rect));
        }
    }
    row
}

fn insert(row: &mut Vec<Span>, span: Span) {
    let place = row.partition_point(|other| other.0 < span.0);
    row.insert(place, span);
}

/// Where the next box before a place ends, and the next one behind it begins.
fn neighbours(row: &[Span], here: Span) -> (Option<f64>, Option<f64>) {
    let middle = here.middle();
    let before = row.iter().map(|span| span.1).filter(|end| *end < middle);
    let behind = row
        .iter()
        .map(|span| span.0)
        .filter(|begin| *begin > middle);
    (before.reduce(f64::max), behind.reduce(f64::min))
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
        (gap.1 - gap.0 > SAME).then_some(gap)
    })
}
