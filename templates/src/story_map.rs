//! A user story map: what people do, in their order; below it the steps, and what of each comes when.
//!
//! Owns the story that shows how it goes.

use board::style::Dash;
use kurbo::Rect;

use crate::hue::Hue;
use crate::sheet::{Sheet, Stroke};

/// What people do, the steps that it takes, and below each step its stories of the first and second release.
type Activity = (&'static str, [Step; 2]);
type Step = (&'static str, [&'static str; 2]);

const ACTIVITIES: [Activity; 3] = [
    (
        "Find a book",
        [
            (
                "Search by title",
                ["Words of the title", "Words that are misspelt"],
            ),
            ("Look around", ["What is new", "What others read"]),
        ],
    ),
    (
        "Borrow it",
        [
            (
                "See whether it is there",
                ["There or lent", "When it is back"],
            ),
            ("Reserve it", ["By a click", "A place in the queue"]),
        ],
    ),
    (
        "Bring it back",
        [
            ("Be reminded", ["A mail before it is due", "When I want it"]),
            ("Keep it longer", ["Once", "Until somebody waits"]),
        ],
    ),
];

const CARD: (f64, f64) = (190.0, 92.0);
const STEP: f64 = 214.0;
/// From the top: activities, steps, the releases.
const ROWS: [f64; 4] = [0.0, 140.0, 320.0, 500.0];

pub(crate) fn draw(sheet: &mut Sheet) {
    sheet.text(
        (0.0, -110.0),
        36.0,
        Hue::Plain,
        "User story map: the library",
    );
    let [activities, steps, releases @ ..] = ROWS;
    for (place, (activity, parts)) in ACTIVITIES.into_iter().enumerate() {
        let x = place as f64 * 2.0 * STEP;
        let wide = Rect::new(x, activities, x + STEP + CARD.0, activities + CARD.1);
        sheet.card(wide, Hue::Orange, activity);
        for (place, (step, stories)) in parts.into_iter().enumerate() {
            let x = x + place as f64 * STEP;
            sheet.card(card(x, steps), Hue::Blue, step);
            for (y, story) in releases.into_iter().zip(stories) {
                sheet.card(card(x, y), Hue::Yellow, story);
            }
        }
    }
    let end = 6.0 * STEP - (STEP - CARD.0);
    for (y, name) in releases
        .into_iter()
        .zip(["First release", "Second release"])
    {
        let line = y - 40.0;
        let stroke = Stroke {
            hue: Hue::Grey,
            width: 2.0,
            dash: Dash::Dashed,
        };
        sheet.line([(-200.0, line), (end, line)], stroke);
        sheet.text((-200.0, y), 20.0, Hue::Grey, name);
    }
    sheet.text(
        (-200.0, activities + 8.0),
        20.0,
        Hue::Grey,
        "What people do",
    );
    sheet.text((-200.0, steps + 8.0), 20.0, Hue::Grey, "In which steps");
}

fn card(x: f64, y: f64) -> Rect {
    Rect::new(x, y, x + CARD.0, y + CARD.1)
}
