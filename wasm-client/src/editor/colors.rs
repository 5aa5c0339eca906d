//! Which colours are on the board, for whoever picks one. Knows no palette.

use board::style::{Color, StyleField};

use super::Editor;

impl Editor {
    /// The colours that elements have, each as often as it is had, `0xRRGGBBAA`; without one: 0.
    ///
    /// O(elements), so it is asked for once whenever a picker opens.
    pub fn colors(&self) -> Vec<u32> {
        let mut colors = Vec::new();
        for node in self.scene.iter() {
            let element = node.element();
            let style = &element.style;
            for (field, color) in [
                (StyleField::Stroke, style.stroke),
                (StyleField::Fill, style.fill),
                (
                    StyleField::LabelColor,
                    style.details.label_color.unwrap_or(Color::NONE),
                ),
            ] {
                if element.kind.style_fields().contains(&field) {
                    colors.push(color.0);
                }
            }
        }
        colors
    }
}
