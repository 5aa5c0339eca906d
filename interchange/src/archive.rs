//! `.drawbridge`: a board as a file.
//!
//! Owns the archive, see docs/file-format.md: a zip of a manifest, the document and its files by their
//! hashes, and nothing else. The document is bytes here; who opens it judges them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Read, Write};

use board::file::FileHash;
use board::limits::MAX_FILE;
use board::picture::{Media, look_at_all};
use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchive, ZipArchiveWriter};
use serde::{Deserialize, Serialize};

use crate::bounds::{MAX_ARCHIVE, MAX_DOCUMENT, MAX_FILES};
use crate::bundle::BundledFile;
use crate::checksum::crc32;
use crate::loss::{Loss, Losses};
use crate::refusal::Refused;

const MANIFEST: &str = "manifest.json";
const DOCUMENT: &str = "document.yjs";
const FILES: &str = "files/";
/// What the manifest says that the file is, and in which version.
const KIND: &str = "drawbridge";
const VERSION: u64 = 1;
/// Longest manifest, bytes.
const MAX_MANIFEST: usize = 64 << 10;
const BROKEN: Refused = Refused::Broken("file");

/// A board as a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Archive {
    /// The whole document, a Yjs update, v1.
    pub document: Vec<u8>,
    /// The files that its images show, as far as they are at hand.
    pub files: Vec<BundledFile>,
    /// What is not among them, though it was in the archive.
    pub losses: Losses,
    /// Whether it is the very document, with all that was ever deleted; else one that was made anew.
    pub exact: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Manifest {
    #[serde(rename = "type")]
    kind: String,
    version: u64,
    exact: bool,
}

/// Reads a board. O(what is in it).
///
/// # Errors
/// When it is none, damaged, beyond bounds, or has anything else in it.
pub fn read(bytes: &[u8]) -> Result<Archive, Refused> {
    Refused::unless_at_most(bytes.len(), MAX_ARCHIVE)?;
    let zip = ZipArchive::from_slice(bytes).map_err(|_| Refused::Foreign("Drawbridge file"))?;
    let mut entries = zip.entries();
    let mut archive = Archive::default();
    let mut manifest: Option<Manifest> = None;
    let mut seen: BTreeSet<Vec<u8>> = BTreeSet::new();
    let mut left = MAX_ARCHIVE;
    while let Some(entry) = entries.next_entry().map_err(|_| BROKEN)? {
        let path = entry.file_path();
        let path: &[u8] = path.as_ref();
        if !seen.insert(path.to_vec()) {
            return Err(BROKEN);
        }
        if seen.len() > MAX_FILES + 2 {
            return Err(Refused::ManyFiles);
        }
        let name = str::from_utf8(path).map_err(|_| Refused::Stray)?;
        let hash = name.strip_prefix(FILES).and_then(FileHash::parse);
        let most = match (name, hash) {
            (MANIFEST, _) => MAX_MANIFEST,
            (DOCUMENT, _) => MAX_DOCUMENT,
            (_, Some(_)) => MAX_FILE,
            (_, None) => return Err(Refused::Stray),
        };
        let local = zip.get_entry(entry.wayfinder()).map_err(|_| BROKEN)?;
        let data = match entry.compression_method() {
            CompressionMethod::STORE => inflated(local.data(), most.min(left))?,
            CompressionMethod::DEFLATE => {
                inflated(DeflateDecoder::new(local.data()), most.min(left))?
            }
            _ => return Err(BROKEN),
        };
        let told = local.claim_verifier();
        if (told.crc, told.uncompressed_size) != (crc32(&[&data]), data.len() as u64) {
            return Err(BROKEN);
        }
        left -= data.len();
        match (name, hash) {
            (MANIFEST, _) => {
                let read = serde_json::from_slice(&data).map_err(|_| BROKEN)?;
                judge(&read)?;
                manifest = Some(read);
            }
            (_, Some(hash)) => match file(hash, data)? {
                Some(file) => archive.files.push(file),
                None => archive.losses.count(Loss::UnfitFile),
            },
            _ => archive.document = data,
        }
    }
    let manifest = manifest.ok_or(Refused::Foreign("Drawbridge file"))?;
    if !seen.contains(DOCUMENT.as_bytes()) {
        return Err(BROKEN);
    }
    archive.exact = manifest.exact;
    Ok(archive)
}

fn judge(manifest: &Manifest) -> Result<(), Refused> {
    match manifest.version {
        _ if manifest.kind != KIND => Err(Refused::Foreign("Drawbridge file")),
        0 => Err(BROKEN),
        VERSION => Ok(()),
        newer => Err(Refused::Newer(newer)),
    }
}

/// What comes out of an entry, whatever it says of its size.
fn inflated(reader: impl Read, most: usize) -> Result<Vec<u8>, Refused> {
    let mut data = Vec::new();
    // One more than may be, so that it is seen when there is more.
    let read = reader.take(most as u64 + 1).read_to_end(&mut data);
    Refused::unless_at_most(data.len(), most)?;
    read.map_err(|_| BROKEN)?;
    Ok(data)
}

/// A file; none when it is an SVG that is not clean: the document names it by its hash, so it cannot become
/// another.
fn file(hash: FileHash, bytes: Vec<u8>) -> Result<Option<BundledFile>, Refused> {
    let picture = look_at_all(&bytes).map_err(|_| BROKEN)?;
    if FileHash::of(&bytes) != hash {
        return Err(BROKEN);
    }
    let fits =
        picture.media != Media::Svg || matches!(clean_svg::clean(&bytes), Ok(Cow::Borrowed(_)));
    Ok(fits.then_some(BundledFile {
        hash,
        picture,
        bytes,
    }))
}

/// Writes a board: the same bytes for the same board. O(what is in it).
pub fn write(archive: &Archive) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into memory does not fail, and no name here is odd.
    if into(archive, &mut bytes).is_err() {
        bytes.clear();
    }
    bytes
}

fn into(archive: &Archive, bytes: &mut Vec<u8>) -> Result<(), rawzip::Error> {
    let manifest = Manifest {
        kind: KIND.into(),
        version: VERSION,
        exact: archive.exact,
    };
    let manifest = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    let mut zip = ZipArchiveWriter::new(bytes);
    put(&mut zip, MANIFEST, &manifest, true)?;
    put(&mut zip, DOCUMENT, &archive.document, true)?;
    for file in &archive.files {
        // All others are compressed already.
        let deflates = file.picture.media == Media::Svg;
        put(
            &mut zip,
            &format!("{FILES}{}", file.hash),
            &file.bytes,
            deflates,
        )?;
    }
    zip.finish()?;
    Ok(())
}

fn put(
    zip: &mut ZipArchiveWriter<&mut Vec<u8>>,
    name: &str,
    data: &[u8],
    deflates: bool,
) -> Result<(), rawzip::Error> {
    let method = match deflates {
        true => CompressionMethod::DEFLATE,
        false => CompressionMethod::STORE,
    };
    let file = zip.new_file(name).compression_method(method);
    let (mut entry, _) = file.start()?;
    if deflates {
        let mut encoder = DeflateEncoder::new(&mut entry, Compression::default());
        encoder.write_all(data)?;
        encoder.finish()?;
    } else {
        entry.write_all(data)?;
    }
    entry.finish(DataDescriptorOutput::new(crc32(&[data]), data.len() as u64))?;
    Ok(())
}
