//! What somebody wants of a board, as an address or a command line says it.
//!
//! Owns the options, their bounds, and which of them go together. Each has one meaning and one way to be
//! written, so that what is made for one is the answer for the next who asks the same.

use board::style::Theme;
use kurbo::{Rect, Size};
use percent_encoding::percent_decode_str;
use render::Letters;

/// Largest number of a region, board units: beyond it nobody draws.
const FAR: i32 = 10_000_000;
/// Longest side that a picture is fitted into, pixels.
const LONGEST: u16 = 4096;

/// A sort of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A picture that any browser shows.
    Svg,
    /// A picture of pixels.
    Png,
    /// Pages.
    Pdf,
    /// A scene of Excalidraw.
    Excalidraw,
    /// A board of Drawbridge, made anew.
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
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Svg | Self::Png | Self::Pdf)
    }
}

/// What of a board is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    /// All of it.
    Whole,
    /// A frame, by its id or name.
    Frame(String),
    /// A part of the board.
    Region(Rect),
    /// Each frame on a page of its own.
    Frames,
}

/// How large a picture is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scale {
    /// So many pixels for each unit of the board.
    Times(u8),
    /// As large as the board has it, or smaller: so that it fits into so many pixels.
    Within(u16, u16),
}

impl Scale {
    /// Pixels for each unit of what is so large.
    pub(crate) fn of(self, size: Size) -> f64 {
        match self {
            Self::Times(times) => times.into(),
            Self::Within(width, height) => {
                let share = |side: u16, of: f64| f64::from(side) / of.max(1.0);
                share(width, size.width)
                    .min(share(height, size.height))
                    .min(1.0)
            }
        }
    }
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    pub(crate) kind: Kind,
    pub(crate) scale: Scale,
    pub(crate) theme: Theme,
    pub(crate) shown: Shown,
    pub(crate) transparent: bool,
    pub(crate) letters: Letters,
    /// Whether Excalidraw opens it as a scene.
    pub(crate) scene: bool,
}

/// One thing that somebody wants otherwise than usual.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// So many pixels of a PNG, or points of a page, for each one that it has at 100 %.
    Scale(u8),
    /// A PNG of at most so many pixels across and down.
    Fit(u16, u16),
    /// Light or dark.
    Theme(Theme),
    /// One frame with what is in it, by its id or name.
    Frame(String),
    /// A part of the board.
    Region(Rect),
    /// Nothing behind the elements.
    Transparent,
    /// A page for each frame.
    Pages,
    /// Words as outlines.
    Outlines,
    /// All of the board in it, as a scene of Excalidraw's.
    Scene,
}

/// What a choice is about: nothing is chosen twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matter {
    Scale,
    Theme,
    Shown,
    Ground,
    Letters,
    Scene,
}

/// Why choices cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Such a file knows no such option.
    #[error("a file of the kind {0} has no option {1}")]
    Kind(&'static str, &'static str),
    /// It is there more than once.
    #[error("the option {0} is given twice")]
    Twice(&'static str),
    /// Only one of both can be.
    #[error("the options {0} and {1} exclude one another")]
    Both(&'static str, &'static str),
}

