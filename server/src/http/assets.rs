//! The page's files: inside the binary with the feature `embed`, else from a directory.
//!
//! Owns their types, caching and encodings. Beside a file `x` the build puts `x.br` and `x.gz`; only
//! the page itself is packed when it is asked for, because of what is shown of links to it.

use std::path::PathBuf;

use bytes::Bytes;
use warp::Reply;
use warp::http::StatusCode;
use warp::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use warp::reply::Response;

use super::answers::{Encoding, pack};
use super::preview::Preview;
use super::refusal;

/// Names under `assets/` contain a hash of their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again each time; its tag makes that cheap.
const ASK_AGAIN: &str = "no-cache";

/// Where the files are.
#[derive(Debug, Clone)]
pub(crate) struct Assets {
    /// Read from here instead of from the binary.
    pub(crate) directory: Option<PathBuf>,
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../web/dist"]
struct Embedded;

impl Assets {
    /// The page itself, with what is shown of links to it.
    pub(super) fn page(&self, headers: &HeaderMap, preview: &Preview) -> Response {
        let Some(page) = self.text("index.html") else {
            let text = "The page has not been built yet. Run `cargo xtask run` in the repository: \
                        it builds the page and starts the server.";
            return refusal::page(StatusCode::SERVICE_UNAVAILABLE, "No page yet", text);
        };
        let page = preview.put_into(page);
        let content = crc32fast::hash(page.as_bytes()).into();
        let page = Bytes::from(page);
        let packed = encodings(headers)
            .find_map(|(encoding, _)| Some((encoding.name(), pack(&page, encoding)?)));
        let body = packed.unwrap_or(("identity", page));
        reply("index.html", headers, content, body)
    }

    /// A file as text, where it is one.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.read(path)?.bytes.into()).ok()
    }

    /// A file.
    pub(super) fn answer(&self, path: &str, headers: &HeaderMap) -> Response {
        let Some(plain) = self.read(path) else {
            return refusal::nothing_here();
        };
        let content = plain.content();
        let encoded = encodings(headers)
            .find_map(|(encoding, end)| Some((encoding, self.read(&format!("{path}{end}"))?)));
        let body = match encoded {
            Some((encoding, file)) => (encoding.name(), file.bytes),
            None => ("identity", plain.bytes),
        };
        reply(path, headers, content, body)
    }

    fn read(&self, path: &str) -> Option<File> {
        if !is_plain(path) {
            return None;
        }
        let Some(directory) = &self.directory else {
            return embedded(path);
        };
        Some(File {
            bytes: std::fs::read(directory.join(path)).ok()?.into(),
            hash: None,
        })
    }
}

/// A file of the path, whose plain content is told from others by a number, as it is packed.
fn reply(
    path: &str,
    headers: &HeaderMap,
    content: u64,
    (encoding, bytes): (&'static str, Bytes),
) -> Response {
    // Each encoding has a tag of its own: they are different bytes.
    let tag = format!("\"{content:x}-{encoding}\"");
    let mut response = if is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(bytes.into());
        let answered = response.headers_mut();
        answered.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
        if encoding != "identity" {
            answered.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    };
    let caching = if path.starts_with("assets/") {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    let answered = response.headers_mut();
    answered.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    answered.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        answered.insert(ETAG, tag);
    }
    response
}

/// A file as it was read.
struct File {
    bytes: Bytes,
    /// The beginning of its hash, if the build made one.
    hash: Option<u64>,
}

impl File {
    /// Tells its content from others. Only what was read from a directory is hashed for it: that
    /// may change between two requests.
    fn content(&self) -> u64 {
        let hash = || crc32fast::hash(&self.bytes).into();
        self.hash.unwrap_or_else(hash)
    }
}

#[cfg(feature = "embed")]
fn embedded(path: &str) -> Option<File> {
    let file = Embedded::get(path)?;
    let hash = file.metadata.sha256_hash();
    Some(File {
        bytes: match file.data {
            std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
        },
        hash: hash.first_chunk().copied().map(u64::from_be_bytes),
    })
}

#[cfg(not(feature = "embed"))]
fn embedded(_path: &str) -> Option<File> {
    None
}

/// Whether the client says that it has the answer with this tag.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    known.is_some_and(|known| {
        let mut tags = known.split(',').map(str::trim);
        // A proxy that compresses makes a tag weak; the content is the same.
        tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
    })
}

/// The encodings that a client accepts and files may have, best first, with the file's ending.
fn encodings(headers: &HeaderMap) -> impl Iterator<Item = (Encoding, &'static str)> {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
    let accepted = accepted.unwrap_or_default().to_owned();
    let offered = [(Encoding::Brotli, ".br"), (Encoding::Gzip, ".gz")].into_iter();
    offered.filter(move |(encoding, _)| accepts(&accepted, encoding.name()))
}

/// Whether an `Accept-Encoding` header allows an encoding.
pub(super) fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let (name, quality) = item.split_once(';').unwrap_or((item, ""));
        let refused = quality
            .trim()
            .strip_prefix("q=")
            .is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q == 0.0));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

/// Whether a path stays inside its directory and names no hidden file.
fn is_plain(path: &str) -> bool {
    let step = |step: &str| {
        !step.is_empty() && !step.starts_with('.') && !step.contains(['\\', '\0', ':'])
    };
    path.split('/').all(step)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cannot_leave_the_directory() {
        for path in ["index.html", "assets/index-1a2b.js", "fonts/a.woff2"] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "../secret",
            "a/../b",
            "/etc/passwd",
            "a//b",
            ".git/config",
            "a\\b",
            "c:x",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn an_encoding_is_accepted_by_name_unless_refused() {
        assert!(accepts("gzip, deflate, br, zstd", "br"));
        assert!(accepts("GZIP;q=0.5", "gzip"));
        assert!(!accepts("gzip;q=0, br", "gzip"));
        assert!(!accepts("", "gzip"));
        assert!(!accepts("brotli", "br"));
    }
}
