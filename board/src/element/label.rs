//! What a closed shape, note, line or arrow says about itself: its label.
//!
//! Owns how a label is set, where it stands and how high a shape becomes with it. Its words are laid
//! out as a text's are. Knows only its body.

use kurbo::{Point, Rect, Size};

use super::text::{Text, paint_lines};
use super::{Element, Kind, note};
use crate::display::DisplayList;
use crate::fields::Value;
use crate::geometry::Geometry;
use crate::style::{Align, Color, Style, StyleField, Theme, VerticalAlign};
use crate::text_layout::{Layout, Setting, fits, lay_out};

/// The style fields that are about words, which nothing has that says nothing.
pub const FIELDS: [StyleField; 6] = [
    StyleField::LabelColor,
    StyleField::Family,
    StyleField::FontSize,
    StyleField::Align,
    StyleField::VerticalAlign,
    StyleField::LineHeight,
];
/// How far a label stays away from the outline, font sizes.
const PADDING: f64 = 0.4;
/// How wide the label of a line may be, font sizes.
const ON_LINE: f64 = 12.0;
/// The share of its box on each side of the label of a closed line: as in an ellipse.
const BESIDE: f64 = 0.1465;
/// An outline that is changed makes a shape at most so many times as wide, for the sake of its words.
const WIDENED: f64 = 3.0;
/// So many widths are tried for that.
const WIDTHS: u32 = 64;

/// Says where a label stands and in which colour where that is not said.
pub(super) fn spell_out(style: &mut Style) {
    let align = style.details.align.unwrap_or(Align::Center);
    let vertical = style
        .details
        .vertical_align
        .unwrap_or(VerticalAlign::Middle);
    let color = style.details.label_color.unwrap_or(style.stroke);
    style.set(StyleField::Align, &Value::text(align.name()));
    style.set(StyleField::VerticalAlign, &Value::text(vertical.name()));
    style.set(StyleField::LabelColor, &Value::text(&color.to_text()));
}

impl Element {
    /// Whether it is of a kind that can have a label.
    pub fn can_have_label(&self) -> bool {
        matches!(
            self.kind,
            Kind::Closed(_) | Kind::Note(_) | Kind::Line(_) | Kind::Arrow(_)
        )
    }

    pub(super) fn label(&self) -> Option<&Text> {
        self.seldom.as_ref()?.label.as_ref()
    }

    /// Whether it is a closed shape and a point of the board is where its label goes.
    pub fn is_around(&self, at: Point) -> bool {
        let Kind::Closed(shape) = &self.kind else {
            return false;
        };
        let body = self.body();
        let local = self.placement().inverse() * at;
        let area = shape.contour(&self.style).label_area(body.size);
        area.contains(local)
    }

    /// Whether a point of the board is within its outlines, filled or not.
    pub fn surrounds(&self, at: Point) -> bool {
        let local = self.placement().inverse() * at;
        self.silhouette().surrounds(local)
    }

    /// Whether it has one.
    pub fn is_labelled(&self) -> bool {
        self.label().is_some()
    }

    /// The same without, as high as with it: what is left while somebody types there.
    #[must_use]
    pub fn without_label(&self) -> Self {
        let mut bare = self.clone();
        if bare.is_labelled() {
            bare.geometry = self.frame();
            bare.set_seldom(|seldom| seldom.label = None);
            if let Kind::Note(note) = &mut bare.kind {
                note.forget_letters();
            }
        }
        bare
    }

    /// What stays of it while somebody types there: of a text nothing that is seen.
    #[must_use]
    pub fn without_words(&self) -> Self {
        let mut bare = self.without_label();
        if matches!(bare.kind, Kind::Text(_)) {
            bare.set_text("");
        }
        bare
    }

    pub(super) fn set_label(&mut self, content: &str) {
        let author = self.links.author.clone();
        if let Kind::Note(note) = &mut self.kind {
            let author = author.as_deref().unwrap_or_default().trim();
            note.fit(self.geometry, &self.style, author, content);
        }
        let shown = !content.is_empty() && self.can_have_label();
        let label = shown.then(|| Text::set_as(content, &self.label_setting()));
        self.set_seldom(|seldom| seldom.label = label);
    }

    /// How large the letters of its label are: a note fits them itself.
    pub(super) fn letters(&self) -> f64 {
        match &self.kind {
            Kind::Note(note) => note.letters(),
            _ => self.style.font_size,
        }
    }

