//! Outlines that fill their box and nothing more.

use kurbo::{PathEl, RoundedRect, Shape, Vec2};
use proptest::prelude::*;

use super::*;

fn contours() -> impl Strategy<Value = Contour> {
    proptest::sample::select(Contour::ALL.to_vec())
}

/// Lengths as people draw them, none, and extremes.
fn lengths() -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => Just(0.0),
        1 => 0.0..1e-3,
        6 => 0.0..1000.0,
        1 => 0.0..2e7,
        1 => Just(2e7),
    ]
}

fn sizes() -> impl Strategy<Value = Size> {
    (lengths(), lengths()).prop_map(|(w, h)| Size::new(w, h))
}

/// Boxes from slivers to squares.
fn drawn_sizes() -> impl Strategy<Value = Size> {
    (1.0..1000.0, 1.0..1000.0).prop_map(|(w, h)| Size::new(w, h))
}

/// All end and control points.
fn points(path: &BezPath) -> Vec<Point> {
    let of = |element: &PathEl| match *element {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => vec![p],
        PathEl::QuadTo(a, p) => vec![a, p],
        PathEl::CurveTo(a, b, p) => vec![a, b, p],
        PathEl::ClosePath => vec![],
    };
    path.elements().iter().flat_map(of).collect()
}

fn assert_within(path: &BezPath, size: Size) {
    let slack = 1e-9 * (size.width + size.height);
    let area = size.to_rect().inflate(slack, slack);
    for Point { x, y } in points(path) {
        let within = area.x0 <= x && x <= area.x1 && area.y0 <= y && y <= area.y1;
        assert!(within, "({x}, {y}) is not within {size}");
    }
}

/// Whether a filled path has a point, flattened as for a click: the geometry library's winding of
/// curves errs beside the axis of a symmetric arc.
fn has(path: &BezPath, at: Point) -> bool {
    let mut lines = BezPath::new();
    kurbo::flatten(path.iter(), 1e-3, |element| lines.push(element));
    lines.winding(at) != 0
}

proptest! {
    #[test]
    fn outlines_are_closed_and_stay_in_their_box(
        contour in contours(), size in sizes(), radius in lengths(), inset in lengths(),
    ) {
        for inset in [0.0, inset, size.min_side() * 0.1, size.min_side() * 0.49] {
            let path = contour.path(size, radius, inset);
            assert_within(&path, size);
            let elements = path.elements();
            let closed = |e: &&PathEl| matches!(e, PathEl::ClosePath);
            let expected = usize::from(!elements.is_empty());
            prop_assert_eq!(elements.iter().filter(closed).count(), expected);
            prop_assert_eq!(elements.iter().rev().take(1).filter(closed).count(), expected);
            prop_assert!(elements.len() < 300);
        }
        prop_assert!(!contour.path(size, radius, 0.0).elements().is_empty());
        assert_within(&contour.inner(size), size);
    }

    #[test]
    fn sharp_outlines_fill_their_box(contour in contours(), size in drawn_sizes()) {
        let bounds = contour.path(size, 0.0, 0.0).bounding_box();
        prop_assert!((bounds.origin() - Point::ORIGIN).hypot() < 1e-6);
        prop_assert!((bounds.size() - size).to_vec2().hypot() < 1e-6);
    }

    #[test]
    fn an_outline_moved_inwards_is_inside(
        contour in contours(), size in drawn_sizes(), radius in 0.0..40.0, inset in 0.1..20.0,
    ) {
        let outer = contour.path(size, radius, 0.0);
        let inner = contour.path(size, radius, inset);
        if !inner.is_empty() {
            let room = outer.control_box().inset(1e-6);
            prop_assert_eq!(room.union(inner.control_box()), room);
        }
        for segment in inner.segments() {
            let at = kurbo::ParamCurve::eval(&segment, 0.5);
            // A cloud is only shrunk: long ones move along themselves.
            let within = has(&outer, at) || contour == Contour::Cloud;
            prop_assert!(within, "{at} of {contour:?} {size} is outside");
        }
    }

    #[test]
    fn what_is_no_size_harms_nobody(
        contour in contours(), w in any::<f64>(), h in any::<f64>(), more in any::<f64>(),
    ) {
        let size = Size::new(w, h);
        for path in [contour.path(size, more, more), contour.path(size, h, w), contour.inner(size)] {
            prop_assert!(points(&path).into_iter().all(Point::is_finite));
        }
        prop_assert!((0.0..=ROUNDEST).contains(&contour.default_radius(size)));
    }

    #[test]
    fn rectangles_and_ellipses_are_those_of_the_geometry_library(
        size in drawn_sizes(), radius in 0.0..700.0,
    ) {
        let path = Contour::Rectangle.path(size, radius, 0.0);
        let rounded = RoundedRect::from_rect(size.to_rect(), radius);
        prop_assert!((path.area() - rounded.area()).abs() < 1e-3 * rounded.area());
        let path = Contour::Ellipse.path(size, radius, 0.0);
        let area = size.to_rect().to_ellipse().area();
        prop_assert!((path.area() - area).abs() < 1e-3 * area);
    }
}

