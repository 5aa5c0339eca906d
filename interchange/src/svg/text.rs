//! The words of an SVG as texts.
//!
//! Owns which of its pieces are lines of one text, and where that stands. Knows no shape.

use board::element::text::Text;
use board::element::{Element, Kind};
use board::fields::Value;
use board::geometry::Geometry;
use board::limits::MAX_TEXT;
use board::style::{Align, Color, Style, StyleField, Theme, canvas, contrast};
use board::text_layout::{Setting, lay_out, plain};
use kurbo::{Affine, Point, Rect, Size, Vec2};
use roxmltree::Node;

use super::look::{Look, Own};
use super::make::{element, is_near, placed, scale};
use super::not_ours::NotOurs;
use super::numbers::{Measure, length};
use super::sheet::Sheet;
use crate::loss::{Loss, Losses};

/// Smallest and largest letters of a board, board units.
const SIZES: (f64, f64) = (4.0, 1000.0);
/// Lines of one text begin within so much of one another, font sizes.
const SAME: f64 = 0.05;
/// Words of less contrast to a board are not meant to stand on it.
const PALE: f64 = 2.0;
/// So far apart letters stand beside one another without a space, font sizes.
const NEAR: f64 = 0.1;
/// Distances of lines that a text may have, font sizes.
const DISTANCES: (f64, f64) = (0.9, 3.0);

/// Words that stand at one place in one look.
struct Piece {
    at: Point,
    said: String,
    look: Look,
}

/// The words of a `text` as they are read.
pub(super) struct Reading<'r> {
    pub(super) sheet: &'r Sheet,
    pub(super) view: Size,
    pub(super) losses: &'r mut Losses,
}

struct Pen {
    at: Point,
    pieces: Vec<Piece>,
}

