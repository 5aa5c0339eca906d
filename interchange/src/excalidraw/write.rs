//! Elements as a scene of Excalidraw's.
//!
//! Owns the way from elements to a file of the newest release: what they are called there, who is bound
//! to whom. Its files own the references and the order. What was kept beside an element goes back while it
//! stands, see `kept.rs`.

mod names;
mod order;
mod refs;

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use board::element::{Element, Kind};
use board::file::FileHash;
use board::picture::{Picture, look_at_all};
use board::style::{Color, Family, Head};
use kurbo::Size;
use serde_json::{Map, Value as Json, json};

use super::fields::{Told, Type, Way, Words, fields, nearest, sum_of_way, way_of, words};
use super::kept::{Field, Kept};
use crate::json::{Sum, number};
use crate::loss::{Loss, Losses};
use names::Names;

/// An element, as it stands and as it is shown: an arrow that holds on to others is where those are.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// As it is shown.
    pub element: &'a Element,
    /// As it stands in the document.
    pub stored: &'a Element,
}

/// What else a scene says.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Who says it: an address.
    pub source: &'a str,
    /// Milliseconds since 1970, for what has changed since it came.
    pub now: f64,
    /// The colour of the canvas.
    pub background: Color,
}

/// A scene as text, and what it does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// JSON in UTF-8.
    pub text: String,
    /// What became the nearest thing, or was left out.
    pub losses: Losses,
}

/// Gives the bytes of a file.
pub type Files<'a> = &'a dyn Fn(&FileHash) -> Option<Cow<'a, [u8]>>;

