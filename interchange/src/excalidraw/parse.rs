//! A scene's text, element by element, without a tree of all of it.
//!
//! Owns how the text is taken apart and what bounds that: one element at a time is a tree, and its points
//! are numbers at once. Knows what an element's fields are called, not what they mean.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::source::Source;
use crate::bounds::{MAX_ELEMENT, MAX_ELEMENTS, MAX_FILES, MAX_TEXT_FILE};
use crate::refusal::Refused;

/// Longest state of the page that is looked at, bytes.
const MAX_STATE: usize = 64 << 10;

/// What a scene says, and each of its parts as text or element.
#[derive(Debug, Default)]
pub(crate) struct Scene<'a> {
    /// What the file says that it is.
    pub(crate) kind: Option<String>,
    pub(crate) version: Option<f64>,
    pub(crate) elements: Vec<Source>,
    /// Elements and items that are none.
    pub(crate) malformed: u32,
    pub(crate) background: Option<String>,
    /// Each file's text by its name.
    pub(crate) files: BTreeMap<String, &'a RawValue>,
    /// Items of a library, each with its name and elements.
    pub(crate) items: Vec<Item>,
}

/// An item of a library.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) name: Option<String>,
    pub(crate) elements: Vec<Source>,
}

/// Reads the text of a scene or library. O(text).
pub(crate) fn parse(text: &[u8]) -> Result<Scene<'_>, Refused> {
    Refused::unless_at_most(text.len(), MAX_TEXT_FILE)?;
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reading = Reading::default();
    let mut json = serde_json::Deserializer::from_slice(text);
    let read = Top(&mut reading).deserialize(&mut json);
    let read = read.and_then(|scene| json.end().map(|()| scene));
    read.map_err(|error| reading.refused.unwrap_or_else(|| refusal(&error)))
}

/// What an error of the parser means.
fn refusal(error: &serde_json::Error) -> Refused {
    if error.to_string().starts_with("recursion") {
        return Refused::Deep;
    }
    if error.is_data() {
        return Refused::Foreign("scene");
    }
    Refused::Damaged {
        line: error.line(),
        column: error.column(),
    }
}

/// What is counted over all of a file, and why it was given up.
#[derive(Default)]
struct Reading {
    elements: usize,
    refused: Option<Refused>,
}

impl Reading {
    fn refuse<E: Error>(&mut self, refused: Refused) -> E {
        self.refused = Some(refused);
        E::custom(refused)
    }

    /// An element's text as fields; `None` for what is no element.
    fn element<E: Error>(&mut self, raw: &RawValue) -> Result<Option<Source>, E> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(self.refuse(Refused::ManyElements));
        }
        if raw.get().len() > MAX_ELEMENT {
            return Err(self.refuse(Refused::LargeElement));
        }
        Source::read(raw.get()).map_err(|error| self.refuse(refusal(&error)))
    }
}

/// The object around everything.
struct Top<'r>(&'r mut Reading);

impl<'de> DeserializeSeed<'de> for Top<'_> {
    type Value = Scene<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Scene<'de>, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = Scene<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scene<'de>, A::Error> {
        let mut scene = Scene::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => scene.kind = text(map.next_value()?),
                "version" => scene.version = number(map.next_value()?),
                "elements" => {
                    let list = map.next_value_seed(Elements(self.0))?;
                    (scene.elements, scene.malformed) = list;
                }
                "appState" => scene.background = background(map.next_value()?),
                "files" => {
                    scene.files = map.next_value_seed(Files(self.0))?;
                }
                "libraryItems" | "library" => {
                    let list = map.next_value_seed(Items(self.0))?;
                    (scene.items, scene.malformed) = list;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(scene)
    }
}

fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

fn number(raw: &RawValue) -> Option<f64> {
    serde_json::from_str(raw.get()).ok()
}

fn background(raw: &RawValue) -> Option<String> {
    if raw.get().len() > MAX_STATE {
        return None;
    }
    let state: serde_json::Value = serde_json::from_str(raw.get()).ok()?;
    let color = state.get("viewBackgroundColor")?.as_str()?;
    Some(color.to_owned())
}

/// A list of elements; anything else reads as none.
struct Elements<'r>(&'r mut Reading);

type Listed = (Vec<Source>, u32);

impl<'de> DeserializeSeed<'de> for Elements<'_> {
    type Value = Listed;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Listed, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = Listed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of elements")
    }

    fn visit_unit<E: Error>(self) -> Result<Listed, E> {
        Ok(Listed::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Listed, A::Error> {
        let (mut elements, mut malformed) = Listed::default();
        while let Some(raw) = list.next_element::<&RawValue>()? {
            match self.0.element(raw)? {
                Some(element) => elements.push(element),
                None => malformed += 1,
            }
        }
        Ok((elements, malformed))
    }
}

/// The files by their names; anything else reads as none.
struct Files<'r>(&'r mut Reading);

impl<'de> DeserializeSeed<'de> for Files<'_> {
    type Value = BTreeMap<String, &'de RawValue>;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Files<'_> {
    type Value = BTreeMap<String, &'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of files")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(BTreeMap::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut files = BTreeMap::new();
        while let Some((name, raw)) = map.next_entry::<String, &RawValue>()? {
            files.insert(name, raw);
            if files.len() > MAX_FILES {
                return Err(self.0.refuse(Refused::ManyFiles));
            }
        }
        Ok(files)
    }
}

/// The items of a library, of either version, and how much in them is none.
struct Items<'r>(&'r mut Reading);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = (Vec<Item>, u32);

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = (Vec<Item>, u32);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let (mut items, mut malformed) = (Vec::new(), 0);
        while let Some(raw) = list.next_element::<&RawValue>()? {
            let read = item(self.0, raw).map_err(|refused| self.0.refuse(refused))?;
            let Some((item, none)) = read else {
                malformed += 1;
                continue;
            };
            malformed += none;
            // Each has at least one element, so that their number bounds the items.
            items.extend(Some(item).filter(|item| !item.elements.is_empty()));
        }
        Ok((items, malformed))
    }
}

/// One item, a list of elements or an object with such a list, and how many of these are none.
fn item(reading: &mut Reading, raw: &RawValue) -> Result<Option<(Item, u32)>, Refused> {
    #[derive(serde::Deserialize)]
    struct Named<'a> {
        name: Option<String>,
        #[serde(borrow)]
        elements: Option<&'a RawValue>,
    }
    let (name, list) = match raw.get().trim_start().starts_with('[') {
        true => (None, raw.get()),
        false => {
            let mut json = serde_json::Deserializer::from_str(raw.get());
            let Ok(named) = Named::deserialize(&mut json) else {
                return Ok(None);
            };
            (named.name, named.elements.map_or("[]", RawValue::get))
        }
    };
    let mut json = serde_json::Deserializer::from_str(list);
    let read = Elements(reading).deserialize(&mut json);
    let read = read.map_err(|error| reading.refused.unwrap_or_else(|| refusal(&error)));
    let (elements, malformed) = read?;
    Ok(Some((Item { name, elements }, malformed)))
}
