//! Numbers, lengths and transforms as SVG writes them.
//!
//! Owns their grammar and how large a number may be. Knows no element.

use kurbo::{Affine, Point, Rect, Size};

/// Numbers beyond it are not ours, user units: boards end there, and arcs of such radii would be cut into
/// endless pieces.
const FARTHEST: f64 = 1e7;
/// Pixels of each unit of length.
const UNITS: [(&str, f64); 6] = [
    ("px", 1.0),
    ("pt", 96.0 / 72.0),
    ("pc", 16.0),
    ("mm", 96.0 / 25.4),
    ("cm", 96.0 / 2.54),
    ("in", 96.0),
];

/// The next number of a text and what is behind it; `None` without one. Signs and points may begin the next
/// without anything between.
pub(super) fn number(text: &str) -> Option<(f64, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    let mut end = 0;
    let (mut dotted, mut digits, mut raised) = (false, false, false);
    for (at, byte) in text.bytes().enumerate() {
        let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        match byte {
            b'0'..=b'9' => digits = true,
            b'+' | b'-' if at == 0 || matches!(before, Some(b'e' | b'E')) => {}
            b'.' if !dotted && !raised => dotted = true,
            b'e' | b'E' if digits && !raised && is_power(text.get(at + 1..)?) => raised = true,
            _ => break,
        }
        end = at + 1;
    }
    let (number, rest) = text.split_at_checked(end)?;
    let number: f64 = number.parse().ok()?;
    (number.abs() <= FARTHEST).then_some((number, rest))
}

/// Whether what is behind an `e` makes it a power of ten, and not the unit `em`.
fn is_power(behind: &str) -> bool {
    let digits = behind.strip_prefix(['+', '-']).unwrap_or(behind);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// Numbers and nothing else; `None` when there is something else.
pub(super) fn numbers(mut text: &str) -> Option<Vec<f64>> {
    let mut all = Vec::new();
    while !text.trim().is_empty() {
        let (next, rest) = number(text)?;
        all.push(next);
        text = rest;
    }
    Some(all)
}

/// Whether each number of path data is one that can be drawn.
pub(super) fn is_sane(data: &str) -> bool {
    let mut rest = data;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
        match rest.get(at..).and_then(number) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    true
}

/// What lengths are told in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// What per cent are of.
    pub(super) whole: f64,
    pub(super) font_size: f64,
}

/// A length in user units.
pub(super) fn length(text: &str, measure: Measure) -> Option<f64> {
    let (number, unit) = number(text)?;
    let unit = unit.trim().to_ascii_lowercase();
    let of = match unit.as_str() {
        "" => 1.0,
        "%" => measure.whole / 100.0,
        "em" | "rem" => measure.font_size,
        "ex" | "ch" => measure.font_size / 2.0,
        unit => UNITS.iter().find(|(name, _)| *name == unit)?.1,
    };
    Some(number * of)
}

/// A share of one, or per cent.
pub(super) fn share(text: &str) -> Option<f64> {
    let measure = Measure {
        whole: 1.0,
        font_size: 0.0,
    };
    length(text, measure).map(|share| share.clamp(0.0, 1.0))
}

/// Corners of a polygon; one without its other half is left out.
pub(super) fn points(text: &str) -> Option<Vec<Point>> {
    let numbers = numbers(text)?;
    let pairs = numbers.chunks_exact(2);
    Some(pairs.filter_map(point).collect())
}

fn point(pair: &[f64]) -> Option<Point> {
    match pair {
        [x, y] => Some(Point::new(*x, *y)),
        _ => None,
    }
}

/// A list of transforms.
pub(super) fn transform(text: &str) -> Option<Affine> {
    // So style sheets write them.
    let plain = text.replace("px", "").replace("deg", "");
    let mut rest = plain.trim_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    let mut all = Affine::IDENTITY;
    while !rest.is_empty() && rest != "none" {
        let (name, behind) = rest.split_once('(')?;
        let (inside, behind) = behind.split_once(')')?;
        let args = numbers(inside)?;
        all *= match (name.trim(), args.as_slice()) {
            ("matrix", [a, b, c, d, e, f]) => Affine::new([*a, *b, *c, *d, *e, *f]),
            ("translate", [x]) => Affine::translate((*x, 0.0)),
            ("translate", [x, y]) => Affine::translate((*x, *y)),
            ("scale", [by]) => Affine::scale(*by),
            ("scale", [x, y]) => Affine::scale_non_uniform(*x, *y),
            ("rotate", [turn]) => Affine::rotate(turn.to_radians()),
            ("rotate", [turn, x, y]) => Affine::rotate_about(turn.to_radians(), Point::new(*x, *y)),
            ("skewX", [turn]) => Affine::skew(turn.to_radians().tan(), 0.0),
            ("skewY", [turn]) => Affine::skew(0.0, turn.to_radians().tan()),
            _ => return None,
        };
        rest = behind.trim_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    }
    Some(all)
}

