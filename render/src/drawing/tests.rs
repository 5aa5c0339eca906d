//! What is drawn of SVG files, and what is too much of one.

use kurbo::{Affine, Rect};

use super::*;

fn svg(inside: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 400 400">{inside}</svg>"#
    )
}

/// Draws all of a picture in so many pixels across and down.
fn drawn(inside: &str, side: f64) -> Option<Drawn> {
    let drawing = Drawing::read(svg(inside).as_bytes(), &Fonts::default())?;
    drawing.drawn(Affine::scale(side / 400.0), Rect::new(0.0, 0.0, side, side))
}

fn nested(levels: usize, open: &str, close: &str) -> String {
    let inside = "<rect width=\"400\" height=\"400\" fill=\"red\"/>";
    format!("{}{inside}{}", open.repeat(levels), close.repeat(levels))
}

/// Pictures that are clean, and take as much as they can.
fn greedy() -> Vec<(&'static str, String)> {
    let whole = r#"width="400" height="400""#;
    let many = |count: usize, one: &str| one.repeat(count);
    let ways: String = (0_u64..40_000)
        .map(|at| format!("L{} {}", at * 7919 % 400, at * 104_729 % 400))
        .collect();
    vec![
        ("sheets over sheets", many(45_000, &format!(r#"<rect {whole} fill="red" opacity=".5"/>"#))),
        ("layers in layers", nested(90, r#"<g opacity=".9">"#, "</g>")),
        ("a wide spread", format!(
            r##"<filter id="f"><feMorphology operator="dilate" radius="250"/></filter><rect {whole} filter="url(#f)"/>"##
        )),
        ("a chain of noise", format!(
            r##"<filter id="f">{}</filter><rect {whole} filter="url(#f)"/>"##,
            many(200, r#"<feTurbulence baseFrequency=".5" numOctaves="8"/>"#)
        )),
        ("a filter that reaches far", format!(
            r##"<filter id="f" filterUnits="userSpaceOnUse" x="-20000" y="-20000" width="20000" height="20000">{}</filter>
            <rect {whole} filter="url(#f)"/>"##,
            many(100, r#"<feGaussianBlur stdDeviation="200"/>"#)
        )),
        ("a large matrix", format!(
            r##"<filter id="f"><feConvolveMatrix order="60" kernelMatrix="{}"/></filter><rect {whole} filter="url(#f)"/>"##,
            many(3600, "1 ")
        )),
        ("many dashes", many(500, r#"<path d="M0 0H400V400H0z" stroke="red" stroke-dasharray=".0001"/>"#)),
        ("a long way", format!(r#"<path d="M0 0{ways}" stroke="red" stroke-width="50" fill-rule="evenodd"/>"#)),
        ("marks at all corners", format!(
            r##"<marker id="m">{}</marker><path d="M0 0{ways}" marker-mid="url(#m)"/>"##,
            many(1000, "<path d=\"M0 0h9\"/>")
        )),
        ("a huge pattern", format!(
            r##"<pattern id="p" width="1" height="1" patternTransform="scale(900)"><rect width="9" height="9"/></pattern>
            <rect {whole} fill="url(#p)"/>"##
        )),
        ("patterns of patterns", format!(
            r##"{}<rect {whole} fill="url(#p30)"/>"##,
            (1..=30).map(|at| format!(
                r##"<pattern id="p{at}" width="1" height="1"><rect {whole} fill="url(#p{})"/></pattern>"##, at - 1
            )).collect::<String>()
        )),
        ("steps of colour", format!(
            r##"<linearGradient id="g">{}</linearGradient>{}"##,
            many(4000, "<stop offset=\".5\"/>"),
            many(10, &format!(r##"<rect {whole} fill="url(#g)"/>"##))
        )),
        ("rules for everything", format!(
            "<style>{}</style>{}", many(100, "g g g.a{fill:red}"), many(45_000, "<g/>")
        )),
        ("words", format!("<text>{}</text>", many(3_900, "word "))),
        ("a way of many bends", format!("<path d=\"M0 0{}\" stroke=\"red\" stroke-linejoin=\"round\"/>", many(600_000, "l1 1"))),
        ("blurs all over", format!(
            r##"<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>{}"##,
            many(8_000, r##"<rect width="4" height="4" filter="url(#f)"/>"##)
        )),
        ("masks all over", format!(
            r##"<mask id="m"><rect {whole} fill="white"/></mask>{}"##,
            many(8_000, r##"<rect width="40" height="40" mask="url(#m)"/>"##)
        )),
        ("deep", nested(200, r#"<g fill="red">"#, "</g>")),
    ]
}

#[test]
fn pictures_that_would_take_long_are_drawn_smaller_or_not_at_all() {
    let sides = greedy().into_iter().map(|(name, inside)| {
        assert!(
            clean_svg::clean(svg(&inside).as_bytes()).is_ok(),
            "{name} is clean"
        );
        (
            name,
            drawn(&inside, 1600.0).map(|drawn| drawn.pixels.width()),
        )
    });
    let sides: Vec<_> = sides.collect();
    let whole = [
        "steps of colour",
        "rules for everything",
        "words",
        "a way of many bends",
        "blurs all over",
    ];
    let smaller = ["layers in layers", "patterns of patterns", "masks all over"];
    for (name, side) in sides {
        match side {
            Some(1600) => assert!(whole.contains(&name), "{name} is drawn whole"),
            Some(side) => assert!(smaller.contains(&name), "{name} is drawn {side} across"),
            None => assert!(
                ![&whole[..], &smaller].concat().contains(&name),
                "{name} is not drawn"
            ),
        }
    }
}

#[test]
fn what_people_draw_is_drawn_whole() {
    let leaf = r##"<path d="M3 3c9 2 14 9 12 20C6 22 1 14 3 3z" fill="#2a4" stroke="#041" stroke-dasharray="2 1"/>"##;
    for inside in [
        leaf.repeat(5_000),
        format!(r##"<filter id="f"><feDropShadow dx="2" dy="2" stdDeviation="4"/></filter><g filter="url(#f)">{leaf}</g>"##).repeat(20),
        format!(r##"<marker id="m">{leaf}</marker><path d="M0 0L90 90L90 0L0 90" marker-mid="url(#m)" stroke="red"/>"##),
        format!(r##"<mask id="m"><rect width="90" height="90" fill="white"/></mask><g mask="url(#m)" opacity=".5">{leaf}</g>"##).repeat(9),
        "<text x='9' y='9'>A caption of some words</text>".repeat(90),
    ] {
        let drawn = drawn(&inside, 1600.0).unwrap();
        assert_eq!(drawn.pixels.width(), 1600, "{:.80}", inside);
        assert!(drawn.pixels.pixels().iter().any(|pixel| pixel.alpha() > 0));
    }
}

#[test]
fn as_much_is_drawn_as_is_seen() {
    let half = "<rect width='200' height='400' fill='red'/>";
    let drawing = Drawing::read(svg(half).as_bytes(), &Fonts::default()).unwrap();
    let seen = Rect::new(150.0, 10.0, 250.0, 60.0);
    let drawn = drawing.drawn(Affine::scale(1.0), seen).unwrap();
    let red = |x, y| drawn.pixels.pixel(x, y).map(|pixel| pixel.alpha());
    assert_eq!((drawn.pixels.width(), drawn.pixels.height()), (100, 50));
    assert_eq!((red(49, 25), red(50, 25)), (Some(255), Some(0)));
    assert_eq!(drawn.place, Affine::translate((150.0, 10.0)));
}
