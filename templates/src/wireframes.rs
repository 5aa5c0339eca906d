//! A wireframe kit: a page, a telephone, and the parts to build others of.
//!
//! Owns these parts. Each is drawn where it is used, in grey, so that nobody takes it for the design.

use board::style::{Contour, Dash};
use kurbo::Rect;

use crate::hue::Hue;
use crate::sheet::{Sheet, Stroke};

const THIN: Stroke = Stroke {
    hue: Hue::Grey,
    width: 2.0,
    dash: Dash::Solid,
};

pub(crate) fn draw(sheet: &mut Sheet) {
    sheet.text((0.0, -120.0), 36.0, Hue::Plain, "Wireframe kit");
    sheet.frame("Page", Rect::new(0.0, 0.0, 800.0, 560.0), page);
    sheet.frame("Telephone", Rect::new(860.0, 0.0, 1160.0, 560.0), telephone);
    sheet.frame("Parts", Rect::new(1220.0, 0.0, 1620.0, 560.0), parts);
}

fn page(sheet: &mut Sheet) {
    sheet.text((32.0, 28.0), 28.0, Hue::Plain, "Logo");
    for (x, words) in [(440.0, "Product"), (560.0, "Prices"), (660.0, "Help")] {
        sheet.text((x, 34.0), 18.0, Hue::Grey, words);
    }
    sheet.line([(0.0, 88.0), (800.0, 88.0)], THIN);
    sheet.text((32.0, 128.0), 36.0, Hue::Plain, "What it does for you");
    paragraph(sheet, (32.0, 196.0), 320.0, 3);
    button(sheet, (32.0, 292.0), "Try it", Hue::Blue);
    button(sheet, (200.0, 292.0), "Learn more", Hue::Plain);
    image(sheet, Rect::new(440.0, 128.0, 768.0, 344.0));
    for (place, words) in ["First", "Second", "Third"].into_iter().enumerate() {
        let x = 32.0 + place as f64 * 252.0;
        sheet.shape(
            Contour::Rectangle,
            Rect::new(x, 392.0, x + 232.0, 528.0),
            Hue::Plain,
            "",
        );
        sheet.text((x + 20.0, 408.0), 18.0, Hue::Plain, words);
        paragraph(sheet, (x + 20.0, 452.0), 180.0, 3);
    }
}

fn telephone(sheet: &mut Sheet) {
    sheet.text((884.0, 24.0), 20.0, Hue::Plain, "Messages");
    field(sheet, Rect::new(884.0, 72.0, 1136.0, 116.0), "Search");
    for place in 0..4 {
        let y = 140.0 + f64::from(place) * 84.0;
        sheet.shape(
            Contour::Ellipse,
            Rect::new(884.0, y, 936.0, y + 52.0),
            Hue::Grey,
            "",
        );
        paragraph(sheet, (956.0, y + 14.0), 170.0, 2);
    }
    sheet.line([(860.0, 484.0), (1160.0, 484.0)], THIN);
    for (x, words) in [(884.0, "Home"), (974.0, "Chats"), (1072.0, "Me")] {
        sheet.text((x, 506.0), 18.0, Hue::Grey, words);
    }
}

fn parts(sheet: &mut Sheet) {
    button(sheet, (1244.0, 28.0), "Button", Hue::Blue);
    button(sheet, (1420.0, 28.0), "Button", Hue::Plain);
    field(sheet, Rect::new(1244.0, 104.0, 1596.0, 148.0), "Text field");
    field(sheet, Rect::new(1244.0, 172.0, 1596.0, 216.0), "Choice");
    sheet.line([(1560.0, 188.0), (1570.0, 198.0), (1580.0, 188.0)], THIN);
    for (place, words) in ["Checked", "Not checked"].into_iter().enumerate() {
        let y = 244.0 + place as f64 * 44.0;
        sheet.shape(
            Contour::Rectangle,
            Rect::new(1244.0, y, 1268.0, y + 24.0),
            Hue::Plain,
            "",
        );
        sheet.text((1284.0, y), 18.0, Hue::Plain, words);
    }
    sheet.line([(1249.0, 257.0), (1255.0, 263.0), (1264.0, 249.0)], THIN);
    for (place, words) in ["Chosen", "Another"].into_iter().enumerate() {
        let y = 244.0 + place as f64 * 44.0;
        sheet.shape(
            Contour::Ellipse,
            Rect::new(1450.0, y, 1474.0, y + 24.0),
            Hue::Plain,
            "",
        );
        sheet.text((1490.0, y), 18.0, Hue::Plain, words);
    }
    sheet.shape(
        Contour::Ellipse,
        Rect::new(1457.0, 251.0, 1467.0, 261.0),
        Hue::Grey,
        "",
    );
    sheet.shape(
        Contour::Rectangle,
        Rect::new(1244.0, 344.0, 1596.0, 528.0),
        Hue::Plain,
        "",
    );
    sheet.text((1268.0, 364.0), 20.0, Hue::Plain, "Really delete it?");
    paragraph(sheet, (1268.0, 412.0), 280.0, 2);
    button(sheet, (1268.0, 460.0), "Cancel", Hue::Plain);
    button(sheet, (1432.0, 460.0), "Delete", Hue::Red);
}

fn button(sheet: &mut Sheet, (x, y): (f64, f64), words: &str, hue: Hue) {
    sheet.pill(Rect::new(x, y, x + 144.0, y + 48.0), hue, words);
}

fn field(sheet: &mut Sheet, rect: Rect, words: &str) {
    sheet.shape(Contour::Rectangle, rect, Hue::Plain, "");
    sheet.text((rect.x0 + 16.0, rect.y0 + 10.0), 18.0, Hue::Grey, words);
}

/// Lines of words that nobody has written yet, the last one shorter.
fn paragraph(sheet: &mut Sheet, (x, y): (f64, f64), width: f64, lines: u32) {
    let stroke = Stroke {
        hue: Hue::Grey,
        width: 6.0,
        dash: Dash::Solid,
    };
    for line in 0..lines {
        let y = y + f64::from(line) * 24.0;
        let end = match line + 1 == lines {
            true => x + width * 0.6,
            false => x + width,
        };
        sheet.line([(x, y), (end, y)], stroke);
    }
}

/// The place of a picture.
fn image(sheet: &mut Sheet, rect: Rect) {
    sheet.shape(Contour::Rectangle, rect, Hue::Grey, "");
    let (from, to) = ((rect.x0, rect.y0), (rect.x1, rect.y1));
    sheet.line([from, to], THIN);
    sheet.line([(from.0, to.1), (to.0, from.1)], THIN);
}
