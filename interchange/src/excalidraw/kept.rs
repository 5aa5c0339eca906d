//! What stays beside an element of what Excalidraw says about it and a board has no field for.
//!
//! Owns the form in the document, see docs/file-format.md, and when a kept value still stands: as long as
//! what would be written without it is what it was when it came. Knows no element.

use std::collections::BTreeMap;
use std::sync::Arc;

use board::fields::Value;
use serde_json::{Map, Value as Json};

use super::source::Source;
use crate::bounds::{MAX_KEPT, MAX_KEPT_DEPTH};
use crate::json::{self, Sum, same};

/// Under this name it stands in what importers keep.
const NAME: &str = "excalidraw";

/// Whether a field says nothing of its own: others do, or it is computed anew.
fn is_said_elsewhere(field: &str) -> bool {
    matches!(
        field,
        "id" | "type"
            | "index"
            | "version"
            | "versionNonce"
            | "updated"
            | "isDeleted"
            | "boundElements"
            | "boundElementIds"
            | "groupIds"
            | "frameId"
            | "containerId"
            | "startBinding"
            | "endBinding"
            | "lastCommittedPoint"
            | "strokeSharpness"
            | "baseline"
            | "rawText"
            | "font"
            | "status"
            | "fileId"
    )
}

/// A field as it would be written, and a sum of what it follows from.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) value: Json,
    pub(crate) sum: u32,
}

impl Field {
    pub(crate) fn new(name: &'static str, value: Json) -> Self {
        let sum = Sum::of(&value);
        Self { name, value, sum }
    }
}

/// What is kept beside one element.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Kept {
    /// What it was called.
    pub(crate) id: String,
    /// Its place in the file.
    pub(crate) at: Option<f64>,
    /// Its fractional key there.
    pub(crate) index: Option<String>,
    pub(crate) version: Option<f64>,
    pub(crate) nonce: Option<f64>,
    pub(crate) updated: Option<f64>,
    /// Of all that would be written without this.
    pub(crate) sum: u32,
    /// Fields that a board has none for.
    pub(crate) own: Map<String, Json>,
    /// Values that are written while what stands for them is as it was: the value, and the sum of that.
    pub(crate) was: BTreeMap<String, (Json, u32)>,
    /// The same of a text that became its label.
    pub(crate) text: Option<Box<Self>>,
}

impl Kept {
    /// What is to be kept of a source beside what would be written of its element, and how much of it had
    /// no room.
    pub(crate) fn of(source: &Source, at: usize, fields: &[Field]) -> (Self, u32) {
        let number = |field| source.get(field).as_f64();
        let mut kept = Self {
            id: source.id().to_owned(),
            at: Some(at as f64),
            index: source.text("index").map(str::to_owned),
            version: number("version"),
            nonce: number("versionNonce"),
            updated: number("updated"),
            sum: sum_of(fields),
            ..Self::default()
        };
        for field in fields {
            let Some(value) = source.fields.get(field.name) else {
                // Nothing is said of it either, then.
                if field.name == "polygon" {
                    let nothing = (Json::Null, field.sum);
                    kept.was.insert(field.name.to_owned(), nothing);
                }
                continue;
            };
            let is_place = matches!(field.name, "x" | "y" | "width" | "height");
            let near = || is_place && is_near(value, &field.value);
            if !same(value, &field.value) && !near() {
                kept.was
                    .insert(field.name.to_owned(), (value.clone(), field.sum));
            }
        }
        let mut unkept = 0;
        let mut written: Vec<&str> = fields.iter().map(|field| field.name).collect();
        written.sort_unstable();
        for (name, value) in &source.fields {
            let said = || written.binary_search(&name.as_str()).is_ok();
            if is_said_elsewhere(name) || said() {
                continue;
            }
            let room = json::to_value(value, MAX_KEPT_DEPTH);
            let fits = |value: &Value| weight(value) <= MAX_KEPT / 2;
            match room.as_ref().is_some_and(fits) {
                true => drop(kept.own.insert(name.clone(), value.clone())),
                false => unkept += 1,
            }
        }
        (kept, unkept)
    }

    /// What would be written, with what is kept in place of what is as it was; and whether all of it is.
    pub(crate) fn settle(&self, fields: Vec<Field>) -> (Map<String, Json>, bool) {
        let untouched = self.sum == sum_of(&fields);
        let mut settled = self.own.clone();
        for field in fields {
            let was = self
                .was
                .get(field.name)
                .filter(|(_, sum)| *sum == field.sum);
            let value = was.map_or(field.value, |(value, _)| value.clone());
            if field.name != "polygon" || !value.is_null() {
                settled.insert(field.name.to_owned(), value);
            }
        }
        (settled, untouched)
    }

    /// What was kept in place of a value that follows from what has this sum.
    pub(crate) fn was(&self, field: &str, sum: u32) -> Option<&Json> {
        let (value, stands) = self.was.get(field)?;
        (*stands == sum).then_some(value)
    }

    /// As the document has it, less what has no room, the largest first: the second is how much.
    pub(crate) fn write(mut self) -> (Value, u32) {
        let whole = |kept: &Self| Value::Map([(NAME.into(), kept.value())].into());
        let value = whole(&self);
        let Some(mut over) = weight(&value).checked_sub(MAX_KEPT + 1) else {
            return (value, 0);
        };
        let mut parts = self.parts();
        parts.sort_unstable_by_key(|part| std::cmp::Reverse(part.weight));
        let mut unkept = 0;
        for part in parts {
            self.drop_part(&part);
            unkept += 1;
            match over.checked_sub(part.weight) {
                Some(rest) => over = rest,
                None => break,
            }
        }
        let value = whole(&self);
        match weight(&value) <= MAX_KEPT {
            true => (value, unkept),
            // Nothing is left but names.
            false => (Value::Null, unkept + 1),
        }
    }