/// How a picture in `view` is put into a box; `None` where that would cut it off or says nothing.
pub(super) fn fit(view: Rect, into: Rect, how: &str) -> Option<Affine> {
    let mut how = how.split_ascii_whitespace().filter(|word| *word != "defer");
    let (align, slice) = (how.next().unwrap_or("xMidYMid"), how.next());
    let scale = Size::new(into.width() / view.width(), into.height() / view.height());
    if !(scale.width.is_finite() && scale.height.is_finite()) {
        return None;
    }
    if align == "none" {
        let scaled = Affine::scale_non_uniform(scale.width, scale.height);
        return Some(Affine::translate(into.origin().to_vec2()) * scaled * back(view));
    }
    if slice == Some("slice") {
        return None;
    }
    let by = scale.min_side();
    let (x, y) = align.split_at_checked(4)?;
    let free = [
        into.width() - view.width() * by,
        into.height() - view.height() * by,
    ];
    let [left, top] = free.map(|free| free / 2.0);
    let along = |word: &str, middle: f64| match word.get(1..) {
        Some("Min") => Some(0.0),
        Some("Mid") => Some(middle),
        Some("Max") => Some(middle * 2.0),
        _ => None,
    };
    let corner = into.origin().to_vec2() + kurbo::Vec2::new(along(x, left)?, along(y, top)?);
    Some(Affine::translate(corner) * Affine::scale(by) * back(view))
}

fn back(view: Rect) -> Affine {
    Affine::translate(-view.origin().to_vec2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_need_nothing_between_them() {
        assert_eq!(
            numbers("10-5.5.5,3e1 1e-1\n+2"),
            Some(vec![10.0, -5.5, 0.5, 30.0, 0.1, 2.0])
        );
        assert_eq!(numbers(""), Some(Vec::new()));
        for damaged in ["1 a", "NaN", "1e308", "inf", "--1", "."] {
            assert_eq!(numbers(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn lengths_have_units() {
        let measure = Measure {
            whole: 200.0,
            font_size: 10.0,
        };
        for (text, is) in [
            ("12", 12.0),
            ("12px", 12.0),
            (" 1e1 ", 10.0),
            ("1in", 96.0),
            ("25.4mm", 96.0),
            ("50%", 100.0),
            ("1.5em", 15.0),
            ("3e0em", 30.0),
        ] {
            let read = length(text, measure).unwrap();
            assert!((read - is).abs() < 1e-9, "{text}: {read}");
        }
        assert_eq!(length("auto", measure), None);
        assert_eq!(length("12furlongs", measure), None);
    }

    #[test]
    fn transforms_come_one_in_another() {
        let at = transform("translate(10,20) rotate(90) scale(2)").unwrap() * Point::new(1.0, 0.0);
        assert!((at - Point::new(10.0, 22.0)).hypot() < 1e-9, "{at:?}");
        let about = transform("rotate(180 5 5)").unwrap() * Point::ZERO;
        assert!((about - Point::new(10.0, 10.0)).hypot() < 1e-9, "{about:?}");
        assert_eq!(
            transform("translate(10px, 5px)"),
            transform("translate(10 5)")
        );
        assert_eq!(transform("none"), Some(Affine::IDENTITY));
        assert_eq!(transform("spin(3)"), None);
        assert_eq!(transform("scale(1"), None);
    }

    #[test]
    fn a_view_fits_into_its_box() {
        let view = Rect::new(0.0, 0.0, 10.0, 20.0);
        let into = Rect::new(0.0, 0.0, 100.0, 100.0);
        let at = |how| fit(view, into, how).map(|fit| fit * Point::new(10.0, 20.0));
        assert_eq!(at(""), Some(Point::new(75.0, 100.0)));
        assert_eq!(at("xMinYMax meet"), Some(Point::new(50.0, 100.0)));
        assert_eq!(at("none"), Some(Point::new(100.0, 100.0)));
        assert_eq!(at("xMidYMid slice"), None);
        assert_eq!(fit(Rect::ZERO, into, ""), None);
    }
}
