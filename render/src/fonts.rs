//! The fonts that pictures are painted with: those of the page, as it has them, and any that are given.
//!
//! Owns which file has a character. A file is opened when a character is looked for in it; one that is not
//! here is noted as wanted. Knows no line.

mod files;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use board::style::Family;
use kurbo::BezPath;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use self::files::{File, HAND, MONO, ROUNDED, SERIF, characters};

/// The licences of the fonts, by the families that they are of.
pub const FONT_LICENCES: [(&str, &str); 4] = [
    (
        "Drawbridge Board, from Rounded M+ 1c",
        include_str!("../../web/src/fonts/LICENSE-OFL.txt"),
    ),
    (
        "Drawbridge Hand",
        include_str!("../../web/src/fonts/families/hand-LICENSE-OFL.txt"),
    ),
    (
        "Drawbridge Serif",
        include_str!("../../web/src/fonts/families/serif-LICENSE-OFL.txt"),
    ),
    (
        "Drawbridge Mono",
        include_str!("../../web/src/fonts/families/mono-LICENSE-OFL.txt"),
    ),
];

/// What is given is no font that can be drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no TrueType, OpenType or WOFF2 font")]
pub struct NoFont;

/// All fonts that there are. Made once for many pictures: what was opened stays open.
#[derive(Debug)]
pub struct Fonts {
    rounded: Vec<Face>,
    hand: Vec<Face>,
    serif: Vec<Face>,
    mono: Vec<Face>,
    given: Vec<Face>,
    /// All of them, as those have them who draw SVG files.
    #[cfg(feature = "svg")]
    letters: crate::drawing::Letters,
}

/// One file.
#[derive(Debug)]
pub(crate) struct Face {
    /// Where it is in the order of all.
    pub(crate) number: usize,
    /// As style sheets name its family.
    pub(crate) family: &'static str,
    /// Of the page's own: its name.
    name: &'static str,
    /// All of it, once it is here.
    pub(crate) file: Cow<'static, [u8]>,
    opened: OnceLock<Option<Opened>>,
    away: Away,
}

/// What is known of a file that is not here.
#[derive(Debug, Default)]
struct Away {
    characters: OnceLock<Vec<RangeInclusive<u32>>>,
    wanted: AtomicBool,
}

/// A file that can be drawn with.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) data: Arc<Vec<u8>>,
    units: f64,
    /// Which glyph each character has, and how far that moves the pen in font sizes.
    glyphs: HashMap<char, (u32, f64)>,
}

/// A character as a font has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph<'a> {
    pub(crate) face: &'a Face,
    pub(crate) font: &'a Opened,
    pub(crate) id: u32,
    /// In font sizes.
    pub(crate) advance: f64,
}

#[cfg(feature = "fonts")]
impl Default for Fonts {
    fn default() -> Self {
        Self::of(|(name, file)| (*name, (*file).unwrap_or_default()))
    }
}

impl Fonts {
    /// The page's fonts without their files, for whoever can fetch them: see [`Self::wanted`].
    pub fn unfetched() -> Self {
        Self::of(|(name, _)| (*name, &[]))
    }

    fn of(file: impl Fn(&File) -> (&'static str, &'static [u8])) -> Self {
        let mut number = 0;
        let mut faces = |family: &'static str, files: &[File]| {
            let face = |(name, bytes)| {
                number += 1;
                Face::new(number, family, name, Cow::Borrowed(bytes))
            };
            files.iter().map(&file).map(face).collect()
        };
        Self {
            rounded: faces("Drawbridge Board", &ROUNDED),
            hand: faces("Drawbridge Hand", &HAND),
            serif: faces("Drawbridge Serif", &SERIF),
            mono: faces("Drawbridge Mono", &MONO),
            given: Vec::new(),
            #[cfg(feature = "svg")]
            letters: crate::drawing::Letters::new(),
        }
    }

    /// Takes one more, for what the page's fonts lack.
    ///
    /// # Errors
    /// When it is none.
    pub fn add(&mut self, file: Vec<u8>) -> Result<(), NoFont> {
        let number = self.own().count() + self.given.len() + 1;
        let face = Face::new(number, "Drawbridge Board", "", Cow::Owned(file));
        face.open().ok_or(NoFont)?;
        self.given.push(face);
        #[cfg(feature = "svg")]
        self.letters.take();
        Ok(())
    }

    /// All of them, as those have them who draw SVG files.
    #[cfg(feature = "svg")]
    pub(crate) fn letters(&self) -> Arc<resvg::usvg::fontdb::Database> {
        let made = self.letters.get_or_init(|| {
            let faces = self.own().chain(&self.given);
            let opened = faces.filter_map(|face| Some((face.family, face.open()?)));
            crate::drawing::database(opened.map(|(family, font)| (family, Arc::clone(&font.data))))
        });
        Arc::clone(made)
    }

    /// The files that were given, in their order.
    pub fn given(&self) -> impl Iterator<Item = &[u8]> {
        self.given.iter().map(|face| &*face.file)
    }

    /// The files of the page that characters were looked for in, and that are not here.
    pub fn wanted(&self) -> Vec<&'static str> {
        let wanted = self
            .own()
            .filter(|face| face.is_away() && face.away.wanted.load(Ordering::Relaxed));
        wanted.map(|face| face.name).collect()
    }

    /// Takes a file of the page's by its name.
    ///
    /// # Errors
    /// When it is none.
    pub fn give(&mut self, name: &str, file: Vec<u8>) -> Result<(), NoFont> {
        let families = [
            &mut self.rounded,
            &mut self.hand,
            &mut self.serif,
            &mut self.mono,
        ];
        let mut faces = families.into_iter().flatten();
        let face = faces.find(|face| face.name == name).ok_or(NoFont)?;
        let given = Face::new(face.number, face.family, face.name, Cow::Owned(file));
        given.open().ok_or(NoFont)?;
        *face = given;
        Ok(())
    }

    fn own(&self) -> impl Iterator<Item = &Face> {
        let families = [&self.rounded, &self.hand, &self.serif, &self.mono];
        families.into_iter().flatten()
    }

    /// What a family paints for a character, or the board's font and those that were given in its place.
    pub(crate) fn find(&self, family: Family, character: char) -> Option<Glyph<'_>> {
        let own = match family {
            Family::Rounded => &[][..],
            Family::Hand => &self.hand,
            Family::Serif => &self.serif,
            Family::Mono => &self.mono,
        };
        let faces = own.iter().chain(&self.rounded).chain(&self.given);
        faces.into_iter().find_map(|face| face.find(character))
    }
}

