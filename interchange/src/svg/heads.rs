//! What is at the ends of lines.
//!
//! Owns which of our heads is nearest to a marker. How large and where exactly theirs is, is left out.

use board::style::{Color, Head};
use kurbo::{PathEl, Point, Size};
use roxmltree::Node;

use super::look::Look;
use super::shapes::{Form, Reading};
use super::sheet::Sheet;

const WHITE: Color = Color(0xffff_ffff);

/// The head that is nearest to what a marker shows first.
pub(super) fn head(marker: Node<'_, '_>, around: &Look, sheet: &Sheet) -> Head {
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
        own.shown.then(|| nearest(&form, &look))
    });
    drawn.into_iter().next().unwrap_or(Head::None)
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
            let head = head(document.root_element(), &Look::default(), &Sheet::default());
            assert_eq!(head, is, "{inside}");
        }
    }
}
