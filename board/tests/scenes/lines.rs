//! Scenes of lines and arrows: finishes, ends, routes.

use super::*;

/// Lines and arrows in every dash and by every hand.
pub(super) fn finish_scene() -> Vec<Element> {
    let mut scene = Vec::new();
    for (i, dash) in Dash::ALL.into_iter().enumerate() {
        for rough in 0..4 {
            let (x, y) = (20.0 + 170.0 * i as f64, 20.0 + 70.0 * f64::from(rough));
            let mut style = ink_style(if rough % 2 == 0 { 2.0 } else { 4.0 });
            style.set(StyleField::Dash, &Value::text(dash.name()));
            style.set(StyleField::Rough, &Value::Number(f64::from(rough)));
            let points = through(&[(x, y + 40.0), (x + 60.0, y), (x + 140.0, y + 20.0)]);
            let (geometry, arrow) = Arrow::through(&points).unwrap();
            scene.push(element(geometry, style.clone(), Kind::Arrow(arrow)));
            let (geometry, line) =
                Line::through(&through(&[(x, y + 50.0), (x + 140.0, y + 50.0)])).unwrap();
            scene.push(element(geometry, style, Kind::Line(line)));
        }
    }
    scene
}

/// A line with fields of its style set.
fn styled_line(points: &[(f64, f64)], mut style: Style, fields: &[(StyleField, Value)]) -> Element {
    for (field, value) in fields {
        style.set(*field, value);
    }
    let (geometry, line) = Line::through(&through(points)).unwrap();
    element(geometry, style, Kind::Line(line))
}

/// Every head in every width, on lines too short for it, around bends, dashed, sketched, seen
/// through.
pub(super) fn ends_scene() -> Vec<Element> {
    let heads = Head::ALL.map(|head| {
        let head = Value::text(head.name());
        [
            (StyleField::StartHead, head.clone()),
            (StyleField::EndHead, head),
        ]
    });
    let mut scene = Vec::new();
    for (row, ends) in heads.into_iter().enumerate() {
        let y = 30.0 + 50.0 * row as f64;
        let mut x = 20.0;
        for (width, length) in [
            (1.0, 90.0),
            (2.0, 110.0),
            (4.0, 140.0),
            (8.0, 200.0),
            (2.0, 24.0),
        ] {
            let level = [(x, y), (x + length, y)];
            scene.push(styled_line(&level, ink_style(width), &ends));
            x += length + 40.0;
        }
        let bent = [
            (x, y + 15.0),
            (x + 40.0, y - 15.0),
            (x + 70.0, y + 15.0),
            (x + 76.0, y + 15.0),
        ];
        scene.push(styled_line(&bent, style(2.0, "#1971c2", "#a5d8ff"), &ends));
        let [start, end] = ends;
        let sloping = |x: f64| [(x, y + 12.0), (x + 90.0, y - 12.0)];
        let dashed = (StyleField::Dash, Value::text("dashed"));
        let fields = [start.clone(), end.clone(), dashed];
        scene.push(styled_line(&sloping(x + 110.0), ink_style(2.0), &fields));
        let fields = [
            start.clone(),
            end.clone(),
            (StyleField::Rough, Value::Number(2.0)),
        ];
        scene.push(styled_line(&sloping(x + 240.0), ink_style(2.0), &fields));
        let mut faint = style(6.0, "#e03131", "transparent");
        faint.opacity = 0.4;
        scene.push(styled_line(
            &[(x + 370.0, y), (x + 540.0, y)],
            faint,
            &[start, end],
        ));
    }
    scene
}

/// Curves through points, with and without ends; closed ways, filled and hatched.
pub(super) fn routes_scene() -> Vec<Element> {
    let curved = (StyleField::Route, Value::text("curved"));
    let closed = (StyleField::Closed, Value::Bool(true));
    let ways: [&[(f64, f64)]; 4] = [
        &[(0.0, 60.0), (40.0, 0.0), (90.0, 80.0), (140.0, 20.0)],
        &[(0.0, 0.0), (130.0, 0.0), (130.0, 80.0), (0.0, 80.0)],
        &[(0.0, 40.0), (140.0, 40.0), (10.0, 46.0), (140.0, 80.0)],
        &[
            (70.0, 0.0),
            (110.0, 90.0),
            (0.0, 34.0),
            (140.0, 34.0),
            (30.0, 90.0),
        ],
    ];
    let looks: [(&[(StyleField, Value)], f64); 6] = [
        (
            &[curved.clone(), (StyleField::EndHead, Value::text("arrow"))],
            2.0,
        ),
        (
            &[
                curved.clone(),
                (StyleField::StartHead, Value::text("triangleOutline")),
                (StyleField::EndHead, Value::text("zeroOrMany")),
            ],
            4.0,
        ),
        (
            &[curved.clone(), (StyleField::Dash, Value::text("dashed"))],
            2.0,
        ),
        (std::slice::from_ref(&closed), 4.0),
        (
            &[
                curved.clone(),
                closed.clone(),
                (StyleField::EndHead, Value::text("arrow")),
            ],
            2.0,
        ),
        (
            &[
                curved,
                closed.clone(),
                (StyleField::Rough, Value::Number(2.0)),
                (StyleField::FillStyle, Value::text("hatched")),
            ],
            2.0,
        ),
    ];
    let mut scene = Vec::new();
    for (row, way) in ways.into_iter().enumerate() {
        for (column, (fields, width)) in looks.iter().enumerate() {
            let (x, y) = (20.0 + 180.0 * column as f64, 20.0 + 120.0 * row as f64);
            let moved: Vec<_> = way.iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
            scene.push(styled_line(
                &moved,
                style(*width, "#1971c2", "#a5d8ff"),
                fields,
            ));
        }
    }
    scene
}

