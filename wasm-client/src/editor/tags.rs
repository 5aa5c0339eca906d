//! Names on rounded labels, and round marks with their first letters, above the board.
//!
//! Owns that labels stay in the window and off each other. In CSS pixels of the canvas; knows nobody.

use board::display::{DisplayList, FontFamily, Op};
use board::style::{Color, contrast};
use board::text_layout;
use kurbo::{BezPath, Point, Rect, Size, Vec2};

/// The size of the letters, CSS pixels.
const NAME_PX: f64 = 12.0;
/// How high a label is, CSS pixels.
pub(super) const HEIGHT: f64 = 21.0;
/// No label is wider, CSS pixels.
const MAX_WIDTH: f64 = 160.0;
/// Between the letters and the edges of their label, CSS pixels.
const PADDING: f64 = 7.0;
/// More labels than these are read by nobody, and each has to keep off all others.
const MAX_TAGS: usize = 64;
/// Radius of a mark, CSS pixels.
const MARK_PX: f64 = 13.0;
/// Letters on a colour: dark or light ones.
const LETTERS: [Color; 2] = [Color(0xffff_ffff), Color(0x1e1e_1eff)];

/// Labels that are to stand above everything else.
#[derive(Debug)]
pub(super) struct Tags {
    window: Size,
    placed: Vec<(Rect, String, Color)>,
}

impl Tags {
    pub(super) fn new(window: Size) -> Self {
        Self {
            window,
            placed: Vec::new(),
        }
    }

    /// Puts a name there: moved into the window at its edges, and below a label that is there already.
    pub(super) fn put(&mut self, at: Point, name: &str, color: Color) {
        let (name, width) = shortened(name);
        if name.is_empty() || !at.is_finite() || self.placed.len() >= MAX_TAGS {
            return;
        }
        let size = Size::new(width + 2.0 * PADDING, HEIGHT);
        let corner = self.window - size;
        let room = self.window.to_rect().inflate(size.width, size.height);
        if !room.contains(at) {
            return;
        }
        let within = |at: f64, most: f64| at.min(most - 2.0).max(2.0);
        let (x, mut y) = (within(at.x, corner.width), within(at.y, corner.height));
        let label = |y| Rect::from_origin_size((x, y), size);
        // Each step is below one of them, so there are no more steps than labels.
        for _ in 0..self.placed.len() {
            let meets = |placed: &&(Rect, _, _)| placed.0.overlaps(label(y));
            let Some((below, ..)) = self.placed.iter().find(meets) else {
                break;
            };
            y = below.y1 + 1.0;
        }
        self.placed.push((label(y), name, color));
    }

    pub(super) fn paint(self, list: &mut DisplayList) {
        for (rect, name, color) in self.placed {
            list.fill_color(color);
            list.rect(rect, 6.0);
            list.op(Op::Fill, &[]);
            paint_letters(list, rect, NAME_PX, &name, color);
        }
    }
}

/// Somebody's first letters on a disc, with a tip that shows the way to them.
pub(super) fn paint_mark(list: &mut DisplayList, at: Point, way: Vec2, name: &str, color: Color) {
    if way.hypot() > MARK_PX {
        let way = way / way.hypot();
        let across = Vec2::new(-way.y, way.x) * 6.0;
        let mut tip = BezPath::new();
        tip.move_to(at + way * (MARK_PX + 6.0));
        tip.line_to(at + way * (MARK_PX - 3.0) + across);
        tip.line_to(at + way * (MARK_PX - 3.0) - across);
        tip.close_path();
        list.fill_color(color);
        list.path(&tip);
        list.op(Op::Fill, &[]);
    }
    list.fill_color(color);
    list.ellipse(at, MARK_PX, MARK_PX);
    list.op(Op::Fill, &[]);
    let letters: String = name.chars().take(2).collect();
    let size = 11.0;
    let width = letters_wide(&letters, size);
    let rect = Rect::from_center_size(at, (width + 2.0 * PADDING, HEIGHT));
    paint_letters(list, rect, size, &letters, color);
}

/// In the interface font: the board's font is not fetched for a name.
fn paint_letters(list: &mut DisplayList, label: Rect, size: f64, letters: &str, ground: Color) {
    let [light, dark] = LETTERS;
    let lighter = contrast(light, ground) >= contrast(dark, ground).min(4.5);
    list.fill_color(if lighter { light } else { dark });
    list.font(size, FontFamily::Interface);
    let baseline = label.center().y + size * 0.36;
    if text_layout::is_right_to_left(letters) {
        list.text_rtl(Point::new(label.x1 - PADDING, baseline), letters);
    } else {
        list.text(Point::new(label.x0 + PADDING, baseline), letters);
    }
}

/// Interface fonts differ from system to system; they are rarely wider than this.
fn letters_wide(letters: &str, size: f64) -> f64 {
    text_layout::layout(letters, size).width * 1.1
}

/// A name that fits a label, and how wide it is.
fn shortened(name: &str) -> (String, f64) {
    let room = MAX_WIDTH - 2.0 * PADDING;
    let whole = letters_wide(name, NAME_PX);
    if whole <= room {
        return (name.to_owned(), whole);
    }
    let mut letters: Vec<char> = name.chars().collect();
    loop {
        letters.pop();
        let cut = letters.iter().collect::<String>().trim_end().to_owned() + "…";
        let width = letters_wide(&cut, NAME_PX);
        if width <= room || letters.is_empty() {
            return (cut, width);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INK: Color = Color(0x1971_c2ff);

    fn placed(names: &[((f64, f64), &str)]) -> Vec<Rect> {
        let mut tags = Tags::new(Size::new(800.0, 600.0));
        for (at, name) in names {
            tags.put((*at).into(), name, INK);
        }
        tags.placed.iter().map(|(rect, ..)| *rect).collect()
    }

    #[test]
    fn labels_stay_in_the_window_and_no_wider_than_is_readable() {
        let long = "A name of forty letters that goes on and";
        for at in [(0.0, 0.0), (795.0, 10.0), (10.0, 598.0), (799.0, 599.0)] {
            for rect in placed(&[(at, long), (at, "Wren")]) {
                let window = Rect::new(0.0, 0.0, 800.0, 600.0);
                assert!(rect.width() <= MAX_WIDTH, "{rect:?}");
                assert!(
                    window.union(Rect {
                        y1: rect.y0 + 1.0,
                        ..rect
                    }) == window,
                    "{rect:?}"
                );
            }
        }
        assert!(placed(&[((-500.0, 10.0), "Wren"), ((10.0, 10.0), "")]).is_empty());
    }

    #[test]
    fn labels_on_one_spot_step_aside() {
        let at = (300.0, 300.0);
        let labels = placed(&[(at, "Wren"), (at, "Heron"), ((310.0, 310.0), "Kestrel")]);
        for (i, one) in labels.iter().enumerate() {
            assert!(labels.iter().skip(i + 1).all(|other| !one.overlaps(*other)));
        }
    }
}
