//! A kanban board: cards that go from left to right, and how many may be in a column.
//!
//! Owns the columns and the cards that show how it goes.

use board::style::Color;
use kurbo::Rect;

use crate::hue::Hue;
use crate::sheet::Sheet;

/// A column: its name, its bound, its cards with their colours.
type Column = (&'static str, &'static str, &'static [(Hue, &'static str)]);

const COLUMNS: [Column; 4] = [
    (
        "To do",
        "",
        &[
            (Hue::Blue, "Write the invitation"),
            (Hue::Blue, "Ask three speakers"),
            (Hue::Violet, "Choose the colours of the page"),
            (Hue::Grey, "Find out what the hall costs in May"),
        ],
    ),
    (
        "Doing",
        "at most 3",
        &[
            (Hue::Orange, "Page with the programme"),
            (Hue::Blue, "Talk to the hall"),
        ],
    ),
    (
        "Waiting",
        "at most 2",
        &[(Hue::Red, "Offer of the caterer\nAsk again on Thursday")],
    ),
    (
        "Done",
        "",
        &[
            (Hue::Green, "Date is set"),
            (Hue::Green, "Money is granted"),
        ],
    ),
];

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 640.0;
const GAP: f64 = 28.0;
const PADDING: f64 = 20.0;
const CARD: f64 = 88.0;
/// Where the first card begins.
const TOP: f64 = 60.0;
/// The ground of columns.
const GROUND: Color = Color(0xf4f6_f5ff);

pub(crate) fn draw(sheet: &mut Sheet) {
    sheet.text((0.0, -110.0), 36.0, Hue::Plain, "Kanban");
    for (place, (name, bound, cards)) in COLUMNS.into_iter().enumerate() {
        let x = place as f64 * (WIDTH + GAP);
        let column = Rect::new(x, 0.0, x + WIDTH, HEIGHT);
        sheet.tinted_frame(name, column, GROUND, |sheet| {
            let says = match bound {
                "" => "as many as there are",
                bound => bound,
            };
            sheet.text((x + PADDING, 20.0), 16.0, Hue::Grey, says);
            for (place, (hue, words)) in cards.iter().enumerate() {
                let y = TOP + place as f64 * (CARD + PADDING);
                let card = Rect::new(x + PADDING, y, x + WIDTH - PADDING, y + CARD);
                sheet.card(card, *hue, words);
            }
        });
    }
}
