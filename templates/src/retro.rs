//! A retrospective: what went well, what did not, what we try next.
//!
//! Owns the columns and the notes that show how it goes.

use kurbo::Rect;

use crate::hue::Hue;
use crate::sheet::Sheet;

/// A column: its name, what it asks, the colour of its notes, some that are there.
type Column = (&'static str, &'static str, Hue, [&'static str; 2]);

const COLUMNS: [Column; 4] = [
    (
        "Went well",
        "What do we keep?",
        Hue::Green,
        [
            "We shipped on the day that we had said",
            "Pairing on the hard part",
        ],
    ),
    (
        "Did not go well",
        "What held us up?",
        Hue::Red,
        ["Reviews waited for two days", "Nobody knew who decides"],
    ),
    (
        "Puzzles",
        "What do we not understand yet?",
        Hue::Blue,
        ["Why are the tests slow on Mondays?", ""],
    ),
    (
        "We try next",
        "Who does what by when?",
        Hue::Yellow,
        ["Reviews before noon\n(all)", ""],
    ),
];

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 800.0;
const GAP: f64 = 40.0;
/// Between the edge of a column and what is in it, and between notes.
const PADDING: f64 = 27.0;

pub(crate) fn draw(sheet: &mut Sheet) {
    sheet.text((0.0, -150.0), 36.0, Hue::Plain, "Retrospective");
    let how = "Ten minutes to write notes, each by themselves. Then read them out, group and talk.";
    sheet.text((0.0, -90.0), 20.0, Hue::Grey, how);
    for (place, (name, asks, hue, notes)) in COLUMNS.into_iter().enumerate() {
        let x = place as f64 * (WIDTH + GAP);
        sheet.frame(name, Rect::new(x, 0.0, x + WIDTH, HEIGHT), |sheet| {
            sheet.text((x + PADDING, 24.0), 20.0, Hue::Grey, asks);
            for (place, words) in notes.into_iter().enumerate() {
                let x = x + PADDING + place as f64 * (200.0 + PADDING);
                sheet.note((x, 76.0), hue, words);
            }
        });
    }
}
