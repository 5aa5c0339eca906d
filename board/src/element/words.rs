//! What elements say, whatever their kind: texts, names of frames, labels.
//!
//! Owns that words are laid out again when anything changes them, and by which place they are stored.
//! Knows not how any of them is painted.

use super::{Element, Kind, text};
use crate::fields::Value;
use crate::style::{Align, StyleField};

impl Element {
    /// Sets what it says, which is laid out again: a text, the name of a frame, the label of anything
    /// else that can have one.
    pub fn set_text(&mut self, content: &str) {
        match &mut self.kind {
            Kind::Text(text) => text.set(content, &self.style),
            Kind::Frame(frame) => frame.set_title(content),
            _ => self.set_label(content),
        }
    }

    /// Lays out again what its style, after a change, has on other lines; it is right without that,
    /// but slow. O(text) if so.
    pub fn follow_style(&mut self) {
        if let Kind::Text(text) = &mut self.kind {
            text.follow(&self.style);
        }
        self.follow_label();
    }

    /// Changes one field of its look, so that what it says stays where it is.
    pub fn restyle(&mut self, field: StyleField, value: &Value) {
        let before = self.frame();
        self.style.set(field, value);
        self.follow_style();
        if field == StyleField::Contour {
            self.widen_for_words();
        }
        if self.kind.has_own_size() && matches!(field, StyleField::Align | StyleField::Wrap) {
            self.geometry = before.anchored(self.anchor());
        }
    }

    /// Which share of its width lies to the left of the place by which it is stored; of kinds that
    /// have a size of their own.
    pub fn anchor(&self) -> f64 {
        let details = &self.style.details;
        match (details.wrap, details.align) {
            (Some(_), _) | (None, None | Some(Align::Left)) => 0.0,
            (None, Some(Align::Center)) => 0.5,
            (None, Some(Align::Right)) => 1.0,
        }
    }

    /// What a text says, the name of a frame, or a label that there is.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text.content()),
            Kind::Frame(frame) => Some(frame.title()),
            _ => self.label().map(text::Text::content),
        }
    }

    /// The lines of a text as they are painted when nobody has said yet how wide this browser paints them, and the layout
    /// may be wrong about it. O(text).
    pub fn unmeasured(&self) -> Option<Vec<String>> {
        match &self.kind {
            Kind::Text(text) => text.unmeasured(&self.style),
            _ => None,
        }
    }

    /// Takes how wide this browser paints each of them at font size 1; `None` asks anew. It is for
    /// touching and painting alone, and part of no document.
    pub fn set_measured(&mut self, widths: Option<&[f64]>) {
        match (&mut self.kind, widths) {
            (Kind::Text(text), Some(widths)) => text.set_measured(widths, &self.style),
            (Kind::Text(text), None) => text.forget_measured(),
            _ => {}
        }
    }
}
