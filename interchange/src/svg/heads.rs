//! What is at the ends of lines.
//!
//! Owns which of our heads is nearest to a marker, and how far that reaches beyond the line. How large theirs is,
//! is left out.

use board::style::{Color, Head};
use kurbo::{PathEl, Point, Shape as _, Size};
use roxmltree::Node;

use super::look::Look;
use super::numbers::numbers;
use super::shapes::{Form, Reading};
use super::sheet::Sheet;

const WHITE: Color = Color(0xffff_ffff);

/// Channels of two colours that differ by less are of one colour for whoever looks.
const NEAR: i32 = 96;

/// What is at an end of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) head: Head,
    /// How far it reaches beyond the line's end, in the line's units.
    pub(super) beyond: f64,
    /// What it is painted with, if that is not the line's own colour.
    color: Option<Color>,
}

impl Found {
    /// Whether it looks as if it had the colour of its line, as ours have.
    pub(super) fn suits(&self, line: Color) -> bool {
        let channels = |color: Color| color.0.to_be_bytes().map(i32::from);
        self.color.is_none_or(|color| {
            let mut pairs = channels(color).into_iter().zip(channels(line));
            pairs.all(|(one, other)| (one - other).abs() < NEAR)
        })
    }
}

/// The head that is nearest to what a marker shows first, on a line of a width.
pub(super) fn head(
    marker: Node<'_, '_>,
    around: &Look,
    sheet: &Sheet,
    width: f64,
) -> Option<Found> {
    let nodes = marker.descendants().skip(1).filter(Node::is_element);
    let drawn = nodes.filter_map(|node| {
        let (look, own) = around.of(node, sheet, 0.0).ok()?;
        let reading = Reading {
            node,
            view: Size::new(1.0, 1.0),
            font_size: 1.0,
        };
        let form = is_shape(node)
            .then(|| reading.form())
            .and_then(Result::ok)??;
        own.shown.then(|| Found {
            head: nearest(&form, &look),
            beyond: beyond(marker, &form, width),
            color: color(&look),
        })
    });
    drawn.into_iter().next()
}

/// How far a marker's form reaches beyond the end of a line of a width.
fn beyond(marker: Node<'_, '_>, form: &Form, width: f64) -> f64 {
    let told = |name: &str| numbers(marker.attribute(name)?)?.first().copied();
    let side = |name: &str| told(name).unwrap_or(3.0);
    let view = marker.attribute("viewBox").and_then(numbers);
    let fitted = match view.as_deref() {
        Some([_, _, across, down]) if *across > 0.0 && *down > 0.0 => {
            (side("markerWidth") / across).min(side("markerHeight") / down)
        }
        _ => 1.0,
    };
    let by = match marker.attribute("markerUnits") {
        Some("userSpaceOnUse") => fitted,
        _ => fitted * width,
    };
    (form.way().bounding_box().x1 - told("refX").unwrap_or(0.0)) * by
}

/// What a marker is painted with: its inside, else its line. One that takes its line's colour has none.
fn color(look: &Look) -> Option<Color> {
    let colors = [look.inside().ok()?, look.line().ok()?];
    colors
        .into_iter()
        .find(|color| !color.is_none() && *color != WHITE)
}

/// Whether a node is one of the shapes.
pub(super) fn is_shape(node: Node<'_, '_>) -> bool {
    let shapes = [
        "rect", "circle", "ellipse", "line", "polyline", "polygon", "path",
    ];
    shapes.contains(&node.tag_name().name())
}

fn nearest(form: &Form, look: &Look) -> Head {
    // One that is painted as its line is counts as filled.
    let fill = look.inside().unwrap_or(Color(0xff));
    let outlined = look.line().is_ok_and(|line| !line.is_none());
    let filled = !(fill.is_none() || fill == WHITE && outlined);
    match (form, filled) {
        (Form::Oval(_), true) => Head::Circle,
        (Form::Oval(_), false) => Head::CircleOutline,
        (Form::Box(..), true) => Head::Diamond,
        (Form::Box(..), false) => Head::DiamondOutline,
        (Form::Way(way), _) => {
            let mut corners: Vec<Point> = way
                .elements()
                .iter()
                .filter_map(PathEl::end_point)
                .collect();
            if corners.len() > 1 && corners.first() == corners.last() {
                corners.pop();
            }
            let closed = way.elements().last() == Some(&PathEl::ClosePath) || filled;
            match (corners.len(), closed, filled) {
                (..=2, ..) => Head::Bar,
                (_, false, _) => Head::Arrow,
                (4, _, true) if is_convex(&corners) => Head::Diamond,
                (4, _, false) if is_convex(&corners) => Head::DiamondOutline,
                (_, _, true) => Head::Triangle,
                (_, _, false) => Head::TriangleOutline,
            }
        }
    }
}

fn is_convex(corners: &[Point]) -> bool {
    let around = corners.iter().cycle();
    let threes = around
        .clone()
        .zip(around.clone().skip(1))
        .zip(around.skip(2));
    let turns = threes
        .take(corners.len())
        .map(|((a, b), c)| (*b - *a).cross(*c - *b));
    let (mut left, mut right) = (false, false);
    for turn in turns {
        left |= turn > 0.0;
        right |= turn < 0.0;
    }
    left != right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_become_the_nearest_head() {
        for (inside, is) in [
            ("<path d='M0 0L10 5L0 10z'/>", Head::Triangle),
            ("<path d='M0,-5L10,0L0,5'/>", Head::Triangle),
            ("<path d='M0 0L10 5L0 10L3 5z'/>", Head::Triangle),
            (
                "<polyline points='0 0 10 5 0 10' fill='none' stroke='#000'/>",
                Head::Arrow,
            ),
            (
                "<polygon points='0 0 10 5 0 10' fill='#fff' stroke='#000'/>",
                Head::TriangleOutline,
            ),
            ("<g><circle r='3' fill='context-stroke'/></g>", Head::Circle),
            (
                "<circle r='3' fill='none' stroke='#000'/>",
                Head::CircleOutline,
            ),
            ("<path d='M0 5L5 0L10 5L5 10z'/>", Head::Diamond),
            (
                "<path d='M0 5L5 0L10 5L5 10z' fill='none' stroke='red'/>",
                Head::DiamondOutline,
            ),
            ("<line y2='10' stroke='#000'/>", Head::Bar),
            ("", Head::None),
        ] {
            let svg = format!("<marker>{inside}</marker>");
            let document = roxmltree::Document::parse(&svg).unwrap();
            let head = found(&document).map_or(Head::None, |found| found.head);
            assert_eq!(head, is, "{inside}");
        }
    }

    fn found(document: &roxmltree::Document<'_>) -> Option<Found> {
        head(
            document.root_element(),
            &Look::default(),
            &Sheet::default(),
            2.0,
        )
    }

    #[test]
    fn a_head_reaches_beyond_its_line_as_it_says() {
        for (marker, beyond) in [
            (
                "viewBox='0 0 10 10' refX='5' markerUnits='userSpaceOnUse' markerWidth='12' markerHeight='12'",
                6.0,
            ),
            ("markerWidth='10' markerHeight='7'", 20.0),
            ("refX='10'", 0.0),
        ] {
            let svg = format!("<marker {marker}><path d='M0 0L10 5L0 10z'/></marker>");
            let document = roxmltree::Document::parse(&svg).unwrap();
            assert_eq!(found(&document).unwrap().beyond, beyond, "{marker}");
        }
    }
}