/// Writes elements, bottom first, as a scene. O(all of it).
pub fn write(shown: &[Shown<'_>], files: Files<'_>, options: &Options<'_>) -> Written {
    let (elements, files, losses) = said(shown, files, options.now);
    let scene = json!({
        "type": "excalidraw",
        "version": 2,
        "source": options.source,
        "elements": elements,
        "appState": {
            "gridSize": 20,
            "gridStep": 5,
            "gridModeEnabled": false,
            "viewBackgroundColor": options.background.to_text(),
        },
        "files": files,
    });
    Written {
        text: format!("{scene:#}"),
        losses,
    }
}

/// Writes elements, bottom first, as Excalidraw copies them to the clipboard; `now` as in [`Options`].
/// O(all of it).
pub fn write_clip(shown: &[Shown<'_>], files: Files<'_>, now: f64) -> Written {
    let (elements, files, losses) = said(shown, files, now);
    let clip = json!({ "type": "excalidraw/clipboard", "elements": elements, "files": files });
    Written {
        text: clip.to_string(),
        losses,
    }
}

/// What is said of elements, of their files, and not at all.
fn said(
    shown: &[Shown<'_>],
    files: Files<'_>,
    now: f64,
) -> (Vec<Json>, BTreeMap<String, Json>, Losses) {
    let mut writer = Writer {
        shown,
        kept: shown
            .iter()
            .map(|shown| Kept::read(shown.stored.extra()))
            .collect(),
        names: Names::default(),
        files: BTreeMap::new(),
        losses: Losses::default(),
        now,
    };
    writer.names = Names::of(shown, &writer.kept);
    let mut objects: Vec<Vec<Object>> = Vec::with_capacity(shown.len());
    for place in 0..shown.len() {
        objects.push(writer.objects(place, files));
    }
    refs::bind_back(shown, &writer.names, &mut objects);
    let objects = order::in_order(shown, &writer.kept, objects);
    let elements = objects.into_iter().map(Json::Object).collect();
    (elements, writer.files, writer.losses)
}

/// An element of the scene in the making, and its place in the file that it came from.
pub(super) struct Object {
    pub(super) fields: Map<String, Json>,
    pub(super) at: Option<f64>,
    pub(super) index: Option<String>,
}

struct Writer<'a> {
    shown: &'a [Shown<'a>],
    kept: Vec<Option<Kept>>,
    names: Names,
    files: BTreeMap<String, Json>,
    losses: Losses,
    now: f64,
}

impl Writer<'_> {
    /// What stands for an element: itself, and its label behind it.
    fn objects(&mut self, place: usize, files: Files<'_>) -> Vec<Object> {
        let Some(Shown { element, stored }) = self.shown.get(place).copied() else {
            return Vec::new();
        };
        let Some(kind) = Type::of(element) else {
            if matches!(element.kind, Kind::Unknown(_)) {
                self.losses.count(Loss::Unknown);
            }
            return Vec::new();
        };
        let text = element.text().filter(|text| !text.is_empty());
        if kind == Type::Text && text.is_none() {
            return Vec::new();
        }
        self.note_losses(element, kind, place);
        let kept = self.kept.get(place).and_then(Option::as_ref);
        let targets = refs::targets(self.shown, &self.names, stored);
        let place_of_way = sum_of_way(stored, targets);
        let way = way(element, stored, kept, place_of_way);
        let sum = words::sum_of(element, if kind == Type::Text { 0 } else { place_of_way });
        let own = (kind == Type::Text).then(|| Words::of(element, kept, sum));
        let file = image_file(element, files);
        let told = Told {
            way: way.as_ref(),
            words: own.as_ref(),
            picture: file.as_ref().map(|(_, picture, _)| size(picture)),
            sums: false,
        };
        let own = fields(element, kind, told);
        let label = text
            .filter(|_| kind != Type::Text && kind != Type::Frame)
            .map(|_| {
                let kept = kept.and_then(|kept| kept.text.as_deref());
                // Of a line its own sum says where it is.
                let sum = words::sum_of(element, label_place(stored, place_of_way));
                let words = Words::of(element, kept, sum);
                (words::of_label(element, kind, &words), kept.cloned())
            });
        let mut object = self.object(own, kept.cloned().as_ref(), place);
        self.add_file(element, kept.cloned().as_ref(), file, &mut object);
        refs::add(
            self.shown,
            &self.names,
            &self.kept,
            place,
            &mut object.fields,
        );
        let mut objects = vec![object];
        if let Some((label, kept)) = label {
            let mut text = self.object(label, kept.as_ref(), place);
            refs::add_label(
                &self.names,
                kept.as_ref(),
                (place, kind),
                &mut objects,
                &mut text,
            );
            objects.push(text);
        }
        objects
    }

    /// Fields with what was kept beside them, under a name, with a version.
    fn object(&self, fields: Vec<Field>, kept: Option<&Kept>, place: usize) -> Object {
        let fresh = Kept::default();
        let (mut fields, untouched) = kept.unwrap_or(&fresh).settle(fields);
        if fields.get("simulatePressure") == Some(&Json::Bool(true)) {
            fields.insert("pressures".into(), json!([]));
        }
        let nonce = Sum::of(&Json::Object(fields.clone())) & 0x7fff_ffff;
        let version = kept.and_then(|kept| kept.version).unwrap_or(1.0);
        let (version, nonce, updated) = match kept.filter(|_| untouched) {
            Some(kept) => (version, kept.nonce.unwrap_or_default(), kept.updated),
            None => (version + 1.0, f64::from(nonce), None),
        };
        let updated = updated.unwrap_or(self.now);
        for (name, value) in [
            ("version", version),
            ("versionNonce", nonce),
            ("updated", updated),
        ] {
            fields.insert(name.into(), number(value));
        }
        fields.insert("isDeleted".into(), Json::Bool(false));
        fields.insert("id".into(), Json::from(self.names.of_place(place)));
        if !fields.contains_key("seed") {
            fields.insert(
                "seed".into(),
                Json::from(Sum::default().text(self.names.of_place(place)).end() >> 1),
            );
        }
        Object {
            fields,
            at: kept.and_then(|kept| kept.at),
            index: kept.and_then(|kept| kept.index.clone()),
        }
    }

    fn note_losses(&mut self, element: &Element, kind: Type, place: usize) {
        let (style, details) = (&element.style, &element.style.details);
        match &element.kind {
            Kind::Note(_) => {
                self.losses.count(Loss::Note);
                if !element.author().is_empty() {
                    self.losses.count(Loss::Author);
                }
            }
            Kind::Ink(ink) if ink.highlights() => self.losses.count(Loss::Highlighter),
            Kind::Frame(_) if !style.fill.is_none() => self.losses.count(Loss::FrameGround),
            _ => {}
        }
        if kind == Type::Polygon {
            self.losses.count(Loss::Outline);
        }
        let says = element.text().is_some_and(|text| !text.is_empty());
        if says && details.family == Family::Serif {
            self.losses.count(Loss::Family);
        }
        if says && matches!(kind, Type::Polygon | Type::Line) {
            self.losses.count(Loss::Label);
        }
        let kept = self.kept.get(place).and_then(Option::as_ref);
        let ends = [
            ("startArrowhead", details.start_head),
            ("endArrowhead", details.end_head),
        ];
        for (field, head) in ends {
            let told = kept.is_some_and(|kept| kept.was.contains_key(field));
            let lacks = |head: Head| nearest(head) != head;
            if kind == Type::Arrow && !told && head.is_some_and(lacks) {
                self.losses.count(Loss::Head);
            }
        }
    }

    /// An image names its file, and the scene has it.
    fn add_file(
        &mut self,
        element: &Element,
        kept: Option<&Kept>,
        file: Option<(FileHash, Picture, Cow<'_, [u8]>)>,
        object: &mut Object,
    ) {
        if !matches!(element.kind, Kind::Image(_)) {
            return;
        }
        let hash = element.links.file.as_deref().unwrap_or_default();
        let sum = Sum::default().text(hash).end();
        let was = kept.and_then(|kept| kept.was("fileId", sum));
        let own = if hash.is_empty() {
            Json::Null
        } else {
            Json::from(hash)
        };
        let name = was.cloned().unwrap_or(own);
        let status = Json::from(if file.is_some() { "saved" } else { "pending" });
        let told = kept.and_then(|kept| kept.was("status", sum));
        let status = told.cloned().unwrap_or(status);
        object.fields.insert("status".into(), status);
        if let (Some(name), Some((_, picture, bytes))) = (name.as_str(), file) {
            let media = picture.media.name();
            let data = format!("data:{media};base64,{}", STANDARD.encode(bytes));
            let file = json!({
                "mimeType": media,
                "id": name,
                "dataURL": data,
                "created": number(self.now),
            });
            self.files.entry(name.to_owned()).or_insert(file);
        } else if !hash.is_empty() {
            // One that names no file has lost none on the way there.
            self.losses.count(Loss::NoFile);
        }
        object.fields.insert("fileId".into(), name);
    }
}

/// Where a line is drawn: where the file had it, while all that decides it is as it was.
fn way(element: &Element, stored: &Element, kept: Option<&Kept>, sum: u32) -> Option<Way> {
    match kept.and_then(|kept| kept.was("way", sum)) {
        Some(Json::Null) => way_of(stored),
        Some(kept) => Way::of_kept(kept).or_else(|| way_of(element)),
        None => way_of(element),
    }
}

/// What the place of a label follows from beside the element's box.
fn label_place(stored: &Element, place_of_way: u32) -> u32 {
    if stored.kind.has_vertices() {
        place_of_way
    } else {
        0
    }
}

fn size(picture: &Picture) -> Size {
    Size::new(picture.width.into(), picture.height.into())
}

fn image_file<'f>(
    element: &Element,
    files: Files<'f>,
) -> Option<(FileHash, Picture, Cow<'f, [u8]>)> {
    let hash = FileHash::parse(element.links.file.as_deref()?)?;
    let bytes = files(&hash)?;
    let picture = look_at_all(&bytes).ok()?;
    Some((hash, picture, bytes))
}