impl Choice {
    fn name(&self) -> &'static str {
        match self {
            Self::Scale(_) => "scale",
            Self::Fit(..) => "fit",
            Self::Theme(_) => "theme",
            Self::Frame(_) => "frame",
            Self::Region(_) => "region",
            Self::Transparent => "transparent",
            Self::Pages => "pages",
            Self::Outlines => "outlines",
            Self::Scene => "scene",
        }
    }

    fn matter(&self) -> Matter {
        match self {
            Self::Scale(_) | Self::Fit(..) => Matter::Scale,
            Self::Theme(_) => Matter::Theme,
            Self::Frame(_) | Self::Region(_) | Self::Pages => Matter::Shown,
            Self::Transparent => Matter::Ground,
            Self::Outlines => Matter::Letters,
            Self::Scene => Matter::Scene,
        }
    }

    fn suits(&self, kind: Kind) -> bool {
        match self {
            Self::Scale(_) => matches!(kind, Kind::Png | Kind::Pdf),
            Self::Fit(..) => kind == Kind::Png,
            Self::Theme(_) | Self::Frame(_) | Self::Region(_) | Self::Transparent => {
                kind.is_picture()
            }
            Self::Pages => kind == Kind::Pdf,
            Self::Outlines => kind == Kind::Svg,
            Self::Scene => matches!(kind, Kind::Svg | Kind::Png),
        }
    }

    /// Reads one of an address: `None` without such an option, and in it without such a value.
    fn read(name: &str, value: &str) -> Option<Option<Self>> {
        let is_set = matches!(value, "" | "1");
        Some(match name {
            "scale" => value.parse().ok().and_then(Self::scale),
            "fit" => Self::fit(value),
            "theme" => match value {
                "light" => Some(Self::Theme(Theme::Light)),
                "dark" => Some(Self::Theme(Theme::Dark)),
                _ => None,
            },
            "frame" => Some(Self::Frame(value.to_owned())),
            "region" => Self::region(value),
            "transparent" => is_set.then_some(Self::Transparent),
            "pages" => (value == "frames").then_some(Self::Pages),
            "outlines" => is_set.then_some(Self::Outlines),
            "scene" => is_set.then_some(Self::Scene),
            _ => return None,
        })
    }

    fn scale(times: u8) -> Option<Self> {
        (1..=4).contains(&times).then_some(Self::Scale(times))
    }

    fn fit(text: &str) -> Option<Self> {
        let (width, height) = text.split_once(',')?;
        let side = |text: &str| {
            let side: u16 = text.parse().ok()?;
            (1..=LONGEST).contains(&side).then_some(side)
        };
        Some(Self::Fit(side(width)?, side(height)?))
    }

    /// Reads four whole numbers: where a region begins, and how large it is.
    pub fn region(text: &str) -> Option<Self> {
        let numbers: Option<Vec<i32>> = text.split(',').map(|part| part.parse().ok()).collect();
        let [x, y, w, h] = numbers?[..] else {
            return None;
        };
        let near = |number: i32| (-FAR..=FAR).contains(&number);
        let fits = [x, y, w, h].into_iter().all(near) && w > 0 && h > 0;
        let [x, y, w, h] = [x, y, w, h].map(f64::from);
        fits.then(|| Self::Region(Rect::new(x, y, x + w, y + h)))
    }
}