/// Elbows as a router makes them, round and tight; one that has only its ends; one that is closed.
pub(super) fn elbow_scene() -> Vec<Element> {
    let ways: [&[(f64, f64)]; 4] = [
        &[(0.0, 0.0), (70.0, 0.0), (70.0, 80.0), (140.0, 80.0)],
        &[(0.0, 40.0), (60.0, 40.0), (60.0, 52.0), (140.0, 52.0)],
        &[(0.0, 10.0), (140.0, 80.0)],
        &[(0.0, 0.0), (140.0, 0.0), (70.0, 80.0)],
    ];
    let fields = [
        (StyleField::Route, Value::text("elbow")),
        (StyleField::EndHead, Value::text("arrow")),
        (StyleField::Closed, Value::Bool(true)),
    ];
    let column = |(i, way): (usize, &&[(f64, f64)])| {
        let x = 20.0 + 180.0 * i as f64;
        let moved: Vec<_> = way.iter().map(|(dx, dy)| (x + dx, 20.0 + dy)).collect();
        let fields = if i < 3 { &fields[..2] } else { &fields[..] };
        styled_line(&moved, style(2.0, "#1971c2", "#a5d8ff"), fields)
    };
    ways.iter().enumerate().map(column).collect()
}

fn through(points: &[(f64, f64)]) -> Vec<Point> {
    points.iter().map(|p| Point::from(*p)).collect()
}

pub(super) fn line_scene() -> Vec<Element> {
    let line = |points: &[(f64, f64)], style: Style| {
        let (geometry, line) = Line::through(&through(points)).unwrap();
        element(geometry, style, Kind::Line(line))
    };
    let mut turned = line(
        &[(300.0, 60.0), (400.0, 120.0)],
        style(4.0, "#1971c2", "transparent"),
    );
    turned.set_geometry(Geometry {
        w: -100.0,
        angle: 0.3,
        ..turned.geometry
    });
    vec![
        line(&[(20.0, 20.0), (200.0, 60.0)], ink_style(2.0)),
        line(&[(20.0, 80.0), (200.0, 80.0)], ink_style(8.0)),
        line(
            &[(20.0, 100.0), (80.0, 150.0), (140.0, 100.0), (200.0, 150.0)],
            ink_style(4.0),
        ),
        line(&[(240.0, 20.0), (240.0, 150.0)], ink_style(1.0)),
        line(&[(270.0, 30.0)], ink_style(8.0)),
        turned,
    ]
}

pub(super) fn arrow_scene() -> Vec<Element> {
    let arrow = |points: &[(f64, f64)], style: Style| {
        let (geometry, arrow) = Arrow::through(&through(points)).unwrap();
        element(geometry, style, Kind::Arrow(arrow))
    };
    let mut scene = vec![
        arrow(
            &[(20.0, 180.0), (80.0, 130.0), (160.0, 180.0), (220.0, 130.0)],
            ink_style(2.0),
        ),
        arrow(
            &[
                (250.0, 180.0),
                (330.0, 180.0),
                (330.0, 150.0),
                (329.0, 149.0),
            ],
            ink_style(4.0),
        ),
        arrow(&[(380.0, 140.0), (380.0, 140.0)], ink_style(4.0)),
        arrow(
            &[(400.0, 180.0), (520.0, 130.0)],
            style(8.0, "#f08c00", "transparent"),
        ),
    ];
    for (i, width) in [1.0, 2.0, 4.0, 8.0].into_iter().enumerate() {
        let y = 20.0 + 28.0 * i as f64;
        let mut x = 20.0;
        for length in [160.0, 80.0, 40.0, 20.0, 10.0, 4.0] {
            scene.push(arrow(&[(x, y), (x + length, y)], ink_style(width)));
            x += length + 40.0;
        }
    }
    scene
}
