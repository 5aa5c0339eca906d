//! Texts and labels: their lines as Excalidraw stores them, and the box that these have there.
//!
//! Owns that lines and sizes that came with a file stand as long as nothing changes the words: its fonts
//! are others than a board's, and so are its ends of lines.

use board::element::{Element, Kind};
use board::style::Align;
use kurbo::{Point, Rect, Size, Vec2};
use serde_json::{Value as Json, json};

use super::{Type, color_of_words, extent, letters, way_of};
use crate::excalidraw::kept::{Field, Kept};
use crate::excalidraw::looks::{VERTICAL_ALIGNS, name};
use crate::excalidraw::source::Source;
use crate::json::{Sum, rounded};

/// Under this name they are kept.
pub(crate) const KEPT: &str = "words";
/// Between a container's inner edge and the words in it.
const PADDING: f64 = 5.0;

/// What somebody reads, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Words {
    /// Upright, before it is turned.
    pub(crate) at: Point,
    pub(crate) size: Size,
    /// With ends of lines where they are wrapped.
    pub(crate) lines: String,
}

impl Words {
    /// Of an element that says something, whose line or arrow is drawn by `way`.
    pub(crate) fn of(element: &Element, kept: Option<&Kept>, sum: u32) -> Self {
        let content = element.text().unwrap_or_default();
        let known = kept
            .and_then(|kept| kept.was(KEPT, sum))
            .and_then(Json::as_array);
        let told = known.and_then(|known| match known.as_slice() {
            [w, h, x, y, lines] => {
                let size = Size::new(w.as_f64()?, h.as_f64()?);
                let by = Vec2::new(x.as_f64()?, y.as_f64()?);
                Some((size, by, unfolded(content, lines)?))
            }
            _ => None,
        });
        if let Some((size, by, lines)) = told {
            let at = base(element, size) + by;
            return Self { at, size, lines };
        }
        let (size, lines) = laid_out(element, content);
        let at = place(element, size);
        Self { at, size, lines }
    }

    /// As a source has them.
    pub(crate) fn told(source: &Source, text: &str) -> Self {
        let number = |field| source.number(field).unwrap_or_default();
        let lines = source.text("text").unwrap_or(text);
        Self {
            at: Point::new(number("x"), number("y")),
            size: Size::new(number("width"), number("height")),
            lines: lines.to_owned(),
        }
    }

    /// What is kept of them beside an element.
    pub(crate) fn kept(&self, element: &Element) -> Json {
        let content = element.text().unwrap_or_default();
        let by = self.at - base(element, self.size);
        let near = |by: f64| if by.abs() < 0.02 { 0.0 } else { by };
        let numbers = [self.size.width, self.size.height, near(by.x), near(by.y)];
        let [w, h, x, y] = numbers.map(rounded);
        json!([w, h, x, y, folded(content, &self.lines)])
    }

    fn write(&self, content: &str, fields: &mut Vec<Field>) {
        let sides = [
            ("x", self.at.x),
            ("y", self.at.y),
            ("width", self.size.width),
            ("height", self.size.height),
        ];
        fields.extend(sides.map(|(name, side)| Field::new(name, rounded(side))));
        fields.push(Field::new("text", Json::from(self.lines.as_str())));
        fields.push(Field::new("originalText", Json::from(content)));
    }
}

/// A sum of all that lines and their place follow from; `place` is one of where a label's line is.
pub(crate) fn sum_of(element: &Element, place: u32) -> u32 {
    let (style, details) = (&element.style, &element.style.details);
    let sum = Sum::default().text(element.text().unwrap_or_default());
    let sum = sum.number(style.font_size).number(details.line_height);
    let sum = sum
        .text(details.family.name())
        .number(details.wrap.unwrap_or_default());
    if matches!(element.kind, Kind::Text(_)) {
        return sum.end();
    }
    let align = details.align.map_or("", Align::name);
    let sum = sum.text(align).number(f64::from(place));
    let frame = element.frame();
    let numbers = [frame.w, frame.h, frame.angle];
    match element.kind.has_vertices() {
        true => sum.end(),
        false => numbers.into_iter().fold(sum, Sum::number).end(),
    }
}

/// The fields of a text.
pub(crate) fn of_text(element: &Element, words: &Words, fields: &mut Vec<Field>) {
    letters(element, element.style.font_size, Align::Left, fields);
    fields.push(Field::new("verticalAlign", Json::from("top")));
    let auto = element.style.details.wrap.is_none();
    fields.push(Field::new("autoResize", Json::Bool(auto)));
    words.write(element.text().unwrap_or_default(), fields);
}

/// All fields of an element's label as a text of its own.
pub(crate) fn of_label(element: &Element, kind: Type, words: &Words) -> Vec<Field> {
    let size = element
        .lines()
        .map_or(element.style.font_size, |(lines, _)| lines.font_size());
    let details = &element.style.details;
    let turn = match kind {
        Type::Arrow => 0.0,
        _ => element.frame().angle,
    };
    let vertical = details
        .vertical_align
        .and_then(|align| name(VERTICAL_ALIGNS, align));
    let mut fields: Vec<Field> = [
        ("type", Json::from("text")),
        ("angle", rounded(turn)),
        ("strokeColor", Json::from(color_of_words(element).to_text())),
        ("backgroundColor", Json::from("transparent")),
        ("fillStyle", Json::from("solid")),
        ("strokeWidth", Json::from(2)),
        ("strokeStyle", Json::from("solid")),
        ("roughness", Json::from(1)),
        ("opacity", rounded(element.style.opacity * 100.0)),
        ("roundness", Json::Null),
        ("link", Json::Null),
        ("locked", Json::Bool(element.links.locked)),
        ("verticalAlign", Json::from(vertical.unwrap_or("middle"))),
        ("autoResize", Json::Bool(true)),
    ]
    .map(|(name, value)| Field::new(name, value))
    .into();
    letters(element, size, Align::Center, &mut fields);
    words.write(element.text().unwrap_or_default(), &mut fields);
    fields
}

