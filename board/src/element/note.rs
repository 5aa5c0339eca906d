//! The sticky note: a sheet of paper whose letters are as large as fits, with its author at the foot.
//!
//! Owns the sheet, which size its letters have, and how the author is shown. What it says is set as
//! labels are. All lengths but its own sides are shares of its shorter one, so that a note looks the
//! same at any size. Knows only its body; see [`Shape`].

use kurbo::{BezPath, Point, Rect, Shape as _, Size};

use super::look::Look;
use super::silhouette::Silhouette;
use super::{Body, Element, Kind, Shape};
use crate::display::{DisplayList, FontFamily, Op};
use crate::geometry::Geometry;
use crate::style::{Color, Family, Style, StyleField, Theme, contrast};
use crate::text_layout::{Setting, fits, is_right_to_left, lay_out};
use crate::title;

/// Its name in the document.
pub const NAME: &str = "note";
/// The style fields that change how it looks.
pub const STYLE_FIELDS: &[StyleField] = &[
    StyleField::Fill,
    StyleField::Opacity,
    StyleField::LabelColor,
    StyleField::Family,
    StyleField::Align,
    StyleField::VerticalAlign,
    StyleField::LineHeight,
];
/// The side of a usual note, board units, of which the lengths below are told.
pub const SIDE: f64 = 200.0;
/// The paper of a note that has no fill.
pub const PAPER: Color = Color(0xffec_99ff);

/// The sizes that letters can have, the largest first.
const SIZES: [f64; 14] = [
    32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0,
];
/// Letters that are larger than this become smaller before they tear a word.
const WHOLE_WORDS: f64 = 14.0;
/// Between the words and the edges.
const PADDING: f64 = 16.0;
/// The same below the words, where the author stands.
const FOOT: f64 = 32.0;
/// The letters of the author, and how far their baseline is from the lower edge.
const AUTHOR: (f64, f64) = (11.0, 13.0);
/// How much of the colour of the words the edge has.
const EDGE_ALPHA: u32 = 0x24;
/// How much of it the author has.
const AUTHOR_ALPHA: u32 = 0xb0;
/// Smaller notes are set as one of this side, board units.
const LEAST: f64 = 4.0;
/// How round the corners of the paper are.
const CORNER: f64 = 2.5;
/// The shadow, one layer on the other: how far it reaches below the corners, which stand out a
/// little.
const SHADOW: [f64; 5] = [1.2, 3.0, 4.8, 6.6, 8.4];
/// The colour of a layer.
const SHADE: Color = Color(0x0000_000e);

/// A sheet of paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    fit: Fit,
}

/// Which size letters have, and for what that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Fit {
    /// As it is stored.
    size: Size,
    /// Whether the author stands at its foot.
    signed: bool,
    family: Family,
    line_height: f64,
    /// Board units.
    letters: f64,
}

impl Default for Note {
    fn default() -> Self {
        Self {
            fit: Fit {
                size: Size::ZERO,
                signed: false,
                family: Family::Rounded,
                line_height: 0.0,
                letters: LEAST,
            },
        }
    }
}

impl Note {
    /// How large its letters are, board units.
    pub(super) fn letters(&self) -> f64 {
        self.fit.letters
    }

    /// Looks the same from here on, however large the letters would be that it has no more.
    pub(super) fn forget_letters(&mut self) {
        self.fit.letters = LEAST;
    }

    /// How wide its lines may be, font sizes.
    pub(super) fn room(&self) -> f64 {
        room(self.fit.size, self.fit.letters)
    }

    /// The board units of one of [`SIDE`].
    fn unit(&self) -> f64 {
        unit(self.fit.size)
    }

    /// Where its words stand, of a sheet of a size.
    pub(super) fn area(&self, size: Size) -> Rect {
        let side = PADDING * self.unit();
        Rect::new(side, side, size.width - side, size.height - self.below())
    }

    /// How high it must be for words of a height.
    pub(super) fn height_for(&self, words: f64) -> f64 {
        PADDING * self.unit() + words + self.below()
    }

    /// Between its words and its lower edge.
    fn below(&self) -> f64 {
        self.unit() * if self.fit.signed { FOOT } else { PADDING }
    }

    /// Whether its letters were fitted to a place, a style and an author.
    pub(super) fn is_fitted(&self, geometry: Geometry, style: &Style, author: &str) -> bool {
        self.fit == Fit::wanted(geometry, style, author, self.fit.letters)
    }