impl Reading<'_> {
    /// The texts that a `text` is, in a look that says how it is painted, where `at` puts it.
    pub(super) fn elements(
        &mut self,
        node: Node<'_, '_>,
        look: &Look,
        own: &Own,
        at: Affine,
    ) -> Result<Vec<Element>, NotOurs> {
        let mut pen = Pen {
            at: Point::ZERO,
            pieces: Vec::new(),
        };
        self.run(node, look, &mut pen, 0)?;
        pen.pieces.retain_mut(|piece| {
            if !piece.look.preserve {
                piece.said = piece
                    .said
                    .split_ascii_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
            }
            !piece.said.trim().is_empty() && piece.look.is_visible()
        });
        let mut texts = Vec::new();
        let mut rest = pen.pieces.as_slice();
        while let Some(lines) = rest
            .get(..lines_of_one(rest))
            .filter(|lines| !lines.is_empty())
        {
            texts.extend(self.text(lines, own.opacity, at)?);
            rest = rest.get(lines.len()..).unwrap_or_default();
        }
        Ok(texts)
    }

    fn run(
        &mut self,
        node: Node<'_, '_>,
        look: &Look,
        pen: &mut Pen,
        depth: usize,
    ) -> Result<(), NotOurs> {
        if depth > super::MAX_DEPTH {
            return Err(NotOurs::Deep);
        }
        self.place(node, look, pen, depth == 0)?;
        for child in node.children() {
            if child.is_text() {
                let text = child.text().unwrap_or_default();
                if let Some(piece) = pen.pieces.last_mut() {
                    let text = text.replace(['\n', '\t', '\r'], " ");
                    match (text.trim().is_empty(), piece.said.trim().is_empty()) {
                        (true, _) => {}
                        (false, true) => piece.look = look.clone(),
                        (false, false) if look.inside() != piece.look.inside() => {
                            return Err(NotOurs::Letters);
                        }
                        (false, false) if looks_other(look, &piece.look) => {
                            self.losses.count(Loss::Marks);
                        }
                        (false, false) => {}
                    }
                    piece.said.push_str(&text);
                }
                continue;
            }
            match child.tag_name().name() {
                _ if !child.is_element() => {}
                "tspan" | "a" => {
                    let (look, own) = look.of(child, self.sheet, self.view.width)?;
                    if own.shown {
                        self.run(child, &look, pen, depth + 1)?;
                    }
                }
                "title" | "desc" => {}
                _ => return Err(NotOurs::Letters),
            }
        }
        Ok(())
    }

    /// Moves the pen to where a node says that its words stand.
    fn place(
        &mut self,
        node: Node<'_, '_>,
        look: &Look,
        pen: &mut Pen,
        first: bool,
    ) -> Result<(), NotOurs> {
        let told = |name: &str, whole: f64| -> Result<Option<f64>, NotOurs> {
            let Some(text) = node
                .attribute(name)
                .map(str::trim)
                .filter(|text| !text.is_empty())
            else {
                return Ok(None);
            };
            if text.contains([' ', ',']) {
                return Err(NotOurs::Letters);
            }
            let measure = Measure {
                whole,
                font_size: look.font_size,
            };
            length(text, measure).map(Some).ok_or(NotOurs::Letters)
        };
        if node.has_attribute("rotate")
            || node.has_attribute("textLength")
                && node.attribute("lengthAdjust") == Some("spacingAndGlyphs")
        {
            return Err(NotOurs::Letters);
        }
        let (x, y) = (told("x", self.view.width)?, told("y", self.view.height)?);
        let (dx, dy) = (told("dx", self.view.width)?, told("dy", self.view.height)?);
        let began = pen
            .pieces
            .last()
            .is_some_and(|piece| !piece.said.trim().is_empty());
        if !first && began && x.is_none() {
            if y.is_some() || dy.is_some_and(|dy| dy.abs() >= look.font_size) {
                // Where it stands depends on how wide the words before it are.
                return Err(NotOurs::Letters);
            }
            if dx.is_some_and(|dx| dx.abs() > NEAR * look.font_size) {
                return Err(NotOurs::Letters);
            }
            if dy.is_some_and(|dy| dy != 0.0) {
                self.losses.count(Loss::Marks);
            }
            return Ok(());
        }
        pen.at.x = x.unwrap_or(pen.at.x) + dx.unwrap_or(0.0);
        pen.at.y = y.unwrap_or(pen.at.y) + dy.unwrap_or(0.0);
        if first || x.is_some() || y.is_some() || dx.is_some() || dy.is_some() {
            pen.pieces.push(Piece {
                at: pen.at,
                said: String::new(),
                look: look.clone(),
            });
        }
        Ok(())
    }

    /// One text of lines that belong together.
    fn text(
        &mut self,
        lines: &[Piece],
        opacity: f64,
        at: Affine,
    ) -> Result<Option<Element>, NotOurs> {
        let (Some(first), Some(by)) = (lines.first(), scale(at)) else {
            return Err(NotOurs::Skew);
        };
        let look = &first.look;
        if !look.setting.is_plain() {
            return Err(NotOurs::Letters);
        }
        let size = look.font_size * by;
        let color = look.inside()?;
        if at.determinant() < 0.0 || placed(Rect::ZERO, at).is_none() {
            return Err(NotOurs::Skew);
        }
        if !(SIZES.0..=SIZES.1).contains(&size) || !look.line()?.is_none() {
            return Err(NotOurs::Letters);
        }
        if color.is_none() || opacity == 0.0 {
            return Ok(None);
        }
        if contrast(color, canvas(Theme::Light)) < PALE {
            // Light words stand on something dark, and a board darkens them for its own ground.
            return Err(NotOurs::Letters);
        }
        let style = self.style(lines, look, color, size, opacity);
        let said: Vec<&str> = lines.iter().map(|line| line.said.as_str()).collect();
        let said = said.join("\n");
        if said.len() > MAX_TEXT {
            return Err(NotOurs::Letters);
        }
        let layout = lay_out(&plain(&said), size, &Setting::of(&style));
        let baseline = layout.lines.first().map_or(0.0, |line| line.baseline);
        let mut text = element(Geometry::default(), style, Kind::Text(Text::new("")));
        text.set_text(&plain(&said));
        let frame = text.frame();
        // The box turns about its middle, and the words have to stand where they are told.
        let [a, b, ..] = at.as_coeffs();
        let turn = Affine::rotate(b.atan2(a));
        let own = Point::new(frame.w * (text.anchor() - 0.5), baseline - frame.h / 2.0);
        let told = at * (first.at + Vec2::new(0.0, look.drop * look.font_size));
        let middle = told - (turn * own).to_vec2();
        let upright = Rect::from_center_size(middle, (frame.w, frame.h));
        if !is_near(upright) {
            return Err(NotOurs::Far);
        }
        let stands = Geometry {
            angle: b.atan2(a),
            ..Geometry::from_rect(upright)
        };
        text.set_geometry(stands.anchored(text.anchor()));
        Ok(Some(text))
    }

    fn style(
        &mut self,
        lines: &[Piece],
        look: &Look,
        color: Color,
        size: f64,
        opacity: f64,
    ) -> Style {
        let mut style = Style {
            stroke: color,
            font_size: size,
            opacity,
            ..Style::default()
        };
        style.set(StyleField::Family, &Value::text(look.family.name()));
        if look.align != Align::Left {
            style.set(StyleField::Align, &Value::text(look.align.name()));
        }
        if let [one, other, ..] = lines {
            let distance = (other.at.y - one.at.y) / look.font_size;
            style.set(StyleField::LineHeight, &Value::Number(distance));
        }
        if look.other_family {
            self.losses.count(Loss::Family);
        }
        if look.weighty || look.leaning {
            self.losses.count(Loss::Marks);
        }
        style
    }
}

/// How many of the first pieces are lines of one text: below one another at one distance, in one look.
fn lines_of_one(pieces: &[Piece]) -> usize {
    let Some(first) = pieces.first() else {
        return 0;
    };
    let size = first.look.font_size;
    let mut distance = None;
    let pairs = pieces.windows(2).take_while(|pair| {
        let [one, other] = pair else {
            return false;
        };
        let by = (other.at - one.at) / size;
        let known = distance.get_or_insert(by.y);
        let fits = by.x.abs() < SAME && (by.y - *known).abs() < SAME;
        fits && (DISTANCES.0..=DISTANCES.1).contains(&by.y) && !sets_other(&first.look, &other.look)
    });
    1 + pairs.count()
}

/// Whether words in two looks cannot be in one text.
fn sets_other(one: &Look, other: &Look) -> bool {
    let differ = (one.font_size - other.font_size).abs() > 0.01;
    differ
        || one.family != other.family
        || one.align != other.align
        || one.inside() != other.inside()
}

/// Whether words in two looks beside one another lose how they differ.
fn looks_other(one: &Look, other: &Look) -> bool {
    sets_other(one, other) || one.weighty != other.weighty || one.leaning != other.leaning
}
