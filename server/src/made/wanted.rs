//! What somebody wants of a board, as an address says it.
//!
//! Owns the options and their bounds. Each has one meaning and one way to be written, so that what is made
//! for one is the answer for the next who asks the same.

use board::style::Theme;
use kurbo::Rect;
use percent_encoding::percent_decode_str;

/// Largest number of a region, board units: beyond it nobody draws.
const FAR: i32 = 10_000_000;

/// A sort of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Svg,
    Png,
    Pdf,
    Excalidraw,
    Drawbridge,
}

impl Kind {
    /// By the last part of an address.
    pub(crate) fn of_address(name: &str) -> Option<Self> {
        Some(match name {
            "picture.svg" => Self::Svg,
            "picture.png" => Self::Png,
            "picture.pdf" => Self::Pdf,
            "export.excalidraw" => Self::Excalidraw,
            "export.drawbridge" => Self::Drawbridge,
            _ => return None,
        })
    }

    /// Its type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Excalidraw => "application/vnd.excalidraw+json",
            Self::Drawbridge => "application/zip",
        }
    }

    /// How names of such files end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Excalidraw => "excalidraw",
            Self::Drawbridge => "drawbridge",
        }
    }

    /// Whether it is one to look at.
    pub(crate) fn is_picture(self) -> bool {
        matches!(self, Self::Svg | Self::Png | Self::Pdf)
    }
}

/// What the pages of a PDF are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pages {
    /// One for all.
    One,
    /// One for each frame.
    Frames,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted {
    pub(crate) kind: Kind,
    pub(crate) scale: u8,
    pub(crate) theme: Theme,
    /// A frame, by its id or name.
    pub(crate) frame: Option<String>,
    /// A part of the board.
    pub(crate) region: Option<Rect>,
    pub(crate) transparent: bool,
    pub(crate) pages: Pages,
}

impl Wanted {
    /// Reads what stands behind the question mark; a sentence says what is wrong with it.
    pub(crate) fn read(kind: Kind, query: &str) -> Result<Self, String> {
        let mut wanted = Self {
            kind,
            scale: 1,
            theme: Theme::Light,
            frame: None,
            region: None,
            transparent: false,
            pages: Pages::One,
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy();
            wanted.take(name, &value)?;
        }
        if wanted.frame.is_some() && wanted.region.is_some() {
            return Err("A picture shows a frame or a region, not both.".to_owned());
        }
        Ok(wanted)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
        if !self.kind.is_picture() {
            return Err(format!("There is no option {name:?} for such a file."));
        }
        let said = match name {
            "scale" => read_scale(value).map(|scale| self.scale = scale),
            "theme" => read_theme(value).map(|theme| self.theme = theme),
            "transparent" => matches!(value, "" | "1").then(|| self.transparent = true),
            "frame" => Some(value.to_owned()).map(|frame| self.frame = Some(frame)),
            "region" => read_region(value).map(|region| self.region = Some(region)),
            "pages" => {
                let frames = self.kind == Kind::Pdf && value == "frames";
                frames.then(|| self.pages = Pages::Frames)
            }
            _ => return Err(format!("There is no option {name:?}.")),
        };
        said.ok_or_else(|| {
            format!(
                "The option {name} cannot be {value:?}: scale is 1 to 4, theme light or dark, region four \
                 whole numbers x,y,width,height, and pages of a PDF frames."
            )
        })
    }
}

fn read_scale(text: &str) -> Option<u8> {
    text.parse().ok().filter(|scale| (1..=4).contains(scale))
}

fn read_theme(text: &str) -> Option<Theme> {
    match text {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

fn read_region(text: &str) -> Option<Rect> {
    let numbers: Option<Vec<i32>> = text.split(',').map(|part| part.parse().ok()).collect();
    let [x, y, w, h] = numbers?[..] else {
        return None;
    };
    let near = |number: i32| (-FAR..=FAR).contains(&number);
    let fits = [x, y, w, h].into_iter().all(near) && w > 0 && h > 0;
    let [x, y, w, h] = [x, y, w, h].map(f64::from);
    fits.then(|| Rect::new(x, y, x + w, y + h))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Wanted, String> {
        Wanted::read(Kind::Png, query)
    }

    #[test]
    fn options_are_read_as_they_are_written() {
        let wanted = read("scale=3&theme=dark&transparent&region=-10,20,300,40").unwrap();
        assert_eq!((wanted.scale, wanted.theme), (3, Theme::Dark));
        assert!(wanted.transparent);
        assert_eq!(wanted.region, Some(Rect::new(-10.0, 20.0, 290.0, 60.0)));
        let framed = read("frame=Week%201").unwrap();
        assert_eq!(framed.frame.as_deref(), Some("Week 1"));
        assert_eq!(read("").unwrap(), read("scale=1&theme=light").unwrap());
        let paged = Wanted::read(Kind::Pdf, "pages=frames").unwrap();
        assert_eq!(paged.pages, Pages::Frames);
    }

    #[test]
    fn what_cannot_be_is_refused_by_a_sentence() {
        for query in [
            "scale=5",
            "scale=1.5",
            "scale=",
            "theme=blue",
            "transparent=maybe",
            "region=1,2,3",
            "region=1,2,0,4",
            "region=0.5,0,1,1",
            "region=99999999,0,1,1",
            "pages=frames",
            "frame=a&region=0,0,1,1",
            "what=ever",
        ] {
            let why = read(query).unwrap_err();
            assert!(why.ends_with('.'), "{query}: {why}");
        }
        assert!(Wanted::read(Kind::Drawbridge, "scale=1").is_err());
    }
}