    /// Takes the largest letters with which a text fits, and no word is torn but by small ones; the
    /// smallest where none does. O(what fits).
    pub(super) fn fit(&mut self, geometry: Geometry, style: &Style, author: &str, text: &str) {
        self.fit = Fit::wanted(geometry, style, author, LEAST);
        let (size, setting) = (self.fit.size, Setting::of(style));
        let unit = self.unit();
        // A hair more, so that a note whose sides are rounded keeps its letters.
        let height = self.area(size).height() + 1e-3 * unit;
        let too_large = |letters: &f64| {
            let room = room(size, letters * unit);
            let most = height / (setting.line_height * letters * unit);
            let whole = *letters > WHOLE_WORDS;
            !fits(text, &Setting { room, ..setting }, most as usize, whole)
        };
        // The larger the letters are the more lines there are: one can search by halves.
        let first = SIZES.partition_point(too_large);
        let letters = SIZES.get(first).or(SIZES.last());
        self.fit.letters = letters.copied().unwrap_or(LEAST) * unit;
    }

    /// Layers below the lower corners, softer the further down; inside of the sheet none where that
    /// is to be seen through.
    fn paint_shadow(&self, body: &Body<'_>, list: &mut DisplayList) {
        let Size { width, height } = body.size;
        let unit = self.unit();
        let paper = paper(body.style);
        let through = body.style.opacity < 1.0 || !paper.is_opaque();
        // From below the round corners.
        let sheet = Rect::new(0.0, CORNER * unit, width, height);
        list.fill_color(SHADE);
        for below in SHADOW {
            let [beside, below] = [0.2, 1.0].map(|share| below * share * unit);
            let mut path = BezPath::new();
            path.move_to((0.0, sheet.y0));
            path.line_to((width, sheet.y0));
            path.line_to((width + beside, height + below));
            // The middle of the lower edge lies nearly flat.
            let middle = (width / 2.0, height - below * 0.4);
            path.quad_to(middle, (-beside, height + below));
            path.close_path();
            if through {
                path.extend(sheet.to_path(0.1).reverse_subpaths());
            }
            list.path(&path);
            list.op(Op::Fill, &[]);
        }
    }

    /// A hairline within the paper, so that sheets of one colour lie apart.
    fn paint_edge(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let unit = self.unit();
        let Color(words) = ink_on(paper(body.style), theme);
        list.stroke_color(Color(words & !0xff | EDGE_ALPHA));
        list.op(Op::LineWidth, &[unit]);
        let within = body.rect().inset(-unit / 2.0);
        list.rect(within, (CORNER - 0.5) * unit);
        list.op(Op::Stroke, &[]);
    }

    fn paint_author(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        let author = body.author;
        let unit = self.unit();
        let (size, above) = (AUTHOR.0 * unit, AUTHOR.1 * unit);
        let side = PADDING * unit;
        // There is no room on a strip.
        if 2.0 * side > body.size.width || above > body.size.height {
            return;
        }
        let setting = Setting {
            // There is to be room for the dots.
            room: ((body.size.width - 2.0 * side) / size - 1.0).max(1.0),
            ..Setting::default()
        };
        let lines = lay_out(author, size, &setting).lines;
        let first = lines
            .first()
            .and_then(|line| author.get(line.range.clone()));
        let mut shown = first.unwrap_or_default().trim_end().to_owned();
        if lines.len() > 1 {
            shown.push('…');
        }
        let Color(words) = ink_on(paper(body.style), theme);
        list.fill_color(Color(words & !0xff | AUTHOR_ALPHA));
        list.font(size, FontFamily::Board);
        let baseline = body.size.height - above;
        if is_right_to_left(author) {
            list.text_rtl(Point::new(body.size.width - side, baseline), &shown);
        } else {
            list.text(Point::new(side, baseline), &shown);
        }
    }
}

impl Fit {
    fn wanted(geometry: Geometry, style: &Style, author: &str, letters: f64) -> Self {
        Self {
            size: Size::new(geometry.w.abs(), geometry.h.abs()),
            signed: !author.is_empty(),
            family: style.details.family,
            line_height: style.details.line_height,
            letters,
        }
    }
}

/// The colour of a note's paper, as stored.
pub fn paper(style: &Style) -> Color {
    if style.fill.is_none() {
        PAPER
    } else {
        style.fill
    }
}

/// Ink that can be read on paper of a colour as a theme shows it.
pub(super) fn ink_on(ground: Color, theme: Theme) -> Color {
    let ground = ground.for_paper(theme);
    let [dark, light] = [Theme::Light, Theme::Dark].map(|theme| Color::INK.in_theme(theme));
    let mut inks = [dark, light, Color(0xff)].into_iter();
    let read = inks.find(|ink| contrast(*ink, ground) >= 4.5);
    read.unwrap_or(Color(u32::MAX))
}

