//! What the ends of lines and arrows look like.
//!
//! Owns the heads' proportions, where they look and where the shaft makes room for them. Knows
//! paths, and no element.

use kurbo::{Affine, BezPath, ParamCurve, PathSeg, Point, Rect, Size, Vec2};

use crate::contour::ellipse;
use crate::fields::Value;
use crate::style::{Head, Style, StyleField};
use crate::subpath::{Subpath, length};

/// The heads of a line of which nothing else is said, at its start and its end.
pub const OF_LINES: [Head; 2] = [Head::None, Head::None];
/// The heads of an arrow of which nothing else is said.
pub const OF_ARROWS: [Head; 2] = [Head::None, Head::Arrow];

/// A head's size: so much at no width, and so much more per unit of stroke width.
const SIZE: (f64, f64) = (8.0, 3.8);
/// Crow's feet are so much larger, for they say two things.
const CROW: f64 = 1.5;
/// At most this share of the line's own length is a head.
pub(super) const SHARE: f64 = 0.45;

/// Sine and cosine of half the angle between an arrow's barbs, 0.5 radians.
const SPREAD: (f64, f64) = (0.479_425_538_604_203, 0.877_582_561_890_372_8);
/// Half of a bar, in sizes; and of a crow's foot.
const BAR: f64 = 0.42;
const FOOT: f64 = 0.3;
/// How deep a crow's foot is.
const DEPTH: f64 = 0.5;
/// Where a crow's first bar is, and how far beyond the foot another one.
const FIRST: f64 = 0.24;
const BEYOND: f64 = 0.22;
/// A crow's ring.
const RING: f64 = 0.2;

/// A head whose outline closes, in sizes: how long and half how wide it is, and the circle that
/// touches its sides from within, by the distance of its middle from the tip and by its radius.
struct Tip {
    long: f64,
    half: f64,
    middle: f64,
    within: f64,
}

const TRIANGLE: Tip = Tip {
    long: 0.85,
    half: 0.42,
    middle: 0.589_05,
    within: 0.260_95,
};
const CIRCLE: Tip = Tip {
    long: 0.6,
    half: 0.3,
    middle: 0.3,
    within: 0.3,
};
const DIAMOND: Tip = Tip {
    long: 0.96,
    half: 0.32,
    middle: 0.48,
    within: 0.266_26,
};

/// The heads that a style gives to what has these when nothing is said.
pub(super) fn of(style: &Style, usual: [Head; 2]) -> [Head; 2] {
    let [start, end] = usual;
    let details = &style.details;
    [
        details.start_head.unwrap_or(start),
        details.end_head.unwrap_or(end),
    ]
}

/// Says in a style which heads it leaves to the kind.
pub fn spell_out(style: &mut Style, usual: [Head; 2]) {
    let fields = [StyleField::StartHead, StyleField::EndHead];
    for (field, head) in fields.into_iter().zip(of(style, usual)) {
        style.set(field, &Value::text(head.name()));
    }
}

/// Heads as paths to be stroked, closed ones included, and areas to be filled under them.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) lines: BezPath,
    pub(super) areas: BezPath,
}

/// How long each head is where there is room, board units.
pub(super) fn lengths(heads: [Head; 2], width: f64) -> [f64; 2] {
    heads.map(|head| match head {
        Head::None => 0.0,
        head => wanted(head, width),
    })
}

fn wanted(head: Head, width: f64) -> f64 {
    let (base, per_width) = SIZE;
    (base + per_width * width) * if is_crow(head) { CROW } else { 1.0 }
}

/// Takes from a path what its heads stand for, and gives what is painted instead. O(path).
///
/// `edge` is how far areas stay within their outlines, board units: an outline that can be seen
/// through must not lie on them.
pub(super) fn crown(shaft: &mut Subpath, heads: [Head; 2], width: f64, edge: f64) -> Marks {
    let mut marks = Marks::default();
    let mut points = shaft.points();
    let long: f64 = points.windows(2).map(|pair| length(span(pair))).sum();
    let [start, end] = heads;
    for head in [end, start] {
        if head != Head::None {
            let size = wanted(head, width).min(SHARE * long);
            let back = make_room(head, size, shaft, &points);
            if let (Some(back), Some(tip)) = (back, points.last()) {
                let mut pencil = Pencil {
                    tip: *tip,
                    back,
                    size,
                    edge,
                    marks: &mut marks,
                };
                pencil.draw(head);
            }
        }
        // The other way round the start is an end.
        points.reverse();
        shaft.sides.reverse();
        for side in &mut shaft.sides {
            *side = side.reverse();
        }
    }
    marks
}

