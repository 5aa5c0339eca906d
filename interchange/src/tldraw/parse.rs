//! A document's text, record by record, without a tree of all of it.
//!
//! Owns how the text is taken apart and what bounds that: one record at a time is a tree, and files stay
//! text. Knows which records there are, not what shapes mean.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::shape::Shape;
use crate::bounds::{MAX_ELEMENT, MAX_ELEMENTS, MAX_FILES, MAX_TEXT_FILE};
use crate::refusal::Refused;

/// The newest version of the file that is known.
const VERSION: f64 = 1.0;
/// Each shape has at most so many bindings.
const BINDINGS: usize = 2;
/// Longest title that is looked at, bytes.
const MAX_NAME: usize = 4096;
const FOREIGN: Refused = Refused::Foreign("tldraw document");

/// All records of a document that say something of what is seen.
#[derive(Debug, Default)]
pub(super) struct Store<'a> {
    pub(super) shapes: Vec<Shape>,
    pub(super) pages: Vec<Page>,
    pub(super) bindings: Vec<Binding>,
    /// Each file's text by its name.
    pub(super) assets: BTreeMap<String, &'a RawValue>,
    pub(super) title: Option<String>,
    /// Records that are none.
    pub(super) malformed: u32,
}

#[derive(Debug)]
pub(super) struct Page {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) index: String,
}

/// What an end of an arrow holds on to, where a record of its own says so.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) arrow: String,
    pub(super) target: String,
    pub(super) props: Json,
}

/// What stands around the records.
#[derive(serde::Deserialize)]
struct Top<'a> {
    #[serde(borrow, rename = "tldrawFileFormatVersion")]
    version: Option<&'a RawValue>,
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    records: Option<&'a RawValue>,
    #[serde(borrow)]
    shapes: Option<&'a RawValue>,
    #[serde(borrow)]
    bindings: Option<&'a RawValue>,
    #[serde(borrow)]
    assets: Option<&'a RawValue>,
    /// On the clipboard: all of that.
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(rename = "otherCompressed")]
    packed: Option<String>,
}

impl<'a> Store<'a> {
    /// Takes what a text says. What of it is packed comes back.
    pub(super) fn take(&mut self, text: &'a [u8]) -> Result<Option<String>, Refused> {
        Refused::unless_at_most(text.len(), MAX_TEXT_FILE)?;
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let top = top(text)?;
        let word = |raw: Option<&RawValue>| serde_json::from_str::<String>(raw?.get()).ok();
        let on_clipboard = word(top.kind).as_deref() == Some("application/tldraw");
        let number = |raw: &RawValue| serde_json::from_str::<f64>(raw.get()).ok();
        match top.version.and_then(number) {
            Some(version) if version > VERSION => return Err(Refused::Newer(version as u64)),
            None if !on_clipboard => return Err(FOREIGN),
            _ => {}
        }
        match top.data {
            Some(data) if on_clipboard => self.take_all(self::top(data.get().as_bytes())?),
            _ => self.take_all(top),
        }
    }

    /// Takes what was packed.
    pub(super) fn take_unpacked(&mut self, text: &'a [u8]) -> Result<(), Refused> {
        let top = top(text)?;
        let inner = match top.data {
            Some(data) => self::top(data.get().as_bytes())?,
            None => top,
        };
        self.take_all(inner).map(drop)
    }

    fn take_all(&mut self, top: Top<'a>) -> Result<Option<String>, Refused> {
        for list in [top.records, top.shapes, top.bindings, top.assets] {
            let Some(list) = list else { continue };
            let mut refused = None;
            let mut json = serde_json::Deserializer::from_str(list.get());
            let read = Records(self, &mut refused).deserialize(&mut json);
            read.map_err(|error| refused.unwrap_or_else(|| refusal(&error)))?;
        }
        Ok(top.packed)
    }

    fn record(&mut self, raw: &'a RawValue) -> Result<(), Refused> {
        let Ok(head) = serde_json::from_str::<Head<'_>>(raw.get()) else {
            self.malformed += 1;
            return Ok(());
        };
        match head.kind.as_deref() {
            Some("asset") => {
                self.assets
                    .insert(head.id.unwrap_or_default().into_owned(), raw);
                match self.assets.len() > MAX_FILES {
                    true => Err(Refused::ManyFiles),
                    false => Ok(()),
                }
            }
            Some("shape" | "page" | "binding" | "document") => self.read(raw),
            // What a camera looks at, and whatever else nobody else sees.
            Some(_) => Ok(()),
            None => {
                self.malformed += 1;
                Ok(())
            }
        }
    }

    fn read(&mut self, raw: &'a RawValue) -> Result<(), Refused> {
        if raw.get().len() > MAX_ELEMENT {
            return Err(Refused::LargeElement);
        }
        let mut record = match serde_json::from_str::<Map<String, Json>>(raw.get()) {
            Ok(record) => record,
            Err(error) if is_deep(&error) => return Err(Refused::Deep),
            Err(_) => {
                self.malformed += 1;
                return Ok(());
            }
        };
        let text = |field: &str| record.get(field).and_then(Json::as_str).map(str::to_owned);
        match text("typeName").as_deref() {
            Some("page") => self.pages.push(Page {
                id: text("id").unwrap_or_default(),
                name: text("name")
                    .filter(|name| name.len() <= MAX_NAME)
                    .unwrap_or_default(),
                index: text("index").unwrap_or_default(),
            }),
            Some("document") => {
                let name = text("name").filter(|name| name.len() <= MAX_NAME);
                self.title = name.filter(|name| !name.trim().is_empty());
            }
            Some("binding") => self.bindings.push(Binding {
                arrow: text("fromId").unwrap_or_default(),
                target: text("toId").unwrap_or_default(),
                props: record.remove("props").unwrap_or_default(),
            }),
            _ => match Shape::of(&mut record) {
                Some(shape) => self.shapes.push(shape),
                None => self.malformed += 1,
            },
        }
        let most = [
            (self.shapes.len(), MAX_ELEMENTS),
            (self.pages.len(), MAX_ELEMENTS),
            (self.bindings.len(), BINDINGS * MAX_ELEMENTS),
        ];
        match most.iter().any(|(count, most)| count > most) {
            true => Err(Refused::ManyElements),
            false => Ok(()),
        }
    }
}

/// What a record says that it is.
#[derive(serde::Deserialize)]
struct Head<'a> {
    #[serde(borrow, rename = "typeName")]
    kind: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow)]
    id: Option<std::borrow::Cow<'a, str>>,
}

fn top(text: &[u8]) -> Result<Top<'_>, Refused> {
    serde_json::from_slice(text).map_err(|error| refusal(&error))
}

/// What an error of the parser means.
fn refusal(error: &serde_json::Error) -> Refused {
    if is_deep(error) {
        return Refused::Deep;
    }
    if error.is_data() {
        return FOREIGN;
    }
    Refused::Damaged {
        line: error.line(),
        column: error.column(),
    }
}

fn is_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion")
}

/// A list of records; anything else is foreign.
struct Records<'s, 'a, 'r>(&'s mut Store<'a>, &'r mut Option<Refused>);

impl<'a> DeserializeSeed<'a> for Records<'_, 'a, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'a>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Records<'_, 'a, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(raw) = list.next_element::<&RawValue>()? {
            self.0.record(raw).map_err(|refused| {
                *self.1 = Some(refused);
                A::Error::custom(refused)
            })?;
        }
        Ok(())
    }
}
