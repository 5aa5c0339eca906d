//! Elements as text for the clipboard, also between boards, and as bytes while in the making.
//!
//! Owns the format: birth records as the document stores them, each with its text. Whatever comes
//! from outside is checked; what is no element is passed over.

use board::element::Element;
use board::fields::{Birth, Value, bytes};
use board::id::ElementId;

/// Says that a clipboard text is ours, and of which version.
const PREFIX: &str = "drawbridge/elements/1:";
/// Most elements that are pasted at once: a whole large board.
const MAX_PASTED: usize = 20_000;

/// An element without its name, with the text that it carries.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    birth: Birth,
    text: Option<String>,
}

impl Record {
    /// What of an element is copied.
    pub(crate) fn of(element: &Element) -> Self {
        Self {
            birth: element.birth(),
            text: element.text().map(str::to_owned),
        }
    }

    /// The element under a name.
    pub(crate) fn element(&self, id: ElementId) -> Element {
        let mut element = Element::read(id, &self.birth);
        if let Some(text) = &self.text {
            element.set_text(text);
        }
        element
    }

    /// The text that it carries.
    pub(crate) fn into_text(self) -> Option<String> {
        self.text
    }

    fn value(self) -> Value {
        let slots = Value::List(self.birth.into_slots().into());
        let text = self.text.map_or(Value::Null, |text| Value::text(&text));
        Value::list([slots, text])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let Value::List(pair) = value else {
            return None;
        };
        let (Some(Value::List(slots)), Some(text)) = (pair.first(), pair.get(1)) else {
            return None;
        };
        let text = text.as_text().map(str::to_owned);
        Some(Self {
            birth: Birth::new(slots.to_vec()),
            text,
        })
    }
}

/// Elements as clipboard text, in the order given.
pub(crate) fn write(records: impl Iterator<Item = Record>) -> String {
    let records: Vec<Value> = records.map(Record::value).collect();
    let encoded = bytes::encode(&Value::List(records.into()));
    format!("{PREFIX}{}", to_hex(&encoded))
}

/// Reads clipboard text; `None` when it is not ours.
pub(crate) fn read(text: &str) -> Option<Vec<Record>> {
    let encoded = from_hex(text.trim().strip_prefix(PREFIX)?)?;
    let Value::List(records) = bytes::decode(&encoded).ok()? else {
        return None;
    };
    Some(
        records
            .iter()
            .take(MAX_PASTED)
            .filter_map(Record::from_value)
            .collect(),
    )
}

/// Hexadecimal: twice the size, but no decoder to download for something so rare.
fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect()
}

/// One element as bytes.
pub(crate) fn write_one(element: &Element) -> Vec<u8> {
    bytes::encode(&Record::of(element).value())
}

/// Reads one element under a name; `None` when it is damaged.
pub(crate) fn read_one(id: ElementId, encoded: &[u8]) -> Option<Element> {
    let value = bytes::decode(encoded).ok()?;
    Record::from_value(&value).map(|record| record.element(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_not_ours() {
        for text in [
            "hello",
            "",
            "drawbridge/elements/1:%%",
            "drawbridge/elements/1:AAAA",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