fn unit(size: Size) -> f64 {
    size.min_side().max(LEAST) / SIDE
}

/// How wide lines may be, sizes of letters that are so large.
fn room(size: Size, letters: f64) -> f64 {
    ((size.width - 2.0 * PADDING * unit(size)) / letters).max(1.0)
}

impl Element {
    /// Who wrote a note; nothing when that is not told.
    pub fn author(&self) -> &str {
        self.links.author.as_deref().unwrap_or_default().trim()
    }

    /// Lets a note say in a line who wrote it; nothing hides that. Of other kinds nothing changes.
    pub fn sign(&mut self, author: &str) {
        if matches!(self.kind, Kind::Note(_)) {
            self.links = self.links.signed(&title::readable(author));
            self.follow_label();
        }
    }
}

impl Shape for Note {
    fn name(&self) -> &str {
        NAME
    }

    fn style_fields(&self) -> &'static [StyleField] {
        STYLE_FIELDS
    }

    fn silhouette(&self, body: &Body<'_>) -> Silhouette {
        Silhouette::of_path(&body.rect().to_path(0.1), 0.0, true)
    }

    fn extent(&self, body: &Body<'_>) -> Rect {
        let below = SHADOW.last().copied().unwrap_or_default() * self.unit();
        body.rect().inflate(below / 2.0, below)
    }
}

