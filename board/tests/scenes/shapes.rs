//! Scenes of closed shapes.

use super::*;

pub(super) fn closed_scene(kind: &Kind) -> Vec<Element> {
    [
        (
            at(20.0, 20.0, 160.0, 100.0, 0.0),
            style(2.0, "#1e1e1e", "transparent"),
        ),
        (
            at(210.0, 20.0, 160.0, 100.0, 0.0),
            style(2.0, "#1971c2", "#a5d8ff"),
        ),
        (
            at(400.0, 20.0, 60.0, 100.0, 0.0),
            style(8.0, "#e03131", "#ffc9c9"),
        ),
        (
            at(490.0, 20.0, 60.0, 12.0, 0.0),
            style(4.0, "#1e1e1e", "#b2f2bb"),
        ),
        (
            at(490.0, 60.0, 60.0, 60.0, 0.0),
            style(1.0, "#1e1e1e", "#ffec99"),
        ),
        (
            at(60.0, 160.0, 120.0, 60.0, 0.4),
            style(4.0, "#2f9e44", "transparent"),
        ),
        (
            at(240.0, 160.0, 100.0, 70.0, -0.3),
            style(2.0, "transparent", "#ffd8a8"),
        ),
        (
            at(400.0, 170.0, 0.0, 50.0, 0.0),
            style(4.0, "#1e1e1e", "transparent"),
        ),
        (
            at(430.0, 190.0, 100.0, -40.0, 0.0),
            Style {
                opacity: 0.4,
                ..style(8.0, "#9c36b5", "#eebefa")
            },
        ),
    ]
    .into_iter()
    .map(|(geometry, style)| element(geometry, style, kind.clone()))
    .collect()
}

pub(super) fn contour_scene() -> Vec<Element> {
    let mut scene = Vec::new();
    for (i, contour) in Contour::ALL.into_iter().enumerate() {
        let x = 20.0 + 140.0 * (i % 5) as f64;
        let y = 20.0 + 330.0 * (i / 5) as f64;
        let looks: [&[(StyleField, Value)]; 3] = [
            &[],
            &[
                (StyleField::Corner, Value::Number(18.0)),
                (StyleField::Dash, Value::text("dashed")),
                (StyleField::FillStyle, Value::text("crossed")),
            ],
            &[
                (StyleField::Rough, Value::Number(2.0)),
                (StyleField::FillStyle, Value::text("hatched")),
            ],
        ];
        for (row, fields) in looks.into_iter().enumerate() {
            let mut style = style(2.0, "#1971c2", "#a5d8ff");
            style.set(StyleField::Contour, &Value::text(contour.name()));
            for (field, value) in fields {
                style.set(*field, value);
            }
            let side = if row == 2 { -120.0 } else { 120.0 };
            let geometry = at(x, y + 110.0 * row as f64, side, 90.0, 0.0);
            scene.push(element(geometry, style, Kind::RECTANGLE));
        }
    }
    scene
}