/// Takes from the end of a shaft what a head of this size stands for, and gives where the head looks back.
fn make_room(head: Head, size: f64, shaft: &mut Subpath, points: &[Point]) -> Option<Vec2> {
    let room = room(head) * size;
    let cut = (room > 0.0).then(|| cut_end(&mut shaft.sides, room));
    cut.flatten().or_else(|| axis(points, size))
}

fn is_crow(head: Head) -> bool {
    matches!(
        head,
        Head::One
            | Head::Many
            | Head::OneOrMany
            | Head::ExactlyOne
            | Head::ZeroOrOne
            | Head::ZeroOrMany
    )
}

/// How far from the tip the shaft ends, in sizes: nothing shows through an outline, and the middle
/// of a crow's foot is not dashed.
fn room(head: Head) -> f64 {
    match head {
        Head::Triangle | Head::TriangleOutline => TRIANGLE.long,
        Head::Circle | Head::CircleOutline => CIRCLE.long,
        Head::Diamond | Head::DiamondOutline => DIAMOND.long,
        Head::ZeroOrOne | Head::ZeroOrMany => DEPTH + 2.0 * RING,
        Head::One => FIRST,
        Head::ExactlyOne | Head::Many | Head::OneOrMany => DEPTH,
        Head::None | Head::Arrow | Head::Bar => 0.0,
    }
}

/// The direction from the tip back along the way that a head covers, not along a last crumb of a
/// segment; `None` without length.
fn axis(points: &[Point], size: f64) -> Option<Vec2> {
    let mut left = size;
    let mut back = Vec2::ZERO;
    for pair in points.windows(2).rev() {
        let way = span(pair);
        let reach = length(way);
        if reach >= left {
            back -= way * (left / reach.max(f64::MIN_POSITIVE));
            break;
        }
        back -= way;
        left -= reach;
    }
    unit(back)
}

/// Ends sides where they come so near to their end, and gives the direction from it to there;
/// `None`, and all sides as they were, when they never are so far away.
fn cut_end(sides: &mut Vec<PathSeg>, reach: f64) -> Option<Vec2> {
    let tip = sides.last()?.end();
    let near = |at: Point| length(at - tip) < reach;
    let last = sides.iter().rposition(|side| !near(side.start()))?;
    sides.truncate(last + 1);
    let side = sides.last_mut()?;
    let (mut out, mut within) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = f64::midpoint(out, within);
        if near(side.eval(middle)) {
            within = middle;
        } else {
            out = middle;
        }
    }
    *side = side.subsegment(0.0..out);
    unit(side.end() - tip)
}

fn unit(way: Vec2) -> Option<Vec2> {
    let long = length(way);
    (long >= 1e-9).then(|| way / long)
}

fn span(pair: &[Point]) -> Vec2 {
    match pair {
        [from, to] => *to - *from,
        _ => Vec2::ZERO,
    }
}

/// Draws one head.
struct Pencil<'a> {
    tip: Point,
    /// Of length 1, from the tip along the shaft.
    back: Vec2,
    size: f64,
    edge: f64,
    marks: &'a mut Marks,
}

