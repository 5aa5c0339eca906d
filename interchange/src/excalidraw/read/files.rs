//! The files of images.
//!
//! Owns that bytes are told by what they are, never by what a scene says of them, and that each is there
//! once, whatever it is called.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use board::element::Kind;
use board::fields::Value;
use board::file::FileHash;
use board::limits::MAX_FILE;
use board::links::LinkField;
use board::picture::look_at_all;
use board::style::StyleField;
use kurbo::Size;
use serde_json::Value as Json;

use super::super::parse::Scene;
use super::super::source::Source;
use super::Cast;
use crate::bundle::BundledFile;
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
    let bytes = data(&file.data).ok_or(Loss::UnfitFile)?;
    if bytes.len() > MAX_FILE {
        return Err(Loss::UnfitFile);
    }
    let picture = look_at_all(&bytes).map_err(|_| Loss::UnfitFile)?;
    Ok(BundledFile {
        hash: FileHash::of(&bytes),
        picture,
        bytes,
    })
}

/// The bytes of a `data:` address.
fn data(address: &str) -> Option<Vec<u8>> {
    let (head, body) = address.strip_prefix("data:")?.split_once(',')?;
    if head.ends_with(";base64") {
        return STANDARD.decode(body.trim()).ok();
    }
    // So SVGs come at times.
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let (digits, after) = rest.split_first_chunk::<2>()?;
        let digits = std::str::from_utf8(digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = after;
    }
    Some(bytes)
}