impl Face {
    fn new(
        number: usize,
        family: &'static str,
        name: &'static str,
        file: Cow<'static, [u8]>,
    ) -> Self {
        Self {
            number,
            family,
            name,
            file,
            opened: OnceLock::new(),
            away: Away::default(),
        }
    }

    fn is_away(&self) -> bool {
        self.file.is_empty()
    }

    /// Notes that it is wanted, if the page would ask it for a character.
    fn want(&self, character: char) {
        let characters = self.away.characters.get_or_init(|| characters(self.name));
        let code = u32::from(character);
        if characters.iter().any(|range| range.contains(&code)) {
            self.away.wanted.store(true, Ordering::Relaxed);
        }
    }

    fn open(&self) -> Option<&Opened> {
        let opened = self.opened.get_or_init(|| Opened::read(&self.file));
        opened.as_ref()
    }

    fn find(&self, character: char) -> Option<Glyph<'_>> {
        if self.is_away() {
            self.want(character);
            return None;
        }
        let font = self.open()?;
        let (id, advance) = *font.glyphs.get(&character)?;
        Some(Glyph {
            face: self,
            font,
            id,
            advance,
        })
    }
}

impl Opened {
    fn read(file: &[u8]) -> Option<Self> {
        let data = match file {
            [b'w', b'O', b'F', b'2', ..] => wuff::decompress_woff2(file).ok()?,
            _ => file.to_vec(),
        };
        let font = FontRef::new(&data).ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let units = font
            .metrics(Size::unscaled(), LocationRef::default())
            .units_per_em;
        let units = f64::from(units.max(1));
        let charmap = font.charmap();
        let glyphs = charmap.mappings().filter_map(|(code, id)| {
            let advance = f64::from(metrics.advance_width(id)?) / units;
            Some((char::from_u32(code)?, (id.to_u32(), advance)))
        });
        let glyphs: HashMap<_, _> = glyphs.collect();
        let drawn = !glyphs.is_empty() && font.outline_glyphs().format().is_some();
        drawn.then(|| Self {
            data: Arc::new(data),
            units,
            glyphs,
        })
    }

    /// A glyph at font size 1, its baseline starting at the origin.
    pub(crate) fn outline(&self, id: u32) -> BezPath {
        let mut pen = Pen {
            path: BezPath::new(),
            scale: 1.0 / self.units,
        };
        let font = FontRef::new(&self.data).ok();
        let outlines = font.map(|font| font.outline_glyphs());
        let glyph = outlines.and_then(|outlines| outlines.get(GlyphId::new(id)));
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        match glyph.map(|glyph| glyph.draw(settings, &mut pen)) {
            Some(Ok(_)) => pen.path,
            // What cannot be drawn is as wide as it is, and blank.
            _ => BezPath::new(),
        }
    }
}

struct Pen {
    path: BezPath,
    scale: f64,
}

impl Pen {
    /// Fonts count upwards.
    fn at(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.scale, -f64::from(y) * self.scale)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx, cy), self.at(x, y));
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        let [c, d, p] = [self.at(cx, cy), self.at(dx, dy), self.at(x, y)];
        self.path.curve_to(c, d, p);
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
