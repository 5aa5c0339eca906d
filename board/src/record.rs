//! An element to be born anew: what copying, pasting, importing and strokes in the making hand on.
//!
//! Owns the format: a birth record as the document stores it, with the text and the name that it had,
//! by which those beside it are linked with it. Whatever comes from outside is checked; what is no
//! element is passed over. Knows not where records come from.

use crate::element::Element;
use crate::fields::{Birth, Value, bytes};
use crate::id::ElementId;

/// An element to be born anew, with the text that it carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    birth: Birth,
    text: Option<String>,
    /// What it was called, by which those beside it are linked with it.
    name: Option<ElementId>,
}

impl Record {
    /// What of an element is copied.
    pub fn of(element: &Element) -> Self {
        Self {
            birth: element.birth(),
            text: element.text().map(str::to_owned),
            name: Some(element.id.clone()),
        }
    }

    /// The same for one that nothing is linked with.
    #[must_use]
    pub fn nameless(self) -> Self {
        Self { name: None, ..self }
    }

    /// What it was called.
    pub fn name(&self) -> Option<&ElementId> {
        self.name.as_ref()
    }

    /// The element under a name.
    pub fn element(&self, id: ElementId) -> Element {
        let mut element = Element::read(id, &self.birth);
        if let Some(text) = &self.text {
            element.set_text(text);
        }
        element
    }

    /// The text that it carries.
    pub fn into_text(self) -> Option<String> {
        self.text
    }

    /// As a value, among others: `[birth, text, name]`.
    pub fn value(self) -> Value {
        let slots = Value::List(self.birth.into_slots().into());
        let text = self.text.map_or(Value::Null, |text| Value::text(&text));
        let name = self.name.map_or(Value::Null, |id| Value::text(id.as_str()));
        Value::list([slots, text, name])
    }

    /// Reads such a value; `None` when it is none.
    pub fn from_value(value: &Value) -> Option<Self> {
        let Value::List(pair) = value else {
            return None;
        };
        let (Some(Value::List(slots)), Some(text)) = (pair.first(), pair.get(1)) else {
            return None;
        };
        let text = text.as_text().map(str::to_owned);
        let name = pair.get(2).and_then(Value::as_text);
        Some(Self {
            birth: Birth::new(slots.to_vec()),
            text,
            name: name.and_then(|name| ElementId::parse(name).ok()),
        })
    }

    /// As bytes. O(its size).
    pub fn encode(self) -> Vec<u8> {
        bytes::encode(&self.value())
    }

    /// Reads such bytes; `None` when they are damaged.
    pub fn decode(encoded: &[u8]) -> Option<Self> {
        Self::from_value(&bytes::decode(encoded).ok()?)
    }
}
