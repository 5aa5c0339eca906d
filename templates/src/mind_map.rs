//! A mind map: a thought, what belongs to it, and what belongs to that.
//!
//! Owns the thoughts and on which side of the middle they stand.

use board::id::ElementId;
use kurbo::Rect;

use crate::hue::Hue;
use crate::sheet::{Sheet, Side};

/// A branch: its colour, what it is about, what hangs on it.
type Branch = (Hue, &'static str, [&'static str; 3]);

const RIGHT: [Branch; 3] = [
    (
        Hue::Teal,
        "Who it is for",
        ["Teams", "Classes", "Whoever joins"],
    ),
    (
        Hue::Orange,
        "What it does",
        ["First things first", "What can wait", "What it never does"],
    ),
    (
        Hue::Green,
        "How it grows",
        ["Word of mouth", "Talks", "Partners"],
    ),
];
const LEFT: [Branch; 3] = [
    (
        Hue::Violet,
        "Why now",
        ["What has changed", "What is asked for", "What others lack"],
    ),
    (
        Hue::Red,
        "What may go wrong",
        ["Too late", "Too much at once", "Nobody hears of it"],
    ),
    (
        Hue::Blue,
        "Next steps",
        ["Talk to five people", "Draw it", "Try it in a week"],
    ),
];

/// Between the rows of what hangs on branches, and between branches.
const ROW: f64 = 60.0;
const BRANCH: f64 = 210.0;

pub(crate) fn draw(sheet: &mut Sheet) {
    let middle = sheet.pill(
        Rect::new(-130.0, -44.0, 130.0, 44.0),
        Hue::Yellow,
        "Our idea",
    );
    for (branches, side) in [(RIGHT, 1.0), (LEFT, -1.0)] {
        for (place, branch) in branches.into_iter().enumerate() {
            let y = (place as f64 - 1.0) * BRANCH;
            put(sheet, &middle, branch, side, y);
        }
    }
}

/// A branch on the right, or, where `side` is -1, on the left.
fn put(sheet: &mut Sheet, middle: &ElementId, branch: Branch, side: f64, y: f64) {
    let (hue, words, leaves) = branch;
    let (out, back) = match side > 0.0 {
        true => (Side::Right, Side::Left),
        false => (Side::Left, Side::Right),
    };
    let about = sheet.pill(beside(side, 230.0, 220.0, y, 56.0), hue, words);
    sheet.branch((middle, out), (&about, back), hue);
    for (place, leaf) in leaves.into_iter().enumerate() {
        let y = y + (place as f64 - 1.0) * ROW;
        let leaf = sheet.pill(beside(side, 540.0, 220.0, y, 44.0), Hue::Plain, leaf);
        sheet.branch((&about, out), (&leaf, back), hue);
    }
}

/// A box so far from the middle, its height around `y`.
fn beside(side: f64, from: f64, width: f64, y: f64, height: f64) -> Rect {
    let ends = [side * from, side * (from + width)];
    let [x0, x1] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
    Rect::new(x0, y - height / 2.0, x1, y + height / 2.0)
}