    /// All that can be given up.
    fn parts(&self) -> Vec<Part> {
        let heavy = |name: &str, value: &Json| {
            let value = json::to_value(value, usize::MAX);
            text_weight(name) + value.as_ref().map_or(0, weight)
        };
        let own = self.own.iter().map(|(name, value)| Part {
            weight: heavy(name, value),
            in_text: false,
            in_own: true,
            name: name.clone(),
        });
        let was = self.was.iter().map(|(name, (value, _))| Part {
            weight: heavy(name, value),
            in_text: false,
            in_own: false,
            name: name.clone(),
        });
        let text = self.text.iter().flat_map(|text| text.parts());
        let text = text.map(|part| Part {
            in_text: true,
            ..part
        });
        own.chain(was).chain(text).collect()
    }

    fn drop_part(&mut self, part: &Part) {
        let kept = match &mut self.text {
            Some(text) if part.in_text => text,
            _ => self,
        };
        match part.in_own {
            true => drop(kept.own.remove(&part.name)),
            false => drop(kept.was.remove(&part.name)),
        }
    }

    fn value(&self) -> Value {
        let number = |number: Option<f64>| number.map_or(Value::Null, Value::Number);
        let index = self.index.as_deref().map_or(Value::Null, Value::text);
        let numbers = [self.at, self.version, self.nonce, self.updated].map(number);
        let [at, version, nonce, updated] = numbers;
        let sum = Value::Number(self.sum.into());
        let stamp = Value::list([at, index, version, nonce, updated, sum]);
        let mut entries: Vec<(Arc<str>, Value)> =
            vec![("id".into(), Value::text(&self.id)), ("at".into(), stamp)];
        // Depths were judged when they came.
        let value = |json: &Json| json::to_value(json, usize::MAX).unwrap_or_default();
        if !self.own.is_empty() {
            let own = self
                .own
                .iter()
                .map(|(key, own)| (key.as_str().into(), value(own)));
            entries.push(("own".into(), Value::Map(own.collect())));
        }
        if !self.was.is_empty() {
            let was = self.was.iter().map(|(key, (was, sum))| {
                let pair = Value::list([value(was), Value::Number((*sum).into())]);
                (key.as_str().into(), pair)
            });
            entries.push(("was".into(), Value::Map(was.collect())));
        }
        entries.extend(self.text.as_ref().map(|text| ("text".into(), text.value())));
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Value::Map(entries.into())
    }

    /// Reads what stands beside an element; `None` when nothing of ours does.
    pub(crate) fn read(extra: &Value) -> Option<Self> {
        Self::from_value(entry(extra, NAME)?)
    }

    fn from_value(value: &Value) -> Option<Self> {
        let id = entry(value, "id")?.as_text()?.to_owned();
        let Some(Value::List(stamp)) = entry(value, "at") else {
            return None;
        };
        let number = |place: usize| stamp.get(place)?.number();
        let entries = |name: &str| match entry(value, name) {
            Some(Value::Map(entries)) => entries.clone(),
            _ => Arc::new([]),
        };
        let own = entries("own");
        let own = own
            .iter()
            .map(|(key, own)| (key.to_string(), json::from_value(own)));
        let was = entries("was");
        let was = was.iter().filter_map(|(key, pair)| match pair {
            Value::List(pair) => {
                let sum = pair.get(1)?.number()?;
                Some((
                    key.to_string(),
                    (json::from_value(pair.first()?), sum as u32),
                ))
            }
            _ => None,
        });
        Some(Self {
            id,
            at: number(0),
            index: stamp.get(1).and_then(Value::as_text).map(str::to_owned),
            version: number(2),
            nonce: number(3),
            updated: number(4),
            sum: number(5).unwrap_or_default() as u32,
            own: own.collect(),
            was: was.collect(),
            text: entry(value, "text")
                .and_then(Self::from_value)
                .map(Box::new),
        })
    }
}

fn text_weight(text: &str) -> usize {
    text.len() + 4
}

/// A value that is kept, and how heavy it is.
struct Part {
    weight: usize,
    in_text: bool,
    in_own: bool,
    name: String,
}

/// How many bytes a value takes in a document, at most.
fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 1,
        Value::Number(_) => 9,
        Value::Text(own) => text_weight(own),
        Value::Bytes(bytes) => bytes.len() + 4,
        Value::List(items) => items.iter().map(weight).sum::<usize>() + 4,
        Value::Map(entries) => {
            let entry = |(key, value): &(Arc<str>, Value)| text_weight(key) + weight(value);
            entries.iter().map(entry).sum::<usize>() + 4
        }
    }
}

fn entry<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let Value::Map(entries) = value else {
        return None;
    };
    let entry = entries.iter().find(|(key, _)| &**key == name);
    entry.map(|(_, value)| value)
}

fn sum_of(fields: &[Field]) -> u32 {
    let add = |sum: Sum, field: &Field| sum.text(field.name).number(field.sum.into());
    fields.iter().fold(Sum::default(), add).end()
}

/// Whether two lengths are the same to the eye.
fn is_near(one: &Json, other: &Json) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() < 0.02,
        _ => false,
    }
}
