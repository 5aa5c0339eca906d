//! Which formats there are, and how one is told.
//!
//! Owns their names, the ends of files' names, and what bytes begin with.

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A scene of Excalidraw.
    Excalidraw,
    /// A library of Excalidraw.
    ExcalidrawLibrary,
    /// A document of tldraw.
    Tldraw,
    /// A board of Drawbridge.
    Drawbridge,
    /// A picture with a scene in it.
    Png,
    /// The same as text.
    Svg,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Excalidraw,
        Self::ExcalidrawLibrary,
        Self::Tldraw,
        Self::Drawbridge,
        Self::Png,
        Self::Svg,
    ];

    /// Its name, which is how the names of its files end.
    pub fn name(self) -> &'static str {
        match self {
            Self::Excalidraw => "excalidraw",
            Self::ExcalidrawLibrary => "excalidrawlib",
            Self::Tldraw => "tldr",
            Self::Drawbridge => "drawbridge",
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// That of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// That of a file's name, which may have the end of a picture behind that of a scene.
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        Self::named(&end.to_ascii_lowercase())
    }

    /// That of bytes, as far as these say it.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let head = text.get(..text.len().min(HEAD)).unwrap_or_default();
        let has = |words: &[u8]| head.windows(words.len()).any(|at| at == words);
        match text.trim_ascii_start() {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [b'P', b'K', 3, 4, ..] => Some(Self::Drawbridge),
            [b'<', ..] if has(b"<svg") => Some(Self::Svg),
            [b'{', ..] if has(b"\"excalidrawlib\"") => Some(Self::ExcalidrawLibrary),
            [b'{', ..] if TLDRAW.into_iter().any(has) => Some(Self::Tldraw),
            [b'{', ..] => Some(Self::Excalidraw),
            _ => None,
        }
    }
}

/// So much of a text says what it is.
const HEAD: usize = 4096;
/// What a document of tldraw says of itself, and what its clipboard does.
const TLDRAW: [&[u8]; 2] = [b"\"tldrawFileFormatVersion\"", b"\"application/tldraw\""];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_told_by_a_name_and_by_bytes() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
            let file = format!("some board.v2.{}", format.name().to_uppercase());
            assert_eq!(Format::of_file(&file), Some(format));
        }
        assert_eq!(Format::of_file("board.excalidraw.png"), Some(Format::Png));
        assert_eq!(Format::of_file("excalidraw"), None);
        for (bytes, format) in [
            (&b"\x89PNG\r\n"[..], Some(Format::Png)),
            (b"PK\x03\x04", Some(Format::Drawbridge)),
            (b"<?xml version='1.0'?>\n<svg>", Some(Format::Svg)),
            (
                b"\xef\xbb\xbf {\"type\":\"excalidraw\"",
                Some(Format::Excalidraw),
            ),
            (
                b"{\n \"type\": \"excalidrawlib\"",
                Some(Format::ExcalidrawLibrary),
            ),
            (
                b"{\"tldrawFileFormatVersion\":1,\"schema\"",
                Some(Format::Tldraw),
            ),
            (b"{\"type\":\"application/tldraw\"", Some(Format::Tldraw)),
            (b"<html>", None),
            (b"", None),
            (b"hello", None),
        ] {
            assert_eq!(Format::of_bytes(bytes), format);
        }
    }
}