impl Look for Note {
    fn paint(&self, body: &Body<'_>, theme: Theme, list: &mut DisplayList) {
        self.paint_shadow(body, list);
        list.fill_color(paper(body.style).for_paper(theme));
        list.rect(body.rect(), CORNER * self.unit());
        list.op(Op::Fill, &[]);
        self.paint_edge(body, theme, list);
        if !body.author.is_empty() {
            self.paint_author(body, theme, list);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Document, Write};
    use crate::fields::{Slot, Value};
    use crate::id::{ClientId, ElementId};
    use crate::order::OrderKey;
    use crate::transform::Transform;

    fn note(w: f64, h: f64, author: &str, words: &str) -> Element {
        let (id, order) = (ElementId::from_random(1), OrderKey::default());
        let geometry = Geometry {
            x: 30.0,
            y: 40.0,
            w,
            h,
            angle: 0.0,
        };
        let kind = Kind::Note(Note::default());
        let mut note = Element::new(id, order, "".into(), geometry, Style::default(), kind);
        note.sign(author);
        note.set_text(words);
        note
    }

    fn square(words: &str) -> Element {
        note(SIDE, SIDE, "Wren", words)
    }

    #[test]
    fn letters_are_as_large_as_fits_between_two_bounds() {
        assert_eq!(square("").letters(), 32.0);
        assert_eq!(square("Hi").letters(), 32.0);
        let some = square("What went well, and what should we try next time?");
        assert!((20.0..32.0).contains(&some.letters()), "{}", some.letters());
        assert_eq!(some.frame().h, SIDE, "it grows only with the smallest");
        let many = square(&"words and words and words ".repeat(20));
        assert_eq!(many.letters(), 12.0);
        assert!(many.frame().h > SIDE);
        assert_eq!((many.geometry.h, many.frame().y), (SIDE, 40.0));
    }

    #[test]
    fn a_word_makes_letters_smaller_before_it_is_torn() {
        let lines = |words: &str| square(words).lines().unwrap().0.lines.len();
        assert_eq!(lines("Congratulations"), 1);
        assert!(square("Congratulations").letters() < 24.0);
        let address = "https://example.org/a/long/way/that/nobody/can/read/aloud";
        assert_eq!(square(address).letters(), WHOLE_WORDS);
        assert!(lines(address) > 1);
    }

    #[test]
    fn only_what_makes_a_note_smaller_changes_its_words() {
        let small = square("What went well, and what should we try next time?");
        let from = small.frame().rect();
        let larger = |to: Rect| Transform::Resize {
            from,
            to,
            frame_angle: 0.0,
        };
        let to = Rect::from_origin_size(from.origin(), (3.0 * SIDE, 3.0 * SIDE));
        let large = larger(to).applied(&small);
        assert_eq!(large.letters(), 3.0 * small.letters());
        let breaks = |note: &Element| note.lines().unwrap().0.wraps(note.text().unwrap());
        assert_eq!(breaks(&large), breaks(&small));
        // Its own height is kept in proportion too, however high the words have made it.
        let high = square(&"words and words and words ".repeat(20));
        let from = high.frame().rect();
        let twice = Rect::from_origin_size(from.origin(), from.size() * 2.0);
        let twice = Transform::Resize {
            from,
            to: twice,
            frame_angle: 0.0,
        };
        let twice = twice.applied(&high);
        assert!((twice.geometry.h - 2.0 * SIDE).abs() < 1e-3);
        assert!((twice.frame().h - 2.0 * high.frame().h).abs() < 0.1);
    }

    #[test]
    fn an_author_is_one_line_of_forty_characters_and_comes_back_from_a_birth() {
        let mut own = square("words");
        own.sign(&format!("  A\nname {}", "of many letters ".repeat(5)));
        assert_eq!(own.author().chars().count(), 40);
        assert!(own.author().starts_with("A name of"));
        let again = Element::read(own.id.clone(), &own.birth());
        assert_eq!(again.author(), own.author());
        own.sign(" \u{7} ");
        assert_eq!(own.author(), "");
        let hidden = note(SIDE, SIDE, "", "");
        assert_eq!(hidden.birth().get(Slot::Author), &Value::Null);
    }

    #[test]
    fn what_is_left_while_somebody_types_is_the_same_sheet() {
        let wide = note(300.0, 60.0, "Wren", &"words and words ".repeat(20));
        let bare = wide.without_label();
        assert_eq!(bare.frame(), wide.frame());
        let unit = |note: &Element| match &note.kind {
            Kind::Note(note) => note.unit(),
            _ => 0.0,
        };
        assert_eq!(unit(&bare), unit(&wide));
        let [few, many] = ["few", "few words and many more of them"].map(square);
        assert_eq!(few.without_label(), many.without_label());
    }

    #[test]
    fn a_note_that_was_never_written_on_is_as_one_that_was_emptied() {
        let mut document = Document::new(ClientId::from_random(1));
        let note = note(SIDE, SIDE, "Wren", "");
        let mono = Write::style(&note.id, StyleField::Family, Value::text("mono"));
        document.commit(vec![Write::birth(&note), mono]);
        let never = document.element(&note.id);
        // From here on its text has a name.
        assert_eq!(document.text(&note.id), "");
        assert_eq!(document.element(&note.id), never);
    }

    #[test]
    fn words_can_be_read_on_any_paper() {
        let mut random = fastrand::Rng::with_seed(4);
        for theme in [Theme::Light, Theme::Dark] {
            for _ in 0..1000 {
                let ground = Color(random.u32(..) | 0xff);
                let reached = contrast(ink_on(ground, theme), ground.for_paper(theme));
                assert!(reached >= 4.5, "{ground:?}: {reached}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_note_holds_its_words(
            words in ".{0,60}", w in -400.0..400.0f64, h in -400.0..400.0f64, signed: bool,
        ) {
            let made = note(w, h, if signed { "Wren" } else { "" }, &words);
            let frame = made.frame();
            prop_assert!(frame == frame.sane() && frame.h.abs() >= h.abs());
            if let Some(area) = made.label_box() {
                let sheet = Size::new(1e4, frame.h.abs() + 0.1).to_rect();
                prop_assert!(area.y0 >= 0.0 && area.y1 <= sheet.y1, "{area:?} in {frame:?}");
            }
            prop_assert!(made.bounds().is_finite());
            // The next larger letters would not do.
            let Kind::Note(own) = &made.kind else { unreachable!() };
            let larger = SIZES.iter().rev().find(|size| *size * own.unit() > own.letters() * 1.001);
            if let Some(larger) = larger {
                let room = room(own.fit.size, larger * own.unit());
                let setting = Setting { room, ..Setting::of(&made.style) };
                let lines = lay_out(&words, larger * own.unit(), &setting);
                let high = lines.height > own.area(own.fit.size).height();
                let torn = !fits(&words, &setting, usize::MAX, true);
                prop_assert!(high || *larger > WHOLE_WORDS && torn);
            }
            made.paint(Theme::Dark);
        }

        #[test]
        fn however_a_note_came_about_its_letters_are_the_same(
            words in "[a-z ]{0,80}", w in 1.0..400.0f64, h in 1.0..400.0f64, mono: bool,
        ) {
            let family = Value::text(if mono { "mono" } else { "serif" });
            let mut first = note(w, h, "", &words);
            first.restyle(StyleField::Family, &family);
            let mut other = note(SIDE, SIDE, "", "");
            other.restyle(StyleField::Family, &family);
            other.set_text(&words);
            other.set_geometry(first.geometry);
            prop_assert_eq!(first, other);
        }
    }
}