    pub(super) fn follow_label(&mut self) {
        let fitted = match &self.kind {
            Kind::Note(note) => note.is_fitted(self.geometry, &self.style, self.author()),
            _ => true,
        };
        if !fitted {
            let words = self.label().map_or("", Text::content).to_owned();
            return self.set_label(&words);
        }
        if self.is_labelled() {
            let setting = self.label_setting();
            let label = self
                .seldom
                .as_mut()
                .and_then(|seldom| seldom.label.as_mut());
            label
                .into_iter()
                .for_each(|label| label.follow_setting(&setting));
        }
    }

    /// How its label is set. A closed shape's is wrapped to it, by its width alone.
    pub(super) fn label_setting(&self) -> Setting {
        let style = &self.style;
        let room = match &self.kind {
            Kind::Closed(shape) => {
                let width = shape.contour(style).label_width(self.geometry.w.abs());
                (width / style.font_size - 2.0 * PADDING).max(1.0)
            }
            Kind::Note(note) => note.room(),
            _ if self.is_area() => {
                (self.geometry.w.abs() * (1.0 - 2.0 * BESIDE) / style.font_size).max(1.0)
            }
            _ => ON_LINE,
        };
        Setting {
            align: Some(style.details.align.unwrap_or(Align::Center)),
            room,
            ..Setting::of(style)
        }
    }

    /// Whether it is a line that goes back to where it began: its label is in its middle, as a shape's is.
    pub(super) fn is_area(&self) -> bool {
        let points = self.kind.shape().points();
        self.style.details.closed && points.is_some_and(|points| points.iter().nth(2).is_some())
    }

    /// Makes a closed shape so much wider about its middle that its longest word is whole, within bounds.
    #[inline(never)]
    pub(super) fn widen_for_words(&mut self) {
        let (Kind::Closed(shape), Some(label)) = (&self.kind, self.label()) else {
            return;
        };
        let contour = shape.contour(&self.style);
        let wide = self.geometry.w.abs();
        let whole = |width: f64| {
            let room = contour.label_width(width) / self.style.font_size - 2.0 * PADDING;
            let setting = Setting {
                room: room.max(1.0),
                ..self.label_setting()
            };
            fits(label.content(), &setting, usize::MAX, true)
        };
        let steps = (0..=WIDTHS).map(|step| f64::from(step) / f64::from(WIDTHS));
        let mut widths = steps.map(|share| (wide * (1.0 + share * (WIDENED - 1.0))).ceil());
        let Some(width) = widths
            .find(|width| whole(*width))
            .filter(|width| *width > wide + 1.0)
        else {
            return;
        };
        let size = Size::new(width, self.geometry.h.abs());
        self.set_geometry(self.geometry.resized(size));
    }

    /// The box with the height that it needs for its label: the top edge stays where it is.
    pub(super) fn grown(&self) -> Geometry {
        let Some(label) = self.label().filter(|_| !self.kind.has_vertices()) else {
            return self.geometry;
        };
        let Geometry { w, h, .. } = self.geometry;
        let letters = self.letters();
        let lines = label.size_in(&self.label_setting(), letters).height;
        let needed = match &self.kind {
            Kind::Closed(shape) => {
                let contour = shape.contour(&self.style);
                contour.height_for(w.abs(), lines + 2.0 * PADDING * letters)
            }
            Kind::Note(note) => note.height_for(lines),
            _ => 0.0,
        };
        if needed <= h.abs() {
            return self.geometry;
        }
        self.geometry.with_height_from_top(needed)
    }

    /// Its lines, and where their box has its top-left corner in local space: of a text or label, also
    /// of one in which nothing is written yet. O(text).
    pub fn lines(&self) -> Option<(Layout, Point)> {
        if let Kind::Text(text) = &self.kind {
            return Some((text.layout(&self.style), Point::ZERO));
        }
        if !self.can_have_label() {
            return None;
        }
        let content = self.label().map_or("", Text::content);
        let layout = lay_out(content, self.letters(), &self.label_setting());
        let at = self.label_at(Size::new(layout.width, layout.height));
        Some((layout, at))
    }

    /// Where the lines of a label begin.
    fn label_at(&self, lines: Size) -> Point {
        let body = self.body();
        let area = match &self.kind {
            Kind::Closed(shape) => {
                let mut area = shape.contour(&self.style).label_area(body.size);
                if body.mirror.1 {
                    (area.y0, area.y1) = (body.size.height - area.y1, body.size.height - area.y0);
                }
                area.inflate(0.0, -PADDING * self.letters())
            }
            Kind::Note(note) => note.area(body.size),
            _ if self.is_area() => {
                let Size { width, height } = body.size;
                Rect::from_origin_size(Point::ORIGIN, body.size)
                    .inset((-width * BESIDE, -height * BESIDE))
            }
            _ => {
                let middle = self.point_of_label();
                return middle - lines.to_vec2() / 2.0;
            }
        };
        let free = area.height() - lines.height;
        let share = match self.style.details.vertical_align {
            Some(VerticalAlign::Top) => 0.0,
            None | Some(VerticalAlign::Middle) => 0.5,
            Some(VerticalAlign::Bottom) => 1.0,
        };
        let x = area.center().x - lines.width / 2.0;
        Point::new(x, area.y0 + free * share)
    }

