//! Which side or corner of an element the end of an arrow means that is put near it.

use super::*;
use board::links::Binding;
use kurbo::Point;

/// A shape about (450, 150), 100 wide, and an arrow that is pulled to a point from the left.
fn pulled(contour: &str, route: &str, to: (f64, f64)) -> (Editor, Binding) {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (400.0, 100.0), (500.0, 200.0));
    a.restyle(StyleField::Contour, Value::text(contour), true);
    a.act("arrow");
    a.restyle(StyleField::Route, Value::text(route), true);
    drag(&mut a, (100.0, 320.0), to);
    let arrow = a.selection().first().expect("it is selected").clone();
    let links = &a.scene().get(&arrow).expect("it is there").element().links;
    let end = links.end.clone().expect("it holds");
    (a, end)
}

fn way(editor: &Editor) -> Vec<Point> {
    let arrow = editor.selection().first().expect("it is selected");
    editor
        .scene()
        .get(arrow)
        .expect("it is there")
        .element()
        .way()
}

#[test]
fn an_elbow_means_the_side_where_it_is_put() {
    for (at, meant) in [
        ((495.0, 140.0), (1.0, 0.5)),
        ((505.0, 165.0), (1.0, 0.5)),
        ((495.0, 180.0), (1.0, 0.5)),
        ((498.0, 195.0), (1.0, 0.95)),
        ((430.0, 105.0), (0.5, 0.0)),
        ((460.0, 206.0), (0.5, 1.0)),
        ((402.0, 150.0), (0.0, 0.5)),
    ] {
        let (a, end) = pulled("rectangle", "elbow", at);
        assert!(
            (end.u - meant.0).abs() < 1e-6 && (end.v - meant.1).abs() < 1e-6 && !end.inside,
            "{at:?}: {end:?}"
        );
        let way = way(&a);
        let (tip, behind) = (way[way.len() - 1], way[way.len() - 2]);
        let centre = Point::new(450.0, 150.0);
        let side = Point::new(400.0 + 100.0 * end.u, 100.0 + 100.0 * end.v) - centre;
        let out = if side.x.abs() > side.y.abs() {
            (side.x.signum(), 0.0)
        } else {
            (0.0, side.y.signum())
        };
        let came = behind - tip;
        assert!(came.x * out.0 + came.y * out.1 > 1.0, "{at:?}: {way:?}");
    }
}

#[test]
fn an_elbow_that_is_put_deep_inside_stays_there() {
    let (a, end) = pulled("rectangle", "elbow", (455.0, 150.0));
    assert!(end.inside);
    let end = way(&a).pop().unwrap();
    assert!((end - Point::new(455.0, 150.0)).hypot() < 0.1);
}

#[test]
fn a_straight_arrow_means_the_tip_that_it_is_put_at_and_else_the_middle() {
    for (contour, at, meant) in [
        ("diamond", (403.0, 152.0), (0.0, 0.5)),
        ("diamond", (450.0, 195.0), (0.5, 1.0)),
        ("diamond", (428.0, 130.0), (0.5, 0.5)),
        ("triangle", (448.0, 104.0), (0.5, 0.0)),
        ("hexagon", (398.0, 149.0), (0.0, 0.5)),
        ("rectangle", (401.0, 101.0), (0.5, 0.5)),
        ("ellipse", (402.0, 150.0), (0.5, 0.5)),
    ] {
        let (a, end) = pulled(contour, "straight", at);
        assert_eq!(
            (end.u, end.v, end.inside),
            (meant.0, meant.1, false),
            "{contour} {at:?}"
        );
        let tip = way(&a).pop().unwrap();
        if (end.u, end.v) != (0.5, 0.5) {
            let place = Point::new(400.0 + 100.0 * end.u, 100.0 + 100.0 * end.v);
            assert!((tip - place).hypot() < 12.0, "{contour}: {tip:?}");
        }
    }
}

#[test]
fn elbows_that_join_the_same_two_by_one_side_do_not_lie_on_each_other() {
    let mut a = editor("a");
    draw(&mut a, "rectangle", (100.0, 100.0), (200.0, 200.0));
    draw(&mut a, "rectangle", (400.0, 100.0), (500.0, 200.0));
    let mut lanes = Vec::new();
    for (from, to) in [
        ((195.0, 150.0), (405.0, 150.0)),
        ((195.0, 160.0), (405.0, 140.0)),
        ((405.0, 150.0), (195.0, 150.0)),
    ] {
        a.act("arrow");
        a.restyle(StyleField::Route, Value::text("elbow"), true);
        drag(&mut a, from, to);
        let way = way(&a);
        assert_eq!(way.len(), 2, "straight: {way:?}");
        lanes.push(way[0].y);
    }
    assert_eq!(lanes, [150.0, 175.0, 125.0]);
    // By another side there is room in the middle.
    a.act("arrow");
    drag(&mut a, (150.0, 105.0), (450.0, 105.0));
    let arrow = a.selection().first().expect("it is selected").clone();
    let links = &a.scene().get(&arrow).expect("it is there").element().links;
    let end = links.end.clone().expect("it holds");
    assert_eq!((end.u, end.v), (0.5, 0.0));
}
