//! Labels that stand on lines and arrows.
//!
//! Owns where on its way a label is, and what it leaves of the line. How it is set is every label's.

use kurbo::{Point, Rect, Shape as _, Size, Vec2};

use super::{Element, heads};
use crate::display::{DisplayList, Op};
use crate::style::Route;
use crate::subpath::length;
use crate::text_layout::lay_out;

/// Legs of an elbow that differ by less are as long, board units.
const SAME: f64 = 1e-3;
/// How far a line ends before its label, font sizes.
const GAP: f64 = 0.25;
/// What a label leaves of a line at a head, lengths of that: a head without a shaft is a blot.
const WITH_SHAFT: f64 = 1.4;

impl Element {
    /// Whether its label is on its line, which makes room for it.
    pub fn labels_line(&self) -> bool {
        self.kind.has_vertices() && !self.is_area()
    }

    /// The point of a line that its label is at, a share of its length.
    pub(super) fn point_of_label(&self) -> Point {
        let body = self.body();
        let way = self.kind.shape().way(&body);
        let details = &self.style.details;
        if details.route == Route::Elbow
            && details.label_at == 0.5
            && let Some(middle) = middle_leg(&way)
        {
            return middle;
        }
        let ways = || way.iter().zip(way.iter().skip(1));
        let mut left = self.clear_of_heads(&way, long(&way));
        for (from, to) in ways() {
            let step = (*to - *from).hypot();
            if step > 0.0 && left <= step {
                return from.lerp(*to, left / step);
            }
            left -= step;
        }
        way.last().copied().unwrap_or(body.rect().center())
    }

    /// How far along its way the label of a line is: where it is asked for, but before the heads, as long
    /// as it does not reach over the other end.
    fn clear_of_heads(&self, way: &[Point], length: f64) -> f64 {
        let along = length * self.style.details.label_at;
        let heads = self.kept_at_ends(length);
        let Some(words) = self.words_on_line().filter(|_| heads != [0.0; 2]) else {
            return along;
        };
        let half = words / 2.0;
        // From the middle of the words to where the line comes out of them.
        let out = |ends: Option<(&Point, &Point)>| {
            let way = ends.map_or(Vec2::ZERO, |(from, to)| *to - *from);
            let (x, y) = (way.x.abs() / way.hypot(), way.y.abs() / way.hypot());
            let out = (half.width / x).min(half.height / y);
            if out.is_finite() { out } else { half.width }
        };
        let ends = [
            out(way.first().zip(way.get(1))),
            out(way.iter().rev().nth(1).zip(way.last())),
        ];
        let gap = GAP * self.letters();
        let [start, end] = [0, 1].map(|i| match (heads.get(i), ends.get(i)) {
            (Some(head), Some(out)) if *head > 0.0 => (head + gap + out, *out),
            _ => (0.0, 0.0),
        });
        let [most, least] = [length - end.0, start.0];
        match (along > most, along < least) {
            (true, false) => most.max(along.min(ends.first().copied().unwrap_or_default())),
            (false, true) => {
                least.min(along.max(length - ends.last().copied().unwrap_or_default()))
            }
            (true, true) => length / 2.0,
            _ => along,
        }
    }

    /// What is seen of a line at each end that has a head, whatever its label covers.
    fn kept_at_ends(&self, length: f64) -> [f64; 2] {
        self.head_lengths()
            .map(|long| WITH_SHAFT * long.min(heads::SHARE * length))
    }

    /// How large the words on a line are.
    pub(super) fn words_on_line(&self) -> Option<Size> {
        let label = self.label()?;
        let layout = lay_out(label.content(), self.letters(), &self.label_setting());
        let lines = layout.lines.iter().map(|line| line.width);
        Some(Size::new(lines.fold(0.0, f64::max), layout.height))
    }

    /// The box of the label of a line or arrow that is on it, in local space. O(text).
    pub fn label_on_line(&self) -> Option<Rect> {
        self.label_box().filter(|_| self.labels_line())
    }

    /// The place on a line or arrow where its label is, on the board.
    pub fn place_of_label(&self) -> Point {
        self.placement() * self.point_of_label()
    }

