//! Lines that only look as they do by what boards do not have: dashes that are counted, wide lines that meet in
//! points; and lines that are longer for their heads.
//!
//! Owns when that shows. Knows no node.

use kurbo::{Affine, BezPath, PathEl, PathSeg, Point, Shape as _, Size};

use super::look::Look;
use super::make::scale;
use super::not_ours::NotOurs;
use super::shapes::Form;

/// A pattern that is as long as so much of a line is a part of it, and no dashes.
const COUNTED: f64 = 0.9;
/// Shorter ones are dashes of short lines, board units.
const SHORT: f64 = 12.0;
/// From this width on one sees whether lines meet in points, board units.
const WIDE: f64 = 12.0;
/// Directions that differ by less go on, radians.
const STRAIGHT: f64 = 0.2;

/// Whether a line is solid, dashed or dotted as ours are, and meets as ours do.
pub(super) fn has_our_lines(form: &Form, look: &Look, at: Affine) -> Result<(), NotOurs> {
    let by = scale(at).unwrap_or(1.0);
    let counted = look.pattern().is_some_and(|pattern| {
        pattern * by > SHORT && pattern >= COUNTED * form.way().perimeter(1.0)
    });
    let pointed = look.pointed && look.width * by > WIDE && has_corners(form);
    match counted || pointed {
        true => Err(NotOurs::Lines),
        false => Ok(()),
    }
}

fn has_corners(form: &Form) -> bool {
    match form {
        Form::Box(_, radii) => *radii == Size::ZERO,
        Form::Oval(_) => false,
        Form::Way(way) => {
            let pieces: Vec<PathSeg> = way.segments().collect();
            pieces.windows(2).any(|pair| match pair {
                [PathSeg::Line(one), PathSeg::Line(other)] => {
                    let (one, other) = (one.p1 - one.p0, other.p1 - other.p0);
                    one.cross(other).atan2(one.dot(other)).abs() > STRAIGHT
                }
                _ => false,
            })
        }
    }
}

impl Form {
    /// The same with a straight first and last piece so much longer.
    pub(super) fn lengthened(self, [start, end]: [f64; 2]) -> Self {
        let Self::Way(way) = self else {
            return self;
        };
        let mut pieces = way.into_iter().collect::<Vec<PathEl>>();
        if let [PathEl::MoveTo(from), PathEl::LineTo(to), ..] = pieces.as_mut_slice() {
            *from = beyond(*to, *from, start);
        }
        let ends: Vec<Point> = pieces.iter().filter_map(PathEl::end_point).collect();
        if let ([.., from, _], Some(PathEl::LineTo(to))) = (ends.as_slice(), pieces.last_mut()) {
            *to = beyond(*from, *to, end);
        }
        Self::Way(BezPath::from_vec(pieces))
    }
}

/// A point that is farther from another by so much.
fn beyond(from: Point, to: Point, by: f64) -> Point {
    let way = to - from;
    match way.hypot() {
        length if length > 0.0 => to + way * (by / length).max(-1.0),
        _ => to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_straight_ends_are_lengthened() {
        for (way, is) in [
            ("M0 0L10 0", "M-2,0 L13,0"),
            ("M0 0L10 0L10 10", "M-2,0 L10,0 L10,13"),
            ("M0 0C1 1 2 2 9 0L19 0", "M0,0 C1,1 2,2 9,0 L22,0"),
            ("M0 0L10 0L10 10Z", "M-2,0 L10,0 L10,10 Z"),
        ] {
            let form = Form::Way(BezPath::from_svg(way).unwrap());
            assert_eq!(form.lengthened([2.0, 3.0]).way().to_svg(), is);
        }
    }
}
