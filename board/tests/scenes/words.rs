//! Scenes of words: texts, wrapped and aligned, and labels.

use super::*;

pub(super) fn text_scene() -> Vec<Element> {
    let text = |x: f64, y: f64, size: f64, angle: f64, color: &str, content: &str| {
        let style = Style {
            font_size: size,
            ..style(2.0, color, "transparent")
        };
        element(
            at(x, y, 0.0, 0.0, angle),
            style,
            Kind::Text(Text::new(content)),
        )
    };
    vec![
        text(
            20.0,
            20.0,
            20.0,
            0.0,
            "#1e1e1e",
            "What went well?\nShipping on a Friday <3 & \"quotes\"",
        ),
        text(20.0, 90.0, 36.0, 0.0, "#1971c2", "Headline"),
        text(
            20.0,
            150.0,
            14.0,
            0.0,
            "#e03131",
            "Что пошло хорошо? Καλημέρα κόσμε. Žluťoučký kůň. Tiếng Việt.",
        ),
        text(
            400.0,
            20.0,
            20.0,
            0.5,
            "#2f9e44",
            "Turned about\nits corner",
        ),
        text(300.0, 100.0, 20.0, 0.0, "#1e1e1e", "漢字かな 한글 🎉👍"),
        text(
            20.0,
            190.0,
            20.0,
            0.0,
            "#1e1e1e",
            "שלום עולם!\nLeft to right\nמחיר (VAT): 12.50 ₪",
        ),
        text(
            300.0,
            190.0,
            20.0,
            0.0,
            "#1e1e1e",
            "one\r\ntwo\u{2028}\u{1}three\ttabs",
        ),
        text(0.0, 0.0, 20.0, 0.0, "#1e1e1e", ""),
    ]
}

/// Words of several scripts in every family, wrapped, aligned, with lines near and far.
pub(super) fn wrapped_scene() -> Vec<Element> {
    let words = "The bridge, wrapped: 橋をかける、「鉤」 and 👍🏽👩\u{200d}👩\u{200d}👧 \
                 incomprehensibilities.\n\nגשר נפתח, then on";
    let families = ["rounded", "hand", "serif", "mono"];
    let aligns = [None, Some("left"), Some("center"), Some("right")];
    let mut scene = Vec::new();
    for (row, family) in families.into_iter().enumerate() {
        for (column, align) in aligns.into_iter().enumerate() {
            let mut style = style(2.0, "#1e1e1e", "transparent");
            style.set(StyleField::Family, &Value::text(family));
            style.set(StyleField::Align, &align.map_or(Value::Null, Value::text));
            if column < 3 {
                style.set(StyleField::Wrap, &Value::Number(180.0));
            }
            if row == 3 {
                style.set(
                    StyleField::LineHeight,
                    &Value::Number(1.0 + 0.3 * column as f64),
                );
            }
            let (x, y) = (20.0 + 220.0 * column as f64, 20.0 + 260.0 * row as f64);
            let place = at(x + 200.0 * (column / 3) as f64, y, 0.0, 0.0, 0.0);
            let mut text = element(place, style, Kind::Text(Text::new("")));
            let shown = if column < 3 {
                words
            } else {
                "On the right,\nline by line\nגשר"
            };
            text.set_text(shown);
            scene.push(text);
        }
    }
    scene
}

/// Labels in every outline, on lines, turned, coloured, at all sides.
pub(super) fn label_scene() -> Vec<Element> {
    let set = |mut element: Element, fields: &[(StyleField, Value)], words: &str| {
        for (field, value) in fields {
            element.restyle(*field, value);
        }
        element.set_text(words);
        element
    };
    let mut scene = Vec::new();
    for (i, contour) in Contour::ALL.into_iter().enumerate() {
        let (x, y) = (20.0 + 190.0 * (i % 5) as f64, 20.0 + 260.0 * (i / 5) as f64);
        let shape = element(
            at(x, y, 160.0, 70.0, 0.0),
            style(2.0, "#1971c2", "#d0ebff"),
            Kind::RECTANGLE,
        );
        let contour = Value::text(contour.name());
        scene.push(set(
            shape,
            &[(StyleField::Contour, contour)],
            "Grown for 橋 and words",
        ));
    }
    for (i, vertical) in ["top", "middle", "bottom"].into_iter().enumerate() {
        let align = ["left", "center", "right"]
            .into_iter()
            .nth(i)
            .unwrap_or_default();
        let (angle, w) = (0.3 * i as f64, if i == 1 { -150.0 } else { 150.0 });
        let shape = element(
            at(20.0 + 200.0 * i as f64, 560.0, w, 110.0, angle),
            style(2.0, "#e03131", "transparent"),
            Kind::ELLIPSE,
        );
        let fields = [
            (StyleField::Align, Value::text(align)),
            (StyleField::VerticalAlign, Value::text(vertical)),
            (StyleField::Family, Value::text("hand")),
            (StyleField::LabelColor, Value::text("#2f9e44")),
            (StyleField::FontSize, Value::Number(16.0)),
        ];
        scene.push(set(shape, &fields, "at a side\nof it"));
    }
    for (i, label_at) in [0.25, 0.5, 0.8].into_iter().enumerate() {
        let y = 740.0 + 70.0 * i as f64;
        let points = [(20.0, y), (300.0, y + 40.0), (560.0, y)];
        let (place, made) = Arrow::through(&points.map(Point::from)).unwrap();
        let arrow = element(place, ink_style(2.0), Kind::Arrow(made));
        let fields = [
            (StyleField::LabelAt, Value::Number(label_at)),
            (
                StyleField::Route,
                Value::text(if i == 1 { "curved" } else { "straight" }),
            ),
            (
                StyleField::Dash,
                Value::text(if i == 2 { "dashed" } else { "solid" }),
            ),
        ];
        scene.push(set(arrow, &fields, "on its way"));
    }
    scene
}
