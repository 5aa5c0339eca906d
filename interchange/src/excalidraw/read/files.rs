//! The files of images.
//!
//! Owns that bytes are told by what they are, never by what a scene says of them, and that each is there
//! once, whatever it is called.

use std::collections::HashMap;

use board::element::Kind;
use board::fields::Value;
use board::file::FileHash;
use board::links::LinkField;
use board::style::StyleField;
use kurbo::Size;
use serde_json::Value as Json;

use super::super::parse::Scene;
use super::super::source::Source;
use super::Cast;
use crate::bundle::BundledFile;
use crate::data_url;
use crate::loss::{Loss, Losses};

/// What images show, by their files' names in the scene.
#[derive(Default)]
pub(super) struct Files {
    known: HashMap<String, Option<FileHash>>,
    bundled: HashMap<FileHash, BundledFile>,
    order: Vec<FileHash>,
}

impl Files {
    /// How large the picture of an image is, pixels.
    pub(super) fn size(&self, source: &Source) -> Option<Size> {
        let hash = self.known.get(source.text("fileId")?)?.as_ref()?;
        let picture = self.bundled.get(hash)?.picture;
        Some(Size::new(picture.width.into(), picture.height.into()))
    }

    pub(super) fn into_bundled(mut self) -> Vec<BundledFile> {
        let order = std::mem::take(&mut self.order).into_iter();
        order
            .filter_map(|hash| self.bundled.remove(&hash))
            .collect()
    }

    /// The file of a name: its bytes are decoded once.
    fn find(&mut self, name: &str, scene: &Scene<'_>) -> Result<FileHash, Loss> {
        if let Some(known) = self.known.get(name) {
            return known.ok_or(Loss::UnfitFile);
        }
        let Some(raw) = scene.files.get(name) else {
            return Err(Loss::NoFile);
        };
        let found = decode(raw.get());
        self.known
            .insert(name.to_owned(), found.as_ref().ok().map(|file| file.hash));
        let file = found?;
        let hash = file.hash;
        if self.bundled.insert(hash, file).is_none() {
            self.order.push(hash);
        }
        Ok(hash)
    }
}

/// Has the images of a cast show their files.
pub(super) fn link(cast: &mut Cast<'_>, scene: &Scene<'_>, losses: &mut Losses) -> Files {
    let mut files = Files::default();
    for made in &mut cast.made {
        let (Kind::Image(_), Some((source, _))) = (&made.element.kind, made.source) else {
            continue;
        };
        let found = match source.text("fileId") {
            Some(name) => files.find(name, scene),
            None => Err(Loss::NoFile),
        };
        match found {
            Ok(hash) => {
                let hash = Value::text(&hash.to_string());
                made.element.links.set(LinkField::File, &hash);
            }
            Err(loss) => losses.count(loss),
        }
        if let Some(crop) = crop(source.get("crop")) {
            made.element.style.set(StyleField::Crop, &crop);
        }
    }
    files
}

/// The part that is shown, as shares of the whole picture.
fn crop(crop: &Json) -> Option<Value> {
    let number = |field: &str| crop.get(field)?.as_f64();
    let (x, y) = (number("x")?, number("y")?);
    let (width, height) = (number("naturalWidth")?, number("naturalHeight")?);
    let shares = [
        x / width,
        y / height,
        (x + number("width")?) / width,
        (y + number("height")?) / height,
    ];
    let good = width > 0.0 && height > 0.0;
    good.then(|| Value::list(shares.map(Value::Number)))
}

fn decode(raw: &str) -> Result<BundledFile, Loss> {
    #[derive(serde::Deserialize)]
    struct File {
        #[serde(rename = "dataURL")]
        data: String,
    }
    let file: File = serde_json::from_str(raw).map_err(|_| Loss::UnfitFile)?;
    data_url::picture(&file.data)
}
