//! Images, and what stands for a page or a film.
//!
//! Owns the files that images show: those that are in the document, told by what their bytes are. Nothing
//! is fetched.

use std::collections::{BTreeMap, HashMap};

use board::element::image::Image;
use board::element::{Element, Kind};
use board::fields::Value;
use board::file::FileHash;
use board::links::LinkField;
use board::style::{Color, Style, StyleField};
use kurbo::Size;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::make::{boxed, element, flipped};
use super::shape::Shape;
use super::tree::Seat;
use crate::bundle::BundledFile;
use crate::data_url;
use crate::loss::{Loss, Losses};

/// The edge of a card, and the letters on it, board units.
const EDGE: Color = Color(0x9fa8_b2ff);
const PAPER: Color = Color(0xffff_ffff);
const LETTERS: f64 = 16.0;

/// What images show, by the names of their assets.
pub(super) struct Files<'a> {
    assets: &'a BTreeMap<String, &'a RawValue>,
    known: HashMap<String, Result<FileHash, Loss>>,
    bundled: Vec<BundledFile>,
}

/// What an asset says that is looked at.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Asset {
    props: Props,
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Props {
    src: Option<String>,
    name: Option<String>,
    title: Option<String>,
}

impl<'a> Files<'a> {
    pub(super) fn of(assets: &'a BTreeMap<String, &'a RawValue>) -> Self {
        Self {
            assets,
            known: HashMap::new(),
            bundled: Vec::new(),
        }
    }

    pub(super) fn into_bundled(self) -> Vec<BundledFile> {
        self.bundled
    }

    fn asset(&self, shape: &Shape) -> Option<Props> {
        let raw = self.assets.get(shape.text("assetId"))?;
        let asset: Asset = serde_json::from_str(raw.get()).ok()?;
        Some(asset.props)
    }

    /// The file of an image: its bytes are decoded once; and where it lies, if that is elsewhere.
    fn find(&mut self, shape: &Shape) -> (Result<FileHash, Loss>, Option<String>) {
        let name = shape.text("assetId");
        if let Some(known) = self.known.get(name) {
            return (*known, None);
        }
        let src = self.asset(shape).and_then(|asset| asset.src);
        let Some(src) = src.filter(|src| src.starts_with("data:")) else {
            let src = self.asset(shape).and_then(|asset| asset.src);
            return (Err(Loss::NoFile), src);
        };
        let found = data_url::picture(&src);
        let hash = found.as_ref().map(|file| file.hash).map_err(|loss| *loss);
        self.known.insert(name.to_owned(), hash);
        let is_new = |file: &BundledFile| !self.bundled.iter().any(|own| own.hash == file.hash);
        let file = found.ok().filter(is_new);
        self.bundled.extend(file);
        (hash, None)
    }
}

pub(super) fn image(
    shape: &Shape,
    seat: &Seat,
    files: &mut Files<'_>,
    losses: &mut Losses,
) -> Option<Element> {
    let geometry = boxed(seat, size(shape)?);
    let geometry = flipped(geometry, [shape.truth("flipX"), shape.truth("flipY")]);
    let mut image = element(geometry, Style::default(), Kind::Image(Image));
    match files.find(shape) {
        (Ok(hash), _) => {
            let hash = Value::text(&hash.to_string());
            image.links.set(LinkField::File, &hash);
        }
        (Err(loss), elsewhere) => {
            losses.count(loss);
            lead(&mut image, elsewhere.as_deref());
        }
    }
    let crop = shape.get("crop");
    if let Some(shares) = crop_of(crop) {
        image.style.set(StyleField::Crop, &shares);
    }
    if crop.get("isCircle").and_then(Json::as_bool) == Some(true) {
        losses.count(Loss::Shape);
    }
    Some(image)
}

/// The part that is shown, as shares of the whole picture.
fn crop_of(crop: &Json) -> Option<Value> {
    let number = |corner: &str, field: &str| crop.get(corner)?.get(field)?.as_f64();
    let shares = [
        number("topLeft", "x")?,
        number("topLeft", "y")?,
        number("bottomRight", "x")?,
        number("bottomRight", "y")?,
    ];
    Some(Value::list(shares.map(Value::Number)))
}

pub(super) fn video(
    shape: &Shape,
    seat: &Seat,
    files: &Files<'_>,
    losses: &mut Losses,
) -> Option<Element> {
    losses.count(Loss::Video);
    let asset = files.asset(shape).unwrap_or_default();
    let mut card = card(shape, seat, asset.name.as_deref())?;
    lead(&mut card, asset.src.as_deref());
    Some(card)
}

pub(super) fn bookmark(
    shape: &Shape,
    seat: &Seat,
    files: &Files<'_>,
    losses: &mut Losses,
) -> Option<Element> {
    losses.count(Loss::Bookmark);
    let asset = files.asset(shape).unwrap_or_default();
    let title = asset.title.filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| shape.text("url").to_owned());
    card(shape, seat, Some(&title))
}

pub(super) fn embed(shape: &Shape, seat: &Seat, losses: &mut Losses) -> Option<Element> {
    losses.count(Loss::Embed);
    card(shape, seat, Some(shape.text("url")))
}

/// A rectangle that says what it stands for.
fn card(shape: &Shape, seat: &Seat, says: Option<&str>) -> Option<Element> {
    let mut style = Style {
        stroke: EDGE,
        fill: PAPER,
        ..Style::default()
    };
    let ink = Value::text(&Color::INK.to_text());
    let mut card = {
        let letters = says.filter(|says| !says.trim().is_empty());
        if letters.is_some() {
            style.set(StyleField::FontSize, &Value::Number(LETTERS));
            style.set(StyleField::LabelColor, &ink);
        }
        element(boxed(seat, size(shape)?), style, Kind::RECTANGLE)
    };
    if let Some(says) = says.map(str::trim).filter(|says| !says.is_empty()) {
        card.set_text(&board::text_layout::plain(says));
    }
    Some(card)
}

fn lead(element: &mut Element, address: Option<&str>) {
    if let Some(address) = address {
        element.links.set(LinkField::Link, &Value::text(address));
    }
}

fn size(shape: &Shape) -> Option<Size> {
    let size = Size::new(shape.side("w"), shape.side("h"));
    (size.area() > 0.0).then_some(size)
}