impl Pencil<'_> {
    /// So many sizes behind the tip and to its side.
    fn at(&self, behind: f64, beside: f64) -> Point {
        let Vec2 { x, y } = self.back;
        self.tip + Vec2::new(x * behind - y * beside, x * beside + y * behind) * self.size
    }

    fn draw(&mut self, head: Head) {
        match head {
            Head::None => {}
            Head::Arrow => {
                let (side, behind) = SPREAD;
                self.line(&[(behind, side), (0.0, 0.0), (behind, -side)]);
            }
            Head::Triangle => self.triangle(true),
            Head::TriangleOutline => self.triangle(false),
            Head::Circle => self.circle(true),
            Head::CircleOutline => self.circle(false),
            Head::Diamond => self.diamond(true),
            Head::DiamondOutline => self.diamond(false),
            Head::Bar => self.line(&[(0.0, BAR), (0.0, -BAR)]),
            Head::One => self.across(FIRST),
            Head::Many => self.foot(),
            Head::OneOrMany => {
                self.foot();
                self.across(DEPTH + BEYOND);
            }
            Head::ExactlyOne => {
                self.across(FIRST);
                self.across(DEPTH);
            }
            Head::ZeroOrOne => {
                self.across(FIRST);
                self.ring();
            }
            Head::ZeroOrMany => {
                self.foot();
                self.ring();
            }
        }
        if is_crow(head) {
            self.line(&[(0.0, 0.0), (room(head).min(DEPTH), 0.0)]);
        }
    }

    fn line(&mut self, points: &[(f64, f64)]) {
        let line = self.path(points);
        self.marks.lines.extend(line);
    }

    fn across(&mut self, behind: f64) {
        self.line(&[(behind, FOOT), (behind, -FOOT)]);
    }

    fn foot(&mut self) {
        self.line(&[(0.0, FOOT), (DEPTH, 0.0), (0.0, -FOOT)]);
    }

    fn ring(&mut self) {
        let ring = self.round(DEPTH + RING, RING);
        self.marks.lines.extend(ring);
    }

    fn round(&self, behind: f64, radius: f64) -> BezPath {
        let side = 2.0 * radius * self.size;
        ellipse(Rect::from_center_size(
            self.at(behind, 0.0),
            Size::new(side, side),
        ))
    }

    fn triangle(&mut self, filled: bool) {
        let Tip { long, half, .. } = TRIANGLE;
        let path = self.polygon(&[(0.0, 0.0), (long, half), (long, -half)]);
        self.outline(path, &TRIANGLE, filled);
    }

    fn diamond(&mut self, filled: bool) {
        let Tip {
            long, half, middle, ..
        } = DIAMOND;
        let path = self.polygon(&[(0.0, 0.0), (middle, half), (long, 0.0), (middle, -half)]);
        self.outline(path, &DIAMOND, filled);
    }

    fn circle(&mut self, filled: bool) {
        let path = self.round(CIRCLE.middle, CIRCLE.half);
        self.outline(path, &CIRCLE, filled);
    }

    fn polygon(&self, corners: &[(f64, f64)]) -> BezPath {
        let mut path = self.path(corners);
        path.close_path();
        path
    }

    fn path(&self, points: &[(f64, f64)]) -> BezPath {
        let mut path = BezPath::new();
        for (i, (behind, beside)) in points.iter().enumerate() {
            let at = self.at(*behind, *beside);
            if i == 0 {
                path.move_to(at);
            } else {
                path.line_to(at);
            }
        }
        path
    }

    /// Drawn smaller about the middle of the circle within, all its sides come nearer by as much.
    fn outline(&mut self, path: BezPath, tip: &Tip, filled: bool) {
        if filled && self.edge < tip.within * self.size {
            let middle = self.at(tip.middle, 0.0);
            let smaller = 1.0 - self.edge / (tip.within * self.size);
            let area = Affine::scale_about(smaller, middle) * path.clone();
            self.marks.areas.extend(area);
        }
        self.marks.lines.extend(path);
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Shape;

    use super::*;
    use crate::subpath::subpaths;

    fn shaft(svg: &str) -> Subpath {
        subpaths(&BezPath::from_svg(svg).unwrap()).pop().unwrap()
    }

    #[test]
    fn no_head_takes_more_than_its_share() {
        for head in Head::ALL {
            for long in [0.0, 1.0, 30.0, 900.0] {
                let mut line = shaft(&format!("M0 0 L{long} 0"));
                let Marks { lines, areas } = crown(&mut line, [Head::None, head], 8.0, 0.0);
                for path in [lines, areas] {
                    if !path.is_empty() {
                        let around = path.bounding_box();
                        assert!(
                            around.x0 >= (1.0 - SHARE) * long - 1e-9,
                            "{head:?} of {long}"
                        );
                        assert!(around.height() <= SHARE * long + 1e-9, "{head:?} of {long}");
                    }
                }
                assert!(line.to_path().is_finite());
            }
        }
    }

    #[test]
    fn a_shaft_ends_where_outlines_begin_also_in_a_curve() {
        for svg in ["M0 0 L400 10", "M0 0 C0 200 400 -200 400 10"] {
            for head in [Head::TriangleOutline, Head::Circle, Head::ZeroOrMany] {
                let mut line = shaft(svg);
                crown(&mut line, [head, head], 2.0, 0.0);
                let scale = if is_crow(head) { CROW } else { 1.0 };
                let wanted = room(head) * scale * 15.6;
                let ends = [
                    line.sides.first().unwrap().start(),
                    line.sides.last().unwrap().end(),
                ];
                for (end, tip) in ends.into_iter().zip([(0.0, 0.0), (400.0, 10.0)]) {
                    assert!((end.distance(tip.into()) - wanted).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn a_filled_head_that_shows_through_stays_within_its_outline() {
        let mut line = shaft("M0 0 L400 0");
        let inside = crown(&mut line, [Head::None, Head::Triangle], 4.0, 2.0).areas;
        let around = crown(
            &mut shaft("M0 0 L400 0"),
            [Head::None, Head::Triangle],
            4.0,
            0.0,
        )
        .areas;
        let (inside, around) = (inside.bounding_box(), around.bounding_box());
        assert!(
            (inside.x0 - around.x0 - 2.0).abs() < 1e-3,
            "{inside:?} in {around:?}"
        );
    }

    /// What the documentation's table says of a head: corners of its lines, its circle, its room.
    fn documented(head: Head) -> (Vec<Point>, Vec<f64>, f64) {
        let page = include_str!("../../../docs/file-format.md");
        let (_, table) = page.split_once("### Heads\n").unwrap();
        let name = format!("`{}`", head.name());
        let row = table.lines().find(|line| {
            let first = line.split('|').nth(1).unwrap_or_default();
            first.split_whitespace().any(|one| one == name)
        });
        let cells: Vec<&str> = row.unwrap().split('|').collect();
        let numbers = |cell: &str| -> Vec<f64> {
            let plain = cell.replace('−', "-");
            let parts = plain.split([',', ';', '(', ')', ' ']);
            parts.filter_map(|part| part.parse().ok()).collect()
        };
        let lines = numbers(cells[2]);
        let corners = lines.chunks_exact(2).map(|at| Point::new(at[0], at[1]));
        (corners.collect(), numbers(cells[3]), numbers(cells[4])[0])
    }

    #[test]
    fn heads_are_what_the_documentation_says() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
        for head in Head::ALL {
            let (corners, circle, shaft) = documented(head);
            let mut marks = Marks::default();
            let mut pencil = Pencil {
                tip: Point::ZERO,
                back: Vec2::new(1.0, 0.0),
                size: 1.0,
                edge: 0.0,
                marks: &mut marks,
            };
            pencil.draw(head);
            let (mut made, mut round) = (Vec::new(), BezPath::new());
            for subpath in subpaths(&marks.lines) {
                if subpath
                    .sides
                    .iter()
                    .any(|side| matches!(side, PathSeg::Cubic(_)))
                {
                    round.move_to(subpath.start());
                    round.extend(subpath.sides.iter().map(PathSeg::as_path_el));
                } else {
                    made.extend(subpath.points());
                }
            }
            let same = corners
                .iter()
                .zip(&made)
                .all(|(a, b)| near(a.x, b.x) && near(a.y, b.y));
            assert!(same && corners.len() == made.len(), "{head:?} {made:?}");
            assert_eq!(round.is_empty(), circle.is_empty(), "{head:?}");
            if let [middle, radius] = circle[..] {
                let area = round.bounding_box();
                assert!(near(area.center().x, middle) && near(area.width(), 2.0 * radius));
            }
            assert!(near(room(head), shaft), "{head:?}");
        }
    }
}
