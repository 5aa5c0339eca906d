//! Restyling: what is selected, and what is drawn next.

use board::document::Write;
use board::element::Element;
use board::fields::Value;
use board::style::{Style, StyleField};

use super::Editor;
use crate::boundary::StylePatch;

impl Editor {
    /// Shows a style on the selection, and writes it when it is decided.
    pub(super) fn restyle(&mut self, set: StylePatch, done: bool) {
        patch(&mut self.style, &set);
        if let Some(unborn) = self.typing.as_mut().and_then(|typing| typing.unborn_mut()) {
            patch(&mut unborn.style, &set);
        }
        let mut trial = self.trial.take().unwrap_or_default();
        merge(&mut trial, set);
        self.trial = Some(trial);
        if done {
            self.commit_trial();
        }
    }

    /// Writes the style that is being tried out, as one step.
    pub(super) fn commit_trial(&mut self) {
        let Some(trial) = self.trial.take() else {
            return;
        };
        if self.read_only {
            return;
        }
        let mut writes = Vec::new();
        for id in &self.selection {
            let Some(element) = self.scene.get(id).map(|node| node.element()) else {
                continue;
            };
            let mut style = element.style;
            patch(&mut style, &trial);
            for &field in element.kind.style_fields() {
                let value = style.get(field);
                if value != element.style.get(field) {
                    writes.push(Write::style(id, field, value));
                }
            }
        }
        self.commit(writes);
    }

    /// A selected element in the style that is being tried out on it.
    pub(super) fn tried_out(&self, element: &Element) -> Option<Element> {
        let trial = self.trial.as_ref()?;
        self.selection.contains(&element.id).then(|| {
            let mut styled = element.clone();
            patch(&mut styled.style, trial);
            if let Some(text) = element.text() {
                styled.set_text(text);
            }
            styled
        })
    }
}

/// Sets the fields that are there; what makes no sense is passed over.
fn patch(style: &mut Style, set: &StylePatch) {
    let text = |text: &Option<String>| text.as_deref().map(Value::text);
    let number = |number: &Option<f64>| number.map(Value::Number);
    for (field, value) in [
        (StyleField::Stroke, text(&set.stroke)),
        (StyleField::Fill, text(&set.fill)),
        (StyleField::Width, number(&set.width)),
        (StyleField::Opacity, number(&set.opacity)),
        (StyleField::FontSize, number(&set.font_size)),
    ] {
        if let Some(value) = value {
            style.set(field, &value);
        }
    }
}

fn merge(into: &mut StylePatch, from: StylePatch) {
    into.stroke = from.stroke.or(into.stroke.take());
    into.fill = from.fill.or(into.fill.take());
    into.width = from.width.or(into.width);
    into.opacity = from.opacity.or(into.opacity);
    into.font_size = from.font_size.or(into.font_size);
}
