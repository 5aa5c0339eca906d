//! A flow chart: how an order is handled, with every usual shape in it once.
//!
//! Owns that process alone.

use board::style::Contour;
use kurbo::Rect;

use crate::hue::Hue;
use crate::sheet::{Sheet, Side};

pub(crate) fn draw(sheet: &mut Sheet) {
    sheet.text((0.0, -110.0), 36.0, Hue::Plain, "How an order is handled");
    let start = sheet.pill(step(0, 0), Hue::Green, "Order comes in");
    let check = sheet.shape(Contour::Rectangle, step(1, 0), Hue::Blue, "Check the stock");
    let decide = sheet.shape(Contour::Diamond, decision(2), Hue::Yellow, "All there?");
    let pack = sheet.shape(Contour::Rectangle, step(3, 0), Hue::Blue, "Pack and send");
    let end = sheet.pill(step(4, 0), Hue::Red, "Done");
    let order = sheet.shape(
        Contour::Parallelogram,
        step(2, 1),
        Hue::Orange,
        "Order what is lacking",
    );
    let tell = sheet.shape(
        Contour::Rectangle,
        step(1, 1),
        Hue::Blue,
        "Tell the customer",
    );
    let store = sheet.shape(Contour::Cylinder, step(3, 1), Hue::Violet, "Orders");
    let down = |from, to| ((from, Side::Bottom), (to, Side::Top));
    for (from, to, words) in [
        (&start, &check, ""),
        (&check, &decide, ""),
        (&decide, &pack, "yes"),
        (&pack, &end, ""),
    ] {
        let (from, to) = down(from, to);
        sheet.arrow(from, to, words);
    }
    sheet.arrow((&decide, Side::Right), (&order, Side::Left), "no");
    sheet.arrow((&order, Side::Top), (&tell, Side::Bottom), "");
    sheet.arrow((&tell, Side::Left), (&check, Side::Right), "");
    sheet.arrow((&pack, Side::Right), (&store, Side::Left), "note it");
}

/// The box of a step, by its row and column.
fn step(row: u32, column: u32) -> Rect {
    let (x, y) = (f64::from(column) * 400.0, f64::from(row) * 196.0);
    Rect::new(x, y, x + 220.0, y + 80.0)
}

/// A decision needs more room for its words.
fn decision(row: u32) -> Rect {
    step(row, 0).inflate(0.0, 24.0)
}