impl Wanted {
    /// A file with some choices.
    ///
    /// # Errors
    /// When they do not go together, or not with such a file.
    pub fn with(kind: Kind, choices: impl IntoIterator<Item = Choice>) -> Result<Self, Unfit> {
        let mut wanted = Self {
            kind,
            scale: Scale::Times(1),
            theme: Theme::Light,
            shown: Shown::Whole,
            transparent: false,
            letters: Letters::Embedded,
            scene: false,
        };
        let mut made: Vec<(Matter, &'static str)> = Vec::new();
        for choice in choices {
            let (matter, name) = (choice.matter(), choice.name());
            if !choice.suits(kind) {
                return Err(Unfit::Kind(kind.ending(), name));
            }
            match made.iter().find(|(other, _)| *other == matter) {
                Some((_, other)) if *other == name => return Err(Unfit::Twice(name)),
                Some((_, other)) => return Err(Unfit::Both(other, name)),
                None => made.push((matter, name)),
            }
            wanted.take(choice);
        }
        Ok(wanted)
    }

    fn take(&mut self, choice: Choice) {
        match choice {
            Choice::Scale(times) => self.scale = Scale::Times(times),
            Choice::Fit(width, height) => self.scale = Scale::Within(width, height),
            Choice::Theme(theme) => self.theme = theme,
            Choice::Frame(frame) => self.shown = Shown::Frame(frame),
            Choice::Region(region) => self.shown = Shown::Region(region),
            Choice::Transparent => self.transparent = true,
            Choice::Pages => self.shown = Shown::Frames,
            Choice::Outlines => self.letters = Letters::Outlined,
            Choice::Scene => self.scene = true,
        }
    }

    /// Reads what stands behind the question mark; a sentence says what is wrong with it.
    pub(crate) fn read(kind: Kind, query: &str) -> Result<Self, String> {
        let mut choices = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // As forms and address builders write a space.
            let value = value.replace('+', " ");
            let value = percent_decode_str(&value).decode_utf8_lossy();
            let Some(choice) = Choice::read(name, &value) else {
                return Err(format!("There is no option {name:?}."));
            };
            let said = || {
                format!(
                    "The option {name} cannot be {value:?}: scale is 1 to 4, fit two whole numbers \
                     width,height up to {LONGEST}, theme light or dark, region four whole numbers \
                     x,y,width,height, and pages of a PDF frames."
                )
            };
            choices.push(choice.ok_or_else(said)?);
        }
        Self::with(kind, choices).map_err(|unfit| format!("It cannot be so: {unfit}."))
    }
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
        assert_eq!((wanted.scale, wanted.theme), (Scale::Times(3), Theme::Dark));
        assert!(wanted.transparent);
        let region = Rect::new(-10.0, 20.0, 290.0, 60.0);
        assert_eq!(wanted.shown, Shown::Region(region));
        let framed = read("frame=Week%201").unwrap();
        assert_eq!(framed.shown, Shown::Frame("Week 1".to_owned()));
        assert_eq!(read("").unwrap(), read("scale=1&theme=light").unwrap());
        let paged = Wanted::read(Kind::Pdf, "pages=frames").unwrap();
        assert_eq!(paged.shown, Shown::Frames);
        let outlined = Wanted::read(Kind::Svg, "outlines").unwrap();
        assert_eq!(outlined.letters, Letters::Outlined);
    }

    #[test]
    fn what_is_fitted_is_never_larger_than_it_is() {
        let scale = read("fit=400,300").unwrap().scale;
        assert_eq!(scale.of(Size::new(4000.0, 300.0)), 0.1);
        assert_eq!(scale.of(Size::new(400.0, 600.0)), 0.5);
        assert_eq!(scale.of(Size::new(40.0, 30.0)), 1.0);
    }

    #[test]
    fn what_cannot_be_is_refused_by_a_sentence() {
        for query in [
            "scale=5",
            "scale=1.5",
            "scale=",
            "fit=400",
            "fit=0,1",
            "fit=5000,1",
            "theme=blue",
            "transparent=maybe",
            "region=1,2,3",
            "region=1,2,0,4",
            "region=0.5,0,1,1",
            "region=99999999,0,1,1",
            "what=ever",
        ] {
            let why = read(query).unwrap_err();
            assert!(why.ends_with('.'), "{query}: {why}");
        }
    }

    #[test]
    fn what_does_not_apply_is_no_option_and_nothing_is_chosen_twice() {
        for (kind, query, why) in [
            (Kind::Png, "pages=frames", "has no option pages"),
            (Kind::Png, "outlines", "has no option outlines"),
            (Kind::Svg, "scale=2", "has no option scale"),
            (Kind::Pdf, "fit=100,100", "has no option fit"),
            (Kind::Drawbridge, "theme=dark", "has no option theme"),
            (Kind::Excalidraw, "frame=a", "has no option frame"),
            (Kind::Png, "scale=1&scale=1", "scale is given twice"),
            (Kind::Svg, "transparent&transparent", "given twice"),
            (Kind::Png, "scale=1&fit=9,9", "scale and fit exclude"),
            (Kind::Png, "frame=a&region=0,0,1,1", "frame and region"),
            (Kind::Pdf, "pages=frames&frame=a", "pages and frame"),
        ] {
            let said = Wanted::read(kind, query).unwrap_err();
            assert!(said.contains(why), "{query}: {said}");
        }
    }
}
