//! Which colours are on the board, for whoever picks one. Knows no palette.

use board::style::{Color, StyleField};

use super::Editor;

/// As many as are ever shown, with those that are offered on every board.
const MOST: usize = 24;
/// So many different ones are counted: a board with more of them is a picture.
const COUNTED: usize = 256;

impl Editor {
    /// The colours that most elements have, the most used first, with blanks between.
    ///
    /// O(elements × colours), so it is asked for once whenever a picker opens.
    pub fn colors(&self) -> String {
        let mut counts: Vec<(Color, u32)> = Vec::new();
        for node in self.scene.iter() {
            let element = node.element();
            let style = &element.style;
            let colors = [
                (StyleField::Stroke, Some(style.stroke)),
                (StyleField::Fill, Some(style.fill)),
                (StyleField::LabelColor, style.details.label_color),
            ];
            for (field, color) in colors {
                let had = element.kind.style_fields().contains(&field);
                let Some(color) = color.filter(|color| had && !color.is_none()) else {
                    continue;
                };
                let known = counts.iter_mut().find(|(known, _)| *known == color);
                if let Some((_, count)) = known {
                    *count += 1;
                } else if counts.len() < COUNTED {
                    counts.push((color, 1));
                }
            }
        }
        let mut most = String::new();
        for _ in 0..MOST {
            let counted = counts.iter_mut().filter(|(_, count)| *count > 0);
            // Elements come in no order: the colour itself decides between equals.
            let more = |a: &(Color, u32), b: &(Color, u32)| (a.1, b.0.0) > (b.1, a.0.0);
            let Some((color, count)) = counted.reduce(|a, b| if more(b, a) { b } else { a }) else {
                break;
            };
            *count = 0;
            most += &color.to_text();
            most.push(' ');
        }
        most
    }
}
