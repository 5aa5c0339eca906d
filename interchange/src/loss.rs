//! What became the nearest thing, or was left out, on the way from one format to another.
//!
//! Owns the reasons, their keys for pages and their words for the command line. Knows no format's insides.

use std::collections::BTreeMap;

macro_rules! losses {
    ($($(#[$doc:meta])* $name:ident $key:literal $words:literal $($one:literal)?;)*) => {
        /// A reason.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Loss {
            $($(#[$doc])* $name,)*
        }

        impl Loss {
            /// All of them.
            pub const ALL: [Self; [$(Self::$name),*].len()] = [$(Self::$name),*];

            /// Its name, by which a page has words for it.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// What it says behind a number.
            pub fn words(self, times: u32) -> &'static str {
                match self {
                    $($(Self::$name if times == 1 => $one,)? Self::$name => $words,)*
                }
            }
        }
    };
}

losses! {
    // variant, key, words behind a number, and behind one where they differ
    /// What is no element at all.
    Malformed "malformed" "malformed, left out";
    /// A type that nobody knows.
    UnknownType "unknownType" "of an unknown type, left out";
    /// An element on which nothing is seen, or that is where nobody comes.
    Empty "empty" "of no size, without words or too far out, left out";
    /// A page that is shown within a board.
    Embed "embed" "embedded pages, now rectangles that lead there"
        "embedded page, now a rectangle that leads there";
    /// A card that stands for a page.
    Bookmark "bookmark" "bookmarks, now rectangles that lead there"
        "bookmark, now a rectangle that leads there";
    /// A film.
    Video "video" "videos, now rectangles"
        "video, now a rectangle";
    /// One of several pages.
    Page "page" "pages, now frames side by side"
        "page, now a frame";
    /// An outline that boards lack.
    Shape "shape" "outlines that are lacking, now the nearest"
        "outline that is lacking, now the nearest";
    /// A stroke that is filled or interrupted.
    FilledInk "filledInk" "strokes of a pen that are filled or dashed, now lines"
        "stroke of a pen that is filled or dashed, now a line";
    /// Bold letters, and whatever else only a part of a text has.
    Marks "marks" "texts with bold letters or other marks, now plain"
        "text with bold letters or other marks, now plain";
    /// An end that holds on to what cannot be held here.
    Hold "hold" "ends of arrows that hold on to what cannot be held, now loose"
        "end of an arrow that holds on to what cannot be held, now loose";
    /// A second text in a shape.
    SecondText "secondText" "texts beside the first of a shape, now texts of their own"
        "text beside the first of a shape, now a text of its own";
    /// A picture whose file is not there.
    NoFile "noFile" "images without their file"
        "image without its file";
    /// A picture in a format that boards do not show.
    UnfitFile "unfitFile" "images of a kind that cannot be shown"
        "image of a kind that cannot be shown";
    /// Points beyond what a stroke may have.
    Points "points" "with more points than a line may have, cut off";
    /// A text beyond what is shown.
    LongText "longText" "texts longer than can be shown"
        "text longer than can be shown";
    /// What nobody could keep: it is too large or too deep.
    Unkept "unkept" "values too large to be kept"
        "value too large to be kept";
    /// A parent that would be in itself.
    Circle "circle" "in frames or groups that go in a circle, taken out";
    /// The colour of the canvas.
    Background "background" "colour of the canvas, left out";
    /// A note.
    Note "note" "notes, now rectangles with a text"
        "note, now a rectangle with a text";
    /// Who wrote a note.
    Author "author" "names of authors, left out"
        "name of an author, left out";
    /// A closed shape with an outline that the other format lacks.
    Outline "outline" "outlines, now closed lines"
        "outline, now a closed line";
    /// A label that nothing can have there.
    Label "label" "labels, now texts of their own"
        "label, now a text of its own";
    /// A highlighter's stroke.
    Highlighter "highlighter" "highlighter's strokes, now translucent ink"
        "highlighter's stroke, now translucent ink";
    /// A family of fonts.
    Family "family" "texts in a family that is lacking, now in the nearest"
        "text in a family that is lacking, now in the nearest";
    /// What is at the end of a line.
    Head "head" "ends of lines that are lacking, now the nearest"
        "end of a line that is lacking, now the nearest";
    /// The ground of a frame.
    FrameGround "frameGround" "grounds of frames, left out"
        "ground of a frame, left out";
    /// A way by right angles of what is no arrow.
    ElbowLine "elbowLine" "lines by right angles, now straight"
        "line by right angles, now straight";
    /// An element that only a newer version can read.
    Unknown "unknown" "elements of a newer version, left out"
        "element of a newer version, left out";
}

/// Reasons with how often each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Losses(BTreeMap<Loss, u32>);

impl Losses {
    /// Once more for a reason.
    pub fn count(&mut self, loss: Loss) {
        let times = self.0.entry(loss).or_default();
        *times = times.saturating_add(1);
    }

    /// Those of another way too.
    pub fn add(&mut self, others: &Self) {
        for (loss, times) in others.iter() {
            let own = self.0.entry(loss).or_default();
            *own = own.saturating_add(times);
        }
    }

    /// How often for one.
    pub fn of(&self, loss: Loss) -> u32 {
        self.0.get(&loss).copied().unwrap_or_default()
    }

    /// Those that there are, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (Loss, u32)> + '_ {
        self.0.iter().map(|(loss, times)| (*loss, *times))
    }

    /// A line for each reason: `2 embedded pages, now rectangles …`.
    pub fn lines(&self) -> Vec<String> {
        let told = self.iter();
        told.map(|(loss, times)| format!("{times} {}", loss.words(times)))
            .collect()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
