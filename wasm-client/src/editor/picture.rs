//! A small picture of everything on the board, in both themes, a slice at a time.
//!
//! Owns what is left out, and how thin a line may get. Knows neither canvas nor card; lists are in
//! CSS pixels of the picture.

use board::display::{DisplayList, Op};
use board::element::{Element, Kind};
use board::id::ElementId;
use board::style::Theme;
use kurbo::{Affine, Rect, Size, Vec2};

use super::Editor;
use scene::{Node, sort_nodes};

/// The thinnest line, CSS pixels: a thinner one is a dotted hairline.
const THINNEST: f64 = 1.5;
/// A stroke of the pen is so many times as wide as its width says.
const INK: f64 = 1.5;
/// What is smaller to either side, CSS pixels, is left out.
const TINY: f64 = 1.0;
/// What is smaller, CSS pixels, is fainter: at full strength lines so close make one black patch.
const SMALL: f64 = 7.0;
const FAINTEST: f64 = 0.2;
/// Most elements: as many as a small picture has room for.
const MOST: usize = 3_000;
/// Letters below this size, CSS pixels, are bars.
const LEGIBLE: f64 = 3.5;
/// Most bars of one text.
const MOST_BARS: usize = 80;
/// Points nearer than this, CSS pixels, are one.
const STEP: f64 = 0.5;
/// Room around everything, CSS pixels.
const EDGE: f64 = 10.0;
/// A slice ends when its lists have so many words: some two milliseconds of painting.
const SLICE: usize = 6_000;

/// A picture in the making.
#[derive(Debug)]
pub(super) struct Sketch {
    /// What is not painted yet, the topmost first.
    left: Vec<ElementId>,
    transform: Affine,
    scale: f64,
}

impl Editor {
    /// Begins a picture of this size; false when there is nothing to be seen.
    pub fn begin_picture(&mut self, size: Size) -> bool {
        self.cover.sketch = self.scene.bounds().map(|bounds| {
            let scale = scale(bounds, size);
            let to_middle = Vec2::new(size.width, size.height) / 2.0;
            let transform = Affine::translate(to_middle)
                * Affine::scale(scale)
                * Affine::translate(-bounds.center().to_vec2());
            let mut nodes = self.worth_painting(TINY / scale);
            sort_nodes(&mut nodes);
            let ids = nodes.iter().rev().map(|node| node.element().id.clone());
            Sketch {
                left: ids.collect(),
                transform,
                scale,
            }
        });
        self.cover.sketch.is_some()
    }

    /// The next slice of the picture, for a light and for a dark page; `None` when it is done.
    pub fn picture(&mut self) -> Option<(DisplayList, DisplayList)> {
        let sketch = self.cover.sketch.as_mut()?;
        let (mut light, mut dark) = (DisplayList::new(), DisplayList::new());
        while light.words().len() < SLICE
            && let Some(id) = sketch.left.pop()
        {
            let Some(node) = self.scene.get(&id) else {
                continue;
            };
            let element = thickened(node.element(), sketch.scale);
            let strength = (side(node) * sketch.scale / SMALL).clamp(FAINTEST, 1.0);
            let transform = sketch.transform * element.placement();
            for (list, theme) in [(&mut light, Theme::Light), (&mut dark, Theme::Dark)] {
                let content = paint(&element, theme, sketch.scale);
                list.place(transform, element.style.opacity * strength, &content);
            }
        }
        if light.is_empty() {
            self.cover.sketch = None;
            return None;
        }
        Some((light, dark))
    }

    /// The elements that are at least so large, or larger where they would be too many.
    fn worth_painting(&self, least: f64) -> Vec<&Node> {
        let mut nodes: Vec<&Node> = self.scene.iter().collect();
        let mut least = least;
        loop {
            let larger = nodes.iter().copied().filter(|node| side(node) >= least);
            let larger: Vec<&Node> = larger.collect();
            if larger.is_empty() {
                break;
            }
            nodes = larger;
            if nodes.len() <= MOST {
                break;
            }
            least *= 1.5;
        }
        // Rather some of many alike than none of them.
        nodes.truncate(MOST);
        nodes
    }
}

/// How much of a size everything may take: all of it but for an edge, and never magnified.
fn scale(bounds: Rect, size: Size) -> f64 {
    let along = |room: f64, extent: f64| (room - 2.0 * EDGE) / extent.max(1.0);
    along(size.width, bounds.width())
        .min(along(size.height, bounds.height()))
        .clamp(f64::MIN_POSITIVE, 1.0)
}

fn side(node: &Node) -> f64 {
    node.bounds().width().max(node.bounds().height())
}

fn thickened(element: &Element, scale: f64) -> Element {
    let mut element = element.clone();
    let thinnest = match element.kind {
        Kind::Ink(_) => THINNEST / INK,
        _ => THINNEST,
    };
    element.style.width = element.style.width.max(thinnest / scale);
    element
}

fn paint(element: &Element, theme: Theme, scale: f64) -> DisplayList {
    match &element.kind {
        Kind::Text(text) if element.style.font_size * scale < LEGIBLE => {
            let layout = text.layout(&element.style);
            let mut list = DisplayList::new();
            list.stroke_color(element.style.stroke.in_theme(theme));
            list.op(Op::LineWidth, &[THINNEST / scale]);
            list.op(Op::Begin, &[]);
            for line in layout.lines.iter().take(MOST_BARS) {
                let from = line.left;
                let y = line.baseline - layout.line_height / 4.0;
                if line.width > 0.0 {
                    list.op(Op::MoveTo, &[from, y]);
                    list.op(Op::LineTo, &[from + line.width, y]);
                }
            }
            list.op(Op::Stroke, &[]);
            list
        }
        _ => element.sketch(theme, STEP / scale),
    }
}