/// The size and lines that a board gives to what an element says.
fn laid_out(element: &Element, content: &str) -> (Size, String) {
    let Some((layout, _)) = element.lines() else {
        return (Size::ZERO, String::new());
    };
    // A label is as wide as its longest line, whatever room it has.
    let longest = layout
        .lines
        .iter()
        .map(|line| line.width)
        .fold(0.0, f64::max);
    let width = match element.kind {
        Kind::Text(_) => layout.width,
        _ => longest,
    };
    let lines = layout.lines.iter();
    let lines = lines.map(|line| content.get(line.range.clone()).unwrap_or_default());
    let lines: Vec<&str> = lines.collect();
    (Size::new(width, layout.height), lines.join("\n"))
}

/// From where the place of kept words is told: words of a line stand where they stood while that is as it
/// was, and those of a shape move with it.
fn base(element: &Element, size: Size) -> Point {
    match element.kind.has_vertices() {
        true => Point::ORIGIN,
        false => place(element, size),
    }
}

/// Where words of a size stand, before they are turned.
fn place(element: &Element, size: Size) -> Point {
    if matches!(element.kind, Kind::Text(_)) {
        let frame = element.geometry.with_size_from(element.anchor(), size);
        return frame.rect().origin();
    }
    let frame = element.frame();
    let middle = match Type::of(element) {
        Some(Type::Arrow) => element.place_of_label(),
        Some(Type::Line) => {
            let way = way_of(element).map(|way| way.extent());
            way.unwrap_or_else(|| extent(&[])).center()
        }
        kind => {
            let inner = inner(frame.rect(), kind);
            let details = &element.style.details;
            let across = match details.align {
                Some(Align::Left) => inner.x0 + size.width / 2.0,
                Some(Align::Right) => inner.x1 - size.width / 2.0,
                None | Some(Align::Center) => inner.center().x,
            };
            let down = match details
                .vertical_align
                .map(board::style::VerticalAlign::name)
            {
                Some("top") => inner.y0 + size.height / 2.0,
                Some("bottom") => inner.y1 - size.height / 2.0,
                _ => inner.center().y,
            };
            let upright = Point::new(across, down);
            kurbo::Affine::rotate_about(frame.angle, frame.center()) * upright
        }
    };
    middle - size.to_vec2() / 2.0
}

/// The part of a container in which its words stand there.
fn inner(rect: Rect, kind: Option<Type>) -> Rect {
    let (x, y) = match kind {
        Some(Type::Ellipse) => {
            let beside = (1.0 - std::f64::consts::FRAC_1_SQRT_2) / 2.0;
            (rect.width() * beside, rect.height() * beside)
        }
        Some(Type::Diamond) => (rect.width() / 4.0, rect.height() / 4.0),
        _ => (0.0, 0.0),
    };
    rect.inset((-x - PADDING, -y - PADDING))
}

/// Lines as fewest values from which they come back: nothing where they end as they were ended, their
/// lengths, else all of them.
fn folded(content: &str, lines: &str) -> Json {
    if content == lines {
        return Json::Null;
    }
    let lengths = lines
        .split('\n')
        .map(|line| Json::from(line.chars().count()));
    let lengths = Json::Array(lengths.collect());
    match unfolded(content, &lengths).as_deref() == Some(lines) {
        true => lengths,
        false => Json::from(lines),
    }
}

fn unfolded(content: &str, folded: &Json) -> Option<String> {
    match folded {
        Json::Null => Some(content.to_owned()),
        Json::String(lines) => Some(lines.clone()),
        Json::Array(lengths) => {
            let mut rest = content.chars().peekable();
            let mut lines = Vec::with_capacity(lengths.len());
            for length in lengths {
                let length = usize::try_from(length.as_u64()?).ok()?;
                let line: String = rest.by_ref().take(length).collect();
                // A line that was wrapped ends before the blanks between its words.
                while rest.peek() == Some(&' ') {
                    rest.next();
                }
                rest.next_if_eq(&'\n');
                lines.push(line);
            }
            Some(lines.join("\n"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_from_how_they_were_kept() {
        for (content, lines) in [
            ("one", "one"),
            ("one two three", "one\ntwo\nthree"),
            ("one  two\nthree", "one\ntwo\nthree"),
            ("one\n\ntwo three", "one\n\ntwo\nthree"),
            ("unbreakable", "unbre\nakable"),
            ("été à la mer", "été à\nla mer"),
            ("one two", "something\nelse"),
            ("  indented text", "  indented\ntext"),
        ] {
            let kept = folded(content, lines);
            assert_eq!(
                unfolded(content, &kept).as_deref(),
                Some(lines),
                "{content:?}"
            );
        }
        assert_eq!(
            folded("one two three", "one\ntwo\nthree").to_string(),
            "[3,3,5]"
        );
    }
}
