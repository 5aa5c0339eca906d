//! The selection in line, at equal gaps and turned over; one step of undo each.

use super::*;
use kurbo::{Point, Rect};

/// Several things of several kinds, all of them selected: the last one turned.
fn several() -> Editor {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (160.0, 140.0));
    draw(&mut a, "ellipse", (240.0, 200.0), (260.0, 300.0));
    draw(&mut a, "arrow", (300.0, 420.0), (420.0, 360.0));
    draw(&mut a, "rectangle", (500.0, 60.0), (600.0, 100.0));
    // Turned by the handle above it.
    drag(&mut a, (550.0, 34.0), (620.0, 100.0));
    a.act("selectAll");
    a
}

fn boxes(editor: &Editor) -> Vec<Rect> {
    let nodes = editor.scene().in_order().into_iter();
    nodes.map(|node| node.element().frame().bounds()).collect()
}

fn all(editor: &Editor) -> Rect {
    boxes(editor)
        .into_iter()
        .reduce(|all, own| all.union(own))
        .unwrap()
}

#[test]
fn each_way_puts_everything_in_line_with_the_box_around_it() {
    type Line = fn(&Rect) -> f64;
    let ways: [(&str, Line); 6] = [
        ("alignLeft", |own| own.x0),
        ("alignCentre", |own| own.center().x),
        ("alignRight", |own| own.x1),
        ("alignTop", |own| own.y0),
        ("alignMiddle", |own| own.center().y),
        ("alignBottom", |own| own.y1),
    ];
    for (way, line) in ways {
        let mut a = several();
        let (before, around) = (boxes(&a), all(&a));
        a.act(way);
        for (own, was) in boxes(&a).iter().zip(&before) {
            assert!(
                (line(own) - line(&around)).abs() < 1e-3,
                "{way}: {own} in {around}"
            );
            assert!(
                (own.size().to_vec2() - was.size().to_vec2()).hypot() < 1e-3,
                "{way}"
            );
        }
        let there = boxes(&a);
        a.drain();
        a.act(way);
        assert!(a.drain().updates.is_empty(), "{way}: what is in line stays");
        assert_eq!(boxes(&a), there);
        a.act("undo");
        assert_eq!(boxes(&a), before, "{way} is one step");
    }
}

#[test]
fn gaps_become_equal_between_the_first_and_the_last() {
    for (way, across) in [("spaceAcross", true), ("spaceDown", false)] {
        let mut a = several();
        let around = all(&a);
        a.act(way);
        let ends = |own: &Rect| {
            if across {
                (own.x0, own.x1)
            } else {
                (own.y0, own.y1)
            }
        };
        let mut along: Vec<_> = boxes(&a).iter().map(ends).collect();
        along.sort_by(|one, other| (one.0 + one.1).total_cmp(&(other.0 + other.1)));
        let gaps: Vec<f64> = along.windows(2).map(|pair| pair[1].0 - pair[0].1).collect();
        assert!(
            gaps.iter().all(|gap| (gap - gaps[0]).abs() < 1e-3),
            "{way}: {gaps:?}"
        );
        assert!((ends(&all(&a)).0 - ends(&around).0).abs() < 1e-3, "{way}");
        assert!((ends(&all(&a)).1 - ends(&around).1).abs() < 1e-3, "{way}");
        a.act("undo");
        assert_eq!(boxes(&a), boxes(&several()), "{way} is one step");
    }
}

#[test]
fn centres_become_equally_far_apart_between_the_first_and_the_last() {
    type Along = fn(&Rect) -> f64;
    let ways: [(&str, Along); 2] = [
        ("centresAcross", |own| own.center().x),
        ("centresDown", |own| own.center().y),
    ];
    for (way, along) in ways {
        let mut a = several();
        let centres = |a: &Editor| {
            let mut centres: Vec<f64> = boxes(a).iter().map(along).collect();
            centres.sort_by(f64::total_cmp);
            centres
        };
        let before = centres(&a);
        a.act(way);
        let after = centres(&a);
        let far = (before[3] - before[0]) / 3.0;
        for (i, at) in (0_u8..).zip(&after) {
            let even = before[0] + f64::from(i) * far;
            assert!((at - even).abs() < 1e-3, "{way}: {after:?}");
        }
        assert!((before[1] - after[1]).abs() > 1.0, "{way} moves something");
        a.act("undo");
        assert_eq!(boxes(&a), boxes(&several()), "{way} is one step");
    }
}

#[test]
fn turned_over_twice_is_as_it_was_and_lines_go_the_other_way() {
    for (way, across) in [("flipAcross", true), ("flipDown", false)] {
        let mut a = several();
        let (before, around) = (boxes(&a), all(&a));
        let arrow = |a: &Editor| -> Vec<Point> {
            let mut nodes = a.scene().iter().map(|node| node.element());
            nodes
                .find(|element| element.kind.name() == "arrow")
                .unwrap()
                .vertices()
        };
        let was = arrow(&a);
        a.act(way);
        for (own, was) in arrow(&a).iter().zip(&was) {
            let mirrored = if across {
                Point::new(around.x0 + around.x1 - was.x, was.y)
            } else {
                Point::new(was.x, around.y0 + around.y1 - was.y)
            };
            assert!(own.distance(mirrored) < 1e-2, "{way}: {own} and {mirrored}");
        }
        a.act(way);
        for (own, was) in boxes(&a).iter().zip(&before) {
            assert!(
                (own.origin() - was.origin()).hypot() < 1e-2,
                "{way}: {own} and {was}"
            );
        }
    }
}

#[test]
fn two_have_one_gap_and_one_has_nothing_to_be_in_line_with() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (160.0, 140.0));
    let alt = Modifiers {
        alt: true,
        ..Default::default()
    };
    assert!(
        !a.key("a", "KeyA", alt, false, Focus::Board),
        "left to the browser"
    );
    draw(&mut a, "ellipse", (240.0, 200.0), (260.0, 300.0));
    a.act("selectAll");
    a.drain();
    let shift = Modifiers { shift: true, ..alt };
    assert!(
        !a.key("H", "KeyH", shift, false, Focus::Board),
        "two have one gap"
    );
    assert!(a.key("a", "KeyA", alt, false, Focus::Board));
    assert_eq!(a.drain().updates.len(), 1);
}