#[test]
fn a_parallel_outline_keeps_its_distance() {
    let size = Size::new(100.0, 60.0);
    let rounded = |size, radius| Contour::Rectangle.path(size, radius, 0.0);
    let moved = Contour::Rectangle.path(size, 14.0, 4.0);
    let expected = rounded(Size::new(92.0, 52.0), 10.0);
    for (a, b) in points(&moved).into_iter().zip(points(&expected)) {
        assert!((a - b - Vec2::new(4.0, 4.0)).hypot() < 1e-9);
    }
    assert!(Contour::Ellipse.path(size, 0.0, 30.0).is_empty());
}

#[test]
fn a_tall_hexagon_keeps_its_middle_when_its_upper_side_has_vanished() {
    let path = Contour::Hexagon.path(Size::new(20.0, 200.0), 0.0, 6.0);
    assert_eq!(path.elements().len(), 5);
    assert!(has(&path, Point::new(10.0, 100.0)));
}

#[test]
fn a_bubble_keeps_its_body_when_its_tail_has_vanished() {
    let size = Size::new(60.0, 60.0);
    let path = Contour::Bubble.path(size, 9.0, 6.0);
    assert!(has(&path, Point::new(10.0, 30.0)));
    assert!(path.bounding_box().y1 < 48.0);
}

/// The row of an outline in the documentation's table, cell by cell.
fn documented(contour: Contour) -> Vec<&'static str> {
    let page = include_str!("../../../docs/file-format.md");
    let (_, outlines) = page.split_once("### Outlines\n").unwrap();
    let start = format!("| `{}` |", contour.name());
    let row = outlines.lines().find(|line| line.starts_with(&start));
    row.unwrap().split('|').map(str::trim).collect()
}

fn numbers(cell: &str) -> Vec<f64> {
    let parts = cell.split([',', '(', ')', ' ']);
    parts.filter_map(|part| part.parse().ok()).collect()
}

#[test]
fn corners_and_labels_are_where_the_documentation_says() {
    let size = Size::new(1000.0, 500.0);
    let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
    for contour in Contour::ALL {
        let row = documented(contour);
        let said: Vec<Point> = numbers(row[2])
            .chunks_exact(2)
            .map(|at| Point::new(at[0] * size.width, at[1] * size.height))
            .collect();
        // Some have lengths in their corners, which the text says.
        if said.len() > 2 {
            let path = contour.path(size, 0.0, 0.0);
            let made = points(&path);
            let all = said
                .iter()
                .zip(&made)
                .all(|(a, b)| (*a - *b).hypot() < 1e-3);
            assert!(all && said.len() == made.len(), "{contour:?} {made:?}");
            assert!(near(contour.roundest(size), numbers(row[3])[0] * 500.0));
        }
        let area = contour.label_area(size);
        let label = numbers(row[4]);
        assert!(near(area.x0, label[0] * size.width), "{contour:?} {area}");
        if let [_, from, to] = label[..] {
            assert!(near(area.y0, from * size.height), "{contour:?} {area}");
            assert!(near(area.y1, to * size.height), "{contour:?} {area}");
        }
    }
}