    /// Around what is seen of its label, in local space.
    pub(super) fn label_box(&self) -> Option<Rect> {
        let label = self.label()?;
        let setting = self.label_setting();
        let lines = label.size_in(&setting, self.letters());
        let at = self.label_at(lines);
        let all = Rect::from_origin_size(at, lines);
        if !self.kind.has_vertices() {
            return Some(all);
        }
        let beside = (lines.width - self.words_on_line()?.width) / 2.0;
        Some(all.inset((-beside, 0.0)))
    }

    pub(super) fn paint_label(&self, theme: Theme, list: &mut DisplayList) {
        let Some(label) = self.label() else {
            return;
        };
        let setting = self.label_setting();
        let layout = lay_out(label.content(), self.letters(), &setting);
        let at = self.label_at(Size::new(layout.width, layout.height));
        let color = self.words_in(theme);
        paint_lines(list, label.content(), &layout, at, color);
    }

    /// The colour in which a theme shows what it says.
    pub fn words_in(&self, theme: Theme) -> Color {
        let own = self.style.details.label_color;
        if matches!(self.kind, Kind::Note(_)) && own.is_none_or(Color::is_none) {
            return note::ink_on(note::paper(&self.style), theme);
        }
        self.color_of_words().for_words(theme)
    }

    /// The colour of what it says, as stored.
    fn color_of_words(&self) -> Color {
        let style = &self.style;
        let own = style.details.label_color.filter(|_| self.can_have_label());
        match own.unwrap_or(style.stroke) {
            // Without an outline words would be nothing.
            none if none.is_none() && self.can_have_label() => Color::INK,
            color => color,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::element::line::Line;
    use crate::id::ElementId;
    use crate::order::OrderKey;
    use crate::style::Contour;
    use crate::transform::Transform;

    const WORDS: &str = "some words that need more lines than there is height for";

    fn element(geometry: Geometry, kind: Kind) -> Element {
        let (id, order) = (ElementId::from_random(1), OrderKey::default());
        Element::new(id, order, "".into(), geometry, Style::default(), kind)
    }

    fn shape(contour: Contour, angle: f64) -> Element {
        let geometry = Geometry {
            x: 30.0,
            y: 40.0,
            w: 160.0,
            h: 60.0,
            angle,
        };
        let mut shape = element(geometry, Kind::RECTANGLE);
        shape.restyle(StyleField::Contour, &Value::text(contour.name()));
        shape
    }

    fn top(element: &Element) -> [Point; 2] {
        let [left, right, ..] = element.frame().corners();
        [left, right]
    }

    #[test]
    fn a_shape_grows_downwards_with_its_label_and_its_given_size_stays() {
        for contour in Contour::ALL {
            for angle in [0.0, 0.7, 3.0] {
                let mut labelled = shape(contour, angle);
                let (before, edge) = (labelled.geometry, top(&labelled));
                labelled.set_text("a");
                labelled.set_text(WORDS);
                assert_eq!(labelled.geometry, before, "{contour:?}");
                assert!(labelled.frame().h > before.h, "{contour:?}");
                for (stands, stood) in top(&labelled).iter().zip(edge) {
                    assert!((*stands - stood).hypot() < 1e-6, "{contour:?} {angle}");
                }
                let words = labelled.label_box().unwrap();
                let frame = Size::new(labelled.frame().w, labelled.frame().h).to_rect();
                assert_eq!(frame.union(words), frame, "{contour:?}");
                labelled.set_text("");
                assert_eq!((labelled.frame(), labelled.text()), (before, None));
            }
        }
    }

    #[test]
    fn another_outline_makes_a_shape_wider_until_its_words_are_whole() {
        for (wide, words) in [(160.0, "Order from supplier"), (86.0, "Approve")] {
            for contour in Contour::ALL {
                let mut shape = shape(Contour::Rectangle, 0.5);
                shape.geometry.w = wide;
                shape.set_text(words);
                let before = shape.geometry;
                shape.restyle(StyleField::Contour, &Value::text(contour.name()));
                let (layout, _) = shape.lines().unwrap();
                let lines = layout
                    .lines
                    .iter()
                    .map(|line| words[line.range.clone()].trim());
                let whole = |line: &str| {
                    line.split(' ')
                        .all(|part| words.split(' ').any(|word| word == part))
                };
                assert!(
                    lines.clone().all(whole),
                    "{contour:?}: {:?}",
                    lines.collect::<Vec<_>>()
                );
                let now = shape.geometry;
                assert!(now.w <= before.w * 3.0 && now.w >= before.w, "{contour:?}");
                assert!((now.center() - before.center()).hypot() < 1e-6);
                assert_eq!(now.h, before.h, "its given height stays");
            }
        }
        // What never fits, and what has no words, stays as wide as it was.
        let mut shape = shape(Contour::Rectangle, 0.0);
        for words in ["", &"endless".repeat(30)] {
            shape.set_text(words);
            shape.restyle(StyleField::Contour, &Value::text("diamond"));
            assert_eq!(shape.geometry.w, 160.0);
        }
    }

    #[test]
    fn a_resize_writes_the_given_size_and_leaves_the_letters() {
        let mut labelled = shape(Contour::Rectangle, 0.4);
        labelled.set_text(WORDS);
        let from = labelled.frame().rect();
        let to = |x1: f64, y1: f64| Transform::Resize {
            from,
            to: Rect::new(from.x0, from.y0, x1, y1),
            frame_angle: 0.4,
        };
        let wider = to(from.x1 + 200.0, from.y1).applied(&labelled);
        assert!(
            (wider.geometry.h - 60.0).abs() < 1e-3,
            "the height is left alone"
        );
        assert!(wider.frame().h < labelled.frame().h);
        assert_eq!(wider.style.font_size, 20.0);
        let higher = to(from.x1, from.y1 + 100.0).applied(&labelled);
        assert!((higher.geometry.h - from.height() - 100.0).abs() < 1e-3);
        let lower = to(from.x1, from.y0 + 10.0).applied(&labelled);
        assert!((lower.geometry.h - 10.0).abs() < 1e-3);
        assert_eq!(lower.frame().h, labelled.frame().h);
        for (one, other) in top(&lower).into_iter().zip(top(&labelled)) {
            assert!((one - other).hypot() < 1e-3);
        }
        let turned = Transform::Rotate {
            about: labelled.frame().center(),
            by: 1.0,
        };
        let turned = turned.applied(&labelled);
        assert!((turned.frame().center() - labelled.frame().center()).hypot() < 1e-3);
        assert!((turned.geometry.h - 60.0).abs() < 1e-3);
        // Among others it is scaled with its letters.
        let from = from.inflate(100.0, 100.0);
        let double = Transform::Resize {
            from,
            to: from.scale_from_origin(2.0),
            frame_angle: 0.0,
        };
        let double = double.applied(&labelled);
        assert_eq!(double.style.font_size, 40.0);
        assert!((double.geometry.h - 120.0).abs() < 1e-3);
        assert!((double.frame().h - 2.0 * labelled.frame().h).abs() < 1e-2);
    }

    #[test]
    fn a_label_is_on_its_line_at_its_share_of_the_length() {
        let points = [(0.0, 0.0), (100.0, 0.0), (100.0, 300.0)].map(Point::from);
        let (geometry, line) = Line::through(&points).unwrap();
        let mut line = element(geometry, Kind::Line(line));
        line.set_text("here");
        let middle = |line: &Element| line.placement() * line.label_box().unwrap().center();
        assert!((middle(&line) - Point::new(100.0, 100.0)).hypot() < 0.1);
        line.restyle(StyleField::LabelAt, &Value::Number(0.125));
        assert!((middle(&line) - Point::new(50.0, 0.0)).hypot() < 0.1);
        assert!(line.hit(middle(&line), 0.0) && line.bounds().contains(middle(&line)));
        for (at, share) in [
            ((50.0, 30.0), 0.125),
            ((-9.0, -9.0), 0.0),
            ((130.0, 100.0), 0.5),
        ] {
            let (nearest, length) = line.nearest_share(at.into());
            assert!((nearest - share).abs() < 1e-6 && (length - 400.0).abs() < 1e-3);
        }
        assert!((line.place_of_label() - Point::new(50.0, 0.0)).hypot() < 1e-3);
    }

    proptest! {
        #[test]
        fn any_label_is_finite(words in ".{0,40}", w in -500.0..500.0f64, h in -500.0..500.0f64, which in 0usize..10) {
            let mut labelled = shape(Contour::ALL[which], 0.3);
            labelled.set_text(&words);
            labelled.set_geometry(Geometry { w, h, ..labelled.geometry });
            let frame = labelled.frame();
            prop_assert!(frame == frame.sane() && frame.h.abs() >= h.abs());
            prop_assert!(labelled.bounds().is_finite());
            labelled.paint(Theme::Dark);
        }
    }
}