    /// The share of its length at which a line or arrow is nearest to a point of the board, and that
    /// length, board units. O(points).
    pub fn nearest_share(&self, at: Point) -> (f64, f64) {
        let at = self.placement().inverse() * at;
        let way = self.kind.shape().way(&self.body());
        let (mut length, mut nearest, mut least) = (0.0, 0.0, f64::INFINITY);
        for (from, to) in way.iter().zip(way.iter().skip(1)) {
            let (step, off) = (*to - *from, at - *from);
            let share = (off.dot(step) / step.hypot2().max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
            let distance = (off - step * share).hypot2();
            if distance < least {
                (least, nearest) = (distance, length + step.hypot() * share);
            }
            length += step.hypot();
        }
        (nearest / length.max(f64::MIN_POSITIVE), length)
    }

    /// Paints what it looks like without its label, with a gap where that is on a line.
    pub(super) fn paint_around_label(
        &self,
        list: &mut DisplayList,
        paint: impl FnOnce(&mut DisplayList),
    ) {
        let Some(gap) = self.label_on_line() else {
            return paint(list);
        };
        // The broader a line is, the more its end shouts at the words.
        let half = self.style.width / 2.0;
        let hole = gap.inflate(GAP * self.letters() + half, half);
        let overhang = GAP * self.letters();
        let all = gap.inflate(overhang, overhang);
        let all = self.kind.shape().extent(&self.body()).union(all);
        let hole = hole.intersect(all);
        let mut path = all.to_path(1.0);
        // The other way round, so that what is in both is in none.
        path.extend(hole.to_path(1.0).reverse_subpaths());
        for end in self.heads_under(hole) {
            path.extend(end.intersect(all).to_path(1.0));
        }
        list.op(Op::Save, &[]);
        list.path(&path);
        list.op(Op::Clip, &[]);
        paint(list);
        list.op(Op::Restore, &[]);
    }

    /// Around what shows which way it goes, where a hole would take it.
    fn heads_under(&self, hole: Rect) -> Vec<Rect> {
        let way = self.kind.shape().way(&self.body());
        let ends = [way.first(), way.last()].into_iter().flatten();
        let ends = ends.zip(self.kept_at_ends(long(&way)));
        let around = ends.map(|(tip, kept)| Rect::from_center_size(*tip, (2.0 * kept, 2.0 * kept)));
        around
            .filter(|end| end.intersect(hole).area() > 0.0)
            .collect()
    }
}

/// How long a way is. O(way).
fn long(way: &[Point]) -> f64 {
    let steps = way.iter().zip(way.iter().skip(1));
    steps.map(|(from, to)| (*to - *from).hypot()).sum()
}

/// The middle of the straight piece that takes up most of the middle half of a way, the first of
/// several: the middle of an elbow may be on a corner. O(way).
fn middle_leg(way: &[Point]) -> Option<Point> {
    let legs = || way.iter().zip(way.iter().skip(1));
    let quarter = legs().map(|(from, to)| length(*to - *from)).sum::<f64>() / 4.0;
    let (mut before, mut most, mut middle) = (0.0, 0.0, None);
    for (from, to) in legs() {
        let after = before + length(*to - *from);
        let part = after.min(3.0 * quarter) - f64::max(before, quarter);
        // What rounding makes longer is not.
        if part > most + SAME {
            (most, middle) = (part, Some(from.midpoint(*to)));
        }
        before = after;
    }
    middle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::Kind;
    use crate::element::line::Line;
    use crate::fields::Value;
    use crate::geometry::Geometry;
    use crate::id::ElementId;
    use crate::order::OrderKey;
    use crate::style::{Style, StyleField};

    /// A line through some points with these words, its end with a head or not.
    fn line(points: &[(f64, f64)], head: bool, words: &str) -> Element {
        let points: Vec<Point> = points.iter().map(|at| Point::from(*at)).collect();
        let (geometry, line) = Line::through(&points).expect("points");
        let (id, order) = (ElementId::from_random(1), OrderKey::default());
        let kind = Kind::Line(line);
        let mut line = Element::new(id, order, "".into(), geometry, Style::default(), kind);
        if head {
            line.style
                .set(StyleField::EndHead, &Value::text("triangle"));
        }
        line.set_text(words);
        line
    }

    /// Its label on the board.
    fn label(line: &Element) -> Rect {
        let place = line.placement();
        place.transform_rect_bbox(line.label_on_line().expect("it is on the line"))
    }

    #[test]
    fn a_short_line_keeps_its_head_and_its_label_stands_before_that() {
        for (x, y) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.6, 0.8)] {
            for long in [54.0, 80.0, 100.0] {
                let tip = Point::new(300.0 + x * long, 300.0 + y * long);
                let line = line(&[(300.0, 300.0), (tip.x, tip.y)], true, "yes");
                let words = label(&line);
                let [_, head] = line.kept_at_ends(long);
                assert!(head > 10.0);
                // In the narrowest one the words reach just to the other end.
                let covered = words.intersect(Rect::from_center_size(tip, (head, head)));
                assert_eq!(covered.area(), 0.0, "{long} {x} {y}");
                let start = Point::new(300.0 - x, 300.0 - y);
                assert!(!words.inflate(-1.5, -1.5).contains(start), "{long} {x} {y}");
            }
        }
    }

    #[test]
    fn a_label_stands_in_the_middle_where_there_is_room() {
        for head in [false, true] {
            let long = line(&[(0.0, 0.0), (200.0, 0.0)], head, "yes");
            assert!((label(&long).center().x - 100.0).abs() < 0.5);
        }
        let short = line(&[(0.0, 0.0), (54.0, 0.0)], false, "yes");
        assert!(
            (label(&short).center().x - 27.0).abs() < 0.5,
            "and where there is no head"
        );
    }

    #[test]
    fn words_that_cover_all_of_a_line_leave_its_head() {
        let line = line(
            &[(0.0, 0.0), (60.0, 0.0)],
            true,
            "words that are much longer",
        );
        let hole = line.label_on_line().expect("words");
        let kept = line.heads_under(hole);
        assert_eq!(kept.len(), 1);
        let tip = line.placement().inverse() * Point::new(60.0, 0.0);
        assert!(
            kept.iter()
                .all(|kept| kept.contains(tip - Vec2::new(10.0, 0.0)))
        );
    }

    #[test]
    fn the_label_of_a_closed_line_is_in_its_middle_and_wrapped_to_its_inside() {
        let corners = [(0.0, 0.0), (200.0, 0.0), (240.0, 100.0), (100.0, 180.0)];
        for fill in ["#ffec99", "transparent"] {
            let mut shape = line(&corners, false, "words that need several lines");
            let on_line = label(&shape);
            shape.style.set(StyleField::Fill, &Value::text(fill));
            shape.restyle(StyleField::Closed, &Value::Bool(true));
            assert_eq!(shape.label_on_line(), None);
            let words = shape
                .placement()
                .transform_rect_bbox(shape.label_box().unwrap());
            let box_of: Geometry = shape.geometry;
            assert!((words.center() - box_of.center()).hypot() < 0.5);
            let inside = box_of.rect();
            assert_eq!(inside.union(words), inside);
            shape.restyle(StyleField::Closed, &Value::Bool(false));
            assert_eq!(label(&shape), on_line);
        }
    }
}
