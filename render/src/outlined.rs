//! A display list in which words are outlines, for whoever has no fonts.
//!
//! Owns nothing but that change. Where no font has a character, a box stands.

use std::collections::{BTreeSet, HashMap};

use board::display::command::Command;
use board::display::{Anchor, DisplayList, FontFamily, Op};
use kurbo::{Affine, BezPath, Point, Shape as _};

use crate::fonts::Fonts;
use crate::line::{self, BOX_EDGE};

/// The same list without words, and the characters that no font has.
pub(crate) fn outlined(list: &DisplayList, fonts: &Fonts) -> (DisplayList, BTreeSet<char>) {
    let mut writer = Writer {
        fonts,
        out: DisplayList::new(),
        font: (10.0, FontFamily::Interface),
        anchor: Anchor::Start,
        saved: Vec::new(),
        outlines: HashMap::new(),
        missing: BTreeSet::new(),
    };
    for (command, words) in list.parts() {
        match command {
            Command::Text(at, text) => writer.text(at, &text, false),
            Command::TextRtl(at, text) => writer.text(at, &text, true),
            other => {
                writer.note(&other);
                writer.out.append(&DisplayList::from_words(words.to_vec()));
            }
        }
    }
    (writer.out, writer.missing)
}

struct Writer<'a> {
    fonts: &'a Fonts,
    out: DisplayList,
    font: (f64, FontFamily),
    anchor: Anchor,
    saved: Vec<((f64, FontFamily), Anchor)>,
    /// Glyphs at font size 1, by font and number.
    outlines: HashMap<(usize, u32), BezPath>,
    missing: BTreeSet<char>,
}

impl Writer<'_> {
    fn note(&mut self, command: &Command) {
        match command {
            Command::Save => self.saved.push((self.font, self.anchor)),
            Command::Restore => {
                if let Some(saved) = self.saved.pop() {
                    (self.font, self.anchor) = saved;
                }
            }
            Command::Font(size, family) => self.font = (*size, *family),
            Command::Anchor(anchor) => self.anchor = *anchor,
            _ => {}
        }
    }

    fn text(&mut self, at: Point, text: &str, right_to_left: bool) {
        let (size, family) = self.font;
        let line = line::set(self.fonts, text, family, right_to_left);
        let left = at.x - line.before(self.anchor, right_to_left) * size;
        let mut path = BezPath::new();
        for run in &line.runs {
            for glyph in &run.glyphs {
                let outline = self.outlines.entry((run.face.number, glyph.id));
                let outline = outline.or_insert_with(|| run.font.outline(glyph.id));
                let to_place =
                    Affine::translate((left + glyph.x * size, at.y)) * Affine::scale(size);
                path.extend((to_place * &*outline).iter());
            }
        }
        for (character, place) in &line.missing {
            self.missing.insert(*character);
            let to_place = Affine::translate((left, at.y)) * Affine::scale(size);
            let (outer, inner) = (place.to_path(0.1), place.inset(-BOX_EDGE).to_path(0.1));
            path.extend((to_place * outer).iter());
            // The other way round, so that it is no box but its edge.
            path.extend((to_place * inner.reverse_subpaths()).iter());
        }
        if !path.elements().is_empty() {
            self.out.path(&path);
            self.out.op(Op::Fill, &[]);
        }
    }
}
