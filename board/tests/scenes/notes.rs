//! A wall of sticky notes: colours, amounts of words, scripts, sizes, turned, seen through.

use board::element::note::{Note, SIDE};

use super::*;

pub(super) fn note_scene() -> Vec<Element> {
    let note = |place: (f64, f64), size: (f64, f64), fill: &str, author: &str, words: &str| {
        let geometry = at(place.0, place.1, size.0, size.1, 0.0);
        let style = style(2.0, "#1e1e1e", fill);
        let mut note = element(geometry, style, Kind::Note(Note::default()));
        note.sign(author);
        note.set_text(words);
        note
    };
    let usual = (SIDE, SIDE);
    let long = "We shipped on a Friday, nobody noticed, and on Monday the dashboards were red: \
                that is why there is a list now, of all that must be green before anybody \
                pushes anything to anyone. It is on the wall beside the door, and it grows with \
                every week that we keep it.";
    let mut scene = vec![
        note((20.0, 20.0), usual, "transparent", "Wren", "Ship it!"),
        note(
            (240.0, 20.0),
            usual,
            "#ffc9c9",
            "Kestrel",
            "What went well, and what should we try next time?",
        ),
        note((460.0, 20.0), usual, "#b2f2bb", "Heron", long),
        note((680.0, 20.0), usual, "#a5d8ff", "", "Congratulations"),
        note(
            (20.0, 260.0),
            usual,
            "#d0bfff",
            "A name of forty letters that goes on and",
            "שלום עולם, 你好世界 and 👩\u{200d}👩\u{200d}👧",
        ),
        note((240.0, 260.0), usual, "#ffd8a8", "רותי", ""),
        note(
            (460.0, 290.0),
            (420.0, 90.0),
            "#99e9f2",
            "Wren",
            "wide and low, in one line",
        ),
        note((460.0, 400.0), (80.0, 80.0), "#e9ecef", "Wren", "small"),
        note((560.0, 400.0), (80.0, 80.0), "#1e1e1e", "Wren", "on ink"),
        note((670.0, 420.0), (120.0, 120.0), "#ffec99", "Wren", "turned"),
        note(
            (20.0, 520.0),
            (320.0, 320.0),
            "#ffec99",
            "Wren",
            "larger in all",
        ),
        note((400.0, 560.0), usual, "#b2f2bb", "Wren", "seen through"),
    ];
    for (element, field, value) in [
        (7, StyleField::Align, Value::text("left")),
        (7, StyleField::VerticalAlign, Value::text("top")),
        (3, StyleField::Family, Value::text("hand")),
        (10, StyleField::LabelColor, Value::text("#e03131")),
        (11, StyleField::Opacity, Value::Number(0.5)),
    ] {
        scene[element].restyle(field, &value);
    }
    let turned = scene[9].geometry;
    scene[9].set_geometry(Geometry {
        angle: 0.2,
        w: -turned.w,
        ..turned
    });
    scene
}
